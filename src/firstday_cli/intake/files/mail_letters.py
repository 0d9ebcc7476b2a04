"""Bytes of a mail → letters: whatever it says of its own letters, true or not, something can be read."""

import codecs
import re
from binascii import a2b_base64, a2b_qp

FITTING = re.compile(
    r"^(?:utf-?(?:7|8|16|32)\S*|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w|gb\w*|big5\S*|euc\S*|shift\S*|iso2022\S*|hz"
    r"|tis-620)$"
)
AS_WINDOWS = frozenset({"ascii", "iso8859-1"})  # what calls itself so has Windows quotes in it, as browsers know
NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bq]\?)", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_HEADER = 4000
FOUR = 4  # letters of base64 that make three bytes


def letters(raw: bytes, declared: str = "") -> str:
    """The text: as declared, else UTF-8, else Windows text with a sign for what is none."""
    if not declared and raw.isascii():
        return _seen(raw.decode("ascii"))
    for encoding in (*_known(declared), "utf-8"):
        try:
            return _seen(raw.decode(encoding))
        except (ValueError, LookupError):
            continue
    return _seen(_cut_off(raw) or raw.decode("cp1252", "replace"))


def _cut_off(raw: bytes) -> str:
    """UTF-8 whose last letter is cut off; blank where that is not all that is wrong with it."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return ""
    return "" if text.isascii() else text


def _seen(text: str) -> str:
    return UNSEEN.sub("", text.removeprefix("\ufeff"))


def _known(declared: str) -> tuple[str, ...]:
    try:
        name = codecs.lookup(declared.strip()).name if declared.isascii() and declared.strip() else ""
    except (ValueError, LookupError):
        return ()
    if name in AS_WINDOWS:
        return ("utf-8", "cp1252", "latin-1") if name == "ascii" else ("cp1252", "latin-1")
    return (name,) if FITTING.match(name) else ()


def unpacked(raw: bytes, way: str) -> bytes:
    """The bytes behind base64 or quoted-printable, as well as can be where they are broken."""
    if way == "base64":
        return _from_base64(raw)
    return a2b_qp(raw) if way == "quoted-printable" else raw


def _from_base64(raw: bytes) -> bytes:
    packed = NO_BASE64.sub(b"", raw)
    whole = packed[: len(packed) - (1 if len(packed) % FOUR == 1 else 0)]
    return a2b_base64(whole + b"=" * (-len(whole) % FOUR))


def header_text(raw: bytes) -> str:
    """A header's text: folded lines as one, words in any letters written out."""
    text = letters(raw[:LONGEST_HEADER])
    return " ".join(words_written_out(text).split())


def words_written_out(text: str) -> str:
    """The text with its encoded words as letters; a letter that stands half in one and half in the next is one."""
    if "=?" not in text:
        return text
    joined = BETWEEN_WORDS.sub(r"\1", " ".join(text.split()))
    found, at = [], 0
    for word in _runs(joined):
        found += [joined[at : word[0].start()], _written_out(word)]
        at = word[-1].end()
    return _seen("".join([*found, joined[at:]]))


def _runs(text: str) -> list[list[re.Match[str]]]:
    """The encoded words, those together that follow each other in the same letters."""
    runs: list[list[re.Match[str]]] = []
    for word in WORD.finditer(text):
        last = runs[-1][-1] if runs else None
        if last and last.end() == word.start() and last[1].casefold() == word[1].casefold():
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _written_out(words: list[re.Match[str]]) -> str:
    return letters(b"".join(map(_of_word, words)), words[0][1].partition("*")[0])


def _of_word(word: re.Match[str]) -> bytes:
    packed = word[3].encode("utf-8")
    return _from_base64(packed) if word[2].casefold() == "b" else a2b_qp(packed, header=True)
