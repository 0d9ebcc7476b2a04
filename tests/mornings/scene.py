"""The day and the hours of an invented morning, and the dice it is thrown with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from .days import is_school_day
from .morning import LONDON, NOON, Closure, Morning

TERMS = ((date(2026, 9, 2), date(2026, 12, 18)), (date(2027, 1, 4), date(2027, 3, 25)))
HALF_TERMS = (
    Closure(date(2026, 10, 26), date(2026, 10, 30)),
    Closure(date(2026, 11, 27), date(2026, 11, 27)),
    Closure(date(2027, 2, 15), date(2027, 2, 19)),
)
DAYS = (
    date(2026, 9, 21), date(2026, 10, 20), date(2026, 11, 2), date(2026, 11, 23), date(2026, 11, 24),
    date(2026, 11, 30), date(2026, 12, 16), date(2027, 1, 4), date(2027, 1, 20), date(2027, 2, 22),
)  # fmt: skip

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Scene:
    """One session: when its three rounds of exports come, and when the question is asked."""

    dice: Random
    day: date
    session: str
    rounds: tuple[datetime, ...]
    now: datetime
    is_tidy: bool = False

    def chance(self, share: float) -> bool:
        """Whether something that happens this often happens now."""
        return self.dice.random() < share

    def mishap(self, share: float) -> bool:
        """Whether something goes wrong that makes a picture provisional; on a tidy day nothing does."""
        return self.chance(share) and not self.is_tidy

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """One of these."""
        return self.dice.choice(things)

    def some_of(self, things: Sequence[Thing], share: float) -> list[Thing]:
        """About this share of these, in their order."""
        return [thing for thing in things if self.chance(share)]

    def minute(self, earliest: datetime, latest: datetime) -> datetime:
        """A whole minute between two moments."""
        first = earliest.replace(second=0, microsecond=0) + timedelta(minutes=1)
        span = max(0, int((latest - first).total_seconds()) // 60)
        return first + timedelta(minutes=self.dice.randint(0, span))

    def written_day(self, day: date) -> str:
        """The day in one of the two ways exports write it."""
        return self.one_of((day.isoformat(), f"{day:%d/%m/%Y}"))

    def written_time(self, at: datetime) -> str:
        """The time in one of the four ways people write it."""
        plain = f"{at.hour}.{at:%M}"
        clock = f"{(at.hour - 1) % 12 + 1}:{at:%M}{'pm' if at.hour >= 12 else 'am'}"
        return self.one_of((f"{at:%H:%M}", plain, f"{at:%H%M}", clock))

    @property
    def opens(self) -> datetime:
        """The earliest moment at which anything of this session can happen."""
        return moment(self.day, NOON if self.session == "PM" else time(8, 25))


def moment(day: date, at: time) -> datetime:
    """A London time on a day."""
    return datetime.combine(day, at, LONDON)


def invented_scene(dice: Random) -> Scene:
    """A session of some school day, with its rounds a dozen minutes apart."""
    session = dice.choice(("AM", "AM", "PM"))
    day = dice.choice(DAYS)
    first = moment(day, time(12, 48) if session == "PM" else time(8, 48)) + timedelta(seconds=dice.randint(1, 400))
    rounds = [first]
    for _ in range(2):
        rounds.append(_off_the_minute(rounds[-1] + timedelta(seconds=dice.randint(600, 800))))
    now = rounds[-1] + timedelta(seconds=dice.randint(400, 700))
    late = timedelta(hours=dice.choice((1, 2))) if session == "AM" and dice.random() < 0.1 else timedelta(0)
    return Scene(dice, day, session, (_off_the_minute(first), *rounds[1:]), now + late, dice.random() < 0.35)


def previous_school_day(day: date) -> date:
    """The last school day before this one."""
    earlier = day - timedelta(days=1)
    while not is_school_day(bare_morning(earlier), earlier):
        earlier -= timedelta(days=1)
    return earlier


def bare_morning(day: date) -> Morning:
    """A morning with nothing in it but the calendar."""
    return Morning(day, "AM", moment(day, time(9)), [], terms=TERMS, closures=HALF_TERMS)


def _off_the_minute(at: datetime) -> datetime:
    return at.replace(second=max(1, at.second))
