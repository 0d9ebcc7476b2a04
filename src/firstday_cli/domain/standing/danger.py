"""Signs of danger: a parent who thought the child was in school, or does not know where it is; until it is found."""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.entries import (
    CallMade,
    ExplanationGiven,
    Logged,
    MessageHeard,
    MessageMatched,
    PupilSeen,
    danger_in,
    is_danger,
    sighting_in,
)
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Event, Standing, StandingKind

SEEN = (Event.SEEN, Event.ARRIVED)
TAKEN_ABROAD = frozenset({"forced-marriage-risk", "fgm-risk", "abduction-risk"})


@record
class Danger:
    """A sign of danger that nothing has settled: how the call ended, or what a message says, and its entry."""

    outcome: str
    entry: Logged

    @property
    def because(self) -> str:
        """Who said it to whom, or which message says it."""
        what = self.entry.what
        if isinstance(what, MessageMatched):
            return f"message {what.message_id} says “{what.danger}”, matched by {self.entry.source}"
        if isinstance(what, MessageHeard):
            return f"a message says “{what.danger}”, heard by {self.entry.source}"
        return f"said to {self.entry.source}"


def dangers(days: PupilDays, pupil_id: PupilId, now: Standing) -> Iterable[Danger]:
    """The signs of danger about a pupil that stand: nobody has seen the child or said where it is since.

    They outlive the day and every rung of the ladder. Guidance, step 10: action without delay.
    """
    log = days.evidence.histories.of(pupil_id).log
    for entry in log:
        if is_danger(entry) and not is_settled(days, pupil_id, entry, log, now):
            yield Danger(outcome=danger_in(entry.what).value, entry=entry)


def overseas_risk(days: PupilDays, pupil_id: PupilId, began: date) -> Logged | None:
    """The overseas tone heard since a case began, about a child who may be taken abroad; None where there is none."""
    may_be_taken = any(flag.flag in TAKEN_ABROAD for flag in days.session.ratings.flags(pupil_id))
    log = days.evidence.histories.of(pupil_id).log if may_be_taken else ()
    heard = (e for e in log if isinstance(e.what, CallMade) and e.what.outcome is Outcome.OVERSEAS_TONE)
    return next((e for e in heard if began <= in_london(e.at).date() and e.at <= days.evidence.now), None)


def is_settled(days: PupilDays, pupil_id: PupilId, sign: Logged, log: Iterable[Logged], now: Standing) -> bool:
    """Whether somebody has seen the child since a sign, or has said where it is."""
    if any(_settles(later, sign) for later in log):
        return True
    happened = (e for s in (days.session.morning, days.session) for e in s.happenings.get(pupil_id, ()))
    if any(event.event in SEEN and event.at > sign.at for event in happened):
        return True
    said_on = in_london(sign.at).date()
    if said_on < days.day and now.kind is StandingKind.IN_SCHOOL:
        return True
    return any(day.was_seen for day in days.before.earlier(pupil_id) if day.day > said_on)


def _settles(later: Logged, sign: Logged) -> bool:
    """Whether an entry says, of a moment after the sign, where the child is; a message settles no danger."""
    if later.at <= sign.at:
        return False
    days = {in_london(sign.at).date(), in_london(later.at).date()}
    match sighting_in(later.what) or later.what:
        case PupilSeen(day=day):
            return day >= in_london(sign.at).date()
        case ExplanationGiven(first_day=first, last_day=last):
            return any(first <= day <= last for day in days)
        case MessageHeard(first_day=first, last_day=last):
            return not is_danger(sign) and any(first <= day <= last for day in days)
        case CallMade(outcome=outcome, first_day=first, last_day=last):
            return FOLLOWS[outcome].explains and any(first <= day <= last for day in days)
        case _:
            return False
