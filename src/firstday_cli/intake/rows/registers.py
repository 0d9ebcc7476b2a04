"""Rows of a register, long or wide → marks by session."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.marks import BY_CODE, tidy
from firstday_cli.domain.school_days import Half, Session, in_words
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.layouts.layout import Layout, MarkColumn
from firstday_cli.intake.rows.kept_marks import Kept, Marked, Rest, SessionMarks
from firstday_cli.intake.rows.row_cells import RowCells, Unread
from firstday_cli.intake.rows.titled_day import half_in, monday_of, names_the_day, titles_of, week_in

SEVERAL, LONGEST_SHOWN = 2, 8
CODE_LONG = (2, 3)  # letters of a code of some system, of some year; one letter, a sign or a word is a way of its own
NO_SCHOOL = ("", "#", "-")  # what a grid shows for the days of its week before a term begins


class Registers:
    """Gathers a file's marks session by session."""

    def __init__(self, layout: Layout, file: str, asked: Session, read_at: datetime) -> None:
        self.layout, self.file, self.asked, self.read_at = layout, file, asked, read_at
        self.sessions: defaultdict[tuple[date, Half], SessionMarks] = defaultdict(SessionMarks)
        self.warnings: list[str] = []
        self._monday: date | None = None
        self.is_of_the_day = False  # its marks, or some of them, are read as those of the day asked for
        self.names_no_day = False
        self.unsure: Problem | None = None
        self.titles = titles_of(layout)
        self._titled_half = half_in(self.titles)
        if layout.kind == "register" and "date" not in layout.places:
            self._look_at_titles()

    def ids(self) -> set[str]:
        """Every pupil id in the marks."""
        blocks = (block for marks in self.sessions.values() for block in marks.plain.values())
        return {p for block in blocks for p in block} | {r.pupil_id for m in self.sessions.values() for r in m.rows}

    def add(self, cells: RowCells) -> Kept:
        """Take one row in; return what was kept of it, and where. Raises Unread where it cannot be understood."""
        pupil_id = cells.pupil()
        rest = Rest(
            pupil_id=pupil_id, group=cells.group, minutes_late=cells.text("minutes_late"),
            taken_at=cells.text("taken_at"), row=cells.row.number,
        )  # fmt: skip
        marked = self._wide(cells) if self.layout.mark_columns else self._long(cells)
        kept = Kept(rest, tuple(marked))
        for said in marked:
            if said.session is None:
                kept.targets.append(None)
                continue
            taken_at = self._taken_at(cells, said.session[0]) if rest.taken_at else None
            kept.when = self.sessions[said.session], taken_at
            kept.keep(said)
        return kept

    def _long(self, cells: RowCells) -> list[Marked]:
        day = cells.required_day("date") if cells.has("date") else self.asked.day
        half = self._titled_half if not cells.has("session") else cells.half("session")
        if half is None:
            cells.refuse("session", "", "AM or PM, in a column or in a title")
            raise Unread
        comment = cells.text("comment") if cells.has("comment") else None
        return [Marked(session=(day, half), mark=mark, comment=comment) for mark in self._marks(cells)]

    def _marks(self, cells: RowCells) -> set[str | None]:
        """The row's mark; with sub-code columns the longest that belongs to it, and beside it any that does not."""
        if self.layout.export.comments_only:
            return {None}
        mark, *finer = [self._national(code) for code in (cells.text("mark"), *cells.texts("sub_code"))]
        own = max((mark, *(code for code in finer if code.startswith(mark))), key=len)
        return {own, *(code for code in finer if code and not own.startswith(code))}

    def _national(self, mark: str) -> str:
        own = self.layout.export.marks
        return own.get(mark) or own.get(tidy(mark)) or tidy(mark)

    def _wide(self, cells: RowCells) -> list[Marked]:
        marks = [
            (column, self._day_of(column, cells), self._national(cells.at(column.place)))
            for column in self.layout.mark_columns
        ]
        for column, day, mark in marks:
            if mark not in NO_SCHOOL and not cells.covers(day):
                expected = f"a day that calendar.toml covers; {in_words(day)} is in none of its terms"
                cells.refuse(self.layout.header.cells[column.place], day.isoformat(), expected)
        return [
            Marked(session=(day, c.half) if cells.covers(day) else None, mark=mark, comment=None, place=c.place)
            for c, day, mark in marks
        ]

    def _taken_at(self, cells: RowCells, day: date) -> datetime | None:
        """When the register was taken, where it says so; a time of another day, or still to come, cannot be."""
        said = cells.moment("taken_at", on=day) if cells.has("taken_at") else None
        if said is not None and (said > self.read_at or said.date() != day):
            cells.remark("taken_at", cells.text("taken_at"), f"a time of {in_words(day)}, and not one still to come")
            return None
        return said

    def _day_of(self, column: MarkColumn, cells: RowCells) -> date:
        if column.day is not None:
            return column.day
        if column.weekday is not None:
            return self._week(cells) + timedelta(days=column.weekday)
        return cells.required_day("date") if cells.has("date") else self.asked.day

    def _week(self, cells: RowCells) -> date:
        """The Monday of the row's week: from its own column, else from the titles."""
        said = cells.day("week") if cells.has("week") else None
        if said is not None:
            return monday_of(said)
        if self._monday is None:
            cells.refuse("week", cells.text("week"), "the week this row is of")
            raise Unread
        return self._monday

    def _look_at_titles(self) -> None:
        """Find the week, or the day, that a grid is of. Raises UnreadableExport where it is of another day."""
        columns = self.layout.mark_columns
        if any(column.weekday is not None for column in columns):
            has_column = "week" in self.layout.places
            self._monday = week_in(self.titles, has_column=has_column, file=self.file)
        if not columns or any(column.day is None and column.weekday is None for column in columns):
            self.is_of_the_day = True
            self.names_no_day = not names_the_day(self.titles, self.asked.day, self.file)
        if self.names_no_day:
            place = [column.place for column in columns] or self.layout.places.get("mark", (0,))
            asked, heading = in_words(self.asked.day), self.layout.header.cells[place[0]]
            expected = f"a title that names the day: the marks are read as those of {asked}"
            self.unsure = Problem(
                file=self.file, row=self.layout.header.number, column=heading, found="no day", expected=expected
            )
            self.warnings.append(f"says no date: its marks are read as those of {asked}")

    def finish(self) -> None:
        """Leave out the columns of sessions still to come that nobody has marked: they say nothing yet."""
        asked = (self.asked.day, self.asked.half)
        for session, marks in list(self.sessions.items()):
            empty = not marks.plain and all(not row.mark for row in marks.rows)
            if self.layout.mark_columns and session > asked and empty:
                del self.sessions[session]
        self._refuse_other_codes()
        odd = sum(
            len(p) for (_, half), m in self.sessions.items() for (mark, *_), p in m.plain.items() if _is_odd(mark, half)
        )
        if odd:
            self.warnings.append(f"{odd} present marks are the other half of the day's: read as present")

    def _refuse_other_codes(self) -> None:
        """Raise UnreadableExport where the marks are another school's letters: an x may then mean anything."""
        rows = [row.mark for marks in self.sessions.values() for row in marks.rows if row.mark]
        strange = sorted({mark for mark in rows if mark not in BY_CODE and mark != "-" and len(mark) not in CODE_LONG})
        plain = {mark: len(p) for marks in self.sessions.values() for (mark, *_), p in marks.plain.items()}
        count = sum(1 for mark in rows if mark in strange)
        if {"/", "\\"} & plain.keys() or count < SEVERAL or count * 10 < len(rows) + sum(plain.values()):
            return
        shown = ", ".join(mark[:LONGEST_SHOWN] for mark in strange[:4])
        message = f"has marks that are no national codes ({shown} …), and none for present: who is in cannot be told."
        mend = "Say what each means under [exports.marks] of a profile; `firstday inspect FILE --save NAME` begins one."
        raise UnreadableExport(f"{message} {mend}", self.file)


def _is_odd(mark: str, half: Half) -> bool:
    return (mark == "/" and half is Half.PM) or (mark == "\\" and half is Half.AM)
