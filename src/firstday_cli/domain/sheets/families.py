"""Which absent children belong together: one text a family, one card a household.

It is for paper and texts only: what is said of one child never closes another's case.
"""

from collections.abc import Callable, Iterable, Mapping

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.picture.day_picture import PupilPicture

Key = tuple[str, ...]


def first_number(contacts: Iterable[Contact]) -> str:
    """The first number that can be rung, as it is compared; empty where there is none."""
    return next((c.phone_key for c in contacts if c.is_usable), "")


def family(p: PupilPicture) -> Key:
    """What the children of one family share: the household, else the first number; else each child is alone."""
    return family_of(p.pupil, p.contacts)


def family_of(pupil: Pupil, contacts: Iterable[Contact]) -> Key:
    """The same of any child, by its contact list."""
    if pupil.household_id:
        return "household", folded(pupil.household_id)
    number = first_number(contacts)
    return ("number", number) if number else ("pupil", pupil.pupil_id)


def household(p: PupilPicture) -> Key:
    """What the children of one card share: the household, else the first number and the address."""
    number, address = first_number(p.contacts), folded(p.pupil.address)
    if p.pupil.household_id:
        return "household", folded(p.pupil.household_id)
    return ("number", number, address) if number and address else ("pupil", p.pupil.pupil_id)


def may_live_together(pupil: Pupil, contacts: Iterable[Contact], other: Pupil, others: Iterable[Contact]) -> bool:
    """Whether two children may be siblings: one household id, or one first number and one address."""
    if pupil.household_id and folded(pupil.household_id) == folded(other.household_id):
        return True
    number, address = first_number(contacts), folded(pupil.address)
    return bool(number and address) and (number, address) == (first_number(others), folded(other.address))


def together(pupils: Iterable[PupilPicture], key: Callable[[PupilPicture], Key]) -> Mapping[Key, list[PupilPicture]]:
    """The pupils by what they share, in the order of the first of each."""
    found: dict[Key, list[PupilPicture]] = {}
    for p in pupils:
        found.setdefault(key(p), []).append(p)
    return found


def may_be_rung_for_all(phone_key: str, pupils: Iterable[PupilPicture]) -> bool:
    """Whether a number is on every one of these lists, and may be rung on each."""
    return all(any(c.is_usable and c.phone_key == phone_key for c in p.contacts) for p in pupils)
