"""What a contact list lacks: numbers counted once, numbers that failed, numbers that nobody may be rung on."""

import json
from collections.abc import Iterable, Mapping

import pytest

from rules.ratings import ids_of, named, plain_roll
from rules.school import DAY, Json, School
from rules.table import RuleTable

NOBODY = "no-number; fewer-than-two; nobody-outside-the-home; "
FOUR = "A at home; B at home; C elsewhere; D elsewhere"
RULES = RuleTable(
    title="Gaps of a contact list on Tuesday 24 November 2026; four numbers are wanted, and A to E are five numbers",
    source="Guidance, steps 5 to 7: call everyone on the list, at least twice; 4 numbers recommended",
    columns=("the list", "rung", "the list since this morning", "numbers", "gaps"),
    rows=(
        # numbers are counted, not people
        (FOUR, "", "the same", "4", ""),
        ("A at home; B at home; C elsewhere", "", "the same", "3", "fewer-than-wanted"),
        ("A at home; B elsewhere", "", "the same", "2", "fewer-than-wanted"),
        ("A elsewhere", "", "the same", "1", "fewer-than-two; fewer-than-wanted"),
        ("A at home", "", "the same", "1", "fewer-than-two; nobody-outside-the-home; fewer-than-wanted"),
        ("", "", "the same", "0", NOBODY + "fewer-than-wanted"),
        ("no number; no number", "", "the same", "0", NOBODY + "fewer-than-wanted"),
        ("A at home; A elsewhere", "", "the same", "1", "fewer-than-two; fewer-than-wanted; number-twice"),
        ("A at home; A elsewhere as +44", "", "the same", "1", "fewer-than-two; fewer-than-wanted; number-twice"),
        ("A at home; A elsewhere; B at home; C at home; D at home", "", "the same", "4", "number-twice"),
        # somebody outside the home
        ("A at home; B at home; C at home; D at home", "", "the same", "4", "nobody-outside-the-home"),
        ("A at home; B at home; C at home; D", "", "the same", "4", "nobody-outside-the-home"),
        ("A at home; B at home; C at home; D; no number elsewhere", "", "the same", "4", "nobody-outside-the-home"),
        ("A at home; B at home; C at home; D at home; E elsewhere barred", "", "the same", "4",
         "nobody-outside-the-home"),
        # somebody who must not be contacted, and a number shared with them
        ("A at home barred", "", "the same", "0", NOBODY + "fewer-than-wanted"),
        ("A at home barred; B at home; C elsewhere", "", "the same", "2", "fewer-than-wanted"),
        ("A elsewhere barred; A at home", "", "the same", "0", NOBODY + "barred-number; fewer-than-wanted"),
        ("A elsewhere barred; A at home as +44", "", "the same", "0", NOBODY + "barred-number; fewer-than-wanted"),
        ("E elsewhere barred; E at home; " + FOUR, "", "the same", "4", "barred-number"),
        ("E elsewhere barred; E elsewhere barred; " + FOUR, "", "the same", "4", ""),
        ("E elsewhere barred; A elsewhere, the same person; B at home; C elsewhere", "", "the same", "2",
         "barred-number; fewer-than-wanted"),
        # numbers that cannot be read, or only by mending them
        ("see file elsewhere; A at home; B at home; C at home; D at home", "", "the same", "4",
         "nobody-outside-the-home; unreadable-number"),
        ("digits lost; " + FOUR, "", "the same", "4", "unreadable-number"),
        ("see file barred; " + FOUR, "", "the same", "4", ""),
        ("see file", "", "the same", "0", NOBODY + "unreadable-number; fewer-than-wanted"),
        ("A at home without its 0; B at home; C elsewhere; D elsewhere", "", "the same", "4", "doubtful-number"),
        ("A at home with E; B at home; C elsewhere; D elsewhere", "", "the same", "5", ""),
        ("A at home with E; B elsewhere; C elsewhere", "", "the same", "4", ""),
        ("E barred without its 0; " + FOUR, "", "the same", "4", ""),
        ("abroad elsewhere; A at home; B at home; C at home", "", "the same", "4", "overseas-number"),
        ("abroad elsewhere barred; " + FOUR, "", "the same", "4", ""),
        # a number that failed this term is no number
        (FOUR, "A wrong-number on 16 November", "the same", "3", "failed-number; fewer-than-wanted"),
        (FOUR, "A dead-number today", "the same", "3", "failed-number; fewer-than-wanted"),
        (FOUR, "A wrong-number today; A no-answer today", "the same", "3", "failed-number; fewer-than-wanted"),
        (FOUR, "A wrong-number today; B dead-number today; C dead-number today", "the same", "1",
         "fewer-than-two; failed-number; fewer-than-wanted"),
        (FOUR, "C wrong-number today; D wrong-number today", "the same", "2",
         "nobody-outside-the-home; failed-number; fewer-than-wanted"),
        ("A at home; A elsewhere; B at home; C elsewhere; D elsewhere; E elsewhere", "A dead-number today", "the same",
         "4", "failed-number; number-twice"),
        ("A elsewhere", "A dead-number today", "the same", "0", NOBODY + "failed-number; fewer-than-wanted"),
        (FOUR, "A no-answer today; B engaged today; C voicemail-full today", "the same", "4", ""),
        (FOUR, "A overseas-tone today; B refused today; C text-sent today", "the same", "4", ""),
        (FOUR, "A wrong-number today, taken back", "the same", "4", ""),
        # the term: the holiday before it belongs to it
        (FOUR, "A dead-number on 2 September", "the same", "3", "failed-number; fewer-than-wanted"),
        (FOUR, "A dead-number on 20 August", "the same", "3", "failed-number; fewer-than-wanted"),
        (FOUR, "A dead-number on 21 July", "the same", "4", ""),
        # mended, once a newer export has another number
        (FOUR, "A wrong-number on 16 November", "E at home; B at home; C elsewhere; D elsewhere", "4", ""),
        (FOUR, "A wrong-number on 16 November", "B at home; C elsewhere; D elsewhere", "3", "fewer-than-wanted"),
        (FOUR, "A wrong-number on 16 November", "A at home as +44; B at home; C elsewhere; D elsewhere", "3",
         "failed-number; fewer-than-wanted"),
        (FOUR, "A wrong-number on 16 November", "E at home; B at home; C elsewhere; D elsewhere; A elsewhere", "4",
         "failed-number"),
        (FOUR, "A wrong-number on 16 November", "A at home barred; B at home; C elsewhere; D elsewhere", "3",
         "fewer-than-wanted"),
        # a number is dead on every list that has it, whoever was rung about
        ("A at home; B at home; C elsewhere; shared elsewhere", "shared dead-number on 16 November", "the same", "3",
         "failed-number; fewer-than-wanted"),
        ("shared elsewhere; A at home; B at home; C elsewhere", "", "the same", "3",
         "failed-number; fewer-than-wanted"),
    ),
)  # fmt: skip
CALENDAR = """
[[terms]]
name = "Summer 2026"
first = "2026-04-13"
last = "2026-07-21"

[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"
"""
PEOPLE = ("Sky Moss", "Wren Moss", "Ash Lowe", "Rowan Lowe", "Lee Fell", "Jo Fell")  # by their place on the list
HEADINGS = "pupil_id,order,name,relationship,phone,lives_with,do_not_contact"
OTHER = {"no": "", "see": "see file", "digits": "7.7009E+09", "abroad": "+1 202 555 0147", "shared": "07700 900999"}
DAYS = {"today": DAY, "on 16 November": "2026-11-16", "on 2 September": "2026-09-02", "on 20 August": "2026-08-20",
        "on 21 July": "2026-07-21"}  # fmt: skip
