"""The table from the guidance to the program names commands, reports, tests and pages that there are."""

import re

import pytest
from typer.main import get_command

from firstday_cli.cli.app import app
from firstday_cli.reports.catalogue import REPORTS

from .tree import ROOT

PAGE = ROOT / "docs" / "guidance.md"
STEPS = {"1", "2", "3", "4", "5a", "5b", "5c", "5d", "6", "7", "8a", "8b", "9", *(f"10{n}" for n in "abcdef"), "end"}
ITEMS = {
    "groups", "first morning", "calls by ten", "texts by ten", "logged", "RED call", "RED report", "RED visits",
    "judgement", "lowering", "RED", "AMBER", "GREEN", "threshold", "assessment", "review", "KIT", "every day",
    "counted", "recovery",
}  # fmt: skip


def _rows() -> list[list[str]]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in found if row[1] != "asks" and not row[0].startswith("---")]


def test_every_step_of_both_documents_has_its_line() -> None:
    assert [row[0] for row in _rows()] == list(dict.fromkeys(row[0] for row in _rows()))
    assert {row[0] for row in _rows()} == STEPS | ITEMS


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_a_line_names_what_there_is(row: list[str]) -> None:
    commands: set[str] = set(getattr(get_command(app), "commands", {}))
    for done_by in re.findall(r"`([^`]+)`", row[2]):
        name, _, report = done_by.partition(" ")
        assert name in commands, done_by
        assert not report or report in REPORTS, done_by
    for test in re.findall(r"`([^`]+)`", row[3]):
        assert (ROOT / test).is_file(), test
    for page in re.findall(r"\(([^)]+)\)", row[4]):
        assert (PAGE.parent / page).is_file(), page
    assert all(row[1:])
