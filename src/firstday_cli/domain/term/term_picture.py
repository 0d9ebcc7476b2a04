"""What a stretch of school days shows: the record that the analysis fills and its report draws."""

from collections.abc import Mapping
from datetime import date, datetime

from firstday_cli.domain.calling.contact_lists import ContactPicture
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.timing import Timing


@record
class AttendanceLine:
    """Sessions of attendance under one heading, of how many pupils; `joins` names the lines it puts together."""

    label: str
    pupils: int
    attended: int
    authorised: int
    unauthorised: int
    unmarked: int
    joins: tuple[str, ...] = ()

    @property
    def possible(self) -> int:
        """Sessions attended or missed."""
        return self.attended + self.missed

    @property
    def missed(self) -> int:
        """Sessions of absence, authorised or not."""
        return self.authorised + self.unauthorised


@record
class CallLine:
    """Rings under one heading: how many, how many were answered, how many said where the child is."""

    label: str
    rings: int
    answered: int
    contact: int


@record
class DeadlineLine:
    """What had to be made by a time: how often it was in time, late, not made; what is not due yet counts nowhere."""

    label: str
    counts: Mapping[Timing, int]

    @property
    def due(self) -> int:
        """How often the time is past."""
        return sum(count for timing, count in self.counts.items() if timing is not Timing.NOT_DUE_YET)

    @property
    def in_time(self) -> int:
        """How often it was made and written down in time."""
        return self.counts.get(Timing.IN_TIME, 0)


@record
class FirstContacts:
    """Children on the list, how many were answered for, in how many minutes in the middle, how many within an hour.

    `settled` are those whose hour is over or whose answer is there; the median is of the answers, None without one.
    """

    listed: int
    made: int
    settled: int
    within_an_hour: int
    median: float | None


@record
class VisitLine:
    """Visits of one outcome, one for each child."""

    label: str
    visits: int


@record
class SilentPupil:
    """One pupil and how many absences nobody has explained."""

    pupil: Pupil
    absences: int


@record
class Attendance:
    """Attendance of the whole school and under each heading."""

    overall: AttendanceLine
    by_week: tuple[AttendanceLine, ...]
    by_group: tuple[AttendanceLine, ...]
    by_weekday: tuple[AttendanceLine, ...]
    by_rating: tuple[AttendanceLine, ...]


@record
class Calls:
    """The rings of the span, all together, by hour and by contact."""

    overall: CallLine
    by_hour: tuple[CallLine, ...]
    by_contact: tuple[CallLine, ...]


@record
class TermPicture:
    """What one stretch of days shows, as of one moment.

    `rated_on` is the day whose ratings count; `days` are its school days so far, `marked` those with a register,
    `read` those with one on the day itself. `rows` are the marks as a table for another program.
    """

    school: str
    first: date
    last: date
    as_of: datetime
    rated_on: date
    days: int
    marked: int
    read: int
    attendance: Attendance
    calls: Calls
    deadlines: tuple[DeadlineLine, ...]
    contacts: FirstContacts
    visits: tuple[VisitLine, ...]
    silent: tuple[SilentPupil, ...]
    lists: ContactPicture
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
