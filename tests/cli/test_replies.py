"""Replies to texts wait for a person, and an overseas tone is an alert where a child may be taken abroad."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from builders import DAY, asked, drop, dump, ids, reconcile, run, standing_of
from calling import BY, Child, card, cards, child_of, facts, marks_of, mobile, rung, sheet

TOMORROW = "2026-11-24"
REPLIED = ("call", "P1", "--contact", "1", "--outcome", "text-replied")
WORDS = "she has a sore throat"
CHILDREN = (
    Child("P1", "Ivy", contacts=(("Jo Fell", mobile(1)), ("Al Fell", mobile(2)))),
    Child("P2", "Tom", contacts=(("Jo Fell", mobile(1)),)),
    Child("P3", "Zoë", "Ward", contacts=(("Cy Ward", mobile(3)),)),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A morning on which the family of P1 has answered a text; no test writes in it."""
    school = rung(tmp_path_factory.mktemp("kept"), CHILDREN)
    ended = run(school, *REPLIED, "--note", WORDS, *BY)
    assert (ended.code, ended.out, ended.err.split(":")[0]) == (0, "", "E5")
    return school


def waiting(school: Path) -> list[tuple[str, list[str]]]:
    """The messages that wait: their ids, and whom they may be about."""
    return [(row["message_id"], row["candidates"]) for row in reconcile(school)["messages_to_match"]]


def explained(school: Path) -> list[str]:
    """The pupils whose absence is explained."""
    return ids(reconcile(school), "explained")


def test_a_reply_waits_among_the_messages_and_explains_nothing(kept: Path) -> None:
    assert waiting(kept) == [("E5", ["P1", "P2"])]  # both have the number on their lists
    assert ids(reconcile(kept)) == ["P1", "P2", "P3"]
    ended = run(kept, "messages")
    assert ended.code == 10 and "E5" in ended.out and WORDS in ended.out


def test_a_reply_is_no_try_and_the_caller_is_told_to_look_at_it_first(morning: Path) -> None:
    child = child_of(facts(morning), "P1")
    assert (child["round"], [contact["ring_now"] for contact in child["contacts"]]) == (1, [True, True])
    assert "A message may be about this child" in card(sheet(morning), "P1")
    assert "sore throat" not in sheet(morning) and "sore throat" not in sheet(morning, form="csv")


def test_what_a_person_decides_explains_with_its_source(morning: Path) -> None:
    assert run(morning, "match", "E5", "P1", *BY).code == 0
    found = reconcile(morning)
    assert (ids(found, "explained"), found["messages_to_match"]) == (["P1"], [])
    because = found["explained"][0]["because"]
    assert "E5" in because and "matched by a person" in because
    assert cards(morning) == [["P2"], ["P3"]]
    assert "E5" in run(morning, "why", "P1").out


def test_one_reply_may_be_about_siblings(morning: Path) -> None:
    assert run(morning, "match", "E5", "P1", "P2", *BY).code == 0
    assert explained(morning) == ["P1", "P2"]


def test_set_aside_it_waits_no_more_and_explains_nobody(morning: Path) -> None:
    assert run(morning, "match", "E5", "--none", *BY).code == 0
    assert (waiting(morning), explained(morning)) == ([], [])


def test_a_decision_taken_back_lets_it_wait_again(morning: Path) -> None:
    run(morning, "match", "E5", "P1", *BY)
    assert run(morning, "withdraw", "last", "--why", "the wrong child", *BY).code == 0
    assert (waiting(morning), explained(morning)) == ([("E5", ["P1", "P2"])], [])


def test_a_reply_taken_back_takes_its_explanation_with_it(morning: Path) -> None:
    run(morning, "match", "E5", "P1", *BY)
    assert run(morning, "withdraw", "E5", "--why", "typed for another family", *BY).code == 0
    assert (waiting(morning), explained(morning)) == ([], [])
    assert ["P1"] in cards(morning)


