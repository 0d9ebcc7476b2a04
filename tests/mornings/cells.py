"""The text of a cell, read by hand: a day, a time, a moment, a telephone number, a name to compare by."""

import re
import unicodedata
from datetime import date, datetime, time

from .morning import EXTRA, LONDON, NOON, Row


def cell(row: Row, column: str) -> str:
    """The trimmed text of a cell; blank where the column is not there."""
    return row.get(column, "").strip()


def overflows(row: Row) -> bool:
    """Whether something is written beyond the last heading."""
    return bool(cell(row, EXTRA))


def day_of(text: str) -> date | None:
    """The day written as 2026-11-23 or 23/11/2026; nothing where it is neither."""
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    british = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text)
    if iso:
        return _real_day(iso[1], iso[2], iso[3])
    if british:
        return _real_day(british[3], british[2], british[1])
    return None


def time_of(text: str) -> time | None:
    """The time written as 09:05, 9.05, 0905 or 9:05am; nothing where it is none of these."""
    fits = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})(am|pm)?", text.lower())
    if not fits:
        return None
    hour, minute = int(fits[1]), int(fits[2])
    if fits[3]:
        hour = hour % 12 + (12 if fits[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(text: str) -> datetime | None:
    """The moment, in London's time; one without a zone is London's already."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(LONDON)


def session_of(moment: time) -> str:
    """The session that a time belongs to."""
    return "PM" if moment >= NOON else "AM"


def number_of(text: str) -> str:
    """A telephone number as digits, in the form dialled at home."""
    digits = re.sub(r"\D", "", text)
    return "0" + digits[2:] if digits.startswith("44") else digits


def folded(text: str) -> str:
    """A name without case, accents, blanks or punctuation."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _real_day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
