"""Earlier days, folded as they are taken in: each pupil's marks of a year, sign-ins, absences reported."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from firstday_cli.domain.days.year_of_marks import Year, lines_of, school_year, usable, with_marks
from firstday_cli.domain.evidence import AbsenceMessage, LateArrival, Sheet
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.standing.newest import settled_marks
from firstday_cli.store.codec import as_records, unpacked
from firstday_cli.store.evidence import FileTaken, sheets_of
from firstday_cli.store.running import ALWAYS

MARKS, SIGN_INS, MESSAGES = "running_year", "running_sign_in", "running_message"
DayMarks = dict[PupilId, dict[tuple[date, Half], str]]


def fold(db: sqlite3.Connection, files: Sequence[FileTaken], said_at: datetime) -> None:
    """Fold in what these files, just taken in, say of any day, inside a transaction already begun."""
    days = {day for file in files for day in _days_changed(db, file)}
    _write_marks(db, marks_of_days(db, sorted(days)))
    for file in files:
        for part in file.parts:
            _fold_rows(db, part.kind, part.value, said_at.isoformat())


def _days_changed(db: sqlite3.Connection, file: FileTaken) -> Iterator[date]:
    """The days whose marks may be others now: not those of which the file says what the newest before it said."""
    doubtful = any(part.kind in ("refused", "undated") for part in file.parts)
    for part in file.parts:
        if part.kind == "register" and (doubtful or not _says_nothing_new(db, part.first_day, part.half)):
            yield date.fromisoformat(part.first_day)
        if part.kind == "undated":
            yield from _days_taken(db, file.reading)


def _says_nothing_new(db: sqlite3.Connection, day: str, half: str) -> bool:
    """Whether the last two occasions on which this session came in brought one and the same content."""
    query = (
        "select t.batch, p.digest from part p join taking t on t.reading = p.reading "
        "where p.kind = 'register' and p.first_day = ? and p.half = ? order by t.batch desc"
    )
    batches: dict[int, set[str]] = {}
    for batch, digest in db.execute(query, (day, half)):
        if batch not in batches and len(batches) == 2:
            break
        batches.setdefault(batch, set()).add(digest)
    return len(batches) == 2 and len(set().union(*batches.values())) == 1


def _days_taken(db: sqlite3.Connection, reading: str) -> Iterator[date]:
    for (day,) in db.execute("select distinct day from taking where reading = ?", (reading,)):
        yield date.fromisoformat(day)


def marks_of_days(
    db: sqlite3.Connection, days: Iterable[date], until: datetime = ALWAYS, wanted: frozenset[PupilId] | None = None
) -> DayMarks:
    """The mark that counts for every pupil whom a register of these days names, as known at a moment."""
    found: DayMarks = defaultdict(dict)
    for day in days:
        for half, sheets in sheets_of(db, day, until).items():
            for pupil_id, mark in _settled(sheets, wanted).items():
                found[pupil_id][day, half] = usable(mark, day)
    return found


def _settled(sheets: tuple[Sheet, ...], wanted: frozenset[PupilId] | None) -> dict[PupilId, str | None]:
    marks = settled_marks(sheets) if sheets else {}
    return marks if wanted is None else {pupil_id: mark for pupil_id, mark in marks.items() if pupil_id in wanted}


def _write_marks(db: sqlite3.Connection, marks: DayMarks) -> None:
    for pupil_id, days in marks.items():
        by_year: dict[Year, dict[tuple[date, Half], str]] = defaultdict(dict)
        for (day, half), mark in days.items():
            by_year[school_year(day)][day, half] = mark
        for year, said in by_year.items():
            query = f"select marks from {MARKS} where pupil_id = ? and year = ?"
            (line,) = db.execute(query, (pupil_id, year)).fetchone() or ("",)
            values = (pupil_id, year, with_marks(line, said))
            db.execute(f"insert or replace into {MARKS} (pupil_id, year, marks) values (?, ?, ?)", values)


def _fold_rows(db: sqlite3.Connection, kind: str, value: Any, said_at: str) -> None:
    """Keep each row with the moment it first came in."""
    if kind == "lates":
        query = f"insert or ignore into {SIGN_INS} (pupil_id, name, grp, day, at, said_at) values (?, ?, ?, ?, ?, ?)"
        db.executemany(query, ((*row, said_at) for row in _sign_ins(value)))
    if kind == "messages":
        query = f"insert or ignore into {MESSAGES} (pupil_id, at, channel, said_at) values (?, ?, ?, ?)"
        db.executemany(query, ((*row, said_at) for row in _messages(value)))


def _sign_ins(value: Any) -> Iterator[tuple[str, str, str, str, str]]:
    for late in as_records(LateArrival, value):
        for at in (late.time_in, late.time_out):
            if at is not None:
                yield late.pupil_id, folded(late.name), late.group, late.day.isoformat(), at.isoformat("minutes")


def _messages(value: Any) -> Iterator[tuple[str, str, str]]:
    for message in as_records(AbsenceMessage, value):
        if message.pupil_id:
            yield message.pupil_id, message.received_at.isoformat(), message.channel


def kept(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The running tables of earlier days as they stand, in order."""
    return {
        MARKS: db.execute(f"select pupil_id, year, marks from {MARKS} order by pupil_id, year").fetchall(),
        SIGN_INS: sorted(db.execute(f"select pupil_id, name, grp, day, at, said_at from {SIGN_INS}")),
        MESSAGES: sorted(db.execute(f"select pupil_id, at, channel, said_at from {MESSAGES}")),
    }


def recounted(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """What these tables must be: everything kept, looked at again as a whole."""
    marks = marks_of_days(db, _all_days(db))
    lines = sorted((p, year, line) for p, days in marks.items() for year, line in _lines(days).items())
    return {
        MARKS: list(lines),
        SIGN_INS: _first_said((row, at) for value, at in _all_parts(db, "lates") for row in _sign_ins(value)),
        MESSAGES: _first_said((row, at) for value, at in _all_parts(db, "messages") for row in _messages(value)),
    }


def _lines(days: dict[tuple[date, Half], str]) -> dict[Year, str]:
    return lines_of((day, half, mark) for (day, half), mark in days.items())


def _all_days(db: sqlite3.Connection) -> list[date]:
    query = (
        "select first_day from part where kind = 'register' union "
        "select t.day from taking t join part p on p.reading = t.reading where p.kind = 'undated'"
    )
    return [date.fromisoformat(day) for (day,) in db.execute(query)]


def _first_said(rows: Iterable[tuple[tuple[str, ...], str]]) -> list[tuple[object, ...]]:
    """Each row once, with the moment it first came in, sorted."""
    first: dict[tuple[str, ...], str] = {}
    for row, at in rows:
        first.setdefault(row, at)
    return sorted((*row, at) for row, at in first.items())


def _all_parts(db: sqlite3.Connection, kind: str) -> Iterator[tuple[Any, str]]:
    """Every part of a kind once, with the moment it first came in, in the order they came."""
    query = (
        "select min(t.entry), t.at, c.body from taking t join part p on p.reading = t.reading "
        "join content c using (digest) where p.kind = ? group by p.digest order by 1"
    )
    for _, at, body in db.execute(query, (kind,)):
        yield unpacked(body), at


def rebuild(db: sqlite3.Connection) -> None:
    """Throw the running tables of earlier days away and fold them again, inside a transaction already begun."""
    for table, rows in recounted(db).items():
        db.execute(f"delete from {table}")
        for row in rows:
            db.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)
