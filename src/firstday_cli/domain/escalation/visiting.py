"""The home visit and the three questions that go with it: who is owed them, from when, by when. Guidance, 8 and 9."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from firstday_cli.domain.escalation.child_now import ChildNow, Exhausted
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import CallMade, EnquiryMade, VisitMade
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london, moment

TO_GET_THERE = timedelta(hours=1)
QUESTIONS = "agency support? known in school? who knows the family?"


@record
class Asked:
    """Something asked for: from when, by when and why."""

    due: datetime
    because: str
    start: datetime | None = None


def visits_asked(child: ChildNow) -> Iterable[Asked]:
    """The home visit that is owed; for RED at once and on each school day, else once the list is exhausted."""
    if child.case is None:
        return
    if child.rating is RagRating.RED:
        if not _was_visited(child, child.times.last_school_day(child.session.day, child.case.began.day)):
            began, by = child.case.began, child.policy.morning.red_report_at
            start = moment(began.day, by) if began.half is Half.AM else None
            yield Asked(due=_red_visits_by(child), start=start, because=f"RED; {child.case.because}")
        return
    unmet = [e for e in child.exhausted if not _was_visited(child, in_london(e.at).date())]
    if unmet:
        yield Asked(due=visit_due(child, unmet[0]), because=unmet[0].because)


def visit_due(child: ChildNow, exhausted: Exhausted) -> datetime:
    """RED with the RED visits, else with all visits or an hour after the list was exhausted, whichever is later."""
    if child.rating is RagRating.RED:
        return _red_visits_by(child)
    return max(child.first_day(lambda times: times.visits_by), exhausted.at + TO_GET_THERE)


def _red_visits_by(child: ChildNow) -> datetime:
    return child.first_day(lambda times: times.red_visits_by)


def _was_visited(child: ChildNow, since: date) -> bool:
    return any(in_london(e.at).date() >= since for e in child.entries(VisitMade))


def enquiries_asked(child: ChildNow) -> Iterable[Asked]:
    """The three questions, once the list was exhausted, until they are answered; after an overseas tone a fourth."""
    if child.case is None or not child.exhausted or child.latest(EnquiryMade):
        return
    calls = (e.what for e in child.entries(CallMade))
    is_abroad = any(isinstance(c, CallMade) and c.outcome is Outcome.OVERSEAS_TONE for c in calls)
    abroad = " an overseas tone was heard: is the family abroad?" if is_abroad else ""
    because = f"{child.exhausted[0].because}: {QUESTIONS}{abroad}"
    yield Asked(due=visit_due(child, child.exhausted[0]), because=because)
