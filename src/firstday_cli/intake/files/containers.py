"""What a zip file holds, looked at before anything is opened: a workbook, or something else."""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.far_cells import refuse_far_cells, refuse_repeated_cells, spans_of

PROTECTED = "is protected by a password: save it without one, and take that in."
CUT_OFF = "is cut off, or still being written: its end is missing. Wait till it is saved, or save it again."
DAMAGED = "is a damaged spreadsheet or zip file. Open it, save it again, and take that in."
TOO_LARGE = "would unpack to more than {most}: no export does. Export fewer days, or save it as CSV."
UNPACKED_MOST, ENTRIES_MOST, LOCKED_BIT = 200 * 1024 * 1024, 10_000, 1
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, EOFError, OSError, ValueError, LookupError,
    OverflowError,
)  # fmt: skip
NO_WORKBOOKS = {  # a part that only this kind of file has → what to say
    "word/document.xml": "is a Word document, not a workbook. Copy its table into a spreadsheet, or export as CSV.",
    "ppt/presentation.xml": "is a PowerPoint file, not a workbook. Export the data as CSV or .xlsx.",
}
ARCHIVE = "is a zip archive that holds no workbook: unpack it, and take in the files inside."
OTHER_DOCUMENT = "is an OpenDocument file, but no spreadsheet. Save its table as .ods, .xlsx or CSV."
SHEET = re.compile(r"^xl/worksheets/.*\.xml$")
SHARED = "xl/sharedstrings.xml"
Spans = Mapping[int, Sequence[tuple[tuple[int, int], tuple[int, int]]]]


def spans_of_workbook(raw: bytes, file: str) -> Spans:
    """The merged cells of a zip file that is a workbook, where the library does not tell them.

    Raises UnreadableExport where it is no workbook, is protected, damaged or cut off, or would unpack to a flood.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = _parts(archive, file)
            _refuse_no_workbook(parts, archive, file)
            return _looked_into(archive, parts, file)
    except BROKEN:
        raise UnreadableExport(DAMAGED if b"PK\x05\x06" in raw[-66_000:] else CUT_OFF, file) from None


def _parts(archive: zipfile.ZipFile, file: str) -> dict[str, zipfile.ZipInfo]:
    every = archive.infolist()
    if any(part.flag_bits & LOCKED_BIT for part in every):
        raise UnreadableExport(PROTECTED, file)
    if len(every) > ENTRIES_MOST:
        raise UnreadableExport(TOO_LARGE.format(most=f"{ENTRIES_MOST:,} parts"), file)
    if sum(part.file_size for part in every) > UNPACKED_MOST:
        raise UnreadableExport(TOO_LARGE.format(most="200 MB"), file)
    named = {part.filename.casefold().replace("\\", "/").removeprefix("/"): part for part in every}
    if len(named) != len(every) or any(part.compress_type not in USUAL for part in every):
        raise zipfile.BadZipFile
    return named


def _refuse_no_workbook(parts: dict[str, zipfile.ZipInfo], archive: zipfile.ZipFile, file: str) -> None:
    if "xl/workbook.xml" in parts or "xl/workbook.bin" in parts:
        return
    if "mimetype" in parts and "content.xml" in parts:
        if b"spreadsheet" in _unpacked(archive, parts["mimetype"]):
            return
        raise UnreadableExport(OTHER_DOCUMENT, file)
    raise UnreadableExport(next((said for part, said in NO_WORKBOOKS.items() if part in parts), ARCHIVE), file)


def _looked_into(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], file: str) -> Spans:
    """Unpack each part once: so a damaged one is known, and one that is larger than it says, before it is read."""
    sheets, shared, content = [], b"", b""
    for name, part in parts.items():
        inside = _unpacked(archive, part)
        if SHEET.match(name):
            sheets.append(inside)
        shared = inside if name == SHARED else shared
        content = inside if name == "content.xml" else content
    refuse_far_cells(sheets, shared, file)
    if not content or sheets:
        return {}
    refuse_repeated_cells(content, file)
    return spans_of(content)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    said = part.file_size
    part.file_size = said + 1  # so that one more byte than the part says it has would be seen
    unpack = archive.open
    try:
        with unpack(part) as opened:
            inside = opened.read(said + 1)
    finally:
        part.file_size = said
    if len(inside) != said:
        raise zipfile.BadZipFile
    return inside
