"""`report --for`: a page for safeguarding is refused to the office, and the list so far shows each what it may read."""

from pathlib import Path

import pytest

from builders import ids, reconcile, run
from calling import Child, called, mobile, rung
from escalating import at, facts, page

NOT_FOR_THE_OFFICE = (
    "face-to-face-due", "rag-review", "cpoms", "commented-absence", "escalations", "handover",
    "not-seen-before-break", "visits",
)  # fmt: skip
THE_SAME = ("missing-registers", "call-sheet", "texts", "absence-days", "day-summary", "letter", "contact-gaps")
NOW = "09:30"


@pytest.fixture
def rated(tmp_path: Path) -> Path:
    """Two absent children, one of them with a social worker."""
    children = [
        Child("P1", contacts=(("Jo Fell", mobile(1)),), flags=("social-worker",)),
        Child("P2", "Tom", contacts=(("Cy Ward", mobile(2)),)),
    ]
    return rung(tmp_path, children)


@pytest.mark.parametrize("name", NOT_FOR_THE_OFFICE)
def test_what_is_for_others_is_refused_to_the_office_with_the_reason(rated: Path, name: str) -> None:
    ended = run(rated, "report", name, "--for", "office", now=at(NOW))
    assert (ended.code, ended.out) == (2, "")
    assert f"{name} is for " in ended.err and "--for" in ended.err


@pytest.mark.parametrize("name", ["referral", "history"])
def test_so_is_what_is_about_one_child(rated: Path, name: str) -> None:
    ended = run(rated, "report", name, "P1", "--for", "office", now=at(NOW))
    assert (ended.code, ended.out) == (2, "")
    assert "is for safeguarding" in ended.err


@pytest.mark.parametrize("name", [*NOT_FOR_THE_OFFICE, *THE_SAME])
def test_a_page_that_does_not_differ_is_the_same_for_safeguarding(rated: Path, name: str) -> None:
    words = [page(rated, name, *more, now=NOW) for more in ((), ("--for", "safeguarding"), ())]
    assert words[1] in (words[0], words[2].replace("sheet 3", "sheet 2")) or _body(words[1]) == _body(words[0])


def _body(words: str) -> str:
    """A page without the number of its sheet."""
    return "\n".join(line for line in words.splitlines() if "sheet" not in line.casefold())


def test_an_audience_that_there_is_not_is_mistyped(rated: Path) -> None:
    ended = run(rated, "report", "unexplained", "--for", "parents", now=at(NOW))
    assert (ended.code, "office, safeguarding" in ended.err) == (2, True)


def test_the_list_so_far_is_the_page_of_reconcile_without_an_exit_code(rated: Path) -> None:
    day = reconcile(rated, now=at(NOW))
    found = facts(rated, "unexplained", now=NOW)
    assert ids(found) == ["P1", "P2"]
    assert found == {**day, "schema": "firstday/unexplained/1"}
    assert next(iter(found)) == "schema"
    shown = run(rated, "reconcile", "--format", "text", now=at(NOW)).out.replace("\u00a0", " ")
    assert page(rated, "unexplained", now=NOW) == shown


def test_the_list_so_far_takes_nothing_in_and_says_that_files_wait(rated: Path) -> None:
    (rated / "inbox" / "more.csv").write_text("pupil_id,date,session,mark\nP1,2026-11-23,AM,/\n", encoding="utf-8")
    ended = run(rated, "report", "unexplained", now=at(NOW))
    assert ended.code == 0 and "! NOT TAKEN IN: more.csv" in ended.out
    assert ids(facts(rated, "unexplained", now=NOW)) == ["P1", "P2"]


def test_reasons_are_on_the_list_for_safeguarding_alone(rated: Path) -> None:
    office, leads = (page(rated, "unexplained", *more, now=NOW) for more in ((), ("--for", "safeguarding")))
    assert "RED" in office and "social worker" not in office
    assert "has a social worker" in leads and "FOR SAFEGUARDING" in leads
    assert page(rated, "unexplained", "--for", "office", now=NOW) == office


def test_nothing_is_written_down_by_looking(rated: Path) -> None:
    called(rated, "P1", 1, "no-answer", now=at("09:25"))
    before = facts(rated, "history", "P1", now=NOW)["log"]
    page(rated, "unexplained", now=NOW)
    assert facts(rated, "history", "P1", now=NOW)["log"] == before
