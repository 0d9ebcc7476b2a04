"""Plain text for paper and pipes: nothing cut off, no colour, no frames."""

import unicodedata
from collections.abc import Iterable

from firstday_cli.reports.page import Page, Table, without_empty_columns

GAP = "  "


def as_text(page: Page) -> str:
    """The whole page as text."""
    blocks = ["\n".join((page.title, "=" * len(page.title)))]
    blocks += ["\n".join(f"! {shown(warning)}" for warning in page.warnings)] if page.warnings else []
    blocks += [_table(table) for table in page.tables if table.rows or table.empty]
    blocks += ["\n".join(page.notes)] if page.notes else []
    return "\n\n".join(blocks) + "\n"


def shown(text: str) -> str:
    """The text without control or invisible characters, which could hide or repaint what stands beside them."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf") else " " for c in text)


def _table(table: Table) -> str:
    title = "\n".join((table.title, "-" * len(table.title), *map(shown, table.lines)))
    if not table.rows:
        return f"{title}\n{table.empty}"
    table = without_empty_columns(table)
    cells = [[shown(cell).split("\n") for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(line) for row in cells for line in row[place]) for place in range(len(table.columns))]
    return "\n".join((title, *(line for row in cells for line in _lines(row, widths))))


def _lines(row: list[list[str]], widths: list[int]) -> Iterable[str]:
    for n in range(max(len(cell) for cell in row)):
        yield GAP.join(
            (cell[n] if n < len(cell) else "").ljust(w) for cell, w in zip(row, widths, strict=True)
        ).rstrip()
