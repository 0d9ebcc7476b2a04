"""London's day, clock and half, whatever zone a moment is written in."""

from datetime import datetime
from pathlib import Path

import pytest

from rules.school import School, register, roll
from rules.table import RuleTable

RULES = RuleTable(
    title="Which session a moment belongs to, on London's clock",
    source="Millbrook, all times are the school's; the afternoon starts at 12:30",
    columns=("moment", "day", "session", "as of"),
    rows=(
        ("2026-11-24T12:29:59", "2026-11-24", "AM", "2026-11-24T12:29:59+00:00"),
        ("2026-11-24T12:30", "2026-11-24", "PM", "2026-11-24T12:30:00+00:00"),
        ("2026-11-24T12:29:59+00:00", "2026-11-24", "AM", "2026-11-24T12:29:59+00:00"),
        ("2026-11-24T13:29+01:00", "2026-11-24", "AM", "2026-11-24T12:29:00+00:00"),
        ("2026-11-24T07:30-05:00", "2026-11-24", "PM", "2026-11-24T12:30:00+00:00"),
        # summer time: London is an hour ahead
        ("2026-10-20T12:29", "2026-10-20", "AM", "2026-10-20T12:29:00+01:00"),
        ("2026-10-20T11:29:00Z", "2026-10-20", "AM", "2026-10-20T12:29:00+01:00"),
        ("2026-10-20T11:30:00Z", "2026-10-20", "PM", "2026-10-20T12:30:00+01:00"),
        ("2026-10-19T23:30:00Z", "2026-10-20", "AM", "2026-10-20T00:30:00+01:00"),
        # the Monday after the clocks went back
        ("2026-10-26T11:30:00Z", "2026-10-26", "AM", "2026-10-26T11:30:00+00:00"),
        ("2026-10-26T12:30:00Z", "2026-10-26", "PM", "2026-10-26T12:30:00+00:00"),
    ),
)


@pytest.mark.parametrize(("moment", "day", "session", "as_of"), RULES.rows)
def test_a_moment_belongs_to_the_day_and_session_of_londons_clock(
    moment: str, day: str, session: str, as_of: str, tmp_path: Path
) -> None:
    school = School(tmp_path / "school", day=day)
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N")], day=day, session=session))
    result = school.type("reconcile", "--format", "json", at=moment)
    assert f'"day": "{day}"' in result.stdout and f'"session": "{session}"' in result.stdout
    assert f'"as_of": "{as_of}"' in result.stdout


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_the_machines_own_zone_changes_nothing(zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    school = School(tmp_path / "school", day="2026-10-20")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N", "", "08:50")], day="2026-10-20"))
    school.take_in(at="09:00")
    school.say("check", "P1", "--found", "--at", "2026-10-20T09:05", at="09:10")
    answer = school.reconcile(at="09:40")
    assert answer["counts"]["in_school"] == 1
    assert datetime.fromisoformat(answer["as_of"]).isoformat() == "2026-10-20T09:40:00+01:00"


@pytest.mark.parametrize(("last_episode", "explained"), [("2026-10-24T10:16", ["P1"]), ("2026-10-24T10:15", [])])
def test_the_recovery_of_48_hours_is_elapsed_time_when_the_clocks_go_back(
    last_episode: str, explained: list[str], tmp_path: Path
) -> None:
    # 10:15 in summer time and 48 hours is 09:15 on Monday, in winter time: the moment that registers are due
    school = School(tmp_path / "school", day="2026-10-26")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N")], day="2026-10-26"))
    told = ("--told-by", "mother", "--reason", "sick", "--child-with", "mother", "--day", "2026-10-24")
    school.take_in(at="08:50")
    school.say("explain", "P1", *told, "--sickness", last_episode, at="09:00")
    assert [row["pupil_id"] for row in school.reconcile()["explained"]] == explained
