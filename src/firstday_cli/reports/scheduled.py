"""The page of `morning`: what the scheduled step found, in numbers; it names no child, for a monitor may read it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.picture.troubles import Trouble, TroubleKind
from firstday_cli.domain.record import record
from firstday_cli.domain.runs import RunAt
from firstday_cli.domain.school_days import Session, in_words
from firstday_cli.reports.page import Json, Page, Table
from firstday_cli.reports.taken_in import FileReport
from firstday_cli.reports.unexplained import sums


@record
class Ran:
    """One scheduled run: what it found, what came in, what troubled it, the sheets written, the run that comes next.

    `beside` is what must be read with a sheet that has no place for it.
    """

    found: Escalation
    files: tuple[FileReport, ...]
    troubles: tuple[Trouble, ...]
    sheets: tuple[str, ...]
    exit_code: int
    next_run: RunAt | None
    beside: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every sheet was written: a run that is not whole is due again."""
        return all(trouble.kind is not TroubleKind.NOT_WRITTEN for trouble in self.troubles)

    @property
    def overdue(self) -> int:
        """How many steps cannot wait: they are overdue, or to be done at once."""
        return sum(1 for s in self.found.steps if s.is_act_now or s.is_overdue(self.found.picture.as_of))


def scheduled(ran: Ran) -> Page:
    """What the run found: what troubled it first, then the numbers."""
    picture = ran.found.picture
    return Page(
        title=f"{picture.school}: scheduled run, {picture.session}, as of {picture.as_of:%H:%M}",
        facts={"schema": "firstday/morning/1", "ran": True, **facts_of(ran)},
        warnings=(*(trouble.sentence for trouble in ran.troubles), *ran.beside),
        tables=(
            Table(title="Found", columns=("What", "Found"), rows=tuple(_rows(ran))),
            Table(title="Sheets written", columns=("Sheet",), rows=tuple((name,) for name in ran.sheets)),
        ),
        notes=(sums(picture),),
    )


def nothing_due(now: datetime, next_run: RunAt | None) -> Page:
    """The page of a run that was not due."""
    return Page(
        title="No scheduled run is due",
        facts={
            "schema": "firstday/morning/1",
            "ran": False,
            "as_of": now.isoformat(),
            "next_run": next_run.at.isoformat() if next_run else None,
        },
        notes=(f"Next: {_when(next_run)}",),
    )


def would_be_run(
    session: Session, now: datetime, files: Sequence[FileReport], sheets: Sequence[str], next_run: RunAt | None
) -> Page:
    """The page of a dry run: what would be taken in, which sheets would be written."""
    return Page(
        title=f"A scheduled run of {session} at {now:%H:%M} would do this",
        facts={
            "schema": "firstday/morning/1",
            "ran": False,
            "as_of": now.isoformat(),
            "would_take_in": [file.file for file in files if not file.error and not file.left],
            "would_write": list(sheets),
            "next_run": next_run.at.isoformat() if next_run else None,
        },
        tables=(
            Table(
                title="Would be taken in", columns=("File", "What it is"),
                rows=tuple((file.file, file.sentence) for file in files), empty="Nothing new in the inbox.",
            ),
            Table(
                title="Would be written", columns=("Report",), rows=tuple((name,) for name in sheets),
                empty="No sheet: no run is due.",
            ),
        ),
        notes=(f"Next run: {_when(next_run)}",),
    )  # fmt: skip


def facts_of(ran: Ran) -> dict[str, Json]:
    """What the run decided as programs read it: numbers, groups and kinds, and nobody's name or id."""
    picture, found = ran.found.picture, ran.found
    return {
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "exit_code": ran.exit_code,
        "no_school": bool(picture.why_shut),
        "provisional": bool(picture.provisional_because),
        "counts": {"roll": picture.roll, **{kind.value: many for kind, many in picture.counts.items()}},
        "missing_registers": [register.group for register in picture.missing_registers],
        "messages_to_match": len(picture.messages_to_match),
        "discrepancies": len(picture.discrepancies),
        "alerts": dict(sorted(Counter(alert.alert for alert in found.alerts).items())),
        "steps": len(found.steps),
        "overdue": ran.overdue,
        "troubles": [{"trouble": t.kind.value, "because": t.sentence} for t in ran.troubles],
        "files": _files(ran.files),
        "sheets": list(ran.sheets),
        "beside": list(ran.beside),
        "next_run": ran.next_run.at.isoformat() if ran.next_run else None,
    }


def _files(files: Sequence[FileReport]) -> dict[str, Json]:
    read = [file for file in files if not file.error and not file.left]
    return {
        "taken_in": sum(1 for file in read if not file.is_known),
        "unreadable": sum(1 for file in files if file.error),
        "rows_read": sum(file.rows_read for file in read),
        "rows_refused": sum(file.rows_refused for file in read),
    }


def _rows(ran: Ran) -> Sequence[tuple[str, str]]:
    picture, found = ran.found.picture, ran.found
    missing = ", ".join(register.group for register in picture.missing_registers)
    shut = (("No school", "today, or in this session"),) if picture.why_shut else ()
    return (
        *shut,
        ("Files taken in", str(_files(ran.files)["taken_in"])),
        ("Registers not in", missing or "none"),
        ("Can be relied on", "no: provisional" if picture.provisional_because else "yes"),
        ("Messages that wait", str(len(picture.messages_to_match))),
        ("Alerts", str(len(found.alerts))),
        ("Next steps", f"{len(found.steps)}, {ran.overdue} of them overdue or at once"),
        ("Next run", _when(ran.next_run)),
    )


def _when(run: RunAt | None) -> str:
    return f"{in_words(run.at.date())} {run.at:%H:%M}, {run.why}" if run else "none: the calendar ends"
