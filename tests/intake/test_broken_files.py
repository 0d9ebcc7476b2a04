"""Files that cannot be read: one sentence that names the place and the mend, exit 20, and the store as it was."""

import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from builders import DAY, a_register, a_roll, a_school, drop, dump, ids, lines, process, reconcile, run

HEADING = "pupil_id,date,session,mark,comment"
WHOLE = lines(HEADING, f"P001,{DAY},AM,N,", f"P002,{DAY},AM,/,", f"P003,{DAY},AM,/,")


def a_workbook() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return held.getvalue()


BROKEN: dict[str, tuple[bytes, str]] = {  # the bytes, and what the sentence must say
    "empty": (b"", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty"),
    "only blank lines": (b"\r\n\r\n \n", "empty"),
    "cut off in a row": (f"{HEADING}\nP001,{DAY},AM,N,\nP002,{DAY},AM,/,\nP003,{DAY},A".encode(), "row 4"),
    "cut off inside a quote": (f'{HEADING}\nP001,{DAY},AM,N,"rang at'.encode(), "row 2"),
    "an unclosed quote": (f'{HEADING}\nP001,{DAY},AM,N,"rang\nP002,{DAY},AM,/,\nP003,{DAY},AM,/,\n'.encode(), "row 2"),
    "text after a closing quote": (f'{HEADING}\nP001,{DAY},AM,N,"rang" twice\n'.encode(), "row 2"),
    "cut off in utf-16": (WHOLE.encode("utf-16")[:-1], "text"),
    "a workbook": (a_workbook(), "spreadsheet"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "Excel"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "picture"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF"),
    "a database": (b"SQLite format 3\x00" + b"\x00" * 100, "database"),
    "noise": (bytes(range(256)) * 8, "text"),
    "zeros": (b"P\x00\x00\x01" * 64, "broken.csv"),
    "zeros in the middle": (WHOLE.encode().replace(b"AM,N", b"AM,\x00N"), "broken.csv"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gets_a_sentence_and_the_store_stays_as_it_was(school: Path, case: str) -> None:
    reconcile(school)
    before = dump(school)
    raw, words = BROKEN[case]
    drop(school, {"broken.csv": raw})
    ended = run(school, "ingest")
    assert ended.code == 20
    assert ended.err.startswith("broken.csv")
    assert ended.err.count("\n") == 1
    assert words in ended.err
    assert "Traceback" not in ended.err
    assert dump(school) == before


@pytest.mark.parametrize("case", BROKEN)
def test_the_list_is_still_printed_and_not_to_be_relied_on(school: Path, case: str) -> None:
    drop(school, {"broken.csv": BROKEN[case][0]})
    ended = run(school, "reconcile", "--format", "json")
    assert ended.code == 20
    assert ids(ended.json) == ["P001"]
    assert any("broken.csv" in because for because in ended.json["provisional_because"])


def test_a_break_names_the_row_as_a_spreadsheet_shows_it(tmp_path: Path) -> None:
    text = f'Fernhill\n\n{HEADING}\nP001,{DAY},AM,N,"two\nlines"\nP002,{DAY},AM,/,"never closed\nP003,{DAY},AM,/,\n'
    school = a_school(tmp_path, {"broken.csv": text})
    assert "row 5" in run(school, "ingest").err


def test_a_file_cut_off_after_its_first_row_began_is_refused(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "broken.csv": f"{HEADING}\nP001,{DAY},A"})
    ended = run(school, "ingest", str(school / "inbox" / "broken.csv"))
    assert ended.code in (12, 20)
    assert "broken.csv" in ended.err


def test_a_last_row_that_is_short_but_whole_is_no_cut_off_file(tmp_path: Path) -> None:
    text = lines(HEADING, f"P001,{DAY},AM,N,x", f"P002,{DAY},AM,/,y", f"P003,{DAY},AM,/")
    assert ids(reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": text}))) == ["P001"]


@pytest.mark.parametrize("name", ["nowhere.csv", "inbox"], ids=["a file that is not there", "a folder"])
def test_what_cannot_be_opened_is_told(school: Path, name: str) -> None:
    reconcile(school)
    before = dump(school)
    ended = run(school, "ingest", str(school / name))
    assert (ended.code, ended.err.startswith(name)) == (20, True)
    assert dump(school) == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may open every file")
def test_a_file_that_may_not_be_opened_is_told(school: Path) -> None:
    (school / "inbox" / "register.csv").chmod(0)
    ended = run(school, "ingest")
    assert (ended.code, "register.csv" in ended.err) == (20, True)


def test_a_dead_link_in_the_inbox_stops_nothing(school: Path) -> None:
    (school / "inbox" / "gone.csv").symlink_to(school / "nowhere.csv")
    ended = process(school, "reconcile", "--format", "json")
    assert "Traceback" not in ended.err
    assert ids(ended.json) == ["P001"]


UNCERTAIN_WEEKS = {
    "a title with an american date": "Week beginning 11/23/2026",
    "a title with an impossible date": "Week beginning 31/02/2026",
    "no title": "Fernhill",
}


@pytest.mark.parametrize("case", UNCERTAIN_WEEKS)
def test_a_week_grid_that_does_not_say_its_week_is_refused(tmp_path: Path, case: str) -> None:
    grid = lines(UNCERTAIN_WEEKS[case], "pupil_id,MonAM,MonPM", "P001,N,")
    ended = process(a_school(tmp_path, {"roll.csv": a_roll(), "week.csv": grid}), "ingest")
    assert ended.code == 20
    assert "week.csv" in ended.err
    assert "Traceback" not in ended.err


def test_a_day_grid_whose_title_has_an_impossible_date_is_no_crash(tmp_path: Path) -> None:
    grid = lines("Registers of 11/23/2026", "pupil_id,AM,PM", "P001,N,")
    ended = process(a_school(tmp_path, {"roll.csv": a_roll(), "day.csv": grid}), "ingest")
    assert ended.code in (0, 12, 20)
    assert "Traceback" not in ended.err


def test_a_day_grid_of_another_day_is_refused(tmp_path: Path) -> None:
    grid = lines("Registers of 20/11/2026", "pupil_id,AM,PM", "P001,/,", "P002,/,", "P003,/,")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "day.csv": grid})
    ended = run(school, "reconcile", "--format", "json")
    assert (ended.code, ended.json["counts"]["in_school"]) == (20, 0)


def test_a_column_headed_by_an_impossible_date_is_never_dropped_in_silence(tmp_path: Path) -> None:
    grid = lines("pupil_id,2026-11-23 AM,31/02/2026 PM", "P001,N,N", "P002,/,/", "P003,/,/")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "week.csv": grid})
    ended = run(school, "ingest", "--format", "json")
    assert ended.code in (12, 20)
    assert "31/02/2026" in ended.out + ended.err


def test_with_json_asked_for_the_error_is_json(school: Path) -> None:
    drop(school, {"broken.csv": b""})
    ended = run(school, "ingest", "--format", "json")
    assert ended.code == 20
    assert ended.error["code"] == 20
    assert "broken.csv" in ended.error["where"]


def test_a_register_with_headings_alone_is_no_register_with_nobody_absent(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": HEADING + "\n"})
    found = reconcile(school)
    assert [r["group"] for r in found["missing_registers"]] == ["4B", "5C"]
    assert found["provisional"] is True
    assert a_register() != HEADING
