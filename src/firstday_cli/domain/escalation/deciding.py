"""Why a person must decide: signs of danger, visits that did not see the child, times that passed. Guidance, 10."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.escalation.wait import wait_of
from firstday_cli.domain.log.calls import HOW_IT_ENDED, Outcome
from firstday_cli.domain.log.entries import CallMade, DecisionMade, Logged, ReferralAnswered, VisitMade
from firstday_cli.domain.log.escalated import Judgement, Reply
from firstday_cli.domain.log.visits import AT_THE_DOOR, VisitOutcome
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words


@record
class Cause:
    """One reason to decide: since when, the entry that says so if any, by when."""

    at: datetime
    number: int = 0
    due: datetime
    because: str


def open_causes(child: ChildNow) -> tuple[Cause, ...]:
    """The reasons that no decision came after, the most pressing first.

    Whoever decided before a sign was written down did not know of it, whenever it happened.
    """
    decided = tuple(child.ever_of(DecisionMade))
    found = (c for c in _causes(child) if not any(e.at >= c.at and e.number > c.number for e in decided))
    return tuple(sorted(found, key=lambda c: (c.due, c.number)))


def _causes(child: ChildNow) -> Iterable[Cause]:
    for entry in child.troubles:
        yield Cause(at=entry.at, number=entry.number, due=entry.at, because=_trouble(entry))
    unvisited = _unvisited_since(child)
    if unvisited is not None:
        yield Cause(at=unvisited, due=unvisited, because=f"nobody visited by {unvisited:%H:%M on %d/%m/%Y}")
    yield from _outside_school_time(child)


def is_trouble(entry: Logged) -> bool:
    """Whether an entry asks for a decision: what a call or a visit came to, or a referral that was refused."""
    match entry.what:
        case CallMade(outcome=outcome):
            return outcome in (Outcome.THOUGHT_IN_SCHOOL, Outcome.DOES_NOT_KNOW_WHERE, Outcome.CHILD_ANSWERED)
        case VisitMade(outcome=found):
            return not AT_THE_DOOR[found].is_seen
        case ReferralAnswered(reply=reply):
            return reply is Reply.REFUSED
        case _:
            return False


def outlives_the_case(entry: Logged) -> bool:
    """Whether only a decision settles it: a visitor who was worried is not answered by the child's coming in."""
    return isinstance(entry.what, VisitMade) and entry.what.outcome is VisitOutcome.CONCERN


def _trouble(entry: Logged) -> str:
    match entry.what:
        case CallMade(outcome=Outcome.CHILD_ANSWERED):
            return f"the child answered the telephone, and no adult: is it alone? ({entry.source})"
        case CallMade(outcome=outcome):
            return f"a contact {HOW_IT_ENDED[outcome]} ({entry.source})"
        case VisitMade(outcome=found):
            return f"home visit: {found.value}, the child was not seen ({entry.source})"
        case ReferralAnswered(to=to):
            return f"{to.value} refused the referral ({entry.source})"
        case _:
            return entry.source


def _unvisited_since(child: ChildNow) -> datetime | None:
    """When visits were due on the first day of the case, if they are past and nobody had been there by then."""
    if child.case is None:
        return None
    by = child.first_day(lambda times: times.visits_by)
    if child.rating is RagRating.RED:
        by = min(by, child.first_day(lambda times: times.red_visits_by))
    return by if child.now > by and not any(e.at <= by for e in child.entries(VisitMade)) else None


def _outside_school_time(child: ChildNow) -> Iterable[Cause]:
    """A wait that is over when nobody is in school: it is decided again before the school closes.

    Where no concern was seen before the wait began, the first decision since then is the one that knows of it.
    """
    wait, accepted = wait_of(child), accepted_wait(child)
    if wait is None or accepted is None or wait.worry or child.times.contains(wait.ends):
        return
    since = max(accepted.at, wait.starts)
    due = max(since, child.times.close_before(wait.ends) or since)
    over = f"{wait.ends:%H:%M} on {in_words(wait.ends.date())}"
    because = f"the wait is over at {over}, outside school time: refer now, or say why not and who is on call"
    yield Cause(at=since, number=accepted.number, due=due, because=because)


def accepted_wait(child: ChildNow) -> Logged | None:
    """The first decision of the case that there is no immediate concern."""
    found: Sequence[Logged] = tuple(child.entries(DecisionMade))
    return next((e for e in found if _sees_no_concern(e)), None)


def _sees_no_concern(entry: Logged) -> bool:
    return isinstance(entry.what, DecisionMade) and entry.what.judgement is Judgement.NO_IMMEDIATE_CONCERN
