"""How far a contact list has been rung today: the round that is on, whom to ring in it, whether anybody is left."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Logged
from firstday_cli.domain.policy import Calling
from firstday_cli.domain.record import record

NO_LIST = "the contact list is empty"
NOT_TO_BE_RUNG = "nobody on the contact list may be rung"
NO_NUMBER = "no number on the contact list can be dialled"
ALL_GONE = "every number on the contact list is wrong or dead"


@record
class Ring:
    """One call: its entry, the number it rang, and the round it belongs to; 0 where it is no try of this list."""

    entry: Logged
    call: CallMade
    phone_key: str
    round: int = 0


@record
class Rounds:
    """The calling of one child: the round that is on and since when, the contacts still to be rung in it, the calls.

    `exhausted` says why nobody is left to ring today, and `exhausted_at` since when; None where it was so from the
    beginning. Contacts are numbered from 1, in the order of the list.
    """

    number: int = 1
    opens: datetime | None = None
    to_ring: tuple[int, ...] = ()
    complete: int = 0
    exhausted: str = ""
    exhausted_at: datetime | None = None
    rings: tuple[Ring, ...] = ()

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can be rung at this moment."""
        return bool(self.to_ring) and (self.opens is None or self.opens <= now)


@record
class _Going:
    """The rounds as they go on, call by call."""

    number: int = 1
    opens: datetime | None = None
    tried: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    exhausted: str = ""
    exhausted_at: datetime | None = None


def rounds(contacts: Sequence[Contact], calls: Iterable[Logged], policy: Calling) -> Rounds:
    """The rounds of one child's calling, from the calls that count for it. Guidance, step 6; policy: [calling].

    A round is complete when every number that can be rung was tried in it. The next opens some minutes after the try
    that completed it, and tries before that belong to the round before. A wrong or dead number is tried once.
    """
    numbers = tuple(dict.fromkeys(c.phone_key for c in contacts if c.is_usable))
    going, rings = _Going(exhausted="" if numbers else why_nobody(contacts)), []
    for entry in sorted(calls, key=lambda e: (e.at, e.number)):
        if isinstance(entry.what, CallMade):
            ring = _ring(entry, entry.what, contacts)
            going, placed = _after(going, ring, numbers, policy)
            rings.append(replace(ring, round=placed))
    left = () if going.exhausted else tuple(_still_to_ring(contacts, going))
    done = going.number if going.exhausted and numbers and going.exhausted != ALL_GONE else going.number - 1
    return Rounds(
        number=going.number, opens=going.opens, to_ring=left, complete=done, exhausted=going.exhausted,
        exhausted_at=going.exhausted_at, rings=tuple(rings),
    )  # fmt: skip


def why_nobody(contacts: Sequence[Contact]) -> str:
    """Why no number of the list can be rung."""
    if not contacts:
        return NO_LIST
    return NOT_TO_BE_RUNG if any(c.phone_key for c in contacts) else NO_NUMBER


def _ring(entry: Logged, call: CallMade, contacts: Sequence[Contact]) -> Ring:
    """The call with the number it rang: its own, or in an older log that of the contact it names."""
    same = (c.phone_key for c in contacts if c.phone == call.phone and c.contact_id == call.contact_id)
    return Ring(entry=entry, call=call, phone_key=call.phone_key or next(same, ""))


def _still_to_ring(contacts: Sequence[Contact], going: _Going) -> Iterable[int]:
    """One contact for each number that is still to be rung in this round."""
    done = set(going.tried | going.gone)
    for number, contact in enumerate(contacts, start=1):
        if contact.is_usable and contact.phone_key not in done:
            done.add(contact.phone_key)
            yield number


def _after(going: _Going, ring: Ring, numbers: Sequence[str], policy: Calling) -> tuple[_Going, int]:
    """How the rounds stand after one more call, and the round that the call belongs to."""
    follows = FOLLOWS[ring.call.outcome]
    if not follows.is_try or ring.phone_key not in numbers:
        return going, 0
    gone = going.gone | {ring.phone_key} if follows.is_gone else going.gone
    if going.exhausted:
        return replace(going, gone=gone), going.number
    if going.opens is not None and ring.entry.at < going.opens:
        return _closed(replace(going, gone=gone), ring.entry.at, numbers, policy), going.number - 1
    tried = replace(going, gone=gone, tried=going.tried | {ring.phone_key})
    return _closed(tried, ring.entry.at, numbers, policy), going.number


def _closed(going: _Going, at: datetime, numbers: Sequence[str], policy: Calling) -> _Going:
    """The round closed where nothing of it is left to ring; the list exhausted where no round is left either."""
    alive = set(numbers) - going.gone
    if not alive:
        return replace(going, exhausted=ALL_GONE, exhausted_at=at)
    if not going.tried or not alive <= going.tried:
        return going
    if going.number >= policy.rounds:
        why = f"no reply in {going.number} complete round{'' if going.number == 1 else 's'} of the contact list"
        return replace(going, exhausted=why, exhausted_at=at)
    opens = at + timedelta(minutes=policy.minutes_between_rounds)
    return replace(going, number=going.number + 1, opens=opens, tried=frozenset())
