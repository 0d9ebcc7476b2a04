"""A common transfer file → three tables: pupils, contacts with a row a number, attendance with a row a session.

Nothing else is read out of it: it also holds assessments, needs and medical facts.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Records
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.xml_nodes import Node

PUPIL = (
    "UPN", "Surname", "Forename", "DOB", "PreferredSurname", "PreferredForename", "NCyearActual", "EnrolStatus",
    "InCare", "Address",
)  # fmt: skip
CONTACT = (
    "UPN", "Order", "Title", "Contact Surname", "Contact Forename", "Relationship", "Responsibility", "Email",
    "PhoneNo", "TelephoneType",
)  # fmt: skip
ATTENDANCE = ("UPN", "Date", "Session", "Mark")
FIRST_WITH_COMMAS = 24
AROUND = re.compile(r"^\s*[\r\n]\s*|\s*[\r\n]\s*$")  # blanks in the line itself are sessions without a mark
LONGEST_CODE = 2
CLOSED = frozenset({"", "#", "-"})
INSIDE, SATURDAY, WEEK = 2, 5, 7
BROKEN_OFF = "has an AttendanceStartDate that is no date as YYYY-MM-DD. Export it again."
LEFT_OUT = "its attendance marks are left out: {why}. Take in a register or a session export for the days before today."
NOT_OF_VERSION = "their commas do not fit the version of the file, so it is not certain which session each is of"
FIVE_OR_SEVEN = "they may be of five days a week or of seven, so it is not certain which day each is of"


class TransferFile:
    """Takes the pupils of a transfer file one by one."""

    def __init__(self, file: str) -> None:
        self.file, self.version, self.written = file, "", ""
        self.pupils, self.contacts = Records(f"{file}, pupils", PUPIL), Records(f"{file}, contacts", CONTACT)
        self.marks: list[tuple[str, date, tuple[str, ...]]] = []
        self.why_not = ""

    def ended(self, around: list[Node], node: Node) -> bool:
        """Take the header's version and day, and every pupil."""
        name = node.name.casefold()
        if name == "ctfversion" and len(around) == INSIDE:
            self.version = node.text
        if name == "datetime" and len(around) == INSIDE:
            self.written = node.text[:10]
        if name != "pupil" or len(around) != INSIDE or around[1].name.casefold() != "ctfpupildata":
            return False
        self._take(node)
        return True

    def _take(self, pupil: Node) -> None:
        upn = pupil.said("UPN")
        basic = pupil.child("BasicDetails")
        basic = pupil if basic is None else basic
        self.pupils.add(zip(PUPIL, (
            upn, pupil.said("Surname"), pupil.said("Forename"), pupil.said("DOB"), basic.said("PreferredSurname"),
            basic.said("PreferredForename"), basic.said("NCyearActual"), basic.said("EnrolStatus"),
            pupil.said("LookedAfter", "InCare"), _address(pupil.child("Address")),
        ), strict=True))  # fmt: skip
        for contact in pupil.every("Contacts", "Contact"):
            for row in _rows_of(contact):
                self.contacts.add(zip(CONTACT, (upn, *row), strict=True))
        for sessions in pupil.every("Attendance", "YearData", "AttendSessions"):
            self._keep_marks(upn, sessions)

    def _keep_marks(self, upn: str, sessions: Node) -> None:
        said = sessions.child("AttendanceMarks")
        marks = AROUND.sub("", "".join(said.pieces)) if said is not None else ""
        if not marks.strip():
            return
        try:
            first = date.fromisoformat(sessions.said("AttendanceStartDate")[:10])
        except ValueError:
            raise UnreadableExport(BROKEN_OFF, self.pupils.at) from None
        self.marks.append((upn, first, self._split(marks)))

    def _split(self, marks: str) -> tuple[str, ...]:
        """The marks one by one: commas stand between them from version 24 on, nothing before."""
        found = re.match(r"\d+", self.version)
        has_commas = "," in marks
        if found and has_commas != (int(found[0]) >= FIRST_WITH_COMMAS) and len(marks) > LONGEST_CODE:
            self.why_not = NOT_OF_VERSION
        parts = marks.removesuffix(",").split(",") if has_commas else list(marks)
        return tuple(part.strip() for part in parts)

    def tables(self, root: Node) -> tuple[CellTable, ...]:
        """Those of the three tables that have rows; what was left out stands as a note on the first."""
        del root
        if not self.why_not and not (_are_of_five_days(self.marks) and self._are_over()):
            self.why_not = FIVE_OR_SEVEN
        is_left_out = bool(self.marks and self.why_not)
        notes = (LEFT_OUT.format(why=self.why_not),) if is_left_out else ()
        attendance = Records(f"{self.file}, attendance", ATTENDANCE)
        for row in () if is_left_out else _sessions(self.marks):
            attendance.add(zip(ATTENDANCE, row, strict=True))
        return (
            *self.pupils.tables("pupils of a transfer file", notes=notes),
            *self.contacts.tables("contacts of a transfer file"),
            *attendance.tables("attendance of a transfer file"),
        )

    def _are_over(self) -> bool:
        """Whether no mark, but for a closed session, is of a day after the file was written."""
        rows = _sessions(self.marks) if self.written else iter(())
        return all(mark in CLOSED or day <= self.written for _, day, _, mark in rows)


def _address(address: Node | None) -> str:
    if address is None:
        return ""
    lines = [leaf.text for leaf in _leaves(address) if leaf.name.casefold() != "postcode" and leaf.text]
    return ", ".join([*lines, *([address.said("PostCode")] if address.said("PostCode") else [])])


def _leaves(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.children:
            yield from _leaves(child)
        elif child.name.casefold() not in ("addressaspupil", "uprn", "easting", "northing"):
            yield child


def _rows_of(contact: Node) -> Iterator[tuple[str, ...]]:
    said = tuple(
        contact.said(name)
        for name in ("Order", "Title", "Surname", "Forename", "Relationship", "Responsibility", "Email")
    )
    phones = contact.every("Phones", "Phone")
    for phone in phones:
        yield (*said, phone.said("PhoneNo"), phone.said("TelephoneType"))
    if not phones:
        yield (*said, "", "")


def _are_of_five_days(marks: Iterable[tuple[str, date, tuple[str, ...]]]) -> bool:
    """Whether the marks are surely of five days a week: read as seven, some child would have been in on a Sunday."""
    reaches_a_weekend = False
    for _, first, of_pupil in marks:
        if first.weekday() >= SATURDAY:
            return False
        for place, mark in enumerate(of_pupil):
            if (first.weekday() + place // 2) % WEEK >= SATURDAY:
                reaches_a_weekend = True
                if mark not in CLOSED:
                    return True
    return not reaches_a_weekend


def _sessions(marks: Iterable[tuple[str, date, tuple[str, ...]]]) -> Iterator[tuple[str, str, str, str]]:
    """A row for each mark: the sessions of every weekday from the first day on, AM before PM."""
    for upn, first, of_pupil in marks:
        day = first
        for place, mark in enumerate(of_pupil):
            yield upn, day.isoformat(), "PM" if place % 2 else "AM", mark
            if place % 2:
                day += timedelta(days=3 if day.weekday() == SATURDAY - 1 else 1)
