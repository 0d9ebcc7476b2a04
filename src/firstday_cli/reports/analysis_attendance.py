"""Attendance of weeks and terms as tables with charts, the national rate beside the school's."""

from collections.abc import Sequence

from firstday_cli.domain.term.national import NATIONAL, YEAR
from firstday_cli.domain.term.term_picture import AttendanceLine, TermPicture
from firstday_cli.reports.page import Chart, Table
from firstday_cli.reports.shares import absence, share

BESIDE = ("primary", "secondary")  # the national rates that are drawn: which of them fits, the reader knows
COLUMNS = ("Pupils", "Possible", "Attended", "Authorised", "Unauthorised", "Absence", "No mark")
NATION = tuple((f"{n.schools} {n.absence} %", n.absence) for n in NATIONAL if n.schools in BESIDE)


def attendance_tables(picture: TermPicture) -> tuple[Table, ...]:
    """The school beside the nation, then by week, group, weekday and rating."""
    found, marks = picture.attendance, NATION
    return (
        _beside(found.overall),
        _table("By week", "Week of", found.by_week, marks),
        _table("By group", "Group", found.by_group, marks),
        _table("By weekday", "Weekday", found.by_weekday, marks),
        _table("By rating", "Rated", found.by_rating, marks),
    )


def _beside(overall: AttendanceLine) -> Table:
    own = ("This school, these days", absence(overall), share(overall.authorised, overall.possible))
    nation = ((f"England, {n.schools}, {YEAR}", f"{n.absence} %", f"{n.authorised} %") for n in NATIONAL)
    return Table(
        title="Absence beside the national rates", columns=("Schools", "Absence", "Authorised"), rows=(own, *nation),
        numbers=("Absence", "Authorised"),
    )  # fmt: skip


def _table(title: str, heading: str, lines: Sequence[AttendanceLine], marks: tuple[tuple[str, float], ...]) -> Table:
    rows = tuple((line.label, *numbers(line)) for line in lines)
    described = (
        f"Absence as a share of possible sessions {title.lower()}; dashed lines show England's primary and secondary "
        f"schools in {YEAR}."
    )
    return Table(
        title=f"Absence {title.lower()}", columns=(heading, *COLUMNS), rows=rows,
        empty="No register of these days was taken in.", numbers=COLUMNS,
        chart=Chart(described=described, names=heading, measures="Absence", marks=marks) if rows else None,
    )  # fmt: skip


def numbers(line: AttendanceLine) -> tuple[str, ...]:
    """One line's sessions and its rate of absence, as they stand in a table."""
    counts = (line.pupils, line.possible, line.attended, line.authorised, line.unauthorised)
    return (*map(str, counts), absence(line), str(line.unmarked))
