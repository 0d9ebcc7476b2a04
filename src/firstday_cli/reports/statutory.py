"""What the law and the guidance ask a school to look at: alerts for a person, with the sessions counted."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from firstday_cli.domain.days.statutory import TRIGGERS, StatutoryAlert
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.school_days import Session, in_words
from firstday_cli.reports.page import Page, Table

NEVER_KNOWN = (
    "A pupil who fails to attend regularly is returned as well: that is the school's judgement, not a count.",
    "One return for each episode: a run that goes on was returned before.",
    "How many notices a parent has had is not known here; the local authority counts them.",
)


def statutory(
    school: str, at: tuple[Session, datetime], alerts: Sequence[StatutoryAlert], pupils: Mapping[PupilId, Pupil]
) -> Page:
    """The page of `report statutory-alerts` for a session, as of a moment."""
    session, now = at
    rows = tuple((a.pupil_id, pupils[a.pupil_id].name, a.alert, a.because, a.who, a.source) for a in alerts)
    return Page(
        title=f"{school}: statutory alerts, {session}",
        facts={
            "schema": "firstday/statutory-alerts/1",
            "day": session.day.isoformat(),
            "as_of": now.isoformat(),
            "alerts": [
                {
                    "pupil_id": a.pupil_id, "alert": a.alert, "because": a.because, "counted": a.counted,
                    "since": a.since.isoformat(), "who": a.who, "source": a.source,
                }
                for a in alerts
            ],
        },
        tables=(
            Table(
                title=f"To be looked at ({len(rows)})",
                columns=("Pupil", "Name", "Alert", "Counted", "Who acts", "Source"), rows=rows,
                empty=f"Nothing up to {in_words(session.day)}.", unbroken=("Pupil", "Name"),
            ),
            Table(title="The tests", columns=("Alert", "Test"), rows=tuple((t.alert, t.test) for t in TRIGGERS)),
        ),
        notes=("These are alerts for a person; firstday acts on none of them.", *NEVER_KNOWN),
    )  # fmt: skip
