"""The classes, years and schools that a message names."""

import re
from collections.abc import Sequence
from itertools import pairwise

from firstday_cli.domain.messages.name_book import Ids, NameBook
from firstday_cli.domain.messages.words import Word
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record

BEFORE_A_CLASS = frozenset({"class", "form", "group", "tutor", "in", "from", "of"})
AFTER_A_CLASS, BEFORE_A_YEAR = frozenset({"class", "form"}), frozenset({"year", "yr", "y"})
SHORT_YEAR = re.compile(r"y\d\d?")
RECEPTION = ("r", "reception", "0")
LONGEST_IN_CAPITALS = 3  # letters: a class such as RB
SCHOOLS = frozenset(  # as in “Hill View Primary”
    {"primary", "academy", "infant", "infants", "junior", "juniors", "school", "college", "nursery", "preschool"}
)
NO_NAME_OF_A_SCHOOL = frozenset(  # “the School”, “High School”
    {
        "dear", "the", "our", "your", "to", "hi", "hello", "good", "high", "at", "primary", "infant", "junior", "from",
        "of", "my",
    }
)  # fmt: skip
FIGURES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
)  # fmt: skip
IN_FIGURES = {word: str(number) for number, word in enumerate(FIGURES, start=1)}


@record
class ClassesSaid:
    """The pupils of the classes and years that a text names, and whether it names a year the roll does not have."""

    ids: Ids
    is_strange: bool


def classes_said(words: Sequence[Word], book: NameBook) -> ClassesSaid:
    """The classes and years named: “4B”, “four B”, “class Oak”, “year 5”, “Y5”, “reception”."""
    found: set[PupilId] = set()
    is_strange = False
    for place, word in enumerate(words):
        before = words[place - 1].key if place else ""
        after = words[place + 1].key if place + 1 < len(words) else ""
        found |= _of_group(word, before, after, book)
        year = _year(word, before)
        if year and (year.isdigit() or year in book.years):
            found |= book.years.get(year, set())
            is_strange = is_strange or year not in book.years
        if word.key == "reception":
            found |= {p for name in RECEPTION for p in book.years.get(name, ())}
    return ClassesSaid(ids=frozenset(found), is_strange=is_strange)


def _of_group(word: Word, before: str, after: str, book: NameBook) -> set[PupilId]:
    """The pupils of a class that stands here; one that is a plain word only beside “class” or the like."""
    key = IN_FIGURES.get(word.key, word.key)
    found: set[PupilId] = set()
    for group in (g for g in (key, key + after) if g in book.groups):
        is_short = word.raw.isupper() and len(group) <= LONGEST_IN_CAPITALS
        is_marked = any(letter.isdigit() for letter in group) or is_short
        if is_marked or before in BEFORE_A_CLASS or after in AFTER_A_CLASS:
            found |= book.groups[group]
    return found


def _year(word: Word, before: str) -> str:
    if before in BEFORE_A_YEAR:
        return IN_FIGURES.get(word.key, word.key)
    return word.key[1:] if SHORT_YEAR.fullmatch(word.key) else ""


def names_another_school(words: Sequence[Word], school: str) -> bool:
    """Whether the text names a school by a name that is not ours."""
    own = set(folded(school).split())
    for before, word in pairwise(words):
        is_named = word.is_capital and before.is_capital and word.follows_closely and not before.raw.isupper()
        if word.key in SCHOOLS and is_named and before.key not in NO_NAME_OF_A_SCHOOL | own:
            return True
    return False
