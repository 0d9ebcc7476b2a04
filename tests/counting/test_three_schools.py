"""Three made-up schools through a year: days, sessions and ratings are those that pandas reckons from their exports."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from .at_the_door import Json, a_folder, counts, days_listed, ratings, take_in, verified, write_down
from .made_up_exports import Asked, Export, exports_of, moment_of
from .made_up_school import MadeUpSchool, Visit, made_up_school
from .made_up_year import calendar
from .with_pandas import Reckoning

FIRST_WEEK, AFTER_THE_CLOCKS = (date(2026, 9, 4), "AM"), (date(2026, 10, 28), "PM")
JANUARY, END_OF_MARCH, JUNE = (date(2027, 1, 12), "AM"), (date(2027, 3, 31), "PM"), (date(2027, 6, 16), "AM")
ASKED: tuple[Asked, ...] = (FIRST_WEEK, AFTER_THE_CLOCKS, JANUARY, END_OF_MARCH, JUNE)
RATED = ((1, FIRST_WEEK), (1, AFTER_THE_CLOCKS), (2, FIRST_WEEK), (2, JANUARY), (3, FIRST_WEEK), (3, JUNE))
TOGETHER = 8  # so many files are taken in at a time
EACH = pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0]}-{asked[1]}")


@dataclass
class Lived:
    """A school whose year came in bit by bit, with what was answered on each day that was asked about."""

    seed: int
    folder: Path
    school: MadeUpSchool
    exports: list[Export]
    counted: dict[Asked, dict[str, Json]] = field(default_factory=dict)
    listed: dict[Asked, dict[str, Json]] = field(default_factory=dict)
    reckonings: dict[Asked, Reckoning] = field(default_factory=dict)

    def until(self, asked: Asked) -> tuple[list[Export], list[Visit]]:
        """What had come in, and whom somebody had seen at home, when this was asked."""
        exports = [export for export in self.exports if export.at <= moment_of(asked)]
        return exports, [visit for visit in self.school.visits if visit.day < asked[0]]

    def reckoned(self, asked: Asked) -> Reckoning:
        """The same, reckoned with pandas."""
        if asked not in self.reckonings:
            self.reckonings[asked] = Reckoning(*self.until(asked), calendar(), asked)
        return self.reckonings[asked]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder for the schools of this module."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module", params=(1, 2, 3), ids=lambda seed: f"school-{seed}")
def lived(request: pytest.FixtureRequest, place: Path) -> Lived:
    """A made-up school's year, taken in on many days and asked about on five."""
    seed: int = request.param
    school = made_up_school(seed)
    folder = a_folder(place / f"{seed}", calendar())
    found = Lived(seed, folder, school, exports_of(school, ASKED))
    taken, written = 0, 0
    for asked in ASKED:
        exports, visits = found.until(asked)
        for first in range(taken, len(exports), TOGETHER):
            some = exports[first : first + TOGETHER]
            take_in(folder, some, some[-1].at)
        write_down(folder, visits[written:], moment_of(asked))
        taken, written = len(exports), len(visits)
        found.counted[asked], found.listed[asked] = counts(folder, asked), days_listed(folder, asked)
    return found


def at_once(lived: Lived, asked: Asked, folder: Path) -> Path:
    """The same school where everything came in at the moment of asking: nothing was known there before."""
    exports, visits = lived.until(asked)
    take_in(a_folder(folder, calendar()), exports, moment_of(asked))
    write_down(folder, visits, moment_of(asked))
    return folder


def _only(rows: dict[str, Json], part: str, *keys: str) -> dict[str, Any]:
    return {pupil: {key: row[part][key] for key in keys} for pupil, row in rows.items()}


DAYS = ("spell", "cumulative", "at_least", "since_seen")
SESSIONS = ("possible", "attended", "authorised", "unauthorised")


@EACH
def test_the_same_pupils_are_absent(lived: Lived, asked: Asked) -> None:
    expected = set(lived.reckoned(asked).absent())
    assert set(lived.counted[asked]) == expected
    assert set(lived.listed[asked]) == expected


@EACH
def test_days_of_absence_are_those_reckoned(lived: Lived, asked: Asked) -> None:
    """All but of those who were in this morning and of whose afternoon nothing is known: see test_today.py."""
    apart = lived.reckoned(asked).in_then_not_known()
    expected = {p: row for p, row in lived.reckoned(asked).absent().items() if p not in apart}
    found = {p: row for p, row in lived.counted[asked].items() if p not in apart}
    assert _only(found, "days_absent", *DAYS) == _only(expected, "days_absent", *DAYS)


