"""The names that stand in a text, place by place; whole names above all, whichever way round they are written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from firstday_cli.domain.messages.name_book import Ids, NameBook, NameFound, Nearness
from firstday_cli.domain.messages.words import Word
from firstday_cli.domain.record import record

NOBODY: Ids = frozenset()
NO_INITIAL = "aix"  # after a forename: “Ivy a bit better”, “Ivy i think”, a kiss


class Part(StrEnum):
    """What a name is in a message: a child it speaks of, the sender, the sender's child, or somebody else."""

    CHILD = "child"
    SENDER = "sender"
    SENDERS_CHILD = "sender's child"
    SOMEBODY_ELSE = "somebody else"


@record
class Mention:
    """One name in the text: where it stands, whom it may be, how near it is to the roll, and what part it plays.

    `others` are all pupils of any reading of these words, the nearest among them.
    """

    start: int
    end: int
    ids: Ids
    near: Nearness
    is_whole: bool
    part: Part = Part.CHILD
    shown: str = ""
    others: Ids = NOBODY


class NamesInText:
    """The words of one message and the names that begin at each; `known` are the pupils of a known sender."""

    def __init__(self, words: Sequence[Word], book: NameBook, known: Ids = NOBODY) -> None:
        self.words, self.book, self.known = words, book, known
        self._forenames: dict[int, list[NameFound]] = {}
        self._surnames: dict[int, list[NameFound]] = {}

    def key(self, place: int) -> str:
        """The word at a place, folded; blank beyond the ends."""
        return self.words[place].key if 0 <= place < len(self.words) else ""

    def shown(self, start: int, end: int) -> str:
        """The words as they are written."""
        return " ".join(word.raw for word in self.words[start:end])

    def forenames_at(self, place: int) -> list[NameFound]:
        """The forenames that begin at this word."""
        if place not in self._forenames:
            self._forenames[place] = list(self.book.forenames.at(self.words, place))
        return self._forenames[place]

    def surnames_at(self, place: int) -> list[NameFound]:
        """The surnames that begin at this word."""
        if place not in self._surnames:
            self._surnames[place] = list(self.book.surnames.at(self.words, place))
        return self._surnames[place]

    def whole_name(self, place: int) -> Mention | None:
        """A whole name that begins here: the comma decides which way round, else the forename comes first."""
        if not (self.forenames_at(place) or self.surnames_at(place) or len(self.words[place].key) == 1):
            return None
        by_comma = [*self._surname_first(place, with_comma=True)]
        forename_first = [*self._forename_first(place), *self._with_initial(place)]
        surname_first = [*self._surname_first(place, with_comma=False)]
        found = by_comma or forename_first or surname_first
        if not found:
            return None
        nearest = min(found, key=lambda m: (m.near, m.start - m.end))
        others = frozenset(p for m in (*by_comma, *forename_first, *surname_first) for p in m.ids)
        return replace(nearest, others=others)

    def _forename_first(self, place: int) -> Iterator[Mention]:
        for forename in self.forenames_at(place):
            after = place + forename.words
            for at in (after, after + 1):
                if self._is_one_name(place, after, at):
                    yield from self._joined(place, at, forename, self.surnames_at(at))

    def _with_initial(self, place: int) -> Iterator[Mention]:
        """A name of which one part is its first letter: “W Kelly”, “Nancy G”."""
        if place + 1 >= len(self.words) or not self.words[place + 1].follows_closely:
            return
        first, second = self.words[place], self.words[place + 1]
        if len(first.key) == 1 and first.is_capital and first.key != "i":
            names, letter, is_surname = self.surnames_at(place + 1), first.key, True
        elif len(second.key) == 1 and second.key.isalpha() and second.key not in NO_INITIAL:
            names, letter, is_surname = self.forenames_at(place), second.key, False
        else:
            return
        for found in (n for n in names if n.words == 1 and n.near is Nearness.EXACT):
            ids = frozenset(p for p in found.ids if self.book.begins(p, letter, is_forename=is_surname))
            if ids:
                shown = self.shown(place, place + 2)
                yield Mention(start=place, end=place + 2, ids=ids, near=Nearness.SHORT, is_whole=True, shown=shown)

    def _surname_first(self, place: int, *, with_comma: bool) -> Iterator[Mention]:
        for surname in self.surnames_at(place):
            at = place + surname.words
            follows = at < len(self.words) and self.words[at]
            if follows and (follows.follows_comma if with_comma else follows.follows_closely):
                yield from self._joined(place, at, surname, self.forenames_at(at))

    def _joined(self, place: int, at: int, first: NameFound, seconds: Iterable[NameFound]) -> Iterator[Mention]:
        for second in seconds:
            ids = first.ids & second.ids
            if ids:
                near, end = max(first.near, second.near), at + second.words
                yield Mention(start=place, end=end, ids=ids, near=near, is_whole=True, shown=self.shown(place, end))

    def _is_one_name(self, place: int, after: int, at: int) -> bool:
        """Whether the words up to this one may be one name: close together, with one middle name at most."""
        if at >= len(self.words) or any(not word.follows_closely for word in self.words[place + 1 : at + 1]):
            return False
        between = self.words[after:at]
        return not between or between[-1].is_capital or len(between[-1].key) == 1
