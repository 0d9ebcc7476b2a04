"""Whom a late sign-in is of, where the file has names and no ids: a sighting takes a child off the list."""

from pathlib import Path

import pytest

from rules.school import DAY, School, register, roll, standing_of
from rules.table import RuleTable

PUPILS = (
    "P1,Ava,Stone,4B,2016-01-01,,",
    "P2,Kai,Moss,4B,2016-01-01,,",
    "P3,Kai,Moss,5A,2016-01-01,,",
    "P4,Jo,Fell,5A,,,",
)

RULES = RuleTable(
    title="Whom a late sign-in is of",
    source="Guidance, step 3: the lates are brought together with the registers",
    columns=("pupil id", "name", "group", "in school by it"),
    rows=(
        ("P1", "", "", "P1"),
        ("P1", "Ava Stone", "4B", "P1"),
        ("", "Ava Stone", "4B", "P1"),
        ("", "Stone, Ava", "4b", "P1"),
        ("", "Kai Moss", "4B", "P2"),
        ("", "Kai Moss", "5A", "P3"),
        ("", "Kai Moss", "", "nobody"),
        ("", "Kai Moss", "6C", "nobody"),
        ("", "Nobody Known", "4B", "nobody"),
        # a name never matches by itself, and never against the group that stands beside it
        ("", "Ava Stone", "5A", "nobody"),
        ("", "Ava Stone", "6C", "nobody"),
        ("", "Ava Stone", "", "nobody"),
        ("", "Ava", "5A", "nobody"),
        ("P9", "Ava Stone", "4B", "nobody"),
        ("P1", "Kai Moss", "4B", "nobody"),
    ),
)


@pytest.mark.parametrize(("pupil", "name", "group", "whom"), RULES.rows)
def test_a_sign_in_is_of_the_one_child_it_surely_names(
    pupil: str, name: str, group: str, whom: str, tmp_path: Path
) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(PUPILS))
    school.drop("register.csv", register([("P1", "N"), ("P2", "N"), ("P3", "N"), ("P4", "/")]))
    school.drop("lates.csv", ["pupil_id,name,group,date,time_in", f'{pupil},"{name}",{group},{DAY},09:05'])
    answer = school.reconcile()
    seen = [p for p in ("P1", "P2", "P3") if standing_of(answer, p) == "in_school"]
    assert " ".join(seen) == ("" if whom == "nobody" else whom)
    assert bool(answer["problems"] or answer["discrepancies"]) is (whom == "nobody"), "a sign-in of nobody is told"
