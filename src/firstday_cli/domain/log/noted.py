"""Entries of the log: what people noted and pasted elsewhere, and which sheets were made."""

from datetime import date
from enum import StrEnum
from typing import Literal

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half


class NoteKind(StrEnum):
    """What a note is about."""

    NOTE = "note"
    INTELLIGENCE = "intelligence"
    STRATEGY = "strategy"
    IMPACT = "impact"


class KeptIn(StrEnum):
    """Where the school keeps its own record: the information system, or the safeguarding one."""

    MIS = "mis"
    CPOMS = "cpoms"


@record
class NotePasted:
    """Somebody pasted the day's note into the information system or the safeguarding record."""

    kind: Literal["note-pasted"] = "note-pasted"
    pupil_id: PupilId
    day: date
    into: KeptIn
    reference: str = ""


@record
class SheetMade:
    """A sheet was made: its number of the day, whom it listed, and what tells it from every other."""

    kind: Literal["sheet-made"] = "sheet-made"
    sheet: str
    day: date
    half: Half
    number: int
    pupil_ids: tuple[PupilId, ...]
    fingerprint: str


@record
class NoteMade:
    """Something to remember; it never explains."""

    kind: Literal["note-made"] = "note-made"
    pupil_id: PupilId
    day: date
    text: str
    about: NoteKind = NoteKind.NOTE
