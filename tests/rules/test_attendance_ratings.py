"""Ratings by attendance: whole sessions of the school year, last year's figure while this year's is too short."""

from pathlib import Path

import pytest

from rules.ratings import flags, ids_of, named, plain_roll, ratings, sessions_up_to
from rules.school import CALENDAR, DAY, Json, School
from rules.table import RuleTable

MONDAY, LAST_YEAR = "2026-11-23", "2026-07-17"
TWO_YEARS = f'[[terms]]\nname = "Summer 2026"\nfirst = "2026-04-13"\nlast = "2026-07-21"\n{CALENDAR}'
HISTORY = "pupil_id,date,session,mark"

SHARES = RuleTable(
    title="Who is persistently absent, as shipped",
    source="Millbrook, table: persistent absentees; Department for Education: a tenth of possible sessions, or a half",
    columns=("missed this school year", "missed last school year", "rating", "provisional", "because"),
    rows=(
        # a tenth of forty sessions, in whole sessions
        ("4 of 40", "", "AMBER", "no", "persistently"),
        ("3 of 40", "", "GREEN", "no", ""),
        ("0 of 40", "", "GREEN", "no", ""),
        ("4 of 41", "", "GREEN", "no", ""),
        ("5 of 41", "", "AMBER", "no", "persistently"),
        ("5 of 50", "", "AMBER", "no", "persistently"),
        ("5 of 51", "", "GREEN", "no", ""),
        ("40 of 40", "", "AMBER", "no", "persistently, severely"),
        # a half
        ("20 of 40", "", "AMBER", "no", "persistently, severely"),
        ("19 of 40", "", "AMBER", "no", "persistently"),
        ("20 of 41", "", "AMBER", "no", "persistently"),
        ("21 of 41", "", "AMBER", "no", "persistently, severely"),
        # too few sessions to rate by, and nothing to go by of last year
        ("3 of 39", "", "GREEN", "no", ""),
        ("4 of 39", "", "GREEN", "yes", ""),
        ("39 of 39", "", "GREEN", "yes", ""),
        ("1 of 1", "", "GREEN", "yes", ""),
        ("4 of 39", "4 of 39", "GREEN", "yes", ""),
        ("", "", "GREEN", "no", ""),
        # last school year's figure stands in until this year's is long enough
        ("0 of 39", "4 of 40", "AMBER", "no", "persistently"),
        ("0 of 39", "3 of 40", "GREEN", "no", ""),
        ("0 of 39", "20 of 40", "AMBER", "no", "persistently, severely"),
        ("4 of 39", "3 of 40", "GREEN", "yes", ""),
        ("", "4 of 40", "AMBER", "no", "persistently"),
        ("0 of 40", "4 of 40", "GREEN", "no", ""),
        ("4 of 40", "0 of 40", "AMBER", "no", "persistently"),
    ),
)
FALLS = RuleTable(
    title="When a figure recovers, or gives way to this year's, Tuesday 24 November 2026",
    source="Millbrook, authorisation: a rating is lowered by a person",
    columns=("firstday in use", "missed last school year", "by Monday's end", "now", "rating", "lowering is proposed"),
    rows=(
        ("from Monday", "", "4 of 40", "4 of 41", "AMBER", "yes"),
        ("from Monday", "", "4 of 40", "5 of 41", "AMBER", "no"),
        ("from Monday", "", "3 of 40", "3 of 41", "GREEN", "no"),
        ("from Monday", "", "4 of 39", "4 of 40", "AMBER", "no"),
        ("from Monday", "", "20 of 40", "20 of 41", "AMBER", "no"),
        ("from today", "", "4 of 40", "4 of 41", "GREEN", "no"),
        ("from today", "", "4 of 40", "5 of 41", "AMBER", "no"),
        # last school year's figure gives way
        ("from July", "4 of 40", "0 of 38", "0 of 39", "AMBER", "no"),
        ("from July", "4 of 40", "0 of 39", "0 of 40", "AMBER", "yes"),
        ("from July", "3 of 40", "0 of 39", "0 of 40", "GREEN", "no"),
        ("from Monday", "4 of 40", "0 of 39", "0 of 40", "AMBER", "yes"),
        ("from Monday", "4 of 40", "0 of 40", "0 of 41", "GREEN", "no"),
        ("from today", "4 of 40", "0 of 39", "0 of 40", "GREEN", "no"),
    ),
)
UP_TO_NOW = RuleTable(
    title="A figure counts up to and including the session of the moment",
    source="Department for Education: possible sessions up to date; marks entered ahead say nothing yet",
    columns=("missed before today", "this morning", "this afternoon", "rating at 09:40", "rating at 13:40"),
    rows=(
        ("3 of 38", "/", "I", "GREEN", "AMBER"),
        ("3 of 38", "/", "\\", "GREEN", "GREEN"),
        ("3 of 39", "I", "\\", "AMBER", "AMBER"),
        ("3 of 39", "/", "I", "GREEN", "GREEN"),
        ("4 of 39", "/", "\\", "AMBER", "AMBER"),
        ("4 of 40", "/", "\\", "GREEN", "GREEN"),
    ),
)
UNEXPLAINED = RuleTable(
    title="A school's own rule: RED from three sessions that nobody explained",
    source="Guidance, step 8: no explanation is very worrying",
    columns=("marks of this school year, the last one today's", "of last school year", "rating"),
    rows=(
        ("N N N", "", "RED"),
        ("N N /", "", "GREEN"),
        ("N O N", "", "RED"),
        ("O O O", "", "RED"),
        ("N N I", "", "GREEN"),
        ("I I I M C", "", "GREEN"),
        ("N / N / N", "", "RED"),
        ("N N -", "", "GREEN"),
        ("N N", "N N N", "GREEN"),
        ("N N N N", "", "RED"),
    ),
)
RULES = (SHARES, FALLS, UP_TO_NOW, UNEXPLAINED)


