"""Exports that are no text: the same list from every kind of file, and each cell as a spreadsheet shows it."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_files import (
    ods,
    ods_of,
    read,
    saved_page,
    web_page,
    xls,
    xlsx,
    xml_records,
    xml_workbook,
)

from builders import DAY, a_school, ids, reconcile, run
from firstday_cli.intake.files.opened import tables_of

ROLL = [("pupil_id", "forename", "surname", "group"), ("4127", "Ivy", "O’Neill", "4B"), ("4128", "Zoë", "Ward", "5C")]
REGISTER = [("pupil_id", "date", "session", "mark"), ("4127", DAY, "AM", "N"), ("4128", DAY, "AM", "/")]


def _json(rows: Any) -> bytes:
    return json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]).encode()


def _json_lines(rows: Any) -> bytes:
    return b"\n".join(json.dumps(dict(zip(rows[0], row, strict=True))).encode() for row in rows[1:])


KINDS: dict[str, Callable[[Any], bytes]] = {
    "a workbook": lambda rows: xlsx(("Export", rows)),
    "an old workbook": lambda rows: xls(("Export", rows)),
    "an open workbook": lambda rows: ods(("Export", rows)),
    "a web page": web_page,
    "a saved web page": saved_page,
    "a workbook saved as xml": xml_workbook,
    "records of xml": xml_records,
    "a list of json": _json,
    "one object a line": _json_lines,
    "tabs": lambda rows: "\n".join("\t".join(row) for row in rows).encode(),
    "tabs in utf-16": lambda rows: "\n".join("\t".join(row) for row in rows).encode("utf-16"),
}


@pytest.mark.parametrize("name", ["export.xls", "export.csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_list_whatever_it_is_called(tmp_path: Path, kind: str, name: str) -> None:
    made = KINDS[kind]
    school = a_school(tmp_path, {f"roll {name}": made(ROLL), f"register {name}": made(REGISTER)})
    found = reconcile(school)
    assert [(p["pupil_id"], p["name"]) for p in found["unexplained"]] == [("4127", "Ivy O’Neill")]
    assert (found["counts"]["in_school"], found["problems"]) == (1, [])


def test_numbers_and_dates_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    roll = [ROLL[0], (4127, "Ivy", "Ward", "4B"), (4128, "Zoë", "Ward", "5C")]
    register = [REGISTER[0], (4127, date(2026, 11, 23), "AM", "N"), (4128, date(2026, 11, 23), "AM", "/")]
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("R", roll)), "register.xlsx": xlsx(("R", register))})
    assert ids(reconcile(school)) == ["4127"]


CELLS: dict[str, tuple[Any, str]] = {
    "an id": (4127, "4127"),
    "a telephone number": (7700900123, "7700900123"),
    "a number just under a thousand billions": (999999999999999, "999999999999999"),
    "a number too large for its digits": (1e17, "1E+17"),
    "a share": (0.25, "0.25"),
    "a number below nought": (-3.0, "-3"),
    "a serial number that is not shown as a date": (46349, "46349"),
    "text that is a number": ("007", "007"),
    "yes": (True, "yes"),
    "no": (False, "no"),
    "a day": (date(2026, 11, 23), "2026-11-23"),
    "a day after February": (date(2024, 2, 29), "2024-02-29"),
    "a moment": (datetime(2026, 11, 23, 9, 5), "2026-11-23T09:05:00"),  # noqa: DTZ001 - a spreadsheet has no zones
    "midnight": (datetime(2026, 11, 23), "2026-11-23"),  # noqa: DTZ001
    "a time": (time(9, 5), "09:05"),
    "a time with seconds": (time(9, 5, 7), "09:05:07"),
    "a time before midnight": (time(23, 59, 59), "23:59:59"),
    "a length of time": (timedelta(hours=9, minutes=5), "09:05"),
    "more than a day": (timedelta(hours=36), "36:00"),
    "words on two lines": ("rang\ntwice", "rang\ntwice"),
}


@pytest.mark.parametrize("epoch", [False, True], ids=["1900", "1904"])
@pytest.mark.parametrize("case", CELLS)
def test_a_cell_becomes_text(case: str, epoch: bool) -> None:
    value, text = CELLS[case]
    assert read(xlsx(("A", [("x", value)]), date_1904=epoch)) == {"x": [("x", text)]}


@pytest.mark.parametrize("epoch", [0, 1], ids=["1900", "1904"])
def test_a_day_of_an_old_workbook_is_right_in_either_epoch(epoch: int) -> None:
    assert read(xls(("A", [("x", date(2026, 11, 23))]), date_1904=epoch)) == {"x": [("x", "2026-11-23")]}


SEVERAL = [("Autumn", [("a", "b")]), ("Old", [("secret", "c")]), ("Blank", []), ("Spring", [("d", "e")])]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_each_visible_sheet_is_a_table_and_a_hidden_one_is_told(make: Callable[..., bytes]) -> None:
    tables = tables_of(make(*SEVERAL, hidden=["Old"]), "marks.xlsx")
    assert [(t.file, t.read_as) for t in tables] == [
        ("marks.xlsx, sheet Autumn", "sheet Autumn of a workbook"),
        ("marks.xlsx, sheet Spring", "sheet Spring of a workbook"),
    ]
    assert [t.notes for t in tables] == [
        ("hidden sheet Old is left out: show it and save the file again if it belongs to the export",), (),
    ]  # fmt: skip


def test_several_sheets_of_an_open_workbook_are_read() -> None:
    assert read(ods(("A", [("a", "b")]), ("B", [("c", 4127)]))) == {
        "x, sheet A": [("a", "b")],
        "x, sheet B": [("c", "4127")],
    }


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_rows_are_numbered_as_the_spreadsheet_shows_them(make: Callable[..., bytes]) -> None:
    raw = make(("A", [(None, None), (None, None), (None, "x"), (None, None), (None, "y")]))
    assert [(row.number, row.cells) for row in tables_of(raw, "x")[0].head("")] == [(3, ("", "x")), (5, ("", "y"))]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_blank_cells_of_a_merged_cell_know_its_text(make: Callable[..., bytes]) -> None:
    (table,) = tables_of(
        make(("A", [("group", "name", "x"), *[(None, None, "y")] * 3]), merged=[(1, 0, 3, 1, "4B")]), "x"
    )
    inside = {(row, place): table.merged.get((row, place), "") for row in range(1, 6) for place in range(3)}
    assert {at for at, text in inside.items() if text == "4B"} == {(2, 1), (3, 0), (3, 1), (4, 0), (4, 1)}
    assert set(inside.values()) == {"4B", ""}


def test_merged_cells_of_an_open_workbook_are_known() -> None:
    rows = [("group", "name"), (("4B", 3), "Ivy"), (None, "Tom"), (None, "Zoë"), (None, "Max")]
    (table,) = tables_of(ods(("A", rows)), "x")
    assert [table.merged.get((row, 0), "") for row in range(1, 6)] == ["", "", "4B", "4B", ""]


def test_an_open_workbook_with_its_thousand_blank_rows_is_small() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048570">{blank}</table:table-row>'
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    raw = ods_of(f'<table:table table:name="A"><table:table-row>{cell}{cell}</table:table-row>{blank}</table:table>')
    assert read(raw) == {"x": [("x", "x")]}


def test_a_refused_row_of_a_workbook_is_named_by_its_number(tmp_path: Path) -> None:
    register = [(None,), ("Fernhill",), *REGISTER[:2], ("4128", DAY, "noon", "/")]
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("R", ROLL)), "register.xlsx": xlsx(("R", register))})
    problems = run(school, "ingest", "--format", "json").json["problems"]
    assert [(p["file"], p["row"], p["column"], p["found"]) for p in problems] == [
        ("register.xlsx", 5, "session", "noon")
    ]
