"""`call` and `text` at a terminal without pupils: down the list key by key, everything written at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from at_a_terminal import CTRL_C, CTRL_D, POSIX, Terminal
from builders import DAY, NOW, arguments, asked, environment, process, run
from calling import BY, Child, called, child_of, facts, mobile, rung

OUTCOME, WHERE, WHY, CODE = "Outcome", "Where is the child", "Why absent", "Code to suggest"
SIBLING, SAID, END = "The same call for P2", "What was said", "Nobody is left to ring"
CHILDREN = (
    Child("P1", "Ivy", household="H1", dob="2018-01-01", contacts=(("Jo Fell", mobile(1)), ("Al Fell", mobile(2)))),
    Child("P2", "Tom", household="H1", dob="2012-01-01", contacts=(("Jo Fell", mobile(1)), ("Di Moss", mobile(3)))),
    Child("P3", "Zoë", "Ward", dob="2015-01-01", contacts=(("Bo", mobile(9), "barred"), ("Cy Ward", mobile(4)))),
    Child("P4", "Kit", "Lowe", mark="C", contacts=(("Ed Lowe", mobile(5)),)),
    Child("P5", "Bea", "Moss", mark="/"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two siblings and another child to ring; no test writes in it."""
    return rung(tmp_path_factory.mktemp("kept"), CHILDREN)


def walking(school: Path) -> Terminal:
    """Somebody begins to walk down the list."""
    return Terminal(school, "call", *BY)


def calls(school: Path) -> list[str]:
    """Whom the calls in the log are about, in their order."""
    return [row[0] for row in asked(school, "select pupil_id from entry where kind = 'call-made' order by number")]


def tried(school: Path, pupil: str) -> list[tuple[int, str]]:
    """The calls that stand about one child: to which contact, how each ended."""
    child = child_of(facts(school), pupil)
    return [(contact["contact"], one["outcome"]) for contact in child["contacts"] for one in contact["tried"]]


@POSIX
def test_down_the_list_card_by_card_one_key_each_and_at_the_end_when_the_next_round_opens(morning: Path) -> None:
    with walking(morning) as at:
        shown = [at.waits_for(OUTCOME)]
        at.press("n", SIBLING)
        shown += [at.press(key, OUTCOME) for key in "nvef"]
        at.press("d", END)
        code, end = at.ends()
    in_turn = [(1, "Ivy Brennan (P1"), (2, "Ivy"), (1, "Tom Brennan (P2"), (3, "Tom"), (4, "Zoë Ward (P3")]
    for words, (number, name) in zip(shown, in_turn, strict=True):
        assert mobile(number) in words and name in words and mobile(9) not in words
    assert calls(morning) == ["P1", "P1", "P2", "P2", "P3"]
    assert tried(morning, "P2") == [(1, "engaged"), (2, "voicemail-full")]
    assert code == 0 and "P3" in end  # the only number of P3 is dead
    assert all(f"{pupil}: round 2 opens at 09:40" in end for pupil in ("P1", "P2"))


@POSIX
def test_another_desk_that_writes_meanwhile_does_not_stop_the_walk_and_nothing_is_lost(morning: Path) -> None:
    there = []
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        for turn, (key, then) in enumerate(
            (("n", SIBLING), ("n", OUTCOME), ("v", OUTCOME), ("b", OUTCOME), ("e", OUTCOME))
        ):
            note = process(morning, "note", "P5", "--text", f"came by bus {turn}", "--by", "B. Desk")
            assert note.code == 0, note.err
            at.press(key, then)
            there.append(len(calls(morning)))
    assert there[1:] == [1, 2, 2, 3]
    assert asked(morning, "select count(*) from entry where kind = 'note-made'") == [(5,)]
    assert run(morning, "verify").code == 0


@POSIX
def test_what_was_keyed_before_the_plug_was_pulled_is_in_the_log_a_danger_before_it_is_asked_about(
    morning: Path,
) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        at.press("n", SIBLING)
        at.press("n", OUTCOME)
        at.press("v", OUTCOME)
        assert "police now" in at.press("t", SAID)
        at.kill()
    assert tried(morning, "P1") == [(1, "no-answer"), (2, "voicemail-left")]
    assert tried(morning, "P2") == [(1, "thought-in-school")]
    assert run(morning, "verify").code == 0


@POSIX
def test_a_call_is_written_before_it_is_asked_whether_it_counts_for_a_sibling(morning: Path) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        at.press("n", SIBLING)
        at.kill()
    assert tried(morning, "P1") == [(1, "no-answer")]


@POSIX
def test_an_answer_asks_where_the_child_is_until_it_is_said_and_for_a_code_until_it_is_one_whole_or_not_at_all(
    morning: Path,
) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        at.press("a", WHERE)
        at.answer("", WHERE)
        at.answer("   ", WHERE)
        at.answer("mother, at home", WHY)
        at.answer("a cold", CODE)
        assert "/" in at.answer("/", CODE)
        assert "Q9" in at.answer("Q9", CODE)
        assert SIBLING not in at.answer("I", OUTCOME)  # an answer is about one child
        at.press("a", WHERE)
        at.answer("father, at the shops", WHY)
        at.kill()
    assert calls(morning) == ["P1"]
    found = run(morning, "reconcile", "--format", "json").json
    assert [pupil["pupil_id"] for pupil in found["explained"]] == ["P1", "P4"]
    assert "P2" in [pupil["pupil_id"] for pupil in found["unexplained"]]