def _marks(pupil: str, figure: str, last: str, half: str = "AM") -> list[str]:
    """The pupil's marks up to this session, from a figure like `4 of 40`: the missed sessions come first."""
    missed, _, possible = figure.partition(" of ") if figure else ("0", "", "0")
    days = sessions_up_to(last, int(possible), half)
    return [f"{pupil},{day},{half},{'I' if n < int(missed) else '/'}" for n, (day, half) in enumerate(days)]


def _school(folder: Path, pupils: list[str], *, policy: str = "") -> School:
    """A school of these pupils whose flags are known: none of them has any."""
    school = School(folder, policy=policy, calendar=TWO_YEARS)
    school.drop("roll.csv", plain_roll(pupils))
    school.drop("flags.csv", flags({pupils[0]: "ehcp"}))
    return school


def _because(found: Json) -> str:
    reasons = " ".join(found["because"])
    return ", ".join(word for word in ("persistently", "severely") if word in reasons)


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """A school that takes everything in this morning."""
    pupils = ids_of(SHARES)
    school = _school(tmp_path_factory.mktemp("shares") / "school", pupils)
    lines = [
        line
        for pupil, (now, before, *_) in zip(pupils, SHARES.rows, strict=True)
        for line in (*_marks(pupil, now, DAY), *_marks(pupil, before, LAST_YEAR))
    ]
    school.drop("history.csv", [HISTORY, *lines])
    school.take_in(at="08:50")
    return ratings(school)


@pytest.mark.parametrize("pupil", ids_of(SHARES), ids=named(SHARES, 2))
def test_a_share_of_the_possible_sessions_rates_in_whole_sessions(pupil: str, shares: dict[str, Json]) -> None:
    _, _, rating, provisional, because = SHARES.rows[ids_of(SHARES).index(pupil)]
    found = shares[pupil]
    assert (found["rating"], _because(found)) == (rating, because)
    assert bool(found["provisional"]) is (provisional == "yes")
    assert found["unsure"] is False
    assert found["proposal"] is None


def test_too_few_sessions_say_so_with_the_figure(shares: dict[str, Json]) -> None:
    place = next(n for n, row in enumerate(SHARES.rows) if row[:2] == ("4 of 39", ""))
    assert "4 of 39" in str(shares[ids_of(SHARES)[place]])


@pytest.fixture(scope="module")
def falls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """Schools on Tuesday, each in use since another day; the marks of a day are taken in on that day."""
    found: dict[str, Json] = {}
    for since, first in (("from July", f"{LAST_YEAR}T16:00"), ("from Monday", f"{MONDAY}T16:00"), ("from today", "")):
        rows = {p: row for p, row in zip(ids_of(FALLS), FALLS.rows, strict=True) if row[0] == since}
        school = _school(tmp_path_factory.mktemp("falls") / "school", list(rows))
        school.drop(
            "last-year.csv", [HISTORY, *(line for p, row in rows.items() for line in _marks(p, row[1], LAST_YEAR))]
        )
        if since == "from July":
            assert school.type("ingest", at=first).exit_code == 0
        marks = {p: _up_to_tuesday(p, row[2], row[3]) for p, row in rows.items()}
        school.drop("history.csv", [HISTORY, *(line for lines in marks.values() for line in lines[:-1])])
        if since != "from today":
            assert school.type("ingest", at=f"{MONDAY}T16:00").exit_code == 0
        school.drop("register.csv", [HISTORY, *(lines[-1] for lines in marks.values())])
        school.take_in(at="08:50")
        found |= ratings(school)
    return found


