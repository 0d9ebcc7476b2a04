"""A made-up school year as plain dates: terms, half terms, INSET, bank holidays and an afternoon without school."""

from dataclasses import dataclass
from datetime import date, timedelta

HALVES = ("AM", "PM")


@dataclass(frozen=True)
class Shut:
    """Days, or half days, without school inside a term."""

    first: date
    last: date
    why: str
    halves: tuple[str, ...] = HALVES


TERMS = {
    "Summer 2026": (date(2026, 6, 8), date(2026, 7, 21)),
    "Autumn 2026": (date(2026, 9, 2), date(2026, 12, 18)),
    "Spring 2027": (date(2027, 1, 4), date(2027, 4, 2)),
    "Summer 2027": (date(2027, 4, 19), date(2027, 7, 21)),
}
CLOSURES = (
    Shut(date(2026, 7, 3), date(2026, 7, 3), "INSET"),
    Shut(date(2026, 9, 2), date(2026, 9, 2), "INSET"),
    Shut(date(2026, 10, 19), date(2026, 10, 23), "half term"),
    Shut(date(2026, 10, 26), date(2026, 10, 26), "INSET"),
    Shut(date(2026, 12, 18), date(2026, 12, 18), "end of term", ("PM",)),
    Shut(date(2027, 2, 15), date(2027, 2, 19), "half term"),
    Shut(date(2027, 3, 26), date(2027, 3, 26), "Good Friday"),
    Shut(date(2027, 3, 29), date(2027, 3, 29), "Easter Monday"),
    Shut(date(2027, 5, 3), date(2027, 5, 3), "bank holiday"),
    Shut(date(2027, 5, 31), date(2027, 6, 4), "half term"),
    Shut(date(2027, 6, 14), date(2027, 6, 14), "the water is off", ("PM",)),
)


def calendar() -> str:
    """The year as the text of calendar.toml."""
    terms = [
        f'[[terms]]\nname = "{name}"\nfirst = "{first}"\nlast = "{last}"\n' for name, (first, last) in TERMS.items()
    ]
    shut = [
        f'[[closures]]\nfirst = "{c.first}"\nlast = "{c.last}"\nwhy = "{c.why}"\nsessions = {list(c.halves)}\n'
        for c in CLOSURES
    ]
    return "\n".join([*terms, *shut]).replace("'", '"')


def weekdays(first: date, last: date) -> list[date]:
    """Every Monday to Friday of a stretch."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.isoweekday() <= 5]


def halves_open(day: date) -> tuple[str, ...]:
    """The sessions that the school has on a day."""
    if day.isoweekday() > 5 or not any(first <= day <= last for first, last in TERMS.values()):
        return ()
    shut = {half for c in CLOSURES if c.first <= day <= c.last for half in c.halves}
    return tuple(half for half in HALVES if half not in shut)


def school_days(first: date, last: date) -> list[date]:
    """The days of a stretch with at least one session."""
    return [day for day in weekdays(first, last) if halves_open(day)]


FIRST_DAY, LAST_DAY = TERMS["Summer 2026"][0], TERMS["Summer 2027"][1]
EVERY_DAY = tuple(school_days(FIRST_DAY, LAST_DAY))
