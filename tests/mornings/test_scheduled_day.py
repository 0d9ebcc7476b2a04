"""A scheduled day, killed and begun again at random points, ends as the day that nobody disturbed."""

import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, a_register, a_school, arguments, drop, dump, environment, lines, run

DAYS = range(int(os.environ.get("SCHEDULED_DAYS", "1")))  # how many days are disturbed, each another way
BY = ("--by", "A. Officer")
ENDS = (0, 10, 11, 12, 20)
NUMBERS = ("07700 900101", "07700 900102", "07700 900103", "07700 900104")
ROLL = lines(
    "pupil_id,forename,surname,group,flags",
    "P001,Ivy,Brennan,4B,", "P002,Tom,Okafor,4B,", "P003,Zoë,Ward,5C,looked-after", "P004,Sam,Ward,5C,",
)  # fmt: skip
CONTACTS = lines(
    "pupil_id,order,name,relationship,phone",
    *(f"P00{n},1,Jo Moss{n},Mother,{number}" for n, number in enumerate(NUMBERS, start=1)),
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happens at a time of the day: files come in, or a command is typed or scheduled."""

    at: str
    files: dict[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


def calls(contact: str, *more: str) -> tuple[str, ...]:
    return ("call", "P001", "--contact", contact, "--outcome", *more, *BY)


THE_DAY = (
    Event(at="08:40", files={"roll.csv": ROLL, "contacts.csv": CONTACTS}),
    Event(at="08:45", words=("morning", "--if-due")),
    Event(at="09:05", files={"4B.csv": a_register("P001,N", "P002,/")}),
    Event(at="09:10", files={"lates.csv": lines("pupil_id,date,time_in", f"P002,{DAY},09:08", f"P009,{DAY},25:99")}),
    Event(at="09:20", words=("morning", "--if-due")),
    Event(at="09:25", words=("check", "P004", "--not-found", "--where", "hall", *BY)),
    Event(at="09:30", words=calls("1", "no-answer")),
    Event(at="09:40", files={"5C.csv": a_register("P003,N", "P004,N"), "odd.csv": "a,b\n1,2\n"}),
    Event(at="10:00", words=("morning", "--if-due")),
    Event(at="10:02", words=("text", "P001", *BY)),
    Event(at="10:05", words=("morning", "--if-due")),
    Event(at="10:25", words=("morning", "--if-due")),
    Event(at="10:40", words=calls("1", "voicemail-left")),
    Event(at="11:45", words=("morning", "--if-due")),
    Event(at="12:00", words=("morning", "--if-due")),
    Event(at="12:10", words=("visit", "P001", "--outcome", "no-answer", *BY)),
    Event(at="13:30", files={"pm.csv": a_register("P001,N", "P002,N", "P003,N", "P004,/", session="PM")}),
    Event(at="13:35", words=("morning", "--if-due")),
    Event(at="14:00", words=("morning", "--if-due")),
    Event(
        at="14:30", words=("explain", "P004", "--told-by", "mother", "--reason", "dentist", "--child-with", "her", *BY)
    ),
    Event(at="15:30", words=("morning", "--if-due")),
    Event(at="16:00", words=("morning", "--if-due")),
)


def come_in(school: Path, event: Event) -> None:
    """Save the event's files as an export job would: at that time, in one go."""
    drop(school, event.files)
    at = datetime.fromisoformat(f"{DAY}T{event.at}+00:00").timestamp()
    for name in event.files:
        os.utime(school / "inbox" / name, (at, at))


def undisturbed(school: Path) -> None:
    for event in THE_DAY:
        come_in(school, event)
        if event.words:
            assert run(school, *event.words, now=f"{DAY}T{event.at}").code in ENDS


def disturbed(school: Path, chance: random.Random) -> int:
    """The same, each process killed up to twice before it is left to end; how many kills hit."""
    hit = 0
    for event in THE_DAY:
        come_in(school, event)
        if event.words:
            typed = [sys.executable, "-m", "firstday_cli", *arguments(school, event.words, f"{DAY}T{event.at}")]
            for _ in range(chance.randrange(3)):
                hit += killed(typed, after=chance.uniform(0.3, 2.2))
            done = subprocess.run(typed, env=environment(), capture_output=True, timeout=120)
            assert done.returncode in ENDS, done.stderr
    return hit


def killed(typed: list[str], *, after: float) -> bool:
    """Whether the process was still at work when it was killed."""
    one = subprocess.Popen(typed, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with suppress(subprocess.TimeoutExpired):
        one.wait(after)
        return False
    one.kill()
    one.wait()
    return True


def left(school: Path) -> dict[str, Any]:
    """All that the day left behind, but for the journal and how many files the last run took in."""
    beat = json.loads((school / "heartbeat.json").read_text(encoding="utf-8"))
    folder = school / "sheets"
    return {
        "store": dump(school),
        "heartbeat": {**beat, "files": None},
        **{str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()},
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the undisturbed day leaves."""
    school = a_school(tmp_path_factory.mktemp("whole"), {})
    undisturbed(school)
    return left(school)


@pytest.mark.parametrize("seed", DAYS)
def test_a_day_killed_at_random_points_ends_as_the_undisturbed_one(
    tmp_path: Path, whole: dict[str, Any], seed: int
) -> None:
    school = a_school(tmp_path, {})
    hit = disturbed(school, random.Random(seed))  # noqa: S311 - no secret
    found = left(school)
    assert hit
    assert sorted(found) == sorted(whole)
    assert [name for name in whole if found[name] != whole[name]] == []
    assert found["heartbeat"]["state"] == "done"


def test_the_undisturbed_day_is_a_real_one(whole: dict[str, Any]) -> None:
    sheets = [name for name in whole if name.startswith(DAY)]
    assert len(sheets) == 18, sheets
    assert any(name.startswith("refused-lates") for name in whole)
    assert whole["heartbeat"]["steps"] > 0
    assert sum('insert into "entry"' in line.lower() for line in whole["store"]) > 15
