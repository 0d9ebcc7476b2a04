"""Plain text for paper and pipes: nothing cut off, no colour, no frames."""

from collections.abc import Iterable

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.charts import with_bars
from firstday_cli.writers.letters import shown

GAP, HASH = "  ", "#"


def as_text(page: Page) -> str:
    """The whole page as text."""
    blocks = ["\n".join((page.title, "=" * len(page.title)))]
    blocks += ["\n".join(f"! {shown(warning)}" for warning in page.read_first)] if page.read_first else []
    blocks += [_table(table) for table in page.tables if table.is_shown]
    blocks += ["\n".join(page.notes)] if page.notes else []
    return "\n\n".join(blocks) + "\n"


def _table(table: Table) -> str:
    title = "\n".join((table.title, "-" * len(table.title), *map(shown, table.lines)))
    if not table.rows:
        return "\n".join((title, *filter(None, (table.empty,))))
    table = without_empty_columns(with_bars(table, HASH))
    cells = [[shown(cell).split("\n") for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(line) for row in cells for line in row[place]) for place in range(len(table.columns))]
    return "\n".join((title, *(line for row in cells for line in _lines(row, widths))))


def _lines(row: list[list[str]], widths: list[int]) -> Iterable[str]:
    for n in range(max((len(cell) for cell in row), default=0)):
        yield GAP.join(
            (cell[n] if n < len(cell) else "").ljust(w) for cell, w in zip(row, widths, strict=True)
        ).rstrip()
