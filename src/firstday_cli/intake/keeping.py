"""A Reading → the parts that are kept of it, and a name by which the same reading is known again."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import (
    SPOKEN_OF_FOR,
    AbsenceMessage,
    CallTyped,
    LateArrival,
    PlannedAbsence,
    RefusedRow,
)
from firstday_cli.domain.people import Flag, Pupil
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, in_london
from firstday_cli.intake.cells.ways import ORDINARY
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.layouts.profile import Export
from firstday_cli.intake.reading import Reading

SAID_FROM_THE_FIRST = (
    "holds", "columns", "needs", "needs_one_of", "without", "wins", "marks_across", "comments_only",
    "numbered_contacts", "flags_when_yes", "left_when", "marks",
)  # fmt: skip
LONGEST_HOLIDAY = timedelta(days=60)  # an undated message may wait so long for the next school day
AnyRow = Pupil | Contact | LateArrival | AbsenceMessage | PlannedAbsence | Flag | CallTyped | RefusedRow


@record
class Kept:
    """Rows of one kind, the days they reach, and of registers the marks of one session."""

    kind: str
    first_day: str = ""
    last_day: str = ""
    half: str = ""
    rows: tuple[AnyRow, ...] = ()
    session: tuple[date, Half] | None = None


def name_of_reading(raw: bytes, table: str, layout: Layout, asked: Session) -> str:
    """What tells this reading of these bytes from every other: the layout, the day where the file names none."""
    parts = [layout.profile, _described(layout.export), layout.separator]
    parts += [repr(layout.ways)] if layout.ways != ORDINARY else []
    parts += [table.partition(", ")[2]] if ", " in table else []
    if layout.mark_columns or (layout.kind == "register" and "date" not in layout.places):
        parts.append(str(asked))
    return hashlib.sha256(raw + "\x1f".join(parts).encode()).hexdigest()


def _described(export: Export) -> str:
    """The layout as text that stays the same while profiles learn to say more: what they do not say is left out."""
    first = ", ".join(f"{name}={getattr(export, name)!r}" for name in SAID_FROM_THE_FIRST)
    since = [
        f"{field.name}={said!r}"
        for field in fields(export)
        if field.name not in SAID_FROM_THE_FIRST and (said := getattr(export, field.name))
    ]
    return f"Export({first})" + "".join(since)


def name_as_understood(name: str, reading: Reading) -> str:
    """What tells one understanding of the same bytes from another: by a newer roll or contact list they say more."""
    understood = repr((sorted(reading.ids()), reading.calls, reading.refused, sorted(_whose(reading))))
    return hashlib.sha256(f"{name}\x1f{understood}".encode()).hexdigest()


def _whose(reading: Reading) -> Iterable[tuple[int, str]]:
    """Each row of marks and arrivals with its pupil: a newer roll may give the same row to another."""
    for marks in reading.registers.sessions.values():
        yield from ((row, pupil_id) for block in marks.plain.values() for pupil_id, row in block.items())
        yield from ((row.row, row.pupil_id) for row in marks.rows)
    for kind in (reading.lates, reading.planned, reading.contacts, reading.flags, reading.messages):
        yield from ((row.row, row.pupil_id) for row in kind)


def kinds_kept(reading: Reading) -> Iterable[Kept]:
    """Everything of a reading that is kept, part by part."""
    kind = reading.layout.kind
    if kind == "roll":
        yield Kept(kind="roll", rows=reading.pupils)
    if kind == "contacts" or reading.layout.has_numbered_contacts:
        yield Kept(kind="contacts", rows=reading.contacts)
    if kind == "flags":
        yield Kept(kind="flags", rows=reading.flags)
    if kind == "planned":
        first = min((p.from_date.isoformat() for p in reading.planned), default="")
        yield Kept(
            kind="planned", rows=reading.planned, first_day=first,
            last_day=max((p.to_date.isoformat() for p in reading.planned), default=""),
        )  # fmt: skip
    if kind == "calls":
        yield Kept(kind="calls", rows=reading.calls)
    yield from _by_day(reading)
    if reading.refused:
        undated = kind == "register" and any(row.day is None for row in reading.refused)
        yield Kept(kind="undated" if undated else "refused", rows=reading.refused)


def _by_day(reading: Reading) -> Iterable[Kept]:
    kind = reading.layout.kind
    if kind == "lates":
        days = sorted({late.day for late in reading.lates})
        for day in days:
            of_day = tuple(late for late in reading.lates if late.day == day)
            yield Kept(kind="lates", first_day=day.isoformat(), last_day=day.isoformat(), rows=of_day)
        if not days:
            yield Kept(kind="lates")
    if kind == "messages":
        spans = {message: _span(message) for message in reading.messages}
        for first, last in sorted(set(spans.values())) or [("", "")]:
            rows = tuple(m for m, span in spans.items() if span == (first, last))
            yield Kept(kind="messages", first_day=first, last_day=last, rows=rows)
    if kind == "register":
        named = [
            (row.day, half) for row in reading.refused if row.day for half in ([row.half] if row.half else list(Half))
        ]
        for day, half in sorted({*reading.registers.sessions, *named}):
            yield Kept(
                kind="register", first_day=day.isoformat(), last_day=day.isoformat(), half=half.value,
                session=(day, half),
            )  # fmt: skip


def _span(message: AbsenceMessage) -> tuple[str, str]:
    """The days a message may speak of, widely drawn: which it does is decided when it is read.

    Whatever its dates, a danger in its words is spoken of for longer.
    """
    received = in_london(message.received_at).date()
    first = min(day for day in (received, message.from_date, message.to_date) if day)
    last = message.to_date or message.from_date or received + LONGEST_HOLIDAY
    return first.isoformat(), max(last, received + SPOKEN_OF_FOR).isoformat()
