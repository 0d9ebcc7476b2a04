"""From when until when a child is of compulsory school age."""

from datetime import date, timedelta

import pytest

from firstday_cli.domain.school_days import is_of_compulsory_age
from rules.table import RuleTable

RULES = RuleTable(
    title="When school is compulsory",
    source="Education Act 1996, section 8; Education (Start of Compulsory School Age) Order 1998",
    columns=("born", "first day: a prescribed day on or after the fifth birthday", "last day: the last Friday in June"),
    rows=(
        ("2021-03-31", "2026-03-31", "2037-06-26"),
        ("2021-04-01", "2026-08-31", "2037-06-26"),
        ("2021-08-31", "2026-08-31", "2037-06-26"),
        ("2021-09-01", "2026-12-31", "2038-06-25"),
        ("2021-12-31", "2026-12-31", "2038-06-25"),
        ("2022-01-01", "2027-03-31", "2038-06-25"),
        ("2010-08-31", "2015-08-31", "2026-06-26"),
        ("2010-09-01", "2015-12-31", "2027-06-25"),
        ("2011-08-31", "2016-08-31", "2027-06-25"),
        ("2012-06-15", "2017-08-31", "2028-06-30"),
        ("2020-02-29", "2025-03-31", "2036-06-27"),
        ("2016-02-29", "2021-03-31", "2032-06-25"),
    ),
)
A_DAY = timedelta(days=1)


@pytest.mark.parametrize(("born", "first", "last"), RULES.rows)
def test_a_child_is_of_compulsory_age_from_its_first_to_its_last_day(born: str, first: str, last: str) -> None:
    birth, start, end = (date.fromisoformat(text) for text in (born, first, last))
    assert not is_of_compulsory_age(birth, start - A_DAY)
    assert is_of_compulsory_age(birth, start)
    assert is_of_compulsory_age(birth, end)
    assert not is_of_compulsory_age(birth, end + A_DAY)


@pytest.mark.parametrize(("born", "first", "last"), RULES.rows)
def test_the_last_day_is_a_friday_of_the_last_week_of_june(born: str, first: str, last: str) -> None:
    end = date.fromisoformat(last)
    assert (end.weekday(), end.month) == (4, 6) and (end + timedelta(days=7)).month == 7
    assert first[5:] in ("03-31", "08-31", "12-31") and born < first
