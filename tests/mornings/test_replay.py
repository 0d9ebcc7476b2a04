"""Whole invented mornings, asked again weeks later with the same `--now`, say byte for byte what they said."""

import subprocess
import sys
from pathlib import Path

import pytest

from builders import dump, environment
from mornings.stories import Story


@pytest.mark.parametrize("seed", range(3))
def test_a_morning_asked_again_weeks_later_says_the_same_byte_for_byte(seed: int, tmp_path: Path) -> None:
    story = Story(tmp_path, seed)
    story.live(4)
    story.weeks_later()
    before = dump(story.school)
    assert story.asked_again() == []
    assert dump(story.school) == before


def test_it_says_the_same_in_a_process_that_counts_its_words_in_another_order(tmp_path: Path) -> None:
    story = Story(tmp_path, 7)
    story.live(3)
    story.weeks_later()
    words, now, before = next(asked for asked in reversed(story.asked) if asked[0][0] == "reconcile")
    typed = [sys.executable, "-m", "firstday_cli", *words, "--school", str(story.school), "--now", now]
    for order in ("0", "12345"):
        done = subprocess.run(typed, capture_output=True, env=environment({"PYTHONHASHSEED": order}), check=False)
        assert done.stdout + f"\nends with {done.returncode}".encode() == before