def _up_to_tuesday(pupil: str, monday: str, now: str) -> list[str]:
    """The marks of Monday's figure, then this morning's: missed where the figure of now has one more."""
    before, missed = (figure.partition(" of ")[0] for figure in (monday, now))
    *earlier, today = _marks(pupil, f"{before} of {now.partition(' of ')[2]}", DAY)
    return [*earlier, f"{today.rpartition(',')[0]},{'/' if missed == before else 'I'}"]


@pytest.mark.parametrize("pupil", ids_of(FALLS), ids=named(FALLS, 4))
def test_a_figure_that_recovers_is_a_proposal(pupil: str, falls: dict[str, Json]) -> None:
    *_, rating, proposed = FALLS.rows[ids_of(FALLS).index(pupil)]
    assert falls[pupil]["rating"] == rating
    assert bool(falls[pupil]["proposal"]) is (proposed == "yes")


@pytest.fixture(scope="module")
def both_halves(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Json, Json]]:
    """The same school in the morning and in the afternoon; both sessions' marks came in before."""
    pupils = ids_of(UP_TO_NOW)
    school = _school(tmp_path_factory.mktemp("halves") / "school", pupils)
    lines = [line for p, row in zip(pupils, UP_TO_NOW.rows, strict=True) for line in _marks(p, row[0], MONDAY, "PM")]
    for half, column in (("AM", 1), ("PM", 2)):
        lines += [f"{p},{DAY},{half},{row[column]}" for p, row in zip(pupils, UP_TO_NOW.rows, strict=True)]
    school.drop("history.csv", [HISTORY, *lines])
    school.take_in(at="08:50")
    morning, afternoon = ratings(school, at="09:40"), ratings(school, at="13:40")
    return {pupil: (morning[pupil], afternoon[pupil]) for pupil in pupils}


@pytest.mark.parametrize("pupil", ids_of(UP_TO_NOW), ids=named(UP_TO_NOW, 3))
def test_a_figure_counts_up_to_the_session(pupil: str, both_halves: dict[str, tuple[Json, Json]]) -> None:
    *_, morning, afternoon = UP_TO_NOW.rows[ids_of(UP_TO_NOW).index(pupil)]
    assert [found["rating"] for found in both_halves[pupil]] == [morning, afternoon]


OWN_RULE = '[rag]\nrules = [{ unexplained_at_least = 3, rating = "red", because = "silent too often" }]\n'


@pytest.fixture(scope="module")
def unexplained(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """A school that rates by sessions nobody explained, and takes everything in this morning."""
    pupils = ids_of(UNEXPLAINED)
    school = _school(tmp_path_factory.mktemp("unexplained") / "school", pupils, policy=OWN_RULE)
    lines = [
        f"{pupil},{day},{half},{mark}"
        for pupil, row in zip(pupils, UNEXPLAINED.rows, strict=True)
        for marks, last in ((row[0].split(), DAY), (row[1].split(), LAST_YEAR))
        for mark, (day, half) in zip(marks, sessions_up_to(last, len(marks)), strict=True)
    ]
    school.drop("history.csv", [HISTORY, *lines])
    school.take_in(at="08:50")
    return ratings(school)


@pytest.mark.parametrize("pupil", ids_of(UNEXPLAINED), ids=named(UNEXPLAINED, 2))
def test_sessions_that_nobody_explained_rate_by_the_schools_own_rule(pupil: str, unexplained: dict[str, Json]) -> None:
    found, rating = unexplained[pupil], UNEXPLAINED.rows[ids_of(UNEXPLAINED).index(pupil)][2]
    assert found["rating"] == rating
    assert any("silent too often" in because for because in found["because"]) is (rating == "RED")


def test_a_new_school_year_lowers_nobody_by_itself(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", ["P1"], policy=OWN_RULE)
    school.drop("last-year.csv", [HISTORY, *(f"P1,2026-07-{day},AM,N" for day in (15, 16, 17))])
    assert school.type("ingest", at=f"{LAST_YEAR}T16:00").exit_code == 0
    before = ratings(school, at=f"{LAST_YEAR}T16:00")["P1"]
    school.drop("register.csv", [HISTORY, f"P1,{DAY},AM,/"])
    school.take_in(at="08:50")
    now = ratings(school)["P1"]
    assert [before["rating"], now["rating"]] == ["RED", "RED"]
    assert now["proposal"]


@pytest.mark.parametrize(("least", "expected"), [("10", "AMBER"), ("11", "GREEN")])
def test_a_school_says_how_many_sessions_are_enough(least: str, expected: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school", ["P1"], policy=f"[rag]\nminimum_sessions = {least}\n")
    school.drop("history.csv", [HISTORY, *_marks("P1", "1 of 10", DAY)])
    school.take_in(at="08:50")
    found = ratings(school)["P1"]
    assert (found["rating"], bool(found["provisional"])) == (expected, expected == "GREEN")
