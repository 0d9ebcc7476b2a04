"""What can be written in the log: facts in the past tense, each said by somebody at some moment."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, NewType

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

EntryId = NewType("EntryId", str)


class Finding(StrEnum):
    """What somebody found who looked for a pupil in school, or asked whether one arrived off site."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not-arrived"


class NoteKind(StrEnum):
    """What a note is about."""

    NOTE = "note"
    INTELLIGENCE = "intelligence"
    STRATEGY = "strategy"
    IMPACT = "impact"


@record
class InSchoolChecked:
    """Somebody looked for the pupil in this session."""

    kind: Literal["in-school-checked"] = "in-school-checked"
    pupil_id: PupilId
    day: date
    half: Half
    finding: Finding
    where: str = ""


@record
class MessageMatched:
    """A person decided whom a message is about, and for which days; nobody, where `pupil_ids` is empty."""

    kind: Literal["message-matched"] = "message-matched"
    message_id: str
    fingerprint: str
    pupil_ids: tuple[PupilId, ...]
    received: date
    first_day: date
    last_day: date


@record
class MessageHeard:
    """A message that somebody heard or read and typed in, the pupil picked by that person."""

    kind: Literal["message-heard"] = "message-heard"
    pupil_id: PupilId
    told_by: str
    reason: str
    first_day: date
    last_day: date
    channel: str = ""


@record
class ExplanationGiven:
    """An explanation from anywhere else: who told whom, why, and whom the child is with."""

    kind: Literal["explanation-given"] = "explanation-given"
    pupil_id: PupilId
    told_by: str
    reason: str
    child_with: str
    first_day: date
    last_day: date
    code: str = ""
    back: time | None = None
    last_episode: datetime | None = None


@record
class NoteMade:
    """Something to remember; it never explains."""

    kind: Literal["note-made"] = "note-made"
    pupil_id: PupilId
    day: date
    text: str
    about: NoteKind = NoteKind.NOTE


@record
class SchoolClosed:
    """The school is shut for a day, or for one half of it."""

    kind: Literal["school-closed"] = "school-closed"
    day: date
    half: Half | None = None
    why: str


@record
class EntryWithdrawn:
    """An earlier entry is taken back; nothing is edited or deleted."""

    kind: Literal["entry-withdrawn"] = "entry-withdrawn"
    entry: EntryId
    why: str


Entry = InSchoolChecked | MessageMatched | MessageHeard | ExplanationGiven | NoteMade | SchoolClosed | EntryWithdrawn


@record
class Logged:
    """An entry in the log: who said it, when it happened, when it was written down."""

    entry_id: EntryId
    at: datetime
    recorded: datetime
    by: str
    what: Entry

    @property
    def number(self) -> int:
        """The entry's place in the log."""
        return int(self.entry_id.removeprefix("E"))


def standing_entries(log: tuple[Logged, ...]) -> tuple[Logged, ...]:
    """The entries that have not been withdrawn, in the order they were written.

    A withdrawal that is itself withdrawn takes nothing back.
    """
    gone: set[EntryId] = set()
    for logged in sorted(log, key=lambda entry: entry.number, reverse=True):
        if isinstance(logged.what, EntryWithdrawn) and logged.entry_id not in gone:
            gone.add(logged.what.entry)
    return tuple(
        logged for logged in log if logged.entry_id not in gone and not isinstance(logged.what, EntryWithdrawn)
    )


def days_of(entry: Entry) -> tuple[date | None, date | None]:
    """The first and last day that the entry speaks of; None where it speaks of none."""
    match entry:
        case InSchoolChecked() | NoteMade() | SchoolClosed():
            return entry.day, entry.day
        case MessageMatched():
            return min(entry.received, entry.first_day), max(entry.received, entry.last_day)
        case MessageHeard() | ExplanationGiven():
            return entry.first_day, entry.last_day
        case EntryWithdrawn():
            return None, None
