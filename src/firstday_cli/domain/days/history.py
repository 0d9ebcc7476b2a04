"""What is kept of a pupil's earlier days: marks, sign-ins, what the log says; read only for those it is asked of."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time

from firstday_cli.domain.days.year_of_marks import MarksKept
from firstday_cli.domain.log.entries import Logged
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half


@record
class SignIn:
    """Somebody signed in or out: by id, by name (folded) and group, or both."""

    day: date
    at: time
    pupil_id: PupilId
    name: str = ""
    group: str = ""


@record
class Reported:
    """The family reported an absence by a message: when it was received, and how."""

    at: datetime
    channel: str = ""


@record
class PupilHistory:
    """One pupil's earlier days, as known at the moment asked for.

    `marked_since` says of a session in which somebody looked in vain when its mark was first made; `timetabled` are the
    sessions that an export planned as leave on a part-time timetable.
    """

    marks: MarksKept = MarksKept(lines={})
    sign_ins: tuple[SignIn, ...] = ()
    log: tuple[Logged, ...] = ()
    reported: tuple[Reported, ...] = ()
    marked_since: Mapping[tuple[date, Half], datetime | None]
    timetabled: frozenset[tuple[date, Half]] = frozenset()


NOTHING_KEPT = PupilHistory(marked_since={})


class Histories:
    """Histories by pupil, each read once; all that a page needs are fetched together."""

    def __init__(
        self,
        read: Callable[[Iterable[PupilId]], Mapping[PupilId, PupilHistory]],
        first_taken_in: date | None = None,
    ) -> None:
        self._read = read
        self._kept: dict[PupilId, PupilHistory] = {}
        self.first_taken_in = first_taken_in

    def fetch(self, pupils: Iterable[PupilId]) -> None:
        """Read these pupils' histories in one go."""
        wanted = [pupil_id for pupil_id in pupils if pupil_id not in self._kept]
        if wanted:
            found = self._read(wanted)
            self._kept.update({pupil_id: found.get(pupil_id, NOTHING_KEPT) for pupil_id in wanted})

    def of(self, pupil_id: PupilId) -> PupilHistory:
        """One pupil's history."""
        self.fetch([pupil_id])
        return self._kept[pupil_id]


def no_histories() -> Histories:
    """Histories where nothing of earlier days matters."""
    return Histories(lambda _: {})
