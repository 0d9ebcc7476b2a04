"""A web page, often called .xls, or one saved whole with its pictures (.mht) → its tables."""

import re

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Gathered
from firstday_cli.intake.files.letters import decoded
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.web_marks import Bracket, marks_of

FEWEST_PLACES, MOST_PLACES, MOST_ROWS = 2, 1000, 65_534  # the last two are what browsers take at most
DEEPEST = 50
MOST_AROUND, LONGEST_AROUND = 40, 200  # words outside the tables: what says of which day they are
NEW_LINE = frozenset({"br", "p", "div", "li"})
BREAK = "\x00"  # stands for a new line among the blanks of the page, which are none
BLANKS = re.compile(r"[ \t\r\n\f]+")
NO_TABLE = "is a web page without a table of two columns or more: there is no export in it. Export it as CSV or .xlsx."
CUT_OFF = "is a web page that is cut off: a table in it never ends. Export it again."
BROKEN_TAG = "is a web page with a tag that never ends: what follows it would be lost. Export it again."


class _Table:
    """One table as it is read: rows of cells, with what spans from the rows above."""

    def __init__(self, file: str) -> None:
        self.gathered = Gathered(file)
        self.number = 0
        self.cells: list[str] | None = None
        self.pieces: list[str] | None = None
        self.spans: dict[int, tuple[int, str]] = {}  # place → the last row that is covered, and the text behind
        self.across, self.down = 1, 1

    def begin_row(self) -> None:
        self.end_row()
        self.number += 1
        self.cells = []

    def begin_cell(self, tag: Bracket) -> None:
        self.end_cell()
        if self.cells is None:
            self.begin_row()
        self.pieces = []
        spans = tag.inside and "span" in tag.inside.casefold()
        self.across = _times(tag.said("colspan"), MOST_PLACES) if spans else 1
        self.down = _times(tag.said("rowspan"), MOST_ROWS) if spans else 1

    def end_cell(self) -> None:
        if self.pieces is None or self.cells is None:
            return
        text, self.pieces = _tidied("".join(self.pieces)), None
        self._step_over_spans()
        place = len(self.cells)
        self.gathered.counted(self.across)
        self.cells += [text] + [""] * (self.across - 1)
        for covered in range(place, place + self.across) if self.across + self.down > 2 else ():
            if self.down > 1:
                self.spans[covered] = (self.number + self.down - 1, text)
            if covered > place and text:
                self.gathered.merged[self.number, covered] = text

    def _step_over_spans(self) -> None:
        """Leave a blank at each place that a cell of a row above covers."""
        cells = self.cells if self.cells is not None else []
        while (span := self.spans.get(len(cells), (0, "")))[0] >= self.number:
            if span[1]:
                self.gathered.merged[self.number, len(cells)] = span[1]
            self.gathered.counted(2)
            cells.append("")

    def end_row(self) -> None:
        self.end_cell()
        if self.cells is not None:
            self._step_over_spans()
            self.gathered.add(self.number, self.cells)
        self.cells = None

    def ended(self) -> Gathered:
        self.end_row()
        return self.gathered


class _Page:
    """A page as it is read: the tables that are open, and those that have ended."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.open: list[_Table] = []
        self.found: list[Gathered] = []
        self.around: list[str] = []

    def read(self, page: str) -> None:
        for mark in marks_of(page):
            if isinstance(mark, Bracket):
                self._bracket(mark)
            elif self.open and self.open[-1].pieces is not None:
                self.open[-1].pieces.append(mark)
            elif (words := " ".join(mark.split())) and len(self.around) < MOST_AROUND:
                self.around.append(words[:LONGEST_AROUND])
        if self.open:
            raise UnreadableExport(CUT_OFF, self.file)

    def _bracket(self, tag: Bracket) -> None:
        if tag.name == "table":
            self._end_table() if tag.is_end else self._begin_table()
        if not self.open:
            return
        if not tag.is_whole:
            raise UnreadableExport(BROKEN_TAG, self.file)
        table = self.open[-1]
        if tag.name in ("td", "th"):
            table.end_cell() if tag.is_end else table.begin_cell(tag)
        elif tag.name == "tr":
            table.end_row() if tag.is_end else table.begin_row()
        elif tag.name in NEW_LINE and table.pieces is not None:
            table.pieces.append(BREAK)

    def _begin_table(self) -> None:
        self.open.append(_Table(self.file))
        if len(self.open) > DEEPEST:
            raise UnreadableExport(f"nests its tables more than {DEEPEST} deep: it is no export.", self.file)

    def _end_table(self) -> None:
        if not self.open:
            return
        ended = self.open.pop().ended()
        if _width(ended) >= FEWEST_PLACES:
            self.found.append(ended)
        elif self.open and self.open[-1].pieces is not None:  # a table of one column is a part of the cell around it
            self.open[-1].pieces += [BREAK + cell for row in ended.rows for cell in row.cells]
        else:
            self.around += [cell[:LONGEST_AROUND] for row in ended.rows[:MOST_AROUND] for cell in row.cells if cell]


def web_tables(raw: bytes, file: str) -> tuple[CellTable, ...]:
    """Every table of two columns or more. Raises UnreadableExport where there is none, or the page is cut off."""
    return _of_pages([decoded(raw, file).text], file)


def saved_page_tables(raw: bytes, file: str) -> tuple[CellTable, ...]:
    """The tables of a page that a browser or Excel saved whole. Raises UnreadableExport where there is none."""
    from email import message_from_bytes, policy

    try:
        pages = [
            decoded(bytes(part.get_payload(decode=True) or b""), file, str(part.get_content_charset() or "")).text
            for part in message_from_bytes(raw, policy=policy.compat32).walk()
            if part.get_content_type() == "text/html"
        ]
    except (RecursionError, ValueError, LookupError):
        raise UnreadableExport("is a saved web page that is damaged. Save it again as .xlsx or CSV.", file) from None
    return _of_pages(pages, file)


def _of_pages(pages: list[str], file: str) -> tuple[CellTable, ...]:
    found = [(gathered, page.around) for page in (_read(text, file) for text in pages) for gathered in page.found]
    if not found:
        raise UnreadableExport(NO_TABLE, file)
    return tuple(
        gathered.table(
            f"table {number} of a web page" if len(found) > 1 else "table of a web page",
            f"{file}, table {number}" if len(found) > 1 else file,
            titles=around,
        )
        for number, (gathered, around) in enumerate(found, start=1)
    )


def _read(text: str, file: str) -> _Page:
    page = _Page(file)
    page.read(text)
    return page


def _width(gathered: Gathered) -> int:
    return max((sum(1 for cell in row.cells if cell) for row in gathered.rows), default=0)


def _times(said: str, most: int) -> int:
    digits = said.strip()
    return max(1, min(int(digits), most)) if digits.isdecimal() and len(digits) < len("1000000") else 1


def _tidied(text: str) -> str:
    if text.isalnum():
        return text
    lines = (BLANKS.sub(" ", line).strip(" ") for line in text.split(BREAK))
    return "\n".join(lines).strip("\n")
