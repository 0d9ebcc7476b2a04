"""Plain builders for tests at the door: a school, its exports, commands run in it. All data is invented."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from firstday_cli.cli.app import app

COMMAND = get_command(app)  # made once: making it takes as long as running it
DAY, NOW = "2026-11-23", "2026-11-23T09:20"
STORE = "firstday.db"
POLICY = '[school]\nname = "Fernhill Primary School"\n'
CALENDAR = """\
[[terms]]
name = "Summer 2026"
first = "2026-04-13"
last = "2026-07-21"

[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[closures]]
first = "2026-11-27"
last = "2026-11-27"
why = "INSET"
"""
WITHOUT_CLOCK = frozenset({"backup", "verify", "init"})


@dataclass(frozen=True, kw_only=True)
class Result:
    """How a command ended: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The error said as JSON, on the last line of standard error."""
        return json.loads(self.err.splitlines()[-1])["error"]


def lines(*rows: str) -> str:
    """Rows as the text of a file."""
    return "\n".join(rows) + "\n"


def a_roll(*pupils: str) -> str:
    """A roll of rows like `P001,Ivy,Brennan,4B`."""
    return lines("pupil_id,forename,surname,group", *(pupils or PUPILS))


def a_register(*marks: str, day: str = DAY, session: str = "AM") -> str:
    """A register of rows like `P001,N` or `P001,I,sore throat`."""
    rows = [[*mark.split(",", 2), ""] for mark in marks or MARKS]
    return lines("pupil_id,date,session,mark,comment", *(f"{r[0]},{day},{session},{r[1]},{r[2]}" for r in rows))


PUPILS = ("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C")
MARKS = ("P001,N", "P002,/", "P003,/")


def a_school(
    tmp_path: Path, files: Mapping[str, str | bytes] | None = None, *, policy: str = POLICY, calendar: str = CALENDAR
) -> Path:
    """A school's folder with these exports in its inbox; a roll and a register, if none are named."""
    folder = tmp_path / "fernhill"
    (folder / "inbox").mkdir(parents=True)
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    (folder / "calendar.toml").write_text(calendar, encoding="utf-8")
    drop(folder, {"roll.csv": a_roll(), "register.csv": a_register()} if files is None else files)
    return folder


def drop(school: Path, files: Mapping[str, str | bytes]) -> None:
    """Save exports in the school's inbox."""
    for name, content in files.items():
        (school / "inbox" / name).write_bytes(content.encode() if isinstance(content, str) else content)


def arguments(school: Path | None, words: Iterable[str], now: str) -> list[str]:
    """The command line: the words, and the school and the moment where they are not among them."""
    typed = list(words)
    if school is not None and "--school" not in typed and typed[0] != "init":
        typed += ["--school", str(school)]
    if now and "--now" not in typed and typed[0] not in WITHOUT_CLOCK and "--help" not in typed:
        typed += ["--now", now]
    return typed


def run(
    school: Path | None, *words: str, now: str = NOW, env: Mapping[str, str | None] | None = None,
    console: str = "utf-8",
) -> Result:  # fmt: skip
    """Run a command in this process, on a console of this encoding; a bug is raised, an exit code is not."""
    clean = {"FIRSTDAY_SCHOOL": None, "FIRSTDAY_BY": None, **(env or {})}
    code: object = 0
    with CliRunner(charset=console).isolation(env=clean) as (out, err, _):
        try:
            COMMAND.main(args=arguments(school, words, now), prog_name="firstday")
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        sys.stderr.flush()
        raw = out.getvalue()
        wrote, told = (text.decode(console, "replace").replace("\r\n", "\n") for text in (raw, err.getvalue()))
    return Result(code=int(str(code)), out=wrote, err=told, raw=raw)


def reconcile(school: Path, *words: str, now: str = NOW) -> Any:
    """What `reconcile` says as JSON, whatever its exit code."""
    return run(school, "reconcile", "--format", "json", *words, now=now).json


def ids(reconciled: Any, standing: str = "unexplained") -> list[str]:
    """The pupil ids of one of the lists."""
    return [pupil["pupil_id"] for pupil in reconciled[standing]]


def process(
    school: Path | None, *words: str, now: str = NOW, env: Mapping[str, str] | None = None, cwd: Path | None = None,
    **more: Any,
) -> Result:  # fmt: skip
    """Run a command as a process of its own."""
    typed = [sys.executable, "-m", "firstday_cli", *arguments(school, words, now)]
    done = subprocess.run(typed, capture_output=True, env=environment(env), cwd=cwd, timeout=120, **more)
    return Result(code=done.returncode, out=said(done.stdout), err=said(done.stderr), raw=done.stdout)


def started(school: Path, *words: str) -> subprocess.Popen[bytes]:
    """A command started and left to run."""
    typed = [sys.executable, "-m", "firstday_cli", *arguments(school, words, NOW)]
    return subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of these tests without the school's own variables."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTDAY_")}
    return {**kept, **(more or {})}


def said(raw: bytes) -> str:
    """What a process wrote, as text."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def dump(school: Path) -> tuple[str, ...]:
    """Everything in the store, row by row, with its layout; empty where there is none."""
    if not (school / STORE).exists():
        return ()
    with closing(sqlite3.connect(school / STORE)) as db:
        layout = db.execute("pragma user_version").fetchone()[0]
        return (f"layout {layout}", *db.iterdump())


def asked(school: Path, query: str, *values: object) -> list[Any]:
    """Rows of the store."""
    with closing(sqlite3.connect(school / STORE)) as db:
        return db.execute(query, values).fetchall()


def standing_of(reconciled: Any, pupil_id: str) -> str:
    """The list that the pupil is in; `in_school` where in none."""
    lists = ("unexplained", "unknown", "explained", "off_site", "not_expected")
    return next((name for name in lists if pupil_id in ids(reconciled, name)), "in_school")
