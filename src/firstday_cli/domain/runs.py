"""The scheduled runs of a school day: at what times `morning` runs, what for, and which lists no run has made."""

from collections.abc import Container, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Calendar, Half, Session, moment

FIRST_MINUTE, LAST_MINUTE = 0, 24 * 60 - 1
EARLY = timedelta(seconds=30)  # a scheduler may start a run a moment before its minute; it is that run all the same


@record
class Run:
    """A run of every school day: so many minutes after a time of the policy, what it is for, in which session.

    `is_list` where it is the run that makes the session's list. One of no session is held where either is open.
    """

    table: str
    key: str
    minutes: int
    why: str
    half: Half | None
    is_list: bool = False

    def at(self, policy: Policy) -> time:
        """The time of day, on London's clock; never on another day."""
        return minutes_after(getattr(getattr(policy, self.table), self.key), self.minutes)


RUNS: tuple[Run, ...] = (
    Run(table="morning", key="registers_in_by", minutes=-30, half=Half.AM, why="messages, and cases still open"),
    Run(table="morning", key="registers_in_by", minutes=5, half=Half.AM, why="the morning's list", is_list=True),
    Run(table="morning", key="calls_made_by", minutes=0, half=Half.AM, why="who has not been rung in time"),
    Run(table="morning", key="red_report_at", minutes=0, half=Half.AM, why="the visits that start now"),
    Run(table="morning", key="rag_review_at", minutes=-5, half=Half.AM, why="the page of the daily review"),
    Run(table="morning", key="red_visits_by", minutes=0, half=Half.AM, why="RED visits not made in time"),
    Run(table="morning", key="visits_by", minutes=0, half=Half.AM, why="other visits not made in time"),
    Run(table="afternoon", key="registers_in_by", minutes=5, half=Half.PM, why="the afternoon's list", is_list=True),
    Run(table="afternoon", key="calls_made_by", minutes=0, half=Half.PM, why="who has not been rung in time"),
    Run(table="school", key="closes", minutes=0, half=None, why="what is left before the school closes"),
    Run(table="school", key="closes", minutes=30, half=None, why="the handover and the day's summary"),
)
LATEST_LIST = {Half.AM: ("morning", "calls_made_by"), Half.PM: ("afternoon", "calls_made_by")}


@record
class DailyRun:
    """A run of every ordinary school day: its time on London's clock, and everything that it is for."""

    at: time
    why: str
    lists: Half | None = None


@record
class RunAt:
    """A run on a certain day: its moment, and everything that it is for."""

    at: datetime
    why: str
    lists: Half | None = None


def minutes_after(at: time, minutes: int) -> time:
    """The time so many minutes later, or earlier; never on another day, and never before a time with seconds."""
    begun = at.hour * 60 + at.minute + bool(at.second or at.microsecond)
    found = min(max(begun + minutes, FIRST_MINUTE), LAST_MINUTE)
    return time(found // 60, found % 60)


def daily_runs(policy: Policy, open_halves: Container[Half] = tuple(Half)) -> tuple[DailyRun, ...]:
    """The runs of a day on which these sessions are open, earliest first; runs of one minute are one."""
    is_open = any(half in open_halves for half in Half)
    found: dict[time, list[Run]] = {}
    for run in RUNS:
        if run.half in open_halves if run.half else is_open:
            found.setdefault(run.at(policy), []).append(run)
    return tuple(
        DailyRun(
            at=at,
            why="; ".join(dict.fromkeys(run.why for run in runs)),
            lists=next((run.half for run in runs if run.is_list), None),
        )
        for at, runs in sorted(found.items())
    )


def runs_on(day: date, policy: Policy, calendar: Calendar) -> tuple[RunAt, ...]:
    """The runs of a day, earliest first; none on a day without school, none of a session that is shut.

    Runs of one moment are one. Raises InvalidSettings for a day that the calendar does not cover.
    """
    open_halves = {half for half in Half if not calendar.why_shut(Session(day=day, half=half))}
    return tuple(RunAt(at=moment(day, run.at), why=run.why, lists=run.lists) for run in daily_runs(policy, open_halves))


def next_runs(after: datetime, policy: Policy, calendar: Calendar, many: int) -> tuple[RunAt, ...]:
    """The next runs after a moment, so many of them; fewer where the calendar ends first."""
    return tuple(islice(_after(after, policy, calendar), many))


def _after(after: datetime, policy: Policy, calendar: Calendar) -> Iterator[RunAt]:
    day: date | None = max(after.date(), calendar.first)
    while day is not None and calendar.covers(day):
        yield from (run for run in runs_on(day, policy, calendar) if run.at > after)
        day = calendar.next_school_day(day)


def run_due(now: datetime, last: datetime | None, policy: Policy, calendar: Calendar) -> RunAt | None:
    """The run of today that is due and that no run has served since; None where there is none.

    One that begins half a minute early is due, and serves it. A last run dated after now has served nothing.
    """
    begun = [run for run in runs_on(now.date(), policy, calendar) if run.at - EARLY <= now]
    is_served = last is not None and begun and begun[-1].at - EARLY <= last <= now
    return begun[-1] if begun and not is_served else None


def missed_lists(since: datetime, now: datetime, policy: Policy, calendar: Calendar) -> tuple[Session, ...]:
    """The sessions whose list no run made in time between two runs: neither at its time nor by when calls are made.

    Days before the first of the two runs are not looked at; a run before the calls are due has made the list.
    """
    days = (since.date() + timedelta(days=n) for n in range((now.date() - since.date()).days + 1))
    runs = (run for day in days if calendar.covers(day) for run in runs_on(day, policy, calendar))
    return tuple(
        Session(day=run.at.date(), half=run.lists)
        for run in runs
        if run.lists and since < run.at - EARLY and now > _too_late(run.at.date(), run.lists, policy, run.at)
    )


@record
class ListsMade:
    """What is known of the lists when a run begins: when the last was, which lists runs made, which they missed."""

    since: datetime | None = None
    made: tuple[Session, ...] = ()
    missed: tuple[Session, ...] = ()


def lists_missed(before: ListsMade, now: datetime, policy: Policy, calendar: Calendar) -> tuple[Session, ...]:
    """The sessions whose list no run made in time: those told of before, as long as they are of use, and new ones.

    One is told of through the day on which it was found, and through the next school day unless its list was made.
    """
    fresh = missed_lists(before.since, now, policy, calendar) if before.since else ()
    told = [s for s in before.missed if not _is_told_enough(s, before, now.date(), calendar)]
    return tuple(sorted({*(s for s in fresh if s not in before.made), *told}, key=lambda s: (s.day, s.half)))


def _is_told_enough(session: Session, before: ListsMade, today: date, calendar: Calendar) -> bool:
    if before.since is not None and before.since.date() == today:
        return False
    following = calendar.next_school_day(session.day) if calendar.covers(session.day) else None
    return session in before.made or following is None or today > following


def _too_late(day: date, half: Half, policy: Policy, listed: datetime) -> datetime:
    """After when a run has not made the session's list in time: when its calls are due."""
    table, key = LATEST_LIST[half]
    return max(moment(day, getattr(getattr(policy, table), key)), listed)
