"""Files made to do harm, and files damaged by chance: one plain sentence, in a moment, and never a crash."""

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from made_files import (
    changed,
    ods,
    ods_of,
    protected,
    saved_page,
    web_page,
    xls,
    xlsx,
    xml_records,
    xml_workbook,
    zipped,
)

from builders import DAY, a_roll, a_school, drop, dump, ids, process, reconcile, run
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.opened import tables_of

REGISTER = [("pupil_id", "date", "session", "mark"), ("P001", DAY, "AM", "N"), ("P002", DAY, "AM", "/")]
XLSX, XLS, ODS = (make(("Register", REGISTER)) for make in (xlsx, xls, ods))
LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
) + "]>"  # fmt: skip
PROTECTED = "is protected by a password: save it without one"


def sheet_xml(rows: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return changed(XLSX, lambda name, inside: body if name == "xl/worksheets/sheet1.xml" else inside)


def shared_xml(length: int, uses: int) -> bytes:
    """A workbook in which one long text stands in every cell."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, uses + 1))
    body = f"<sst><si><t>{'x' * length}</t></si></sst>".encode()
    return changed(sheet_xml(cells), lambda name, inside: body if name == "xl/sharedStrings.xml" else inside)


def locked_zip() -> bytes:
    raw = bytearray(zipped({"xl/workbook.xml": "x"}))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def false_size(raw: bytes, real: int, said: int) -> bytes:
    return raw.replace(real.to_bytes(4, "little"), said.to_bytes(4, "little"))


def old_office(name: str) -> bytes:
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + name.encode("utf-16-le").ljust(128, b"\0")).ljust(
        4096, b"\0"
    )


def repeated(rows: int, cells: int, text: str = "x") -> bytes:
    kind = f'table:number-columns-repeated="{cells}" office:value-type="string"'
    cell = f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return ods_of(f'<table:table table:name="A">{row}</table:table>')


EXTENT, TEXTS = b"\x00\x02\x0e\x00", b"\xfc\x00"  # how the records begin that say how much an old workbook holds


def falsely_large(record: bytes, places: slice) -> bytes:
    raw = bytearray(XLS)
    at = raw.index(record)
    raw[at + places.start : at + places.stop] = b"\xff" * (places.stop - places.start)
    return bytes(raw)


with zipfile.ZipFile(BytesIO(XLSX)) as parts:
    TEXTS_OF_XLSX = parts.read("xl/sharedStrings.xml")
HARM: dict[str, tuple[bytes, str]] = {  # the bytes, and what the sentence must say
    "a million laughs": (f"{LAUGHS}<rows><row><a>&j;</a></row></rows>".encode(), "declares entities"),
    "a million laughs after a declaration": (f"<?xml version='1.0'?>{LAUGHS}<rows/>".encode(), "declares entities"),
    "a file from elsewhere": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><s><a>&x;</a></s></r>',
        "declares entities",
    ),
    "a list from elsewhere": (
        b'<!DOCTYPE r SYSTEM "https://x.invalid/r.dtd"><r><s><a>1</a></s></r>',
        "declares entities",
    ),
    "deep xml": (b"<a>" * 300_000, "deep"),
    "deep tables": (b"<html>" + b"<table><tr><td>" * 60_000, "deep"),
    "a workbook that unpacks to 300 MB": (zipped({"xl/workbook.xml": bytes(300_000_000)}), "200 MB"),
    "ten thousand parts": (zipped({f"xl/{n}": "" for n in range(10_001)}), "10,000 parts"),
    "a part larger than it says": (
        false_size(zipped({"xl/workbook.xml": bytes(50_000_000)}), 50_000_000, 1000),
        "damaged",
    ),
    "a part smaller than it says": (false_size(XLSX, len(TEXTS_OF_XLSX), len(TEXTS_OF_XLSX) + 7), "damaged"),
    "a cell far away": (
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "5,000,000 cells",
    ),
    "a cell far away in an old workbook": (
        xls(("A", [("x",), *[()] * 65_534, (None,) * 255 + ("x",)])),
        "5,000,000 cells",
    ),
    "a row far away": (sheet_xml(f'<row r="1048576">{"<c><v>1</v></c>" * 9}</row>'), "5,000,000 cells"),
    "a cell that is repeated": (repeated(1_000_000, 16_000), "5,000,000 cells"),
    "a long cell that is repeated": (repeated(1000, 1000, "x" * 1000), "used again and again"),
    "a long text that is used again": (shared_xml(100_000, 3000), "used again and again"),
    "a cell that spans everything": (
        b"<html><table>" + b"<tr><td colspan=1000 rowspan=65534>x</td><td>y</td></tr>" * 9000 + b"</table>",
        "5,000,000 cells",
    ),
    "a cell of ten million letters": (xml_records([("a", "b"), ("x" * 10_000_000, "y")]), "131,072"),
    "such a cell on a page": (web_page([("a", "b"), ("x" * 10_000_000, "y")]), "131,072"),
    "such a cell in text": (b"pupil_id,date,session,mark\n" + b"x" * 10_000_000 + b",,,\n", "131,072"),
    "nought signs in text": (b"pupil_id,date,session,mark\nP001,\x00,AM,N\n", "NUL"),
    "nought signs in a page": (b"<html><table><tr><td>a\x00<td>b</table>", "NUL"),
    "a protected workbook": (protected(XLSX), PROTECTED),
    "a protected zip": (locked_zip(), PROTECTED),
    "a workbook that shows nothing": (xlsx(("Blank", [])), "no visible rows"),
    "a workbook that hides all": (xlsx(("Shown", []), ("Marks", REGISTER), hidden=["Marks"]), "hidden (Marks)"),
    "a Word document": (zipped({"word/document.xml": "x"}), "is a Word document"),
    "a presentation": (zipped({"ppt/presentation.xml": "x"}), "is a PowerPoint file"),
    "a zip of exports": (zipped({"register.csv": "x"}), "is a zip archive"),
    "an open text": (ods_of("", "application/vnd.oasis.opendocument.text"), "no spreadsheet"),
    "an old Word document": (old_office("WordDocument"), "is an old Word document"),
    "a message of Outlook": (old_office("__properties_version1.0"), "is an Outlook message"),
    "an old Office file": (old_office("Something"), "no workbook in it"),
    "an old workbook of billions of rows": (falsely_large(EXTENT, slice(8, 12)), "damaged"),
    "an old workbook of billions of texts": (falsely_large(TEXTS, slice(8, 12)), "damaged"),
    "a damaged old workbook": (old_office("Workbook"), "damaged"),
    "a gzip": (b"\x1f\x8b\x08" + bytes(50), "archive"),
    "a 7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "archive"),
    "a rar": (b"Rar!\x1a\x07\x01" + bytes(50), "archive"),
    "an rtf": (b"{\\rtf1 x}", "RTF"),
    "an Access database": (b"\x00\x01\x00\x00Standard Jet DB" + bytes(50), "Access"),
}


@pytest.mark.parametrize("case", HARM)
def test_a_harmful_file_is_told_in_a_moment(case: str) -> None:
    raw, words = HARM[case]
    began = time.monotonic()
    with pytest.raises(UnreadableExport) as said:
        for table in tables_of(raw, "bad.xlsx"):
            list(table.below(",", 0))
    assert time.monotonic() - began < 10  # a minute and more, or no end, where there is no limit
    assert words in said.value.message
    assert said.value.where.startswith("bad.xlsx")


def test_at_the_door_they_are_told_one_by_one_and_change_nothing(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    reconcile(school)
    before = dump(school)
    few = ("a million laughs", "a protected workbook", "a cell far away", "a zip of exports", "nought signs in text")
    drop(school, {f"bad {place}.xlsx": HARM[case][0] for place, case in enumerate(few)})
    ended = process(school, "ingest")
    assert ended.code == 20
    assert "Traceback" not in ended.err
    for place, case in enumerate(few):
        assert any(line.startswith(f"bad {place}.xlsx") and HARM[case][1] in line for line in ended.err.splitlines())
    assert dump(school) == before
    assert ids(reconcile(school)) == ["P001"]


HANGING = [
    "<!--",
    "<",
    "<a ",
    "<a x='",
    '<td x="',
    "&",
    "&#",
    "<td ",
    "</",
    "<![",
    "<table><tr><td>",
    "<td a=",
    "<script>",
    "<td" + " a" * 20,
    "<td rowspan=65534>",
    "&#" + "9" * 5000 + ";",
    "<x:a>",
    "<c r=",
    "[",
    "[[",
    "spana",
    '{"a":',
    '["',
    "{}\n",
    '"',
    ",",
    "'",
    "\t",
    "From: x\n",
    "=?",
    "Content-Type: multipart/related; boundary=x\n\n--x\n",
]
BEFORE = {
    "a page": "<html><table><tr><td>a<td>b<tr><td>",
    "a tag": "<html><table><tr><td ",
    "xml": "<?xml version='1.0'?><a>",
    "json": '[{"a":',
    "text": "",
    "a saved page": "MIME-Version: 1\nContent-Type: multipart/related; boundary=x\n\n--x\n",
}


@pytest.mark.parametrize("start", BEFORE)
def test_a_quarter_of_a_megabyte_of_one_thing_takes_no_time(start: str) -> None:
    began = time.monotonic()
    for piece in HANGING:
        end = "><td>x</table>" if start == "a tag" else ""
        read_or_told((BEFORE[start] + piece * (250_000 // len(piece)) + end).encode())
    assert time.monotonic() - began < 20  # thirty files; a single one took minutes


def read_or_told(raw: bytes) -> bool:
    """Whether the file was read; if not, one plain sentence was said."""
    try:
        for table in tables_of(raw, "bad"):
            for separator in table.separators:
                table.head(separator)
            list(table.below(table.separators[0], 0))
    except UnreadableExport as error:
        assert error.message.endswith(".")
        return False
    return True


MADE: dict[str, bytes] = {
    "xlsx": XLSX, "xls": XLS, "ods": ODS, "web page": web_page(REGISTER), "saved page": saved_page(REGISTER),
    "xml workbook": xml_workbook(REGISTER), "xml records": b"<?xml version='1.0'?>" + xml_records(REGISTER),
    "json": b'{"data": [{"pupil_id": "P001", "date": "2026-11-23", "session": "AM", "mark": "N"}]}',
    "protected": protected(XLSX),
}  # fmt: skip


@pytest.mark.parametrize("kind", MADE)
def test_flipped_bytes_never_crash(kind: str) -> None:
    dice = random.Random(20261123)  # noqa: S311 - the same flips each time
    for _ in range(200):
        raw = bytearray(MADE[kind])
        for _ in range(dice.choice((1, 1, 3, 20))):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        read_or_told(bytes(raw))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "web page", "xml workbook", "xml records", "json"])
def test_a_file_cut_off_anywhere_is_never_read(kind: str) -> None:
    whole = MADE[kind].removesuffix(b"</body></html>")
    end = len(whole) - 1
    step = max(1, end // 40)
    assert [cut for cut in range(step, end, step) if read_or_told(whole[:cut])] == []


def test_an_old_workbook_cut_off_anywhere_never_crashes() -> None:
    for cut in range(50, len(XLS), 50):
        read_or_told(XLS[:cut])


def test_a_workbook_cut_off_is_said_to_be(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    for place, cut in enumerate(range(50, len(XLSX) - 50, 1000)):
        drop(school, {f"cut {place}.xlsx": XLSX[:cut]})
    ended = run(school, "ingest")
    assert ended.code == 20
    told = [line for line in ended.err.splitlines() if line.startswith("cut ")]
    assert len(told) == place + 1
    assert all("is cut off, or still being written" in line for line in told)


def test_a_part_of_a_workbook_that_is_damaged_refuses_it_whole() -> None:
    def holds(change: Callable[[bytearray], None]) -> bool:
        raw = bytearray(XLSX)
        change(raw)
        return read_or_told(bytes(raw))

    with zipfile.ZipFile(BytesIO(XLSX)) as archive:
        at = archive.getinfo("xl/sharedStrings.xml").header_offset + 70
    assert holds(lambda raw: None)
    assert not holds(lambda raw: raw.__setitem__(at, raw[at] ^ 1))
