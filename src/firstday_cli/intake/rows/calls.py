"""A row of a call sheet that the office typed into → the call it says was made; a row not filled in says nothing."""

from dataclasses import replace
from datetime import date, datetime

from firstday_cli.domain.evidence import CallTyped, RefusedRow
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.marks import tidy
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import in_words
from firstday_cli.intake.cells.moments import day as day_of
from firstday_cli.intake.cells.moments import moment
from firstday_cli.intake.cells.phones import phone
from firstday_cli.intake.cells.words import heading_key, yes_or_no
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.rows.row_cells import RowCells, Unread

OUTCOMES = {heading_key(outcome.value): outcome for outcome in Outcome}
FILLED_IN = ("at", "child_with", "reason", "no_reason", "code", "note")  # what only somebody who rang would type
DIGITS = 6  # of any contact's number on a list
EARLIEST_HOUR = 7  # 1.25 is a quarter past one in the afternoon, 0.39 a fraction that a spreadsheet made of a time
WHEN = "a time such as 09:05, 9.05 or 13:05 with its day in the column day, or both such as 2026-11-23T09:05"


def read_call(cells: RowCells) -> CallTyped | None:
    """The call of a row; None where the row was not filled in."""
    if not cells.text("outcome"):
        _must_be_empty(cells)
        return None
    pupil_id, outcome = PupilId(cells.required("pupil_id", "a pupil's id")), cells.parsed("outcome", _outcome)
    contact, at = _contact(cells), _moment(cells)
    if outcome is None:
        raise Unread
    return CallTyped(
        pupil_id=pupil_id, contact=contact, outcome=outcome, at=at, day=_day(cells, at), by=cells.text("by"),
        phone_key=_phone_key(cells), child_with=cells.text("child_with"), reason=cells.text("reason"),
        has_no_reason=_has_no_reason(cells), code=tidy(cells.text("code")), note=cells.text("note"),
        row=cells.row.number,
    )  # fmt: skip


def outcome_in(layout: Layout, row: tuple[str, ...]) -> Outcome | None:
    """The outcome that a row's cells carry, whatever else is wrong with them; None where it cannot be read."""
    said = (OUTCOMES.get(heading_key(row[place])) for place in layout.places["outcome"] if place < len(row))
    return next((outcome for outcome in said if outcome), None)


def refused_call(cells: RowCells) -> RefusedRow:
    """The row as refused: its pupil, contact, day and moment, each where it can still be read."""
    contact, said = cells.text("contact"), _or_none(cells.text("day"))
    at = _moment_or_none(cells.text("at"), said)
    day = said or (at.date() if at else None)
    return replace(
        cells.as_refused(), day=day if day and cells.covers(day) else None, taken_at=at,
        contact=int(contact) if _is_number(contact) else 0,
    )  # fmt: skip


def _must_be_empty(cells: RowCells) -> None:
    """Refuse a row in which something was typed beside a blank outcome: somebody forgot to say how the call ended."""
    typed = [meaning for meaning in FILLED_IN if cells.text(meaning)]
    if typed and not (typed == ["no_reason"] and yes_or_no(cells.text("no_reason")) is False):
        cells.refuse(
            "outcome", "", f"how the call ended: {', '.join(typed)} is filled in. Clear the row if nobody rang"
        )


def _outcome(text: str) -> Outcome:
    if heading_key(text) not in OUTCOMES:
        raise ValueError(f"one of {', '.join(OUTCOMES.values())}")
    return OUTCOMES[heading_key(text)]


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) <= DIGITS


def _contact(cells: RowCells) -> int:
    text = cells.required("contact", "the contact's number on the list, from 1")
    if not _is_number(text):
        cells.refuse("contact", text, "the contact's number on the list, from 1")
    return int(text)


def _moment(cells: RowCells) -> datetime:
    """When the call was made. A time of the night is a mistyped one, and a date alone is no moment."""
    text, day = cells.required("at", WHEN), cells.day_in_terms("day")
    at = _moment_or_none(text, day)
    if at is None:
        cells.refuse("at", text, WHEN)
        raise Unread
    if at.hour < EARLIEST_HOUR:
        cells.refuse("at", text, f"a time of the day, from 0{EARLIEST_HOUR}:00 on; in the afternoon such as 13:05")
    return at


def _day(cells: RowCells, at: datetime) -> date:
    """The day that the call was about: the one said, else its own; no call of today speaks of tomorrow."""
    day = cells.day("day") or at.date()
    if day > at.date():
        cells.refuse("day", cells.text("day"), f"a day up to that of the call, {in_words(at.date())}")
    if not cells.covers(day):
        cells.refuse(
            "at", cells.text("at"), f"a day that calendar.toml covers; {in_words(day)} is in none of its terms"
        )
    return day


def _phone_key(cells: RowCells) -> str:
    """The number that was printed on the sheet; one that cannot be read says that the sheet cannot be trusted."""
    text = cells.text("phone")
    number = phone(text)
    if text and not number.key:
        cells.refuse("phone", "no telephone number", "the number as it was printed on the sheet, or nothing")
    return number.key


def _has_no_reason(cells: RowCells) -> bool:
    said = yes_or_no(cells.text("no_reason"))
    if said is None:
        cells.refuse("no_reason", "", "yes or no")
    return bool(said)


def _or_none(text: str) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        return None


def _moment_or_none(text: str, on: date | None) -> datetime | None:
    try:
        return moment(text, on)
    except ValueError:
        return None
