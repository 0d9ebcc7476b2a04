"""Nothing is dropped: rows read = understood + refused, refused rows in a file of their own, the inbox untouched."""

import csv
import re
from pathlib import Path

import pytest

from builders import DAY, a_register, a_roll, a_school, asked, drop, dump, lines, reconcile, run

SUM = re.compile(r"(\d+) rows read = (\d+) understood \+ (\d+) refused")
BROKEN = lines(
    "pupil_id,date,session,mark,comment",
    f"P001,{DAY},AM,N,",
    f"P002,{DAY},noon,/,",
    f",{DAY},AM,/,",
    'P003,31/02/2026,AM,/,=HYPERLINK("x")',
    f"P003,{DAY},AM,/,,surplus",
)


def sums(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, found)) for found in SUM.findall(text)]


@pytest.mark.parametrize("command", ["ingest", "reconcile"])
def test_the_sum_of_every_file_is_printed(tmp_path: Path, command: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    found = sums(run(school, command).err)
    assert found == [(5, 1, 4), (3, 3, 0)]


def test_the_sum_is_printed_again_when_the_file_comes_again(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    first = run(school, "ingest", str(school / "inbox" / "register.csv"))
    again = run(school, "ingest", str(school / "inbox" / "register.csv"))
    assert sums(first.err) == sums(again.err) == [(5, 1, 4)]
    assert (first.code, again.code) == (12, 12)


def test_reconcile_says_that_the_standings_add_up_to_the_roll(school: Path) -> None:
    said = run(school, "reconcile")
    roll, *parts = map(int, re.findall(r"\d+", said.err.splitlines()[-1]))
    assert roll == sum(parts) == 3
    counts = reconcile(school)["counts"]
    assert counts.pop("roll") == sum(counts.values())


def test_a_refused_row_is_told_with_file_row_column_found_and_expected(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    problems = run(school, "ingest", "--format", "json").json["problems"]
    assert [(p["file"], p["row"], p["column"], p["found"]) for p in problems] == [
        ("register.csv", 3, "session", "noon"),
        ("register.csv", 4, "pupil_id", ""),
        ("register.csv", 5, "date", "31/02/2026"),
        ("register.csv", 6, "", "6 cells"),
    ]
    assert all(p["expected"] for p in problems)


def reject_file(school: Path) -> list[list[str]]:
    name = next(f["reject_file"] for f in run(school, "ingest", "--format", "json").json["files"] if f["reject_file"])
    with (school / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_refused_rows_are_written_to_a_file_that_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    heading, *rows = reject_file(school)
    assert heading == ["row", "column", "expected", "pupil_id", "date", "session", "mark", "comment"]
    assert [row[0] for row in rows] == ["3", "4", "5", "6"]
    assert rows[0][3:6] == ["P002", DAY, "noon"]
    assert rows[3][-1] == "surplus"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " ="])
def test_no_cell_of_it_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    bad = f'"P001","{DAY}","noon","/","{start}HYPERLINK(""http://x"")"'
    files = {"roll.csv": a_roll(), "register.csv": lines("pupil_id,date,session,mark,comment", bad)}
    rows = reject_file(a_school(tmp_path, files))
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_reject_file_is_for_its_owner_alone_and_carries_no_childs_name_in_its_own(tmp_path: Path) -> None:
    school = a_school(
        tmp_path, {"roll.csv": lines("pupil_id,forename,surname,dob", "P001,Ivy,Brennan,soon", "P002,Tom,Okafor,")}
    )
    run(school, "ingest")
    found = list((school / "sheets").glob("*.csv"))
    assert len(found) == 1
    assert found[0].stat().st_mode & 0o077 == 0
    assert found[0].parent.stat().st_mode & 0o077 == 0
    assert "Brennan" not in found[0].name


def test_a_dry_run_writes_no_reject_file_and_no_store(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    before = {path: path.stat().st_mtime_ns for path in school.rglob("*")}
    said = run(school, "ingest", "--dry-run", "--format", "json")
    assert (said.code, said.json["dry_run"]) == (12, True)
    after = {path: path.stat().st_mtime_ns for path in school.rglob("*") if "journal" not in path.parts}
    assert after == before


def test_nothing_in_the_inbox_is_changed_moved_or_deleted(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "roll.csv": a_roll(), "register.csv": BROKEN, "menu.csv": "Dish,Price\n", "photo.csv": b"\x89PNG\x00",
    }  # fmt: skip
    school = a_school(tmp_path, files)
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in (school / "inbox").iterdir()}
    for command in ("ingest", "reconcile", "registers", "messages", "doctor"):
        run(school, command)
    after = {p.name: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in (school / "inbox").iterdir()}
    assert after == before


def test_one_file_that_cannot_be_read_stops_no_other(school: Path) -> None:
    drop(school, {"menu.csv": "Dish,Price\nSoup,2\n"})
    ended = run(school, "reconcile", "--format", "json")
    assert ended.code == 20
    assert [p["pupil_id"] for p in ended.json["unexplained"]] == ["P001"]
    assert ended.json["provisional"] is True


def test_a_file_refused_is_told_again_each_time_and_nothing_is_kept_of_it(school: Path) -> None:
    reconcile(school)
    drop(school, {"menu.csv": "Dish,Price\nSoup,2\n"})
    assert run(school, "reconcile").code == 20
    before = dump(school)
    assert [run(school, "reconcile").code for _ in range(2)] == [20, 20]
    assert dump(school) == before
    assert not any("Soup" in line for line in before)
    kinds = asked(school, "select kind, count(*) from entry where kind <> 'taken-in' group by kind")
    assert kinds == [("files-unread", 1)], "nothing but that it could not be read"


def test_a_mended_file_puts_the_day_right(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": BROKEN})
    assert reconcile(school)["provisional"] is True
    drop(school, {"register.csv": a_register("P001,N", "P002,/", "P003,/")})
    found = reconcile(school, now="2026-11-23T09:25")
    assert (found["provisional"], found["counts"]["in_school"]) == (False, 2)
