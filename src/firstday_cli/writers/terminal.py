"""In a window: coloured tables in which names and numbers are never cut off."""

import re
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.plain_text import shown

STYLES = {"RED": "bold red", "AMBER": "bold yellow", "GREEN": "green", "UNEXPLAINED": "bold"}
MINIMUM, WIDE, OTHERS = 80, 10_000, 12


def show(page: Page) -> None:
    """Show the page in the window."""
    _print(page, Console(highlight=False))


def drawn(page: Page) -> str:
    """The same away from a window, as wide as its widest row."""
    target = StringIO()
    _print(page, Console(file=target, width=_width(page), highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in target.getvalue().split("\n"))


def _print(page: Page, console: Console) -> None:
    console.print(Text(shown(page.title), style="bold"))
    for warning in page.warnings:
        console.print(Text(f"! {shown(warning)}", style="bold red"))
    for table in page.tables:
        if table.rows or table.empty:
            console.print()
            _print_table(table, console)
    for note in page.notes:
        console.print(Text(shown(note), style="dim"))


def _print_table(table: Table, console: Console) -> None:
    console.print(Text(shown(table.title), style="bold"))
    for line in table.lines:
        console.print(Text(shown(line)))
    console.print(_drawn(without_empty_columns(table), console.width) if table.rows else Text(shown(table.empty)))


def _drawn(table: Table, width: int) -> RichTable:
    has_lines = any("\n" in cell for row in table.rows for cell in row)
    drawn = RichTable(show_lines=has_lines)
    widths = _widths(table, width)
    for column in table.columns:
        drawn.add_column(Text(column), overflow="fold", width=widths.get(column))
    for row in table.rows:
        drawn.add_row(*(_cell(cell) for cell in row))
    return drawn


def _widths(table: Table, width: int) -> dict[str, int]:
    """A width for each column at which no word of the unbroken ones breaks; none in a window too narrow for that."""
    columns = {name: (name, *cells) for name, *cells in zip(table.columns, *table.rows, strict=True)}
    longest = {name: max(cell_len(word) for cell in cells for word in _words(cell)) for name, cells in columns.items()}
    whole = {
        name: max(cell_len(line) for cell in cells for line in cell.split("\n")) for name, cells in columns.items()
    }
    given = {name: longest[name] if name in table.unbroken else min(OTHERS, longest[name]) for name in columns}
    spare = width - 1 - 3 * len(columns) - sum(given.values())
    if spare < 0:
        return {}
    waiting = sorted(columns, key=lambda name: whole[name] - given[name])
    for left, name in zip(range(len(waiting), 0, -1), waiting, strict=True):
        more = min(whole[name] - given[name], spare // left)
        given[name], spare = given[name] + more, spare - more
    return given


def _words(cell: str) -> list[str]:
    return _joined(cell).replace("\n", " ").split(" ")


def _joined(text: str) -> str:
    """The text with the blanks inside numbers made unbreakable."""
    return re.sub(r"(?<=[\d.]) (?=\d)", "\u00a0", text)


def _cell(text: str) -> Text:
    """Data is never markup; a rating is a word first and a colour second."""
    plain = _joined(shown(text))
    return Text(plain, style=STYLES.get(plain.rstrip("?"), ""))


def _width(page: Page) -> int:
    lines = [page.title, *page.notes, *(f"! {warning}" for warning in page.warnings)]
    lines += [line for table in page.tables for line in (table.title, *table.lines)]
    return min(WIDE, max(MINIMUM, *map(len, lines), *map(_table_width, page.tables)))


def _table_width(table: Table) -> int:
    columns = zip(table.columns, *table.rows, strict=True)
    return 1 + sum(3 + max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns)
