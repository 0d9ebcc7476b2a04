"""What must be done next for a child over nights, weekends and holidays, whatever a newer export leaves out."""

import pytest

from rules.ladder import STEPS, Ladders, climbers, shown
from rules.table import RuleTable

TWICE = "09:10 rung; 09:30 rung"
FAILED = f"{TWICE}; 10:40 visit no-answer"
AGAIN = (
    f"{FAILED}; 10:50 no concern; 10:55 referred to attendance team; 11:00 attendance team accepted; 11:05 no concern"
)
UNVISITED = "LATE decide Fri 12:00; LATE visit Fri 12:00; refer-social-care 12:00"
BACK = "LATE call 1 Fri 10:00; LATE decide Fri 12:00; LATE visit Fri 12:00; LATE refer-social-care Sat 12:00"
COLUMNS = ("child, marked N from the first day on", "what happened", "asked", "next steps")
SOURCE = "Guidance, steps 6 to 10: no weekend and no holiday ends the search for a child"

WEEKEND = RuleTable(
    title="Next steps over a weekend, of an absence that began on Friday 20 November 2026",
    source=SOURCE,
    columns=COLUMNS,
    rows=(
        ("GREEN", "", "Sat 10:00", "LATE decide Fri 12:00; refer-social-care 12:00"),
        ("GREEN", TWICE, "Sat 10:00", UNVISITED),
        ("RED", TWICE, "Sat 10:00", "LATE decide Fri 11:45; LATE visit Fri 11:45 from Fri 10:05"),
        ("GREEN", TWICE, "Sun 10:00", UNVISITED.replace("ref", "LATE ref").replace("care 1", "care Sat 1")),
        ("GREEN", TWICE, "Mon 08:30", BACK),
        ("GREEN", TWICE, "Mon 09:30", BACK),
        ("GREEN", AGAIN, "Sat 10:00", "refer-social-care 10:40"),
        ("GREEN", AGAIN, "Mon 09:30", "LATE call 1 Fri 10:00; LATE refer-social-care Sat 10:40"),
        ("GREEN", f"{AGAIN}; Sat 11:00 referred to social care", "Sun 10:00",
         "chase-acknowledgement Mon 11:00"),
        ("GREEN", f"{TWICE}; 09:35 child-answered", "Sat 10:00",
         "LATE decide Fri 09:35; LATE visit Fri 12:00; refer-social-care 12:00"),
        ("GREEN", f"{TWICE}; Sat 09:30 visit no-answer", "Sat 10:00", "LATE decide Fri 12:00; refer-social-care 12:00"),
        # an export that leaves the child out closes nothing
        ("GREEN", f"{TWICE}; Sat 09:00 left out of the roll", "Sat 10:00", UNVISITED),
        ("GREEN", f"{TWICE}; Sat 09:00 left out of the contacts", "Sat 10:00", UNVISITED),
        ("RED", f"{TWICE}; Sat 09:00 left out of the flags", "Sat 10:00",
         "LATE decide Fri 11:45; LATE visit Fri 11:45 from Fri 10:05"),
        ("GREEN", f"{TWICE}; Mon 08:00 left out of the register", "Mon 09:30", f"{BACK}; check-in-school 09:45"),
        ("GREEN", f"{TWICE}; Mon 08:00 left out of the roll; Mon 08:10 left out of the register", "Mon 09:30",
         f"{BACK}; check-in-school 09:45"),
        ("GREEN", f"{AGAIN}; Sat 09:00 left out of the roll", "Mon 09:30",
         "LATE call 1 Fri 10:00; LATE refer-social-care Sat 10:40"),
        # seen, or accounted for, on a day without school
        ("GREEN", f"{TWICE}; Sat 11:00 explained", "Sat 11:30", "nothing"),
        ("GREEN", f"{TWICE}; Sat 11:00 answered", "Sat 11:30", "nothing"),
        ("GREEN", f"{TWICE}; Sat 11:00 seen at home", "Sat 11:30", "nothing"),
        ("GREEN", f"{TWICE}; Sat 11:00 child seen", "Sat 11:30", "nothing"),
        ("GREEN", f"{TWICE}; Sat 11:00 child seen", "Mon 08:30", "nothing"),
        ("GREEN", f"{AGAIN}; Sat 11:00 explained", "Mon 08:30", "nothing"),
        ("GREEN", f"{TWICE}; Sat 11:00 explained; Sat 11:10 taken back", "Sat 11:30", UNVISITED),
        # what is no explanation
        ("GREEN", f"{TWICE}; Sat 11:00 rung", "Sat 11:30", UNVISITED),
        ("GREEN", f"{TWICE}; Sat 11:00 a note; Sat 11:05 a text", "Sat 11:30", UNVISITED),
        # still away on Monday: another absence, with its own times
        ("GREEN", f"{TWICE}; Sat 11:00 child seen", "Mon 09:30", "call 1 10:00"),
        ("GREEN", f"{AGAIN}; Sat 11:00 explained", "Mon 09:30", "call 1 10:00"),
        ("GREEN, in school on Mon", TWICE, "Mon 09:30", "nothing"),
    ),
)  # fmt: skip
HOLIDAY = RuleTable(
    title="Next steps over Christmas, of an absence that began on Friday 18 December 2026",
    source=SOURCE,
    columns=COLUMNS,
    rows=(
        ("GREEN", "", "28 Dec 10:00", "LATE decide 18 Dec 12:00; LATE refer-social-care 19 Dec 12:00"),
        ("GREEN", TWICE, "4 Jan 08:30",
         ("LATE call 1 18 Dec 10:00; LATE decide 18 Dec 12:00; LATE visit 18 Dec 12:00; "
         "LATE refer-social-care 19 Dec 12:00")),
        ("GREEN", AGAIN, "28 Dec 10:00", "LATE refer-social-care 19 Dec 10:40"),
        ("GREEN", f"{AGAIN}; 19 Dec 11:00 referred to social care", "28 Dec 10:00",
         "chase-acknowledgement 4 Jan 11:00"),
        ("GREEN", f"{AGAIN}; 19 Dec 11:00 referred to social care; 28 Dec 09:00 social care accepted", "28 Dec 10:00",
         "call 1 4 Jan 10:00"),
        ("GREEN", f"{AGAIN}; 19 Dec 11:00 referred to social care; 28 Dec 09:00 social care refused", "28 Dec 10:00",
         "LATE decide 09:00"),
        ("GREEN", f"{AGAIN}; 19 Dec 09:00 left out of the roll", "28 Dec 10:00",
         "LATE refer-social-care 19 Dec 10:40"),
        ("GREEN", f"{AGAIN}; 28 Dec 09:00 explained", "28 Dec 10:00", "nothing"),
    ),
)  # fmt: skip
RULES = (WEEKEND, HOLIDAY)
FRIDAY = {"Fri": "2026-11-20", "Sat": "2026-11-21", "Sun": "2026-11-22", "Mon": "2026-11-23"}
CHRISTMAS = {"18 Dec": "2026-12-18", "19 Dec": "2026-12-19", "28 Dec": "2026-12-28", "4 Jan": "2027-01-04"}
SHOWN = STEPS - {"enquire"}
OVER_A_WEEKEND, OVER_CHRISTMAS = climbers(WEEKEND.rows), climbers(HOLIDAY.rows)


@pytest.fixture(scope="module")
def weekend(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the first table is a child."""
    return Ladders(tmp_path_factory.mktemp("weekend"), OVER_A_WEEKEND, days=FRIDAY, closed=("Sat", "Sun"))


@pytest.mark.parametrize("number", range(len(OVER_A_WEEKEND)), ids=shown(WEEKEND.rows))
def test_next_steps_over_a_weekend(number: int, weekend: Ladders) -> None:
    assert weekend.next_of(OVER_A_WEEKEND[number], SHOWN) == WEEKEND.rows[number][3]


@pytest.fixture(scope="module")
def christmas(tmp_path_factory: pytest.TempPathFactory) -> Ladders:
    """The schools in which each row of the second table is a child."""
    return Ladders(tmp_path_factory.mktemp("christmas"), OVER_CHRISTMAS, days=CHRISTMAS, closed=("19 Dec", "28 Dec"))


@pytest.mark.parametrize("number", range(len(OVER_CHRISTMAS)), ids=shown(HOLIDAY.rows))
def test_next_steps_over_christmas(number: int, christmas: Ladders) -> None:
    assert christmas.next_of(OVER_CHRISTMAS[number], SHOWN) == HOLIDAY.rows[number][3]
