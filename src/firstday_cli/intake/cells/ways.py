"""The ways in which exports write a day, as data: %d/%m/%Y, %m/%d/%y, %d %b %Y; and which of them a column keeps to."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from firstday_cli.domain.record import record

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY = 2000
PARTS = {
    "%d": r"(?P<day>\d{1,2})",
    "%m": r"(?P<month>\d{1,2})",
    "%Y": r"(?P<year>\d{4})",
    "%y": r"(?P<short>\d{2})",
    "%b": rf"(?P<name>(?:{'|'.join(MONTHS)})[a-z]*)\.?",
    "%a": r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?",
}
ORDINARY = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%a %d %b %Y", "%a %d/%m/%Y",
    "%d/%m/%y", "%d.%m.%y", "%d-%m-%y", "%d-%b-%y", "%d %b %y",
)  # fmt: skip


@record
class Way:
    """One way to write a day, ready to read cells with."""

    pattern: re.Pattern[str]

    def read(self, text: str) -> tuple[int, int, int] | None:
        """Year, month and day; None where the cell is written otherwise."""
        found = self.pattern.match(text)
        if not found:
            return None
        said = found.groupdict()
        year = int(said["year"]) if said.get("year") else CENTURY + int(said["short"])
        month = MONTHS.index(said["name"][:3].lower()) + 1 if said.get("name") else int(said["month"])
        return year, month, int(said["day"])


@cache
def pattern_of(way: str) -> Way:
    """The way as a pattern. Raises ValueError where it does not name a day, a month and a year."""
    pattern = "".join(PARTS.get(part, re.escape(part)) for part in re.split(r"(%[a-zA-Z])", way))
    try:
        names = re.compile(pattern).groupindex
    except re.error:
        names = {}
    if "day" not in names or not names.keys() & {"month", "name"} or not names.keys() & {"year", "short"}:
        raise ValueError("a way to write a day, such as %d/%m/%Y, %m/%d/%y or %d %b %Y")
    return Way(pattern=re.compile(f"^{pattern}(?:\\s+00:00(?::00)?)?$".replace(r"\ ", r"\s+"), re.IGNORECASE))


def ways_that_fit(cells: Iterable[str], ways: Sequence[str]) -> tuple[str, ...]:
    """Those of the ways in which most of these cells can be read; all of them where no cell decides."""
    texts = {cell for cell in cells if cell}
    fitting = {way: sum(1 for text in texts if _is_day(pattern_of(way).read(text))) for way in ways}
    most = max(fitting.values(), default=0)
    return tuple(way for way in ways if fitting[way] == most)


def _is_day(parts: tuple[int, int, int] | None) -> bool:
    return parts is not None and 1 <= parts[1] <= len(MONTHS) and 1 <= parts[2] <= 31
