"""Calls made, children seen, agencies told → entries for the log, checked before they are written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from firstday_cli.desk import Desk
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import CallTyped
from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.entries import AgencyInformed, CallMade, Entry, PupilSeen, SeenHow, TextSent
from firstday_cli.domain.log.written import Written
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words
from firstday_cli.errors import Mistyped
from firstday_cli.morning.recording import write
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
    people, first = _people(desk, ids, contact), desk.asked.day or desk.at.date()
    desk.calendar.must_cover(first)
    if first > desk.now.date():
        raise Mistyped(f"{in_words(first)} has not begun: a call of today speaks of today.", "--day")
    return [_call(desk, pupil_id, number, person, how, answer, first) for pupil_id, (number, person) in people.items()]


def called_as_shown(
    desk: Desk, shown: Sequence[tuple[PupilId, int, Contact]], how: Outcome, answer: Answer
) -> list[Entry]:
    """The call as it was dialled from the screen, whatever a newer contact list says by now."""
    _must_fit(how, answer)
    first = desk.asked.day or desk.at.date()
    return [_call(desk, pupil_id, number, person, how, answer, first) for pupil_id, number, person in shown]


def called_by_row(desk: Desk, call: CallTyped, contacts: Sequence[Contact]) -> CallMade:
    """The attempt that a row of a spreadsheet tells of, to a contact of the child's own list."""
    answer = Answer(
        reason=call.reason, has_no_reason=call.has_no_reason, child_with=call.child_with, code=call.code, note=call.note
    )
    _must_fit(call.outcome, answer)
    person = _one_of(contacts, call.contact)
    if call.phone_key not in ("", person.phone_key):
        mend = "the list has changed since the sheet was printed"
        raise Mistyped(f"expected the number that contact {call.contact} has on the newest list: {mend}.", "--phone")
    return _call(desk, call.pupil_id, call.contact, person, call.outcome, answer, call.day)


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
    lists = desk.contact_list()
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
        barred = person.is_barred
        why = "is not to be rung" if barred else "has no number to ring"
        raise Mistyped(
            f"contact {contact} {why}. What they told you otherwise goes into `firstday explain`.", "--contact"
        )
    return person


def _call(
    desk: Desk, pupil_id: PupilId, number: int, person: Contact, how: Outcome, answer: Answer, first: date
) -> CallMade:
    return CallMade(
        pupil_id=pupil_id, first_day=first, last_day=last_day_said(desk, first, answer.until), outcome=how,
        contact=number, contact_id=person.contact_id, contact_name=person.name, relationship=person.relationship,
        phone=person.phone, phone_key=person.phone_key, reason=answer.reason.strip(),
        child_with=answer.child_with.strip(), code=absence_code(answer.code, first), note=answer.note.strip(),
        last_episode=last_episode_said(desk, answer.last_episode),
    )  # fmt: skip


def texted(desk: Desk, pupils: Sequence[str], *, dry_run: bool) -> list[Written]:
    """Write down texts that a person sent to the families of these pupils; never contact. Millbrook, texts by 10:00."""
    from firstday_cli.domain.picture.day_picture import day_picture
    from firstday_cli.domain.sheets.texts import texts

    day, ids = desk.asked.day or desk.at.date(), all_named(desk, pupils)
    desk.calendar.must_cover(day)
    found = texts(day_picture(desk.evidence()), desk.policy)
    phones = {str(pupil_id): text.phone for text in (*found.sent, *found.to_send) for pupil_id in text.pupil_ids}
    phones |= {p.pupil.pupil_id: "" for p in found.without}
    written = write(desk, [TextSent(pupil_id=p, day=day, phone=phones.get(p, "")) for p in ids], dry_run=dry_run)
    unasked = "no text was due: the child is not known to be absent. Was it another?"
    return [w if w.pupil_ids[0] in phones else replace(w, follows=(unasked,)) for w in written]


def to_text(desk: Desk) -> list[str]:
    """The pupils whose families are still to be texted."""
    from firstday_cli.domain.picture.day_picture import day_picture
    from firstday_cli.domain.sheets.texts import texts

    return [p for text in texts(day_picture(desk.evidence()), desk.policy).to_send for p in text.pupil_ids]


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
