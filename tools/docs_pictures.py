"""docs/pictures/: the list in a terminal, a call sheet and the review page, drawn by the program's own writers."""

import re
from dataclasses import replace
from html import escape

from docs_sample import sample_school
from firstday_cli.desk import Asked, Desk
from firstday_cli.morning.reporting import Wanted, reported
from firstday_cli.morning.typed_moments import said_moment
from firstday_cli.reports.page import Page, without_ratings
from firstday_cli.writers.pdf import first_side
from firstday_cli.writers.terminal import as_picture

MOMENT = "2026-11-23T09:20"
COLUMNS, ROWS, DOTS = 118, 5, 84.0
LIST = (
    "A window with the warnings, the first five absent with no explanation in calling order, and the sum of the roll."
)
# Rich's own frame fetches a font; this one takes what the reader has, and says what it shows to whoever cannot see it.
FRAME = """\
<svg class="rich-terminal" viewBox="0,0,{width},{height}" role="img" aria-labelledby="list-t list-d" \
xmlns="http://www.w3.org/2000/svg">
<title id="list-t">{TITLE}</title>
<desc id="list-d">{DESCRIBED}</desc>
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", "Liberation Mono", monospace;
font-size: {char_height}px; line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 16px; font-weight: bold; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def pictures() -> dict[str, bytes]:
    """Every picture by its file's name."""
    with sample_school() as school:
        desk = Desk(Asked(school=str(school), now=said_moment(MOMENT)))
        listed, sheet, review = (reported(desk, name, Wanted()) for name in ("unexplained", "call-sheet", "rag-review"))
    return {
        "list.svg": _in_a_window(listed),
        "call-sheet.png": first_side(without_ratings(sheet), dots=DOTS),
        "review.png": first_side(review, dots=DOTS),
    }


def _in_a_window(page: Page) -> bytes:
    """The warnings, the first children of the list itself, and the sum; the rest is longer than a screen."""
    listed = page.tables[0]
    first = replace(page, tables=(replace(listed, rows=listed.rows[:ROWS]),))
    frame = FRAME.replace("{TITLE}", escape(page.title)).replace("{DESCRIBED}", LIST)
    drawn = as_picture(first, width=COLUMNS, frame=frame, name="list")
    return (re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE).strip() + "\n").encode()
