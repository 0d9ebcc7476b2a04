"""A check of the sheets: whether some are older than the school keeps them."""

from collections.abc import Iterator

from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.morning.retaining import among_sheets, what_is_due
from firstday_cli.reports.health import Check, fine, warned


def old_sheets(at: Surroundings) -> Iterator[Check]:
    """How many sheets are due for removal; those that an open case needs are not."""
    if at.desk is None:
        return
    due, _ = what_is_due(at.desk, among_sheets(at.desk).ours)
    days = at.desk.policy.sheets.keep_days
    if due.due:
        number = len(due.due)
        found = f"{number} {'is' if number == 1 else 'are'} older than {days} days"
        yield warned("old sheets", found, "`firstday retain --dry-run` lists them, `firstday retain` removes them")
    else:
        yield fine("old sheets", f"none that may go is older than {days} days")
