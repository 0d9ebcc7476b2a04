"""Who somebody is, in words that tell no flag: for pages that leave the office."""

from collections.abc import Iterable

from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Flag
from firstday_cli.domain.sheets.note_words import A_PROFESSIONAL

TELLING = (
    "foster", "social", "kinship", "residential", "key worker", "support worker", "probation", "youth offending",
    "care home", "children s home", "special guardian", "guardian ad litem", "virtual school",
)  # fmt: skip


def plain_relationship(words: str, flags: Iterable[Flag]) -> str:
    """The relationship as the list has it; one that tells of an agency or of a flag is named a professional's."""
    said = f" {folded(words)} "
    telling = (*TELLING, *(folded(flag.flag) for flag in flags))
    return A_PROFESSIONAL if any(f" {word} " in said for word in telling if word) else words.strip()
