"""Which count the face to face goes by, and where days of absence begin again: the two switches of [counting]."""

from itertools import product

import pytest

from rules.days import live_until, marks_in, registers, weekdays
from rules.school import Json, School, pupil_in, roll
from rules.table import RuleTable

CALENDAR = """
[[terms]]
name = "Summer 2026"
first = "2026-07-01"
last = "2026-07-21"

[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[terms]]
name = "Spring 2027"
first = "2027-01-04"
last = "2027-03-25"
"""
TERMS = (("2026-07-01", "2026-07-21"), ("2026-09-02", "2026-12-18"), ("2027-01-04", "2027-01-11"))
BEFORE_CHRISTMAS = "16 Dec 2026 to 18 Dec 2026"
EVER_SINCE = "17 Dec 2026 to 11 Jan 2027"

RULES = RuleTable(
    title="AMBER, marked N on Tuesday 12 January 2027: face to face from the third day of absence",
    source="Millbrook, table: every 3 days of absence; recorded cumulatively. A school may count otherwise.",
    columns=("count", "since", "marked N on", "seen at home with a parent", "spell", "days", "face to face"),
    rows=(
        ("cumulative", "year", "6 Jan 2027; 8 Jan 2027", "", "1", "3", "due"),
        ("spell", "year", "6 Jan 2027; 8 Jan 2027", "", "1", "3", "not yet"),
        ("cumulative", "year", "8 Jan 2027 to 11 Jan 2027", "", "3", "3", "due"),
        ("spell", "year", "8 Jan 2027 to 11 Jan 2027", "", "3", "3", "due"),
        ("spell", "year", "11 Jan 2027", "", "2", "2", "not yet"),
        ("cumulative", "year", BEFORE_CHRISTMAS, "", "1", "4", "due"),
        ("cumulative", "term", BEFORE_CHRISTMAS, "", "1", "1", "not yet"),
        ("spell", "year", BEFORE_CHRISTMAS, "", "1", "4", "not yet"),
        ("cumulative", "year", EVER_SINCE, "", "9", "9", "due"),
        ("cumulative", "term", EVER_SINCE, "", "9", "7", "due"),
        ("cumulative", "year", EVER_SINCE, "Friday 8 January", "9", "2", "not yet"),
        ("spell", "year", EVER_SINCE, "Friday 8 January", "9", "2", "not yet"),
        ("cumulative", "year", EVER_SINCE, "Thursday 7 January", "9", "3", "due"),
        ("spell", "year", EVER_SINCE, "Thursday 7 January", "9", "3", "due"),
        ("cumulative", "year", "16 Jul 2026 to 21 Jul 2026", "", "1", "1", "not yet"),
        ("cumulative", "year", "2 Sep 2026; 3 Sep 2026", "", "1", "3", "due"),
        ("cumulative", "term", "2 Sep 2026; 3 Sep 2026", "", "1", "1", "not yet"),
    ),
)
TODAY = "2027-01-12"
SEEN = {"Friday 8 January": "2027-01-08", "Thursday 7 January": "2027-01-07"}
PUPILS = {f"P{number:02d}": row for number, row in enumerate(RULES.rows, start=1)}
Switches = tuple[str, str]


def _school(place: pytest.TempPathFactory, switches: Switches) -> School:
    """The pupils of the rows with these switches, taken in on the first school day of the year."""
    count, since = switches
    policy = f'[counting]\ncount = "{count}"\nsince = "{since}"\n'
    school = School(place.mktemp("counting") / "school", policy=policy, calendar=CALENDAR, day=TODAY)
    pupils = [pupil for pupil, row in PUPILS.items() if row[:2] == switches]
    days = [day for term in TERMS for day in weekdays(*term)]
    marks = {p: marks_in("; ".join(f"{d} N N" for d in PUPILS[p][2].split("; ")), days) for p in pupils}
    files = {
        "roll.csv": ("2027-01-05T08:00", roll(f"{p},Ivy,Brennan,4B,2016-01-01,," for p in pupils)),
        "flags.csv": ("2027-01-05T08:00", ["pupil_id,flag", *(f"{p},ewo" for p in pupils)]),
        "register.csv": (
            f"{TODAY}T09:05", registers({p: found | {(TODAY, "AM"): "N"} for p, found in marks.items()}),
        ),
    }  # fmt: skip
    seen = {p: SEEN[PUPILS[p][3]] for p in pupils if PUPILS[p][3]}
    said = [(f"{day}T10:00", ("seen", p, "--how", "home", "--with-parent", "--day", day)) for p, day in seen.items()]
    live_until(school, f"{TODAY}T09:40", said, files)
    return school


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[Switches, Json]:
    """What each school says today, by its switches."""
    used = {row[:2] for row in PUPILS.values()}
    switches = [(c, s) for c, s in product(("cumulative", "spell"), ("year", "term")) if (c, s) in used]
    return {both: _school(tmp_path_factory, both).reconcile() for both in switches}


@pytest.mark.parametrize("pupil", PUPILS)
def test_the_count_that_a_school_has_chosen(pupil: str, answers: dict[Switches, Json]) -> None:
    count, since, _, _, spell, cumulative, face_to_face = PUPILS[pupil]
    answer = answers[count, since]
    days = pupil_in(answer, pupil)["days_absent"]
    due = any((duty["pupil_id"], duty["duty"]) == (pupil, "face-to-face") for duty in answer["duties"])
    assert (f"{days['spell']:g}", f"{days['cumulative']:g}") == (spell, cumulative)
    assert due is (face_to_face == "due")


def test_a_spell_runs_over_the_summer_and_the_days_of_last_school_year_do_not_count(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    school = School(tmp_path_factory.mktemp("summer") / "school", calendar=CALENDAR, day="2026-09-03")
    days = list(weekdays("2026-07-01", "2026-07-21"))
    marks = marks_in("20 Jul 2026 to 21 Jul 2026 N N; 2 Sep 2026 to 3 Sep 2026 N N", days)
    del marks["2026-09-03", "PM"]
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", registers({"P1": marks}))
    found = pupil_in(school.reconcile(), "P1")["days_absent"]
    assert (found["spell"], found["cumulative"], found["at_least"]) == (4, 2, False)
