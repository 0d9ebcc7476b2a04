"""An Excel workbook in which text stays text: frozen headings, filters, widths, set up for paper (XlsxWriter)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.charts import number_in
from firstday_cli.writers.letters import is_rating, is_room, shown

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A_SHEET_EACH = 16  # tables; where there are more, they stand below each other on one sheet
NARROW, BROAD, FOR_WRITING = 8, 48, 30  # widths of a column
LEAST = 90  # letters that a sheet is wide, so that a sentence across it can be read
HIGHEST = 409  # that a row can be; what is longer stands whole in its cell, and whole on the page as text
HIGH, TALLER = 15, {"title": 1.4, "large": 1.4}  # of a row, in points
FROZEN = 14  # rows at most that stay in sight
NAME = 31  # letters that a sheet's name may have
LONGEST, CUT = 32_000, " … (the rest is on the page as text)"  # letters that a cell can hold
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|[^\u0000-\uffff]")
SAME_EACH_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - a file's bytes depend on the page alone
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
    "first": {"bold": True, "font_color": "#9C0006", "text_wrap": True, "valign": "top"},
    "line": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "bg_color": "#E7EAED", "border": 1, "text_wrap": True, "valign": "top"},
    "cell": {"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"},
    "large": {"border": 1, "valign": "top", "num_format": "@", "font_size": 14, "bold": True},
    "number": {"border": 1, "valign": "top", "num_format": "General"},
    "share": {"border": 1, "valign": "top", "num_format": "0.0 %"},
    "rating": {"border": 2, "valign": "top", "num_format": "@", "bold": True},
}


def as_workbook(page: Page) -> bytes:
    """The page as .xlsx: its worksheet, or a sheet for each table; of many tables one sheet with all of them."""
    import xlsxwriter

    kept = BytesIO()
    book = xlsxwriter.Workbook(
        kept,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({
        "title": shown(page.title), "subject": page.for_whom, "keywords": page.audience.value,
        "comments": " ".join(map(shown, page.read_first)), "created": SAME_EACH_TIME,
    })  # fmt: skip
    _Sheets(book, page).write()
    book.close()
    return kept.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "Workbook", page: Page) -> None:
        self.book, self.page = book, page
        self.styles = {name: book.add_format(dict(style)) for name, style in STYLES.items()}
        self.names: set[str] = set()

    def write(self) -> None:
        """Write every table where it belongs."""
        sheet = self.page.worksheet
        if sheet is None or self.page.keeps_tables:
            self._tables([without_empty_columns(table) for table in self.page.tables if table.is_shown])
        if sheet is not None:
            self._one(sheet)

    def _tables(self, tables: Sequence[Table]) -> None:
        if len(tables) > A_SHEET_EACH or not tables:
            self._all_together(tables)
            return
        for table in tables:
            self._one(table)

    def _one(self, table: Table) -> None:
        """A sheet with one table: its headings stay in sight, and each can be filtered."""
        sheet = _Sheet(self._sheet(table.title), self.styles, (table,))
        if table.title:
            self._head(sheet)
        heading = sheet.table(table, has_title=self.page.worksheet is not table)
        if table.columns:
            sheet.keep_in_sight(heading, table)
        if table.title:
            self._notes(sheet)

    def _all_together(self, tables: Sequence[Table]) -> None:
        sheet = _Sheet(self._sheet("Page"), self.styles, tables)
        self._head(sheet)
        for table in tables:
            sheet.table(table, has_title=True)
            sheet.row += 1
        self._notes(sheet)

    def _sheet(self, title: str) -> "Worksheet":
        sheet = self.book.add_worksheet(self._name(title))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L{_in_footer(self.page)}&RPage &P of &N")
        return sheet

    def _name(self, title: str) -> str:
        """A name for a sheet that no other has; Excel keeps “History” for itself."""
        plain = NOT_IN_NAMES.sub(" ", shown(title)).strip(" '") or "Sheet"
        plain = f"{plain} of days" if plain.casefold() == "history" else plain
        name, number = plain[:NAME].strip(" '"), 1
        while name.casefold() in self.names:
            number += 1
            name = f"{plain[: NAME - 4].strip()} {number}"
        self.names.add(name.casefold())
        return name

    def _head(self, sheet: "_Sheet") -> None:
        """The page's title and what is read first."""
        sheet.words(self.page.title, "title")
        for words in self.page.read_first:
            sheet.words(words, "first")
        sheet.row += 1

    def _notes(self, sheet: "_Sheet") -> None:
        sheet.row += 1
        for note in self.page.notes:
            sheet.words(note, "line")


