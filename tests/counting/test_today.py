"""What today counts, asked in the afternoon, after days of which everything is known."""

import pytest

from rules.school import School, pupil_in, register, roll

CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-11-23"
last = "2026-12-18"
"""
YESTERDAY = "2026-11-23"
ROWS = (
    # this morning, this afternoon; spell, cumulative, at least, school days since seen
    ("/", "N", 0.5, 0.5, False, 0),
    ("L", "I", 0.5, 0.5, False, 0),
    ("N", "N", 1, 1, False, 1),
    ("N", "blank", 1, 1, False, 1),
    ("blank", "N", 1, 1, False, 1),
    ("blank", "blank", 1, 1, False, 1),
    ("B", "N", 0.5, 0.5, False, 1),
    ("X", "N", 1, 1, False, 1),
    ("S", "N", 1, 1, False, 1),
    ("N", "S", 1, 1, False, 1),
    ("S", "S", 0, 0, False, 1),
    # seen this morning, so the day is not whole; nothing was missed that is known, so it is no half either
    ("/", "blank", 0, 0, True, 0),
    ("U", "Q9", 0, 0, True, 0),
)


@pytest.fixture(scope="module")
def days_absent(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Days of absence of each row's pupil: P0, P1 and on; all were in yesterday."""
    school = School(tmp_path_factory.mktemp("today") / "school", calendar=CALENDAR)
    pupils = [f"P{number}" for number in range(len(ROWS))]
    school.drop("roll.csv", roll([f"{p},Ada,Birch{p},4B,2010-09-01,," for p in [*pupils, "HERE"]]))
    for half in ("AM", "PM"):
        school.drop(
            f"yesterday-{half}.csv", register([(p, "/") for p in [*pupils, "HERE"]], day=YESTERDAY, session=half)
        )
        marks = [row[0 if half == "AM" else 1].replace("blank", "") for row in ROWS]
        school.drop(f"{half}.csv", register([("HERE", "/"), *zip(pupils, marks, strict=True)], session=half))
    answer = school.reconcile("PM", at="13:45")
    return {pupil: pupil_in(answer, pupil)["days_absent"] for pupil in pupils}


@pytest.mark.parametrize(("row", "pupil"), [(row, f"P{number}") for number, row in enumerate(ROWS)])
def test_today_counts_whole_until_the_pupil_is_seen(
    row: tuple[str, str, float, float, bool, int], pupil: str, days_absent: dict[str, dict[str, object]]
) -> None:
    keys = ("spell", "cumulative", "at_least", "since_seen")
    assert days_absent[pupil] == dict(zip(keys, row[2:], strict=True))
