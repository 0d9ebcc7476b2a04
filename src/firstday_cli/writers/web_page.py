"""One web page that fetches nothing, for a screen, a telephone and the printer (jinja2 lives here only)."""

import base64
import re
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from firstday_cli.reports.page import Page, Table, without_empty_columns
from firstday_cli.writers.charts import as_drawing
from firstday_cli.writers.column_widths import joined
from firstday_cli.writers.letters import is_rating, is_room, shown

if TYPE_CHECKING:
    from jinja2 import Template

KEPT_TOGETHER, A_LINE = 24, 30  # lines of a table that is not torn over two sheets of paper; letters of a line
BROAD = 8  # columns of a page that is printed upright
DIALLED = re.compile(r"\+?[\d ]{7,20}")


def as_web_page(page: Page) -> str:
    """The page as HTML with its style inside, allowed to load nothing and to send nothing."""
    style = _resource("web_page.css")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    tables = [table for table in page.tables if table.is_shown]
    both = [(without_empty_columns(table), table) for table in tables]
    is_broad = any(len(table.columns) > BROAD for table, _ in both if table.rows)
    return _jinja_page().render(page=page, tables=both, style=style, digest=digest, is_broad=is_broad)


@cache
def _jinja_page() -> "Template":
    from jinja2 import Environment, StrictUndefined

    # every cell is data: escaping is on for all of it; only our own style and drawings are markup
    around = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    around.filters |= {"shown": shown, "lines": _lines, "rating": _rating, "dialled": _dialled}
    around.tests |= {"room": is_room}
    around.globals |= {"drawing": as_drawing, "is_kept_together": _is_kept_together}
    return around.from_string(_resource("web_page.html.j2"))


def _resource(name: str) -> str:
    return (resources.files("firstday_cli.writers") / name).read_text(encoding="utf-8")


def _lines(cell: str) -> list[str]:
    return [joined(line) for line in shown(cell).split("\n")]


def _rating(cell: str) -> str:
    """The class of a cell that is a rating's word; blank for any other."""
    return cell.rstrip("?").lower() if is_rating(cell) else ""


def _is_kept_together(table: Table) -> bool:
    lines = (max(sum(1 + len(p) // A_LINE for p in cell.split("\n")) for cell in row) for row in table.rows if row)
    return len(table.lines) + sum(lines) <= KEPT_TOGETHER


def _dialled(cell: str) -> str:
    """What a telephone dials where the cell is a number; blank for anything else."""
    return cell.replace(" ", "") if DIALLED.fullmatch(cell.strip()) else ""
