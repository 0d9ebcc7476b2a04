"""Referrals that people made, what came back, and when an answer is chased."""

import pytest

from rules.ladder import Ladders, climbers, shown
from rules.table import RuleTable

TEAM = "09:10 visit no-answer; 09:15 no concern; 09:20 referred to attendance team"
CARE = "09:10 visit concern; 09:15 harm; 09:20 referred to social care"
POLICE = "09:10 visit concern; 09:15 crime; 09:20 referred to police"
SOURCE = "Guidance, step 10; an authority is to answer a referral within one working day, else it is chased"
CHASE = "chase-acknowledgement"

ANSWERED = RuleTable(
    title="What a referral asks for, and what its answer does",
    source=SOURCE,
    columns=("child, marked N from Tuesday 24 November 2026", "what happened", "asked", "next steps on referrals"),
    rows=(
        ("GREEN", "09:10 visit no-answer; 09:15 no concern", "09:25", "refer-attendance-team 15:30"),
        ("GREEN", "09:10 visit no-answer; 09:15 no concern", "15:31", "LATE refer-attendance-team 15:30"),
        ("GREEN", TEAM, "09:25", f"{CHASE} Wed 09:20"),
        ("GREEN", CARE, "09:25", f"{CHASE} Wed 09:20"),
        ("GREEN", POLICE, "09:25", f"{CHASE} Wed 09:20"),
        ("GREEN", TEAM, "Wed 09:15", f"{CHASE} 09:20"),
        ("GREEN", TEAM, "Wed 09:25", f"LATE {CHASE} 09:20"),
        ("GREEN", f"{TEAM}; 09:40 attendance team accepted", "09:45", "nothing"),
        ("GREEN", f"{TEAM}; 09:40 attendance team no-further-action", "09:45", "nothing"),
        ("GREEN", f"{CARE}; 09:40 social care welfare-call", "09:45", "nothing"),
        ("GREEN", f"{CARE}; 09:40 social care no-further-action", "09:45", "nothing"),
        ("GREEN", f"{CARE}; 09:40 social care accepted; 09:42 taken back", "09:45", f"{CHASE} Wed 09:20"),
        ("GREEN", f"{CARE}; 09:42 taken back", "09:45", "LATE refer-social-care 09:15"),
        # the answer of one says nothing for another
        ("GREEN", f"{CARE}; 09:30 crime; 09:35 referred to police; 09:40 social care accepted", "09:45",
         f"{CHASE} Wed 09:35"),
        ("GREEN", f"{CARE}; 09:30 crime; 09:35 referred to police; 09:40 police accepted", "09:45",
         f"{CHASE} Wed 09:20"),
        # refused: a new decision, and what follows from it
        ("GREEN", f"{TEAM}; 09:40 attendance team refused", "09:45", "LATE decide 09:40"),
        ("GREEN", f"{CARE}; 09:40 social care refused", "09:45", "LATE decide 09:40"),
        ("GREEN", f"{POLICE}; 09:40 police refused", "09:45", "LATE decide 09:40"),
        ("GREEN", f"{TEAM}; 09:40 attendance team refused; 09:42 no concern", "09:45", "refer-attendance-team 15:30"),
        ("GREEN", f"{TEAM}; 09:40 attendance team refused; 09:42 harm", "09:45", "LATE refer-social-care 09:42"),
        ("GREEN", f"{CARE}; 09:40 social care refused; 09:42 harm", "09:45", "LATE refer-social-care 09:42"),
        ("GREEN", f"{POLICE}; 09:40 police refused; 09:42 crime", "09:45", "LATE tell-police 09:42"),
        ("GREEN", f"{CARE}; 09:40 social care refused; 09:42 harm; 09:43 referred to social care", "09:45",
         f"{CHASE} Wed 09:43"),
    ),
)  # fmt: skip
CHASED = RuleTable(
    title="When an answer to a referral is chased, over days without school",
    source=SOURCE,
    columns=("from", "child", "what happened", "asked", "chased"),
    rows=(
        ("Friday", "GREEN", TEAM, "09:25", f"{CHASE} Mon 09:20"),
        ("Friday", "GREEN", TEAM, "Sat 10:00", f"{CHASE} Mon 09:20"),
        ("Friday", "GREEN", TEAM, "Mon 09:25", f"LATE {CHASE} 09:20"),
        ("Friday", "GREEN", f"{TEAM}; Sat 10:00 attendance team accepted", "Sat 10:05", "nothing"),
        ("INSET", "GREEN", TEAM, "27 Nov 10:00", f"{CHASE} 30 Nov 09:20"),
        ("Christmas", "GREEN", CARE, "28 Dec 10:00", f"{CHASE} 4 Jan 09:20"),
        ("Christmas", "GREEN", CARE, "4 Jan 09:25", f"LATE {CHASE} 09:20"),
    ),
)  # fmt: skip
RULES = (ANSWERED, CHASED)
CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[terms]]
name = "Spring 2027"
first = "2027-01-04"
last = "2027-03-25"

[[closures]]
first = "2026-11-27"
last = "2026-11-27"
why = "INSET"
"""
BEGINNINGS = {
    "Friday": ({"Fri": "2026-11-20", "Sat": "2026-11-21", "Mon": "2026-11-23"}, ("Sat",)),
    "INSET": ({"26 Nov": "2026-11-26", "27 Nov": "2026-11-27", "30 Nov": "2026-11-30"}, ("27 Nov",)),
    "Christmas": ({"18 Dec": "2026-12-18", "28 Dec": "2026-12-28", "4 Jan": "2027-01-04"}, ("28 Dec",)),
}
ON_REFERRALS = ("decide", "refer-attendance-team", "refer-social-care", "tell-police", CHASE)
CHILDREN = climbers(ANSWERED.rows)
OVER_BREAKS = climbers([row[1:] for row in CHASED.rows])


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the first table is a child."""
    return Ladders(tmp_path_factory.mktemp("referrals"), CHILDREN)


@pytest.mark.parametrize("number", range(len(CHILDREN)), ids=shown(ANSWERED.rows))
def test_what_a_referral_asks_for(number: int, answered: Ladders) -> None:
    found = answered.next_of(CHILDREN[number], ON_REFERRALS)
    running = f"; refer-social-care {'' if CHILDREN[number].asked.startswith('Wed') else 'Wed '}12:00"
    assert f"; {found}".replace(running, "").removeprefix("; ") == ANSWERED.rows[number][3]


@pytest.fixture(scope="module")
def chased(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ladders]:
    """The schools in which each row of the second table is a child, by when they were first away."""
    found = {}
    for name, (days, closed) in BEGINNINGS.items():
        children = [child for child, row in zip(OVER_BREAKS, CHASED.rows, strict=True) if row[0] == name]
        place = tmp_path_factory.mktemp("chased")
        found[name] = Ladders(place, children, days=days, closed=closed, calendar=CALENDAR)
    return found


@pytest.mark.parametrize("number", range(len(OVER_BREAKS)), ids=[" | ".join(row[:4]) for row in CHASED.rows])
def test_an_answer_is_chased_after_one_school_day(number: int, chased: dict[str, Ladders]) -> None:
    row = CHASED.rows[number]
    assert chased[row[0]].next_of(OVER_BREAKS[number], [CHASE]) == row[4]
