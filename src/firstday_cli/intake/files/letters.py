"""Bytes of a page or a document → its text: by mark, by what it declares, else UTF-8, else Windows text."""

import codecs
import re

from firstday_cli.domain.record import record
from firstday_cli.errors import UnreadableExport

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
DECLARED = re.compile(rb"""<(?:\?xml|meta)\b[^>]*?(?:encoding|charset)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
DECLARED_WITHIN = 4096
PLAIN = re.compile(r"^(?:utf-?8.*|ascii|iso8859-\d+|cp\d+|mac-\w+|koi8-\w)$")
AS_WINDOWS = frozenset({"ascii", "iso8859-1"})  # what calls itself Latin has Windows quotes in it, as browsers know


@record
class Decoded:
    """A text, and the encoding that it was read in."""

    text: str
    encoding: str


def likely_encodings(raw: bytes) -> tuple[str, ...]:
    """The encodings worth a try, the likeliest first."""
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return (encoding,) if encoding == "utf-16" else (encoding, "cp1252")
    start = raw[:200]
    if start.count(0) * 3 > len(start):  # every other byte of Western text in UTF-16 is nought
        return ("utf-16-le", "utf-16-be") if raw[1:2] == b"\x00" else ("utf-16-be", "utf-16-le")
    return "utf-8-sig", "cp1252"


def decoded(raw: bytes, file: str, declared: str = "") -> Decoded:
    """The text of a page or document. Raises UnreadableExport where it is none."""
    likely = likely_encodings(raw)
    if likely[0] == "utf-8-sig":
        likely = (*_declared(raw, declared), *likely, "latin-1")
    for encoding in likely:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return Decoded(text=text.removeprefix("\ufeff"), encoding=encoding)
    raise UnreadableExport("is not text: it has NUL signs in it, or is cut off. Export it again.", file)


def _declared(raw: bytes, declared: str) -> tuple[str, ...]:
    found = DECLARED.search(raw[:DECLARED_WITHIN])
    name = declared or (found[1].decode("ascii") if found else "")
    try:
        known = codecs.lookup(name).name if name else ""
    except LookupError:
        return ()
    if known in AS_WINDOWS:
        return ("cp1252", "latin-1") if known == "iso8859-1" else ()
    return (known,) if PLAIN.match(known) else ()
