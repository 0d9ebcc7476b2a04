"""Rows that are no record: a total, a footer, the heading printed again."""

import re
from collections.abc import Sequence

REPLIES, RETURNS = "automatic replies", "returned mails and receipts"  # of mails: what no person wrote
FOOTER = re.compile(r"^\s*(printed|generated|produced|report run|end of report|page \d)", re.IGNORECASE)
TOTAL = re.compile(r"^\s*(grand )?totals?\b", re.IGNORECASE)
NUMBER = re.compile(r"^[\s\d.,:/%()-]*$")


def is_aside(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a filled row is no record: a total, a footer, or the heading printed again."""
    first = cells[0] if cells[0].strip() else next(cell for cell in cells if cell.strip())
    if FOOTER.match(first):
        return sum(1 for cell in cells if cell.strip()) == 1
    if TOTAL.match(first):
        return all(NUMBER.match(cell) for cell in cells if cell.strip() and cell is not first)
    return cells[0] == header[0] and [c.strip() for c in cells] == [c.strip() for c in header]
