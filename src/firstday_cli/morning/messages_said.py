"""Messages typed in, and what a person decides of those that wait → entries for the log, with what follows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from firstday_cli.desk import Desk
from firstday_cli.domain.evidence import AbsenceMessage, Filed
from firstday_cli.domain.log.entries import Logged, MessageHeard, MessageMatched
from firstday_cli.domain.log.sentences import said, span
from firstday_cli.domain.log.written import Written
from firstday_cli.domain.messages.explaining import is_otherwise
from firstday_cli.domain.messages.matching import proposal, said_in, to_decide
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_london, in_words
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.told import fingerprint, with_own_ids
from firstday_cli.errors import Mistyped
from firstday_cli.morning.recording import write
from firstday_cli.morning.said import all_named, last_day_said, last_episode_said, needed

LEAST_TYPED = 6  # letters of an id that is not typed whole


@record
class Given:
    """What a person decided of a message: the pupils, the last episode of sickness, and a day other than its own."""

    pupils: tuple[str, ...] = ()
    last_episode: datetime | None = None
    day: date | None = None


@record
class Heard:
    """What somebody heard and types in: who told, the words, the last episode of sickness where there is one."""

    told_by: str
    reason: str
    last_episode: datetime | None = None


def heard(
    desk: Desk, pupils: Sequence[str], words: Heard, *, channel: str, until: date | None, may_wait: bool = False
) -> list[MessageHeard]:
    """One message for each pupil it is about; with `may_wait` one of nobody, which waits among the messages."""
    if not pupils and not may_wait:
        raise Mistyped("say whom it is about: --pupil PUPIL.", "--pupil")
    first = desk.asked.day or desk.at.date()
    one = MessageHeard(
        pupil_id=PupilId(""), told_by=needed(words.told_by, "--told-by"), reason=needed(words.reason, "--reason"),
        channel=channel.strip(), first_day=first, last_day=last_day_said(desk, first, until),
        danger=said_in(words.reason, desk.at).danger, last_episode=last_episode_said(desk, words.last_episode),
    )  # fmt: skip
    return [replace(one, pupil_id=pupil_id) for pupil_id in all_named(desk, pupils)] or [one]


def write_heard(desk: Desk, entries: Sequence[MessageHeard], *, dry_run: bool) -> list[Written]:
    """Write what was heard, all or none, with what follows of it."""
    return [
        replace(w, follows=tuple(_after_hearing(desk, w, entry)))
        for w, entry in zip(write(desk, entries, dry_run=dry_run), entries, strict=True)
    ]


def _after_hearing(desk: Desk, written: Written, entry: MessageHeard) -> list[str]:
    command = f"firstday match {written.entry_id or 'ENTRY'} PUPIL"
    waits = [f"It waits among the messages: {command}, once you know the child."] if entry.is_open else []
    if waits or entry.danger:
        return [*([danger_follows(entry.danger)] if entry.danger else []), *waits]
    what, days = said_in(entry.reason, desk.at), span(entry.first_day, entry.last_day)
    doubts = [f"It says “{what.not_now}”, and"] if is_otherwise(what) else []
    doubts += [f"Its words name {in_words(what.first)}; it"] if what.first and what.first > entry.last_day else []
    return [f"{doubt} explains {days} all the same: {_taken_back(written)}." for doubt in doubts]


def _taken_back(written: Written) -> str:
    return f"firstday withdraw {written.entry_id or 'ENTRY'} --why TEXT takes it back"


def danger_follows(danger: str) -> str:
    """What must be done where a message's words say that nobody may know where a child is. Guidance, step 10."""
    mend = "Ring the contact now and write the call down; tell the safeguarding lead."
    return f"It says “{danger}”: it explains nothing. {mend}"


def matched(desk: Desk, message_id: str, given: Given, *, nobody: bool) -> MessageMatched:
    """A person's decision about a message, for the days it names, else those it proposes, or the day given."""
    if bool(given.pupils) == nobody:
        raise Mistyped("say one of the two: the pupils it is about, or --none.", "match")
    evidence = desk.evidence()
    message_id, filed = _message(desk, evidence, message_id)
    message = filed.what
    first, last, danger, half = _to_decide(desk, message, message_id, evidence)
    if given.day and message.from_date is not None and not first <= given.day <= last:
        raise Mistyped(f"the message itself says {span(first, last)}.", "--day")
    if given.day and message.from_date is None:
        first = last = _school_day(desk, given.day)
    desk.calendar.must_cover(first)
    return MessageMatched(
        message_id=message_id, fingerprint=fingerprint(message), pupil_ids=tuple(all_named(desk, given.pupils)),
        received=in_london(message.received_at).date(), first_day=first, last_day=last,
        received_at=in_london(message.received_at), channel=message.channel, danger="" if nobody else danger,
        last_episode=last_episode_said(desk, given.last_episode), half=half,
    )  # fmt: skip


