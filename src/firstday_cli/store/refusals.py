"""Refused rows that still stand on a day: nothing that could not be read is forgotten before something says better."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from firstday_cli.domain.calling.typed_calls import CallKey, CallsFile, is_named_on, puts_right
from firstday_cli.domain.evidence import RefusedRow
from firstday_cli.domain.people import PupilId
from firstday_cli.store.evidence import Taking, newest, part, refused_in, takings_of


def refused_beside(
    db: sqlite3.Connection, day: date, messages_since: datetime, until: datetime
) -> tuple[RefusedRow, ...]:
    """Refused rows of all kinds but registers that still stand on this day."""
    found: list[RefusedRow] = []
    for kind in ("roll", "contacts", "flags", "planned"):
        for taking in newest(takings_of(db, kind, until)):
            found += refused_in(db, taking.reading)
    for kind in ("lates", "messages"):
        for taking in takings_of(db, kind, until):
            day_taken = taking.brought.at.date()
            waits = kind == "messages" and messages_since <= taking.brought.at and day_taken <= day
            if day_taken == day or waits:
                found += refused_in(db, taking.reading)
    return (*found, *_refused_calls(db, day, until))


def _refused_calls(db: sqlite3.Connection, day: date, until: datetime) -> Iterable[RefusedRow]:
    """Refused rows of typed calls that no newer file has put right; without any, no file is looked at."""
    refusing = _with_refused_calls(db)
    takings = tuple({t.reading: t for t in takings_of(db, "calls", until)}.values()) if refusing else ()
    read = cache(lambda taking: _calls_file(db, taking))
    for taking in (t for t in takings if t.reading in refusing):
        file, newer = read(taking), [t for t in takings if t.brought.is_newer(taking.brought)]
        for row in file.refused:
            if is_named_on(row, file, day) and not any(puts_right(read(t), file, row) for t in newer):
                yield row


def _with_refused_calls(db: sqlite3.Connection) -> frozenset[str]:
    query = (
        "select c.reading from part c join part r on r.reading = c.reading "
        "where c.kind = 'calls' and r.kind = 'refused'"
    )
    return frozenset(reading for (reading,) in db.execute(query))


def _calls_file(db: sqlite3.Connection, taking: Taking) -> CallsFile:
    kept = part(db, taking.reading, "calls")
    calls = frozenset(_key(dict(zip(kept["fields"], row, strict=True))) for row in kept["rows"])
    return CallsFile(brought_by=taking.brought, calls=calls, refused=tuple(refused_in(db, taking.reading)))


def _key(row: Mapping[str, Any]) -> CallKey:
    return PupilId(row["pupil_id"]), int(row["contact"]), datetime.fromisoformat(row["at"])
