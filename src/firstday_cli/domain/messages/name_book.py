"""The roll's names, arranged so that a text can be searched for them: exact, short for, or one slip away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cached_property

from firstday_cli.domain.messages.adults import PLAIN_WORDS
from firstday_cli.domain.messages.short_names import also_called, also_spelt
from firstday_cli.domain.messages.words import Word
from firstday_cli.domain.names import folded, names_of
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record

Ids = frozenset[PupilId]
LONGEST_NAME = 4  # words
SHORTEST_FOR_A_SLIP = 4  # letters
PARTICLES = frozenset({"de", "da", "di", "van", "von", "der", "den", "el", "al", "bin", "bint", "ben", "la", "le", "o"})


class Nearness(IntEnum):
    """How near a name in the text is to the roll's."""

    EXACT = 0
    SHORT = 1
    SLIP = 2


@record
class NameFound:
    """Pupils with one name that stands in the text: how many words it takes, and how near it is."""

    words: int
    ids: Ids
    near: Nearness


class Names:
    """One kind of name: forenames, or surnames."""

    def __init__(self) -> None:
        self.exact: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.short: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.other: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.of_several_words: set[str] = set()
        self.beginnings: set[str] = set()
        self._slips: dict[str, Ids] = {}

    def add(self, name: str, pupil_id: PupilId) -> None:
        """Add a name; one of several words is found written together too, and by each of its parts."""
        parts = folded(name).split()
        if not parts:
            return
        whole = "".join(parts)
        self.exact[whole].add(pupil_id)
        if len(parts) > 1 or "'" in name or "’" in name:
            self.of_several_words.add(whole)
            self.beginnings |= {whole[:n] for n in range(1, len(whole))}
        if len(parts) > 1:
            for part in (p for p in parts if p not in PARTICLES and len(p) > 1):
                self.short[part].add(pupil_id)

    @cached_property
    def _near(self) -> dict[str, set[str]]:
        """The names from which each text comes by leaving out one letter at most."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for name in (n for n in self.exact if len(n) >= SHORTEST_FOR_A_SLIP):
            for less in _with_one_left_out(name):
                found[less].add(name)
        return found

    def at(self, words: Sequence[Word], place: int) -> Iterator[NameFound]:
        """The names that begin at this word, the longest and nearest first."""
        first = words[place].key
        is_known = first in self.exact or first in self.short
        if first in PLAIN_WORDS and not is_known and first not in self.beginnings:
            return
        for length in range(min(LONGEST_NAME, len(words) - place), 1, -1) if first in self.beginnings else ():
            run = words[place : place + length]
            key = "".join(word.key for word in run[:-1]) + (run[-1].owned or run[-1].key)
            if key in self.of_several_words and all(word.follows_closely for word in run[1:]):
                yield NameFound(words=length, ids=frozenset(self.exact[key]), near=Nearness.EXACT)
        for key in _keys(words[place]):
            for near, names in ((Nearness.EXACT, self.exact), (Nearness.SHORT, self.short)):
                if key in names:
                    yield NameFound(words=1, ids=frozenset(names[key]), near=near)
        slipped = self.inexact(_keys(words[place])[0])
        if slipped:
            yield NameFound(words=1, ids=slipped, near=Nearness.SLIP)

    def knows(self, key: str) -> bool:
        """Whether some pupil has exactly this name, or is called so for short."""
        return key in self.exact or key in self.short

    def also_spelt(self, word: Word) -> Ids:
        """The pupils whose name is another spelling of this one."""
        return frozenset(p for key in _keys(word) for p in self.other.get(key, ()))

    def inexact(self, key: str) -> Ids:
        """The pupils with another spelling of this name, or a name one slip away from it."""
        if key not in self._slips:
            self._slips[key] = frozenset(self.other.get(key, set()) | self._one_letter_off(key))
        return self._slips[key]

    def _one_letter_off(self, key: str) -> set[PupilId]:
        if len(key) < SHORTEST_FOR_A_SLIP:
            return set()
        near = {name for less in _with_one_left_out(key) for name in self._near.get(less, ())} - {key}
        if not near:
            return set()
        from rapidfuzz.distance import OSA

        return {p for name in near if OSA.distance(name, key, score_cutoff=1) <= 1 for p in self.exact[name]}


class NameBook:
    """Every name of the roll, the groups and years, and who belongs to one family; made once for a roll."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.forenames, self.surnames = Names(), Names()
        self.pupils = {pupil.pupil_id: pupil for pupil in pupils}
        self.groups: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.years: defaultdict[str, set[PupilId]] = defaultdict(set)
        self._households: defaultdict[str, set[PupilId]] = defaultdict(set)
        self._whole: defaultdict[str, set[PupilId]] = defaultdict(set)
        short, spelt = also_called(), also_spelt()
        for pupil_id, pupil in self.pupils.items():
            for name in {pupil.forename, pupil.preferred_forename} - {""}:
                self._add_forename(name, pupil_id, short, spelt)
            for name in {pupil.surname, pupil.preferred_surname} - {""}:
                self.surnames.add(name, pupil_id)
            self._place(pupil)

    def _add_forename(
        self, name: str, pupil_id: PupilId, short: Mapping[str, Iterable[str]], spelt: Mapping[str, Iterable[str]]
    ) -> None:
        self.forenames.add(name, pupil_id)
        for part in {"".join(folded(name).split()), *folded(name).split()}:
            for other in short.get(part, ()):
                self.forenames.short[other].add(pupil_id)
            for other in spelt.get(part, ()):
                self.forenames.other[other].add(pupil_id)

    def _place(self, pupil: Pupil) -> None:
        """Note the pupil's class, year, household and whole name."""
        if pupil.group:
            self.groups["".join(folded(pupil.group).split())].add(pupil.pupil_id)
        if pupil.year:
            self.years[folded(pupil.year).removeprefix("year").removeprefix("y").strip()].add(pupil.pupil_id)
        if pupil.household_id:
            self._households[pupil.household_id].add(pupil.pupil_id)
        for name in names_of(pupil):
            self._whole[name].add(pupil.pupil_id)

    def household(self, pupil_id: PupilId) -> Ids:
        """The pupil's brothers and sisters on the roll, and the pupil, by household."""
        pupil = self.pupils.get(pupil_id)
        return frozenset(self._households.get(pupil.household_id, ())) | {pupil_id} if pupil else frozenset()

    def begins(self, pupil_id: PupilId, letter: str, *, is_forename: bool) -> bool:
        """Whether a forename, or a surname, of the pupil begins with this letter."""
        pupil = self.pupils[pupil_id]
        names = (pupil.forename, pupil.preferred_forename) if is_forename else (pupil.surname, pupil.preferred_surname)
        return any(folded(name).startswith(letter) for name in names)

    def has_namesake(self, pupil_id: PupilId) -> bool:
        """Whether another pupil of the roll has the same whole name, as it is or as the child is called."""
        pupil = self.pupils.get(pupil_id)
        return pupil is None or any(len(self._whole[name]) > 1 for name in names_of(pupil))


def _keys(word: Word) -> tuple[str, ...]:
    """The word as it may stand for a name: without its “'s” first."""
    if word.owned:
        return (word.owned,)
    return (word.key, word.key[:-1]) if len(word.key) > 3 and word.key.endswith("s") else (word.key,)


def _with_one_left_out(name: str) -> set[str]:
    """The name, and every text that leaves out one of its letters."""
    return {name, *(name[:n] + name[n + 1 :] for n in range(len(name)))}
