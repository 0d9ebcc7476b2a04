"""When the school is open: terms, closures, half closures, holidays; a day that no term reaches is an error."""

import json
from pathlib import Path

import pytest

from rules.school import Json, School, register, roll
from rules.table import RuleTable

CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[terms]]
name = "Spring 2027"
first = "2027-01-04"
last = "2027-03-25"

[[closures]]
first = "2026-10-26"
last = "2026-10-30"
why = "half term"

[[closures]]
first = "2026-11-27"
last = "2026-11-27"
why = "INSET"
sessions = ["PM"]

[[closures]]
first = "2026-12-18"
last = "2026-12-18"
why = "carol service"
sessions = ["AM"]
"""

RULES = RuleTable(
    title="Whether there is school",
    source="The school's own calendar; a bank holiday is no absence, and a day not in it is no holiday",
    columns=("day", "session", "school"),
    rows=(
        ("2026-09-01", "AM", "not covered"),
        ("2026-09-02", "AM", "open"),
        ("2026-09-02", "PM", "open"),
        ("2026-09-05", "AM", "weekend"),
        ("2026-09-06", "PM", "weekend"),
        ("2026-10-23", "PM", "open"),
        ("2026-10-26", "AM", "half term"),
        ("2026-10-30", "PM", "half term"),
        ("2026-10-31", "AM", "weekend"),
        ("2026-11-02", "AM", "open"),
        ("2026-11-27", "AM", "open"),
        ("2026-11-27", "PM", "INSET"),
        ("2026-12-18", "AM", "carol service"),
        ("2026-12-18", "PM", "open"),
        ("2026-12-21", "AM", "holiday between terms"),
        ("2026-12-25", "PM", "holiday between terms"),
        ("2027-01-03", "AM", "weekend"),
        ("2027-01-04", "AM", "open"),
        ("2027-03-25", "PM", "open"),
        ("2027-03-26", "AM", "not covered"),
        ("2025-11-24", "AM", "not covered"),
    ),
)
NOT_VALID = 21


def _school(folder: Path, day: str, session: str) -> School:
    school = School(folder, calendar=CALENDAR, day=day)
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N"), ("P2", "/")], day=day, session=session))
    return school


@pytest.mark.parametrize(("day", "session", "expected"), RULES.rows)
def test_nobody_is_expected_on_a_closed_day_and_an_uncovered_day_is_an_error(
    day: str, session: str, expected: str, tmp_path: Path
) -> None:
    school = _school(tmp_path / "school", day, session)
    at = "09:40" if session == "AM" else "14:00"
    result = school.type("reconcile", "--format", "json", "--session", session, "--day", day, at=at)
    if expected == "not covered":
        assert result.exit_code == NOT_VALID
        error: Json = json.loads(result.stderr.splitlines()[-1])["error"]
        assert error["where"] == "calendar.toml" and "[[terms]]" in error["message"]
        return
    answer: Json = json.loads(result.stdout)
    if expected == "open":
        assert [row["pupil_id"] for row in answer["unexplained"]] == ["P1"]
        assert answer["counts"]["in_school"] == 1
    else:
        assert answer["counts"]["not_expected"] == answer["counts"]["roll"] == 2
        assert {row["because"] for row in answer["not_expected"]} == {f"no school: {expected}"}


def test_a_closed_day_has_no_missing_register(tmp_path: Path) -> None:
    school = School(tmp_path / "school", calendar=CALENDAR, day="2026-10-27")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    answer = school.reconcile()
    assert answer["missing_registers"] == [] and answer["provisional"] is False


@pytest.mark.parametrize(("session", "at", "because"), [
    ("AM", "09:14", "1 register awaited: 4B"), ("AM", "09:15", "1 register missing: 4B"),
    ("PM", "13:29", "1 register awaited: 4B"), ("PM", "13:30", "1 register missing: 4B"),
])  # fmt: skip
def test_a_register_is_awaited_before_it_is_due_and_missing_from_then_on(
    session: str, at: str, because: str, tmp_path: Path
) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,"]))
    answer = school.reconcile(session, at=at)
    assert answer["provisional_because"] == [because]
    assert answer["missing_registers"] == [{"group": "4B", "pupils": 2, "unmarked": 2}]
    assert answer["counts"]["unknown"] == 2
