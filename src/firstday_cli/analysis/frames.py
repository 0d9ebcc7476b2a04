"""Marks, rings and deadlines as data frames, also for a notebook."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import pandas as pd

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.term.day_of_term import DayOfTerm
from firstday_cli.domain.term.rings import Ring

NO_GROUP, NOT_RATED = "no group", "left by then"
RING_COLUMNS = ("day", "hour", "contact", "is_answered", "is_contact")


def marks_frame(days: Iterable[DayOfTerm], roll: Roll, ratings: Mapping[PupilId, RagRating]) -> pd.DataFrame:
    """One row for each pupil and session with a register: the class of the mark, the pupil's group and rating.

    `week` is the Monday, `weekday` the number of the day from 0. A pupil is in one group, that of the newest roll.
    """
    sessions = [session for day in days for session in day.marks]
    counts = [len(session.classes) for session in sessions]
    frame = pd.DataFrame(
        {
            "day": pd.Series([pd.Timestamp(s.day) for s in sessions], dtype="datetime64[s]").repeat(counts).array,
            "session": pd.Series([s.half.value for s in sessions], dtype="str").repeat(counts).array,
            "pupil_id": pd.Series([p for s in sessions for p in s.classes], dtype="str"),
            "class": pd.Series([c for s in sessions for c in s.classes.values()], dtype="str"),
        }
    )
    groups = {p: group or NO_GROUP for p, group in roll.by_group().items()}
    words = {p: rating.value for p, rating in ratings.items()}
    return frame.assign(
        group=frame["pupil_id"].map(groups).fillna(NO_GROUP),
        rating=frame["pupil_id"].map(words).fillna(NOT_RATED),
        weekday=frame["day"].dt.day_of_week,
        week=frame["day"] - pd.to_timedelta(frame["day"].dt.day_of_week, unit="D"),
    )


def rings_frame(rings: Iterable[Ring]) -> pd.DataFrame:
    """One row for each ring."""
    return pd.DataFrame([asdict(ring) for ring in rings], columns=list(RING_COLUMNS))


def deadlines_frame(days: Iterable[DayOfTerm]) -> pd.DataFrame:
    """One row for each thing that had to be made by a time: the day, what, and how it stands."""
    rows = [(day.day, what.value, timing.value) for day in days for what, timing in day.deadlines]
    return pd.DataFrame(rows, columns=["day", "deadline", "timing"])
