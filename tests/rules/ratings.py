"""Flags and marks of many pupils in one school, and what `rag` then says of each."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from rules.school import Json, School, register, roll
from rules.table import RuleTable

FLAGS = "pupil_id,flag,since,until"
WEEKEND = 5


def flag_lines(pupil: str, words: str) -> list[str]:
    """A pupil's rows of flags from words like `ewo from 2026-09-01 until 2026-11-23; ehcp`."""
    found = []
    for flag in words.split("; ") if words else ():
        word, *dates = flag.split()
        said = dict(zip(dates[::2], dates[1::2], strict=True))
        found.append(f"{pupil},{word},{said.get('from', '')},{said.get('until', '')}")
    return found


def flags(words: Mapping[str, str]) -> list[str]:
    """An export of flags: for each pupil the words of its flags; pupils without any are left out."""
    return [FLAGS, *(line for pupil, said in words.items() for line in flag_lines(pupil, said))]


def plain_roll(pupils: Iterable[str]) -> list[str]:
    """A roll of one group."""
    return roll(f"{pupil},Kit,Row{pupil},4B,2016-01-01,," for pupil in pupils)


def sessions_up_to(last: str, count: int, half: str = "AM") -> list[tuple[str, str]]:
    """So many sessions of weekdays, in order, of which the last is this one."""
    found: list[tuple[str, str]] = []
    day = date.fromisoformat(last)
    while len(found) < count + 1:
        if day.weekday() < WEEKEND:
            found += [(day.isoformat(), "PM"), (day.isoformat(), "AM")]
        day -= timedelta(days=1)
    return list(reversed(found[:count] if half == "PM" else found[1 : count + 1]))


def ratings(school: School, *, at: str = "09:40") -> dict[str, Json]:
    """What `rag` says of each pupil at this moment."""
    said = school.type("rag", "--format", "json", at=at)
    assert said.exit_code == 0, said.stderr
    return {row["pupil_id"]: row for row in json.loads(said.stdout)["pupils"]}


def ids_of(table: RuleTable) -> list[str]:
    """A pupil's id for each row."""
    return [f"P{number:02d}" for number in range(len(table.rows))]


def named(table: RuleTable, columns: int | None = None) -> list[str]:
    """Each row's first cells in one line, to name its test by."""
    return [" | ".join(cell or "none" for cell in row[:columns]) for row in table.rows]


def flagged_school(folder: Path, words: dict[str, str], marks: dict[str, str], *, policy: str = "") -> School:
    """A school of these pupils with these flags and this morning's marks, taken in."""
    school = School(folder, policy=policy)
    school.drop("roll.csv", plain_roll(words))
    school.drop("flags.csv", flags(words))
    school.drop("register.csv", register(list(marks.items())))
    school.take_in(at="08:50")
    return school


def review(school: School, *, at: str = "10:30", day: str = "") -> Json:
    """The page of the review, as programs read it."""
    said = school.type("review", "--format", "json", "--day", day or school.day, at=at)
    assert said.exit_code == 0, said.stderr
    found: Json = json.loads(said.stdout)
    return found


def by_pupil(reviewed: Json) -> Json:
    """The pupils of a page, by id."""
    return {pupil["pupil_id"]: pupil for pupil in reviewed["pupils"]}


def text_of(school: School, *words: str, at: str = "10:30") -> str:
    """What a command writes on standard output."""
    return school.type(*words, at=at).stdout
