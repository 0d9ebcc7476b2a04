"""A web page → its tags and the text between them, in time that grows with the page and no faster.

The reader of web pages that Python has takes minutes over a page of unclosed comments.
"""

import re
from collections.abc import Iterator

PIECE = re.compile(
    r"""(?P<text>[^<]+)
    |<(?P<end>/?)(?P<name>[A-Za-z][^\s/><]*)(?P<inside>(?:[^'"><]+|"[^"]*"|'[^']*')*)(?P<closed>>?)
    |<!--.*?(?:-->|\Z)|<!\[[^>]*>?|<[!?][^>]*>?
    |(?P<lone><)""",
    re.DOTALL | re.VERBOSE,
)
ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
RAW = frozenset({"script", "style"})  # what stands in them is no mark-up


class Bracket:
    """One tag: its name, whether it ends an element, whether it is whole, and what it says of itself."""

    __slots__ = ("inside", "is_end", "is_whole", "name")

    def __init__(self, name: str, end: str, inside: str, closed: str) -> None:
        self.name, self.is_end, self.inside, self.is_whole = name, end != "", inside, closed != ""

    def said(self, name: str) -> str:
        """The value of an attribute; blank where it has none."""
        for key, value in ATTRIBUTE.findall(self.inside):
            if key.casefold() == name:
                return unescape(value.strip("\"'"))
        return ""


def marks_of(page: str) -> Iterator[Bracket | str]:
    """Every tag and every text of the page, in order; comments, scripts and styles left out."""
    at, end = 0, len(page)
    while at < end:
        found = PIECE.match(page, at)
        if found is None:  # no text is without a piece
            return
        at = found.end()
        kind = found.lastgroup
        if kind == "closed":
            name = found["name"].casefold()
            yield Bracket(name, found["end"], found["inside"], found["closed"])
            if name in RAW and not found["end"]:
                at = _end_of(page, name, at)
        elif kind:
            yield unescape(found[0])


def unescape(text: str) -> str:
    """The text with its named and numbered letters written out; as it stands where a number is beyond reason."""
    if "&" not in text:
        return text
    from html import unescape as written_out

    try:
        return written_out(text)
    except ValueError:
        return text


def _end_of(page: str, name: str, at: int) -> int:
    found = re.compile(rf"</{name}\b", re.IGNORECASE).search(page, at)
    return found.start() if found else len(page)
