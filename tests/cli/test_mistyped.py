"""Commands that name nothing, or leave something out: exit 2, one sentence, and the store as it was."""

from pathlib import Path

import pytest

from builders import Result, a_school, dump, lines, process, reconcile, run

BY = ("--by", "A. Officer")
EXPLAINED = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother")
MISTYPED: dict[str, tuple[tuple[str, ...], str]] = {  # the command, and the word its sentence must hold
    "why of an unknown pupil": (("why", "P999"), "PUPIL"),
    "check of an unknown pupil": (("check", "P999", "--found", *BY), "PUPIL"),
    "check of one known and one unknown": (("check", "P001", "P999", "--found", *BY), "PUPIL"),
    "check of nobody": (("check", "--found", *BY), "PUPIL"),
    "check without a finding": (("check", "P001", *BY), "--found"),
    "check with two findings": (("check", "P001", "--found", "--not-found", *BY), "--found"),
    "check without a name": (("check", "P001", "--found"), "--by"),
    "check in a session of no day": (("check", "P001", "--found", "--session", "noon", *BY), "noon"),
    "check after now": (("check", "P001", "--found", "--at", "2026-11-23T10:30", *BY), "--at"),
    "explain of an unknown pupil": (("explain", "P999", *EXPLAINED, *BY), "PUPIL"),
    "explain without who told": (("explain", "P001", *EXPLAINED[2:], *BY), "--told-by"),
    "explain without a reason": (("explain", "P001", *EXPLAINED[:2], *EXPLAINED[4:], *BY), "--reason"),
    "explain without whom the child is with": (("explain", "P001", *EXPLAINED[:4], *BY), "--child-with"),
    "explain with a blank for whom": (("explain", "P001", *EXPLAINED[:4], "--child-with", " ", *BY), "--child-with"),
    "explain without a name": (("explain", "P001", *EXPLAINED), "--by"),
    "explain with a present code": (("explain", "P001", *EXPLAINED, "--code", "/", *BY), "--code"),
    "explain with an off-site code": (("explain", "P001", *EXPLAINED, "--code", "B", *BY), "--code"),
    "explain with no such code": (("explain", "P001", *EXPLAINED, "--code", "Q9", *BY), "--code"),
    "explain with a retired code": (("explain", "P001", *EXPLAINED, "--code", "H", *BY), "--code"),
    "explain until a day before": (("explain", "P001", *EXPLAINED, "--until", "2026-11-20", *BY), "--until"),
    "explain until no day": (("explain", "P001", *EXPLAINED, "--until", "31/11/2026", *BY), "31/11/2026"),
    "explain back at no time": (("explain", "P001", *EXPLAINED, "--back", "25:00", *BY), "25:00"),
    "explain with sickness to come": (
        ("explain", "P001", *EXPLAINED, "--sickness", "2026-11-24T08:00", *BY),
        "--sickness",
    ),
    "listen about nobody": (("listen", *EXPLAINED[:4], *BY), "--pupil"),
    "listen about an unknown pupil": (("listen", "--pupil", "P999", *EXPLAINED[:4], *BY), "PUPIL"),
    "listen without a name": (("listen", "--pupil", "P001", *EXPLAINED[:4]), "--by"),
    "match of an unknown message": (("match", "M9", "P001", *BY), "MESSAGE"),
    "match to an unknown pupil": (("match", "M1", "P999", *BY), "PUPIL"),
    "match to nobody": (("match", "M1", *BY), "--none"),
    "match to somebody and nobody": (("match", "M1", "P001", "--none", *BY), "--none"),
    "match without a name": (("match", "M1", "P001"), "--by"),
    "note about an unknown pupil": (("note", "P999", "--text", "x", *BY), "PUPIL"),
    "note of nothing": (("note", "P001", *BY), "--text"),
    "note of no such kind": (("note", "P001", "--text", "x", "--kind", "gossip", *BY), "gossip"),
    "note without a name": (("note", "P001", "--text", "x"), "--by"),
    "withdraw an unknown entry": (("withdraw", "E99", "--why", "x", *BY), "ENTRY"),
    "withdraw a taking in": (("withdraw", "E1", "--why", "x", *BY), "ENTRY"),
    "withdraw no entry": (("withdraw", "banana", "--why", "x", *BY), "ENTRY"),
    "withdraw a number too large": (("withdraw", "E99999999999999999999", "--why", "x", *BY), "ENTRY"),
    "withdraw a strange digit": (("withdraw", "E²", "--why", "x", *BY), "ENTRY"),
    "withdraw the last where there is none": (("withdraw", "last", "--why", "x", *BY), "ENTRY"),
    "withdraw without why": (("withdraw", "last", *BY), ""),
    "withdraw without a name": (("withdraw", "last", "--why", "x"), "--by"),
    "close without why": (("close", *BY), "--why"),
    "close without a name": (("close", "--why", "snow"), "--by"),
    "no such day": (("reconcile", "--day", "30/02/2026"), "30/02/2026"),
    "an american day": (("reconcile", "--day", "11/23/2026"), "11/23/2026"),
    "no such moment": (("reconcile", "--now", "teatime"), "teatime"),
    "no such session": (("reconcile", "--session", "noon"), "noon"),
    "no such format": (("reconcile", "--format", "xml"), "xml"),
    "no such ending": (("reconcile", "-o", "list.doc"), "list.doc"),
    "no such option": (("reconcile", "--frobnicate"), "--frobnicate"),
    "no such command": (("frobnicate",), "frobnicate"),
}


