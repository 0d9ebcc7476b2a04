"""What can be written in the log: facts in the past tense, each said by somebody at some moment."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, NewType

from firstday_cli.domain.calls import FOLLOWS, Outcome
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
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


class SeenHow(StrEnum):
    """Where somebody of the school saw the pupil."""

    HOME = "home"
    VIDEO = "video"
    SCHOOL = "school"


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
    received_at: datetime | None = None
    channel: str = ""

    @property
    def pupil_id(self) -> PupilId:
        """The one pupil it is about; nobody, where it is about several."""
        return self.pupil_ids[0] if len(self.pupil_ids) == 1 else PupilId("")


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
class CallMade:
    """One attempt to reach one contact; the number as it was dialled. An answer says where the child is."""

    kind: Literal["call-made"] = "call-made"
    pupil_id: PupilId
    first_day: date
    last_day: date
    outcome: Outcome
    contact: int
    contact_id: str = ""
    contact_name: str = ""
    relationship: str = ""
    phone: str = ""
    reason: str = ""
    child_with: str = ""
    code: str = ""
    note: str = ""
    last_episode: datetime | None = None


@record
class PupilSeen:
    """Somebody of the school saw the pupil; a face to face only with a parent there too. Millbrook, table."""

    kind: Literal["pupil-seen"] = "pupil-seen"
    pupil_id: PupilId
    day: date
    half: Half
    how: SeenHow
    with_parent: bool


@record
class AgencyInformed:
    """A linked agency was told of the absence, by a person. Millbrook, table."""

    kind: Literal["agency-informed"] = "agency-informed"
    pupil_id: PupilId
    day: date
    agency: str


@record
class RatingChanged:
    """A person's rating: why, by whose authority, the facts that were known, and until when it holds."""

    kind: Literal["rating-changed"] = "rating-changed"
    pupil_id: PupilId
    day: date
    rating: RagRating
    before: RagRating
    why: str
    facts: tuple[str, ...]
    authorised_by: str = ""
    review: date | None = None


@record
class RiskAssessed:
    """A risk assessment is on file elsewhere: when it was made, when it is reviewed, where; never what it says."""

    kind: Literal["risk-assessed"] = "risk-assessed"
    pupil_id: PupilId
    on: date
    review: date
    reference: str


@record
class ReviewHeld:
    """The daily review meeting was held, with these people. Millbrook, 10.30."""

    kind: Literal["review-held"] = "review-held"
    day: date
    present: tuple[str, ...]


@record
class ReviewDecided:
    """What the daily review meeting decided about a pupil."""

    kind: Literal["review-decided"] = "review-decided"
    pupil_id: PupilId
    day: date
    decision: str


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


Entry = (
    InSchoolChecked
    | MessageMatched
    | MessageHeard
    | ExplanationGiven
    | CallMade
    | PupilSeen
    | AgencyInformed
    | RatingChanged
    | RiskAssessed
    | ReviewHeld
    | ReviewDecided
    | NoteMade
    | SchoolClosed
    | EntryWithdrawn
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
    """Whether an entry is a call that showed a danger, whatever came after it."""
    return isinstance(entry.what, CallMade) and FOLLOWS[entry.what.outcome].is_danger


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
        case InSchoolChecked() | NoteMade() | SchoolClosed() | PupilSeen() | AgencyInformed():
            return entry.day, entry.day
        case RatingChanged() | ReviewHeld() | ReviewDecided():
            return entry.day, entry.day
        case RiskAssessed():
            return entry.on, entry.on
        case MessageMatched():
            return min(entry.received, entry.first_day), max(entry.received, entry.last_day)
        case MessageHeard() | ExplanationGiven() | CallMade():
            return entry.first_day, entry.last_day
        case EntryWithdrawn():
            return None, None
