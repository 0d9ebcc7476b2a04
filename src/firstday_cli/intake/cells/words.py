"""One cell of text as words: tidied, compared, or as yes and no."""

import re
import unicodedata
from functools import lru_cache

from firstday_cli.domain.school_days import Half

AM = ("am", "morning", "amsession", "amreg", "amregistration", "regam", "registrationam", "morningregistration")
PM = ("pm", "afternoon", "pmsession", "pmreg", "pmregistration", "regpm", "registrationpm", "afternoonregistration")
HALVES = {**dict.fromkeys(AM, Half.AM), **dict.fromkeys(PM, Half.PM)}
YES, NO = frozenset({"yes", "y", "true", "t", "1", "x"}), frozenset({"no", "n", "false", "f", "0", ""})
ESCAPED = re.compile(r"_x([0-9a-f]{4})_", re.IGNORECASE)  # how XML element names write a blank: Legal_x0020_Surname
LONGEST_NAME = 200
CLASS_BEHIND = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
LINE_ENDS = "\n\r\t"
AS_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)  # how a spreadsheet is told to keep a number as text


def tidy(text: str) -> str:
    """The cell without outer blanks, signs that nobody sees, or what a spreadsheet puts around text."""
    text = text.strip() if text.isascii() and text.isprintable() else _visible(text).strip()
    if text[:1] == "=" and (quoted := AS_TEXT.match(text)):
        return quoted[1].strip()
    return text[1:] if text[:1] == "'" else text


def _visible(text: str) -> str:
    """The text without control codes or marks of byte order, joining and direction, every blank an ordinary one."""
    kinds = ((c, unicodedata.category(c)) for c in text)
    seen = (" " if kind == "Zs" else c for c, kind in kinds if c in LINE_ENDS or kind not in ("Cc", "Cf"))
    return unicodedata.normalize("NFC", "".join(seen))


@lru_cache(maxsize=4096)  # every layout's headings are compared with every file's, again and again
def heading_key(text: str) -> str:
    """A heading as it is compared: letters and digits only, no case."""
    plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return "".join(c for c in unicodedata.normalize("NFKC", plain).casefold() if c.isalnum())


def without_class(name: str) -> str:
    """A pupil's name without the class that some systems write behind it: Ivy Brennan (4B)."""
    return CLASS_BEHIND.sub("", name) if len(name) <= LONGEST_NAME else name


def half_named(text: str) -> Half | None:
    """The session that a word usually stands for."""
    return HALVES.get(heading_key(text))


def yes_or_no(text: str) -> bool | None:
    """Yes or no; None for any other word."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None
