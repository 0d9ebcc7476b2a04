"""What a stretch of school days shows: the record that the analysis fills and its report draws."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.marks import CountsAs, Treatment, code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.standing.session_facts import SessionFacts

UNMARKED = "unmarked"


@record
class SessionTally:
    """How many of one group's pupils had marks of one class in one session; `counts_as` "unmarked" for none."""

    day: date
    half: str
    group: str
    counts_as: str
    pupils: int


@record
class AttendanceLine:
    """Sessions of attendance under one heading: a week, a group or a weekday."""

    label: str
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    unmarked: int

    @property
    def absence(self) -> str:
        """Absence as a share of possible sessions, to one decimal; a dash where no session was possible."""
        return f"{100 * (self.authorised + self.unauthorised) / self.possible:.1f} %" if self.possible else "–"


@record
class TermPicture:
    """Attendance from one day to another, by week, by group and by weekday."""

    school: str
    first: date
    last: date
    by_week: tuple[AttendanceLine, ...]
    by_group: tuple[AttendanceLine, ...]
    by_weekday: tuple[AttendanceLine, ...]


def tallies(session: SessionFacts) -> Iterable[SessionTally]:
    """One session's marks counted by group and statistical class; a session without any register counts nothing."""
    if session.why_shut or not session.sheets:
        return
    roll, counted = session.evidence.roll, Counter[tuple[str, str]]()
    for pupil_id in roll.ids - session.not_expected.keys():
        counted[roll.group(pupil_id), _class_of(session, pupil_id)] += 1
    for (group, counts_as), pupils in sorted(counted.items()):
        yield SessionTally(
            day=session.session.day, half=session.session.half, group=group, counts_as=counts_as, pupils=pupils
        )


def _class_of(session: SessionFacts, pupil_id: PupilId) -> str:
    if pupil_id in session.counted_in:
        return CountsAs.PRESENT
    mark = session.marks.get(pupil_id)
    code = code_on(mark.mark, session.session.day) if mark and not mark.is_doubtful else None
    return UNMARKED if code is None or code.treatment is Treatment.NO_MARK else code.counts_as
