"""A pupil's attendance over a school year: possible and missed sessions, by the statistical class of each mark."""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from firstday_cli.domain.days.year_of_marks import (
    NO_USABLE_MARK,
    MarksKept,
    Year,
    first_day_of,
    marks_in,
    school_year,
)
from firstday_cli.domain.marks import BY_CODE, CountsAs
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session

ATTENDED = (CountsAs.PRESENT, CountsAs.APPROVED)
MISSED = frozenset({CountsAs.AUTHORISED, CountsAs.UNAUTHORISED})
POSSIBLE = MISSED.union(ATTENDED)
NOBODY_EXPLAINED = ("N", "O")
MARKS_MISSED = frozenset(mark for mark, code in BY_CODE.items() if code.counts_as in MISSED)
MOST_LINES = 4096  # of pupils' years kept at hand
MARKS_POSSIBLE = frozenset(mark for mark, code in BY_CODE.items() if code.counts_as in POSSIBLE)


@record
class Attendance:
    """Sessions of one school year: two make a day. Guidance on the statistical meaning of codes.

    A session without a usable mark is neither possible nor missed.
    """

    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0
    unexplained: int = 0

    @property
    def absent(self) -> int:
        """Sessions missed, authorised or not."""
        return self.authorised + self.unauthorised

    @property
    def possible(self) -> int:
        """The pupil's own possible sessions."""
        return self.attended + self.absent

    def is_absent_at_least(self, share: Fraction) -> bool:
        """Whether this share of the possible sessions was missed, reckoned in whole sessions."""
        return self.possible > 0 and self.absent * share.denominator >= self.possible * share.numerator

    @property
    def in_words(self) -> str:
        """Missed sessions of possible ones."""
        return f"{self.absent} of {self.possible} possible sessions missed"


def attendance(kept: MarksKept, year: Year, until: Session) -> Attendance:
    """The pupil's attendance in a school year, up to and including a session."""
    return _summed(kept.counted(year, until))


def attendance_between(kept: MarksKept, first: date, until: Session) -> Attendance:
    """The pupil's attendance from a day up to and including a session, whatever school years they are in."""
    years = range(school_year(first), school_year(until.day) + 1)
    marks = (mark for year in years for day, _, mark in kept.sessions(year, until) if day >= first)
    return _summed(Counter(marks))


def last_met(kept: MarksKept, year: Year, until: Session, since: date, share: Fraction, least: int) -> date | None:
    """The last day from `since` on by whose end this share was missed, of at least so many possible sessions."""
    first = first_day_of(year)
    met, cells = _met(kept.lines.get(year, ""), (since - first).days, share, least), kept.cells(year, until)
    return first + timedelta(days=met[cells - 1]) if cells and met[cells - 1] >= 0 else None


@lru_cache(maxsize=MOST_LINES)
def _met(line: str, since: int, share: Fraction, least: int) -> Sequence[int]:
    """For each cell of a year's line the number of the last day by whose end the share was missed; -1 for none.

    A line is gone through once, however many days are asked about.
    """
    found, absent, possible, last = array("h"), 0, 0, -1
    for number, mark in enumerate(marks_in(line)):
        absent += mark in MARKS_MISSED
        possible += mark in MARKS_POSSIBLE
        is_met = possible >= least and absent * share.denominator >= possible * share.numerator
        last = number // 2 if mark and is_met and number // 2 >= since else last
        found.append(last)
    return found


def day_of_enough(kept: MarksKept, year: Year, until: Session, least: int) -> date | None:
    """The day by which so many sessions were possible; None where there are fewer."""
    number = _enough(kept.lines.get(year, ""), least)
    return first_day_of(year) + timedelta(days=number // 2) if 0 <= number < kept.cells(year, until) else None


@lru_cache(maxsize=MOST_LINES)
def _enough(line: str, least: int) -> int:
    """The number of the cell with which so many sessions are possible; -1 where there are fewer."""
    possible = 0
    for number, mark in enumerate(marks_in(line)):
        possible += mark in MARKS_POSSIBLE
        if mark and possible >= least:
            return number
    return -1


def _summed(counted: Mapping[str, int]) -> Attendance:
    classes: Counter[CountsAs] = Counter()
    for mark, times in counted.items():
        if mark != NO_USABLE_MARK:
            classes[BY_CODE[mark].counts_as] += times
    return Attendance(
        attended=sum(classes[kind] for kind in ATTENDED),
        authorised=classes[CountsAs.AUTHORISED],
        unauthorised=classes[CountsAs.UNAUTHORISED],
        unexplained=sum(counted.get(mark, 0) for mark in NOBODY_EXPLAINED),
    )
