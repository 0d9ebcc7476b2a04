"""What people say → entries for the log, checked before they are written."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from firstday_cli.desk import Desk
from firstday_cli.domain.entries import (
    Entry,
    EntryId,
    EntryWithdrawn,
    ExplanationGiven,
    Finding,
    InSchoolChecked,
    MessageHeard,
    MessageMatched,
    NoteKind,
    NoteMade,
    SchoolClosed,
)
from firstday_cli.domain.marks import OFF_SITE, PRESENT, code_on, expected_instead, tidy
from firstday_cli.domain.matching import days_covered
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.domain.told import fingerprint, with_own_ids
from firstday_cli.errors import Mistyped
from firstday_cli.store import log


def write(desk: Desk, entries: Sequence[Entry], *, dry_run: bool) -> list[str]:
    """Write the entries, all or none; return what was written, a sentence each."""
    if dry_run:
        return [f"would be written: {said(entry)}" for entry in entries]
    return [f"{entry_id}: {said(entry)}" for entry_id, entry in zip(desk.record(entries), entries, strict=True)]


def said(entry: Entry) -> str:
    """What an entry says, with pupil ids and no names."""
    match entry:
        case InSchoolChecked():
            return f"{entry.pupil_id} {entry.finding.value}, {in_words(entry.day)} {entry.half}"
        case MessageMatched():
            whom = ", ".join(entry.pupil_ids) or "nobody"
            return f"message {entry.message_id} is about {whom}, {_span(entry.first_day, entry.last_day)}"
        case MessageHeard():
            return f"message about {entry.pupil_id}, {_span(entry.first_day, entry.last_day)}"
        case ExplanationGiven():
            return f"{entry.pupil_id} explained, {_span(entry.first_day, entry.last_day)}"
        case NoteMade():
            return f"{entry.about.value} about {entry.pupil_id}"
        case SchoolClosed():
            return f"school shut, {in_words(entry.day)} {entry.half or 'all day'}"
        case EntryWithdrawn():
            return f"{entry.entry} taken back"


def _span(first: date, last: date) -> str:
    return in_words(first) if first == last else f"{in_words(first)} to {in_words(last)}"


def _needed(value: str, option: str) -> str:
    if not value.strip():
        raise Mistyped(f"say {option} TEXT.", option)
    return value.strip()


def checked(desk: Desk, pupils: Sequence[str], said_so: Mapping[str, bool], where: str) -> list[Entry]:
    """One check for each pupil."""
    findings = [Finding(word) for word, given in said_so.items() if given]
    if len(findings) != 1:
        raise Mistyped("say one of --found, --not-found, --arrived and --not-arrived.", "check")
    half = desk.half_said or desk.half_of(desk.at)
    day = desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    if (day, half) > (desk.now.date(), desk.half_of(desk.now)):
        raise Mistyped(f"{in_words(day)} {half} has not begun: nobody can have looked then.", "--session")
    if desk.asked.at and (day, half) != (desk.at.date(), desk.half_of(desk.at)):
        raise Mistyped(f"{in_words(desk.at.date())} {desk.at:%H:%M} is not in {in_words(day)} {half}.", "--at")
    return [
        InSchoolChecked(pupil_id=p, day=day, half=half, finding=findings[0], where=where.strip())
        for p in _all(desk, pupils)
    ]


def _all(desk: Desk, names: Sequence[str]) -> list[PupilId]:
    return list(dict.fromkeys(desk.pupil_named(name) for name in names))


def explained(
    desk: Desk, pupil: str, told_by: str, reason: str, child_with: str, *, code: str = "",
    last_episode: datetime | None = None, until: date | None = None, back: time | None = None,
) -> Entry:  # fmt: skip
    """An explanation: who told, why, and whom the child is with, for contact without whereabouts explains nothing."""
    first = desk.asked.day or desk.at.date()
    episode = in_london(last_episode) if last_episode else None
    if episode is not None and episode > desk.now:
        raise Mistyped("the last episode cannot lie after now.", "--sickness")
    return ExplanationGiven(
        pupil_id=desk.pupil_named(pupil), told_by=_needed(told_by, "--told-by"), reason=_needed(reason, "--reason"),
        child_with=_needed(child_with, "--child-with"), code=_absence_code(code, first), first_day=first,
        last_day=_last_day(desk, first, until), back=back, last_episode=episode,
    )  # fmt: skip


def _absence_code(text: str, day: date) -> str:
    code = tidy(text)
    if not code:
        return ""
    if code_on(code, day) is None or code == "-":
        raise Mistyped(f'found "{code}", expected {expected_instead(code, day)}.', "--code")
    if code in PRESENT | OFF_SITE:
        raise Mistyped(
            f'found "{code}", expected a code for an absence. For a sighting use `firstday check`.', "--code"
        )
    return code


def _last_day(desk: Desk, first: date, until: date | None) -> date:
    last = until or first
    if last < first:
        raise Mistyped(f"found {in_words(last)}, expected a day from {in_words(first)} on.", "--until")
    desk.calendar.must_cover(first)
    desk.calendar.must_cover(last)
    return last


def heard(
    desk: Desk, pupils: Sequence[str], told_by: str, reason: str, *, channel: str, until: date | None
) -> list[Entry]:
    """One message for each pupil it is about."""
    if not pupils:
        raise Mistyped("say whom it is about: --pupil PUPIL.", "--pupil")
    first = desk.asked.day or desk.at.date()
    last = _last_day(desk, first, until)
    return [
        MessageHeard(
            pupil_id=p,
            told_by=_needed(told_by, "--told-by"),
            reason=_needed(reason, "--reason"),
            channel=channel.strip(),
            first_day=first,
            last_day=last,
        )
        for p in _all(desk, pupils)
    ]


def matched(desk: Desk, message_id: str, pupils: Sequence[str], *, nobody: bool) -> Entry:
    """A person's decision about a message, for the days it names, else the day it proposes, or --day."""
    if bool(pupils) == nobody:
        raise Mistyped("name the pupils it is about, or say --none.", "match")
    messages = with_own_ids(desk.evidence().messages)
    if message_id not in messages:
        raise Mistyped("no message has that id. `firstday messages` shows those that wait.", "MESSAGE")
    message = messages[message_id].what
    covered = days_covered(message, desk.calendar, desk.policy.afternoon.starts)
    dated = message.from_date is not None
    first, last = (covered[0], covered[1]) if covered else (desk.session.day, desk.session.day)
    if desk.asked.day and dated and not first <= desk.asked.day <= last:
        raise Mistyped(f"the message itself says {_span(first, last)}.", "--day")
    if desk.asked.day and not dated:
        first = last = desk.asked.day
    desk.calendar.must_cover(first)
    return MessageMatched(
        message_id=message_id, fingerprint=fingerprint(message), pupil_ids=tuple(_all(desk, pupils)),
        received=in_london(message.received_at).date(), first_day=first, last_day=last,
    )  # fmt: skip


