"""Who has been explained: absences planned beforehand, and explanations that somebody recorded."""

from dataclasses import dataclass
from datetime import date, datetime, time

from .cells import cell, day_of, overflows, time_of
from .codes import OFF_SITE, PLANNABLE
from .morning import LONDON, Morning, Row, newest_rows, replaced_rows, standing_entries


@dataclass(frozen=True)
class Planned:
    """One planned absence, whose cells may not have been readable."""

    pupil: str
    first: date | None
    last: date | None
    sessions: tuple[str, ...]
    code: str
    due_back: time | None
    refused: bool

    def covers_day(self, day: date) -> bool:
        """Whether the day is within its dates."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last


def planned_today(morning: Morning) -> list[Planned]:
    """The rows of the newest file that cover the day, or may do."""
    rows = [_read(row) for row in newest_rows(morning, "planned")]
    return [row for row in rows if row.covers_day(morning.day) or row.first is None or row.last is None]


def planned_away(morning: Morning) -> set[str]:
    """The pupils whose planned absence explains this session."""
    return {row.pupil for row in planned_today(morning) if _explains(row, morning)}


def planned_before(morning: Morning) -> set[str]:
    """The pupils who had a planned absence for this session until a newer file left it out."""
    before = [_read(row) for row in replaced_rows(morning, "planned")]
    still = {row.pupil for row in planned_today(morning) if _is_for(row, morning)}
    return {row.pupil for row in before if _is_for(row, morning)} - still


def recorded_away(morning: Morning) -> set[str]:
    """The pupils for whom somebody recorded an explanation that covers the day."""
    return {
        pupil
        for entry in standing_entries(morning)
        if entry.what == "explain" and entry.happened.date() <= morning.day <= (entry.until or entry.happened.date())
        for pupil in entry.pupils
    }


def _explains(row: Planned, morning: Morning) -> bool:
    return _is_for(row, morning) and row.code not in OFF_SITE and not _is_over(row, morning)


def _is_for(row: Planned, morning: Morning) -> bool:
    return not row.refused and row.covers_day(morning.day) and morning.session in row.sessions


def _is_over(row: Planned, morning: Morning) -> bool:
    return row.due_back is not None and morning.now > datetime.combine(morning.day, row.due_back, LONDON)


def _read(row: Row) -> Planned:
    session, due_back = cell(row, "session").upper(), cell(row, "due_back")
    code = cell(row, "code").upper()
    first, last = day_of(cell(row, "from_date")), day_of(cell(row, "to_date"))
    bad_time = bool(due_back) and time_of(due_back) is None
    bad_cell = bad_time or session not in ("", "AM", "PM") or code not in PLANNABLE
    return Planned(
        pupil=cell(row, "pupil_id"),
        first=first,
        last=last,
        sessions=(session,) if session else ("AM", "PM"),
        code=code,
        due_back=time_of(due_back) if due_back else None,
        refused=overflows(row) or bad_cell or first is None or last is None or not cell(row, "pupil_id"),
    )
