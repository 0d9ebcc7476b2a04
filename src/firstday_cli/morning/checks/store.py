"""Checks of the store: that it opens, that its chain is whole, that the machine's clock is not before it."""

from collections.abc import Iterator
from sqlite3 import Connection

from firstday_cli.desk import STORE
from firstday_cli.morning.checks.looking import FROM_A_COPY, Surroundings
from firstday_cli.reports.health import Check, failed, fine, warned

NOTHING_YET = "start with `firstday ingest`"
TOLD_FIRST = 3
MEGABYTE = 1024 * 1024


def share(at: Surroundings) -> Iterator[Check]:
    """Whether the folder is on a local disk: on a share, or where a program keeps it in step, the store is slower."""
    from firstday_cli.store.sqlite import why_no_wal

    shared = why_no_wal(at.folder / STORE)
    if shared:
        mend = (
            "keep a `firstday backup` each day, and no sync program; better, move the folder to the office's own disk"
        )
        yield warned("share", f"rollback journal, because {shared}", mend)
    else:
        yield fine("share", "write-ahead log, on a local disk")


def store(at: Surroundings) -> Iterator[Check]:
    """Whether the store opens, how large it is, how many entries it has."""
    place = at.folder / STORE
    if not place.exists():
        yield warned("store", "nothing was taken in yet", NOTHING_YET)
        return
    entries = _opened(at).execute("select count(*) from entry").fetchone()[0]
    size = sum(part.stat().st_size for part in at.folder.glob(f"{STORE}*"))
    yield fine("store", f"{entries} entries, {size / MEGABYTE:.1f} MB; keep a `firstday backup`")


def _opened(at: Surroundings) -> Connection:
    """The store, without settings too."""
    from firstday_cli.store.sqlite import open_store

    return at.desk.store if at.desk else open_store(at.folder / STORE)


def chain(at: Surroundings) -> Iterator[Check]:
    """Whether every entry still follows the one before: nothing was altered, taken out or cut off."""
    from firstday_cli.store.check import broken_chain

    if not (at.folder / STORE).exists():
        return
    found = broken_chain(_opened(at))
    if found:
        told = "; ".join(found[:TOLD_FIRST]) + (f"; and {len(found) - TOLD_FIRST} more" * (len(found) > TOLD_FIRST))
        yield failed("chain", told, f"`firstday verify` says all that is wrong; {FROM_A_COPY}")
    else:
        yield fine("chain", "each entry follows the one before; `firstday verify` also looks at what they hold")


def clock(at: Surroundings) -> Iterator[Check]:
    """Whether the moment is after all that was written: a clock that is behind writes entries into the past."""
    from firstday_cli.store.log import last_recorded

    if at.desk is None or not at.desk.has_store:
        return
    newest, now = last_recorded(at.desk.store), at.desk.now
    if newest and now < newest:
        found = f"it is {now:%d/%m/%Y %H:%M}, and the newest entry was written at {newest:%d/%m/%Y %H:%M}"
        yield warned("clock", found, "set this machine's clock, or leave --now away")
    else:
        yield fine("clock", "after everything that was written")
