"""doctor: a line for each thing that a morning rests on, with its mend; whatever is broken, it goes on to the end."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copytree, rmtree
from typing import Any

import pytest

from builders import CALENDAR, DAY, POLICY, STORE, a_roll, a_school, drop, lines, reconcile, run
from firstday_cli.morning.checks.places import room_for

Checks = dict[str, Any]
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")
BANK_HOLIDAYS = "".join(
    f'[[closures]]\nfirst = "{d}"\nlast = "{d}"\nwhy = "bank holiday"\n' for d in ("2026-05-04", "2026-05-25")
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a roll and a register taken in at 09:20."""
    school = a_school(tmp_path_factory.mktemp("kept"))
    reconcile(school)
    return school


def looked_at(school: Path, *words: str, now: str = f"{DAY}T09:30", env: dict[str, str | None] | None = None) -> Checks:
    """Each check of doctor by its name; the first of a name."""
    ended = run(school, "doctor", "--format", "json", *words, now=now, env=env)
    found: Checks = {check["check"]: check for check in reversed(ended.json["checks"])}
    worst = {check["verdict"] for check in ended.json["checks"]}
    assert ended.code == (12 if "fail" in worst else 10 if "warn" in worst else 0)
    assert all(check["mend"] for check in found.values() if check["verdict"] != "ok")
    return found


def beat(school: Path, **said: object) -> None:
    """The heartbeat as a run leaves it."""
    whole = {"as_of": f"{DAY}T09:20:00+00:00", "state": "done", "exit_code": 10, "troubles": [], **said}
    (school / "heartbeat.json").write_text(json.dumps({"done_at": whole["as_of"], **whole}), encoding="utf-8")
    (school / "heartbeat.json").chmod(0o600)


def test_it_says_which_setting_won(kept: Path, tmp_path: Path) -> None:
    other = {"FIRSTDAY_SCHOOL": str(tmp_path), "FIRSTDAY_BY": "A. Officer"}
    found = looked_at(kept, env=other)  # type: ignore[arg-type]
    assert found["school folder"]["found"] == "fernhill: named by --school, which wins over FIRSTDAY_SCHOOL"
    assert found["who writes"]["found"] == "A. Officer: named by FIRSTDAY_BY; --by wins over it"
    assert "nobody is named" in looked_at(kept)["who writes"]["found"]


def test_a_calendar_is_looked_at(tmp_path: Path) -> None:
    found = looked_at(a_school(tmp_path / "a"))
    assert found["bank holidays"]["verdict"] == "warn"
    assert "Mon 4 May 2026 (early May bank holiday), Mon 25 May 2026" in found["bank holidays"]["found"]
    assert found["calendar ends"]["found"].startswith("its last day is Fri 18 Dec 2026, in 25 days: add the next terms")
    ended = a_school(tmp_path / "b", calendar=CALENDAR + BANK_HOLIDAYS)
    assert looked_at(ended)["bank holidays"]["verdict"] == "ok"
    assert looked_at(ended, now="2026-11-20T09:30")["calendar ends"]["verdict"] == "warn"
    assert looked_at(ended, now="2026-11-19T09:30")["calendar ends"]["verdict"] == "ok"
    beyond = looked_at(ended, now="2026-12-19T09:30")
    assert (beyond["today"]["verdict"], beyond["calendar ends"]["verdict"]) == ("fail", "fail")


