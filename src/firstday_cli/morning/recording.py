"""What people say → entries for the log, checked before they are written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from firstday_cli.desk import Desk
from firstday_cli.domain.log.entries import (
    Entry,
    EntryId,
    EntryWithdrawn,
    ExplanationGiven,
    Finding,
    InSchoolChecked,
    Logged,
    NoteKind,
    NoteMade,
    SchoolClosed,
)
from firstday_cli.domain.log.written import Written
from firstday_cli.domain.people import PupilId
from firstday_cli.errors import Mistyped
from firstday_cli.morning.said import absence_code, all_named, last_day_said, last_episode_said, needed, session_said
from firstday_cli.store import log


def write(desk: Desk, entries: Sequence[Entry], *, dry_run: bool) -> list[Written]:
    """Write the entries, all or none; return what was written, or with `dry_run` what would be."""
    ids = [None] * len(entries) if dry_run else desk.record(entries)
    return [Written(entry_id=entry_id, entry=entry) for entry_id, entry in zip(ids, entries, strict=True)]


def checked(desk: Desk, pupils: Sequence[str], said_so: Mapping[str, bool], where: str) -> list[InSchoolChecked]:
    """One check for each pupil."""
    findings = [Finding(word) for word, given in said_so.items() if given]
    if len(findings) != 1:
        raise Mistyped("say one of --found, --not-found, --arrived and --not-arrived.", "check")
    day, half = session_said(desk)
    return [
        InSchoolChecked(pupil_id=p, day=day, half=half, finding=findings[0], where=where.strip())
        for p in all_named(desk, pupils)
    ]


def looked(desk: Desk, checks: Sequence[InSchoolChecked], *, dry_run: bool) -> list[Written]:
    """Write the checks, all or none; each with what the register may now need, the day's evidence read once."""
    found = write(desk, checks, dry_run=dry_run)
    needs = {} if dry_run else _to_amend(desk, checks)
    return [replace(w, follows=tuple(needs[p] for p in w.pupil_ids if p in needs)) for w in found]


def _to_amend(desk: Desk, checks: Sequence[InSchoolChecked]) -> dict[PupilId, str]:
    from firstday_cli.domain.sheets.amendments import amendments
    from firstday_cli.domain.standing.session_facts import SessionFacts

    today, (day, half) = desk.evidence(), (checks[0].day, checks[0].half)
    evidence = today if day == today.session.day else today.of_day(day)
    wanted = {check.pupil_id for check in checks}
    found = amendments(SessionFacts(evidence, half), wanted) if evidence else ()
    return {amendment.pupil.pupil_id: amendment.sentence for amendment in found}


def explained(
    desk: Desk, pupil: str, told_by: str, reason: str, child_with: str, *, code: str = "",
    last_episode: datetime | None = None, until: date | None = None, back: time | None = None,
) -> Entry:  # fmt: skip
    """An explanation: who told, why, and whom the child is with, for contact without whereabouts explains nothing."""
    first, episode = desk.asked.day or desk.at.date(), last_episode_said(desk, last_episode)
    return ExplanationGiven(
        pupil_id=desk.pupil_named(pupil), told_by=needed(told_by, "--told-by"), reason=needed(reason, "--reason"),
        child_with=needed(child_with, "--child-with"), code=absence_code(code, first), first_day=first,
        last_day=last_day_said(desk, first, until), back=back, last_episode=episode,
    )  # fmt: skip


def noted(desk: Desk, pupil: str, text: str, kind: str) -> Entry:
    """Something to remember."""
    day = desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    return NoteMade(pupil_id=desk.pupil_named(pupil), day=day, text=needed(text, "--text"), about=NoteKind(kind))


def closed(desk: Desk, because: str) -> Entry:
    """The school is shut."""
    desk.calendar.must_cover(desk.session.day)
    return SchoolClosed(day=desk.session.day, half=desk.half_said, why=needed(because, "--why"))


def withdrawn(desk: Desk, entry: str, because: str) -> Entry:
    """An entry taken back: one that stands, by its id, or this person's own last."""
    if entry == "last":
        if not desk.by:
            raise Mistyped("say who: add --by NAME, or set FIRSTDAY_BY.", "--by")
        last = log.last_entry_by(desk.store, desk.by)
        if last is None:
            raise Mistyped("nothing of yours stands to be taken back. Give the entry's id, such as E12.", "ENTRY")
        return _taken_back(desk, last, because)
    found = log.entry(desk.store, EntryId(entry.upper()))
    if found is None:
        raise Mistyped("no entry of the log has that id. `firstday why PUPIL` shows a pupil's entries.", "ENTRY")
    if found.entry_id in log.withdrawn(desk.store):
        raise Mistyped(f"{found.entry_id} is taken back already.", "ENTRY")
    return _taken_back(desk, found, because)


def _taken_back(desk: Desk, found: Logged, because: str) -> Entry:
    """The withdrawal; what would lower a rating without the authority for it is lowered by `rate` instead."""
    from firstday_cli.morning.rating import must_not_lower

    must_not_lower(desk, found)
    return EntryWithdrawn(entry=found.entry_id, why=needed(because, "--why"))
