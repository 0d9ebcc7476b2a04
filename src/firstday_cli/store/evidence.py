"""What was taken in: each file's rows kept once, and every occasion on which the file came."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from firstday_cli.domain.evidence import (
    AbsenceMessage,
    Filed,
    Import,
    LateArrival,
    PlainMarks,
    PlannedAbsence,
    RefusedRow,
    RegisterMark,
    Sheet,
)
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london
from firstday_cli.store.codec import as_records, unpacked
from firstday_cli.store.log import TAKEN_IN, append, keep_content
from firstday_cli.store.running import fold_flags

T = TypeVar("T")
EXPORTED = ("roll", "contacts", "flags", "register", "lates", "messages", "planned")
KINDS = (*EXPORTED, "calls")  # no system exports calls: the office types them, or none at all
SPEAKING = "('register', 'lates', 'messages', 'planned')"  # of the days that their rows name
TAKING = ("batch", "reading", "bytes", "file", "size", "changed_ns", "at", "day")
PART = "reading, kind, first_day, last_day, half, digest"


@record
class Part:
    """One kind's rows of a reading, as they are kept; of registers, one session's."""

    kind: str
    value: Any
    first_day: str = ""
    last_day: str = ""
    half: str = ""


@record
class FileTaken:
    """One file to be kept: its name and time, what was understood of it, and the sum."""

    file: str
    size: int
    changed_ns: int
    reading: str
    bytes: str
    parts: tuple[Part, ...]
    summary: dict[str, Any]


@record
class Taking:
    """One occasion on which a reading came in."""

    reading: str
    brought: Import


def take_in(
    db: sqlite3.Connection, files: Sequence[FileTaken], *, at: datetime, by: str, settings: str = ""
) -> None:  # fmt: skip
    """Keep these files as one batch, inside a transaction already begun; what is kept already is not kept again.

    `settings` is the digest of the settings of then; empty where nobody knows them.
    """
    batch = 1 + (db.execute("select max(batch) from taking").fetchone()[0] or 0)
    for file in sorted(files, key=lambda f: (f.changed_ns, f.reading)):
        kept = _keep_parts(db, file)
        values = (
            batch,
            file.reading,
            file.bytes,
            file.file,
            file.size,
            file.changed_ns,
            at.isoformat(),
            in_london(at).date().isoformat(),
        )
        content = {**dict(zip(TAKING, values, strict=True)), "summary": file.summary, "parts": kept}
        content |= {"settings": settings} if settings else {}
        number = append(db, content, kind=TAKEN_IN, at=at, recorded=at, by=by)
        db.execute(
            f"insert into taking (entry, {', '.join(TAKING)}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *values)
        )
        for part in sorted(file.parts, key=lambda p: p.kind):
            if part.kind in ("flags", "roll"):
                fold_flags(db, part.kind, part.value, at.isoformat())


def _keep_parts(db: sqlite3.Connection, file: FileTaken) -> list[list[str]]:
    """Keep the file's parts, unless the reading is kept already; return each with its digest, for the chain."""
    if not is_kept(db, file.reading):
        for part in file.parts:
            values = (file.reading, part.kind, part.first_day, part.last_day, part.half, keep_content(db, part.value))
            db.execute(f"insert into part ({PART}) values (?, ?, ?, ?, ?, ?)", values)
    return sorted(list(row) for row in db.execute(f"select {PART} from part where reading = ?", (file.reading,)))


def last_taken(db: sqlite3.Connection, until: datetime) -> datetime | None:
    """When anything was last taken in, up to a moment; None where nothing was."""
    moments = (in_london(datetime.fromisoformat(at)) for (at,) in db.execute("select distinct at from taking"))
    return max((at for at in moments if at <= until), default=None)


def is_kept(db: sqlite3.Connection, reading: str) -> bool:
    """Whether this reading was taken in before."""
    return db.execute("select 1 from taking where reading = ? limit 1", (reading,)).fetchone() is not None


def files_seen(db: sqlite3.Connection, name: str) -> frozenset[tuple[int, int, str]]:
    """Size, time and digest of every file of this name that was taken in, whole or sheet by sheet."""
    query = "select distinct size, changed_ns, bytes from taking where file = ? or (file > ? and file < ?)"
    return frozenset(db.execute(query, (name, f"{name}, ", f"{name},!")))


