"""Everything that was owed to absent children today, and how it was met: a duty does not lapse when the child comes in.

Each duty is looked at as the day stood when it was due, and all that came up since as it stands now.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from firstday_cli.domain.log.entries import Logged, pupils_of
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import moment
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.standing.duties import Absent, Duty, duties_of


class Met(StrEnum):
    """How a duty was met."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    OWED = "owed"


@record
class DutyToday:
    """One duty of the day and how it was met; `is_absent` says whether the child is absent still."""

    pupil: Pupil
    duty: Duty
    met: Met
    is_absent: bool


def duties_today(day: DaySoFar) -> tuple[DutyToday, ...]:
    """Everything owed today, in the order in which it was due; what is a matter of judgement left out."""
    log: defaultdict[PupilId, list[Logged]] = defaultdict(list)
    for entry in day.evidence.log:
        for pupil_id in pupils_of(entry.what):
            log[pupil_id].append(entry)
    found: dict[tuple[PupilId, str, datetime], DutyToday] = {}
    for at in (*_due_times(day), None):
        then = day.at(at or day.evidence.now)
        for pupil_id in then.looked_at:
            child = then.counted(pupil_id)
            for duty in _of_child(child, day, log[pupil_id]) if child else ():
                if at in (None, duty.duty.due):
                    found.setdefault((pupil_id, duty.duty.duty, duty.duty.due), duty)
    return tuple(sorted(found.values(), key=lambda d: (d.duty.due, d.pupil.pupil_id, d.duty.duty)))


def _due_times(day: DaySoFar) -> Sequence[datetime]:
    """The times of today at which a duty may be due and that are past."""
    policy = day.evidence.policy
    by = {t for times in (policy.morning, policy.afternoon) for t in (times.calls_made_by, times.red_visits_by)}
    due = (moment(day.evidence.session.day, time) for time in sorted({*by, policy.seen_every.by}))
    return [at for at in due if at < day.evidence.now]


def _of_child(child: Absent, day: DaySoFar, log: Sequence[Logged]) -> Iterable[DutyToday]:
    policy, now = day.evidence.policy, day.at(day.evidence.now).absent(child.pupil_id)
    wrote = child.family_wrote_today or (now.family_wrote_today if now else "")
    ever = {d.duty: d for d in duties_of(replace(child, log=tuple(log), family_wrote_today=wrote), policy)}
    for duty in ever.values():
        if not duty.is_optional:
            met = _met(duty, is_in_time=bool(_done_by_then(duty, child, log, policy)), now=day.evidence.now)
            yield DutyToday(
                pupil=day.evidence.roll.pupil(child.pupil_id), duty=duty, met=met, is_absent=now is not None
            )


def _done_by_then(duty: Duty, child: Absent, log: Iterable[Logged], policy: Policy) -> str:
    """How the duty had been discharged when it was due."""
    then = replace(child, log=tuple(entry for entry in log if entry.at <= duty.due))
    return next((d.done for d in duties_of(then, policy) if d.duty == duty.duty), "")


def _met(duty: Duty, *, is_in_time: bool, now: datetime) -> Met:
    if duty.done:
        return Met.DONE if is_in_time else Met.LATE
    return Met.MISSED if now > duty.due else Met.OWED
