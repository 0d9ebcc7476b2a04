"""When the school is open, in London time."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from firstday_cli.domain.record import record
from firstday_cli.errors import InvalidSettings

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


class Half(StrEnum):
    """Which half of a school day."""

    AM = "AM"
    PM = "PM"


@record
class Session:
    """One half of a school day."""

    day: date
    half: Half

    def __str__(self) -> str:
        return f"{in_words(self.day)} {self.half}"


@record
class Term:
    """A stretch of school days, first and last included."""

    name: str
    first: date
    last: date


@record
class Closure:
    """Days without school inside a term: INSET, half term, snow; `sessions` for half days."""

    first: date
    last: date
    why: str
    sessions: tuple[Half, ...] = (Half.AM, Half.PM)

    def shuts(self, session: Session) -> bool:
        """Whether the closure takes this session away."""
        return self.first <= session.day <= self.last and session.half in self.sessions


@record
class Calendar:
    """The school's own days. A day before the first term or after the last is not a holiday: it is unknown."""

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...] = ()

    def covers(self, day: date) -> bool:
        """Whether the calendar says anything of this day."""
        return any(term.first <= day for term in self.terms) and any(day <= term.last for term in self.terms)

    @property
    def first(self) -> date:
        """The first day of the first term."""
        return min(term.first for term in self.terms)

    @property
    def last(self) -> date:
        """The last day of the last term."""
        return max(term.last for term in self.terms)

    def why_shut(self, session: Session) -> str:
        """Why there is no school in this session; empty where there is. A day it does not cover is an error."""
        self.must_cover(session.day)
        return self._why_shut(session)

    def _why_shut(self, session: Session) -> str:
        if session.day.weekday() >= SATURDAY:
            return "weekend"
        if not any(term.first <= session.day <= term.last for term in self.terms):
            return "holiday between terms"
        return next((closure.why for closure in self.closures if closure.shuts(session)), "")

    def must_cover(self, day: date) -> None:
        """Raise InvalidSettings, with the mend, for a day outside all terms."""
        if not self.covers(day):
            raise InvalidSettings(
                f"{in_words(day)} is not covered: the terms run from {in_words(self.first)} to {in_words(self.last)}. "
                f"Add the term that holds it, as [[terms]] with name, first and last.",
                "calendar.toml",
            )

    def is_school_day(self, day: date) -> bool:
        """Whether any session of the day is open."""
        return any(not self.why_shut(Session(day=day, half=half)) for half in Half)

    def next_school_day(self, day: date) -> date | None:
        """The first school day after this one; None where the calendar ends first."""
        after = day + timedelta(days=1)
        while self.covers(after):
            if self.is_school_day(after):
                return after
            after += timedelta(days=1)
        return None

    def school_day_before(self, day: date) -> date | None:
        """The last school day before this one; None where the calendar begins later."""
        before = day - timedelta(days=1)
        while self.covers(before):
            if self.is_school_day(before):
                return before
            before -= timedelta(days=1)
        return None

    def sessions(self, first: date, last: date) -> Iterator[Session]:
        """Every session that the school holds from one day to another, both included, as far as the calendar goes."""
        day, until = max(first, self.first), min(last, self.last)
        while day <= until:
            yield from (s for half in Half if not self._why_shut(s := Session(day=day, half=half)))
            day += timedelta(days=1)

    def term_of(self, day: date) -> Term | None:
        """The term that this day is in, else the last one before it."""
        begun = [term for term in self.terms if term.first <= day]
        return max(begun, key=lambda term: term.first, default=None)


def in_words(day: date) -> str:
    """A day as people write it: Mon 23 Nov 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def in_london(at: datetime) -> datetime:
    """The same moment on London's clock; a moment without a zone is London's already."""
    return at.replace(tzinfo=LONDON) if at.tzinfo is None else at.astimezone(LONDON)


def moment(day: date, by: time) -> datetime:
    """The moment on this day at which London's clocks show this time."""
    return datetime.combine(day, by, tzinfo=LONDON)


def half_of(at: time, afternoon_starts: time) -> Half:
    """The half of the day that a time of day falls in. Policy: [afternoon] starts."""
    return Half.PM if at >= afternoon_starts else Half.AM


def is_of_compulsory_age(dob: date, day: date) -> bool:
    """Whether a child born on `dob` must be in school on `day`. Education Act 1996, section 8.

    From the term after the fifth birthday (31 August, 31 December or 31 March on or after it) until the last Friday
    in June of the school year in which the child turns sixteen.
    """
    from dateutil.relativedelta import FR, relativedelta

    fifth = dob + relativedelta(years=5)
    sixteenth = dob + relativedelta(years=16)
    starts = min(d for d in _prescribed_days(fifth.year) if d >= fifth)
    june = date(sixteenth.year + (sixteenth.month >= 9), 6, 30)
    return starts <= day <= june + relativedelta(weekday=FR(-1))


def _prescribed_days(year: int) -> tuple[date, ...]:
    return date(year, 3, 31), date(year, 8, 31), date(year, 12, 31)


def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of England in a year, by the rules that hold every year; one by proclamation is not known.

    Banking and Financial Dealings Act 1971, and the days of custom. One that falls on a weekend is kept on the next
    weekday that is none itself.
    """
    from dateutil.easter import easter
    from dateutil.relativedelta import MO, relativedelta

    sunday = easter(year)
    fixed = {
        sunday - timedelta(days=2): "Good Friday",
        sunday + timedelta(days=1): "Easter Monday",
        date(year, 5, 1) + relativedelta(weekday=MO): "early May bank holiday",
        date(year, 5, 31) + relativedelta(weekday=MO(-1)): "spring bank holiday",
        date(year, 8, 31) + relativedelta(weekday=MO(-1)): "summer bank holiday",
    }
    moved = {date(year, 1, 1): "New Year's Day", date(year, 12, 25): "Christmas Day", date(year, 12, 26): "Boxing Day"}
    return dict(sorted({**fixed, **_on_weekdays(moved)}.items()))


def _on_weekdays(days: Mapping[date, str]) -> dict[date, str]:
    """Each day, or where it falls on a weekend the next weekday that is not one of them."""
    kept = {day: name for day, name in days.items() if day.weekday() < SATURDAY}
    for day, name in days.items():
        while day.weekday() >= SATURDAY or (day in kept and kept[day] != name):
            day += timedelta(days=1)  # noqa: PLW2901
        kept[day] = name
    return kept


def bank_holidays_in_term(calendar: Calendar, around: date) -> dict[date, str]:
    """The bank holidays, of the years around a day, on which the calendar has school; each should be a closure."""
    first, last = max(calendar.first.year, around.year - 1), min(calendar.last.year, around.year + 2)
    found = {day: name for year in range(first, last + 1) for day, name in bank_holidays(year).items()}
    return {day: name for day, name in found.items() if calendar.covers(day) and calendar.is_school_day(day)}
