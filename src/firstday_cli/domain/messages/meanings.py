"""What the words of a clause mean for the office: away, ill, coming after all, or a sign of danger."""

import re
from enum import StrEnum
from functools import lru_cache

from firstday_cli.domain.messages import other_languages
from firstday_cli.domain.messages.said_away import ABSENT, AT_MIDDAY, HAS_SICKNESS, ILLNESSES, UNWELL
from firstday_cli.domain.messages.said_of_danger import NOBODY_KNOWS_WHERE
from firstday_cli.domain.messages.said_otherwise import (
    DISBELIEF,
    IS_COMING,
    OF_A_CLUB,
    OF_A_RECORD,
    OFF_OTHERWISE,
    ONLY_IF,
    SENT_OFF,
    THIS_AFTERNOON,
)
from firstday_cli.domain.names import folded

KEPT = 4096
ENDING = re.compile(r"\\w[*+]$")
IS_A_PATTERN = re.compile(r"[\[(]")


class Meaning(StrEnum):
    """What a clause says of a child."""

    AWAY = "away"
    ILL = "ill"
    NOT_NOW = "not away now"
    DANGER = "danger"
    SICKNESS = "sickness or diarrhoea"


def _compiled(patterns: tuple[str, ...], elsewhere: str = "") -> re.Pattern[str]:
    """The patterns as one; words of other languages are folded as the words of messages are."""
    return re.compile("|".join((*patterns, *(rf"\b{row}\b" for row in _folded_rows(elsewhere)))))


def _folded_rows(elsewhere: str) -> list[str]:
    rows = [row for row in elsewhere.replace("\n", "").split("|") if row]
    stems = [ENDING.sub("", row) for row in rows]
    return [
        (stem if IS_A_PATTERN.search(stem) else folded(stem)) + row[len(stem) :]
        for row, stem in zip(rows, stems, strict=True)
    ]


PATTERNS = {
    Meaning.DANGER: _compiled(NOBODY_KNOWS_WHERE),
    Meaning.AWAY: _compiled(ABSENT, other_languages.AWAY),
    Meaning.NOT_NOW: _compiled(IS_COMING, other_languages.NOT_NOW),
    Meaning.ILL: _compiled(UNWELL, other_languages.ILL),
    Meaning.SICKNESS: _compiled(HAS_SICKNESS, other_languages.SICKNESS),
}
MAY_BE_UNREAL = (Meaning.AWAY, Meaning.ILL)
CONDITION, RECORD, CLUB = re.compile(ONLY_IF), re.compile(OF_A_RECORD), re.compile(OF_A_CLUB)
OFF, MIDDAY, AFTERNOON = re.compile(OFF_OTHERWISE), re.compile(AT_MIDDAY), re.compile(THIS_AFTERNOON)
SENT, DOUBTS = re.compile(SENT_OFF), re.compile(DISBELIEF)
MORNING_ALONE = re.compile(
    r"\bthis morning only\b|\b(?:only|just) (?:for )?(?:this|the) morning\b|\bhome this morning but\b"
)
ILLNESS = re.compile(ILLNESSES)


def meanings_of(clause: str) -> dict[Meaning, str]:
    """What a clause of folded words means, each with the words that say it."""
    return dict(_meanings(clause))


@lru_cache(maxsize=KEPT)  # people say the same few things: thanks, sorry, is not well today
def _meanings(clause: str) -> dict[Meaning, str]:
    matches = ((meaning, pattern.search(clause)) for meaning, pattern in PATTERNS.items())
    found = {
        meaning: match[0].strip()
        for meaning, match in matches
        if match and not (meaning in MAY_BE_UNREAL and CONDITION.search(clause[: match.start()]))
    }
    if "off" in found.get(Meaning.AWAY, "") and OFF.search(clause):
        del found[Meaning.AWAY]
    otherwise = RECORD.search(clause) or (_of_a_part(clause) if Meaning.AWAY in found else None)
    if otherwise:
        found.pop(Meaning.AWAY, None)
        found[Meaning.NOT_NOW] = otherwise[0]
    return found


def _of_a_part(clause: str) -> re.Match[str] | None:
    """The words by which a child is away from a club alone, or only for the afternoon."""
    return CLUB.search(clause) or (None if MIDDAY.search(clause) else AFTERNOON.search(clause))


def believes_in_school(text: str) -> str:
    """The words by which somebody who doubts an absence says that the child was sent; blank where there are none."""
    sent = SENT.search(text)
    return sent[0] if sent and DOUBTS.search(text) else ""


def is_the_morning_alone(text: str) -> bool:
    """Whether a child is said to be away for the morning alone, and to come at midday."""
    return MIDDAY.search(text) is not None or MORNING_ALONE.search(text) is not None


def is_an_illness(word: str) -> bool:
    """Whether a folded word alone is the name of an illness or an injury."""
    return ILLNESS.fullmatch(word) is not None
