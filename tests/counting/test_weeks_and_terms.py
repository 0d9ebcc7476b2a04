"""Weeks and terms are what plain counting of the same marks and calls gives, and the sum of the days' summaries."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from builders import a_roll, a_school, drop, lines, run
from weeks import weeks

PUPILS = ("P1", "P2", "P3", "P4", "P5", "P6", "P7")
GROUPS = {pupil: "4B" if number < 5 else "5C" for number, pupil in enumerate(PUPILS)}
DAYS = tuple(date(2026, 11, day) for day in (18, 19, 20, 23, 24))
LAST = DAYS[-1]
NOW = f"{LAST}T16:00"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
CLASSES = {
    "/": "attended", "L": "attended", "B": "attended", "U": "unauthorised", "N": "unauthorised", "O": "unauthorised",
    "I": "authorised", "C": "authorised", "X": "", "Y1": "", "-": "unmarked", "": "unmarked", "Q9": "unmarked",
}  # fmt: skip
OUTCOMES = {"no-answer": False, "wrong-number": False, "refused": True, "other-adult-knows": True, "text-sent": None}
LAWS = settings(
    deadline=None, derandomize="CI" in os.environ, database=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate), max_examples=6,
)  # fmt: skip
NAMES = count()
STATES = ("made_and_logged_in_time", "made_in_time_logged_late", "made_late", "not_made")


@dataclass(frozen=True)
class Call:
    """One call that was typed in: about whom, which day, when, which contact, how it ended, whether taken back."""

    pupil: str
    day: int
    at: str
    contact: int
    outcome: str
    is_taken_back: bool


marks_of_a_session = st.tuples(*(st.sampled_from(["/", "/", "/", *CLASSES]) for _ in PUPILS))
marks = st.lists(marks_of_a_session, min_size=2 * len(DAYS), max_size=2 * len(DAYS))
a_call = st.builds(
    Call, st.sampled_from(PUPILS), st.integers(0, len(DAYS) - 1), st.sampled_from(("09:30", "09:59", "10:20", "13:40")),
    st.integers(1, 3), st.sampled_from(sorted(OUTCOMES)), st.booleans(),
)  # fmt: skip
calls = st.lists(a_call, max_size=8, unique_by=lambda call: (call.pupil, call.day, call.at))
Marks = Sequence[Sequence[str]]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its schools."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _lived(folder: Path, marked: Marks, made: Sequence[Call]) -> Path:
    """A school through which these days went, each session's register taken in at its time."""
    contacts = (f"{pupil},{n},Sky Moss,07700 9001{PUPILS.index(pupil)}{n}" for pupil in PUPILS for n in (1, 2, 3))
    files = {
        "roll.csv": a_roll(*(f"{pupil},Kit,Row{pupil},{group}" for pupil, group in GROUPS.items())),
        "contacts.csv": lines("pupil_id,order,name,phone", *contacts),
        "flags.csv": lines("pupil_id,flag", "P1,s47", "P6,ewo"),
    }
    school = a_school(folder, files)
    for number, day in enumerate(DAYS):
        for half, (session, at) in enumerate((("AM", "09:00"), ("PM", "13:10"))):
            rows = (f"{p},{day},{session},{m}" for p, m in zip(PUPILS, marked[2 * number + half], strict=True))
            drop(school, {f"{day}-{session}.csv": lines("pupil_id,date,session,mark", *rows)})
            assert run(school, "ingest", now=f"{day}T{at}").code in (0, 12)
            for call in made:
                if call.day == number and (call.at > "13:00") == (session == "PM"):
                    _ring(school, call, f"{day}T{call.at}")
    return school


def _ring(school: Path, call: Call, now: str) -> None:
    said = ("call", call.pupil, "--contact", str(call.contact), "--outcome", call.outcome, "--by", "A. Officer")
    assert run(school, *said, now=now).code == 0
    if call.is_taken_back:
        assert run(school, "withdraw", "last", "--why", "the wrong child", "--by", "A. Officer", now=now).code == 0


def _counted(marked: Marks, heading: int) -> dict[str, Counter[str]]:
    """Sessions by class under one heading, counted one by one: 0 all, 1 by week, 2 by group, 3 by weekday."""
    found: dict[str, Counter[str]] = {}
    for number, session in enumerate(marked):
        day = DAYS[number // 2]
        week = "Mon 16 Nov 2026" if day < date(2026, 11, 23) else "Mon 23 Nov 2026"
        for pupil, mark in zip(PUPILS, session, strict=True):
            label = ("All pupils", week, GROUPS[pupil], WEEKDAYS[day.weekday()])[heading]
            found.setdefault(label, Counter())[CLASSES[mark]] += 1
    return found


def _said(lines_of: Sequence[Any]) -> dict[str, Counter[str]]:
    return {
        line["label"]: +Counter({key: line[key] for key in ("attended", "authorised", "unauthorised", "unmarked")})
        for line in lines_of
    }


def _plain(counts: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """Without what no table counts: sessions that were not possible."""
    return {label: Counter({key: n for key, n in found.items() if key}) for label, found in counts.items()}


def _summaries(school: Path) -> list[Any]:
    return [
        run(school, "report", "day-summary", "--day", f"{day}", "--format", "json", now=NOW).json for day in DAYS
    ]  # fmt: skip


def _summed(days: Sequence[Any], found: dict[str, Any]) -> None:
    """Each deadline is the sum of what the summaries of the days say of it."""
    parts = {
        "calls": [day["calls"] for day in days], "texts": [day["texts"] for day in days],
        "visits at once": [day["visits"]["at_once"] for day in days],
        "visits after the calls": [day["visits"]["after_calls"] for day in days],
    }  # fmt: skip
    for line in found["deadlines"]:
        if line["what"] == "daily review":
            expected = Counter(day["review"]["state"] for day in days)
        else:
            expected = Counter({state: sum(part[state] for part in parts[line["what"]]) for state in STATES})
        assert {state: line[state] for state in STATES} == {state: expected[state] for state in STATES}, line["what"]
        assert line["due"] == sum(expected.values())


@LAWS
@given(marked=marks, made=calls)
def test_sums_are_those_of_plain_counting(marked: Marks, made: list[Call], place: Path) -> None:
    school = _lived(place / f"{next(NAMES)}", marked, made)
    found = weeks(school, str(DAYS[0]), str(LAST), now=NOW)
    assert _said([found["overall"]]) == _plain(_counted(marked, 0))
    assert _said(found["by_week"]) == _plain(_counted(marked, 1))
    assert _said(found["by_weekday"]) == _plain(_counted(marked, 3))
    by_group = _plain(_counted(marked, 2))  # 5C has two pupils: both groups stand together
    assert _said(found["by_group"]) == {"4B, 5C": by_group["4B"] + by_group["5C"]}
    stood = [call for call in made if not call.is_taken_back and OUTCOMES[call.outcome] is not None]
    assert found["calls"]["calls"] == len(stood)
    assert found["calls"]["answered"] == sum(1 for call in stood if OUTCOMES[call.outcome])
    by_contact = Counter(f"contact {call.contact}" for call in stood)
    assert {line["label"]: line["calls"] for line in found["calls"]["by_contact"]} == by_contact
    by_hour = Counter(f"{call.at[:2]}:00 to {call.at[:2]}:59" for call in stood)
    assert {line["label"]: line["calls"] for line in found["calls"]["by_hour"]} == by_hour
    _summed(_summaries(school), found)
