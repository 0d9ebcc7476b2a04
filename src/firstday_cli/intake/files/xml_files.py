"""An XML file → its tables: records, pupils, a transfer file, a workbook saved as XML."""

import re
from typing import Protocol

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.gathered import Records
from firstday_cli.intake.files.spreadsheet_xml import SavedAsXml
from firstday_cli.intake.files.table import CellTable
from firstday_cli.intake.files.transfer_file import TransferFile
from firstday_cli.intake.files.xml_nodes import Node, Walk

SHAPES = (
    "Read are records under one root element (a SIMS report, session marks), a common transfer file (CTfile), "
    "the pupils of iSAMS and a workbook saved as XML. Export it as one of these, or as CSV."
)
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how an element's name writes a blank: Legal_x0020_Surname
NO_CELLS = re.compile(r"^(?:xmlns\b|xsi:|xml:)")
ISAMS_PUPIL = (
    "Id", "SchoolId", "UPN", "Forename", "Surname", "Preferredname", "Fullname", "DOB", "Form", "NCYear", "FamilyId",
)  # fmt: skip
SPEAKS_OF_ERROR = re.compile(r"error|exception|fault|deadlock|not allowed|denied|invalid|time-?d? ?out", re.IGNORECASE)
ISAMS_ERROR = "is an error message of iSAMS, not an export: run the export again."
ANY_ERROR = "is an error message of iSAMS or of another system, not an export: run the export again."
ERROR_NAME = re.compile(r"^(?:error|exception|fault)s?$", re.IGNORECASE)
MESSAGE_NAME = re.compile(r"^(?:message|error|exception|fault|response)s?$", re.IGNORECASE)


class Shape(Protocol):
    """One shape of XML: it takes elements as they end, and has tables at the last."""

    def ended(self, around: list[Node], node: Node) -> bool:
        """Whether the element was taken, and may be let go."""

    def tables(self, root: Node) -> tuple[CellTable, ...]:
        """The tables of the whole document."""


def xml_tables(raw: bytes, file: str) -> tuple[CellTable, ...]:
    """The tables of an XML file. Raises UnreadableExport where it breaks, or is of no shape that is read."""
    reader = _Reader(file)
    root = Walk(file, reader.ended).over(raw)
    shape = reader.shape or _shape_of(root, file)
    found = shape.tables(root)
    if not found:
        raise UnreadableExport("is XML with no record in it: nothing was exported. Export it again.", file)
    return found


class _Reader:
    """Chooses the shape by the root, when the first element ends."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.shape: Shape | None = None

    def ended(self, around: list[Node], node: Node) -> bool:
        if self.shape is None:
            self.shape = _shape_of(around[0] if around else node, self.file)
        return self.shape.ended(around, node)


def _shape_of(root: Node, file: str) -> Shape:
    name = root.name.casefold()
    if name == "ctfile":
        return TransferFile(file)
    if name == "isams":
        return IsamsPupils(file)
    return SavedAsXml(file) if name == "workbook" else FlatRecords(file)


class FlatRecords:
    """Records of flat text under one root: an element's name is a heading."""

    def __init__(self, file: str) -> None:
        self.file, self.name = file, ""
        self.records = Records(file)

    def ended(self, around: list[Node], node: Node) -> bool:
        """Take every child of the root. Raises UnreadableExport where it is no flat record, or another kind."""
        if len(around) != 1:
            return False
        self._must_be_a_record(around[0], node)
        self.name = node.name
        inside = [(_heading(child.name), child.text) for child in node.children]
        beside = [(key, text) for key, text in node.attributes.items() if not NO_CELLS.match(key)]
        self.records.add([*beside, *inside])
        return True

    def _must_be_a_record(self, root: Node, node: Node) -> None:
        is_leaf = not node.children and not node.attributes
        if ERROR_NAME.match(node.name) or (is_leaf and MESSAGE_NAME.match(root.name)):
            raise UnreadableExport(ANY_ERROR, self.file)
        is_flat = not any(_is_more_than_text(child) for child in node.children) and not node.text
        if is_leaf or not is_flat or node.name != (self.name or node.name):
            raise UnreadableExport(f"is XML of a shape that is not read. {SHAPES}", self.records.at)

    def tables(self, root: Node) -> tuple[CellTable, ...]:
        """The one table. Raises UnreadableExport where the root holds text in place of records."""
        if root.text:
            said = MESSAGE_NAME.match(root.name) is not None
            raise UnreadableExport(ANY_ERROR if said else f"is XML of a shape that is not read. {SHAPES}", self.file)
        return self.records.tables("records of XML")


class IsamsPupils:
    """The current pupils of an iSAMS batch: each a record, of attributes or of elements."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.records = Records(file, ISAMS_PUPIL)

    def ended(self, around: list[Node], node: Node) -> bool:
        """Take every pupil among the current ones, and let every other branch go unread."""
        names = [outer.name.casefold() for outer in around[1:]]
        if node.name.casefold() == "pupil" and names == ["pupilmanager", "currentpupils"]:
            self.records.add((heading, _beside_or_inside(node, heading)) for heading in ISAMS_PUPIL)
            return True
        return len(around) > 1 and "currentpupils" not in names and not SPEAKS_OF_ERROR.search(node.name)

    def tables(self, root: Node) -> tuple[CellTable, ...]:
        """The pupils. Raises UnreadableExport where there are none, and says whether the file is an error message."""
        found = self.records.tables("pupils of iSAMS")
        if found:
            return found
        if root.text or any(SPEAKS_OF_ERROR.search(f"{c.name} {c.text}") or c.name == "Message" for c in root.children):
            raise UnreadableExport(ISAMS_ERROR, self.file)
        message = "is of iSAMS, and holds no current pupils: expected PupilManager, CurrentPupils, Pupil. Export these."
        raise UnreadableExport(message, self.file)


def _is_more_than_text(node: Node) -> bool:
    """Whether the element holds elements, or has its content in attributes: text alone would leave something out."""
    return bool(node.children) or (not node.text and any(not NO_CELLS.match(key) for key in node.attributes))


def _beside_or_inside(node: Node, heading: str) -> str:
    inside = node.child(heading)
    if inside is not None:
        return inside.text
    return next((text for key, text in node.attributes.items() if key.casefold() == heading.casefold()), "")


def _heading(name: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), name)
