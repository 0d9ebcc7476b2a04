"""JSON → tables: flat records under any wrapping, one a line, the pupils of Wonde; the rest is told by shape."""

import json
from pathlib import Path
from typing import Any

import pytest
from made_files import read

from builders import a_roll, a_school, run
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.opened import tables_of

ROWS = [("id", "mark", "late"), ("003127", "\\", "yes"), ("12345678901234567890", "N")]
FLAT = '[{"id": "003127", "mark": "\\\\", "late": true}, {"mark": "N", "id": 12345678901234567890, "late": null}]'
WRAPPED = {
    "alone": FLAT,
    "under value": '{"@odata.context": "x", "value": ' + FLAT + "}",
    "under results": '{"count": 2, "results": ' + FLAT + "}",
    "under data": '{"data": ' + FLAT + ', "meta": {"pagination": {"more": false, "next": null, "current_page": 1}}}',
    "one a line": FLAT[1:-1].replace("}, {", "}\n\n{"),
    "after a byte-order mark": "\ufeff" + FLAT,
    "after blanks": "\n\n  " + FLAT,
}


@pytest.mark.parametrize("case", WRAPPED)
def test_flat_records_are_read(case: str) -> None:
    assert read(WRAPPED[case].encode()) == {"x": ROWS}
    assert [table.notes for table in tables_of(WRAPPED[case].encode(), "x")] == [()]


def test_every_digit_and_every_letter_is_kept() -> None:
    raw = '[{"a": 1.50, "b": 0.1, "c": -0, "d": 1E5, "e": "Zo\\u00eb", "f": false}]'.encode("utf-16")
    assert read(raw)["x"][1] == ("1.50", "0.1", "-0", "1E5", "Zoë", "no")


def test_half_a_letter_stops_nothing(tmp_path: Path) -> None:
    raw = b'[{"pupil_id": "P001", "forename": "Zo\\ud83d", "surname": "Ward", "group": "4B"}]'
    ended = run(a_school(tmp_path, {"roll.json": raw}), "ingest")
    assert ended.code == 0


PAGES = {
    "Wonde, more to come": {"data": [{"a": 1}], "meta": {"pagination": {"more": True}}},
    "Wonde, a later page": {"data": [{"a": 1}], "meta": {"pagination": {"more": False, "current_page": 2}}},
    "a link to the next": {"value": [{"a": 1}], "@odata.nextLink": "https://x.invalid"},
}


@pytest.mark.parametrize("case", PAGES)
def test_one_page_of_several_is_told(case: str) -> None:
    (table,) = tables_of(json.dumps(PAGES[case]).encode(), "x")
    assert [note.startswith("one page of several") for note in table.notes] == [True]


def a_pupil(**more: Any) -> dict[str, Any]:
    return {
        "id": "A1749191433", "upi": "0a1b", "mis_id": "3127", "surname": "Brennan", "forename": "Ivy",
        "legal_surname": "Brennan", "legal_forename": "Ivy Anne",
        "date_of_birth": {"date": "2016-05-14 00:00:00.000000", "timezone_type": 3, "timezone": "Europe/London"},
        "education_details": {"data": {"upn": "V999999924001"}}, "year": {"data": {"code": "5", "name": "Year 5"}},
        "is_leaver": False, **more,
    }  # fmt: skip


def a_contact(phones: Any, **more: Any) -> dict[str, Any]:
    link = {"relationship": "Mother", "priority": 1, "parental_responsibility": True, "court_order": None}
    mails = {"data": {"email": "janet@example.org", "home": "janet@example.org"}}
    return {
        "id": "A55", "title": "Ms", "forename": "Janet", "surname": "Okoro", "relationship": {"data": link},
        "contact_details": {"data": {"phones": phones, "emails": mails}}, **more,
    }  # fmt: skip


