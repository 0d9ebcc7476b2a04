"""What the store knows of a moment past beside the evidence: the settings of then, the files that nobody could read.

The settings are kept with whatever is taken in, as a digest of their text; an entry of their own says that they have
changed since.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta

from firstday_cli.domain.log.kept import FilesUnread, SettingsKept
from firstday_cli.domain.school_days import in_london
from firstday_cli.store.codec import digest_of, entry_as_json, entry_from_json, unpacked, written
from firstday_cli.store.log import TAKEN_IN, append, keep_content

ITSELF = "firstday"
A_DAY = timedelta(days=1)  # more than zones lie apart: moments are compared as text first
SETTINGS, UNREAD = "settings-kept", "files-unread"
Said = tuple[datetime, int, str, str]


def last_recorded(db: sqlite3.Connection, after: datetime) -> datetime | None:
    """When the last of what was recorded after a moment was recorded; None where nothing was."""
    rows = db.execute("select recorded from entry where recorded > ?", ((after - A_DAY).date().isoformat(),))
    moments = (in_london(datetime.fromisoformat(recorded)) for (recorded,) in rows)
    return max((at for at in moments if at > after), default=None)


def kept_text(db: sqlite3.Connection, settings: SettingsKept) -> str:
    """Keep the text of the settings, inside a transaction already begun; return its digest."""
    return keep_content(db, entry_as_json(settings))


def settings_at(db: sqlite3.Connection, at: datetime) -> SettingsKept | None:
    """The settings as they were at a moment; None where none had been kept by then."""
    for _, _, kind, digest in sorted(_said(db, (SETTINGS, TAKEN_IN), at), reverse=True):
        of_settings = digest if kind == SETTINGS else _settings_in(db, digest)
        found = _content(db, of_settings) if of_settings else None
        if isinstance(found, SettingsKept):
            return found
    return None


def keep_settings(db: sqlite3.Connection, settings: SettingsKept, at: datetime) -> None:
    """Write down that the settings have changed since they were kept last, inside a transaction already begun."""
    if are_changed(db, settings):
        _append(db, settings, at)


def are_changed(db: sqlite3.Connection, settings: SettingsKept) -> bool:
    """Whether the settings differ from those kept last; before anything was taken in there are none to differ from."""
    query = "select kind, digest from entry where kind in (?, ?) order by number desc limit 1"
    kind, digest = db.execute(query, (SETTINGS, TAKEN_IN)).fetchone() or ("", "")
    last = _settings_in(db, digest) if kind == TAKEN_IN else digest
    return bool(last) and last != digest_of(written(entry_as_json(settings)))


def unread_at(db: sqlite3.Connection, at: datetime) -> FilesUnread:
    """The files of the inbox that could not be read at a moment."""
    last = max(_said(db, (UNREAD,), at), default=None)
    found = _content(db, last[-1]) if last else None
    return found if isinstance(found, FilesUnread) else FilesUnread()


def keep_unread(db: sqlite3.Connection, files: FilesUnread, at: datetime) -> None:
    """Write down which files nobody can read, where that has changed, inside a transaction already begun."""
    if is_other(db, files):
        _append(db, files, at)


def is_other(db: sqlite3.Connection, files: FilesUnread) -> bool:
    """Whether other files were unread last; where none ever were, none are no others."""
    last = db.execute("select digest from entry where kind = ? order by number desc limit 1", (UNREAD,)).fetchone()
    return files != FilesUnread() if last is None else bool(last[0] != digest_of(written(entry_as_json(files))))


def _append(db: sqlite3.Connection, what: SettingsKept | FilesUnread, at: datetime) -> None:
    append(db, entry_as_json(what), kind=what.kind, at=at, recorded=at, by=ITSELF)


def _said(db: sqlite3.Connection, kinds: tuple[str, ...], until: datetime) -> Iterable[Said]:
    """Every entry of these kinds that was recorded up to a moment, whatever was written into the past since."""
    places = ", ".join("?" * len(kinds))
    rows = db.execute(f"select recorded, number, kind, digest from entry where kind in ({places})", kinds)
    said = ((in_london(datetime.fromisoformat(at)), number, kind, digest) for at, number, kind, digest in rows)
    return (row for row in said if row[0] <= until)


def _settings_in(db: sqlite3.Connection, digest: str) -> str:
    """The digest of the settings that something was taken in under; empty where an earlier firstday took it in."""
    found = db.execute("select body from content where digest = ?", (digest,)).fetchone()
    return str(unpacked(found[0]).get("settings", "")) if found else ""


def _content(db: sqlite3.Connection, digest: str) -> object:
    found = db.execute("select body from content where digest = ?", (digest,)).fetchone()
    return entry_from_json(unpacked(found[0])) if found else None
