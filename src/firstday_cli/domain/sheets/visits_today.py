"""Who had to be visited today, and whether each visit reached the door and was logged in time. Millbrook, 11:45.

A locked entry is not a door, and a wrong address is not the family's: neither is a visit made.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.log.entries import Logged, ReviewHeld, VisitMade, VisitStarted
from firstday_cli.domain.log.visits import VisitOutcome
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london, moment
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.timing import Timed, timed

TO_GET_THERE = timedelta(hours=1)
JUST_BEFORE = timedelta(seconds=1)
DOOR_NOT_REACHED = (VisitOutcome.NO_ACCESS, VisitOutcome.WRONG_ADDRESS)


@record
class VisitedChild:
    """One child who had to be visited: whether RED, by when, when staff left, the visit that reached the door.

    `in_vain` are the visits that did not reach it.
    """

    pupil: Pupil
    is_red: bool
    visit: Timed
    left_at: datetime | None
    in_vain: tuple[Logged, ...]


def visits_today(day: DaySoFar) -> tuple[VisitedChild, ...]:
    """Every child who was to be visited today, by the cases open when visits were due, before each visit, or now."""
    owed: dict[PupilId, tuple[bool, datetime]] = {}
    looks = [(at, day.at(at).looked_at) for at in (*_due_times(day), day.evidence.now)]
    for at, pupils in (*looks, *_before_each(day)):
        then = day.at(at)
        for pupil_id in pupils:
            case = then.case(pupil_id)
            found = _owed(day, pupil_id, case, is_red=then.is_red(pupil_id)) if case else None
            if found:
                owed[pupil_id] = min(owed.get(pupil_id, found), found, key=lambda o: o[1])
    children = (_child(day, pupil_id, is_red=is_red, due=due) for pupil_id, (is_red, due) in owed.items())
    return tuple(sorted(children, key=lambda c: (not c.is_red, c.visit.due, c.pupil.pupil_id)))


def _due_times(day: DaySoFar) -> Sequence[datetime]:
    """The times of today by which visits are made, and that are past."""
    policy, today = day.evidence.policy, day.evidence.session.day
    by = {t for times in (policy.morning, policy.afternoon) for t in (times.red_visits_by, times.visits_by)}
    return [at for time in sorted(by) if (at := moment(today, time)) < day.evidence.now]


def _before_each(day: DaySoFar) -> Iterable[tuple[datetime, Sequence[PupilId]]]:
    """The moment just before each visit of today, of the child visited: its being seen ends the case."""
    for entry in day.evidence.log:
        if isinstance(entry.what, VisitMade) and in_london(entry.at).date() == day.evidence.session.day:
            at, pupil_id = entry.at - JUST_BEFORE, entry.what.pupil_id
            yield at, [pupil_id] if pupil_id in day.at(at).looked_at else []


def _owed(day: DaySoFar, pupil_id: PupilId, case: Case, *, is_red: bool) -> tuple[bool, datetime] | None:
    """By when the visit is due today: RED with the RED visits, others once the list was exhausted; else None."""
    policy, today = day.evidence.policy, day.evidence.session.day
    times = policy.morning if day.half_of(case) is Half.AM else policy.afternoon
    if is_red:
        return True, moment(today, times.red_visits_by)
    if not case.rounds.exhausted:
        return None
    exhausted = case.rounds.exhausted_at
    by = moment(today, times.visits_by)
    return False, max(by, exhausted + TO_GET_THERE) if exhausted else by


def _child(day: DaySoFar, pupil_id: PupilId, *, is_red: bool, due: datetime) -> VisitedChild:
    log = tuple(e for e in day.evidence.log if _is_of(e, pupil_id, day.evidence.session.day))
    left = [e.at for e in log if isinstance(e.what, VisitStarted)]
    made = [e for e in log if isinstance(e.what, VisitMade)]
    in_vain = tuple(e for e in made if _is_in_vain(e))
    return VisitedChild(
        pupil=day.evidence.roll.pupil(pupil_id), is_red=is_red, left_at=min(left, default=None), in_vain=in_vain,
        visit=timed((e for e in made if e not in in_vain), due, day.evidence.now),
    )  # fmt: skip


def _is_of(entry: Logged, pupil_id: PupilId, day: date) -> bool:
    what = entry.what
    is_visit = isinstance(what, VisitStarted | VisitMade) and what.pupil_id == pupil_id
    return is_visit and in_london(entry.at).date() == day


def _is_in_vain(entry: Logged) -> bool:
    return isinstance(entry.what, VisitMade) and entry.what.outcome in DOOR_NOT_REACHED


def review_today(day: DaySoFar) -> Timed:
    """Whether the daily review was held, and written down, by its time. Millbrook, 10.30."""
    today = day.evidence.session.day
    held: Iterable[Logged] = (
        e
        for e in day.evidence.log
        if isinstance(e.what, ReviewHeld) and e.what.day == today and in_london(e.at).date() == today
    )
    return timed(held, moment(today, day.evidence.policy.morning.rag_review_at), day.evidence.now)
