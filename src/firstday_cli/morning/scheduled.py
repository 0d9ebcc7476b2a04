"""The scheduled step: take in, reconcile, the sheets of the moment, the heartbeat; run twice it changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from firstday_cli.desk import Asked, Desk, moment_now, school_folder
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.marks import OF_A_TAKEN_REGISTER
from firstday_cli.domain.picture.troubles import Brought, Trouble, TroubleKind, troubles
from firstday_cli.domain.runs import EARLY, ListsMade, RunAt, lists_missed, next_runs, run_due
from firstday_cli.domain.school_days import Half, Session, in_london, moment
from firstday_cli.errors import SOMEBODY_MUST_ACT, Mistyped, StoreUnavailable
from firstday_cli.journal import journal
from firstday_cli.morning.checks.runs import open_days
from firstday_cli.morning.heartbeat import LastRun, Pulse, last_run
from firstday_cli.morning.inbox import files_there
from firstday_cli.morning.reconciling import exit_code_of, reconciled
from firstday_cli.morning.sheets_due import SheetWritten, sheets_due, write_sheets
from firstday_cli.morning.taking_in import Progress, take_in
from firstday_cli.reports.page import Page
from firstday_cli.reports.scheduled import Ran, facts_of, nothing_due, scheduled, would_be_run
from firstday_cli.reports.taken_in import FileReport
from firstday_cli.store import evidence

POLICY, LOCK = "policy.toml", "morning.lock"
PATIENCE_SECONDS = 120.0


def run_morning(asked: Asked, progress: Progress, *, if_due: bool = False) -> tuple[Page, int]:
    """Make the scheduled run, one at a time; its page and exit code. With `if_due` only where a run is due.

    Whatever ends it, the heartbeat says so; a run that was killed is left as begun. One of a day or a session that is
    not now's is no scheduled run: it writes its sheets, and the heartbeat knows nothing of it.
    """
    from firstday_cli.store.sqlite import turn

    folder = school_folder(asked.school)
    if not (folder / POLICY).is_file():
        Desk(asked)  # says what is wrong with the folder
    with turn(folder / LOCK, PATIENCE_SECONDS):
        before = last_run(folder)
        pulse = Pulse(folder, in_london(asked.now) if asked.now else moment_now(), before)
        is_scheduled = True
        try:
            desk, is_scheduled = _desk_for(asked, before)
            if if_due and due_run(desk, before) is None:
                return nothing_due(desk.now, next_run(desk)), 0
            if is_scheduled:
                pulse.begun()
            ran, lists = _ran(desk, before, progress)
        except Mistyped:
            raise  # no run was begun, and none has failed
        except BaseException as error:
            if is_scheduled:
                pulse.failed(error)
            raise
        if is_scheduled:
            pulse.done(facts_of(ran), lists, is_whole=ran.is_whole)
        return scheduled(ran), ran.exit_code


def _desk_for(asked: Asked, before: LastRun | None) -> tuple[Desk, bool]:
    """The desk of the session that the run is for, and whether that is the session of now.

    The list that is due is its own session's, whenever it is made; where the session of now is shut, it is the other.
    """
    desk = Desk(replace(asked, day=None, half=None))
    _must_be_now(desk)
    due, days = due_run(desk, before), open_days(desk)
    shut = [half for half in Half if days.why_shut(Session(day=desk.session.day, half=half))]
    half = due.lists if due and due.lists else desk.session.half
    if shut == [half]:
        half = next(other for other in Half if other is not half)
    own = Desk(replace(asked, day=None, half=half.value))
    if asked.day is None and asked.half is None:
        return own, True
    said = Desk(asked)
    return said, said.session == own.session


def would_run(asked: Asked, progress: Progress, *, if_due: bool = False) -> tuple[Page, int]:
    """What a run would take in and write now, and whether one is due; nothing is written."""
    desk, _ = _desk_for(asked, last_run(school_folder(asked.school)))
    files = take_in(desk, dry_run=True, progress=progress)
    shut = desk.calendar.why_shut(desk.session)
    is_due = not if_due or due_run(desk, last_run(desk.folder)) is not None
    wanted = tuple(sheet.report for sheet in sheets_due(desk, is_open=not shut)) if is_due else ()
    return would_be_run(desk.session, desk.now, files if is_due else (), wanted, next_run(desk)), 0


def _must_be_now(desk: Desk) -> None:
    """Raise Mistyped for a moment past: its sheets would take the place of newer ones."""
    if desk.is_replay:
        raise Mistyped(
            "is a moment past, and its sheets would replace newer ones. firstday reconcile shows what was known then, "
            "and so does firstday report NAME --as-of MOMENT.",
            "--now",
        )


def due_run(desk: Desk, before: LastRun | None) -> RunAt | None:
    """The run that is due at this moment, and that none has made yet."""
    return run_due(desk.now, before.done_at if before else None, desk.policy, desk.calendar)


def next_run(desk: Desk) -> RunAt | None:
    """The scheduled run that comes next; None where the calendar ends first."""
    return next(iter(next_runs(desk.now, desk.policy, open_days(desk), 1)), None)


def _ran(desk: Desk, before: LastRun | None, progress: Progress) -> tuple[Ran, ListsMade]:
    known = before.lists if before else ListsMade()
    found, files = reconciled(desk, progress)
    missed = lists_missed(known, desk.now, desk.policy, open_days(desk))
    wrong = _troubles(desk, found, files, missed)
    sheets = write_sheets(desk, sheets_due(desk, is_open=not found.picture.why_shut), wrong)
    wrong = (*wrong, *_not_written(sheets))
    for trouble in wrong:
        journal().note("trouble", kind=trouble.kind.value)
    ran = Ran(
        found=found, files=files, troubles=wrong, sheets=tuple(s.path for s in sheets if not s.error),
        exit_code=_exit_code(exit_code_of(found, files), wrong), next_run=next_run(desk),
        beside=tuple(f"{s.report}: {said}" for s in sheets for said in s.beside),
    )  # fmt: skip
    is_made = ran.is_whole and desk.now >= _registers_due(desk)  # a list of which a sheet is not there is not made
    made = (desk.session,) if is_made and desk.session not in known.made else ()
    return ran, ListsMade(since=desk.now, made=(*known.made, *made), missed=missed)


def _registers_due(desk: Desk) -> datetime:
    times = desk.policy.morning if desk.session.half is Half.AM else desk.policy.afternoon
    return moment(desk.session.day, times.registers_in_by) - EARLY


def _troubles(
    desk: Desk, found: Escalation, files: Sequence[FileReport], missed: Sequence[Session]
) -> tuple[Trouble, ...]:
    brought = Brought(
        files=files_there(desk),
        is_register_in=_is_register_in(desk),
        last=evidence.last_taken(desk.store, desk.known_until),
        of_kind=desk.last_taken_in(),
        unreadable=sum(1 for file in files if file.error),
    )
    return troubles(found.picture, brought, missed, desk.policy.freshness, _registers_due(desk))


def _is_register_in(desk: Desk) -> bool:
    """Whether any register of the session was taken: an export may hold nothing but codes that were entered before."""
    held = evidence.sheets_of(desk.store, desk.session.day, desk.known_until)[desk.session.half]
    registers = [sheet for sheet in held if not sheet.comments_only]
    plain = {marks.mark for sheet in registers for marks in sheet.plain}
    return bool((plain | {row.mark for sheet in registers for row in sheet.rows}) & OF_A_TAKEN_REGISTER)


def _not_written(sheets: Sequence[SheetWritten]) -> tuple[Trouble, ...]:
    """One trouble for all sheets that could not be written, with the first reason."""
    failed = [sheet for sheet in sheets if sheet.error]
    if not failed:
        return ()
    because = f"{', '.join(sheet.report for sheet in failed)}: {failed[0].error.partition('. ')[0].rstrip('.')}"
    return (Trouble(kind=TroubleKind.NOT_WRITTEN, because=because),)


def _exit_code(of_day: int, wrong: Sequence[Trouble]) -> int:
    """The day's code; what troubles the run is somebody's to see to, and a sheet that is not there outranks all."""
    if any(trouble.kind is TroubleKind.NOT_WRITTEN for trouble in wrong):
        return StoreUnavailable.exit_code
    return of_day or (SOMEBODY_MUST_ACT if wrong else 0)
