"""The log: append and read, each entry chained to the one before."""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from firstday_cli.domain.log.entries import (
    Entry,
    EntryId,
    EntryWithdrawn,
    Logged,
    SchoolClosed,
    days_of,
    pupils_of,
    standing_entries,
)
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london
from firstday_cli.store.codec import digest_of, entry_as_json, entry_from_json, packed, unpacked, written

TAKEN_IN = "taken-in"
LONGEST = 18  # digits of an entry number
MOST = 500  # names in one question to the database
BEGINNING = "0" * 64
COLUMNS = "number, kind, pupil_id, first_day, last_day, at, recorded, said_by, digest"


@record
class Line:
    """An entry as it is chained: everything but its content, of which only the digest."""

    number: int
    kind: str
    pupil_id: str
    first_day: str | None
    last_day: str | None
    at: str
    recorded: str
    said_by: str
    digest: str

    def chained_to(self, before: str) -> str:
        """The hash over the chain before and this line."""
        fields = [
            before, self.number, self.kind, self.pupil_id, self.first_day, self.last_day, self.at, self.recorded,
            self.said_by, self.digest,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def keep_content(db: sqlite3.Connection, value: Any) -> str:
    """Keep a JSON value unless it is there already; return its digest."""
    text = written(value)
    digest = digest_of(text)
    if not db.execute("select 1 from content where digest = ?", (digest,)).fetchone():
        db.execute("insert into content (digest, body) values (?, ?)", (digest, packed(text)))
    return digest


def append(
    db: sqlite3.Connection, value: Any, *, kind: str, at: datetime, recorded: datetime, by: str,
    pupil_id: str = "", days: tuple[date | None, date | None] = (None, None),
) -> int:  # fmt: skip
    """Add one line to the chain, inside a transaction already begun; return its number."""
    last = db.execute("select number, chain from entry order by number desc limit 1").fetchone() or (0, BEGINNING)
    line = Line(
        number=last[0] + 1, kind=kind, pupil_id=pupil_id,
        first_day=days[0].isoformat() if days[0] else None, last_day=days[1].isoformat() if days[1] else None,
        at=at.isoformat(), recorded=recorded.isoformat(), said_by=by, digest=keep_content(db, value),
    )  # fmt: skip
    db.execute(
        f"insert into entry ({COLUMNS}, chain) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            line.number, line.kind, line.pupil_id, line.first_day, line.last_day, line.at, line.recorded,
            line.said_by, line.digest, line.chained_to(last[1]),
        ),
    )  # fmt: skip
    return line.number


def append_entry(db: sqlite3.Connection, entry: Entry, *, at: datetime, recorded: datetime, by: str) -> EntryId:
    """Write an entry in the log, unless the very same one stands there; return its id."""
    value = entry_as_json(entry)
    same = _standing_twin(db, value, at, by)
    if same is not None:
        return same
    pupil_id = getattr(entry, "pupil_id", "")
    number = append(db, value, kind=entry.kind, at=at, recorded=recorded, by=by, pupil_id=pupil_id, days=days_of(entry))
    return EntryId(f"E{number}")


def _standing_twin(db: sqlite3.Connection, value: Any, at: datetime, by: str) -> EntryId | None:
    """The same words by the same person at the same moment, not withdrawn: saying it twice adds nothing."""
    digest = digest_of(written(value))
    query = "select number from entry where digest = ? and at = ? and said_by = ? order by number desc limit 1"
    found = db.execute(query, (digest, at.isoformat(), by)).fetchone()
    if found is None:
        return None
    entry_id = EntryId(f"E{found[0]}")
    return None if entry_id in withdrawn(db) else entry_id


def withdrawn(db: sqlite3.Connection) -> frozenset[EntryId]:
    """The entries that stand withdrawn."""
    gone: set[EntryId] = set()
    for logged in reversed(list(_read(db, "where e.kind = 'entry-withdrawn'"))):
        if isinstance(logged.what, EntryWithdrawn) and logged.entry_id not in gone:
            gone.add(logged.what.entry)
    return frozenset(gone)


def entries_about(db: sqlite3.Connection, first: date, last: date, until: datetime) -> tuple[Logged, ...]:
    """Entries that speak of any of these days, and every withdrawal, as recorded up to a moment."""
    spoken = _read(db, "where e.last_day >= ? and e.first_day <= ?", first.isoformat(), last.isoformat())
    taken_back = _read(db, "where e.kind = 'entry-withdrawn'")
    found = sorted((*spoken, *taken_back), key=lambda logged: logged.number)
    return tuple(logged for logged in found if logged.recorded <= until)


ALWAYS_WANTED = ("rating-changed", "risk-assessed")


