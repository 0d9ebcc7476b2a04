"""Starters beside a school's folder: what `init` writes, what they run, and whose files they leave alone."""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from shutil import move

import pytest

from builders import environment, process, run
from firstday_cli.morning.starters import starters

NAMES = ("1 Morning list", "2 After a round", "3 Review page")
TYPED = {
    "1 Morning list": ["reconcile"],
    "2 After a round": ["escalate"],
    "3 Review page": ["report", "rag-review"],
}
ODD = ("fern hill", "Ysgol Tŷ Ŵyn", "St John's & St Mary's (50% £) ^!", "$(touch never) `touch never`", "-n", "王芳")
POSIX_ONLY = ('the "old" school', "a\\b", "two\nlines", "*")
STUB = "#!/bin/sh\nfor word; do printf '%s\\0' \"$word\"; done\nexit ${CODE:-0}\n"


def _made(folder: Path, *more: str) -> str:
    ended = run(None, "init", str(folder), *more)
    assert ended.code == 0, ended.err
    return ended.err


def _stub(place: Path) -> Path:
    """A program that says with which words it was run."""
    place.mkdir(parents=True, exist_ok=True)
    path = place / "firstday"
    path.write_text(STUB, encoding="utf-8")
    path.chmod(0o755)
    return path


def _started(
    starter: Path, path: str, *, cwd: Path | None = None, code: str = "0"
) -> "subprocess.CompletedProcess[bytes]":
    typed = ["sh", str(starter)]
    env = {**environment(), "PATH": f"{path}:/usr/bin:/bin", "CODE": code}
    return subprocess.run(typed, capture_output=True, env=env, cwd=cwd, stdin=subprocess.DEVNULL, timeout=60)


def _words(ended: "subprocess.CompletedProcess[bytes]") -> list[str]:
    return ended.stdout.rpartition(b"\0")[0].decode().split("\0")


def _without_python(starter: Path) -> None:
    """As on a machine where the Python that ran `init` is no longer there."""
    text = starter.read_text(encoding="utf-8")
    assert shlex.quote(sys.executable) in text
    starter.write_text(text.replace(shlex.quote(sys.executable), "/nowhere/python3"), encoding="utf-8")


def test_init_puts_six_starters_beside_the_folder_and_says_so(tmp_path: Path) -> None:
    said = _made(tmp_path / "fernhill")
    made = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert made == sorted(f"{name}{ending}" for name in NAMES for ending in (".cmd", ".command"))
    assert all(f"made beside it: {name}" in said for name in made)
    assert all(os.access(tmp_path / name, os.X_OK) for name in made if name.endswith(".command"))


def test_a_dry_run_lists_them_and_makes_none(tmp_path: Path) -> None:
    said = _made(tmp_path / "fernhill", "--dry-run")
    assert "would be made beside it: 1 Morning list.cmd" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("school", [*ODD, *POSIX_ONLY])
@pytest.mark.parametrize("name", NAMES)
def test_a_starter_runs_its_page_for_the_school_beside_it_wherever_both_lie(
    tmp_path: Path, school: str, name: str
) -> None:
    _made(tmp_path / "before" / school)
    moved = tmp_path / "moved to $HOME & 'here'"
    move(tmp_path / "before", moved)
    starter = moved / f"{name}.command"
    _without_python(starter)
    ended = _started(starter, str(_stub(tmp_path / "bin").parent), cwd=tmp_path)
    assert _words(ended) == [*TYPED[name], "--school", str(moved / school), "--open"]
    assert not list(tmp_path.rglob("never"))


def test_a_starter_run_from_its_own_folder_finds_the_school(tmp_path: Path) -> None:
    _made(tmp_path / "fernhill")
    starter = tmp_path / "1 Morning list.command"
    _without_python(starter)
    ended = _started(Path(starter.name), str(_stub(tmp_path / "bin").parent), cwd=tmp_path)
    assert _words(ended) == ["reconcile", "--school", "./fernhill", "--open"]


def test_the_python_that_ran_init_is_used_and_nothing_that_lies_about(tmp_path: Path) -> None:
    _made(tmp_path / "fernhill", "--sample")
    (tmp_path / "csv.py").write_text("raise SystemExit('taken from the folder')\n", encoding="utf-8")
    starter = tmp_path / "1 Morning list.command"
    text = starter.read_text(encoding="utf-8")
    assert "--now 2026-11-23T09:20" in text, "the invented morning is shown as of its own moment"
    starter.write_text(text.replace(" --open", " --format json"), encoding="utf-8")
    ended = _started(starter, str(tmp_path), cwd=tmp_path)
    assert ended.returncode == 11, ended.stderr
    assert b'"schema": "firstday/reconcile/1"' in ended.stdout
    assert (tmp_path / "fernhill" / "firstday.db").exists()


@pytest.mark.parametrize(("code", "told"), [(0, ""), (10, ""), (11, ""), (12, ""), (21, "could not be done")])
def test_what_went_wrong_is_told_and_the_code_is_kept(tmp_path: Path, code: int, told: str) -> None:
    _made(tmp_path / "fernhill")
    starter = tmp_path / "2 After a round.command"
    _without_python(starter)
    ended = _started(starter, str(_stub(tmp_path / "bin").parent), code=str(code))
    after = ended.stdout.rpartition(b"\0")[2].decode().strip()
    assert ended.returncode == code
    assert told in after and bool(told) is bool(after)


def test_without_python_and_without_firstday_it_says_whom_to_ask(tmp_path: Path) -> None:
    _made(tmp_path / "fernhill")
    starter = tmp_path / "1 Morning list.command"
    _without_python(starter)
    ended = _started(starter, str(tmp_path / "nothing"))
    assert ended.returncode == 127
    assert b"firstday was not found on this computer" in ended.stdout


