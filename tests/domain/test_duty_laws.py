"""What holds of duties on every morning: a higher rating costs no child a duty, and RED is always seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.small_mornings import (
    A_BIT_OF_EVERYTHING,
    IDS,
    REGISTER,
    TWO_MARKS,
    Marked,
    SmallMorning,
    live,
    small_mornings,
)
from domain.test_laws import LAWS
from rules.days import weekdays
from rules.school import Json, School, standing_of

SOME = settings(LAWS, max_examples=25)
RATINGS = {"GREEN": "ehcp", "AMBER": "ewo", "RED": "social-worker"}
BEFORE = list(weekdays("2026-11-09", "2026-11-23"))
FACE, VOICE = "face-to-face", "daily-contact"
ABSENT = ("unexplained", "explained", "unknown", "not_expected")
TOLD = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother")
Due = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Absences:
    """A small morning of children who each have a rating, and missed so many of the school days before."""

    morning: SmallMorning
    ratings: tuple[str, ...]
    missed: tuple[int, ...]

    def files(self) -> dict[str, list[str]]:
        """Every file of the morning, the flags and the registers of the days before."""
        flags = (f"{pupil},{RATINGS[rating]}" for pupil, rating in zip(IDS, self.ratings, strict=True))
        rows = [
            f"{pupil},{day},{half},{'N' if number >= len(BEFORE) - missed else '/'},"
            for pupil, missed in zip(IDS, self.missed, strict=True)
            for number, day in enumerate(BEFORE)
            for half in ("AM", "PM")
        ]
        return {
            **self.morning.files(),
            "flags.csv": ["pupil_id,flag", *flags],
            "earlier.csv": [REGISTER, *rows],
        }


def _five(of: st.SearchStrategy[str] | st.SearchStrategy[int]) -> st.SearchStrategy[tuple[str | int, ...]]:
    return st.tuples(*[of] * len(IDS))


absences = st.builds(
    Absences, small_mornings(), _five(st.sampled_from(tuple(RATINGS))), _five(st.sampled_from((0, 1, 2, 3, 4, 6, 9)))
)
NOBODY_CAME = SmallMorning(
    "AM", (*(Marked(0, pupil, mark, "") for pupil, mark in zip(IDS, ("C", "N", "I", "X", ""), strict=True)),)
)
LONG_AWAY = Absences(NOBODY_CAME, ("GREEN",) * 5, (4, 4, 9, 9, 4))
ALL_RED = Absences(NOBODY_CAME, ("RED",) * 5, (0, 1, 9, 0, 0))
MIXED = Absences(A_BIT_OF_EVERYTHING, ("RED", "GREEN", "AMBER", "RED", "GREEN"), (0, 9, 4, 2, 9))
IN_DOUBT = Absences(TWO_MARKS, ("RED", "AMBER", "GREEN", "RED", "GREEN"), (3, 3, 9, 0, 0))


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its school."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _lived(what: Absences, place: Path) -> School:
    return live(what.morning, place / str(len(list(place.iterdir()))), what.files())[0]


def _answer(school: School, what: Absences) -> Json:
    """The answer when the time for looking in school is over."""
    return school.reconcile(what.morning.session, at=what.morning.clock(50))


def _due(answer: Json) -> Due:
    return {(duty["pupil_id"], duty["duty"]): duty["due"] for duty in answer["duties"]}


@SOME
@example(what=LONG_AWAY)
@example(what=MIXED)
@given(what=absences)
def test_raising_a_rating_removes_no_duty_and_delays_none(what: Absences, place: Path) -> None:
    school = _lived(what, place)
    before = _due(_answer(school, what))
    now = dict(zip(IDS, what.ratings, strict=True))
    for rating in ("AMBER", "RED"):
        for pupil in [pupil for pupil in IDS if tuple(RATINGS).index(now[pupil]) < tuple(RATINGS).index(rating)]:
            school.say("rate", pupil, rating, "--why", "grandmother is worried", at=what.morning.clock(50))
            now[pupil] = rating
        after = _due(_answer(school, what))
        lost = {(p, d): due for (p, d), due in before.items() if (p, d) not in after or after[p, d] > due}
        assert [(p, d) for p, d in lost if not (d == VOICE and (p, FACE) in after)] == []
        before = after


@SOME
@example(what=ALL_RED)
@example(what=MIXED)
@example(what=IN_DOUBT)
@given(what=absences)
def test_every_absent_red_child_is_owed_a_face_to_face_and_none_later_than_a_green_one(
    what: Absences, place: Path
) -> None:
    answer = _answer(_lived(what, place), what)
    due, now = _due(answer), dict(zip(IDS, what.ratings, strict=True))
    absent = {pupil for pupil in IDS if standing_of(answer, pupil) in ABSENT}
    red = {pupil for pupil in absent if now[pupil] == "RED"}
    assert {pupil for pupil, duty in due if duty == FACE and now[pupil] == "RED"} == red
    assert {pupil for pupil, duty in due if duty == "contact-agencies"} == red
    assert {pupil for pupil, _ in due} <= absent, "whoever is in school, or off site, is owed nothing"
    others = [due[pupil, FACE] for pupil in IDS if now[pupil] != "RED" and (pupil, FACE) in due]
    assert all(due[pupil, FACE] <= other for pupil in red for other in others)


@SOME
@example(what=LONG_AWAY)
@example(what=MIXED)
@given(what=absences)
def test_an_explanation_takes_no_face_to_face_away_and_no_agency(what: Absences, place: Path) -> None:
    school = _lived(what, place)
    before = _due(_answer(school, what))
    for pupil in IDS:
        school.say("explain", pupil, *TOLD, at=what.morning.clock(50))
    after = _due(_answer(school, what))
    assert {key: due for key, due in before.items() if key[1] != VOICE}.items() <= after.items()