def test_pupils_and_contacts_of_wonde_are_tables() -> None:
    phones = {"data": {"phone": "07700 900142", "primary": None, "mobile": "07700900142", "home": "01632 960142"}}
    silent = {"id": "A56", "surname": "Ward", "relationship": {"data": []}, "contact_details": {"data": None}}
    contacts = {"data": [a_contact(phones), silent]}
    found = read(json.dumps({"data": [a_pupil(contacts=contacts, form_group={"data": {"name": "5C"}})]}).encode())
    janet = ("A1749191433", "A55", "Janet", "Okoro", "Ms", "Mother", "1", "yes", "", "")
    assert found == {
        "x, pupils": [
            ("id", "upi", "mis_id", "surname", "forename", "legal_surname", "legal_forename", "upn", "date_of_birth",
             "year", "form_group", "is_leaver"),
            ("A1749191433", "0a1b", "3127", "Brennan", "Ivy", "Brennan", "Ivy Anne", "V999999924001", "2016-05-14",
             "Year 5", "5C", "no"),
        ],
        "x, contacts": [
            ("id", "contact_id", "contact_forename", "contact_surname", "title", "relationship", "priority",
             "parental_responsibility", "lives_with_pupil", "court_order", "phone", "phone_type", "email"),
            (*janet, "07700 900142", "mobile", "janet@example.org"),
            (*janet, "01632 960142", "home", "janet@example.org"),
            ("A1749191433", "A56", "", "Ward"),
        ],
    }  # fmt: skip


def test_pupils_of_wonde_without_contacts_are_one_table() -> None:
    assert list(read(json.dumps([a_pupil(contacts=None)]).encode())) == ["x, pupils"]


def test_marks_of_wonde_are_a_table() -> None:
    day = {"date": "2026-11-23 00:00:00.000000", "timezone_type": 3}
    marks = [
        {
            "id": "1",
            "student": "A1",
            "date": day,
            "session": "AM",
            "attendance_code": {"data": {"id": "A9", "code": "N"}},
            "comment": "rang",
            "minutes_late": None,
        },
        {
            "id": "2",
            "student": {"data": {"id": "A2"}},
            "date": day,
            "session": "PM",
            "attendance_code": {"data": {"code": "L"}},
            "comment": None,
            "minutes_late": 5,
        },
    ]
    assert read(json.dumps({"data": marks}).encode()) == {
        "x": [
            ("student_id", "date", "session", "mark", "comment", "minutes_late"),
            ("A1", "2026-11-23", "AM", "N", "rang"), ("A2", "2026-11-23", "PM", "L", "", "5"),
        ]
    }  # fmt: skip


WRONG: dict[str, tuple[str, str]] = {
    "a word": ('{"a": 1}', "shape that is not read"),
    "records in records": ('[{"a": {"b": {"c": 1}}}]', "shape that is not read"),
    "a list of numbers": ("[1, 2]", "shape that is not read"),
    "lists in a list": ('[["a"], ["b"]]', "shape that is not read"),
    "a list and a record": ('[{"a": 1}, 2]', "shape that is not read"),
    "a record under data": ('{"data": {"a": 1}}', "shape that is not read"),
    "nothing": ("[]", "nothing was exported"),
    "nothing under data": ('{"data": []}', "nothing was exported"),
    "one name twice": ('[{"a": 1, "a": 2}]', "twice"),
    "one heading in two dresses": ('[{"Pupil Id": 1, "pupil_id": 2}]', "more than once"),
    "no number": ('[{"a": NaN}]', "NaN"),
    "cut off": ('[{"a": 1}, {"a"', "cut off"),
    "a line that is cut off": ('{"a": 1}\n{"a": ', "line 2"),
    "very deep": ('[{"a":' + "[" * 200_000, "too deep"),
    "very deep records": ('{"a":' * 200_000, "too deep"),
    "a very long text": ('[{"a": "' + "x" * 10_000_000 + '"}]', "131,072"),
    "a nought sign": ('[{"a": "x\\u0000y"}]', "NUL"),
    "Wonde, contacts that are none": (json.dumps([a_pupil(contacts={"data": [1]})]), "contacts"),
    "Wonde, a name that is a list": (json.dumps([a_pupil(mis_id=["1"])]), "mis_id"),
    "Wonde, an error": ('{"error": "invalid_token", "error_description": "x"}', "shape that is not read"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read_is_told_by_its_shape(case: str) -> None:
    text, words = WRONG[case]
    with pytest.raises(UnreadableExport) as said:
        tables_of(text.encode(), "x.json")
    assert words in said.value.message
    assert said.value.where.startswith("x.json")
    assert len(said.value.message) < 400


def test_a_json_file_is_refused_at_the_door_in_one_sentence(tmp_path: Path) -> None:
    ended = run(a_school(tmp_path, {"roll.csv": a_roll(), "marks.json": '{"error": "no"}'}), "ingest")
    assert ended.code == 20
    assert ended.err.startswith("marks.json: is JSON of a shape that is not read.")
