"""Walking down the call sheet: who is rung next, and on whose behalf; read anew after every call."""

from collections.abc import Collection, Iterable

from firstday_cli.desk import Desk
from firstday_cli.domain.calling.rounds import Ring
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.sheets.call_cards import Card, Child, cards
from firstday_cli.reports.counted import shown_due

Left = tuple[PupilId, int]


@record
class NextRing:
    """The next number to ring: the child, the contact and its place on the list, and siblings with the same number."""

    child: Child
    place: int
    contact: Contact
    rings: tuple[Ring, ...]
    siblings: tuple[tuple[PupilId, int, Contact], ...]
    left_to_ring: int
    due: str


@record
class Walk:
    """Where the walk stands: the session, the next number, and what is said where there is none."""

    session: Session
    following: NextRing | None
    waiting: tuple[str, ...] = ()


def where_it_stands(desk: Desk, left_out: Collection[Left]) -> Walk:
    """The next number in calling order, but for those the caller has left out of this walk."""
    found = cards(day_picture(desk.evidence()))
    open_now = [(card, child) for card in found for child in card.children if child.case.rounds.is_open(desk.now)]
    waiting = tuple(_waiting(desk, child) for card in found for child in card.children if (card, child) not in open_now)
    for card, child in open_now:
        places = [n for n in child.case.rounds.to_ring if (child.pupil_id, n) not in left_out]
        if places:
            following = _ring(desk, card, child, places[0], len(open_now))
            return Walk(session=desk.session, following=following, waiting=waiting)
    skipped = tuple(_left_out(child) for _, child in open_now)
    return Walk(session=desk.session, following=None, waiting=(*skipped, *waiting))


def _ring(desk: Desk, card: Card, child: Child, place: int, left: int) -> NextRing:
    contact, rounds = child.pupil.contacts[place - 1], child.case.rounds
    others = (other for other in card.children if other is not child and other.case.rounds.is_open(desk.now))
    siblings = tuple(shown for other in others for shown in _rings_too(other, contact))
    rings = tuple(ring for ring in rounds.rings if ring.phone_key == contact.phone_key)
    due = shown_due(child.case.due, desk.now)
    return NextRing(
        child=child, place=place, contact=contact, rings=rings, siblings=siblings, left_to_ring=left, due=due
    )


def _rings_too(child: Child, contact: Contact) -> Iterable[tuple[PupilId, int, Contact]]:
    """Where the same number stands on another child's list, if it is still to be rung in this round."""
    for place in child.case.rounds.to_ring:
        other = child.pupil.contacts[place - 1]
        if other.phone_key == contact.phone_key:
            yield child.pupil_id, place, other


def _left_out(child: Child) -> str:
    """Whom of an open list the caller has left out: leaving out is not ringing, and the child is still to be rung."""
    places = ", ".join(str(place) for place in child.case.rounds.to_ring)
    return f"{child.pupil_id}: left out of this walk and still to be rung, contact {places}."


def _waiting(desk: Desk, child: Child) -> str:
    """Why nobody of a child's list is rung now."""
    rounds = child.case.rounds
    if rounds.exhausted:
        return f"{child.pupil_id}: {rounds.exhausted}. Tell the safeguarding lead."
    if rounds.opens is not None and rounds.opens > desk.now:
        return f"{child.pupil_id}: round {rounds.number} opens at {rounds.opens:%H:%M}."
    return f"{child.pupil_id}: nobody is left in this round."
