"""One file as it is read, before anything of it is kept."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from firstday_cli.desk import Desk
from firstday_cli.domain.log.entries import CallMade
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.record import record

if TYPE_CHECKING:
    from firstday_cli.intake.files.table import Table
    from firstday_cli.intake.layouts.layout import Layout
    from firstday_cli.intake.reading import Reading

Seen = tuple[int, int]
CALLS = "calls"


@record
class NewCall:
    """One typed call to be written in the log: who rang, when, and the row it stands in."""

    entry: CallMade
    at: datetime
    by: str
    row: int


@record
class FileRead:
    """One file as it was read: where it lies, its size and time then, what was understood, whether it came before.

    Of typed calls, once they are judged: those that are new, and what cannot wait.
    """

    path: Path
    seen: Seen
    digest: str
    name: str
    reading: "Reading"
    is_known: bool = False
    calls: tuple[NewCall, ...] = ()
    dangers: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What the file holds first of all."""
        return self.reading.layout.kind

    def is_as_read(self) -> bool:
        """Whether nobody has written the file since."""
        return seen(self.path) == self.seen


def seen(path: Path) -> Seen | None:
    """The file's size and time; None where it is gone."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - one call for both
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def reading_of(desk: Desk, table: "Table", layout: "Layout", tick: Callable[[int], None]) -> "Reading":
    """What is understood of one table, its days in the one order that it keeps to.

    Raises UnreadableExport where it breaks off, says another day, or may be day first as well as month first.
    """
    from firstday_cli.intake.layouts.day_order import with_one_order
    from firstday_cli.intake.reading import Reader

    first, last = desk.calendar.first, desk.calendar.last
    in_order = with_one_order(layout, table, desk.now)
    return Reader(table, in_order, desk.session, desk.now, lambda day: first <= day <= last, tick).read()


def held_pupils(desk: Desk) -> dict[str, Pupil]:
    """The pupils of the roll that was taken in last, by id."""
    roll = desk.roll if desk.has_store else None
    return {str(pupil_id): roll.pupil(pupil_id) for pupil_id in roll.ids} if roll else {}
