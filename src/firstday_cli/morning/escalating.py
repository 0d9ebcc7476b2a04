"""What had to be done next at an earlier moment, and what comes next after something was written down."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from firstday_cli.desk import Asked, Desk
from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.gathering import child_alone
from firstday_cli.domain.escalation.ladder import steps_of
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.log.written import Written
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.errors import Mistyped
from firstday_cli.reports.escalations import Earlier


def stood_before(desk: Desk, since: datetime | None) -> Earlier | None:
    """What had to be done next at an earlier moment, as it was known then. Raises Mistyped for a moment to come."""
    if since is None:
        return None
    since = in_london(since)
    if since > desk.now:
        raise Mistyped(f"expected a moment up to now ({desk.now:%H:%M}).", "--since")
    asked = Asked(school=str(desk.folder), day=desk.session.day, half=desk.session.half.value, now=since)
    before = Desk(asked)
    before.policy, before.calendar = desk.policy, desk.calendar
    then = escalation(before.evidence())
    return Earlier(
        since=f"{since:%H:%M} on {in_words(since.date())}", steps={step.key(since) for step in then.steps},
        alerts={(alert.pupil_id, alert.alert) for alert in then.alerts},
    )  # fmt: skip


def with_next(desk: Desk, found: Sequence[Written], *, dry_run: bool) -> list[Written]:
    """What was written, each with what must be done next for its child."""
    if dry_run:
        return list(found)
    evidence = desk.evidence()
    steps = [step for w in found for pupil_id in w.pupil_ids for step in steps_of(child_alone(evidence, pupil_id))]
    return [replace(w, follows=(*w.follows, *_next(w, steps, desk.now))) for w in found]


def _next(written: Written, steps: Sequence[NextStep], now: datetime) -> Sequence[str]:
    mine = [step for step in steps if step.pupil_id in written.pupil_ids]
    mine.sort(key=lambda step: (not step.is_act_now, step.due))
    return [f"{s.pupil_id} next: {s.step}, {_by(s, now)} ({s.owner})" for s in mine]


def _by(step: NextStep, now: datetime) -> str:
    if step.is_act_now or step.is_overdue(now):
        return "NOW"
    day = "" if step.due.date() == now.date() else f" on {step.due:%d/%m/%Y}"
    return f"by {step.due:%H:%M}{day}"
