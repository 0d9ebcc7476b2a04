"""Whether a flag stands today: a newer export that leaves it out ends nothing, its own end date does."""

from pathlib import Path

import pytest

from rules.school import School, pupil_in, register, roll
from rules.table import RuleTable

RULES = RuleTable(
    title="Whether a flag stands today, Tuesday 24 November 2026",
    source="Millbrook, only the headteacher may let a pupil leave RED",
    columns=("the flag in the first export", "in the second", "taken in", "rating"),
    rows=(
        ("social-worker from 2026-11-24", "", "", "RED"),
        ("social-worker from 2026-11-25", "", "", "GREEN"),
        ("social-worker until 2026-11-24", "", "", "RED"),
        ("social-worker until 2026-11-23", "", "", "GREEN"),
        ("social-worker", "left out", "later", "RED"),
        ("social-worker", "no flags at all", "later", "RED"),
        ("social-worker until 2026-11-24", "left out", "later", "RED"),
        ("social-worker until 2026-11-23", "left out", "later", "GREEN"),
        ("social-worker", "social-worker until 2026-11-23", "later", "GREEN"),
        ("social-worker until 2026-11-23", "social-worker", "later", "RED"),
        ("social-worker", "ewo", "later", "RED"),
        ("ewo", "social-worker", "later", "RED"),
        ("social-worker", "left out", "together, a minute later", "RED"),
        ("social-worker", "ewo", "together, at one time", "RED"),
    ),
)


def _row(words: str) -> list[str]:
    """A flag's row: the flag, since, until."""
    if words in ("left out", "no flags at all"):
        return [] if words == "no flags at all" else ["P2,ehcp,,"]
    flag, _, dates = words.partition(" ")
    word, _, day = dates.partition(" ")
    since, until = day if word == "from" else "", day if word == "until" else ""
    return [f"P1,{flag},{since},{until}", "P2,ehcp,,"]


@pytest.mark.parametrize(("first", "second", "taken", "rating"), RULES.rows)
def test_a_flag_stands_until_its_own_end(first: str, second: str, taken: str, rating: str, tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N"), ("P2", "N")]))
    school.drop("flags.csv", ["pupil_id,flag,since,until", *_row(first)])
    if taken == "later":
        school.take_in(at="08:50")
    if second:
        changed = "08:46:00" if "a minute" in taken else "08:45:00"
        school.drop("flags-2.csv", ["pupil_id,flag,since,until", *_row(second)], changed=changed)
    answer = school.reconcile()
    assert pupil_in(answer, "P1")["rating"] == rating
    assert pupil_in(answer, "P1")["rating_unsure"] is False
