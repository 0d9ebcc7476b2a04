"""The visit sheet: one family a card, the address and nothing of why; whom to ring; who is out and not back."""

from pathlib import Path
from typing import Any

import pytest

from builders import reconcile
from calling import Child, mobile, rung
from escalating import LEAD, OFFICER, VISITOR, WITH_PARENT, at, facts, flag_rows, go, page, planted, tried

OUT = ("--out", "--staff", "A. One", "--staff", "B. Two", "--authorised-by", "D. Lead", *OFFICER)
FAMILIES = (
    Child("P1", "Ivy", household="H1", address="1 Elm Row", contacts=(("Jo Fell", mobile(1), "is: Mother"),)),
    Child("P2", "Tom", household="H1", address="1 Elm Row", contacts=(("Jo Fell", mobile(1), "is: Mother"),)),
    Child("P3", "Kit", household="H1", address="8 Ash Way", contacts=(("Al Fell", mobile(2), "is: Father"),)),
    Child("R1", "Red", "Ward", address="7 Oak Lane", contacts=(("Cy Ward", mobile(3)),), flags=("s47",)),
    Child("R2", "Told", "Reed", mark="I", comment="poorly", flags=("looked-after",)),
    Child("G1", "Rung", "Once", address="5 Fir Close", contacts=(("Di Once", mobile(4)),)),
    Child("G2", "In", "School", mark="/", address="6 Fir Close"),
    Child("G3", "Lone", "List", address="9 Fir Close"),
)


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Siblings at two addresses, RED children unexplained and explained, a child rung once, one without a number."""
    school = rung(tmp_path_factory.mktemp("families"), FAMILIES)
    for pupil in ("P1", "P2", "P3"):
        tried(school, pupil)
    go(school, "call", "G1", "--contact", "1", "--outcome", "no-answer", *OFFICER, now="09:30")
    return school


def _cards(found: Any) -> list[list[str]]:
    return [[child["pupil_id"] for child in card["children"]] for card in found["cards"]]


def test_one_card_is_one_family_at_one_address_the_first_due_first(families: Path) -> None:
    found = facts(families, "visits", now="10:40")
    assert found["schema"] == "firstday/visits/1"
    assert _cards(found) == [["R1"], ["R2"], ["G3"], ["P1", "P2"], ["P3"]]
    assert [card["due"][11:16] for card in found["cards"]] == ["11:45", "11:45", "12:00", "12:00", "12:00"]
    assert [card["children"][0]["kind"] for card in found["cards"]] == ["first-day", "kit", *["first-day"] * 3]


def test_a_card_holds_nothing_of_another_family(families: Path) -> None:
    words = page(families, "visits", now="10:40")
    card = next(part for part in words.split("\n\n") if part.startswith("1. Red Ward"))
    assert "Address: 7 Oak Lane." in card and "Cy Ward" in card and mobile(3) in card
    assert [w for w in ("Fell", "Elm", "Ash", "Reed", mobile(1), mobile(2), "Fir") if w in card] == []
    assert "Address: not known: ask." in next(part for part in words.split("\n\n") if part.startswith("2. Told Reed"))


def test_the_sheet_says_how_a_visit_is_made_and_what_to_type(families: Path) -> None:
    words = page(families, "visits", now="10:40")
    for said in (
        "Two go, never one", "mobile number", "Ask the safeguarding lead about risks before leaving", "signs of life",
        "neighbours", "alone", "A locked communal door is not a visit", "need not go in", "Never leave a note",
        "We called today about attendance", "Authorised by", "Card left", "wrong-address",
        "firstday visit R1 --out --staff NAME --staff NAME --back-by TIME", "firstday visit R1 --outcome OUTCOME",
        "firstday visit R2 --outcome OUTCOME [--with-parent] --kind kit",
    ):  # fmt: skip
        assert said in words, said


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with one child of whom everything was planted."""
    return planted(tmp_path_factory.mktemp("planted"))


@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_nothing_on_it_tells_why_a_child_matters(told: Path, form: str) -> None:
    school = told
    words = page(school, "visits", now="11:40", form=form).casefold()
    assert "1 elm row" in words and "jo fell" in words
    leaks = ("plantcon", "plantroll", "plantcomm", "plantag", "plantcl", "plantw" + "ho", "plantn", "planth", "plantr",
             "planta", "plantd", "plantk", "plantv", "foster", "social", "suicide", "amber", "green")  # fmt: skip
    assert [leak for leak in leaks if leak in words] == []
    assert '"red"' not in words and ", red" not in words
    assert mobile(2) not in words and "al fell" not in words
    if form == "text":
        assert "One contact is withheld: ask the safeguarding lead" in page(school, "visits", now="11:40")
        assert "A note about this family is held" in page(school, "visits", now="11:40")


def test_the_word_of_a_rating_is_shown_where_the_school_wants_it(tmp_path: Path) -> None:
    school = rung(tmp_path, [FAMILIES[3]], policy="[sheets]\nshow_rating = true\n")
    assert "Red Ward (R1, 4B, RED)" in page(school, "visits", now="09:40")


