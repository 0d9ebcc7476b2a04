"""What is kept is added to and never changed: guards against update, delete and replace, and `verify` behind them."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from shutil import copytree

import pytest

from builders import STORE, a_register, a_roll, a_school, drop, dump, lines, process, reconcile, run

GUARDED = ("entry", "content", "taking", "part")
FLAGS = lines("pupil_id,flag,since", "P001,social-worker,2026-09-02", "P002,ehcp,")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with evidence, flags and two entries of people; no test writes in it, for every attempt is refused."""
    folder = tmp_path_factory.mktemp("kept")
    school = a_school(folder, {"roll.csv": a_roll(), "register.csv": a_register(), "flags.csv": FLAGS})
    reconcile(school)
    run(school, "check", "P001", "--not-found", "--by", "A. Officer")
    run(school, "note", "P001", "--text", "moving house", "--by", "A. Officer")
    return school


@pytest.fixture
def written(kept: Path, tmp_path: Path) -> Path:
    """The same school, for one test that meddles with it."""
    return copytree(kept, tmp_path / "fernhill")


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"pragma table_info({table})")]


def refused(school: Path, statement: str, *values: object) -> None:
    before = dump(school)
    with closing(sqlite3.connect(school / STORE)) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement, values)
    assert dump(school) == before


EVERY_COLUMN = (
    [
        ("entry", c)
        for c in ("number", "kind", "pupil_id", "first_day", "last_day", "at", "recorded", "said_by", "digest", "chain")
    ]
    + [("content", c) for c in ("digest", "body")]
    + [("taking", c) for c in ("entry", "batch", "reading", "bytes", "file", "size", "changed_ns", "at", "day")]
    + [("part", c) for c in ("reading", "kind", "first_day", "last_day", "half", "digest")]
)


@pytest.mark.parametrize(("table", "column"), EVERY_COLUMN)
def test_no_column_of_a_guarded_table_can_be_updated(kept: Path, table: str, column: str) -> None:
    refused(kept, f"update {table} set {column} = {column}")


def test_the_guarded_columns_are_all_there_are(kept: Path) -> None:
    with closing(sqlite3.connect(kept / STORE)) as db:
        assert {(t, c) for t in GUARDED for c in columns(db, t)} == set(EVERY_COLUMN)


@pytest.mark.parametrize("table", GUARDED)
def test_nothing_can_be_deleted_from_a_guarded_table(kept: Path, table: str) -> None:
    refused(kept, f"delete from {table}")


@pytest.mark.parametrize("verb", ["insert or replace", "replace", "insert or ignore", "insert"])
@pytest.mark.parametrize("table", GUARDED)
def test_no_row_can_be_put_in_the_place_of_another(kept: Path, table: str, verb: str) -> None:
    refused(kept, f"{verb} into {table} select * from {table}")


@pytest.mark.parametrize("table", GUARDED)
def test_no_upsert_changes_a_row(kept: Path, table: str) -> None:
    with closing(sqlite3.connect(kept / STORE)) as db:
        column = columns(db, table)[-1]
    refused(kept, f"insert into {table} select * from {table} where true on conflict do update set {column} = ''")


def test_an_entry_cannot_be_replaced_through_its_chain(kept: Path) -> None:
    refused(
        kept,
        "insert or replace into entry select number + 100, kind, pupil_id, first_day, last_day, at, recorded, said_by, "
        "digest, chain from entry order by number limit 1",
    )


def test_the_store_is_whole_as_long_as_nobody_meddles(kept: Path) -> None:
    ended = run(kept, "verify")
    assert (ended.code, ended.out) == (0, "")
    assert "5 entries" in ended.err


def meddle(school: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change the store behind the program's back: the guards are taken away first and put back after."""
    with closing(sqlite3.connect(school / STORE)) as db:
        guards = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"drop trigger {name}")
        for statement, values in statements:
            assert db.execute(statement, values).rowcount != 0
        for _, sql in guards:
            db.execute(sql)
        db.commit()


LAST = "(select max(number) from entry)"
NOTE_BODY = "(select digest from entry where kind = 'note-made')"
MEDDLED: dict[str, tuple[str, tuple[object, ...]]] = {
    "who said it": (f"update entry set said_by = 'B. Other' where number = {LAST}", ()),
    "when it was said": (f"update entry set at = '2026-11-23T08:00:00+00:00' where number = {LAST}", ()),
    "whom it is about": (f"update entry set pupil_id = 'P002' where number = {LAST}", ()),
    "the days it speaks of": ("update entry set last_day = '2027-01-01' where number = 4", ()),
    "its kind": (f"update entry set kind = 'x' where number = {LAST}", ()),
    "its chain": ("update entry set chain = 'x' where number = 4", ()),
    "an entry gone from the middle": ("delete from entry where number = 4", ()),
    "the last entry gone": (f"delete from entry where number = {LAST}", ()),
    "other words": (
        f"update content set body = ? where digest = {NOTE_BODY}",
        (zlib.compress(b'{"text": "nothing"}'),),
    ),
    "words made unreadable": (f"update content set body = ? where digest = {NOTE_BODY}", (b"noise",)),
    "words gone": (f"delete from content where digest = {NOTE_BODY}", ()),
    "a register made unreadable": (
        "update content set body = ? where digest in (select digest from part)",
        (b"noise",),
    ),
    "the summary of a taking made unreadable": (
        "update content set body = ? where digest in (select digest from entry where kind = 'taken-in')",
        (b"noise",),
    ),
    "a taking of another file": ("update taking set file = 'x.csv' where entry = 1", ()),
    "a taking of another day": ("update taking set day = '2026-11-22' where entry = 1", ()),
    "a taking of another reading": ("update taking set reading = 'x' where entry = 2", ()),
    "a taking of other bytes": ("update taking set bytes = 'x' where entry = 2", ()),
    "a taking gone": ("delete from taking where entry = 2", ()),
    "a part gone": ("delete from part where kind = 'register'", ()),
    "a part of another day": (
        "update part set first_day = '2026-11-20', last_day = '2026-11-20' where kind = 'register'",
        (),
    ),
    "a part of another session": ("update part set half = 'PM' where kind = 'register'", ()),
    "a part with other rows": (
        "update part set digest = (select digest from part where kind = 'flags') where kind = 'register'",
        (),
    ),
    "a flag gone from the running table": ("delete from running_flag where pupil_id = 'P001'", ()),
    "a flag ended in the running table": ("update running_flag set until = '2026-10-01' where pupil_id = 'P001'", ()),
}


@pytest.mark.parametrize("case", MEDDLED)
def test_verify_finds_what_was_altered(written: Path, case: str) -> None:
    meddle(written, MEDDLED[case])
    ended = run(written, "verify")
    assert ended.code == 22, ended.err
    assert "firstday.db" in ended.err
    assert "backup" in ended.err


@pytest.mark.parametrize("case", ["words made unreadable", "a register made unreadable"])
@pytest.mark.parametrize("command", ["reconcile", "why", "verify"])
def test_a_damaged_content_is_told_and_is_no_crash(written: Path, case: str, command: str) -> None:
    meddle(written, MEDDLED[case])
    drop(written, {})
    ended = process(written, command, *(("P001",) if command == "why" else ()))
    assert "Traceback" not in ended.err
    assert ended.code == 22
