"""CSV for a spreadsheet; text is never left to run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from firstday_cli.reports.page import Page, Table
from firstday_cli.writers.files import write_whole
from firstday_cli.writers.letters import shown

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(page: Page) -> str:
    """Every table of the page that has rows, each under its title; where the page has a worksheet, that alone."""
    if page.worksheet is not None:
        return csv_text(_worksheet(page, page.worksheet))
    rows: list[Sequence[str]] = []
    for table in page.tables:
        if table.rows:
            rows += (
                [(), (table.title,), table.columns, *table.rows]
                if rows
                else [(table.title,), table.columns, *table.rows]
            )
    return csv_text([(page.title,), *((warning,) for warning in page.read_first), *rows])


def _worksheet(page: Page, sheet: Table) -> list[Sequence[str]]:
    """The worksheet under the page's title and warnings; a bare batch without them."""
    head: list[Sequence[str]] = [(page.title,), *((warning,) for warning in page.read_first)] if sheet.title else []
    return [*head, sheet.columns, *sheet.rows]


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with every cell harmless."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def harmless(text: str) -> str:
    """The text with an apostrophe before anything that a spreadsheet would run."""
    plain = shown(text)
    return f"'{plain}" if plain.lstrip().startswith(FORMULA) else plain


def write_rejects(target: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write refused rows to a file that opens in a spreadsheet."""
    write_whole(target, csv_text([columns, *rows]), encoding="utf-8-sig", alone=True)
