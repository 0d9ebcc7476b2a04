"""What the law and the guidance ask a school to look at: one short of the limit, and at the limit."""

import json

import pytest

from rules.days import Marks, as_mark, registers, weekdays
from rules.school import DAY, Json, School, roll
from rules.table import RuleTable

N_OLD, RETURN, SICKNESS, NOTICE = "n-past-five-days", "attendance-return", "sickness-return", "penalty-notice-threshold"
MISSING, GROUND_I, GROUND_H = "missing-ten-days", "ground-i", "ground-h"
SOURCE = "Regulations of 2024 (SI 2024/208); Working together to improve school attendance; penalty notices, 2024"

LIMITS = RuleTable(
    title="Statutory alerts on Tuesday 24 November 2026, after half term and INSET, in school on all days before",
    source=SOURCE,
    columns=("alert", "the last school days, today last", "born", "counted"),
    rows=(
        # a session still N more than five school days after it
        (N_OLD, "1 day N; 5 days /", "2016", ""),
        (N_OLD, "1 day N; 6 days /", "2016", "2"),
        (N_OLD, "1 day N /; 6 days /", "2016", "1"),
        (N_OLD, "6 days N", "2016", ""),
        (N_OLD, "7 days N", "2016", "2"),
        (N_OLD, "1 day O; 6 days /", "2016", ""),
        # ten school days in a row, every session G, N, O or U, of compulsory age
        (RETURN, "9 days N", "2016", ""),
        (RETURN, "10 days N", "2016", "10"),
        (RETURN, "3 days G; 3 days O; 2 days U; 2 days N O", "2016", "10"),
        (RETURN, "5 days N; 1 day N /; 5 days N", "2016", ""),
        (RETURN, "5 days N; 1 day L N; 5 days N", "2016", ""),
        (RETURN, "5 days N; 1 day I; 5 days N", "2016", ""),
        (RETURN, "5 days N; 1 day none; 4 days N", "2016", ""),
        (RETURN, "5 days N; 1 day none; 5 days N", "2016", "10"),
        (RETURN, "10 days N; 1 day /", "2016", ""),
        (RETURN, "10 days N; 1 day /; 9 days N", "2016", ""),
        (RETURN, "10 days N; 1 day /; 10 days N", "2016", "10"),
        (RETURN, "10 days N", "2022", ""),
        (RETURN, "10 days N", "2009", ""),
        (RETURN, "10 days N", "not known", "10"),
        # fifteen days of illness in a school year, in a row or not
        (SICKNESS, "14 days I; 1 day I /", "2016", ""),
        (SICKNESS, "15 days I", "2016", "30"),
        (SICKNESS, "8 days I; 5 days /; 7 days I", "2016", "30"),
        (SICKNESS, "8 days I; 5 days /; 6 days I; 1 day / I", "2016", ""),
        (SICKNESS, "15 days M", "2016", ""),
        # ten sessions G, N, O or U in ten school weeks; the tenth week back begins on 14 September
        (NOTICE, "4 days N; 1 day N /", "2016", ""),
        (NOTICE, "5 days N", "2016", "10"),
        (NOTICE, "1 day G; 1 day /; 2 days O; 9 days /; 1 day U; 1 day N", "2016", "10"),
        (NOTICE, "5 days I", "2016", ""),
        (NOTICE, "5 days G; 41 days /", "2016", "10"),
        (NOTICE, "5 days G; 42 days /", "2016", ""),
        (NOTICE, "5 days G; 42 days /; 1 day / N; 3 days /", "2016", ""),
        # ten days on which nobody knows where the child is
        (MISSING, "9 days N", "2016", ""),
        (MISSING, "10 days N", "2016", "10"),
        (MISSING, "5 days N; 5 days O", "2016", "10"),
        (MISSING, "9 days N; 1 day G", "2016", ""),
        (MISSING, "5 days N; 1 day U N; 5 days N", "2016", ""),
        # twenty school days, every session G, N or O
        (GROUND_I, "19 days N", "2016", ""),
        (GROUND_I, "20 days N", "2016", "20"),
        (GROUND_I, "7 days G; 7 days N; 6 days O", "2016", "20"),
        (GROUND_I, "10 days N; 1 day U N; 10 days N", "2016", ""),
        (GROUND_I, "10 days N; 1 day I N; 10 days N", "2016", ""),
        (GROUND_I, "10 days N; 1 day N /; 10 days N", "2016", ""),
        (GROUND_I, "20 days N; 1 day I", "2016", ""),
        # ten school days after a granted leave, and not back
        (GROUND_H, "1 day C; 9 days N", "2016", ""),
        (GROUND_H, "1 day C; 10 days N", "2016", "10"),
        (GROUND_H, "5 days C; 4 days G; 6 days I", "2016", "10"),
        (GROUND_H, "1 day C; 9 days N; 1 day N /", "2016", ""),
        (GROUND_H, "1 day C; 1 day /; 10 days N", "2016", ""),
        (GROUND_H, "1 day C; 10 days N; 1 day /", "2016", ""),
        (GROUND_H, "1 day M; 10 days N", "2016", ""),
        (GROUND_H, "1 day C2; 10 days N", "2016", ""),
    ),
)  # fmt: skip