@POSIX
def test_siblings_are_asked_for_only_where_nobody_was_reached(morning: Path) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        assert SIBLING not in at.press("r", SAID)
        at.answer("put the telephone down", OUTCOME)
        at.press("b", OUTCOME)
        at.press("b", OUTCOME)
        at.press("o", SIBLING)
        at.press("y", OUTCOME)
        at.press("q")
        assert at.ends()[0] == 0
    assert (tried(morning, "P1"), tried(morning, "P2")) == ([(1, "overseas-tone")], [(1, "overseas-tone")])


@POSIX
def test_taken_back_skipped_next_child_and_a_wrong_key(morning: Path) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        keys = at.press("?", OUTCOME)
        assert all(word in keys for word in ("no-answer", "thought-in-school", "skip", "take back", "next child"))
        assert "voicemail-left" in at.press("7", OUTCOME)
        assert mobile(1) in at.press("b", OUTCOME)  # nothing to be taken back: asked again
        assert mobile(2) in at.press("s", OUTCOME)
        assert "(P2" in at.press("v", OUTCOME)
        assert mobile(2) in at.press("b", OUTCOME)
        assert "(P2" in at.press("j", OUTCOME)
        assert "(P3" in at.press("j", OUTCOME)
        at.press("n")
        assert at.ends()[0] == 0
    assert (tried(morning, "P1"), tried(morning, "P3")) == ([], [(2, "no-answer")])
    assert asked(morning, "select count(*) from entry where kind = 'entry-withdrawn'") == [(1,)]


@POSIX
def test_whoever_was_left_out_of_a_walk_is_named_at_its_end(kept: Path) -> None:
    with walking(kept) as at:
        at.waits_for(OUTCOME)
        at.press("j", OUTCOME)
        at.press("j", OUTCOME)
        at.press("j")
        code, end = at.ends()
    assert code == 0
    assert [pupil in end for pupil in ("P1", "P2", "P3")] == [True, True, True]


@POSIX
def test_a_walk_with_a_danger_in_it_ends_with_eleven_and_the_others_are_rung_meanwhile(morning: Path) -> None:
    with walking(morning) as at:
        at.waits_for(OUTCOME)
        at.press("t", SAID)
        assert mobile(2) in at.answer("he set off at eight", OUTCOME)
        at.press("u", SAID)
        assert "(P2" in at.answer("", OUTCOME)
        at.press("q")
        assert at.ends()[0] == 11
    assert tried(morning, "P1") == [(1, "thought-in-school"), (2, "does-not-know-where")]
    assert asked(morning, "select count(*) from entry where kind = 'note-made'") == [(1,)]


@POSIX
@pytest.mark.parametrize("key", ["q", CTRL_C, CTRL_D], ids=["q", "ctrl-c", "ctrl-d"])
def test_stopping_ends_well_and_says_that_what_was_keyed_is_kept(kept: Path, key: str) -> None:
    with walking(kept) as at:
        at.waits_for(OUTCOME)
        at.press(key)
        code, words = at.ends()
    assert (code, "Traceback" in words, "kept" in words) == (0, False, True)


@POSIX
def test_who_rings_is_asked_once_and_what_another_desk_rang_meanwhile_is_not_rung_again(morning: Path) -> None:
    with Terminal(morning, "call") as at:
        at.waits_for("Your name")
        at.answer("B. Desk", OUTCOME)
        called(morning, "P1", 2, "no-answer")
        at.press("v", SIBLING)
        assert "(P2" in at.press("n", OUTCOME)
    said = "select said_by from entry where kind = 'call-made' order by number"
    assert asked(morning, said) == [("A. Officer",), ("B. Desk",)]


@pytest.mark.parametrize("command", ["call", "text"])
def test_away_from_a_terminal_pupils_must_be_named(kept: Path, command: str) -> None:
    typed = [sys.executable, "-m", "firstday_cli", *arguments(kept, (command, *BY), NOW)]
    done = subprocess.run(typed, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment())
    assert (done.returncode, done.stdout) == (2, "")
    assert "PUPIL" in done.stderr and "name the pupil" in " ".join(done.stderr.split())


TEXTED = "select pupil_id from entry where kind = 'text-sent' order by pupil_id"


@POSIX
def test_the_whole_batch_of_texts_is_written_down_once_somebody_says_that_it_went(morning: Path) -> None:
    with Terminal(morning, "text", *BY) as at:
        at.waits_for("all 4 pupils")
        at.answer("y")
        assert at.ends()[0] == 0
    assert asked(morning, TEXTED) == [("P1",), ("P2",), ("P3",), ("P4",)]
    assert run(morning, "report", "texts", "--format", "json", now=f"{DAY}T09:30").json["texts"] == []


@POSIX
def test_a_batch_that_did_not_go_is_not_written_down_and_that_is_no_fault(morning: Path) -> None:
    with Terminal(morning, "text", *BY) as at:
        at.waits_for("all 4 pupils")
        at.answer("n")
        code, words = at.ends()
    assert asked(morning, TEXTED) == [] and "Traceback" not in words
    assert code != 1  # which would be a fault of firstday's own
