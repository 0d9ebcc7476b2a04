"""What stands in the cells: marks, names that look like nothing, ids with zeros, quotes, breaks and dates."""

from pathlib import Path

import pytest

from builders import a_register, a_roll, a_school, drop, ids, lines, reconcile, run, standing_of

MARKS = {  # as written → the mark as it counts, and where the pupil then stands in the morning
    "N": ("N", "unexplained"),
    "n": ("N", "unexplained"),
    "n ": ("N", "unexplained"),
    " N": ("N", "unexplained"),
    "\u00a0N\u00a0": ("N", "unexplained"),
    " /": ("/", "in_school"),
    "\\": ("\\", "in_school"),
    "l": ("L", "in_school"),
    "u": ("U", "in_school"),
    "O": ("O", "unexplained"),
    "0": ("0", "unknown"),
    "Y1": ("Y1", "unexplained"),
    "y1 ": ("Y1", "unexplained"),
    "c1": ("C1", "explained"),
    "": ("", "unknown"),
    "-": ("-", "unknown"),
    "?": ("?", "unknown"),
    "H": ("H", "unknown"),
    "NA": ("NA", "unknown"),
    "True": ("TRUE", "unknown"),
}


@pytest.mark.parametrize("written", MARKS)
def test_a_mark_is_trimmed_and_read_in_capitals(tmp_path: Path, written: str) -> None:
    school = a_school(
        tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(f"P001,{written}", "P002,/", "P003,/")}
    )
    pupil = run(school, "ingest", "--format", "json")
    assert pupil.json["files"][0]["rows_refused"] == 0
    found = run(school, "why", "P001", "--format", "json").json["pupil"]
    assert (found["mark"], found["standing"]) == MARKS[written]


def test_a_hash_is_a_mark_and_no_comment(tmp_path: Path) -> None:
    every = a_register("P001,#", "P002,#", "P003,/")
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": every}))
    assert ids(found, "not_expected") == ["P001", "P002"]
    assert found["counts"]["in_school"] == 1


def test_a_hash_for_part_of_a_group_keeps_the_child_in_sight(tmp_path: Path) -> None:
    found = reconcile(
        a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,#", "P002,/", "P003,/")})
    )
    assert standing_of(found, "P001") == "unknown"
    assert [(d["pupil_id"], d["kind"]) for d in found["discrepancies"]] == [("P001", "code-out-of-place")]


def test_an_unknown_mark_is_an_understood_row_and_a_problem(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,Q9", "P002,/", "P003,/")})
    assert run(school, "ingest", "--format", "json").json["files"][0]["rows_refused"] == 0
    found = reconcile(school)
    assert [(p["file"], p["row"], p["column"], p["found"]) for p in found["problems"]] == [
        ("register.csv", 2, "mark", "Q9")
    ]
    assert ids(found, "unknown") == ["P001"]


@pytest.mark.parametrize("name", ["NA", "N/A", "None", "Null", "True", "nan", "NaN", "1e5", "-", "0", "#N/A"])
def test_a_name_is_a_name_whatever_it_looks_like(tmp_path: Path, name: str) -> None:
    files = {
        "roll.csv": a_roll(f"P001,{name},{name},{name}", "P002,Tom,Okafor,4B"),
        "register.csv": a_register("P001,N", "P002,/"),
    }
    pupil = reconcile(a_school(tmp_path, files))["unexplained"][0]
    assert (pupil["name"], pupil["group"]) == (f"{name} {name}", name)


@pytest.mark.parametrize("pupil_id", ["0012", "0", "00", "1e5", "NA", "007A", "A/12", "12.0", "P 001", "Ł1"])
def test_an_id_is_text_and_stays_as_it_is(tmp_path: Path, pupil_id: str) -> None:
    files = {
        "roll.csv": a_roll(f"{pupil_id},Ivy,Brennan,4B", "P002,Tom,Okafor,4B"),
        "register.csv": a_register(f"{pupil_id},N", "P002,/"),
    }
    assert ids(reconcile(a_school(tmp_path, files))) == [pupil_id]


def test_quotes_and_breaks_inside_cells_are_kept(tmp_path: Path) -> None:
    roll = lines("pupil_id,forename,surname,group", 'P001,"Mary ""Mo""","O\'Neill, Ward","4\nB"', "P002,Tom,Okafor,4B")
    pupil = reconcile(a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register("P001,N", "P002,/")}))[
        "unexplained"
    ][0]
    assert pupil["name"] == 'Mary "Mo" O\'Neill, Ward'
    assert pupil["group"] == "4\nB"


