"""What can be run twice changes nothing the second time: the same file, and the same entry."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, a_register, a_roll, a_school, asked, drop, dump, ids, lines, reconcile, run

BY = ("--by", "A. Officer")
MESSAGE = lines("message_id,received_at,pupil_name,text", "M1,2026-11-23T08:05:00+00:00,Ivy Brennan,has a cold")


def without_clock(found: Any) -> Any:
    return {key: value for key, value in found.items() if key != "as_of"}


def test_a_second_look_at_the_inbox_takes_nothing_in(school: Path) -> None:
    first = run(school, "ingest", "--format", "json")
    before = dump(school)
    again = run(school, "ingest", "--format", "json")
    assert len(first.json["files"]) == 2
    assert (again.code, again.json["files"]) == (0, [])
    assert dump(school) == before


def test_reconcile_twice_says_the_same_and_writes_nothing_more(school: Path) -> None:
    first = reconcile(school)
    before = dump(school)
    assert reconcile(school) == first
    assert dump(school) == before


@pytest.mark.parametrize("kind", ["roll", "register", "lates", "messages", "planned", "flags", "contacts", "calls"])
def test_the_same_content_again_adds_no_evidence(tmp_path: Path, kind: str) -> None:
    extra = {
        "lates": lines("pupil_id,date,time_in", "P001,2026-11-23,09:02"),
        "messages": MESSAGE,
        "planned": lines("pupil_id,from_date,to_date,code", "P002,2026-11-23,2026-11-23,C"),
        "flags": lines("pupil_id,flag", "P001,ehcp"),
        "contacts": lines("pupil_id,order,name,phone", "P001,1,Ann Brennan,07700 900101"),
        "calls": lines("pupil_id,contact,outcome,at,by", f"P001,1,no-answer,{DAY}T09:05,A. Officer"),
    }
    files: dict[str, str | bytes] = {"roll.csv": a_roll(), "register.csv": a_register()}
    if kind == "calls":
        files["contacts.csv"] = extra["contacts"]
    school = a_school(tmp_path, {**files, **({f"{kind}.csv": extra[kind]} if kind in extra else {})})
    first = reconcile(school)
    kept = [asked(school, f"select count(*) from {table}") for table in ("part", "running_flag")]
    copy = school / "again.csv"
    copy.write_bytes((school / "inbox" / f"{kind}.csv").read_bytes())
    again = run(school, "ingest", str(copy), "--format", "json", now="2026-11-23T09:21")
    assert again.code == 0
    assert again.json["files"][0]["taken_in_before"] is True
    second = reconcile(school, now="2026-11-23T09:22")
    assert [asked(school, f"select count(*) from {table}") for table in ("part", "running_flag")] == kept
    assert second["counts"] == first["counts"]
    assert [ids(second, s) for s in ("unexplained", "unknown", "explained")] == [
        ids(first, s) for s in ("unexplained", "unknown", "explained")
    ]
    assert second["messages_to_match"] == first["messages_to_match"]


def test_the_same_content_is_the_newest_again_if_another_export_came_between(school: Path) -> None:
    assert ids(reconcile(school)) == ["P001"]
    first = (school / "inbox" / "register.csv").read_text(encoding="utf-8")
    drop(school, {"second.csv": a_register("P001,/", "P002,N", "P003,/")})
    assert ids(reconcile(school, now="2026-11-23T09:25")) == ["P002"]
    drop(school, {"third.csv": first})
    assert ids(reconcile(school, now="2026-11-23T09:30")) == ["P001"]


ENTRIES: dict[str, tuple[str, ...]] = {
    "check": ("check", "P001", "--not-found"),
    "explain": ("explain", "P001", "--told-by", "mother", "--reason", "a cold", "--child-with", "mother"),
    "note": ("note", "P001", "--text", "x"),
    "listen": ("listen", "--pupil", "P001", "--told-by", "mother", "--reason", "a cold"),
    "match": ("match", "M1", "P001"),
    "close": ("close", "--why", "snow"),
}


@pytest.mark.parametrize("command", ENTRIES)
def test_the_same_entry_twice_is_one_entry(school: Path, command: str) -> None:
    drop(school, {"messages.csv": MESSAGE})
    reconcile(school)
    at = ("--at", "2026-11-23T09:10")
    first = run(school, *ENTRIES[command], *at, *BY)
    before = dump(school)
    again = run(school, *ENTRIES[command], *at, *BY, now="2026-11-23T09:25")
    assert (first.code, again.code) == (0, 0)
    assert again.err == first.err
    assert dump(school) == before


@pytest.mark.parametrize("difference", [("--by", "B. Other"), ("--at", "2026-11-23T09:11"), ("--where", "gym")])
def test_another_person_another_moment_or_other_words_are_another_entry(
    school: Path, difference: tuple[str, str]
) -> None:
    reconcile(school)
    words = {"--by": "A. Officer", "--at": "2026-11-23T09:10", "--where": "library"}
    for said in (words, {**words, difference[0]: difference[1]}):
        run(school, "check", "P001", "--not-found", *(word for pair in said.items() for word in pair))
    assert asked(school, "select count(*) from entry where kind = 'in-school-checked'") == [(2,)]


def test_what_was_withdrawn_can_be_said_again(school: Path) -> None:
    reconcile(school)
    words = (*ENTRIES["check"], "--at", "2026-11-23T09:10", *BY)
    run(school, *words)
    run(school, "withdraw", "last", "--why", "wrong child", *BY)
    again = run(school, *words)
    assert again.err.startswith("E5")
    assert run(school, "why", "P001", "--format", "json").json["line"] == 7


def test_an_entry_withdrawn_twice_is_told(school: Path) -> None:
    reconcile(school)
    run(school, *ENTRIES["note"], *BY)
    assert run(school, "withdraw", "E3", "--why", "wrong", *BY).code == 0
    before = dump(school)
    assert run(school, "withdraw", "E3", "--why", "wrong", *BY, now="2026-11-23T09:40").code == 2
    assert dump(school) == before
    assert without_clock({"as_of": 1}) == {}


def test_the_same_bytes_understood_otherwise_by_a_newer_roll_are_taken_in_again(tmp_path: Path) -> None:
    lates = lines("pupil_id,date,time_in", "12,2026-11-23,09:02", "345,2026-11-23,09:03")
    school = a_school(tmp_path, {"lates.csv": lates})
    run(school, "ingest")
    drop(school, {"roll.csv": a_roll("0012,Ivy,Brennan,4B", "0345,Tom,Okafor,4B")})
    drop(school, {"register.csv": a_register("0012,N", "0345,N")})
    assert ids(reconcile(school, now="2026-11-23T09:21")) == ["0012", "0345"]
    for now in ("2026-11-23T09:22", "2026-11-23T09:23"):
        run(school, "ingest", str(school / "inbox" / "lates.csv"), now=now)
        assert run(school, "verify").code == 0
    assert ids(reconcile(school, now="2026-11-23T09:24")) == []
