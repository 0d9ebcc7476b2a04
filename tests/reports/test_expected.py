"""One kept page for each report: read by a person before it is kept (`make expected`)."""

import os
from pathlib import Path

import pytest

from builders import run
from firstday_cli.reports.catalogue import REPORTS

EXPECTED = Path(__file__).parent / "expected"
DAY, BY = "2026-11-23", ("--by", "A. Officer")
CHILD = "6551"  # RED, absent with no word
OF_A_PUPIL = {"referral": (CHILD, "--to", "social-care"), "history": (CHILD,)}
MORNING = (  # what was typed, and when
    ("09:20", "reconcile", "--exit-zero"),
    ("09:22", "report", "call-sheet"),
    ("09:26", "check", CHILD, "9887", "--not-found", *BY),
    ("09:30", "call", CHILD, "--contact", "1", "--outcome", "no-answer", *BY),
    ("09:31", "call", CHILD, "--contact", "2", "--outcome", "voicemail-left", *BY),
    ("09:33", "call", CHILD, "--contact", "3", "--outcome", "dead-number", *BY),
    ("09:36", "call", "9887", "--contact", "1", "--outcome", "answered", "--no-reason", "--child-with", "mother", *BY),
    ("09:38", "match", "M08", "9844", *BY),
    ("09:40", "text", CHILD, "8401", *BY),
    ("09:52", "call", CHILD, "--contact", "1", "--outcome", "no-answer", *BY),
    ("09:54", "call", CHILD, "--contact", "2", "--outcome", "no-answer", *BY),
    ("10:06", "visit", CHILD, "--out", "--staff", "A. Officer", "--staff", "V. Isitor", "--back-by", "11:30", *BY),
    ("10:08", "rate", "8401", "AMBER", "--why", "neighbour worried", *BY),
    ("10:31", "review", CHILD, "--decision", "visit again at 14:00", "--present", "H. Head", "--by", "D. Lead"),
    ("10:35", "decide", CHILD, "--harm", "--note", "second time this month", "--by", "D. Lead"),
    ("10:40", "refer", CHILD, "--to", "social-care", "--reference", "MASH-17", "--by", "D. Lead"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented school at twenty to eleven, after a morning's work; a report may number itself in its log."""
    folder = tmp_path_factory.mktemp("kept") / "school"
    assert run(None, "init", str(folder), "--sample").code == 0
    for at, *words in MORNING:
        ended = run(folder, *words, now=f"{DAY}T{at}")
        assert ended.code in (0, 11), (words, ended.err)
    return folder


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_as_expected(morning: Path, name: str) -> None:
    page = EXPECTED / f"{name}.txt"
    ended = run(morning, "report", name, *OF_A_PUPIL.get(name, ()), "--format", "text", now=f"{DAY}T10:45")
    assert ended.code == 0, ended.err
    if os.environ.get("FIRSTDAY_WRITE_EXPECTED"):
        page.write_bytes(ended.out.encode())
    assert ended.out == page.read_text(encoding="utf-8"), f"{name} differs: `make expected` writes it anew; read it"


def test_no_page_is_kept_of_a_report_that_is_none() -> None:
    assert {page.stem for page in EXPECTED.glob("*.txt")} == set(REPORTS)
