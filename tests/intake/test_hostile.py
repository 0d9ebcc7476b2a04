"""Exports as they really come: separators, code pages, titles above, totals below, headings in any dress."""

from pathlib import Path
from typing import Any

import pytest

from builders import a_register, a_roll, a_school, drop, ids, lines, reconcile, run

ACCENTS = ("P001,Zoë,Brønsted,4B", "P002,Chloé,O’Neill,4B")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a byte order mark": "utf-8-sig",
    "utf-16, low byte first": "utf-16-le",
    "utf-16, high byte first": "utf-16-be",
    "windows": "cp1252",
}
MARK_OF = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def encoded(text: str, encoding: str) -> bytes:
    return MARK_OF.get(encoding, b"") + text.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
def test_any_separator_in_any_encoding_gives_the_same_list(tmp_path: Path, separator: str, encoding: str) -> None:
    def as_exported(text: str) -> bytes:
        return encoded(text.replace(",", SEPARATORS[separator]), ENCODINGS[encoding])

    school = a_school(
        tmp_path,
        {"roll.csv": as_exported(a_roll(*ACCENTS)), "register.csv": as_exported(a_register("P001,N", "P002,/"))},
    )
    found = reconcile(school)
    assert [(p["pupil_id"], p["name"]) for p in found["unexplained"]] == [("P001", "Zoë Brønsted")]
    assert found["counts"]["roll"] == 2
    assert found["problems"] == []


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_any_line_end_is_read(tmp_path: Path, newline: str) -> None:
    files = {"roll.csv": a_roll(), "register.csv": a_register()}
    school = a_school(tmp_path, {name: text.replace("\n", newline) for name, text in files.items()})
    assert ids(reconcile(school)) == ["P001"]


def test_windows_text_is_said_to_be_read_as_such(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*ACCENTS).encode("cp1252")})
    assert run(school, "ingest", "--format", "json").json["files"][0]["warnings"] == ["read as Windows text (cp1252)"]


HEADING, FIRST, SECOND = "pupil_id,date,session,mark", "P001,2026-11-23,AM,N", "P002,2026-11-23,AM,/"
DRESSED: dict[str, str] = {
    "capitals": lines("PUPIL_ID,DATE,SESSION,MARK", FIRST, SECOND),
    "blanks for underscores": lines("Pupil Id,Date,Session,Mark", FIRST, SECOND),
    "blanks around": lines("  pupil_id , date,session  , mark ", FIRST, SECOND),
    "punctuation": lines("Pupil-ID.,(Date),Session:,Mark", FIRST, SECOND),
    "no break blank": lines("Pupil\u00a0Id,Date,Session,Mark", FIRST, SECOND),
    "quoted": lines('"pupil_id","date","session","mark"', '"P001","2026-11-23","AM","N"', SECOND),
    "a break in a heading": lines('"pupil\nid",date,session,mark', FIRST, SECOND),
    "other order": lines("mark,session,pupil_id,date", "N,AM,P001,2026-11-23", "/,AM,P002,2026-11-23"),
    "extra columns": lines(
        "house,pupil_id,date,x,session,mark,y", "Oak,P001,2026-11-23,1,AM,N,", "Elm,P002,2026-11-23,,AM,/,2"
    ),
    "an extra column without a name": lines(f"{HEADING},", f"{FIRST},seen", SECOND),
    "trailing blank cells": lines(f"{HEADING},,,", f"{FIRST},,,", f"{SECOND},,,,,,"),
    "blank cells beyond the headings": lines(HEADING, f"{FIRST},,, ,", f"{SECOND},,"),
    "titles above": lines("Fernhill Primary School", "Registers,23/11/2026", "", HEADING, FIRST, SECOND),
    "quoted titles above": lines('"Fernhill, ""Primary""\nSchool"', "", HEADING, FIRST, SECOND),
    "blank rows between": lines(HEADING, "", FIRST, ",,,", "", SECOND, ""),
    "a total below": lines(HEADING, FIRST, SECOND, "Total,,,2", "Grand total: 2"),
    "a footer below": lines(HEADING, FIRST, SECOND, "", "Printed on 23/11/2026 09:01", "Page 1 of 1"),
    "the heading repeated": lines(HEADING, FIRST, "", HEADING, SECOND, HEADING),
    "no last line end": lines(HEADING, FIRST, SECOND).removesuffix("\n"),
}