def test_a_reply_taken_back_waits_no_more(morning: Path) -> None:
    assert run(morning, "withdraw", "E5", "--why", "typed for another family", *BY).code == 0
    assert waiting(morning) == []


@pytest.mark.parametrize("said", [(), ("--note", "  ")], ids=["no words", "blank words"])
def test_a_reply_without_its_words_waits_too_and_says_that_they_are_wanting(
    morning: Path, said: tuple[str, ...]
) -> None:
    assert run(morning, *REPLIED[:1], "P3", *REPLIED[2:], *said, *BY).code == 0
    assert waiting(morning) == [("E5", ["P1", "P2"]), ("E6", ["P3"])]
    assert ids(reconcile(morning)) == ["P1", "P2", "P3"]
    assert "its words were not written down" in run(morning, "messages").out
    run(morning, "match", "E6", "P3", *BY)
    assert explained(morning) == ["P3"]


def test_two_replies_are_two_messages(morning: Path) -> None:
    assert run(morning, "call", "P3", "--contact", "1", "--outcome", "text-replied", "--note", "ill", *BY).code == 0
    assert waiting(morning) == [("E5", ["P1", "P2"]), ("E6", ["P3"])]
    run(morning, "match", "E6", "P3", *BY)
    assert (waiting(morning), explained(morning)) == ([("E5", ["P1", "P2"])], ["P3"])


def test_the_next_day_it_says_nothing(morning: Path) -> None:
    run(morning, "match", "E5", "P1", *BY)
    drop(morning, {"next.csv": marks_of(CHILDREN, day=TOMORROW)})
    found = reconcile(morning, now=f"{TOMORROW}T09:20")
    assert (ids(found), found["messages_to_match"]) == (["P1", "P2", "P3"], [])


def test_a_reply_of_the_afternoon_is_of_the_day_that_a_person_says(morning: Path) -> None:
    later = f"{DAY}T13:40"
    words = ("call", "P3", "--contact", "1", "--outcome", "text-replied", "--note", WORDS)
    assert run(morning, *words, *BY, now=later).code == 0
    drop(morning, {"pm.csv": marks_of(CHILDREN, session="PM")})
    assert "E6" in [row["message_id"] for row in reconcile(morning, now=later)["messages_to_match"]]
    run(morning, "match", "E6", "P3", *BY, now=later)
    assert "P3" in ids(reconcile(morning, now=later))
    run(morning, "withdraw", "last", "--why", "she meant today", *BY, now=later)
    run(morning, "match", "E6", "P3", "--day", DAY, *BY, now=later)
    assert "P3" in ids(reconcile(morning, now=later), "explained")


