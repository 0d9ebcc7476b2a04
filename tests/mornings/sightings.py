"""Who was seen, looked for, signed in or signed out, and in what order it happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time

from .cells import cell, day_of, overflows, session_of, time_of
from .morning import LONDON, Morning, Row, placed_rows, standing_entries

SEEN = {"found", "in"}
CHECKS = {"found", "not-found", "arrived", "not-arrived"}


@dataclass(frozen=True, order=True)
class Event:
    """Something that happened to a pupil; at one time a check counts after the lates."""

    at: datetime
    order: int
    what: str


@dataclass(frozen=True)
class LateRow:
    """One row of the lates, whose cells may not have been readable."""

    pupil: str
    is_of_day: bool
    refused: bool
    came: time | None
    left: time | None


def late_rows(morning: Morning) -> list[LateRow]:
    """The rows of the lates that are, or may be, of the day."""
    rows = [_read(morning, row) for _, row in placed_rows(morning, "lates")]
    return [row for row in rows if row.is_of_day]


def events(morning: Morning, session: str) -> dict[str, list[Event]]:
    """What happened to each pupil in the session so far, first to last."""
    found: dict[str, list[Event]] = defaultdict(list)
    for row in late_rows(morning):
        if not row.refused:
            found[row.pupil] += _signed(morning, row)
    for order, entry in enumerate(standing_entries(morning), start=2):
        if entry.what in CHECKS and entry.happened.date() == morning.day:
            for pupil in entry.pupils:
                found[pupil].append(Event(entry.happened, order, entry.what))
    return {pupil: sorted(_of_session(all_day, session)) for pupil, all_day in found.items()}


def latest(happened: list[Event]) -> str:
    """What happened last; blank where nothing did."""
    return happened[-1].what if happened else ""


def missed_since(happened: list[Event], moment: datetime) -> bool:
    """Whether somebody has looked in school since then and not found the pupil."""
    return any(event.what == "not-found" and event.at >= moment for event in happened)


def was_seen(happened: list[Event], is_off_site: bool) -> bool:
    """Whether the pupil was seen in school, and no later check overturned it."""
    sightings = SEEN if is_off_site else SEEN | {"arrived"}
    seen = False
    for event in happened:
        seen = (seen or event.what in sightings) and event.what not in ("not-found", "not-arrived")
    return seen


def _of_session(all_day: list[Event], session: str) -> list[Event]:
    return [event for event in all_day if session_of(event.at.time()) == session]


def _signed(morning: Morning, row: LateRow) -> list[Event]:
    times = ((row.came, 0, "in"), (row.left, 1, "out"))
    moments = [(datetime.combine(morning.day, at, LONDON), order, what) for at, order, what in times if at]
    return [Event(at, order, what) for at, order, what in moments if at <= morning.now]


def _read(morning: Morning, row: Row) -> LateRow:
    day = day_of(cell(row, "date"))
    texts = (cell(row, "time_in"), cell(row, "time_out"))
    unreadable = any(text and time_of(text) is None for text in texts) or not any(texts)
    return LateRow(
        pupil=cell(row, "pupil_id"),
        is_of_day=day in (None, morning.day),
        refused=overflows(row) or day is None or unreadable or not cell(row, "pupil_id"),
        came=time_of(texts[0]),
        left=time_of(texts[1]),
    )
