"""The day in numbers: visits that reached the door in time, late or not at all, and the review held by its time."""

from pathlib import Path
from typing import Any

import pytest

from calling import ANSWER, Child, mobile, rung
from escalating import OFFICER, VISITOR, WITH_PARENT, at, facts, go, page, tried

STAFF = ("--staff", "A. One", "--staff", "B. Two", "--back-by", "12:30")
RED = ("R1", "R2", "R3", "R4", "R5", "R6")
CHILDREN = (
    *(Child(pupil, "Red", pupil, flags=("s47",)) for pupil in RED),
    *(Child(p, "Green", p, contacts=(("Jo Fell", mobile(n)),)) for n, p in enumerate(("G1", "G2", "G3"), start=1)),
    Child("G4", "Green", "In", mark="/"),
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """RED visits seen, late, at a locked door, written down late, not made; GREEN exhausted, seen and not rung."""
    school = rung(tmp_path_factory.mktemp("visits"), CHILDREN)
    tried(school, "G1")
    tried(school, "G2")
    go(school, "visit", "R1", "--out", *STAFF, *OFFICER, now="10:06")
    for pupil, words, now in (
        ("R1", WITH_PARENT, "11:00"), ("G1", WITH_PARENT, "11:10"), ("R3", ("--outcome", "no-access"), "11:20"),
        ("R4", ("--outcome", "no-answer", "--at", at("11:30")), "12:10"), ("R2", ("--outcome", "refused"), "11:50"),
    ):  # fmt: skip
        go(school, "visit", pupil, *words, *VISITOR, now=now)
    go(school, "visit", "R6", "--outcome", "no-access", *VISITOR, now="11:00")
    go(school, "visit", "R6", "--outcome", "adult-only", *VISITOR, now="11:40")
    go(school, "review", "--present", "H. Head", *OFFICER, now="10:30")
    return school


def _counts(found: Any) -> dict[str, int]:
    keys = ("to_visit", "made_and_logged_in_time", "made_in_time_logged_late", "made_late", "not_made", "not_due_yet")
    return {key: found[key] for key in (*keys, "left", "door_not_reached") if found[key]}


def test_a_visit_counts_where_it_reached_the_door_and_late_stays_late(day: Path) -> None:
    visits = facts(day, "day-summary", now="12:20")["visits"]
    assert _counts(visits["at_once"]) == {
        "to_visit": 6, "made_and_logged_in_time": 2, "made_in_time_logged_late": 1, "made_late": 1, "not_made": 2,
        "left": 1, "door_not_reached": 2,
    }  # fmt: skip
    states = {c["pupil_id"]: c["state"] for c in visits["at_once"]["children"]}
    assert states["R3"] == states["R5"] == "not_made", "a locked entry is not a door"
    assert states["R6"] == "made_and_logged_in_time" and states["R2"] == "made_late"


def test_others_are_visited_once_their_list_is_exhausted(day: Path) -> None:
    others = facts(day, "day-summary", now="12:20")["visits"]["after_calls"]
    assert {c["pupil_id"]: c["state"] for c in others["children"]} == {
        "G1": "made_and_logged_in_time", "G2": "not_made",
    }  # fmt: skip
    assert others["children"][0]["due"][11:16] == "12:00"


def test_nothing_is_missed_before_its_time(day: Path) -> None:
    visits = facts(day, "day-summary", now="11:44")["visits"]
    assert visits["at_once"]["not_made"] == visits["after_calls"]["not_made"] == 0


def test_the_page_names_the_visits_missed_and_no_rating(day: Path) -> None:
    words = page(day, "day-summary", now="12:20")
    missed = words.split("Visits that missed their time or the door (")[1].split("\n\n")[0]
    assert [pupil for pupil in (*RED, "G1", "G2") if f"\n{pupil} " in missed] == ["R2", "R3", "R4", "R5", "R6", "G2"]
    assert "RED" not in words.split("Visits\n")[1]


def test_the_review_is_held_by_its_time_or_late(day: Path, tmp_path: Path) -> None:
    held = facts(day, "day-summary", now="12:20")["review"]
    assert (held["state"], held["due"][11:16], held["at"][11:16]) == ("made_and_logged_in_time", "10:30", "10:30")
    school = rung(tmp_path, CHILDREN[-1:])
    assert facts(school, "day-summary", now="10:20")["review"]["state"] == "not_due_yet"
    assert facts(school, "day-summary", now="10:31")["review"]["state"] == "not_made"
    go(school, "review", "--present", "H. Head", *OFFICER, now="10:40")
    assert facts(school, "day-summary", now="10:45")["review"]["state"] == "made_late"


def test_a_child_whose_family_answered_before_visits_were_due_is_owed_none_whoever_else_was_visited(
    tmp_path: Path,
) -> None:
    answers = Child("R1", "Red", "R1", flags=("s47",), contacts=(("Jo Fell", mobile(1)),))
    school = rung(tmp_path, (answers, Child("R2", "Red", "R2", flags=("s47",))))
    go(school, "visit", "R2", *WITH_PARENT, *VISITOR, now="10:10")
    go(school, "call", "R1", "--contact", "1", *ANSWER, *OFFICER, now="10:20")
    found = facts(school, "day-summary", now="12:30")["visits"]["at_once"]
    assert [child["pupil_id"] for child in found["children"]] == ["R2"]
