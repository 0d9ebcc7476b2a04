"""Letters as they may be shown: nothing that hides or repaints what stands beside it."""

import unicodedata
from collections.abc import Collection
from itertools import groupby

UNSEEN = ("Cc", "Cf", "Cs")  # control, format, half a letter
NO_LETTERS = "\ufffe\uffff"  # which no file of XML may hold


def shown(text: str) -> str:
    """The text without control or invisible characters, which could hide or repaint what stands beside them."""
    return "".join(c if c == "\n" or _is_seen(c) else " " for c in text)


def _is_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN and letter not in NO_LETTERS


def is_rating(text: str) -> bool:
    """Whether a cell is the word of a rating, sure or not."""
    return text.rstrip("?") in ("RED", "AMBER", "GREEN")


def is_room(text: str) -> bool:
    """Whether a cell is nothing but room to write in."""
    return bool(text) and not text.strip("_")


def spelled_out(text: str, missing: Collection[str]) -> str:
    """The text with each run of missing letters in plain ones, in brackets: “[Wang] Li”."""
    from anyascii import anyascii

    runs = ("".join(run) for _, run in groupby(text, key=missing.__contains__))
    return "".join(f"[{anyascii(run) or '?'}]" if run[0] in missing else run for run in runs)
