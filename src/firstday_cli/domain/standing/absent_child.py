"""Who is absent today, as duties see it: unexplained, explained, or not found out about in time."""

from datetime import datetime, timedelta

from firstday_cli.domain.days.absence_days import DaysAbsent, Was
from firstday_cli.domain.marks import COUNT_NO_DAY
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.ratings.rag import Rating
from firstday_cli.domain.school_days import Half, moment
from firstday_cli.domain.standing.duties import Absent
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Facts, Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

K = StandingKind
TO_LOOK_IN_SCHOOL = timedelta(minutes=15)
BY_A_MARK = 8  # the line of the table that says: not expected, by a mark
NOT_COUNTED = DaysAbsent(spell=0, cumulative=0, at_least=False, since_seen=0)


def absent_child(days: PupilDays, pupil_id: PupilId, now: Standing, facts: Facts, rating: Rating) -> Absent | None:
    """The child as absent today, its days not counted yet; None where nothing is owed."""
    session = days.session
    if not is_absent(session, now, rating) and not _was_absent(session, pupil_id, now):
        return None
    recovery = session.recoveries.get(pupil_id)
    return Absent(
        pupil_id=pupil_id, day=session.session.day, rating=rating.rating, days=NOT_COUNTED,
        is_explained=_stands(session, pupil_id, now).kind is K.EXPLAINED,
        began_in_the_afternoon=_began_in_the_afternoon(days, pupil_id, now, rating),
        recovers_until=recovery.ends if recovery else None, counts_no_day=facts.mark in COUNT_NO_DAY,
        family_wrote_today=_family_wrote(session, pupil_id, facts),
        flags=(*session.ratings.flags(pupil_id), *session.ratings.over(pupil_id)),
        log=tuple(e for e in session.evidence.log if getattr(e.what, "pupil_id", "") == pupil_id),
    )  # fmt: skip


def is_absent(session: SessionFacts, now: Standing, rating: Rating) -> bool:
    """Whether this standing is an absence; for RED also a mark that says not due: it takes no duty away."""
    if now.kind in (K.UNEXPLAINED, K.EXPLAINED):
        return True
    if now.kind is K.NOT_EXPECTED:
        return rating.rating is RagRating.RED and now.line == BY_A_MARK
    return now.kind is K.UNKNOWN and session.evidence.now > looked_for_by(session)


def _was_absent(session: SessionFacts, pupil_id: PupilId, now: Standing) -> bool:
    """In the afternoon, while nothing is known of it yet: whether the child was away this morning."""
    return _stands(session, pupil_id, now).kind in (K.UNEXPLAINED, K.EXPLAINED)


def _stands(session: SessionFacts, pupil_id: PupilId, now: Standing) -> Standing:
    """Where the child stands; in an afternoon not known yet, where it stood this morning."""
    if now.kind is not K.UNKNOWN or session.morning is session or pupil_id in session.morning.counted_in:
        return now
    return standing(session.morning.facts(pupil_id), session.evidence.policy.codes)


def looked_for_by(session: SessionFacts) -> datetime:
    """By when unknown pupils are looked for in school: a quarter of an hour before calls are made."""
    policy = session.evidence.policy
    times = policy.morning if session.session.half is Half.AM else policy.afternoon
    return moment(session.session.day, times.calls_made_by) - TO_LOOK_IN_SCHOOL


def _began_in_the_afternoon(days: PupilDays, pupil_id: PupilId, now: Standing, rating: Rating) -> bool:
    """Whether the child was in, or not due, this morning; RED is absent also where a mark says not due."""
    if days.session.session.half is Half.AM:
        return False
    if days.session.morning.why_shut:
        return True
    morning = days.day_so_far(pupil_id, now).sessions[0]
    return morning is Was.IN or (morning is Was.NOT_OPEN and rating.rating is not RagRating.RED)


def _family_wrote(session: SessionFacts, pupil_id: PupilId, facts: Facts) -> str:
    """The family's own words of today: a message since the last school day, or a comment beside today's mark."""
    if facts.comment:
        return "a comment beside today's mark"
    received = session.heard.received.get(pupil_id)
    before = session.evidence.school_day_before()
    if received is None or (before is not None and received.date() <= before):
        return ""
    return f"a message received at {received:%H:%M}"
