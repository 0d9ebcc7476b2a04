"""In a window: coloured tables in which names and numbers are never cut off."""

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from firstday_cli.reports.page import Page, Table
from firstday_cli.writers.plain_text import shown

STYLES = {"RED": "bold red", "AMBER": "bold yellow", "GREEN": "green", "UNEXPLAINED": "bold"}
MINIMUM, WIDE = 80, 10_000


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
            console.print(_drawn(table) if table.rows else Text(f"{table.title}\n{table.empty}"))
    for note in page.notes:
        console.print(Text(shown(note), style="dim"))


def _drawn(table: Table) -> RichTable:
    drawn = RichTable(
        title=Text(shown(table.title), style="bold"),
        title_justify="left",
        show_lines=any("\n" in c for r in table.rows for c in r),
    )
    for column in table.columns:
        drawn.add_column(Text(column), overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_cell(cell) for cell in row))
    return drawn


def _cell(text: str) -> Text:
    """Data is never markup; a rating is a word first and a colour second."""
    plain = shown(text)
    return Text(plain, style=STYLES.get(plain.rstrip("?"), ""))


def _width(page: Page) -> int:
    lines = [page.title, *page.notes, *(f"! {warning}" for warning in page.warnings)]
    return min(WIDE, max(MINIMUM, *map(len, lines), *map(_table_width, page.tables)))


def _table_width(table: Table) -> int:
    columns = zip(table.columns, *table.rows, strict=True)
    return 1 + sum(3 + max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns)
