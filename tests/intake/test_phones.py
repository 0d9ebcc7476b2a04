"""What people write where a telephone number belongs, and what the call sheet makes of it; nothing is guessed."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from builders import a_register, a_roll, a_school, drop, lines, run

NOUGHTS = "0" * 6  # no number of an area begins with 0: these ring nobody
LOST, UNREAD, ENDING = "digits lost", "unread", "ending"
REMARKS = {
    "a spreadsheet has lost this number's digits": LOST,
    "no telephone number can be read in it": UNREAD,
    "is only the ending of a number": ENDING,
    "has a digit too many": "one too many",
    "has 2 digits too many": "two too many",
    "has a digit too few": "one too few",
    "has 4 digits too few": "four too few",
    "no number in this country begins so": "not of this country",
    "it is no whole number of any country": "of no country",
    "has a 0 too many, or is dialled abroad": "two readings",
    "do not ring; ask the safeguarding lead": "barred",
}
NUMBER, IRISH = "07700 900123", "00 " + "353 20 910 1234"
SHORT = NUMBER[:-1]
# As written → what is dialled with the words beside it, in calling order; what cannot be, why, and the words kept.
CELLS: Mapping[str, tuple[str, ...]] = {
    # one number, however it is written
    "07700900123": (NUMBER,),
    NUMBER: (NUMBER,),
    "07700-900-123": (NUMBER,),
    "07700.900.123": (NUMBER,),
    "02079460018": ("020 7946 0018",),
    "(020) 7946 0018": ("020 7946 0018",),
    "0(20) 7946 0018": ("020 7946 0018",),
    "01632/960123": ("01632 960123",),
    "01614960018": ("0161 496 0018",),
    "Tel: 07700900123": (NUMBER,),
    "'07700900123": (NUMBER,),
    '="07700900123"': (NUMBER,),
    "07700\u00a0900123": (NUMBER,),
    "\u202a07700\u200b 900123\u202c": (NUMBER,),
    "\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13": (NUMBER,),
    "07700\u2013900123": (NUMBER,),
    "O77OO 9OO123": (NUMBER,),
    "07700 9oo123": (NUMBER,),
    # with this country's code
    "+447700900123": (NUMBER,),
    "+44 7700 900123": (NUMBER,),
    "+44 (0)7700 900123": (NUMBER,),
    "+44(0)20 7946 0018": ("020 7946 0018",),
    "(+44) 7700 900123": (NUMBER,),
    "+44 07700 900123": (NUMBER,),
    "00447700900123": (NUMBER,),
    "0044 (0)7700 900123": (NUMBER,),
    "0+44(0)7700900123": (NUMBER,),
    "447700900123": (NUMBER,),
    "4407700900123": (NUMBER,),
    # what a spreadsheet did
    "7700900123": (NUMBER,),
    "7700900123.0": (NUMBER,),
    "2079460018": ("020 7946 0018",),
    "7.7E+09": (f"{LOST}: 7.7E+09",),
    "4.41E+11": (f"{LOST}: 4.41E+11",),
    "4.47700900123E+11": (f"{LOST}: 4.47700900123E+11",),
    "7.7009E+09 / 01632 960001": ("01632 960001", f"{LOST}: 7.7009E+09"),
    # several, a mobile first, each with its own words
    "07700900123 / 020 7946 0018 (work)": (NUMBER, "020 7946 0018 (work)"),
    "020 7946 0018; 07700 900123": (NUMBER, "020 7946 0018"),
    "07700 900123, 01632 960001": (NUMBER, "01632 960001"),
    "07700 900123 or 01632 960001": (NUMBER, "01632 960001"),
    "07700 900123\n01632 960001": (NUMBER, "01632 960001"),
    "07700 900123 01632 960001": (NUMBER, "01632 960001"),
    "07700 900123 - 01632 960001": (NUMBER, "01632 960001"),
    "07700 900123 | 01632 960001 & 020 7946 0018": (NUMBER, "01632 960001", "020 7946 0018"),
    "01632 960123 or +353 20 910 1234": ("01632 960123", f"{IRISH} (IE)"),
    "07700900123+447700900124": (NUMBER, "07700 900124"),
    "mum 07700 900123, dad 07700 900124": ("07700 900123 (mum)", "07700 900124 (dad)"),
    "07700 900123 mum, 07700 900124 dad": ("07700 900123 (mum)", "07700 900124 (dad)"),
    "Home 01632 960001 Mob 07700 900123": ("07700 900123 (Mob)", "01632 960001 (Home)"),
    "07700 900123 (mum, after 3pm) / 01632 960001": ("07700 900123 (mum, after 3pm)", "01632 960001"),
    "07700 900123 (mobile) / +44 7700 900123 (mum)": ("07700 900123 (mobile, mum)",),
    "07700 900123 mum, weekdays, 01632 960001": ("07700 900123 (mum, weekdays)", "01632 960001"),
    # words beside one
    "07700900123mum": ("07700 900123 (mum)",),
    "after 3pm 07700 900123": ("07700 900123 (after 3pm)",),
    "07700 900123 9-5": ("07700 900123 (9-5)",),
    "07700 900123 9.30am-5pm": ("07700 900123 (9.30am-5pm)",),
    "07700 900123 (from 12/09/2025)": ("07700 900123 (from 12/09/2025)",),
    "ex-dir 01632 960001": ("01632 960001 (ex-dir)",),
    "01632 960123 ext 12": ("01632 960123 (ext 12)",),
    "01632960123x12": ("01632 960123 (ext 12)",),
    "01632 960123 (ext. 4) reception": ("01632 960123 (ext 4 reception)",),
    # words and no number
    "see file": (f"{UNREAD}: see file",),
    "none": (f"{UNREAD}: none",),
    "ex-dir": (f"{UNREAD}: ex-dir",),
    "0": (f"{UNREAD}: 0",),
    "no contact number": (f"{UNREAD}: no contact number",),
    "12/09/2025": (f"{UNREAD}: 12/09/2025",),
    "2025-09-12": (f"{UNREAD}: 2025-09-12",),
    "999": (f"{UNREAD}: 999",),
    "": ("no number",),
    "-": ("no number",),
    # nothing is guessed
    "07700900123/456": (NUMBER, f"{ENDING}: 456"),
    "07700 900123/4": (NUMBER, f"{ENDING}: 4"),
    "01632 960001 or 960002": ("01632 960001", f"{ENDING}: 960002"),
    "07700 900123, 2 children": ("07700 900123 (2 children)",),
    "07700 9001234": ("one too many: 07700 9001234",),
    "07700 90012345": ("two too many: 07700 90012345",),
    SHORT: (f"one too few: {SHORT}",),
    "07700 9001234 / 01632 960001": ("01632 960001", "one too many: 07700 9001234"),
    f"+44 {SHORT[1:]}": (f"one too few: +44 {SHORT[1:]}",),
    "960123": ("four too few: 960123",),
    "17700900123": ("one too many: 17700900123",),
    f"04040 {NOUGHTS}": (f"not of this country: 04040 {NOUGHTS}",),
    "0" + "07700900123": ("two readings: " + "0" + "07700900123",),
    "+999 123 4567": ("of no country: +999 123 4567",),
    "+353 20 91": ("of no country: +353 20 91",),
    # what the caller must know
    "+353 20 910 1234": (f"{IRISH} (IE)",),
    IRISH: (f"{IRISH} (IE)",),
    "+1 (202) 555-0147 aunt": ("00 1 202-555-0147 (US, aunt)",),
    f"07624 {NOUGHTS}": (f"07624 {NOUGHTS} (Isle of Man)",),
    f"07600 {NOUGHTS}": (f"07600 {NOUGHTS} (pager)",),
    f"07000 {NOUGHTS}": (f"07000 {NOUGHTS} (personal number, charged)",),
    "0909 879 0123": ("0909 879 0123 (premium rate)",),
    f"0845 0{NOUGHTS}": (f"0845 0{NOUGHTS} (charged)",),
    f"0870 0{NOUGHTS}": (f"0870 0{NOUGHTS} (charged)",),
    "03069990123": ("0306 999 0123",),
    # old areas with a digit less
    "01204 " + NOUGHTS[1:]: ("01204 " + NOUGHTS[1:],),
    "1204" + NOUGHTS[1:]: ("01204 " + NOUGHTS[1:],),
    "01203 " + NOUGHTS[1:]: ("one too few: 01203 " + NOUGHTS[1:],),
}
MENDED = ("7700900123", "7700900123.0", "2079460018", "1204" + NOUGHTS[1:])
FORBIDDEN = (
    "no contact", "NO CONTACT", "no-contact", "do not contact", "Do not call", "do not ring", "don't ring",
    "do not phone",
    "don\u2019t contact", "not to be contacted", "not to be rung", "must not contact", "court order", "injunction",
    "non-molestation order", "non molestation", "restraining order", "prohibited steps order", "not allowed contact",
    "no access", "barred", "bail conditions", "DNC",
)  # fmt: skip
ALLOWED = (
    "ex directory", "ex-directory", "no contact number at work", "do not ring before 9", "don't call after 6pm",
    "contact first", "works in court", "ring twice", "no voicemail",
)  # fmt: skip
HEADING = "pupil_id,contact_id,order,name,phone"
RINGING = re.compile(r"^RING +(?P<place>\d) +Jan Brennan +(?P<shown>.*?)  +_+$", re.MULTILINE)
NOT_RINGING = re.compile(r"^Contact (?P<place>\d): (?P<why>.*)\.$", re.MULTILINE)
IDS = {f"P{place:03d}": cell for place, cell in enumerate(CELLS, start=1)}
SAID = {
    f"P{place:03d}": f"{NUMBER} {words}" for place, words in enumerate((*FORBIDDEN, *ALLOWED), start=len(CELLS) + 1)
}


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A child for each cell, all of them absent."""
    cells = IDS | SAID
    roll = ("pupil_id,forename,surname,group,household_id", *(f"{p},Ivy,Brennan,4B,H{p}" for p in cells))
    contacts = (HEADING, *(f"{p},C1,1,Jan Brennan,{_quoted(cell)}" for p, cell in cells.items()))
    files = {
        "roll.csv": lines(*roll), "contacts.csv": lines(*contacts),
        "register.csv": a_register(*(f"{p},N" for p in cells)),
    }  # fmt: skip
    return a_school(tmp_path_factory.mktemp("phones"), files)


