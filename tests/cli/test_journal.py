"""The journal: a line a command, nothing about any person, kept for a set time; what it tells with --verbose."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from builders import a_school, drop, process, run
from firstday_cli.cli.faults import kind_and_place, sentence_of
from firstday_cli.desk import moment_now
from firstday_cli.morning.typed_moments import said_day

BY = ("--by", "Avery Officer")


def journal_of(school: Path) -> list[Any]:
    files = sorted((school / "journal").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_command_ends_with_a_line(school: Path) -> None:
    run(school, "reconcile")
    run(school, "note", "P001", "--text", "aunt rang", *BY)
    run(school, "why", "nobody")
    ended = [(line["command"], line["code"]) for line in journal_of(school) if line["event"] == "ended"]
    assert ended == [("reconcile", 10), ("note", 0), ("why", 2)]
    took_in = [line for line in journal_of(school) if line["event"] == "took-in"]
    assert [(line["kind"], line["read"], line["refused"]) for line in took_in] == [("roll", 3, 0), ("register", 3, 0)]


def test_no_line_says_who(school: Path) -> None:
    drop(school, {"brennan.eml": "From: jo@fernhill.example.org\nSubject: Ivy Brennan\n\nIvy is ill\n"})
    run(school, "reconcile")
    run(school, "note", "P001", "--text", "aunt Jo rang", *BY)
    run(school, "call", "Ivy Brennan", "--contact", "7", "--outcome", "no-answer", *BY)
    run(school, "report", "history", "P001", "--format", "text")
    text = (school / "journal").glob("*.jsonl").__next__().read_text(encoding="utf-8")
    for word in ("Ivy", "Brennan", "brennan", "P001", "Avery", "Jo", "aunt", "roll.csv", str(school)):
        assert word not in text


def test_it_is_for_its_owner_alone(school: Path) -> None:
    run(school, "reconcile")
    assert (school / "journal").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (school / "journal").iterdir())


def test_old_files_go_when_a_new_day_begins(tmp_path: Path) -> None:
    school = a_school(tmp_path, policy='[school]\nname = "F"\n[sheets]\nkeep_days = 10\n')
    today = moment_now().date()
    folder = school / "journal"
    folder.mkdir()
    for days in (9, 12, 400):
        (folder / f"{today - timedelta(days=days)}.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    run(school, "reconcile")
    left = sorted(path.name for path in folder.iterdir())
    assert left == [f"{today - timedelta(days=9)}.jsonl", f"{today}.jsonl", "notes.txt"]


def test_a_journal_that_cannot_be_written_stops_nothing(school: Path) -> None:
    (school / "journal").write_text("in the way", encoding="utf-8")
    assert run(school, "reconcile").code == 10


def test_verbose_tells_people_what_is_done(school: Path) -> None:
    quiet, told = run(school, "escalate"), run(school, "escalate", "--verbose")
    assert "ended with" not in quiet.err
    assert "decided: 1 unexplained, 0 unknown" in told.err
    assert "ended with 10" in told.err
    assert told.out == quiet.out


def test_settings_that_are_wrong_are_in_the_journal_too(school: Path) -> None:
    (school / "policy.toml").write_text("nonsense\n", encoding="utf-8")
    run(school, "reconcile")
    assert [(line["event"], line["code"]) for line in journal_of(school)] == [("ended", 21)]


def test_no_journal_is_made_where_there_is_no_school(tmp_path: Path) -> None:
    assert process(None, "reconcile", "--school", str(tmp_path / "nowhere")).code == 21
    assert list(tmp_path.iterdir()) == []


def test_a_fault_is_said_by_its_place_and_not_by_its_words() -> None:
    with pytest.raises(AttributeError) as raised:
        said_day(["Ivy Brennan"])  # type: ignore[arg-type]
    kind, place = kind_and_place(raised.value)
    assert (kind, place.split(":")[0]) == ("AttributeError", "morning/typed_moments.py")
    said = sentence_of(raised.value)
    assert "morning/typed_moments.py" in said
    assert "Ivy" not in said and "'list'" not in said


def test_it_is_not_written_through_a_link(tmp_path: Path) -> None:
    school, other = a_school(tmp_path), tmp_path / "other"
    other.mkdir()
    (other / "2020-01-01.jsonl").write_text("mine", encoding="utf-8")
    (school / "journal").symlink_to(other)
    run(school, "reconcile")
    assert [path.name for path in other.iterdir()] == ["2020-01-01.jsonl"]
