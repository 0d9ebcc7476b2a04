"""Two desks at one list: a number rung twice within a minute is told, and eight desks writing at once lose nothing."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from builders import DAY, asked, environment, run
from calling import Child, mobile, rung

FIRST = f"{DAY}T09:21:00"
CHILDREN = (
    Child("P1", "Ivy", contacts=(("Jo Fell", mobile(1)), ("Al Fell", mobile(2)))),
    Child("P2", "Tom", contacts=(("Di Moss", mobile(3)), ("Jo Fell", "+44 7700 900001"))),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two children who have one number in common; A. Officer rang it about P1 at 09:21."""
    school = rung(tmp_path_factory.mktemp("kept"), CHILDREN)
    words = ("call", "P1", "--contact", "1", "--outcome", "no-answer", "--by", "A. Officer")
    assert run(school, *words, now=FIRST).code == 0
    return school


TOLD = {  # the other desk's call → how many seconds it is told to lie apart
    "at the same moment": ("P1", "1", "09:21:00", 0), "a second later": ("P1", "1", "09:21:01", 1),
    "59 seconds later": ("P1", "1", "09:21:59", 59), "60 seconds later": ("P1", "1", "09:22:00", 60),
    "the same number about a sibling": ("P2", "2", "09:21:30", 30),
}  # fmt: skip
NOT_TOLD = {
    "61 seconds later": ("P1", "1", "09:22:01"), "another number": ("P1", "2", "09:21:10"),
    "another number about a sibling": ("P2", "1", "09:21:10"),
}  # fmt: skip


def _ring(school: Path, pupil: str, contact: str, at: str, *, by: str = "B. Desk", outcome: str = "engaged") -> str:
    words = ("call", pupil, "--contact", contact, "--outcome", outcome, "--by", by)
    ended = run(school, *words, now=f"{DAY}T{at}")
    assert (ended.code, ended.out) == (0, ""), ended.err
    return ended.err


def _calls(school: Path) -> int:
    return int(asked(school, "select count(*) from entry where kind = 'call-made'")[0][0])


@pytest.mark.parametrize("case", TOLD)
def test_a_number_that_another_desk_rang_within_a_minute_is_told_and_both_calls_are_kept(
    kept: Path, tmp_path: Path, case: str
) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    *call, seconds = TOLD[case]
    said = _ring(school, *[str(word) for word in call])
    assert "A. Officer rang the same number" in said
    assert f" {seconds} second{'' if seconds == 1 else 's'} " in said
    assert "900001" not in said and "Fell" not in said and "Ivy" not in said
    assert _calls(school) == 2


@pytest.mark.parametrize("case", NOT_TOLD)
def test_what_no_other_desk_rang_just_now_is_not_told(kept: Path, tmp_path: Path, case: str) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    assert "rang the same number" not in _ring(school, *NOT_TOLD[case])
    assert _calls(school) == 2


def test_one_call_about_siblings_by_one_person_is_not_two_desks(tmp_path: Path) -> None:
    school = rung(tmp_path, CHILDREN)
    words = ("call", "P1", "P2", "--contact", "1", "--outcome", "no-answer", "--by", "A. Officer")
    assert "rang the same number" not in run(school, *words, now=FIRST).err
    assert _calls(school) == 2


def test_one_person_who_writes_siblings_down_one_by_one_is_not_two_desks(kept: Path, tmp_path: Path) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    assert "rang the same number" not in _ring(school, "P2", "2", "09:21:20", by="A. Officer")


def test_a_call_taken_back_is_not_told(kept: Path, tmp_path: Path) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    assert run(school, "withdraw", "last", "--why", "the wrong line", "--by", "A. Officer", now=FIRST).code == 0
    assert "rang the same number" not in _ring(school, "P1", "1", "09:21:20")


def test_a_text_is_not_somebody_on_the_line(kept: Path, tmp_path: Path) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    _ring(school, "P1", "2", "09:30:00", outcome="text-sent")
    assert "rang the same number" not in _ring(school, "P1", "2", "09:30:20", by="C. Desk")


def test_it_goes_by_when_they_rang_not_by_when_it_was_written_down(kept: Path, tmp_path: Path) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    words = ("call", "P1", "--contact", "1", "--outcome", "engaged", "--by", "B. Desk", "--at")
    assert "40 seconds" in run(school, *words, f"{DAY}T09:20:20", now=f"{DAY}T09:50").err
    assert "rang the same" not in run(school, *words, f"{DAY}T09:45:00", now=f"{DAY}T09:51").err


DESKS, CALLS = 8, 12
FROM_TODAY = f'[[terms]]\nname = "Autumn 2026"\nfirst = "{DAY}"\nlast = "2026-12-18"\n'
FOLDERS = {"on a local disk": ("fernhill-local", "wal"), "in a synced folder": ("OneDrive - Fernhill", "delete")}


@pytest.mark.parametrize("place", FOLDERS)
def test_eight_desks_writing_calls_at_once_lose_none_and_none_is_told_that_the_store_is_locked(
    tmp_path: Path, place: str
) -> None:
    folder, journal = FOLDERS[place]
    school = rung(tmp_path / folder, [Child(f"P{n:03d}", contacts=(("Jo Fell", mobile(n)),)) for n in range(20)])
    (school / "calendar.toml").write_text(FROM_TODAY, encoding="utf-8")  # no earlier days to be looked at
    running = [_desk(school, f"Desk {number}") for number in range(DESKS)]
    _all_begin(running)
    assert [one.communicate(timeout=300) for one in running] == [("", "")] * DESKS
    query = "select said_by, count(*), count(distinct digest) from entry where kind = 'call-made' group by said_by"
    assert asked(school, query) == [(f"Desk {number}", CALLS, CALLS) for number in range(DESKS)]
    assert asked(school, "pragma journal_mode") == [(journal,)]
    ended = run(school, "verify")
    assert (ended.code, "whole" in ended.out + ended.err) == (0, True)


def _desk(school: Path, name: str) -> "subprocess.Popen[str]":
    """A desk that writes its calls as soon as it is told to."""
    script = Path(__file__).with_name("one_desk.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(school), name, str(CALLS)], text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment({"PYTHONPATH": os.pathsep.join(sys.path)}),
    )  # fmt: skip


def _all_begin(desks: "list[subprocess.Popen[str]]") -> None:
    """Let them begin together, once every one of them is there."""
    for desk in desks:
        assert desk.stdout is not None and desk.stdout.readline() == "ready\n"
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("\n")
        desk.stdin.flush()
