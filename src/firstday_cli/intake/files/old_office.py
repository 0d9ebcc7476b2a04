"""What an old Office file holds, looked at before anything is opened: a workbook, or something else."""

import struct
from collections.abc import Iterator

from firstday_cli.domain.record import record
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.containers import PROTECTED
from firstday_cli.intake.files.gathered import MOST_CELLS

KINDS = {  # the name of a stream → what to say; the first that is there counts
    "EncryptedPackage": PROTECTED,
    "WordDocument": "is an old Word document, not a workbook. Copy its table into a spreadsheet, or export as CSV.",
    "__properties_version1.0": "is an Outlook message (.msg): save the message as text or .eml, or save what is "
    "attached to it, and take that in.",
    "PowerPoint Document": "is an old PowerPoint file, not a workbook. Export the data as CSV or .xlsx.",
}
NO_WORKBOOK = (
    "is an old Office file (Excel, Word or another), and there is no workbook in it, or it is cut off. "
    "Save the export as .xlsx or CSV."
)
DAMAGED = "is a damaged workbook of an old Excel, or is cut off. Open it, save it again as .xlsx, and take that in."
ENTRY, NAME_LENGTH, START, LENGTH = 128, 64, 116, 120  # of the directory: an entry, and where its parts stand
SECTOR_SHIFTS = (9, 12)
SMALL, SMALL_SECTOR = 4096, 64  # a stream of fewer bytes stands in sectors of this size, inside the root's own
IN_HEADER, FIRST_MORE = 109, 68  # sectors of the table that the header names; where the others begin
PASSWORD, SHARED_TEXTS, EXTENT = 0x2F, 0xFC, 0x200


def refuse_no_old_workbook(raw: bytes, file: str) -> None:
    """Raise UnreadableExport where an old Office file is no workbook that can be read, and say what it is."""
    if not any(_places_of(raw, name) for name in ("Workbook", "Book")):
        raise UnreadableExport(next((said for name, said in KINDS.items() if _places_of(raw, name)), NO_WORKBOOK), file)
    try:
        _refuse_false_sizes(_workbook(raw), file)
    except (struct.error, IndexError, OverflowError):
        raise UnreadableExport(DAMAGED, file) from None


def _places_of(raw: bytes, name: str) -> list[int]:
    """Where the directory of the file names this stream; its entries stand at multiples of 128 bytes."""
    entry, found = name.encode("utf-16-le").ljust(NAME_LENGTH, b"\x00"), []
    at = raw.find(entry)
    while at >= 0:
        found += [] if at % ENTRY else [at]
        at = raw.find(entry, at + 1)
    return found


@record
class _Sectors:
    """A chain of sectors: which one follows each, what they stand in, and how large each is."""

    after: tuple[int, ...]
    inside: bytes
    size: int
    offset: int

    def stream(self, start: int) -> bytes:
        """What stands in the chain from this sector on. Raises IndexError where it leads out of the file."""
        pieces = []
        for _ in range(len(self.after) + 1):
            if start >= len(self.after):
                break
            at = self.offset + start * self.size
            pieces.append(self.inside[at : at + self.size])
            start = self.after[start]
        return b"".join(pieces)


def _workbook(raw: bytes) -> bytes:
    (shift,) = struct.unpack_from("<H", raw, 30)
    if shift not in SECTOR_SHIFTS:
        raise IndexError
    size = 1 << shift
    sectors = _Sectors(after=_after(raw, size), inside=raw, size=size, offset=size)
    at = next(at for name in ("Workbook", "Book") for at in _places_of(raw, name))
    start, length = struct.unpack_from("<II", raw, at + START)
    if length >= SMALL:
        return sectors.stream(start)[:length]
    (directory, small) = struct.unpack_from("<I8xI", raw, 48)
    (root,) = struct.unpack_from("<I", sectors.stream(directory), START)
    follows = _numbers(sectors.stream(small))
    tiny = _Sectors(after=follows, inside=sectors.stream(root), size=SMALL_SECTOR, offset=0)
    return tiny.stream(start)[:length]


def _after(raw: bytes, size: int) -> tuple[int, ...]:
    """Which sector follows each: the table's own sectors are named in the header, and in more of them where needed."""
    named = list(struct.unpack_from(f"<{IN_HEADER}I", raw, 76))
    (more,) = struct.unpack_from("<I", raw, FIRST_MORE)
    for _ in range(len(raw) // size):
        if more >= len(raw) // size:
            break
        *further, more = struct.unpack_from(f"<{size // 4}I", raw, (more + 1) * size)
        named += further
    inside = (raw[(n + 1) * size : (n + 2) * size] for n in named if n < len(raw) // size)
    return tuple(number for sector in inside for number in _numbers(sector))


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(sector) // 4}I", sector)


def _refuse_false_sizes(book: bytes, file: str) -> None:
    """Raise UnreadableExport where the workbook is protected, or says to hold what no memory would."""
    for kind, inside in _records(book):
        if kind == PASSWORD:
            raise UnreadableExport(PROTECTED, file)
        if kind == SHARED_TEXTS and struct.unpack_from("<I", inside, 4)[0] > len(book):
            raise UnreadableExport(DAMAGED, file)
        if kind == EXTENT:
            top, bottom, left, right = struct.unpack_from("<IIHH" if len(inside) > 10 else "<HHHH", inside)
            if top > bottom or left > right or (bottom - top) * (right - left) > 4 * MOST_CELLS:
                raise UnreadableExport(DAMAGED, file)


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    at, last = 0, len(book) - 4
    while at <= last:
        kind, length = struct.unpack_from("<HH", book, at)
        if kind in (PASSWORD, SHARED_TEXTS, EXTENT):
            yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length
