"""In which of its ways an export writes its days: decided once, from whole columns, and never guessed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.moments import ENDS_WITH_A_TIME, ISO_DAY, day_written, moment_written
from firstday_cli.intake.cells.ways import ways_that_fit
from firstday_cli.intake.cells.words import tidy
from firstday_cli.intake.files.table import Table
from firstday_cli.intake.layouts.layout import Layout

DAYS = ("date", "received_at", "received_date", "from_date", "to_date", "at", "day")
NEVER_TO_COME = ("received_at", "received_date")  # nothing is received tomorrow


def with_one_order(layout: Layout, table: Table, now: datetime) -> Layout:
    """The layout with the one way in which this file's days are written.

    Raises UnreadableExport where they may be day first as well as month first.
    """
    if len(layout.export.dates) < 2:
        return layout
    cells = list(_cells(table, layout, DAYS))
    texts = [day for cell in cells if not ISO_DAY.match(day := _day_part(cell))]
    ways = ways_that_fit(texts, layout.export.dates)
    if len(ways) > 1 and not _all_alike(texts, ways):
        past = list(_cells(table, layout, NEVER_TO_COME))
        ways = tuple(way for way in ways if not any(_is_to_come(cell, way, now) for cell in past)) or ways
    if not _all_alike(texts, ways):
        raise UnreadableExport(_undecided(layout), table.file)
    others = tuple(way for way in layout.export.dates if way not in ways and not _conflicts(way, ways, texts))
    return replace(layout, ways=(*ways, *others))


def _cells(table: Table, layout: Layout, meanings: Iterable[str]) -> Iterable[str]:
    places = [place for meaning in meanings for place in layout.places.get(meaning, ())]
    for row in table.below(layout.separator, layout.header.number):
        yield from (found for place in places if place < len(row.cells) and (found := tidy(row.cells[place])))


def _day_part(cell: str) -> str:
    beside = ENDS_WITH_A_TIME.match(cell)
    return beside["day"].rstrip(" ,") if beside else cell


def _all_alike(texts: Iterable[str], ways: tuple[str, ...]) -> bool:
    """Whether these ways read every one of the cells as the same day, or not at all."""
    return all(len({found for way in ways if (found := _read(text, way))}) <= 1 for text in texts)


def _conflicts(way: str, ways: tuple[str, ...], texts: Iterable[str]) -> bool:
    """Whether this way would read a cell as another day than those that were chosen, or read one that they cannot."""
    return any((found := _read(text, way)) and found not in {_read(text, chosen) for chosen in ways} for text in texts)


def _read(text: str, way: str) -> object:
    try:
        return day_written(text, (way,))
    except ValueError:
        return None


def _is_to_come(cell: str, way: str, now: datetime) -> bool:
    try:
        return moment_written(cell, (way,)) > now
    except ValueError:
        return False


def _undecided(layout: Layout) -> str:
    places = {place for meaning in DAYS for place in layout.places.get(meaning, ())}
    headings = ", ".join(tidy(layout.header.cells[place]) for place in sorted(places))
    return (
        f"has days in {headings} that may be written day first or month first, and no day over 12 decides. Say which: "
        "`firstday inspect FILE --save NAME --map COLUMN=MEANING:day-first` (or month-first)."
    )
