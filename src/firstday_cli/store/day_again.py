"""A copy of the store in memory in which one day's files come again, one after another; the store itself is only read.

In the copy nothing guards what was written: there, and there alone, something may be taken away or come late.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby

from firstday_cli.domain.school_days import in_london
from firstday_cli.store import earlier_days, running
from firstday_cli.store.breaking import Arrival, Breaks, without_kind
from firstday_cli.store.codec import unpacked
from firstday_cli.store.evidence import FileTaken, Part, take_in, takings_of
from firstday_cli.store.then import ITSELF

TAKEN = "select entry, batch, at, reading, bytes, file, size, changed_ns from taking"
Row = tuple[int, int, str, str, str, str, int, int]


class DayAgain:
    """The store as it was at one moment, and the files that came after it, to come again."""

    def __init__(self, db: sqlite3.Connection, waiting: Sequence[Arrival]) -> None:
        self.db, self.waiting, self.has_lost = _copy_of(db), list(waiting), False

    def begins_as(self, other: "DayAgain") -> bool:
        """Whether both days begin with the same store."""
        return self.has_lost == other.has_lost

    def broken(self, breaks: Breaks) -> "DayAgain":
        """The same day, each of its files broken: none, itself, or others in its place."""
        changed = (other for arrival in self.waiting for other in breaks(arrival))
        return DayAgain(self.db, sorted(changed, key=_order))

    def without_newest(self, kind: str, until: datetime) -> "DayAgain":
        """The same day as if the newest of this kind from before it had never come."""
        again = DayAgain(self.db, self.waiting)
        again.has_lost = True
        takings = takings_of(again.db, kind, until)
        last = takings[-1].brought.batch if takings else 0
        with _whole(again.db):
            for row in again.db.execute(f"{TAKEN} where batch = ?", (last,)).fetchall():
                _drop_rows(again.db, row, kind)
            _count_again(again.db)
        return again

    def live_until(self, at: datetime) -> None:
        """Let everything come that came up to this moment."""
        due = [arrival for arrival in self.waiting if arrival.at <= at]
        self.waiting = [arrival for arrival in self.waiting if arrival.at > at]
        for (came, _), together in groupby(due, key=_order):
            files = [arrival.file for arrival in together]
            with _whole(self.db):
                take_in(self.db, files, at=came, by=ITSELF)
                earlier_days.fold(self.db, files, came)


def day_again(db: sqlite3.Connection, begins: datetime, until: datetime) -> DayAgain:
    """The store as it was when a day began; what came from then until a moment comes again."""
    copy = _copy_of(db)
    with _whole(copy):
        since = copy.execute(f"{TAKEN} where day >= ?", (begins.date().isoformat(),)).fetchall()
        later = [row for row in since if _moment(row[2]) >= begins]
        found = [_arrival(copy, row) for row in later if _moment(row[2]) <= until]
        copy.executemany("delete from taking where entry = ?", [(row[0],) for row in later])
        copy.execute("delete from part where reading not in (select reading from taking)")
        _count_again(copy)
    return DayAgain(copy, sorted(found, key=_order))


def _copy_of(db: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    db.backup(copy)
    for (name,) in copy.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        copy.execute(f"drop trigger {name}")
    return copy


@contextmanager
def _whole(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction in the copy, which is thrown away whole where it fails."""
    db.execute("begin")
    yield
    db.execute("commit")


def _count_again(db: sqlite3.Connection) -> None:
    running.rebuild(db)
    earlier_days.rebuild(db)


def _drop_rows(db: sqlite3.Connection, row: Row, kind: str) -> None:
    """Leave out one kind's rows of one occasion; the occasion too, where nothing else came on it."""
    arrival = _arrival(db, row)
    if not arrival.holds(kind):
        return
    left = list(without_kind(arrival, kind))
    db.execute("delete from taking where entry = ?", (row[0],))
    for other in left:
        take_in(db, [other.file], at=other.at, by=ITSELF)
        db.execute("update taking set batch = ? where batch = (select max(batch) from taking)", (row[1],))


def _order(arrival: Arrival) -> tuple[datetime, int]:
    return arrival.at, arrival.batch


def _moment(text: str) -> datetime:
    return in_london(datetime.fromisoformat(text))


def _arrival(db: sqlite3.Connection, row: Row) -> Arrival:
    _, batch, at, reading, digest, file, size, changed_ns = row
    return Arrival(
        at=_moment(at), batch=batch,
        file=FileTaken(
            file=file, size=size, changed_ns=changed_ns, reading=reading, bytes=digest, summary={},
            parts=tuple(_parts(db, reading)),
        ),
    )  # fmt: skip


def _parts(db: sqlite3.Connection, reading: str) -> Iterable[Part]:
    query = (
        "select p.kind, p.first_day, p.last_day, p.half, c.body from part p join content c using (digest) "
        "where p.reading = ? order by p.kind, p.first_day, p.last_day, p.half"
    )
    for kind, first_day, last_day, half, body in db.execute(query, (reading,)).fetchall():
        yield Part(kind=kind, value=unpacked(body), first_day=first_day, last_day=last_day, half=half)
