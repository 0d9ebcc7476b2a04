"""Every mess that a real export may be in: the absent stay on the list, and the present are taken off it."""

import re
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from builders import a_school, ids, reconcile, run

MESSES = Path(__file__).parent / "messes"
EXPECTED = sorted(MESSES.glob("*.toml"))
READ_AT = "2026-11-23T09:30"
SHEETS = ("roll", "register", "contacts", "lates")
FORMULA = re.compile(r"^(=.+) -> (.*)$")


def expected_of(mess: Path) -> dict[str, Any]:
    return tomllib.loads(mess.read_text(encoding="utf-8"))


def cell_at(row: int, column: int) -> str:
    return f"{chr(ord('A') + column)}{row + 1}"


def a_workbook(described: dict[str, Any]) -> bytes:
    """A workbook of these rows: `merged` are ranges, `dated` columns whose days are real days of the workbook."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"date_1904": described.get("since_1904", False)}) as book:
        sheet, as_day = book.add_worksheet("Export"), book.add_format({"num_format": "dd/mm/yyyy"})
        for row, cells in enumerate(described["rows"]):
            for column, text in enumerate(cells):
                place = cell_at(row, column)
                formula = FORMULA.match(text)
                if formula:
                    sheet.write_formula(place, formula[1], None, formula[2])
                elif row and place[0] in described.get("dated", ()):
                    sheet.write_datetime(place, date.fromisoformat(text), as_day)
                elif text:
                    sheet.write_string(place, text)
        for where in described.get("merged", ()):
            first = re.match(r"([A-Z])(\d+)", where)
            assert first
            text = described["rows"][int(first[2]) - 1][ord(first[1]) - ord("A")]
            sheet.merge_range(where, text)
    return held.getvalue()


def school_with(mess: Path, tmp_path: Path) -> Path:
    """A school with these exports in its inbox, none of them taken in yet."""
    expected = expected_of(mess)
    books = {book["name"]: a_workbook(book) for book in expected.get("workbooks", ())}
    return a_school(tmp_path, {n: books.get(n) or (MESSES / n).read_bytes() for n in expected["files"]})


def listed(found: Any) -> list[str]:
    return sorted([*ids(found), *ids(found, "unknown")])


@pytest.mark.parametrize("mess", EXPECTED, ids=lambda mess: mess.stem)
def test_a_mess_leaves_the_absent_on_the_list_and_the_present_off_it(mess: Path, tmp_path: Path) -> None:
    expected = expected_of(mess)
    school = school_with(mess, tmp_path)
    ended = run(school, "reconcile", "--format", "json", now=READ_AT)
    on_list = listed(ended.json)
    assert len(on_list) == len(set(on_list)), "a child is listed twice"
    assert [p for p in expected["on_list"] if p not in on_list] == [], "missed"
    assert [p for p in expected["off_list"] if p in on_list] == [], "on the list for nothing"
    assert ended.json["counts"]["roll"] == 4
    assert ended.code in expected["codes"]
    assert (ended.code in (12, 20)) is ended.json["provisional"]


@pytest.mark.parametrize("mess", EXPECTED, ids=lambda mess: mess.stem)
def test_a_mess_is_told(mess: Path, tmp_path: Path) -> None:
    ended = run(school_with(mess, tmp_path), "ingest", "--dry-run", "--format", "json", now=READ_AT)
    said = [file[key] for file in ended.json["files"] for key in ("error", "warnings")]
    told = f"{said} {[[p['column'], p['found'], p['expected']] for p in ended.json['problems']]} {ended.err}"
    assert [words for words in expected_of(mess)["warned"] if words not in told] == []
    assert "Traceback" not in told


WITH_PHONES = [mess for mess in EXPECTED if "phones" in expected_of(mess)]


@pytest.mark.parametrize("mess", WITH_PHONES, ids=lambda mess: mess.stem)
def test_every_number_that_can_be_rung_is_shown_and_no_other(mess: Path, tmp_path: Path) -> None:
    school = school_with(mess, tmp_path)
    reconcile(school, now=READ_AT)
    for pupil_id, phones in expected_of(mess)["phones"].items():
        pupil = run(school, "why", pupil_id, "--format", "json", now=READ_AT).json["pupil"]
        assert [contact["phone"] or "" for contact in pupil["contacts"]] == phones, pupil_id


WITH_WORDS = [mess for mess in EXPECTED if "shown" in expected_of(mess)]


@pytest.mark.parametrize("mess", WITH_WORDS, ids=lambda mess: mess.stem)
def test_names_and_words_come_through_a_mess_as_they_were_written(mess: Path, tmp_path: Path) -> None:
    school = school_with(mess, tmp_path)
    reconcile(school, now=READ_AT)
    for pupil_id, facts in expected_of(mess)["shown"].items():
        pupil = run(school, "why", pupil_id, "--for", "safeguarding", "--format", "json", now=READ_AT).json["pupil"]
        assert {key: pupil[key] for key in facts} == facts, pupil_id


def test_every_pupil_of_a_mess_is_judged() -> None:
    for mess in EXPECTED:
        said = expected_of(mess)
        judged = sorted([*said["on_list"], *said["off_list"], *said.get("may_be_off", ())])
        assert judged == ["0411", "0412", "0413", "0414"], mess.stem


def test_every_file_is_of_a_mess() -> None:
    used = {name for mess in EXPECTED for name in expected_of(mess)["files"]}
    made = {book["name"] for mess in EXPECTED for book in expected_of(mess).get("workbooks", ())}
    assert {path.name for path in MESSES.iterdir() if path.suffix != ".toml"} == used - made
