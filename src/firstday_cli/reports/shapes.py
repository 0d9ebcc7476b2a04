"""The JSON shapes that several reports share: a pupil, a contact, a problem."""

from collections.abc import Iterable

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.days.absence_days import DaysAbsent
from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.picture.day_picture import Alert, PupilPicture
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.reports.page import Json


def pupil_shape(p: PupilPicture) -> dict[str, Json]:
    """One pupil as programs read it."""
    return {
        "pupil_id": p.pupil.pupil_id,
        "name": p.pupil.name,
        "group": p.pupil.group,
        "standing": p.standing.kind.value,
        "mark": p.facts.mark,
        "comment": p.facts.comment,
        "proposed": p.proposed,
        "because": p.standing.because,
        "rating": p.rating.rating.value,
        "rating_because": list(p.rating.because),
        "rating_unsure": p.rating.is_unsure,
        "out_of_character": bool(p.out_of_character),
        "confirmed": p.standing.confirmed,
        "days_absent": days_shape(p.days),
        "contacts": [contact_shape(number, contact) for number, contact in enumerate(p.contacts, start=1)],
    }


def days_shape(days: DaysAbsent) -> dict[str, Json]:
    """Days of absence in days and half days, whole numbers without a fraction."""
    return {
        "spell": _number(days.spell),
        "cumulative": _number(days.cumulative),
        "at_least": days.at_least,
        "since_seen": days.since_seen,
    }


def _number(days: float) -> float:
    return int(days) if days == int(days) else days


def figures_shape(p: PupilPicture) -> dict[str, Json]:
    """Sessions of this school year."""
    figures = p.figures
    return {
        "possible": figures.possible,
        "attended": figures.attended,
        "authorised": figures.authorised,
        "unauthorised": figures.unauthorised,
        "unmarked": p.unmarked,
    }


def duty_shape(duty: Duty) -> dict[str, Json]:
    """One duty owed to one child."""
    return {
        "pupil_id": duty.pupil_id, "duty": duty.duty, "because": duty.because, "due": duty.due.isoformat(),
        "source": duty.source,
    }  # fmt: skip


def contact_shape(number: int, contact: Contact) -> dict[str, Json]:
    """One contact; the number of somebody who may not be rung is never in it."""
    return {
        "contact": number,
        "name": contact.name,
        "relationship": contact.relationship,
        "phone": contact.to_dial if contact.is_usable else None,
        "usable": contact.is_usable,
    }


def alert_shape(alert: Alert) -> dict[str, Json]:
    """One alert; one that is about the list and no pupil has no pupil's id."""
    return {"pupil_id": alert.pupil_id or None, "alert": alert.alert, "because": alert.because}


def problem_shapes(problems: Iterable[Problem]) -> list[Json]:
    """Problems: file, row, column, found, expected."""
    return [
        {"file": p.file, "row": p.row, "column": p.column, "found": p.found, "expected": p.expected} for p in problems
    ]
