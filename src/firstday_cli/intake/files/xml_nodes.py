"""An XML document → its elements, one after another as they end, so that a large one is never held whole."""

import re
from collections.abc import Callable

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import MOST_CELLS, too_large
from firstday_cli.intake.files.letters import decoded

DEEPEST = 100
DECLARATIONS = re.compile(r"^\s*(?:<\?xml\b[^>]*\?>\s*)+")  # more than one has been seen at the head of a file
DECLARES = "declares entities or a document type, which no export needs: it is not read. Export it again."
TOO_DEEP = f"nests its elements more than {DEEPEST} deep: it is no export. Export it again."


class Node:
    """One element: its name without a prefix, its attributes, its children and the text in it."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name.rpartition(":")[2]
        self.attributes = attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text that stands in the element itself."""
        return "".join(self.pieces).strip()

    def child(self, *path: str) -> "Node | None":
        """The first element at the end of this path, whatever the case of its names; None where there is none."""
        node: Node | None = self
        for name in path:
            node = next((c for c in node.children if c.name.casefold() == name.casefold()), None) if node else None
        return node

    def every(self, *path: str) -> "list[Node]":
        """Every element at the end of this path."""
        nodes = [self]
        for name in path:
            nodes = [c for node in nodes for c in node.children if c.name.casefold() == name.casefold()]
        return nodes

    def said(self, *path: str) -> str:
        """The text of the first element at the end of this path; blank where there is none."""
        node = self.child(*path)
        return node.text if node is not None else ""

    def attribute(self, name: str) -> str:
        """An attribute by its name without a prefix; blank where there is none."""
        return next((text for key, text in self.attributes.items() if key.rpartition(":")[2] == name), "")


Ended = Callable[[list[Node], Node], bool]
Began = Callable[[list[Node], Node], None]


class Walk:
    """Walks a document; each element that ends is shown with those around it, and let go where it was taken."""

    def __init__(self, file: str, ended: Ended, began: Began | None = None) -> None:
        self.file, self.ended, self.began = file, ended, began
        self.around: list[Node] = []
        self.root: Node | None = None
        self.count = 0

    def over(self, raw: bytes) -> Node:
        """The root, with every element that was not taken. Raises UnreadableExport where the document breaks."""
        from pyexpat import ExpatError, ParserCreate

        text = DECLARATIONS.sub("", decoded(raw, self.file).text, count=1)
        parser = ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(text.encode("utf-8", "replace"), True)
        except ExpatError as error:
            raise UnreadableExport(*_broken(error.lineno, self.around, self.file)) from None
        if self.root is None:
            raise UnreadableExport("is XML without an element in it. Export it again.", self.file)
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > 2 * MOST_CELLS:
            raise too_large(self.file)
        node = Node(name, attributes)
        if self.around:
            self.around[-1].children.append(node)
        else:
            self.root = node
        self.around.append(node)
        if len(self.around) > DEEPEST:
            raise UnreadableExport(TOO_DEEP, self.file)
        if self.began:
            self.began(self.around[:-1], node)

    def _end(self, name: str) -> None:
        del name
        node = self.around.pop()
        if self.ended(self.around, node) and self.around:
            self.around[-1].children.pop()

    def _text(self, text: str) -> None:
        self.around[-1].pieces.append(text)

    def _refuse(self, *said: object) -> None:
        del said
        raise UnreadableExport(DECLARES, self.file)


def _broken(line: int, around: list[Node], file: str) -> tuple[str, str]:
    if around:
        inside = f"it breaks in line {line}, while {len(around)} elements are open"
        return f"is broken XML, or is cut off: {inside}. Export it again.", f"{file}, line {line}"
    return f"is broken XML: it breaks in line {line}. Export it again.", f"{file}, line {line}"
