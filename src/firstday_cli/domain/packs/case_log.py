"""Everything that was done about one child's case, in the order in which it happened, for whoever is told of it.

The attendance team is told what was tried and what came of it: no flag, no agency, nothing that anybody said.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.log.calls import FOLLOWS, HOW_IT_ENDED
from firstday_cli.domain.log.entries import (
    CallMade,
    DecisionMade,
    EnquiryMade,
    Entry,
    ExplanationGiven,
    InSchoolChecked,
    KeptIn,
    Logged,
    MessageHeard,
    MessageMatched,
    PupilSeen,
    ReferralAnswered,
    ReferralMade,
    TextSent,
    VisitMade,
    VisitStarted,
)
from firstday_cli.domain.log.escalated import ANSWERED, Body, Judgement
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.picture.day_picture import PupilPicture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, in_words, moment
from firstday_cli.domain.sheets.note_words import LOOKED, PASSED_ON, Discretion, note_words
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.told import WHERE

LOOKED_BACK = timedelta(days=28)  # how far back the log is shown of a child without an open case


@record
class Happened:
    """One thing that happened: when, by whom, what; by which entry of the log, if any."""

    at: datetime
    by: str
    words: str
    entry: str = ""


@record
class CaseLog:
    """The log of one child since a moment, and why since then."""

    since: datetime
    because: str
    entries: tuple[Logged, ...]
    messages: tuple[Happened, ...]


def case_log(days: PupilDays, p: PupilPicture, child: ChildNow | None) -> CaseLog:
    """The entries since the first day of the open case; without one, of the last weeks, so that none is left out."""
    now, pupil_id = days.evidence.now, p.pupil.pupil_id
    if p.case is not None:
        since = moment(p.case.began.day, time.min)
        because = f"since {in_words(p.case.began.day)} {p.case.began.half}, when the case began"
    else:
        since = moment((in_london(now) - LOOKED_BACK).date(), time.min)
        because = f"no case is open: everything since {in_words(since.date())}"
    beside = {e.entry_id for e in child.log} if child else set()
    log = (e for e in days.evidence.histories.of(pupil_id).log if e.at <= now)
    return CaseLog(
        since=since, because=because,
        entries=tuple(
            sorted((e for e in log if e.at >= since or e.entry_id in beside), key=lambda e: (e.at, e.number))
        ),
        messages=tuple(_messages(days, p, since)),
    )  # fmt: skip


def _messages(days: PupilDays, p: PupilPicture, since: datetime) -> Iterable[Happened]:
    """The family's messages: of today in its own words, of earlier days that there was one."""
    pupil_id, today = p.pupil.pupil_id, days.day
    for reported in days.evidence.histories.of(pupil_id).reported:
        if since <= reported.at and reported.at.date() < today:
            yield Happened(at=reported.at, by=reported.channel or "a message", words="a message came from the family")
    sessions = dict.fromkeys((days.session.morning, days.session))
    found = {key: filed.what for s in sessions for key, filed in s.heard.accepted.get(pupil_id, {}).items()}
    for message in found.values():
        at, by = in_london(message.received_at), message.sender_name or message.channel or "a message"
        if at <= days.evidence.now:
            yield Happened(at=at, by=by, words=f"a message came: “{' '.join(message.text.split())}”")


def in_full(found: CaseLog) -> tuple[Happened, ...]:
    """Everything, with what was said and noted: for social care and the police."""
    logged = (
        Happened(at=e.at, by=e.by, words=words, entry=e.entry_id)
        for e in found.entries
        if (words := note_words(e.what, KeptIn.CPOMS, Discretion(), in_london(e.at).date()))
    )
    return tuple(sorted((*logged, *found.messages), key=lambda h: h.at))


def for_the_team(found: CaseLog, discretion: Discretion) -> tuple[Happened, ...]:
    """What was tried, and what came of it: for the attendance team."""
    logged = (
        Happened(at=e.at, by=e.by, words=words, entry=e.entry_id)
        for e in found.entries
        if (words := _team_words(e.what, discretion))
    )
    came = (Happened(at=m.at, by="the family", words="sent a message") for m in found.messages)
    return tuple(sorted((*logged, *came), key=lambda h: h.at))


def _team_words(entry: Entry, discretion: Discretion) -> str:
    """What the attendance team is told of an entry; empty where it is told nothing."""
    match entry:
        case CallMade():
            return _rang(entry, discretion)
        case TextSent():
            return "texted the family"
        case MessageHeard() | MessageMatched():
            return "wrote down a message from the family"
        case ExplanationGiven():
            return "wrote down what the family told"
        case InSchoolChecked():
            return f"{LOOKED[entry.finding]}, {entry.half}"
        case PupilSeen():
            return (
                f"saw the child {WHERE[entry.how]}, {'with a parent there' if entry.with_parent else 'no parent there'}"
            )
        case _:
            return _went_further(entry)


def _rang(call: CallMade, discretion: Discretion) -> str:
    relationship = f" ({discretion.who(call.relationship)})" if call.relationship else ""
    person = f"{discretion.text(call.contact_name) or f'contact {call.contact}'}{relationship}"
    follows = FOLLOWS[call.outcome]
    ended = PASSED_ON if follows.is_danger else HOW_IT_ENDED[call.outcome]
    return f"{'rang' if follows.is_try else 'had texts with'} {person}: {ended}"


def _went_further(entry: Entry) -> str:
    match entry:
        case VisitStarted():
            return f"sent {len(entry.staff)} of staff on a home visit"
        case VisitMade():
            follows = AT_THE_DOOR[entry.outcome]
            return f"made a home visit: {PASSED_ON}" if follows.is_danger else follows.words
        case EnquiryMade():
            return "asked who knows the family"
        case DecisionMade(judgement=Judgement.NO_IMMEDIATE_CONCERN):
            return "decided: no immediate concern"
        case DecisionMade():
            return "decided what comes next: ask the safeguarding lead"
        case ReferralMade(to=Body.ATTENDANCE_TEAM):
            return "referred the child to the attendance team"
        case ReferralAnswered(to=Body.ATTENDANCE_TEAM):
            return f"heard from the attendance team: {ANSWERED[entry.reply]}"
        case _:
            return ""
