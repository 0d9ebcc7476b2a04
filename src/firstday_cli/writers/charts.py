"""Bars beside a table's numbers: as a drawing with a title and a description, and as signs in a line of text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape

from firstday_cli.reports.page import Chart, Table
from firstday_cli.writers.letters import shown

NUMBER = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)(?: ?%| min)?")
LEFT, BARS, RIGHT, STEP, THICK, TOP, WORDS = 150, 400, 90, 24, 16, 22, 52  # in its own units
LONGEST_NAME = 22
BAR, MARK = "#2f6f9f", "#b3461b"  # both plain on white and on black
SIGNS = 24

Bar = tuple[str, str, float | None]


def bars(table: Table, chart: Chart) -> list[Bar]:
    """Each row's name, its measure as it is written, and that as a number; None where it is none."""
    name, measure = table.columns.index(chart.names), table.columns.index(chart.measures)
    return [(shown(row[name]), shown(row[measure]), number_in(row[measure])) for row in table.rows]


def number_in(cell: str) -> float | None:
    """The number that a cell is: 4.5 of “4.5 %”, 1200 of “1,200”; None where it is none."""
    found = NUMBER.fullmatch(cell.strip())
    return float(found[1].replace(",", "")) if found else None


def as_signs(table: Table, chart: Chart, sign: str) -> list[str]:
    """A bar of signs for each row, the longest the same in every chart."""
    found = bars(table, chart)
    most = _most(found, chart)
    return ["" if value is None else sign * round(SIGNS * value / most) for _, _, value in found]


def with_bars(table: Table, sign: str) -> Table:
    """The table with its chart as a last column of bars, drawn with this sign; as it is where it has none."""
    if table.chart is None or not table.rows:
        return table
    rows = tuple((*row, bar) for row, bar in zip(table.rows, as_signs(table, table.chart, sign), strict=True))
    return replace(table, columns=(*table.columns, ""), rows=rows)


def as_drawing(table: Table, chart: Chart, number: int) -> str:
    """The chart as SVG that fetches nothing; its number keeps its ids apart from those of others on the page."""
    found = bars(table, chart)
    most, height = _most(found, chart), TOP + STEP * len(found) + 4
    width = LEFT + BARS + RIGHT
    return "".join((
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"',
        f' role="img" aria-labelledby="chart-{number}-title chart-{number}-about"',
        ' font-size="13" font-family="sans-serif">',
        f'<title id="chart-{number}-title">{_text(table.title)}</title>',
        f'<desc id="chart-{number}-about">{_text(chart.described)}</desc>',
        *_drawn_marks(chart.marks, most, height), *_drawn_bars(found, most, [v for _, v in chart.marks]),
        "</svg>",
    ))  # fmt: skip


def _drawn_bars(found: Sequence[Bar], most: float, marks: Sequence[float]) -> Iterable[str]:
    for place, (name, measure, value) in enumerate(found):
        top = TOP + STEP * place
        base, length = top + THICK - 3, BARS * (value or 0) / most
        short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        yield f'<text x="{LEFT - 8}" y="{base}" text-anchor="end" fill="currentColor">{_text(short)}</text>'
        if value is not None:
            yield f'<rect x="{LEFT}" y="{top}" width="{max(length, 1):.1f}" height="{THICK}" fill="{BAR}"/>'
        beside = _clear_of(LEFT + length, [LEFT + BARS * mark / most for mark in marks])
        yield f'<text x="{beside + 6:.1f}" y="{base}" fill="currentColor">{_text(measure)}</text>'


def _clear_of(end: float, marks: Sequence[float]) -> float:
    """Where the words beside a bar begin: after its end, and after a mark that would run through them."""
    return max([end, *(mark for mark in marks if end <= mark < end + WORDS)])


def _drawn_marks(marks: Sequence[tuple[str, float]], most: float, height: int) -> Iterable[str]:
    for name, value in marks:
        x = LEFT + BARS * value / most
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{height}" stroke="{MARK}" stroke-width="2"'
            ' stroke-dasharray="4 3"/>'
        )
        yield f'<text x="{x:.1f}" y="{TOP - 8}" text-anchor="middle" fill="currentColor">{_text(name)}</text>'


def _most(found: Sequence[Bar], chart: Chart) -> float:
    return max([*(value for _, _, value in found if value), *(value for _, value in chart.marks)], default=0) or 1


def _text(words: str) -> str:
    return escape(shown(words).replace("\n", " "))
