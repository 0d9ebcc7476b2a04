"""Page: a report before it is text: titled tables and notes for people, `facts` for programs, from the same rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
ROOM = "_" * 36  # room to write with a pen; whoever prints it may draw a line instead


class Audience(StrEnum):
    """For whom a page is: the office, those who lead safeguarding, staff who visit, or the parents."""

    OFFICE = "office"
    SAFEGUARDING = "safeguarding"
    STAFF_WHO_VISIT = "staff who visit"
    PARENTS = "parents"


@record
class Chart:
    """How a table is drawn beside its numbers: the column that names the bars, the one that measures them.

    `described` says in a sentence what is seen; `marks` are lines across all bars, each with a name and a measure in
    the unit of the column. A cell that is no number has no bar.
    """

    described: str
    names: str
    measures: str
    marks: tuple[tuple[str, float], ...] = ()


@record
class Table:
    """A titled table; `lines` stand under its title, and are all of it where it has no columns.

    `empty` is said where it has no rows. In `unbroken` columns no word is broken; `large` ones are read from afar;
    `numbers` are counts and shares. On paper it may begin a page of its own.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    lines: tuple[str, ...] = ()
    unbroken: tuple[str, ...] = ()
    large: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    chart: Chart | None = None
    begins_a_page: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether it says anything: a table without rows or words is left out."""
        return bool(self.rows or self.empty or (self.lines and not self.columns))


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row says anything."""
    kept = [place for place in range(len(table.columns)) if any(row[place].strip() for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


@record
class Page:
    """A report: its title, whom it is for, what is read first, its tables, notes below, the promised JSON shape.

    A `worksheet` is what a spreadsheet gets in place of the tables, or a workbook beside them where it keeps those. One
    without a title is a bare batch of rows for another program, with nothing above its headings.
    """

    title: str
    facts: Mapping[str, Json]
    audience: Audience = Audience.OFFICE
    warnings: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    worksheet: Table | None = None
    keeps_tables: bool = False

    @property
    def read_first(self) -> tuple[str, ...]:
        """What stands above everything: that it is for safeguarding, then the warnings."""
        is_for_leads = self.audience is Audience.SAFEGUARDING
        return (*((FOR_SAFEGUARDING,) if is_for_leads else ()), *self.warnings)

    @property
    def for_whom(self) -> str:
        """Whom it is for, as a line of the page."""
        return f"For {'the office' if self.audience is Audience.OFFICE else self.audience.value}"

    @property
    def name(self) -> str:
        """The page's name among its kind, as its JSON has it: `call-sheet` of `firstday/call-sheet/1`."""
        return str(self.facts["schema"]).split("/")[1]

    @property
    def is_bare(self) -> bool:
        """Whether its worksheet is a bare batch of rows."""
        return self.worksheet is not None and not self.worksheet.title

    @property
    def as_of(self) -> str:
        """The moment of which the page speaks, in London's time; blank where it is of no moment."""
        found = self.facts.get("as_of")
        moment = datetime.fromisoformat(found) if isinstance(found, str) else None
        return f"{in_words(moment.date())} {moment:%H:%M}" if moment else ""


def without_ratings(page: Page) -> Page:
    """The page as it may be printed for the office: no rating in a column or a reason, and a sentence that says so.

    Only where a reason begins with the word: elsewhere it may be a child's name.
    """
    if page.audience is not Audience.OFFICE or not any({RATING, BECAUSE} & {*t.columns} for t in page.tables):
        return page
    return replace(page, tables=tuple(map(_without_rating, page.tables)), notes=(*page.notes, RATINGS_LEFT_OUT))


def _without_rating(table: Table) -> Table:
    kept = [place for place, column in enumerate(table.columns) if column != RATING]
    columns = tuple(table.columns[place] for place in kept)
    rows = (tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=columns, rows=tuple(tuple(map(_unrated, columns, row)) for row in rows))


def _unrated(column: str, cell: str) -> str:
    return RATED_FIRST.sub("", cell) if column == BECAUSE else cell


def problem_rows(problems: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    """Problems as rows of a table: file, row, column, found, expected."""
    return tuple(
        tuple(str(getattr(p, name)) for name in ("file", "row", "column", "found", "expected")) for p in problems
    )


RATING, BECAUSE = "Rating", "Because"
RATED_FIRST = re.compile(r"(?:^|(?<=; ))(?:RED|AMBER|GREEN)(?:: |; )")
RATINGS_LEFT_OUT = (
    "Ratings are not printed for the office: --for safeguarding shows them, or [sheets] show_rating = true."
)
FOR_SAFEGUARDING = "FOR SAFEGUARDING: carries the reasons of ratings."
PROBLEM_COLUMNS = ("File", "Row", "Column", "Found", "Expected")