SUMMER = RuleTable(
    title="Statutory alerts on Friday 11 September 2026, the eighth day of a new school year",
    source=SOURCE,
    columns=("alert", "up to 21 July", "up to 11 September", "July in the calendar", "counted"),
    rows=(
        (RETURN, "1 day N", "8 days N", "still", ""),
        (RETURN, "2 days N", "8 days N", "still", "10"),
        (RETURN, "2 days N", "8 days N", "no longer", "10"),
        (RETURN, "2 days N", "1 day /; 7 days N", "still", ""),
        (NOTICE, "1 day N", "4 days /; 4 days N", "still", "10"),
        (NOTICE, "1 day / N", "4 days /; 4 days N", "still", ""),
        (NOTICE, "1 day N", "4 days /; 4 days N", "no longer", "10"),
        (N_OLD, "1 day N", "8 days /", "still", "2"),
        (GROUND_I, "11 days N", "8 days N", "still", ""),
        (GROUND_I, "12 days N", "8 days N", "still", "20"),
        (SICKNESS, "10 days I", "5 days I", "still", ""),
        (SICKNESS, "10 days I", "8 days I", "no longer", ""),
    ),
)
RULES = (LIMITS, SUMMER)

AUTUMN = '[[terms]]\nname = "Autumn"\nfirst = "2026-09-02"\nlast = "2026-12-18"\n'
SHUT = """
[[closures]]
first = "2026-10-26"
last = "2026-10-30"
why = "half term"

[[closures]]
first = "2026-11-13"
last = "2026-11-13"
why = "INSET"
"""
JULY = '[[terms]]\nname = "Summer"\nfirst = "2026-06-01"\nlast = "2026-07-21"\n'
CLOSED = frozenset([*weekdays("2026-10-26", "2026-10-30"), "2026-11-13"])
NOVEMBER = [day for day in weekdays("2026-09-02", DAY) if day not in CLOSED]
SEPTEMBER = list(weekdays("2026-09-02", "2026-09-11"))
BEFORE_SUMMER = list(weekdays("2026-06-01", "2026-07-21"))
BORN = {"2016": "2016-01-01", "2022": "2022-01-01", "2009": "2009-01-01", "not known": ""}
LAST = {f"P{number:02d}": row for number, row in enumerate(LIMITS.rows, start=1)}
YEARS = {f"S{number:02d}": row for number, row in enumerate(SUMMER.rows, start=1)}


def _marks(words: str, days: list[str]) -> Marks:
    """The marks of the last of these days, as the words say, and in school on all before."""
    said: list[tuple[str, str]] = []
    for part in words.split("; "):
        number, _, am, *pm = part.split()
        said += [(am, pm[0] if pm else am)] * int(number)
    marks = [("/", "/")] * (len(days) - len(said)) + said
    both = {day: {"AM": am, "PM": pm} for day, (am, pm) in zip(days, marks, strict=True)}
    return {(day, half): as_mark(m, half) for day in days for half, m in both[day].items() if m != "none"}


def _alerts(
    place: pytest.TempPathFactory, calendar: str, of: dict[str, Marks], *, born: dict[str, str], later: str = ""
) -> Json:
    """What the report says after the last day, by pupil and alert, where the calendar may be another by then."""
    day = max(day for marks in of.values() for day, _ in marks)
    school = School(place.mktemp("statutory") / "school", calendar=calendar, day=day)
    school.drop("roll.csv", roll(f"{p},Ivy,Brennan,4B,{born.get(p, '2016-01-01')},," for p in of))
    school.drop("register.csv", registers(of))
    school.take_in(at="15:00")
    if later:
        (school.folder / "calendar.toml").write_text(later, encoding="utf-8")
    said = school.type("report", "statutory-alerts", "--session", "PM", "--format", "json", at="15:00")
    assert said.exit_code == 0, said.stderr
    return {f"{a['pupil_id']} {a['alert']}": a for a in json.loads(said.stdout)["alerts"]}


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """One school with the pupils of the first table."""
    marks = {pupil: _marks(row[1], NOVEMBER) for pupil, row in LAST.items()}
    return _alerts(tmp_path_factory, AUTUMN + SHUT, marks, born={p: BORN[row[2]] for p, row in LAST.items()})


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """The pupils of the second table, by whether July is still in the calendar."""
    found = {}
    for july, later in (("still", ""), ("no longer", AUTUMN)):
        pupils = [pupil for pupil, row in YEARS.items() if row[3] == july]
        marks = {p: _marks(YEARS[p][1], BEFORE_SUMMER) | _marks(YEARS[p][2], SEPTEMBER) for p in pupils}
        found[july] = _alerts(tmp_path_factory, JULY + AUTUMN, marks, born={}, later=later)
    return found


@pytest.mark.parametrize("pupil", LAST)
def test_an_alert_at_its_limit_and_none_below(pupil: str, autumn: Json) -> None:
    alert, _, _, counted = LAST[pupil]
    found = autumn.get(f"{pupil} {alert}")
    assert (str(found["counted"]) if found else "") == counted


@pytest.mark.parametrize("pupil", YEARS)
def test_a_run_crosses_the_summer_and_illness_does_not(pupil: str, september: dict[str, Json]) -> None:
    alert, _, _, july, counted = YEARS[pupil]
    found = september[july].get(f"{pupil} {alert}")
    assert (str(found["counted"]) if found else "") == counted


def test_each_alert_says_who_acts_and_never_that_the_tool_does(autumn: Json) -> None:
    assert all(alert["who"] and alert["source"] and alert["because"] for alert in autumn.values())
    grounds = [alert["who"] for alert in autumn.values() if alert["alert"] in (GROUND_I, GROUND_H)]
    assert all("headteacher" in who and "never the tool" in who for who in grounds)
