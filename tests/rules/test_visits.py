"""What a home visit settles, what it asks for, and what it says of when the child was last seen."""

import pytest

from rules.ladder import Ladder, Ladders, climbers, shown
from rules.school import pupil_in
from rules.table import RuleTable

SOURCE = "Guidance, step 9; Millbrook, table: face to face with parent or carer and pupil; KIT, keeping-in-touch visits"
BOTH = "face-to-face 11:45; visit 11:45 from 10:05"
DECIDE = "LATE decide 09:20; face-to-face 11:45"
OUT = "Mon 09:40 staff left, back by 10:30"
STEPS = ("visit", "face-to-face", "decide")

FOUND = RuleTable(
    title="What a home visit settles and what it asks for",
    source=SOURCE,
    columns=("child, marked N on Monday 23 November 2026", "what was found", "asked", "visits and decisions asked for"),
    rows=(
        ("RED, in school on Fri", "", "Mon 09:25", BOTH),
        ("RED, in school on Fri", "Mon 09:20 staff left, back by 10:00", "Mon 09:25", BOTH),
        ("RED, in school on Fri", "Mon 09:20 visit no-access", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit no-answer", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit adult-only", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit refused", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit wrong-address", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit concern", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 visit no-answer, to keep in touch", "Mon 09:25", DECIDE),
        ("RED, in school on Fri", "Mon 09:20 child seen", "Mon 09:25", "face-to-face 11:45"),
        ("RED, in school on Fri", "Mon 09:20 child seen with a parent", "Mon 09:25", "nothing"),
        ("RED, in school on Fri", "Mon 09:20 child seen with a parent, to keep in touch", "Mon 09:25", "nothing"),
        ("RED, in school on Fri", "Mon 09:20 child seen with a parent; Mon 09:22 taken back", "Mon 09:25", BOTH),
        ("RED, in school on Fri", "Mon 09:20 visit no-access; Mon 09:22 child seen with a parent", "Mon 09:25",
         "nothing"),
    ),
)  # fmt: skip
SEEN = RuleTable(
    title="Days of absence after a home visit, on the third day of it",
    source=SOURCE,
    columns=("child, in school on Friday", "what was found on the second day", "asked",
             "days away, since a face to face, since seen"),
    rows=(
        ("GREEN, in school on Fri", "", "Wed 09:30", "3, 3, 3"),
        ("GREEN, in school on Fri", "Tue 11:00 visit no-access", "Wed 09:30", "3, 3, 3"),
        ("GREEN, in school on Fri", "Tue 11:00 visit no-answer", "Wed 09:30", "3, 3, 3"),
        ("GREEN, in school on Fri", "Tue 11:00 visit adult-only", "Wed 09:30", "3, 3, 3"),
        ("GREEN, in school on Fri", "Tue 11:00 visit concern", "Wed 09:30", "3, 3, 3"),
        ("GREEN, in school on Fri", "Tue 11:00 child seen", "Wed 09:30", "3, 3, 1"),
        ("GREEN, in school on Fri", "Tue 11:00 child seen with a parent", "Wed 09:30", "3, 1, 1"),
        ("GREEN, in school on Fri", "Tue 11:00 child seen with a parent, to keep in touch", "Wed 09:30", "3, 1, 1"),
        ("GREEN, in school on Fri", "Tue 11:00 seen at home with a parent", "Wed 09:30", "3, 1, 1"),
    ),
)  # fmt: skip
STAFF = RuleTable(
    title="When it is an alert that staff are not back from a visit",
    source="Practice of schools that visit: two members of staff, who leave with the office when they will be back",
    columns=("child, marked N on Monday 23 November 2026", "what happened", "asked", "alert"),
    rows=(
        ("GREEN, in school on Fri", OUT, "Mon 10:20", "none"),
        ("GREEN, in school on Fri", OUT, "Mon 10:31", "visitors-overdue"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:25 visit no-answer", "Mon 10:40", "none"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:35 visit no-answer", "Mon 10:40", "none"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:35 child seen", "Mon 10:40", "none"),
        # that the child is found, or explained, brings nobody back
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:35 found", "Mon 10:40", "visitors-overdue"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:20 explained", "Mon 10:40", "visitors-overdue"),
        ("GREEN, in school on Fri, in school on Tue", OUT, "Tue 09:30", "visitors-overdue"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:00 taken back", "Mon 10:40", "none"),
        # who comes back may leave again
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:25 visit no-access; Mon 10:30 staff left, back by 11:00",
         "Mon 10:55", "none"),
        ("GREEN, in school on Fri", f"{OUT}; Mon 10:25 visit no-access; Mon 10:30 staff left, back by 11:00",
         "Mon 11:01", "visitors-overdue"),
    ),
)  # fmt: skip
RULES = (FOUND, SEEN, STAFF)
DAYS = {"Fri": "2026-11-20", "Mon": "2026-11-23", "Tue": "2026-11-24", "Wed": "2026-11-25"}
VISITED, COUNTED, LEFT = climbers(FOUND.rows), climbers(SEEN.rows), climbers(STAFF.rows)


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the first table is a child."""
    return Ladders(tmp_path_factory.mktemp("visits"), VISITED, days=DAYS)


@pytest.mark.parametrize("number", range(len(VISITED)), ids=shown(FOUND.rows))
def test_what_a_visit_settles(number: int, visited: Ladders) -> None:
    assert visited.next_of(VISITED[number], STEPS) == FOUND.rows[number][3]


def test_a_visitor_who_is_worried_ends_with_eleven(visited: Ladders) -> None:
    codes = [school.codes for school in visited.schools]
    assert {code for found in codes for code in found["visit concern"]} == {11}
    assert {code for found in codes for what in found if what != "visit concern" for code in found[what]} == {0}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `reconcile` counts on Wednesday for each row of the second table."""
    school = Ladder(tmp_path_factory.mktemp("counted") / "school", COUNTED, days=DAYS)
    answer = school.school.reconcile(at=f"{DAYS['Wed']}T09:30", day=DAYS["Wed"])
    return {child.pupil: _days(pupil_in(answer, child.pupil)["days_absent"]) for child in COUNTED}


def _days(counts: dict[str, float]) -> str:
    return ", ".join(f"{counts[of]:g}" for of in ("spell", "cumulative", "since_seen"))


@pytest.mark.parametrize("number", range(len(COUNTED)), ids=shown(SEEN.rows))
def test_what_a_visit_says_of_the_days_of_absence(number: int, counted: dict[str, str]) -> None:
    assert counted[COUNTED[number].pupil] == SEEN.rows[number][3]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the third table is a child."""
    return Ladders(tmp_path_factory.mktemp("left"), LEFT, days=DAYS)


@pytest.mark.parametrize("number", range(len(LEFT)), ids=shown(STAFF.rows))
def test_staff_who_are_not_back(number: int, left: Ladders) -> None:
    found = left.alerts_of(LEFT[number])
    assert ("visitors-overdue" if "visitors-overdue" in found else "none") == STAFF.rows[number][3]