@pytest.fixture(scope="module")
def ingested(school: Path) -> Any:
    """What taking them in said."""
    return run(school, "ingest", "--format", "json").json


@pytest.fixture(scope="module")
def cards(school: Path, ingested: Any) -> dict[str, str]:
    """Each child's card of the call sheet."""
    assert ingested["files"]
    sheet = run(school, "report", "call-sheet").out
    return {card[:4]: card for card in sheet.split("Ivy Brennan (")[1:]}


def _on_the_card(card: str) -> tuple[str, ...]:
    found = {int(one["place"]): one["shown"] for one in RINGING.finditer(card)}
    for one in NOT_RINGING.finditer(card):
        why = next((short for words, short in REMARKS.items() if one["why"].startswith(words)), one["why"])
        words = re.search(r'\("(.*)"\)$', one["why"])
        found[int(one["place"])] = f"{why}: {words[1]}" if words else why
    return tuple(found[place] for place in sorted(found))


@pytest.mark.parametrize("pupil", IDS, ids=[repr(cell) for cell in CELLS])
def test_what_a_cell_is_read_as(pupil: str, cards: dict[str, str]) -> None:
    assert _on_the_card(cards[pupil]) == CELLS[IDS[pupil]]


def test_whatever_was_mended_or_not_understood_is_told_with_its_row(ingested: Any) -> None:
    told = {problem["row"] - 1 for problem in ingested["problems"] if problem["column"] == "phone"}
    wrong = {
        place
        for place, (cell, found) in enumerate(CELLS.items(), start=1)
        if cell in MENDED or any(shown.split(":")[0] in REMARKS.values() for shown in found)
    }
    assert {place for place in told if place <= len(CELLS)} == wrong


