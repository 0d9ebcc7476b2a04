"""Which families get a text each day, to which number, about whom, and in which words."""

import csv
import io
import json
import re

import pytest

from rules.families import CALLED, Family, school_of
from rules.school import Json, School
from rules.table import RuleTable

RULES = RuleTable(
    title="Which families get a text, to which number, about whom",
    source="Millbrook, texts to all absent families by 10:00; Guidance, step 5: a text is followed up with calls",
    columns=("children and marks", "household", "numbers in order", "what else", "texts at 09:50"),
    rows=(
        # every absent child, explained or not: two wordings
        ("Ivy N", "", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy O", "", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy I", "", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy I (a cold)", "", "mobile 1", "", "mobile 1 thanks for Ivy"),
        ("Ivy C", "", "mobile 1", "", "mobile 1 thanks for Ivy"),
        ("Ivy E", "", "mobile 1", "", "mobile 1 thanks for Ivy"),
        ("Ivy N", "", "mobile 1", "told today", "mobile 1 thanks for Ivy"),
        ("Ivy N", "", "mobile 1", "told yesterday, sick until 20:00", "mobile 1 thanks for Ivy"),
        ("Ivy N", "", "mobile 1", "a message waits", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "mobile 1", "rung, and no answer", "mobile 1 asks about Ivy"),
        ("Ivy no mark", "", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy no mark", "", "mobile 1", "found in school", "no text"),
        ("Ivy N", "", "mobile 1", "found in school", "no text"),
        ("Ivy /", "", "mobile 1", "", "no text"),
        ("Ivy L", "", "mobile 1", "", "no text"),
        ("Ivy B", "", "mobile 1", "", "no text"),
        ("Ivy X", "", "mobile 1", "", "no text"),
        ("Ivy X", "", "mobile 1", "RED", "mobile 1 thanks for Ivy"),
        ("Ivy S", "", "mobile 1", "", "no text"),
        ("Ivy J1", "", "mobile 1", "AMBER", "no text"),
        ("Ivy S", "", "mobile 1", "RED", "mobile 1 thanks for Ivy"),
        # one a family: the household, else the first number
        ("Ivy N; Tom N", "same", "mobile 1", "", "mobile 1 asks about Ivy and Tom"),
        ("Ivy N; Tom N", "", "mobile 1", "", "mobile 1 asks about Ivy and Tom"),
        ("Ivy N; Tom N; Zoë N", "same", "mobile 1", "", "mobile 1 asks about Ivy, Tom and Zoë"),
        ("Ivy C; Tom C", "same", "mobile 1", "", "mobile 1 thanks for Ivy and Tom"),
        ("Ivy N; Tom C", "same", "mobile 1", "", "mobile 1 asks about Ivy, of Tom too"),
        ("Ivy N; Tom N", "same", "mobile 1", "Tom told today", "mobile 1 asks about Ivy, of Tom too"),
        ("Ivy N; Tom /", "same", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy N; Tom S", "same", "mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy N; Tom N", "", "Ivy: mobile 1. Tom: mobile 1 as +44", "", "mobile 1 asks about Ivy and Tom"),
        # siblings with different lists: a number that is on every list, else each child's own
        ("Ivy N; Tom N", "same", "Ivy: mobile 1, mobile 2. Tom: mobile 2", "", "mobile 2 asks about Ivy and Tom"),
        (
            "Ivy N; Tom N", "same", "Ivy: landline, mobile 1. Tom: mobile 2", "",
            "mobile 1 asks about Ivy; mobile 2 asks about Tom",
        ),
        (
            "Ivy N; Tom C", "same", "Ivy: mobile 1. Tom: mobile 2", "",
            "mobile 1 asks about Ivy; mobile 2 thanks for Tom",
        ),
        (
            "Ivy N; Tom N", "same", "Ivy: mobile 1. Tom: landline", "",
            "mobile 1 asks about Ivy; no mobile number for Tom",
        ),
        (
            "Ivy N; Tom N", "", "Ivy: mobile 1, mobile 2. Tom: mobile 2, mobile 1", "",
            "mobile 1 asks about Ivy; mobile 2 asks about Tom",
        ),
        (
            "Ivy N; Tom N", "", "Ivy: landline, mobile 1, mobile 2. Tom: landline, mobile 2", "",
            "mobile 2 asks about Ivy and Tom",
        ),
        # two families who come to one mobile: one text, unless one of them has had it
        ("Ivy N; Tom N", "two", "mobile 1", "", "mobile 1 asks about Ivy and Tom"),
        ("Ivy N; Tom N", "two", "mobile 1", "texted", "mobile 1 asks about Tom; mobile 1 was texted"),
        # a number that is not to be rung gets no text, nor does anybody who shares it
        ("Ivy N", "", "mobile 1 barred, mobile 2", "", "mobile 2 asks about Ivy"),
        ("Ivy N", "", "mobile 1 barred", "", "no mobile number for Ivy"),
        ("Ivy N", "", "mobile 1, mobile 1 barred", "", "no mobile number for Ivy"),
        ("Ivy N", "", "mobile 1, mobile 1 as +44 barred, mobile 2", "", "mobile 2 asks about Ivy"),
        (
            "Ivy N; Tom N", "same", "Ivy: mobile 1. Tom: mobile 1 barred, mobile 2", "",
            "mobile 1 asks about Ivy; mobile 2 asks about Tom",
        ),
        (
            "Ivy N; Tom N", "", "Ivy: mobile 1. Tom: mobile 1 barred, mobile 2", "",
            "mobile 1 asks about Ivy; mobile 2 asks about Tom",
        ),
        (
            "Ivy N; Tom N", "same", "Ivy: mobile 1. Tom: mobile 1 barred", "",
            "mobile 1 asks about Ivy; no mobile number for Tom",
        ),
        (
            "Ivy N; Tom N", "same", "Ivy: mobile 1, mobile 2. Tom: mobile 1 barred, mobile 2", "",
            "mobile 2 asks about Ivy and Tom",
        ),
        # what can take a text
        ("Ivy N", "", "landline", "", "no mobile number for Ivy"),
        ("Ivy N", "", "landline, mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "landline called a mobile", "", "no mobile number for Ivy"),
        ("Ivy N", "", "mobile 1 called a landline", "", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "personal number 070", "", "no mobile number for Ivy"),
        ("Ivy N", "", "pager 076, mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "number abroad", "", "no mobile number for Ivy"),
        ("Ivy N", "", "number abroad, mobile 1", "", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "no number", "", "no mobile number for Ivy"),
        ("Ivy N", "", "no list", "", "no mobile number for Ivy"),
        # texted already: once a day
        ("Ivy N", "", "mobile 1", "texted", "mobile 1 was texted"),
        ("Ivy C", "", "mobile 1", "texted", "mobile 1 was texted"),
        ("Ivy N", "", "mobile 1", "texted, taken back", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "mobile 1", "a call ended with text-sent", "mobile 1 was texted"),
        ("Ivy N", "", "mobile 1", "a call ended with text-sent, taken back", "mobile 1 asks about Ivy"),
        ("Ivy N", "", "mobile 1", "texted yesterday", "mobile 1 asks about Ivy"),
        ("Ivy N; Tom N", "same", "mobile 1", "texted", "mobile 1 was texted"),
        ("Ivy N; Tom N", "", "mobile 1", "texted", "mobile 1 was texted"),
        ("Ivy N; Tom N known at 09:40", "same", "mobile 1", "texted", "mobile 1 was texted"),
        ("Ivy N; Tom N known at 09:40", "same", "mobile 1", "texted, then found in school", "mobile 1 asks about Tom"),
        (
            "Ivy N; Tom N", "same", "Ivy: mobile 1. Tom: mobile 2", "texted",
            "mobile 1 was texted; mobile 2 asks about Tom",
        ),
    ),
)  # fmt: skip

FAMILIES = {f"F{place:02d}": Family(place, row) for place, row in enumerate(RULES.rows, start=1)}
WORDING = {"asks about": "have had no message about (.*), not in", "thanks for": "for telling us about (.*)'s absence"}


def _page(school: School, *, at: str = "09:50", form: str = "json") -> str:
    said = school.type("report", "texts", "--format", form, at=at)
    assert said.exit_code == 0, said.stderr
    return said.stdout


def _in_words(answer: Json, family: str) -> str:
    """What is sent to a family, and was sent, as the table writes it."""
    parts = [_text(text) for text in answer["texts"] if any(p.startswith(family) for p in text["pupil_ids"])]
    sent = (text for text in answer["sent"] if any(p.startswith(family) for p in text["pupil_ids"]))
    parts += [f"{_label(text['phone'])} was texted" for text in sent]
    parts += [f"no mobile number for {CALLED[p[-1]]}" for p in answer["without"] if p.startswith(family)]
    return "; ".join(sorted(parts, key=lambda part: (part.startswith("no"), part))) or "no text"


def _text(text: Json) -> str:
    verb, named = next((verb, m[1]) for verb, words in WORDING.items() if (m := re.search(words, text["text"])))
    others = [name for p in text["pupil_ids"] if (name := CALLED[p[-1]]) not in named]
    return f"{_label(text['phone'])} {verb} {named}" + (f", of {' and '.join(others)} too" if others else "")


def _label(phone: str) -> str:
    return f"mobile {phone[-1]}" if phone.startswith("07700 900") else phone


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> School:
    """The families' school, up to 09:45; no test writes in it."""
    return school_of(tmp_path_factory.mktemp("texts") / "school", list(FAMILIES.values()))


@pytest.fixture(scope="module")
def answer(lived: School) -> Json:
    """The texts as of 09:50."""
    found: Json = json.loads(_page(lived))
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_who_gets_a_text(family: str, answer: Json) -> None:
    assert _in_words(answer, family) == RULES.rows[int(family[1:]) - 1][-1]


def test_a_child_without_a_mark_is_looked_for_in_school_before_its_family_gets_a_text(lived: School) -> None:
    silent = next(name for name, family in FAMILIES.items() if family.children == "Ivy no mark" and not family.known)
    assert _in_words(json.loads(_page(lived, at="09:45")), silent) == "no text"


def test_each_text_says_the_school_and_its_number_and_no_surname(answer: Json) -> None:
    for text in answer["texts"]:
        assert text["text"].startswith("Invented School: ")
        assert "01632 960001" in text["text"]
        assert not re.search(r"Row|4B|5A|ill|cold|RED|AMBER", text["text"].removeprefix("Invented School"))


def test_the_batch_has_its_headings_in_the_first_row_and_every_text_once(lived: School, answer: Json) -> None:
    heading, *rows = csv.reader(io.StringIO(_page(lived, form="csv"), newline=""))
    assert heading == ["phone number", "message"]
    assert rows == [[text["phone"], text["text"]] for text in answer["texts"]]


def test_texts_are_due_at_ten_in_the_morning_and_at_two_in_the_afternoon(lived: School, answer: Json) -> None:
    assert answer["due"][11:16] == "10:00"
    assert json.loads(_page(lived, at="13:40"))["due"][11:16] == "14:00"
    assert "OVERDUE" in _page(lived, at="10:01", form="text") and "OVERDUE" not in _page(lived, at="10:00", form="text")
