"""Days in words, as the tables write them: `19 Nov N N` or `16 Nov to 20 Nov N /`, all other days in school."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from rules.school import School

PRESENT = {"AM": "/", "PM": "\\"}
NO_ROW = "none"  # no register says anything of the pupil in this session
REMARK = re.compile(r" \([^)]*\)")
CLAUSE = re.compile(r"(?P<first>\d+ \w{3}(?: \d{4})?)(?: to (?P<last>\d+ \w{3}(?: \d{4})?))? (?P<am>\S+) (?P<pm>\S+)")
SATURDAY = 5
Marks = dict[tuple[str, str], str]
Said = tuple[str, tuple[str, ...]]


def weekdays(first: str, last: str) -> Iterator[str]:
    """Every day from Monday to Friday between two days, both included."""
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        if day.weekday() < SATURDAY:
            yield day.isoformat()
        day += timedelta(days=1)


def marks_in(words: str, days: Iterable[str]) -> Marks:
    """The marks by day and session: in school on these days, where the words say nothing else."""
    marks = {(day, half): mark for day in days for half, mark in PRESENT.items()}
    for clause in filter(None, REMARK.sub("", words).split("; ")):
        found = CLAUSE.fullmatch(clause)
        assert found, f"cannot read {clause!r}"
        first = _day(found["first"])
        for day in weekdays(first, _day(found["last"])) if found["last"] else [first]:
            marks[day, "AM"], marks[day, "PM"] = as_mark(found["am"], "AM"), as_mark(found["pm"], "PM")
    return {session: mark for session, mark in marks.items() if mark != NO_ROW}


def as_mark(word: str, half: str) -> str:
    """A mark as a register has it: `/` is present in either half, and a blank is nothing."""
    return PRESENT[half] if word == "/" else "" if word == "blank" else word


def _day(words: str) -> str:
    """The day; of 2026, where no year stands."""
    dated = words if words[-1].isdigit() else f"{words} 2026"
    return datetime.strptime(dated, "%d %b %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone


def registers(of: Mapping[str, Marks], *, first: str = "", last: str = "9999", half: str = "") -> list[str]:
    """The rows of a register with these pupils' marks, from one day to another, of one half where it is named."""
    rows = [
        f"{pupil},{day},{session},{mark}"
        for pupil, marks in of.items()
        for (day, session), mark in marks.items()
        if first <= day <= last and session.startswith(half)
    ]
    return ["pupil_id,date,session,mark", *rows]


def live_until(school: School, until: str, said: Iterable[Said], files: Mapping[str, tuple[str, list[str]]]) -> None:
    """Drop and take in files, each at its moment, and type in between whatever was said before `until`."""
    steps: list[tuple[str, tuple[str, ...]]] = [(at, ()) for at in {at for at, _ in files.values()}]
    steps += said
    for at, words in sorted(steps, key=lambda step: (step[0], bool(step[1]))):
        if at > until:
            break
        if words:
            school.say(*words, at=at)
            continue
        for name, (when, rows) in files.items():
            if when == at:
                school.drop(name, rows)
        school.take_in(at=at)
