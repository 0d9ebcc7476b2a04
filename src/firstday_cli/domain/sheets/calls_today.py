"""Who had to be rung today, and whether each was called, and the call logged, in time. Millbrook, calls by 10am."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.calling.cases import Case, is_call_of
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Logged
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, moment
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.timing import Timed, timed


@record
class RungChild:
    """One child who had to be rung for an absence that began in this half: the first call, and when contact was made.

    `case` is the case that is open now; None where nothing is open any more.
    """

    pupil: Pupil
    half: Half
    first_call: Timed
    contact_at: datetime | None = None
    case: Case | None = None


def calls_today(day: DaySoFar) -> tuple[RungChild, ...]:
    """Every child with an open case, now or when calls were due, and every child of whom a call was made today."""
    cases = {pupil_id: case for pupil_id in day.at(day.evidence.now).looked_at if (case := _now(day, pupil_id))}
    halves = {(pupil_id, half) for half in day.halves for pupil_id in _to_ring_by(day, half)}
    halves |= {(pupil_id, day.half_of(case)) for pupil_id, case in cases.items()}
    calls = {pupil_id: found for pupil_id in day.latest.logged_about if (found := _calls(day, pupil_id))}
    known = {pupil_id for pupil_id, _ in halves}
    halves |= {(pupil_id, _half_of_absence(day, pupil_id)) for pupil_id in calls.keys() - known}
    both = {pupil_id for pupil_id, half in halves if half is Half.PM} & {p for p, half in halves if half is Half.AM}
    return tuple(
        _rung(day, pupil_id, half, day.about(half, calls.get(pupil_id, ()), is_apart=pupil_id in both), cases)
        for pupil_id, half in sorted(halves)
    )


def _now(day: DaySoFar, pupil_id: PupilId) -> Case | None:
    return day.at(day.evidence.now).case(pupil_id)


def calls_due(day: DaySoFar, half: Half) -> datetime:
    """By when the families of an absence that began in this half are rung. Policy: calls_made_by."""
    policy = day.evidence.policy
    times = policy.morning if half is Half.AM else policy.afternoon
    return moment(day.evidence.session.day, times.calls_made_by)


def _to_ring_by(day: DaySoFar, half: Half) -> Iterable[PupilId]:
    """Who had an open case when the calls of this half were due."""
    then = day.at(calls_due(day, half))
    for pupil_id in then.looked_at:
        case = then.case(pupil_id)
        if case is not None and day.half_of(case) is half:
            yield pupil_id


def _half_of_absence(day: DaySoFar, pupil_id: PupilId) -> Half:
    child = day.at(day.evidence.now).absent(pupil_id)
    return Half.PM if child is not None and child.began_in_the_afternoon else Half.AM


def _calls(day: DaySoFar, pupil_id: PupilId) -> tuple[Logged, ...]:
    """The calls of today; a text is none."""
    return tuple(
        e
        for e in day.latest.logged(pupil_id)
        if is_call_of(e, day.evidence.session.day) and isinstance(e.what, CallMade) and FOLLOWS[e.what.outcome].is_try
    )


def _rung(
    day: DaySoFar, pupil_id: PupilId, half: Half, calls: Iterable[Logged], cases: dict[PupilId, Case]
) -> RungChild:
    calls, case = tuple(calls), cases.get(pupil_id)
    reached = (e.at for e in calls if isinstance(e.what, CallMade) and FOLLOWS[e.what.outcome].explains)
    return RungChild(
        pupil=day.evidence.roll.pupil(pupil_id), half=half,
        first_call=timed(calls, calls_due(day, half), day.evidence.now), contact_at=min(reached, default=None),
        case=case if case is not None and day.half_of(case) is half else None,
    )  # fmt: skip
