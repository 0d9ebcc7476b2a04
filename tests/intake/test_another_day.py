"""A register of another day is never read as today's, wherever it says its day; what says nothing is told."""

from pathlib import Path

import pytest
from made_files import xlsx

from builders import a_register, a_roll, a_school, drop, ids, lines, reconcile, run

PRESENT = ("P001,/", "P002,/", "P003,/")
FRIDAY = ("P001,20/11/2026,/", "P002,20/11/2026,/", "P003,20/11/2026,/")


def grid(*above: str, headings: str = "pupil_id,AM", rows: tuple[str, ...] = PRESENT, below: str = "") -> str:
    return lines(*above, headings, *rows) + below


OF_ANOTHER_DAY = {
    "a column that nobody reads": grid(headings="pupil_id,Register date,AM", rows=FRIDAY),
    "a column of another system": grid(headings="Student ID,Date,AM", rows=FRIDAY),
    "a title": grid("Registers of 20/11/2026"),
    "a title with a short year": grid("4B register 20/11/26"),
    "a title with points": grid("Register 20.11.2026"),
    "a title with a month": grid("4B register 20-Nov-2026"),
    "a title with a month and a short year": grid("Friday 20 Nov 26"),
    "a title without a year": grid("Registers of Friday 20 November"),
    "a title with a weekday alone": grid("Register for last Friday"),
    "as it stood": grid("Attendance as at 20/11/2026"),
    "beside when it was printed": grid("Printed 23/11/2026 08:12", "Registers w/e 20.11.26"),
    "the heading of the marks": grid(headings="pupil_id,AM 20/11/2026"),
    "a line below": grid(below="Registers taken Friday 20 November 2026\n"),
    "a page's heading": f"<html><h1>Register for Friday 20/11/2026</h1><table><tr><td>pupil_id</td><td>AM</td></tr>"
    f"{''.join(f'<tr><td>{p}</td><td>/</td></tr>' for p in ('P001', 'P002', 'P003'))}</table></html>",
    "a second block": grid("Registers of 23/11/2026") + grid("Registers of 20/11/2026", rows=("P003,/",)),
}  # fmt: skip


