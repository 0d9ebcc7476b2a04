"""Calls made, children seen, agencies told → entries for the log, checked before they are written."""

from collections.abc import Sequence
from datetime import date, datetime

from firstday_cli.desk import Desk
from firstday_cli.domain.calls import FOLLOWS, Outcome
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.entries import AgencyInformed, CallMade, Entry, PupilSeen, SeenHow
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words
from firstday_cli.errors import Mistyped
from firstday_cli.morning.said import (
    absence_code,
    all_named,
    last_day_said,
    last_episode_said,
    needed,
    session_said,
)


@record
class Answer:
    """What was said on the telephone, as it was typed."""

    reason: str = ""
    has_no_reason: bool = False
    child_with: str = ""
    code: str = ""
    last_episode: datetime | None = None
    until: date | None = None
    note: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything was typed that only an answered call can say."""
        return bool(self.has_no_reason or self.child_with or self.code or self.last_episode or self.until)


def called(desk: Desk, pupils: Sequence[str], contact: int | None, outcome: str, answer: Answer) -> list[Entry]:
    """One attempt to reach one contact: of one pupil, or of siblings where nobody answered. Guidance, step 5."""
    how, ids = Outcome(outcome), all_named(desk, pupils)
    if contact is None:
        raise Mistyped("say whom you rang: --contact N, the number of the contact on the list.", "--contact")
    if len(ids) > 1 and not FOLLOWS[how].is_unanswered:
        raise Mistyped("an answer is about one child: write it down for each child by itself.", "PUPIL")
    _must_fit(how, answer)
    people = _people(desk, ids, contact)
    return [_call(desk, pupil_id, number, person, how, answer) for pupil_id, (number, person) in people.items()]


def _must_fit(how: Outcome, answer: Answer) -> None:
    """An answer says where the child is and why it is absent; nothing else does."""
    if not FOLLOWS[how].explains:
        if answer.says_something:
            raise Mistyped(f"{how.value} explains nothing: keep what was said with --note.", "--outcome")
        return
    needed(answer.child_with, "--child-with")
    if bool(answer.reason.strip()) == answer.has_no_reason:
        raise Mistyped("say why the child is absent: --reason TEXT, or --no-reason.", "--reason")


def _people(desk: Desk, ids: Sequence[PupilId], contact: int) -> dict[PupilId, tuple[int, Contact]]:
    """Whom was rung, on each child's own list: the number dialled is the same for siblings."""
    lists = desk.evidence().contacts
    first = _one_of(lists.of(ids[0]), contact)
    found = {ids[0]: (contact, first)}
    for sibling in ids[1:]:
        same = [
            (n, c) for n, c in enumerate(lists.of(sibling), start=1) if c.phone_key == first.phone_key and c.is_usable
        ]
        if not same:
            raise Mistyped(f"that number is not on the list of {sibling}: write down its calls by themselves.", "PUPIL")
        found[sibling] = same[0]
    return found


def _one_of(contacts: Sequence[Contact], contact: int) -> Contact:
    if not 1 <= contact <= len(contacts):
        expected = f"a contact from 1 to {len(contacts)}" if contacts else "a contact: the list is empty"
        raise Mistyped(f"found {contact}, expected {expected}.", "--contact")
    person = contacts[contact - 1]
    if not person.is_usable:
        why = "is not to be rung" if person.do_not_contact else "has no number to ring"
        raise Mistyped(
            f"contact {contact} {why}. What they told you otherwise goes into `firstday explain`.", "--contact"
        )
    return person


def _call(desk: Desk, pupil_id: PupilId, number: int, person: Contact, how: Outcome, answer: Answer) -> CallMade:
    first = desk.asked.day or desk.at.date()
    return CallMade(
        pupil_id=pupil_id, first_day=first, last_day=last_day_said(desk, first, answer.until), outcome=how,
        contact=number, contact_id=person.contact_id, contact_name=person.name, relationship=person.relationship,
        phone=person.phone, reason=answer.reason.strip(), child_with=answer.child_with.strip(),
        code=absence_code(answer.code, first), note=answer.note.strip(),
        last_episode=last_episode_said(desk, answer.last_episode),
    )  # fmt: skip


def seen(desk: Desk, pupils: Sequence[str], how: str, *, with_parent: bool, without_parent: bool) -> list[Entry]:
    """A face to face, or a sighting without a parent, of each pupil. Millbrook, table."""
    if with_parent == without_parent:
        raise Mistyped("say one of --with-parent and --without-parent.", "seen")
    day, half = session_said(desk)
    where = SeenHow(how)
    return [
        PupilSeen(pupil_id=p, day=day, half=half, how=where, with_parent=with_parent) for p in all_named(desk, pupils)
    ]


def informed(desk: Desk, pupil: str, agency: str) -> Entry:
    """A linked agency told of the absence by a person; the tool sends nothing. Millbrook, table."""
    day = desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    if day > desk.now.date():
        raise Mistyped(f"{in_words(day)} has not begun: nobody can have been told of it.", "--day")
    return AgencyInformed(pupil_id=desk.pupil_named(pupil), day=day, agency=needed(agency, "--agency"))
