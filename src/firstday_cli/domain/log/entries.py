"""What can be written in the log: facts in the past tense, each said by somebody at some moment."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, NewType

from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.escalated import (
    DecisionMade,
    EnquiryMade,
    Escalated,
    ReferralAnswered,
    ReferralMade,
    VisitMade,
    VisitStarted,
)
from firstday_cli.domain.log.judged import RatingChanged, ReviewDecided, ReviewHeld, RiskAssessed
from firstday_cli.domain.log.kept import FilesUnread, SettingsKept
from firstday_cli.domain.log.noted import KeptIn, NoteKind, NoteMade, NotePasted, SheetMade
from firstday_cli.domain.log.reached import AgencyInformed, CallMade, PupilSeen, SeenHow, TextSent
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

EntryId = NewType("EntryId", str)
__all__ = [
    "AgencyInformed",
    "CallMade",
    "DecisionMade",
    "EnquiryMade",
    "Entry",
    "EntryId",
    "EntryWithdrawn",
    "ExplanationGiven",
    "FilesUnread",
    "Finding",
    "InSchoolChecked",
    "KeptIn",
    "Logged",
    "MessageHeard",
    "MessageMatched",
    "NoteKind",
    "NoteMade",
    "NotePasted",
    "PupilSeen",
    "RatingChanged",
    "ReferralAnswered",
    "ReferralMade",
    "ReviewDecided",
    "ReviewHeld",
    "RiskAssessed",
    "SchoolClosed",
    "SeenHow",
    "SettingsKept",
    "SheetMade",
    "TextSent",
    "VisitMade",
    "VisitStarted",
    "danger_in",
    "days_of",
    "is_danger",
    "pupils_of",
    "sighting_in",
    "standing_entries",
]


class Finding(StrEnum):
    """What somebody found who looked for a pupil in school, or asked whether one arrived off site."""

    FOUND = "found"
    NOT_FOUND = "not-found"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not-arrived"


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
    """A person decided whom a message is about, and for which days; nobody, where `pupil_ids` is empty.

    With `danger`, its words that nobody may know where the child is, it explains nothing; `half` is the morning where
    the child is to come at midday.
    """

    kind: Literal["message-matched"] = "message-matched"
    message_id: str
    fingerprint: str
    pupil_ids: tuple[PupilId, ...]
    received: date
    first_day: date
    last_day: date
    received_at: datetime | None = None
    channel: str = ""
    last_episode: datetime | None = None
    danger: str = ""
    half: Half | None = None

    @property
    def pupil_id(self) -> PupilId:
        """The one pupil it is about; nobody, where it is about several."""
        return self.pupil_ids[0] if len(self.pupil_ids) == 1 else PupilId("")


@record
class MessageHeard:
    """A message that somebody heard or read and typed in, the pupil picked by that person; `danger` as in a match.

    Without a pupil it is open: it explains nobody, and waits as a message under its entry's id.
    """

    kind: Literal["message-heard"] = "message-heard"
    pupil_id: PupilId
    told_by: str
    reason: str
    first_day: date
    last_day: date
    channel: str = ""
    last_episode: datetime | None = None
    danger: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet whom it is about."""
        return not self.pupil_id


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


Entry = (
    InSchoolChecked
    | MessageMatched
    | MessageHeard
    | ExplanationGiven
    | CallMade
    | TextSent
    | NotePasted
    | SheetMade
    | PupilSeen
    | AgencyInformed
    | Escalated
    | RatingChanged
    | RiskAssessed
    | ReviewHeld
    | ReviewDecided
    | NoteMade
    | SchoolClosed
    | EntryWithdrawn
    | FilesUnread
    | SettingsKept
)


@record
class Logged:
    """An entry in the log: who said it, when it happened, when it was written down."""

    entry_id: EntryId
    at: datetime
    recorded: datetime
    by: str
    what: Entry

    @property
    def source(self) -> str:
        """Who said it, and where it stands in the log."""
        return f"{self.by} at {self.at:%H:%M} ({self.entry_id})"

    @property
    def number(self) -> int:
        """The entry's place in the log."""
        return int(self.entry_id.removeprefix("E"))


def is_danger(entry: Logged) -> bool:
    """Whether an entry is a call or a message that showed a danger, whatever came after it."""
    if isinstance(entry.what, MessageMatched | MessageHeard):
        return bool(entry.what.danger)
    return isinstance(entry.what, CallMade) and FOLLOWS[entry.what.outcome].is_danger


def danger_in(entry: Entry) -> Outcome:
    """Which sign of danger an entry shows: how a call ended; of a message, that nobody knows where the child is."""
    return entry.outcome if isinstance(entry, CallMade) else Outcome.DOES_NOT_KNOW_WHERE


def sighting_in(entry: Entry) -> PupilSeen | None:
    """The sighting that an entry tells of: its own, or that of a visit on which the child was seen; else None."""
    if isinstance(entry, VisitMade) and AT_THE_DOOR[entry.outcome].is_seen:
        return PupilSeen(
            pupil_id=entry.pupil_id, day=entry.day, half=entry.half, how=SeenHow.HOME, with_parent=entry.with_parent
        )
    return entry if isinstance(entry, PupilSeen) else None


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


def pupils_of(entry: Entry) -> tuple[PupilId, ...]:
    """The pupils that the entry is about."""
    match entry:
        case MessageMatched():
            return entry.pupil_ids
        case MessageHeard() if entry.is_open:
            return ()
        case SheetMade() | ReviewHeld() | SchoolClosed() | EntryWithdrawn() | FilesUnread() | SettingsKept():
            return ()
        case _:
            return (entry.pupil_id,)


def days_of(entry: Entry) -> tuple[date | None, date | None]:
    """The first and last day that the entry speaks of; None where it speaks of none."""
    match entry:
        case InSchoolChecked() | NoteMade() | SchoolClosed() | PupilSeen() | AgencyInformed():
            return entry.day, entry.day
        case RatingChanged() | ReviewHeld() | ReviewDecided() | TextSent() | NotePasted() | SheetMade():
            return entry.day, entry.day
        case EnquiryMade() | VisitStarted() | VisitMade() | DecisionMade() | ReferralMade() | ReferralAnswered():
            return entry.day, entry.day
        case RiskAssessed():
            return entry.on, entry.on
        case MessageMatched():
            return min(entry.received, entry.first_day), max(entry.received, entry.last_day)
        case MessageHeard() | ExplanationGiven() | CallMade():
            return entry.first_day, entry.last_day
        case EntryWithdrawn() | FilesUnread() | SettingsKept():
            return None, None
