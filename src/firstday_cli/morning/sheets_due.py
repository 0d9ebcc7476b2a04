"""The sheets that a scheduled run writes: which, in which format, and from what time of the day on."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time

from firstday_cli.desk import Desk
from firstday_cli.domain.picture.troubles import Trouble, TroubleKind
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.runs import EARLY, minutes_after
from firstday_cli.domain.school_days import Half
from firstday_cli.errors import FirstdayError
from firstday_cli.journal import journal
from firstday_cli.morning.inbox import unread
from firstday_cli.morning.reporting import Wanted, reported
from firstday_cli.morning.written_pages import as_may_be_printed, content_of, name_among_sheets, told_beside, write_page
from firstday_cli.reports.sheet_head import with_unread

BEFORE_THE_REVIEW = -5  # minutes: the page is on the table when the meeting begins


@record
class SheetDue:
    """One report that a run writes: its ending, from which time of the policy on in each session, and why.

    A session that is not named has none. A time is a table and a key of the policy, and minutes after it.
    """

    report: str
    ending: str
    since: dict[Half, tuple[str, str, int]]
    why: str

    def is_due(self, half: Half, at: time, policy: Policy) -> bool:
        """Whether a run of this session at this time writes it."""
        if half not in self.since:
            return False
        table, key, minutes = self.since[half]
        return at >= minutes_after(getattr(getattr(policy, table), key), minutes)


ALWAYS = {Half.AM: ("morning", "registers_in_by", -24 * 60), Half.PM: ("afternoon", "starts", -24 * 60)}
REGISTERS_IN = {Half.AM: ("morning", "registers_in_by", 0), Half.PM: ("afternoon", "registers_in_by", 0)}
VISITS = {Half.AM: ("morning", "red_report_at", 0), Half.PM: ("afternoon", "registers_in_by", 0)}
REVIEW = {Half.AM: ("morning", "rag_review_at", BEFORE_THE_REVIEW)}
CLOSES = dict.fromkeys(Half, ("school", "closes", 0))

SHEETS_DUE: tuple[SheetDue, ...] = (
    SheetDue(report="unexplained", ending="html", since=ALWAYS, why="the list"),
    SheetDue(report="missing-registers", ending="html", since=ALWAYS, why="whom to chase for a register"),
    SheetDue(report="double-check", ending="pdf", since=REGISTERS_IN, why="whom to look for in school first"),
    SheetDue(report="call-sheet", ending="pdf", since=REGISTERS_IN, why="whom to ring"),
    SheetDue(report="texts", ending="csv", since=REGISTERS_IN, why="the batch of texts; none while no register is in"),
    SheetDue(report="escalations", ending="html", since=ALWAYS, why="what must be done next"),
    SheetDue(report="commented-absence", ending="pdf", since=VISITS, why="the page with which visits start"),
    SheetDue(report="visits", ending="pdf", since=VISITS, why="a card a family for staff who visit"),
    SheetDue(report="rag-review", ending="pdf", since=REVIEW, why="the page of the daily review"),
    SheetDue(report="day-summary", ending="html", since=CLOSES, why="the day in numbers"),
    SheetDue(report="handover", ending="pdf", since=CLOSES, why="what goes on overnight"),
)
LOOK_FIRST = "LOOK FIRST"  # of what stands above a page, what names nobody and no file
ONLY_WITH_A_REGISTER = ("texts",)  # else nearly every family would be told that its child is not in school
THE_LIST = "unexplained"
ON_A_DAY_WITHOUT_SCHOOL = ("escalations",)


@record
class SheetWritten:
    """What became of one sheet: its report, its path among the sheets, why it could not be written.

    What must be read `beside` it, where the file has no place for that.
    """

    report: str
    path: str
    error: str = ""
    beside: tuple[str, ...] = ()


def sheets_due(desk: Desk, *, is_open: bool) -> tuple[SheetDue, ...]:
    """The sheets of this session at this moment; on a day without school, what must be done next alone."""
    is_today = desk.now.date() == desk.session.day
    at = _as_begun(desk.now) if is_today else time.max  # a day looked back on is over
    due = (sheet for sheet in SHEETS_DUE if sheet.is_due(desk.session.half, at, desk.policy))
    return tuple(sheet for sheet in due if is_open or sheet.report in ON_A_DAY_WITHOUT_SCHOOL)


def _as_begun(now: datetime) -> time:
    """The time that a run is for: one that begins a moment before its time is its time's."""
    later = now + EARLY
    return later.time() if later.date() == now.date() else time.max


def write_sheets(desk: Desk, due: Iterable[SheetDue], wrong: Sequence[Trouble]) -> tuple[SheetWritten, ...]:
    """Write each sheet; one that cannot be written stops no other. A fault in one is raised when all are written.

    The list says at its top what is wrong with the run: it is what the office reads.
    """
    not_taken_in, found, faults = unread(desk), [], []
    no_register = any(trouble.kind is TroubleKind.NO_REGISTER for trouble in wrong)
    for sheet in due:
        if no_register and sheet.report in ONLY_WITH_A_REGISTER:
            continue
        try:
            said = tuple(t.sentence for t in wrong) if sheet.report == THE_LIST else ()
            found.append(_written(desk, sheet, not_taken_in, said))
        except Exception as fault:  # noqa: BLE001 - a fault in one sheet must not cost the others
            faults.append(fault)
    if faults:
        raise faults[0]
    return tuple(found)


def _written(desk: Desk, sheet: SheetDue, not_taken_in: tuple[str, ...], said: tuple[str, ...]) -> SheetWritten:
    page = with_unread(reported(desk, sheet.report, Wanted()), not_taken_in)
    page = replace(page, warnings=(*said, *page.warnings))
    place = name_among_sheets(page)
    path = place.with_name(f"{place.name}.{sheet.ending}")
    try:
        content = content_of(as_may_be_printed(page, sheet.ending, desk.policy), sheet.ending)
        write_page(desk.sheets / path, page, content, sheet.ending, alone=True)
    except FirstdayError as error:
        journal().note("not-written", report=sheet.report)
        return SheetWritten(report=sheet.report, path=path.as_posix(), error=error.message)
    beside = tuple(said for said in told_beside(page, sheet.ending) if said.startswith(LOOK_FIRST))
    return SheetWritten(report=sheet.report, path=path.as_posix(), beside=beside)
