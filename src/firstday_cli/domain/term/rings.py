"""The rings of a stretch of days: when the telephone rang, which contact it was, whether anybody answered."""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Logged
from firstday_cli.domain.record import record


@record
class Ring:
    """One ring of one number: its day and hour in London, which contact of the list, and how it ended.

    `is_contact` where it said where the child is; that is more than somebody answering.
    """

    day: date
    hour: int
    contact: int
    is_answered: bool
    is_contact: bool


def rings(log: Iterable[Logged], first: date, last: date) -> tuple[Ring, ...]:
    """The rings made from one day to another; one about brothers and sisters counts once, a text is none."""
    found: dict[object, Ring] = {}
    for entry in log:
        call = entry.what
        if isinstance(call, CallMade) and FOLLOWS[call.outcome].is_try and first <= entry.at.date() <= last:
            number = call.phone_key or call.phone or call.contact_id or (call.pupil_id, call.contact)
            key = entry.at, entry.by, number, call.outcome
            if key not in found or call.contact < found[key].contact:
                found[key] = _ring(entry, call)
    return tuple(found.values())


def _ring(entry: Logged, call: CallMade) -> Ring:
    follows = FOLLOWS[call.outcome]
    return Ring(
        day=entry.at.date(), hour=entry.at.hour, contact=call.contact,
        is_answered=not follows.is_unanswered, is_contact=follows.explains,
    )  # fmt: skip
