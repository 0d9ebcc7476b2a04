"""Marks → lines of attendance under a heading, and the marks as a table for another program."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date

import pandas as pd

from firstday_cli.analysis.frames import NOT_RATED
from firstday_cli.domain.marks import CountsAs
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.term.session_marks import UNMARKED
from firstday_cli.domain.term.small_numbers import joined
from firstday_cli.domain.term.term_picture import Attendance, AttendanceLine

ATTENDED = (CountsAs.PRESENT.value, CountsAs.APPROVED.value)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RATINGS = (*(rating.value for rating in RagRating), NOT_RATED)
COUNTED = ("day", "week", "session", "group", "class", "pupils")
OF_PUPILS = ("day", "week", "session", "pupil_id", "name", "group", "rating", "class")
Rows = tuple[tuple[str, ...], ...]


def attendance_of(marks: pd.DataFrame, *, is_apart: bool) -> Attendance:
    """Sessions of attendance under each heading; lines of few pupils stand alone only where `is_apart` says so."""
    by_rating = sorted(_lines(marks, "rating"), key=lambda line: RATINGS.index(line.label))
    by_group = _lines(marks, "group")
    return Attendance(
        overall=_overall(marks),
        by_week=_lines(marks, "week", lambda at: in_words(date.fromisoformat(at[:10]))),
        by_group=by_group if is_apart else joined(by_group),
        by_weekday=_lines(marks, "weekday", lambda number: WEEKDAYS[int(number)]),
        by_rating=tuple(by_rating) if is_apart else joined(by_rating),
    )


def _lines(
    marks: pd.DataFrame, heading: str, named: Callable[[str], str] = lambda label: label
) -> tuple[AttendanceLine, ...]:
    """One line for each value of the heading, in order. Guidance on the statistical meaning of codes."""
    if marks.empty:
        return ()
    counts = marks.groupby([heading, "class"], observed=True).size().unstack(fill_value=0).sort_index()
    pupils = marks.groupby(heading, observed=True)["pupil_id"].nunique()
    rows = zip(counts.index, pupils, counts.to_dict("records"), strict=True)
    return tuple(_line(named(str(label)), int(several), row) for label, several, row in rows)


def _overall(marks: pd.DataFrame) -> AttendanceLine:
    return _line("All pupils", int(marks["pupil_id"].nunique()), marks["class"].value_counts().to_dict())


def _line(label: str, pupils: int, counts: Mapping[Hashable, int]) -> AttendanceLine:
    def total(classes: Iterable[str]) -> int:
        return int(sum(counts.get(name, 0) for name in classes))

    return AttendanceLine(
        label=label, pupils=pupils, attended=total(ATTENDED), authorised=total([CountsAs.AUTHORISED.value]),
        unauthorised=total([CountsAs.UNAUTHORISED.value]), unmarked=total([UNMARKED]),
    )  # fmt: skip


def counted_rows(marks: pd.DataFrame, groups: Iterable[AttendanceLine]) -> Rows:
    """One row for each session, group and class, with its number of pupils; small groups under their joint name."""
    labels = {name: line.label for line in groups for name in line.joins or (line.label,)}
    named = marks.assign(group=marks["group"].map(lambda group: labels.get(group, group)))
    counts = (
        named.groupby(["day", "week", "session", "group", "class"], observed=True).size().reset_index(name="pupils")
    )
    return _as_text(counts, COUNTED)


def pupil_rows(marks: pd.DataFrame, roll: Roll) -> Rows:
    """One row for each session and pupil."""
    names = {pupil_id: roll.pupil(PupilId(pupil_id)).name for pupil_id in marks["pupil_id"].unique()}
    named = marks.assign(name=marks["pupil_id"].map(names))
    return _as_text(named.sort_values(["day", "session", "pupil_id"]), OF_PUPILS)


def _as_text(frame: pd.DataFrame, columns: tuple[str, ...]) -> Rows:
    days = {name: frame[name].dt.strftime("%Y-%m-%d") for name in ("day", "week")} if len(frame) else {}
    plain = frame.assign(**days)[list(columns)].astype(str)
    return tuple(plain.itertuples(index=False, name=None))
