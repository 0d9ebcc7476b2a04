"""A web page in a mail → its words, line by line; what it quotes begins with >, as in plain text."""

from firstday_cli.intake.files.web_marks import Bracket, marks_of

NEW_LINE = frozenset({"br", "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "hr", "blockquote",
                      "body", "center", "pre", "section"})  # fmt: skip
OUTSIDE = frozenset({"p", "blockquote", "ul", "ol", "table"})  # with a blank line around them
BESIDE = frozenset({"td", "th"})
HISTORY = "-----Original Message-----"
BEGINS_HISTORY = ("divrplyfwdmsg", "outlookmessageheader", "yahoo_quoted")


def web_words(page: str) -> str:
    """The words that a reader would see. Where a head never ends, what stands in it is read too."""
    return _Words(skips_head=True).of(page) or _Words(skips_head=False).of(page)


class _Words:
    """The words as they are read: the line that is being filled, and how deep it is in a quotation."""

    def __init__(self, *, skips_head: bool) -> None:
        self.skips_head = skips_head
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes: list[bool] = []  # of each block that is open: whether it quotes, or only stands further in
        self.quoting = 0
        self.in_head = False

    def of(self, page: str) -> str:
        for mark in marks_of(page):
            if isinstance(mark, Bracket):
                self._bracket(mark)
            elif not self.in_head:
                self.line.append(mark)
        self._end_line()
        return "\n".join(self.lines).strip()

    def _bracket(self, tag: Bracket) -> None:
        if tag.name in ("head", "title"):
            self.in_head = self.skips_head and not tag.is_end
        elif tag.name == "body":
            self.in_head = False
        if tag.name in NEW_LINE:
            is_blank = tag.name == "br" and not "".join(self.line).strip()
            self._end_line()
            self.lines += [""] if is_blank else []
        elif tag.name in BESIDE:
            self.line.append(" ")
        if tag.name in OUTSIDE and self.lines and self.lines[-1]:
            self.lines.append("")
        if tag.name == "blockquote":
            self._quote(tag)
        elif tag.name in ("div", "table") and not tag.is_end and _begins_history(tag):
            self.lines.append(HISTORY)

    def _quote(self, tag: Bracket) -> None:
        if not tag.is_end:
            self.quotes.append(not _only_stands_in(tag))
            self.quoting += self.quotes[-1]
        elif self.quotes:
            self.quoting -= self.quotes.pop()

    def _end_line(self) -> None:
        words = " ".join("".join(self.line).split())
        self.line = []
        if words:
            self.lines.append(f"> {words}" if self.quoting else words)


def _begins_history(tag: Bracket) -> bool:
    said = tag.inside.casefold()
    return any(name in said for name in BEGINS_HISTORY)


def _only_stands_in(tag: Bracket) -> bool:
    """Whether a block is the writer's own, set further in: quotations have a bar beside them, or say what they are."""
    style = tag.said("style").casefold().replace(" ", "")
    return "border:none" in style and not tag.said("class") and not tag.said("type")
