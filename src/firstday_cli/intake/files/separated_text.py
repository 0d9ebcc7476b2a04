"""A CSV file → a table. Strict: a quote that never closes is an error, not a swallowed child."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.table import HEADER_WITHIN, WIDEST_CELL, Row, filled_rows

LINE_ENDS = tuple(end.encode(code) for end in "\n\r" for code in ("utf-8", "utf-16-le", "utf-16-be"))
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """A file's bytes, and how they are understood; they become text row by row, however long the file is."""

    file: str
    raw: bytes
    encoding: str
    separators: Sequence[str] = tuple(SEPARATORS)
    merged: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: Sequence[str] = ()
    titles: Sequence[str] = ()
    is_part: bool = False

    @property
    def read_as(self) -> str:
        """The encoding."""
        return {"cp1252": "Windows text"}.get(self.encoding, self.encoding.removesuffix("-sig").upper())

    @property
    def is_windows_text(self) -> bool:
        """Whether its letters were read as Windows text because they are no UTF-8."""
        return self.encoding == "cp1252"

    def _lines(self) -> io.TextIOWrapper:
        """The file's lines with their ends; the encoding says whether a byte-order mark is left out."""
        return io.TextIOWrapper(io.BytesIO(self.raw), encoding=self.encoding, newline="")

    def head(self, separator: str) -> list[Row]:
        """The rows in which the heading is looked for, read as well as can be."""
        lines = self._lines()
        head = "".join(lines.readline(WIDEST_CELL) for _ in range(HEADER_WITHIN * 2))
        rows: list[Row] = []
        try:
            for number, cells in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=separator), start=1):
                rows.append(Row(number=number, cells=tuple(cells)))
                if number == HEADER_WITHIN:
                    break
        except csv.Error:
            pass  # the strict reading below tells where
        return rows

    def cells_below(self, separator: str, header: int) -> Iterator[tuple[int, Sequence[str]]]:
        """Every row below the heading, blank ones too, with its number."""
        number = 0
        try:
            reader = csv.reader(self._lines(), delimiter=separator, strict=True)
            for number, cells in enumerate(reader, start=1):
                if number > header:
                    yield number, cells
        except csv.Error as error:
            raise UnreadableExport(_broken(number + 1, error), f"{self.file}, row {number + 1}") from None

    def below(self, separator: str, header: int) -> Iterator[Row]:
        """Every filled row below the heading, numbered as a spreadsheet does."""
        return filled_rows(self.cells_below(separator, header))

    def refuse_if_cut_off(self, last: Sequence[tuple[int, int]], width: int) -> None:
        """Raise UnreadableExport where the last row ends in the middle, while every other row is whole."""
        if len(last) < 2 or self.raw.endswith(LINE_ENDS):
            return
        number, count = last[-1]
        if count < width and all(cells >= width for _, cells in last[:-1]):
            message = f"ends in the middle of row {number}: {count} of {width} cells. Export it again."
            raise UnreadableExport(message, f"{self.file}, row {number}")


def _broken(row: int, error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return f"a quote opened in row {row} never closes: rows below it would be swallowed. Export the file again."
    if "field larger" in str(error):
        return f"row {row} has a cell of more than {WIDEST_CELL:,} letters: no export has. Export the file again."
    return f"row {row} cannot be split into cells ({error}). Export the file again."