@EACH
def test_the_lists_say_the_same_days_as_the_report(lived: Lived, asked: Asked) -> None:
    assert lived.listed[asked] == {pupil: row["days_absent"] for pupil, row in lived.counted[asked].items()}


@EACH
def test_sessions_of_the_year_are_those_reckoned(lived: Lived, asked: Asked) -> None:
    expected = lived.reckoned(asked).absent()
    assert _only(lived.counted[asked], "sessions", *SESSIONS) == _only(expected, "sessions", *SESSIONS)


def test_only_sessions_of_the_school_while_on_roll_are_without_a_mark(lived: Lived) -> None:
    """Not days between terms, closures, or days before the pupil came to the school; those without a row as well."""
    for asked in ASKED:
        expected = lived.reckoned(asked).absent()
        assert _only(lived.counted[asked], "sessions", "unmarked") == _only(expected, "sessions", "unmarked"), asked


@pytest.mark.parametrize("asked", [AFTER_THE_CLOCKS, END_OF_MARCH], ids=["october", "march"])
def test_a_moment_that_is_past_shows_what_was_known_then(lived: Lived, asked: Asked) -> None:
    """A year's corrections came in since; a marked day, a roll and a plan of later days must not show."""
    assert counts(lived.folder, asked) == lived.counted[asked]
    assert days_listed(lived.folder, asked) == lived.listed[asked]


def test_the_store_of_a_year_is_whole(lived: Lived) -> None:
    assert verified(lived.folder) == 0


@pytest.fixture(scope="module")
def known_at_once(lived: Lived, place: Path) -> dict[Asked, Path]:
    """The days of this school on which ratings are compared, each with a store that knew nothing before."""
    return {
        asked: at_once(lived, asked, place / f"{lived.seed}-{asked[0]}") for seed, asked in RATED if seed == lived.seed
    }


def test_all_taken_in_at_once_counts_the_same(lived: Lived, known_at_once: dict[Asked, Path]) -> None:
    for asked, folder in known_at_once.items():
        found, expected = counts(folder, asked), lived.counted[asked]
        assert _only(found, "days_absent", *DAYS) == _only(expected, "days_absent", *DAYS)
        assert _only(found, "sessions", *SESSIONS) == _only(expected, "sessions", *SESSIONS)


def test_ratings_are_those_reckoned(lived: Lived, known_at_once: dict[Asked, Path]) -> None:
    for asked, folder in known_at_once.items():
        found = ratings(folder, asked)
        expected = lived.reckoned(asked).ratings()
        assert found == {pupil: rating for pupil, rating in expected.items() if pupil in found}, asked
        assert set(Counter(found.values())) == {"AMBER", "GREEN"}, "both must be there, or nothing is compared"


def test_septembers_first_week_does_not_turn_everybody_amber(lived: Lived, known_at_once: dict[Asked, Path]) -> None:
    """A morning missed of three is a third; only last year's figure makes anybody AMBER yet."""
    reckoned, found = lived.reckoned(FIRST_WEEK), ratings(known_at_once[FIRST_WEEK], FIRST_WEEK)
    sessions = reckoned.sessions_of(2026)
    missed_a_tenth = set(sessions.index[(sessions["authorised"] + sessions["unauthorised"]).gt(0)])
    before = reckoned.sessions_of(2025)
    missed_last_year = before["authorised"] + before["unauthorised"]
    amber = set(before.index[before["possible"].ge(40) & (10 * missed_last_year).ge(before["possible"])])
    assert {pupil for pupil, rating in found.items() if rating == "AMBER"} == amber & set(found)
    assert amber and missed_a_tenth - amber


def test_the_made_up_schools_hold_what_a_year_holds(lived: Lived) -> None:
    """Nothing is compared in vain: halves, long runs, counts that are whole and counts that are at least."""
    rows = [row["days_absent"] for of_day in lived.counted.values() for row in of_day.values()]
    assert {row["at_least"] for row in rows} == {True, False}
    assert any(row["spell"] % 1 for row in rows) and any(row["spell"] > 3 for row in rows)
    assert any(row["cumulative"] > row["spell"] for row in rows)
    marks = {mark for given in lived.school.marks.values() for _, mark in given}
    assert {"/", "\\", "L", "U", "I", "M", "C", "S", "J1", "C2", "X", "V", "B", "D", "K", "N", "O", "G"} <= marks
    assert {"Y1", "#", "", "Q9", "!", "Z"} <= marks and lived.school.never_came
    assert lived.school.signed_in and any(len(given) > 1 for given in lived.school.marks.values())
    forms = {"date" if "mark" in e.rows[0] else e.rows[0].partition(",")[0] for e in lived.exports}
    assert {"date", "week", "pupil_id"} <= forms
    assert len({datetime.date(export.at) for export in lived.exports}) > 20
