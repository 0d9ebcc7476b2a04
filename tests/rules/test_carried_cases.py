"""When a child who was not accounted for on an earlier day is on the call sheet, and since when."""

from pathlib import Path

import pytest

from rules.calling import children_of
from rules.happened import Days, Lived, by, names_its_beginning
from rules.school import School, register, roll
from rules.table import RuleTable

NO, AM, PM = "no", "by Tue 10:00", "by Tue 14:00"
MON, MON_PM, FRI = "by Mon 10:00", "by Mon 14:00", "by Fri 10:00"

RULES = RuleTable(
    title="When a child who was not accounted for on an earlier day is on the call sheet",
    source="Guidance, steps 5 and 6: everybody is called until there is an answer; a night ends no case",
    columns=("what happened", "asked", "on the call sheet"),
    rows=(
        ("Mon N N", "Tue 09:10", MON),
        ("Mon N N; 09:05 N", "Tue 09:40", MON),
        ("Mon N N; 09:05 I", "Tue 09:40", MON),
        ("Mon N N; 09:05 X", "Tue 09:40", MON),
        ("Mon N N; 09:05 B", "Tue 09:40", MON),
        ("Mon N N; 09:05 blank", "Tue 09:40", MON),
        ("Mon N N; 09:05 X", "Tue 13:10", MON),
        ("Mon N N; 09:05 B; 09:20 arrived", "Tue 09:40", NO),
        ("Mon N N; 09:05 /", "Tue 09:40", NO),
        ("Mon N N; 09:05 /; 13:20 N", "Tue 13:40", PM),
        ("Mon N N; 09:05 C", "Tue 09:40", NO),
        ("Mon N N; 09:05 I (a cold)", "Tue 09:40", NO),
        ("Mon N N; 09:05 I (a cold); 13:20 blank", "Tue 13:40", NO),
        ("Mon N N; 09:05 explained", "Tue 09:10", NO),
        ("Mon N N; 09:05 explained; 09:07 taken back", "Tue 09:10", MON),
        ("Mon N N; 09:05 answered", "Tue 09:10", NO),
        ("Mon N N; 09:05 seen at home", "Tue 09:10", NO),
        ("Mon N N; 09:05 found", "Tue 09:10", NO),
        ("Mon N N; 09:05 signed in", "Tue 09:10", NO),
        ("Mon N N; 09:05 voicemail left", "Tue 09:10", "by Tue 09:45"),
        ("Mon N N; 09:05 text sent", "Tue 09:10", MON),
        ("Mon N N; 09:05 a message with the id", "Tue 09:10", NO),
        ("Mon N N; 09:05 a message with the name", "Tue 09:10", MON),
        ("Mon N N; 09:05 note", "Tue 09:10", MON),
        ("Mon N N; left the roll on Monday", "Tue 09:10", MON),
        # explained or seen on its own day: it has ended, and a child still absent opens another
        ("Mon N N; Mon 15:00 explained", "Tue 09:10", NO),
        ("Mon N N; Mon 15:00 explained; 09:05 N", "Tue 09:40", AM),
        ("Mon N N; Mon 15:00 explained; 09:05 X", "Tue 09:40", NO),
        ("Mon N N; Mon 15:00 explained; 09:05 taken back", "Tue 09:10", MON),
        ("Mon N N; Mon 15:00 explained until Tuesday; 09:05 N", "Tue 09:40", NO),
        ("Mon N N; Mon 09:10 explained, back at 09:20", "Tue 09:10", MON),
        ("Mon N N; 09:05 explained, of Monday", "Tue 09:10", NO),
        ("Mon N N; 09:05 explained, of Monday; 09:05 N", "Tue 09:40", AM),
        ("Mon N N; Mon 15:00 answered", "Tue 09:10", NO),
        ("Mon N N; Mon 15:00 found", "Tue 09:10", NO),
        ("Mon N N; Mon 16:00 seen at home", "Tue 09:10", NO),
        ("Mon N N; Mon 16:00 seen at home; 09:05 N", "Tue 09:40", AM),
        ("Mon N N; Mon 10:00 signed in", "Tue 09:10", MON_PM),
        ("Mon N N; Mon 10:00 found", "Tue 09:10", MON_PM),
        ("Mon N /", "Tue 09:10", NO),
        ("Mon / N", "Tue 09:10", MON_PM),
        ("Mon N C", "Tue 09:10", NO),
        ("Mon C C", "Tue 09:10", NO),
        ("Mon 09:05 I (a cold); Mon 13:20 I", "Tue 09:10", NO),
        # nothing known of a session, and nobody looked
        ("Mon N none", "Tue 09:10", MON),
        ("Mon N blank", "Tue 09:10", MON),
        ("Mon blank blank", "Tue 09:10", MON),
        ("Mon / none", "Tue 09:10", MON_PM),
        # what says nothing of the child ends nothing, whenever it came
        ("Mon N X", "Tue 09:10", MON),
        ("Mon N B", "Tue 09:10", MON),
        ("Mon 09:05 N; Mon 09:20 X; Mon 13:20 X", "Tue 09:10", MON),
        ("Mon 09:05 N; Mon 09:20 B; Mon 13:20 B", "Tue 09:10", MON),
        ("Mon 09:05 N; Mon 09:20 blank; Mon 13:20 blank", "Tue 09:10", MON),
        ("Mon 09:05 N; Mon 09:20 X; Mon 13:20 N", "Tue 09:10", MON),
        ("Mon N N; Mon X X read Tue 08:40", "Tue 09:10", MON),
        ("Mon N N; Mon B B read Tue 08:40; 09:05 N", "Tue 09:40", MON),
        ("Mon N N; Mon C C read Tue 08:40", "Tue 09:10", NO),
        ("Mon N N; Mon / / read Tue 08:40", "Tue 09:10", NO),
        # found, and gone again
        ("Mon 09:05 N; Mon 09:40 found; Mon 10:30 not found", "Tue 09:10", MON),
        ("Mon 09:05 N; Mon 09:40 found; Mon 10:30 not found; Mon 13:20 X", "Tue 09:10", MON),
        ("Mon 09:05 /; Mon 10:30 not found; Mon 13:20 X", "Tue 09:10", MON),
        ("Mon 09:05 /; Mon 10:30 signed out; Mon 13:20 X", "Tue 09:10", MON),
        ("Mon 09:05 B; Mon 09:20 not arrived; Mon 13:20 X", "Tue 09:10", MON),
        ("Fri N N; Mon 09:05 N; Mon 09:40 found; Mon 10:30 not found", "Tue 09:10", MON),
        # several days
        ("Fri N N; Mon N N", "Tue 09:10", FRI),
        ("Fri N N; Mon X X", "Tue 09:10", FRI),
        ("Fri N N; Mon B B", "Tue 09:10", FRI),
        ("Fri N N; Mon none none", "Tue 09:10", FRI),
        ("Fri N N; Mon B B; Mon 09:20 arrived", "Tue 09:10", NO),
        ("Fri N N; Mon / /", "Tue 09:10", NO),
        ("Fri N N; Mon / /; 09:05 N", "Tue 09:40", AM),
        ("Fri N N; Mon / N", "Tue 09:10", MON_PM),
        ("Fri N N; Mon C C; 09:05 N", "Tue 09:40", AM),
        ("Fri N N; Mon N N; Mon 15:00 explained; 09:05 N", "Tue 09:40", AM),
        ("Fri N N; Mon 09:05 explained; Mon N N; 09:05 N", "Tue 09:40", AM),
        # a weekend, a day without school, a holiday
        ("Fri N N", "Mon 09:10", FRI),
        ("Fri N N", "Mon 13:10", FRI),
        ("Fri / N; 09:05 N", "Mon 09:40", "by Fri 14:00"),
        ("Tue N N", "25 Nov 10:30", NO),
        ("Tue N N", "26 Nov 09:10", AM),
        ("26 Nov N N; 09:05 N", "27 Nov 10:30", NO),
        ("26 Nov N N", "30 Nov 09:10", "by 26 Nov 10:00"),
        ("18 Dec N N", "4 Jan 09:10", "by 18 Dec 10:00"),
        ("18 Dec N N; 09:05 N", "4 Jan 09:40", "by 18 Dec 10:00"),
        # first read after its own day
        ("Thu N N read Fri 08:30", "Fri 09:10", NO),
        ("Thu N N read Fri 08:30; 09:05 X", "Fri 09:40", NO),
        ("Thu N N read Fri 08:30; 09:05 N", "Fri 09:40", FRI),
    ),
)


