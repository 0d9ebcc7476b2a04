"""Who was not seen before days without school: which days those are, and whom the page lists."""

from pathlib import Path

import pytest

from builders import DAY, lines
from calling import Child, mobile, rung
from escalating import OFFICER, VISITOR, WITH_PARENT, at, facts, go, page, tried

REPORT = "not-seen-before-break"
BREAKS = (  # the day asked about, its break: last school day, next school day, days, whether it is now
    ("2026-11-23", "2026-11-26", "2026-11-30", 3, False),  # an INSET Friday and a weekend
    ("2026-11-26", "2026-11-26", "2026-11-30", 3, True),
    ("2026-11-28", "2026-11-26", "2026-11-30", 3, True),
    ("2026-11-30", "2026-12-18", None, None, False),  # the calendar ends at Christmas
    ("2026-12-18", "2026-12-18", None, None, True),
    ("2026-07-20", "2026-07-21", "2026-09-02", 42, False),
    ("2026-09-04", "2026-11-26", "2026-11-30", 3, False),  # weekends of two days are none
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one child."""
    return rung(tmp_path_factory.mktemp("breaks"), [Child("P1", mark="/")])


@pytest.mark.parametrize(("day", "last", "next_", "days", "is_now"), BREAKS, ids=[row[0] for row in BREAKS])
def test_the_break_is_three_days_or_more_without_school(
    empty: Path, day: str, last: str, next_: str | None, days: int | None, is_now: bool
) -> None:
    found = facts(empty, REPORT, now=at("10:00", day))["break"]
    assert found == {"last_school_day": last, "next_school_day": next_, "days": days, "is_now": is_now}


def test_the_page_says_when_the_break_is(empty: Path) -> None:
    assert "The next break begins after Thu 26 Nov 2026" in page(empty, REPORT, now="10:00")
    assert "TODAY IS THE LAST SCHOOL DAY" in page(empty, REPORT, now=at("10:00", "2026-11-26"))
    assert "THE SCHOOL IS SHUT since Thu 26 Nov 2026" in page(empty, REPORT, now=at("10:00", "2026-11-28"))
    assert "does not say until when" in page(empty, REPORT, now=at("10:00", "2026-12-18"))


def test_a_closure_said_today_lengthens_a_weekend(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", mark="/")])
    go(school, "close", "--day", "2026-12-04", "--why", "snow", *OFFICER, now="10:00")
    found = facts(school, REPORT, now=at("10:00", "2026-12-01"))["break"]
    assert (found["last_school_day"], found["days"]) == ("2026-12-03", 3)


CHILDREN = (
    Child("P1", "Green", "Told", mark="I", comment="a cold"),
    Child("P2", "Green", "Silent", contacts=(("Jo Fell", mobile(1)),)),
    Child("P3", "Amber", "Silent", flags=("ewo",)),
    Child("P4", "Red", "Told", mark="I", comment="a cold", flags=("looked-after",)),
    Child("P5", "In", "School", mark="/"),
    Child("P6", "Off", "Site", mark="B"),
    Child("P7", "Off", "Arrived", mark="B"),
)


def test_whoever_is_absent_owed_or_open_is_on_it_the_highest_rating_first(tmp_path: Path) -> None:
    earlier = lines("pupil_id,date,session,mark", "P2,2026-11-19,AM,/", "P2,2026-11-20,AM,N", "P5,2026-11-20,AM,/")
    school = rung(tmp_path, CHILDREN, files={"earlier.csv": earlier})
    go(school, "check", "P7", "--arrived", *OFFICER, now="09:40")
    found = {p["pupil_id"]: p for p in facts(school, REPORT, now="10:00")["pupils"]}
    assert sorted(found) == ["P1", "P2", "P3", "P4", "P6"]
    assert list(found)[:2] == ["P4", "P3"]
    assert found["P2"]["last_seen"] == {"day": "2026-11-19", "by": "marked / in the register"}
    assert (found["P2"]["since_seen"], found["P2"]["case_began"]) == (2, DAY)
    assert found["P4"]["face_to_face"] and not found["P1"]["face_to_face"]
    assert found["P1"]["case_began"] is None and found["P1"]["last_seen"] is None
    words = page(school, REPORT, now="12:00")
    assert "FOR SAFEGUARDING" in words and "1 RED, 1 AMBER, 3 GREEN" in words
    assert "by 11:45: OVERDUE" in words


def test_a_child_seen_at_home_is_on_it_still_with_who_saw_it(tmp_path: Path) -> None:
    school = rung(tmp_path, CHILDREN[1:2])
    tried(school, "P2")
    go(school, "visit", "P2", *WITH_PARENT, *VISITOR, now="11:00")
    (found,) = facts(school, REPORT, now="11:10")["pupils"]
    assert found["last_seen"] == {"day": DAY, "by": "seen at home by B. Visitor, with a parent"}
    assert found["standing"] == "explained" and found["since_seen"] == 0
