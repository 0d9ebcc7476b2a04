"""Who was not seen before days without school: absent, owed a face to face, or open as a case.

What failed in real cases: a child may die within a fortnight of being last seen, and a break is as long as that.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.escalation.gathering import school_times
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.escalation.school_times import SchoolTimes
from firstday_cli.domain.packs.last_seen import LastSeen, last_seen
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.ratings.rag import LOWEST_FIRST
from firstday_cli.domain.record import record
from firstday_cli.domain.standing.absent_child import absent_child
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import StandingKind
from firstday_cli.domain.standing.session_facts import SessionFacts

A_BREAK = 3  # days in a row without school; a weekend has two


@record
class Break:
    """Days without school: the last day before them and the first after; None where the calendar ends first."""

    last_day: date
    next_day: date | None

    @property
    def days(self) -> int | None:
        """How many days have no school; None where nobody can say yet."""
        return (self.next_day - self.last_day).days - 1 if self.next_day else None


@record
class NotSeen:
    """One child who was not seen: since when, by what last, what is owed, the open case if any."""

    p: PupilPicture
    seen: LastSeen | None
    owed: tuple[Duty, ...]
    case: Case | None
    is_absent: bool


@record
class BeforeBreak:
    """The next break, whether it begins after today or has begun, and the children not seen."""

    picture: DayPicture
    next_break: Break
    is_now: bool
    children: tuple[NotSeen, ...]


def not_seen(evidence: DayEvidence, found: Escalation) -> BeforeBreak:
    """The children not seen, as of now, highest rating first."""
    days, today = PupilDays(SessionFacts(evidence, evidence.session.half)), found.picture.session.day
    coming = next_break(school_times(evidence), evidence.calendar.first, today)
    children = (_child(days, found, p) for p in (*found.picture.pupils, *found.picture.left_behind))
    return BeforeBreak(
        picture=found.picture, next_break=coming, is_now=coming.last_day <= today,
        children=tuple(sorted((c for c in children if c), key=_highest_first)),
    )  # fmt: skip


def _highest_first(child: NotSeen) -> tuple[int, int, str]:
    return -LOWEST_FIRST.index(child.p.rating.rating), -child.p.days.since_seen, child.p.pupil.pupil_id


def next_break(times: SchoolTimes, first: date, today: date) -> Break:
    """The break that today is in or the last school day before, else the next one to come."""
    day = times.last_school_day(today, min(first, today))
    while True:
        later = times.next_school_day(day)
        if later is None or (later - day > timedelta(days=A_BREAK) and later > today):
            return Break(last_day=day, next_day=later)
        day = later


def _child(days: PupilDays, found: Escalation, p: PupilPicture) -> NotSeen | None:
    """The child if it is absent, not known to have arrived, owed a face to face, or has an open case; else None."""
    pupil_id = p.pupil.pupil_id
    owed = tuple(d for d in found.picture.owed if d.pupil_id == pupil_id and d.duty == "face-to-face")
    is_absent = absent_child(days, pupil_id, p.standing, p.facts, p.rating) is not None
    may_be_anywhere = p.standing.kind is StandingKind.OFF_SITE and not p.standing.confirmed
    if not (owed or is_absent or may_be_anywhere or p.case):
        return None
    return NotSeen(
        p=p, seen=last_seen(days, pupil_id, p.standing), owed=owed, case=p.case,
        is_absent=is_absent or may_be_anywhere,
    )  # fmt: skip


def by_rating(children: Iterable[NotSeen]) -> dict[str, int]:
    """How many children of each rating."""
    found: dict[str, int] = {}
    for child in children:
        found[child.p.rating.rating.value] = found.get(child.p.rating.rating.value, 0) + 1
    return found
