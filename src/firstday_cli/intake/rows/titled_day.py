"""Which week, day and session a register is of that says so only around its rows; and what tells against today."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.moments import day_written, days_in
from firstday_cli.intake.cells.ways import MONTHS, ORDINARY
from firstday_cli.intake.cells.words import heading_key, tidy
from firstday_cli.intake.files.table import Table
from firstday_cli.intake.layouts.layout import WEEKDAYS, Layout
from firstday_cli.intake.rows.said_words import OF_THE_PUPIL

WEEK = re.compile(r"week|\bw/c|\bw/b|\bw/e|commencing|beginning|start ?date|\bfrom\W*\d", re.IGNORECASE)
ENDING = re.compile(r"ending|\bw/e\b", re.IGNORECASE)
PRINTED = re.compile(r"print|generated|produced|report (?:run|start)|run date|exported", re.IGNORECASE)
HALVES = {
    Half.AM: re.compile(r"(?<![\d:.])(?<!\d )\bAM\b|\bmorning (?:session|regist|roll|mark)", re.IGNORECASE),
    Half.PM: re.compile(r"(?<![\d:.])(?<!\d )\bPM\b|\bafternoon (?:session|regist|roll|mark)", re.IGNORECASE),
}
PART_OF_A_DAY = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}})(?:[/.](\d{{1,2}})(?![\d/.])|(?:st|nd|rd|th)?[\s-]+({'|'.join(MONTHS)})[a-z]*)",
    re.IGNORECASE,
)
DAY_NAMED = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b", re.IGNORECASE)
WHOLE_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_NAMES = frozenset((*WEEKDAYS, "sat", "sun", "tues", "weds", "thur", "thurs"))
SUNDAY = 6


def titles_of(layout: Layout) -> list[str]:
    """What stands around the rows, but for when it was printed or exported: that says nothing of its day."""
    titles = (tidy(cell) for row in layout.titles for cell in row.cells if cell.strip())
    return [title for title in titles if not PRINTED.search(title)]


def half_in(titles: Iterable[str]) -> Half | None:
    """The one session that the titles name; None where they name none, or both."""
    found = {half for title in titles for half, named in HALVES.items() if named.search(title)}
    return found.pop() if len(found) == 1 else None


def week_in(titles: Iterable[str], *, has_column: bool, file: str) -> date | None:
    """The Monday of the one week that the titles name. Raises UnreadableExport where they name none, or several."""
    named = [(bool(ENDING.search(t)), day) for t in titles if WEEK.search(t) for day in days_in(t)]
    weeks = {monday_of(day, ends=ends) for ends, day in named}
    if len(weeks) == 1:
        return weeks.pop()
    if has_column and not weeks:
        return None
    expected = "one title such as “Week beginning 23/11/2026”, or a column startDate"
    raise UnreadableExport(f"has columns MonAM … FriPM and does not say of which week: expected {expected}.", file)


def monday_of(day: date, *, ends: bool = False) -> date:
    """The Monday of the school week of this day; a Sunday belongs to the week that follows, but for a week's end."""
    if day.weekday() == SUNDAY and not ends:
        return day + timedelta(days=1)
    return day - timedelta(days=day.weekday())


def names_the_day(texts: Sequence[str], asked: date, file: str) -> bool:
    """Whether these words name the day that was asked for. Raises UnreadableExport where they name another."""
    days = {day for text in texts for day in days_in(text)}
    if days - {asked}:
        _refuse(", ".join(in_words(day) for day in sorted(days)), asked, file)
    if days:
        return True
    for text in texts:
        if said := _other_day(text, asked):
            _refuse(said, asked, file)
    return False


def _other_day(text: str, asked: date) -> str:
    """What in a text without a whole date speaks of another day: 20/11, 20 Nov, last Friday; else blank."""
    for found in PART_OF_A_DAY.finditer(text):
        month = int(found[2]) if found[2] else MONTHS.index(found[3][:3].lower()) + 1
        day = int(found[1])
        if 1 <= month <= len(MONTHS) and 1 <= day <= 31 and (day, month) != (asked.day, asked.month):
            return found[0]
    named = {m[0].casefold() for m in DAY_NAMED.finditer(text)} & {*WHOLE_NAMES, *SHORT_NAMES}
    own = WHOLE_NAMES[asked.weekday()]
    others = sorted(name for name in named if not own.startswith(name[:3]))
    return others[0].capitalize() if others and len(others) == len(named) else ""


def _refuse(said: str, asked: date, file: str) -> None:
    mend = "Give its day with --day, or export today's."
    raise UnreadableExport(f"says {said}, but {in_words(asked)} was asked for. {mend}", file)


def refuse_days_beside(table: Table, layout: Layout, asked: date, covers: Callable[[date], bool]) -> None:
    """Raise UnreadableExport where a column that is not read, or a heading, says another day than was asked for.

    A profile may say of a column that it has nothing to do with the register's day (`may_have`).
    """
    headings = [tidy(cell) for cell in layout.header.cells]
    names_the_day([headings[column.place] for column in layout.mark_columns], asked, table.file)
    known = {place for places in layout.places.values() for place in places} | {c.place for c in layout.mark_columns}
    other = {heading_key(heading) for heading in layout.export.may_have} | OF_THE_PUPIL
    known |= {place for place, heading in enumerate(headings) if heading_key(heading) in other}
    for row in table.head(layout.separator):
        for place, day in _days_in_cells(row.cells, known) if row.number > layout.header.number else ():
            if covers(day) and day != asked and place < len(headings):
                message = f"has days in the column {headings[place][:60]}, which is not read, such as {in_words(day)}."
                mend = "Say what it means with `firstday inspect FILE --save NAME --map COLUMN=date` (or =nothing)."
                raise UnreadableExport(f"{message} {mend}", f"{table.file}, row {row.number}")


def _days_in_cells(cells: Sequence[str], read: Iterable[int]) -> Iterator[tuple[int, date]]:
    for place, cell in enumerate(cells):
        if place in read or not any(c.isdigit() for c in cell):
            continue
        try:
            yield place, day_written(tidy(cell), ORDINARY)
        except ValueError:
            continue
