"""The scheduled runs: at what times of a school day, on which days, which one is due, and which list was missed."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from firstday_cli.domain.policy import Afternoon, Morning, Policy
from firstday_cli.domain.policy import School as About
from firstday_cli.domain.runs import RUNS, daily_runs, missed_lists, next_runs, run_due, runs_on
from firstday_cli.domain.school_days import LONDON, Calendar, Closure, Half, Term
from rules.table import RuleTable

OF_A_DAY = RuleTable(
    title="The scheduled runs of a school day, by the shipped times",
    source="Millbrook: calls and texts by 10am, report 10.05am, visits by 11:45am, review 10.30am; Policy",
    columns=("time", "what for", "worked out from"),
    rows=(
        ("08:45", "messages, and cases still open", "[morning] registers_in_by - 30"),
        ("09:20", "the morning's list", "[morning] registers_in_by + 5"),
        ("10:00", "who has not been rung in time", "[morning] calls_made_by"),
        ("10:05", "the visits that start now", "[morning] red_report_at"),
        ("10:25", "the page of the daily review", "[morning] rag_review_at - 5"),
        ("11:45", "RED visits not made in time", "[morning] red_visits_by"),
        ("12:00", "other visits not made in time", "[morning] visits_by"),
        ("13:35", "the afternoon's list", "[afternoon] registers_in_by + 5"),
        ("14:00", "who has not been rung in time", "[afternoon] calls_made_by"),
        ("15:30", "what is left before the school closes", "[school] closes"),
        ("16:00", "the handover and the day's summary", "[school] closes + 30"),
    ),
)  # fmt: skip
ON_DAYS = RuleTable(
    title="Which runs a day has",
    source="The school's own calendar; a run of a session that is shut is left out",
    columns=("day", "what the calendar says", "runs", "first", "last"),
    rows=(
        ("2026-10-23", "the Friday before the clocks go back", "11", "08:45", "16:00"),
        ("2026-10-25", "Sunday, the clocks go back", "0", "", ""),
        ("2026-10-26", "half term", "0", "", ""),
        ("2026-11-02", "Monday", "11", "08:45", "16:00"),
        ("2026-11-27", "INSET in the afternoon", "9", "08:45", "16:00"),
        ("2026-12-18", "shut in the morning, the last day of term", "4", "13:35", "16:00"),
        ("2026-12-21", "between two terms", "0", "", ""),
        ("2027-03-26", "the Friday before the clocks go forward", "11", "08:45", "16:00"),
        ("2027-03-28", "Sunday, the clocks go forward", "0", "", ""),
        ("2027-03-29", "Monday in summer time", "11", "08:45", "16:00"),
    ),
)
DUE = RuleTable(
    title="Whether a run is due, and which",
    source="The last run of today that has begun is due until a run was made since; one run serves all before it",
    columns=("now", "the last run that was done", "due"),
    rows=(
        ("2026-11-24T08:44", "never", ""),
        ("2026-11-24T08:45", "never", "08:45"),
        ("2026-11-24T08:44:29", "never", ""),
        ("2026-11-24T08:44:30", "never", "08:45"),  # a scheduler may be a moment early
        ("2026-11-24T09:19", "2026-11-24T08:45:02", ""),
        ("2026-11-24T09:20", "2026-11-24T08:45:02", "09:20"),
        ("2026-11-24T09:20", "2026-11-24T09:19:40", ""),  # that was it
        ("2026-11-24T09:20", "2026-11-24T09:19:20", "09:20"),  # that was not
        ("2026-11-24T09:50", "2026-11-24T09:20:01", ""),  # an hour's line that came early
        ("2026-11-24T10:20", "2026-11-24T10:05:01", ""),  # and one that came late
        ("2026-11-24T10:20", "2026-11-24T10:00:01", "10:05"),  # late, and it makes up for what was missed
        ("2026-11-24T09:05", "2026-11-23T16:00:01", "08:45"),  # early for its own, and it makes up for an earlier one
        ("2026-11-24T09:20", "2026-11-24T09:05:01", "09:20"),  # which takes nothing from its own
        ("2026-11-24T23:59", "2026-11-23T16:00:01", "16:00"),
        ("2026-11-25T00:10", "2026-11-23T16:00:01", ""),  # yesterday's are yesterday's
        ("2026-11-28T09:20", "2026-11-26T16:00:01", ""),  # Saturday
        ("2026-10-27T09:20", "2026-10-23T16:00:01", ""),  # half term
        ("2026-11-27T13:40", "2026-11-27T12:00:01", ""),  # INSET in the afternoon
        ("2026-11-24T09:20", "2026-11-25T09:20:00", "09:20"),  # a clock that was ahead once silences no run
    ),
)
MISSED = RuleTable(
    title="Which lists no run has made in time",
    source="A list is missed where no run was made from its time until its calls are due",
    columns=("the last run that was done", "now", "missed"),
    rows=(
        ("2026-11-24T08:45", "2026-11-24T09:20", ""),
        ("2026-11-24T08:45", "2026-11-24T10:00", ""),
        ("2026-11-24T08:45", "2026-11-24T10:01", "Tue 24 Nov 2026 AM"),
        ("2026-11-24T09:20", "2026-11-24T10:01", ""),
        ("2026-11-24T09:21", "2026-11-24T14:01", "Tue 24 Nov 2026 PM"),
        ("2026-11-24T08:45", "2026-11-25T08:45", "Tue 24 Nov 2026 AM, Tue 24 Nov 2026 PM"),
        ("2026-11-26T16:00", "2026-11-30T08:45", "Fri 27 Nov 2026 AM"),  # INSET that afternoon
        ("2026-10-23T16:00", "2026-11-02T08:45", ""),  # half term, and the clocks went back
        ("2026-12-17T16:00", "2027-01-04T10:30", "Fri 18 Dec 2026 PM, Mon 4 Jan 2027 AM"),
        ("2027-07-01T16:00", "2027-08-01T10:30", "Fri 2 Jul 2027 AM, Fri 2 Jul 2027 PM"),  # the calendar ends there
    ),
)
RULES = (OF_A_DAY, ON_DAYS, DUE, MISSED)

POLICY = Policy(school=About(name="Invented School"))
CALENDAR = Calendar(
    terms=(
        Term(name="Autumn 2026", first=date(2026, 9, 2), last=date(2026, 12, 18)),
        Term(name="Spring 2027", first=date(2027, 1, 4), last=date(2027, 4, 2)),
        Term(name="Summer 2027", first=date(2027, 4, 19), last=date(2027, 7, 2)),
    ),
    closures=(
        Closure(first=date(2026, 10, 26), last=date(2026, 10, 30), why="half term"),
        Closure(first=date(2026, 11, 27), last=date(2026, 11, 27), why="INSET", sessions=(Half.PM,)),
        Closure(first=date(2026, 12, 18), last=date(2026, 12, 18), why="carol service", sessions=(Half.AM,)),
    ),
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def test_the_runs_of_a_day_are_those_of_the_table() -> None:
    assert tuple((f"{run.at:%H:%M}", run.why) for run in daily_runs(POLICY)) == tuple(row[:2] for row in OF_A_DAY.rows)
    said = [
        f"[{r.table}] {r.key}" + (f" {'-' if r.minutes < 0 else '+'} {abs(r.minutes)}" if r.minutes else "")
        for r in RUNS
    ]
    assert said == [row[2] for row in OF_A_DAY.rows]


@pytest.mark.parametrize(("day", "says", "many", "first", "last"), ON_DAYS.rows)
def test_a_day_has_the_runs_of_its_open_sessions(day: str, says: str, many: str, first: str, last: str) -> None:
    found = [f"{run.at:%H:%M}" for run in runs_on(date.fromisoformat(day), POLICY, CALENDAR)]
    assert (str(len(found)), found[0] if found else "", found[-1] if found else "") == (many, first, last), says


@pytest.mark.parametrize(("now", "last", "expected"), DUE.rows)
def test_a_run_is_due_once(now: str, last: str, expected: str) -> None:
    found = run_due(_at(now), None if last == "never" else _at(last), POLICY, CALENDAR)
    assert (f"{found.at:%H:%M}" if found else "") == expected


@pytest.mark.parametrize(("since", "now", "expected"), MISSED.rows)
def test_a_list_that_no_run_made_in_time_is_missed(since: str, now: str, expected: str) -> None:
    assert ", ".join(map(str, missed_lists(_at(since), _at(now), POLICY, CALENDAR))) == expected


def test_runs_of_one_minute_are_one_and_say_all_that_they_are_for() -> None:
    policy = replace(POLICY, morning=Morning(calls_made_by=time(10, 5), rag_review_at=time(10, 10)))
    (ten_five,) = [run for run in daily_runs(policy) if run.at == time(10, 5)]
    assert ten_five.why == "who has not been rung in time; the visits that start now; the page of the daily review"
    assert len(daily_runs(policy)) == len(RUNS) - 2


def test_a_time_with_seconds_is_never_run_before_it_has_come() -> None:
    policy = replace(POLICY, morning=Morning(calls_made_by=time(10, 0, 30)))
    assert time(10, 1) in {run.at for run in daily_runs(policy)}


def test_a_run_that_would_fall_on_another_day_stays_on_its_own() -> None:
    policy = Policy(
        school=About(name="Invented School", closes=time(23, 50)), morning=Morning(registers_in_by=time(0, 10)),
        afternoon=Afternoon(),
    )  # fmt: skip
    times = [run.at for run in daily_runs(policy)]
    assert (times[0], times[1], times[-1]) == (time(0, 0), time(0, 15), time(23, 59))


def test_the_next_runs_pass_over_holidays_and_end_with_the_calendar() -> None:
    found = next_runs(_at("2026-10-23T15:45"), POLICY, CALENDAR, 3)
    assert [run.at.isoformat() for run in found] == [
        "2026-10-23T16:00:00+01:00", "2026-11-02T08:45:00+00:00", "2026-11-02T09:20:00+00:00",
    ]  # fmt: skip
    assert [run.at.hour for run in next_runs(_at("2027-07-02T15:00"), POLICY, CALENDAR, 9)] == [15, 16]
    assert next_runs(_at("2027-07-02T16:00"), POLICY, CALENDAR, 9) == ()
    assert next_runs(_at("2026-08-01T09:00"), POLICY, CALENDAR, 1)[0].at == _at("2026-09-02T08:45")
