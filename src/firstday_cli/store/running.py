"""Running tables: what a morning needs of earlier days, folded once; thrown away and folded again at will."""

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

from firstday_cli.domain.people import Flag, HeldFlag, Pupil, PupilId
from firstday_cli.domain.school_days import in_london
from firstday_cli.store.codec import as_records, in_field_order, unpacked

FLAGS, ROW = (next(n for n, f in enumerate(fields(Pupil)) if f.name == name) for name in ("flags", "row"))
ALWAYS = datetime.max.replace(tzinfo=UTC)
HeldRow = tuple[str, str, str, str | None, str, int, str, str | None]
Key = tuple[str, str, str]
COLUMNS = "pupil_id, flag, since, until, file, row, said_at, in_force_from"
INSERT = f"insert or replace into running_flag ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)"


def fold_flags(db: sqlite3.Connection, kind: str, kept: dict[str, Any], said_at: str) -> None:
    """Fold one file's flags in, of a flags file or of a roll: the newest words on each flag stand."""
    held = {row[:3]: row for row in held_flags(db)}
    db.executemany(INSERT, _fold(held, _rows(kind, kept, said_at)))


def _fold(held: dict[Key, HeldRow], rows: Iterable[HeldRow]) -> list[HeldRow]:
    """The rows with the first day on which each flag was held here and in force; `held` is brought up to them.

    A flag that was over and is said again begins anew.
    """
    folded = []
    for row in rows:
        before = held.get(row[:3])
        went_on = before is not None and (
            before[3] is None or before[3] >= in_london(datetime.fromisoformat(row[6])).date().isoformat()
        )
        days = [day for day in (before[-1] if before and (went_on or not row[-1]) else None, row[-1]) if day]
        held[row[:3]] = (*row[:-1], min(days, default=None))
        folded.append(held[row[:3]])
    return folded


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
        begins = max(since, in_london(datetime.fromisoformat(said_at)).date().isoformat())
        in_force_from = begins if until is None or until >= begins else None
        yield flag.pupil_id, flag.flag, since, until, flag.file, flag.row, said_at, in_force_from


def held_flags(db: sqlite3.Connection) -> list[HeldRow]:
    """The running table as it stands, in order."""
    return db.execute(f"select {COLUMNS} from running_flag order by pupil_id, flag, since").fetchall()


def recounted(db: sqlite3.Connection, until: datetime = ALWAYS) -> list[HeldRow]:
    """What the running table must be: everything kept up to a moment, folded again from the first file."""
    query = (
        "select t.at, p.kind, c.body from taking t join part p on p.reading = t.reading join content c using (digest) "
        "where p.kind in ('flags', 'roll') order by t.batch, t.changed_ns, t.reading, p.kind"
    )
    found: dict[Key, HeldRow] = {}
    for at, kind, body in db.execute(query):
        if in_london(datetime.fromisoformat(at)) > until:
            continue
        _fold(found, _rows(kind, unpacked(body), at))
    return [found[key] for key in sorted(found)]


def rebuild(db: sqlite3.Connection) -> None:
    """Throw the running tables away and fold them again, inside a transaction already begun."""
    rows = recounted(db)
    db.execute("delete from running_flag")
    db.executemany(INSERT, rows)


def was_taken_in_since(db: sqlite3.Connection, until: datetime) -> bool:
    """Whether anything was taken in after this moment: the running tables then know more than was known."""
    rows = db.execute("select distinct at from taking where day >= ?", (until.date().isoformat(),))
    return any(in_london(datetime.fromisoformat(at)) > until for (at,) in rows)


def flags_ever_said(db: sqlite3.Connection, until: datetime) -> dict[PupilId, tuple[HeldFlag, ...]]:
    """The last words on every flag up to a moment, by pupil."""
    found: dict[PupilId, tuple[HeldFlag, ...]] = {}
    rows = recounted(db, until) if was_taken_in_since(db, until) else held_flags(db)
    for pupil_id, flag, since, ends, file, row, said_at, in_force_from in rows:
        said = in_london(datetime.fromisoformat(said_at))
        if said <= until:
            last = Flag(
                pupil_id=PupilId(pupil_id), flag=flag, file=file, row=row,
                since=date.fromisoformat(since) if since else None, until=date.fromisoformat(ends) if ends else None,
            )  # fmt: skip
            begun = date.fromisoformat(in_force_from) if in_force_from else None
            held = HeldFlag(flag=last, said_on=said.date(), in_force_from=begun)
            found[last.pupil_id] = (*found.get(last.pupil_id, ()), held)
    return found
