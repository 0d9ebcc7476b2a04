"""Weeks and terms on one page: attendance, calls, what was done in time. Only a page for safeguarding names a pupil."""

from collections.abc import Iterable

from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.term.national import SOURCE
from firstday_cli.domain.term.small_numbers import FEWEST
from firstday_cli.domain.term.term_picture import TermPicture
from firstday_cli.reports.analysis_attendance import attendance_tables
from firstday_cli.reports.analysis_calling import calling_tables
from firstday_cli.reports.analysis_first import what_this_says
from firstday_cli.reports.analysis_shape import analysis_shape
from firstday_cli.reports.counted import shown_time
from firstday_cli.reports.page import Audience, Page, Table
from firstday_cli.reports.shares import counted


def analysis(picture: TermPicture, audience: Audience = Audience.OFFICE) -> Page:
    """The page of `report analysis`; its worksheet is the marks, one row for each count or, named, for each pupil."""
    return Page(
        title=f"{picture.school}: attendance and calls, {in_words(picture.first)} to {in_words(picture.last)}",
        facts=analysis_shape(picture, audience),
        audience=audience,
        warnings=tuple(_warnings(picture)),
        tables=(
            what_this_says(picture), *attendance_tables(picture), *calling_tables(picture),
            *_named(picture, audience),
        ),
        notes=tuple(_notes(picture, audience)),
        worksheet=Table(
            title="Marks" if audience is Audience.SAFEGUARDING else "", columns=picture.columns, rows=picture.rows
        ),
        keeps_tables=True,
    )  # fmt: skip


def _named(picture: TermPicture, audience: Audience) -> Iterable[Table]:
    """Who had more than one absence that nobody has explained, where the page is for safeguarding."""
    if audience is Audience.SAFEGUARDING:
        repeated = [s for s in picture.silent if s.absences > 1]
        yield Table(
            title=f"Pupils with two absences or more that nobody has explained ({len(repeated)})",
            columns=("Pupil", "Name", "Group", "Absences"),
            rows=tuple((s.pupil.pupil_id, s.pupil.name, s.pupil.group, str(s.absences)) for s in repeated),
            empty="Nobody.", unbroken=("Pupil", "Name", "Group"),
        )  # fmt: skip


def _warnings(picture: TermPicture) -> Iterable[str]:
    without, later = picture.days - picture.marked, picture.marked - picture.read
    if without:
        yield f"No register was taken in of {without} of {counted(picture.days, 'school day')}: they count nowhere."
    if later:
        days = counted(later, "school day")
        yield f"The registers of {days} came in later: what was made in time then cannot be told."


def _notes(picture: TermPicture, audience: Audience) -> Iterable[str]:
    yield f"As of {shown_time(picture.as_of, picture.last)}, by the marks as the registers have them now."
    yield "In sessions: two make a school day. Sessions without a mark are neither possible nor missed."
    yield "Pupils are those of the newest roll, each in its group there, from the first day on roll to the last."
    yield f"A rating is the one that a pupil has on {in_words(picture.rated_on)}, whatever it was before."
    if audience is not Audience.SAFEGUARDING:
        yield f"Groups and ratings of fewer than {FEWEST} pupils stand together in one line."
    yield "A call is one ring of one number, about brothers and sisters too; a text is none. Answered: somebody spoke."
    yield "In time: made, and written down, by the policy's time. A withdrawn entry counts for nothing."
    yield f"National figures: {SOURCE}. They are of a whole year; a school's own weeks differ with the season."
