"""In a window: coloured tables in which names and numbers are never cut off."""

from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.charts import with_bars
from firstday_cli.writers.column_widths import joined, widths
from firstday_cli.writers.letters import shown

STYLES = {"RED": "bold red", "AMBER": "bold yellow", "GREEN": "green", "UNEXPLAINED": "bold"}
MINIMUM, WIDE, BESIDE = 80, 10_000, 3
BLOCK = "█"


def show(page: Page) -> None:
    """Show the page in the window."""
    _print(page, Console(highlight=False))


def drawn(page: Page) -> str:
    """The same away from a window, as wide as its widest row."""
    target = StringIO()
    _print(page, Console(file=target, width=_width(page), highlight=False, color_system=None))
    return "\n".join(line.rstrip() for line in target.getvalue().split("\n"))


def as_picture(page: Page, *, width: int, frame: str, name: str) -> str:
    """A window of this width that shows the page, as a picture (SVG) in this frame; `name` makes its parts its own."""
    console = Console(
        file=StringIO(), record=True, width=width, highlight=False, force_terminal=True, color_system="truecolor",
        legacy_windows=False, _environ={},
    )  # fmt: skip
    _print(page, console)
    return console.export_svg(title=shown(page.title), code_format=frame, unique_id=name)


def _print(page: Page, console: Console) -> None:
    console.print(Text(shown(page.title), style="bold"))
    for warning in page.read_first:
        console.print(Text(f"! {shown(warning)}", style="bold red"))
    for table in page.tables:
        if table.is_shown:
            console.print()
            _print_table(table, console)
    for note in page.notes:
        console.print(Text(shown(note), style="dim"))


def _print_table(table: Table, console: Console) -> None:
    console.print(Text(shown(table.title), style="bold"))
    for line in table.lines:
        console.print(Text(shown(line)))
    if table.rows:
        console.print(_drawn(without_empty_columns(with_bars(table, BLOCK)), console.width))
    elif table.empty:
        console.print(Text(shown(table.empty)))


def _drawn(table: Table, width: int) -> RichTable:
    has_lines = any("\n" in cell for row in table.rows for cell in row)
    drawn = RichTable(show_lines=has_lines)
    given = widths(table, width - 1, beside=BESIDE, measure=cell_len)
    for column in table.columns:
        drawn.add_column(Text(column), overflow="fold", width=given.get(column))
    for row in table.rows:
        drawn.add_row(*(_cell(cell) for cell in row))
    return drawn


def _cell(text: str) -> Text:
    """Data is never markup; a rating is a word first and a colour second."""
    plain = joined(shown(text))
    return Text(plain, style=STYLES.get(plain.rstrip("?"), ""))


def _width(page: Page) -> int:
    lines = [page.title, *page.notes, *(f"! {warning}" for warning in page.read_first)]
    lines += [line for table in page.tables for line in (table.title, *table.lines)]
    return min(WIDE, max(MINIMUM, *map(len, lines), *map(_table_width, page.tables)))


def _table_width(table: Table) -> int:
    table = with_bars(table, BLOCK)
    columns = zip(table.columns, *table.rows, strict=True)
    return 1 + sum(BESIDE + max(cell_len(line) for cell in column for line in cell.split("\n")) for column in columns)
