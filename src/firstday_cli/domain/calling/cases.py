"""Cases: an absence that nobody has explained, from its first session until the child is seen or accounted for.

A case opens at a session that is unexplained, or unknown and not looked for in time. A sighting, an answer or an
explanation ends it; nights, newer exports and marks that say nothing of the child do not. Guidance, steps 5 to 7.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from firstday_cli.domain.calling.rounds import Rounds, rounds
from firstday_cli.domain.calling.silence import (
    accounts_for,
    begins,
    is_silent,
    says_nothing,
    was_known_in_time,
    was_silent_before,
    was_unknown_then,
)
from firstday_cli.domain.days.absence_days import SchoolDay, Was
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    CallMade,
    ExplanationGiven,
    Finding,
    InSchoolChecked,
    Logged,
    MessageHeard,
    PupilSeen,
    days_of,
    sighting_in,
)
from firstday_cli.domain.log.escalated import Escalated
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, in_words, moment
from firstday_cli.domain.standing.days_before import FOLLOWED_FOR
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Event, Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

K = StandingKind
LATELY = 10  # school days on which a mark that says nothing of the child is looked behind, whatever the log says


@record
class Case:
    """One open case: the session it began in, why it is open, how far the contact list has been rung, by when.

    What is logged after `since` belongs to it: its beginning, or the last moment of that day at which the child was
    accounted for.
    """

    began: Session
    since: datetime
    because: str
    rounds: Rounds
    due: datetime


def case_of(days: PupilDays, pupil_id: PupilId, now: Standing) -> Case | None:
    """The pupil's open case; None where there is none."""
    opened, was_ended = _opened_today(days, pupil_id, now)
    began = opened if was_ended else _still_open(days, pupil_id, now) or opened
    if began is None:
        return None
    policy = days.evidence.policy
    contacts = days.evidence.contacts.of(pupil_id)
    calling = rounds(contacts, calls_that_count(days, pupil_id), policy.calling)
    opened_on = "" if began.day == days.day else f"; open since {in_words(began.day)} {began.half}"
    return Case(
        began=began, since=_since(days, pupil_id, began), because=f"{now.because}{opened_on}", rounds=calling,
        due=calls_due(began, calling, policy),
    )  # fmt: skip


def _since(days: PupilDays, pupil_id: PupilId, began: Session) -> datetime:
    accounted_for = _accounted_for(days, pupil_id) if began.day == days.day else ()
    return max((begins(began, days.evidence.policy), *accounted_for))


def calls_due(began: Session, calling: Rounds, policy: Policy) -> datetime:
    """Round 1 with the calls of the session it began in; the next a pause after it opens, if that is later."""
    times = policy.morning if began.half is Half.AM else policy.afternoon
    due = moment(began.day, times.calls_made_by)
    if calling.opens is None:
        return due
    return max(due, calling.opens + timedelta(minutes=policy.calling.minutes_between_rounds))


def _opened_today(days: PupilDays, pupil_id: PupilId, now: Standing) -> tuple[Session | None, bool]:
    """The session of today in which a case opened and is open still, and whether anything today ended one."""
    opened, was_ended, codes = None, False, days.evidence.policy.codes
    is_followed = days.before.is_followed(pupil_id)
    for session in dict.fromkeys((days.session.morning, days.session)):
        if pupil_id in session.counted_in:
            opened, was_ended = None, True
            continue
        stands = now if session is days.session else standing(session.facts(pupil_id), codes)
        was_seen = bool(_sightings(session, pupil_id))
        if was_seen or (accounts_for(stands) and not (stands.by_code_alone and is_followed)):
            opened, was_ended = None, True
        if is_silent(session, pupil_id, stands) or (
            says_nothing(stands) and not was_seen and was_silent_before(session, pupil_id)
        ):
            opened = opened or session.session
    return opened, was_ended


def _still_open(days: PupilDays, pupil_id: PupilId, now: Standing) -> Session | None:
    """The session of an earlier day in which a case opened that nothing has ended since."""
    is_followed = days.before.is_followed(pupil_id)
    if not (now.kind is K.UNEXPLAINED or says_nothing(now) or (now.by_code_alone and is_followed)):
        return None
    began, all_earlier = None, _earlier(days, pupil_id)
    spoken_of, in_vain = _rung_since(days, pupil_id), _looked_for_in_vain(days, pupil_id)
    lately = {d.day for d in (*all_earlier[-LATELY:], *(d for d in all_earlier if d.day >= spoken_of))}
    for earlier in reversed(all_earlier):
        was_away = not {Was.MISSED, Was.NOT_KNOWN}.isdisjoint(earlier.after_last_in)
        ended_in = earlier.was_seen and earlier.sessions[-1] is Was.IN
        may_be_silent = was_away or earlier.day in in_vain or (not ended_in and earlier.day in lately)
        opened, ended = (
            _on(days.session.of_day(earlier.day), pupil_id, is_followed=is_followed) if may_be_silent else (None, False)
        )
        began = opened or began
        if ended or earlier.was_seen:
            break
    return None if began is None or _was_found_without_school(days, pupil_id, began) else began


