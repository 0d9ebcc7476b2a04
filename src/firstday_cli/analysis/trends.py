"""Frames → TermPicture: attendance by week, by group and by weekday."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from firstday_cli.analysis.frames import WEEKDAYS, lines, tally_frame
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.term_picture import SessionTally, TermPicture


def term_picture(school: str, first: date, last: date, tallies: Sequence[SessionTally]) -> TermPicture:
    """What the registers of these days show; a picture without lines where none was taken in."""
    if not tallies:
        return TermPicture(school=school, first=first, last=last, by_week=(), by_group=(), by_weekday=())
    frame = tally_frame(tallies)
    weeks = (replace(line, label=in_words(date.fromisoformat(line.label))) for line in lines(frame, "week"))
    weekdays = (replace(line, label=WEEKDAYS[int(line.label)]) for line in lines(frame, "weekday"))
    return TermPicture(
        school=school,
        first=first,
        last=last,
        by_week=tuple(weeks),
        by_group=lines(frame, "group"),
        by_weekday=tuple(weekdays),
    )
