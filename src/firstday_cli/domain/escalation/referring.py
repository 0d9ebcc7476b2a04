"""Who must be told or asked for help, from when, and who has not answered yet. Guidance, step 10."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.escalation.deciding import accepted_wait
from firstday_cli.domain.escalation.visiting import Asked
from firstday_cli.domain.escalation.wait import wait_of
from firstday_cli.domain.log.calls import HOW_IT_ENDED, Outcome
from firstday_cli.domain.log.entries import CallMade, DecisionMade, Logged, ReferralAnswered, ReferralMade
from firstday_cli.domain.log.escalated import Body, Judgement, Reply
from firstday_cli.domain.school_days import in_london, in_words, moment

A_DAY = timedelta(days=1)
NEVER_WAITS = "no wait is offered for this child"


def police_asked(child: ChildNow) -> Iterable[Asked]:
    """The police, at once: a crime suspected, or a family that does not know where the child is."""
    decided = (e for e in child.ever_of(DecisionMade) if _judged(e, Judgement.CRIME))
    for entry in decided:
        if not _referred_after(child, Body.POLICE, entry):
            yield Asked(due=entry.at, because=f"decided: reason to suspect a crime ({entry.source})")
    for danger in child.dangers:
        if not _referred_after(child, Body.POLICE, danger.entry):
            is_call = isinstance(danger.entry.what, CallMade)
            heard = f"a contact {HOW_IT_ENDED[Outcome(danger.outcome)]} ({danger.entry.source})"
            because = heard if is_call else danger.because
            yield Asked(due=danger.entry.at, because=because)


def harm_asked(child: ChildNow) -> Iterable[Asked]:
    """Children's social care, at once: harm was decided, or no concern of a child that is never to wait."""
    decided = (e for e in child.apart(DecisionMade) if _judged(e, Judgement.HARM))
    for entry in decided:
        if not _referred_after(child, Body.SOCIAL_CARE, entry):
            yield Asked(due=entry.at, because=f"decided: immediate concern of significant harm ({entry.source})")
    accepted = accepted_wait(child) if child.case and child.never_waits else None
    if accepted and not _referrals(child, Body.SOCIAL_CARE):
        yield Asked(due=accepted.at, because=f"no reply, and {NEVER_WAITS} ({accepted.source})")


def waited_for(child: ChildNow) -> Iterable[Asked]:
    """Children's social care when the wait is over; a new worry ends it at once."""
    wait = wait_of(child)
    if wait is None or _referrals(child, Body.SOCIAL_CARE):
        return
    since = f"no reply since {wait.starts:%H:%M} on {in_words(wait.starts.date())}"
    if wait.worry:
        yield Asked(due=wait.ends, because=f"{since}; a new worry ended the wait ({wait.worry.source})")
        return
    hours = child.policy.escalation.wait_hours
    yield Asked(due=wait.ends, because=f"{since}: {hours} hours of trying, which nothing pauses")


def attendance_team_asked(child: ChildNow) -> Iterable[Asked]:
    """The attendance team, by the close of school: no immediate concern was decided, and it has not been asked."""
    refused = [e for e in child.entries(ReferralAnswered) if _is_refusal(e, Body.ATTENDANCE_TEAM)]
    since = max((_order(e) for e in refused), default=None)
    found = (e for e in _decided(child, Judgement.NO_IMMEDIATE_CONCERN) if since is None or _order(e) > since)
    decided = next(iter(found), None) if child.case else None
    asked = (e for e in _referrals(child, Body.ATTENDANCE_TEAM) if since is None or _order(e) > since)
    if decided and not any(asked):
        yield Asked(
            due=child.times.close_after(decided.at), because=f"decided: no immediate concern ({decided.source})"
        )


def _is_refusal(entry: Logged, body: Body) -> bool:
    what = entry.what
    return isinstance(what, ReferralAnswered) and what.to is body and what.reply is Reply.REFUSED


def chases(child: ChildNow) -> Iterable[Asked]:
    """The bodies that have not answered a referral: chased one school day after it."""
    for body in Body:
        since = max((_order(e) for e in child.ever_of(ReferralAnswered) if _is_with(e, body)), default=None)
        made = (e for e in child.apart(ReferralMade) if _is_with(e, body))
        waiting = [e for e in made if since is None or _order(e) > since]
        if waiting:
            because = f"{body.value} has not answered the referral ({waiting[0].source})"
            yield Asked(due=_a_school_day_after(child, waiting[0].at), because=because)


def _a_school_day_after(child: ChildNow, at: datetime) -> datetime:
    """The same time on the next school day, at the latest when the school closes."""
    at = in_london(at)
    later = child.times.next_school_day(at.date()) or at.date() + A_DAY
    same = moment(later, time(at.hour, at.minute, at.second))
    return min(same, child.times.closes(later) or same)


def _decided(child: ChildNow, judgement: Judgement) -> Iterable[Logged]:
    return (e for e in child.entries(DecisionMade) if _judged(e, judgement))


def _judged(entry: Logged, judgement: Judgement) -> bool:
    return isinstance(entry.what, DecisionMade) and entry.what.judgement is judgement


def _referrals(child: ChildNow, body: Body) -> list[Logged]:
    return [e for e in child.entries(ReferralMade) if _is_with(e, body)]


def _referred_after(child: ChildNow, body: Body, entry: Logged) -> bool:
    return any(_order(e) >= _order(entry) for e in child.ever_of(ReferralMade) if _is_with(e, body))


def _is_with(entry: Logged, body: Body) -> bool:
    """Whether it is a referral to this body, or an answer from it."""
    return isinstance(entry.what, ReferralMade | ReferralAnswered) and entry.what.to is body


def _order(entry: Logged) -> tuple[datetime, int]:
    return entry.at, entry.number
