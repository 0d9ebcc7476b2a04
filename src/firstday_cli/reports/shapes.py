"""The JSON shapes that several reports share: a pupil, a contact, a problem."""

from collections.abc import Iterable

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.day_picture import PupilPicture
from firstday_cli.domain.evidence import Problem
from firstday_cli.reports.page import Json


def pupil_shape(p: PupilPicture) -> dict[str, Json]:
    """One pupil as programs read it; days of absence and character are null until they are counted."""
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
        "out_of_character": None,
        "confirmed": p.standing.confirmed,
        "days_absent": None,
        "contacts": [contact_shape(number, contact) for number, contact in enumerate(p.contacts, start=1)],
    }


def contact_shape(number: int, contact: Contact) -> dict[str, Json]:
    """One contact; the number of somebody who may not be rung is never in it."""
    return {
        "contact": number,
        "name": contact.name,
        "relationship": contact.relationship,
        "phone": contact.phone if contact.is_usable else None,
        "usable": contact.is_usable,
    }


def problem_shapes(problems: Iterable[Problem]) -> list[Json]:
    """Problems: file, row, column, found, expected."""
    return [
        {"file": p.file, "row": p.row, "column": p.column, "found": p.found, "expected": p.expected} for p in problems
    ]
