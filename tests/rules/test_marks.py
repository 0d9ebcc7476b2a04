"""The attendance codes: what each says about where the child is, how it is counted, and from when until when."""

from datetime import date, timedelta

import pytest

from firstday_cli.domain.marks import CODES, code_on, tidy
from rules.table import RuleTable

RULES = RuleTable(
    title="What each attendance code means, and when it was in force",
    source="School Attendance (Pupil Registration) (England) Regulations 2024",
    columns=("code", "is treated as", "counts as", "first day", "last day"),
    rows=(
        ("/", "in-school", "present", "", ""),
        ("\\", "in-school", "present", "", ""),
        ("L", "in-school", "present", "", ""),
        ("U", "in-school", "unauthorised absence", "", ""),
        ("K", "off-site", "approved educational activity", "2024-08-19", ""),
        ("V", "off-site", "approved educational activity", "", ""),
        ("P", "off-site", "approved educational activity", "", ""),
        ("W", "off-site", "approved educational activity", "", ""),
        ("B", "off-site", "approved educational activity", "", ""),
        ("D", "off-site", "not a possible attendance", "", ""),
        ("J", "off-site", "approved educational activity", "", "2024-08-18"),
        ("C", "absent", "authorised absence", "", ""),
        ("C1", "absent", "authorised absence", "2024-08-19", ""),
        ("C2", "absent", "authorised absence", "2024-08-19", ""),
        ("M", "absent", "authorised absence", "", ""),
        ("J1", "absent", "authorised absence", "2024-08-19", ""),
        ("S", "absent", "authorised absence", "", ""),
        ("T", "absent", "authorised absence", "", ""),
        ("R", "absent", "authorised absence", "", ""),
        ("I", "absent", "authorised absence", "", ""),
        ("E", "absent", "authorised absence", "", ""),
        ("H", "absent", "authorised absence", "", "2024-08-18"),
        ("F", "absent", "authorised absence", "", "2013-08-31"),
        ("I01", "absent", "authorised absence", "2020-01-01", "2022-12-31"),
        ("I02", "absent", "authorised absence", "2020-01-01", "2022-12-31"),
        ("G", "absent", "unauthorised absence", "", ""),
        ("N", "absent", "unauthorised absence", "", ""),
        ("O", "absent", "unauthorised absence", "", ""),
        ("Q", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y", "absent", "not a possible attendance", "", "2024-08-18"),
        ("Y1", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y2", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y5", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y6", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y7", "absent", "not a possible attendance", "2024-08-19", ""),
        ("Y3", "closed", "not a possible attendance", "2024-08-19", ""),
        ("Y4", "closed", "not a possible attendance", "2024-08-19", ""),
        ("#", "closed", "not collected", "", ""),
        ("X", "not-due", "not a possible attendance", "", ""),
        *((f"X0{n}", "not-due", "not a possible attendance", "2020-01-01", "2022-12-31") for n in range(1, 8)),
        ("Z", "not-due", "not collected", "", ""),
        ("-", "no-mark", "not collected", "", ""),
    ),
)
NO_CODES = ("", *"016789!&@$A|", "!Q", "Q9", "N/A", "X1", "C3", "Y8", "ABSENT")
A_DAY = timedelta(days=1)
LONG_AGO, TODAY = date(2010, 9, 1), date(2026, 11, 24)


@pytest.mark.parametrize(("code", "treatment", "counts_as", "first", "last"), RULES.rows)
def test_a_code_is_what_the_regulations_say_on_its_first_and_last_day(
    code: str, treatment: str, counts_as: str, first: str, last: str
) -> None:
    for day in (date.fromisoformat(first) if first else LONG_AGO, date.fromisoformat(last) if last else TODAY):
        found = code_on(code, day)
        assert found is not None, f"{code} is in force on {day}"
        assert (found.treatment, found.counts_as) == (treatment, counts_as)


@pytest.mark.parametrize(("code", "_treatment", "_counts_as", "first", "last"), RULES.rows)
def test_a_code_is_none_the_day_before_it_begins_and_the_day_after_it_ends(
    code: str, _treatment: str, _counts_as: str, first: str, last: str
) -> None:
    if first:
        assert code_on(code, date.fromisoformat(first) - A_DAY) is None
    if last:
        assert code_on(code, date.fromisoformat(last) + A_DAY) is None


def test_the_table_has_every_code_and_no_other() -> None:
    assert sorted(row[0] for row in RULES.rows) == sorted(code.code for code in CODES)


@pytest.mark.parametrize("mark", NO_CODES)
def test_a_local_or_mistyped_mark_is_no_code(mark: str) -> None:
    assert code_on(mark, TODAY) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [(" n ", "N"), ("l", "L"), ("y1", "Y1"), ("\t/", "/"), ("\\", "\\"), ("#", "#"), ("0", "0"), ("o", "O"), ("", "")],
)
def test_a_mark_is_trimmed_and_put_in_capitals_and_otherwise_left_alone(written: str, read: str) -> None:
    assert tidy(written) == read


@pytest.mark.parametrize("letter", ["ſ", "ı", "Ｎ", "С", "Е"])
def test_a_letter_that_only_looks_like_a_code_is_none(letter: str) -> None:
    assert code_on(tidy(letter), TODAY) is None
