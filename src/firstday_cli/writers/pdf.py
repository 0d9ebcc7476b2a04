"""The printed sheet: A4, tagged for screen readers, its fonts inside (typst lives here only)."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib import resources
from typing import Any

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.charts import as_drawing
from firstday_cli.writers.column_widths import joined, widths
from firstday_cli.writers.letters import is_rating, is_room, shown, spelled_out

UPRIGHT, WIDE, BESIDE = 112, 164, 3  # letters across a page, and what the edges of a column cost
MOST_UPRIGHT = 8  # columns
ROOM = f"{'_' * 20} {'_' * 20}"  # how broad room to write is: at least a half of this
LONG_WORD = re.compile(r"(\S{18})(?=\S{6})")  # which may be broken, so that one name does not turn the page
MAY_BREAK = "\u200b"
# Lines at most of a row and of a table that are not torn over two pages: what is longer than a page would be cut off.
ROW, UPRIGHT_TABLE, WIDE_TABLE = 12, 30, 18
FONTS = ("Libertinus Serif", "DejaVu Sans Mono")  # travel with typst
PLAIN_LETTERS = "Letters that cannot be printed here stand in [brackets], spelled in plain ones."
NOT_TAGGED = "This file is not marked up for screen readers: some letters have no font here. The web page is (.html)."
NOT_DESCRIBED = "A chart of the table below."  # a drawing without words would cost the page its tags
Shape = dict[str, Any]  # what goes to the template as JSON


def as_pdf(page: Page) -> bytes:
    """The page as PDF/UA; letters without a font are spelled out, and where that fails, too, the tags are left out."""
    from typst import TypstError

    try:
        return _printed(_shape(page))
    except TypstError:
        pass
    shape = _shape(_with_plain_letters(page))
    try:
        return _printed(shape, of_this_machine=True)
    except TypstError:
        return _printed(shape | {"first": [*shape["first"], NOT_TAGGED]}, of_this_machine=True, is_tagged=False)


def first_side(page: Page, *, dots: float) -> bytes:
    """The first side of the printed page as a picture (PNG), so many dots to the inch."""
    import typst

    found = typst.compile(
        _drawing_rules(),
        sys_inputs={"page": json.dumps(_shape(page))},
        format="png",
        ppi=dots,
        ignore_system_fonts=True,
    )
    return found if isinstance(found, bytes) else found[0]


def _drawing_rules() -> bytes:
    return (resources.files("firstday_cli.writers") / "printed.typ").read_bytes()


def _printed(shape: Shape, *, of_this_machine: bool = False, is_tagged: bool = True) -> bytes:
    """The template filled with the page; nothing is fetched, and no font of this machine is used unless said."""
    import typst

    found = typst.compile(
        _drawing_rules(), sys_inputs={"page": json.dumps(shape)}, pdf_standards=["ua-1"] if is_tagged else [],
        ignore_system_fonts=not of_this_machine,
    )  # fmt: skip
    if not isinstance(found, bytes):
        raise TypeError("a PDF is one file")
    return found


def _shape(page: Page) -> Shape:
    tables = [table for table in page.tables if table.is_shown]
    is_wide = any(_is_wide(without_empty_columns(table)) for table in tables if table.rows)
    return {
        "title": shown(page.title), "school": shown(str(page.facts.get("school") or page.title)),
        "description": page.for_whom,
        "keywords": ["firstday", page.audience.value], "footer": _footer(page), "fonts": FONTS,
        "is-wide": is_wide,
        "is-prose": not any(table.columns for table in tables), "first": [shown(words) for words in page.read_first],
        "parts": list(_parts(tables, WIDE if is_wide else UPRIGHT)),
        "notes": [shown(note) for note in page.notes],
    }  # fmt: skip


def _footer(page: Page) -> str:
    as_of = f"as of {page.as_of}" if page.as_of and "as of" not in page.title else ""
    return " · ".join(part for part in (shown(page.title), as_of, page.for_whom) if part)


def _is_wide(table: Table) -> bool:
    return len(table.columns) > MOST_UPRIGHT or not _widths(table, UPRIGHT)


def _parts(tables: Sequence[Table], width: int) -> Iterable[Shape]:
    """Every table as the template draws it; those with the same columns have them at the same places."""
    alike: dict[tuple[str, ...], list[Table]] = defaultdict(list)
    drawn = [without_empty_columns(table) if table.rows else table for table in tables]
    for table in drawn:
        alike[table.columns].append(table)
    given = {columns: _widths_of_all(them, width) for columns, them in alike.items()}
    for number, (whole, table) in enumerate(zip(tables, drawn, strict=True), start=1):
        yield _part(whole, table, number, (width, given[table.columns]))


def _widths_of_all(tables: Sequence[Table], width: int) -> Mapping[str, int]:
    together = replace(tables[0], rows=tuple(row for table in tables for row in table.rows))
    return _widths(together, width) or _widths(together, width, whole_words=False)


def _part(whole: Table, table: Table, number: int, across: tuple[int, Mapping[str, int]]) -> Shape:
    width, given = across
    most = WIDE_TABLE if width == WIDE else UPRIGHT_TABLE
    rows = [_row(table, cells, given) for cells in table.rows]
    chart = whole.chart and whole.rows and {
        "drawing": as_drawing(whole, whole.chart, number),
        "described": shown(whole.chart.described).strip() or NOT_DESCRIBED,
    }  # fmt: skip
    return {
        "title": shown(table.title), "lines": [shown(line) for line in table.lines], "empty": shown(table.empty),
        "columns": [{"name": shown(c), "is-of-numbers": c in table.numbers} for c in table.columns],
        "rows": rows,
        "widths": [BESIDE + given.get(column, 1) for column in table.columns], "chart": chart or None,
        "begins-a-page": table.begins_a_page, "is-kept-together": _lines(whole, rows, width) <= most,
    }  # fmt: skip


def _row(table: Table, cells: Sequence[str], given: Mapping[str, int]) -> Shape:
    """A row, and how many lines it takes at most; it is torn over two pages only where it is long."""
    high = [_high(cell, given.get(c, 1)) for c, cell in zip(table.columns, cells, strict=True)]
    drawn = [_cell(table, c, cell) for c, cell in zip(table.columns, cells, strict=True)]
    return {"cells": drawn, "lines": max(high, default=1), "is-kept-together": max(high, default=1) <= ROW}


def _high(text: str, width: int) -> int:
    return 2 if is_room(text) else sum(1 + 3 * len(line) // (2 * width) for line in text.split("\n"))


def _lines(table: Table, rows: Sequence[Shape], width: int) -> int:
    """How many lines a table takes at most, with its title, what stands under it, and its chart."""
    chart = len(table.rows) if table.chart else 0
    return (
        3
        + chart
        + sum(_high(line, width) for line in (*table.lines, table.empty))
        + sum(int(row["lines"]) + 1 for row in rows)
    )


def _cell(table: Table, column: str, text: str) -> Shape:
    words = [_breakable(joined(line)) for line in shown(text).split("\n")]
    if is_room(text):
        return {"kind": "large-room" if table.large else "room", "words": []}
    if is_rating(text):
        return {"kind": "rating", "words": words}
    kind = "large" if column in table.large else "number" if column in table.numbers else "plain"
    return {"kind": kind, "words": words}


def _widths(table: Table, width: int, *, whole_words: bool = True) -> Mapping[str, int]:
    """A width for each column; large type counts half as much again, room to write less than it has signs."""
    rows = tuple(
        tuple(_as_wide(table, c, cell) for c, cell in zip(table.columns, row, strict=True)) for row in table.rows
    )
    return widths(replace(table, rows=rows), width, beside=BESIDE, measure=_as_printed, whole_words=whole_words)


def _as_wide(table: Table, column: str, text: str) -> str:
    if is_room(text):
        return ROOM
    return text + "0" * (len(text) * 3 // 5) if column in table.large else _breakable(text, " ")


def _breakable(text: str, at: str = MAY_BREAK) -> str:
    return LONG_WORD.sub(rf"\1{at}", text)


def _as_printed(text: str) -> int:
    """How many small letters wide a text is: capitals are broader."""
    return len(text) + sum(letter.isupper() for letter in text) // 2


def _with_plain_letters(page: Page) -> Page:
    """The page with every letter spelled out that no font here has, and a sentence that says so."""
    missing = _without_a_font(sorted(_letters(page)))
    if not missing:
        return page
    tables = tuple(_table_spelled(table, missing) for table in page.tables)
    return replace(
        page, title=spelled_out(page.title, missing), tables=tables,
        warnings=(*(spelled_out(words, missing) for words in page.warnings), PLAIN_LETTERS),
        notes=tuple(spelled_out(note, missing) for note in page.notes),
    )  # fmt: skip


def _table_spelled(table: Table, missing: set[str]) -> Table:
    def spelled(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(spelled_out(word, missing) for word in words)

    chart = table.chart and replace(
        table.chart, names=spelled_out(table.chart.names, missing), measures=spelled_out(table.chart.measures, missing),
    )  # fmt: skip
    return replace(
        table, title=spelled_out(table.title, missing), empty=spelled_out(table.empty, missing),
        lines=spelled(table.lines), rows=tuple(spelled(row) for row in table.rows), columns=spelled(table.columns),
        large=spelled(table.large), unbroken=spelled(table.unbroken), numbers=spelled(table.numbers), chart=chart,
    )  # fmt: skip


def _letters(page: Page) -> set[str]:
    """Every letter of the page that is not plain."""
    cells = (cell for table in page.tables for row in table.rows for cell in row)
    beside = (w for table in page.tables for w in (table.title, table.empty, *table.lines, *table.columns))
    text = shown("".join((page.title, *page.read_first, *page.notes, *cells, *beside)))
    return {letter for letter in text if not letter.isascii()}


def _without_a_font(letters: Sequence[str]) -> set[str]:
    """Those of the letters that no font of this machine has: all tried together, then each half of those that fail."""
    if not letters or _have_fonts("".join(letters)):
        return set()
    if len(letters) == 1:
        return set(letters)
    middle = len(letters) // 2
    return _without_a_font(letters[:middle]) | _without_a_font(letters[middle:])


def _have_fonts(letters: str) -> bool:
    import typst

    tried = b'#set document(title: "letters")\n#set text(font: json(bytes(sys.inputs.fonts)))\n#sys.inputs.letters'
    try:
        typst.compile(
            tried, sys_inputs={"letters": letters, "fonts": json.dumps(FONTS)}, pdf_standards=["ua-1"]
        )  # fmt: skip
    except typst.TypstError:
        return False
    return True
