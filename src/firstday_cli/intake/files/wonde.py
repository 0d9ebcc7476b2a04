"""Pupils, contacts and marks as Wonde gives them, each thing wrapped in `data` → flat tables."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Records
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.values import value_text

PLAIN = ("id", "upi", "mis_id", "surname", "forename", "legal_surname", "legal_forename")
PUPIL = (*PLAIN, "upn", "date_of_birth", "year", "form_group", "is_leaver")
LINK = ("relationship", "priority", "parental_responsibility", "lives_with_pupil", "court_order")
CONTACT = ("id", "contact_id", "contact_forename", "contact_surname", "title", *LINK, "phone", "phone_type", "email")
ATTENDANCE = ("student_id", "date", "session", "mark", "comment", "minutes_late")
GROUPS = ("form_group", "registration_group", "registration", "form")
LINES = ("phone", "primary", "mobile", "home", "work")
MAILS = ("email", "primary", "home", "work")
TYPED = ("mobile", "home", "work")
UNEXPECTED = "has something else in {what} than Wonde gives. Export it again, or as CSV."
Wrapped = dict[str, Any]


def is_of_wonde(records: Sequence[Wrapped]) -> bool:
    """Whether these are pupils of Wonde."""
    return all("upi" in record and "surname" in record for record in records)


def is_attendance(records: Sequence[Wrapped]) -> bool:
    """Whether these are marks of Wonde with something wrapped in them; flat marks are records like any other."""
    is_wrapped = any(isinstance(value, dict) for record in records for value in record.values())
    return is_wrapped and all(
        "date" in record and "session" in record and ("student" in record or "student_id" in record)
        for record in records
    )


def pupil_tables(records: Sequence[Wrapped], file: str, notes: Iterable[str]) -> tuple[CellTable, ...]:
    """The pupils, and their contacts with a row a number. Raises UnreadableExport where the shape is another."""
    pupils, contacts = Records(f"{file}, pupils", PUPIL), Records(f"{file}, contacts", CONTACT)
    for record in records:
        at = pupils.at
        pupils.add(zip(PUPIL, _pupil(record, at), strict=True))
        for contact in _several(record, "contacts", at):
            for row in _rows_of(contact, at):
                contacts.add(zip(CONTACT, (_text(record, "id", at), *row), strict=True))
    return (*pupils.tables("pupils of Wonde", notes=notes), *contacts.tables("contacts of Wonde"))


def attendance_tables(records: Sequence[Wrapped], file: str, notes: Iterable[str]) -> tuple[CellTable, ...]:
    """The marks, a row a session. Raises UnreadableExport where the shape is another."""
    marks = Records(file, ATTENDANCE)
    for record in records:
        marks.add(zip(ATTENDANCE, _mark(record, marks.at), strict=True))
    return marks.tables("attendance of Wonde", notes=notes)


def _pupil(record: Wrapped, at: str) -> Iterator[str]:
    for name in PLAIN:
        yield _text(record, name, at)
    yield _text(record, "upn", at) or _text(_one(record, "education_details", at), "upn", at)
    yield _day(record, "date_of_birth", at)
    yield _named(record, "year", at)
    yield next((name for group in GROUPS if (name := _named(record, group, at))), "")
    yield _text(record, "is_leaver", at)


def _rows_of(contact: Wrapped, at: str) -> Iterator[tuple[str, ...]]:
    who = [_text(contact, name, at) for name in ("id", "forename", "surname", "title")]
    link = _one(contact, "relationship", at)
    details = _one(contact, "contact_details", at)
    mails = _one(details, "emails", at)
    mail = next((found for name in MAILS if (found := _text(mails, name, at))), "")
    held = [_text(link, name, at) for name in LINK]
    for number, kind in _lines(_one(details, "phones", at), at):
        yield (*who, *held, number, kind, mail)


def _lines(phones: Wrapped, at: str) -> Iterator[tuple[str, str]]:
    """Every number once, with its kind where the file says it; one blank row where there is none."""
    said = {name: _text(phones, name, at) for name in LINES}
    kinds = {_digits(said[name]): name for name in reversed(TYPED) if said[name]}
    once = {_digits(said[name]): said[name] for name in reversed(LINES) if said[name]}
    for digits in dict.fromkeys(_digits(said[name]) for name in LINES if said[name]):
        yield once[digits], kinds.get(digits, "")
    if not once:
        yield "", ""


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number) or number


def _mark(record: Wrapped, at: str) -> tuple[str, ...]:
    child = record.get("student_id", record.get("student"))
    pupil = _text(_one(record, "student", at), "id", at) if isinstance(child, dict) else _plain(child, "student", at)
    code = next((record[name] for name in ("attendance_code", "mark", "code") if name in record), None)
    if isinstance(code, dict):
        code = _unwrapped(code, "attendance_code", at).get("code")
    rest = (_text(record, name, at) for name in ("comment", "minutes_late"))
    session = _text(record, "session", at)
    return (pupil, _day(record, "date", at), session, _plain(code, "attendance_code", at), *rest)


def _unwrapped(value: Any, what: str, at: str) -> Wrapped:
    inside = value.get("data", value) if isinstance(value, dict) else value
    if inside in (None, [], ""):
        return {}
    if not isinstance(inside, dict):
        raise UnreadableExport(UNEXPECTED.format(what=what), at)
    return inside


def _one(record: Wrapped, name: str, at: str) -> Wrapped:
    return _unwrapped(record.get(name), name, at)


def _several(record: Wrapped, name: str, at: str) -> list[Wrapped]:
    value = record.get(name)
    inside = value.get("data") if isinstance(value, dict) else value
    if inside is None:
        return []
    if not isinstance(inside, list) or not all(isinstance(one, dict) for one in inside):
        raise UnreadableExport(UNEXPECTED.format(what=name), at)
    return inside


def _named(record: Wrapped, name: str, at: str) -> str:
    value = record.get(name)
    if not isinstance(value, dict):
        return _plain(value, name, at)
    inside = _one(record, name, at)
    return _text(inside, "name", at) or _text(inside, "code", at)


def _day(record: Wrapped, name: str, at: str) -> str:
    value = record.get(name)
    text = _text(value, "date", at) if isinstance(value, dict) else _plain(value, name, at)
    return re.sub(r"^(\d{4}-\d\d-\d\d)[ T]00:00(?::00(?:\.0+)?)?$", r"\1", text)


def _text(record: Wrapped, name: str, at: str) -> str:
    return _plain(record.get(name), name, at)


def _plain(value: Any, what: str, at: str) -> str:
    if isinstance(value, dict | list):
        raise UnreadableExport(UNEXPECTED.format(what=what), at)
    return value_text(value)
