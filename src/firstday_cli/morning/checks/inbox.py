"""Checks of the inbox: what lies there and beside it, what is new, and what could not be read."""

from collections.abc import Iterator
from pathlib import Path

from firstday_cli.desk import INBOX
from firstday_cli.domain.policy import Inbox
from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.morning.inbox import IS_A_FOLDER, folders_beside, folders_missing, found_in_inbox
from firstday_cli.reports.health import Check, failed, fine, warned

FEW = 5
UNREADABLE = "open it and export it again; `firstday inspect FILE` says how it would be read"


def inbox(at: Surroundings) -> Iterator[Check]:
    """What lies in the inbox and in the folders read beside it."""
    place = at.folder / INBOX
    if not place.is_dir():
        yield failed("inbox", "there is no inbox folder", "make it, and let exports be saved there")
        return
    if _number(place) is None:
        yield failed("inbox", "the inbox folder cannot be read", "check who may read it")
        return
    policy = at.policy.inbox if at.policy else Inbox()
    found = "; ".join([_files(place), *(f"{_files(f)} in {name}" for name, f in folders_beside(at.folder, policy))])
    missing = folders_missing(at.folder, policy)
    if missing:
        mend = "mend [inbox] also in policy.toml, or make the folder"
        yield warned("inbox", f"{found}; {', '.join(missing)} is not there", mend)
    else:
        yield fine("inbox", found)


def new_files(at: Surroundings) -> Iterator[Check]:
    """Which files wait to be taken in, which may not be opened, and which folders nobody looks into."""
    if at.desk is None or not at.desk.inbox.is_dir():
        return
    found = found_in_inbox(at.desk, lambda _: False)
    closed = [path.name for path in found.files if not _opens(path)]
    waiting = [path.name for path in found.files if path.name not in closed]
    if waiting:
        yield fine(
            "new files", f"{len(waiting)} to take in: {_some(waiting)}; the next run, or `firstday ingest`, reads them"
        )
    if closed:
        yield failed("unreadable files", f"{_some(closed)} may not be opened", "check who may read them")
    folders = [report.file for report in found.left if report.left == IS_A_FOLDER]
    if folders:
        yield warned(
            "folders in the inbox", f"{_some(folders)}: not looked into", "move their files into inbox/ itself"
        )


def not_understood(at: Surroundings) -> Iterator[Check]:
    """Which of the new files fit no layout, or several."""
    from firstday_cli.morning.taking_in import Batch

    if at.desk is None or not at.desk.inbox.is_dir():
        return
    batch = Batch(at.desk, "", "", lambda _file, _rows: None)
    files = found_in_inbox(at.desk, lambda _: False).files
    strange = [path.name for path in files if _opens(path) and not batch.recognises(path)]
    if strange:
        yield warned("files not understood", _some(strange), UNREADABLE)


def _opens(path: Path) -> bool:
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False


def _number(folder: Path) -> int | None:
    """How many files there are; None where the folder cannot be read."""
    try:
        return sum(1 for p in folder.iterdir() if p.is_file())
    except OSError:
        return None


def _files(folder: Path) -> str:
    number = _number(folder)
    if number is None:
        return "nothing that can be read"
    return "1 file" if number == 1 else f"{number} files"


def _some(names: list[str]) -> str:
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" and {more} more" if more > 0 else "")
