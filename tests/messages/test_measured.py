"""What is claimed of messages is what is measured, on sets that nobody had seen who wrote the rules."""

from pathlib import Path

import pytest
from tools.measure_messages import HELD_OUT, SETS, measured, report

DOCS = Path(__file__).resolve().parents[2] / "docs" / "messages.md"
TUNING = sorted((SETS / "tuning").iterdir())


@pytest.mark.parametrize("folder", HELD_OUT, ids=lambda folder: folder.name)
def test_the_claim_in_the_docs_is_what_is_measured(folder: Path) -> None:
    found = measured(folder)
    assert found.messages >= 200
    assert (found.wrong, found.precision >= 0.9, found.recall >= 0.8) == (0, True, True)
    assert "\n".join(report(f"held out {folder.name}", found)) in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", TUNING, ids=lambda folder: folder.name)
def test_the_messages_by_which_the_rules_were_made_stay_read(folder: Path) -> None:
    found = measured(folder)
    assert (found.wrong, found.precision >= 0.92, found.recall >= 0.85) == (0, True, True)
