"""Somebody at a terminal: a command in a pseudo-terminal, its questions waited for, keys pressed. POSIX only."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

import pytest

from builders import NOW, arguments, environment

POSIX = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are of POSIX systems")
PATIENCE = 30.0
CTRL_C, CTRL_D, ENTER = "\x03", "\x04", "\r"
LOCAL_MODES = 3  # its place among a terminal's settings


class Terminal:
    """A running command and what it has written so far; waiting goes on from what was waited for before."""

    def __init__(self, school: Path, *words: str, now: str = NOW) -> None:
        import pty

        self.reads, its_end = pty.openpty()
        typed = [sys.executable, "-m", "firstday_cli", *arguments(school, words, now)]
        self.running = subprocess.Popen(
            typed, stdin=its_end, stdout=its_end, stderr=its_end, start_new_session=True,
            env=environment({"TERM": "dumb", "COLUMNS": "200", "PYTHONUTF8": "1"}),
        )  # fmt: skip
        os.close(its_end)
        self.written, self.read_up_to = "", 0

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        os.close(self.reads)

    def waits_for(self, words: str) -> str:
        """What was written from the last place up to these words, once they are there."""
        until = time.monotonic() + PATIENCE
        while (found := self.written.find(words, self.read_up_to)) < 0:
            assert time.monotonic() < until and self._read(), f"no {words!r} in {self.written[self.read_up_to :]!r}"
        said = self.written[self.read_up_to : found]
        self.read_up_to = found + len(words)
        return said

    def press(self, key: str, then: str = "") -> str:
        """Press one key once a single key is waited for; what was written up to the next words."""
        until = time.monotonic() + PATIENCE
        while self._takes_lines():
            assert time.monotonic() < until, f"no key is waited for after {self.written[self.read_up_to :]!r}"
            time.sleep(0.002)
        return self._send(key, then)

    def answer(self, line: str, then: str = "") -> str:
        """Type a line and Enter; what was written up to the next words."""
        return self._send(f"{line}{ENTER}", then)

    def ends(self) -> tuple[int, str]:
        """The exit code, and what was written since the last words waited for."""
        while self._read():
            pass
        return self.running.wait(PATIENCE), self.written[self.read_up_to :]

    def kill(self) -> None:
        """End it at once, as a pulled plug would."""
        self.running.kill()
        self.running.wait(PATIENCE)

    def _send(self, keys: str, then: str) -> str:
        os.write(self.reads, keys.encode())
        return self.waits_for(then) if then else ""

    def _takes_lines(self) -> bool:
        """Whether keys are read only with Enter."""
        import termios

        return bool(termios.tcgetattr(self.reads)[LOCAL_MODES] & termios.ICANON)

    def _read(self) -> bool:
        """Read what is there; whether more may come."""
        if not select.select([self.reads], [], [], PATIENCE)[0]:
            return False
        try:
            piece = os.read(self.reads, 65536)
        except OSError:  # the other end is closed
            return False
        self.written += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)