def taken_as(db: sqlite3.Connection, digest: str) -> list[tuple[str, int]]:
    """The files as which these very bytes were taken in, and when each was changed; the last changed first."""
    query = "select distinct file, changed_ns from taking where bytes = ? order by changed_ns desc"
    return [(str(file), int(changed)) for file, changed in db.execute(query, (digest,))]


def last_day_of_reading(db: sqlite3.Connection, begins: str) -> date | None:
    """The last day on which a reading whose name begins so was taken in; None where there is none."""
    found = db.execute("select max(day) from taking where substr(reading, 1, ?) = ?", (len(begins), begins)).fetchone()
    return date.fromisoformat(found[0]) if found[0] else None


def days_of(db: sqlite3.Connection, digest: str) -> frozenset[str]:
    """The days on which these very bytes were taken in."""
    return frozenset(day for (day,) in db.execute("select distinct day from taking where bytes = ?", (digest,)))


def takings_of(db: sqlite3.Connection, kind: str, until: datetime) -> list[Taking]:
    """Every occasion on which this kind came in up to a moment, oldest first."""
    query = (
        "select distinct t.reading, t.file, t.batch, t.at, t.changed_ns from taking t "
        "join part p on p.reading = t.reading where p.kind = ? order by t.batch, t.changed_ns, t.reading"
    )
    found = (_taking(*row) for row in db.execute(query, (kind,)))
    return [taking for taking in found if taking.brought.at <= until]


def _taking(reading: str, file: str, batch: int, at: str, changed_ns: int) -> Taking:
    moment = in_london(datetime.fromisoformat(at))
    return Taking(reading=reading, brought=Import(file=file, batch=batch, at=moment, changed=changed_ns / 1e9))


def newest(takings: Sequence[Taking]) -> list[Taking]:
    """The takings that no other is newer than: one file, or several that came together; one for each reading."""
    if not takings:
        return []
    last = [t for t in takings if t.brought.batch == takings[-1].brought.batch]
    unbeaten = [t for t in last if not any(other.brought.is_newer(t.brought) for other in last)]
    return list({t.reading: t for t in unbeaten}.values())


def replaced_by(now: Sequence[Taking], takings: Sequence[Taking], days: int) -> list[Taking]:
    """The takings that these took the place of: all of the last days, and the newest from before those."""
    if not now:
        return []
    since, readings = now[-1].brought.at.date() - timedelta(days=days), {t.reading for t in now}
    before = newest([t for t in takings if t.brought.at.date() < since])
    lately = [t for t in takings if t.brought.at.date() >= since]
    return [t for t in {t.reading: t for t in (*before, *lately)}.values() if t.reading not in readings]


def part(db: sqlite3.Connection, reading: str, kind: str) -> Any:
    """The kept rows of one kind of one reading; None where it has none."""
    query = "select c.body from part p join content c using (digest) where p.reading = ? and p.kind = ?"
    found = db.execute(query, (reading, kind)).fetchone()
    return unpacked(found[0]) if found else None


def filed(db: sqlite3.Connection, kind: str, what: type[T], first: date, last: date, until: datetime) -> list[Filed[T]]:
    """The rows of every file of this kind whose days touch these; rows that several files share, once, by the last."""
    query = (
        "select p.digest, t.reading, t.file, t.batch, t.at, t.changed_ns "
        "from part p join taking t on t.reading = p.reading "
        "where p.kind = ? and p.first_day <= ? and p.last_day >= ? order by t.batch, t.changed_ns, t.reading"
    )
    rows = db.execute(query, (kind, last.isoformat(), first.isoformat()))
    takings = [(digest, _taking(*taken)) for digest, *taken in rows]
    found = []
    for digest, taking in {d: t for d, t in takings if t.brought.at <= until}.items():
        (body,) = db.execute("select body from content where digest = ?", (digest,)).fetchone()
        found += [Filed(what=row, brought_by=taking.brought) for row in as_records(what, unpacked(body))]
    return found


