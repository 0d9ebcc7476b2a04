"""The call sheet on days of every kind: nobody, a missing register, a closed school, sixty children, long names."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders import DAY, drop, run
from calling import ANSWER, BY, Child, called, card, cards, facts, marks_of, mobile, rung, sheet, to_type

FORMS = ("text", "table", "csv")
SIZES = [(children, contacts) for children in (0, 1, 12, 60) for contacts in (1, 4)]
LONG = "Aurelia-Josephine van der Hooghe-Featherstonehaugh of the Seven Sisters and Elsewhere"
JO = (("Jo Fell", mobile(1)), ("Al Fell", mobile(2)))
IN_SCHOOL = Child("P900", "Bea", "Moss", mark="/")


def _many(children: int, contacts: int) -> list[Child]:
    """So many children, each with so many contacts of its own."""
    numbers = ((n, tuple(4 * n + k for k in range(contacts))) for n in range(children))
    return [
        Child(f"P{n:03d}", f"Child{n}", contacts=tuple((f"Person {k}", mobile(k)) for k in own)) for n, own in numbers
    ]


@pytest.mark.parametrize(("children", "contacts"), SIZES)
def test_every_child_and_every_number_is_there_once_whatever_the_size(
    children: int, contacts: int, tmp_path: Path
) -> None:
    many = _many(children, contacts)
    school = rung(tmp_path, [*many, IN_SCHOOL])
    numbers = [phone for child in many for _, phone in child.contacts]
    for form in ("text", "table"):
        words = sheet(school, form=form)
        assert all(words.count(number) == 1 for number in numbers)
        assert all(words.count(f"({child.pupil}, 4B)") == 1 for child in many)
        assert f"{children} to ring" in words
    assert [row["phone"] for row in to_type(school)] == numbers


@pytest.mark.parametrize("form", ["text", "csv", "table"])
def test_long_names_are_not_cut_off(tmp_path: Path, form: str) -> None:
    child = Child("P1", LONG, LONG, contacts=((LONG, "+44 7700 900001", f"is: {LONG}"), (LONG[::-1], mobile(2))))
    school = rung(tmp_path, [child, Child("P2", LONG, mark="C", flags=("ewo",), contacts=((LONG, mobile(3)),))])
    words = sheet(school, form=form)
    assert f"{LONG} {LONG}" in words and LONG[::-1] in words and mobile(2) in words and "…" not in words
    if form != "csv":
        assert f"{LONG}, {LONG}" in words and f"1. {mobile(3)} {LONG}" in words


def test_nobody_to_ring_is_said_in_words(tmp_path: Path) -> None:
    school = rung(tmp_path, [IN_SCHOOL])
    assert "Nobody: no absence is unexplained." in sheet(school)
    assert "0 to ring" in sheet(school)
    assert (facts(school)["cards"], facts(school)["provisional"], to_type(school)) == ([], False, [])


@pytest.fixture(scope="module")
def without_a_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school in which one of two registers has not come."""
    children = [Child("P1", mark="/"), Child("P2", "Tom", group="5C", mark="")]
    return rung(tmp_path_factory.mktemp("missing"), children)


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_that_may_be_wrong_says_so_at_the_top_and_never_that_all_is_well(
    without_a_register: Path, form: str
) -> None:
    words = sheet(without_a_register, form=form)
    assert "PROVISIONAL" in "\n".join(words.splitlines()[:6]) and "5C" in words
    assert "no absence is unexplained" not in words


def test_as_json_it_is_provisional_with_the_reasons(without_a_register: Path) -> None:
    found = facts(without_a_register)
    assert (found["provisional"], found["cards"]) == (True, []) and "5C" in " ".join(found["provisional_because"])


def test_children_of_a_missing_register_are_rung_once_they_were_not_looked_for_in_time(
    without_a_register: Path,
) -> None:
    assert cards(without_a_register, now=f"{DAY}T09:45") == []
    assert cards(without_a_register, now=f"{DAY}T09:46") == [["P2"]]


@pytest.mark.parametrize("form", FORMS)
def test_on_a_closed_day_nobody_is_rung(tmp_path: Path, form: str) -> None:
    school = rung(tmp_path, [Child("P1", contacts=JO)])
    assert run(school, "close", "--day", DAY, "--why", "the boiler has failed", *BY).code == 0
    words = sheet(school, form=form)
    assert mobile(1) not in words and cards(school) == []
    if form != "csv":
        assert "No school" in words and "Nobody is rung" in words and "unexplained" not in words


