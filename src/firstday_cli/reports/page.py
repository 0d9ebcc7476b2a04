"""Page: a report before it is text: titled tables and notes for people, `facts` for programs, from the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias

from firstday_cli.domain.record import record

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class Audience(StrEnum):
    """For whom a page is: the office, or those who lead safeguarding."""

    OFFICE = "office"
    SAFEGUARDING = "safeguarding"


@record
class Table:
    """A titled table; `lines` stand under its title; `empty` is said where it has no rows.

    In `unbroken` columns no word is broken.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""
    lines: tuple[str, ...] = ()
    unbroken: tuple[str, ...] = ()


def without_empty_columns(table: Table) -> Table:
    """The table without the columns in which no row says anything."""
    kept = [place for place in range(len(table.columns)) if any(row[place].strip() for row in table.rows)]
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in kept), rows=rows)


@record
class Page:
    """A report: its title, what must be read first, its tables, notes below, and the promised JSON shape.

    A `worksheet` is what a spreadsheet gets in place of the tables; one without a title is a bare batch of rows for
    another program, with nothing above its headings.
    """

    title: str
    facts: Mapping[str, Json]
    warnings: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    worksheet: Table | None = None


def problem_rows(problems: Sequence[object]) -> tuple[tuple[str, ...], ...]:
    """Problems as rows of a table: file, row, column, found, expected."""
    return tuple(
        tuple(str(getattr(p, name)) for name in ("file", "row", "column", "found", "expected")) for p in problems
    )


FOR_SAFEGUARDING = "FOR SAFEGUARDING: carries the reasons of ratings."
PROBLEM_COLUMNS = ("File", "Row", "Column", "Found", "Expected")
