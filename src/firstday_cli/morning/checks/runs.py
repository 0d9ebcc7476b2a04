"""Checks of the scheduled step: when it ran last, what it found, and which lists were missed since."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from firstday_cli.desk import Desk
from firstday_cli.domain.log.entries import SchoolClosed
from firstday_cli.domain.runs import lists_missed, next_runs, run_due
from firstday_cli.domain.school_days import Calendar, Closure, Half, in_words
from firstday_cli.errors import PROVISIONAL
from firstday_cli.morning.checks.looking import NOT_READABLE, Surroundings
from firstday_cli.morning.heartbeat import HEARTBEAT, HowFar, LastRun, last_run
from firstday_cli.reports.health import Check, failed, fine, warned

NAME = "last run"
SCHEDULE = "`firstday schedule` says how this machine is made to run it each school day"
RUN_NOW = "run `firstday morning` now, and see that the machine is on at the times of `firstday schedule`"
LONG, LATE = timedelta(minutes=30), timedelta(minutes=15)
IN_WORDS = {
    0: "nothing outstanding", 10: "somebody must act", 11: "act now", 12: "the list may be wrong",
    20: "a file could not be read", 22: "something could not be written",
}  # fmt: skip


def scheduled(at: Surroundings) -> Iterator[Check]:
    """When the scheduled step ran last and how it ended; a list that was missed since fails on a school day."""
    if at.desk is None:
        return
    if not (at.folder / HEARTBEAT).exists():
        yield warned(NAME, "the scheduled step has never run here", SCHEDULE)
        return
    ran = _last_run(at.folder)
    if ran is None:
        yield failed(NAME, f"{HEARTBEAT} says nothing that can be read", "run `firstday morning`, which writes it anew")
        return
    yield _how_it_ended(at.desk, ran)
    yield from _missed(at.desk, ran)


def _last_run(school: Path) -> LastRun | None:
    """The last run as the heartbeat has it; None where the file says nothing that can be read."""
    try:
        return last_run(school)
    except NOT_READABLE:
        return None


def _how_it_ended(desk: Desk, ran: LastRun) -> Check:
    when = f"{in_words(ran.as_of.date())} {ran.as_of:%H:%M}"
    troubles = "; ".join(ran.troubles)
    if ran.as_of > desk.now:
        return warned(NAME, f"it is said to have run at {when}, which is still to come", "set this machine's clock")
    if ran.state is HowFar.FAILED:
        return failed(NAME, f"{when}: it failed: {troubles or 'nothing says why'}", f"mend that, then {RUN_NOW}")
    if ran.state is HowFar.BEGUN:
        if desk.now - ran.as_of < LONG:
            return fine(NAME, f"{when}: it is at work")
        return failed(NAME, f"{when}: it began and never ended: it was stopped, or the machine went off", RUN_NOW)
    ended = f"{when}: ended with {ran.exit_code}, {IN_WORDS.get(ran.exit_code or 0, 'something went wrong')}"
    if troubles or (ran.exit_code or 0) > PROVISIONAL:
        return warned(NAME, f"{ended}: {troubles}" if troubles else ended, "see to that; the next run looks again")
    return fine(NAME, f"{ended}; {_next(desk)}")


def _next(desk: Desk) -> str:
    coming = next_runs(desk.now, desk.policy, open_days(desk), 1)
    return f"next {in_words(coming[0].at.date())} {coming[0].at:%H:%M}" if coming else "none comes: the calendar ends"


def _missed(desk: Desk, ran: LastRun) -> Iterator[Check]:
    """The lists that no run made in time since the last that was done, and a run of today that is late."""
    calendar, done = open_days(desk), ran.done_at
    if not calendar.covers(desk.now.date()):
        return
    missed = lists_missed(ran.lists, desk.now, desk.policy, calendar)
    if missed:
        is_school_day = calendar.is_school_day(desk.now.date())
        found = f"no run made the list of {', '.join(map(str, missed))} in time"
        yield failed("missed lists", found, RUN_NOW) if is_school_day else warned("missed lists", found, RUN_NOW)
        return
    late = run_due(desk.now, done, desk.policy, calendar)
    if late and desk.now - late.at > LATE:
        yield warned("late run", f"the run of {late.at:%H:%M} was not made: {late.why}", RUN_NOW)


def open_days(desk: Desk) -> Calendar:
    """The calendar with the sessions that somebody said the school was shut for: no run of those is missed."""
    if not desk.has_store:
        return desk.calendar
    from firstday_cli.store.log import closures

    said = _as_closures(closures(desk.store, desk.known_until))
    return replace(desk.calendar, closures=(*desk.calendar.closures, *said))


def _as_closures(said: Sequence[SchoolClosed]) -> tuple[Closure, ...]:
    return tuple(
        Closure(first=c.day, last=c.day, why=c.why, sessions=(c.half,) if c.half else tuple(Half)) for c in said
    )
