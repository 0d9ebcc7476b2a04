"""What of the working copies is due for removal: how old it is, and whether an open case still needs it."""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.record import record


@record
class Copy:
    """One file among the sheets that firstday wrote: where it lies, and of which day it is."""

    path: str
    day: date


@record
class Retention:
    """What is due for removal, and what is as old and kept because a child has been silent since its day or before."""

    due: tuple[Copy, ...]
    held: tuple[Copy, ...]


def is_old(copy: Copy, today: date, keep_days: int) -> bool:
    """Whether the copy is older than the policy keeps it. Policy: [sheets] keep_days."""
    return (today - copy.day).days > keep_days


def retention(old: Iterable[Copy], open_since: date | None) -> Retention:
    """The old copies, parted by whether a case is open since their day or an earlier one."""
    copies = tuple(sorted(old, key=lambda copy: (copy.day, copy.path)))
    held = tuple(copy for copy in copies if open_since is not None and copy.day >= open_since)
    return Retention(due=tuple(copy for copy in copies if copy not in held), held=held)
