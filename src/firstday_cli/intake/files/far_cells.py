"""Sheets looked at before they are read: a cell far away, or one repeated without end, would fill the memory."""

import re
from collections.abc import Iterator, Sequence

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import MOST_CELLS, too_large

AT = re.compile(rb"""<(?:\w+:)?(?:row|c)(?>[^<>]*?\sr=["'])([A-Za-z]*)(\d{1,10})["'](?>[^<>]*)(?<!/)>""")
ROW = re.compile(rb"<(?:\w+:)?row\b")
CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
UNPLACED = re.compile(rb"""<(?:\w+:)?c(?=[\s>])(?![^<>]*\br=)""")
USES = re.compile(rb"""<(?:\w+:)?v>\s*(\d{1,9})\s*<""")
MOST_LETTERS = 256 * 1024 * 1024  # of all cells together
FLOOD = "has more text in its cells than any export: one long cell is used again and again. Save it as CSV."

TABLE = re.compile(rb"<table:table[\s>]")
TABLE_ROW = re.compile(rb"<table:table-row[\s>/]")
TABLE_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
REPEATED_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d{1,9})")
REPEATED_CELLS = re.compile(rb"number-columns-repeated=[\"'](\d{1,9})")
ROWS_SPANNED = re.compile(rb"number-rows-spanned=[\"'](\d{1,7})")
CELLS_SPANNED = re.compile(rb"number-columns-spanned=[\"'](\d{1,5})")
Corner = tuple[int, int]


def refuse_far_cells(sheets: Sequence[bytes], shared: bytes, file: str) -> None:
    """Raise UnreadableExport where a sheet of an .xlsx would have more cells, or more text, than any export."""
    uses = 0
    for sheet in sheets:
        found = AT.findall(sheet)
        places = max((_place(letters) for letters in {letters for letters, _ in found}), default=1)
        last = max((int(number) for number in {number for _, number in found}), default=1)
        if UNPLACED.search(sheet):
            places = max(places, *(len(CELL.findall(row)) for row in ROW.split(sheet)))
        if last * places > MOST_CELLS:
            raise too_large(file)
        uses += len(found)
    lengths = [len(text) for text in shared.split(b"<si")][1:]
    if max(lengths, default=0) * uses > MOST_LETTERS:
        _refuse_flood(sheets, lengths, file)


def _refuse_flood(sheets: Sequence[bytes], lengths: Sequence[int], file: str) -> None:
    letters = 0
    for sheet in sheets:
        for used in USES.findall(sheet):
            letters += lengths[int(used)] if int(used) < len(lengths) else 0
        if letters > MOST_LETTERS:
            raise UnreadableExport(FLOOD, file)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters[:4].upper():
        place = place * 26 + letter - 64
    return place


def refuse_repeated_cells(content: bytes, file: str) -> None:
    """Raise UnreadableExport where a sheet of an .ods repeats its cells into more than any export has."""
    letters = 0
    for table in TABLE.split(content)[1:]:
        widest = last = number = 0
        for row in TABLE_ROW.split(table)[1:]:
            times, filled = _said(REPEATED_ROWS, row[: row.find(b">") + 1]), 0
            place = 0
            for attributes, is_blank, repeated, length in _cells(row):
                place += repeated
                filled = filled if is_blank else place
                letters += 0 if is_blank else times * repeated * length
                del attributes
            number += times
            last = number if filled else last
            widest = max(widest, filled)
        if last * widest > MOST_CELLS:
            raise too_large(file)
    if letters > MOST_LETTERS:
        raise UnreadableExport(FLOOD, file)


def _cells(row: bytes) -> Iterator[tuple[bytes, bool, int, int]]:
    found = list(TABLE_CELL.finditer(row))
    ends = [*(cell.start() for cell in found[1:]), len(row)]
    for cell, end in zip(found, ends, strict=True):
        yield cell[1], bool(cell[2]), _said(REPEATED_CELLS, cell[1]), end - cell.end()


def _said(what: re.Pattern[bytes], attributes: bytes) -> int:
    found = what.search(attributes) if attributes else None
    return int(found[1]) if found else 1


def spans_of(content: bytes) -> dict[int, list[tuple[Corner, Corner]]]:
    """The merged cells of each sheet of an .ods: first and last cell, counted from nought."""
    spans: dict[int, list[tuple[Corner, Corner]]] = {}
    if b"-spanned=" not in content:
        return spans
    for sheet, table in enumerate(TABLE.split(content)[1:]):
        number = 0
        for row in TABLE_ROW.split(table)[1:]:
            place = 0
            for attributes, _, repeated, _ in _cells(row):
                down, across = _said(ROWS_SPANNED, attributes), _said(CELLS_SPANNED, attributes)
                if down > 1 or across > 1:
                    corner = (number, place)
                    spans.setdefault(sheet, []).append((corner, (number + down - 1, place + across - 1)))
                place += repeated
            number += _said(REPEATED_ROWS, row[: row.find(b">") + 1])
    return spans
