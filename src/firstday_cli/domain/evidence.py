"""What came in for a day: registers, lates, messages, planned absences, and the rows nobody could read."""

from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

T = TypeVar("T")
WORDLESS = "a text was answered; its words were not written down"
SPOKEN_OF_FOR = timedelta(days=14)  # how long words may name days to come, and a danger that nobody decided is shown


@record
class Problem:
    """A row, or part of one, that could not be understood: where it is, what was found, what was expected."""

    file: str
    row: int
    column: str
    found: str
    expected: str


@record
class RegisterMark:
    """One pupil's mark for one session; `mark` None in an export of comments only, `comment` None in one without."""

    pupil_id: PupilId
    mark: str | None
    comment: str | None = None
    minutes_late: str = ""
    group: str = ""
    taken_at: datetime | None = None
    row: int = 0


@record
class LateArrival:
    """A sign-in or a sign-out, or both, of one pupil on one day; by name and group where the file has no ids."""

    pupil_id: PupilId
    day: date
    time_in: time | None = None
    time_out: time | None = None
    reason: str = ""
    name: str = ""
    group: str = ""
    row: int = 0


@record
class AbsenceMessage:
    """A call, e-mail or note from home, as received."""

    message_id: str
    received_at: datetime
    channel: str = ""
    sender_name: str = ""
    sender_phone: str = ""
    sender_email: str = ""
    pupil_id: PupilId = PupilId("")
    pupil_name: str = ""
    group: str = ""
    text: str = ""
    from_date: date | None = None
    to_date: date | None = None
    row: int = 0


@record
class PlannedAbsence:
    """Known beforehand: leave granted, an appointment, study leave; `half` None for the whole day."""

    pupil_id: PupilId
    from_date: date
    to_date: date
    code: str
    half: Half | None = None
    reason: str = ""
    due_back: time | None = None
    approved_by: str = ""
    row: int = 0

    def covers(self, day: date, half: Half) -> bool:
        """Whether this session is among the planned ones."""
        return self.from_date <= day <= self.to_date and self.half in (None, half)


@record
class CallTyped:
    """One call as it was typed into a spreadsheet: what the caller says, before it is judged by any list."""

    pupil_id: PupilId
    contact: int
    outcome: Outcome
    at: datetime
    day: date
    by: str = ""
    phone_key: str = ""
    child_with: str = ""
    reason: str = ""
    has_no_reason: bool = False
    code: str = ""
    note: str = ""
    row: int = 0


@record
class RefusedRow:
    """A row that was not understood: its pupil, day, session and contact where those could still be read.

    `taken_at` is when its register was taken, or its call made.
    """

    problems: tuple[Problem, ...]
    pupil_id: PupilId = PupilId("")
    day: date | None = None
    half: Half | None = None
    taken_at: datetime | None = None
    contact: int = 0

    def may_concern(self, day: date, half: Half) -> bool:
        """Whether the row may have been about this session."""
        return self.day in (None, day) and self.half in (None, half)


@record
class Import:
    """One taking-in of one file: `batch` counts the occasions, `changed` is the file's own time in seconds."""

    file: str
    batch: int
    at: datetime
    changed: float

    def is_newer(self, other: "Import") -> bool:
        """Whether this file came after the other; of files taken in together, if it changed at least a minute later."""
        if self.batch != other.batch:
            return self.batch > other.batch
        return self.changed - other.changed >= 60


@record
class PlainMarks:
    """Pupils marked present with nothing else to say of them, as id → row: counted, not built."""

    mark: str
    group: str
    taken_at: datetime | None
    pupils: dict[str, int]


@record
class Sheet:
    """One file's register for one session; with `names_no_day` it is of the day on which it was asked for."""

    brought_by: Import
    takings: tuple[Import, ...]
    plain: tuple[PlainMarks, ...]
    rows: tuple[RegisterMark, ...]
    refused: tuple[RefusedRow, ...]
    comments_only: bool = False
    names_no_day: bool = False

    @property
    def names(self) -> frozenset[PupilId]:
        """Every pupil with a row that was understood."""
        plain = (PupilId(p) for block in self.plain for p in block.pupils)
        return frozenset((*plain, *(row.pupil_id for row in self.rows)))


@record
class Filed(Generic[T]):
    """A fact and the file that brought it."""

    what: T
    brought_by: Import
