"""Evidence that does not agree, and what cannot wait: each kind as it arises, and where it only looks like it."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from rules.evidence import HAPPENINGS, PLANS
from rules.school import DAY, Json, School, register, roll
from rules.table import RuleTable

PUPILS = ("P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,", "P3,Al,Finch,5A,2016-01-01,,")
PRESENT = [("P2", "/"), ("P3", "/")]

RULES = RuleTable(
    title="What does not agree, and what cannot wait",
    source="Guidance, step 4: an in-school double check before anybody is called",
    columns=("P1 is marked", "what else came, in this order", "discrepancies and alerts", "exit code"),
    rows=(
        ("/", "message by id", "P1 message-but-present", "10"),
        ("/", "explained", "P1 message-but-present", "10"),
        ("/", "message by id that says late; match none", "", "0"),
        ("/", "message by name", "", "10"),
        ("N", "message by id", "", "0"),
        ("/ and N", "", "P1 two-marks", "10"),
        ("/ and N", "found", "", "0"),
        ("V", "message by id", "P1 off-site-but-told", "10"),
        ("V", "planned C", "P1 off-site-but-told", "10"),
        ("V", "planned B", "", "10"),
        ("N", "planned C; plan left out", "P1 planned-gone", "10"),
        ("N", "planned C; plan of another code", "", "10"),
        ("N", "planned C, yesterday; plan left out", "", "10"),
        ("/", "planned C; plan left out", "", "0"),
        ("/", "newer register without P1", "P1 left-out", "10"),
        ("N", "newer register without P1", "P1 left-out", "10"),
        ("/", "newer register of 5A alone", "", "0"),
        ("N", "newer roll without P1", "P1 left-out, P1 not-on-roll", "12"),
        ("/", "mark of a stranger", "P9 not-on-roll", "12"),
        ("/", "sign-in of a stranger", "P9 not-on-roll", "12"),
        ("/", "message about a stranger", "P9 not-on-roll", "12"),
        ("/", "plan of a stranger", "P9 not-on-roll", "12"),
        ("/", "flag of a stranger", "P9 not-on-roll", "12"),
        ("X", "", "P1 code-out-of-place", "10"),
        ("#", "", "P1 code-out-of-place", "10"),
        ("Y4", "", "P1 code-out-of-place", "10"),
        ("/", "newer register of 4B in 5A", "P1 group-differs, P2 group-differs", "10"),
        ("/", "newer register of 4B in 4b", "", "0"),
        # alerts
        ("/", "not found", "P1 alert vanished", "11"),
        ("/", "not found; explained", "", "0"),
        ("/", "not found; found", "", "0"),
        ("N", "not found", "", "10"),
        ("N", "signed in; not found", "P1 alert vanished", "11"),
        ("N", "not found; found; not found", "P1 alert vanished", "11"),
        ("/", "signed out", "P1 alert signed-out", "11"),
        ("/", "signed out; explained", "", "0"),
        ("N", "signed in; signed out", "P1 alert signed-out", "11"),
        ("/", "signed out; mark of a stranger", "P1 alert signed-out, P9 not-on-roll", "11"),
    ),
)  # fmt: skip
AFTERNOON: tuple[tuple[str, str, str], ...] = (
    ("/", "N", "P1 alert vanished"),
    ("L", "O", "P1 alert vanished"),
    ("U", "G", "P1 alert vanished"),
    ("N", "N", ""),
    ("/", "/", ""),
    ("/", "C", ""),
    ("V", "N", ""),
)


def _again(name: str, lines: list[str]) -> Callable[[School, str], None]:
    def happen(school: School, at: str) -> None:
        school.drop(name, lines)
        school.take_in(at=at)

    return happen


def _matched_with_none(school: School, at: str) -> None:
    school.say("match", "M1", "--none", at=at)


def _in_group(group: str) -> list[str]:
    rows = (f"{pupil},{DAY},AM,/,{group}" for pupil in ("P1", "P2"))
    return ["pupil_id,date,session,mark,group", *rows]


ALSO: dict[str, Callable[[School, str], None]] = {
    **HAPPENINGS,
    "match none": _matched_with_none,
    "plan left out": _again("plans-2.csv", [PLANS, f"P2,{DAY},{DAY},PM,C,"]),
    "plan of another code": _again("plans-2.csv", [PLANS, f"P1,{DAY},{DAY},,T,"]),
    "newer register without P1": _again("newer.csv", register(PRESENT)),
    "newer register of 5A alone": _again("newer.csv", register([("P3", "/", "")])),
    "newer register of 4B in 5A": _again("newer.csv", _in_group("5A")),
    "newer register of 4B in 4b": _again("newer.csv", _in_group("4b")),
    "newer roll without P1": _again("roll-2.csv", roll(PUPILS[1:])),
    "mark of a stranger": _again("strange.csv", register([("P9", "/")])),
    "sign-in of a stranger": _again("strange.csv", ["pupil_id,date,time_in", f"P9,{DAY},08:55"]),
    "message about a stranger": _again(
        "strange.csv", ["message_id,received_at,pupil_id,text", f"M9,{DAY} 08:10,P9,a cold"]
    ),
    "plan of a stranger": _again("strange.csv", [PLANS, f"P9,{DAY},{DAY},,C,"]),
    "flag of a stranger": _again("strange.csv", ["pupil_id,flag", "P9,ehcp"]),
}


def _said(answer: Json) -> str:
    found = {f"{row['pupil_id']} {row['kind']}" for row in answer["discrepancies"]}
    found |= {f"{row['pupil_id']} alert {row['alert']}" for row in answer["alerts"]}
    return ", ".join(sorted(found))


@pytest.mark.parametrize(("mark", "came", "found", "code"), RULES.rows)
def test_what_does_not_agree_is_named_with_its_reason(
    mark: str, came: str, found: str, code: str, tmp_path: Path
) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(PUPILS))
    school.drop("register.csv", register([*(("P1", each) for each in mark.split(" and ")), *PRESENT]))
    school.take_in(at="08:50")
    minutes = count(0, 5)
    for what in came.split("; ") if came else ():
        ALSO[what](school, f"09:{next(minutes):02d}")
    answer = school.reconcile()
    assert _said(answer) == found
    assert all(row["because"] for row in (*answer["discrepancies"], *answer["alerts"]))
    result = school.type("reconcile", "--format", "json", "--session", "AM", at="09:40")
    assert result.exit_code == int(code), answer


@pytest.mark.parametrize(("morning", "afternoon", "found"), AFTERNOON)
def test_a_child_in_this_morning_and_gone_this_afternoon_has_vanished(
    morning: str, afternoon: str, found: str, tmp_path: Path
) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(PUPILS))
    school.drop("am.csv", register([("P1", morning), *PRESENT]))
    school.drop("pm.csv", register([("P1", afternoon), *PRESENT], session="PM"))
    assert _said(school.reconcile("PM", at="13:40")) == found


def test_a_leaver_with_a_mark_is_told_and_a_leaver_without_is_not(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll([f"{PUPILS[0]}2026-11-20", f"{PUPILS[1]}2026-11-20", PUPILS[2]]))
    school.drop("register.csv", register([("P1", "N"), ("P2", ""), ("P3", "/")]))
    assert _said(school.reconcile()) == "P1 not-on-roll"


def test_all_eight_kinds_are_in_the_table() -> None:
    kinds = {words.split()[-1] for row in RULES.rows for words in row[2].split(", ") if words and "alert" not in words}
    assert kinds == {
        "message-but-present", "two-marks", "off-site-but-told", "planned-gone", "left-out", "not-on-roll",
        "code-out-of-place", "group-differs",
    }  # fmt: skip
