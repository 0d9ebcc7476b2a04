"""What is read off a year's line at once is what going through its sessions one by one gives."""

import os
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from firstday_cli.domain.days.attendance import day_of_enough, last_met
from firstday_cli.domain.days.year_of_marks import MarksKept, lines_of
from firstday_cli.domain.school_days import Half, Session

FIRST = date(2026, 8, 1)
MISSED, POSSIBLE = ("N", "I", "U"), ("/", "B", "N", "I", "U")
marks = st.lists(st.sampled_from(("", "?", "/", "/", "B", "N", "I", "U", "X")), max_size=14)
sessions = st.builds(
    Session, day=st.integers(-2, 9).map(lambda n: FIRST + timedelta(days=n)), half=st.sampled_from(Half)
)
A_TENTH, A_HALF = Fraction(1, 10), Fraction(1, 2)


def _kept(said: list[str]) -> MarksKept:
    slots = [(FIRST + timedelta(days=n // 2), tuple(Half)[n % 2], mark) for n, mark in enumerate(said)]
    return MarksKept(lines=lines_of(slot for slot in slots if slot[2]))


@settings(deadline=None, derandomize="CI" in os.environ, database=None, max_examples=150)
@example(said=["/"] * 6, until=Session(day=FIRST, half=Half.PM), since=0, share=A_HALF, least=3)
@given(
    said=marks, until=sessions, since=st.integers(-1, 4), share=st.sampled_from((A_TENTH, A_HALF)),
    least=st.integers(1, 5),
)  # fmt: skip
def test_a_share_and_enough_sessions_are_met_on_the_same_days(
    said: list[str], until: Session, since: int, share: Fraction, least: int
) -> None:
    met, enough, absent, possible, from_day = None, None, 0, 0, FIRST + timedelta(days=since)
    kept = _kept(said)
    for day, _, mark in kept.sessions(2026, until):
        absent, possible = absent + (mark in MISSED), possible + (mark in POSSIBLE)
        if day >= from_day and possible >= least and Fraction(absent, possible) >= share:
            met = day
        if enough is None and possible >= least:
            enough = day
    assert last_met(kept, 2026, until, from_day, share, least) == met
    assert day_of_enough(kept, 2026, until, least) == enough
    if until.day >= FIRST:
        asked = [(day, half) for day, half, _ in kept.sessions(2026, until)]
        assert all((day, half) <= (until.day, until.half) for day, half in asked)
