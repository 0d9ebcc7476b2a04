"""One row's cells by meaning; every cell that cannot be read is told as a Problem."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeVar

from firstday_cli.domain.evidence import Problem, RefusedRow
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.intake.cells import moments
from firstday_cli.intake.cells.words import half_named, heading_key, tidy
from firstday_cli.intake.files.table import Row
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.rows.who import Who, as_reference

T = TypeVar("T")
SEVERAL = "(s)"  # a heading such as "Registration form(s)": several values in one cell, with commas between


class Unread(Exception):
    """The row cannot be understood."""


class RowCells:
    """Gives each meaning's cell as text, day, time or moment; a required cell that cannot be read refuses the row.

    `group_above` is the class that stands once above its pupils.
    """

    def __init__(
        self, row: Row, layout: Layout, file: str, covers: Callable[[date], bool], group_above: str = ""
    ) -> None:
        self.row, self.layout, self.file, self.covers, self.group_above = row, layout, file, covers, group_above
        self.unread: list[Problem] = []
        self.problems: list[Problem] = []
        self.serial = ""
        self.tidied: list[str] | None = None

    def must_fit(self) -> None:
        """Refuse a row with more filled cells than there are headings."""
        width = len(self.layout.header.cells)
        if len(self.row.cells) > width and any(cell.strip() for cell in self.row.cells[width:]):
            filled = max(n for n, cell in enumerate(self.row.cells, start=1) if cell.strip())
            self.refuse("", f"{filled} cells", f"{width} cells, one for each heading")

    def text(self, meaning: str) -> str:
        """The meaning's cell, tidied; blank where the column or the cell is missing."""
        for place in self.layout.places.get(meaning, ()):
            if found := self.at(place):
                return found
        return ""

    def one_of(self, meaning: str) -> str:
        """The meaning's cell; its first value where the heading says that there may be several."""
        for place in self.layout.places.get(meaning, ()):
            found = self.at(place)
            if found:
                several = SEVERAL in self.layout.header.cells[place].replace(" ", "").casefold()
                return tidy(found.split(",")[0]) if several else found
        return ""

    @property
    def group(self) -> str:
        """The row's class; of merged cells, and where a class stands once above its pupils, the one above."""
        return self.one_of("group") or self.group_above

    def texts(self, meaning: str) -> list[str]:
        """The cells of every column that carries the meaning."""
        return [self.at(place) for place in self.layout.places.get(meaning, ())]

    def at(self, place: int) -> str:
        """The cell at this place, tidied."""
        if self.tidied is None:
            self.tidied = [tidy(cell) if cell else "" for cell in self.row.cells]
        return self.tidied[place] if place < len(self.tidied) else ""

    def beside(self, heading: str) -> str:
        """The cell under a heading that carries no meaning of its own."""
        place = _places(self.layout.header.cells).get(heading_key(heading))
        return "" if place is None else self.at(place)

    def has(self, meaning: str) -> bool:
        """Whether the file has a column for it."""
        return meaning in self.layout.places

    @property
    def who(self) -> Who:
        """Everything the row says of whom it is about."""
        name = self.text("pupil_name") or f"{self.text('pupil_forename')} {self.text('pupil_surname')}".strip()
        return Who(
            pupil_id=self.text("pupil_id"), upn=self.text("upn"), admission_no=self.text("admission_no"),
            name=name, group=self.group,
        )  # fmt: skip

    def pupil(self) -> PupilId:
        """The row's pupil: the id, else what stands for it until the roll is looked at; none refuses the row."""
        if found := self.text("pupil_id"):
            return PupilId(found)
        reference = as_reference(self.who, self.row.number)
        if not reference:
            expected = "a pupil's id" if "pupil_id" in self.layout.places else "a pupil's id, or whole name and class"
            self.refuse("pupil_id", "", expected)
        return PupilId(reference)

    def id_said(self) -> str:
        """The pupil's id, UPN or admission number where the row carries one: a name by itself is left for a person."""
        return self.text("pupil_id") or as_reference(replace(self.who, name=""), self.row.number)

    def rest(self) -> list[tuple[str, str]]:
        """Heading and cell of every column that carries no meaning."""
        used = {place for places in self.layout.places.values() for place in places}
        return [(tidy(h), self.at(place)) for place, h in enumerate(self.layout.header.cells) if place not in used]

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
            found = parse(text)
        except ValueError as error:
            self.refuse(meaning, text, str(error))
            return None
        if text[0] in ".045" and moments.is_serial(text):
            self.serial = text
        return found

    def day(self, meaning: str) -> date | None:
        """The cell as a day."""
        return self.parsed(meaning, lambda text: moments.day_written(text, self.layout.ways))

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
        self.required(meaning, moments.DAYS)
        found = self.day_in_terms(meaning)
        if found is None:
            raise Unread
        return found

    def is_not_before(self, today: date) -> bool:
        """Whether the row's own day is this one or a later one."""
        day = _or_none(lambda text: moments.day_written(text, self.layout.ways), self.text("date"))
        return day is not None and day >= today

    def clock(self, meaning: str) -> time | None:
        """The cell as a time of day."""
        return self.parsed(meaning, moments.clock_written)

    def clock_beside(self, meaning: str) -> time | None:
        """The time of day that stands beside a day in its cell; None where there is none, or only midnight."""
        found = moments.ENDS_WITH_A_TIME.match(self.text(meaning)[: moments.LONGEST])
        said = moments.clock(found["time"].strip()) if found else None
        return said if said else None

    def moment(self, meaning: str, on: date | None = None) -> datetime | None:
        """The cell as a moment."""
        return self.parsed(meaning, lambda text: self._moment(text, on))

    def _moment(self, text: str, on: date | None) -> datetime:
        return moments.moment_written(text, self.layout.ways, self.layout.export.zone, on)

    def half(self, meaning: str) -> Half | None:
        """The cell as AM or PM."""
        text = self.text(meaning)
        half = half_meant(text, self.layout)
        if text and half is None:
            self.refuse(meaning, text, "AM or PM")
        return half

    def as_refused(self) -> RefusedRow:
        """The row as refused: its pupil, day, session and time, each where it can still be read.

        A day in none of the terms is a mistyped one: the row may be about any day.
        """
        day = _or_none(lambda text: moments.day_written(text, self.layout.ways), self.text("date"))
        day = day if day is not None and self.covers(day) else None
        return RefusedRow(
            problems=tuple(self.unread),
            pupil_id=PupilId(self.text("pupil_id") or as_reference(self.who, self.row.number)),
            day=day,
            half=half_meant(self.text("session"), self.layout),
            taken_at=_or_none(lambda text: self._moment(text, day), self.text("taken_at")) if day else None,
        )


@lru_cache(maxsize=64)
def _places(header: tuple[str, ...]) -> dict[str, int]:
    """Where each heading stands first."""
    return {heading_key(cell): place for place, cell in reversed(list(enumerate(header)))}


def half_meant(text: str, layout: Layout) -> Half | None:
    """The session that a word stands for: by the profile's own words, else by the usual ones."""
    own = {heading_key(word): half for word, half in layout.export.sessions.items()}.get(heading_key(text))
    if own:
        return Half(own)
    if layout.places.get("session") == layout.places.get("date") and (hour := moments.hour_in(text)):
        return Half.AM if hour < moments.NOON else Half.PM
    return half_named(text)


def _or_none(parse: Callable[[str], T], text: str) -> T | None:
    try:
        return parse(text)
    except ValueError:
        return None
