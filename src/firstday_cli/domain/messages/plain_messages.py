"""Which messages are so plain that a policy may let them explain by themselves, where their sender is known.

Nothing unforeseen can be meant: every word is one of a few, an illness, the child's name or class.
"""

from collections.abc import Iterable, Sequence

from firstday_cli.domain.messages.adults import TO_BE_TRUSTED
from firstday_cli.domain.messages.meanings import is_an_illness
from firstday_cli.domain.messages.name_book import NameBook
from firstday_cli.domain.messages.words import Word
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId

LONGEST = 40  # words
PLAINLY_ILL = frozenset(
    {
        "hi", "hello", "good", "morning", "dear", "sir", "madam", "is", "has", "shes", "hes", "a", "an", "the", "got",
        "not", "very", "well", "poorly", "ill", "sick", "unwell", "today", "this", "again", "still", "bad", "nasty",
        "high", "awful", "terrible", "with", "and", "she", "he", "her", "his", "feeling", "really", "so", "sorry",
        "thanks", "thank", "you", "afraid", "unfortunately", "class",
    }
)  # fmt: skip
LASTING = frozenset(  # said of children who are in school
    {
        "asthma", "eczema", "crutches", "cast", "voice", "111", "spots", "calpol", "nurofen", "antibiotics", "pale",
    }
)  # fmt: skip
BEFORE_WELL = frozenset({"not", "very", "feeling", "really"})


def is_plain(words: Sequence[Word], sender: str, pupils: Iterable[PupilId], book: NameBook) -> bool:
    """Whether these words, the signature left out, hold nothing but what is plainly said of these pupils."""
    names = {part for pupil_id in pupils for part in _name_words(pupil_id, book)}
    known = names | set(folded(sender).split()) | TO_BE_TRUSTED | book.groups.keys() | book.years.keys()
    return len(words) <= LONGEST and all(
        word.key in known or word.owned in names or is_an_illness(word.key) for word in words
    )


def is_plainly_ill(words: Sequence[Word], pupils: Iterable[PupilId], book: NameBook) -> bool:
    """Whether these words hold nothing but that these pupils are ill now, in the plainest of words."""
    names = (
        {part for pupil_id in pupils for part in _name_words(pupil_id, book)} | book.groups.keys() | book.years.keys()
    )
    for n, word in enumerate(words):
        is_illness = is_an_illness(word.key) and word.key not in LASTING
        if not (word.key in PLAINLY_ILL | names or word.owned in names or is_illness):
            return False
        if word.key == "well" and not (n and words[n - 1].key in BEFORE_WELL):
            return False
    return len(words) <= LONGEST


def _name_words(pupil_id: PupilId, book: NameBook) -> set[str]:
    pupil = book.pupils[pupil_id]
    names = (pupil.forename, pupil.surname, pupil.preferred_forename, pupil.preferred_surname)
    parts = [folded(name).split() for name in names if name]
    return {word for words in parts for word in (*words, "".join(words))}
