"""Reports of a whole day, each asked for once; rolls and contact lists of children who differ by what was done."""

import json
from collections.abc import Sequence
from pathlib import Path

from rules.school import Json, School, roll

CONTACTS = "pupil_id,order,name,phone"
OTHERS = [("Q1", "/"), ("Q2", "/")]
ASKED: dict[tuple[Path, str, str], Json] = {}


def report(school: School, name: str, at: str) -> Json:
    """A report of the day at this time, asked for once."""
    key = (school.folder, name, at)
    if key not in ASKED:
        said = school.type("report", name, "--format", "json", at=at)
        assert said.exit_code == 0, said.stderr
        ASKED[key] = json.loads(said.stdout)
    return ASKED[key]


def summary(school: School, at: str) -> Json:
    """The day's summary at this time."""
    return report(school, "day-summary", at)


def a_roll(pupils: Sequence[str]) -> list[str]:
    """A roll of these pupils and of the others, who are in school."""
    return roll(f"{pupil},Kit,Row{pupil},4B,2016-01-01,," for pupil in [*pupils, *(other for other, _ in OTHERS)])


def mobiles(pupils: Sequence[str]) -> list[str]:
    """A contact with a mobile number for each."""
    return [CONTACTS, *(f"{pupil},1,Sky Moss,07700 900{n:03d}" for n, pupil in enumerate(pupils, start=100))]
