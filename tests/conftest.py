"""What many tests want: a school with nothing taken in yet, and a school kept for a whole file, copied for one test."""

from pathlib import Path
from shutil import copytree

import pytest

from builders import a_school


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Three pupils in two groups; P001 is marked N this morning."""
    return a_school(tmp_path)


@pytest.fixture
def morning(kept: Path, tmp_path: Path) -> Path:
    """The school that a file of tests keeps, for one test alone."""
    return copytree(kept, tmp_path / "fernhill")
