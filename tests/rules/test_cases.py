"""When a child is on today's call sheet, by when its list is rung, and who is rung first."""

from pathlib import Path

import pytest

from rules.calling import children_of
from rules.happened import Days, Lived, by
from rules.ratings import FLAGS
from rules.school import School, register, roll
from rules.table import RuleTable

NO, AM, PM = "no", "by Tue 10:00", "by Tue 14:00"

TODAY = RuleTable(
    title="When a child is on the call sheet on Tuesday 24 November 2026, and by when the list is first rung",
    source="Guidance, steps 3 to 6: an open case ends with a sighting, an answer or an explanation",
    columns=("what happened on Tuesday", "asked", "on the call sheet"),
    rows=(
        # unexplained
        ("09:05 N", "09:40", AM),
        ("09:05 I", "09:40", AM),
        ("09:05 O", "09:40", AM),
        ("09:05 N", "10:40", AM),
        ("09:05 N; 09:20 not found", "09:40", AM),
        ("09:05 N; 09:20 voicemail left", "09:40", AM),
        ("09:05 N; 09:20 another adult knows", "09:40", AM),
        ("09:05 N; 09:20 text sent", "09:40", AM),
        ("09:05 N; 09:20 note", "09:40", AM),
        ("09:05 N; 09:20 an agency told", "09:40", AM),
        ("09:05 N; 09:20 a message with the name", "09:40", AM),
        ("09:05 N; 09:20 rated RED", "09:40", AM),
        ("09:05 B; 09:20 not arrived", "09:40", AM),
        ("09:05 /; 09:20 not found", "09:40", AM),
        ("09:05 /; 09:20 signed out", "09:40", AM),
        # nothing known: looked for in school first, and rung from 09:45 on
        ("09:05 blank", "09:40", NO),
        ("09:05 blank", "09:45", NO),
        ("09:05 blank", "09:46", AM),
        ("", "09:20", NO),
        ("", "09:46", AM),
        ("09:05 blank; 09:20 not found", "09:40", AM),
        ("09:05 blank; 09:20 found", "09:46", NO),
        ("09:05 N; 09:05 /", "09:40", AM),
        ("09:05 N; 09:05 /", "09:46", AM),
        # in school, elsewhere, not due
        ("09:05 /", "09:46", NO),
        ("09:05 L", "09:46", NO),
        ("09:05 X", "09:46", NO),
        ("09:05 B", "09:46", NO),
        ("09:05 rated RED; 09:05 X", "09:46", NO),
        # explained
        ("09:05 C", "09:46", NO),
        ("09:05 I (a cold)", "09:46", NO),
        ("09:05 N; 09:20 explained", "09:40", NO),
        ("09:05 N; 09:20 answered", "09:40", NO),
        ("09:05 N; 09:20 a message with the id", "09:40", NO),
        ("09:05 N; 09:20 C planned", "09:40", NO),
        ("09:05 N; 09:20 seen at home", "09:40", NO),
        ("09:05 N; 09:20 explained; 09:30 taken back", "09:40", AM),
        ("09:05 N; 09:20 answered; 09:30 taken back", "09:40", AM),
        ("09:05 N; 09:10 explained, back at 09:20", "09:20", NO),
        ("09:05 N; 09:10 explained, back at 09:20", "09:40", AM),
        ("09:05 N; 09:20 explained, of Monday", "09:40", AM),
        # seen
        ("09:05 N; 09:20 found", "09:40", NO),
        ("09:05 N; 09:20 signed in", "09:40", NO),
        ("09:05 N; 09:20 seen in school", "09:40", NO),
        ("09:05 N; 09:20 found; 09:30 taken back", "09:40", AM),
        ("09:05 N; 09:20 found; 09:30 N", "09:40", NO),
        ("09:05 N; 09:40 found; 10:30 not found", "10:40", AM),
        ("09:05 N; 09:20 signed in; 10:30 signed out", "10:40", AM),
        # a newer export after N: a code that says nothing of the child ends nothing
        ("09:05 N; 09:20 X", "09:40", AM),
        ("09:05 N; 09:20 Z", "09:40", AM),
        ("09:05 N; 09:20 Y3", "09:40", AM),
        ("09:05 N; 09:20 B", "09:40", AM),
        ("09:05 N; 09:20 B; 09:30 arrived", "09:40", NO),
        ("09:05 N; 09:20 blank", "09:40", AM),
        ("09:05 N; 09:20 I", "09:40", AM),
        ("09:05 I; 09:20 X", "09:40", AM),
        ("09:05 N; 09:20 X; 09:30 blank", "09:40", AM),
        ("09:05 N; 09:20 X; 09:30 explained", "09:40", NO),
        ("09:05 N; 09:20 X; 09:30 found", "09:40", NO),
        ("09:05 N; 09:20 X; 09:30 explained; 09:35 taken back", "09:40", AM),
        ("09:05 blank; 09:40 X", "10:00", NO),
        ("09:05 blank; 09:50 X", "10:00", AM),
        ("09:05 blank; 09:50 B", "10:00", AM),
        ("09:05 blank; 09:50 B; 09:55 arrived", "10:00", NO),
        ("09:05 blank; 09:30 arrived; 09:50 B", "10:00", NO),
        ("09:50 X", "10:00", NO),
        ("09:05 /; 09:20 not found; 09:30 X", "09:40", AM),
        ("09:05 N; 09:20 C", "09:40", NO),
        ("09:05 N; 09:20 I (a cold)", "09:40", NO),
        ("09:05 N; 09:20 /", "09:40", NO),
        ("09:05 N; 09:20 /; 09:30 not found", "09:40", AM),
        ("09:05 I (a cold); 09:20 blank", "09:40", NO),
        ("09:05 X; 09:20 N", "09:40", AM),
        # in the afternoon
        ("09:05 /; 13:20 N", "13:40", PM),
        ("09:05 /; 13:20 blank", "13:45", NO),
        ("09:05 /; 13:20 blank", "13:46", PM),
        ("09:05 N", "13:10", AM),
        ("09:05 N; 13:20 N", "13:40", AM),
        ("09:05 N; 13:20 X", "13:40", AM),
        ("09:05 N; 13:20 B", "13:40", AM),
        ("09:05 N; 13:20 blank", "13:40", AM),
        ("09:05 N; 09:20 X; 13:20 X", "13:40", AM),
        ("09:05 blank", "13:10", AM),
        ("09:05 blank; 13:20 X", "13:40", AM),
        ("09:05 N; 13:20 /", "13:40", NO),
        ("09:05 N; 13:20 C", "13:40", NO),
        ("09:05 N; 09:40 explained", "13:10", NO),
        ("09:05 N; 09:40 explained; 13:20 N", "13:40", NO),
        ("09:05 N; 09:40 found; 13:20 N", "13:40", PM),
        ("09:05 N; 09:40 found; 10:30 not found", "13:10", AM),
        ("09:05 /; 10:30 not found; 13:20 X", "13:40", AM),
        ("09:05 I (a cold); 13:20 I", "13:40", NO),
        ("09:05 I (a cold); 13:20 N", "13:40", PM),
    ),
)
DUE = RuleTable(
    title="By when a round is rung, and where rounds begin again: the list holds one number",
    source="Millbrook, calls by 10:00; policy: calls_made_by, and minutes_between_rounds after the next round opens",
    columns=("what happened", "asked", "round", "by"),
    rows=(
        ("09:05 N", "09:40", "1", "Tue 10:00"),
        ("09:05 N; 09:10 rung", "09:40", "2", "Tue 10:00"),
        ("09:05 N; 09:20 rung", "09:40", "2", "Tue 10:00"),
        ("09:05 N; 09:21 rung", "09:40", "2", "Tue 10:01"),
        ("09:05 N; 09:21 rung; 09:30 rung", "09:40", "2", "Tue 10:01"),
        ("09:05 N; 09:50 rung", "09:55", "2", "Tue 10:30"),
        ("09:05 /; 13:20 N", "13:40", "1", "Tue 14:00"),
        ("09:05 /; 13:20 N; 13:21 rung", "13:40", "2", "Tue 14:01"),
        ("09:05 N; 13:10 rung", "13:40", "2", "Tue 13:50"),
        ("09:05 N; 09:10 rung; 13:20 N", "13:40", "2", "Tue 10:00"),
        ("Mon N N", "09:20", "1", "Mon 10:00"),
        ("Mon N N; 09:05 rung", "09:20", "2", "Tue 09:45"),
        ("Mon N N; 09:05 rung; 13:20 N", "13:40", "2", "Tue 09:45"),
        ("Mon N N; Mon 10:00 rung; Mon 11:00 rung", "09:20", "1", "Mon 10:00"),
        ("Mon / N", "09:20", "1", "Mon 14:00"),
        # accounted for, and gone again: from the top
        ("09:05 N; 09:10 rung; 09:30 rung; 09:40 found; 10:30 not found", "10:40", "1", "Tue 10:00"),
        ("09:05 N; 09:10 rung; 09:20 signed in; 10:30 signed out", "10:40", "1", "Tue 10:00"),
        ("09:05 N; 09:10 rung; 09:40 found; 10:30 not found; 10:32 rung", "10:40", "2", "Tue 11:12"),
        ("09:05 N; 09:06 rung; 09:10 explained, back at 09:20", "09:40", "1", "Tue 10:00"),
        ("09:05 N; 09:10 rung; 09:40 found; 13:20 N", "13:40", "1", "Tue 14:00"),
        ("09:05 N; 09:10 rung; 09:20 /; 13:20 N", "13:40", "1", "Tue 14:00"),
        ("09:05 N; 09:10 rung; 09:20 found; 09:30 taken back", "09:40", "2", "Tue 10:00"),
        # a mark or a sighting of the morning is no news of a child that was looked for in vain since
        ("09:05 /; 10:30 not found; 10:32 rung; 13:20 N", "13:40", "2", "Tue 11:12"),
        ("09:05 N; 09:40 found; 10:30 not found; 10:32 rung; 13:20 N", "13:40", "2", "Tue 11:12"),
    ),
)
ORDER = RuleTable(
    title="Who is rung first",
    source="Millbrook, RAG; Guidance, step 8; policy: who is rung first",
    columns=("place", "flag", "born", "this morning"),
    rows=(
        ("1", "child-protection-plan", "2016-05-05", "open since yesterday, now X"),
        ("2", "social-worker", "2014-05-05", "N"),
        ("3", "cannot-summon-help", "2012-05-05", "N"),
        ("4", "walks-alone", "2013-05-05", "N"),
        ("5", "ewo", "2017-05-05", "N"),
        ("6", "young-carer", "2012-05-05", "N"),
        ("7", "", "2018-05-05", "N"),
        ("8", "ehcp", "2015-05-05", "open since yesterday, now blank"),
        ("9", "", "2011-05-05", "N"),
        ("10", "", "", "N"),
        ("not listed", "looked-after", "2016-05-05", "C"),
        ("not listed", "s47", "2016-05-05", "X"),
    ),
)
RULES = (TODAY, DUE, ORDER)
ROWS = tuple(enumerate((*TODAY.rows, *(row[:2] for row in DUE.rows))))
LISTED, DUES = ROWS[: len(TODAY.rows)], tuple(enumerate(DUE.rows, start=len(TODAY.rows)))
YESTERDAY = "2026-11-23"