def noted(desk: Desk, pupil: str, text: str, kind: str) -> Entry:
    """Something to remember."""
    day = desk.asked.day or desk.at.date()
    return NoteMade(pupil_id=desk.pupil_named(pupil), day=day, text=_needed(text, "--text"), about=NoteKind(kind))


def closed(desk: Desk, because: str) -> Entry:
    """The school is shut."""
    desk.calendar.must_cover(desk.session.day)
    return SchoolClosed(day=desk.session.day, half=desk.half_said, why=_needed(because, "--why"))


def withdrawn(desk: Desk, entry: str, because: str) -> Entry:
    """An entry taken back: one that stands, by its id, or this person's own last."""
    if entry == "last":
        if not desk.by:
            raise Mistyped("say who: add --by NAME, or set FIRSTDAY_BY.", "--by")
        last = log.last_entry_by(desk.store, desk.by)
        if last is None:
            raise Mistyped("nothing of yours stands to be taken back. Give the entry's id, such as E12.", "ENTRY")
        return EntryWithdrawn(entry=last.entry_id, why=_needed(because, "--why"))
    found = log.entry(desk.store, EntryId(entry.upper()))
    if found is None:
        raise Mistyped("no entry of the log has that id. `firstday why PUPIL` shows a pupil's entries.", "ENTRY")
    if found.entry_id in log.withdrawn(desk.store):
        raise Mistyped(f"{found.entry_id} is taken back already.", "ENTRY")
    return EntryWithdrawn(entry=found.entry_id, why=_needed(because, "--why"))
