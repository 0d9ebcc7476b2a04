"""The page of `retain`: what was removed, what is kept all the same, and what was left because it is not ours."""

from collections.abc import Sequence
from datetime import date

from firstday_cli.domain.record import record
from firstday_cli.domain.retention import Copy, Retention
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.page import Page, Table

STORE_STAYS = (
    "Nothing else is removed by any command: the store, exports and copies of either are the school's to keep or "
    "delete (docs/privacy.md)."
)


@record
class Retained:
    """What `retain` found and did; `stuck` is what could not be removed, each with the reason."""

    today: date
    keep_days: int
    found: Retention
    open_since: date | None
    left: int
    stuck: tuple[tuple[str, str], ...] = ()
    is_dry_run: bool = False

    @property
    def removed(self) -> tuple[Copy, ...]:
        """What is gone, or would be."""
        stuck = {path for path, _ in self.stuck}
        return tuple(copy for copy in self.found.due if copy.path not in stuck)


def retained(done: Retained) -> Page:
    """The page: files by day, the oldest first."""
    return Page(
        title="Old sheets that would be removed" if done.is_dry_run else "Old sheets removed",
        facts={
            "schema": "firstday/retain/1", "day": done.today.isoformat(), "keep_days": done.keep_days,
            "dry_run": done.is_dry_run, "removed": [copy.path for copy in done.removed],
            "kept": [copy.path for copy in done.found.held],
            "open_since": done.open_since.isoformat() if done.open_since else None,
            "not_removed": [{"file": path, "because": because} for path, because in done.stuck], "left": done.left,
        },
        tables=_tables(done), notes=(*_left(done.left), STORE_STAYS),
    )  # fmt: skip


def _tables(done: Retained) -> tuple[Table, ...]:
    what = "Would be removed" if done.is_dry_run else "Removed"
    older = f"older than {done.keep_days} day{'' if done.keep_days == 1 else 's'}"
    tables = [_files(f"{what}: {older}", done.removed, "Nothing was due.")]
    if done.found.held and done.open_since:
        why = f"Kept: a case is open since {in_words(done.open_since)}"
        tables.append(_files(why, done.found.held, ""))
    if done.stuck:
        tables.append(Table(title="Could not be removed", columns=("File", "Because"), rows=done.stuck))
    return tuple(tables)


def _files(title: str, copies: Sequence[Copy], empty: str) -> Table:
    rows = tuple((in_words(copy.day), copy.path) for copy in copies)
    return Table(title=f"{title} ({len(rows)})", columns=("Day", "File"), rows=rows, empty=empty)


def _left(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    files = "1 file or folder" if number == 1 else f"{number} files or folders"
    return (
        f"{files} in sheets/ {'was' if number == 1 else 'were'} left: firstday did not write them, or cannot tell.",
    )
