"""A pupil's school days up to now: where the pupil was in each session that the school held."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from firstday_cli.domain.days.absence_days import SchoolDay, Was
from firstday_cli.domain.days.history import PupilHistory
from firstday_cli.domain.days.year_of_marks import PlacedSession
from firstday_cli.domain.log.entries import Finding, InSchoolChecked, Logged, PupilSeen, SeenHow
from firstday_cli.domain.marks import BY_CODE, COUNT_NO_DAY, TIMETABLE, Treatment
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

FOUND = (Finding.FOUND, Finding.ARRIVED)
DayHalf = tuple[date, Half]


@record
class Looks:
    """What people saw in earlier sessions: where the pupil was seen, and where somebody looked in vain last."""

    seen: frozenset[DayHalf]
    in_vain: Mapping[DayHalf, datetime]


def earlier_days(
    pupil: Pupil, history: PupilHistory, sessions: Iterable[PlacedSession], signed_in: frozenset[DayHalf]
) -> list[SchoolDay]:
    """The pupil's school days among these sessions, in order, from the first day on roll."""
    looks = _looks(history.log, signed_in)
    by_day: dict[date, list[tuple[Was, bool]]] = {}
    for session in sessions:
        if pupil.start_date and session.day < pupil.start_date:
            continue
        by_day.setdefault(session.day, []).append(_was(pupil, history, session, looks))
    return [
        SchoolDay(day=day, sessions=tuple(was for was, _ in found), was_seen=any(seen for _, seen in found))
        for day, found in by_day.items()
    ]


def _looks(log: Sequence[Logged], signed_in: frozenset[DayHalf]) -> Looks:
    seen, in_vain = set(signed_in), dict[DayHalf, datetime]()
    for entry in sorted(log, key=lambda e: (e.at, e.number)):
        match entry.what:
            case InSchoolChecked(day=day, half=half, finding=finding) if finding in FOUND:
                seen.add((day, half))
            case InSchoolChecked(day=day, half=half):
                in_vain[day, half] = entry.at
            case PupilSeen(day=day, half=half, how=SeenHow.SCHOOL):
                seen.add((day, half))
            case _:
                pass
    return Looks(seen=frozenset(seen), in_vain=in_vain)


def _was(pupil: Pupil, history: PupilHistory, session: PlacedSession, looks: Looks) -> tuple[Was, bool]:
    """Where the pupil was in one session, and whether anybody saw the pupil there."""
    key = session.day, session.half
    if key in looks.seen:
        return Was.IN, True
    if pupil.leave_date and session.day > pupil.leave_date:
        return Was.NOT_OPEN, False
    looked = looks.in_vain.get(key)
    treatment, mark = _treatment(history, session)
    if treatment is Treatment.IN_SCHOOL:
        since = history.marked_since.get(key)
        away = looked is not None and (since is None or looked >= since)
        return (Was.MISSED, False) if away else (Was.IN, True)
    if treatment is Treatment.OFF_SITE:
        return (Was.MISSED if looked else Was.IN), False
    return _of_absent(treatment, mark, looked=looked, is_timetabled=key in history.timetabled), False


def _treatment(history: PupilHistory, session: PlacedSession) -> tuple[Treatment, str]:
    mark = history.marks.mark(session)
    code = BY_CODE.get(mark)
    return (code.treatment if code else Treatment.NO_MARK), mark


def _of_absent(treatment: Treatment, mark: str, *, looked: datetime | None, is_timetabled: bool) -> Was:
    if treatment in (Treatment.NOT_DUE, Treatment.CLOSED) or mark in COUNT_NO_DAY:
        return Was.NOT_OPEN
    if treatment is Treatment.ABSENT:
        return Was.NOT_OPEN if mark == TIMETABLE and is_timetabled else Was.MISSED
    return Was.MISSED if looked else Was.NOT_KNOWN
