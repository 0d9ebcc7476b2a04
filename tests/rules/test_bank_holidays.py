"""The bank holidays of England, worked out for any year; and those that a calendar leaves out."""

from datetime import date

import pytest

from firstday_cli.domain.school_days import Calendar, Closure, Half, Term, bank_holidays, bank_holidays_in_term
from rules.table import RuleTable

RULES = RuleTable(
    title="The bank holidays of England",
    source="Banking and Financial Dealings Act 1971, and custom; a day proclaimed, as 8 May 2023, is not known",
    columns=("year", "New Year", "Friday", "Easter Monday", "May", "spring", "summer", "Christmas", "Boxing Day"),
    rows=(
        ("2016", "1 Jan", "25 Mar", "28 Mar", "2 May", "30 May", "29 Aug", "27 Dec", "26 Dec"),  # Christmas on a Sunday
        ("2017", "2 Jan", "14 Apr", "17 Apr", "1 May", "29 May", "28 Aug", "25 Dec", "26 Dec"),
        ("2021", "1 Jan", "2 Apr", "5 Apr", "3 May", "31 May", "30 Aug", "27 Dec", "28 Dec"),  # on a Saturday
        ("2023", "2 Jan", "7 Apr", "10 Apr", "1 May", "29 May", "28 Aug", "25 Dec", "26 Dec"),
        ("2024", "1 Jan", "29 Mar", "1 Apr", "6 May", "27 May", "26 Aug", "25 Dec", "26 Dec"),
        ("2025", "1 Jan", "18 Apr", "21 Apr", "5 May", "26 May", "25 Aug", "25 Dec", "26 Dec"),
        ("2026", "1 Jan", "3 Apr", "6 Apr", "4 May", "25 May", "31 Aug", "25 Dec", "28 Dec"),  # Boxing Day so
        ("2027", "1 Jan", "26 Mar", "29 Mar", "3 May", "31 May", "30 Aug", "27 Dec", "28 Dec"),
        ("2028", "3 Jan", "14 Apr", "17 Apr", "1 May", "29 May", "28 Aug", "25 Dec", "26 Dec"),
    ),
)  # fmt: skip
NAMES = (
    "New Year's Day", "Good Friday", "Easter Monday", "early May bank holiday", "spring bank holiday",
    "summer bank holiday", "Christmas Day", "Boxing Day",
)  # fmt: skip


@pytest.mark.parametrize("row", RULES.rows, ids=lambda row: row[0])
def test_each_year_has_its_eight(row: tuple[str, ...]) -> None:
    found = {name: f"{day.day} {day:%b}" for day, name in bank_holidays(int(row[0])).items()}
    assert tuple(found[name] for name in NAMES) == row[1:]
    assert len(found) == len(NAMES)


@pytest.mark.parametrize("year", range(2020, 2120))
def test_each_is_a_weekday_and_no_two_are_one(year: int) -> None:
    assert len(bank_holidays(year)) == len(NAMES)
    assert all(day.weekday() < 5 for day in bank_holidays(year))


def test_a_calendar_leaves_out_those_on_which_it_has_school_wholly_or_in_half() -> None:
    term = Term(name="Summer 2027", first=date(2027, 4, 12), last=date(2027, 7, 20))
    may, spring = date(2027, 5, 3), date(2027, 5, 31)
    half = Closure(first=may, last=may, why="bank holiday", sessions=(Half.AM,))
    whole = Closure(first=spring, last=spring, why="half term")
    today = date(2027, 4, 20)
    assert list(bank_holidays_in_term(Calendar(terms=(term,)), today)) == [may, spring]
    assert list(bank_holidays_in_term(Calendar(terms=(term,), closures=(half, whole)), today)) == [may]
    assert bank_holidays_in_term(Calendar(terms=(term,), closures=(half, whole)), date(2031, 4, 20)) == {}
