"""Entries of the log that firstday writes for itself, so that a moment past can be shown again: what it rested on."""

from typing import Literal

from firstday_cli.domain.record import record


@record
class FilesUnread:
    """The files of the inbox that could not be read from then on, as the list tells of them; nobody's, where empty.

    `left` are those that lay in the inbox and were not taken in.
    """

    kind: Literal["files-unread"] = "files-unread"
    files: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@record
class SettingsKept:
    """The text of policy.toml and calendar.toml from then on."""

    kind: Literal["settings-kept"] = "settings-kept"
    policy: str
    calendar: str
