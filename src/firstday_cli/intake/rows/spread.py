"""What one row takes from those around it: a class that stands once above its pupils, a lesson among the sessions."""

from datetime import date

from firstday_cli.intake.cells.words import heading_key, tidy
from firstday_cli.intake.files.asides import REPLIES, RETURNS
from firstday_cli.intake.files.table import Table
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.rows.row_cells import RowCells

WENT_OUT = ("out", "outbound", "outgoing")
FEW = 4  # pupils; below that a blank class may well be a child without one


def class_stands_once(table: Table, layout: Layout) -> bool:
    """Whether the first rows show each class once, and blanks below it: merged cells saved as text do."""
    if "group" not in layout.places or layout.kind not in ("roll", "register"):
        return False
    place = layout.places["group"][0]
    head = [row for row in table.head(layout.separator) if row.number > layout.header.number]
    filled = [row.cells for row in head if any(cell.strip() for cell in row.cells)]
    groups = [tidy(cells[place]) if place < len(cells) else "" for cells in filled]
    named = [group for group in groups if group]
    is_block = len(groups) >= FEW and len(groups) - len(named) >= 2 * len(named)
    return is_block and bool(groups[0]) and len(set(named)) == len(named)


def why_left_out(cells: RowCells, today: date) -> str:
    """Why the row says nothing of a pupil's sessions; blank where it does."""
    export = cells.layout.export
    if cells.layout.kind == "messages":
        automatic = cells.text("automatic")
        went_out = "calls that went out" if cells.text("direction").casefold() in WENT_OUT else ""
        return automatic if automatic in (REPLIES, RETURNS) else went_out
    if export.is_past and cells.is_not_before(today):
        return "of today or later, in a picture of days gone by"
    lessons = {heading_key(word) for word, half in export.sessions.items() if not half}
    return "lessons" if lessons and heading_key(cells.text("session")) in lessons else ""
