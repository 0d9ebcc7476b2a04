"""A tenth is met to the session, on enough sessions only, by last year's figure while this year's are few."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from rules.school import roll

from .at_the_door import Json, a_folder, answer, take_in
from .made_up_exports import Asked, Export
from .made_up_year import EVERY_DAY, HALVES, calendar, halves_open

ASKED: Asked = (date(2026, 10, 8), "PM")
ROWS = (
    # possible and missed this year; possible and missed last year; rating, and whether a short year is shown beside it
    (40, 4, 0, 0, "AMBER", False),
    (40, 3, 0, 0, "GREEN", False),
    (41, 4, 0, 0, "GREEN", False),
    (50, 5, 0, 0, "AMBER", False),
    (49, 5, 60, 0, "AMBER", False),
    (50, 4, 60, 60, "GREEN", False),
    (39, 3, 60, 0, "GREEN", False),
    (39, 39, 60, 0, "GREEN", True),
    (39, 0, 40, 4, "AMBER", False),
    (39, 0, 40, 3, "GREEN", False),
    (39, 0, 41, 4, "GREEN", False),
    (0, 0, 60, 6, "AMBER", False),
    # neither year has enough: nobody is rated on it
    (39, 39, 39, 39, "GREEN", True),
    (10, 1, 0, 0, "GREEN", True),
    (11, 1, 0, 0, "GREEN", False),
    (39, 3, 39, 0, "GREEN", False),
    (0, 0, 0, 0, "GREEN", False),
)
FLAGS = ("pupil_id,flag,since", "P0,interpreter,")


def _marks(pupil: str, first: date, last: date, possible: int, missed: int) -> list[str]:
    """So many sessions with a mark from the first day on, of which the last so many were missed; then not due."""
    sessions = [(day, half) for day in EVERY_DAY if first <= day <= last for half in HALVES if half in halves_open(day)]
    given = ["/"] * (possible - missed) + ["I"] * missed + ["X"] * (len(sessions) - possible)
    return [f"{pupil},{day},{half},{mark}" for (day, half), mark in zip(sessions, given, strict=True)]


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Each row's pupil as rated on the day on which everything was taken in."""
    folder = a_folder(Path(tmp_path_factory.mktemp("tenth")) / "school", calendar())
    marks = ["pupil_id,date,session,mark"]
    for number, (possible, missed, before, missed_before, *_) in enumerate(ROWS):
        marks += _marks(f"P{number}", date(2026, 6, 8), date(2026, 7, 21), before, missed_before)
        marks += _marks(f"P{number}", date(2026, 9, 3), ASKED[0], possible, missed)
    pupils = roll([f"P{number},Ada,Birch{number},4B,2010-09-01,," for number in range(len(ROWS))])
    now = datetime.combine(ASKED[0], time(14, 10))
    files = {"roll.csv": tuple(pupils), "register.csv": tuple(marks), "flags.csv": FLAGS}
    take_in(folder, [Export(name=name, at=now, rows=rows) for name, rows in files.items()], now)
    return {row["pupil_id"]: row for row in answer(folder, ASKED, "rag")["pupils"]}


@pytest.mark.parametrize(("pupil", "row"), [(f"P{number}", row) for number, row in enumerate(ROWS)])
def test_at_least_a_tenth_of_enough_sessions_is_amber(
    pupil: str, row: tuple[int, int, int, int, str, bool], rated: dict[str, Json]
) -> None:
    """A short year that would raise the rating is shown as provisional; the rating is not unsure by it."""
    found = rated[pupil]
    assert (found["rating"], found["provisional"] is not None) == row[4:]
    assert found["unsure"] is False
