"""Everything the school knows of one pupil's attendance and of what was done, for those who lead safeguarding."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from firstday_cli.domain.days.attendance import Attendance, attendance, attendance_between
from firstday_cli.domain.days.weeks import MarksHeld, SessionKey, WeekOfMarks, weeks_of
from firstday_cli.domain.days.year_of_marks import first_day_of, school_year, usable
from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.evidence import AbsenceMessage, Filed
from firstday_cli.domain.log.entries import (
    EntryId,
    EntryWithdrawn,
    Logged,
    MessageMatched,
    RatingChanged,
    RiskAssessed,
    days_of,
    pupils_of,
    sighting_in,
)
from firstday_cli.domain.packs.last_seen import LastSeen, last_seen
from firstday_cli.domain.packs.told_of_spells import SpellTold, sessions_today, spells_told
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import Alert, DayPicture, PupilPicture, pupil_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, in_london
from firstday_cli.domain.sheets.taken_back import TakenBack, taken_back
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.duties import counts_for
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.standing.told import fingerprint

JUDGED = (RatingChanged, RiskAssessed)


@record
class Kept:
    """What the store keeps of one pupil from one day to another: the log, what was taken back too, and messages."""

    first: date
    last: date
    log: tuple[Logged, ...]
    messages: tuple[tuple[str, Filed[AbsenceMessage]], ...]


@record
class Line:
    """One entry, and the withdrawal that took it back, where one did."""

    entry: Logged
    taken_back: TakenBack | None = None


@record
class Met:
    """Somebody saw the child; whether that counts as a face to face."""

    entry: Logged
    is_face_to_face: bool


@record
class MessageOf:
    """One message that came about the pupil, and why it is held to be about this one."""

    message_id: str
    received_at: datetime
    sender: str
    channel: str
    text: str
    because: str


@record
class LookingBack:
    """One pupil's history from one day to another, and how things stand now."""

    first: date
    last: date
    picture: DayPicture
    p: PupilPicture
    is_left_out: bool
    seen: LastSeen | None
    weeks: tuple[WeekOfMarks, ...]
    marks_from: date
    between: Attendance
    this_year: Attendance
    last_year: Attendance
    spells: tuple[SpellTold, ...]
    judged: tuple[Line, ...]
    met: tuple[Met, ...]
    messages: tuple[MessageOf, ...]
    lines: tuple[Line, ...]
    steps: tuple[NextStep, ...]
    alerts: tuple[Alert, ...]


def looking_back(evidence: DayEvidence, found: Escalation, pupil_id: PupilId, kept: Kept) -> LookingBack:
    """The pupil's history, whether or not a register ever had the child or the newest roll still does."""
    days = PupilDays(SessionFacts(evidence, evidence.session.half))
    p, year = pupil_picture(days, pupil_id), school_year(days.day)
    marks, until = evidence.histories.of(pupil_id).marks, _until(days, kept.last)
    lines = tuple(_lines(kept))
    return LookingBack(
        first=kept.first, last=kept.last, picture=found.picture, p=p,
        is_left_out=pupil_id in evidence.roll.left_behind, seen=last_seen(days, pupil_id, p.standing),
        weeks=weeks_of(_held(days, pupil_id), kept.first, until.day), marks_from=first_day_of(year - 1),
        between=attendance_between(marks, kept.first, until), this_year=p.figures,
        last_year=attendance(marks, year - 1, days.session.session),
        spells=tuple(s for s in spells_told(days, pupil_id, p.standing) if s.spell.touches(kept.first, kept.last)),
        judged=tuple(line for line in lines if isinstance(line.entry.what, JUDGED)),
        met=tuple(_met(days, p, [line for line in lines if _is_of(line, kept)])),
        messages=tuple(sorted(_messages(pupil_id, kept, lines), key=lambda m: m.received_at)),
        lines=tuple(line for line in lines if _is_of(line, kept)),
        steps=tuple(s for s in found.steps if s.pupil_id == pupil_id),
        alerts=tuple(a for a in found.alerts if a.pupil_id == pupil_id),
    )  # fmt: skip


