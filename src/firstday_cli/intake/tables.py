"""A CSV file → numbered rows of text. Strict: a quote that never closes is an error, not a swallowed child."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from firstday_cli.domain.record import record
from firstday_cli.errors import UnreadableExport

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
HEADER_WITHIN = 60
KNOWN_STARTS = {
    b"PK\x03\x04": "a spreadsheet or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
}
FOOTER = re.compile(r"^\s*(printed|generated|produced|report run|end of report|page \d)", re.IGNORECASE)
TOTAL = re.compile(r"^\s*(grand )?totals?\b", re.IGNORECASE)
NUMBER = re.compile(r"^[\s\d.,:/%()-]*$")


@record
class Text:
    """A file's whole text, and how its bytes were understood."""

    file: str
    text: str
    encoding: str


@record
class Row:
    """One row as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises UnreadableExport where it cannot be opened or is empty."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableExport(f"cannot be read: {reason}. Check the file and who may open it.", path.name) from None
    if not raw.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise UnreadableExport("is empty: nothing was exported. Export it again.", path.name)
    return raw


def text_of(raw: bytes, file: str) -> Text:
    """The bytes as text: by byte-order mark, else UTF-8, else Windows text. Raises UnreadableExport for the rest."""
    known = next((what for start, what in KNOWN_STARTS.items() if raw.startswith(start)), None)
    if known:
        raise UnreadableExport(f"is {known}, not CSV text. Save it as CSV and take that in.", file)
    for encoding in _likely_encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return Text(file=file, text=text.removeprefix("\ufeff"), encoding=encoding)
    raise UnreadableExport("is not text: expected a CSV file in UTF-8, UTF-16 or Windows text. Export it as CSV.", file)


def _likely_encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    start = raw[:200]
    if start.count(0) * 3 > len(start):  # every other byte of Western text in UTF-16 is nought
        return ("utf-16-le", "utf-16-be") if raw[1:2] == b"\x00" else ("utf-16-be", "utf-16-le")
    return "utf-8-sig", "cp1252"


def first_rows(text: Text, separator: str) -> list[Row]:
    """The rows in which the heading is looked for, read as well as can be."""
    head = "".join(text.text.splitlines(keepends=True)[: HEADER_WITHIN * 2])
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=separator), start=1):
            rows.append(Row(number=number, cells=tuple(cells)))
            if number == HEADER_WITHIN:
                break
    except csv.Error:
        pass  # the strict reading below tells where
    return rows


def rows_below(text: Text, separator: str, header: int) -> Iterator[Row]:
    """Every filled row below the heading, numbered as a spreadsheet does. Raises UnreadableExport where it breaks."""
    reader = csv.reader(io.StringIO(text.text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnreadableExport(_broken(number + 1, error), f"{text.file}, row {number + 1}") from None
        number += 1
        if number > header and any(cell.strip() for cell in cells):
            yield Row(number=number, cells=tuple(cells))


def _broken(row: int, error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return f"a quote opened in row {row} never closes: rows below it would be swallowed. Export the file again."
    return f"row {row} cannot be split into cells ({error}). Export the file again."


def is_aside(row: Row, header: tuple[str, ...]) -> bool:
    """Whether the row is no record: a total, a footer, or the heading printed again."""
    first = next(cell for cell in row.cells if cell.strip())
    if FOOTER.match(first):
        return sum(1 for cell in row.cells if cell.strip()) == 1
    if TOTAL.match(first):
        return all(NUMBER.match(cell) for cell in row.cells if cell.strip() and cell is not first)
    return row.cells[0] == header[0] and [c.strip() for c in row.cells] == [c.strip() for c in header]


def refuse_if_cut_off(text: Text, rows: list[Row], width: int) -> None:
    """Raise UnreadableExport where the last row ends in the middle, while every other row is whole."""
    if len(rows) < 2 or text.text.endswith(("\n", "\r")):
        return
    last = rows[-1]
    if len(last.cells) < width and all(len(row.cells) >= width for row in rows[:-1]):
        message = f"ends in the middle of row {last.number}: {len(last.cells)} of {width} cells. Export it again."
        raise UnreadableExport(message, f"{text.file}, row {last.number}")
