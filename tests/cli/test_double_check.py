"""report double-check: the sheet with which somebody looks in school before calling, as text and as JSON."""

import shlex
from pathlib import Path
from typing import Any

import pytest

from builders import (
    DAY,
    Result,
    a_register,
    a_roll,
    a_school,
    drop,
    ids,
    lines,
    reconcile,
    run,
)

BY = ("--by", "A. Officer")
ROLL = lines(
    "pupil_id,forename,surname,group,dob,address,notes",
    "P001,Ivy,Brennan,4B,2016-03-05,14 Quay Street,allergic to nuts",
    "P002,Tom,Okafor,4B,2016-04-05,,",
    "P003,Zoë,Ward,4B,,,",
    "P004,Kit,Lowe,4B,,,",
    "P005,Bea,Moss,5C,,,",
    "P006,Jo,Fell,5C,,,",
    "P007,Ash,Vale,6A,,,",
    "P008,Sky,Hart,6A,,,",
    "P009,Wren,Dale,6A,,,",
    "P010,Rae,Lund,6A,,,",
    "P011,Max,Pell,6A,,,",
    "P012,Ada,Moor,,,,",
)
REGISTER = a_register(
    "P001,N,seizure overnight", "P002,/", "P003,", "P004,I", "P007,B", "P008,B", "P009,V", "P010,B", "P011,/", "P012,N"
)
FLAGS = lines(
    "pupil_id,flag,professional_name,agency",
    "P001,social-worker,Robin Marlowe,Harbour Lane Team",
    "P010,ehcp,Robin Marlowe,",
)
PLANS = lines(
    "pupil_id,from_date,to_date,session,code,reason",
    f"P007,{DAY},{DAY},,B,Hill Farm",
    f"P008,{DAY},{DAY},AM,B,Harbour Lane Team  sessions",
    f"P009,{DAY},{DAY},,B,Hill Farm",  # the register says V: the place is not known
    f"P010,{DAY},{DAY},AM,B,Hill Farm",
    f"P010,{DAY},{DAY},PM,B,The Forge",
    f"P001,{DAY},{DAY},,B,a hospital",
)
CONTACTS = lines("pupil_id,order,name,relationship,phone", "P001,1,Rowan Brennan,mother,07700 900101")
NEVER = (  # what no page of the office says
    "seizure", "social", "ehcp", "Marlowe", "Harbour", "Quay Street", "nuts", "2016", "RED", "AMBER", "GREEN",
    "07700", "Rowan", "hospital", "Forge",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A morning with children of every kind; everything taken in, and nothing written in it by any test."""
    files = {"roll.csv": ROLL, "register.csv": REGISTER, "flags.csv": FLAGS, "planned.csv": PLANS}
    school = a_school(tmp_path_factory.mktemp("kept"), {**files, "contacts.csv": CONTACTS})
    run(school, "ingest", now=f"{DAY}T09:02")
    return school


def sheet(school: Path, *words: str, now: str = f"{DAY}T09:20") -> Any:
    return run(school, "report", "double-check", "--format", "json", *words, now=now).json


def text(school: Path, *words: str, now: str = f"{DAY}T09:20") -> str:
    ended = run(school, "report", "double-check", "--format", "text", *words, now=now)
    assert ended.code == 0
    assert ended.err == "" or ended.err.startswith("A replay of what was known on ")
    return ended.out


def groups(found: Any) -> list[tuple[str, str, list[str]]]:
    return [(g["group"], g["register"], [p["pupil_id"] for p in g["pupils"]]) for g in found["groups"]]


def check(school: Path, *words: str, at: str = "09:24", now: str = "") -> Result:
    return run(school, "check", *words, *BY, "--at", f"{DAY}T{at}", now=now or f"{DAY}T{at}")


def test_the_sheet_as_programs_read_it(kept: Path) -> None:
    found = sheet(kept)
    assert next(iter(found)) == "schema"
    assert (found["schema"], found["day"], found["session"]) == ("firstday/double-check/1", DAY, "AM")
    assert (found["as_of"], found["by"]) == (f"{DAY}T09:20:00+00:00", f"{DAY}T09:45:00+00:00")
    assert groups(found) == [
        ("", "in", ["P012"]), ("4B", "part", ["P003", "P001", "P004"]), ("5C", "missing", ["P005", "P006"]),
    ]  # fmt: skip
    assert found["groups"][1]["pupils"][1] == {
        "pupil_id": "P001", "name": "Ivy Brennan", "mark": "N", "register_has": "N", "standing": "unexplained",
        "because": "nothing was said for today: is the mark right?", "looked": [],
    }  # fmt: skip
    assert [(p["pupil_id"], p["group"], p["place"]) for p in found["off_site"]] == [
        ("P007", "6A", "Hill Farm"), ("P008", "6A", None), ("P009", "6A", None), ("P010", "6A", "Hill Farm"),
    ]  # fmt: skip
    assert (found["amendments"], found["no_school"], found["provisional"]) == ([], None, True)


def test_the_sheet_on_paper(kept: Path) -> None:
    page = text(kept)
    headings = [line for line, below in zip(page.splitlines(), page.splitlines()[1:], strict=False) if "---" in below]
    assert headings == [
        "No group (1)",
        "4B (3): its register is partly marked",
        "5C (2): ITS REGISTER IS MISSING, ask for it first",
        ("Off site: 6A, B, other approved off-site educational activity (3). Ring the place: has each one arrived?"),
        "Off site: 6A, V, educational visit or trip (1). Ring the place: has each one arrived?",
    ]
    assert page.startswith("Fernhill Primary School: double check in school, Mon 23 Nov 2026 AM, as of 09:20\n")
    ivy = next(line for line in page.splitlines() if "P001" in line and "Ivy" in line)
    assert ivy.split("  ")[0] == "[ ]"
    assert "yes [ ] no [ ]" in ivy
    assert ivy.endswith("____")
    assert "Done by 09:45, before anybody is rung." in page


@pytest.mark.parametrize("form", ["text", "table", "csv", "json"])
def test_no_format_says_what_the_office_may_not_read(morning: Path, form: str) -> None:
    check(morning, "P001", "P005", "--not-found", "--where", "library")
    check(morning, "P004", "--found")
    found = run(morning, "report", "double-check", "--format", form, now=f"{DAY}T09:30").out
    assert "P001" in found
    said = found.replace("2026-11-23", "").replace("Nov 2026", "")
    assert [word for word in NEVER if word in said] == []


def test_who_looked_when_and_where_is_kept_until_it_is_taken_back(morning: Path) -> None:
    check(morning, "P001", "P003", "--not-found", "--where", "library", at="09:22")
    check(morning, "P001", "--not-found", at="09:26")
    looked = _child(morning, "P001", "09:30")["looked"]
    assert [(x["finding"], x["at"], x["by"], x["where"]) for x in looked] == [
        ("not-found", f"{DAY}T09:22:00+00:00", "A. Officer", "library"),
        ("not-found", f"{DAY}T09:26:00+00:00", "A. Officer", ""),
    ]
    assert [x["at"] for x in _child(morning, "P003", "09:30")["looked"]] == [f"{DAY}T09:22:00+00:00"]
    page = text(morning, now=f"{DAY}T09:30")
    assert "not found 09:22 by A. Officer, library" in page
    assert "not found 09:26 by A. Officer" in page
    run(morning, "withdraw", looked[0]["entry"], "--why", "another child", *BY, now=f"{DAY}T09:31")
    assert f"{DAY}T09:22" not in str(_child(morning, "P001", "09:32"))
    assert f"{DAY}T09:26" in str(_child(morning, "P001", "09:32"))


def _child(school: Path, pupil: str, at: str) -> Any:
    return next(p for g in sheet(school, now=f"{DAY}T{at}")["groups"] for p in g["pupils"] if p["pupil_id"] == pupil)


def test_the_command_on_the_sheet_works_and_the_children_leave_it(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,", "P003,V")})
    run(school, "ingest")
    for leave in (["P002", "P001"], ["P003"]):
        words = shlex.split(_last_line(text(school)).partition(" (or")[0].replace("NAME", "A. Officer"))
        assert words[:2] == ["firstday", "check"]
        assert [word for word in words if word.startswith("P0")] == leave
        before = _everybody(school)
        assert run(school, *words[1:]).code == 0
        assert _everybody(school) == [p for p in before if p not in leave]
    assert _last_line(text(school)) == ""


def _last_line(page: str) -> str:
    last = page.rstrip("\n").rpartition("\n")[2]
    return last.removeprefix("Write it down: ") if last.startswith("Write it down: ") else ""


def _everybody(school: Path) -> list[str]:
    found = sheet(school)
    return [p for *_, pupils in groups(found) for p in pupils] + ids(found, "off_site")


def test_an_id_that_a_command_line_would_read_as_something_else_is_not_printed_as_one(tmp_path: Path) -> None:
    files = {"roll.csv": a_roll("$(ls),Ivy,Brennan,4B"), "register.csv": a_register("$(ls),N")}
    school = a_school(tmp_path, files)
    reconcile(school)
    assert _last_line(text(school)).startswith("firstday check PUPIL --found")


@pytest.mark.parametrize(("now", "late"), [("09:45", False), ("09:46", True)])
def test_a_sheet_past_its_time_says_so(kept: Path, now: str, late: bool) -> None:
    assert ("OVERDUE: looking in school was to be done by 09:45." in text(kept, now=f"{DAY}T{now}")) is late


def test_a_register_not_due_yet_is_awaited_and_its_children_are_on_the_sheet(kept: Path) -> None:
    early = f"{DAY}T09:10"
    assert groups(sheet(kept, now=early))[2] == ("5C", "awaited", ["P005", "P006"])
    assert "5C (2): ITS REGISTER IS AWAITED, ask for it first" in text(kept, now=early)


def test_a_register_not_in_is_named_also_where_nobody_of_it_is_looked_for(morning: Path) -> None:
    check(morning, "P005", "P006", "--found", at="09:18")
    assert groups(sheet(morning))[2] == ("5C", "missing", [])
    assert "Nobody of this group to look for; its register is needed all the same." in text(morning)


def test_a_child_in_danger_stands_at_the_top(morning: Path) -> None:
    words = ("call", "P001", "--contact", "1", "--outcome", "thought-in-school", *BY)
    assert run(morning, *words, now=f"{DAY}T09:19").code == 11
    assert text(morning).splitlines()[4].startswith("! THOUGHT-IN-SCHOOL: P001, said to A. Officer at 09:19")
    assert [(a["pupil_id"], a["alert"]) for a in sheet(morning)["alerts"]] == [("P001", "thought-in-school")]


ALL_IN = a_register("P001,/", "P002,/", "P003,/")
EMPTY = {  # what the day is like → its register, and the sentence of a sheet with nobody on it
    "all in": (ALL_IN, "Nobody to look for: every pupil is accounted for."),
    "off site": (
        a_register("P001,/", "P002,V", "P003,/"), "Nobody to look for in school; the places below are rung.",
    ),
    "provisional": (f"{ALL_IN}P009,{DAY},AM,N,\n", "Nobody so far, but this sheet cannot be relied on"),
    "no school": (ALL_IN, "No school: burst pipe. Nobody is expected; nobody is looked for."),
}  # fmt: skip


@pytest.mark.parametrize("case", EMPTY)
def test_nobody_to_look_for_is_no_all_clear_where_it_may_be_wrong(tmp_path: Path, case: str) -> None:
    register, sentence = EMPTY[case]
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": register})
    reconcile(school)
    if case == "no school":
        run(school, "close", "--why", "burst pipe", *BY)
    page, found = text(school), sheet(school)
    assert f"To look for (0)\n---------------\n{sentence}" in page
    assert ("every pupil is accounted for" in page) is (case == "all in")
    assert [p for *_, pupils in groups(found) for p in pupils] == []
    assert ids(found, "off_site") == (["P002"] if case == "off site" else [])
    assert (found["provisional"], found["no_school"]) == (
        case == "provisional", "burst pipe" if case == "no school" else None,
    )  # fmt: skip
    assert ("Write it down" in page) is (case == "off site")


def test_without_a_roll_nobody_is_told_that_all_are_accounted_for(tmp_path: Path) -> None:
    page = text(a_school(tmp_path, {}))
    assert "PROVISIONAL: no roll was taken in" in page
    assert "cannot be relied on" in page


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-27"])
def test_a_day_without_school_asks_nobody_to_look(kept: Path, day: str) -> None:
    found = sheet(kept, "--day", day, "--session", "AM", now=f"{day}T09:20")
    assert (found["groups"], found["off_site"], found["amendments"]) == ([], [], [])
    assert "No school: " in text(kept, "--day", day, "--session", "AM", now=f"{day}T09:20")


def test_the_amendment_names_who_saw_the_child_and_goes_when_a_newer_register_has_it(morning: Path) -> None:
    check(morning, "P001", "--found", "--where", "library")
    page = text(morning, now=f"{DAY}T09:30")
    assert "Registers to amend (1): for a person to enter in the information system" in page
    assert "found in school by A. Officer at 09:24, library (E" in page
    drop(morning, {"again.csv": a_register("P001,U", "P002,/", "P003,", "P004,I")})
    run(morning, "ingest", now=f"{DAY}T09:40")
    assert "Registers to amend" not in text(morning, now=f"{DAY}T09:45")
    assert sheet(morning, now=f"{DAY}T09:45")["amendments"] == []


def test_the_catalogue_says_that_it_is_for_the_office() -> None:
    found = {r["report"]: r["audience"] for r in run(None, "reports", "--format", "json", now="").json["reports"]}
    assert found["double-check"] == "office"