OF_EACH_KIND = (  # whom the desk refuses, a word of an option, and what the command line itself refuses
    "why of an unknown pupil", "match without a name", "no such day", "no such option", "no such command",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a message that waits, all taken in; no mistyped command writes in it."""
    school = a_school(tmp_path_factory.mktemp("kept"))
    text = lines("message_id,received_at,pupil_name,text", "M1,2026-11-23T08:05:00+00:00,Ivy Brennan,has a cold")
    (school / "inbox" / "messages.csv").write_text(text, encoding="utf-8")
    reconcile(school)
    return school


@pytest.fixture
def with_message(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That school as the current folder."""
    monkeypatch.chdir(kept)
    return kept


def is_refused(ended: Result, case: str) -> None:
    assert ended.code == 2, ended.err
    assert ended.out == ""
    assert MISTYPED[case][1] in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("case", MISTYPED)
def test_a_mistyped_command_ends_with_2_says_why_and_writes_nothing(with_message: Path, case: str) -> None:
    before = dump(with_message)
    is_refused(run(with_message, *MISTYPED[case][0]), case)
    assert dump(with_message) == before


@pytest.mark.parametrize("case", OF_EACH_KIND)
def test_so_it_does_as_a_process_of_its_own(with_message: Path, case: str) -> None:
    is_refused(process(with_message, *MISTYPED[case][0]), case)


@pytest.mark.parametrize("case", [case for case in MISTYPED if case not in ("no such format", "no such ending")])
def test_with_json_asked_for_the_error_is_json(with_message: Path, case: str) -> None:
    ended = run(with_message, *MISTYPED[case][0], "--format", "json")
    assert ended.code == 2
    assert ended.error["code"] == 2
    assert ended.error["message"]


@pytest.mark.parametrize("option", [("--format", "xml"), ("-o", "list.doc")], ids=["no such format", "no such ending"])
@pytest.mark.parametrize("command", ["ingest", "reconcile"])
def test_a_format_that_there_is_none_of_is_told_before_anything_is_taken_in(
    school: Path, command: str, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(school)
    assert run(school, command, *option).code == 2
    assert dump(school) == ()


def test_a_command_without_words_shows_its_help() -> None:
    ended = run(None, "--help", now="")
    assert ended.code == 0
    assert "reconcile" in ended.out
