"""What is shown beside a message that waits: the pupils it may be about, their families, and who its sender is."""

from collections.abc import Collection, Iterable, Iterator

from firstday_cli.domain.contacts import Contact, ContactList
from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.messages.matching import Proposal
from firstday_cli.domain.messages.name_book import NameBook
from firstday_cli.domain.messages.own_words import own_words
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll

CANDIDATE, NAMED, NEAR = "candidate", "named", "near"
MOST_NEAR = 3


@record
class Person:
    """A pupil whom a message may be about, how it comes to be shown, and brothers and sisters by household."""

    pupil: Pupil
    how: str
    siblings: tuple[Pupil, ...] = ()


@record
class KnownSender:
    """A contact who has the sender's number or address, and on whose lists."""

    contact: Contact
    pupils: tuple[Pupil, ...]

    @property
    def who(self) -> str:
        """The contact by name and relationship; and if nobody may ring it."""
        return f"{self.contact.who or 'a contact'}{' (NOT TO BE CONTACTED)' if self.contact.is_barred else ''}"


@record
class Beside:
    """A message that waits, with everything that helps a person to decide whom it is about."""

    proposal: Proposal
    words: str
    sender: str
    about: str
    people: tuple[Person, ...]
    known: tuple[KnownSender, ...]


def beside(proposal: Proposal, message: AbsenceMessage, roll: Roll, contacts: ContactList) -> Beside:
    """What is shown beside one message."""
    ids = proposal.pupils
    how = {pupil_id: CANDIDATE if pupil_id in proposal.candidates else NAMED for pupil_id in ids}
    near = dict.fromkeys(near_names(roll, proposal.candidates, ids), NEAR)
    return Beside(
        proposal=proposal, words=own_words(message.text), sender=_sender(message), about=_about(message),
        people=tuple(person(roll, pupil_id, why) for pupil_id, why in {**how, **near}.items()),
        known=tuple(known_senders(message, roll, contacts)),
    )  # fmt: skip


def in_turn(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Messages of danger first, then as they came."""
    return sorted(
        proposals, key=lambda m: (not m.danger, m.received_at.isoformat() if m.received_at else "", m.message_id)
    )


def person(roll: Roll, pupil_id: PupilId, how: str) -> Person:
    """One pupil, with brothers and sisters by household."""
    others = sorted(roll.arranged(NameBook).household(pupil_id) - {pupil_id})
    return Person(pupil=roll.pupil(pupil_id), how=how, siblings=tuple(roll.pupil(other) for other in others))


def near_names(roll: Roll, candidates: Collection[PupilId], shown: Collection[PupilId]) -> list[PupilId]:
    """A few pupils with a forename or a surname of a candidate, those of the family first; nobody shown already."""
    found: dict[PupilId, None] = {}
    for near in (_in_family, _by_forename, _by_surname):
        for candidate in candidates:
            found.update(dict.fromkeys(sorted(near(roll, candidate))))
    return [pupil_id for pupil_id in found if pupil_id not in shown][:MOST_NEAR]


def _in_family(roll: Roll, pupil_id: PupilId) -> Collection[PupilId]:
    return roll.arranged(NameBook).household(pupil_id)


def _by_forename(roll: Roll, pupil_id: PupilId) -> Collection[PupilId]:
    pupil, names = roll.pupil(pupil_id), roll.arranged(NameBook).forenames.exact
    keys = {"".join(folded(name).split()) for name in (pupil.forename, pupil.preferred_forename) if name}
    return {other for key in keys for other in names.get(key, ())}


def _by_surname(roll: Roll, pupil_id: PupilId) -> Collection[PupilId]:
    pupil, names = roll.pupil(pupil_id), roll.arranged(NameBook).surnames.exact
    keys = {"".join(folded(name).split()) for name in (pupil.surname, pupil.preferred_surname) if name}
    return {other for key in keys for other in names.get(key, ())}


def known_senders(message: AbsenceMessage, roll: Roll, contacts: ContactList) -> Iterator[KnownSender]:
    """Each contact who has the sender's number or address, once, with every pupil on whose list that is."""
    lists: dict[tuple[str, bool], tuple[Contact, list[Pupil]]] = {}
    for pupil_id in sorted(
        contacts.pupils_with(message.sender_phone) | contacts.pupils_with_email(message.sender_email)
    ):
        for contact in contacts.of(pupil_id):
            if has_sent(contact, message):
                _, pupils = lists.setdefault((contact.who, contact.is_barred), (contact, []))
                if pupil_id not in {pupil.pupil_id for pupil in pupils}:
                    pupils.append(roll.pupil(pupil_id))
    return (KnownSender(contact=contact, pupils=tuple(pupils)) for contact, pupils in lists.values())


def has_sent(contact: Contact, message: AbsenceMessage) -> bool:
    """Whether the message came from this contact's number or address."""
    by_phone = bool(message.sender_phone) and contact.phone_key == message.sender_phone
    email = message.sender_email.strip().casefold()
    return by_phone or (bool(email) and contact.email.strip().casefold() == email)


def _sender(message: AbsenceMessage) -> str:
    return ", ".join(part for part in (message.sender_name, message.sender_phone, message.sender_email) if part)


def _about(message: AbsenceMessage) -> str:
    """Whom the columns of its export name."""
    return ", ".join(part for part in (message.pupil_name, message.group, message.pupil_id) if part)


def by_letters(roll: Roll, words: str) -> list[PupilId]:
    """The pupils who fit a few letters: an id, or every word the beginning of a name or of the class; sorted."""
    whole = [pupil_id for pupil_id in roll.ids if pupil_id.casefold() == words.strip().casefold()]
    typed = folded(words).split()
    if whole or not typed:
        return whole
    names = roll.names
    fitting = {
        pupil_id
        for name, ids in names.whole.items()
        for pupil_id in ids
        if _fits(typed, [*name.split(), *names.group[pupil_id].split(), names.group[pupil_id].replace(" ", "")])
    }
    return sorted(fitting)


def _fits(typed: Iterable[str], words: Collection[str]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in typed)
