"""Counts and times as people read them."""

from datetime import date, datetime

from firstday_cli.domain.days.absence_days import DaysAbsent
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.duties import Duty


def shown_days(days: DaysAbsent) -> str:
    """Cumulative days and the spell: 4.5 in all, 1 now."""
    least = "at least " if days.at_least else ""
    return f"{least}{days.cumulative:g} in all, {days.spell:g} now"


def shown_since(days: DaysAbsent) -> str:
    """School days since anybody saw the child."""
    if not days.was_ever_seen:
        return "not known"
    return f"{days.since_seen} school day{'' if days.since_seen == 1 else 's'}"


def shown_due(due: datetime, now: datetime) -> str:
    """By when, with the day where it is not today's, and whether the time is past."""
    day = "" if due.date() == now.date() else f" on {in_words(due.date())}"
    return f"{due:%H:%M}{day}{', OVERDUE' if now > due else ''}"


def how_it_stands(duty: Duty, now: datetime) -> str:
    """How a duty stands: done and by whom, optional, owed, or overdue."""
    if duty.done:
        return f"done: {duty.done}"
    if duty.is_optional:
        return "optional"
    return "OVERDUE" if duty.is_overdue(now) else "owed"


def shown_time(at: datetime, day: date) -> str:
    """The time; with its own day, where that is another."""
    return f"{at:%H:%M}" if at.date() == day else f"{in_words(at.date())} {at:%H:%M}"
