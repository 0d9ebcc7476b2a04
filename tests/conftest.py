"""The one fixture that most tests want: a school with a roll and a register, nothing taken in yet."""

from pathlib import Path

import pytest

from builders import a_school


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Three pupils in two groups; P001 is marked N this morning."""
    return a_school(tmp_path)
