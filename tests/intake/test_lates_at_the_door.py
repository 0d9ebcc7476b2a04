"""The late book: four ways to write a time, in and out, by id or by name and group."""

from pathlib import Path

import pytest

from builders import a_register, a_roll, a_school, ids, lines, reconcile, run, standing_of

ALL_ABSENT = a_register("P001,N", "P002,N", "P003,N")


def with_lates(tmp_path: Path, *rows: str, marks: str = ALL_ABSENT, roll: str | None = None) -> Path:
    return a_school(tmp_path, {"roll.csv": roll or a_roll(), "register.csv": marks, "lates.csv": lines(*rows)})


TIMES = {
    "09:05": "09:05", "9:05": "09:05", "9.05": "09:05", "09.05": "09:05", "0905": "09:05", "905": "09:05",
    "9:05am": "09:05", "9.05 am": "09:05", "09:05 AM": "09:05", "9:05 a.m.": "09:05", "09:05:30": "09:05",
    " 09:05 ": "09:05",
}  # fmt: skip


@pytest.mark.parametrize("written", TIMES)
def test_a_sign_in_is_read_in_each_style_of_time(tmp_path: Path, written: str) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in", f"P001,2026-11-23,{written}")
    found = reconcile(school)
    assert standing_of(found, "P001") == "in_school"
    because = run(school, "why", "P001", "--format", "json").json["pupil"]["because"]
    assert TIMES[written] in because


@pytest.mark.parametrize(
    "written", ["25:00", "9:75", "13:05pm", "nine", "09-05", "9", "0:05am", "-1", "9h05", "09:05:xx"]
)
def test_an_impossible_time_refuses_the_row_and_leaves_the_child_on_the_list(tmp_path: Path, written: str) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in", f"P001,2026-11-23,{written}", "P002,2026-11-23,09:01")
    said = run(school, "ingest", "--format", "json")
    assert [(p["file"], p["row"], p["column"], p["found"]) for p in said.json["problems"]] == [
        ("lates.csv", 2, "time_in", written)
    ]
    found = reconcile(school)
    assert standing_of(found, "P001") in ("unexplained", "unknown")
    assert standing_of(found, "P002") == "in_school"
    assert found["provisional"] is True


IN_AND_OUT = {  # the day's rows → where the child stands at 09:20
    "in": ((",09:02,",), "in_school"),
    "in, then out": ((",09:02,09:10",), "unexplained"),
    "in, then out in a row of its own": ((",09:02,", ",,09:10"), "unexplained"),
    "out, then in again": ((",,08:50", ",09:02,"), "in_school"),
    "in, out and in again": ((",09:02,09:05", ",09:10,"), "in_school"),
    "out alone": ((",,09:10",), "unexplained"),
    "in later than now": ((",09:40,",), "unexplained"),
    "in and out at the same minute": ((",09:05,09:05",), "unexplained"),
}


@pytest.mark.parametrize("case", IN_AND_OUT)
def test_the_last_of_the_sign_ins_and_sign_outs_decides(tmp_path: Path, case: str) -> None:
    rows, standing = IN_AND_OUT[case]
    school = with_lates(
        tmp_path, "pupil_id,date,x,time_in,time_out", *(f"P001,2026-11-23,{row}" for row in rows)
    )  # fmt: skip
    assert standing_of(reconcile(school), "P001") == standing


def test_a_sign_out_after_a_sign_in_is_an_alert(tmp_path: Path) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in,time_out", "P001,2026-11-23,09:02,09:10")
    ended = run(school, "reconcile", "--format", "json")
    assert ended.code == 11
    assert [(a["pupil_id"], a["alert"]) for a in ended.json["alerts"]] == [("P001", "signed-out")]


def test_a_sign_in_of_another_day_says_nothing_of_today(tmp_path: Path) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in", "P001,2026-11-20,09:02", "P002,2026-11-24,09:02")
    assert sorted(ids(reconcile(school))) == ["P001", "P002", "P003"]


def test_a_sign_in_of_the_morning_is_no_sighting_in_the_afternoon(tmp_path: Path) -> None:
    marks = a_register("P001,N", "P002,/", "P003,/", session="PM")
    school = with_lates(tmp_path, "pupil_id,date,time_in", "P001,2026-11-23,09:02", marks=marks)
    assert ids(reconcile(school, now="2026-11-23T13:40")) == ["P001"]


TWINS = a_roll("P001,Ivy,Brennan,4B", "P002,Ivy,Brennan,5C", "P003,Zoë,Ward,5C", "P004,Ivy,Brennan,5C")
BY_NAME = {  # name and group as written → the pupil found
    "Zoë Ward,5C": "P003", "zoe ward,5c": "P003", "Ward Zoe,5C": "P003", '"Ward, Zoë",5C': "P003",
    "Ivy Brennan,4B": "P001", "Ivy Brennan,5C": "", "Ivy Brennan,": "", "Nobody Here,4B": "",
}  # fmt: skip


@pytest.mark.parametrize("written", BY_NAME)
def test_a_name_and_group_must_fit_exactly_one_pupil(tmp_path: Path, written: str) -> None:
    marks = a_register("P001,N", "P002,N", "P003,N", "P004,N")
    school = with_lates(tmp_path, "name,group,date,time_in", f"{written},2026-11-23,09:02", marks=marks, roll=TWINS)
    found = reconcile(school)
    here = {"P001", "P002", "P003", "P004"} - {*ids(found), *ids(found, "unknown")}
    assert here == ({BY_NAME[written]} if BY_NAME[written] else set())
    assert bool(found["problems"]) is not bool(BY_NAME[written])


def test_a_row_without_a_time_is_refused(tmp_path: Path) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in,time_out", "P001,2026-11-23,,")
    assert run(school, "ingest", "--format", "json").json["problems"][0]["row"] == 2
    assert "P001" in [*ids(reconcile(school)), *ids(reconcile(school), "unknown")]


def test_a_row_that_names_nobody_is_refused(tmp_path: Path) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in", ",2026-11-23,09:02")
    assert run(school, "ingest").code == 12


def test_lates_of_two_files_add_up(tmp_path: Path) -> None:
    school = with_lates(tmp_path, "pupil_id,date,time_in", "P001,2026-11-23,09:02")
    reconcile(school)
    (school / "inbox" / "lates.csv").write_text(
        lines("pupil_id,date,time_in", "P002,23/11/2026,9.07"), encoding="utf-8"
    )
    assert ids(reconcile(school)) == ["P003"]
