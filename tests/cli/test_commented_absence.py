"""The page of 10:05: every absent child with its mark and comment, who told what, and the RED visits to start."""

from pathlib import Path

import pytest

from builders import DAY, lines
from calling import Child, called, mobile, rung
from escalating import OFFICER, at, facts, go, page

REPORT = "commented-absence"
CHILDREN = (
    Child("P1", "Green", "Silent", contacts=(("Jo Fell", mobile(1)),)),
    Child("P2", "Green", "Late", contacts=(("Al Fell", mobile(2)),)),
    Child("P3", "Green", "Never", contacts=(("Cy Fell", mobile(3)),)),
    Child("P4", "Red", "Told", mark="I", comment="poorly, said gran", flags=("looked-after",), address="7 Oak Lane"),
    Child("P5", "Red", "Silent", flags=("s47",), address="8 Oak Lane"),
    Child("P6", "Amber", "Message", flags=("ewo",)),
    Child("P7", "In", "School", mark="/"),
    Child("P8", "Green", "Words", comment="gone to nan"),
    Child("S1", "Study", "Leave", mark="S"),
    Child("P9", "Not", "In", mark="", group="5C"),
)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a call in time, a call late, a call not made, a message, and one register missing."""
    message = lines("message_id,received_at,pupil_id,text", f"M1,{DAY}T08:10,P6,a cold today")
    school = rung(tmp_path_factory.mktemp("morning"), CHILDREN, files={"messages.csv": message})
    called(school, "P1", 1, "no-answer", now=at("09:50"))
    called(school, "P2", 1, "no-answer", now=at("10:03"))
    return school


def test_every_absent_child_is_on_it_and_nobody_else(morning: Path) -> None:
    found = facts(morning, REPORT, now="10:05")
    assert found["schema"] == "firstday/commented-absence/1" and found["provisional"]
    children = {p["pupil_id"]: p for p in found["pupils"]}
    assert sorted(children) == ["P1", "P2", "P3", "P4", "P5", "P6", "P8", "P9", "S1"]
    assert [p["rating"] for p in found["pupils"]][:3] == ["RED", "RED", "AMBER"]
    assert (children["P4"]["mark"], children["P4"]["comment"]) == ("I", "poorly, said gran")
    assert children["P4"]["standing"] == "explained" and children["P9"]["standing"] == "unknown"
    assert "M1" in children["P6"]["told"][0]


def test_a_child_of_a_missing_register_is_on_it_and_of_an_awaited_one_not(morning: Path) -> None:
    def listed(now: str) -> bool:
        return "P9" in [p["pupil_id"] for p in facts(morning, REPORT, now=now)["pupils"]]

    assert listed("09:30"), "nobody has looked for it yet, and no case is open"
    school = morning.parent / "awaited"
    found = facts(rung(school, CHILDREN[-1:]), REPORT, now="09:10")
    assert found["pupils"] == [] and found["provisional"]


def test_whether_each_was_rung_by_ten(morning: Path) -> None:
    children = {p["pupil_id"]: p["called"] for p in facts(morning, REPORT, now="10:05")["pupils"]}
    assert children["P1"] == "made and logged in time"
    assert children["P2"] == "made late"
    assert children["P3"] == children["P5"] == children["P8"] == "not made"
    assert children["P4"] is children["P6"] is None
    words = page(morning, REPORT, now="10:05")
    assert "by 10:00: made late, 10:03" in words and "not to be rung" in words


def test_words_beside_a_mark_are_told_apart_from_those_that_explain(morning: Path) -> None:
    words = page(morning, REPORT, now="10:05")
    assert "gone to nan (not confirmed)" in words
    assert "poorly, said gran (not confirmed)" not in words


def test_the_red_visits_are_to_start_explained_or_not_and_without_an_address(morning: Path) -> None:
    visits = facts(morning, REPORT, now="10:05")["red_visits"]
    assert [(v["pupil_id"], v["step"]) for v in visits] == [
        ("P5", "visit"), ("P5", "face-to-face"), ("P4", "face-to-face"),
    ]  # fmt: skip
    words = page(morning, REPORT, now="10:05")
    assert "RED: visits to start NOW (3)" in words and "Oak Lane" not in words and "FOR SAFEGUARDING" in words
    assert "RED: visits to start from 10:05" in page(morning, REPORT, now="10:04")


def test_who_has_left_is_said(tmp_path: Path) -> None:
    school = rung(tmp_path, [CHILDREN[4]])
    assert "nobody has left" in page(school, REPORT, now="10:05")
    staff = ("--staff", "A. One", "--staff", "B. Two", "--back-by", "11:00")
    go(school, "visit", "P5", "--out", *staff, *OFFICER, now="10:07")
    assert "out since 10:07: A. One, B. Two" in page(school, REPORT, now="10:10")
