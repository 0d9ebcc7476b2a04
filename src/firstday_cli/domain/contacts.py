"""The contact list of each pupil: whom to ring, in what order."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record


@record
class Contact:
    """A person on a pupil's contact list; `phone` is the number as dialled, `phone_key` what it is compared by."""

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

    @property
    def is_usable(self) -> bool:
        """Whether this person may be rung and has a number that can be dialled."""
        return bool(self.phone_key) and not self.do_not_contact


Rows = Mapping[PupilId, Sequence[Contact]]


class ContactList:
    """Every pupil's contacts in calling order; built for a pupil only when somebody asks."""

    def __init__(self, rows: Callable[[], Rows]) -> None:
        self._read = rows
        self._rows: Rows | None = None
        self._by_number: dict[str, set[PupilId]] | None = None

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
        if self._by_number is None:
            self._by_number = {}
            for pupil_id, people in self.rows.items():
                for contact in people:
                    self._by_number.setdefault(contact.phone_key, set()).add(pupil_id)
        return frozenset(self._by_number.get(phone_key, ())) if phone_key else frozenset()


def in_order(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """The contacts by order, then id; ties in order are normal in exports."""
    return tuple(sorted(contacts, key=lambda c: (c.order, c.contact_id, c.name, c.phone_key)))
