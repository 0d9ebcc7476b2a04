"""A row's cells → the record of its kind: a pupil, a contact, a sign-in, a message, a plan, a flag."""

from collections.abc import Iterator
from datetime import datetime, time

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import AbsenceMessage, LateArrival, PlannedAbsence
from firstday_cli.domain.marks import Treatment, code_on, expected_instead, tidy
from firstday_cli.domain.people import Flag, Pupil, PupilId
from firstday_cli.domain.school_days import moment
from firstday_cli.intake.cells.moments import TIMES
from firstday_cli.intake.cells.phones import phone
from firstday_cli.intake.cells.words import heading_key, without_class, yes_or_no
from firstday_cli.intake.cells.words import tidy as tidied
from firstday_cli.intake.rows.part_days import part_said, parts_of
from firstday_cli.intake.rows.phone_cells import TYPES, with_numbers
from firstday_cli.intake.rows.row_cells import RowCells, Unread
from firstday_cli.intake.rows.said_words import (
    BARRING,
    CAME,
    DECIDED_BY,
    DECISIONS,
    GRANTED,
    NOT_GRANTED,
    WENT,
    bars_contact,
    said,
)

LAST = 999
DIGITS = 6  # of any order
EARLIEST_HOUR = 7  # 1.15 is a quarter past one in the afternoon, and nobody signs in at night
__all__ = [
    "Unread",
    "contacts_beside",
    "read_contact",
    "read_flag",
    "read_late",
    "read_message",
    "read_planned",
    "read_pupil",
]


def flag_word(text: str) -> str:
    """A flag as it is compared: lower case, hyphens."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def read_pupil(cells: RowCells) -> Pupil:
    """A row of the roll."""
    export = cells.layout.export
    flags = {flag_word(part) for part in cells.text("flags").split(";")} - {""}
    flags |= {flag for flag, heading in export.flags_when_yes.items() if yes_or_no(cells.beside(heading))}
    forename, surname = _names(cells)
    return Pupil(
        pupil_id=_own_id(cells), forename=forename, surname=surname,
        preferred_forename=cells.text("preferred_forename"), preferred_surname=cells.text("preferred_surname"),
        upn=cells.text("upn"), admission_no=cells.text("admission_no"), dob=cells.day("dob"),
        year=cells.one_of("year"), group=cells.group,
        start_date=cells.day("start_date"), leave_date=cells.day("leave_date"),
        left=_has_left(cells),
        flags=tuple(sorted(flags)),
        household_id=cells.text("household_id"), address=cells.text("address"), notes=cells.text("notes"),
        row=cells.row.number,
    )  # fmt: skip


def _has_left(cells: RowCells) -> bool:
    """Whether the information system itself says that the pupil has left."""
    return cells.text("state").casefold() in {word.casefold() for word in cells.layout.export.left_when}


def _own_id(cells: RowCells) -> PupilId:
    """The id by which the roll will know the pupil: the system's own, else the UPN, else the admission number."""
    said = next((s for s in map(cells.text, ("pupil_id", "upn", "admission_no")) if s), "")
    return PupilId(said or cells.required("pupil_id", "a pupil's id"))


def _names(cells: RowCells) -> tuple[str, str]:
    """Forename and surname; of a whole name in one cell what stands before the comma is the surname."""
    forename = cells.text("forename") or cells.text("pupil_forename")
    surname = cells.text("surname") or cells.text("pupil_surname")
    whole = without_class(cells.text("pupil_name"))
    if forename or surname or not whole:
        return forename, surname
    last, comma, first = whole.partition(",")
    return (first.strip(), last.strip()) if comma else (whole.partition(" ")[0], whole.partition(" ")[2])


def read_contact(cells: RowCells) -> tuple[Contact, ...]:
    """A row of the contact list, as many contacts as the person has numbers.

    A do-not-contact cell that is neither yes nor no keeps them off every sheet.
    """
    pupil_id = cells.pupil()
    barred = yes_or_no(cells.text("do_not_contact"))
    if barred is False and _is_barred_beside(cells):
        barred = True
    if barred is None:
        cells.remark(
            "do_not_contact", cells.text("do_not_contact"), "yes or no: until then the number is not to be rung"
        )
    order = cells.text("order")
    is_number = order.isdecimal() and len(order) <= DIGITS
    if order and not is_number:
        cells.remark("order", order, "a whole number: until then this contact is rung last")
    person = Contact(
        pupil_id=pupil_id, contact_id=cells.text("contact_id"), order=int(order) if is_number else LAST,
        name=_contact_name(cells), relationship=cells.text("relationship"),
        phone_type=cells.text("phone_type"), email=cells.text("email"),
        parental_responsibility=_where_said(cells.text("parental_responsibility")),
        lives_with=_where_said(cells.text("lives_with")),
        do_not_contact=barred is not False,
        language=cells.text("language"), notes=cells.text("notes"), row=cells.row.number,
    )  # fmt: skip
    return with_numbers(cells, person, {meaning: (meaning, cells.text(meaning)) for meaning in TYPES})


