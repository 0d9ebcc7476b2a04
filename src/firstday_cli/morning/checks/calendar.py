"""Checks of the calendar: whether today is in it, bank holidays that it leaves out, and its end drawing near."""

from collections.abc import Iterator

from firstday_cli.domain.school_days import bank_holidays_in_term, in_words
from firstday_cli.morning.checks.looking import Surroundings
from firstday_cli.reports.health import Check, failed, fine, warned

SOON_DAYS = 28
ADD_TERMS = "add the next terms to calendar.toml, with their closures and bank holidays"
PROCLAIMED = "one by proclamation, such as a coronation, is not known here: add it yourself"


def today(at: Surroundings) -> Iterator[Check]:
    """The session of now, and whether there is school."""
    if at.desk is None:
        return
    desk = at.desk
    shut = desk.calendar.why_shut(desk.session)
    yield fine("today", f"{desk.session}, {desk.now:%H:%M} in London: {shut or 'school is open'}")


def holidays(at: Surroundings) -> Iterator[Check]:
    """Whether every bank holiday of England inside a term is a closure."""
    if at.desk is None:
        return
    missing = bank_holidays_in_term(at.desk.calendar, at.desk.now.date())
    if missing:
        days = ", ".join(f"{in_words(day)} ({name})" for day, name in missing.items())
        yield warned("bank holidays", f"school is open on {days}", "add each to calendar.toml as a closure")
    else:
        yield fine("bank holidays", f"none in a term is missing; {PROCLAIMED}")


def ending(at: Surroundings) -> Iterator[Check]:
    """How long the calendar goes on: after its last day no list can be made."""
    if at.desk is None:
        return
    last, day = at.desk.calendar.last, at.desk.session.day
    left = (last - day).days
    if left < 0:
        yield failed("calendar ends", f"it ended on {in_words(last)}: no list can be made since", ADD_TERMS)
    elif left <= SOON_DAYS:
        yield warned("calendar ends", f"its last day is {in_words(last)}, in {left} days", ADD_TERMS)
    else:
        yield fine("calendar ends", f"its last day is {in_words(last)}")
