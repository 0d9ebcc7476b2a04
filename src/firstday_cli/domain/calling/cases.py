"""Cases: an absence that nobody has explained, from its first session until the child is seen or accounted for.

A case opens at a session that is unexplained, or unknown and not looked for in time. A sighting, an answer or an
explanation ends it; nights, newer exports and marks that say nothing of the child do not. Guidance, steps 5 to 7.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from firstday_cli.domain.calling.rounds import Rounds, rounds
from firstday_cli.domain.days.absence_days import Was
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, ExplanationGiven, InSchoolChecked, Logged, MessageHeard
from firstday_cli.domain.marks import Treatment, code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, in_words, moment
from firstday_cli.domain.standing.absent_child import looked_for_by
from firstday_cli.domain.standing.newest import rows_about
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Event, Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

K = StandingKind
LATELY = 10  # school days on which a mark that says nothing of the child is looked behind


@record
class Case:
    """One open case: the session it began in, why it is open, how far the contact list has been rung, by when."""

    began: Session
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
    since = "" if began.day == days.day else f"; open since {in_words(began.day)} {began.half}"
    return Case(began=began, because=f"{now.because}{since}", rounds=calling, due=_due(began, calling, policy))


def _due(began: Session, calling: Rounds, policy: Policy) -> datetime:
    """Round 1 with the calls of the session it began in; the next a pause after it opens, if that is later."""
    times = policy.morning if began.half is Half.AM else policy.afternoon
    due = moment(began.day, times.calls_made_by)
    if calling.opens is None:
        return due
    return max(due, calling.opens + timedelta(minutes=policy.calling.minutes_between_rounds))


def _opened_today(days: PupilDays, pupil_id: PupilId, now: Standing) -> tuple[Session | None, bool]:
    """The session of today in which a case opened and is open still, and whether anything today ended one."""
    opened, was_ended, codes = None, False, days.evidence.policy.codes
    for session in dict.fromkeys((days.session.morning, days.session)):
        if pupil_id in session.counted_in:
            opened, was_ended = None, True
            continue
        stands = now if session is days.session else standing(session.facts(pupil_id), codes)
        was_seen = bool(_sightings(session, pupil_id))
        if was_seen or stands.kind in (K.EXPLAINED, K.IN_SCHOOL):
            opened, was_ended = None, True
        if _is_silent(session, stands) or (
            _says_nothing(stands) and not was_seen and _was_marked_absent(session, pupil_id)
        ):
            opened = opened or session.session
    return opened, was_ended


def _says_nothing(stands: Standing) -> bool:
    """Whether a standing tells nothing of where the child is: no word, and nobody has seen it."""
    return stands.kind in (K.UNKNOWN, K.OFF_SITE, K.NOT_EXPECTED) and not stands.confirmed


def _is_silent(session: SessionFacts, now: Standing) -> bool:
    late = session.evidence.now > looked_for_by(session)
    return now.kind is K.UNEXPLAINED or (now.kind is K.UNKNOWN and late)


def _was_marked_absent(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether an earlier register of this session had the child absent with nothing said: a newer mark is no word."""
    codes = session.evidence.policy.codes
    for _, row in rows_about(session.sheets, pupil_id):
        code = code_on(row.mark or "", session.session.day)
        says_why = row.mark in codes.explain_alone or (row.mark in codes.explain_with_comment and row.comment)
        if code is not None and code.treatment is Treatment.ABSENT and not says_why:
            return True
    return False


def _still_open(days: PupilDays, pupil_id: PupilId, now: Standing) -> Session | None:
    """The session of an earlier day in which a case opened that nothing has ended since."""
    if not (now.kind is K.UNEXPLAINED or _says_nothing(now)):
        return None
    began, all_earlier = None, days.before.earlier(pupil_id)
    lately = {day.day for day in all_earlier[-LATELY:]}
    for earlier in reversed(all_earlier):
        was_away = not {Was.MISSED, Was.NOT_KNOWN}.isdisjoint(earlier.after_last_in)
        ended_in = earlier.was_seen and earlier.sessions[-1] is Was.IN
        may_be_silent = was_away or (not ended_in and earlier.day in lately)
        opened, ended = _on(days.session.of_day(earlier.day), pupil_id) if may_be_silent else (None, False)
        began = opened or began
        if ended or earlier.was_seen:
            break
    return began


def _on(sessions: Sequence[SessionFacts], pupil_id: PupilId) -> tuple[Session | None, bool]:
    """The session of that day in which a case was open, and whether the absence was explained on it."""
    opened = None
    for session in reversed([s for s in sessions if not s.why_shut and _was_known_in_time(s, pupil_id)]):
        stands = standing(session.facts(pupil_id), session.evidence.policy.codes)
        if stands.kind in (K.EXPLAINED, K.IN_SCHOOL) or stands.confirmed:
            return opened, True
        if stands.kind in (K.UNEXPLAINED, K.UNKNOWN) or _was_marked_absent(session, pupil_id):
            opened = session.session
    return opened, False


def _was_known_in_time(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether a register came in, or somebody looked for the child, on the day itself: later is too late for a case."""
    day, half = session.session.day, session.session.half
    said = [e.what for e in session.evidence.log if e.recorded.date() <= day]
    looked = (w for w in said if isinstance(w, InSchoolChecked) and w.pupil_id == pupil_id)
    was_looked_for = any((w.day, w.half) == (day, half) for w in looked)
    return was_looked_for or any(sheet.brought_by.at.date() <= day for sheet in session.sheets)


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
    match entry.what:
        case CallMade(outcome=outcome):
            return FOLLOWS[outcome].explains
        case ExplanationGiven() | MessageHeard():
            return True
        case _:
            return False