class _Sheet:
    """One sheet, written from the top; `row` is the next that is free."""

    def __init__(self, sheet: "Worksheet", styles: Mapping[str, "Format"], tables: Sequence[Table]) -> None:
        self.sheet, self.styles, self.row = sheet, styles, 0
        self.widths = _widths(tables)
        for place, width in enumerate(self.widths):
            sheet.set_column(place, place, width)

    def words(self, text: str, style: str) -> None:
        """A line across all columns, as high as its words need."""
        words, last = _fitting(shown(text)), len(self.widths) - 1
        if last:
            self.sheet.merge_range(self.row, 0, self.row, last, "", self.styles[style])
        self.sheet.write_string(self.row, 0, words, self.styles[style])
        self._high(HIGH * TALLER.get(style, 1) * _lines(words, sum(self.widths)))
        self.row += 1

    def _high(self, points: float) -> None:
        """Make the row so high, as far as a row can be."""
        self.sheet.set_row(self.row, min(points, HIGHEST))

    def table(self, table: Table, *, has_title: bool) -> int:
        """The table from the next row on; the row of its headings."""
        if table.title and has_title:
            self.words(table.title, "title")
        for line in (*table.lines, *((table.empty,) if table.empty and not table.rows else ())):
            self.words(line, "line")
        heading = self.row
        for place, column in enumerate(table.columns):
            self.sheet.write_string(heading, place, shown(column), self.styles["head"])
        self.row += bool(table.columns)
        for cells in table.rows:
            for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
                self._cell(place, cell, table=table, column=column)
            lines = max((_lines(cell, width) for cell, width in zip(cells, self.widths, strict=False)), default=1)
            self._high(max(lines * HIGH, HIGH * TALLER["large"] if table.large else 0))
            self.row += 1
        return heading

    def keep_in_sight(self, heading: int, table: Table) -> None:
        """The headings stay on the screen and on every sheet of paper, and each can be filtered."""
        self.sheet.autofilter(heading, 0, heading + len(table.rows), len(table.columns) - 1)
        self.sheet.repeat_rows(heading)
        if heading < FROZEN:
            self.sheet.freeze_panes(heading + 1, 0)

    def _cell(self, place: int, cell: str, *, table: Table, column: str) -> None:
        """A cell of text, or of a number where the column is of numbers; room to write is an empty one."""
        style = "rating" if is_rating(cell) else "large" if column in table.large else "cell"
        words = "" if is_room(cell) else _fitting(shown(cell))
        number = number_in(cell) if column in table.numbers else None
        if number is not None:
            is_share = cell.strip().endswith("%")
            value, style = (number / 100, "share") if is_share else (number, "number")
            self.sheet.write_number(self.row, place, value, self.styles[style])
        elif words:
            self.sheet.write_string(self.row, place, words, self.styles[style])
        else:
            self.sheet.write_blank(self.row, place, None, self.styles[style])


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    return 1 if is_room(text) else sum(1 + len(line) // width for line in text.split("\n"))


def _widths(tables: Sequence[Table]) -> list[int]:
    """The width of each column; one broad one where there are only words."""
    most: dict[int, int] = {}
    for table in tables:
        for place, (column, *cells) in enumerate(zip(table.columns, *table.rows, strict=True)):
            wide = max(_wide(text) for text in (column, *cells))
            most[place] = max(most.get(place, 0), wide * 3 // 2 if column in table.large else wide)
    found = [min(max(width + 2, NARROW), BROAD) for width in most.values()]
    return [*found[:-1], max(found[-1], LEAST - sum(found[:-1]))] if found else [LEAST]


def _fitting(text: str) -> str:
    """The text as far as a cell can hold it; where it cannot, that says so."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - len(CUT)]}{CUT}"


def _wide(text: str) -> int:
    return FOR_WRITING if is_room(text) else max(len(line) for line in text.split("\n"))


def _in_footer(page: Page) -> str:
    """For whom and as of when; an ampersand is an order there, so it is doubled."""
    about = f"{page.for_whom}{f', as of {page.as_of}' if page.as_of else ''}"
    return about.replace("&", "&&")