def _until(days: PupilDays, last: date) -> Session:
    """The last session of which marks are shown: never one after the session asked for."""
    now = days.session.session
    return now if last >= now.day else Session(day=last, half=Half.PM)


def _held(days: PupilDays, pupil_id: PupilId) -> MarksHeld:
    """The pupil's marks, today's as the newest register has them; the sessions while the child was on roll."""
    kept, now, year = days.evidence.histories.of(pupil_id).marks, days.session.session, school_year(days.day)
    marks = {(day, half): mark for y in (year - 1, year) for day, half, mark in kept.sessions(y, now)}
    today = sessions_today(days)
    for session in today:
        marks[days.day, session.session.half] = usable(session.facts(pupil_id).mark, days.day)
    before = [(s.day, s.half) for s in (*days.before.last_year, *days.before.this_year)]
    open_today = [(days.day, s.session.half) for s in today if not s.why_shut]
    held = frozenset(key for key in (*before, *open_today) if _was_on_roll(days, pupil_id, key[0]))
    return MarksHeld(marks=marks, held=held, shut=frozenset(_shut(days, {*before, *open_today}, len(today))))


def _was_on_roll(days: PupilDays, pupil_id: PupilId, day: date) -> bool:
    pupil = days.evidence.roll.pupil(pupil_id)
    return (pupil.start_date is None or pupil.start_date <= day) and (not pupil.leave_date or day <= pupil.leave_date)


def _shut(days: PupilDays, held: set[SessionKey], begun_today: int) -> Iterable[SessionKey]:
    """The sessions up to now that the calendar covers and the school did not hold."""
    day = max(days.evidence.calendar.first, first_day_of(school_year(days.day) - 1))
    while day <= days.day:
        halves = tuple(Half)[: begun_today if day == days.day else None]
        yield from ((day, half) for half in halves if (day, half) not in held)
        day += timedelta(days=1)


def _lines(kept: Kept) -> Iterable[Line]:
    """Every entry in the order in which it happened; a withdrawal stands beside what it took back."""
    gone: dict[EntryId, TakenBack] = {back.entry.entry_id: back for back in taken_back(kept.log)}
    for entry in sorted(kept.log, key=lambda e: (e.at, e.number)):
        if not isinstance(entry.what, EntryWithdrawn):
            yield Line(entry=entry, taken_back=gone.get(entry.entry_id))


def _is_of(line: Line, kept: Kept) -> bool:
    """Whether an entry was made on one of the days asked for, or speaks of one."""
    first, last = days_of(line.entry.what)
    made = in_london(line.entry.at).date()
    speaks = first is not None and last is not None and first <= kept.last and kept.first <= last
    return kept.first <= made <= kept.last or speaks


def _met(days: PupilDays, p: PupilPicture, lines: Sequence[Line]) -> Iterable[Met]:
    for line in lines:
        seen = sighting_in(line.entry.what)
        if seen is not None and line.taken_back is None:
            counts = counts_for(seen, p.rating.rating, days.evidence.policy)
            yield Met(entry=line.entry, is_face_to_face=counts)


def _messages(pupil_id: PupilId, kept: Kept, lines: Sequence[Line]) -> Iterable[MessageOf]:
    """The messages under the pupil's id, and those that a person decided are about this pupil."""
    decided = {
        line.entry.what.fingerprint: line.entry
        for line in lines
        if isinstance(line.entry.what, MessageMatched) and line.taken_back is None
    }
    for message_id, filed in kept.messages:
        message, by = filed.what, decided.get(fingerprint(filed.what))
        is_ours = message.pupil_id == pupil_id or (by is not None and pupil_id in pupils_of(by.what))
        if is_ours and kept.first <= in_london(message.received_at).date() <= kept.last:
            place = f"{filed.brought_by.file}, row {message.row}"
            because = f"decided by {by.source}" if by else "under the pupil's id"
            yield MessageOf(
                message_id=message_id, received_at=in_london(message.received_at),
                sender=message.sender_name or message.sender_phone or message.sender_email, channel=message.channel,
                text=" ".join(message.text.split()), because=f"{because} ({place})",
            )  # fmt: skip
