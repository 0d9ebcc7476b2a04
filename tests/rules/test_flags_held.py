"""Whether a flag still rates: a newer export that leaves it out ends nothing, and its own end is only a proposal."""

from pathlib import Path

import pytest

from rules.ratings import flags, plain_roll, ratings
from rules.school import Json, School, register
from rules.table import RuleTable

MONDAY = "2026-11-23"
SAME_TIME, MINUTE_LATER = "Tuesday, both at one time", "Tuesday, both at once, the second saved later"
RULES = RuleTable(
    title="Whether a flag still rates on Tuesday 24 November 2026",
    source="Millbrook, authorisation from the headteacher before a pupil leaves RED",
    columns=("taken in", "flags in the first export", "in the second", "rating", "lowering is proposed"),
    rows=(
        # in force today
        ("Monday", "social-worker", "", "RED", "no"),
        ("Monday", "social-worker until 2026-11-24", "", "RED", "no"),
        ("Monday", "social-worker from 2026-11-24", "", "RED", "no"),
        ("Monday", "social-worker from 2026-11-25", "", "GREEN", "no"),
        # over, and held here on a day on which it was in force
        ("Monday", "social-worker until 2026-11-23", "", "RED", "yes"),
        ("Monday", "social-worker from 2026-11-23 until 2026-11-23", "", "RED", "yes"),
        ("Monday", "ewo until 2026-11-23", "", "AMBER", "yes"),
        ("Monday", "social-worker until 2026-11-23; ewo", "", "RED", "yes"),
        ("Monday", "social-worker; ewo until 2026-11-23", "", "RED", "no"),
        ("Monday", "ehcp until 2026-11-23", "", "GREEN", "no"),
        # over before it was ever taken in: nobody was rated by it here
        ("Monday", "social-worker until 2026-11-22", "", "GREEN", "no"),
        ("Monday", "social-worker until 2026-11-22", "left out", "GREEN", "no"),
        ("Tuesday", "social-worker until 2026-11-23", "", "GREEN", "no"),
        ("Tuesday", "social-worker until 2026-11-23", "left out", "GREEN", "no"),
        # left out of a newer export: nobody said that it ended
        ("Monday", "social-worker", "left out", "RED", "no"),
        ("Monday", "social-worker", "ewo", "RED", "no"),
        ("Monday", "ewo", "social-worker", "RED", "no"),
        ("Monday", "social-worker until 2026-11-24", "left out", "RED", "no"),
        ("Monday", "social-worker until 2026-11-23", "left out", "RED", "yes"),
        ("Tuesday", "social-worker", "left out", "RED", "no"),
        ("Tuesday", "social-worker until 2026-11-24", "left out", "RED", "no"),
        (MINUTE_LATER, "social-worker", "left out", "RED", "no"),
        (SAME_TIME, "social-worker", "ewo", "RED", "no"),
        # a newer export says that it ended, or that it did not
        ("Monday", "social-worker", "social-worker until 2026-11-23", "RED", "yes"),
        ("Monday", "social-worker", "social-worker until 2026-11-20", "RED", "yes"),
        ("Monday", "social-worker", "social-worker from 2026-09-01 until 2026-11-23", "RED", "yes"),
        ("Monday", "social-worker from 2026-09-01", "social-worker until 2026-11-23", "RED", "yes"),
        ("Monday", "social-worker from 2026-09-01", "social-worker from 2026-09-08 until 2026-11-23", "RED", "yes"),
        ("Monday", "social-worker", "social-worker until 2026-11-24", "RED", "no"),
        ("Monday", "social-worker until 2026-11-23", "social-worker", "RED", "no"),
        ("Monday", "social-worker until 2026-11-22", "social-worker", "RED", "no"),
        ("Monday", "social-worker until 2026-11-23", "social-worker from 2026-11-24", "RED", "no"),
        ("Tuesday", "social-worker", "social-worker until 2026-11-23", "RED", "yes"),
        ("Tuesday", "ewo", "ewo until 2026-11-23", "AMBER", "yes"),
    ),
)  # fmt: skip
IDS = [f"P{number:02d}" for number in range(len(RULES.rows))]
NOBODY_ELSE = ("P98", "P99")


