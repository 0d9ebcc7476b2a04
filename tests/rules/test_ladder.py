"""What must be done next for a child, for whom nobody answered: by when, whatever its rating."""

import pytest

from rules.ladder import Ladders, climbers, shown
from rules.table import RuleTable

TWICE = "09:10 rung; 09:30 rung"
BOTH_TWICE = "09:10 rung; 09:12 father rung; 09:33 rung; 09:34 father rung"
WAITING = f"{TWICE}; 10:40 visit no-answer; 10:50 asked; 11:00 no concern; 11:10 referred to attendance team"
PM = "from the afternoon"

RULES = RuleTable(
    title="What must be done next, and by when",
    source="Guidance, steps 5 to 10; Millbrook, RED process: called by 10:00, visits from 10:05, made by 11:45",
    columns=("child, marked N from Tuesday 24 November 2026", "what was done", "asked", "next steps"),
    rows=(
        # the first round
        ("GREEN", "", "09:20", "call 1 10:00"),
        ("AMBER", "", "09:20", "call 1 10:00"),
        ("RED", "", "09:20", "call 1 10:00; visit 11:45 from 10:05"),
        ("GREEN", "", "10:01", "LATE call 1 10:00"),
        ("RED", "", "10:01", "LATE call 1 10:00; visit 11:45 from 10:05"),
        ("GREEN", "09:10 a text", "09:20", "call 1 10:00"),
        ("GREEN", "09:10 a note", "09:20", "call 1 10:00"),
        # the second round
        ("GREEN", "09:10 rung", "09:20", "call 2 10:00"),
        ("GREEN", "09:35 rung", "09:40", "call 2 10:15"),
        ("GREEN", "09:45 rung", "09:50", "call 2 10:25"),
        ("RED", "09:10 rung", "09:20", "call 2 10:00; visit 11:45 from 10:05"),
        ("GREEN, two numbers", "09:10 rung; 09:30 rung", "09:40", "call 1 10:00"),
        ("GREEN, two numbers", "09:10 rung; 09:12 father rung", "09:40", "call 2 10:00"),
        # no reply from anyone: the three questions and a prompt home visit, whatever the rating
        ("GREEN", TWICE, "09:40", "enquire 12:00; visit 12:00"),
        ("AMBER", TWICE, "09:40", "enquire 12:00; visit 12:00"),
        ("RED", TWICE, "09:40", "enquire 11:45; visit 11:45 from 10:05"),
        ("GREEN, cannot summon help", TWICE, "09:40", "enquire 12:00; visit 12:00"),
        ("GREEN, two numbers", BOTH_TWICE, "09:40", "enquire 12:00; visit 12:00"),
        ("GREEN", "09:50 rung; 10:59 rung", "11:30", "enquire 12:00; visit 12:00"),
        ("GREEN", "09:50 rung; 11:20 rung", "11:30", "enquire 12:20; visit 12:20"),
        ("GREEN", f"{TWICE}; 09:35 asked", "09:40", "visit 12:00"),
        ("GREEN", f"{TWICE}; 09:40 a newer list names the father", "09:50", "call 1 10:00; enquire 12:00; visit 12:00"),
        # nobody to ring
        ("GREEN, nobody to ring", "", "09:20", "enquire 12:00; visit 12:00"),
        ("AMBER, number lost", "", "09:20", "enquire 12:00; visit 12:00"),
        ("GREEN, only a number not to be rung", "", "09:20", "enquire 12:00; visit 12:00"),
        ("RED, nobody to ring", "", "09:20", "enquire 11:45; visit 11:45 from 10:05"),
        ("GREEN", "09:10 dead-number", "09:20", "enquire 12:00; visit 12:00"),
        ("GREEN, two numbers", "09:10 dead-number", "09:20", "call 1 10:00"),
        # somebody answers
        ("GREEN", "09:10 answered", "09:20", "nothing"),
        ("RED", "09:10 explained", "09:20", "nothing"),
        ("GREEN", f"{TWICE}; 09:35 answered", "09:40", "nothing"),
        ("GREEN", f"{TWICE}; 09:35 answered; 09:36 taken back", "09:40", "enquire 12:00; visit 12:00"),
        ("GREEN, two numbers", "09:10 other-adult-knows", "09:20", "call 1 10:00"),
        # a danger heard: at once, past every step; the other contacts are rung meanwhile
        ("GREEN, two numbers", "09:10 thought-in-school", "09:20",
         "LATE decide 09:10; LATE tell-police 09:10; call 1 10:00"),
        ("AMBER, two numbers", "09:10 does-not-know-where", "09:20",
         "LATE decide 09:10; LATE tell-police 09:10; call 1 10:00"),
        ("RED, two numbers", "09:10 does-not-know-where", "09:20",
         "LATE decide 09:10; LATE tell-police 09:10; call 1 10:00; visit 11:45 from 10:05"),
        ("GREEN, two numbers", "09:10 child-answered", "09:20", "LATE decide 09:10; call 1 10:00"),
        ("GREEN", "09:10 thought-in-school; 09:15 answered", "09:20", "nothing"),
        # nobody was there by the time for visits
        ("GREEN", "", "12:01", "LATE call 1 10:00; LATE decide 12:00; refer-social-care Wed 12:00"),
        ("GREEN", TWICE, "12:01",
         "LATE decide 12:00; LATE enquire 12:00; LATE visit 12:00; refer-social-care Wed 12:00"),
        ("GREEN", f"{TWICE}; 11:30 staff left, back by 12:30", "12:01",
         "LATE decide 12:00; LATE enquire 12:00; LATE visit 12:00; refer-social-care Wed 12:00"),
        ("GREEN", "", "13:30", "LATE call 1 10:00; LATE decide 12:00; refer-social-care Wed 12:00"),
        # nothing is known, or the place off site has not said that the child came
        ("GREEN, no mark", "", "09:20", "check-in-school 09:45"),
        ("GREEN, no mark", "", "09:50", "LATE check-in-school 09:45; call 1 10:00"),
        ("RED, no mark", "", "09:20", "check-in-school 09:45"),
        ("RED, no mark", "", "09:50", "LATE check-in-school 09:45; call 1 10:00; visit 11:45 from 10:05"),
        ("RED, no mark", "09:10 not found", "09:20", "call 1 10:00; visit 11:45 from 10:05"),
        ("GREEN, off site", "", "09:20", "confirm-arrival 09:45"),
        ("GREEN, off site", "09:10 arrived", "09:20", "nothing"),
        # an absence that begins in the afternoon has the afternoon's times
        (f"GREEN, {PM}", "", "09:20", "nothing"),
        (f"GREEN, {PM}", "", "13:30", "call 1 14:00"),
        (f"RED, {PM}", "", "13:30", "call 1 14:00; visit 15:30"),
        (f"GREEN, {PM}", "13:50 rung", "13:55", "call 2 14:30"),
        (f"AMBER, {PM}", "13:25 rung; 13:45 rung", "13:50", "enquire 15:30; visit 15:30"),
        (f"RED, {PM}", "13:25 rung; 13:45 rung", "13:50", "enquire 15:30; visit 15:30"),
        (f"GREEN, {PM}", "13:50 rung; 14:50 rung", "14:55", "enquire 15:50; visit 15:50"),
        (f"GREEN, {PM}", "", "15:31", "LATE call 1 14:00; LATE decide 15:30; refer-social-care Wed 15:30"),
        # the next day is rung from the top; what is due stays due
        ("GREEN", WAITING, "13:30", "refer-social-care Wed 10:40; chase-acknowledgement Wed 11:10"),
        ("GREEN", WAITING, "Wed 09:20",
         "LATE call 1 Tue 10:00; refer-social-care 10:40; chase-acknowledgement 11:10"),
        ("GREEN", f"{WAITING}; Wed 09:25 rung; Wed 09:45 rung", "Wed 09:50",
         "refer-social-care 10:40; visit 10:45; chase-acknowledgement 11:10"),
        ("GREEN", f"{TWICE}; 10:00 asked", "Wed 09:20",
         "LATE call 1 Tue 10:00; LATE decide Tue 12:00; LATE visit Tue 12:00; refer-social-care 12:00"),
        ("RED", f"{TWICE}; 10:40 visit no-answer; 10:50 asked; 11:00 harm; 11:05 referred to social care", "Wed 09:20",
         "LATE call 1 Tue 10:00; LATE visit Tue 11:45 from Tue 10:05; chase-acknowledgement 11:05"),
    ),
)  # fmt: skip
CHILDREN = climbers(RULES.rows)


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row is a child."""
    return Ladders(tmp_path_factory.mktemp("ladder"), CHILDREN)


@pytest.mark.parametrize("number", range(len(CHILDREN)), ids=shown(RULES.rows))
def test_what_must_be_done_next(number: int, ladder: Ladders) -> None:
    assert ladder.next_of(CHILDREN[number]) == RULES.rows[number][3]


def test_what_is_late_comes_first_then_what_is_due_first(ladder: Ladders) -> None:
    for answer in ladder.answers:
        order = [(not row["overdue"], row["due"]) for row in answer["steps"]]
        assert order == sorted(order)


def test_each_step_stands_there_once(ladder: Ladders) -> None:
    for answer in ladder.answers:
        keys = [(row["pupil_id"], row["step"], row["round"]) for row in answer["steps"]]
        assert len(keys) == len(set(keys))
