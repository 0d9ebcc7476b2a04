"""What `doctor` says of times and counts that cannot all be kept, or that depart from the guidance."""

import json
from pathlib import Path

import pytest

from firstday_cli.domain.ladder_check.contradictions import contradictions
from firstday_cli.settings import read_policy
from rules.school import Json, School
from rules.table import RuleTable

RULES = RuleTable(
    title="What is said of a policy whose times and counts do not go together",
    source="Guidance, steps 6, 9 and 10; Millbrook, calls by 10:00 and RED visits by 11:45",
    columns=("in policy.toml", "verdict", "what is said", "what to type"),
    rows=(
        ("nothing changed", "ok", "the times and counts of the policy can all be kept", ""),
        ('[morning] visits_by = "14:00"', "ok", "the times and counts of the policy can all be kept", ""),
        ("[escalation] wait_hours = 12", "ok", "the times and counts of the policy can all be kept", ""),
        ('[afternoon] red_visits_by = "14:00"', "ok", "the times and counts of the policy can all be kept", ""),
        # a silent child would wait past the close of school, or for ever
        ('[morning] visits_by = "15:31"', "fail", "[morning] visits_by (15:31) is after [school] closes (15:30)",
         'visits_by = "15:30" or earlier under [morning]'),
        ('[afternoon] visits_by = "16:00"', "fail", "[afternoon] visits_by (16:00) is after [school] closes (15:30)",
         'visits_by = "15:30" or earlier under [afternoon]'),
        ('[school] closes = "15:00"', "fail", "[afternoon] visits_by (15:30) is after [school] closes (15:00)",
         'visits_by = "15:00" or earlier under [afternoon]'),
        ('[school] closes = "11:50"', "fail", "[morning] visits_by (12:00) is after [school] closes (11:50)",
         'visits_by = "11:50" or earlier under [morning]'),
        # times in the wrong order
        ('[morning] visits_by = "09:45"', "warn", "[morning] visits_by (09:45) is before calls_made_by (10:00)",
         'visits_by = "10:00" or later under [morning]'),
        ('[morning] red_visits_by = "09:45"', "warn", "[morning] red_visits_by (09:45) is before calls_made_by (10:00)",
         'red_visits_by = "10:00" or later under [morning]'),
        ('[afternoon] visits_by = "13:45"', "warn", "[afternoon] visits_by (13:45) is before calls_made_by (14:00)",
         'visits_by = "14:00" or later under [afternoon]'),
        ('[morning] red_visits_by = "12:30"', "warn", "[morning] red_visits_by (12:30) is after visits_by (12:00)",
         'red_visits_by = "12:00" or earlier under [morning]'),
        ('[afternoon] red_visits_by = "15:45"', "warn", "red_visits_by (15:45) is after [school] closes (15:30)",
         'red_visits_by = "15:30" or earlier under [afternoon]'),
        ('[morning] red_report_at = "11:50"', "warn", "red_report_at (11:50) is after red_visits_by (11:45)",
         'red_report_at = "11:45" or earlier under [morning]'),
        ('[morning] calls_made_by = "09:10"', "warn", "calls_made_by (09:10) is before registers_in_by (09:15)",
         'calls_made_by = "09:15" or later under [morning]'),
        ('[seen_every] by = "11:50"', "warn", "[seen_every] by (11:50) is before [morning] visits_by (12:00)",
         'by = "12:00" or later under [seen_every]'),
        ('[seen_every] by = "16:00"', "warn", "[seen_every] by (16:00) is after [school] closes (15:30)",
         'by = "15:30" or earlier under [seen_every]'),
        # rounds
        ("[calling] rounds = 1", "warn", "rounds is 1: the guidance says to call the contact list at least twice",
         "rounds = 2 under [calling]"),
        ("[calling] rounds = 0", "warn", "[calling] rounds is 0: the guidance says", "rounds = 2 under [calling]"),
        ("[calling] minutes_between_rounds = 0", "warn", "[calling] minutes_between_rounds is 0",
         "minutes_between_rounds = 20"),
        ("[calling] minutes_between_rounds = 120", "warn", "the last begins only at 16:00, after [afternoon] visits_by",
         "minutes_between_rounds = 90 or less"),
        ("[calling] minutes_between_rounds = 121", "warn", "the last begins only at 12:01, after [morning] visits_by",
         "minutes_between_rounds = 120 or less"),
        ("[calling] rounds = 4; minutes_between_rounds = 31", "warn", "the last begins only at 15:33",
         "minutes_between_rounds = 30 or less"),
        ("[calling] rounds = 4; minutes_between_rounds = 30", "ok", "can all be kept", ""),
        # the wait
        ("[escalation] wait_hours = 25", "warn", "[escalation] wait_hours is 25", "wait_hours = 24 or less"),
        ("[escalation] wait_hours = 0", "warn", "[escalation] wait_hours is 0", "wait_hours = 24 under [escalation]"),
    ),
)  # fmt: skip