def _pupil(number: int) -> str:
    return f"P{number:03d}"


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The school in which each row of the first two tables is a child."""
    children = [Lived(_pupil(number), row[0], f"Tue {row[1]}") for number, row in ROWS]
    return Days(tmp_path_factory.mktemp("cases") / "school", children)


@pytest.mark.parametrize(("number", "row"), LISTED, ids=[" | ".join(row[:2]) for _, row in LISTED])
def test_when_a_child_is_on_the_call_sheet(number: int, row: tuple[str, ...], days: Days) -> None:
    child = days.answers[_pupil(number)]
    assert (f"by {by(child)}" if child else NO) == row[2]


@pytest.mark.parametrize(("number", "row"), DUES, ids=[" | ".join(row[:2]) for _, row in DUES])
def test_by_when_a_round_is_rung(number: int, row: tuple[str, ...], days: Days) -> None:
    child = days.answers[_pupil(number)]
    assert child is not None
    assert (str(child["round"]), by(child)) == row[2:]


def test_what_is_said_after_a_call_is_what_the_sheet_says(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("contacts.csv", ["pupil_id,order,name,phone", "P1,1,Sky Moss,07700 900301"])
    school.drop("register.csv", register([("P1", "N")]))
    school.take_in(at="09:05")
    ring = ("call", "P1", "--contact", "1", "--outcome", "no-answer")
    for at in ("09:10", "09:30"):
        school.say(*ring, at=at)
    school.say("check", "P1", "--found", at="09:40")
    school.say("check", "P1", "--not-found", at="10:30")
    said = school.type(*ring, "--by", "A. Officer", at="10:32")
    assert children_of(school, "10:33")["P1"]["opens"][11:16] == "10:52"
    assert "round 2 opens at 10:52" in said.stderr


def test_who_is_rung_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    school = School(tmp_path_factory.mktemp("order") / "school")
    rows = {f"P{99 - number}": row for number, row in enumerate(ORDER.rows)}
    school.drop("roll.csv", roll(f"{p},Kit,Row{p},4B,{born},," for p, (_, _, born, _) in rows.items()))
    school.drop("flags.csv", [FLAGS, *(f"{p},{row[1]},," for p, row in rows.items() if row[1])])
    marks = [(p, "N" if "yesterday" in row[3] else "/") for p, row in rows.items()]
    school.drop("monday.csv", register([*marks], day=YESTERDAY))
    school.take_in(at=f"{YESTERDAY}T09:05")
    today = {p: row[3].rpartition(" ")[2] for p, row in rows.items()}
    school.drop("today.csv", register([(p, "" if mark == "blank" else mark) for p, mark in today.items()]))
    school.take_in(at="09:05")
    assert list(children_of(school, "09:30")) == [p for p, row in rows.items() if row[0] != "not listed"]
