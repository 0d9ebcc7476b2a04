"""The day's next steps: every child's rungs as one list, overdue first, and the alerts that cannot wait."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.gathering import children_now
from firstday_cli.domain.escalation.ladder import RUNGS, steps_of
from firstday_cli.domain.escalation.wait import without_tries
from firstday_cli.domain.log.entries import Logged, VisitMade, VisitStarted
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import Alert, DayPicture, picture_of
from firstday_cli.domain.plausibility import IMPLAUSIBLE
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.errors import ACT_NOW, PROVISIONAL, SOMEBODY_MUST_ACT

PLACE = {rung.step: place for place, rung in reversed(list(enumerate(RUNGS)))}


@record
class Escalation:
    """One session's picture, what must be done next for whom, and the alerts; `children` are whom the ladder saw."""

    picture: DayPicture
    steps: tuple[NextStep, ...]
    alerts: tuple[Alert, ...]
    children: tuple[ChildNow, ...] = ()


def escalation(evidence: DayEvidence) -> Escalation:
    """What must be done next on this day, overdue first, then by when it is due."""
    days = PupilDays(SessionFacts(evidence, evidence.session.half))
    picture = picture_of(days)
    children = tuple(children_now(days, picture))
    steps = (step for child in children for step in steps_of(child))
    rung_in = {p.pupil.pupil_id: place for place, p in enumerate(picture.to_ring)}
    alerts = (*picture.alerts, *(alert for child in children for alert in _alerts(child)))
    ordered = tuple(sorted(steps, key=lambda s: _order(s, picture.as_of, rung_in)))
    return Escalation(picture=picture, steps=ordered, alerts=alerts, children=children)


def _order(step: NextStep, now: datetime, rung_in: Mapping[PupilId, int]) -> tuple[bool, datetime, int, int, str]:
    """Overdue first, then by when; of one step those who are rung first."""
    place = rung_in.get(step.pupil_id, len(rung_in))
    return not step.is_overdue(now), step.due, PLACE[step.step], place, step.pupil_id


def _alerts(child: ChildNow) -> Iterable[Alert]:
    """Staff who are not back from a visit; a wait in which nobody has tried."""
    for entry in _still_out(child):
        if isinstance(entry.what, VisitStarted) and child.now > entry.what.back_by:
            back_by = in_london(entry.what.back_by)
            because = f"staff were due back from the visit at {back_by:%H:%M} ({entry.source})"
            yield Alert(pupil_id=child.pupil_id, alert="visitors-overdue", because=because)
    silence = without_tries(child)
    if silence:
        yield Alert(pupil_id=child.pupil_id, alert="wait-without-tries", because=silence)


def _still_out(child: ChildNow) -> Iterable[Logged]:
    """The visits that staff left for and of which nobody has said yet what they found."""
    back = max((e.at for e in child.ever_of(VisitMade)), default=None)
    return (e for e in child.ever_of(VisitStarted) if back is None or e.at > back)


def outstanding(now: Escalation) -> int:
    """The exit code of the day: 0, 10 somebody must act, 11 act now, 12 provisional. 11 wins over 12, 12 over 10."""
    picture = now.picture
    if any(alert.alert != IMPLAUSIBLE for alert in now.alerts):
        return ACT_NOW
    if any(step.is_act_now or step.is_overdue(picture.as_of) for step in now.steps):
        return ACT_NOW
    if picture.provisional_because:
        return PROVISIONAL
    return SOMEBODY_MUST_ACT if picture.needs_somebody or now.steps else 0
