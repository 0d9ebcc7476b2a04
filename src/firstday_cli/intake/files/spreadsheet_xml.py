"""A workbook saved as XML, as Excel 2003 did and report tools still do → a table for each visible sheet."""

from datetime import date, datetime

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Gathered
from firstday_cli.intake.files.sheets import Sheet, tables_of_sheets
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.values import clock_text, moment_text, number_text
from firstday_cli.intake.files.xml_nodes import Node

MOST_PLACES, MOST_ROWS = 16_384, 1_048_576
IN_SHEET, IN_TABLE = 1, 3  # how many elements stand around a sheet, and around a row
NO_DAY = date(1899, 12, 31)  # a time of day alone is kept as a moment of this day, or of the one before it
BEYOND = "puts a cell beyond the last row or column that a sheet can have: it is damaged. Save it again."


class SavedAsXml:
    """Takes the rows of a workbook one by one."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[Sheet] = []
        self._begin()

    def _begin(self) -> None:
        self.rows, self.number = Gathered(self.file), 0
        self.spans: list[tuple[str, range, range]] = []

    def ended(self, around: list[Node], node: Node) -> bool:
        """Take every row, and every sheet as it ends."""
        name = node.name.casefold()
        if name == "row" and len(around) == IN_TABLE:
            self._row(node)
            return True
        if name != "worksheet" or len(around) != IN_SHEET:
            return False
        last = self.rows.rows[-1].number if self.rows.rows else 0
        for text, rows, places in self.spans:
            self.rows.spread(text, range(rows.start, min(rows.stop, last + 1)), places)
        is_hidden = node.said("WorksheetOptions", "Visible") not in ("", "SheetVisible")
        self.sheets.append(Sheet(name=node.attribute("Name"), is_hidden=is_hidden, rows=self.rows))
        self._begin()
        return True

    def _row(self, row: Node) -> None:
        self.number = self._index(row, self.number + 1, MOST_ROWS)
        cells: list[str] = []
        place = 0
        for cell in row.children:
            if cell.name.casefold() != "cell":
                continue
            place = self._index(cell, place + 1, MOST_PLACES)
            text = _text_of(cell)
            self.rows.counted(place - len(cells))
            cells += [""] * (place - 1 - len(cells)) + [text]
            across, down = self._more(cell, "MergeAcross", MOST_PLACES), self._more(cell, "MergeDown", MOST_ROWS)
            if across or down:
                rows = range(self.number, self.number + down + 1)
                self.spans.append((text, rows, range(place - 1, place + across)))
            place += across
        self.rows.add(self.number, cells)
        self.number += self._more(row, "Span", MOST_ROWS)

    def _index(self, node: Node, expected: int, most: int) -> int:
        said = node.attribute("Index") if node.attributes else ""
        found = int(said) if said.isdecimal() and len(said) < len(str(MOST_ROWS)) + 1 else 0 if said else expected
        if not expected <= found <= most:
            raise UnreadableExport(BEYOND, f"{self.file}, row {self.number}")
        return found

    def _more(self, node: Node, name: str, most: int) -> int:
        said = node.attribute(name) if node.attributes else ""
        return min(int(said), most) if said.isdecimal() and len(said) < len(str(MOST_ROWS)) + 1 else 0

    def tables(self, root: Node) -> tuple[CellTable, ...]:
        """A table for each visible sheet that is not empty. Raises UnreadableExport where there is none."""
        del root
        return tables_of_sheets(self.sheets, self.file, "a workbook saved as XML")


def _text_of(cell: Node) -> str:
    data = cell.child("Data")
    if data is None:
        return ""
    text, kind = _whole(data), data.attribute("Type").casefold()
    if kind == "boolean":
        return {"1": "yes", "0": "no"}.get(text.strip(), text)
    if kind == "error":
        return ""
    try:
        if kind == "number":
            return number_text(float(text)) if "e" in text.casefold() or text.endswith(".0") else text.strip()
        return _moment(text) if kind == "datetime" else text
    except (ValueError, OverflowError):
        return text


def _whole(node: Node) -> str:
    return "".join(["".join(node.pieces), *map(_whole, node.children)])


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text.strip())
    return clock_text(moment.time()) if moment.date() <= NO_DAY else moment_text(moment)
