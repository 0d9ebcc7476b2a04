"""A school in which each row of a table is one child: what the register has of it, and what was seen of it when."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rules.ratings import ids_of
from rules.school import DAY, Json, School, roll
from rules.table import RuleTable

SOMEBODY = "P99"  # marked present, so that the register of the group has come
REGISTER_IN = {"AM": "09:00", "PM": "13:10"}
HEADING = "pupil_id,date,session,mark"
HAPPENED = re.compile(r"(?P<what>.+) (?P<at>\d\d:\d\d)")
FLAGS_OF_CHECK = {
    "found": "--found",
    "not found": "--not-found",
    "arrived": "--arrived",
    "not arrived": "--not-arrived",
}
EXPLAINED = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother, at home")


@dataclass
class Steps:
    """Everything to be dropped or typed, by the time of the day: files with their rows, commands with their pupils."""

    files: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    commands: dict[tuple[str, tuple[str, ...]], list[str]] = field(default_factory=lambda: defaultdict(list))


def half_at(at: str) -> str:
    """The session that a time of the day falls in."""
    return "PM" if at >= "12:30" else "AM"


def lived(folder: Path, table: RuleTable) -> School:
    """The school after everything that the table's first two columns tell; its third says when it is asked."""
    school, steps = School(folder), Steps()
    groups = {}
    for pupil, (mark, seen, asked, *_) in zip(ids_of(table), table.rows, strict=True):
        groups[pupil] = "6M" if mark == "no register" else "4B"
        _marked(steps, pupil, mark, half_at(asked))
        for words in filter(None, seen.split("; ")):
            _happened(steps, pupil, words)
    for half, at in REGISTER_IN.items():
        steps.files[at, f"register-{half}"].append(f"{SOMEBODY},{DAY},{half},/")
    school.drop("roll.csv", roll(f"{p},Kit,Row{p},{g},2016-01-01,," for p, g in {**groups, SOMEBODY: "4B"}.items()))
    school.take_in(at="08:00")
    _live(school, steps)
    return school


def _marked(steps: Steps, pupil: str, mark: str, half: str) -> None:
    """The rows of the register of this half: of two marks two, of a torn row one that cannot be read."""
    at = REGISTER_IN[half]
    if mark in ("no row", "no register"):
        return
    if mark == "a torn row":
        steps.files[at, f"torn-{half}"].append(f"{pupil},{DAY},{half},/,left over")
        return
    for one in mark.split(" and "):
        steps.files[at, f"register-{half}"].append(f"{pupil},{DAY},{half},{'' if one == 'blank' else one}")


def _happened(steps: Steps, pupil: str, words: str) -> None:
    found = HAPPENED.fullmatch(words)
    assert found, words
    what, at = found["what"], found["at"]
    if what.startswith("marked "):
        steps.files[at, f"newer-{at[:2]}{at[3:]}"].append(f"{pupil},{DAY},{half_at(at)},{what.removeprefix('marked ')}")
    elif what == "a torn row":
        steps.files[at, f"torn-{at[:2]}{at[3:]}"].append(f"{pupil},{DAY},{half_at(at)},/,left over")
    elif what in ("signed in", "signed out"):
        times = f"{at}," if what == "signed in" else f",{at}"
        steps.files[at, f"lates-{at[:2]}{at[3:]}"].append(f"{pupil},{DAY},{times}")
    elif what == "explained":
        steps.commands[at, ("explain", pupil, *EXPLAINED)] = []
    elif what == "seen":
        steps.commands[at, ("seen", "--how", "school", "--without-parent")].append(pupil)
    else:
        steps.commands[at, ("check", FLAGS_OF_CHECK[what])].append(pupil)


def _live(school: School, steps: Steps) -> None:
    times = sorted({at for at, _ in (*steps.files, *steps.commands)})
    for at in times:
        for (when, name), rows in steps.files.items():
            if when == at:
                heading = "pupil_id,date,time_in,time_out" if name.startswith("lates") else HEADING
                school.drop(f"{name}.csv", [heading, *rows])
        school.take_in(at=at)
        for (when, words), pupils in steps.commands.items():
            if when == at:
                school.say(*words, *pupils, at=at)


def sheets_of(folder: Path, table: RuleTable) -> Mapping[str, Json]:
    """The sheet at each moment at which the table asks, by that moment."""
    school = lived(folder, table)
    return {asked: sheet(school, asked) for asked in {row[2] for row in table.rows}}


def sheet(school: School, at: str) -> Json:
    """The sheet as programs read it."""
    said = school.type("report", "double-check", "--format", "json", at=at)
    assert said.exit_code == 0, said.stderr
    found: Json = json.loads(said.stdout)
    return found
