"""Attendance over weeks: how many sessions were possible, attended and missed. No pupil is named."""

from collections.abc import Sequence

from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.term_picture import AttendanceLine, TermPicture
from firstday_cli.reports.page import Json, Page, Table

COLUMNS = ("Possible", "Attended", "Authorised", "Unauthorised", "Absence", "No mark")


def analysis(picture: TermPicture) -> Page:
    """The page of `report analysis`."""
    headings = (("Week of", picture.by_week), ("Group", picture.by_group), ("Weekday", picture.by_weekday))
    return Page(
        title=f"{picture.school}: attendance, {in_words(picture.first)} to {in_words(picture.last)}",
        facts={
            "schema": "firstday/analysis/1",
            "from": picture.first.isoformat(),
            "to": picture.last.isoformat(),
            "by_week": _shapes(picture.by_week),
            "by_group": _shapes(picture.by_group),
            "by_weekday": _shapes(picture.by_weekday),
        },
        tables=tuple(_table(heading, lines) for heading, lines in headings),
        notes=("In sessions: two make a school day. Sessions without a mark are neither possible nor missed.",),
    )


def _table(heading: str, lines: Sequence[AttendanceLine]) -> Table:
    rows = tuple((x.label, *(str(n) for n in _numbers(x)[:4]), x.absence, str(x.unmarked)) for x in lines)
    return Table(
        title=f"By {heading.lower().removesuffix(' of')}",
        columns=(heading, *COLUMNS),
        rows=rows,
        empty="No register of these days was taken in.",
    )


def _numbers(line: AttendanceLine) -> tuple[int, ...]:
    return line.possible, line.attended, line.authorised, line.unauthorised, line.unmarked


def _shapes(lines: Sequence[AttendanceLine]) -> list[Json]:
    names = ("possible", "attended", "authorised", "unauthorised", "unmarked")
    return [{"label": x.label, **dict(zip(names, _numbers(x), strict=True))} for x in lines]