def test_files_that_wait_and_files_that_nobody_can_read_are_named(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    drop(school, {"strange.csv": lines("what,is,this", "1,2,3")})
    (school / "inbox" / "Monday").mkdir()
    found = looked_at(school)
    assert found["new files"]["found"].startswith("3 to take in: register.csv, roll.csv, strange.csv")
    assert found["files not understood"]["found"].startswith("strange.csv: ")
    assert found["folders in the inbox"]["verdict"] == "warn"
    reconcile(school)
    assert looked_at(school)["new files"]["found"].startswith("1 to take in: strange.csv")
    rmtree(school / "inbox")
    assert looked_at(school)["inbox"]["verdict"] == "fail"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_told(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    (school / "inbox" / "roll.csv").chmod(0)
    assert looked_at(school)["unreadable files"]["found"].startswith("roll.csv may not be opened")
    (school / "inbox").chmod(0)
    try:
        assert looked_at(school)["inbox"]["verdict"] == "fail"
    finally:
        (school / "inbox").chmod(0o700)


@pytest.mark.parametrize(
    ("kind", "now", "verdict", "said"),
    [
        ("roll", "2026-11-30T09:30", "ok", "last taken in 23/11/2026 09:20"),
        ("roll", "2026-12-01T09:30", "warn", "8 days ago; [freshness] allows 7: export it again"),
        ("register", "2026-12-01T09:30", "ok", "last taken in 23/11/2026 09:20"),
        ("flags", f"{DAY}T09:30", "warn", "never taken in"),
        ("messages", "2026-11-24T09:14", "ok", "last taken in"),
        ("messages", "2026-11-24T09:15", "warn", "none of today"),
        ("messages", "2026-11-28T11:00", "ok", "last taken in"),  # Saturday
    ],
)
def test_each_kind_has_its_freshness(morning: Path, kind: str, now: str, verdict: str, said: str) -> None:
    drop(morning, {"messages.csv": lines("message_id,received_at,text", "M1,2026-11-23T08:05,away")})
    reconcile(morning)
    check = looked_at(morning, now=now)[kind]
    assert (check["verdict"], said in check["found"]) == (verdict, True), check


def test_todays_registers_are_looked_for_once_they_are_due(kept: Path) -> None:
    name = "today's registers"
    assert looked_at(kept, now=f"{DAY}T09:30")[name]["found"] == "all 2 are in"
    assert looked_at(kept, now="2026-11-24T09:14")[name]["found"] == "not due now"
    missing = looked_at(kept, now="2026-11-24T09:15")[name]
    assert missing["found"].startswith("2 of 2 not in for Tue 24 Nov 2026 AM: `firstday registers` says which")
    assert looked_at(kept, now="2026-11-28T11:00")[name]["found"] == "not due now"


def test_short_contact_lists_are_told_as_a_share(tmp_path: Path) -> None:
    phones = [f"P{n:03},{order},Jo,07700 900{n:02}{order}" for n in range(1, 21) for order in range(1, 5)]
    pupils = [f"P{n:03},Ivy,Brennan,4B" for n in range(1, 21)]
    school = a_school(
        tmp_path, {"roll.csv": a_roll(*pupils), "contacts.csv": lines("pupil_id,order,name,phone", *phones[:-1])}
    )
    reconcile(school)
    found = looked_at(school)["contact lists"]
    assert (found["verdict"], found["found"]) == ("ok", "1 of 20 pupils have fewer than 4 numbers that can be rung")
    drop(school, {"contacts.csv": lines("pupil_id,order,name,phone", *phones[:-8])})
    reconcile(school)
    assert looked_at(school)["contact lists"]["verdict"] == "warn"


def altered(school: Path, *statements: str) -> None:
    with closing(sqlite3.connect(school / STORE)) as db:
        for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            db.execute(f"drop trigger {name}")
        for statement in statements:
            db.execute(statement)
        db.commit()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update entry set said_by = 'B. Other' where number = 1", "entry E1 was altered"),
        ("delete from entry where number = 1", "entry E1 is not there"),
        ("delete from entry where number = 2", "the log ends at E1, and there was an E2"),
    ],
)
def test_a_broken_chain_fails(morning: Path, statement: str, said: str) -> None:
    assert looked_at(morning)["chain"]["verdict"] == "ok"
    altered(morning, "pragma foreign_keys = off", statement)
    chain = looked_at(morning)["chain"]
    assert (chain["verdict"], said in chain["found"], "firstday backup" in chain["mend"]) == ("fail", True, True)


