"""A made-up school at the door of the program: exports are taken in, questions are asked, answers are read."""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rules.school import Said, typed

from .made_up_exports import Asked, Export, moment_of
from .made_up_school import Visit

LONDON = ZoneInfo("Europe/London")
ABSENT = ("unexplained", "unknown", "explained")
Json = dict[str, Any]


def a_folder(folder: Path, calendar: str, policy: str = "") -> Path:
    """A school's folder with nothing in its inbox."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "policy.toml").write_text(f'[school]\nname = "Made-Up School"\n{policy}', encoding="utf-8")
    (folder / "calendar.toml").write_text(calendar, encoding="utf-8")
    return folder


def take_in(folder: Path, exports: Iterable[Export], now: datetime) -> Said:
    """Save exports, each with its own time, and take them in together."""
    for export in exports:
        path = folder / "inbox" / export.name
        path.write_text(export.text, encoding="utf-8")
        at = export.at.replace(tzinfo=LONDON).timestamp()
        os.utime(path, (at, at))
    said = typed("ingest", "--school", str(folder), "--now", f"{now:%Y-%m-%dT%H:%M}")
    assert said.exit_code in (0, 12), said.stderr
    return said


def write_down(folder: Path, visits: Iterable[Visit], now: datetime) -> None:
    """Write down that pupils were seen at home."""
    for visit in visits:
        how = ("--how", "home", "--with-parent" if visit.with_parent else "--without-parent")
        when = ("--at", f"{visit.day}T15:45", "--now", f"{now:%Y-%m-%dT%H:%M}")
        said = typed("seen", visit.pupil_id, *how, *when, "--by", "A. Officer", "--school", str(folder))
        assert said.exit_code == 0, said.stderr


def answer(folder: Path, asked: Asked, *words: str) -> Json:
    """What a command says as JSON of a session, asked when its registers should have come."""
    day, half = asked
    now = f"{moment_of(asked):%Y-%m-%dT%H:%M}"
    session = ("--session", half) if words != ("rag",) else ()
    where = ("--school", str(folder), "--day", f"{day}", *session, "--now", now)
    said = typed(*words, "--format", "json", *where)
    assert said.exit_code in (0, 10, 11, 12), said.stderr
    found: Json = json.loads(said.stdout)
    return found


def counts(folder: Path, asked: Asked) -> dict[str, Json]:
    """Days and sessions of each pupil, as the report of days of absence has them."""
    return {row["pupil_id"]: row for row in answer(folder, asked, "report", "absence-days")["pupils"]}


def days_listed(folder: Path, asked: Asked) -> dict[str, Json]:
    """Days of absence of each pupil who is on one of the lists of absent pupils."""
    lists = answer(folder, asked, "reconcile")
    return {row["pupil_id"]: row["days_absent"] for name in ABSENT for row in lists[name]}


def ratings(folder: Path, asked: Asked) -> dict[str, str]:
    """The rating of each pupil."""
    return {row["pupil_id"]: row["rating"] for row in answer(folder, asked, "rag")["pupils"]}


def verified(folder: Path) -> int:
    """The exit code of `verify`."""
    return typed("verify", "--school", str(folder)).exit_code
