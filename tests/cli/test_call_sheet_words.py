"""What the call sheet tells the caller, and what it never says: numbers not to ring, reasons, addresses."""

import csv
import io
import re
from pathlib import Path

import pytest

from builders import DAY, drop, lines, run
from calling import CONTACTS, Child, called, card, child_of, facts, mobile, rung, sheet

FORMS = ("text", "table", "csv", "json")
ON_PAPER = ("text", "table", "csv")
RATING = re.compile(r"\b(RED|AMBER|GREEN)\b")


def _digits(words: str) -> str:
    """The words without blanks and with numbers as they are dialled at home."""
    return re.sub(r"\s", "", words.replace("+44", "0").replace("0044", "0"))


SECRETS = {  # what never stands on an office sheet → where it is kept
    "7 Elm Row": "the address", "2016-03-04": "the date of birth", "04/03/2016": "the date of birth",
    "social-worker": "a flag", "Harbour Lane": "an agency", "Pat Reed": "a professional", "migraine": "health",
    "court order": "a note on the roll", "temper": "a note on a contact", "ehcp": "a flag that rates nothing",
}  # fmt: skip
KEPT = (
    Child(
        "P1", "Ivy", mark="I", comment="", flags=("social-worker", "ehcp"), dob="2016-03-04", address="7 Elm Row",
        notes="court order",
        contacts=(("Jo Fell", mobile(1), "is: mother", "notes: temper"), ("Al Fell", mobile(2), "barred")),
    ),
    Child("P2", "Tom", "Moss", mark="O", comment="migraine", flags=("ewo",), contacts=(("Di Moss", mobile(3)),)),
    Child("P3", "Zoë", "Ward", mark="C", flags=("ewo",), address="7 Elm Row", contacts=(
        ("Cy Ward", mobile(4), "is: father"), ("Bo Ward", mobile(5), "barred"), ("Bo's flat", mobile(5)),
    )),
)  # fmt: skip
AGENCY = lines(
    "pupil_id,flag,professional_name,agency,professional_phone",
    f"P1,social-worker,Pat Reed,Harbour Lane Team,{mobile(9)}", "P1,ehcp,,,", "P2,ewo,,Harbour Lane Team,", "P3,ewo,,,",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three families with everything that may not be printed; one of them has explained."""
    return rung(tmp_path_factory.mktemp("kept"), KEPT, files={"flags.csv": AGENCY})


@pytest.mark.parametrize("form", ON_PAPER)
@pytest.mark.parametrize("secret", SECRETS)
def test_an_office_sheet_never_says(secret: str, form: str, kept: Path) -> None:
    assert secret.casefold() not in sheet(kept, form=form).casefold()


@pytest.mark.parametrize("form", ON_PAPER)
def test_an_office_sheet_has_no_word_of_a_rating(form: str, kept: Path) -> None:
    assert not RATING.search(sheet(kept, form=form))
    assert mobile(9) not in sheet(kept, form=form)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [2, 5])
def test_a_number_not_to_be_rung_is_in_no_format_nor_where_somebody_shares_it(
    form: str, number: int, kept: Path
) -> None:
    assert _digits(mobile(number)) not in _digits(sheet(kept, form=form))


def test_the_card_says_which_contact_is_not_to_be_rung_and_whom_to_ask(kept: Path) -> None:
    assert re.search(r"[Cc]ontact 2: do not ring; ask the safeguarding lead", card(sheet(kept), "P1"))
    withheld = child_of(facts(kept), "P1")["contacts"][1]
    assert (withheld["phone"], withheld["usable"], withheld["ring_now"]) == (None, False, False)


BARRED = {  # how a contact list says that one person is not to be contacted, first the one who is
    "written otherwise": (("Al", mobile(7), "barred"), ("Bo", "+44 7700 900007"), ("Cy", mobile(8))),
    "written without blanks": (("Bo", "07700900007"), ("Al", mobile(7), "barred"), ("Cy", mobile(8))),
    "barred twice": (("Al", mobile(7), "barred"), ("Al", mobile(7), "barred"), ("Cy", mobile(8))),
    "barred last, shared twice": (("Bo", mobile(7)), ("Di", mobile(7)), ("Cy", mobile(8)), ("Al", mobile(7), "barred")),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", BARRED)
def test_a_barred_number_is_known_however_it_is_written(case: str, form: str, tmp_path: Path) -> None:
    words = _digits(sheet(rung(tmp_path, [Child("P1", contacts=BARRED[case])]), form=form))
    assert _digits(mobile(7)) not in words and _digits(mobile(8)) in words


@pytest.mark.parametrize("form", FORMS)
def test_a_number_rung_before_it_was_barred_is_printed_no_more(form: str, tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=(("Al", mobile(7)), ("Cy", mobile(8))))])
    called(school, "P1", 1, "no-answer", now=f"{DAY}T09:21")
    barred = Child("P1", contacts=(("Al", mobile(7), "barred"), ("Cy", mobile(8))))
    drop(school, {"contacts-2.csv": lines(CONTACTS, *barred.contact_rows)})
    run(school, "ingest", now=f"{DAY}T09:25")
    assert _digits(mobile(7)) not in _digits(sheet(school, now=f"{DAY}T09:26", form=form))


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_the_sheet_runs_as_a_formula(start: str, tmp_path: Path) -> None:
    words = sheet(rung(tmp_path, [Child("P1", f"{start}Ivy", contacts=((f"{start}cmd|x", mobile(1)),))]), form="csv")
    cells = [cell for row in csv.reader(io.StringIO(words, newline="")) for cell in row]
    assert any(f"{start}Ivy" in cell for cell in cells) and any(f"{start}cmd|x" in cell for cell in cells)
    assert not any(cell.lstrip().startswith(start) for cell in cells)


def test_where_nobody_may_be_rung_the_child_is_on_the_sheet_all_the_same(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", contacts=(("Al", mobile(7), "barred"),)), Child("P2", "Tom")])
    words = sheet(school)
    assert all("safeguarding lead" in card(words, pupil) for pupil in ("P1", "P2"))
    assert {row["pupil_id"] for row in csv.DictReader(io.StringIO(_below_the_title(sheet(school, form="csv"))))} == {
        "P1", "P2",
    }  # fmt: skip


def _below_the_title(words: str) -> str:
    return words[words.index("priority,") :]


def test_a_policy_may_show_the_rating_word_and_then_no_reason(tmp_path: Path) -> None:
    school = rung(tmp_path, KEPT, policy="[sheets]\nshow_rating = true\n", files={"flags.csv": AGENCY})
    words = sheet(school)
    assert "RED" in card(words, "P1") and "AMBER" in card(words, "P2")
    assert not any(secret in words for secret in SECRETS)


TOLD = {  # what is known of a child → what its card says
    "P1": (Child("P1", contacts=(("Jo", mobile(1), "speaks: Polish"), ("Al", mobile(2)))), "Interpreter: Polish"),
    "P2": (Child("P2", contacts=(("Jo", mobile(3)), ("Al", mobile(4))), flags=("interpreter",)), "Interpreter"),
    "P3": (Child("P3", contacts=(("Jo", mobile(5)),)), "Only one number"),
    "P4": (Child("P4", contacts=(("Jo", mobile(6)), ("Al", "+44 7700 900006"))), "Only one number"),
    "P5": (Child("P5", contacts=(("Jo", mobile(10)), ("Al", mobile(11), "barred"))), "Only one number"),
    "P6": (Child("P6", "Kit", "Lowe", contacts=(("Jo", mobile(12)), ("Al", mobile(13)))), "A message may be about"),
    "P7": (Child("P7", comment="has a cold", contacts=(("Jo", mobile(14)), ("Al", mobile(15)))), "not confirmed: ask"),
    "P8": (Child("P8", mark="I", contacts=(("Jo", mobile(16)), ("Al", mobile(17)))), "Round 1 of 2"),
}
NOT_TOLD = {  # a child about whom nothing of this is said
    "P9": Child("P9", contacts=(("Jo", mobile(18), "speaks: English"), ("Al", mobile(19), "speaks: EN"))),
    "P10": Child(
        "P10", contacts=(("Jo", mobile(20)), ("Al", mobile(21)), ("Bo", mobile(22), "barred", "speaks: Urdu"))
    ),
}
WAITS = lines("message_id,received_at,pupil_name,text", f"M1,{DAY}T08:10:00+00:00,Kit Lowe,has a cold")


@pytest.fixture(scope="module")
def hinted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sheet of a school of all these children."""
    children = [*(child for child, _ in TOLD.values()), *NOT_TOLD.values()]
    return sheet(rung(tmp_path_factory.mktemp("hinted"), children, files={"messages.csv": WAITS}))


@pytest.mark.parametrize("pupil", TOLD)
def test_what_the_caller_is_told_before_dialling(pupil: str, hinted: str) -> None:
    assert TOLD[pupil][1] in card(hinted, pupil)


@pytest.mark.parametrize("pupil", NOT_TOLD)
def test_what_the_caller_is_not_told(pupil: str, hinted: str) -> None:
    assert not any(words in card(hinted, pupil) for words in ("Interpreter", "Only one", "message", "not confirmed"))


def test_the_words_themselves_are_not_on_the_sheet(hinted: str) -> None:
    assert "has a cold" not in hinted


def test_the_sheet_says_what_to_ask_and_what_never_to_say(hinted: str) -> None:
    assert all(words in " ".join(hinted.split()) for words in ("Where is (first name) now?", "Never say", "Voicemail"))
    voicemail = next(line for line in hinted.splitlines() if line.startswith("Voicemail"))
    assert "Fernhill Primary School" in voicemail and "missing" not in voicemail
