"""A message read clause by clause: what it says of each child it names, and of which days."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from firstday_cli.domain.messages.adults import FAMILY, OF_ANOTHER, OF_THE_SENDER, VERBS_AFTER_A_NAME
from firstday_cli.domain.messages.days_said import DaysSaid, days_said
from firstday_cli.domain.messages.meanings import Meaning, believes_in_school, is_the_morning_alone, meanings_of
from firstday_cli.domain.messages.names_in_text import Mention
from firstday_cli.domain.messages.words import Word, clauses_of, is_new_sentence
from firstday_cli.domain.record import record

FIRST_PERSON = frozenset({"i", "im", "ive", "i will", "id", "we", "weve", "were"})
OF_A_CHILD = frozenset({"he", "she", "him", "her", "they", "them", "hes", "shes", "theyre", "his", "their"})
FIRST_AWAY = re.compile(
    r"^(?:\w+ )?(?:i|im|ive|so i|sorry i) "
    r"(?:am |will |wont |cant |can |have |not |isnt |be |been |able |to |unable |also )*"
    r"(?:off|in|absent|sick|unable|make|making|coming|come|attend|ill|poorly|isolat\w*)\b"
)
CANCELS = re.compile(r"ignore|disregard|false alarm|cancel|mistake|in error|perked up")
OTHERS = OF_THE_SENDER | OF_ANOTHER | FAMILY | {"husband", "wife", "partner", "grandparent", "granddad", "boss", "car"}
IS = frozenset({"is", "has", "was", "isnt", "hasnt", "got", "died", "passed", "s", "had", "who", "not", "in", "ill"})
IN_LISTS = frozenset(
    {"and", "or", "n", "plus", "both", "also", "class", "year", "yr", "reception", "in", "form", "too"}
)
NIGHT_ENDS = 5  # who writes “tomorrow” before five has not slept yet, and means the day that has begun
BEGINS_WITH_A_DAY = re.compile(
    r"^(?:and |or |also |possibly |probably |maybe |on |until |till |to |for |from |next |the |all |rest )*"
    r"(?:mon|tue|wed|thu|fri|today|tomorrow|week|rest|two|three|\d)"
)
DAYS_ALONE = 4  # words: “tomorrow or Wednesday” belongs to what was said before it
OF_EARLIER = re.compile(r"^\s*(?:re|fw|fwd|aw|sv|odp|wg)\s*:", re.IGNORECASE)


@record
class Clause:
    """One clause: its words' places, what it means, and the days it names."""

    places: range
    means: dict[Meaning, str]
    days: DaysSaid
    is_of_days_alone: bool = False


@record
class WhatIsSaid:
    """What is said of one child, or of nobody by name: away or not, with the days, and any danger or sickness."""

    is_away: bool = False
    is_ill: bool = False
    not_now: str = ""
    danger: str = ""
    has_sickness: bool = False
    first: date | None = None
    last: date | None = None
    is_of_the_morning: bool = False

    @property
    def says_absent(self) -> bool:
        """Whether it says that the child is away, on whatever days."""
        return not self.danger and (self.is_away or (self.is_ill and not self.not_now))


def joined(said: Sequence[WhatIsSaid]) -> WhatIsSaid:
    """What is said of several children, together: the shortest days of all."""
    firsts, lasts = [s.first for s in said if s.first], [s.last for s in said if s.last]
    return WhatIsSaid(
        is_away=any(s.is_away for s in said), is_ill=any(s.is_ill for s in said),
        not_now=next((s.not_now for s in said if s.not_now), ""), has_sickness=any(s.has_sickness for s in said),
        first=max(firsts, default=None), last=min(lasts, default=None),
    )  # fmt: skip


def together(said: Sequence[WhatIsSaid]) -> WhatIsSaid:
    """What is said of one child who is named several times; the days of the first place that names any."""
    if len(said) == 1:
        return said[0]
    dated = next((s for s in said if s.first and s.says_absent), said[0])
    return WhatIsSaid(
        is_away=any(s.is_away for s in said), is_ill=any(s.is_ill for s in said),
        not_now=next((s.not_now for s in said if s.not_now), ""), danger=next((s.danger for s in said if s.danger), ""),
        has_sickness=any(s.has_sickness for s in said), first=dated.first, last=dated.last,
    )  # fmt: skip


