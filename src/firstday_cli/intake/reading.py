"""Rows and a layout → evidence, refused rows and problems, with the sum: read = understood + refused."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import AbsenceMessage, CallTyped, LateArrival, PlannedAbsence, Problem, RefusedRow
from firstday_cli.domain.people import Flag, Pupil
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.moments import days_in
from firstday_cli.intake.cells.words import tidy
from firstday_cli.intake.files.asides import is_aside
from firstday_cli.intake.files.table import Row, Table
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.rows.alike import EVERY, RowsAlike
from firstday_cli.intake.rows.calls import read_call, refused_call
from firstday_cli.intake.rows.contact_lines import each_once, in_file_order
from firstday_cli.intake.rows.kept_marks import Kept
from firstday_cli.intake.rows.kinds import (
    Unread,
    contacts_beside,
    read_contact,
    read_flag,
    read_late,
    read_message,
    read_planned,
    read_pupil,
)
from firstday_cli.intake.rows.registers import Registers
from firstday_cli.intake.rows.row_cells import RowCells
from firstday_cli.intake.rows.spread import class_stands_once, why_left_out
from firstday_cli.intake.rows.titled_day import PRINTED, names_the_day, refuse_days_beside
from firstday_cli.intake.undisturbed import undisturbed


@record
class RejectedRow:
    """A refused row as it stood in its file, for the reject file."""

    row: int
    cells: tuple[str, ...]
    problems: tuple[Problem, ...]


@record
class Reading:
    """What was understood of one file, and what was not; of calls also the cells of each row, still to be judged."""

    file: str
    layout: Layout
    encoding: str
    rows_read: int
    pupils: tuple[Pupil, ...] = ()
    contacts: tuple[Contact, ...] = ()
    registers: Registers
    lates: tuple[LateArrival, ...] = ()
    messages: tuple[AbsenceMessage, ...] = ()
    planned: tuple[PlannedAbsence, ...] = ()
    flags: tuple[Flag, ...] = ()
    calls: tuple[CallTyped, ...] = ()
    cells: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    named: Mapping[tuple[str, str], Sequence[int]] = field(default_factory=dict)
    refused: tuple[RefusedRow, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()
    asides: int = 0

    @property
    def rows_refused(self) -> int:
        """How many rows were refused."""
        return len(self.refused)

    @property
    def rows_understood(self) -> int:
        """How many rows were understood: all that were read and not refused."""
        return self.rows_read - self.rows_refused

    def ids(self) -> frozenset[str]:
        """Every pupil id the file names."""
        rows: tuple[Sequence[Any], ...] = (
            self.pupils,
            self.contacts,
            self.lates,
            self.messages,
            self.planned,
            self.flags,
            self.calls,
        )
        found = {row.pupil_id for kind in rows for row in kind if row.pupil_id}
        return frozenset(found | self.registers.ids() | {row.pupil_id for row in self.refused if row.pupil_id})


AS_A_TITLE = 2  # filled cells: “Week beginning” and its day
NEAR = 10  # rows before the last that are looked at
NAMED = 5  # rows left out that are named
READERS: dict[str, Callable[[RowCells], Any]] = {
    "roll": read_pupil,
    "contacts": read_contact,
    "lates": read_late,
    "messages": read_message,
    "planned": read_planned,
    "flags": read_flag,
    "calls": read_call,
}
FIELDS = {
    "roll": "pupils",
    "contacts": "contacts",
    "lates": "lates",
    "messages": "messages",
    "planned": "planned",
    "flags": "flags",
    "calls": "calls",
}


class Reader:
    """Reads one file row by row, keeping count."""

    def __init__(
        self,
        table: Table,
        layout: Layout,
        asked: Session,
        read_at: datetime,
        covers: Callable[[date], bool],
        tick: Callable[[int], None],
    ) -> None:
        self.table, self.layout, self.covers, self.tick = table, layout, covers, tick
        self.registers = Registers(layout, table.file, asked, read_at)
        self.read_at, self.asked = read_at, asked
        if self.registers.is_of_the_day:
            refuse_days_beside(table, layout, asked.day, covers)
        self.title_between = False
        self.fills_down = class_stands_once(table, layout)
        self.may_fill = self.fills_down or bool(table.merged)
        self.found: list[Any] = []
        self.beside: list[Contact] = []
        self.cells: dict[int, tuple[str, ...]] = {}
        self.refused: list[RefusedRow] = []
        self.rejected: list[RejectedRow] = []
        self.problems: list[Problem] = []
        self.named: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self.alike = None if self.may_fill else RowsAlike(layout, self.named, tick)
        self.names = layout.names if "pupil_id" in layout.places else ()
        self.above = ""
        self.rows = 0
        self.filled_down = 0
        self.left_out: defaultdict[str, list[int]] = defaultdict(list)
        self.serials: list[str] = []

    def read(self) -> Reading:
        """The whole file. Raises UnreadableExport where it breaks off or cannot be split into rows."""
        last: deque[tuple[int, int]] = deque(maxlen=10)
        header = self.layout.header
        below = self.table.cells_below(self.layout.separator, header.number)
        with undisturbed():
            for number, texts in self.alike.unlike(below) if self.alike else below:
                if any(cell.strip() for cell in texts):
                    self._look_at(Row(number=number, cells=tuple(texts)), last)
        self._refuse_if_cut_off(last)
        self.registers.finish()
        return Reading(
            file=self.table.file, layout=self.layout, encoding=self.table.read_as, rows_read=self._rows_read(),
            registers=self.registers, refused=tuple(self.refused), rejected=tuple(self.rejected),
            problems=tuple(self.problems + [p for p in [self.registers.unsure] if p]),
            warnings=tuple(self._warnings()), asides=self._asides(), cells=self.cells, named=self.named,
            **self._by_kind(),
        )  # fmt: skip

    def _look_at(self, row: Row, last: deque[tuple[int, int]]) -> None:
        """Take a filled row in, or count it among those that are none of a pupil."""
        cells = self._cells(row)
        if why := self._why_left_out(cells):
            self.left_out[why].append(row.number)
            return
        self.rows += 1
        last.append((row.number, len(row.cells)))
        kept = self._take(cells)
        if self.alike and kept:
            self.alike.learn(row.cells, kept)
        if self.rows % EVERY == 0:
            self.tick(self._rows_read())

    def _asides(self) -> int:
        return sum(len(rows) for rows in self.left_out.values())

    def _rows_read(self) -> int:
        return self.rows + (self.alike.taken if self.alike else 0)

    def _refuse_if_cut_off(self, last: Sequence[tuple[int, int]]) -> None:
        """Raise UnreadableExport where the file's last row ends in its middle; a row like one before is whole."""
        if last and last[-1][0] > (self.alike.last if self.alike else 0):
            width = len([cell for cell in self.layout.header.cells if cell.strip()])
            near = [row for row in last if row[0] > last[-1][0] - NEAR]
            self.table.refuse_if_cut_off(near, width)

    def _cells(self, row: Row) -> RowCells:
        """The row's cells, its class taken from above where it stands there once for several pupils."""
        cells = RowCells(row, self.layout, self.table.file, self.covers)
        for place in self.layout.places.get("group", ()) if self.may_fill else ():
            own = cells.one_of("group")
            self.above = (
                own or self.table.merged.get((row.number, place), "") or (self.above if self.fills_down else "")
            )
            cells.group_above = "" if own else self.above
        return cells

    def _why_left_out(self, cells: RowCells) -> str:
        """Why the row is no record; blank where it is one."""
        texts = [cell for cell in cells.row.cells if cell.strip()]
        if self._is_undated and len(texts) <= AS_A_TITLE:
            self._look_between(texts)
        if is_aside(cells.row.cells, self.layout.header.cells):
            self._refuse_second_table(cells)
            return "totals, footers or repeated headings"
        if self._is_heading_of_class(cells):
            return "a class alone, above its pupils"
        return why_left_out(cells, self.read_at.date())

    @property
    def _is_undated(self) -> bool:
        """Whether the day of its marks stands around the rows, and not in them."""
        return self.layout.kind == "register" and "date" not in self.layout.places

    def _look_between(self, texts: Sequence[str]) -> None:
        """Look at a lone text among the rows: it may name another day, or begin a second table."""
        if self.registers.names_no_day and len(texts) == 1:
            names_the_day([tidy(text) for text in texts if not PRINTED.search(text)], self.asked.day, self.table.file)
        self.title_between = self.title_between or any(days_in(text) for text in texts)

    def _refuse_second_table(self, cells: RowCells) -> None:
        """Raise UnreadableExport where a title with a day and the heading again begin a table of another day."""
        if self.title_between and self._is_undated and cells.at(0) == tidy(self.layout.header.cells[0]):
            message = f"begins a second table in row {cells.row.number}, with a title of its own. Save each by itself."
            raise UnreadableExport(message, f"{self.table.file}, row {cells.row.number}")

    def _is_heading_of_class(self, cells: RowCells) -> bool:
        """Whether the row holds nothing but the class of the pupils below it."""
        filled = [place for place, cell in enumerate(cells.row.cells) if cell.strip()]
        return self.fills_down and filled == list(self.layout.places["group"][:1])

    def _take(self, cells: RowCells) -> Kept | None:
        """Take one row in; of a register's row with nothing to remark, return what was kept of it."""
        row, kept = cells.row, None
        if self.layout.kind == "calls" or "pupil_id" not in self.layout.places:
            self.cells[row.number] = row.cells
        if self.names and (name := " ".join(filter(None, map(cells.at, self.names)))):
            self.named[cells.text("pupil_id"), name].append(row.number)
        try:
            cells.must_fit()
            if self.layout.kind == "register":
                kept = self.registers.add(cells)
            else:
                found = READERS[self.layout.kind](cells)
                self.found += found if isinstance(found, tuple) else (found,)
                self.beside += contacts_beside(cells)
        except Unread:
            self._refuse(cells)
        self.problems += cells.problems
        self.serials += [cells.serial] if cells.serial else []
        self.filled_down += bool(cells.group_above)
        return None if cells.problems or cells.unread or cells.serial else kept

    def _refuse(self, cells: RowCells) -> None:
        self.refused.append(refused_call(cells) if self.layout.kind == "calls" else cells.as_refused())
        self.rejected.append(RejectedRow(row=cells.row.number, cells=cells.row.cells, problems=tuple(cells.unread)))

    def _by_kind(self) -> dict[str, Any]:
        kinds: dict[str, Any] = {}
        if self.layout.kind == "contacts":
            once = each_once(self.found)
            kinds["contacts"] = tuple(once if "order" in self.layout.places else in_file_order(once))
        elif self.layout.kind != "register":
            kinds[FIELDS[self.layout.kind]] = tuple(row for row in self.found if row is not None)
        if self.beside:
            kinds["contacts"] = tuple(self.beside)
        return kinds

    def _warnings(self) -> Iterable[str]:
        if self.table.is_windows_text:
            yield "read as Windows text (cp1252)"
        for why, rows in self.left_out.items():
            more = " …" if len(rows) > NAMED else ""
            yield f"{len(rows)} rows left out: {why} (row {', '.join(map(str, rows[:NAMED]))}{more})"
        if self.layout.kind == "contacts" and "order" not in self.layout.places:
            yield "says no order of calling: contacts are rung as they stand in it"
        if self.filled_down:
            yield f"{self.filled_down} rows take the class that stands once above them"
        if self.serials:
            number = self.serials[0]
            yield f"{len(self.serials)} rows have a day or time as a spreadsheet numbers it, such as {number}: read so"
        yield from self.table.notes
        yield from self.registers.warnings