def _school_day(desk: Desk, day: date) -> date:
    """The day given. Raises Mistyped where there is no school on it: nobody is absent then."""
    desk.calendar.must_cover(day)
    if not desk.calendar.is_school_day(day):
        raise Mistyped(f"found {in_words(day)}, expected a day on which there is school.", "--day")
    return day


def _message(desk: Desk, evidence: DayEvidence, message_id: str) -> tuple[str, Filed[AbsenceMessage]]:
    """The message that has this id, or the only one whose id begins so: of the day asked for, else of today."""
    for found in (evidence, evidence.of_day(desk.now.date())):
        messages = with_own_ids(found.messages) if found else {}
        fitting = [key for key in messages if _is_beginning(message_id, key)]
        meant = message_id if message_id in messages else fitting[0] if len(fitting) == 1 else ""
        if meant:
            return meant, messages[meant]
    raise Mistyped("no message has that id. `firstday messages` shows those that wait.", "MESSAGE")


def _is_beginning(typed: str, message_id: str) -> bool:
    """Whether an id is typed whole, capitals aside, or long enough to be no other's: M1 is not meant for M12."""
    begins = message_id.casefold().startswith(typed.casefold())
    ends_within_a_number = typed[-1:].isdigit() and message_id[len(typed) : len(typed) + 1].isdigit()
    return begins and (len(typed) == len(message_id) or (len(typed) >= LEAST_TYPED and not ends_within_a_number))


def _to_decide(
    desk: Desk, message: AbsenceMessage, message_id: str, evidence: DayEvidence
) -> tuple[date, date, str, Half | None]:
    """The days as they are shown among the messages of this session's day, else as the message has them itself."""
    shown = proposal(message_id, message, evidence.session.day, evidence.post)
    if shown is not None and shown.first_day and shown.last_day:
        return shown.first_day, shown.last_day, shown.danger, shown.half
    days, what = to_decide(message, evidence.post)
    first, last = (days.first, days.last) if days else (desk.session.day, desk.session.day)
    return first, last, what.danger, Half.AM if what.is_of_the_morning else None


def write_matched(desk: Desk, entry: MessageMatched, *, dry_run: bool) -> list[Written]:
    """Write a decision, with what follows of it; a decision before it no longer counts."""
    before = decided_before(desk.evidence().log, entry)
    return [
        replace(w, follows=tuple(_after_matching(desk, w, entry, before)))
        for w in write(desk, [entry], dry_run=dry_run)
    ]


def write_if_undecided(desk: Desk, entry: MessageMatched) -> list[Written]:
    """Write a decision unless somebody has decided about the message meanwhile; nothing is written then."""
    entry_ids = desk.record([entry], unless=lambda log: decided_before(log, entry) is not None)
    found = [Written(entry_id=entry_id, entry=entry) for entry_id in entry_ids]
    return [replace(w, follows=tuple(_after_matching(desk, w, entry, None))) for w in found]


def decided_before(log: Sequence[Logged], entry: MessageMatched) -> Logged | None:
    """The decision about the same message that counts so far."""
    same = (e for e in reversed(log) if isinstance(e.what, MessageMatched) and e.what.fingerprint == entry.fingerprint)
    return next(same, None)


def decision_about(log: Sequence[Logged], message_id: str) -> Logged | None:
    """The newest decision about a message of this id."""
    same = (e for e in reversed(log) if isinstance(e.what, MessageMatched) and e.what.message_id == message_id)
    return next(same, None)


def _after_matching(desk: Desk, written: Written, entry: MessageMatched, before: Logged | None) -> list[str]:
    follows = []
    if before is not None and before.entry_id != written.entry_id:
        follows.append(f"It was decided before by {before.source}: {said(before.what)}. This decision counts now.")
        follows += (
            [f"Its alert stands until it is taken back: firstday withdraw {before.entry_id} --why TEXT."]
            if (isinstance(before.what, MessageMatched) and before.what.danger)
            else []
        )
    if not entry.pupil_ids:
        return follows
    if entry.danger:
        return [*follows, danger_follows(entry.danger)]
    days = span(entry.first_day, entry.last_day, entry.half)
    follows.append(f"It explains {days}.")
    otherwise = _otherwise(desk, entry)
    if otherwise:
        follows.append(f"It says “{otherwise}”, and explains {days} all the same: {_taken_back(written)}.")
    return follows


def _otherwise(desk: Desk, entry: MessageMatched) -> str:
    """The words for which it was only proposed, such as “late”; blank where it has none."""
    evidence = desk.evidence()
    filed = with_own_ids(evidence.messages).get(entry.message_id)
    found = proposal(entry.message_id, filed.what, evidence.session.day, evidence.post) if filed else None
    return found.otherwise if found else ""