def test_the_card_is_the_school_s_own_words(tmp_path: Path) -> None:
    policy = f'phone = "{mobile(50)}"\n[wording]\ncard = "Ring {{school}} on {{phone}}."\n'
    school = rung(tmp_path, [FAMILIES[3]], policy=policy)
    assert f"“Ring Fernhill Primary School on {mobile(50)}.”" in page(school, "visits", now="09:40")


def test_siblings_stand_apart_where_a_person_of_one_is_barred_for_the_other(tmp_path: Path) -> None:
    pair = (
        Child("R1", household="H1", address="1 Elm Row", flags=("s47",), contacts=(("Al Fell", mobile(2), "barred"),)),
        Child("R2", "Tom", household="H1", address="1 Elm Row", flags=("s47",), contacts=(("Al Fell", mobile(2)),)),
    )
    found = facts(rung(tmp_path, pair), "visits", now="09:40")
    assert _cards(found) == [["R1"], ["R2"]]
    assert [c["ring_from_the_door"] for c in found["cards"] if c["children"][0]["pupil_id"] == "R1"] == [[]]


def test_who_lives_there_is_who_the_list_says_lives_with_the_child(tmp_path: Path) -> None:
    contacts = (
        "pupil_id,order,name,relationship,phone,lives_with,do_not_contact\n"
        f"R1,1,Jo Fell,Mother,{mobile(1)},yes,\nR1,2,Al Fell,Father,{mobile(2)},yes,yes\nR1,3,Gran,,{mobile(3)},no,\n"
    )
    school = rung(tmp_path, [Child("R1", flags=("s47",))], files={"contacts.csv": contacts})
    words = page(school, "visits", now="09:40")
    assert "Lives there, as far as is known: Jo Fell (Mother)." in words
    assert "Al Fell" not in words and mobile(2) not in words and "One contact is withheld" in words


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """One RED child nobody has explained, and a GREEN one."""
    return rung(tmp_path, [FAMILIES[3], FAMILIES[5]])


def test_who_is_out_is_on_the_sheet_until_they_say_what_they_found(red: Path) -> None:
    go(red, "visit", "R1", *OUT, "--back-by", "11:00", now="10:10")
    found = facts(red, "visits", now="10:30")["out_now"]
    assert [(o["pupil_id"], o["staff"], o["overdue"]) for o in found] == [("R1", ["A. One", "B. Two"], False)]
    assert "Staff are out there now: A. One, B. Two, back by 11:00" in page(red, "visits", now="10:30")
    assert "NOT BACK: A. One and B. Two were due at 11:00. Ring them now." in page(red, "visits", now="11:01")
    go(red, "visit", "R1", "--outcome", "no-access", *VISITOR, now="11:05")
    assert facts(red, "visits", now="11:10")["out_now"] == []
    assert "NOT BACK" not in page(red, "visits", now="11:10")


def test_a_red_child_stays_until_seen_with_a_parent(red: Path) -> None:
    go(red, "visit", "R1", "--outcome", "no-answer", *VISITOR, now="10:30")
    assert _cards(facts(red, "visits", now="10:40")) == [["R1"]], "the face to face is owed still"
    go(red, "visit", "R1", *WITH_PARENT, *VISITOR, now="11:00")
    assert _cards(facts(red, "visits", now="11:10")) == []
    assert "Nobody: no visit and no face to face is owed now." in page(red, "visits", now="11:10")


def test_overdue_is_said(red: Path) -> None:
    assert "by 11:45, OVERDUE" in page(red, "visits", now="11:46")
    assert "by 11:45," not in page(red, "visits", now="11:44")


def test_it_is_numbered_like_the_call_sheet(red: Path) -> None:
    assert "! Sheet 1." in page(red, "visits", now="09:40")
    assert "! Sheet 1." in page(red, "visits", now="09:41"), "nothing changed"
    tried(red, "G1", first="09:45")
    words = page(red, "visits", now="10:20")
    assert "! Sheet 2, replaces sheet 1 of 09:40." in words
    assert "2. Rung Once (G1, 4B), by 12:00, NEW" in words


def test_a_missing_register_is_never_an_empty_sheet(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", mark="/"), Child("P2", "Tom", group="5C", mark="")])
    reconcile(school)
    words = page(school, "visits", now="09:30")
    assert "PROVISIONAL" in words and "cannot be relied on" in words


def test_the_printed_escalations_are_for_safeguarding_with_the_reasons(tmp_path: Path) -> None:
    flags = flag_rows(f"R1,social-worker,,,Wren Quill,Harbour Lane Team,{mobile(9)}")
    school = rung(tmp_path, [FAMILIES[3]], files=flags)
    words = page(school, "escalations", now=at("09:40"))
    assert "FOR SAFEGUARDING" in words and "Harbour Lane Team" in words
    assert facts(school, "escalations", now="09:40")["schema"] == "firstday/escalate/1"
    go(school, "decide", "R1", "--crime", *LEAD, now="09:41")
    assert "tell-police" in page(school, "escalations", now="09:42")
