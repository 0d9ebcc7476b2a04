"""Whether the store is whole and unaltered."""

import sqlite3
from typing import Any

from firstday_cli.errors import StoreUnavailable
from firstday_cli.store import earlier_days, running
from firstday_cli.store.codec import digest_kept, unpacked
from firstday_cli.store.evidence import TAKING
from firstday_cli.store.log import BEGINNING, COLUMNS, TAKEN_IN, Line
from firstday_cli.store.running import held_flags


def faults(db: sqlite3.Connection) -> list[str]:
    """What is wrong with the chain, one sentence each; empty when the log is whole and unaltered."""
    found = [str(row[0]) for row in db.execute("pragma integrity_check") if row[0] != "ok"]
    found += _broken_links(db)
    for digest, body in db.execute("select digest, body from content"):
        if digest_kept(body) != digest:
            found.append(f"content {digest[:12]} was altered")
    found += _altered_takings(db) + _missing_content(db)
    return found or _wrong_counts(db)  # what was altered cannot be counted again


def broken_chain(db: sqlite3.Connection) -> list[str]:
    """What is wrong with the links of the chain and its end alone: quick, and the contents are not looked at."""
    return [*_broken_links(db), *_missing_end(db)]


def _broken_links(db: sqlite3.Connection) -> list[str]:
    """Entries that are gone, or that do not follow the one before."""
    found, before = [], BEGINNING
    for expected, (*columns, chain) in enumerate(
        db.execute(f"select {COLUMNS}, chain from entry order by number"), start=1
    ):
        line = Line(**dict(zip(COLUMNS.split(", "), columns, strict=True)))
        if line.number != expected:
            found.append(f"entry E{expected} is not there")
            expected = line.number  # noqa: PLW2901
        if line.chained_to(before) != chain:
            found.append(f"entry E{line.number} was altered, or one before it")
        before = chain
    return found


def _missing_content(db: sqlite3.Connection) -> list[str]:
    entries = "select 'entry E' || number from entry where digest not in (select digest from content)"
    parts = "select 'a part of ' || reading from part where digest not in (select digest from content)"
    return [f"the content of {row[0]} is gone" for query in (entries, parts) for row in db.execute(query)]


def _altered_takings(db: sqlite3.Connection) -> list[str]:
    """Takings and parts that are not as the log says they were kept."""
    query = "select e.number, c.body from entry e join content c using (digest) where e.kind = ? order by e.number"
    found, parts, settings = [], set(), set()
    for number, body in db.execute(query, (TAKEN_IN,)):
        try:
            said: dict[str, Any] = unpacked(body)
        except StoreUnavailable:
            found.append(f"what entry E{number} took in can no longer be read")
            continue
        kept = db.execute(f"select {', '.join(TAKING)} from taking where entry = ?", (number,)).fetchone()
        if kept != tuple(said[name] for name in TAKING):
            found.append(f"the taking of entry E{number} was altered")
        parts |= {tuple(part) for part in said["parts"]}
        settings |= {said["settings"]} if "settings" in said else set()
    there = set(db.execute("select reading, kind, first_day, last_day, half, digest from part"))
    found += [f"a part of kind {part[1]} was altered or is gone" for part in sorted(parts - there)]
    found += [f"a part of kind {part[1]} is there that nobody took in" for part in sorted(there - parts)]
    kept = {digest for (digest,) in db.execute("select digest from content")} if settings else set()
    found += ["the settings of a day are gone" for _ in settings - kept]
    strays = db.execute("select count(*) from taking where entry not in (select number from entry)").fetchone()[0]
    return found + (["a taking has no entry"] if strays else []) + _missing_end(db)


def _missing_end(db: sqlite3.Connection) -> list[str]:
    """Whether the log ends where it ended: a chain alone does not show that its last links are gone."""
    last = db.execute("select coalesce(max(number), 0) from entry").fetchone()[0]
    ever = (db.execute("select seq from sqlite_sequence where name = 'entry'").fetchone() or (0,))[0]
    return [f"the log ends at E{last}, and there was an E{ever}"] if ever > last else []


def _wrong_counts(db: sqlite3.Connection) -> list[str]:
    """Running tables that differ from a recount of everything kept."""
    found = [] if held_flags(db) == running.recounted(db) else ["the running table of flags differs from a recount"]
    now, again = earlier_days.kept(db), earlier_days.recounted(db)
    return found + [
        f"{table} differs from a recount of all that was taken in" for table in now if now[table] != again[table]
    ]
