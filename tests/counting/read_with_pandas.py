"""Exports and the calendar read with pandas, as far as the made-up school writes them."""

from collections.abc import Iterable
from io import StringIO
from typing import Any

import pandas as pd

SESSION = ["pupil_id", "day", "half"]
NAMES = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4}


def read(text: str) -> pd.DataFrame:
    """A file as it stands: every cell is text."""
    return pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)


def days_of(written: pd.Series) -> pd.Series:
    """Dates in either way of writing them."""
    turned = written.str.replace(r"^(\d\d)/(\d\d)/(\d{4})$", r"\3-\2-\1", regex=True)
    return pd.to_datetime(turned, format="%Y-%m-%d")


def marks_of(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The marks of all registers, a row each, in the order of the files."""
    none = pd.DataFrame({"pupil_id": [""], "day": [pd.Timestamp(1999, 12, 31)], "half": [""], "mark": [""]})
    return pd.concat([none, *(_marks(frame) for frame in frames if _is_register(frame))], ignore_index=True)


def _is_register(frame: pd.DataFrame) -> bool:
    return "mark" in frame.columns or any(column.endswith(("AM", "PM")) for column in frame.columns)


def _marks(frame: pd.DataFrame) -> pd.DataFrame:
    """The marks of one register."""
    if "mark" in frame.columns:
        days = days_of(frame["date"])
        rows = {"pupil_id": frame["pupil_id"], "day": days, "half": frame["session"], "mark": frame["mark"]}
        return pd.DataFrame(rows)
    across = [column for column in frame.columns if column.endswith(("AM", "PM"))]
    long = frame.melt([c for c in ("pupil_id", "week") if c in frame.columns], across, "column", "mark")
    if "week" in frame.columns:
        days = pd.to_datetime(long["week"]) + pd.to_timedelta(long["column"].str[:3].map(NAMES), unit="D")
    else:
        days = pd.to_datetime(long["column"].str[:10])
    return long.assign(day=days, half=long["column"].str[-2:])[[*SESSION, "mark"]]


def school_sessions(calendar: dict[str, Any]) -> pd.DataFrame:
    """The sessions that the school has: each weekday of its terms, without the sessions that are shut."""
    days = [day for term in calendar["terms"] for day in pd.bdate_range(term["first"], term["last"])]
    found = pd.DataFrame({"day": days}).merge(pd.DataFrame({"half": ["AM", "PM"]}), how="cross")
    for shut in calendar["closures"]:
        is_shut = found["day"].between(shut["first"], shut["last"]) & found["half"].isin(shut["sessions"])
        found = found[~is_shut]
    return found
