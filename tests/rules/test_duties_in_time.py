"""When a duty is owed at all, when it is overdue, and what the day then ends with."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rules.children import FRIDAY, MONDAY, SUNDAY, Child, a_school, owed
from rules.days import Said
from rules.school import School
from rules.table import RuleTable

TWO_DAYS = "19 Nov to 20 Nov N N"

OVERDUE = RuleTable(
    title="When a duty is overdue: exit code 11 is act now, 10 somebody must act, 0 nothing is outstanding",
    source="Millbrook: calls by 10am, home visits to RED by 11:45am, face to face on the day",
    columns=("the only absent child", "at", "owed still", "exit code"),
    rows=(
        ("AMBER, marked C", "10:00", "daily contact", "10"),
        ("AMBER, marked C", "10:01", "daily contact", "11"),
        ("AMBER, marked C, call answered", "10:01", "nothing", "0"),
        ("AMBER, marked C, call answered at 10:20", "10:30", "nothing", "0"),
        ("GREEN, marked C", "10:00", "daily contact", "10"),
        ("GREEN, marked C", "10:01", "daily contact", "11"),
        ("GREEN, in recovery", "10:01", "nothing", "0"),
        ("GREEN, marked S", "10:01", "nothing", "0"),
        ("RED, marked C", "11:45", "agencies; face to face", "10"),
        ("RED, marked C", "11:46", "agencies; face to face", "11"),
        ("RED, marked C, seen by video", "11:46", "agencies", "11"),
        ("RED, marked C, agency told", "11:46", "face to face", "11"),
        ("RED, marked C, seen and told", "11:46", "nothing", "0"),
        ("AMBER, third day, call answered", "15:00", "face to face", "10"),
        ("AMBER, third day, call answered", "15:01", "face to face", "11"),
        ("AMBER, third day, call answered and seen", "15:01", "nothing", "0"),
    ),
)  # fmt: skip

UNKNOWN = RuleTable(
    title="From when a child of whom nothing is known counts as absent: a quarter of an hour before calls are made by",
    source="Guidance, step 4: a double check in school before calling",
    columns=("rating", "mark of the morning", "calls made by", "at", "owed"),
    rows=(
        ("RED", "blank", "10:00", "09:45", "nothing"),
        ("RED", "blank", "10:00", "09:46", "agencies; face to face"),
        ("RED", "Q9", "10:00", "09:46", "agencies; face to face"),
        ("RED", "none", "10:00", "09:45", "nothing"),
        ("RED", "none", "10:00", "09:46", "agencies; face to face"),
        ("RED", "blank", "10:30", "10:15", "nothing"),
        ("RED", "blank", "10:30", "10:16", "agencies; face to face"),
        ("AMBER", "blank", "10:00", "09:45", "nothing"),
        ("AMBER", "blank", "10:00", "09:46", "face to face"),
        ("GREEN", "blank", "10:00", "09:46", "nothing"),
        # looked for in school and not found: absent at once
        ("RED", "blank, not found at 09:30", "10:00", "09:31", "agencies; face to face"),
    ),
)
RULES = (OVERDUE, UNKNOWN)


def _call(at: str) -> Said:
    words = ("call", "PUPIL", "--contact", "1", "--outcome", "answered", "--no-reason", "--child-with", "mother")
    return f"{MONDAY}T{at}", words


VIDEO = (f"{MONDAY}T09:35", ("seen", "PUPIL", "--how", "video", "--with-parent"))
AT_HOME = (f"{MONDAY}T09:35", ("seen", "PUPIL", "--how", "home", "--with-parent"))
AGENCY = (f"{MONDAY}T09:35", ("inform", "PUPIL", "--agency", "Social Care"))
SICK = ("explain", "PUPIL", "--told-by", "mother", "--reason", "sick", "--child-with", "mother")
RECOVERING: Said = (f"{SUNDAY}T18:00", (*SICK, "--day", FRIDAY, "--sickness", "2026-11-21T22:00"))
CHILDREN = {
    "AMBER, marked C": Child("P1", "AMBER", "", "C"),
    "AMBER, marked C, call answered": Child("P1", "AMBER", "", "C", (_call("09:30"),)),
    "AMBER, marked C, call answered at 10:20": Child("P1", "AMBER", "", "C", (_call("10:20"),)),
    "GREEN, marked C": Child("P1", "GREEN", "", "C"),
    "GREEN, in recovery": Child("P1", "GREEN", "20 Nov I I", "N", (RECOVERING,)),
    "GREEN, marked S": Child("P1", "GREEN", "", "S"),
    "RED, marked C": Child("P1", "RED", "", "C"),
    "RED, marked C, seen by video": Child("P1", "RED", "", "C", (VIDEO,)),
    "RED, marked C, agency told": Child("P1", "RED", "", "C", (AGENCY,)),
    "RED, marked C, seen and told": Child("P1", "RED", "", "C", (VIDEO, AGENCY)),
    "AMBER, third day, call answered": Child("P1", "AMBER", TWO_DAYS, "C", (_call("09:30"),)),
    "AMBER, third day, call answered and seen": Child("P1", "AMBER", TWO_DAYS, "C", (_call("09:30"), AT_HOME)),
}
TEXTED: Said = (f"{MONDAY}T09:36", ("text", "PUPIL"))
NOT_FOUND: Said = (f"{MONDAY}T09:30", ("check", "PUPIL", "--not-found"))


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> dict[str, School]:
    """A school for each child who is the only one absent, the family texted."""
    texted = {name: replace(child, said=(*child.said, TEXTED)) for name, child in CHILDREN.items()}
    return {name: a_school(tmp_path_factory.mktemp("late"), [child], until="10:30") for name, child in texted.items()}


@pytest.mark.parametrize(("child", "at", "still", "code"), OVERDUE.rows)
def test_the_day_ends_with(child: str, at: str, still: str, code: str, schools: dict[str, School]) -> None:
    said = schools[child].type("reconcile", "--session", "AM", "--format", "json", at=at)
    assert owed(json.loads(said.stdout), "P1", with_due=False) == still
    assert said.exit_code == int(code)


def _unknown_children(calls_by: str) -> dict[tuple[str, str], Child]:
    kinds = {row[:2] for row in UNKNOWN.rows if row[2] == calls_by}
    found = {}
    for number, (rating, words) in enumerate(sorted(kinds), start=1):
        mark, _, checked = words.partition(", ")
        earlier = "" if rating == "RED" else "17 Nov to 20 Nov N N" if rating == "AMBER" else "18 Nov to 20 Nov N N"
        said = (NOT_FOUND,) if checked else ()
        found[rating, words] = Child(f"P{number:02d}", rating, earlier, mark, said)
    return found


@pytest.fixture(scope="module")
def looked_for(tmp_path_factory: pytest.TempPathFactory) -> dict[str, School]:
    """A school for each time by which calls are made."""
    return {
        at: a_school(
            tmp_path_factory.mktemp("unknown"), list(_unknown_children(at).values()), until="09:31",
            policy=f'[morning]\ncalls_made_by = "{at}"\n',
        )
        for at in ("10:00", "10:30")
    }  # fmt: skip


@pytest.mark.parametrize(("rating", "mark", "calls_by", "at", "expected"), UNKNOWN.rows)
def test_a_child_of_whom_nothing_is_known_is_owed(
    rating: str, mark: str, calls_by: str, at: str, expected: str, looked_for: dict[str, School]
) -> None:
    pupil = _unknown_children(calls_by)[rating, mark].pupil
    answer = looked_for[calls_by].reconcile("AM", at=at)
    assert owed(answer, pupil, with_due=False) == expected


@pytest.mark.parametrize(
    ("at", "expected"), [("13:45", "nothing"), ("13:46", "agencies by 11:45; face to face by 11:45")]
)
def test_in_the_afternoon_too(at: str, expected: str, tmp_path: Path) -> None:
    school = a_school(tmp_path, [Child("P1", "RED", "", "none blank")], until="13:25")
    assert owed(school.reconcile("PM", at=at), "P1") == expected


def test_where_the_morning_was_shut_an_absence_has_the_afternoons_times(tmp_path: Path) -> None:
    shut: Said = (f"{MONDAY}T07:30", ("close", "--session", "AM", "--why", "no water"))
    children = [Child("P1", "RED", "", "none N", (shut,)), Child("P2", "GREEN", "", "none C")]
    answer = a_school(tmp_path, children).reconcile("PM", at="13:50")
    assert owed(answer, "P1") == "agencies by 15:30; face to face by 15:00"
    assert owed(answer, "P2") == "daily contact by 14:00"
