"""The journal: what each command did, a line of JSON at a time, and nothing about any person.

It is for whoever must find out later why a morning went as it did. A line holds the command, numbers, kinds and the
names of reports; never an argument, a person, an id, a file's name or a cell. What was done for a child is in the log.
"""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from firstday_cli.domain.school_days import LONDON

FOLDER, OWNER_ONLY, ITS_FOLDER = "journal", 0o600, 0o700
Fact: TypeAlias = str | int | bool | None
SENTENCES: Mapping[str, str] = {
    "took-in": "took in a file of {kind}: {read} rows read, {refused} refused",
    "trouble": "{kind}",
    "not-read": "a file could not be read",
    "decided": "decided: {unexplained} unexplained, {unknown} unknown, {steps} next steps",
    "wrote": "wrote {report} as {ending}",
    "not-written": "could not write {report}",
    "recorded": "wrote {entries} in the log",
    "fault": "a fault in firstday itself: {error} at {at}",
    "ended": "ended with {code}",
}


class Journal:
    """The lines of one command; they are written to the school's journal once its folder is known."""

    def __init__(self, command: str = "", tell: Callable[[str], None] | None = None) -> None:
        self.command, self.tell, self.began = command, tell, time.perf_counter()
        self.folder: Path | None = None
        self.as_of = ""
        self.waiting: list[str] = []

    def opens(self, school: Path, as_of: str) -> None:
        """Write into this school's journal from now on."""
        self.as_of = self.as_of or as_of
        if (school / "policy.toml").exists() and not (school / FOLDER).is_symlink():
            self.folder = school / FOLDER

    def keeps(self, days: int) -> None:
        """Remove the files of days longer past, once a day: when its first line is about to be written."""
        with suppress(OSError):
            if self.folder is not None and not self._today.exists():
                _remove_older(self.folder, datetime.now(LONDON).date() - timedelta(days=days))

    def note(self, event: str, **facts: Fact) -> None:
        """Write one line; that it cannot be written stops nothing."""
        elapsed = time.perf_counter() - self.began
        if self.tell is not None:
            self.tell(f"{elapsed:7.3f} s  {SENTENCES[event].format_map(facts)}")
        self.waiting.append(_as_line(self.command, event, elapsed, facts))
        if self.folder is not None:
            with suppress(OSError):
                self._append("".join(self.waiting))
            self.waiting.clear()

    @property
    def _today(self) -> Path:
        return Path(str(self.folder), f"{datetime.now(LONDON).date().isoformat()}.jsonl")

    def _append(self, text: str) -> None:
        """Add whole lines at the end, in one piece: two commands at once do not break into each other's."""
        with suppress(FileExistsError):
            self._today.parent.mkdir(mode=ITS_FOLDER)
        place = os.open(self._today, os.O_WRONLY | os.O_APPEND | os.O_CREAT, OWNER_ONLY)
        try:
            os.write(place, text.encode())
        finally:
            os.close(place)


def _as_line(command: str, event: str, elapsed: float, facts: Mapping[str, Fact]) -> str:
    import json

    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = {"at": at, "process": os.getpid(), "command": command, "event": event, "ms": round(elapsed * 1000), **facts}
    return json.dumps(line) + "\n"


def _remove_older(folder: Path, first: date) -> None:
    for path in folder.glob("????-??-??.jsonl"):
        if path.stem < first.isoformat():
            path.unlink(missing_ok=True)


_now = [Journal()]


def begin(command: str, tell: Callable[[str], None] | None = None) -> Journal:
    """Begin the journal of a command; each line is told in words as well, where somebody wants to hear it."""
    _now[0] = Journal(command, tell)
    return _now[0]


def journal() -> Journal:
    """The journal of the command that is running."""
    return _now[0]
