"""Tallies of marks as data frames, also for a notebook."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

import pandas as pd

from firstday_cli.domain.marks import CountsAs
from firstday_cli.domain.standing.term_picture import UNMARKED, AttendanceLine, SessionTally

COLUMNS = ("day", "half", "group", "counts_as", "pupils")
ATTENDED = (CountsAs.PRESENT, CountsAs.APPROVED)
POSSIBLE = (*ATTENDED, CountsAs.AUTHORISED, CountsAs.UNAUTHORISED)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def tally_frame(tallies: Iterable[SessionTally]) -> pd.DataFrame:
    """One row for each session, group and class, with its number of pupils, its week and its weekday."""
    frame = pd.DataFrame([asdict(tally) for tally in tallies], columns=list(COLUMNS))
    days = pd.to_datetime(frame["day"])
    return frame.assign(
        week=(days - pd.to_timedelta(days.dt.day_of_week, unit="D")).dt.strftime("%Y-%m-%d"),
        weekday=days.dt.day_of_week,
    )


def lines(frame: pd.DataFrame, heading: str) -> tuple[AttendanceLine, ...]:
    """Sessions of attendance under each value of a heading, in order. Guidance on the statistical meaning of codes."""
    table = frame.pivot_table(index=heading, columns="counts_as", values="pupils", aggfunc="sum", fill_value=0)
    return tuple(_line(str(label), row) for label, row in table.sort_index().iterrows())


def _line(label: str, row: "pd.Series[int]") -> AttendanceLine:
    def total(classes: Sequence[str]) -> int:
        return int(sum(row.get(name, 0) for name in classes))

    return AttendanceLine(
        label=label,
        possible=total(POSSIBLE),
        attended=total(ATTENDED),
        authorised=total([CountsAs.AUTHORISED]),
        unauthorised=total([CountsAs.UNAUTHORISED]),
        unmarked=total([UNMARKED]),
    )
