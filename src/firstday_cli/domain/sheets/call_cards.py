"""The cards of the call sheet: one household on one card, each number once, what was tried, what comes next.

A card is paper: one answer never closes a sibling. Guidance, steps 5 and 6.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.calling.rounds import Ring
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.families import household, together

NO_INTERPRETER = frozenset({"", "english", "eng", "en", "en gb", "en-gb"})
ASKS_FOR_INTERPRETER = "interpreter"


@record
class Child:
    """A child with an open case, as a card shows it."""

    pupil: PupilPicture
    case: Case

    @property
    def pupil_id(self) -> PupilId:
        """The child's id."""
        return self.pupil.pupil.pupil_id


@record
class Line:
    """One person on a card: the contact's number on each child's list, whether to ring now, and the calls so far."""

    contact: Contact
    places: tuple[tuple[PupilId, int], ...]
    is_next: bool
    rings: tuple[Ring, ...]


@record
class Card:
    """One household's card: its children in calling order, the people to ring in order, and those not to be rung."""

    children: tuple[Child, ...]
    lines: tuple[Line, ...]
    not_to_ring: tuple[tuple[PupilId, int, str], ...]
    languages: tuple[str, ...]

    @property
    def due(self) -> datetime:
        """The earliest deadline of its children."""
        return min(child.case.due for child in self.children)


def cards(picture: DayPicture) -> tuple[Card, ...]:
    """Every household with an open case, in calling order of its first child."""
    cases = {p.pupil.pupil_id: Child(pupil=p, case=p.case) for p in picture.to_ring if p.case is not None}
    households = together((child.pupil for child in cases.values()), household).values()
    grouped = ([cases[p.pupil.pupil_id] for p in pupils] for pupils in households)
    return tuple(_card(them, picture.as_of) for children in grouped for them in _apart(children))


def _apart(children: Sequence[Child]) -> Iterable[Sequence[Child]]:
    """All on one card; each alone where a number of one may not be rung for another."""
    usable = {c.phone_key for child in children for c in child.pupil.contacts if c.is_usable}
    barred = {c.phone_key for child in children for c in child.pupil.contacts if not c.is_usable}
    return [[child] for child in children] if usable & barred else [children]


def _card(children: Sequence[Child], now: datetime) -> Card:
    people: dict[tuple[str, str], list[tuple[Child, int, Contact]]] = {}
    for child in children:
        for number, contact in enumerate(child.pupil.contacts, start=1):
            if contact.is_usable:
                people.setdefault((contact.phone_key, folded(contact.name)), []).append((child, number, contact))
    return Card(
        children=tuple(children), lines=tuple(_line(those, now) for those in people.values()),
        not_to_ring=tuple(_not_to_ring(children)), languages=tuple(_languages(children)),
    )  # fmt: skip


def _languages(children: Sequence[Child]) -> Iterable[str]:
    """The languages spoken by those who may be rung, where an interpreter may be needed."""
    spoken = (c.language.strip() for child in children for c in child.pupil.contacts if c.is_usable)
    asked = (f.flag for child in children for f in child.pupil.flags if f.flag == ASKS_FOR_INTERPRETER)
    return dict.fromkeys(word for word in (*spoken, *asked) if folded(word) not in NO_INTERPRETER)


def _line(those: Sequence[tuple[Child, int, Contact]], now: datetime) -> Line:
    rings = {
        ring.entry.number: ring
        for child, _, contact in those
        for ring in child.case.rounds.rings
        if ring.phone_key == contact.phone_key
    }
    return Line(
        contact=those[0][2], places=tuple((child.pupil_id, number) for child, number, _ in those),
        is_next=any(child.case.rounds.is_open(now) and n in child.case.rounds.to_ring for child, n, _ in those),
        rings=tuple(rings[number] for number in sorted(rings)),
    )  # fmt: skip


def _not_to_ring(children: Sequence[Child]) -> Iterable[tuple[PupilId, int, str]]:
    """The contacts of each child that are not rung, by number on the list, and why; never their telephone numbers."""
    for child in children:
        for number, contact in enumerate(child.pupil.contacts, start=1):
            if contact.is_barred:
                yield child.pupil_id, number, "do not ring; ask the safeguarding lead"
            elif not contact.is_usable:
                yield child.pupil_id, number, _why_not(contact)


def _why_not(contact: Contact) -> str:
    """Why there is nothing to dial, and what stands in its place: it may say more than a number would."""
    words = f' ("{contact.phone_label}")' if contact.phone_label else ""
    return f"{contact.phone_remark}{words}" if contact.phone_remark else "no number"
