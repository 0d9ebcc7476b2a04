"""A child whom a newer roll leaves out: an open case goes on, and a child who left long ago opens none."""

from pathlib import Path

import pytest

from builders import a_roll, a_school, drop, lines, run

OFFICER = ("--by", "A. Officer")
IVY, TOM, ZOE = "P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,4B"
CONTACTS = lines("pupil_id,order,name,phone", "P001,1,Sky Moss,07700 900301", "P002,1,Jo Fell,07700 900302")
RUNG = ("call", "P001", "--contact", "1", "--outcome", "no-answer", *OFFICER)
ANSWERED = ("call", "P001", "--contact", "1", "--outcome", "answered", "--reason", "ill", "--child-with", "mother")


def _register(day: str, *marks: str) -> str:
    return lines("pupil_id,date,session,mark", *(f"{row.split()[0]},{day},AM,{row.split()[1]}" for row in marks))


def _steps(school: Path, now: str, pupil: str = "P001") -> list[str]:
    found = run(school, "escalate", "--format", "json", now=now).json["steps"]
    return sorted(step["step"] for step in found if step["pupil_id"] == pupil)


@pytest.fixture
def monday(tmp_path: Path) -> Path:
    """A school on Mon 16 Nov 2026 at 09:20: Ivy is marked N."""
    files = {"roll.csv": a_roll(IVY, TOM, ZOE), "contacts.csv": CONTACTS}
    school = a_school(tmp_path, files)
    drop(school, {"mon.csv": _register("2026-11-16", "P001 N", "P002 /", "P003 /")})
    assert run(school, "ingest", now="2026-11-16T09:20").code == 0
    return school


def _leave_out(school: Path, day: str) -> None:
    drop(school, {f"roll-{day}.csv": a_roll(TOM, ZOE), f"{day}.csv": _register(day, "P002 /", "P003 /")})
    run(school, "ingest", now=f"{day}T09:20")


def test_an_open_case_goes_on_under_the_childs_name(monday: Path) -> None:
    assert run(monday, *RUNG, now="2026-11-16T09:30").code == 0
    _leave_out(monday, "2026-11-17")
    assert {"call", "decide", "refer-social-care"} <= set(_steps(monday, "2026-11-17T09:40"))
    assert "Ivy Brennan" in run(monday, "report", "call-sheet", now="2026-11-17T09:40").out
    assert run(monday, *RUNG, now="2026-11-17T09:41").code == 0


def test_an_explanation_ends_it_for_good(monday: Path) -> None:
    _leave_out(monday, "2026-11-17")
    told = ("explain", "P001", "--told-by", "new school", "--reason", "moved", "--child-with", "mother", *OFFICER)
    assert run(monday, *told, now="2026-11-17T09:45").code == 0
    _leave_out(monday, "2026-11-18")
    assert _steps(monday, "2026-11-17T10:30") == []
    assert _steps(monday, "2026-11-18T10:30") == []


def test_a_child_who_was_accounted_for_and_left_opens_no_case(monday: Path) -> None:
    assert run(monday, *ANSWERED, *OFFICER, now="2026-11-16T09:30").code == 0
    for day in ("2026-11-17", "2026-11-18", "2026-11-19"):
        _leave_out(monday, day)
    assert _steps(monday, "2026-11-19T10:30") == []


def test_a_visit_that_is_owed_is_on_the_visit_sheet(monday: Path) -> None:
    for at in ("09:30", "09:55"):
        assert run(monday, *RUNG, now=f"2026-11-16T{at}").code == 0
    _leave_out(monday, "2026-11-17")
    assert "visit" in _steps(monday, "2026-11-17T09:40")
    assert "Ivy Brennan" in run(monday, "report", "visits", now="2026-11-17T09:40").out
