"""The lines of a child's note: what was logged, heard, planned and signed today, in the order in which it happened."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    CallMade,
    Entry,
    ExplanationGiven,
    KeptIn,
    MessageHeard,
    PupilSeen,
    SeenHow,
    sighting_in,
)
from firstday_cli.domain.marks import OFF_SITE
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import PupilPicture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, moment
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.note_words import Discretion, note_words


@record
class NoteLine:
    """One thing that was said or done: when it happened, when it was written down, by which entry of the log if any.

    `code` is the code that whoever was told proposed, and `explains` whether it tells of the absence.
    """

    words: str
    at: datetime | None = None
    written: datetime | None = None
    number: int = 0
    explains: bool = False
    code: str = ""


def note_lines(day: DaySoFar, p: PupilPicture, into: KeptIn, discretion: Discretion) -> tuple[NoteLine, ...]:
    """Everything of today that goes into this record; what has no time of its own first."""
    today, pupil_id = day.evidence.session.day, p.pupil.pupil_id
    logged = (
        NoteLine(
            words=f"{entry.by} {words}",
            at=entry.at,
            written=entry.recorded,
            number=entry.number,
            explains=_explains(entry.what),
            code=_code(entry.what),
        )
        for entry in p.logged
        if (words := note_words(entry.what, into, discretion, today))
    )
    known = (*_messages(day, pupil_id, discretion), *_signed(day, pupil_id, into), *_foreseen(day, pupil_id, into))
    return tuple(
        sorted((*logged, *known), key=lambda line: (line.at is not None, line.at or day.evidence.now, line.number))
    )


def _explains(entry: Entry) -> bool:
    match sighting_in(entry) or entry:
        case CallMade(outcome=outcome):
            return FOLLOWS[outcome].explains
        case PupilSeen(how=how):
            return how is not SeenHow.SCHOOL
        case _:
            return isinstance(entry, ExplanationGiven) or (isinstance(entry, MessageHeard) and not entry.danger)


def _code(entry: Entry) -> str:
    return entry.code if isinstance(entry, CallMade | ExplanationGiven) else ""


def _messages(day: DaySoFar, pupil_id: PupilId, discretion: Discretion) -> Iterable[NoteLine]:
    """The messages that were accepted: from whom, how, and the family's own words."""
    accepted = {key: m.what for s in day.sessions for key, m in s.heard.accepted.get(pupil_id, {}).items()}
    for message_id, message in sorted(accepted.items()):
        words = f"message {message_id} {_sender(message, discretion)}: “{discretion.text(message.text)}”"
        yield NoteLine(words=words, at=in_london(message.received_at), explains=True)


def _sender(message: AbsenceMessage, discretion: Discretion) -> str:
    who = discretion.who(message.sender_name)
    how = discretion.text(message.channel)
    return " ".join(part for part in ("came", f"by {how}" if how else "", f"from {who}" if who else "") if part)


def _signed(day: DaySoFar, pupil_id: PupilId, into: KeptIn) -> Iterable[NoteLine]:
    """Sign-ins and sign-outs up to now; why, for safeguarding alone."""
    for late_id, late, _ in day.latest.session.late_rows:
        if late_id != pupil_id:
            continue
        because = f": {' '.join(late.reason.split())}" if late.reason and into is KeptIn.CPOMS else ""
        for at, words in ((late.time_in, "signed in"), (late.time_out, "signed out")):
            if at is not None and moment(late.day, at) <= day.evidence.now:
                yield NoteLine(words=f"{words} at the late desk{because}", at=moment(late.day, at))


def _foreseen(day: DaySoFar, pupil_id: PupilId, into: KeptIn) -> Iterable[NoteLine]:
    """What was known beforehand: planned absences, a recovery after sickness."""
    for plan in (filed.what for filed in day.evidence.plans if filed.what.pupil_id == pupil_id):
        if plan.code in OFF_SITE or not any(plan.covers(s.session.day, s.session.half) for s in day.sessions):
            continue
        because = f": {' '.join(plan.reason.split())}" if plan.reason and into is KeptIn.CPOMS else ""
        approved = f", approved by {plan.approved_by}" if plan.approved_by and into is KeptIn.CPOMS else ""
        yield NoteLine(words=f"planned absence {plan.code}{because}{approved}", explains=True, code=plan.code)
    recoveries = {found.because for s in day.sessions if (found := s.recoveries.get(pupil_id))}
    yield from (NoteLine(words=because, explains=True) for because in sorted(recoveries))
