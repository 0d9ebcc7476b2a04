"""One row's cells by meaning; every cell that cannot be read is told as a Problem."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from firstday_cli.domain.evidence import Problem, RefusedRow
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.intake import cells
from firstday_cli.intake.identify import Layout
from firstday_cli.intake.tables import Row

T = TypeVar("T")
HALVES = {"am": Half.AM, "pm": Half.PM}


class Unread(Exception):
    """The row cannot be understood."""


class RowCells:
    """Gives each meaning's cell as text, day, time or moment; a required cell that cannot be read refuses the row."""

    def __init__(self, row: Row, layout: Layout, file: str, covers: Callable[[date], bool]) -> None:
        self.row, self.layout, self.file, self.covers = row, layout, file, covers
        self.unread: list[Problem] = []
        self.problems: list[Problem] = []

    def must_fit(self) -> None:
        """Refuse a row with more filled cells than there are headings."""
        width = len(self.layout.header.cells)
        if any(cell.strip() for cell in self.row.cells[width:]):
            filled = max(n for n, cell in enumerate(self.row.cells, start=1) if cell.strip())
            self.refuse("", f"{filled} cells", f"{width} cells, one for each heading")

    def text(self, meaning: str) -> str:
        """The meaning's cell, tidied; blank where the column or the cell is missing."""
        row = self.row.cells
        for place in self.layout.places.get(meaning, ()):
            if place < len(row) and (found := cells.tidy(row[place])):
                return found
        return ""

    def texts(self, meaning: str) -> list[str]:
        """The cells of every column that carries the meaning."""
        return [self.at(place) for place in self.layout.places.get(meaning, ())]

    def at(self, place: int) -> str:
        """The cell at this place, tidied."""
        return cells.tidy(self.row.cells[place]) if place < len(self.row.cells) else ""

    def beside(self, heading: str) -> str:
        """The cell under a heading that carries no meaning of its own."""
        key = cells.heading_key(heading)
        keys = [cells.heading_key(cell) for cell in self.layout.header.cells]
        return self.at(keys.index(key)) if key in keys else ""

    def has(self, meaning: str) -> bool:
        """Whether the file has a column for it."""
        return meaning in self.layout.places

    def refuse(self, column: str, found: str, expected: str) -> None:
        """Note why the row cannot be understood, and stop reading it."""
        self.unread.append(self._problem(column, found, expected))
        raise Unread

    def remark(self, column: str, found: str, expected: str) -> None:
        """Note something that was not understood, and go on with the row."""
        self.problems.append(self._problem(column, found, expected))

    def _problem(self, column: str, found: str, expected: str) -> Problem:
        return Problem(file=self.file, row=self.row.number, column=column, found=found, expected=expected)

    def required(self, meaning: str, expected: str) -> str:
        """The cell's text; a blank one refuses the row."""
        text = self.text(meaning)
        if not text:
            self.refuse(meaning, "", expected)
        return text

    def parsed(self, meaning: str, parse: Callable[[str], T]) -> T | None:
        """The cell as something else; None where blank; refuses the row where it cannot be read."""
        text = self.text(meaning)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.refuse(meaning, text, str(error))
            return None

    def day(self, meaning: str) -> date | None:
        """The cell as a day."""
        return self.parsed(meaning, cells.day)

    def day_in_terms(self, meaning: str) -> date | None:
        """The cell as a day that the school's calendar covers: a day of another year is refused."""
        found = self.day(meaning)
        if found is not None and not self.covers(found):
            self.refuse(
                meaning,
                self.text(meaning),
                f"a day that calendar.toml covers; {in_words(found)} is in none of its terms",
            )
        return found

    def required_day(self, meaning: str) -> date:
        """The cell as a day that the calendar covers; a blank one refuses the row."""
        self.required(meaning, cells.DAYS)
        found = self.day_in_terms(meaning)
        if found is None:
            raise Unread
        return found

    def clock(self, meaning: str) -> time | None:
        """The cell as a time of day."""
        return self.parsed(meaning, cells.clock)

    def moment(self, meaning: str, on: date | None = None) -> datetime | None:
        """The cell as a moment."""
        return self.parsed(meaning, lambda text: cells.moment(text, on))

    def half(self, meaning: str) -> Half | None:
        """The cell as AM or PM."""
        text = self.text(meaning)
        half = HALVES.get(text.casefold())
        if text and half is None:
            self.refuse(meaning, text, "AM or PM")
        return half

    def as_refused(self) -> RefusedRow:
        """The row as refused: its pupil, day, session and time, each where it can still be read.

        A day in none of the terms is a mistyped one: the row may be about any day.
        """
        day = _or_none(cells.day, self.text("date"))
        day = day if day is not None and self.covers(day) else None
        return RefusedRow(
            problems=tuple(self.unread),
            pupil_id=PupilId(self.text("pupil_id")),
            day=day,
            half=HALVES.get(self.text("session").casefold()),
            taken_at=_or_none(lambda text: cells.moment(text, day), self.text("taken_at")) if day else None,
        )


def _or_none(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except ValueError:
        return None