def _looked_for_in_vain(days: PupilDays, pupil_id: PupilId) -> set[date]:
    """The days on which somebody looked for the child and did not find it, whoever saw it before on the same day."""
    log = days.evidence.histories.of(pupil_id).log
    checks = (e.what for e in log if isinstance(e.what, InSchoolChecked))
    return {check.day for check in checks if check.finding in (Finding.NOT_FOUND, Finding.NOT_ARRIVED)}


def _earlier(days: PupilDays, pupil_id: PupilId) -> list[SchoolDay]:
    """The pupil's school days before today, and those closed since, for a case may have opened first."""
    known = days.before.earlier(pupil_id)
    log = days.evidence.histories.of(pupil_id).log
    spoken_of = {e.at.date() for e in log if isinstance(e.what, CallMade | Escalated)}
    others = ({c.day for c in days.evidence.closed} | spoken_of) - {day.day for day in known}
    since = days.day - FOLLOWED_FOR
    lost = (day for day in others if since <= day < days.day and days.evidence.calendar.covers(day))
    return sorted([*known, *(SchoolDay(day=day, sessions=()) for day in lost)], key=lambda day: day.day)


def _rung_since(days: PupilDays, pupil_id: PupilId) -> date:
    """The first day of late on which anybody rang, visited, decided or referred; tomorrow where nobody did."""
    log = days.evidence.histories.of(pupil_id).log
    at = (e.at.date() for e in log if isinstance(e.what, CallMade | Escalated))
    return min((day for day in at if day >= days.day - FOLLOWED_FOR), default=days.day + timedelta(days=1))


def _was_found_without_school(days: PupilDays, pupil_id: PupilId, began: Session) -> bool:
    """Whether somebody saw the child or said where it was on a day without school since: that ends a case as well."""
    evidence = days.evidence
    log = (e for e in evidence.histories.of(pupil_id).log if e.at.date() > began.day and e.at <= evidence.now)
    said = (e.at.date() for e in log if _explains(e) and _is_of_its_day(e))
    known = (day for day in said if evidence.calendar.covers(day))
    return any(all(evidence.is_shut(Session(day=day, half=half)) for half in Half) for day in known)


def _is_of_its_day(entry: Logged) -> bool:
    """Whether an entry speaks of the day on which it was said."""
    first, last = days_of(entry.what)
    return first is not None and last is not None and first <= entry.at.date() <= last


def _on(sessions: Sequence[SessionFacts], pupil_id: PupilId, *, is_followed: bool) -> tuple[Session | None, bool]:
    """The session of that day in which a case was open, and whether the absence was explained on it."""
    opened = None
    for session in reversed([s for s in sessions if was_known_in_time(s, pupil_id)]):
        stands = standing(session.facts(pupil_id), session.evidence.policy.codes)
        if accounts_for(stands) and not (stands.by_code_alone and is_followed):
            return opened, True
        was_unknown = stands.kind is K.UNKNOWN and was_unknown_then(session, pupil_id)
        if stands.kind is K.UNEXPLAINED or was_unknown or was_silent_before(session, pupil_id):
            opened = session.session
    return opened, False


def calls_that_count(days: PupilDays, pupil_id: PupilId) -> tuple[Logged, ...]:
    """The calls of today about this child since it was last accounted for: rounds begin again with each case."""
    todays = tuple(e for e in days.logged(pupil_id) if is_call_of(e, days.day))
    since = max(_accounted_for(days, pupil_id), default=None)
    return tuple(e for e in todays if since is None or e.at > since)


def is_call_of(entry: Logged, day: date) -> bool:
    """Whether an entry about this day is a call, and was made on it."""
    return isinstance(entry.what, CallMade) and entry.at.date() == day


def _accounted_for(days: PupilDays, pupil_id: PupilId) -> Iterable[datetime]:
    """The moments of today at which somebody saw the child or said where it was."""
    for session in dict.fromkeys((days.session.morning, days.session)):
        yield from _sightings(session, pupil_id)
    if days.session is not days.session.morning and _ended_the_morning_in(days.session.morning, pupil_id):
        yield moment(days.day, days.evidence.policy.afternoon.starts)
    yield from (e.at for e in days.logged(pupil_id) if e.at.date() == days.day and _explains(e))


def _ended_the_morning_in(morning: SessionFacts, pupil_id: PupilId) -> bool:
    if pupil_id in morning.counted_in:
        return True
    return standing(morning.facts(pupil_id), morning.evidence.policy.codes).kind is K.IN_SCHOOL


def _sightings(session: SessionFacts, pupil_id: PupilId) -> list[datetime]:
    """When somebody saw the child in this session."""
    seen = (Event.SEEN, Event.ARRIVED)
    return [event.at for event in session.happenings.get(pupil_id, ()) if event.event in seen]


def _explains(entry: Logged) -> bool:
    match sighting_in(entry.what) or entry.what:
        case CallMade(outcome=outcome):
            return FOLLOWS[outcome].explains
        case MessageHeard(danger=danger):
            return not danger
        case ExplanationGiven() | PupilSeen():
            return True
        case _:
            return False
