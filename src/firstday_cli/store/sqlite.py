"""The store's file: opening it safely, one whole transaction at a time, and what to say when that fails."""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from firstday_cli.errors import StoreUnavailable
from firstday_cli.store.upgrades import bring_up_to_date, layout_of

PATIENCE_SECONDS = 20.0
OWNER_ONLY = 0o600
SYNCED = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "nextcloud",
    "owncloud",
    "com~apple~clouddocs",
)
LOCAL = frozenset(
    {
        "ext2",
        "ext3",
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "f2fs",
        "jfs",
        "overlay",
        "tmpfs",
        "ramfs",
        "rootfs",
        "apfs",
        "hfs",
        "ntfs3",
    }
)


@contextmanager
def said_plainly(file: str) -> Iterator[None]:
    """Turn the database's own errors into a sentence and the store's exit code."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(sentence_for(str(error).lower()), file) from None
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise StoreUnavailable(f"cannot be opened: {reason}. Check the folder and who may write there.", file) from None


def sentence_for(error: str) -> str:
    """What to say and do about one of the database's own errors."""
    for words, sentence in (
        ("locked", "is in use by another firstday and was not free in time. Try again in a minute."),
        ("full", "could not be written: the disk is full. Nothing was kept of this command; make room and repeat it."),
        ("i/o error", "could not be written: the disk refused it. Nothing was kept of this command; check the disk."),
        ("readonly", "may not be written by you. Check the permissions of the file and its folder."),
        ("unable to open", "cannot be opened. Check the folder and who may write there."),
        (
            "not a database",
            "is damaged, or no store of firstday's. Put back the newest copy made by `firstday backup`.",
        ),
        ("malformed", "is damaged. Put back the newest copy made by `firstday backup`."),
    ):
        if words in error:
            return sentence
    return f"refused: {error}. Nothing was kept of this command."


def open_store(path: Path) -> sqlite3.Connection:
    """The store, made at first use for its owner alone. Raises StoreUnavailable."""
    with said_plainly(path.name):
        _make(path)
        db = sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            db.execute("pragma synchronous = full")
            db.execute("pragma foreign_keys = on")
            with reading(db):
                layout_of(db, path.name)  # before anything is changed: it may be no store of ours
            db.execute(f"pragma journal_mode = {'wal' if why_no_wal(path) == '' else 'delete'}")
            bring_up_to_date(db, path.name)
        except BaseException:
            db.close()
            raise
    return db


def _make(path: Path) -> None:
    """Make an empty file for its owner alone where there is none.

    One that is there is never opened beside the database: closing it would drop the locks of every connection that
    this process has, and another desk would take away the write-ahead log that they are writing into.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))


@contextmanager
def reading(db: sqlite3.Connection) -> Iterator[None]:
    """Everything read inside is of one moment, whatever others write meanwhile."""
    db.execute("begin")
    try:
        yield
    finally:
        db.execute("commit")


@contextmanager
def writing(db: sqlite3.Connection, file: str) -> Iterator[None]:
    """A transaction that takes the right to write at once, and keeps all of it or nothing."""
    with said_plainly(file):
        db.execute("begin immediate")
        try:
            yield
            db.execute("commit")
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("rollback")
            raise


@contextmanager
def turn(path: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Whoever holds this file works alone; others wait for it. It is let go when the process ends, however it ends.

    The database's own locks are used, for they hold on every system and need no clearing up after a crash.
    """
    with said_plainly(path.name):
        _make(path)
        db = sqlite3.connect(path, timeout=patience, isolation_level=None)
    with closing(db):
        with said_plainly(path.name):
            try:
                db.execute("begin exclusive")
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                raise StoreUnavailable("is not as it was made, and holds nothing: delete it.", path.name) from None
        yield


def why_no_wal(path: Path) -> str:
    """Why a write-ahead log would be unsafe here; empty on a local disk. It does not work across a network."""
    folder = path.resolve().parent
    synced = next((part for part in folder.parts if part.casefold().startswith(SYNCED)), "")
    if synced:
        return f"the folder is kept in step by {synced}"
    kind = _kind_of_disk(folder)
    return f"the folder is on a disk not known to be local ({kind})" if kind else ""


def _kind_of_disk(folder: Path) -> str:
    """The kind of disk the folder lies on, where it is not known to be local; empty for a local one."""
    if sys.platform == "win32":
        import ctypes

        if str(folder).startswith("\\\\"):
            return "share"
        fixed = 3
        return "" if ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == fixed else "share"
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return "unknown"
    best = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if (folder == Path(place) or Path(place) in folder.parents) and len(place) >= len(best[0]):
            best = (place, kind)
    return "" if best[1] in LOCAL else best[1] or "unknown"


def copy_to(db: sqlite3.Connection, target: Path) -> None:
    """A whole copy, made while others write; written beside its name first, so that it is whole or not there."""
    with said_plainly(target.name):
        if target.exists():
            raise StoreUnavailable("is there already. Name a new file: a copy never replaces another.", target.name)
        half = target.with_name(f"{target.name}.{os.getpid()}.part")
        os.close(os.open(half, os.O_CREAT | os.O_RDWR | os.O_TRUNC, OWNER_ONLY))
        with closing(sqlite3.connect(half)) as copy:
            db.backup(copy)
            copy.execute("pragma journal_mode = delete")
            found = copy.execute("pragma integrity_check").fetchone()[0]
        if found != "ok":
            half.unlink()
            raise StoreUnavailable("is damaged: the copy did not pass its check.", target.name)
        half.replace(target)