def test_a_clock_before_the_newest_entry_is_told(kept: Path) -> None:
    found = looked_at(kept, now=f"{DAY}T09:19")["clock"]
    assert found["found"].startswith("it is 23/11/2026 09:19, and the newest entry was written at 23/11/2026 09:20")
    assert (found["verdict"], looked_at(kept)["clock"]["verdict"]) == ("warn", "ok")


@POSIX
@pytest.mark.parametrize(
    ("place", "mode", "mend"),
    [
        ("firstday.db", 0o640, "chmod 600 firstday.db"), ("sheets", 0o750, "chmod 700 sheets"),
        ("heartbeat.json", 0o604, "chmod 600 heartbeat.json"), ("policy.toml", 0o664, "chmod go-w policy.toml"),
        ("policy.toml", 0o644, ""), ("calendar.toml", 0o646, "chmod go-w calendar.toml"),
    ],
)  # fmt: skip
def test_what_others_may_read_or_change_is_told(morning: Path, place: str, mode: int, mend: str) -> None:
    (morning / "sheets").mkdir(mode=0o700, exist_ok=True)
    beat(morning)
    for name in ("policy.toml", "calendar.toml"):
        (morning / name).chmod(0o644)
    (morning / place).chmod(mode)
    found = looked_at(morning)["permissions"]
    assert (found["verdict"], found["mend"]) == ("warn" if mend else "ok", mend)


def test_room_on_the_disk() -> None:
    mega = 1024 * 1024
    assert [room_for(free * mega).verdict for free in (19, 20, 499, 500)] == ["fail", "warn", "warn", "ok"]


RUNS = [  # the heartbeat, the moment, the check, its verdict, what it says
    ({}, f"{DAY}T09:30", "last run", "ok", "09:20: ended with 10, somebody must act; next Mon 23 Nov 2026 10:00"),
    ({"exit_code": 0}, "2026-11-26T16:30", "missed lists", "fail", "list of Mon 23 Nov 2026 PM, Tue 24 Nov 2026 AM"),
    ({}, "2026-11-28T11:00", "missed lists", "warn", "the list of Mon 23 Nov 2026 PM"),
    ({}, f"{DAY}T10:15", "last run", "ok", "ended with 10"),
    ({}, f"{DAY}T10:21", "late run", "warn", "the run of 10:05 was not made: the visits that start now"),
    ({"exit_code": 20}, f"{DAY}T09:30", "last run", "warn", "ended with 20, a file could not be read"),
    ({"troubles": [{"because": "no register of today"}]}, f"{DAY}T09:30", "last run", "warn", "no register of today"),
    ({"state": "failed", "exit_code": 22, "troubles": [{"because": "the disk is full"}]},
     f"{DAY}T09:30", "last run", "fail", "it failed: the disk is full"),
    ({"state": "begun", "exit_code": None}, f"{DAY}T09:30", "last run", "ok", "it is at work"),
    ({"state": "begun", "exit_code": None}, f"{DAY}T09:50", "last run", "fail", "it began and never ended"),
    ({"done_at": None, "state": "failed"}, "2026-11-26T16:30", "last run", "fail", "it failed: nothing says why"),
    ({"as_of": "2026-11-24T09:20:00+00:00"}, f"{DAY}T09:30", "last run", "warn", "which is still to come"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "now", "name", "verdict", "words"), RUNS)
def test_the_last_run_and_what_it_found(
    morning: Path, said: dict[str, object], now: str, name: str, verdict: str, words: str
) -> None:
    beat(morning, **said)
    check = looked_at(morning, now=now)[name]
    assert (check["verdict"], words in check["found"]) == (verdict, True), check


def test_a_step_that_never_ran_says_how_it_is_had(kept: Path) -> None:
    found = looked_at(kept)
    assert (found["last run"]["verdict"], "firstday schedule" in found["last run"]["mend"]) == ("warn", True)
    assert "missed lists" not in found


