"""A pupil's marks as weeks: one cell for each session, so that a pattern is seen at a glance."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from firstday_cli.domain.days.year_of_marks import NO_USABLE_MARK
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

NO_SCHOOL = "."  # plain, for any console, and no attendance code
WEEK = 7
SessionKey = tuple[date, Half]


@record
class MarksHeld:
    """A pupil's marks by session, the sessions that the school held, and the days on which it held none."""

    marks: Mapping[SessionKey, str]
    held: Collection[SessionKey]
    shut: Collection[SessionKey]

    def cell(self, key: SessionKey) -> str:
        """The mark; one sign where the school was open and no register has a usable one, another where it was shut."""
        if self.marks.get(key):
            return self.marks[key]
        return NO_USABLE_MARK if key in self.held else NO_SCHOOL if key in self.shut else ""


@record
class WeekOfMarks:
    """One week: its Monday, and a cell for each session from Monday morning to Sunday afternoon."""

    monday: date
    cells: tuple[str, ...]


def weeks_of(held: MarksHeld, first: date, last: date) -> tuple[WeekOfMarks, ...]:
    """The weeks from one day to another in which the school held a session, or a register has a mark."""
    found = []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        days = [monday + timedelta(days=n) for n in range(WEEK)]
        cells = tuple(held.cell((d, half)) if first <= d <= last else "" for d in days for half in Half)
        if any(cell not in ("", NO_SCHOOL) for cell in cells):
            found.append(WeekOfMarks(monday=monday, cells=cells))
        monday += timedelta(days=WEEK)
    return tuple(found)