@pytest.mark.parametrize("pupil", SAID, ids=[*FORBIDDEN, *ALLOWED])
def test_words_that_forbid_keep_the_number_off_every_page(
    pupil: str, school: Path, cards: dict[str, str], ingested: Any
) -> None:
    words = SAID[pupil].removeprefix(f"{NUMBER} ")
    is_forbidden = words in FORBIDDEN
    assert _on_the_card(cards[pupil]) == (("barred",) if is_forbidden else (f"{NUMBER} ({words})",))
    told = [p for p in ingested["problems"] if p["row"] == int(pupil[1:]) + 1]
    assert bool(told) is is_forbidden
    assert (NUMBER in cards[pupil]) is not is_forbidden


def _rung(tmp_path: Path, *contacts: str, heading: str = HEADING, policy: str = "") -> Path:
    files = {
        "roll.csv": a_roll("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B"), "contacts.csv": lines(heading, *contacts),
        "register.csv": a_register("P001,N", "P002,/"),
    }  # fmt: skip
    made = a_school(tmp_path, files)
    if policy:
        (made / "policy.toml").write_text(policy, encoding="utf-8")
    run(made, "ingest")
    return made


def _list_of(school: Path, *words: str, now: str = "2026-11-23T09:30") -> list[tuple[Any, ...]]:
    found = run(school, "reconcile", "--format", "json", *words, now=now).json["unexplained"][0]["contacts"]
    return [(c["contact"], c["name"], c["phone"], c["usable"]) for c in found]


