"""What part a name plays in a message: the sender's own, a child's, that of somebody who works at the school."""

import re
from collections.abc import Sequence

from firstday_cli.domain.messages.adults import (
    ADULT_AFTER,
    BEFORE_A_SENDER,
    OF_ANOTHER,
    OF_THE_SENDER,
    SIGNING_OFF,
    SPEAKING,
    TITLES,
    VERBS_AFTER_A_NAME,
)
from firstday_cli.domain.messages.names_in_text import Mention, NamesInText, Part
from firstday_cli.domain.messages.words import Word, is_new_sentence

FIRST_WORDS = 10  # within which a sender says who it is
IT_IS = (" its", " it is", " this is", " im", " i am")
NEAR = 5  # words after a name in which it may be said to be of a grown-up
LONGEST_SIGNATURE, LONGEST_NAME, LONGEST_LINE = 6, 3, 4  # words
SHORTEST_MESSAGE = 3  # words before a signature


def part_played(text: NamesInText, m: Mention, signed_from: int) -> Part:
    """The part of a name that is of a child, of the sender, or of somebody else."""
    before, after, last = text.key(m.start - 1), text.key(m.end), text.words[m.end - 1]
    if before in TITLES or _is_an_adult(text, m.end):
        return Part.SOMEBODY_ELSE
    if last.owned or last.key.endswith("s"):
        if after in OF_THE_SENDER:
            return Part.SENDERS_CHILD
        if after in OF_ANOTHER:
            return Part.SOMEBODY_ELSE
    says_who = _says_who_writes(text, m, after) and not last.owned
    if says_who and after in ("from", "in") and _is_class(text, m.end + 1):
        return Part.CHILD
    if after in SPEAKING or says_who or m.start >= signed_from or _is_a_line_of_its_own(text, m):
        return Part.SENDER
    return Part.CHILD


def is_by_a_pupil(text: NamesInText, mentions: Sequence[Mention]) -> bool:
    """Whether a pupil writes: “it's Ifeoma from 6B”."""
    early = (m for m in mentions if m.part is Part.CHILD and m.start < FIRST_WORDS)
    return any(f" {' '.join(text.key(n) for n in range(m.start))}".endswith(IT_IS) for m in early)


def where_it_is_signed(words: Sequence[Word]) -> int:
    """The place from which the words are the sender's own name; beyond the end where nobody signed."""
    count = len(words)
    for place in range(count - 1, max(count - 2 * LONGEST_SIGNATURE, 0), -1):
        if words[place - 1].key in SIGNING_OFF and count - place <= LONGEST_SIGNATURE:
            return place
    last_stop = next((n for n in range(count - 1, 0, -1) if is_new_sentence(words[n])), count)
    is_all_names = all(w.is_capital for w in words[last_stop:])
    if 0 < count - last_stop <= LONGEST_NAME and last_stop > SHORTEST_MESSAGE and is_all_names:
        return last_stop
    last_line = next((n for n in range(count - 1, 0, -1) if "\n" in words[n].gap), count)
    is_short = 0 < count - last_line <= LONGEST_LINE and last_line > SHORTEST_MESSAGE
    is_name = all(w.is_capital or w.key in ("and", "mum", "dad", "x", "xx") for w in words[last_line:])
    return last_line if is_short and is_name else count


def _says_who_writes(text: NamesInText, m: Mention, after: str) -> bool:
    """Whether the name follows words such as “this is”, early on, and nothing is said of it as of a child."""
    introduces = " ".join(text.key(n) for n in range(max(0, m.start - 3), m.start))
    is_introduced = m.start < FIRST_WORDS and introduces.endswith(BEFORE_A_SENDER)
    return is_introduced and after not in VERBS_AFTER_A_NAME


def _is_class(text: NamesInText, place: int) -> bool:
    return text.key(place) in text.book.groups or text.key(place) in ("year", "class", "yr")


def _is_a_line_of_its_own(text: NamesInText, m: Mention) -> bool:
    """Whether the name stands alone on a line that is not the first: a signature."""
    begins = "\n" in text.words[m.start].gap and m.start > SHORTEST_MESSAGE
    return begins and (m.end == len(text.words) or "\n" in text.words[m.end].gap)


def _is_an_adult(text: NamesInText, end: int) -> bool:
    """Whether what follows the name says that it is of somebody who works at the school, or of a parent."""
    until = min(end + NEAR, len(text.words))
    stop = next((n for n in range(end + 1, until) if is_new_sentence(text.words[n])), until)
    within = [text.key(n) for n in range(end, stop)]
    opens = end < len(text.words) and bool(re.search(r"[(,]", text.words[end].gap))
    is_called = opens or within[:1] in (["the"], ["our"], ["a"])
    return is_called and any(word in ADULT_AFTER or word.removesuffix("s") in ADULT_AFTER for word in within)
