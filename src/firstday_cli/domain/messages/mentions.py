"""Where a message names children: in full, by forename, in a list that shares a surname; and who else is named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from firstday_cli.domain.messages.lone_names import forename_alone, is_strange, surname_alone
from firstday_cli.domain.messages.name_book import Ids, NameBook
from firstday_cli.domain.messages.names_in_text import NOBODY, Mention, NamesInText, Part
from firstday_cli.domain.messages.parts_played import is_by_a_pupil, part_played, where_it_is_signed
from firstday_cli.domain.messages.words import Word

JOINS = frozenset({"and", "n", "plus", "or", "y", "i", "si"})
MOST = 60  # names of one message
ENDS_A_LIST = re.compile(r"[.!?\n;]")


class Mentions:
    """Every name in one message, in the order of the text, with what part it plays."""

    def __init__(self, words: Sequence[Word], book: NameBook, known: Ids = NOBODY) -> None:
        self.text = NamesInText(words, book, known)
        self.signed_from = where_it_is_signed(words)
        self.all = self._with_shared_surnames(self._found())
        self.is_by_a_pupil = is_by_a_pupil(self.text, self.all)
        self.has_strangers = self._has_strangers()
        self.are_all = len(self.all) < MOST

    def of(self, *parts: Part) -> list[Mention]:
        """The mentions that play one of these parts."""
        return [m for m in self.all if m.part in parts]

    def surnames(self, *parts: Part) -> list[Mention]:
        """Surnames that stand alone and play one of these parts."""
        found = (surname_alone(self.text, place) for place in range(len(self.text.words)))
        placed = (self._placed(mention) for mention in found if mention)
        return [m for m in placed if m.part in parts]

    def _found(self) -> list[Mention]:
        found: list[Mention] = []
        place = 0
        while place < len(self.text.words) and len(found) < MOST:
            mention = self.text.whole_name(place) or forename_alone(self.text, place)
            found += [self._placed(mention)] if mention else []
            place = mention.end if mention else place + 1
        return found

    def _has_strangers(self) -> bool:
        """Whether a word stands as a child's name that is no name of the roll."""
        taken = {n for m in self.all for n in range(m.start, m.end)}
        return any(is_strange(self.text, n) for n in range(self.signed_from) if n not in taken)

    def _placed(self, mention: Mention) -> Mention:
        if mention.part is not Part.CHILD:
            return mention
        return replace(mention, part=part_played(self.text, mention, self.signed_from))

    def _with_shared_surnames(self, found: list[Mention]) -> list[Mention]:
        """Forenames before a whole name in one list take its surname: “Ivy, Tom and Zoë Brennan”."""
        for n in range(len(found) - 2, -1, -1):
            one, following = found[n], found[n + 1]
            if one.is_whole or not following.is_whole or not self._is_a_list(one.end, following.start):
                continue
            same_surname = {p for name in self.text.surnames_at(following.end - 1) for p in name.ids}
            shared = one.ids & (same_surname | {p for i in following.ids for p in self.text.book.household(i)})
            if shared:
                found[n] = replace(one, ids=frozenset(shared), is_whole=True, part=following.part)
        return found

    def _is_a_list(self, start: int, end: int) -> bool:
        between = (word.key for word in self.text.words[start:end])
        gaps = "".join(word.gap for word in self.text.words[start : end + 1])
        return all(key in JOINS for key in between) and not ENDS_A_LIST.search(gaps)