def test_a_case_of_yesterday_is_on_todays_sheet(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=JO)])
    tomorrow = "2026-11-24"
    drop(school, {"next.csv": marks_of([Child("P1")], day=tomorrow)})
    called(school, "P1", 1, "no-answer", now=f"{DAY}T09:30")
    run(school, "ingest", now=f"{tomorrow}T09:10")
    found = facts(school, now=f"{tomorrow}T09:20")
    assert [card["pupil_ids"] for card in found["cards"]] == [["P1"]]
    child = found["cards"][0]["children"][0]
    assert (child["round"], [contact["tried"] for contact in child["contacts"]]) == (1, [[], []])


@pytest.mark.parametrize("outcome", ["thought-in-school", "does-not-know-where"])
def test_a_danger_stands_at_the_top_and_the_others_are_rung_meanwhile(tmp_path: Path, outcome: str) -> None:
    school = rung(tmp_path, [Child("P1", contacts=JO)])
    called(school, "P1", 1, outcome)
    words = sheet(school)
    assert outcome.upper() in "\n".join(words.splitlines()[:6]) and "safeguarding lead now" in words
    assert [contact["ring_now"] for contact in facts(school)["cards"][0]["children"][0]["contacts"]] == [False, True]


TOLD = ("--told-by", "mother", "--reason", "sick", "--child-with", "mother")
ALSO = (
    Child("P1", "Ivy", mark="C", contacts=(("Jo Fell", mobile(1), "is: aunt"), ("Al", mobile(2), "barred"))),
    Child("P2", "Tom", mark="C", flags=("ewo",), contacts=(("Di Moss", mobile(3)),)),
    Child("P3", "Zoë", mark="I", flags=("ewo",), comment="sore throat", contacts=(("Cy Ward", mobile(4)),)),
    Child("P4", "Kit", mark="I", comment="sore throat", contacts=(("Bo Lowe", mobile(5)),)),
    Child("P5", "Ann", mark="C", flags=("social-worker",), contacts=(("Ed Hay", mobile(6)),)),
    Child("P6", "Sol", mark="C", flags=("ewo",), contacts=(("Fay Bell", mobile(7)),)),
    Child("P7", "Max", mark="N", contacts=(("Gus Rye", mobile(8)),)),
    Child("P8", "Fin", mark="S", contacts=(("Hal Oak", mobile(9)),)),
    Child("P9", "Joy", mark="N", contacts=(("Ira Ash", mobile(10)),)),
)


@pytest.fixture(scope="module")
def also(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Families that have explained; P6 was spoken to today, P7 is in the 48 hours after sickness."""
    friday = marks_of([child if child.pupil == "P7" else replace(child, mark="/") for child in ALSO], day="2026-11-20")
    school = rung(tmp_path_factory.mktemp("also"), ALSO, files={"friday.csv": friday})
    sick = ("--day", "2026-11-20", "--sickness", "2026-11-22T20:00")
    assert run(school, "explain", "P7", *TOLD, *sick, *BY).code == 0
    called(school, "P6", 1, *ANSWER[1:])
    return school


OWED = {  # who must be rung although the absence is explained, and whether it may be left
    "P1": False, "P2": False, "P3": False, "P7": True,
}  # fmt: skip


def test_the_families_that_explained_and_are_spoken_to_every_day_stand_below(also: Path) -> None:
    found = {duty["pupil_id"]: duty["optional"] for duty in facts(also)["duties"]}
    assert found == OWED
    assert cards(also) == [["P9"]]


def test_they_stand_under_their_own_heading_with_their_numbers_and_without_barred_ones(also: Path) -> None:
    words = sheet(also)
    part = words[words.index("Also to ring today") : words.index("On the telephone")]
    assert [pupil in part for pupil in (c.pupil for c in ALSO)] == [c.pupil in OWED for c in ALSO]
    assert [mobile(n) in part for n in range(1, 11)] == [n in (1, 3, 4, 8) for n in range(1, 11)]
    assert "1. 07700 900001 Jo Fell, aunt" in part


def test_a_call_that_may_promote_the_return_is_said_to_be_optional(also: Path) -> None:
    line = {pupil: next(line for line in sheet(also).splitlines() if line.startswith(pupil)) for pupil in OWED}
    assert {pupil: "optional" in words for pupil, words in line.items()} == OWED


def test_a_duty_past_its_time_says_so(also: Path) -> None:
    assert "overdue" not in sheet(also, now=f"{DAY}T10:00").casefold()
    assert "overdue" in sheet(also, now=f"{DAY}T10:01").casefold()


def test_once_spoken_to_a_family_is_not_on_the_sheet_any_more(tmp_path: Path) -> None:
    school = rung(tmp_path, ALSO[:2])
    called(school, "P2", 1, *ANSWER[1:])
    assert [duty["pupil_id"] for duty in facts(school)["duties"]] == ["P1"]


def test_a_pupil_without_a_group_is_on_it_too(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", group="", contacts=JO)])
    assert "Ivy Brennan (P1, no group)" in card(sheet(school), "P1")
