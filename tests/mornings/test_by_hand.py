"""Whole mornings agree with the same mornings worked out by hand: any size, order of rows, encoding and separator."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from mornings.by_hand import worked_out
from mornings.comparison import differences
from mornings.invented import invented_morning, write_school
from mornings.morning import Morning
from mornings.school import Look
from rules.school import Said, typed

LOOKS = tuple(
    Look(encoding, separator, line_end, shuffled)
    for (encoding, separator), (line_end, shuffled) in zip(
        product(("utf-8", "utf-8-sig", "utf-16", "cp1252"), ",;\t|"),
        (("\n", None), ("\r\n", 7), ("\n", 11), ("\r\n", None)) * 4,
        strict=True,
    )
)
SIZES = (8, 30, 120)
MORNINGS = [
    (seed, size, LOOKS[(seed * len(SIZES) + turn) % len(LOOKS)])
    for seed in range(10)
    for turn, size in enumerate(SIZES)
]
REFUSALS_ARE_NONE = (0, 10, 11, 12)
Run = Callable[[list[str]], Said]


def _lived_through(morning: Morning, folder: Path, look: Look, run: Run) -> list[str]:
    """Live through the morning, and return where its answer differs from the one worked out by hand."""
    said = Said(1, "", "")
    for words in write_school(morning, folder, look):
        said = run([*words, "--school", str(folder)])
        may_end = REFUSALS_ARE_NONE if words[0] in ("ingest", "reconcile") else (0,)
        assert said.exit_code in may_end, f"{words}: {said.exit_code}, {said.stderr}"
    return differences(worked_out(morning), json.loads(said.stdout), said.exit_code)


def _in_process(words: list[str]) -> Said:
    return typed(*words)


def _as_a_program(words: list[str]) -> Said:
    run = [sys.executable, "-X", "utf8", "-m", "firstday_cli", *words]
    ended = subprocess.run(run, capture_output=True, encoding="utf-8", check=False)
    return Said(ended.returncode, ended.stdout, ended.stderr)


def _named(value: object) -> str:
    if isinstance(value, Look):
        names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
        return f"{value.encoding}-{names[value.separator]}-{'as-exported' if value.seed is None else 'shuffled'}"
    return str(value)


@pytest.mark.parametrize(("seed", "pupils", "look"), MORNINGS, ids=_named)
def test_an_invented_morning_comes_out_as_worked_out_by_hand(
    seed: int, pupils: int, look: Look, tmp_path: Path
) -> None:
    morning = invented_morning(seed, pupils)
    assert _lived_through(morning, tmp_path / "school", look, _in_process) == []


def test_a_morning_of_a_thousand_comes_out_as_worked_out_by_hand(tmp_path: Path) -> None:
    morning = invented_morning(5, 1000)
    assert _lived_through(morning, tmp_path / "school", LOOKS[1], _in_process) == []


def test_a_morning_of_real_processes_comes_out_as_worked_out_by_hand(tmp_path: Path) -> None:
    morning = invented_morning(3, 30)
    assert _lived_through(morning, tmp_path / "school", LOOKS[6], _as_a_program) == []


def test_the_mornings_hold_every_standing_and_most_of_what_can_go_wrong() -> None:
    answers = [worked_out(invented_morning(seed, pupils)) for seed, pupils, _ in MORNINGS]
    for standing in ("unexplained", "unknown", "explained", "off_site", "confirmed", "not_expected"):
        assert any(answer[standing] for answer in answers), standing
    kinds = {kind for answer in answers for _, kind in answer["discrepancies"]}
    assert kinds >= {"message-but-present", "two-marks", "off-site-but-told", "planned-gone", "left-out", "not-on-roll"}
    assert {alert for answer in answers for _, alert in answer["alerts"]} >= {"vanished", "signed-out"}
    assert any(answer["messages_to_match"] for answer in answers)
    assert any(answer["missing_registers"] for answer in answers)
