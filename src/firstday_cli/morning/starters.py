"""Starters to double-click beside a school's folder: the morning's three pages without a command to type.

Each finds the school beside itself, so that folder and starters can be moved or shared together. They hold no names.
"""

import os
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from firstday_cli.domain.record import record

PAGES: Mapping[str, Sequence[str]] = {
    "1 Morning list": ("reconcile",),
    "2 After a round": ("escalate",),
    "3 Review page": ("report", "rag-review"),
}
NOT_ON_WINDOWS = frozenset('"<>|?*:\\')
OWNED = "Written by firstday init for the folder beside it:"
GONE_WRONG = "It could not be done: the lines above say why, and what to do."
NOT_FOUND = "firstday was not found on this computer. Ask whoever installed it to install it here."
WINDOWS = """\
@echo off
chcp 65001 >nul
rem {owned} {rem}
setlocal DisableDelayedExpansion
set "NoDefaultCurrentDirectoryInExePath=1"
set "PYTHON={python}"
set "SCHOOL=%~dp0{school}"
if defined PYTHON if exist "%PYTHON%" goto python
firstday {words} --school "%SCHOOL%" --open
goto ended
:python
"%PYTHON%" -P -m firstday_cli {words} --school "%SCHOOL%" --open
:ended
set "CODE=%ERRORLEVEL%"
echo.
if "%CODE%"=="9009" echo {not_found}
for %%C in (0 10 11 12) do if "%CODE%"=="%%C" goto close
echo {gone_wrong}
:close
pause
exit /b %CODE%
"""
ELSEWHERE = """\
#!/bin/sh
# {owned} {rem}
case $0 in */*) here=${{0%/*}} ;; *) here=. ;; esac
python={python}
school=$here/{school}
if [ -n "$python" ] && [ -x "$python" ]; then
  "$python" -P -m firstday_cli {words} --school "$school" --open
else
  firstday {words} --school "$school" --open
fi
code=$?
echo
case $code in
  0 | 10 | 11 | 12) ;;
  127) echo '{not_found}' ;;
  *) echo '{gone_wrong}' ;;
esac
if [ -t 0 ]; then
  printf 'Press Enter to close this window. '
  read -r _
fi
exit $code
"""


@record
class Starter:
    """One starter: what it is called without its school, its ending, and what stands in it."""

    name: str
    ending: str
    content: bytes

    @property
    def file(self) -> str:
        """Its file's name."""
        return f"{self.name}{self.ending}"


def starters(school: str, more: Sequence[str] = (), *, python: str = "", python_on_windows: str = "") -> list[Starter]:
    """The starters of the school in this folder; none for Windows where it could not hold a folder of that name."""
    found = []
    for name, words in PAGES.items():
        typed = " ".join((*words, *more))
        if school.isprintable() and not NOT_ON_WINDOWS.intersection(school):
            found.append(Starter(name=name, ending=".cmd", content=_windows(school, typed, python_on_windows)))
        found.append(Starter(name=name, ending=".command", content=_elsewhere(school, typed, python)))
    return found


def _windows(school: str, words: str, python: str) -> bytes:
    """A file for Windows' command window: UTF-8 without a mark, line ends as it wants them, each % doubled."""
    text = WINDOWS.format(
        owned=OWNED, rem=_one_line(school).replace("%", "%%"), python=python.replace("%", "%%"),
        school=school.replace("%", "%%"), words=words, not_found=NOT_FOUND, gone_wrong=GONE_WRONG,
    )  # fmt: skip
    return os.fsencode(text.replace("\n", "\r\n"))


def _elsewhere(school: str, words: str, python: str) -> bytes:
    """A script for macOS and others."""
    text = ELSEWHERE.format(
        owned=OWNED, rem=_one_line(school), python=shlex.quote(python), school=shlex.quote(school), words=words,
        not_found=NOT_FOUND, gone_wrong=GONE_WRONG,
    )  # fmt: skip
    return os.fsencode(text)


def _one_line(school: str) -> str:
    return " ".join(school.split())


def placed(folder: Path, more: Sequence[str], *, dry_run: bool) -> list[str]:
    """Put the starters beside the folder; a sentence for each. What belongs to another school is left as it is."""
    whole, python = folder.resolve(), sys.executable or ""
    beside, school = whole.parent, whole.name
    if not school:
        return []
    of_this = {"python_on_windows": python} if os.name == "nt" else {"python": python}
    wanted = starters(school, more, **of_this)
    named = _named(beside, school, wanted)
    if named is None:
        return [f"no starters were made: files of these names are beside {school} already, and are left as they are"]
    if dry_run:
        return [f"would be made beside it: {path.name}" for path in named]
    try:
        for path, starter in named.items():
            _write(path, starter)
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        return [f"no starters were made beside {school}: {why}. Everything works without them, typed."]
    return [f"made beside it: {path.name}" for path in named]


def _named(beside: Path, school: str, wanted: Iterable[Starter]) -> dict[Path, Starter] | None:
    """Where each starter goes: under its plain name; with the school's where one of them is taken; else nowhere."""
    for before in ("", f"{school}, "):
        paths = {beside / f"{before}{starter.file}": starter for starter in wanted}
        if all(_is_free(path, school) for path in paths):
            return paths
    return None


def _is_free(path: Path, school: str) -> bool:
    """Whether nothing is there, or what is there is this school's own starter."""
    if not os.path.lexists(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    owned = os.fsencode(f"{OWNED} {_one_line(school)}".replace("%", "%%" if path.suffix == ".cmd" else "%"))
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return False
    return any(line.endswith(owned) for line in lines)


def _write(path: Path, starter: Starter) -> None:
    """Write one starter; only somebody else's file is never replaced."""
    mode = 0o755 if starter.ending == ".command" else 0o644
    if path.exists():
        path.write_bytes(starter.content)
    else:
        with path.open("xb") as file:
            file.write(starter.content)
    path.chmod(mode)
