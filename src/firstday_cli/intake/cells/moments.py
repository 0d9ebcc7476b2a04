"""One cell of text → a day, a time of day, a moment; or ValueError saying what was expected."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from firstday_cli.domain.school_days import LONDON, in_london
from firstday_cli.intake.cells.ways import MONTHS, ORDINARY, pattern_of

ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?$")
DAY_FIRST = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?: 00:00(?::00)?)?$")
CLOCK = re.compile(
    r"^(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s*([ap]\.?m\.?)?$|^(\d{1,2})(\d{2})\s*([ap]\.?m\.?)?$",
    re.IGNORECASE,
)
FRACTION = re.compile(r"^0?\.\d{3,}$")  # what a spreadsheet makes of a time: 0.378472 is five past nine
SERIAL = re.compile(r"^([45]\d{4})(?:\.0+)?$")  # what it makes of a day: 46349 is 23 November 2026
SERIAL_MOMENT = re.compile(r"^([45]\d{4})(\.\d+)$")
DAY_NOUGHT = date(1899, 12, 30)
ENDS_WITH_A_TIME = re.compile(
    r"^(?P<day>.+?)[T, ]\s*(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?)"
    r"\s*(?P<zone>Z|UTC|BST|GMT(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
A_DATE = re.compile(r"(?<![\d./-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2}))(?![\d/-])")
DAY_IN_WORDS = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+((?:{'|'.join(MONTHS)})[a-z]*)\.?[\s,-]+(\d{{4}}|\d{{2}})\b",
    re.IGNORECASE,
)
YEARS = range(1900, 2200)  # of anything a school could mean
NOON = 12
LONGEST = 64  # letters of a day or a moment, with all that may stand beside it
DAY_SECONDS = 24 * 3600
DAYS = "a date as YYYY-MM-DD or DD/MM/YYYY"
TIMES = "a time such as 09:05, 9.05, 0905 or 9:05am"
MOMENTS = "a date and time such as 2026-11-23T08:10 or 23/11/2026 08:10"


def days_in(text: str) -> list[date]:
    """Every day that the text names: 2026-11-23, 23/11/2026, 23.11.26, 23 November 2026, 23-Nov-26."""
    found = [m[0] for m in A_DATE.finditer(text)]
    found += [f"{m[1]} {m[2]} {m[3]}" for m in DAY_IN_WORDS.finditer(text)]
    days = []
    for words in found:
        try:
            days.append(day_written(words, ORDINARY))
        except ValueError:
            continue
    return days


def _sensible(day: date) -> date:
    if day.year not in YEARS:
        raise ValueError(DAYS)
    return day


def _day_of(parts: Sequence[int]) -> date:
    try:
        return _sensible(date(*parts))
    except ValueError:
        raise ValueError(DAYS) from None


def _day_or_none(parts: Sequence[int]) -> date | None:
    try:
        return _day_of(parts)
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def day(text: str) -> date:
    """The day as a person types it to a command: year first, or day first; never guessed."""
    if found := ISO_DAY.match(text):
        return _day_of([int(part) for part in found.groups()])
    if found := DAY_FIRST.match(text):
        return _day_of([int(part) for part in reversed(found.groups())])
    raise ValueError(DAYS)


@lru_cache(maxsize=4096)
def day_written(text: str, ways: tuple[str, ...]) -> date:
    """The day of an export's cell: year first, or in the first of these ways that fits."""
    if len(text) > LONGEST:
        raise ValueError(DAYS)
    if found := ISO_DAY.match(text):
        return _day_of([int(part) for part in found.groups()])
    for way in ways:
        if (parts := pattern_of(way).read(text)) and (found_day := _day_or_none(parts)):
            return found_day
    if serial := SERIAL.match(text):
        return DAY_NOUGHT + timedelta(days=int(serial[1]))
    if beside := ENDS_WITH_A_TIME.match(text):
        return _london(beside, ways).date() if beside["zone"] else day_written(beside["day"].rstrip(" ,"), ways)
    raise ValueError(DAYS)