def lates_on(db: sqlite3.Connection, day: date, until: datetime) -> tuple[Filed[LateArrival], ...]:
    """Sign-ins and sign-outs of a day."""
    return tuple(filed(db, "lates", LateArrival, day, day, until))


def messages_about(db: sqlite3.Connection, day: date, until: datetime) -> tuple[Filed[AbsenceMessage], ...]:
    """Messages whose days may reach this one."""
    return tuple(filed(db, "messages", AbsenceMessage, day, day, until))


def plans_about(
    db: sqlite3.Connection, day: date, until: datetime
) -> tuple[tuple[Filed[PlannedAbsence], ...], tuple[Filed[PlannedAbsence], ...]]:
    """Planned absences about this day: those of the newest export, and those of earlier ones."""
    now = {t.reading: t.brought for t in newest(takings_of(db, "planned", until))}
    current: list[Filed[PlannedAbsence]] = []
    before: list[Filed[PlannedAbsence]] = []
    for plan in filed(db, "planned", PlannedAbsence, day, day, until):
        (current if plan.brought_by in now.values() else before).append(plan)
    return tuple(current), tuple(before)


def sheets_of(db: sqlite3.Connection, day: date, until: datetime) -> dict[Half, tuple[Sheet, ...]]:
    """The registers of a day, by half."""
    takings: defaultdict[str, list[Taking]] = defaultdict(list)
    query = (
        "select distinct t.reading, t.file, t.batch, t.at, t.changed_ns "
        "from taking t join part p on p.reading = t.reading "
        "where (p.kind = 'register' and p.first_day = ?) or (p.kind = 'undated' and t.day = ?) "
        "order by t.batch, t.changed_ns, t.reading"
    )
    for row in db.execute(query, (day.isoformat(), day.isoformat())):
        taking = _taking(*row)
        if taking.brought.at <= until:
            takings[taking.reading].append(taking)
    return {half: tuple(s for t in takings.values() if (s := _sheet(db, t, day, half))) for half in Half}


def is_spoken_of(db: sqlite3.Connection, since: date, day: date, until: datetime) -> bool:
    """Whether anything kept by a moment may speak of a day: a file's rows, an entry about any day since the first."""
    taken = "select t.at from taking t join part p on p.reading = t.reading where"
    queries = (
        f"{taken} p.kind in {SPEAKING} and p.first_day <= :day and p.last_day >= :day",
        f"{taken} p.kind = 'undated' and t.day = :day",
        "select recorded from entry where last_day >= :since and first_day <= :day",
    )
    days = {"day": day.isoformat(), "since": since.isoformat()}
    moments = (at for query in queries for (at,) in db.execute(query, days))
    return any(in_london(datetime.fromisoformat(at)) <= until for at in moments)


def _sheet(db: sqlite3.Connection, takings: Sequence[Taking], day: date, half: Half) -> Sheet | None:
    query = (
        "select c.body from part p join content c using (digest) "
        "where p.reading = ? and p.kind = 'register' and p.first_day = ? and p.half = ?"
    )
    found = db.execute(query, (takings[-1].reading, day.isoformat(), half.value)).fetchone()
    refused = tuple(row for row in refused_in(db, takings[-1].reading) if row.may_concern(day, half))
    if found is None and not refused:
        return None
    kept: dict[str, Any] = (
        unpacked(found[0]) if found else {"plain": [], "rows": {"fields": [], "rows": []}, "comments_only": True}
    )
    plain = tuple(
        PlainMarks(mark=mark, group=group, taken_at=_moment(taken), pupils=pupils)
        for mark, group, taken, pupils in kept["plain"]
    )
    rows = tuple(as_records(RegisterMark, kept["rows"]))
    return Sheet(
        brought_by=takings[-1].brought, takings=tuple(t.brought for t in takings), plain=plain, rows=rows,
        refused=refused, comments_only=kept["comments_only"], names_no_day=kept.get("names_no_day", False),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return in_london(datetime.fromisoformat(text)) if text else None


def refused_in(db: sqlite3.Connection, reading: str) -> Iterable[RefusedRow]:
    """The rows of this reading that were refused."""
    for kind in ("refused", "undated"):
        kept = part(db, reading, kind)
        yield from as_records(RefusedRow, kept) if kept else ()
