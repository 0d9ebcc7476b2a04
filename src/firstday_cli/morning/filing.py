"""A reading → what the store keeps of it: its parts as plain values, and the sum of its rows."""

from typing import Any

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import (
    AbsenceMessage,
    CallTyped,
    LateArrival,
    PlannedAbsence,
    RefusedRow,
    RegisterMark,
)
from firstday_cli.domain.people import Flag, Pupil
from firstday_cli.intake.keeping import Kept, kinds_kept
from firstday_cli.intake.reading import Reading
from firstday_cli.store.codec import as_rows
from firstday_cli.store.evidence import FileTaken, Part

RECORDS: dict[str, type[Any]] = {
    "roll": Pupil,
    "contacts": Contact,
    "lates": LateArrival,
    "messages": AbsenceMessage,
    "planned": PlannedAbsence,
    "flags": Flag,
    "calls": CallTyped,
    "refused": RefusedRow,
    "undated": RefusedRow,
}


def as_filed(reading: Reading, name: str, digest: str, size: int, changed_ns: int) -> FileTaken:
    """The reading as it is kept, under the name by which the same reading is known again."""
    return FileTaken(
        file=reading.file, size=size, changed_ns=changed_ns, reading=name, bytes=digest,
        parts=tuple(_part(kept, reading) for kept in kinds_kept(reading)),
        summary={
            "kind": reading.layout.kind, "profile": reading.layout.profile,
            "read": reading.rows_read, "refused": reading.rows_refused,
        },
    )  # fmt: skip


def _part(kept: Kept, reading: Reading) -> Part:
    value = _register(kept, reading) if kept.kind == "register" else as_rows(RECORDS[kept.kind], kept.rows)
    if kept.kind == "roll":
        value["has_flags"] = "flags" in reading.layout.places
    return Part(kind=kept.kind, value=value, first_day=kept.first_day, last_day=kept.last_day, half=kept.half)


def _register(kept: Kept, reading: Reading) -> dict[str, Any]:
    """One session's marks; a file whose every row carries a comment is no whole register."""
    marks = reading.registers.sessions.get(kept.session) if kept.session else None
    plain = sorted(marks.plain.items(), key=lambda block: (block[0][0], block[0][1], str(block[0][2]))) if marks else []
    rows = marks.rows if marks else []
    all_commented = not plain and all(row.comment for row in rows)
    return {
        "plain": [
            [mark, group, taken.isoformat() if taken else None, pupils] for (mark, group, taken), pupils in plain
        ],
        "rows": as_rows(RegisterMark, rows),
        "comments_only": reading.layout.export.comments_only or all_commented,
        **({"names_no_day": True} if reading.registers.names_no_day else {}),
    }
