"""Removing written sheets and reject files that are due; never the store, an export, or what firstday did not write."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.retention import Copy, Retention, is_old, retention
from firstday_cli.domain.school_days import in_london
from firstday_cli.errors import StoreUnavailable
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.reports.retained import Retained
from firstday_cli.writers import ENDINGS, WRITERS

PAGES = frozenset(
    {
        *REPORTS, "doctor", "escalate", "ingest", "inspect", "messages", "morning", "rag", "reconcile", "registers",
        "reports", "retain", "schedule", "what-if", "why", "written",
    }
)  # fmt: skip
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
A_PAGE = re.compile(
    r"(?P<name>[a-z-]+?)(?:-(?:AM|PM))?(?:-as-of-\d{4})?(?:-\d+)?"
    rf"\.(?:{'|'.join({*WRITERS, *(e[1:] for e in ENDINGS)})})"
)
REJECTS = re.compile(r"refused-.+-(?P<reading>[0-9a-f]{8})\.csv", re.DOTALL)
HALF_WRITTEN = re.compile(r"\.(?P<whole>.+)\.(?:\d+|one)\.part", re.DOTALL)
NO_STORE = (
    "is not there, so nobody can tell whether a case is open: every sheet is kept. Put back the newest copy made by "
    "`firstday backup`."
)


@record
class Sheets:
    """What lies among the sheets: what firstday wrote, each of its day, and how much else there is."""

    ours: tuple[Copy, ...]
    others: int


def retain(desk: Desk, *, dry_run: bool) -> Retained:
    """Remove what is due, or only say what would be. Raises StoreUnavailable where nobody can tell what is open."""
    found = among_sheets(desk)
    due, open_since = what_is_due(desk, found.ours)
    stuck = () if dry_run else tuple(_removed(desk.sheets, due.due))
    return Retained(
        today=desk.now.date(), keep_days=desk.policy.sheets.keep_days, found=due, open_since=open_since,
        left=found.others, stuck=stuck, is_dry_run=dry_run,
    )  # fmt: skip


def what_is_due(desk: Desk, ours: Iterable[Copy]) -> tuple[Retention, date | None]:
    """What is due among these, and since when a case is open; that is looked up only where something is old."""
    old = [copy for copy in ours if is_old(copy, desk.now.date(), desk.policy.sheets.keep_days)]
    if not old:
        return retention((), None), None
    if not (desk.has_store and desk.roll):
        raise StoreUnavailable(NO_STORE, STORE)  # an empty store was made anew: what was open before, nobody knows
    open_since = first_open_day(desk)
    return retention(old, open_since), open_since


def first_open_day(desk: Desk) -> date | None:
    """The day since which the oldest open case is open; None where none is."""
    picture = day_picture(desk.evidence())
    cases = (pupil.case for pupil in (*picture.pupils, *picture.left_behind))
    return min((case.began.day for case in cases if case), default=None)


def among_sheets(desk: Desk) -> Sheets:
    """What lies among the sheets; a link is never followed, and is not ours."""
    if desk.sheets.is_symlink() or not desk.sheets.is_dir():
        return Sheets(ours=(), others=int(desk.sheets.is_symlink()))
    ours, others = [], 0
    for place in sorted(desk.sheets.iterdir()):
        day = _day_named(place)
        for file in _files_of(place) if day else (place,):
            of = _day_of(file, day, desk)
            ours += [Copy(path=file.relative_to(desk.sheets).as_posix(), day=of)] if of else []
            others += not of
    return Sheets(ours=tuple(ours), others=others)


def _files_of(folder: Path) -> list[Path]:
    """What lies in a folder; nothing where it may not be looked into."""
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _day_named(folder: Path) -> date | None:
    """The day whose sheets a folder holds; None for any other place, and for a link."""
    if not A_DAY.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
        return None
    try:
        return date.fromisoformat(folder.name)
    except ValueError:
        return None


def _day_of(file: Path, day: date | None, desk: Desk) -> date | None:
    """The day of a file that firstday wrote: its folder's; of refused rows when they were taken in last."""
    if file.is_symlink() or not file.is_file():
        return None
    half = HALF_WRITTEN.fullmatch(file.name)
    name = half["whole"] if half else file.name
    if day is not None:
        page = A_PAGE.fullmatch(name)
        return day if page and page["name"] in PAGES else None
    rejects = REJECTS.fullmatch(name)
    return _day_refused(desk, rejects["reading"], file) if rejects else None


def _day_refused(desk: Desk, reading: str, file: Path) -> date:
    """When the export with these rows was taken in last; where the store does not know it, the file's own day."""
    from firstday_cli.store.evidence import last_day_of_reading

    known = last_day_of_reading(desk.store, reading) if desk.has_store else None
    return known or in_london(datetime.fromtimestamp(file.stat().st_mtime).astimezone()).date()


def _removed(sheets: Path, due: Iterable[Copy]) -> Iterator[tuple[str, str]]:
    """Remove these, and the folders of days that are empty then; yield what could not be removed, and why."""
    for copy in due:
        try:
            (sheets / copy.path).unlink(missing_ok=True)
        except OSError as error:
            yield copy.path, (error.strerror or "it failed").lower()
    for folder in {(sheets / copy.path).parent for copy in due} - {sheets}:
        _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
