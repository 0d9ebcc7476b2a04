"""A school's morning as plain lists: what came in, what was recorded, and when the question is asked."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypedDict
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOON = time(12, 30)
EXTRA = "beyond the headings"

Row = dict[str, str]


@dataclass(frozen=True)
class Export:
    """One file: its kind, its name, its rows as text, and when it was changed, in seconds after its batch's moment."""

    kind: str
    name: str
    rows: list[Row]
    changed: int = 0


@dataclass(frozen=True)
class Batch:
    """Files that were taken in together, and when."""

    at: datetime
    exports: list[Export]


@dataclass(frozen=True)
class Entry:
    """One thing recorded: found, not-found, arrived, not-arrived, match, none, explain, close or withdraw."""

    what: str
    recorded: datetime
    pupils: tuple[str, ...] = ()
    at: datetime | None = None
    message: str = ""
    until: date | None = None
    session: str = ""

    @property
    def happened(self) -> datetime:
        """When it happened, which may be before it was recorded, in London's time."""
        return (self.at or self.recorded).astimezone(LONDON)


@dataclass(frozen=True)
class Policy:
    """What this school has chosen, where that changes who is on the list."""

    explain_alone: tuple[str, ...] = ("C", "C1", "E", "J1", "R", "S", "T")
    explain_with_comment: tuple[str, ...] = ("I", "M")
    only_propose: tuple[str, ...] = (
        "late", "later", "appointment", "back in", "better", "not sick", "not ill", "tomorrow", "yesterday",
        "next week",
    )  # fmt: skip
    fresh_days: int = 7


@dataclass(frozen=True)
class Closure:
    """Days on which some sessions are shut."""

    first: date
    last: date
    sessions: tuple[str, ...] = ("AM", "PM")


@dataclass(frozen=True)
class Morning:
    """Everything that bears on one session, as of one moment."""

    day: date
    session: str
    now: datetime
    batches: list[Batch]
    entries: list[Entry] = field(default_factory=list)
    policy: Policy = field(default_factory=Policy)
    terms: tuple[tuple[date, date], ...] = ()
    closures: tuple[Closure, ...] = ()


class Answer(TypedDict):
    """What can be known of the reconciled session; steps are not worked out, and may give another exit code."""

    day: str
    session: str
    provisional: bool
    counts: dict[str, int]
    missing_registers: list[str]
    unexplained: list[str]
    unknown: list[str]
    explained: list[str]
    off_site: list[str]
    confirmed: list[str]
    not_expected: list[str]
    discrepancies: list[tuple[str, str]]
    alerts: list[tuple[str, str]]
    messages_to_match: list[tuple[str, tuple[str, ...]]]
    exit_code: int
    steps_may_give: list[int]


@dataclass(frozen=True)
class Place:
    """Where a row came from: its export, counted through the morning, its batch, and when each was made."""

    export: int
    batch: int
    changed: int
    at: datetime


def placed_rows(morning: Morning, kind: str) -> list[tuple[Place, Row]]:
    """Every row of one kind of file, with its place, in the order taken in."""
    found = []
    export_number = 0
    for number, batch in enumerate(morning.batches):
        for export in batch.exports:
            export_number += 1
            if export.kind == kind:
                place = Place(export_number, number, export.changed, batch.at)
                found += [(place, row) for row in export.rows]
    return found


def is_newer_file(one: Place, other: Place) -> bool:
    """Whether one file was taken in later, or with the other but changed a minute after it."""
    if one.batch != other.batch:
        return one.batch > other.batch
    return one.changed - other.changed >= 60


def pictures(morning: Morning, kind: str) -> list[list[Row]]:
    """The pictures that files of one kind gave, newest first; the same picture twice running is one."""
    left = placed_rows(morning, kind)
    layers: list[list[Row]] = []
    while left:
        places = {place for place, _ in left}
        newest = {place for place in places if not any(is_newer_file(other, place) for other in places)}
        layer = [row for place, row in left if place in newest]
        if not layers or _sorted(layers[-1]) != _sorted(layer):
            layers.append(layer)
        left = [(place, row) for place, row in left if place not in newest]
    return layers


def newest_rows(morning: Morning, kind: str) -> list[Row]:
    """The rows of the newest picture of one kind."""
    return next(iter(pictures(morning, kind)), [])


def replaced_rows(morning: Morning, kind: str) -> list[Row]:
    """The rows of the picture that the newest one replaced."""
    return next(iter(pictures(morning, kind)[1:]), [])


def standing_entries(morning: Morning) -> list[Entry]:
    """The entries that nobody has withdrawn, in the order recorded."""
    kept: list[Entry] = []
    for entry in morning.entries:
        if entry.what == "withdraw":
            kept.pop()
        else:
            kept.append(entry)
    return kept


def _sorted(rows: list[Row]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)