DAYS = {  # as written → whether the row is understood as Monday 23 November 2026
    "2026-11-23": True,
    "23/11/2026": True,
    "2026-11-23T00:00:00": True,
    "11/23/2026": False,
    "2026-23-11": False,
    "23-11-2026": True,
    "23.11.2026": True,
    "23/11/26": True,
    "23 Nov 2026": True,
    "23-Nov-26": True,
    "Mon 23 November 2026": True,
    "2026-11-23T08:55:00": True,
    "23/11/2026 08:55": True,
    "46349": True,
    "11-23-2026": False,
    "11/23/26": False,
    "Nov 23 2026": False,
    "23/2026": False,
    "463490": False,
    "today": False,
    "": False,
    "2026-02-30": False,
    "31/11/2026": False,
    "0000-00-00": False,
    "2025-11-24": False,
    "2062-11-23": False,
}


@pytest.mark.parametrize("written", DAYS)
def test_dates_are_iso_or_day_first_and_never_guessed(tmp_path: Path, written: str) -> None:
    register = lines(
        "pupil_id,date,session,mark", f"P001,{written},AM,/", "P002,2026-11-23,AM,/", "P003,2026-11-23,AM,/"
    )
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": register})
    said = run(school, "ingest", "--format", "json")
    assert said.json["files"][0]["rows_refused"] == (0 if DAYS[written] else 1)
    assert said.code == (0 if DAYS[written] else 12)
    found = reconcile(school)
    assert standing_of(found, "P001") == ("in_school" if DAYS[written] else "unknown")


@pytest.mark.parametrize("written", [written for written, understood in DAYS.items() if not understood])
def test_a_child_found_only_in_a_row_with_a_refused_date_makes_the_day_provisional(
    tmp_path: Path, written: str
) -> None:
    register = lines(
        "pupil_id,date,session,mark", f"P001,{written},AM,/", "P002,2026-11-23,AM,/", "P003,2026-11-23,AM,/"
    )
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": register}))
    shown = [(p["file"], p["row"], p["column"], p["found"]) for p in found["problems"]]
    assert shown == [("register.csv", 2, "date", written)]
    assert found["provisional"] is True


def test_a_day_first_date_is_never_read_the_american_way(tmp_path: Path) -> None:
    register = lines(
        "pupil_id,date,session,mark", "P001,12/11/2026,AM,N", "P002,2026-11-12,AM,/", "P003,2026-11-12,AM,/"
    )
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": register}), now="2026-11-12T09:20")
    assert ids(found) == ["P001"]


@pytest.mark.parametrize("session", ["AM", "am", " Am "])
def test_a_session_is_am_or_pm_in_any_case(tmp_path: Path, session: str) -> None:
    school = a_school(
        tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,/", "P003,/", session=session)}
    )
    assert ids(reconcile(school)) == ["P001"]


@pytest.mark.parametrize("session", ["", "1", "Period 1", "noon", "AMPM"])
def test_any_other_session_refuses_the_row(tmp_path: Path, session: str) -> None:
    register = lines(
        "pupil_id,date,session,mark", f"P001,2026-11-23,{session},/", "P002,2026-11-23,AM,/", "P003,2026-11-23,AM,/"
    )
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": register}))
    assert (standing_of(found, "P001"), found["provisional"]) == ("unknown", True)


def test_one_pupil_with_two_marks_is_doubt(tmp_path: Path) -> None:
    twice = a_register("P001,/", "P001,N", "P002,/", "P003,/")
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": twice}))
    assert standing_of(found, "P001") == "unknown"
    assert [(d["pupil_id"], d["kind"]) for d in found["discrepancies"]] == [("P001", "two-marks")]


def test_the_same_row_twice_is_no_doubt(tmp_path: Path) -> None:
    twice = a_register("P001,/", "P001,/", "P002,/", "P003,N")
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": twice}))
    assert (ids(found), found["discrepancies"]) == (["P003"], [])


def test_a_row_about_somebody_not_on_the_roll_is_told(school: Path) -> None:
    drop(school, {"register.csv": a_register("P001,/", "P002,/", "P003,/", "P999,N")})
    found = reconcile(school)
    assert [(d["pupil_id"], d["kind"]) for d in found["discrepancies"]] == [("P999", "not-on-roll")]
    assert found["provisional"] is True
