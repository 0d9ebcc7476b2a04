"""check: who was found is written down, all or none, and what the register may now need is said at once."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, Result, a_register, a_roll, a_school, drop, dump, lines, process, reconcile, run, standing_of

BY = ("--by", "A. Officer")
ROLL = a_roll(
    "P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,4B", "P004,Kit,Lowe,4B", "P005,Bea,Moss,5C",
    "P007,Ash,Vale,4B",
)  # fmt: skip
REGISTER = a_register("P001,N", "P002,/", "P003,", "P004,I", "P007,B")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child of every kind; everything taken in, and nothing written in it by any test."""
    school = a_school(tmp_path_factory.mktemp("kept"), {"roll.csv": ROLL, "register.csv": REGISTER})
    run(school, "ingest", now=f"{DAY}T09:02")
    return school


def check(school: Path, *words: str, at: str = "09:24", now: str = "") -> Result:
    return run(school, "check", *words, *BY, "--at", f"{DAY}T{at}", now=now or f"{DAY}T{at}")


def sheet(school: Path, *, at: str) -> Any:
    return run(school, "report", "double-check", "--format", "json", now=f"{DAY}T{at}").json


U = "it may now need U (closed at 09:15)"
ASK = "ask the class when the child came in. firstday changes no register."
CHECKED = {  # a check, and what it says of the register besides that it was written
    ("P001", "--found"): [f"P001: the register has N; {U} or / or L: {ASK}"],
    ("P001", "P003", "P002", "--found"): [
        f"P001: the register has N; {U} or / or L: {ASK}", f"P003: the register has blank; {U} or / or L: {ASK}",
    ],
    ("P004", "--found"): [f"P004: the register has I; {U} or / or L, or stays: {ASK}"],
    ("P005", "--found"): [f"P005: the register has nothing yet; {U} or / or L: {ASK}"],
    ("P001", "--arrived"): [f"P001: the register has N; {U} or / or L: {ASK}"],
    ("P007", "--found"): [
        (f"P007: the register has B; {U} or / or L, unless the child went there after all: ask the class. "
        "firstday changes no register.")
    ],
    ("P007", "--arrived"): [],
    ("P007", "--not-arrived"): [],
    ("P002", "--found"): [],
    ("P001", "--not-found"): [],
    ("P002", "--not-found"): [
        "P002: the register has /; the child was not found at 09:24: ask the class. firstday changes no register."
    ],
}  # fmt: skip


def beneath(ended: Result) -> list[str]:
    """What is said of the registers, each beneath the check it belongs to."""
    return [line.strip() for line in ended.err.splitlines() if line.startswith("  ")]


@pytest.mark.parametrize("words", CHECKED, ids=" ".join)
def test_a_check_says_what_the_register_may_now_need(morning: Path, words: tuple[str, ...]) -> None:
    ended = check(morning, *words)
    pupils, finding = words[:-1], words[-1].removeprefix("--")
    assert (ended.code, ended.out) == (0, "")
    assert [line.partition(": ")[2] for line in ended.err.splitlines() if not line.startswith("  ")] == [
        f"{pupil} {finding}, Mon 23 Nov 2026 AM" for pupil in pupils
    ]
    assert beneath(ended) == CHECKED[words]


def test_a_sign_in_decides_by_itself_whenever_the_child_was_found(morning: Path) -> None:
    drop(morning, {"lates.csv": lines("pupil_id,date,time_in", f"P001,{DAY},09:05", f"P003,{DAY},09:18")})
    run(morning, "ingest", now=f"{DAY}T09:20")
    assert beneath(check(morning, "P001", "P003", "--found")) == [
        "P001: the register has N; it may now need L (in before it closes at 09:15). firstday changes no register.",
        f"P003: the register has blank; {U}. firstday changes no register.",
    ]
    found = sheet(morning, at="09:30")["amendments"]
    assert [(a["pupil_id"], a["suggested"], a["asks_the_class"]) for a in found] == [
        ("P001", "L", False), ("P003", "U", False),
    ]  # fmt: skip
    assert [a["seen_at"] for a in found] == [f"{DAY}T09:05:00+00:00", f"{DAY}T09:18:00+00:00"]
    assert found[0]["because"].startswith("signed in at 09:05 (lates.csv, row 2); ")


def test_a_child_not_found_later_is_never_said_to_be_in(morning: Path) -> None:
    check(morning, "P001", "--found", at="09:24")
    ended = check(morning, "P001", "--not-found", at="09:40")
    assert beneath(ended) == [
        (
            "P001: the register has N; the child was in, and not found at 09:40: a person settles the mark. "
            "firstday changes no register."
        )
    ]
    (amendment,) = sheet(morning, at="09:42")["amendments"]
    assert (amendment["suggested"], amendment["seen_at"]) == (None, f"{DAY}T09:24:00+00:00")
    assert "then looked for and not found by A. Officer at 09:40" in amendment["because"]
    assert "was in, and looked for in vain since" in str(sheet(morning, at="09:42")["groups"])


@pytest.mark.parametrize("words", [("P001", "P999"), ("P999", "P001"), ("P001", "Nobody Known")], ids=" ".join)
def test_a_check_of_several_writes_all_or_none(morning: Path, words: tuple[str, ...]) -> None:
    before = dump(morning)
    ended = check(morning, *words, "--found")
    assert (ended.code, dump(morning)) == (2, before)
    assert "E" not in [line[:1] for line in ended.err.splitlines()]
    assert "amend" not in ended.err


def test_a_dry_run_says_nothing_of_the_register(morning: Path) -> None:
    check(morning, "P001", "--found", at="09:22")
    assert check(morning, "P001", "--found", "--dry-run").err == "would be written: P001 found, Mon 23 Nov 2026 AM\n"


def test_a_check_written_down_later_speaks_of_its_own_session_and_day(morning: Path) -> None:
    noon, tomorrow = f"{DAY}T13:00", "2026-11-24T09:00"
    assert beneath(check(morning, "P001", "--found", at="09:10", now=noon)) == [
        f"P001: the register has N; it may now need L (in before it closes at 09:15) or /: {ASK}"
    ]
    assert beneath(check(morning, "P003", "--found", at="09:24", now=tomorrow)) == [
        f"P003: the register has blank; {U} or / or L: {ASK}"
    ]
    assert standing_of(reconcile(morning, "--day", DAY, "--session", "AM", now=tomorrow), "P003") == "in_school"


def test_a_check_on_a_day_without_school_says_nothing_of_a_register(morning: Path) -> None:
    run(morning, "close", "--why", "burst pipe", *BY)
    assert len(check(morning, "P001", "--found").err.splitlines()) == 1


def test_a_process_of_its_own_says_the_same(morning: Path) -> None:
    ended = process(morning, "check", "P001", "--found", *BY, now=f"{DAY}T09:24")
    assert (ended.code, ended.out) == (0, "")
    assert beneath(ended) == CHECKED["P001", "--found"]