def entries_of(
    db: sqlite3.Connection, pupils: Sequence[PupilId], since: date, until: datetime
) -> dict[PupilId, tuple[Logged, ...]]:
    """The standing entries about each of these pupils from a day on, and every rating and assessment."""
    wanted = f"(e.last_day >= ? or e.kind in ({_places(ALWAYS_WANTED)})) and e.kind <> ?"
    back = [e for e in _read(db, "where e.kind = 'entry-withdrawn'") if e.recorded <= until]
    said: defaultdict[PupilId, list[Logged]] = defaultdict(list)
    for some in (pupils[n : n + MOST] for n in range(0, len(pupils), MOST)):
        where = f"where e.pupil_id in ({_places(some)}) and {wanted}"
        for entry in _read(db, where, *some, since.isoformat(), *ALWAYS_WANTED, TAKEN_IN):
            if entry.recorded <= until:
                said[getattr(entry.what, "pupil_id", PupilId(""))].append(entry)
    for entry in _read(
        db, "where e.kind = 'message-matched' and e.pupil_id = '' and e.last_day >= ?", since.isoformat()
    ):
        for pupil_id in pupils_of(entry.what) if entry.recorded <= until else ():
            said[pupil_id].append(entry)
    in_order = {pupil_id: sorted((*entries, *back), key=lambda e: e.number) for pupil_id, entries in said.items()}
    return {pupil_id: standing_entries(tuple(in_order.get(pupil_id, ()))) for pupil_id in pupils}


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def all_about(db: sqlite3.Connection, pupil_id: PupilId, until: datetime) -> tuple[Logged, ...]:
    """Every entry about a pupil and every withdrawal, those taken back too, as recorded up to a moment."""
    about = _read(db, "where e.pupil_id = ? and e.kind <> ?", pupil_id, TAKEN_IN)
    of_several = _read(db, "where e.kind = 'message-matched' and e.pupil_id = ''")
    with_it = (e for e in of_several if pupil_id in pupils_of(e.what))
    back = _read(db, "where e.kind = 'entry-withdrawn'")
    return tuple(sorted((e for e in (*about, *with_it, *back) if e.recorded <= until), key=lambda e: e.number))


def closures(db: sqlite3.Connection, until: datetime) -> tuple[SchoolClosed, ...]:
    """Every closure that was said and stands, as of a moment."""
    found = _read(db, "where e.kind in ('school-closed', 'entry-withdrawn')")
    standing = standing_entries(tuple(e for e in found if e.recorded <= until))
    return tuple(e.what for e in standing if isinstance(e.what, SchoolClosed))


ESCALATED = ("visit-started", "visit-made", "decision-made", "referral-made", "referral-answered")


def pupils_spoken_of(
    db: sqlite3.Connection, since: date, until: datetime, *, escalated_only: bool = False
) -> frozenset[PupilId]:
    """The pupils whom an entry since a day is about, taken back or not; or whom only what escalates is about."""
    kinds = f"kind in ({', '.join('?' * len(ESCALATED))})" if escalated_only else "kind <> ?"
    query = f"select distinct pupil_id, recorded from entry where last_day >= ? and pupil_id <> '' and {kinds}"
    found = db.execute(query, (since.isoformat(), *(ESCALATED if escalated_only else (TAKEN_IN,))))
    return frozenset(PupilId(p) for p, recorded in found if in_london(datetime.fromisoformat(recorded)) <= until)


def calls_at(db: sqlite3.Connection, pupil_id: PupilId, at: datetime) -> tuple[Logged, ...]:
    """Every call about a pupil at this moment that was ever written, those taken back too."""
    return tuple(_read(db, "where e.kind = 'call-made' and e.pupil_id = ? and e.at = ?", pupil_id, at.isoformat()))


def entry(db: sqlite3.Connection, entry_id: EntryId) -> Logged | None:
    """One entry of the log; None where there is none of that id."""
    number = entry_id.removeprefix("E")
    if not (number.isdecimal() and number.isascii() and len(number) < LONGEST):
        return None
    return next(iter(_read(db, "where e.number = ? and e.kind <> ?", int(number), TAKEN_IN)), None)


def last_recorded(db: sqlite3.Connection) -> datetime | None:
    """When the newest entry was written; None where there is none."""
    found = db.execute("select recorded from entry order by number desc limit 1").fetchone()
    return in_london(datetime.fromisoformat(found[0])) if found else None


def last_entry_by(db: sqlite3.Connection, by: str) -> Logged | None:
    """The last entry that this person wrote and that still stands."""
    gone = withdrawn(db)
    where = "where e.said_by = ? and e.kind not in (?, 'entry-withdrawn')"
    found = _read(db, where, by, TAKEN_IN)
    return next((logged for logged in reversed(list(found)) if logged.entry_id not in gone), None)


def _read(db: sqlite3.Connection, where: str, *values: object) -> Iterable[Logged]:
    columns = "e.number, e.at, e.recorded, e.said_by, c.body"
    query = f"select {columns} from entry e join content c using (digest) {where} order by e.number"
    for number, at, recorded, by, body in db.execute(query, values):
        yield Logged(
            entry_id=EntryId(f"E{number}"), at=in_london(datetime.fromisoformat(at)),
            recorded=in_london(datetime.fromisoformat(recorded)), by=by, what=entry_from_json(unpacked(body)),
        )  # fmt: skip
