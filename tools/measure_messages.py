"""How well messages are matched: `python -m tools.measure_messages [FOLDER…]`, by default the messages nobody had seen.

Each folder holds a made-up school: its roll and contacts, messages in people's own words, and for each message the
answer of somebody who sat in the office. The installed program takes them in and says what it makes of them.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "tests" / "messages"
HELD_OUT = sorted(path for path in (SETS / "held_out").iterdir() if path.is_dir())
NOW = "2026-11-23T09:05"
EXPORTS = ("roll.csv", "contacts.csv", "messages.csv")
TERM = '[[terms]]\nname = "Autumn 2026"\nfirst = "2026-09-02"\nlast = "2026-12-18"\n'


@dataclass(frozen=True)
class Answer:
    """What a person made of one message: who is away today, or among whom nobody could tell."""

    away: frozenset[str]
    could_be: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """What came of one set of messages; every figure but the two shares is a number of messages."""

    messages: int
    say_absent: int
    proposed: int
    right: int
    found: int
    ambiguous: int
    listed: int
    by_itself: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share of proposals that are right: these pupils and no others are away today."""
        return self.right / self.proposed

    @property
    def recall(self) -> float:
        """The share of messages that say a child is absent today which end as the right proposal or among several."""
        return self.found / self.say_absent


def measured(folder: Path) -> Measured:
    """What the installed program makes of a folder's messages."""
    answers = answers_of(folder)
    with tempfile.TemporaryDirectory() as place:
        only_proposed = _looked_at(folder, Path(place) / "proposes", known_sender_explains=False)
        by_policy = _looked_at(folder, Path(place) / "explains", known_sender_explains=True)
    waiting = {m["message_id"]: m for m in only_proposed["messages"]}
    proposed = {key: frozenset(m["proposed"]) for key, m in waiting.items() if m["proposed"]}
    several = {key: frozenset(m["candidates"]) for key, m in waiting.items() if m["outcome"] == "several"}
    accepted = {key: frozenset(waiting[key]["candidates"]) for key in waiting.keys() - _ids(by_policy["messages"])}
    away = {key: answer for key, answer in answers.items() if answer.away}
    unclear = {key: answer for key, answer in answers.items() if answer.could_be}
    return Measured(
        messages=len(answers), say_absent=len(away), proposed=len(proposed),
        right=sum(pupils == answers[key].away for key, pupils in proposed.items()),
        found=sum(
            proposed.get(key) == answer.away or (key in several and answer.away <= several[key])
            for key, answer in away.items()
        ),
        ambiguous=len(unclear),
        listed=sum(answer.could_be <= several.get(key, frozenset()) for key, answer in unclear.items()),
        by_itself=len(accepted), wrong=sum(not pupils <= answers[key].away for key, pupils in accepted.items()),
    )  # fmt: skip


def answers_of(folder: Path) -> dict[str, Answer]:
    """The answers of a folder by message."""
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            row["message_id"]: Answer(_split(row["absent_today"]), _split(row["could_be"]))
            for row in csv.DictReader(file)
        }


def _split(ids: str) -> frozenset[str]:
    return frozenset(part.strip() for part in ids.split(";") if part.strip())


def _ids(messages: Iterable[Any]) -> set[str]:
    return {message["message_id"] for message in messages}


def _looked_at(folder: Path, school: Path, *, known_sender_explains: bool) -> Any:
    """The messages that wait, as the program says them, in a school that has taken in the folder's files."""
    _firstday("init", str(school))
    switch = str(known_sender_explains).lower()
    policy = f'[school]\nname = "Measured"\n[messages]\nknown_sender_explains = {switch}\n'
    (school / "policy.toml").write_text(policy, encoding="utf-8")
    (school / "calendar.toml").write_text(TERM, encoding="utf-8")
    for name in EXPORTS:
        (school / "inbox" / name).write_bytes((folder / name).read_bytes())
    at = ("--school", str(school), "--now", NOW)
    _firstday("ingest", *at)
    return json.loads(_firstday("messages", *at, "--format", "json"))


def _firstday(*words: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "firstday_cli", *words], capture_output=True, encoding="utf-8", check=False,
        env={"PYTHONUTF8": "1", "TZ": "Europe/London"},
    )  # fmt: skip
    if ended.returncode not in (0, 10, 11, 12):
        raise SystemExit(ended.stderr)
    return ended.stdout


def report(name: str, found: Measured) -> list[str]:
    """The lines that say what was measured of one set."""
    return [
        f"{name}: {found.messages} messages, {found.say_absent} say that a child is absent today",
        f"  proposals right: {found.right} of {found.proposed} (precision {found.precision:.2f})",
        f"  right, or among several: {found.found} of {found.say_absent} (recall {found.recall:.2f})",
        f"  nobody could tell which: {found.listed} of {found.ambiguous} listed among several",
        f"  by itself, where the policy lets a known sender explain: {found.by_itself}, wrong {found.wrong}",
    ]


def main(folders: Sequence[str]) -> None:
    """Print what was measured of each folder."""
    for folder in [Path(name) for name in folders] or HELD_OUT:
        print("\n".join(report(f"{folder.parent.name.replace('_', ' ')} {folder.name}", measured(folder))))


if __name__ == "__main__":
    main(sys.argv[1:])