ROWS = dict(zip(ids_of(RULES), RULES.rows, strict=True))


def _number(pupil: str, word: str) -> str:
    """A number of this pupil's own for each letter."""
    return f"07700 900{int(pupil[1:]) * 10 + 'ABCDE'.index(word):03d}"


def _phone(pupil: str, words: str) -> str:
    """The cell as it stands in the export."""
    first = words.split(maxsplit=1)[0]
    if first in OTHER:
        return OTHER[first]
    number = _number(pupil, first)
    if "as +44" in words:
        return f"+44 {number[1:]}"
    if "without its 0" in words:
        return number[1:].replace(" ", "")
    return f"{number} or {_number(pupil, 'E')}" if "with E" in words else number


def _contacts(lists: Mapping[str, str]) -> Iterable[str]:
    """The export of these lists."""
    yield HEADINGS
    for pupil, said in lists.items():
        for order, words in enumerate(filter(None, said.split("; ")), start=1):
            lives = "yes" if "at home" in words else "no" if "elsewhere" in words else ""
            barred = "yes" if "barred" in words else ""
            name = PEOPLE[0 if "the same person" in words else order - 1]
            yield f"{pupil},{order},{name},aunt,{_phone(pupil, words)},{lives},{barred}"


def _ring(school: School, pupil: str, words: str) -> None:
    """Ring one number of the pupil's list, and say how it ended."""
    call, _, then = words.partition(", ")
    number, outcome, day = call.split(" ", 2)
    place = 1 + [contact.split(maxsplit=1)[0] for contact in ROWS[pupil][0].split("; ")].index(number)
    at = f"{DAYS[day]}T09:10"
    school.say("call", pupil, "--contact", str(place), "--outcome", outcome, at=at)
    if then:
        school.say("withdraw", "last", "--why", "the wrong child", at=f"{DAYS[day]}T09:12")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """What the report says of each row's pupil, in one school that took its lists in again this morning."""
    school = School(tmp_path_factory.mktemp("gaps") / "school", calendar=CALENDAR)
    school.drop("roll.csv", plain_roll(ROWS))
    school.drop("contacts.csv", _contacts({pupil: row[0] for pupil, row in ROWS.items()}))
    assert school.type("ingest", at="2026-07-01T08:00").exit_code == 0
    for pupil, row in ROWS.items():
        for words in filter(None, row[1].split("; ")):
            _ring(school, pupil, words)
    school.drop("contacts.csv", _contacts({p: row[0] if row[2] == "the same" else row[2] for p, row in ROWS.items()}))
    school.take_in(at="09:20")
    said = school.type("report", "contact-gaps", "--format", "json", at="09:40")
    assert said.exit_code == 0, said.stderr
    return {p["pupil_id"]: p for p in json.loads(said.stdout)["pupils"]}


@pytest.mark.parametrize("pupil", ROWS, ids=named(RULES))
def test_what_a_list_lacks(pupil: str, found: dict[str, Json]) -> None:
    *_, numbers, gaps = ROWS[pupil]
    assert "; ".join(gap["gap"] for gap in found.get(pupil, {"gaps": []})["gaps"]) == gaps
    assert pupil not in found or str(found[pupil]["usable"]) == numbers


def test_every_gap_says_why_and_gives_no_number(found: dict[str, Json]) -> None:
    because = [gap["because"] for pupil in found.values() for gap in pupil["gaps"]]
    assert all(because)
    assert not [words for words in because if "900" in words or "555" in words]


def test_it_is_said_about_whom_somebody_else_was_rung(found: dict[str, Json]) -> None:
    rung, other = (pupil for pupil, row in ROWS.items() if "shared elsewhere" in row[0])
    because = {p: next(g["because"] for g in found[p]["gaps"] if g["gap"] == "failed-number") for p in (rung, other)}
    assert because[other].endswith(f", rung about {rung}")
    assert "rung about" not in because[rung]