def test_another_schools_starters_are_left_and_these_carry_the_folders_name(tmp_path: Path) -> None:
    _made(tmp_path / "fernhill")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    said = _made(tmp_path / "oakdene")
    assert {path: path.read_bytes() for path in before} == before
    assert "made beside it: oakdene, 1 Morning list.cmd" in said
    assert b"oakdene" in (tmp_path / "oakdene, 3 Review page.command").read_bytes()


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_a_file_of_that_name_that_is_nobodys_starter_is_left(tmp_path: Path, there: str) -> None:
    place, target = tmp_path / "2 After a round.cmd", tmp_path / "elsewhere.txt"
    mine = "rem Written by firstday init for the folder beside it: fernhill" if there == "link" else "mine"
    target.write_text(mine, encoding="utf-8")
    if there == "link":
        place.symlink_to(target)
    elif there == "folder":
        place.mkdir()
    else:
        place.write_text("mine", encoding="utf-8")
    said = _made(tmp_path / "fernhill")
    assert "made beside it: fernhill, 2 After a round.cmd" in said
    assert not (tmp_path / "1 Morning list.cmd").exists(), "one set, under one name"
    assert target.read_text(encoding="utf-8") == mine
    assert there != "file" or place.read_text(encoding="utf-8") == "mine"


def test_where_both_names_are_taken_none_is_made_and_the_school_is(tmp_path: Path) -> None:
    for name in ("1 Morning list.cmd", "fernhill, 1 Morning list.cmd"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    assert "no starters were made" in _made(tmp_path / "fernhill")
    assert (tmp_path / "fernhill" / "policy.toml").exists()


def test_a_school_made_again_has_its_starters_under_the_same_names(tmp_path: Path) -> None:
    _made(tmp_path / "50% fern")
    move(tmp_path / "50% fern", tmp_path / "gone")
    _without_python(tmp_path / "1 Morning list.command")
    _made(tmp_path / "50% fern")
    assert len([path for path in tmp_path.iterdir() if path.is_file()]) == 6
    assert sys.executable in (tmp_path / "1 Morning list.command").read_text(encoding="utf-8")


def test_where_nobody_may_write_beside_it_that_is_said_and_the_school_is_made(tmp_path: Path) -> None:
    long = "f" * 250  # the folder's name fits; with its school's name before it a starter's does not
    (tmp_path / "1 Morning list.cmd").write_text("mine", encoding="utf-8")
    ended = process(None, "init", str(tmp_path / long))
    assert ended.code == 0
    assert "no starters were made" in ended.err and "file name too long" in ended.err
    assert (tmp_path / long / "policy.toml").exists()


WINDOWS_PYTHON = "C:\\Program Files (x86)\\100% Python\\python.exe"


@pytest.mark.parametrize("school", ODD)
def test_the_file_for_windows_is_as_its_command_window_reads_it(school: str) -> None:
    found = [s for s in starters(school, python_on_windows=WINDOWS_PYTHON) if s.ending == ".cmd"]
    assert [starter.name for starter in found] == list(NAMES)
    for starter in found:
        raw = starter.content
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        lines = raw.decode("utf-8").split("\r\n")
        assert lines[:2] == ["@echo off", "chcp 65001 >nul"], "before any letter that is not plain"
        assert all(line.isascii() for line in lines[:2])
        assert f'set "SCHOOL=%~dp0{school.replace("%", "%%")}"' in lines
        assert 'set "PYTHON=C:\\Program Files (x86)\\100%% Python\\python.exe"' in lines
        runs = [line for line in lines if "--open" in line]
        words = " ".join(TYPED[starter.name])
        assert runs == [
            f'firstday {words} --school "%SCHOOL%" --open',
            f'"%PYTHON%" -P -m firstday_cli {words} --school "%SCHOOL%" --open',
        ]
        assert {"pause", ":python", ":ended", ":close"} <= set(lines)
        assert all(line.count('"') % 2 == 0 for line in lines if not line.startswith("rem "))


@pytest.mark.parametrize("school", POSIX_ONLY)
def test_a_name_that_windows_could_not_hold_has_no_file_for_it(school: str) -> None:
    assert {starter.ending for starter in starters(school)} == {".command"}


def test_the_path_of_this_machines_python_is_in_no_file_for_windows(tmp_path: Path) -> None:
    _made(tmp_path / "fernhill")
    assert 'set "PYTHON="' in (tmp_path / "1 Morning list.cmd").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="a shell runs it")
@pytest.mark.parametrize(("starter", "page"), [
    ("1 Morning list", "reconcile-AM.html"), ("2 After a round", "escalate-AM.html"),
    ("3 Review page", "rag-review-AM.html"),
])  # fmt: skip
def test_a_starter_opens_its_page(tmp_path: Path, starter: str, page: str) -> None:
    school = tmp_path / "ysgol tŷ's 50%"
    _made(school, "--sample")
    opened = tmp_path / "opened"
    for name in ("xdg-open", "open"):
        stub = _stub(tmp_path / "bin").rename(tmp_path / "bin" / name)
        stub.write_text(
            f'#!/bin/sh\nprintf %s "$1" > "{opened}.part"; mv "{opened}.part" "{opened}"\n', encoding="utf-8"
        )
    ended = _started(tmp_path / f"{starter}.command", str(tmp_path / "bin"))
    assert ended.returncode in (0, 11), ended.stderr.decode()
    for _ in range(200):
        if opened.exists():
            break
        time.sleep(0.05)
    assert opened.read_text(encoding="utf-8") == str((school / "sheets" / "2026-11-23" / page).resolve())
    assert "<h1>Thistlemere Primary School" in Path(opened.read_text(encoding="utf-8")).read_text(encoding="utf-8")
