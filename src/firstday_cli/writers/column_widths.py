"""How wide each column is drawn, so that names and numbers stay whole and the rest is broken between words."""

import re
from collections.abc import Callable, Mapping

from firstday_cli.reports.page import Table

OTHERS = 12


def widths(
    table: Table, width: int, *, beside: int, measure: Callable[[str], int] = len, whole_words: bool = False
) -> Mapping[str, int]:
    """A width for each column at which no word of the unbroken ones breaks, within this many letters in all.

    Every column costs `beside` letters more. Where `whole_words`, no word of any column breaks. Empty where there is no
    room for that.
    """
    columns = {name: (name, *cells) for name, *cells in zip(table.columns, *table.rows, strict=True)}
    longest = {name: max(measure(word) for cell in cells for word in _words(cell)) for name, cells in columns.items()}
    whole = {name: max(measure(line) for cell in cells for line in cell.split("\n")) for name, cells in columns.items()}
    kept = set(columns) if whole_words else set(table.unbroken)
    given = {name: longest[name] if name in kept else min(OTHERS, longest[name]) for name in columns}
    spare = width - beside * len(columns) - sum(given.values())
    if spare < 0:
        return {}
    waiting = sorted(columns, key=lambda name: whole[name] - given[name])
    for left, name in zip(range(len(waiting), 0, -1), waiting, strict=True):
        more = min(whole[name] - given[name], spare // left)
        given[name], spare = given[name] + more, spare - more
    return given


def joined(text: str) -> str:
    """The text with the blanks inside numbers made unbreakable."""
    return re.sub(r"(?<=[\d.]) (?=\d)", "\u00a0", text)


def _words(cell: str) -> list[str]:
    return joined(cell).replace("\n", " ").split(" ")