def test_each_number_is_rung_and_written_down_as_a_contact_of_its_own(tmp_path: Path) -> None:
    jan = "P001,C1,1,Jan Brennan,07700 900123 / 01632 960001 (work)"
    school = _rung(tmp_path, jan, "P001,C2,2,Al Brennan,07700 900124")
    assert _list_of(school) == [
        (1, "Jan Brennan", "07700 900123", True), (2, "Jan Brennan", "01632 960001", True),
        (3, "Al Brennan", "07700 900124", True),
    ]  # fmt: skip
    for place in ("1", "3"):
        said = run(school, "call", "P001", "--contact", place, "--outcome", "no-answer", "--by", "A. Officer")
        assert said.code == 0
    sheet = run(school, "report", "call-sheet", "--format", "json", now="2026-11-23T09:30").json
    (child,) = sheet["cards"][0]["children"]
    assert [(c["contact"], c["ring_now"], len(c["tried"])) for c in child["contacts"]] == [
        (1, False, 1), (2, True, 0), (3, False, 1),
    ]  # fmt: skip
    assert child["complete_rounds"] == 0
    run(school, "call", "P001", "--contact", "2", "--outcome", "no-answer", "--by", "A. Officer")
    sheet = run(school, "report", "call-sheet", "--format", "json", now="2026-11-23T09:30").json
    assert sheet["cards"][0]["children"][0]["complete_rounds"] == 1


def test_a_gap_counts_numbers_and_not_people(tmp_path: Path) -> None:
    school = _rung(
        tmp_path, "P001,C1,1,Jan Brennan,07700 900123 / 01632 960001 / 07700 900125 / 07700 900126",
        "P002,C2,1,Ola Okafor,07700 900130 / 07700 900131",
    )  # fmt: skip
    found = run(school, "report", "contact-gaps", "--format", "json").json["pupils"]
    assert [(p["pupil_id"], p["usable"]) for p in found] == [("P002", 2)]