class Reader:
    """Reads one message's clauses for whoever is mentioned."""

    def __init__(
        self, text: str, words: Sequence[Word], received_at: datetime, *, is_by_a_pupil: bool = False,
        names: Collection[int] = (),
    ) -> None:  # fmt: skip
        self.is_by_a_pupil = is_by_a_pupil
        self.text, self.words, self.received = text, words, received_at.date()
        is_night = received_at.hour < NIGHT_ENDS
        self.tomorrow = self.received if is_night else self.received + timedelta(days=1)
        self.subject_ends = len(text.split("\n", 1)[0]) if OF_EARLIER.match(text) else 0
        self.spoken = ["name" if n in names else word.key for n, word in enumerate(words)]
        self.clauses = [self._clause(places) for places in clauses_of(words)]

    def is_of_earlier(self, place: int) -> bool:
        """Whether the word stands in the subject of the message that this one answers."""
        return self.words[place].start < self.subject_ends

    def _clause(self, places: range) -> Clause:
        if self.is_of_earlier(places[0]):
            return Clause(places=places, means={}, days=DaysSaid())
        text = " ".join(self.spoken[n] for n in places)
        written = self.text[self.words[places[0]].start : self.words[places[-1]].end]
        days = days_said(text, written, self.received, self.tomorrow)
        means = _weighed(meanings_of(text), days, text, is_by_a_pupil=self.is_by_a_pupil)
        if self._is_asked(places):
            means = {m: words for m, words in means.items() if m not in (Meaning.AWAY, Meaning.ILL)}
        is_of_days_alone = len(places) <= DAYS_ALONE and bool(BEGINS_WITH_A_DAY.match(text))
        return Clause(places=places, means=means, days=days, is_of_days_alone=is_of_days_alone)

    def _is_asked(self, places: range) -> bool:
        """Whether the clause is the last of a question."""
        return (places.stop < len(self.words) and "?" in self.words[places.stop].gap) or (
            places.stop == len(self.words) and self.text.rstrip().endswith("?")
        )

    def all_said(self) -> WhatIsSaid:
        """What the message says, whoever is meant; a danger also where a doubter says that the child was sent."""
        said, whole = self._sum(self.clauses), " ".join(self.spoken)
        danger = said.danger or believes_in_school(whole)
        return replace(said, danger=danger, is_of_the_morning=is_the_morning_alone(whole))

    def said_of(self, mentions: Sequence[Mention]) -> list[WhatIsSaid]:
        """What is said of each mention: the clauses it stands in, and those after it that name nobody else."""
        shares: list[list[Clause]] = [[] for _ in mentions]
        current: list[int] = []
        unheard: list[Clause] = []
        is_open, before = False, None
        for clause in self.clauses:
            here = [n for n, m in enumerate(mentions) if m.start in clause.places]
            is_open = is_open and not is_new_sentence(self.words[clause.places[0]])
            if here:
                current = [*current, *here] if is_open else here
            if here and before is not None and self._adds_names(clause, mentions[here[0]]):
                for n in here:
                    shares[n].append(before)
            before = clause if here and clause.means else before if not clause.means else None
            if here:
                is_open = not clause.means and self._is_a_list_so_far(clause, mentions[here[-1]])
            else:
                is_open = is_open and not clause.means and self._is_a_list_so_far(clause, None)
            if not current:
                unheard.append(clause)
            for n in current:
                shares[n].append(clause)
        first = min((m.start for m in mentions), default=0)
        return [
            self._of_one(m, share, unheard if m.start == first or not any(c.means for c in share) else [])
            for m, share in zip(mentions, shares, strict=True)
        ]

    def _of_one(self, m: Mention, share: Sequence[Clause], unheard: Sequence[Clause]) -> WhatIsSaid:
        """What is said of one child; what stands before every name goes to the first, and to whoever has no other."""
        if self._is_excepted(m):
            return WhatIsSaid(not_now="not")
        if self._is_without(m):
            return WhatIsSaid(is_away=True)
        return self._sum([*unheard, *share])

    def _is_without(self, mention: Mention) -> bool:
        """Whether the school has to do without: “no Callum or Eilidh today”."""
        words = self.words
        start = next((n for n in (mention.start - 1, mention.start - 3) if n >= 0 and words[n].key == "no"), -1)
        between = [word.key for word in words[mention.end : mention.end + 4]]
        return start >= 0 and ("today" in between or "morning" in between)

    def _is_a_list_so_far(self, clause: Clause, mention: Mention | None) -> bool:
        """Whether nothing follows the name in its clause but a class: the list of names may go on."""
        start = mention.end if mention else clause.places[0]
        following = [self.words[n] for n in range(start, clause.places.stop)]
        return all(w.key in IN_LISTS or any(c.isdigit() for c in w.key) or w.raw.isupper() for w in following)

    def _is_excepted(self, mention: Mention) -> bool:
        """Whether the name is one that the sender says it is not: “Amira is off, not Amina”."""
        return mention.start > 0 and self.words[mention.start - 1].key == "not"

    def _speaking_of_days(self, clauses: Sequence[Clause]) -> list[DaysSaid]:
        """The days of the clauses that say a child is away or ill, of days alone after them, and days of return.

        Where such a clause names none, the day that stands earlier in its sentence is meant: “the dentist tomorrow, so
        she will miss the morning”.
        """
        found: list[DaysSaid] = []
        was_away, of_sentence = False, DaysSaid()
        for clause in clauses:
            of_sentence = DaysSaid() if is_new_sentence(self.words[clause.places[0]]) else of_sentence
            is_away = Meaning.AWAY in clause.means or Meaning.ILL in clause.means
            follows = was_away and not clause.means and clause.is_of_days_alone
            if is_away and clause.days == DaysSaid():
                found.append(of_sentence)
            elif is_away or follows or clause.days.returns:
                found.append(clause.days)
            of_sentence = clause.days if clause.days.first else of_sentence
            was_away = is_away or follows
        return found

    def _adds_names(self, clause: Clause, mention: Mention) -> bool:
        """Whether a clause only adds a name to what was said before: “excuse Ivy and Tom from school”."""
        keys = {self.words[n].key for n in clause.places}
        joins = self.words[clause.places[0]].key in ("and", "or", "n", "plus") or bool(keys & {"too", "also", "same"})
        following = self.words[mention.end].key if mention.end in clause.places else ""
        return joins and not clause.means and following not in VERBS_AFTER_A_NAME | {"will", "are", "can", "should"}

    def _sum(self, clauses: Sequence[Clause]) -> WhatIsSaid:
        """Several clauses together: a danger before all, then away, then what says otherwise."""
        means: dict[Meaning, str] = {}
        for clause in clauses:
            for meaning, words in clause.means.items():
                means.setdefault(meaning, words)
        if CANCELS.search(means.get(Meaning.NOT_NOW, "")):
            means.pop(Meaning.AWAY, None)
        if "better" in means.get(Meaning.NOT_NOW, "") and _fell_ill_again(clauses):
            del means[Meaning.NOT_NOW]
        first, last = _span(self._speaking_of_days(clauses), self.received)
        return WhatIsSaid(
            is_away=Meaning.AWAY in means, is_ill=Meaning.ILL in means, not_now=means.get(Meaning.NOT_NOW, ""),
            danger=means.get(Meaning.DANGER, ""), has_sickness=Meaning.SICKNESS in means, first=first, last=last,
        )  # fmt: skip


