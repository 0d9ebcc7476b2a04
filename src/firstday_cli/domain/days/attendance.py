"""A pupil's attendance over a school year: possible and missed sessions, by the statistical class of each mark."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from firstday_cli.domain.days.year_of_marks import NO_USABLE_MARK, MarksKept, Year
from firstday_cli.domain.marks import BY_CODE, CountsAs
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session

ATTENDED = (CountsAs.PRESENT, CountsAs.APPROVED)
MISSED = frozenset({CountsAs.AUTHORISED, CountsAs.UNAUTHORISED})
POSSIBLE = MISSED.union(ATTENDED)
NOBODY_EXPLAINED = ("N", "O")


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


def last_met(kept: MarksKept, year: Year, until: Session, since: date, share: Fraction, least: int) -> date | None:
    """The last day from `since` on by whose end this share was missed, of at least so many possible sessions."""
    now = attendance(kept, year, until)
    if now.absent * share.denominator < least * share.numerator:
        return None  # it can never have been met
    found, absent, possible = None, 0, 0
    for day, _, mark in kept.sessions(year, until):
        counts = BY_CODE[mark].counts_as if mark != NO_USABLE_MARK else CountsAs.NOT_COLLECTED
        absent += counts in MISSED
        possible += counts in POSSIBLE
        if day >= since and possible >= least and absent * share.denominator >= possible * share.numerator:
            found = day
    return found


def day_of_enough(kept: MarksKept, year: Year, until: Session, least: int) -> date | None:
    """The day by which so many sessions were possible; None where there are fewer."""
    possible = 0
    for day, _, mark in kept.sessions(year, until):
        possible += mark != NO_USABLE_MARK and BY_CODE[mark].counts_as in POSSIBLE
        if possible >= least:
            return day
    return None


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
