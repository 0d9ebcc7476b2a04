"""Rows gathered one by one from a file whose cells stand apart, within what any export may be."""

import re
from collections.abc import Iterable, Mapping, Sequence

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.words import heading_key
from firstday_cli.intake.files.table import WIDEST_CELL, CellTable, Row

MOST_CELLS = 5_000_000  # of one file; a year of sessions of a large school is a third of it
LONE_HALF = re.compile("[\ud800-\udfff]")  # half of a letter of two halves: no store and no console takes it


def too_large(file: str) -> UnreadableExport:
    """The error that says the file has more cells than any export."""
    return UnreadableExport(
        f"has more than {MOST_CELLS:,} cells: no export has. Delete the rows and columns beside the table, "
        "or export fewer days, and save it again.",
        file,
    )


class Gathered:
    """The rows of one table, and the cells that a merged cell covers."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: list[Row] = []
        self.merged: dict[tuple[int, int], str] = {}
        self.count = 0

    def counted(self, cells: int) -> None:
        """Count cells. Raises UnreadableExport where there are more than any export has."""
        self.count += cells
        if self.count > MOST_CELLS:
            raise too_large(self.file)

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Keep a row that is not blank. Raises UnreadableExport where a cell is none that anybody typed."""
        self.counted(len(cells) + 1)
        text = "".join(cells)
        if len(text) > WIDEST_CELL and max(map(len, cells)) > WIDEST_CELL:
            message = f"row {number} has a cell of more than {WIDEST_CELL:,} letters: no export has. Export it again."
            raise UnreadableExport(message, f"{self.file}, row {number}")
        if "\x00" in text:
            message = f"row {number} has a NUL sign in it: the file is damaged. Export it again."
            raise UnreadableExport(message, f"{self.file}, row {number}")
        if not text.isascii() and LONE_HALF.search(text):
            cells = [LONE_HALF.sub("\ufffd", cell) for cell in cells]
        if text and not text.isspace():
            self.rows.append(Row(number=number, cells=tuple(cells)))

    def spread(self, text: str, rows: range, places: range) -> None:
        """Note that the merged cell with this text covers these rows and places, its own cell among them."""
        if text.strip():
            self.counted(len(rows) * len(places))
            self.merged.update({(row, place): text for row in rows for place in places})

    def covered(self) -> Mapping[tuple[int, int], str]:
        """The text behind each blank cell that a merged cell covers."""
        if not self.merged:
            return {}
        filled = {(row.number, p) for row in self.rows for p, cell in enumerate(row.cells) if cell.strip()}
        return {at: text for at, text in self.merged.items() if at not in filled}

    def table(self, read_as: str, file: str = "", notes: Iterable[str] = (), titles: Iterable[str] = ()) -> CellTable:
        """What was gathered, as a table."""
        return CellTable(
            file=file or self.file, read_as=read_as, rows=tuple(self.rows), merged=self.covered(), notes=tuple(notes),
            titles=tuple(titles),
        )  # fmt: skip


class Records:
    """Records with named parts → a heading row and a row each, the headings in the order they are first seen."""

    def __init__(self, file: str, headings: Iterable[str] = ()) -> None:
        self.gathered = Gathered(file)
        self.places: dict[str, int] = {}
        self.number = 1
        for heading in headings:
            self.places[heading] = len(self.places)

    @property
    def at(self) -> str:
        """Where the next record will stand, for an error."""
        return f"{self.gathered.file}, row {self.number + 1}"

    def add(self, parts: Iterable[tuple[str, str]]) -> None:
        """Keep a record. Raises UnreadableExport where a heading stands in it twice: which one counts?"""
        found: dict[int, str] = {}
        keys: set[str] = set()
        for heading, text in parts:
            key = heading_key(heading) or heading
            if key in keys:
                message = f"has the heading {heading[:60]} more than once in one record: which one counts?"
                raise UnreadableExport(f"{message} Leave one out and export it again.", self.at)
            keys.add(key)
            found[self.places.setdefault(heading, len(self.places))] = text
        self.number += 1
        self.gathered.add(self.number, [found.get(place, "") for place in range(max(found, default=-1) + 1)])

    def tables(self, read_as: str, file: str = "", notes: Iterable[str] = ()) -> tuple[CellTable, ...]:
        """One table, or none where no record was kept."""
        if self.number == 1:
            return ()
        rows = (Row(number=1, cells=tuple(self.places)), *self.gathered.rows)
        return (CellTable(file=file or self.gathered.file, read_as=read_as, rows=rows, notes=tuple(notes)),)
