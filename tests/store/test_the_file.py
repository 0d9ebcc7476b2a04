"""The store's file: its layout, its mode, its journal; damaged, newer, another program's, and a full disk."""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from builders import STORE, a_register, a_school, asked, drop, dump, ids, lines, process, reconcile, run

POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")


@POSIX
def test_the_store_is_for_its_owner_alone(school: Path) -> None:
    old = os.umask(0)
    try:
        reconcile(school)
    finally:
        os.umask(old)
    assert {oct(p.stat().st_mode & 0o777) for p in school.glob(f"{STORE}*")} == {"0o600"}


@POSIX
def test_doctor_tells_of_a_store_that_others_may_read(school: Path) -> None:
    reconcile(school)
    (school / STORE).chmod(0o644)
    checks = {c["check"]: c for c in run(school, "doctor", "--format", "json").json["checks"]}
    assert checks["permissions"]["verdict"] == "warn"
    assert "chmod 600" in checks["permissions"]["found"]


def test_on_a_local_disk_the_store_keeps_a_write_ahead_log(school: Path) -> None:
    reconcile(school)
    assert asked(school, "pragma journal_mode") == [("wal",)]


@pytest.mark.parametrize("folder", ["OneDrive", "OneDrive - Fernhill School", "Dropbox", "Google Drive"])
def test_in_a_synced_folder_it_keeps_a_rollback_journal_and_doctor_says_why(
    school: Path, tmp_path: Path, folder: str
) -> None:
    synced = tmp_path / folder / "fernhill"
    synced.parent.mkdir()
    school.rename(synced)
    assert ids(reconcile(synced)) == ["P001"]
    assert asked(synced, "pragma journal_mode") == [("delete",)]
    checks = {c["check"]: c for c in run(synced, "doctor", "--format", "json").json["checks"]}
    assert (checks["share"]["verdict"], folder in checks["share"]["found"]) == ("warn", True)


def test_an_empty_file_becomes_a_store_of_the_newest_layout(school: Path) -> None:
    (school / STORE).touch()
    reconcile(school)
    assert asked(school, "pragma user_version") == [(2,)]
    assert run(school, "verify").code == 0


def test_a_second_run_changes_nothing_of_the_layout(school: Path) -> None:
    reconcile(school)
    before = dump(school)
    for command in ("reconcile", "verify", "registers", "messages"):
        run(school, command)
    assert dump(school) == before


def test_the_entries_are_numbered_from_one_without_gaps(school: Path) -> None:
    reconcile(school)
    run(school, "note", "P001", "--text", "x", "--by", "A. Officer")
    assert asked(school, "select number, kind from entry order by number") == [
        (1, "taken-in"),
        (2, "taken-in"),
        (3, "note-made"),
    ]


def test_an_entry_holds_who_when_it_happened_and_when_it_was_written(school: Path) -> None:
    reconcile(school)
    run(school, "note", "P001", "--text", "x", "--by", "A. Officer", "--at", "2026-11-23T08:50")
    assert asked(school, "select pupil_id, at, recorded, said_by from entry where number = 3") == [
        ("P001", "2026-11-23T08:50:00+00:00", "2026-11-23T09:20:00+00:00", "A. Officer")
    ]


