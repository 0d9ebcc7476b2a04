"""One value of a spreadsheet → the text that a spreadsheet would show for it."""

from datetime import date, datetime, time, timedelta

IN_FULL = 1e15  # from here on a spreadsheet holds no digit for certain, and shows powers of ten
HALF_A_SECOND = 500_000
LAST_YEAR = 9999
LAST_SECOND = time(23, 59, 59)


def value_text(value: object) -> str:
    """The value as text; blank for none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):  # a day too, so it is asked for first
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return clock_text(value)
    return length_text(value) if isinstance(value, timedelta) else ""


def number_text(number: float) -> str:
    """A number; a whole one without a point, so that an id or a telephone number keeps its digits and no more."""
    if isinstance(number, int):
        return str(number)
    if abs(number) < IN_FULL:
        return str(int(number)) if number.is_integer() else repr(number)
    return f"{number:.15g}".upper()


def moment_text(moment: datetime) -> str:
    """A day, with its time where that is not midnight."""
    if moment.microsecond >= HALF_A_SECOND and moment.year < LAST_YEAR:
        moment += timedelta(seconds=1)  # a time kept as a share of a day comes out a thousandth short
    moment = moment.replace(microsecond=0, tzinfo=None)
    return moment.isoformat() if moment.time() != time() else moment.date().isoformat()


def clock_text(clock: time) -> str:
    """A time of day; its seconds only where there are any."""
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + (clock.microsecond >= HALF_A_SECOND)
    return _hours(min(seconds, LAST_SECOND.hour * 3600 + LAST_SECOND.minute * 60 + LAST_SECOND.second))


def length_text(length: timedelta) -> str:
    """A length of time as hours and minutes: under a day it reads as a time of day."""
    seconds = round(length.total_seconds())
    return f"-{_hours(-seconds)}" if seconds < 0 else _hours(seconds)


def _hours(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    whole = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{whole}:{seconds:02d}" if seconds else whole