def _pupil(number: int) -> str:
    return f"P{number:03d}"


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    """The school in which each row is a child, lived through until January."""
    children = [Lived(_pupil(number), words, asked) for number, (words, asked, _) in enumerate(RULES.rows)]
    return Days(tmp_path_factory.mktemp("carried") / "school", children)


@pytest.mark.parametrize("number", range(len(RULES.rows)), ids=[" | ".join(row[:2]) for row in RULES.rows])
def test_a_case_lives_until_the_child_is_accounted_for(number: int, days: Days) -> None:
    _, asked, expected = RULES.rows[number]
    child = days.answers[_pupil(number)]
    assert (f"by {by(child)}" if child else NO) == expected
    if child and child["round"] == 1:
        assert names_its_beginning(child) is not by(child).startswith(asked[:-6])


def test_a_child_whom_a_newer_roll_leaves_out_is_not_said_to_be_in_school(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    people = ["P1,Ivy,Brennan,4B,2016-01-01,,", "P2,Jo,Fell,4B,2016-01-01,,"]
    school.drop("roll.csv", roll(people))
    school.drop("register.csv", register([("P1", "N"), ("P2", "/")]))
    school.take_in(at="09:05")
    assert list(children_of(school, "09:20")) == ["P1"]
    school.drop("newer-roll.csv", roll(people[1:]))
    school.take_in(at="09:30")
    sheet = school.type("report", "call-sheet", "--format", "text", at="09:40").stdout
    assert "P1" in sheet
    assert "in school" not in next(line for line in sheet.splitlines() if "P1" in line)


def test_a_child_seen_and_then_looked_for_in_vain_is_on_the_sheet_the_next_day(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-05-01,,"]))
    school.drop("am.csv", register([("P1", "I")]))
    school.take_in(at="09:10")
    school.say("check", "P1", "--found", at="13:15")
    school.say("check", "P1", "--not-found", at="13:20")
    school.drop("pm.csv", register([("P1", "X", "", f"{school.day}T13:21")], session="PM"))
    school.take_in(at="13:26")
    assert "P1" in children_of(school, f"{school.day}T13:28")
    assert "P1" in children_of(school, "2026-11-25T09:05")
