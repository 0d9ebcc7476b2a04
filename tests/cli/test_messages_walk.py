"""`messages` at a terminal: one message after another by single keys, each decision written down at once."""

import os
from pathlib import Path
from typing import Any

import pytest

from at_a_terminal import CTRL_C, CTRL_D, ENTER, POSIX, Terminal
from builders import DAY, asked, drop, ids, lines, process, reconcile, run
from calling import BY, Child, marks_of, mobile, rung

pytestmark = POSIX
ASKED, EPISODE, WHICH, WHICH_DAY = "About whom", "when was the last episode", "Which child", "Which day"
TUESDAY = "2026-11-24"
CHILDREN = (
    Child("P1", "Ivy", household="H1", contacts=(("Jo Fell", mobile(1), "is: mother"),)),
    Child("P2", "Tom", household="H1", group="2A", contacts=(("Jo Fell", mobile(1), "is: mother"),)),
    Child("P3", "Zoë", "Ward", group="5C", contacts=(("Cy Ward", mobile(3), "is: father"),)),
    Child("P4", "Ivy", "Lowe", group="6D"),
    Child("P5", "Bea", "Moss", mark="/"),
)
MESSAGES = lines(
    "message_id,received_at,channel,sender_phone,pupil_name,text",
    f"M1,{DAY}T08:01,text,{mobile(1)},,Ivy Brennan has a cold",
    f"M2,{DAY}T08:02,text,{mobile(1)},,Ivy and Tom Brennan are poorly",
    f"M3,{DAY}T08:03,text,{mobile(9)},,Zoe Ward was sick in the night",
    f"M4,{DAY}T08:04,text,{mobile(8)},,my boy is not well",
)
LOST = lines(
    "message_id,received_at,channel,sender_phone,text",
    f"M9,{DAY}T08:30,text,{mobile(3)},Zoe Ward left for school at eight and I do not know where she is",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four messages wait, all children but one are absent; no test writes in it."""
    return rung(tmp_path_factory.mktemp("kept"), CHILDREN, files={"messages.csv": MESSAGES})


@pytest.fixture
def lost(morning: Path) -> Path:
    """A message besides, by whose words nobody knows where a child is."""
    drop(morning, {"lost.csv": LOST})
    reconcile(morning)
    return morning


def deciding(school: Path, *words: str, **more: str) -> Terminal:
    """Somebody goes through the messages."""
    return Terminal(school, "messages", *BY, *words, **more)


def waiting(school: Path) -> list[str]:
    """The messages that wait."""
    return [row["message_id"] for row in reconcile(school)["messages_to_match"]]


def matches(school: Path) -> int:
    """How many decisions were ever written."""
    return int(asked(school, "select count(*) from entry where kind = 'message-matched'")[0][0])


def alerts(school: Path) -> list[tuple[str, str]]:
    """The alerts, by pupil."""
    return [(alert["pupil_id"], alert["alert"]) for alert in reconcile(school)["alerts"]]


def entries(ended: Any) -> list[str]:
    """What follows of the entries that a command wrote."""
    return [sentence for entry in ended.json["entries"] for sentence in entry["follows"]]


def test_message_by_message_one_key_each_with_all_that_helps_to_decide(morning: Path) -> None:
    with deciding(morning) as at:
        first = at.waits_for(ASKED)
        second = at.press("y", ASKED)
        third = at.press("y", ASKED)
        at.press("y", EPISODE)
        fourth = at.answer("", ASKED)
        last = at.press("n", "No message waits.")
        code, _ = at.ends()
    for words in ("Message 1 of 4: M1", "08:01", "text", mobile(1).replace(" ", ""), "Jo Fell, mother", "has a cold"):
        assert words in first, first
    assert "1  Ivy Brennan (P1, 4B): unexplained; brothers and sisters: Tom Brennan 2A" in first
    assert "Ivy Lowe (P4, 6D)" in first and "Tom Brennan (P2, 2A)" in first  # of the family, and the same forename
    assert "Proposed: 1 for Mon 23 Nov 2026: " in first
    assert "message M1 is about P1" in second and "Message 2 of 4: M2" in second and "Proposed: 1 2" in second
    assert "message M2 is about P1, P2" in third
    assert "M3 is about P3" in fourth and "Nothing is proposed" in fourth and "nobody" in last
    found = reconcile(morning)
    assert (code, ids(found, "explained"), waiting(morning)) == (0, ["P1", "P2", "P3"], [])


def test_pupils_are_chosen_by_number_and_left_out_again(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        at.press("s", ASKED)
        assert "Tom Brennan" in at.press("2", ASKED)
        assert "Ivy Brennan" in at.press("1", ASKED)
        left = at.press("1", ASKED)
        assert "Tom" in left and "Ivy" not in left
        assert "message M2 is about P2," in at.press(ENTER, ASKED)
        at.press("q")
        assert at.ends()[0] == 10
    assert ids(reconcile(morning), "explained") == ["P2"]


def test_enter_alone_and_a_message_that_proposes_nobody_decide_nothing(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        assert "accept what is proposed" in at.press(ENTER, ASKED)
        for _ in range(3):
            at.press("s", ASKED)
        assert "Nobody is proposed" in at.press("y", ASKED)
        at.press("9", ASKED)
        at.press("s")
        code, end = at.ends()
    assert (code, matches(morning)) == (10, 0)
    assert "4 messages still wait: M1, M2, M3, M4." in end


def test_a_name_is_typed_by_a_few_letters_and_one_of_several_picked_by_a_key(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        for _ in range(3):
            at.press("s", ASKED)
        at.press("t", WHICH)
        assert "Nobody fits" in at.answer("zzz", ASKED)
        at.press("t", WHICH)
        picks = at.answer("IVY", "Which (")
        assert "1  Ivy Brennan (P1, 4B)" in picks and "2  Ivy Lowe (P4, 6D)" in picks
        assert "Ivy Lowe" in at.press("2", ASKED)
        assert "message M4 is about P4" in at.press("y", "still wait")
        assert at.ends()[0] == 10
    assert ids(reconcile(morning), "explained") == ["P4"]


def test_another_day_is_asked_again_until_it_is_one(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        at.press("d", WHICH_DAY)
        assert "expected a date" in at.answer("tomorrow", ASKED)
        at.press("d", WHICH_DAY)
        assert "Tue 24 Nov 2026" in at.answer("24/11/2026", ASKED)
        assert "M1 is about P1, Tue 24 Nov 2026" in at.press("y", ASKED)
        at.press("q")
        at.ends()
    assert "P1" in ids(reconcile(morning))
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    assert ids(reconcile(morning, now=f"{TUESDAY}T09:20"), "explained") == ["P1"]


def test_the_last_decision_of_the_walk_is_taken_back_and_nothing_older(morning: Path) -> None:
    run(morning, "match", "M4", "--none", *BY)
    with deciding(morning) as at:
        at.waits_for(ASKED)
        assert "Nothing was decided" in at.press("b", ASKED)
        at.press("y", ASKED)
        again = at.press("b", ASKED)
        assert "taken back" in again and "M1 is about P1" in again and "Message 1 of 3: M1" in again
        at.press("n", ASKED)
        at.press("q")
        at.ends()
    assert waiting(morning) == ["M2", "M3"]
    assert ids(reconcile(morning), "explained") == []


@pytest.mark.parametrize("key", ["q", CTRL_C, CTRL_D], ids=["q", "ctrl-c", "ctrl-d"])
def test_stopped_in_the_middle_everything_is_kept_and_the_rest_is_there_later(morning: Path, key: str) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        at.press("y", ASKED)
        at.press(key)
        code, end = at.ends()
    assert code == 10 and "Stopped. Everything entered is kept." in end and "3 messages still wait: M2, M3, M4." in end
    assert "Traceback" not in end
    with deciding(morning) as at:
        assert "Message 1 of 3: M2" in at.waits_for(ASKED)
        at.kill()
    assert (waiting(morning), ids(reconcile(morning), "explained")) == (["M2", "M3", "M4"], ["P1"])


def test_what_another_desk_decides_meanwhile_is_said_and_not_decided_again(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        there = process(morning, "match", "M1", "P4", "--by", "B. Desk")
        assert there.code == 0, there.err
        assert process(morning, "match", "M2", "--none", "--by", "B. Desk").code == 0
        told = at.press("y", ASKED)
        assert "M1: decided meanwhile by B. Desk" in told and "M1 is about P4" in told and "Nothing was written" in told
        assert "M3" in told and "M2" not in told
        at.press("q")
        at.ends()
    assert (matches(morning), ids(reconcile(morning), "explained")) == (2, ["P4"])


def test_after_sickness_the_last_episode_is_asked_and_the_hours_hold_next_day(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        at.press("s", ASKED)
        at.press("s", ASKED)
        at.press("y", EPISODE)
        assert "expected" in at.answer("early", EPISODE)
        assert "after now" in at.answer("23:00", EPISODE)
        assert "M3 is about P3" in at.answer("06:00", ASKED)
        at.press("q")
        at.ends()
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    found = reconcile(morning, now=f"{TUESDAY}T09:20")
    assert ids(found, "explained") == ["P3"]
    assert "recovery after sickness until 06:00 on Wed 25 Nov 2026" in found["explained"][0]["because"]


def test_a_stop_at_the_last_episode_decides_nothing(morning: Path) -> None:
    with deciding(morning) as at:
        at.waits_for(ASKED)
        at.press("s", ASKED)
        at.press("s", ASKED)
        at.press("y", EPISODE)
        os.write(at.reads, CTRL_D.encode())
        assert at.ends()[0] == 10
    assert (matches(morning), "M3" in waiting(morning)) == (0, True)


def test_danger_comes_first_and_accepted_explains_nothing_and_ends_with_eleven(lost: Path) -> None:
    with deciding(lost) as at:
        first = at.waits_for(ASKED)
        assert "Message 1 of 5: M9" in first and "DANGER" in first
        at.press("1", ASKED)
        told = at.press("y", ASKED)
        assert "explains nothing" in told and "Ring the contact now" in told
        at.press("y", ASKED)  # the walk goes on
        at.press("q")
        assert at.ends()[0] == 11
    found = reconcile(lost)
    assert "P3" in ids(found) and ids(found, "explained") == ["P1"]
    assert ("P3", "does-not-know-where") in alerts(lost)


def test_danger_that_still_waits_ends_with_eleven_and_is_not_put_aside_by_one_key(lost: Path) -> None:
    with deciding(lost) as at:
        at.waits_for(ASKED)
        at.press("n", "(y/n)")
        at.press("x", ASKED)
        at.press("s", ASKED)
        at.press("q")
        assert at.ends()[0] == 11
    assert "M9" in waiting(lost)


def test_danger_about_two_children_is_an_alert_for_each(lost: Path) -> None:
    ended = run(lost, "match", "M9", "P3", "P1", *BY, "--format", "json")
    assert (ended.code, "explains nothing" in entries(ended)[0]) == (11, True)
    assert {("P1", "does-not-know-where"), ("P3", "does-not-know-where")} <= set(alerts(lost))
    assert ids(reconcile(lost), "explained") == []
    assert run(lost, "match", "M9", "--none", *BY).code == 0


def test_by_a_script_the_page_is_printed_and_sickness_is_an_option(morning: Path) -> None:
    assert "M1" in run(morning, "messages").out
    with deciding(morning, "--format", "text") as at:
        assert at.ends()[0] == 10
    ended = run(morning, "match", "M3", "P3", "--sickness", f"{DAY}T06:00", *BY, "--format", "json")
    assert (ended.code, entries(ended)) == (0, ["It explains Mon 23 Nov 2026."])
    again = run(morning, "match", "M3", "--none", "--by", "B. Desk")
    assert "decided before by A. Officer" in again.err and "M3 is about P3" in again.err and "counts now" in again.err
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    assert ids(reconcile(morning, now=f"{TUESDAY}T09:20"), "explained") == []


def test_words_that_say_something_else_are_quoted_with_how_to_take_it_back(morning: Path) -> None:
    drop(morning, {"late.csv": lines(
        "message_id,received_at,pupil_id,text", f"M7,{DAY}T08:40,P1,Ivy has a cold and will be late"
    )})  # fmt: skip
    reconcile(morning)
    ended = run(morning, "match", "M7", "P1", *BY)
    assert "It says “late”" in ended.err and "firstday withdraw E" in ended.err and ended.code == 0


def test_who_decides_is_asked_once(morning: Path) -> None:
    with Terminal(morning, "messages") as at:
        at.waits_for("Your name")
        at.answer("B. Desk", ASKED)
        at.press("y", ASKED)
        at.kill()
    assert asked(morning, "select said_by from entry where kind = 'message-matched'") == [("B. Desk",)]


def test_the_page_has_everything_beside_each_message_danger_first(lost: Path) -> None:
    found = run(lost, "messages", "--format", "json").json
    rows = {row["message_id"]: row for row in found["messages"]}
    assert next(iter(rows)) == "M9" and rows["M9"]["danger"]
    assert rows["M2"]["people"] == [
        {"pupil_id": "P1", "name": "Ivy Brennan", "group": "4B",
         "siblings": [{"pupil_id": "P2", "name": "Tom Brennan", "group": "2A"}]},
        {"pupil_id": "P2", "name": "Tom Brennan", "group": "2A",
         "siblings": [{"pupil_id": "P1", "name": "Ivy Brennan", "group": "4B"}]},
    ]  # fmt: skip
    one = rows["M3"]
    assert (one["outcome"], one["proposed"], one["named"], one["may_recover"]) == ("proposed", ["P3"], [], True)
    assert (one["received_at"], one["channel"]) == (f"{DAY}T08:03:00+00:00", "text")
    assert {"text", "candidates", "because", "from", "to", "sender"} <= one.keys()
    assert {row["message_id"]: row["outcome"] for row in reconcile(lost)["messages_to_match"]} == {
        row["message_id"]: row["outcome"] for row in found["messages"]
    }
    page = run(lost, "messages").out
    assert page.index("M9") < page.index("M1") and "Jo Fell, mother, of P1, P2" in page and "P3 Zoë Ward, 5C" in page
    heading = run(lost, "messages", "--format", "csv").out
    assert all(word in heading for word in ("Message,Received,From,Words,Perhaps,Outcome,Because,For the days",))
