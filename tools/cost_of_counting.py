"""What each way of counting days of absence costs: faces to face due on each day of a made-up school year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from firstday_cli.domain.days.absence_days import SchoolDay, Was, days_absent
from firstday_cli.domain.policy import SeenEvery
from firstday_cli.domain.rating_rules import RagRating

SEED, PUPILS = 2026, 210
TERMS = (
    (date(2026, 9, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 7, 21)),
)
HALF_TERMS = (
    (date(2026, 10, 26), date(2026, 10, 30)),
    (date(2027, 2, 15), date(2027, 2, 19)),
    (date(2027, 5, 31), date(2027, 6, 4)),
)
AMBER_SHARE, RED_SHARE = 0.16, 0.03
FALLS_ILL = {RagRating.AMBER: 0.075, RagRating.GREEN: 0.025}
STAYS_AWAY = 0.45


@dataclass(frozen=True)
class Cost:
    """One way of counting, and what it asked of the school: in all, on an average day, on the fullest day."""

    count: str
    since: str
    in_all: int
    a_day: float
    fullest: int


def costs() -> Iterator[Cost]:
    """Each setting of `[counting]` over the same made-up year, every face to face made on the day it is due."""
    days = list(_school_days())
    pupils = list(_pupils(days))
    for count in ("cumulative", "spell"):
        for since in ("year", "term"):
            due = [sum(column) for column in zip(*(_due(days, *pupil, count, since) for pupil in pupils), strict=True)]
            yield Cost(count=count, since=since, in_all=sum(due), a_day=sum(due) / len(due), fullest=max(due))


def _school_days() -> Iterator[date]:
    for first, last in TERMS:
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            if day.weekday() < 5 and not any(a <= day <= b for a, b in HALF_TERMS):
                yield day


def _pupils(days: Sequence[date]) -> Iterator[tuple[RagRating, list[bool]]]:
    """Each pupil's rating and days away; RED pupils are left out, for they are seen on every day in any case."""
    chance = Random(SEED)
    for _ in range(PUPILS):
        rating = RagRating.AMBER if chance.random() < AMBER_SHARE / (1 - RED_SHARE) else RagRating.GREEN
        away, days_away = False, []
        for _ in days:
            away = chance.random() < (STAYS_AWAY if away else FALLS_ILL[rating])
            days_away.append(away)
        yield rating, days_away


def _due(days: Sequence[date], rating: RagRating, away: Sequence[bool], count: str, since: str) -> list[int]:
    every = SeenEvery().amber if rating is RagRating.AMBER else SeenEvery().green
    past, met, found = [], None, []
    for day, is_away in zip(days, away, strict=True):
        past.append(SchoolDay(day=day, sessions=(Was.MISSED if is_away else Was.IN,), was_seen=not is_away))
        begins = max(first for first, _ in TERMS if first <= day) if since == "term" else days[0]
        counted = days_absent(past, since=begins, face_to_face=met, seen=None) if is_away else None
        is_due = counted is not None and counted.counted(count) >= every
        met = day if is_due else met
        found.append(int(is_due))
    return found
