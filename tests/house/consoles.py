"""Commands shown in the docs, as they are typed, and what the reader is told to see."""

import re
import shlex
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL

from builders import process, run

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^<!-- file: (?P<name>\S+) -->\n+```\w*\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ENDS = re.compile(r"^# ends with (\d+)$")


@dataclass(frozen=True)
class Step:
    """One command of a page: what is typed, the lines shown below it, the exit code told, where its block begins."""

    typed: str
    shown: tuple[str, ...]
    code: int
    place: int = 0


@dataclass(frozen=True)
class File:
    """A file that the page tells its reader to write, and where it stands in the page."""

    name: str
    text: str
    place: int


@dataclass(frozen=True)
class Seen:
    """What a command really did."""

    lines: tuple[str, ...]
    code: int


def files_in(page: str) -> list[File]:
    """Files that the page tells its reader to write, in order."""
    return [File(name=found["name"], text=found["text"], place=found.start()) for found in FILE.finditer(page)]


def excerpt_in(page: str) -> list[str]:
    """The filled lines of the page's first block of plain text."""
    found = re.search(r"^```text\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [line for line in found[1].splitlines() if line.strip()] if found else []


def steps_in(page: str) -> list[Step]:
    """Every command of the page's console blocks, in order."""
    return [step for block in BLOCK.finditer(page) for step in _steps(block[1], block.start())]


def _steps(block: str, place: int) -> Iterator[Step]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        typed, *below = part.rstrip("\n").split("\n")
        while typed.endswith("\\"):
            typed = typed[:-1] + below.pop(0).strip()
        codes = [int(found[1]) for line in below if (found := ENDS.match(line))]
        shown = tuple(line for line in below if line.strip(" …") and not ENDS.match(line))
        yield Step(typed=typed, shown=shown, code=codes[0] if codes else 0, place=place)


class Shell:
    """Runs a page's commands one after another in one folder; as processes of their own, or faster in this one."""

    def __init__(self, folder: Path, *, in_processes: bool = False) -> None:
        self.folder, self.in_processes = folder, in_processes
        self.settings: dict[str, str] = {}

    def run(self, step: Step) -> Seen:
        """Run one command; `export NAME=value` is remembered for those that follow."""
        program, *words = shlex.split(step.typed)
        if program == "export":
            name, _, value = words[0].partition("=")
            self.settings[name] = value
            return Seen(lines=(), code=0)
        assert program == "firstday", f"only firstday and export can be shown: {step.typed}"
        env = {"PYTHONUTF8": "1", "COLUMNS": "80", **self.settings}
        if self.in_processes:
            done = process(None, *words, now="", env=env, cwd=self.folder, stdin=DEVNULL)
        else:
            with chdir(self.folder):
                done = run(None, *words, now="", env=env)
        return Seen(lines=tuple((done.out + done.err).splitlines()), code=done.code)


def is_shown_in(line: str, seen: Seen) -> bool:
    """Whether the line stands in what was seen; blanks are not compared, and … stands for anything."""
    parts = [re.escape(" ".join(part.split())) for part in line.split("…")]
    wanted = re.compile(r".*".join(parts))
    return any(wanted.search(" ".join(real.split())) for real in seen.lines)
