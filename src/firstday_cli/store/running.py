"""Running tables: what a morning needs of earlier days, folded once; thrown away and folded again at will."""

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from firstday_cli.domain.people import Flag, Pupil, PupilId
from firstday_cli.domain.school_days import in_london
from firstday_cli.store.codec import as_records, in_field_order, unpacked

FLAGS, ROW = (next(n for n, f in enumerate(fields(Pupil)) if f.name == name) for name in ("flags", "row"))
HeldRow = tuple[str, str, str, str | None, str, int, str]
COLUMNS = "pupil_id, flag, since, until, file, row, said_at"


def fold_flags(db: sqlite3.Connection, kind: str, kept: dict[str, Any], said_at: str) -> None:
    """Fold one file's flags in, of a flags file or of a roll: the newest words on each flag stand."""
    db.executemany(
        f"insert or replace into running_flag ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)", _rows(kind, kept, said_at)
    )


def _flags_in(kind: str, kept: dict[str, Any]) -> Iterable[Flag]:
    if kind == "flags":
        yield from as_records(Flag, kept)
        return
    for row in in_field_order(Pupil, kept):
        for word in row[FLAGS] or ():
            yield Flag(pupil_id=PupilId(row[0]), flag=word, file="the roll", row=row[ROW])


def _rows(kind: str, kept: dict[str, Any], said_at: str) -> Iterable[HeldRow]:
    for flag in _flags_in(kind, kept):
        since = flag.since.isoformat() if flag.since else ""
        until = flag.until.isoformat() if flag.until else None
        yield flag.pupil_id, flag.flag, since, until, flag.file, flag.row, said_at


def held_flags(db: sqlite3.Connection) -> list[HeldRow]:
    """The running table as it stands, in order."""
    return db.execute(f"select {COLUMNS} from running_flag order by pupil_id, flag, since").fetchall()


def recounted(db: sqlite3.Connection) -> list[HeldRow]:
    """What the running table must be: everything kept, folded again from the first file."""
    query = (
        "select t.at, p.kind, c.body from taking t join part p on p.reading = t.reading join content c using (digest) "
        "where p.kind in ('flags', 'roll') order by t.batch, t.changed_ns, t.reading, p.kind"
    )
    found: dict[tuple[str, str, str], HeldRow] = {}
    for at, kind, body in db.execute(query):
        for row in _rows(kind, unpacked(body), at):
            found[row[0], row[1], row[2]] = row
    return [found[key] for key in sorted(found)]


def rebuild(db: sqlite3.Connection) -> None:
    """Throw the running tables away and fold them again, inside a transaction already begun."""
    rows = recounted(db)
    db.execute("delete from running_flag")
    db.executemany(f"insert into running_flag ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)", rows)


def flags_ever_said(db: sqlite3.Connection, until: datetime) -> dict[PupilId, tuple[Flag, ...]]:
    """The last words on every flag up to a moment, by pupil."""
    found: dict[PupilId, tuple[Flag, ...]] = {}
    for pupil_id, flag, since, ends, file, row, said_at in held_flags(db):
        if in_london(datetime.fromisoformat(said_at)) <= until:
            held = Flag(
                pupil_id=PupilId(pupil_id), flag=flag, file=file, row=row,
                since=date.fromisoformat(since) if since else None, until=date.fromisoformat(ends) if ends else None,
            )  # fmt: skip
            found[held.pupil_id] = (*found.get(held.pupil_id, ()), held)
    return found
