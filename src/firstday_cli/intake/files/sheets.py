"""The sheets of a workbook → a table for each that is visible and not empty, and what to say of the others."""

from collections.abc import Sequence

from firstday_cli.domain.record import record
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Gathered
from firstday_cli.intake.files.table import CellTable

NOTHING = "has no visible rows: every sheet is empty{hidden}. {mend}, and save it again."
LEFT_OUT = "hidden sheet {name} is left out: show it and save the file again if it belongs to the export"


@record
class Sheet:
    """One sheet: its name, whether it is hidden, and its rows."""

    name: str
    is_hidden: bool
    rows: Gathered


def tables_of_sheets(sheets: Sequence[Sheet], file: str, of: str) -> tuple[CellTable, ...]:
    """A table for each visible sheet that has rows. Raises UnreadableExport where there is none."""
    filled = [sheet for sheet in sheets if sheet.rows.rows]
    shown = [sheet for sheet in filled if not sheet.is_hidden]
    hidden = [sheet.name for sheet in filled if sheet.is_hidden]
    if not shown:
        also = f" or hidden ({', '.join(hidden)})" if hidden else ""
        mend = "Show the sheet with the export" if hidden else "Open it, check that it shows the export"
        raise UnreadableExport(NOTHING.format(hidden=also, mend=mend), file)
    notes = tuple(LEFT_OUT.format(name=name) for name in hidden)
    return tuple(
        sheet.rows.table(
            f"sheet {sheet.name} of {of}",
            file if len(shown) == 1 else f"{file}, sheet {sheet.name}",
            notes if place == 0 else (),
            (sheet.name,),
        )
        for place, sheet in enumerate(shown)
    )
