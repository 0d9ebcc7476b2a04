"""Names that stand alone in a text: forenames, those that are also words, and names that are of nobody on the roll."""

import re
from dataclasses import replace

from firstday_cli.domain.messages.adults import (
    FAMILY,
    NAMES_THAT_ARE_WORDS,
    OF_ANOTHER,
    OF_THE_SENDER,
    PLAIN_WORDS,
    SAID_OF_A_CHILD,
    TITLES,
    VERBS_AFTER_A_NAME,
)
from firstday_cli.domain.messages.name_book import Ids, Nearness
from firstday_cli.domain.messages.names_in_text import Mention, NamesInText, Part
from firstday_cli.domain.messages.words import is_new_sentence

NEVER_A_NAME_IN_SMALL = frozenset({"will", "may", "so", "do", "on", "see", "an", "my", "long", "young", "man", "son"})
VERBS_OF_THEIR_OWN = frozenset({"will", "may", "so", "not", "hope"})
A_CLASS = re.compile(r"\d{1,2}[a-z]")


def forename_alone(text: NamesInText, place: int) -> Mention | None:
    """A forename without its surname that begins here; of somebody else where another's surname stands beside it."""
    word, found = text.words[place], text.forenames_at(place)
    if not found:
        return None
    names = found[0]
    ids = frozenset(p for n in found if n.words == names.words and n.near < Nearness.SLIP for p in n.ids)
    if names.near is Nearness.SLIP and not _may_be_misspelt(text, place, names.ids):
        return None
    if (word.owned or word.key) in NAMES_THAT_ARE_WORDS and not _is_used_as_a_name(text, place, ids):
        return None
    end = place + names.words
    mention = Mention(start=place, end=end, ids=ids or names.ids, near=names.near, is_whole=False, shown=word.raw)
    return _unless_of_another(text, mention)


def surname_alone(text: NamesInText, place: int) -> Mention | None:
    """A surname that begins here without a forename: “the Brennan twins”; after a forename of nobody, another's."""
    word = text.words[place]
    if not word.is_capital and text.key(place + 1) not in FAMILY:
        return None
    names = next((n for n in text.surnames_at(place) if n.near is not Nearness.SLIP), None)
    if names is None or text.book.forenames.knows(word.key) or word.key in PLAIN_WORDS:
        return None
    part = Part.SOMEBODY_ELSE if _is_a_surname_here(text, place, first=1) else Part.CHILD
    end = place + names.words
    return Mention(start=place, end=end, ids=names.ids, near=names.near, is_whole=False, shown=word.raw, part=part)


def is_strange(text: NamesInText, place: int) -> bool:
    """Whether a word is written and used as a child's name, and is no name of the roll."""
    word = text.words[place]
    name = word.owned or word.key
    is_written_so = word.is_capital and word.raw[1:].islower() and len(word.key) > 2
    is_plain = name in PLAIN_WORDS or word.key in OF_THE_SENDER or word.key in OF_ANOTHER
    is_of_an_adult = text.key(place - 1) in TITLES or text.book.surnames.knows(name)
    is_used_so = text.key(place + 1) in VERBS_AFTER_A_NAME | {"not", "off", "are"}
    return is_written_so and is_used_so and not is_plain and not is_of_an_adult


def _may_be_misspelt(text: NamesInText, place: int, ids: Ids) -> bool:
    """Whether a word one slip away from a name may be that name: written as one, and used as one."""
    word = text.words[place]
    is_written_so = word.is_capital and word.key not in PLAIN_WORDS and not word.raw.isupper()
    is_said_of = text.key(place + 1) in VERBS_AFTER_A_NAME | SAID_OF_A_CHILD
    joins = text.key(place - 1) in ("and", "or", "n") and place > 1 and text.words[place - 2].is_capital
    return is_written_so and (is_said_of or joins or bool(word.owned) or bool(ids & text.known))


def _is_used_as_a_name(text: NamesInText, place: int, ids: Ids) -> bool:
    """Whether a word such as May or Will stands for a child: with a capital, and before a verb or as an owner."""
    word, after = text.words[place], text.key(place + 1)
    if not word.is_capital:
        if word.key == "will" and after in ("wont", "isnt", "hasnt"):
            return True
        begins = place == 0 and word.key not in NEVER_A_NAME_IN_SMALL and after in VERBS_AFTER_A_NAME
        return begins or (bool(ids & text.known) and after in VERBS_AFTER_A_NAME | {"will", "not"})
    if A_CLASS.fullmatch(after) or (word.key == after == "will"):
        return True
    joins = after in ("and", "or") and place + 2 < len(text.words) and text.words[place + 2].is_capital
    is_joined = place > 1 and text.key(place - 1) in ("and", "or") and text.words[place - 2].is_capital
    is_said_of = after in SAID_OF_A_CHILD and word.key not in VERBS_OF_THEIR_OWN
    return bool(word.owned) or after in VERBS_AFTER_A_NAME or joins or is_joined or is_said_of


def _unless_of_another(text: NamesInText, mention: Mention) -> Mention:
    """The mention; as somebody else's beside a surname that no such pupil has, or after a forename that nobody has."""
    if _is_a_surname_here(text, mention.start):
        return replace(mention, part=Part.SOMEBODY_ELSE)
    if mention.end >= len(text.words) or text.words[mention.end - 1].owned:
        return mention
    word = text.words[mention.end]
    is_surname = text.book.surnames.knows(word.owned or word.key)
    is_capital = word.is_capital and len(word.key) > 2 and not word.raw.isupper()
    plain = PLAIN_WORDS | TITLES | text.book.groups.keys() | text.book.years.keys()
    is_name = not text.book.forenames.knows(word.key) and word.key not in plain and not word.key[0].isdigit()
    if word.follows_closely and is_name and (is_capital or is_surname):
        end = mention.end + 1
        return replace(mention, end=end, part=Part.SOMEBODY_ELSE, shown=text.shown(mention.start, end))
    return mention


def _is_a_surname_here(text: NamesInText, place: int, first: int = 2) -> bool:
    """Whether a word that is no name of the roll stands close before, as a forename would: “Sumaya Mia”."""
    word = text.words[place]
    if place < first or not word.follows_closely or not word.is_capital:
        return False
    before = text.words[place - 1]
    is_plain = before.key in PLAIN_WORDS or before.key in TITLES or before.key in OF_THE_SENDER
    is_written_so = before.is_capital and before.raw[1:].islower() and len(before.key) > 2
    return is_written_so and not is_plain and not before.owned and not is_new_sentence(before)
