"""A pupil's marks of one school year, kept in one line of text: three letters a session, from 1 August on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from firstday_cli.domain.marks import Treatment, code_on
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session

WIDTH = 3
NO_USABLE_MARK = "?"
FIRST_MONTH = 8
BLANK = " " * WIDTH
HALVES = tuple(Half)
Year = int


def school_year(day: date) -> Year:
    """The calendar year in which this day's school year began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day_of(year: Year) -> date:
    """The first day of a school year: 1 August, in the middle of the summer holiday."""
    return date(year, FIRST_MONTH, 1)


def usable(mark: str | None, day: date) -> str:
    """The mark as it is kept: a code in force that says something, else one sign for all that nobody can use."""
    code = code_on(mark or "", day)
    return code.code if code is not None and code.treatment is not Treatment.NO_MARK else NO_USABLE_MARK


def _place(day: date, half: Half) -> int:
    return ((day - first_day_of(school_year(day))).days * len(HALVES) + HALVES.index(half)) * WIDTH


@record
class PlacedSession:
    """A session that the school held, and where its mark stands in the line of its year."""

    day: date
    half: Half
    year: Year
    place: int


def placed(day: date, half: Half) -> PlacedSession:
    """The session with its place, worked out once for all pupils."""
    return PlacedSession(day=day, half=half, year=school_year(day), place=_place(day, half))


def with_marks(line: str, marks: Mapping[tuple[date, Half], str]) -> str:
    """The line with these sessions of its year written over."""
    cells = bytearray(line, "ascii")
    for (day, half), mark in marks.items():
        place = _place(day, half)
        cells.extend(b" " * (place + WIDTH - len(cells)))
        cells[place : place + WIDTH] = mark.ljust(WIDTH).encode("ascii")
    return cells.decode("ascii")


@record
class MarksKept:
    """A pupil's marks by school year; a session that no register names has none."""

    lines: Mapping[Year, str]

    def mark(self, session: PlacedSession) -> str:
        """The mark of a session: empty where no register names the pupil, `?` where none is usable."""
        return self.lines.get(session.year, "")[session.place : session.place + WIDTH].rstrip()

    def counted(self, year: Year, until: Session) -> Counter[str]:
        """How often each mark stands in a school year, up to and including a session."""
        line = self.lines.get(year, "")
        end = _place(until.day, until.half) + WIDTH if school_year(until.day) == year else len(line)
        letters = iter(line[:end])
        cells = {"".join(cell): times for cell, times in Counter(zip(*[letters] * WIDTH, strict=False)).items()}
        return Counter({cell.rstrip(): times for cell, times in cells.items() if cell != BLANK})

    def sessions(self, year: Year, until: Session) -> Iterator[tuple[date, Half, str]]:
        """The day, half and mark of every session that has one, in order, up to and including a session."""
        first, line = first_day_of(year), self.lines.get(year, "")
        for number, mark in enumerate(marks_in(line[: self.cells(year, until) * WIDTH])):
            if mark:
                yield first + timedelta(days=number // len(HALVES)), HALVES[number % len(HALVES)], mark

    def cells(self, year: Year, until: Session) -> int:
        """How many sessions of its line a school year has, marked or not, up to and including a session."""
        held = len(self.lines.get(year, "")) // WIDTH
        return min(held, _place(until.day, until.half) // WIDTH + 1) if school_year(until.day) == year else held


def marks_in(line: str) -> Iterator[str]:
    """The mark of each session of a line, in order; empty for one that no register names."""
    return (line[place : place + WIDTH].rstrip() for place in range(0, len(line), WIDTH))


def lines_of(marks: Iterable[tuple[date, Half, str]]) -> dict[Year, str]:
    """Marks as lines, one for each school year."""
    by_year: dict[Year, dict[tuple[date, Half], str]] = {}
    for day, half, mark in marks:
        by_year.setdefault(school_year(day), {})[day, half] = mark
    return {year: with_marks("", found) for year, found in by_year.items()}
