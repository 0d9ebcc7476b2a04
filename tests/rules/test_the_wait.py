"""The further wait before children's social care: when it starts and ends, and what it asks for meanwhile."""

from dataclasses import dataclass

import pytest

from rules.ladder import Ladders, climbers, shown
from rules.table import RuleTable

TWICE = "09:10 rung; 09:30 rung"
SETTLED = "10:50 no concern"
FAILED = f"{TWICE}; 10:40 visit no-answer; {SETTLED}"
AGAIN = "10:50 no concern; 14:00 no concern"
DECIDED_AGAIN = f"{TWICE}; 10:40 visit no-answer; {AGAIN}"
PM = "from the afternoon"
PM_TWICE = "13:25 rung; 13:45 rung"
PM_SETTLED = "14:50 no concern"
COLUMNS = (
    "child, marked N from the first day on",
    "what happened",
    "asked",
    "decisions and referrals asked for",
    "alert",
)
SOURCE = "Guidance, step 10: no response after a further 24 hours of trying to make contact; then social care"
LATE = "LATE refer-social-care"

WEEK = RuleTable(
    title="The further 24 hours, from Tuesday 24 November 2026",
    source=SOURCE,
    columns=COLUMNS,
    rows=(
        # from when two rounds and the first visit have both failed
        ("GREEN", FAILED, "11:10", "refer-social-care Wed 10:40", "none"),
        ("AMBER", FAILED, "11:10", "refer-social-care Wed 10:40", "none"),
        ("GREEN", f"09:10 rung; 09:20 visit no-answer; 09:45 rung; {SETTLED}", "11:10",
         "refer-social-care Wed 09:45", "none"),
        ("GREEN, nobody to ring", f"10:00 visit no-access; {SETTLED}", "11:10",
         "refer-social-care Wed 10:00", "none"),
        ("GREEN", f"{TWICE}; 10:40 visit no-answer; 10:45 visit no-access; {SETTLED}", "11:10",
         "refer-social-care Wed 10:40", "none"),
        # at the latest when visits are due on the first day
        ("GREEN", f"{TWICE}; 11:50 staff left, back by 13:00; 12:30 visit no-answer; 12:35 no concern", "12:50",
         "refer-social-care Wed 12:00", "none"),
        ("GREEN", "", "12:10", "LATE decide 12:00; refer-social-care Wed 12:00", "none"),
        ("GREEN", "11:00 rung; 13:00 rung; 13:30 visit no-answer; 13:35 no concern", "14:00",
         "refer-social-care Wed 12:00", "none"),
        # of an absence that began in the afternoon
        (f"GREEN, {PM}", f"{PM_TWICE}; 14:40 visit no-answer; {PM_SETTLED}", "15:10",
         "refer-social-care Wed 14:40", "vanished"),
        (f"GREEN, {PM}", f"{PM_TWICE}; 15:50 visit no-answer; 15:55 no concern", "Wed 14:30",
         "refer-social-care 15:30", "none"),
        # no later entry moves it
        ("GREEN", f"{FAILED}; 14:00 rung", "14:10", "refer-social-care Wed 10:40", "none"),
        ("GREEN", f"{FAILED}; 14:00 visit no-answer; 14:05 no concern", "14:10", "refer-social-care Wed 10:40", "none"),
        ("GREEN", f"{FAILED}; 14:00 no concern", "14:10", "refer-social-care Wed 10:40", "none"),
        ("GREEN", f"{FAILED}; 14:00 a note; 14:05 a text", "14:10", "refer-social-care Wed 10:40", "none"),
        ("GREEN", f"{FAILED}; 11:30 a newer list names the father; 14:00 father rung", "14:10",
         "refer-social-care Wed 10:40", "none"),
        # it is over: social care, which stays late until somebody refers
        ("GREEN", f"{FAILED}; Wed 09:20 rung; Wed 09:45 rung; Wed 10:00 visit no-answer; Wed 10:05 no concern",
         "Wed 10:45", f"{LATE} 10:40", "none"),
        ("GREEN", (f"{FAILED}; Wed 09:20 rung; Wed 09:45 rung; Wed 10:00 visit no-answer; Wed 10:05 no concern; "
         "Wed 11:00 referred to social care"), "Wed 11:10", "nothing", "none"),
        ("GREEN", f"{FAILED}; Wed 10:50 found", "Wed 11:00", "nothing", "none"),
        ("GREEN", f"{FAILED}; Wed 10:50 explained", "Wed 11:00", "nothing", "none"),
        # a new worry ends it at once
        ("GREEN", f"{FAILED}; 11:30 does-not-know-where", "11:35",
         f"LATE decide 11:30; {LATE} 11:30; LATE tell-police 11:30", "does-not-know-where"),
        ("GREEN", f"{FAILED}; 11:30 visit concern", "11:35", f"LATE decide 11:30; {LATE} 11:30", "none"),
        ("GREEN", f"{FAILED}; 11:20 rung; 11:30 harm", "11:35", f"{LATE} 11:30", "none"),
        ("GREEN", f"{FAILED}; 11:20 rung; 11:30 crime", "11:35", f"{LATE} 11:30; LATE tell-police 11:30", "none"),
        ("GREEN", f"{FAILED}; 11:30 visit concern; 11:40 no concern", "11:45", f"{LATE} 11:30", "none"),
        # never offered
        ("RED", f"{TWICE}; 10:40 visit no-answer; 10:45 harm; 10:46 referred to social care", "12:10",
         "nothing", "none"),
        ("RED", f"{TWICE}; 10:40 visit no-answer", "12:10", "LATE decide 10:40", "none"),
        ("GREEN, cannot summon help", f"{TWICE}; 10:40 visit no-answer", "12:10", "LATE decide 10:40", "none"),
        # somebody must go on trying
        ("GREEN", FAILED, "Wed 10:45", f"{LATE} 10:40", "wait-without-tries"),
        ("GREEN", f"{FAILED}; 14:00 a text; 14:05 a note", "Wed 10:45",
         f"{LATE} 10:40", "wait-without-tries"),
        ("GREEN", f"{FAILED}; 14:00 rung", "Wed 10:45", f"{LATE} 10:40", "none"),
        ("GREEN", f"{FAILED}; 14:00 visit no-answer; 14:05 no concern", "Wed 10:45",
         f"{LATE} 10:40", "none"),
    ),
)  # fmt: skip
BREAKS = RuleTable(
    title="The further 24 hours when there is no school at their end",
    source=f"{SOURCE}; nothing pauses them, and somebody decides before the school closes",
    columns=("from", *COLUMNS),
    rows=(
        # Friday 20 November: over on Saturday
        ("Friday", "GREEN", f"{TWICE}; 10:40 visit no-answer", "10:45",
         "LATE decide 10:40; refer-social-care Sat 10:40", "none"),
        ("Friday", "GREEN", FAILED, "11:10", "decide 15:30; refer-social-care Sat 10:40", "none"),
        ("Friday", "GREEN", FAILED, "15:40", "LATE decide 15:30; refer-social-care Sat 10:40", "none"),
        ("Friday", "GREEN", f"{FAILED}; 14:00 no concern", "14:10", "refer-social-care Sat 10:40", "none"),
        ("Friday", "GREEN", f"{FAILED}; 13:50 rung; 14:00 harm; 14:05 referred to social care", "14:10",
         "nothing", "none"),
        ("Friday", "GREEN", DECIDED_AGAIN, "Sat 09:00", "refer-social-care 10:40", "none"),
        ("Friday", "GREEN", DECIDED_AGAIN, "Sat 11:00", f"{LATE} 10:40",
         "wait-without-tries"),
        ("Friday", "GREEN", f"{DECIDED_AGAIN}; Sat 10:00 rung", "Sun 11:00",
          f"{LATE} Sat 10:40", "none"),
        ("Friday", "GREEN", f"{DECIDED_AGAIN}; 14:30 rung", "Mon 08:30",
          f"{LATE} Sat 10:40", "none"),
        ("Friday", f"GREEN, {PM}", f"{PM_TWICE}; 14:40 visit no-answer; {PM_SETTLED}", "15:10",
         "decide 15:30; refer-social-care Sat 14:40", "vanished"),
        # Thursday 26 November: over on an INSET day
        ("INSET", "GREEN", FAILED, "11:10", "decide 15:30; refer-social-care 27 Nov 10:40", "none"),
        ("INSET", "GREEN", DECIDED_AGAIN, "30 Nov 08:30",
         f"{LATE} 27 Nov 10:40", "wait-without-tries"),
        # Friday 23 October: half-term
        ("half-term", "GREEN", FAILED, "11:10", "decide 15:30; refer-social-care 24 Oct 10:40", "none"),
        ("half-term", "GREEN", f"{DECIDED_AGAIN}; 14:30 rung", "28 Oct 09:00",
         f"{LATE} 24 Oct 10:40", "none"),
        ("half-term", "GREEN", f"{DECIDED_AGAIN}; 14:30 rung", "2 Nov 08:30",
         f"{LATE} 24 Oct 10:40", "none"),
        # 72 hours of a school's own policy, over a change of the clocks
        ("72 hours over the October change", "GREEN", FAILED, "11:10",
         "decide 15:30; refer-social-care 26 Oct 09:40", "none"),
        ("72 hours over the March change", "GREEN", FAILED, "11:10",
         "decide 15:30; refer-social-care 30 Mar 11:40", "none"),
        # 48 and 4 hours of a school's own policy
        ("48 hours", "GREEN", FAILED, "11:10", "refer-social-care 26 Nov 10:40", "none"),
        ("4 hours", "GREEN", FAILED, "11:10", "refer-social-care 14:40", "none"),
        ("6 hours", "GREEN", FAILED, "11:10", "decide 15:30; refer-social-care 16:40", "none"),
    ),
)  # fmt: skip
RULES = (WEEK, BREAKS)
CALENDAR = """
[[terms]]
name = "Spring 2026"
first = "2026-01-05"
last = "2026-03-27"

[[terms]]
name = "Summer 2026"
first = "2026-04-13"
last = "2026-07-21"

[[terms]]
name = "Autumn 2026, first half"
first = "2026-09-02"
last = "2026-10-23"

[[terms]]
name = "Autumn 2026, second half"
first = "2026-11-02"
last = "2026-12-18"

[[closures]]
first = "2026-11-27"
last = "2026-11-27"
why = "INSET"
"""