def _is_barred_beside(cells: RowCells) -> bool:
    """Whether a column that the layout does not read says that this person is not to be contacted."""
    found = (cells.at(place) for place, h in enumerate(cells.layout.header.cells) if heading_key(h) in BARRING)
    return any(yes_or_no(text) is not False for text in found)


def _contact_name(cells: RowCells) -> str:
    """The contact's whole name; a title stands in for a forename that is not known."""
    forename = cells.text("contact_forename") or cells.text("contact_title")
    return cells.text("name") or f"{forename} {cells.text('contact_surname')}".strip()


def _where_said(text: str) -> bool | None:
    """Yes or no; None where the cell is blank: nobody is known to live elsewhere by a cell that says nothing."""
    return yes_or_no(text) if text else None


def contacts_beside(cells: RowCells) -> Iterator[Contact]:
    """The contacts that stand in numbered columns beside a pupil: Contact1Name, Contact2Name …"""
    headings = cells.layout.export.numbered_contacts
    for n in range(1, 10) if cells.layout.has_numbered_contacts else ():
        found = {meaning: cells.beside(heading.replace("{n}", str(n))) for meaning, heading in headings.items()}
        if not any(found.get(meaning) for meaning in ("name", "email", *TYPES)):
            continue
        bars = (cells.at(place) for place, h in enumerate(cells.layout.header.cells) if bars_contact(h, n))
        person = Contact(
            pupil_id=_own_id(cells), contact_id=str(n), order=n,
            name=found.get("name", ""), relationship=found.get("relationship", ""), email=found.get("email", ""),
            parental_responsibility=_where_said(found.get("parental_responsibility", "")),
            do_not_contact=any(yes_or_no(text) is not False for text in bars), row=cells.row.number,
        )  # fmt: skip
        phones = {m: (headings[m].replace("{n}", str(n)), found[m]) for m in TYPES if m in found}
        yield from with_numbers(cells, person, phones)


def read_late(cells: RowCells) -> LateArrival:
    """A sign-in or sign-out; a row with neither time is refused, and so is one that names nobody."""
    name = without_class(cells.text("name") or f"{cells.text('forename')} {cells.text('surname')}".strip())
    pupil_id = cells.id_said() if name else cells.pupil()
    day, time_in, time_out = cells.required_day("date"), _in_the_day(cells, "time_in"), _in_the_day(cells, "time_out")
    if _is_out(cells):
        time_in, time_out = None, time_out or time_in
    if time_in is None and time_out is None:
        cells.refuse("time_in", "", "a time in or a time out")
    return LateArrival(
        pupil_id=PupilId(pupil_id), day=day, time_in=time_in, time_out=time_out, reason=cells.text("reason"),
        name=name, group=cells.group, row=cells.row.number,
    )  # fmt: skip


def _is_out(cells: RowCells) -> bool:
    """Whether the row's one time is that of going out; a word that is neither in nor out refuses the row."""
    way = said(cells.text("direction"))
    if cells.has("direction") and way not in CAME | WENT:
        cells.refuse("direction", cells.text("direction"), "in or out")
    return way in WENT


def _in_the_day(cells: RowCells, column: str) -> time | None:
    """A time of the day: midnight stands for no time, 0.37 for a fraction that a spreadsheet made, 1.15 for 13.15."""
    said = cells.clock(column)
    if said is not None and said.hour < EARLIEST_HOUR:
        cells.refuse(column, cells.text(column), TIMES)
    return said


