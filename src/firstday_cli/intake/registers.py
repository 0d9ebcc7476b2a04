"""Rows of a register, long or wide → marks by session."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta

from firstday_cli.domain.evidence import RegisterMark
from firstday_cli.domain.marks import PRESENT, tidy
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half, Session, in_words
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake import cells as read
from firstday_cli.intake.identify import Layout, MarkColumn
from firstday_cli.intake.row_cells import RowCells, Unread

A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")
SUNDAY = 6
Plain = tuple[str, str, datetime | None]


class SessionMarks:
    """One session's marks: pupils plainly present by mark, group and time taken, and every other row."""

    def __init__(self) -> None:
        self.plain: defaultdict[Plain, dict[str, int]] = defaultdict(dict)
        self.rows: list[RegisterMark] = []


class Registers:
    """Gathers a file's marks session by session."""

    def __init__(self, layout: Layout, file: str, asked: Session) -> None:
        self.layout, self.file, self.asked = layout, file, asked
        self.sessions: defaultdict[tuple[date, Half], SessionMarks] = defaultdict(SessionMarks)
        self.warnings: list[str] = []
        self._monday: date | None = None
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
        self._keep(cells, (day, half), pupil_id, self._mark(cells), comment)

    def _mark(self, cells: RowCells) -> str | None:
        """The row's mark; with sub-code columns, the longest that belongs to it."""
        if self.layout.export.comments_only:
            return None
        codes = [self._national(code) for code in (cells.text("mark"), *cells.texts("sub_code"))]
        return max(codes, key=len)

    def _national(self, mark: str) -> str:
        return self.layout.export.marks.get(mark, tidy(mark))

    def _add_wide(self, cells: RowCells, pupil_id: PupilId) -> None:
        marks = [(column, self._day_of(column, cells)) for column in self.layout.mark_columns]
        for column, day in marks:
            if not cells.covers(day):
                expected = f"a day that calendar.toml covers; {in_words(day)} is in none of its terms"
                cells.refuse(self.layout.header.cells[column.place], day.isoformat(), expected)
        for column, day in marks:
            self._keep(cells, (day, column.half), pupil_id, self._national(cells.at(column.place)), None)

    def _keep(
        self, cells: RowCells, session: tuple[date, Half], pupil_id: PupilId, mark: str | None, comment: str | None
    ) -> None:
        group, taken_at = cells.text("group"), cells.moment("taken_at", on=session[0])
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
        words = " ".join(titles)
        named = re.search(rf"(?:week|start|w/c|commencing)\D{{0,30}}?({A_DATE.pattern})", words, re.IGNORECASE)
        if named:
            return monday_of(read.day(named[1]))
        if "week" in self.layout.places:
            return None
        expected = "a title such as “Week beginning 23/11/2026”, or a column startDate"
        raise UnreadableExport(
            f"has columns MonAM … FriPM and does not say of which week: expected {expected}.", self.file
        )

    def _must_be_of_the_day(self, titles: list[str]) -> None:
        dates = {day for title in titles for day in map(read.day, A_DATE.findall(title))}
        if dates and self.asked.day not in dates:
            shown = ", ".join(in_words(day) for day in sorted(dates))
            asked = in_words(self.asked.day)
            mend = "Give its day with --day, or export today's."
            raise UnreadableExport(f"says {shown}, but {asked} was asked for. {mend}", self.file)
        if not dates:
            self.warnings.append(f"says no date: its marks are read as those of {in_words(self.asked.day)}")

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


def monday_of(day: date) -> date:
    """The Monday of the school week that this day belongs to; a Sunday belongs to the week that follows."""
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day - timedelta(days=day.weekday())
