"""The heartbeat: one small file that says when the scheduled step ran last, and what it found; for monitors too."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from firstday_cli.domain.record import record
from firstday_cli.domain.runs import ListsMade
from firstday_cli.domain.school_days import Half, Session, in_london
from firstday_cli.errors import FirstdayError, StoreUnavailable
from firstday_cli.reports.page import Json
from firstday_cli.writers.files import write_whole

HEARTBEAT, SCHEMA = "heartbeat.json", "firstday/heartbeat/1"
ITS_OWN = ("policy.toml", "calendar.toml", "firstday.db", "morning.lock", "heartbeat.json")  # names that name nobody
LISTS_KEPT = 20  # sessions: two weeks of school days


class HowFar(StrEnum):
    """How far a run came: begun and not ended (it is at work, or was killed), done, or failed with an error."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"


@record
class LastRun:
    """The last scheduled run: its moment, how far it came, its exit code, what troubled it.

    `done_at` is the moment of the last run that was done, whatever came after it; None where there was none.
    """

    as_of: datetime
    state: HowFar
    exit_code: int | None
    troubles: tuple[str, ...]
    done_at: datetime | None
    lists: ListsMade = ListsMade()


def last_run(school: Path) -> LastRun | None:
    """What the heartbeat says of the last run; None where there was none, or the file says nothing readable."""
    try:
        said = json.loads((school / HEARTBEAT).read_text(encoding="utf-8"))
        return LastRun(
            as_of=in_london(datetime.fromisoformat(said["as_of"])), state=HowFar(said["state"]),
            exit_code=said["exit_code"], troubles=tuple(str(t["because"]) for t in said["troubles"]),
            done_at=(done_at := in_london(datetime.fromisoformat(said["done_at"])) if said["done_at"] else None),
            lists=ListsMade(
                since=done_at,
                made=_sessions(said.get("lists_made", [])),
                missed=_sessions(said.get("lists_missed", [])),
            ),
        )  # fmt: skip
    except (OSError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError):
        return None


def _sessions(said: Sequence[str]) -> tuple[Session, ...]:
    pairs = (text.split() for text in said)
    return tuple(Session(day=date.fromisoformat(day), half=Half(half)) for day, half in pairs)


def _as_said(sessions: Iterable[Session]) -> list[str]:
    return [f"{session.day.isoformat()} {session.half.value}" for session in sessions]


class Pulse:
    """The heartbeat of one run, from its beginning to its end."""

    def __init__(self, school: Path, now: datetime, before: LastRun | None) -> None:
        self.school, self.now = school, now
        self.done_at = before.done_at if before else None
        self.lists = before.lists if before else ListsMade()

    def begun(self) -> None:
        """Say that the run has begun; that this cannot be written stops no run."""
        with suppress(StoreUnavailable):
            self._write(HowFar.BEGUN, {"exit_code": None, "troubles": []})

    def done(self, facts: Mapping[str, Json], lists: ListsMade, *, is_whole: bool) -> None:
        """Say what the run found; one that is not whole is made again. Raises StoreUnavailable where it cannot."""
        self.lists, self.done_at = lists, self.now if is_whole else self.done_at
        self._write(HowFar.DONE, facts)

    def failed(self, error: BaseException) -> None:
        """Say that the run failed and where to look; never in the error's words, which may hold a name."""
        code = error.exit_code if isinstance(error, FirstdayError) else 1
        where = error.where if isinstance(error, FirstdayError) and error.where in ITS_OWN else "the run"
        because = f"{where}: it ended with {code}; firstday doctor says what is wrong"
        with suppress(StoreUnavailable):
            self._write(HowFar.FAILED, {"exit_code": code, "troubles": [{"trouble": "failed", "because": because}]})

    def _write(self, state: HowFar, facts: Mapping[str, Json]) -> None:
        said = {
            "schema": SCHEMA, "state": state.value, "as_of": self.now.isoformat(),
            "done_at": self.done_at.isoformat() if self.done_at else None,
            "lists_made": _as_said(self.lists.made[-LISTS_KEPT:]), "lists_missed": _as_said(self.lists.missed), **facts,
        }  # fmt: skip
        write_whole(self.school / HEARTBEAT, json.dumps(said, ensure_ascii=False, indent=2) + "\n", alone=True)
