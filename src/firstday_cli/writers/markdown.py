"""Markdown: headings and tables that read the same as text and as a web page; nothing in a cell is ever markup."""

import re
from collections.abc import Iterable

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.letters import is_room, shown

MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
BEGINS_A_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s|$)")


def as_markdown(page: Page) -> str:
    """The whole page as Markdown with tables as GitHub draws them."""
    blocks = [f"# {plain(page.title)}"]
    blocks += ["\n".join(f"> **{plain(words)}**  " for words in page.read_first)] if page.read_first else []
    blocks += [block for table in page.tables if table.is_shown for block in _table(table)]
    blocks += [_paragraph(note) for note in page.notes]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """The text so that nothing in it is markup; a line break is a break, not a new block."""
    return "<br>".join(MARKUP.sub(r"\\\1", line) for line in shown(text).split("\n"))


def _paragraph(text: str) -> str:
    """A line of its own, which begins no list."""
    return BEGINS_A_LIST.sub(r"\1\\\2", plain(text))


def _table(table: Table) -> Iterable[str]:
    yield f"## {plain(table.title)}"
    yield from (_paragraph(line) for line in table.lines)
    if table.rows:
        table = without_empty_columns(table)
        head = (_row(table.columns), _row("---" for _ in table.columns))
        yield "\n".join((*head, *(_row(map(_cell, row)) for row in table.rows)))
    elif table.empty:
        yield _paragraph(table.empty)


def _cell(cell: str) -> str:
    return cell if is_room(cell) else plain(cell)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
