"""Which messages explain whom, which wait for a person, and whom those may be about."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import product

from .cells import cell, day_of, folded, moment_of, number_of, overflows
from .days import is_school_day, next_school_day
from .morning import NOON, Morning, Row, newest_rows, placed_rows, standing_entries


@dataclass(frozen=True)
class Reach:
    """The days on which a message says something, and the days it would explain."""

    first: date
    last: date
    explains_first: date
    explains_last: date
    waits: bool

    def reaches(self, day: date) -> bool:
        """Whether the message has to do with the day."""
        return self.first <= day <= self.last

    def explains(self, day: date) -> bool:
        """Whether the message, once accepted, covers the day."""
        return self.explains_first <= day <= self.explains_last


@dataclass(frozen=True)
class Names:
    """The roll, by the names and numbers that a message may give."""

    ids: set[str]
    by_name: dict[str, set[str]]
    by_phone: dict[str, set[str]]
    group_of: dict[str, str]


@dataclass(frozen=True)
class Messages:
    """What the messages of a morning come to."""

    told: set[str]
    waiting: list[tuple[str, tuple[str, ...]]]
    strangers: set[str]
    unreadable: bool


def read_messages(morning: Morning, roll: dict[str, Row]) -> Messages:
    """Who is explained by a message, which messages wait, and the ids that are on no roll."""
    names = _names(morning, roll)
    decided = {entry.message: entry.pupils for entry in standing_entries(morning) if entry.what in ("match", "none")}
    unreadable = any(_is_unreadable(row, morning.day) for _, row in placed_rows(morning, "messages"))
    result = Messages(set(), [], set(), unreadable)
    for number, row in _by_id(morning).items():
        reach = _reach(morning, row)
        if not reach.reaches(morning.day):
            continue
        pupil = cell(row, "pupil_id")
        if pupil and pupil not in names.ids:
            result.strangers.add(pupil)
        if number in decided:
            result.told.update(decided[number] if reach.explains(morning.day) else ())
        elif _is_accepted(morning, row, reach, names):
            result.told.add(pupil)
        else:
            result.waiting.append((number, tuple(sorted(_candidates(row, names)))))
    return Messages(result.told, sorted(result.waiting), result.strangers, result.unreadable)


def _by_id(morning: Morning) -> dict[str, Row]:
    rows = [row for _, row in placed_rows(morning, "messages")]
    return {cell(row, "message_id"): row for row in rows if not _is_refused(row)}


def _is_refused(row: Row) -> bool:
    days = [cell(row, column) for column in ("from_date", "to_date")]
    bad_day = any(text and day_of(text) is None for text in days)
    return overflows(row) or bad_day or moment_of(cell(row, "received_at")) is None


def _is_unreadable(row: Row, day: date) -> bool:
    """Whether the row was refused, and may have been about the day."""
    first, last = day_of(cell(row, "from_date")), day_of(cell(row, "to_date"))
    elsewhere = first is not None and last is not None and not first <= day <= last
    return _is_refused(row) and not elsewhere


def _reach(morning: Morning, row: Row) -> Reach:
    received = moment_of(cell(row, "received_at"))
    assert received is not None
    first, last = day_of(cell(row, "from_date")), day_of(cell(row, "to_date"))
    if first:
        return Reach(first, last or first, first, last or first, waits=False)
    if last:
        return Reach(received.date(), last, received.date(), last, waits=True)
    return _undated(morning, received)


def _undated(morning: Morning, received: datetime) -> Reach:
    day = received.date()
    if received.time() < NOON and is_school_day(morning, day):
        return Reach(day, day, day, day, waits=False)
    proposed = next_school_day(morning, day)
    return Reach(day, proposed, proposed, proposed, waits=True)


def _is_accepted(morning: Morning, row: Row, reach: Reach, names: Names) -> bool:
    is_plain = not reach.waits and not _only_proposes(morning, row)
    return is_plain and cell(row, "pupil_id") in names.ids and not _names_another(row, names)


def _only_proposes(morning: Morning, row: Row) -> bool:
    text = cell(row, "text").casefold()
    return any(re.search(rf"\b{re.escape(word.casefold())}\b", text) for word in morning.policy.only_propose)


def _names_another(row: Row, names: Names) -> bool:
    fits = names.by_name.get(folded(cell(row, "pupil_name")), set())
    return bool(fits) and cell(row, "pupil_id") not in fits


def _candidates(row: Row, names: Names) -> set[str]:
    pupil = cell(row, "pupil_id")
    if pupil in names.ids and not _names_another(row, names):
        return {pupil}
    named, phoned = _named(row, names), names.by_phone.get(number_of(cell(row, "sender_phone")), set())
    return (named & phoned or named | phoned) | ({pupil} & names.ids)


def _named(row: Row, names: Names) -> set[str]:
    fits = names.by_name.get(folded(cell(row, "pupil_name")), set())
    group = cell(row, "group").casefold()
    narrowed = {pupil for pupil in fits if names.group_of[pupil].casefold() == group}
    return narrowed if group and narrowed else fits


def _names(morning: Morning, roll: dict[str, Row]) -> Names:
    names = Names(set(roll), {}, {}, {pupil: cell(row, "group") for pupil, row in roll.items()})
    for pupil, row in roll.items():
        for name in _spellings(row):
            names.by_name.setdefault(name, set()).add(pupil)
    for row in newest_rows(morning, "contacts"):
        if cell(row, "pupil_id") in roll and number_of(cell(row, "phone")):
            names.by_phone.setdefault(number_of(cell(row, "phone")), set()).add(cell(row, "pupil_id"))
    return names


def _spellings(row: Row) -> set[str]:
    """The ways in which a message may name a pupil: in full, either way round, or by forename alone."""
    legal = (cell(row, "forename"), cell(row, "surname"))
    preferred = (cell(row, "preferred_forename") or legal[0], cell(row, "preferred_surname") or legal[1])
    pairs = [(folded(forename), folded(surname)) for forename, surname in product(*zip(legal, preferred, strict=True))]
    return {name for first, last in pairs for name in (first, first + last, last + first)}
