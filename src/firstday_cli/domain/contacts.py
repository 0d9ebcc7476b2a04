"""The contact list of each pupil: whom to ring, in what order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record


@record
class Contact:
    """A person on a pupil's contact list; `phone` is the number as dialled, `phone_key` what it is compared by.

    Who has several numbers is as many contacts: `number` counts them, `phone_label` are the words beside each.
    `phone_remark` says what was wrong with it, `other_keys` are further numbers of a cell that was read before each was
    a contact; with `shares_barred_number` somebody not to be rung has it too, or this is the same person.
    """

    pupil_id: PupilId
    contact_id: str = ""
    order: int = 0
    name: str = ""
    relationship: str = ""
    phone: str = ""
    phone_key: str = ""
    phone_type: str = ""
    email: str = ""
    parental_responsibility: bool | None = None
    lives_with: bool | None = None
    do_not_contact: bool = False
    language: str = ""
    notes: str = ""
    row: int = 0
    phone_remark: str = ""
    other_keys: tuple[str, ...] = ()
    shares_barred_number: bool = False
    number: int = 1
    phone_label: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether this person may be rung and has a number that can be dialled."""
        return bool(self.phone_key) and not self.is_barred

    @property
    def is_barred(self) -> bool:
        """Whether nobody may ring this person, or somebody not to be rung has the same number."""
        return self.do_not_contact or self.shares_barred_number

    @property
    def who(self) -> str:
        """The name and the relationship, as far as they are known."""
        return ", ".join(part for part in (self.name, self.relationship) if part)

    @property
    def is_mobile(self) -> bool:
        """Whether the number can take a text: a British mobile, not a personal number or a pager."""
        has_extension = EXTENSION in self.phone_label or not self.phone.replace(" ", "").isdecimal()
        is_mobile = self.phone_key.startswith("07") and not self.phone_key.startswith(NOT_MOBILES)
        return (is_mobile or self.phone_key.startswith(ISLE_OF_MAN)) and not has_extension

    @property
    def to_dial(self) -> str:
        """The number with its extension, and no other words."""
        extension = [words for words in self.phone_label.split(", ") if words.startswith(EXTENSION)]
        return " ".join([self.phone, *extension])

    @property
    def shown(self) -> str:
        """The number with the words that stood beside it."""
        return f"{self.phone} ({self.phone_label})" if self.phone_label else self.phone

    @property
    def is_overseas(self) -> bool:
        """Whether the number is dialled abroad."""
        return self.phone_key.startswith("00")


NOT_MOBILES, ISLE_OF_MAN, EXTENSION = ("070", "076"), "07624", "ext "
Rows = Mapping[PupilId, Sequence[Contact]]


class ContactList:
    """Every pupil's contacts in calling order; built for a pupil only when somebody asks."""

    def __init__(self, rows: Callable[[], Rows]) -> None:
        self._read = rows
        self._rows: Rows | None = None
        self._by_word: dict[tuple[str, str], set[PupilId]] | None = None

    @property
    def rows(self) -> Rows:
        """All contacts by pupil, read once."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def of(self, pupil_id: PupilId) -> tuple[Contact, ...]:
        """The pupil's contacts in the order to ring them."""
        return in_order(self.rows.get(pupil_id, ()))

    def pupils_with(self, phone_key: str) -> frozenset[PupilId]:
        """The pupils who have this number on their list, whoever may be rung on it."""
        return self._pupils_by("number", phone_key)

    def pupils_with_email(self, email: str) -> frozenset[PupilId]:
        """The pupils who have this e-mail address on their list."""
        return self._pupils_by("email", email.strip().casefold())

    def pupils_of(self, name: str) -> frozenset[PupilId]:
        """The pupils who have a contact of this whole name on their list."""
        return self._pupils_by("name", folded(name)) if " " in name.strip() else frozenset()

    def _pupils_by(self, kind: str, word: str) -> frozenset[PupilId]:
        """The pupils by what their contacts are known by, arranged once."""
        if self._by_word is None:
            self._by_word = {}
            for pupil_id, people in self.rows.items():
                for contact in people:
                    known = (("number", contact.phone_key), ("email", contact.email.strip().casefold()))
                    for key in (*known, ("name", folded(contact.name))):
                        self._by_word.setdefault(key, set()).add(pupil_id)
        return frozenset(self._by_word.get((kind, word), ())) if word else frozenset()


def by_pupil(contacts: Iterable[Contact]) -> Rows:
    """The contacts by pupil, those alike once."""
    found: defaultdict[PupilId, list[Contact]] = defaultdict(list)
    for contact in contacts:
        if contact not in found[contact.pupil_id]:
            found[contact.pupil_id].append(contact)
    return found


def in_order(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """The contacts by order, then id; ties in order are normal in exports. A person's numbers stay together.

    A number that somebody not to be contacted has is not rung for anybody else either, and a person barred on one row
    is barred on all.
    """
    found = sorted(contacts, key=lambda c: (c.order, c.contact_id, c.name, c.number, not c.is_mobile, c.phone_key))
    barred = {word for c in found if c.do_not_contact for word in _known_by(c)}
    return tuple(
        replace(c, shares_barred_number=True) if not c.do_not_contact and barred & _known_by(c) else c for c in found
    )


def _known_by(contact: Contact) -> set[tuple[str, str]]:
    """What a person is known by on one child's list: every number of the cell, the id, the name."""
    numbers = {("number", key) for key in (contact.phone_key, *contact.other_keys) if key}
    person = {("id", contact.contact_id), ("name", " ".join(contact.name.casefold().split()))}
    return numbers | {(kind, word) for kind, word in person if word}