def _toml(change: str) -> str:
    """The change as lines of a policy that begins with the table [school]."""
    if change == "nothing changed":
        return ""
    table, _, keys = change.partition("] ")
    under = "" if table == "[school" else f"{table}]\n"
    return under + "".join(f"{key}\n" for key in keys.split("; "))


def _doctor(folder: Path, change: str) -> list[Json]:
    """The lines of `doctor` about the ladder."""
    said = School(folder, policy=_toml(change)).type("doctor", "--format", "json", at="09:20")
    found = [line for line in json.loads(said.stdout)["checks"] if line["check"].startswith("ladder")]
    assert found[0]["check"] == "ladder times"
    return found


@pytest.mark.parametrize(("change", "verdict", "said", "mend"), RULES.rows, ids=lambda cell: cell[:40])
def test_a_policy_is_checked(change: str, verdict: str, said: str, mend: str, tmp_path: Path) -> None:
    School(tmp_path / "school", policy=_toml(change))
    found = contradictions(read_policy(tmp_path / "school"))
    worst = "ok" if not found else "fail" if any(c.is_failure for c in found) else "warn"
    assert worst == verdict
    of_it = [c.found for c in found if c.is_failure is (verdict == "fail")]
    assert not found or any(said in words and mend in words for words in of_it), of_it


def test_doctor_says_how_long_a_silent_child_waits(tmp_path: Path) -> None:
    times, silence, left, orders = _doctor(tmp_path / "school", "nothing changed")
    assert {line["verdict"] for line in (times, silence, left, orders)} == {"ok"}
    assert silence["found"].startswith("no silent child waits more than 2 hours 45 minutes before a person is asked")
    assert silence["found"].endswith("from Tue 09:15 to Tue 12:00")


def test_a_failure_is_told_twice_the_keys_and_the_morning_on_which_it_breaks(tmp_path: Path) -> None:
    times, *_, silence, left, orders = _doctor(tmp_path / "school", '[morning] visits_by = "17:00"')
    assert [line["verdict"] for line in (times, silence)] == ["fail", "fail"]
    assert silence["found"] == (
        "Tue 09:15 a child that is not RED, absent from Tue 6 Oct 2026 AM, with no explanation; nobody does anything; "
        "at Tue 15:30 the school closes, and nothing asks a person to decide until Tue 17:00"
    )
    assert left["verdict"] == "ok"
    assert orders["found"].startswith("not looked at")


def test_a_warning_leaves_the_rest_looked_at(tmp_path: Path) -> None:
    *warned, silence, _, orders = _doctor(tmp_path / "school", "[escalation] wait_hours = 48")
    assert [line["verdict"] for line in warned] == ["warn"]
    assert silence["verdict"] == "ok"
    assert orders["verdict"] == "ok"
    assert " states of a case: each has a next step" in orders["found"]


def test_every_row_that_fails_fails_at_the_door(tmp_path: Path) -> None:
    for number, (change, verdict, _, _) in enumerate(RULES.rows):
        if verdict == "fail":
            found = {line["check"]: line["verdict"] for line in reversed(_doctor(tmp_path / str(number), change))}
            assert found["ladder times"] == found["ladder silence"] == "fail", change