def _export(taken: str, column: int) -> dict[str, str]:
    """The flags of each pupil whose row is of this kind; where the second says nothing, the first's again."""
    found = {"P99": "ehcp"}
    for pupil, row in zip(IDS, RULES.rows, strict=True):
        words = row[column] or row[1]
        if row[0] == taken and words != "left out":
            found[pupil] = words
    return found


def _school(folder: Path, taken: str) -> School:
    """A school on Tuesday morning, both exports taken in as this kind of row says."""
    school = School(folder)
    everybody = [*IDS, *NOBODY_ELSE]
    school.drop("roll.csv", plain_roll(everybody))
    school.drop("register.csv", register([(pupil, "/") for pupil in everybody]))
    school.drop("flags.csv", flags(_export(taken, 1)))
    if taken == "Monday":
        assert school.type("ingest", at=f"{MONDAY}T08:50").exit_code == 0
    if taken == "Tuesday":
        school.take_in(at="08:50")
    school.drop("flags-2.csv", flags(_export(taken, 2)), changed="08:46:00" if taken == MINUTE_LATER else "08:45:00")
    school.take_in(at="08:55")
    return school


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Every pupil's rating on Tuesday, each row's pupil in the school of its kind."""
    found: dict[str, Json] = {}
    for taken in dict.fromkeys(row[0] for row in RULES.rows):
        answer = ratings(_school(tmp_path_factory.mktemp("flags") / "school", taken))
        found |= {p: answer[p] for p, row in zip(IDS, RULES.rows, strict=True) if row[0] == taken}
    return found


@pytest.mark.parametrize("pupil", IDS, ids=[", then ".join(filter(None, row[:3])) for row in RULES.rows])
def test_a_flag_that_was_held_here_rates_until_a_person_lowers(pupil: str, rated: dict[str, Json]) -> None:
    *_, rating, proposed = RULES.rows[IDS.index(pupil)]
    found = rated[pupil]
    assert (found["rating"], found["unsure"]) == (rating, False)
    assert bool(found["proposal"]) is (proposed == "yes"), found["proposal"]


def test_an_export_without_a_single_flag_ends_none(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", plain_roll(["P1", "P2"]))
    school.drop("flags.csv", flags({"P1": "social-worker", "P2": "ewo until 2026-11-24"}))
    school.take_in(at="08:50")
    school.drop("flags-2.csv", flags({}))
    school.take_in(at="08:55")
    assert {pupil: row["rating"] for pupil, row in ratings(school).items()} == {"P1": "RED", "P2": "AMBER"}


def test_a_flag_of_the_roll_that_a_newer_roll_leaves_out_still_rates(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", ["pupil_id,forename,surname,flags", "P1,Ivy,Brennan,social-worker", "P2,Jo,Fell,"])
    assert school.type("ingest", at=f"{MONDAY}T08:50").exit_code == 0
    school.drop("roll-2.csv", ["pupil_id,forename,surname,flags", "P1,Ivy,Brennan,", "P2,Jo,Fell,ehcp"])
    school.take_in(at="08:50")
    found = ratings(school)
    assert [(row["rating"], row["unsure"]) for row in found.values()] == [("RED", False), ("GREEN", False)]


def test_the_proposal_says_to_what_and_which_flag_is_over(rated: dict[str, Json]) -> None:
    place = next(n for n, row in enumerate(RULES.rows) if row[1] == "social-worker until 2026-11-23; ewo")
    found = rated[IDS[place]]
    assert "AMBER" in found["proposal"]
    assert "23 Nov 2026" in found["proposal"]
    assert any("23 Nov 2026" in because for because in found["because"])
