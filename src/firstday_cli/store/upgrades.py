"""Numbered, named steps from each old layout of the store to the next."""

import sqlite3
from importlib import resources

from firstday_cli.domain.record import record
from firstday_cli.errors import StoreUnavailable

FIRSTDAY = 0x46444159  # the mark in the file's head that says it is a store of ours


@record
class Upgrade:
    """One step: the layout it leads to, what it does, and the file of SQL that does it."""

    to: int
    name: str
    sql: str


UPGRADES: tuple[Upgrade, ...] = (
    Upgrade(to=1, name="entries, content, takings and parts", sql="tables.sql"),
    Upgrade(to=2, name="earlier days folded", sql="earlier_days.sql"),
)
LAYOUT = UPGRADES[-1].to


def bring_up_to_date(db: sqlite3.Connection, file: str) -> None:
    """Take every step the file has not had yet, each whole or not at all. Raises StoreUnavailable for a newer file."""
    layout = layout_of(db, file)
    if layout == LAYOUT:
        return
    db.execute("begin exclusive")
    layout = layout_of(db, file)
    for upgrade in UPGRADES:
        if upgrade.to > layout:
            for statement in _statements(upgrade.sql):
                db.execute(statement)
            db.execute(f"pragma user_version = {upgrade.to}")
    if 0 < layout < LAYOUT:
        _fold_again(db)
    db.execute(f"pragma application_id = {FIRSTDAY}")
    db.execute("commit")


def _fold_again(db: sqlite3.Connection) -> None:
    """Fold everything kept into the running tables of this layout."""
    from firstday_cli.store import earlier_days, running

    running.rebuild(db)
    earlier_days.rebuild(db)


def layout_of(db: sqlite3.Connection, file: str) -> int:
    """The file's layout number; 0 for an empty file."""
    layout = int(db.execute("pragma user_version").fetchone()[0])
    mark = int(db.execute("pragma application_id").fetchone()[0])
    tables = int(db.execute("select count(*) from sqlite_master").fetchone()[0])
    if layout > LAYOUT:
        raise StoreUnavailable(
            f"is of layout {layout}, newer than this firstday knows ({LAYOUT}). Install the newer firstday.", file
        )
    if tables and mark != FIRSTDAY:
        raise StoreUnavailable("is a database, but none of firstday's. Name the right folder with --school DIR.", file)
    return layout


def _statements(name: str) -> list[str]:
    """The file's statements one by one: a script run whole would commit half-way."""
    text = (resources.files("firstday_cli.store") / name).read_text(encoding="utf-8")
    found, statement = [], ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            found.append(statement)
            statement = ""
    return found
