"""A tiny school on disk, and the door of the program: files are dropped, commands are typed, answers are read."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from typer.testing import CliRunner

from builders import COMMAND

Json = dict[str, Any]
LONDON = ZoneInfo("Europe/London")
DAY = "2026-11-24"  # a Tuesday
CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[terms]]
name = "Spring 2027"
first = "2027-01-04"
last = "2027-03-25"
"""
NOT_THERE = "in_school"
LISTS = ("unexplained", "unknown", "explained", "off_site", "not_expected")


@dataclass(frozen=True)
class Said:
    """How a command ended, and what it wrote."""

    exit_code: int
    stdout: str
    stderr: str


def typed(*words: str) -> Said:
    """Run the program on these words, in this process; a bug is raised, an exit code is not."""
    code: object = 0
    with CliRunner().isolation() as (out, err, _):
        try:
            COMMAND.main(args=list(words), prog_name="firstday")
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        return Said(int(str(code)), out.getvalue().decode(), err.getvalue().decode())


class School:
    """One school's folder, with a name, a calendar and an inbox."""

    def __init__(self, folder: Path, *, policy: str = "", calendar: str = CALENDAR, day: str = DAY) -> None:
        self.folder, self.day = folder, day
        self.log: dict[str, tuple[str, ...]] = {}
        (folder / "inbox").mkdir(parents=True)
        (folder / "policy.toml").write_text(f'[school]\nname = "Invented School"\n{policy}', encoding="utf-8")
        (folder / "calendar.toml").write_text(calendar, encoding="utf-8")

    def drop(self, name: str, lines: Iterable[str], *, changed: str = "08:45:00") -> None:
        """Put a file into the inbox, last changed at this time of the day."""
        path = self.folder / "inbox" / name
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        at = datetime.fromisoformat(f"{self.day}T{changed}").replace(tzinfo=LONDON).timestamp()
        os.utime(path, (at, at))

    def type(self, *words: str, at: str) -> Said:
        """Type a command at this time of the day."""
        now = at if "T" in at else f"{self.day}T{at}"
        return typed(*words, "--school", str(self.folder), "--now", now)

    def take_in(self, *, at: str) -> None:
        """Take in whatever is new in the inbox; refused rows are no hindrance, an unreadable file is."""
        result = self.type("ingest", "--day", self.day, at=at)
        assert result.exit_code in (0, 12), result.stderr

    def say(self, *words: str, at: str) -> str:
        """Type a command that records something, and must succeed; returns the id of the first entry."""
        result = self.type(*words, "--by", "A. Officer", at=at)
        assert result.exit_code == 0, result.stderr
        entry = result.stderr.partition(":")[0].strip()
        self.log[entry] = words
        return entry

    def reconcile(self, session: str = "AM", *, at: str = "09:40", day: str = "") -> Json:
        """The day's answer."""
        result = self.type("reconcile", "--format", "json", "--session", session, "--day", day or self.day, at=at)
        assert result.exit_code in (0, 10, 11, 12), result.stderr
        answer: Json = json.loads(result.stdout)
        return answer

    def line_of(self, pupil: str, session: str = "AM", *, at: str = "09:40") -> int:
        """The number of the line that decided where this pupil stands."""
        result = self.type("why", pupil, "--format", "json", "--session", session, "--day", self.day, at=at)
        assert result.exit_code == 0, result.stderr
        return int(json.loads(result.stdout)["line"])


def roll(rows: Iterable[str]) -> list[str]:
    """A roll of these rows: id, forename, surname, group, date of birth, start, leaving."""
    return ["pupil_id,forename,surname,group,dob,start_date,leave_date", *rows]


def register(rows: Iterable[Sequence[str]], *, day: str = DAY, session: str = "AM") -> list[str]:
    """A register of these (id, mark) or (id, mark, comment) or (id, mark, comment, taken_at)."""
    cells = ([*row, "", ""][:4] for row in rows)
    said = (f'{pupil},{day},{session},{mark},"{comment}",{taken}' for pupil, mark, comment, taken in cells)
    return ["pupil_id,date,session,mark,comment,taken_at", *said]


def standing_of(answer: Json, pupil: str) -> str:
    """Where the pupil stands; whoever is in no list is in school."""
    found = [name for name in LISTS if pupil in ids(answer, name)]
    assert len(found) <= 1, f"{pupil} stands in several lists: {found}"
    return found[0] if found else NOT_THERE


def ids(answer: Json, name: str) -> list[str]:
    """The pupils of one list, in its order."""
    return [row["pupil_id"] for row in answer[name]]


def pupil_in(answer: Json, pupil: str) -> Json:
    """Everything the answer says of a pupil who is in one of the lists."""
    found: Json = next(row for name in LISTS for row in answer[name] if row["pupil_id"] == pupil)
    return found


def in_words(answer: Json, pupil: str) -> str:
    """Where a pupil stands with alert and discrepancies, as the tables write it."""
    words = [standing_of(answer, pupil).replace("_", " ")]
    if words[0] == "off site":
        words.append("confirmed" if pupil_in(answer, pupil)["confirmed"] else "not confirmed")
    words += [f"alert {row['alert']}" for row in answer["alerts"] if row["pupil_id"] == pupil]
    words += sorted({row["kind"] for row in answer["discrepancies"] if row["pupil_id"] == pupil})
    return ", ".join(words)