@pytest.mark.parametrize("dress", DRESSED)
def test_a_register_is_read_whatever_stands_around_its_rows(tmp_path: Path, dress: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*ACCENTS), "register.csv": DRESSED[dress]})
    said = run(school, "ingest", "--format", "json").json
    register = next(file for file in said["files"] if file["file"] == "register.csv")
    assert (register["rows_read"], register["rows_understood"], register["rows_refused"]) == (2, 2, 0)
    found = reconcile(school)
    assert ids(found) == ["P001"]
    assert found["counts"]["in_school"] == 1


def test_missing_last_cells_are_blank(tmp_path: Path) -> None:
    rows = lines("pupil_id,date,session,mark,comment,group", f"{FIRST},,4B", "P002,2026-11-23,AM")
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(*ACCENTS), "register.csv": rows}))
    assert ids(found) == ["P001"]
    assert ids(found, "unknown") == ["P002"]
    assert found["problems"] == []


def test_more_filled_cells_than_headings_refuse_that_row_alone(tmp_path: Path) -> None:
    rows = lines(HEADING, FIRST, "P002,2026-11-23,AM,/,surplus", "P003,2026-11-23,AM,/")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": rows})
    found = reconcile(school)
    assert found["counts"]["in_school"] == 1
    assert ids(found, "unknown") == ["P002"]
    assert found["provisional"] is True
    assert [(p["file"], p["row"]) for p in found["problems"]] == [("register.csv", 3)]


def refused_rows(school: Path) -> list[tuple[int, str, str]]:
    problems: list[dict[str, Any]] = run(school, "ingest", "--format", "json").json["problems"]
    return [(p["row"], p["column"], p["found"]) for p in problems]


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ((), 2),
        (("Fernhill Primary School",), 3),
        (("Fernhill Primary School", "", "Registers", ""), 6),
        (('"A title\nover\nthree lines"', ""), 4),
    ],
    ids=["none", "a title", "titles and blank rows", "a title of three lines"],
)
def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path, above: tuple[str, ...], row: int) -> None:
    text = lines(*above, HEADING, "P001,2026-11-23,XX,N", SECOND)
    school = a_school(tmp_path, {"roll.csv": a_roll(*ACCENTS), "register.csv": text})
    assert refused_rows(school) == [(row, "session", "XX")]


def test_blank_rows_and_breaks_inside_cells_are_counted_in_row_numbers(tmp_path: Path) -> None:
    text = lines(f"{HEADING},comment", "", 'P001,2026-11-23,AM,N,"rang\ntwice"', ",,,,", "P002,2026-11-23,noon,/,")
    school = a_school(tmp_path, {"roll.csv": a_roll(*ACCENTS), "register.csv": text})
    assert refused_rows(school) == [(5, "session", "noon")]
    comment = reconcile(school)["unexplained"][0]["comment"]
    assert comment == "rang\ntwice"


def test_a_total_row_of_the_roll_is_no_pupil(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll() + "Total,,,3\n", "register.csv": a_register()})
    assert reconcile(school)["counts"]["roll"] == 3


def test_a_pupil_named_like_a_total_or_a_footer_is_a_pupil(tmp_path: Path) -> None:
    odd = ("P001,Page,Total,4B", "P002,Printed,Ward,4B", "Total,Ivy,Grand,4B")
    school = a_school(tmp_path, {"roll.csv": a_roll(*odd), "register.csv": a_register("P001,N", "P002,N", "Total,N")})
    assert sorted(ids(reconcile(school))) == ["P001", "P002", "Total"]


def test_a_later_file_may_be_dressed_otherwise(school: Path) -> None:
    reconcile(school)
    later = lines("Mark;Session;Date;Pupil Id", "/;am;23/11/2026;P001", "/;AM;23/11/2026;P002", "N;Am;23/11/2026;P003")
    drop(school, {"later.csv": encoded(later, "utf-16-le")})
    assert ids(reconcile(school, now="2026-11-23T09:25")) == ["P003"]
