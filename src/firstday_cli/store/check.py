"""Whether the store is whole and unaltered."""

import sqlite3
from typing import Any

from firstday_cli.store.codec import digest_kept, unpacked
from firstday_cli.store.evidence import TAKING
from firstday_cli.store.log import BEGINNING, COLUMNS, Line
from firstday_cli.store.running import held_flags, recounted


def faults(db: sqlite3.Connection) -> list[str]:
    """What is wrong with the chain, one sentence each; empty when the log is whole and unaltered."""
    found = [str(row[0]) for row in db.execute("pragma integrity_check") if row[0] != "ok"]
    before = BEGINNING
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
    for digest, body in db.execute("select digest, body from content"):
        if digest_kept(body) != digest:
            found.append(f"content {digest[:12]} was altered")
    return found + _altered_takings(db) + _missing_content(db) + _wrong_counts(db)


def _missing_content(db: sqlite3.Connection) -> list[str]:
    entries = "select 'entry E' || number from entry where digest not in (select digest from content)"
    parts = "select 'a part of ' || reading from part where digest not in (select digest from content)"
    return [f"the content of {row[0]} is gone" for query in (entries, parts) for row in db.execute(query)]


def _altered_takings(db: sqlite3.Connection) -> list[str]:
    """Takings that are not as their entry says."""
    query = (
        f"select t.entry, {', '.join(f't.{name}' for name in TAKING)}, c.body "
        "from taking t join entry e on e.number = t.entry join content c using (digest)"
    )
    found = []
    for number, *values, body in db.execute(query):
        said: dict[str, Any] = unpacked(body)
        if any(said.get(name) != value for name, value in zip(TAKING, values, strict=True)):
            found.append(f"the taking of entry E{number} was altered")
    return found


def _wrong_counts(db: sqlite3.Connection) -> list[str]:
    """Running tables that differ from a recount of everything kept."""
    return [] if held_flags(db) == recounted(db) else ["the running table of flags differs from a recount"]
