"""Rows of a register, long or wide → marks by session."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta

from firstday_cli.domain.evidence import Problem, RegisterMark
from firstday_cli.domain.marks import PRESENT, tidy
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half, Session, in_words
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake import cells as read
from firstday_cli.intake.identify import Layout, MarkColumn
from firstday_cli.intake.row_cells import RowCells, Unread

WEEK = re.compile(r"week|w/c|w/b|commencing|beginning|start|from", re.IGNORECASE)
ENDING = re.compile(r"ending|w/e\b", re.IGNORECASE)
PRINTED = re.compile(r"print|generated|produced|report run|run date|exported|as at", re.IGNORECASE)
NO_SCHOOL = ("", "#", "-")  # what a grid shows for the days of its week before a term begins
SUNDAY = 6
Plain = tuple[str, str, datetime | None]


class SessionMarks:
    """One session's marks: pupils plainly present by mark, group and time taken, and every other row."""

    def __init__(self) -> None:
        self.plain: defaultdict[Plain, dict[str, int]] = defaultdict(dict)
        self.rows: list[RegisterMark] = []


class Registers:
    """Gathers a file's marks session by session."""

    def __init__(self, layout: Layout, file: str, asked: Session, read_at: datetime) -> None:
        self.layout, self.file, self.asked, self.read_at = layout, file, asked, read_at
        self.sessions: defaultdict[tuple[date, Half], SessionMarks] = defaultdict(SessionMarks)
        self.warnings: list[str] = []
        self._monday: date | None = None
        self.names_no_day = False
        self.unsure: Problem | None = None
        if layout.mark_columns and "date" not in layout.places:
            self._look_at_titles()

    def ids(self) -> set[str]:
        """Every pupil id in the marks."""
        blocks = (block for marks in self.sessions.values() for block in marks.plain.values())
        return {p for block in blocks for p in block} | {r.pupil_id for m in self.sessions.values() for r in m.rows}

    def add(self, cells: RowCells) -> None:
        """Take one row in; raises Unread where it cannot be understood."""
        pupil_id = PupilId(cells.required("pupil_id", "a pupil's id"))
        if self.layout.mark_columns:
            self._add_wide(cells, pupil_id)
        else:
            self._add_long(cells, pupil_id)

    def _add_long(self, cells: RowCells, pupil_id: PupilId) -> None:
        day = cells.required_day("date")
        cells.required("session", "AM or PM")
        half = cells.half("session")
        if half is None:
            raise Unread
        comment = cells.text("comment") if cells.has("comment") else None
        for mark in self._marks(cells):
            self._keep(cells, (day, half), pupil_id, mark, comment)

    def _marks(self, cells: RowCells) -> set[str | None]:
        """The row's mark; with sub-code columns the longest that belongs to it, and beside it any that does not."""
        if self.layout.export.comments_only:
            return {None}
        mark, *finer = [self._national(code) for code in (cells.text("mark"), *cells.texts("sub_code"))]
        own = max((mark, *(code for code in finer if code.startswith(mark))), key=len)
        return {own, *(code for code in finer if code and not own.startswith(code))}

    def _national(self, mark: str) -> str:
        return self.layout.export.marks.get(mark, tidy(mark))

    def _add_wide(self, cells: RowCells, pupil_id: PupilId) -> None:
        marks = [
            (column, self._day_of(column, cells), self._national(cells.at(column.place)))
            for column in self.layout.mark_columns
        ]
        for column, day, mark in marks:
            if not cells.covers(day) and mark not in NO_SCHOOL:
                expected = f"a day that calendar.toml covers; {in_words(day)} is in none of its terms"
                cells.refuse(self.layout.header.cells[column.place], day.isoformat(), expected)
        for column, day, mark in marks:
            if cells.covers(day):
                self._keep(cells, (day, column.half), pupil_id, mark, None)

    def _keep(
        self, cells: RowCells, session: tuple[date, Half], pupil_id: PupilId, mark: str | None, comment: str | None
    ) -> None:
        group, taken_at = cells.text("group"), self._taken_at(cells, session[0])
        minutes = cells.text("minutes_late")
        if mark in PRESENT and not comment and not minutes:
            self.sessions[session].plain[mark or "", group, taken_at][pupil_id] = cells.row.number
            return
        self.sessions[session].rows.append(
            RegisterMark(
                pupil_id=pupil_id,
                mark=mark,
                comment=comment,
                minutes_late=minutes,
                group=group,
                taken_at=taken_at,
                row=cells.row.number,
            )
        )

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
        titles = [read.tidy(cell) for row in self.layout.titles for cell in row.cells if cell.strip()]
        if any(column.weekday is not None for column in self.layout.mark_columns):
            self._monday = self._week_in(titles)
        if all(column.day is None and column.weekday is None for column in self.layout.mark_columns):
            self._must_be_of_the_day(titles)

    def _week_in(self, titles: list[str]) -> date | None:
        named = [(bool(ENDING.search(t)), day) for t in titles if WEEK.search(t) for day in read.days_in(t)]
        weeks = {monday_of(day, ends=ends) for ends, day in named}
        if len(weeks) == 1:
            return weeks.pop()
        if "week" in self.layout.places and not weeks:
            return None
        expected = "one title such as “Week beginning 23/11/2026”, or a column startDate"
        raise UnreadableExport(
            f"has columns MonAM … FriPM and does not say of which week: expected {expected}.", self.file
        )

    def _must_be_of_the_day(self, titles: list[str]) -> None:
        dates = {day for title in titles if not PRINTED.search(title) for day in read.days_in(title)}
        asked = in_words(self.asked.day)
        if dates - {self.asked.day}:
            shown = ", ".join(in_words(day) for day in sorted(dates))
            mend = "Give its day with --day, or export today's."
            raise UnreadableExport(f"says {shown}, but {asked} was asked for. {mend}", self.file)
        self.names_no_day = not dates
        if not dates:
            column = self.layout.header.cells[self.layout.mark_columns[0].place]
            self.unsure = Problem(
                file=self.file,
                row=self.layout.header.number,
                column=column,
                found="no day",
                expected=f"a title that names the day: the marks are read as those of {asked}",
            )
            self.warnings.append(f"says no date: its marks are read as those of {asked}")

    def finish(self) -> None:
        """Leave out the columns of sessions still to come that nobody has marked: they say nothing yet."""
        asked = (self.asked.day, self.asked.half)
        for session, marks in list(self.sessions.items()):
            empty = not marks.plain and all(not row.mark for row in marks.rows)
            if self.layout.mark_columns and session > asked and empty:
                del self.sessions[session]
        odd = sum(
            len(p) for (_, half), m in self.sessions.items() for (mark, *_), p in m.plain.items() if _is_odd(mark, half)
        )
        if odd:
            self.warnings.append(f"{odd} present marks are the other half of the day's: read as present")


def _is_odd(mark: str, half: Half) -> bool:
    return (mark == "/" and half is Half.PM) or (mark == "\\" and half is Half.AM)


def monday_of(day: date, *, ends: bool = False) -> date:
    """The Monday of the school week of this day; a Sunday belongs to the week that follows, but for a week's end."""
    if day.weekday() == SUNDAY and not ends:
        return day + timedelta(days=1)
    return day - timedelta(days=day.weekday())
