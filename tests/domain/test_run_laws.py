"""Laws of the scheduled runs: whatever the zone and the school's times, each run is made once, at its moment."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstday_cli.domain.machine_times import Clock, Slot, is_london_time, slots
from firstday_cli.domain.policy import Afternoon, Morning, Policy, School
from firstday_cli.domain.runs import daily_runs, run_due, runs_on
from firstday_cli.domain.school_days import LONDON, Calendar, Closure, Half, Term, in_london

CALENDAR = Calendar(
    terms=(Term(name="Always", first=date(2026, 1, 5), last=date(2027, 12, 17)),),
    closures=(
        Closure(first=date(2026, 3, 31), last=date(2026, 3, 31), why="INSET"),
        Closure(first=date(2026, 10, 27), last=date(2026, 10, 27), why="INSET", sessions=(Half.AM,)),
        Closure(first=date(2027, 10, 29), last=date(2027, 10, 29), why="INSET", sessions=(Half.PM,)),
    ),
)
AROUND = (date(2026, 3, 27), date(2026, 10, 23), date(2027, 3, 26), date(2027, 10, 29))  # Fridays: the clocks change
DAYS = 6
ZONES = ("Europe/London", "UTC", "Europe/Paris", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Asia/Tehran")
SHIPPED = Policy(school=School(name="Invented School"))
AT_NIGHT = Policy(
    school=School(name="Invented School", closes=time(23, 20)),
    morning=Morning(registers_in_by=time(0, 40), calls_made_by=time(1, 30), red_report_at=time(2, 0)),
    afternoon=Afternoon(),
)


def clock_of(zone: str) -> Clock:
    return lambda at: at.astimezone(ZoneInfo(zone))


def fired(found: tuple[Slot, ...], zone: str, first: date) -> Iterator[datetime]:
    """The moments at which a scheduler in this zone starts a run; one that the clocks leave out, an hour later."""
    for day in (first + timedelta(days=n) for n in range(-2, DAYS + 2)):
        for slot in found:
            if day.weekday() in slot.weekdays:
                yield datetime.combine(day, slot.at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def made(policy: Policy, starts: list[datetime], first: date) -> list[datetime]:
    """The runs that were made, each at the moment at which it was."""
    last, found = None, []
    for at in sorted(starts):
        now = in_london(at)
        if first <= now.date() < first + timedelta(days=DAYS) and run_due(now, last, policy, CALENDAR):
            found.append(now)
            last = now
    return found


def wanted(policy: Policy, first: date) -> list[datetime]:
    days = (first + timedelta(days=n) for n in range(DAYS))
    return [run.at for day in days for run in runs_on(day, policy, CALENDAR)]


@pytest.mark.parametrize("first", AROUND, ids=str)
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("policy", [SHIPPED, AT_NIGHT], ids=["shipped", "at night"])
def test_each_run_is_made_once_at_its_moment_around_a_change_of_the_clocks(
    policy: Policy, zone: str, first: date
) -> None:
    found = slots(daily_runs(policy), first - timedelta(days=60), (clock_of(zone),))
    assert [at.astimezone(UTC) for at in made(policy, list(fired(found, zone, first)), first)] == [
        at.astimezone(UTC) for at in wanted(policy, first)
    ]


@pytest.mark.parametrize("zone", ZONES[:3])
def test_lines_for_two_clocks_serve_either(zone: str) -> None:
    found = slots(
        daily_runs(SHIPPED), date(2026, 9, 1), (clock_of("Europe/London"), clock_of("UTC"), clock_of("Europe/Paris"))
    )
    for first in AROUND:
        assert made(SHIPPED, list(fired(found, zone, first)), first) == wanted(SHIPPED, first)


def times() -> st.SearchStrategy[time]:
    return st.builds(time, st.integers(0, 23), st.integers(0, 59))


@settings(max_examples=30, deadline=None)
@given(times(), times(), times(), times(), st.sampled_from(ZONES), st.sampled_from(AROUND))
def test_whatever_the_times_no_run_is_lost_and_none_is_made_twice(
    registers: time, calls: time, visits: time, closes: time, zone: str, first: date
) -> None:
    policy = Policy(
        school=School(name="Invented School", closes=closes),
        morning=Morning(registers_in_by=registers, calls_made_by=calls, visits_by=visits),
    )
    found = slots(daily_runs(policy), first - timedelta(days=60), (clock_of(zone),))
    assert made(policy, list(fired(found, zone, first)), first) == wanted(policy, first)


@pytest.mark.parametrize(
    ("zone", "each", "is_london"),
    [
        ("Europe/London", 1, True), ("Europe/Lisbon", 1, True), ("UTC", 2, False), ("Europe/Paris", 1, False),
        ("America/New_York", 2, False), ("Pacific/Auckland", 3, False),
    ],
)  # fmt: skip
def test_a_run_has_a_time_for_every_hour_at_which_it_may_fall(zone: str, each: int, is_london: bool) -> None:
    found = slots(daily_runs(SHIPPED), date(2026, 9, 1), (clock_of(zone),))
    hours = {(slot.shift, slot.at) for slot in found for run in slot.runs if run.at == time(9, 20)}
    assert (len(hours), is_london_time(found)) == (each, is_london)


def test_on_the_other_side_of_the_world_the_afternoon_is_tomorrow() -> None:
    found = slots(daily_runs(SHIPPED), date(2026, 9, 1), (clock_of("Pacific/Auckland"),))
    (three,) = [slot for slot in found if slot.at == time(3, 0) and time(14, 0) in [run.at for run in slot.runs]]
    assert (three.shift, three.weekdays) == (1, (1, 2, 3, 4, 5))


def test_a_moment_is_one_moment_in_whatever_zone_it_is_written() -> None:
    (run, *_) = runs_on(date(2026, 10, 23), SHIPPED, CALENDAR)
    assert run.at.tzinfo is LONDON and run.at.astimezone(UTC).hour == 7
