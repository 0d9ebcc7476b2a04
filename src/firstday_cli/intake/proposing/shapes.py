"""What the cells of a column look like: marks, days, times, numbers, or plain words; never what they say."""

import re
from collections.abc import Callable, Sequence
from enum import StrEnum

from firstday_cli.domain.marks import BY_CODE
from firstday_cli.domain.marks import tidy as tidy_mark
from firstday_cli.domain.record import record
from firstday_cli.intake.cells.moments import clock, day, day_written, moment_written
from firstday_cli.intake.cells.ways import ORDINARY
from firstday_cli.intake.cells.words import half_named, yes_or_no

MONTH_FIRST = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y")
YEAR_FIRST = ("%Y/%m/%d",)
CERTAIN = {"/", "\\", "N", "L"}
CLOCKED = re.compile(r"\d[:.]\d\d")
UPN = re.compile(r"^[A-Z]\d{11}[0-9A-Z]$")
PHONE = re.compile(r"^[\s\d+().\-/;,]*\d[\d\s().\-]{8,}")
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
WORDS_FOR_MARKS = {
    "present": "/", "late": "L", "absent": "N", "no mark": "-", "not marked": "-", "not entered": "-",
    "no reason": "N", "unexplained": "N",
}  # fmt: skip
LEFT = frozenset(("leaver", "left", "off roll", "former pupil", "former", "former student"))
ENROLLED = frozenset(
    ("current", "current pupil", "current student", "on roll", "enrolled", "active", "main", "current - main", "guest",
     "single registration", "dual registration", "current - subsidiary", "subsidiary", "future", "admitted", "accepted")
)  # fmt: skip
MOST = 0.8  # of the filled cells; the rest are told when the file is read


class Shape(StrEnum):
    """What most cells of a column are."""

    BLANK = "blank"
    MARKS = "attendance codes"
    MARK_WORDS = "words for marks"
    SESSIONS = "AM and PM"
    DAYS = "days"
    MOMENTS = "days with times"
    TIMES = "times"
    UPNS = "UPNs"
    PHONES = "telephone numbers"
    EMAILS = "e-mail addresses"
    YES_OR_NO = "yes and no"
    ENROLMENT = "words for on and off the roll"
    NUMBERS = "whole numbers"
    WORDS = "words"


DATED = (Shape.DAYS, Shape.MOMENTS)
PLAIN = (Shape.MARKS, Shape.MARK_WORDS, Shape.SESSIONS, Shape.TIMES)


@record
class Column:
    """A column: where it stands, its heading told apart from others alike, what its cells look like.

    `ways` are the ways in which its days can be written; more than one where nothing decides.
    """

    place: int
    heading: str
    shape: Shape
    samples: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


def column_of(place: int, heading: str, cells: Sequence[str]) -> Column:
    """The column with these cells, of which the first few are kept as samples, masked."""
    filled = [cell for cell in cells if cell]
    shape = shape_of(filled)
    ways = tuple(ways[0] for ways in WAYS if filled and most(filled, _is_day(ways)))
    shown = tuple(dict.fromkeys(filled))[:3]
    return Column(
        place=place, heading=heading, shape=shape, ways=ways if shape in DATED else (),
        samples=shown if shape in PLAIN else tuple(masked(cell) for cell in shown),
    )  # fmt: skip


def shape_of(filled: Sequence[str]) -> Shape:
    """What most of these cells are. Codes alone may be years or classes: a mark that is nothing else must be there."""
    if not filled:
        return Shape.BLANK
    found = next((shape for shape, fits in TESTS if most(filled, fits)), Shape.WORDS)
    said = {tidy_mark(cell) for cell in filled}
    if found is Shape.MARKS and {"Y"} <= said <= {"Y", "N"}:
        return Shape.YES_OR_NO
    if found is Shape.MARKS and not said & CERTAIN:
        return Shape.NUMBERS if most(filled, str.isdecimal) else Shape.WORDS
    return found


def masked(cell: str) -> str:
    """The cell's shape without what it says: letters become x, digits 9; no more than twenty of them."""
    hidden = "".join("9" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in cell[:20])
    return f"{hidden}…" if len(cell) > 20 else hidden


def most(cells: Sequence[str], fits: Callable[[str], object]) -> bool:
    """Whether most of these cells fit."""
    return sum(1 for cell in cells if fits(cell)) >= MOST * len(cells)


def _reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def fits(cell: str) -> bool:
        try:
            parse(cell)
        except ValueError:
            return False
        return True

    return fits


def _is_day(ways: tuple[str, ...]) -> Callable[[str], bool]:
    return _reads(lambda cell: day_written(cell, ways))


WAYS = (ORDINARY, MONTH_FIRST, YEAR_FIRST)
ANY_WAY = (*ORDINARY, *MONTH_FIRST, *YEAR_FIRST)
TESTS: tuple[tuple[Shape, Callable[[str], object]], ...] = (
    (Shape.SESSIONS, half_named),
    (Shape.MARKS, lambda cell: tidy_mark(cell) in BY_CODE or cell == "-"),
    (Shape.MARK_WORDS, lambda cell: cell.casefold() in WORDS_FOR_MARKS),
    (Shape.YES_OR_NO, lambda cell: yes_or_no(cell) is not None and not cell.isdecimal()),
    (Shape.ENROLMENT, lambda cell: cell.casefold() in ENROLLED | LEFT),
    (Shape.UPNS, lambda cell: UPN.match(cell.upper())),
    (Shape.EMAILS, EMAIL.match),
    (Shape.TIMES, _reads(lambda cell: clock(cell) if CLOCKED.search(cell) else day(""))),
    (Shape.MOMENTS, _reads(lambda cell: moment_written(cell, ANY_WAY) if CLOCKED.search(cell) else day(""))),
    (Shape.DAYS, _reads(lambda cell: day_written(cell, ANY_WAY))),
    (Shape.PHONES, PHONE.match),
    (Shape.NUMBERS, str.isdecimal),
)
