"""A message → its words, folded, with what stands between them; and its clauses."""

import re
from collections.abc import Sequence
from itertools import islice

from firstday_cli.domain.names import folded
from firstday_cli.domain.record import record

WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[🤒🤕🤢🤮🤧😷🌡]")
ILL_FACES = "🤒🤕🤢🤮🤧😷🌡"
ENDS = re.compile(r"[.!?;:\n()…]|\s[-–—]+\s|[\U0001F300-\U0001FAFF]")
MOST = 2000  # of one message; nobody writes more of one absence
STOPS = re.compile(r"[.!?;:\n…]|\s[-–—]+\s")
WILL = re.compile(r"^(\w+)['’`]ll$", re.IGNORECASE)
DOT_OF_A_NUMBER = re.compile(r"^[.:]$")
OWNED = re.compile(r"['’`]s$|s['’`]$", re.IGNORECASE)
BREAKS = frozenset(
    {
        "but", "however", "although", "though", "because", "so", "then", "while", "whereas", "hopefully",
        "unfortunately", "pero", "ale", "dar", "lekin",
    }
)  # fmt: skip
AFTER_AS = frozenset(
    {"she", "he", "they", "we", "i", "shes", "hes", "theyre", "im", "her", "his", "my", "the", "its", "it"}
)
JOINED_BY_AND = frozenset(
    {
        "tomorrow", "tmrw", "diarrhoea", "sickness", "vomiting", "monday", "tuesday", "wednesday", "thursday", "friday",
        "today", "the", "possibly", "probably", "maybe", "d", "e", "his", "her", "their",
    }
)  # fmt: skip


@record
class Word:
    """One word: as it is written, as it is compared, and what stands between it and the word before."""

    raw: str
    key: str
    start: int
    end: int
    gap: str
    owned: str = ""

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[:1].isupper()

    @property
    def follows_closely(self) -> bool:
        """Whether nothing but blanks or a hyphen parts it from the word before."""
        return self.gap in ("-", "‐", "‑") or not self.gap.strip(" \t\xa0")

    @property
    def follows_comma(self) -> bool:
        """Whether a lone comma parts it from the word before."""
        return self.gap.strip(" \t") == ","


def words_of(text: str) -> list[Word]:
    """The words of a message; `owned` is the name in “Ivy's”, folded."""
    found: list[Word] = []
    end = 0
    for match in islice(WORD.finditer(text), MOST):
        raw = "ill" if match[0] in ILL_FACES else match[0]
        key, owned = (raw.casefold(), "") if raw.isascii() and raw.isalnum() else _folded(raw)
        start = match.start()
        found.append(Word(raw=raw, key=key, start=start, end=match.end(), gap=text[end:start], owned=owned))
        end = match.end()
    return found


def is_read_whole(text: str) -> bool:
    """Whether a message is no longer than what is read of it."""
    return next(islice(WORD.finditer(text), MOST, None), None) is None


def _folded(raw: str) -> tuple[str, str]:
    """A word with an apostrophe or letters that English lacks, as it is compared; and the name that owns something."""
    owned = folded(OWNED.sub("", raw)) if OWNED.search(raw) else ""
    will = WILL.match(raw)  # “I'll” is not ill, and “he'll” no hell
    plain = raw.replace("’", "'").replace("`", "'")
    return f"{folded(will[1])} will" if will else folded(plain).replace(" ", ""), owned


def clauses_of(words: Sequence[Word]) -> list[range]:
    """The places of the words of each clause: parted by stops, commas, and words such as “but” and “so”."""
    starts = [place for place in range(len(words)) if place == 0 or _begins(words, place)]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], len(words)], strict=False) if a < b]


def _begins(words: Sequence[Word], place: int) -> bool:
    word, before = words[place], words[place - 1]
    is_number = word.raw[0].isdigit() and before.raw[-1].isdigit() and bool(DOT_OF_A_NUMBER.match(word.gap))
    if not is_number and (ENDS.search(word.gap) or "," in word.gap or ("/" in word.gap and not before.raw.isdigit())):
        return True
    if word.key in ("and", "&"):
        return place + 1 < len(words) and words[place + 1].key not in JOINED_BY_AND
    if word.key == "so" and before.key == "if":
        return False
    if word.key == "as":
        return place + 1 < len(words) and words[place + 1].key in AFTER_AS
    return word.key in BREAKS


def is_new_sentence(word: Word) -> bool:
    """Whether a stop or a new line stands before the word."""
    return bool(STOPS.search(word.gap))
