"""What must be done next, for whom, by whom, by when and why; overdue first. Guidance, steps 4 to 10."""

from collections.abc import Collection

from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.picture.day_picture import Alert
from firstday_cli.domain.record import record
from firstday_cli.reports.counted import shown_due, shown_time
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.shapes import alert_shape
from firstday_cli.reports.sheet_head import office_alert, provisional

IN_OFFICE_WORDS = {
    "contact-agencies": "the safeguarding lead tells the linked agencies",
    "enquire": "nobody on the contact list replied: the safeguarding lead asks the three questions",
    "decide": "the safeguarding lead must decide",
    "tell-police": "the safeguarding lead tells the police",
    "refer-social-care": "for the safeguarding lead",
    "refer-attendance-team": "for the safeguarding lead",
    "chase-acknowledgement": "for the safeguarding lead: somebody has not answered yet",
}
NOTHING = "Nothing: every step that is due today was taken."


@record
class Earlier:
    """The steps and alerts that stood at an earlier moment, as it is written; those are not shown again."""

    since: str
    steps: Collection[tuple[str, str, int | None, str, bool]]
    alerts: Collection[tuple[str, str]]


def escalations(now: Escalation, audience: Audience, earlier: Earlier | None = None) -> Page:
    """The page of `escalate`; with an earlier moment only what is new since. Agencies for safeguarding alone."""
    steps = tuple(s for s in now.steps if earlier is None or s.key(now.picture.as_of) not in earlier.steps)
    alerts = tuple(a for a in now.alerts if earlier is None or (a.pupil_id, a.alert) not in earlier.alerts)
    picture, for_leads = now.picture, audience is Audience.SAFEGUARDING
    new = f", new since {earlier.since}" if earlier else ""
    warned = tuple(_alert(alert, for_leads=for_leads) for alert in alerts)
    return Page(
        title=f"{picture.school}: next steps, {picture.session}, as of {picture.as_of:%H:%M}{new}",
        facts=_facts(now, steps, alerts),
        audience=audience,
        warnings=(*provisional(picture), *warned),
        tables=(_table(now, steps, for_leads=for_leads),),
        notes=(_counted(now, steps), *_stood(now, steps)),
    )


def _alert(alert: Alert, *, for_leads: bool) -> str:
    if for_leads:
        return f"{alert.alert.upper()}: {alert.sentence}"
    if not alert.pupil_id:
        return f"{office_alert(alert)}: {alert.sentence}"
    hidden = alert.alert == "overseas-risk"
    return f"{office_alert(alert)}: {alert.pupil_id}, {'tell the safeguarding lead now' if hidden else alert.because}"


def _table(now: Escalation, steps: tuple[NextStep, ...], *, for_leads: bool) -> Table:
    people = pupils_of(now)
    rows = tuple(
        (
            shown_due(s.due, now.picture.as_of), s.step, s.pupil_id, people[s.pupil_id].name,
            people[s.pupil_id].group, _rating(now, s.pupil_id), s.owner, because_for(s, now, for_leads=for_leads),
        )
        for s in steps
    )  # fmt: skip
    columns = ("By", "Step", "Pupil", "Name", "Group", "Rating", "Who", "Because")
    return Table(
        title="Next steps, overdue first", columns=columns, rows=rows, empty=_empty(now),
        unbroken=("By", "Step", "Pupil"),
    )  # fmt: skip


def _empty(now: Escalation) -> str:
    if now.picture.provisional_because:
        return "Nothing yet, but this list cannot be relied on: see PROVISIONAL above."
    return NOTHING if not now.steps else "Nothing new."


def because_for(step: NextStep, now: Escalation, *, for_leads: bool) -> str:
    """Why, in words that whoever reads the page may read; when a round opens or staff may start."""
    round_ = f"round {step.round}: " if step.round else ""
    start = f"from {shown_time(step.start, now.picture.session.day)}; " if step.start else ""
    because = step.because if for_leads else IN_OFFICE_WORDS.get(step.step, step.because)
    return f"{round_}{start}{because}"


def pupils_of(now: Escalation) -> dict[PupilId, Pupil]:
    """The pupils whom the ladder saw."""
    return {child.pupil_id: child.pupil for child in now.children}


def _rating(now: Escalation, pupil_id: PupilId) -> str:
    return next(child.rating.value for child in now.children if child.pupil_id == pupil_id)


def _counted(now: Escalation, steps: tuple[NextStep, ...]) -> str:
    overdue = sum(1 for s in steps if s.is_overdue(now.picture.as_of))
    return f"{len(steps)} step{'' if len(steps) == 1 else 's'}, {overdue} overdue. A named person decides each."


def _stood(now: Escalation, steps: tuple[NextStep, ...]) -> tuple[str, ...]:
    older = len(now.steps) - len(steps)
    return (f"{older} more stood before and are not shown.",) if older else ()


def _facts(now: Escalation, steps: tuple[NextStep, ...], alerts: tuple[Alert, ...]) -> dict[str, Json]:
    picture = now.picture
    return {
        "schema": "firstday/escalate/1",
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "provisional": bool(picture.provisional_because),
        "provisional_because": list(picture.provisional_because),
        "steps": [step_shape(step, now) for step in steps],
        "alerts": [alert_shape(a) for a in alerts],
    }


def step_shape(step: NextStep, now: Escalation) -> dict[str, Json]:
    """One step as programs read it."""
    return {
        "pupil_id": step.pupil_id,
        "rating": _rating(now, step.pupil_id),
        "step": step.step,
        "round": step.round,
        "start": step.start.isoformat() if step.start else None,
        "due": step.due.isoformat(),
        "overdue": step.is_overdue(now.picture.as_of),
        "because": step.because,
        "owner": step.owner,
        "source": step.source,
    }
