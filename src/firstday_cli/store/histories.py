"""Each pupil's earlier days as a rule reads them: from the running tables, or as they were known at a moment past."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from firstday_cli.domain.days.history import PupilHistory, Reported, SignIn
from firstday_cli.domain.days.year_of_marks import MarksKept, Year, first_day_of, lines_of, school_year
from firstday_cli.domain.evidence import PlannedAbsence
from firstday_cli.domain.log.entries import Finding, InSchoolChecked, Logged
from firstday_cli.domain.marks import TIMETABLE
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london
from firstday_cli.domain.standing.newest import current_marks
from firstday_cli.store.earlier_days import MARKS, MESSAGES, SIGN_INS, marks_of_days
from firstday_cli.store.evidence import filed, sheets_of
from firstday_cli.store.log import entries_of
from firstday_cli.store.running import was_taken_in_since

MOST = 500  # names in one question to the database
NOT_FOUND = (Finding.NOT_FOUND, Finding.NOT_ARRIVED)


@record
class Wanted:
    """Whose histories, up to which day, as known when; `names` gives the folded names a pupil signs in under."""

    pupils: tuple[PupilId, ...]
    day: date
    until: datetime
    names: Callable[[PupilId], Iterable[str]]

    @property
    def since(self) -> date:
        """The first day of last school year: nothing before it is asked for."""
        return first_day_of(school_year(self.day) - 1)


def histories(db: sqlite3.Connection, wanted: Wanted) -> dict[PupilId, PupilHistory]:
    """The history of each pupil wanted."""
    lines = _lines(db, wanted)
    logs = entries_of(db, wanted.pupils, wanted.since, wanted.until)
    signed, reported = _sign_ins(db, wanted), _reported(db, wanted)
    found = {}
    for pupil_id in wanted.pupils:
        marks = MarksKept(lines=lines.get(pupil_id, {}))
        found[pupil_id] = PupilHistory(
            marks=marks, log=logs[pupil_id], sign_ins=tuple(signed.get(pupil_id, ())),
            reported=tuple(reported.get(pupil_id, ())), timetabled=_timetabled(db, pupil_id, marks, wanted),
            marked_since=_marked_since(db, pupil_id, logs[pupil_id], wanted),
        )  # fmt: skip
    return found


def first_taken_in(db: sqlite3.Connection, until: datetime) -> date | None:
    """The day on which anything was first taken in, as known at a moment."""
    rows = db.execute("select day, at from taking order by day")
    known = (day for day, at in rows if in_london(datetime.fromisoformat(at)) <= until)
    day = next(known, None)
    return date.fromisoformat(day) if day else None


def _lines(db: sqlite3.Connection, wanted: Wanted) -> Mapping[PupilId, Mapping[Year, str]]:
    """Marks by school year: as folded, or as they were known at a moment before the last taking-in."""
    if was_taken_in_since(db, wanted.until):
        return _as_known_then(db, wanted)
    found: defaultdict[PupilId, dict[Year, str]] = defaultdict(dict)
    for some in _some_at_a_time(wanted.pupils):
        query = f"select pupil_id, year, marks from {MARKS} where pupil_id in ({_places(some)}) and year >= ?"
        for pupil_id, year, marks in db.execute(query, (*some, wanted.since.year)):
            found[PupilId(pupil_id)][year] = marks
    return found


def _as_known_then(db: sqlite3.Connection, wanted: Wanted) -> Mapping[PupilId, Mapping[Year, str]]:
    query = (
        "select first_day from part where kind = 'register' and first_day between :since and :day union "
        "select t.day from taking t join part p on p.reading = t.reading "
        "where p.kind = 'undated' and t.day between :since and :day"
    )
    between = {"since": wanted.since.isoformat(), "day": wanted.day.isoformat()}
    days = [date.fromisoformat(day) for (day,) in db.execute(query, between)]
    marks = marks_of_days(db, sorted({*days, wanted.day}), wanted.until, frozenset(wanted.pupils))
    return {p: lines_of((day, half, mark) for (day, half), mark in said.items()) for p, said in marks.items()}


def _sign_ins(db: sqlite3.Connection, wanted: Wanted) -> Mapping[PupilId, Sequence[SignIn]]:
    found: defaultdict[PupilId, list[SignIn]] = defaultdict(list)
    of_name: defaultdict[str, list[PupilId]] = defaultdict(list)
    for pupil_id in wanted.pupils:
        for name in wanted.names(pupil_id):
            of_name[name].append(pupil_id)
    days = (first_day_of(school_year(wanted.day)).isoformat(), wanted.day.isoformat())
    for column, keys in (("pupil_id", wanted.pupils), ("name", tuple(of_name))):
        for some in _some_at_a_time(keys):
            query = (
                f"select pupil_id, name, grp, day, at, said_at from {SIGN_INS} "
                f"where {column} in ({_places(some)}) and day between ? and ?"
            )
            for pupil_id, name, group, day, at, said_at in db.execute(query, (*some, *days)):
                if (column == "name" and pupil_id) or _came_later(said_at, wanted):
                    continue
                signed = SignIn(
                    pupil_id=PupilId(pupil_id),
                    name=name,
                    group=group,
                    day=date.fromisoformat(day),
                    at=time.fromisoformat(at),
                )
                for whom in [PupilId(pupil_id)] if pupil_id else of_name[name]:
                    found[whom].append(signed)
    return found


def _reported(db: sqlite3.Connection, wanted: Wanted) -> Mapping[PupilId, Sequence[Reported]]:
    found: defaultdict[PupilId, list[Reported]] = defaultdict(list)
    since = first_day_of(school_year(wanted.day))
    for some in _some_at_a_time(wanted.pupils):
        query = f"select pupil_id, at, channel, said_at from {MESSAGES} where pupil_id in ({_places(some)})"
        for pupil_id, at, channel, said_at in db.execute(query, tuple(some)):
            said = in_london(datetime.fromisoformat(at))
            if since <= said.date() <= wanted.day and not _came_later(said_at, wanted):
                found[PupilId(pupil_id)].append(Reported(at=said, channel=channel))
    return found


def _came_later(said_at: str, wanted: Wanted) -> bool:
    return in_london(datetime.fromisoformat(said_at)) > wanted.until


def _timetabled(
    db: sqlite3.Connection, pupil_id: PupilId, marks: MarksKept, wanted: Wanted
) -> frozenset[tuple[date, Half]]:
    """Sessions marked as part-time timetable for which an export, whichever, planned just that."""
    if not any(TIMETABLE in line for line in marks.lines.values()):
        return frozenset()
    plans = [
        plan.what
        for plan in filed(db, "planned", PlannedAbsence, wanted.since, wanted.day, wanted.until)
        if plan.what.pupil_id == pupil_id and plan.what.code == TIMETABLE
    ]
    days = {max(p.from_date, wanted.since) + timedelta(days=n) for p in plans for n in range(_length(p, wanted))}
    return frozenset((day, half) for day in days for half in Half if any(p.covers(day, half) for p in plans))


def _length(plan: PlannedAbsence, wanted: Wanted) -> int:
    return max(0, (min(plan.to_date, wanted.day) - max(plan.from_date, wanted.since)).days + 1)


def _marked_since(
    db: sqlite3.Connection, pupil_id: PupilId, log: Sequence[Logged], wanted: Wanted
) -> Mapping[tuple[date, Half], datetime | None]:
    """When the mark was first made of each session in which somebody looked for the pupil in vain."""
    checks = (entry.what for entry in log if isinstance(entry.what, InSchoolChecked))
    sessions = {(c.day, c.half) for c in checks if c.finding in NOT_FOUND and c.day < wanted.day}
    found: dict[tuple[date, Half], datetime | None] = {}
    for day, half in sessions:
        mark = current_marks(sheets_of(db, day, wanted.until)[half], [pupil_id]).get(pupil_id)
        found[day, half] = mark.since if mark else None
    return found


def _some_at_a_time(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[n : n + MOST] for n in range(0, len(values), MOST))


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
