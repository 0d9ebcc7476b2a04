"""Several at once: eight processes writing, a copy made meanwhile; nothing lost, the chain whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from builders import STORE, asked, drop, lines, process, reconcile, run, started

BY = ("--by", "A. Officer")


def all_ended_well(running: list[object]) -> None:
    for one in running:
        out, err = one.communicate(timeout=120)  # type: ignore[attr-defined]
        assert one.returncode in (0, 10, 12), (out, err)  # type: ignore[attr-defined]


def test_notes_and_checks_written_at_once_are_all_there(school: Path) -> None:
    reconcile(school)
    running: list[object] = []
    for n in range(4):
        running.append(started(school, "note", "P001", "--text", f"note {n}", *BY))
        running.append(started(school, "check", "P002", "--found", "--where", f"room {n}", *BY))
    all_ended_well(running)
    assert asked(school, "select kind, count(*) from entry where kind <> 'taken-in' group by kind order by kind") == [
        ("in-school-checked", 4), ("note-made", 4),
    ]  # fmt: skip
    assert asked(school, "select count(*), max(number) from entry") == [(2 + 8, 2 + 8)]
    assert run(school, "verify").code == 0


def test_the_store_is_made_once_though_all_begin_at_once(school: Path) -> None:
    all_ended_well([started(school, "reconcile") for _ in range(8)])
    assert run(school, "verify").code == 0
    assert reconcile(school)["counts"] == {
        "roll": 3, "in_school": 2, "off_site": 0, "not_expected": 0, "explained": 0, "unexplained": 1, "unknown": 0,
    }  # fmt: skip


def test_the_same_entry_from_four_desks_is_one_entry(school: Path) -> None:
    reconcile(school)
    words = ("check", "P001", "--not-found", "--at", "2026-11-23T09:10", *BY)
    all_ended_well([started(school, *words) for _ in range(4)])
    assert asked(school, "select count(*) from entry where kind = 'in-school-checked'") == [(1,)]


def test_one_sheet_of_calls_taken_in_by_four_desks_at_once_is_written_once(school: Path) -> None:
    rows = (f"P00{n},1,no-answer,2026-11-23T09:0{n}" for n in (1, 2, 3))
    people = (f"P00{n},1,Sky Moss,07700 900101" for n in (1, 2, 3))
    drop(school, {"contacts.csv": lines("pupil_id,order,name,phone", *people)})
    reconcile(school)
    drop(school, {"calls.csv": lines("pupil_id,contact,outcome,at", *rows)})
    sheet = str(school / "inbox" / "calls.csv")
    all_ended_well([started(school, "ingest", sheet, "--by", name) for name in ("A. Officer", "B. Clerk") * 2])
    assert asked(school, "select count(*) from entry where kind = 'call-made'") == [(3,)]
    assert run(school, "verify").code == 0


def test_a_reader_is_not_kept_waiting_by_a_writer(school: Path) -> None:
    reconcile(school)
    with closing(sqlite3.connect(school / STORE, isolation_level=None)) as other:
        other.execute("begin immediate")
        assert process(school, "why", "P001").code == 0
        other.execute("rollback")


def test_a_copy_made_while_others_write_is_whole(school: Path, tmp_path: Path) -> None:
    reconcile(school)
    running: list[object] = [started(school, "note", "P001", "--text", f"note {n}", *BY) for n in range(4)]
    copies = [tmp_path / f"copy{n}.db" for n in range(2)]
    ended = [process(school, "backup", str(copy)) for copy in copies]
    all_ended_well(running)
    assert [e.code for e in ended] == [0, 0]
    for copy in copies:
        elsewhere = tmp_path / copy.stem
        elsewhere.mkdir()
        for name in ("policy.toml", "calendar.toml"):
            (elsewhere / name).write_bytes((school / name).read_bytes())
        (elsewhere / STORE).write_bytes(copy.read_bytes())
        assert run(elsewhere, "verify").code == 0
        assert reconcile(elsewhere)["counts"]["unexplained"] == 1


def test_a_copy_is_made_while_another_holds_the_right_to_write(school: Path, tmp_path: Path) -> None:
    reconcile(school)
    with closing(sqlite3.connect(school / STORE, isolation_level=None)) as other:
        other.execute("begin immediate")
        other.execute("insert into content values ('half', x'00')")
        assert process(school, "backup", str(tmp_path / "copy.db")).code == 0
        other.execute("rollback")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("select count(*) from content where digest = 'half'").fetchone() == (0,)


def test_a_copy_is_for_its_owner_alone_and_replaces_nothing(school: Path, tmp_path: Path) -> None:
    reconcile(school)
    assert run(school, "backup", str(tmp_path / "copy.db")).code == 0
    before = (tmp_path / "copy.db").read_bytes()
    again = run(school, "backup", str(tmp_path / "copy.db"))
    assert (again.code, "copy.db" in again.err) == (22, True)
    assert (tmp_path / "copy.db").read_bytes() == before
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]


@pytest.mark.parametrize("command", ["verify", "backup"])
def test_without_a_store_there_is_nothing_to_copy_or_check(school: Path, tmp_path: Path, command: str) -> None:
    words = (command, *([str(tmp_path / "copy.db")] if command == "backup" else []))
    ended = run(school, *words)
    assert (ended.code, "firstday ingest" in ended.err) == (21, True)
    assert not (school / STORE).exists()
    assert not (tmp_path / "copy.db").exists()
