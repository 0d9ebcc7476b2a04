"""A workbook (.xlsx, .xls, .xlsb, .ods) → a table for each visible sheet."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.containers import PROTECTED, Spans
from firstday_cli.intake.files.gathered import MOST_CELLS, Gathered, too_large
from firstday_cli.intake.files.sheets import Sheet, tables_of_sheets
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.values import value_text

ALIKE = "has two sheets of one name: only one of them could be read. Rename one, and save it again."
DAMAGED = "is a damaged spreadsheet, or is cut off. Open it, save it again as .xlsx or CSV, and take that in."


def workbook_tables(raw: bytes, file: str, spans: Spans | None = None) -> tuple[CellTable, ...]:
    """A table for each visible sheet that is not empty; `spans` are merged cells that the library does not tell.

    Raises UnreadableExport where the workbook is damaged, protected, or shows nothing.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets = []
    with _said_plainly(file):
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        if len(set(book.sheet_names)) < len(book.sheet_names):  # the library would give the first of them twice
            raise UnreadableExport(ALIKE, file)
        for place, told in enumerate(book.sheets_metadata):
            if told.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            merged = _merged(sheet.merged_cell_ranges or (spans or {}).get(place, ()))
            is_hidden = told.visible != SheetVisibleEnum.Visible
            sheets.append(Sheet(name=told.name, is_hidden=is_hidden, rows=_rows(sheet, merged, file)))
    return tables_of_sheets(sheets, file, "a workbook")


@contextmanager
def _said_plainly(file: str) -> Iterator[None]:
    """Whatever the library raises becomes one plain sentence, a panic in its own language too."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise UnreadableExport(PROTECTED, file) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise UnreadableExport(DAMAGED, file) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it derives from no ordinary exception, and has no other name
            raise
        raise UnreadableExport(DAMAGED, file) from None


Merge = tuple[range, range]


def _merged(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[Merge]:
    for (top, left), (bottom, right) in ranges:
        yield range(top + 1, bottom + 2), range(left, right + 1)


def _rows(sheet: Any, merged: Iterable[Merge], file: str) -> Gathered:
    gathered = Gathered(file)
    if sheet.end is None:
        return gathered
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > MOST_CELLS:
        raise too_large(file)
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        gathered.add(number, [value_text(value) for value in values])
    text_at = {row.number: row.cells for row in gathered.rows}
    for rows, places in merged:
        corner = text_at.get(rows.start, ())
        if places.start < len(corner):
            inside = range(places.start, min(places.stop, width))
            gathered.spread(corner[places.start], range(rows.start, min(rows.stop, height + 1)), inside)
    return gathered
