"""The layout of every table of a file: a workbook's sheets are read one by one, and none is passed over in silence."""

from collections.abc import Sequence

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.table import Table
from firstday_cli.intake.layouts.identify import FitsNoLayout, layout_of
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.layouts.profile import Profile

Laid = tuple[Table, Layout]


def laid_out(
    tables: Sequence[Table], profiles: Sequence[Profile], *, kind: str = "", profile: str = ""
) -> tuple[list[Laid], tuple[str, ...]]:
    """Each table with its layout, and what to say of those that have none and are left out.

    Raises UnreadableExport where no table has a layout, or where one beside a roll has none: it may hide its pupils.
    """
    found: list[Laid] = []
    unknown: list[FitsNoLayout] = []
    first_error: FitsNoLayout | None = None
    for table in tables:
        try:
            found.append((table, layout_of(table, profiles, kind=kind, profile=profile)))
        except FitsNoLayout as error:
            if len(tables) == 1:
                raise
            unknown += [error] if _is_list(table) else []
            first_error = first_error or error
    if not found and first_error:
        raise first_error
    parts = [table.file for table, layout in found if table.is_part and layout.kind == "roll"]
    if parts:
        message = "is one page of several: every child of the others would be missing. Save all pages as one file."
        raise UnreadableExport(message, parts[0])
    if unknown and any(layout.kind == "roll" for _, layout in found):
        message = f"{unknown[0].message} A roll with a part left out would hide its pupils: hide or delete that sheet."
        raise UnreadableExport(message, unknown[0].where)
    return found, tuple(f"{error.where} is left out: it fits no layout" for error in unknown)


def _is_list(table: Table) -> bool:
    """Whether anything stands side by side in it; what does not is a remark, and hides nobody."""
    rows = table.cells_below(table.separators[0], 0)
    return any(sum(1 for cell in cells if cell.strip()) > 1 for _, cells in rows)