def test_a_list_of_a_day_on_which_the_school_was_shut_is_not_missed(morning: Path) -> None:
    beat(morning, as_of=f"{DAY}T16:00:00+00:00")
    shut = run(morning, "close", "--day", "2026-11-24", "--why", "snow", "--by", "A. Officer", now="2026-11-24T07:30")
    assert shut.code == 0, shut.err
    assert "missed lists" not in looked_at(morning, now="2026-11-25T08:50")
    assert "late run" not in looked_at(morning, now="2026-11-24T11:00")
    assert looked_at(morning, now="2026-11-25T10:30")["missed lists"]["found"].startswith(
        "no run made the list of Wed 25 Nov 2026 AM in time"
    )


GARBAGE = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"as_of": 3}',
    b"[" * 100_000,
    b'{"as_of": "0001-01-01T00:00+14:00"}',
)


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda raw: repr(raw[:20]))
def test_a_heartbeat_of_garbage_is_told_and_stops_nothing(morning: Path, garbage: bytes) -> None:
    (morning / "heartbeat.json").write_bytes(garbage)
    found = looked_at(morning)
    assert (found["last run"]["verdict"], found["register"]["verdict"]) == ("fail", "ok")
    assert found["last run"]["found"].startswith("heartbeat.json says nothing that can be read")


def broken_policy(school: Path) -> None:
    (school / "policy.toml").write_text("[school\n", encoding="utf-8")


def broken_calendar(school: Path) -> None:
    (school / "calendar.toml").write_bytes(b"\xff\xfe\x00")


def no_inbox(school: Path) -> None:
    rmtree(school / "inbox")


def a_folder_for_a_store(school: Path) -> None:
    for part in school.glob(f"{STORE}*"):
        part.unlink()
    (school / STORE).mkdir()


def a_folder_for_a_policy(school: Path) -> None:
    (school / "policy.toml").unlink()
    (school / "policy.toml").mkdir()


def a_file_for_sheets(school: Path) -> None:
    (school / "sheets").write_text("not a folder", encoding="utf-8")


def content_that_nobody_can_read(school: Path) -> None:
    altered(school, "update content set body = x'00'")


def no_entries(school: Path) -> None:
    altered(school, "drop table entry")


def a_moment_that_is_none(school: Path) -> None:
    altered(school, "update entry set recorded = 'yesterday'")


BROKEN = (
    broken_policy, broken_calendar, no_inbox, a_folder_for_a_store, a_folder_for_a_policy, a_file_for_sheets,
    content_that_nobody_can_read, a_moment_that_is_none, no_entries,
)  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN, ids=lambda function: function.__name__)
def test_whatever_is_broken_it_goes_on_to_the_end(morning: Path, broken: Any) -> None:
    broken(morning)
    found = looked_at(morning)
    assert {"school folder", "policy.toml", "calendar.toml", "inbox", "share", "store", "disk"} <= found.keys()
    assert broken is a_file_for_sheets or "fail" in {check["verdict"] for check in found.values()}


def test_one_broken_store_is_one_line(morning: Path) -> None:
    (morning / STORE).write_bytes(b"noise" * 4000)
    failed = [check for check in looked_at(morning).values() if check["verdict"] == "fail"]
    assert len(failed) == 1


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = looked_at(tmp_path / "nowhere")
    assert (found["policy.toml"]["verdict"], "disk" in found) == ("fail", True)


def contents(school: Path) -> dict[Path, bytes]:
    """Every file but the store's own and the journal."""
    files = (path for path in school.rglob("*") if path.is_file() and "journal" not in path.parts)
    return {path: path.read_bytes() for path in files if not path.name.startswith(STORE)}


def test_it_writes_nothing(kept: Path, tmp_path: Path) -> None:
    school = a_school(tmp_path, policy=POLICY)
    for place in (school, copytree(kept, tmp_path / "again")):
        before = contents(place)
        assert run(place, "doctor").code == 10
        assert contents(place) == before
    assert not (school / STORE).exists()
