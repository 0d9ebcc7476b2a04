"""Table: what every kind of file is turned into, numbered rows of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Protocol

from firstday_cli.domain.record import record

HEADER_WITHIN = 60
WIDEST_CELL = 131_072  # letters; longer is no cell that anybody typed, but a fault of the file


@record
class Row:
    """One row as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


class Table(Protocol):
    """One table of a file. `separators` are the ways in which it may be split into cells: one for a spreadsheet."""

    @property
    def file(self) -> str:
        """The file's name, with the sheet where it holds several."""

    @property
    def read_as(self) -> str:
        """How it was read: utf-8, cp1252, a sheet of a workbook."""

    @property
    def notes(self) -> Sequence[str]:
        """What a person should know of the file: a sheet left out, one page of several."""

    @property
    def titles(self) -> Sequence[str]:
        """What stands around the table in its file: the name of its sheet, a caption, lines above and below."""

    @property
    def is_part(self) -> bool:
        """Whether the file itself says that it is one page of several."""

    @property
    def merged(self) -> Mapping[tuple[int, int], str]:
        """The text of the merged cell that a blank cell is a part of, by row number and place."""

    @property
    def separators(self) -> Sequence[str]:
        """The ways to split it into cells that may be tried."""

    @property
    def is_windows_text(self) -> bool:
        """Whether its letters were read as Windows text because they are no UTF-8."""

    def head(self, separator: str) -> list[Row]:
        """The rows in which the heading is looked for, read as well as can be."""

    def cells_below(self, separator: str, header: int) -> Iterator[tuple[int, Sequence[str]]]:
        """Every row below the heading, blank ones too, with its number. Raises UnreadableExport where it breaks."""

    def below(self, separator: str, header: int) -> Iterator[Row]:
        """Every filled row below the heading. Raises UnreadableExport where the file breaks."""

    def refuse_if_cut_off(self, last: Sequence[tuple[int, int]], width: int) -> None:
        """Raise UnreadableExport where the last of these rows, number and cells, ends in the middle of a row."""


def filled_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """The rows in which anything stands."""
    return (Row(number=number, cells=tuple(cells)) for number, cells in rows if any(cell.strip() for cell in cells))


@dataclass(frozen=True, kw_only=True)
class CellTable:
    """A table whose cells stand apart in its file: a sheet of a workbook, a table of a page, records of a document."""

    file: str
    read_as: str
    rows: Iterable[Row]
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    separators: Sequence[str] = ("",)
    notes: Sequence[str] = ()
    titles: Sequence[str] = ()
    is_part: bool = False
    is_windows_text: bool = False

    def head(self, separator: str) -> list[Row]:
        """The rows in which the heading is looked for."""
        del separator
        return list(takewhile(lambda row: row.number <= HEADER_WITHIN, self.rows))

    def cells_below(self, separator: str, header: int) -> Iterator[tuple[int, Sequence[str]]]:
        """Every row below the heading, with its number."""
        del separator
        return ((row.number, row.cells) for row in self.rows if row.number > header)

    def below(self, separator: str, header: int) -> Iterator[Row]:
        """Every filled row below the heading."""
        return filled_rows(self.cells_below(separator, header))

    def refuse_if_cut_off(self, last: Sequence[tuple[int, int]], width: int) -> None:
        """Nothing is cut off: the file says itself where each row ends."""
