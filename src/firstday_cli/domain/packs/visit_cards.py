"""The cards of the visit sheet: one family a card, and nothing of any other family on it. Guidance, step 9.

A card carries no reason of a rating: whoever visits needs the address, the people, what to look for and ask.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.names import folded
from firstday_cli.domain.packs.out_now import OutNow, out_now
from firstday_cli.domain.people import Flag, PupilId
from firstday_cli.domain.picture.day_picture import PupilPicture
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.families import household

VISITS = ("visit", "face-to-face")
FIRST_DAY, KEEP_IN_TOUCH = "first-day", "kit"


@record
class ChildToSee:
    """One child to be seen: for what, from when, by when."""

    p: PupilPicture
    steps: tuple[NextStep, ...]

    @property
    def pupil_id(self) -> PupilId:
        """The child's id."""
        return self.p.pupil.pupil_id

    @property
    def due(self) -> datetime:
        """The earliest time by which it is to be seen."""
        return min(step.due for step in self.steps)

    @property
    def start(self) -> datetime | None:
        """From when staff may leave; None for at once."""
        starts = [step.start for step in self.steps]
        return None if None in starts else min(start for start in starts if start is not None)

    @property
    def kind(self) -> str:
        """Why staff go: nobody of the family replied, or to keep in touch."""
        return FIRST_DAY if any(step.step == "visit" for step in self.steps) else KEEP_IN_TOUCH


@record
class VisitCard:
    """One family at one address: its children, the people, the visits to it that are under way."""

    children: tuple[ChildToSee, ...]
    lives_with: tuple[Contact, ...]
    to_ring: tuple[Contact, ...]
    withheld: int
    has_note: bool
    out: tuple[OutNow, ...]

    @property
    def due(self) -> datetime:
        """The earliest time by which one of its children is to be seen."""
        return min(child.due for child in self.children)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of its children: no word on the card may tell one."""
        return tuple(flag for child in self.children for flag in child.p.flags)

    @property
    def address(self) -> str:
        """The address as the roll has it; empty where it has none."""
        return self.children[0].p.pupil.address.strip()


def visit_cards(found: Escalation) -> tuple[VisitCard, ...]:
    """Every family with a visit or a face to face that is not made, the earliest due first."""
    out = out_now(found.children)
    cards = (_card(children, out) for children in _families(found).values())
    return tuple(sorted(cards, key=lambda card: (card.due, card.children[0].pupil_id)))


def _families(found: Escalation) -> Mapping[tuple[object, ...], list[ChildToSee]]:
    """The children by household and address: a child who lives elsewhere, or whose contact is barred, is alone."""
    children = [child for p in (*found.picture.pupils, *found.picture.left_behind) if (child := _to_see(found, p))]
    usable, barred = _numbers(children)
    families: dict[tuple[object, ...], list[ChildToSee]] = {}
    for child in children:
        home = (household(child.p), folded(child.p.pupil.address))
        is_apart = usable.get(home, set()) & barred.get(home, set())
        families.setdefault((*home, child.pupil_id) if is_apart else home, []).append(child)
    return families


def _to_see(found: Escalation, p: PupilPicture) -> ChildToSee | None:
    steps = tuple(s for s in found.steps if s.pupil_id == p.pupil.pupil_id and s.step in VISITS)
    return ChildToSee(p=p, steps=steps) if steps else None


Numbers = dict[tuple[object, ...], set[str]]


def _numbers(children: Iterable[ChildToSee]) -> tuple[Numbers, Numbers]:
    """The numbers and names of each home that may be rung, and those that may not."""
    usable: Numbers = {}
    barred: Numbers = {}
    for child in children:
        home = (household(child.p), folded(child.p.pupil.address))
        for contact in child.p.contacts:
            may_not = contact.is_barred
            words = {contact.phone_key, folded(contact.name)} - {""}
            (barred if may_not else usable).setdefault(home, set()).update(words)
    return usable, barred


def _card(children: Sequence[ChildToSee], out: Iterable[OutNow]) -> VisitCard:
    contacts = [c for child in children for c in child.p.contacts]
    may_be_met = [c for c in contacts if not c.is_barred]
    ids = {child.pupil_id for child in children}
    return VisitCard(
        children=tuple(children),
        lives_with=_once(c for c in may_be_met if c.lives_with),
        to_ring=_once(c for c in may_be_met if c.is_usable),
        withheld=len(_once(c for c in contacts if c.is_barred)),
        has_note=any(child.p.pupil.notes.strip() for child in children) or any(c.notes.strip() for c in contacts),
        out=tuple(o for o in out if o.pupil_id in ids),
    )  # fmt: skip


def _once(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple({(c.phone_key, folded(c.name)): c for c in contacts}.values())
