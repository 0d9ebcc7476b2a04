"""A row's cells → the record of its kind: a pupil, a contact, a sign-in, a message, a plan, a flag."""

from collections.abc import Iterator
from datetime import time

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import AbsenceMessage, LateArrival, PlannedAbsence
from firstday_cli.domain.marks import Treatment, code_on, expected_instead, tidy
from firstday_cli.domain.people import Flag, Pupil, PupilId
from firstday_cli.intake.cells import TIMES, Number, phone, yes_or_no
from firstday_cli.intake.row_cells import RowCells, Unread

LAST = 999
AN_ID = "a pupil's id"
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


def pupil_id_of(cells: RowCells) -> PupilId:
    """The row's pupil; a row without one is refused."""
    return PupilId(cells.required("pupil_id", AN_ID))


def flag_word(text: str) -> str:
    """A flag as it is compared: lower case, hyphens."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def read_pupil(cells: RowCells) -> Pupil:
    """A row of the roll."""
    export = cells.layout.export
    flags = {flag_word(part) for part in cells.text("flags").split(";")} - {""}
    flags |= {flag for flag, heading in export.flags_when_yes.items() if yes_or_no(cells.beside(heading))}
    return Pupil(
        pupil_id=pupil_id_of(cells),
        forename=cells.text("forename"), surname=cells.text("surname"),
        preferred_forename=cells.text("preferred_forename"), preferred_surname=cells.text("preferred_surname"),
        upn=cells.text("upn"), dob=cells.day("dob"), year=cells.text("year"), group=cells.text("group"),
        start_date=cells.day("start_date"), leave_date=cells.day("leave_date"),
        left=cells.text("state").casefold() in export.left_when, flags=tuple(sorted(flags)),
        household_id=cells.text("household_id"), address=cells.text("address"), notes=cells.text("notes"),
        row=cells.row.number,
    )  # fmt: skip


def read_contact(cells: RowCells) -> Contact:
    """A row of the contact list. A do-not-contact cell that is neither yes nor no keeps the number off every sheet."""
    pupil_id = pupil_id_of(cells)
    barred = yes_or_no(cells.text("do_not_contact"))
    if barred is None:
        cells.remark(
            "do_not_contact", cells.text("do_not_contact"), "yes or no: until then the number is not to be rung"
        )
    order = cells.text("order")
    if order and not order.isdecimal():
        cells.remark("order", order, "a whole number: until then this contact is rung last")
    number = _number(cells, "phone", cells.text("phone"))
    return Contact(
        pupil_id=pupil_id, contact_id=cells.text("contact_id"), order=int(order) if order.isdecimal() else LAST,
        name=cells.text("name"), relationship=cells.text("relationship"),
        phone=number.dialled, phone_key=number.key, phone_remark=number.remark,
            other_keys=number.others, phone_type=cells.text("phone_type"),
        email=cells.text("email"),
        parental_responsibility=_where_said(cells.text("parental_responsibility")),
        lives_with=_where_said(cells.text("lives_with")),
        do_not_contact=barred is not False,
        language=cells.text("language"), notes=cells.text("notes"), row=cells.row.number,
    )  # fmt: skip


def _where_said(text: str) -> bool | None:
    """Yes or no; None where the cell is blank: nobody is known to live elsewhere by a cell that says nothing."""
    return yes_or_no(text) if text else None


def _number(cells: RowCells, column: str, text: str) -> Number:
    number = phone(text)
    if number.remark:
        cells.remark(column, text, f"a telephone number; {number.remark}")
    return number


def contacts_beside(cells: RowCells) -> Iterator[Contact]:
    """The contacts that stand in numbered columns beside a pupil: Contact1Name, Contact2Name …"""
    headings = cells.layout.export.numbered_contacts
    for n in range(1, 10) if cells.layout.has_numbered_contacts else ():
        said = {meaning: cells.beside(heading.replace("{n}", str(n))) for meaning, heading in headings.items()}
        if not any(said.get(meaning) for meaning in ("name", "phone", "email")):
            continue
        number = _number(cells, headings["phone"].replace("{n}", str(n)), said["phone"])
        yield Contact(
            pupil_id=PupilId(cells.text("pupil_id")), contact_id=str(n), order=n,
            name=said.get("name", ""), relationship=said.get("relationship", ""),
            phone=number.dialled, phone_key=number.key, phone_remark=number.remark,
            other_keys=number.others, email=said.get("email", ""),
            parental_responsibility=_where_said(said.get("parental_responsibility", "")), row=cells.row.number,
        )  # fmt: skip


def read_late(cells: RowCells) -> LateArrival:
    """A sign-in or sign-out; a row with neither time is refused, and so is one that names nobody."""
    name = cells.text("name")
    pupil_id = cells.text("pupil_id") if name else pupil_id_of(cells)
    day, time_in, time_out = cells.required_day("date"), _in_the_day(cells, "time_in"), _in_the_day(cells, "time_out")
    if time_in is None and time_out is None:
        cells.refuse("time_in", "", "a time in or a time out")
    return LateArrival(
        pupil_id=PupilId(pupil_id), day=day, time_in=time_in, time_out=time_out, reason=cells.text("reason"),
        name=name, group=cells.text("group"), row=cells.row.number,
    )  # fmt: skip


def _in_the_day(cells: RowCells, column: str) -> time | None:
    """A time of the school day: midnight stands for no time, and 0.37 for a fraction that a spreadsheet made."""
    said = cells.clock(column)
    if said is not None and said.hour == 0:
        cells.refuse(column, cells.text(column), TIMES)
    return said


def read_message(cells: RowCells) -> AbsenceMessage:
    """A message, as received."""
    cells.required("received_at", "when it was received")
    received = cells.moment("received_at")
    if received is None:
        raise Unread
    first, last = cells.day_in_terms("from_date"), cells.day_in_terms("to_date")
    if first and last and last < first:
        cells.refuse("to_date", cells.text("to_date"), f"a day from {first.isoformat()} on")
    return AbsenceMessage(
        message_id=cells.text("message_id"), received_at=received, channel=cells.text("channel"),
        sender_name=cells.text("sender_name"), sender_phone=phone(cells.text("sender_phone")).key,
        sender_email=cells.text("sender_email"), pupil_id=PupilId(cells.text("pupil_id")),
        pupil_name=cells.text("pupil_name"), group=cells.text("group"), text=cells.text("text"),
        from_date=first, to_date=last, row=cells.row.number,
    )  # fmt: skip


def read_planned(cells: RowCells) -> PlannedAbsence:
    """A planned absence; its code must be one that can explain an absence, or say where the pupil is taught."""
    pupil_id, first, last = pupil_id_of(cells), cells.required_day("from_date"), cells.required_day("to_date")
    if last < first:
        cells.refuse("to_date", cells.text("to_date"), f"a day from {first.isoformat()} on")
    code = tidy(cells.required("code", "an attendance code"))
    known = code_on(code, first)
    if known is None:
        cells.refuse("code", code, expected_instead(code, first))
    elif known.treatment not in (Treatment.ABSENT, Treatment.OFF_SITE) or code in ("N", "O"):
        cells.refuse("code", code, "a code for an absence that is known beforehand")
    return PlannedAbsence(
        pupil_id=pupil_id, from_date=first, to_date=last, code=code, half=cells.half("session"),
        reason=cells.text("reason"), due_back=cells.clock("due_back"), approved_by=cells.text("approved_by"),
        row=cells.row.number,
    )  # fmt: skip


def read_flag(cells: RowCells) -> Flag:
    """A flag. An end date before its beginning is refused."""
    pupil_id = pupil_id_of(cells)
    word = flag_word(cells.required("flag", "a flag such as social-worker"))
    since, until = cells.day("since"), cells.day("until")
    if since and until and until < since:
        cells.refuse("until", cells.text("until"), f"a day from {since.isoformat()} on")
    return Flag(
        pupil_id=pupil_id, flag=word, since=since, until=until, file=cells.file,
        professional_name=cells.text("professional_name"), agency=cells.text("agency"),
        professional_phone=cells.text("professional_phone"), row=cells.row.number,
    )  # fmt: skip