REFUSED = {
    "about two": ("call", "P1", "P2", *REPLIED[2:], "--note", WORDS),
    "whereabouts": (*REPLIED, "--note", WORDS, "--child-with", "mother"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_reply_about_two_or_with_whereabouts_is_refused(kept: Path, case: str) -> None:
    before = dump(kept)
    ended = run(kept, *REFUSED[case], *BY)
    assert (ended.code, ended.out) == (2, "") and dump(kept) == before


def test_a_known_sender_who_gives_no_name_is_matched_by_a_person_too(tmp_path: Path) -> None:
    school = rung(tmp_path, CHILDREN, policy="[messages]\nknown_sender_explains = true\n")
    words = ("call", "P3", "--contact", "1", "--outcome", "text-replied", "--note", WORDS)
    assert run(school, *words, *BY).code == 0
    assert (waiting(school), explained(school)) == ([("E5", ["P3"])], [])


ABROAD = ("abduction-risk", "forced-marriage-risk", "fgm-risk")
TONE = ("--contact", "1", "--outcome", "overseas-tone")
FLAGGED = (
    *(Child(f"P{n}", flags=(flag,), contacts=(("Jo", mobile(n)),)) for n, flag in enumerate(ABROAD, start=1)),
    Child("P4", flags=("social-worker", "walks-alone"), contacts=(("Jo", mobile(4)),)),
    Child("P5", contacts=(("Jo", mobile(5)),)),
    Child("P6", flags=("fgm-risk",), contacts=(("Jo", mobile(6)),)),
)


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An overseas tone was heard of every child but the last, whose number did not answer."""
    school = rung(tmp_path_factory.mktemp("heard"), FLAGGED)
    for pupil in ("P1", "P2", "P3", "P4", "P5"):
        assert run(school, "call", pupil, *TONE, *BY).code == 0
    assert run(school, "call", "P6", *TONE[:3], "no-answer", *BY).code == 0
    return school


def alerts(found: Any) -> list[tuple[str, str]]:
    """The alerts of a day."""
    return [(alert["pupil_id"], alert["alert"]) for alert in found["alerts"]]


def test_an_overseas_tone_is_an_alert_where_a_flag_says_that_the_child_may_be_taken_abroad(heard: Path) -> None:
    ended = run(heard, "reconcile", "--format", "json")
    assert ended.code == 11
    assert alerts(ended.json) == [("P1", "overseas-risk"), ("P2", "overseas-risk"), ("P3", "overseas-risk")]


def test_the_alert_names_no_flag(heard: Path) -> None:
    words = [alert["because"] for alert in reconcile(heard)["alerts"]]
    pages = [run(heard, "reconcile", "--format", form).out for form in ("text", "table", "csv")]
    pages += [sheet(heard, form=form) for form in ("text", "table", "csv")]
    for said in (*words, *pages):
        assert not any(word in said.casefold() for word in (*ABROAD, "fgm", "marriage", "abduct"))
    assert "P1, tell the safeguarding lead now" in sheet(heard)


def _told(school: Path) -> None:
    words = ("--told-by", "mother", "--reason", "at the airport", "--child-with", "mother")
    assert run(school, "explain", "P1", *words, *BY).code == 0


def _answered(school: Path) -> None:
    words = ("--contact", "1", "--outcome", "answered", "--child-with", "mother", "--no-reason")
    assert run(school, "call", "P1", *words, *BY).code == 0


def _found(school: Path) -> None:
    assert run(school, "check", "P1", "--found", *BY).code == 0


def _taken_back(school: Path) -> None:
    entry = asked(school, "select number from entry where kind = 'call-made' and pupil_id = 'P1'")[0][0]
    assert run(school, "withdraw", f"E{entry}", "--why", "it was P5", *BY).code == 0


def _rung_again(school: Path) -> None:
    assert run(school, "call", "P1", *TONE[:3], "no-answer", *BY).code == 0


def _texted(school: Path) -> None:
    assert run(school, "text", "P1", *BY).code == 0


SETTLES = {"told": _told, "answered": _answered, "found in school": _found, "taken back": _taken_back}
SETTLES_NOTHING = {"rung again": _rung_again, "texted": _texted}


@pytest.mark.parametrize("what", [*SETTLES, *SETTLES_NOTHING])
def test_it_stands_until_somebody_accounts_for_the_child(heard: Path, tmp_path: Path, what: str) -> None:
    school = copytree(heard, tmp_path / "fernhill")
    {**SETTLES, **SETTLES_NOTHING}[what](school)
    assert (("P1", "overseas-risk") in alerts(reconcile(school))) is (what in SETTLES_NOTHING)


def test_it_stands_on_the_next_day_of_the_same_absence(heard: Path, tmp_path: Path) -> None:
    school = copytree(heard, tmp_path / "fernhill")
    drop(school, {"next.csv": marks_of(FLAGGED, day=TOMORROW)})
    assert ("P1", "overseas-risk") in alerts(reconcile(school, now=f"{TOMORROW}T09:20"))


def test_without_any_such_flag_an_overseas_tone_is_a_try_like_any_other(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=(("Jo", mobile(1)),))])
    assert run(school, "call", "P1", *TONE, *BY).code == 0
    ended = run(school, "reconcile", "--format", "json")
    assert (ended.code, ended.json["alerts"], standing_of(ended.json, "P1")) == (10, [], "unexplained")
