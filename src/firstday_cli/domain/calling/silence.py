"""What one session says of a child's silence: whether a case opened in it, and what came since that ends none."""

from datetime import datetime, time

from firstday_cli.domain.evidence import RegisterMark, Sheet
from firstday_cli.domain.log.entries import CallMade, InSchoolChecked, SchoolClosed
from firstday_cli.domain.log.escalated import Escalated
from firstday_cli.domain.marks import Treatment, code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.school_days import Half, Session, moment
from firstday_cli.domain.standing.absent_child import looked_for_by
from firstday_cli.domain.standing.newest import rows_about
from firstday_cli.domain.standing.reconcile import Standing, StandingKind
from firstday_cli.domain.standing.session_facts import SessionFacts

K = StandingKind


def accounts_for(stands: Standing) -> bool:
    """Whether a standing says where the child is."""
    return stands.kind in (K.EXPLAINED, K.IN_SCHOOL) or bool(stands.confirmed)


def says_nothing(stands: Standing) -> bool:
    """Whether a standing tells nothing of where the child is: no word, and nobody has seen it."""
    return stands.kind in (K.UNKNOWN, K.OFF_SITE, K.NOT_EXPECTED) and not stands.confirmed


def is_silent(session: SessionFacts, pupil_id: PupilId, now: Standing) -> bool:
    """Whether the child is absent with no explanation, or unknown and not looked for in time."""
    late = session.evidence.now > looked_for_by(session)
    return now.kind is K.UNEXPLAINED or (now.kind is K.UNKNOWN and late and _is_expected(session, pupil_id))


def _is_expected(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether a register should have the child: whom no roll has any more, only while the log still speaks of it."""
    evidence = session.evidence
    if pupil_id in evidence.roll or rows_about(session.sheets, pupil_id):
        return True
    log = (e for e in evidence.histories.of(pupil_id).log if isinstance(e.what, CallMade | Escalated))
    return any(e.at.date() >= session.session.day for e in log)


def was_silent_before(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether a case opened in this session that neither a newer mark nor a closure said since ends."""
    if session.why_shut:
        return _was_silent_before_closing(session, pupil_id)
    return _was_marked_absent(session, pupil_id) or _was_left_blank(session, pupil_id)


def _was_silent_before_closing(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether a register had the child absent before somebody said that there was no school.

    Where the calendar says so, it may have been written since: then a child counts whom somebody rang or visited.
    """
    if session.evidence.calendar.why_shut(session.session):
        return was_spoken_of(session, pupil_id) and _was_marked_absent(session, pupil_id)
    closed = _closed_at(session)
    return closed is not None and _was_marked_absent(session, pupil_id, before=closed)


def _closed_at(session: SessionFacts) -> datetime | None:
    """When somebody said that there was no school."""
    closures = ((e.recorded, e.what) for e in session.evidence.log if isinstance(e.what, SchoolClosed))
    day, half = session.session.day, session.session.half
    return min((at for at, c in closures if c.day == day and c.half in (None, half)), default=None)


def _was_left_blank(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether the child's own mark was wanting when unknown pupils had to be looked for, and nobody looked."""
    by = looked_for_by(session)
    if session.evidence.now <= by or any(event.at <= by for event in session.happenings.get(pupil_id, ())):
        return False
    found = [row for sheet, row in rows_about(session.sheets, pupil_id) if _was_read(session, sheet, by)]
    marks = [row.mark for row in found if row.mark is not None]
    codes = [code_on(mark, session.session.day) for mark in marks]
    return bool(codes) and all(code is None or code.treatment is Treatment.NO_MARK for code in codes)


def _was_read(session: SessionFacts, sheet: Sheet, by: datetime) -> bool:
    """Whether a register came in while its session was on, up to a moment: a blank that came before is no doubt yet."""
    since = begins(session.session, session.evidence.policy)
    return any(since <= taking.at <= by for taking in sheet.takings)


def begins(session: Session, policy: Policy) -> datetime:
    """When a session begins, for registers and for what is logged: the morning with the day."""
    return moment(session.day, time.min if session.half is Half.AM else policy.afternoon.starts)


def _was_marked_absent(session: SessionFacts, pupil_id: PupilId, before: datetime | None = None) -> bool:
    """Whether an earlier register of this session had the child absent with nothing said: a newer mark is no word."""
    for sheet, row in rows_about(session.sheets, pupil_id):
        if before is not None and not any(taking.at < before for taking in sheet.takings):
            continue
        if _is_silent_row(session, row):
            return True
    return False


def _is_silent_row(session: SessionFacts, row: RegisterMark) -> bool:
    """Whether a row has the child absent, by a code that does not explain it."""
    codes, code = session.evidence.policy.codes, code_on(row.mark or "", session.session.day)
    says_why = row.mark in codes.explain_alone or (row.mark in codes.explain_with_comment and bool(row.comment))
    return code is not None and code.treatment is Treatment.ABSENT and not says_why


def is_left_open(session: SessionFacts, row: RegisterMark) -> bool:
    """Whether a row leaves open where the child is: absent with nothing said, or without a mark to go by."""
    code = code_on(row.mark or "", session.session.day)
    is_blank = row.mark is not None and (code is None or code.treatment is Treatment.NO_MARK)
    return is_blank or _is_silent_row(session, row)


def was_known_in_time(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether a register came in, or somebody looked for the child, on the day itself: later is too late for a case."""
    day = session.session.day
    was_read = any(sheet.brought_by.at.date() <= day for sheet in session.sheets)
    return was_read or _was_looked_for(session, pupil_id) or was_spoken_of(session, pupil_id)


def was_unknown_then(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether the child was missed while the session was on: a morning's export says nothing of the afternoon."""
    ends = moment(session.session.day, time.max)
    was_read = any(_was_read(session, sheet, ends) for sheet in session.sheets)
    was_missed = _was_looked_for(session, pupil_id) or was_spoken_of(session, pupil_id)
    return was_missed or (was_read and _is_expected(session, pupil_id))


def was_spoken_of(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether somebody rang, visited, decided or referred on that day, and said so on it."""
    day = session.session.day
    log = session.evidence.histories.of(pupil_id).log
    said = (e for e in log if isinstance(e.what, CallMade | Escalated))
    return any(e.at.date() == day and e.recorded.date() == day for e in said)


def _was_looked_for(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether somebody looked for the child in this session, and said so on the day."""
    day, half = session.session.day, session.session.half
    said = (e.what for e in session.evidence.log if e.recorded.date() <= day)
    return any(isinstance(w, InSchoolChecked) and (w.pupil_id, w.day, w.half) == (pupil_id, day, half) for w in said)
