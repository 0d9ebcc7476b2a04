"""Rows and a layout → evidence, refused rows and problems, with the sum: read = understood + refused."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Any

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import AbsenceMessage, CallTyped, LateArrival, PlannedAbsence, Problem, RefusedRow
from firstday_cli.domain.people import Flag, Pupil
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.intake.calls import read_call, refused_call
from firstday_cli.intake.identify import Layout
from firstday_cli.intake.kinds import (
    Unread,
    contacts_beside,
    read_contact,
    read_flag,
    read_late,
    read_message,
    read_planned,
    read_pupil,
)
from firstday_cli.intake.registers import Registers
from firstday_cli.intake.row_cells import RowCells
from firstday_cli.intake.tables import Row, Text, is_aside, refuse_if_cut_off, rows_below


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


EVERY = 20_000  # rows between two signs of progress
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
        text: Text,
        layout: Layout,
        asked: Session,
        read_at: datetime,
        covers: Callable[[date], bool],
        tick: Callable[[int], None],
    ) -> None:
        self.text, self.layout, self.covers, self.tick = text, layout, covers, tick
        self.registers = Registers(layout, text.file, asked, read_at)
        self.found: list[Any] = []
        self.beside: list[Contact] = []
        self.cells: dict[int, tuple[str, ...]] = {}
        self.refused: list[RefusedRow] = []
        self.rejected: list[RejectedRow] = []
        self.problems: list[Problem] = []
        self.asides = 0

    def read(self) -> Reading:
        """The whole file. Raises UnreadableExport where it breaks off or cannot be split into rows."""
        rows = 0
        last: list[Row] = []
        header = self.layout.header
        width = len([cell for cell in header.cells if cell.strip()])
        for row in rows_below(self.text, self.layout.separator, header.number):
            if is_aside(row, header.cells):
                self.asides += 1
                continue
            rows += 1
            last = [*last[-9:], row]
            self._take(row)
            if rows % EVERY == 0:
                self.tick(rows)
        refuse_if_cut_off(self.text, last, width)
        self.registers.finish()
        return Reading(
            file=self.text.file, layout=self.layout, encoding=self.text.encoding, rows_read=rows,
            registers=self.registers, refused=tuple(self.refused), rejected=tuple(self.rejected),
            problems=tuple(self.problems + [p for p in [self.registers.unsure] if p]),
            warnings=tuple(self._warnings()), asides=self.asides, cells=self.cells,
            **self._by_kind(),
        )  # fmt: skip

    def _take(self, row: Row) -> None:
        cells = RowCells(row, self.layout, self.text.file, self.covers)
        if self.layout.kind == "calls":
            self.cells[row.number] = row.cells
        try:
            cells.must_fit()
            if self.layout.kind == "register":
                self.registers.add(cells)
            else:
                self.found.append(READERS[self.layout.kind](cells))
                self.beside += contacts_beside(cells)
        except Unread:
            self._refuse(cells)
        self.problems += cells.problems

    def _refuse(self, cells: RowCells) -> None:
        self.refused.append(refused_call(cells) if self.layout.kind == "calls" else cells.as_refused())
        self.rejected.append(RejectedRow(row=cells.row.number, cells=cells.row.cells, problems=tuple(cells.unread)))

    def _by_kind(self) -> dict[str, Any]:
        kinds: dict[str, Any] = {}
        if self.layout.kind != "register":
            kinds[FIELDS[self.layout.kind]] = tuple(row for row in self.found if row is not None)
        if self.beside:
            kinds["contacts"] = tuple(self.beside)
        return kinds

    def _warnings(self) -> Iterable[str]:
        if self.text.encoding == "cp1252":
            yield "read as Windows text (cp1252)"
        if self.asides:
            yield f"{self.asides} rows left out: totals, footers or repeated headings"
        yield from self.registers.warnings
