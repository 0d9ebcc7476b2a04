"""What each mark is for statistics, by the date of its session: possible or not, attended or missed."""

import json

import pytest

from rules.ratings import flags, plain_roll
from rules.school import CALENDAR, Json, School
from rules.table import RuleTable

BEFORE, AFTER = ("2024-07-01", "2024-07-02"), ("2024-09-09", "2024-09-10")
TWO_YEARS = f"""
[[terms]]
name = "Summer 2024"
first = "2024-04-15"
last = "2024-07-19"

[[terms]]
name = "Autumn 2024"
first = "2024-09-04"
last = "2024-12-20"
{CALENDAR}"""
RULES = RuleTable(
    title="What a mark counts as in the attendance of a year",
    source="Regulations of 2024, in force from 19 August 2024, and the guidance that classes marks for statistics",
    columns=("mark", "on 1 July 2024", "on 9 September 2024"),
    rows=(
        ("/", "attended", "attended"),
        ("\\", "attended", "attended"),
        ("L", "attended", "attended"),
        ("U", "unauthorised", "unauthorised"),
        ("B", "attended", "attended"),
        ("K", "no mark", "attended"),
        ("P", "attended", "attended"),
        ("V", "attended", "attended"),
        ("W", "attended", "attended"),
        ("J", "attended", "no mark"),
        ("J1", "no mark", "authorised"),
        ("D", "not possible", "not possible"),
        ("C", "authorised", "authorised"),
        ("C1", "no mark", "authorised"),
        ("C2", "no mark", "authorised"),
        ("E", "authorised", "authorised"),
        ("F", "no mark", "no mark"),
        ("H", "authorised", "no mark"),
        ("I", "authorised", "authorised"),
        ("M", "authorised", "authorised"),
        ("R", "authorised", "authorised"),
        ("S", "authorised", "authorised"),
        ("T", "authorised", "authorised"),
        ("G", "unauthorised", "unauthorised"),
        ("N", "unauthorised", "unauthorised"),
        ("O", "unauthorised", "unauthorised"),
        ("Q", "no mark", "not possible"),
        ("X", "not possible", "not possible"),
        ("Y", "not possible", "no mark"),
        ("Y1", "no mark", "not possible"),
        ("Y2", "no mark", "not possible"),
        ("Y3", "no mark", "not possible"),
        ("Y4", "no mark", "not possible"),
        ("Y5", "no mark", "not possible"),
        ("Y6", "no mark", "not possible"),
        ("Y7", "no mark", "not possible"),
        ("Z", "not possible", "not possible"),
        ("#", "not possible", "not possible"),
        ("-", "no mark", "no mark"),
        ("blank", "no mark", "no mark"),
        ("Q9", "no mark", "no mark"),
    ),
)  # fmt: skip
IDS = [f"P{number:02d}" for number in range(len(RULES.rows))]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Json]]:
    """The figures of every pupil on the day after each of the two: all are marked N there, to be on the page."""
    school = School(tmp_path_factory.mktemp("possible") / "school", calendar=TWO_YEARS, day=AFTER[1])
    school.drop("roll.csv", plain_roll(IDS))
    school.drop("flags.csv", flags({IDS[0]: "ehcp"}))
    marks = {pupil: "" if row[0] == "blank" else row[0] for pupil, row in zip(IDS, RULES.rows, strict=True)}
    said = [f"{pupil},{day},AM,{mark}" for day, _ in (BEFORE, AFTER) for pupil, mark in marks.items()]
    today = [f"{pupil},{day},AM,N" for _, day in (BEFORE, AFTER) for pupil in IDS]
    school.drop("history.csv", ["pupil_id,date,session,mark", *said, *today])
    school.take_in(at="08:50")
    return {day: _sessions(school, day) for _, day in (BEFORE, AFTER)}


def _sessions(school: School, day: str) -> dict[str, Json]:
    words = ("report", "absence-days", "--format", "json", "--session", "AM", "--day", day)
    said = school.type(*words, at="09:40")
    assert said.exit_code == 0, said.stderr
    return {row["pupil_id"]: row["sessions"] for row in json.loads(said.stdout)["pupils"]}


def _in_words(sessions: Json, elsewhere: int) -> str:
    """What the one mark before today's N counted as; `elsewhere` sessions of the year have no mark in any case."""
    kinds = ("attended", "authorised", "unauthorised")
    assert sessions["possible"] == sum(sessions[kind] for kind in kinds)
    found = [kind for kind in kinds if sessions[kind] - (kind == "unauthorised")]
    return found[0] if found else "no mark" if sessions["unmarked"] > elsewhere else "not possible"


@pytest.mark.parametrize("pupil", IDS, ids=[row[0] for row in RULES.rows])
def test_a_mark_counts_by_the_date_of_its_session(pupil: str, figures: dict[str, dict[str, Json]]) -> None:
    present = IDS[[row[0] for row in RULES.rows].index("/")]
    found = tuple(_in_words(figures[day][pupil], figures[day][present]["unmarked"]) for _, day in (BEFORE, AFTER))
    assert found == RULES.rows[IDS.index(pupil)][1:]
