"""Whom a message in people's own words is about: one pupil or several as a proposal, a choice of several, or nobody.

A program never decides between two of one name: it proposes, with its reason, and a person says so.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from firstday_cli.domain.evidence import WORDLESS
from firstday_cli.domain.messages.adults import OF_A_MACHINE, OF_STAFF
from firstday_cli.domain.messages.classes_said import classes_said, names_another_school
from firstday_cli.domain.messages.mentions import Mentions
from firstday_cli.domain.messages.name_book import Ids, NameBook, Nearness
from firstday_cli.domain.messages.names_in_text import NOBODY, Mention, Part
from firstday_cli.domain.messages.narrowing import Narrowed, Narrowing, Sender
from firstday_cli.domain.messages.plain_messages import is_plain, is_plainly_ill
from firstday_cli.domain.messages.reading import Reader, WhatIsSaid, joined, together
from firstday_cli.domain.messages.words import words_of
from firstday_cli.domain.names import folded
from firstday_cli.domain.record import record

SEVERAL_ARE_MEANT = re.compile(
    r"\bboth (?:of (?:them|my|the)|girls|boys|children|kids|my|are|have|off|not|will|wont)\b|\bthe twins\b|\bnone of\b|"
    r"\ball (?:three|four|3|4|of (?:them|mine))\b"
)
Covers = Callable[[WhatIsSaid], bool]


class Outcome(StrEnum):
    """What a message came to: a proposal, a choice of several pupils, or nobody."""

    PROPOSED = "proposed"
    SEVERAL = "several"
    NONE = "none"


@record
class Child:
    """One child that a message names: whom it may be and why, what is said of it, whether its name is exact."""

    whom: Narrowed
    said: WhatIsSaid
    is_exact: bool


@record
class About:
    """Whom a message is about and what it says; `named` are pupils it names who are no candidates of this session.

    `is_plain` where nothing in it needs a person, but for whose it is; `is_in_doubt` where a person must look at it.
    """

    outcome: Outcome
    candidates: Ids
    because: str
    said: WhatIsSaid
    named: Ids = NOBODY
    is_plain: bool = False
    is_in_doubt: bool = False


class MessageInWords:
    """One message in people's own words, read against the roll."""

    def __init__(
        self, text: str, book: NameBook, sender: Sender, received_at: datetime, school: str = "",
        *, is_heard: bool = False,
    ) -> None:  # fmt: skip
        self.words, self.book, self.sender = words_of(text), book, sender
        self.is_wordless = text == WORDLESS or all(w.key in OF_A_MACHINE or w.key.isdecimal() for w in self.words)
        self.mentions = Mentions(self.words, book, sender.known)
        names = {n for m in self.mentions.all for n in range(m.start, m.end)}
        self.reader = Reader(
            text, self.words, received_at, is_by_a_pupil=self.mentions.is_by_a_pupil, names=names
        )  # fmt: skip
        self.classes = classes_said(self.words, book)
        self.narrowing = Narrowing(book, sender, self.classes, is_heard=is_heard)
        self.is_of_staff = any(word.key in OF_STAFF for word in self.words)
        self.is_of_another_school = names_another_school(self.words, school)

    def about(self, covers: Covers) -> About:
        """Whom the message is about, as of a session that `covers` asks after."""
        children, said = self._children(), self.reader.all_said()
        if not children:
            return self._by_sender(said, covers)
        everybody = frozenset(p for child in children for p in child.whom.ids)
        if said.danger:
            return About(
                outcome=Outcome.NONE, candidates=NOBODY, named=everybody, because=_reasons(children), said=said
            )
        away = [child for child in children if child.said.says_absent and covers(child.said)]
        if away:
            return self._absent(children, away, everybody, said)
        what = joined([child.said for child in children])
        return About(outcome=Outcome.NONE, candidates=NOBODY, named=everybody, because=_reasons(children), said=what)

    def named(self) -> Ids:
        """Every pupil whom the words name for sure, whatever they say."""
        return frozenset(p for child in self._children() if len(child.whom.ids) == 1 for p in child.whom.ids)

    def said_of(self, pupils: Ids) -> WhatIsSaid:
        """What is said of these pupils, with every danger and every doubt of the whole; all of it where none is named.

        “Tom is off sick. Ivy will be in as normal” says of Ivy that she is not away.
        """
        whole = self.reader.all_said()
        of_them = [child.said for child in self._children() if child.whom.ids & pupils]
        if not of_them:
            return whole
        said = together(of_them)
        dated = said if said.first else whole
        return replace(
            whole, is_away=said.is_away, is_ill=said.is_ill, not_now=said.not_now or whole.not_now,
            first=dated.first, last=dated.last,
        )  # fmt: skip

    def _absent(self, children: Sequence[Child], away: Sequence[Child], everybody: Ids, whole: WhatIsSaid) -> About:
        """The children who are away: proposed where each is sure, else a choice; one alone who is not sure is named."""
        ids = frozenset(p for child in away for p in child.whom.ids)
        is_sure = all(child.whom.is_sure for child in away) and not self.is_of_staff
        if len(ids) == 1 and SEVERAL_ARE_MEANT.search(" ".join(word.key for word in self.words)):
            ids = frozenset(p for one in ids for p in self.book.household(one)) | self.sender.known
            is_sure = len(ids) == 1
        outcome = Outcome.PROPOSED if is_sure else Outcome.SEVERAL if len(ids) > 1 else Outcome.NONE
        candidates = NOBODY if outcome is Outcome.NONE else ids
        return About(
            outcome=outcome, candidates=candidates, named=everybody - candidates, because=_reasons(away),
            said=replace(joined([child.said for child in away]), is_of_the_morning=whole.is_of_the_morning),
            is_plain=is_sure and self._is_plain(children, away),
        )  # fmt: skip

    def _is_plain(self, children: Sequence[Child], away: Sequence[Child]) -> bool:
        """Whether nothing in the message needs a person: exact, about nobody else, asking nothing, in plain words."""
        ids = [p for child in away for p in child.whom.ids]
        is_about_others = self.mentions.has_strangers or bool(self.mentions.of(Part.SOMEBODY_ELSE))
        says_more = bool(self.reader.all_said().not_now) or "?" in self.reader.text
        is_exact = len(away) == len(children) == 1 and away[0].is_exact
        words = self.words[: self.mentions.signed_from]
        if not is_exact or is_about_others or says_more:
            return False
        if away[0].said.is_away:
            return is_plain(words, self.sender.name, ids, self.book)
        return is_plainly_ill(words, ids, self.book)

    def _by_sender(self, said: WhatIsSaid, covers: Covers) -> About:
        """Where no child is named: whoever has the sender's number or address on the list, else by the surname."""
        found, because = self.sender.known, "by the sender, who is on the contact list"
        if not found:
            found = self._by_surname(Part.CHILD, Part.SENDERS_CHILD)
            because = "by the surname" if found else "no name or sender of it is known"
        if not found and len(alike := self._by_surname(Part.SOMEBODY_ELSE) & self.classes.ids) == 1:
            found, because = alike, "by surname and class, and another forename"
        about = About(outcome=Outcome.NONE, candidates=found, because=because, said=said)
        if self.is_wordless:
            return about
        if said.danger or not (said.says_absent and covers(said)) or self._is_of_others(found):
            return replace(about, candidates=NOBODY, named=found or self._by_surname(Part.SOMEBODY_ELSE))
        is_one = len(found) == 1
        return replace(about, outcome=Outcome.PROPOSED if is_one else Outcome.SEVERAL)

    def _is_of_others(self, found: Ids) -> bool:
        """Whether a message that names no child of the roll may be about staff, another child, or another school's."""
        names_another = self.mentions.has_strangers or bool(self.mentions.of(Part.SOMEBODY_ELSE))
        is_a_family = len(found) > 1 and not self.sender.known
        may_be_misheard = self.narrowing.is_heard or found <= self.classes.ids
        is_another = names_another and not is_a_family and not may_be_misheard
        return not found or self.is_of_staff or self.is_of_another_school or is_another

    def _by_surname(self, *parts: Part) -> Ids:
        ids = frozenset(p for m in self.mentions.surnames(*parts) for p in m.ids)
        return (ids & self.classes.ids) or ids

    def _children(self) -> list[Child]:
        """The children spoken of; brothers and sisters of one who is sure are told from others of their name."""
        mentions = [] if self.is_of_another_school else self._spoken_of()
        told = list(zip(mentions, self.reader.said_of(mentions), strict=True))
        told = [(m, said) for m, said in told if not self._is_aside(m) or said.says_absent] or told
        whom = [self.narrowing.of(m, self.words[m.start]) for m, _ in told]
        whole = {w.ids: together([s for v, (_, s) in zip(whom, told, strict=True) if v.ids == w.ids]) for w in whom}
        family = frozenset(p for w in whom if len(w.ids) == 1 for one in w.ids for p in self.book.household(one))
        return [
            Child(whom=_of_family(w, family), said=whole[w.ids], is_exact=m.near is Nearness.EXACT)
            for w, (m, _) in zip(whom, told, strict=True)
        ]

    def _is_aside(self, m: Mention) -> bool:
        """Whether a name may stand there only to say who writes, or what an earlier message was about."""
        return m.part is Part.SENDERS_CHILD or self.reader.is_of_earlier(m.start)

    def _spoken_of(self) -> list[Mention]:
        """The names of children; failing them a signature, or a forename beside a surname that only its home uses."""
        chosen = self.mentions.of(Part.CHILD, Part.SENDERS_CHILD)
        if chosen:
            return chosen
        known = self.sender.known | self.classes.ids
        signed = [m for m in self.mentions.of(Part.SENDER) if m.start >= self.mentions.signed_from and m.ids & known]
        own = folded(self.sender.name)
        by_home = [m for m in self.mentions.of(Part.SOMEBODY_ELSE) if len(m.ids & self.sender.known) == 1]
        return sorted([*(m for m in signed if folded(m.shown) != own), *by_home], key=lambda m: m.start)


def _of_family(whom: Narrowed, family: Ids) -> Narrowed:
    """The one of several pupils of a name who is of the family that the message is about."""
    if len(whom.ids) > 1 and len(whom.ids & family) == 1:
        return Narrowed(ids=whom.ids & family, because=f"{whom.because} and family", is_sure=True)
    return whom


def _reasons(children: Sequence[Child]) -> str:
    return "; ".join(dict.fromkeys(child.whom.because for child in children))