@pytest.mark.parametrize("case", OF_ANOTHER_DAY)
def test_a_register_of_another_day_takes_nobody_off_the_list(tmp_path: Path, case: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    run(school, "ingest")
    drop(school, {"register.csv": OF_ANOTHER_DAY[case]})
    ended = run(school, "ingest")
    assert ended.code == 20, ended.out
    assert len(ids(reconcile(school), "unknown")) == 3


def test_a_sheet_named_for_another_day_is_not_todays(tmp_path: Path) -> None:
    rows = [("pupil_id", "AM"), ("P001", "/"), ("P002", "/"), ("P003", "/")]
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.xlsx": xlsx(("Fri 20-11-2026", rows))})
    assert run(school, "ingest").code == 20
    assert len(ids(reconcile(school), "unknown")) == 3


OF_TODAY = {
    "nothing": grid(),
    "its day": grid("Registers of Monday 23 November 2026"),
    "its day without a year": grid("Registers, Mon 23/11"),
    "when it was printed": grid("Printed Fri 20/11/2026", "Registers of 23/11/2026"),
    "a date of birth": grid(headings="pupil_id,Born,AM", rows=tuple(f"{row[:4]},14/05/2017,/" for row in PRESENT)),
}


@pytest.mark.parametrize("case", OF_TODAY)
def test_what_tells_against_nothing_is_read(tmp_path: Path, case: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": OF_TODAY[case]})
    run(school, "ingest")
    assert reconcile(school)["counts"]["in_school"] == 3


WEEKS = {
    "when it was exported is no week": (
        ("Exported from Bromcom 23/11/2026 08:00", "Attendance 16 Nov to 20 Nov"),
        False,
    ),
    "when its report started is no week": (("Report start 23/11/2026 08:00", "Attendance w/e Friday 20 Nov"), False),
    "from one day to another": (("From 23/11/2026 to 27/11/2026",), True),
}


@pytest.mark.parametrize("case", WEEKS)
def test_the_week_of_a_grid_is_said_as_a_week(tmp_path: Path, case: str) -> None:
    titles, is_read = WEEKS[case]
    school = a_school(tmp_path, {"roll.csv": a_roll(), "week.csv": grid(*titles, headings="pupil_id,MonAM")})
    assert (run(school, "ingest").code == 20) is not is_read


SESSIONS = {"Printed 23/11/2026 12:40 PM": "", "Morning Star Primary": "", "Registers, AM session": "in_school"}


@pytest.mark.parametrize("title", SESSIONS)
def test_the_session_is_no_print_time_and_no_name_of_a_school(tmp_path: Path, title: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    (school / "profiles").mkdir()
    profile = 'title = "T"\n[[exports]]\nholds = ["register"]\nneeds = ["pupil_id", "mark"]\n[exports.columns]\n'
    (school / "profiles" / "t.toml").write_text(f'{profile}pupil_id = ["Ref"]\nmark = ["Code"]\n', encoding="utf-8")
    drop(school, {"marks.csv": lines("Of 23/11/2026", title, "Ref,Code", "P001,/", "P002,/", "P003,/")})
    run(school, "ingest")
    assert reconcile(school)["counts"]["in_school"] == (3 if SESSIONS[title] else 0)


def test_letters_that_are_no_national_codes_explain_nobody(tmp_path: Path) -> None:
    ticks = lines("pupil_id,date,session,mark", "P001,23/11/2026,AM,✓", "P002,23/11/2026,AM,x", "P003,23/11/2026,AM,✓")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": ticks})
    ended = run(school, "ingest")
    assert (ended.code, "[exports.marks]" in ended.err) == (20, True)
    assert len(ids(reconcile(school), "unknown")) == 3


def test_one_strange_mark_among_national_codes_stops_no_register(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,Q9", "P002,/", "P003,ZZ")})
    assert ids(reconcile(school), "unknown") == ["P001", "P003"]


TITLED = (("Week beginning 16/11/2026",), ("Week beginning", "16/11/2026"))


@pytest.mark.parametrize("title", TITLED, ids=["one cell", "two cells"])
def test_a_second_week_below_is_not_read_as_the_first(tmp_path: Path, title: tuple[str, ...]) -> None:
    rows: list[tuple[str, ...]] = [("Week beginning 23/11/2026",), ("pupil_id", "MonAM"), ("P001", "N"), ("P002", "/")]
    rows += [title, ("pupil_id", "MonAM"), ("P001", "/"), ("P003", "/")]
    school = a_school(tmp_path, {"roll.csv": a_roll(), "week.csv": lines(*(",".join(row) for row in rows))})
    run(school, "ingest")
    assert reconcile(school)["counts"]["in_school"] == 0


def why(school: Path) -> list[str]:
    return [w for w in reconcile(school)["provisional_because"] if "says no day" in w]


def test_a_register_that_says_no_day_is_not_trusted_until_one_that_does_names_the_same(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "undated.csv": grid()})
    assert why(school) == ["undated.csv says no day: read as today's"]
    drop(school, {"some.csv": a_register("P001,/", "P002,/")})
    assert why(school) != []
    drop(school, {"all.csv": a_register("P001,/", "P002,/", "P003,/")})
    assert why(school) == []


@pytest.mark.parametrize("title", [(), ("Registers of 23/11/2026",)], ids=["untitled", "titled for today"])
def test_a_column_of_other_days_is_set_aside_only_by_a_person(tmp_path: Path, title: tuple[str, ...]) -> None:
    export = grid(*title, headings="Ref,Checked on,AM", rows=FRIDAY)
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    drop(school, {"register.csv": export})
    file = str(school / "inbox" / "register.csv")
    told = ("--map", "Ref=pupil_id", "--map", "Checked on=nothing")
    by_hand = 'title = "T"\n[[exports]]\nholds = ["register"]\nneeds = ["pupil_id"]\nmarks_across = true\n'
    (school / "profiles").mkdir()
    profile = school / "profiles" / "t.toml"
    profile.write_text(f'{by_hand}[exports.columns]\npupil_id = ["Ref"]\n', encoding="utf-8")
    assert run(school, "ingest").code == 20
    profile.unlink()
    assert run(school, "inspect", file, "--save", "ours", *told).code == 0
    run(school, "ingest")
    assert reconcile(school)["counts"]["in_school"] == 3
