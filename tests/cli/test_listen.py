"""`listen`: a voicemail typed in by a few letters and keys; what nobody can place waits among the messages."""

from pathlib import Path

import pytest

from at_a_terminal import POSIX, Terminal
from builders import DAY, asked, drop, dump, ids, reconcile, run
from calling import BY, Child, marks_of, mobile, rung

CHILD, NEXT, WHO, TYPED, SAID, EPISODE = (
    "Which child",
    "And which other child",
    "Who told (",
    "Who told",
    "What they said",
    "last episode",
)
TUESDAY = "2026-11-24"
LOST = "she left at eight and I do not know where she is"
MOTHER = ("Jo Fell", mobile(1), "is: mother")
CHILDREN = (
    Child("P1", "Ivy", household="H1", contacts=(MOTHER, ("Al Fell", mobile(2), "is: uncle"))),
    Child("P2", "Tom", household="H1", group="2A", contacts=(MOTHER,)),
    Child("P3", "Zoë", "Ward", group="5C"),
    Child("P4", "Ivy", "Lowe", group="6D"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four children are absent; no test writes in it."""
    return rung(tmp_path_factory.mktemp("kept"), CHILDREN)


def listening(school: Path) -> Terminal:
    """Somebody listens to voicemails."""
    return Terminal(school, "listen", *BY)


def explained(school: Path) -> list[str]:
    """The pupils whose absence is explained."""
    return ids(reconcile(school), "explained")


@POSIX
def test_the_child_by_a_few_letters_who_told_by_one_key_then_the_words(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        assert "Ivy Brennan (P1, 4B)" in at.answer("iv br", NEXT)
        choices = at.answer("", WHO)
        assert "1  Jo Fell, mother" in choices and "2  Al Fell, uncle" in choices
        at.press("2", SAID)
        at.answer("a cold")
        code, end = at.ends()
    assert code == 0 and "message about P1" in end
    assert explained(morning) == ["P1"]
    assert "Al Fell, uncle" in run(morning, "report", "mis-notes").out


@POSIX
@pytest.mark.parametrize("letters", ["brenn 4b", "P1", "p1", "IVY B"])
def test_one_fit_is_taken_however_it_is_typed(kept: Path, letters: str) -> None:
    with listening(kept) as at:
        at.waits_for(CHILD)
        assert "Ivy Brennan (P1, 4B)" in at.answer(letters, NEXT)
        at.kill()


@POSIX
def test_several_are_picked_by_a_key_none_is_asked_again_and_several_children_go_together(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        assert "Nobody fits" in at.answer("xyz", CHILD)
        picks = at.answer("ivy", "Which (")
        assert "1  Ivy Brennan" in picks and "2  Ivy Lowe" in picks
        at.press("x", CHILD)  # another key: type again
        at.answer("ivy", "Which (")
        at.press("2", NEXT)
        at.answer("zoe", NEXT)
        at.answer("", TYPED)  # no contacts: typed
        at.answer("their aunt", SAID)
        at.answer("a wedding")
        assert at.ends()[0] == 0
    assert explained(morning) == ["P3", "P4"]


@POSIX
def test_who_told_may_be_typed_and_sickness_asks_for_the_last_episode(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        at.answer("iv br", NEXT)
        at.answer("", WHO)
        at.press("t", TYPED)
        at.answer("neighbour", SAID)
        at.answer("she has been vomiting", EPISODE)
        at.answer("06:00")
        assert at.ends()[0] == 0
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    assert ids(reconcile(morning, now=f"{TUESDAY}T09:20"), "explained") == ["P1"]


@POSIX
def test_nobody_picked_waits_as_a_message_of_its_own_and_is_decided_later(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        at.answer("", "(y/n)")
        at.press("n", CHILD)
        at.answer("", "(y/n)")
        at.press("y", TYPED)
        at.answer("a mother", SAID)
        at.answer("my son is poorly today, thank you")
        code, end = at.ends()
    assert code == 0 and "message about nobody yet" in end and "It waits among the messages" in end
    found = reconcile(morning)
    assert ids(found, "explained") == []
    waits = [row["message_id"] for row in found["messages_to_match"]]
    assert waits == ["E5"], waits
    page = run(morning, "messages", "--format", "json").json["messages"][0]
    assert (page["text"], page["sender"]) == ("my son is poorly today, thank you", "a mother")
    assert run(morning, "match", "E5", "P2", *BY).code == 0
    found = reconcile(morning)
    assert (ids(found, "explained"), found["messages_to_match"]) == (["P2"], [])
    assert "E5" in run(morning, "why", "P2").out
    run(morning, "withdraw", "E5", "--why", "a wrong number", *BY)
    assert explained(morning) == []
    assert run(morning, "verify").code == 0


@POSIX
def test_danger_that_nobody_can_place_ends_with_eleven_and_is_an_alert_until_it_is_matched(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        at.answer("", "(y/n)")
        at.press("y", TYPED)
        at.answer("a mother", SAID)
        at.answer(LOST)
        code, end = at.ends()
    assert code == 11 and "explains nothing" in end
    assert "does-not-know-where" in {alert["alert"] for alert in reconcile(morning)["alerts"]}
    assert run(morning, "match", "E5", "P3", *BY).code == 11
    found = reconcile(morning)
    assert ("P3", "does-not-know-where") in {(alert["pupil_id"], alert["alert"]) for alert in found["alerts"]}
    assert ids(found, "explained") == []


def test_by_a_script_danger_explains_nothing_and_ends_with_eleven(morning: Path) -> None:
    ended = run(morning, "listen", "--pupil", "P1", "--told-by", "mother", "--reason", LOST, *BY)
    assert ended.code == 11 and "explains nothing" in ended.err
    found = reconcile(morning)
    assert ids(found, "explained") == [] and found["alerts"][0]["pupil_id"] == "P1"


def test_by_a_script_the_last_episode_is_an_option_and_the_pupil_is_needed(morning: Path) -> None:
    words = ("listen", "--told-by", "mother", "--reason", "sick in the night", *BY)
    before = dump(morning)
    ended = run(morning, *words)
    assert (ended.code, "--pupil" in ended.err, dump(morning) == before) == (2, True, True)
    assert run(morning, *words, "--pupil", "P1", "--sickness", f"{DAY}T06:00").code == 0
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    assert ids(reconcile(morning, now=f"{TUESDAY}T09:20"), "explained") == ["P1"]
    assert asked(morning, "select count(*) from entry where kind = 'message-heard'") == [(1,)]


@POSIX
def test_another_letter_begins_the_name_of_who_told(morning: Path) -> None:
    with listening(morning) as at:
        at.waits_for(CHILD)
        at.answer("iv br", NEXT)
        at.answer("", WHO)
        at.press("n", "n\nn")
        at.answer("eighbour", SAID)
        at.answer("a cold")
        assert at.ends()[0] == 0
    assert "neighbour" in run(morning, "report", "mis-notes").out


def test_danger_below_two_dashes_is_read_and_outlives_the_day(morning: Path) -> None:
    words = f"a cold, not coming in\n--\nPS {LOST}"
    ended = run(morning, "listen", "--pupil", "P1", "--told-by", "mother", "--reason", words, *BY)
    assert ended.code == 11
    drop(morning, {"tuesday.csv": marks_of(CHILDREN, day=TUESDAY)})
    alerts = reconcile(morning, now=f"{TUESDAY}T09:20")["alerts"]
    assert ("P1", "does-not-know-where") in {(alert["pupil_id"], alert["alert"]) for alert in alerts}