def read_message(cells: RowCells) -> AbsenceMessage:
    """A message, as received."""
    received = _received(cells)
    for meaning in cells.layout.export.must_say:
        cells.required(meaning, "words that can be read: look at it in the program that it came from")
    first, last = cells.day_in_terms("from_date"), cells.day_in_terms("to_date")
    if first and last and last < first:
        cells.refuse("to_date", cells.text("to_date"), f"a day from {first.isoformat()} on")
    pupil_id, text = PupilId(cells.id_said()), _words(cells)
    if part := part_said(cells):  # a message covers whole days: what covers a part of one is for a person to read
        whom = f"pupil {cells.text('pupil_id')}" if cells.text("pupil_id") else ""
        pupil_id, text = PupilId(""), "; ".join(words for words in (part, whom, text) if words)
    return AbsenceMessage(
        message_id=cells.text("message_id"), received_at=received,
        channel=cells.text("channel") or cells.layout.export.channel,
        sender_name=cells.text("sender_name"), sender_phone=phone(cells.text("sender_phone")).key,
        sender_email=cells.text("sender_email"), pupil_id=pupil_id,
        pupil_name=without_class(cells.who.name), group=cells.group, text=text,
        from_date=first, to_date=last, row=cells.row.number,
    )  # fmt: skip


def _received(cells: RowCells) -> datetime:
    """When the message came; one that only says its days came, as far as anybody knows, at the start of the first."""
    on = cells.day_in_terms("received_date")
    if not cells.has("received_at") and (first := on or cells.day_in_terms("from_date")):
        return moment(first, time())
    cells.required("received_at", "when it was received")
    received = cells.moment("received_at", on)
    if received is None:
        raise Unread
    return received


def _words(cells: RowCells) -> str:
    """What the message says: its own column, and every answer for which no meaning is known."""
    said = [cells.text("text")]
    if cells.layout.export.rest_as_text:
        said += [f"{heading}: {answer}" for heading, answer in cells.rest() if answer]
    return "; ".join(part for part in said if part)


def read_planned(cells: RowCells) -> tuple[PlannedAbsence, ...]:
    """A planned absence; its code must be one that can explain an absence, or say where the pupil is taught.

    One that begins or ends within a day says so of that day alone.
    """
    pupil_id, first, last = cells.pupil(), cells.required_day("from_date"), cells.required_day("to_date")
    if last < first:
        cells.refuse("to_date", cells.text("to_date"), f"a day from {first.isoformat()} on")
    code = tidy(cells.required("code", "an attendance code"))
    known = code_on(code, first)
    if known is None:
        cells.refuse("code", code, expected_instead(code, first))
    elif known.treatment not in (Treatment.ABSENT, Treatment.OFF_SITE) or code in ("N", "O"):
        cells.refuse("code", code, "a code for an absence that is known beforehand")
    _must_be_granted(cells)
    whole = PlannedAbsence(
        pupil_id=pupil_id, from_date=first, to_date=last, code=code, half=cells.half("session"),
        reason=cells.text("reason"), due_back=cells.clock("due_back"), approved_by=cells.text("approved_by"),
        row=cells.row.number,
    )  # fmt: skip
    begins, ends = cells.clock_beside("from_date"), cells.clock_beside("to_date")
    return (whole,) if whole.half or not (begins or ends) else parts_of(cells, whole, begins, ends)


def _must_be_granted(cells: RowCells) -> None:
    """Refuse a request that was not granted: a column that speaks of a decision must say so, whoever asked."""
    for place, heading in enumerate(cells.layout.header.cells):
        key, words = heading_key(heading), said(cells.at(place))
        if key in DECISIONS and words not in GRANTED:
            cells.refuse(tidied(heading), cells.at(place), "an absence that was granted: yes, approved, agreed")
        if key in DECIDED_BY and words in NOT_GRANTED:
            cells.refuse(tidied(heading), cells.at(place), "who granted it: this says that nobody did")


def read_flag(cells: RowCells) -> Flag:
    """A flag. An end date before its beginning is refused."""
    pupil_id = cells.pupil()
    word = flag_word(cells.required("flag", "a flag such as social-worker"))
    since, until = cells.day("since"), cells.day("until")
    if since and until and until < since:
        cells.refuse("until", cells.text("until"), f"a day from {since.isoformat()} on")
    return Flag(
        pupil_id=pupil_id, flag=word, since=since, until=until, file=cells.file,
        professional_name=cells.text("professional_name"), agency=cells.text("agency"),
        professional_phone=cells.text("professional_phone"), row=cells.row.number,
    )  # fmt: skip
