"""The call sheet: who stands on it, in what order, who shares a card, what was tried and what the caller is told."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, drop, run
from calling import ANSWER, BY, Child, called, cards, child_of, facts, marks_of, mobile, rung, sheet, to_type

JO = ("Jo Fell", mobile(1))
IN_ORDER = (  # nobody's id, name or place in the roll says the order
    Child("P9", "Red", flags=("social-worker",), dob="2010-01-01"),
    Child("P8", "Alone", flags=("cannot-summon-help",), dob="2010-01-02"),
    Child("P3", "Walks", flags=("walks-alone",), dob="2010-01-03"),
    Child("P7", "Amber", flags=("ewo",), dob="2010-01-04"),
    Child("P4", "Youngest", dob="2019-05-05"),
    Child("P2", "Older", dob="2014-05-05"),
    Child("P5", "Eldest", dob="2011-05-05"),
    Child("P1", "Dateless", dob=""),
)


def test_the_order_to_ring_is_the_same_in_every_format(tmp_path: Path) -> None:
    school = rung(tmp_path, sorted(IN_ORDER, key=lambda child: child.pupil))
    expected = [child.pupil for child in IN_ORDER]
    assert [pupil for card in cards(school) for pupil in card] == expected
    assert [row["pupil_id"] for row in to_type(school)] == expected
    assert [row["priority"] for row in to_type(school)] == [str(n) for n in range(1, 9)]
    for form in ("text", "table"):
        words = sheet(school, form=form)
        places = [words.index(f"{n}. {child.forename} Brennan") for n, child in enumerate(IN_ORDER, start=1)]
        assert places == sorted(places)


def _pair(name: str, first: dict[str, Any], second: dict[str, Any]) -> tuple[Child, Child]:
    return Child(f"{name}1", "Ivy", **first), Child(f"{name}2", "Tom", **second)


def _people(*numbers: int, barred: int = 0) -> tuple[tuple[str, ...], ...]:
    return tuple((f"Person {n}", mobile(n), "barred" if n == barred else "") for n in numbers)


TOGETHER = {
    "one household, whatever else": _pair(
        "A", {"household": "H1", "address": "1 Elm Row", "contacts": _people(10)},
        {"household": "H1", "address": "2 Elm Row", "contacts": _people(11)},
    ),
    "one first number and one address": _pair(
        "B", {"address": "3 Elm Row", "contacts": _people(12)}, {"address": "3 elm row", "contacts": _people(12, 13)}
    ),
    "one household, one of them has no number": _pair(
        "C", {"household": "H2", "contacts": _people(14)}, {"household": "H2"}
    ),
    "one household, a number barred for both": _pair(
        "D", {"household": "H3", "contacts": _people(15, 16, barred=15)},
        {"household": "H3", "contacts": _people(15, 16, barred=15)},
    ),
}  # fmt: skip
APART = {
    "two households, one number and one address": _pair(
        "K", {"household": "H4", "address": "4 Elm Row", "contacts": _people(20)},
        {"household": "H5", "address": "4 Elm Row", "contacts": _people(20)},
    ),
    "one number, no address": _pair("L", {"contacts": _people(21)}, {"contacts": _people(21)}),
    "one number, two addresses": _pair(
        "M", {"address": "5 Elm Row", "contacts": _people(22)}, {"address": "6 Elm Row", "contacts": _people(22)}
    ),
    "one address, two numbers": _pair(
        "N", {"address": "7 Elm Row", "contacts": _people(23)}, {"address": "7 Elm Row", "contacts": _people(24)}
    ),
    "one address, the number is first for one alone": _pair(
        "O", {"address": "8 Elm Row", "contacts": _people(25)}, {"address": "8 Elm Row", "contacts": _people(26, 25)}
    ),
    "one household, a number barred for one": _pair(
        "Q", {"household": "H6", "contacts": _people(27, 28)},
        {"household": "H6", "contacts": _people(27, 28, barred=27)},
    ),
    "nothing known of either": _pair("R", {}, {}),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """The cards of a school with all the pairs."""
    children = [child for pair in (*TOGETHER.values(), *APART.values()) for child in pair]
    return cards(rung(tmp_path_factory.mktemp("pairs"), children))


@pytest.mark.parametrize("case", [*TOGETHER, *APART])
def test_who_shares_a_card(case: str, shared: list[list[str]]) -> None:
    ids = [child.pupil for child in {**TOGETHER, **APART}[case]]
    assert [card for card in shared if set(card) & set(ids)] == ([ids] if case in TOGETHER else [[p] for p in ids])


SIBLINGS = (
    Child("P1", "Ivy", household="H1", dob="2018-01-01", contacts=(JO, ("Al Fell", mobile(2)))),
    Child("P2", "Tom", household="H1", dob="2012-01-01", contacts=(("Al Fell", mobile(2)), ("Jo Fell", mobile(1)))),
    Child("P3", "Zoë", "Ward", dob="2015-01-01", contacts=(("Cy Ward", mobile(3)),)),
)


@pytest.fixture
def family(tmp_path: Path) -> Path:
    """Two siblings with the same numbers in another order, and a child of another family."""
    return rung(tmp_path, SIBLINGS)


def test_a_household_stands_where_its_first_child_does_and_each_number_once(family: Path) -> None:
    assert cards(family) == [["P1", "P2"], ["P3"]]
    words = sheet(family)
    assert "1. Ivy Brennan (P1, 4B) and Tom Brennan (P2, 4B)" in words
    assert [words.count(mobile(n)) for n in (1, 2, 3)] == [1, 1, 1]
    row = next(line for line in words.splitlines() if mobile(1) in line)
    assert "P1: 1" in row and "P2: 2" in words


def test_as_csv_there_is_a_row_for_each_number_of_each_child(family: Path) -> None:
    found = [(row["priority"], row["pupil_id"], row["contact"], row["phone"]) for row in to_type(family)]
    assert found == [
        ("1", "P1", "1", mobile(1)), ("1", "P1", "2", mobile(2)), ("1", "P2", "1", mobile(2)),
        ("1", "P2", "2", mobile(1)), ("2", "P3", "1", mobile(3)),
    ]  # fmt: skip


def test_an_answer_about_one_sibling_leaves_the_other_on_the_sheet(family: Path) -> None:
    called(family, "P1", 1, *ANSWER[1:])
    assert cards(family) == [["P3"], ["P2"]]
    assert child_of(facts(family), "P2")["contacts"][1]["tried"] == []
    assert child_of(facts(family), "P2")["contacts"][1]["ring_now"] is True


def test_a_card_of_two_says_that_each_is_written_down_by_itself(family: Path) -> None:
    assert sheet(family).count("one answer is not the other's") == 1


def test_an_unanswered_call_about_both_is_shown_once_and_counts_for_each(family: Path) -> None:
    called(family, ["P1", "P2"], 1, "engaged", now=f"{DAY}T09:21")
    assert sheet(family, now=f"{DAY}T09:22").count("09:21 engaged") == 1
    found = facts(family, now=f"{DAY}T09:22")
    assert [child_of(found, p)["contacts"][n]["ring_now"] for p, n in (("P1", 0), ("P2", 1))] == [False, False]
    assert [child_of(found, p)["contacts"][n]["ring_now"] for p, n in (("P1", 1), ("P2", 0))] == [True, True]


def test_what_was_tried_says_when_how_in_which_round_and_by_whom(family: Path) -> None:
    called(family, "P3", 1, "voicemail-left", now=f"{DAY}T09:25")
    called(family, "P3", 1, "no-answer", now=f"{DAY}T09:50")
    for form in ("text", "csv", "table"):
        words = sheet(family, now=f"{DAY}T09:51", form=form)
        assert "09:25 voicemail-left (round 1), A. Officer" in words
        assert "09:50 no-answer (round 2), A. Officer" in words
    tried = child_of(facts(family, now=f"{DAY}T09:51"), "P3")["contacts"][0]["tried"]
    assert [(t["at"][11:16], t["outcome"], t["by"], t["round"]) for t in tried] == [
        ("09:25", "voicemail-left", "A. Officer", 1), ("09:50", "no-answer", "A. Officer", 2),
    ]  # fmt: skip


def test_a_call_taken_back_is_not_on_the_sheet(family: Path) -> None:
    called(family, "P3", 1, "voicemail-left", now=f"{DAY}T09:25")
    assert run(family, "withdraw", "last", "--why", "the wrong child", *BY, now=f"{DAY}T09:26").code == 0
    assert "voicemail-left" not in sheet(family, now=f"{DAY}T09:27")
    assert child_of(facts(family, now=f"{DAY}T09:27"), "P3")["round"] == 1


def test_between_the_rounds_nobody_is_rung_and_the_sheet_says_when_the_next_opens(family: Path) -> None:
    called(family, "P3", 1, "no-answer", now=f"{DAY}T09:25")
    card = sheet(family, now=f"{DAY}T09:44").partition("Zoë Ward (P3")[2].partition("On the telephone")[0]
    assert "Round 2 of 2 opens at 09:45" in card and "RING" not in card
    found = child_of(facts(family, now=f"{DAY}T09:44"), "P3")
    assert (found["round"], found["complete_rounds"], found["opens"][11:16], found["due"][11:16]) == (
        2, 1, "09:45", "10:05",
    )  # fmt: skip
    assert child_of(facts(family, now=f"{DAY}T09:45"), "P3")["contacts"][0]["ring_now"] is True


def test_after_the_last_round_the_sheet_sends_the_caller_to_the_safeguarding_lead(family: Path) -> None:
    for at in ("09:25", "09:45"):
        called(family, "P3", 1, "no-answer", now=f"{DAY}T{at}")
    card = sheet(family, now=f"{DAY}T09:46").partition("Zoë Ward (P3")[2].partition("On the telephone")[0]
    assert "safeguarding lead" in card and "home visit" in card and "RING" not in card
    assert child_of(facts(family, now=f"{DAY}T09:46"), "P3")["exhausted"]


def test_a_wrong_number_is_not_rung_again(family: Path) -> None:
    called(family, "P1", 1, "wrong-number", now=f"{DAY}T09:25")
    called(family, "P1", 2, "no-answer", now=f"{DAY}T09:26")
    found = child_of(facts(family, now=f"{DAY}T09:50"), "P1")
    assert [contact["ring_now"] for contact in found["contacts"]] == [False, True]


def test_calls_are_due_at_ten_and_in_the_afternoon_at_two(family: Path) -> None:
    assert {card["due"][11:16] for card in facts(family)["cards"]} == {"10:00"}
    later = [Child("P1", mark="/"), Child("P2", mark="/"), Child("P3", mark="/")]
    drop(family, {"in.csv": marks_of(later)})
    drop(family, {"gone.csv": marks_of([Child("P1", mark="/"), Child("P2", mark="/"), Child("P3")], session="PM")})
    run(family, "ingest", now=f"{DAY}T13:20")
    found = facts(family, now=f"{DAY}T13:40")
    assert [(card["pupil_ids"], card["due"][11:16]) for card in found["cards"]] == [(["P3"], "14:00")]
