"""The attendance codes in force, and the ages at which school is compulsory, written out by hand."""

from datetime import date, timedelta

PRESENT = {"/", "\\", "L", "U"}
OFF_SITE = {"B", "K", "P", "V", "W", "D"}
NOT_EXPECTED = {"X", "Z"}
WHOLE_GROUP = {"#", "Y3", "Y4"}
ABSENT = {
    "C", "C1", "C2", "E", "G", "I", "J1", "M", "N", "O", "Q", "R", "S", "T", "Y1", "Y2", "Y5", "Y6", "Y7",
}  # fmt: skip
IN_FORCE = PRESENT | OFF_SITE | NOT_EXPECTED | WHOLE_GROUP | ABSENT
HARMLESS_OFF_ROLL = {"", "-", "X", "Z", "#"}
PLANNABLE = IN_FORCE - PRESENT - {"N", "O"}


def is_of_compulsory_age(born: date, day: date) -> bool:
    """Whether a child born then must be at school on this day."""
    return _first_compulsory_day(born) <= day <= _last_compulsory_day(born)


def _first_compulsory_day(born: date) -> date:
    five = _birthday(born, 5)
    year = five.year
    prescribed = (date(year, 3, 31), date(year, 8, 31), date(year, 12, 31))
    return next(day for day in prescribed if day >= five)


def _last_compulsory_day(born: date) -> date:
    sixteen = _birthday(born, 16)
    june_ends = date(sixteen.year + (1 if sixteen.month >= 9 else 0), 6, 30)
    return june_ends - timedelta(days=(june_ends.weekday() - 4) % 7)


def _birthday(born: date, age: int) -> date:
    if (born.month, born.day) == (2, 29):
        return date(born.year + age, 3, 1)
    return born.replace(year=born.year + age)