@dataclass(frozen=True)
class Beginning:
    """When the children of a row were first away: the days of which it speaks, those without school, the wait."""

    days: dict[str, str]
    closed: tuple[str, ...] = ()
    hours: int = 24


TUESDAY = {"Tue": "2026-11-24", "26 Nov": "2026-11-26"}
OCTOBER = {"Fri": "2026-10-23", "24 Oct": "2026-10-24", "26 Oct": "2026-10-26", "28 Oct": "2026-10-28"}
MARCH = {"Fri": "2026-03-27", "30 Mar": "2026-03-30"}
BEGINNINGS = {
    "Friday": Beginning(
        {"Fri": "2026-11-20", "Sat": "2026-11-21", "Sun": "2026-11-22", "Mon": "2026-11-23"}, ("Sat", "Sun")
    ),
    "INSET": Beginning({"26 Nov": "2026-11-26", "27 Nov": "2026-11-27", "30 Nov": "2026-11-30"}, ("27 Nov",)),
    "half-term": Beginning({**OCTOBER, "2 Nov": "2026-11-02"}, ("24 Oct", "26 Oct", "28 Oct")),
    "72 hours over the October change": Beginning(OCTOBER, ("24 Oct", "26 Oct", "28 Oct"), 72),
    "72 hours over the March change": Beginning(MARCH, ("30 Mar",), 72),
    "48 hours": Beginning(TUESDAY, hours=48),
    "4 hours": Beginning(TUESDAY, hours=4),
    "6 hours": Beginning(TUESDAY, hours=6),
}
JUDGED = ("decide", "refer-social-care", "tell-police")
CHILDREN = climbers(WEEK.rows)
OVER_BREAKS = climbers([row[1:] for row in BREAKS.rows])


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the first table is a child."""
    return Ladders(tmp_path_factory.mktemp("wait"), CHILDREN)


@pytest.mark.parametrize("number", range(len(CHILDREN)), ids=shown(WEEK.rows))
def test_the_further_wait(number: int, week: Ladders) -> None:
    child = CHILDREN[number]
    assert (week.next_of(child, JUDGED), week.alerts_of(child)) == WEEK.rows[number][3:]


@pytest.fixture(scope="module")
def breaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ladders]:
    """The schools in which each row of the second table is a child, by when they were first away."""
    found = {}
    for name, begins in BEGINNINGS.items():
        children = [child for child, row in zip(OVER_BREAKS, BREAKS.rows, strict=True) if row[0] == name]
        found[name] = Ladders(
            tmp_path_factory.mktemp("breaks"), children, days=begins.days, closed=begins.closed, calendar=CALENDAR,
            policy=f"[escalation]\nwait_hours = {begins.hours}\n",
        )  # fmt: skip
    return found


@pytest.mark.parametrize("number", range(len(OVER_BREAKS)), ids=[f"{r[0]} | {' | '.join(r[1:4])}" for r in BREAKS.rows])
def test_the_further_wait_over_days_without_school(number: int, breaks: dict[str, Ladders]) -> None:
    child, row = OVER_BREAKS[number], BREAKS.rows[number]
    found = breaks[row[0]]
    assert (found.next_of(child, JUDGED), found.alerts_of(child)) == row[4:]


def test_the_end_is_said_in_londons_time(breaks: dict[str, Ladders]) -> None:
    ends = {}
    for name in ("72 hours over the October change", "72 hours over the March change"):
        child = next(child for child, row in zip(OVER_BREAKS, BREAKS.rows, strict=True) if row[0] == name)
        steps = breaks[name].steps_of(child)
        ends[name] = next(row["due"] for row in steps if row["step"] == "refer-social-care")
    assert list(ends.values()) == ["2026-10-26T09:40:00+00:00", "2026-03-30T11:40:00+01:00"]


def test_a_child_rated_red_in_the_meantime_waits_no_longer(tmp_path_factory: pytest.TempPathFactory) -> None:
    child = climbers([("GREEN", f"{FAILED}; 11:30 rated RED", "11:35")])
    steps = Ladders(tmp_path_factory.mktemp("raised"), child).steps_of(child[0])
    assert [row["overdue"] for row in steps if row["step"] == "refer-social-care"] == [True]
