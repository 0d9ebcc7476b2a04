"""School time: when the school closes on each day, and which moments lie outside it."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from firstday_cli.domain.policy import Policy
from firstday_cli.domain.school_days import Calendar, Half, Session, in_london, moment

LONGEST_BREAK = 120  # days without school that are looked across


class SchoolTimes:
    """The school's own hours; a day that the calendar does not cover has none."""

    def __init__(self, policy: Policy, calendar: Calendar, is_shut: Callable[[Session], bool]) -> None:
        self._policy, self._calendar, self._is_shut = policy, calendar, is_shut

    def is_open(self, session: Session) -> bool:
        """Whether there is school in this session."""
        return self._calendar.covers(session.day) and not self._is_shut(session)

    def is_school_day(self, day: date) -> bool:
        """Whether there is school in either half of this day."""
        return any(self.is_open(Session(day=day, half=half)) for half in Half)

    def closes(self, day: date) -> datetime | None:
        """When the school closes on this day; at midday where it has no afternoon, None where it has no session."""
        if self.is_open(Session(day=day, half=Half.PM)):
            return moment(day, self._policy.school.closes)
        if self.is_open(Session(day=day, half=Half.AM)):
            return moment(day, self._policy.afternoon.starts)
        return None

    def contains(self, at: datetime) -> bool:
        """Whether a moment is in school time: from when the registers of its session are due until the close."""
        day = in_london(at).date()
        closes, afternoon = self.closes(day), moment(day, self._policy.afternoon.starts)
        if closes is None:
            return False
        has_morning = self.is_open(Session(day=day, half=Half.AM))
        opens = moment(day, self._policy.morning.registers_in_by) if has_morning else afternoon
        return opens <= at <= closes

    def close_before(self, at: datetime) -> datetime | None:
        """The last close before a moment."""
        found = (self.closes(day) for day in _days(in_london(at).date(), -1))
        return next((close for close in found if close is not None and close < at), None)

    def close_after(self, at: datetime) -> datetime:
        """The first close at or after a moment; the end of its day where the calendar knows of none."""
        day = in_london(at).date()
        found = (self.closes(later) for later in _days(day, 1))
        last = moment(day, self._policy.school.closes)
        return next((close for close in found if close is not None and close >= at), max(last, at))

    def next_school_day(self, day: date) -> date | None:
        """The first school day after this one; None where the calendar ends first."""
        return next((later for later in _days(day + timedelta(days=1), 1) if self.is_school_day(later)), None)

    def last_school_day(self, day: date, first: date) -> date:
        """The last school day up to this one, looking no further back than `first`, which is taken for one."""
        back = (day - timedelta(days=n) for n in range((day - first).days))
        return next((d for d in back if self.is_school_day(d)), first)


def _days(first: date, step: int) -> Iterable[date]:
    return (first + timedelta(days=step * n) for n in range(LONGEST_BREAK))
