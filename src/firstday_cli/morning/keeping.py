"""Keeping the store safe: a copy while others write, and a check that it is whole."""

from pathlib import Path

from firstday_cli.desk import STORE, Desk
from firstday_cli.errors import InvalidSettings, StoreUnavailable


def trouble_with_the_store(error: Exception) -> StoreUnavailable:
    """The store's failure as a sentence with its exit code."""
    from firstday_cli.store.sqlite import sentence_for

    return StoreUnavailable(sentence_for(str(error).lower()), STORE)


def must_be_there(desk: Desk) -> None:
    """Raise InvalidSettings where nothing was ever kept."""
    if not (desk.folder / STORE).exists():
        raise InvalidSettings(
            "there is no store yet: nothing was taken in or written. Start with `firstday ingest`.", STORE
        )


def backed_up(desk: Desk, target: Path) -> str:
    """Copy the store; return what was done."""
    from firstday_cli.store.sqlite import copy_to

    must_be_there(desk)
    copy_to(desk.store, target)
    return f"copied to {target.name}, and the copy was checked"


def verified(desk: Desk) -> str:
    """Check the store; return that it is whole. Raises StoreUnavailable with everything that is wrong."""
    from firstday_cli.store.check import faults
    from firstday_cli.store.sqlite import said_plainly

    must_be_there(desk)
    with said_plainly(STORE):
        found = faults(desk.store)
        entries = desk.store.execute("select count(*) from entry").fetchone()[0]
    if found:
        mend = "Put back the newest copy made by `firstday backup`, and find out what happened."
        raise StoreUnavailable(f"is not as it was written: {'; '.join(found)}. {mend}", STORE)
    return f"whole and unaltered: {entries} entries, each chained to the one before"