BARRED = {  # what stands in the contact list → the numbers that may be rung
    "one of the numbers is shared": (
        ("P001,C1,1,Jan Brennan,07700 900123 / 07700 900124", "P001,C2,2,Al Brennan,07700 900124 NO CONTACT"),
        ["07700 900123"],
    ),
    "every number of who is barred": (
        ("P001,C1,1,Jan Brennan,07700 900123 / 07700 900124 (do not contact)", "P001,C2,2,Al Brennan,07700 900125"),
        ["07700 900125"],
    ),
    "a further number of who is barred": (
        ("P001,C1,1,Jan Brennan,07700 900123 court order; 07700 900124", "P001,C2,2,Al Brennan,+44 7700 900124"),
        [],
    ),
    "another row of who is barred": (
        (
            "P001,C1,1,Jan Brennan,injunction",
            "P001,C9,2,jan  brennan,07700 900126",
            "P001,C2,3,Al Brennan,07700 900125",
        ),
        ["07700 900125"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BARRED)
def test_nobody_is_rung_on_a_number_of_somebody_barred(tmp_path: Path, case: str) -> None:
    contacts, usable = BARRED[case]
    school = _rung(tmp_path, *contacts)
    assert [phone for _, _, phone, may_be in _list_of(school) if may_be] == usable
    assert [phone for _, _, phone, may_be in _list_of(school) if not may_be and phone] == []


PROFILE = """
title = "Greenleaf"
[[exports]]
holds = ["roll", "contacts"]
needs = ["pupil_id", "surname"]
[exports.columns]
pupil_id = ["Adno"]
forename = ["First"]
surname = ["Last"]
group = ["Form"]
[exports.numbered_contacts]
name = "Contact {n}"
phone = "Tel {n}"
phone_home = "Home {n}"
phone_work = "Work {n}"
phone_mobile = "Mobile {n}"
"""


def test_columns_for_each_kind_of_number_are_all_read_a_mobile_first(tmp_path: Path) -> None:
    school = _rung(tmp_path)
    (school / "profiles").mkdir()
    (school / "profiles" / "greenleaf.toml").write_text(PROFILE, encoding="utf-8")
    roll = lines(
        "Adno,First,Last,Form,Contact 1,Tel 1,Home 1,Work 1,Mobile 1,Contact 2,Tel 2,Home 2,Work 2,Mobile 2",
        "P001,Ivy,Brennan,4B,Jan Brennan,01632 960001,01632 960002,none,07700 900123,"
        "Al Brennan,,01632 960005,01632 960001 / 01632 960005,",
        "P002,Tom,Okafor,4B,,,,,,,,,,",
    )  # fmt: skip
    drop(school, {"roll.csv": roll})
    run(school, "ingest", now="2026-11-23T09:25")
    assert _list_of(school) == [
        (1, "Jan Brennan", "07700 900123", True), (2, "Jan Brennan", "01632 960001", True),
        (3, "Jan Brennan", "01632 960002", True), (4, "Al Brennan", "01632 960005", True),
        (5, "Al Brennan", "01632 960001", True),
    ]  # fmt: skip


TEXTED = {  # as written → whether the family has a number that takes a text
    NUMBER: True,
    f"07624 {NOUGHTS}": True,
    f"07600 {NOUGHTS}": False,
    f"07000 {NOUGHTS}": False,
    "07700 900123 ext 4": False,
    "01632 960123": False,
    "01632 960123 / 07700 900123": True,
}


@pytest.mark.parametrize("cell", TEXTED)
def test_a_text_goes_to_a_mobile(tmp_path: Path, cell: str) -> None:
    school = _rung(tmp_path, f"P001,C1,1,Jan Brennan,{cell}")
    found = run(school, "report", "texts", "--format", "json").json["texts"]
    assert bool(found) is TEXTED[cell]


def test_a_call_typed_with_the_number_as_printed_is_known_again(tmp_path: Path) -> None:
    school = _rung(tmp_path, "P001,C1,1,Jan Brennan,07700 900123 / 01632 960123 ext 12")
    printed = run(school, "report", "call-sheet", "--format", "csv").out
    assert "01632 960123 ext 12" in printed
    typed = lines("pupil_id,contact,phone,outcome,at,day", "P001,2,01632 960123 ext 12,no answer,09:15,23/11/2026")
    drop(school, {"calls.csv": typed})
    said = run(school, "ingest", "--by", "A. Officer", "--format", "json").json["files"]
    assert [(f["kind"], f["new_calls"], f["rows_refused"]) for f in said] == [("calls", 1, 0)]