def _fell_ill_again(clauses: Sequence[Clause]) -> bool:
    """Whether an illness stands after the words that a child is better: “was much better, but was sick again”."""
    otherwise = [(n, c.means[Meaning.NOT_NOW]) for n, c in enumerate(clauses) if Meaning.NOT_NOW in c.means]
    says_more = any("better" not in words for _, words in otherwise)
    return not says_more and any(Meaning.ILL in c.means for c in clauses[otherwise[-1][0] + 1 :])


def _weighed(means: dict[Meaning, str], days: DaysSaid, text: str, *, is_by_a_pupil: bool) -> dict[Meaning, str]:
    """What the clause means once its own words and days are weighed against each other."""
    if not is_by_a_pupil and _is_of_an_adult(text):
        means = {m: words for m, words in means.items() if m not in (Meaning.ILL, Meaning.SICKNESS)}
    if not is_by_a_pupil and FIRST_AWAY.match(text) and not OF_A_CHILD & set(text.split()):
        means.pop(Meaning.AWAY, None)
    if Meaning.AWAY in means and (days.ends_this_morning or days.is_past):
        means[Meaning.NOT_NOW] = means.pop(Meaning.AWAY)
    if days.is_past:
        means.pop(Meaning.ILL, None)
    if days.returns:
        means.pop(Meaning.NOT_NOW, None)
        means.setdefault(Meaning.ILL, "back later")
    if Meaning.AWAY in means:  # “won't be coming in” says “coming in” as well
        means.pop(Meaning.NOT_NOW, None)
    elif Meaning.NOT_NOW in means:
        means.pop(Meaning.ILL, None)
    return means


def _span(spans: Iterable[DaysSaid], received: date) -> tuple[date | None, date | None]:
    """The first and last day that the clauses name together; the day before the return, where one is named."""
    spans = list(spans)
    first = min((s.first for s in spans if s.first), default=None)
    last = max((s.last for s in spans if s.last), default=None)
    back = min((s.returns for s in spans if s.returns), default=None)
    if back and back > received:
        return first if first and first < back else received, back - timedelta(days=1)
    return first, last


def _is_of_an_adult(text: str) -> bool:
    """Whether health is said of the sender or of another grown-up: “I am ill”, “her nan died”."""
    words = text.split()
    if words and words[0] in FIRST_PERSON:
        return not OF_A_CHILD & set(words)
    return any(word in OTHERS and following in IS for word, following in pairwise(words))
