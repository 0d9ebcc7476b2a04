"""What is new in the inbox → taken in → reconciled, what must be done next, and what the day ends with."""

from collections.abc import Sequence
from dataclasses import replace

from firstday_cli.desk import Desk
from firstday_cli.domain.escalation.next_steps import Escalation, escalation, outstanding
from firstday_cli.domain.standing.reconcile import StandingKind
from firstday_cli.errors import ACT_NOW, PROVISIONAL, UnreadableExport
from firstday_cli.journal import journal
from firstday_cli.morning.replaying import keep_for_replays, unread_then
from firstday_cli.morning.taking_in import Progress, take_in
from firstday_cli.reports.taken_in import FileReport


def reconciled(desk: Desk, progress: Progress) -> tuple[Escalation, tuple[FileReport, ...]]:
    """Take in what is new, then the picture of the session and every child's next steps.

    A file that cannot be read makes it provisional. Of a moment past nothing is taken in.
    """
    reports = unread_then(desk) if desk.is_replay else take_in(desk, progress=progress)
    found = escalation(desk.evidence())
    keep_for_replays(desk, reports)
    unread = tuple(f"{r.file} could not be read" for r in reports if r.error)
    picture = replace(found.picture, provisional_because=(*found.picture.provisional_because, *unread))
    many = {kind.value: picture.counts[kind] for kind in (StandingKind.UNEXPLAINED, StandingKind.UNKNOWN)}
    journal().note("decided", **many, steps=len(found.steps), provisional=bool(picture.provisional_because))
    return replace(found, picture=replace(picture, alerts=found.alerts)), reports


NO_PUPILS = "No pupils yet: save the export of the roll, and today's registers, in the school's inbox/; then run this."


def pressing(found: Escalation) -> str:
    """How many steps come next, and how many of them cannot wait; before there is a roll, what is wanting."""
    if not found.picture.roll and not found.steps:
        return NO_PUPILS
    now = sum(1 for step in found.steps if step.is_act_now or step.is_overdue(found.picture.as_of))
    many = f"{len(found.steps)} next step{'' if len(found.steps) == 1 else 's'}"
    return f"{many}, {now} of them overdue or at once: firstday escalate"


def exit_code_of(found: Escalation, files: Sequence[FileReport]) -> int:
    """The day's code; a file that could not be read outranks it, for nobody knows what stood in it."""
    return UnreadableExport.exit_code if any(f.error for f in files) else outstanding(found)


def exit_code_of_files(files: Sequence[FileReport]) -> int:
    """The code of `ingest`: 20 for a file that could not be read, 11 for a sign of danger, 12 for refused rows."""
    if any(f.error for f in files):
        return UnreadableExport.exit_code
    if any(f.dangers for f in files):
        return ACT_NOW
    return PROVISIONAL if any(f.rows_refused for f in files) else 0