def hour_in(text: str) -> int:
    """The hour of a day's time on London's clock; nought where there is none, or the midnight that stands for none."""
    beside = ENDS_WITH_A_TIME.match(text) if len(text) <= LONGEST else None
    if beside is None:
        return 0
    return _london(beside, ORDINARY).hour if beside["zone"] else clock(beside["time"].strip()).hour


def is_serial(text: str) -> bool:
    """Whether a day or a time stands in the cell as the number that a spreadsheet made of it."""
    return any(shape.match(text) for shape in (FRACTION, SERIAL, SERIAL_MOMENT))


def clock(text: str) -> time:
    """The time of day."""
    found = CLOCK.match(text)
    if not found:
        raise ValueError(TIMES)
    hour, minute, half = (found[1] or found[4]), (found[2] or found[5]), (found[3] or found[6] or "").lower()
    hours = int(hour)
    if half and not 1 <= hours <= NOON:
        raise ValueError(TIMES)
    if half:
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    try:
        return time(hours, int(minute))
    except ValueError:
        raise ValueError(TIMES) from None


def clock_written(text: str) -> time:
    """The time of day of an export's cell: also the fraction of a day that a spreadsheet made of it."""
    if len(text) > LONGEST:
        raise ValueError(TIMES)
    if FRACTION.match(text):
        return _of_day(float(text))
    if beside := ENDS_WITH_A_TIME.match(text):
        return clock(beside["time"])
    return clock(text)


def _of_day(fraction: float) -> time:
    seconds = round(fraction * DAY_SECONDS) % DAY_SECONDS
    return time(seconds // 3600, seconds % 3600 // 60)


def moment(text: str, on: date | None = None) -> datetime:
    """The moment as a person types it, in London time; a bare time is of the day `on`."""
    if (said := _iso(text)) is not None:
        return in_london(said)
    head, _, tail = text.replace("T", " ").partition(" ")
    try:
        if tail:
            return in_london(datetime.combine(day(head), clock(tail.strip())))
        if on is not None:
            return in_london(datetime.combine(on, clock(text)))
    except ValueError:
        pass
    raise ValueError(MOMENTS)


def _iso(text: str) -> datetime | None:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    _sensible(said.date())
    return said


def moment_written(text: str, ways: tuple[str, ...], zone: str = "", on: date | None = None) -> datetime:
    """The moment of an export's cell, in London time; without a zone of its own it is of this zone, or London's."""
    here: tzinfo = UTC if zone.upper() == "UTC" else LONDON
    if len(text) > LONGEST:
        raise ValueError(MOMENTS)
    if (said := _iso(text)) is not None:
        return in_london(said if said.tzinfo else said.replace(tzinfo=here))
    try:
        if serial := SERIAL_MOMENT.match(text):
            at = datetime.combine(DAY_NOUGHT + timedelta(days=int(serial[1])), _of_day(float(serial[2])))
            return in_london(at.replace(tzinfo=here))
        if beside := ENDS_WITH_A_TIME.match(text):
            return _london(beside, ways, here=here)
        if on is not None:
            return in_london(datetime.combine(on, clock_written(text), tzinfo=here))
    except ValueError:
        pass
    raise ValueError(MOMENTS)


def _london(beside: re.Match[str], ways: tuple[str, ...], *, here: tzinfo = LONDON) -> datetime:
    """The moment of a day and a time that stand side by side, with the zone that is written after them."""
    said = (beside["zone"] or "").upper()
    at = datetime.combine(day_written(beside["day"].rstrip(" ,"), ways), clock(beside["time"].strip()))
    if not said:
        return in_london(at.replace(tzinfo=here))
    return in_london(at.replace(tzinfo=UTC) - _ahead(said))


def _ahead(zone: str) -> timedelta:
    """How far clocks of a zone are ahead of UTC: Z, BST, GMT+3, +01:00."""
    if zone in ("Z", "UTC", "GMT", "BST"):
        return timedelta(hours=1 if zone == "BST" else 0)
    sign, digits = zone.removeprefix("GMT")[0], zone.removeprefix("GMT")[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return -ahead if sign == "-" else ahead