COMMANDS = (
    ("reconcile",),
    ("ingest",),
    ("verify",),
    ("registers",),
    ("why", "P001"),
    ("note", "P001", "--text", "x", "--by", "A"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with its exports taken in by a process that has ended: nothing is left beside the store's file."""
    school = a_school(tmp_path_factory.mktemp("kept"))
    assert process(school, "reconcile").code == 10
    assert [p.name for p in school.glob(f"{STORE}*")] == [STORE]
    return school


@pytest.fixture
def written(kept: Path, tmp_path: Path) -> Path:
    """The same school, for one test alone."""
    return copytree(kept, tmp_path / "written")


def refused_untouched(school: Path, words: tuple[str, ...]) -> str:
    before = (school / STORE).read_bytes()
    ended = run(school, *words)
    assert ended.code == 22, ended.err
    assert ended.err.startswith(f"firstday: {STORE}: ")
    assert (school / STORE).read_bytes() == before
    return ended.err


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_newer_store_is_refused_and_left_as_it_is(written: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(written / STORE)) as db:
        db.execute("pragma user_version = 99")
    assert "99" in refused_untouched(written, words)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_another_programs_database_is_refused_and_left_as_it_is(school: Path, words: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(school / STORE)) as db:
        db.execute("create table recipes (name text)")
    assert "--school" in refused_untouched(school, words)


def test_a_newer_store_with_a_rollback_journal_is_left_as_it_is(written: Path) -> None:
    with closing(sqlite3.connect(written / STORE)) as db:
        db.execute("pragma journal_mode = delete")
        db.execute("pragma user_version = 99")
    refused_untouched(written, ("reconcile",))


DAMAGE = ("noise", "a header and then noise", "noise in the middle", "cut in half", "cut in a page")


def damaged(school: Path, how: str) -> None:
    raw = (school / STORE).read_bytes()
    noise = bytes(range(7, 250)) * (len(raw) // 243 + 1)
    (school / STORE).write_bytes(
        {
            "noise": noise[: len(raw)],
            "a header and then noise": raw[:100] + noise[: len(raw) - 100],
            "noise in the middle": raw[:8192] + noise[: len(raw) - 8192],
            "cut in half": raw[: len(raw) // 8192 * 4096],
            "cut in a page": raw[:5000],
        }[how]
    )


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_a_damaged_store_is_told_with_the_mend(written: Path, how: str, words: tuple[str, ...]) -> None:
    damaged(written, how)
    assert "backup" in refused_untouched(written, words)


@pytest.mark.parametrize("how", DAMAGE)
def test_doctor_goes_on_to_the_end_with_a_damaged_store(written: Path, how: str) -> None:
    damaged(written, how)
    look = process if how == DAMAGE[0] else run
    ended = look(written, "doctor", "--format", "json")
    assert ended.code == 12, ended.err
    assert "fail" in {c["verdict"] for c in ended.json["checks"]}


def test_a_folder_in_the_stores_place_is_told(school: Path) -> None:
    (school / STORE).mkdir()
    ended = process(school, "reconcile")
    assert (ended.code, ended.err.startswith(f"firstday: {STORE}: ")) == (22, True)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a folder in which nobody may write, root neither")
def test_a_folder_without_permission_is_told(school: Path, tmp_path: Path) -> None:
    (school / STORE).symlink_to("/proc/firstday.db")
    ended = process(school, "reconcile")
    assert (ended.code, ended.err.startswith(f"firstday: {STORE}: ")) == (22, True)
    written = process(school, "init", "/proc/fernhill")
    assert (written.code, "Traceback" in written.err) == (22, False)
    assert tmp_path.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_may_not_be_written_is_told(school: Path) -> None:
    reconcile(school)
    (school / STORE).chmod(0o400)
    assert run(school, "note", "P001", "--text", "x", "--by", "A. Officer").code == 22


def limited(size: int) -> object:
    import resource

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@POSIX
@pytest.mark.parametrize("more", [0, 4096, 65536])
def test_a_full_disk_keeps_nothing_of_the_command_and_loses_nothing_else(school: Path, more: int) -> None:
    reconcile(school)
    before = dump(school)
    drop(school, {"messages.csv": long_messages()})
    limit = (school / STORE).stat().st_size + more
    ended = process(school, "ingest", preexec_fn=limited(limit))
    assert ended.code == 22, ended.err
    assert "Traceback" not in ended.err
    assert dump(school) == before
    assert run(school, "verify").code == 0
    assert run(school, "ingest").code == 0


@POSIX
def test_a_full_disk_at_first_use_leaves_a_store_that_can_still_be_made(school: Path) -> None:
    ended = process(school, "reconcile", preexec_fn=limited(4096))
    assert ended.code == 22
    assert ids(reconcile(school)) == ["P001"]


@POSIX
def test_a_full_disk_leaves_a_written_list_whole_or_not_there(school: Path) -> None:
    reconcile(school)
    (school / "list.txt").write_text("yesterday's", encoding="utf-8")
    everybody = [f"P{n:03},N" for n in range(900)]
    drop(school, {"late.csv": a_register(*everybody)})
    reconcile(school)
    ended = process(school, "reconcile", "-o", str(school / "list.txt"), preexec_fn=limited(1000))
    assert ended.code == 22
    assert (school / "list.txt").read_text(encoding="utf-8") == "yesterday's"


def long_messages() -> str:
    import random

    chance = random.Random(7)  # noqa: S311
    words = ("".join(chance.choices("abcdefghijklmnop ", k=400)) for _ in range(1500))
    rows = (f"M{n},2026-11-23T08:05:00+00:00,{text}" for n, text in enumerate(words))
    return lines("message_id,received_at,text", *rows)
