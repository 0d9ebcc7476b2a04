"""What a morning looked like at one moment: whom it said to look for or to ring, and what it asked next."""

from collections.abc import Mapping
from datetime import datetime
from enum import IntEnum

from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.picture.day_picture import PupilPicture
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.standing.reconcile import StandingKind

Line = tuple[PupilId, str, int | None]


class Place(IntEnum):
    """How near a child is to being looked for: on no list, waiting for its register, to be looked for, to be rung."""

    NOWHERE = 0
    WAITING = 1
    LOOKED_FOR = 2
    RUNG = 3


@record
class StepSeen:
    """One step as it was listed: by when, and the child's rating then."""

    due: datetime
    rating: RagRating


@record
class ChildSeen:
    """One child at one moment: its place on the lists, and its rating."""

    pupil: Pupil
    place: Place
    rating: RagRating


@record
class Look:
    """One moment of a morning: everybody who is not simply in school, and every step that was listed."""

    at: datetime
    children: Mapping[PupilId, ChildSeen]
    steps: Mapping[Line, StepSeen]

    def place(self, pupil_id: PupilId) -> Place:
        """The child's place on the lists."""
        seen = self.children.get(pupil_id)
        return seen.place if seen else Place.NOWHERE


def look(found: Escalation, registers_due: datetime) -> Look:
    """What a session's picture and its next steps say at their moment; until registers are due they may still come."""
    picture = found.picture
    rung, may_come = {p.pupil.pupil_id for p in picture.to_ring}, picture.as_of < registers_due
    children = {
        child.pupil_id: ChildSeen(pupil=child.pupil, place=Place.NOWHERE, rating=child.rating)
        for child in found.children
    }
    for p in (*picture.left_behind, *picture.pupils):
        place = Place.RUNG if p.pupil.pupil_id in rung else _place(p, may_come=may_come)
        children[p.pupil.pupil_id] = ChildSeen(pupil=p.pupil, place=place, rating=p.rating.rating)
    asked = [s for s in reversed(found.steps) if children[s.pupil_id].place is not Place.WAITING]
    steps = {s.line: StepSeen(due=s.due, rating=children[s.pupil_id].rating) for s in asked}
    return Look(at=picture.as_of, children=children, steps=steps)


def _place(p: PupilPicture, *, may_come: bool) -> Place:
    """An unexplained child is rung; an unknown one is looked for, unless its register may still come."""
    if p.standing.kind is StandingKind.UNEXPLAINED:
        return Place.RUNG
    if p.standing.kind is not StandingKind.UNKNOWN:
        return Place.NOWHERE
    return Place.WAITING if may_come else Place.LOOKED_FOR
