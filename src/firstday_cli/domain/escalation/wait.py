"""The further wait before social care: when it starts and ends, whether anybody went on trying. Guidance, 10."""

from datetime import UTC, datetime, timedelta

from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, DecisionMade, Logged, ReferralMade, VisitMade, is_danger
from firstday_cli.domain.log.escalated import Body, Judgement
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, moment


@record
class Wait:
    """The wait of one case: it runs on elapsed time, is never paused, and a new worry ends it at once."""

    starts: datetime
    ends: datetime
    worry: Logged | None = None


def wait_of(child: ChildNow) -> Wait | None:
    """The wait, once it has started; None for a child that is never offered one.

    It starts once: when the list was exhausted and the first visit failed, at the latest when visits are due on the
    first day of the case.
    """
    if child.case is None or child.never_waits:
        return None
    starts = _starts(child)
    if starts > child.now:
        return None
    ends = wait_to_keep(child) or starts
    worries = (e for e in child.log if e.at > starts and is_worry(e))
    worry = min(worries, key=lambda e: (e.at, e.number), default=None)
    return Wait(starts=starts, ends=min(ends, worry.at) if worry else ends, worry=worry)


def wait_to_keep(child: ChildNow) -> datetime | None:
    """When the wait of this case is over as things stand, to be written down with a decision; None without one."""
    if child.case is None or child.never_waits:
        return None
    return min((wait_over(_starts(child), child.policy.escalation.wait_hours), *_promised(child)))


def _starts(child: ChildNow) -> datetime:
    latest = child.first_day(lambda times: times.visits_by)
    failed = next((e.at for e in child.entries(VisitMade)), None)
    if not child.exhausted or failed is None:
        return latest
    return min(latest, max(child.exhausted[0].at, failed))


def wait_over(starts: datetime, hours: int) -> datetime:
    """The moment so many elapsed hours later, on London's clock."""
    return in_london(starts.astimezone(UTC) + timedelta(hours=hours))


def _promised(child: ChildNow) -> list[datetime]:
    """What was written down when it was decided: no later entry and no later file moves it."""
    decided = (e.what for e in child.entries(DecisionMade))
    return [what.wait_ends for what in decided if isinstance(what, DecisionMade) and what.wait_ends is not None]


def is_worry(entry: Logged) -> bool:
    """Whether an entry is a new worry: a danger heard, a worried visitor, a decision that there is harm or crime."""
    match entry.what:
        case VisitMade(outcome=outcome):
            return AT_THE_DOOR[outcome].is_danger
        case DecisionMade(judgement=judgement):
            return judgement is not Judgement.NO_IMMEDIATE_CONCERN
        case _:
            return is_danger(entry)


def without_tries(child: ChildNow) -> str:
    """Why the wait is a red flag: nobody has tried since it started, and it is over, or a morning's calls are past."""
    wait = wait_of(child)
    if wait is None or wait.worry or _is_told(child) or any(e.at > wait.starts and _is_try(e) for e in child.log):
        return ""
    calls_were_due = moment(child.session.day, child.policy.morning.calls_made_by)
    is_later_day = child.session.day > in_london(wait.starts).date() and child.times.is_school_day(child.session.day)
    if child.now > wait.ends or (is_later_day and child.now > calls_were_due):
        return f"nobody was rung or visited since the wait began at {wait.starts:%H:%M on %d/%m/%Y}"
    return ""


def _is_told(child: ChildNow) -> bool:
    """Whether social care knows: the wait has done its work."""
    return any(isinstance(e.what, ReferralMade) and e.what.to is Body.SOCIAL_CARE for e in child.log)


def _is_try(entry: Logged) -> bool:
    if isinstance(entry.what, VisitMade):
        return True
    return isinstance(entry.what, CallMade) and FOLLOWS[entry.what.outcome].is_try
