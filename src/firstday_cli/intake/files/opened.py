"""A file's bytes → its tables, by what the file is and never by what it is called."""

import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from pathlib import Path

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.letters import likely_encodings
from firstday_cli.intake.files.separated_text import TextTable
from firstday_cli.intake.files.table import Table

AS_CSV = "Export it again as CSV or .xlsx and take that in."
UNPACK = "Unpack it, and take in the files inside."
KNOWN_STARTS = {
    b"%PDF": f"is a PDF, made for paper: no rows can be read from it. {AS_CSV}",
    b"\x89PNG": f"is a picture, not an export. {AS_CSV}",
    b"\xff\xd8\xff": f"is a picture, not an export. {AS_CSV}",
    b"GIF8": f"is a picture, not an export. {AS_CSV}",
    b"SQLite format 3": f"is a database, not an export. {AS_CSV}",
    b"\x00\x01\x00\x00Standard ": f"is an Access database, not an export. {AS_CSV}",
    b"\x1f\x8b": f"is an archive (gzip), not an export. {UNPACK}",
    b"7z\xbc\xaf\x27\x1c": f"is an archive (7z), not an export. {UNPACK}",
    b"Rar!\x1a\x07": f"is an archive (rar), not an export. {UNPACK}",
    b"{\\rtf": f"is a text document (RTF), not an export. {AS_CSV}",
    b"\x09\x08\x10\x00": f"is a workbook of a very old Excel. {AS_CSV}",
    b"\x09\x08\x08\x00": f"is a workbook of a very old Excel. {AS_CSV}",
}
ZIPPED, OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
HEAD, PIECE = 4096, 1 << 20
PROLOGUE = re.compile(r"(?:\s+|<\?[^>]*>|<!--(?:(?!-->).)*+-->|<!doctype[^<>\[]*>)*+", re.IGNORECASE | re.DOTALL)
ELEMENT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?P<name>[A-Za-z_][\w.-]*)(?:\s[^<>]*)?/?>(?P<next>\s*.?)")
OF_PAGES = frozenset({"html", "head", "body", "table"})
WITH_A_TABLE = re.compile(rb"<\x00?t\x00?a\x00?b\x00?l\x00?e", re.IGNORECASE)
IN_PAGES = frozenset({"meta", "thead", "tbody", "tr", "style", "script", "title", "div", "center", "font", "link",
                      "base", "p", "h1", "h2", "h3", "span", "br", "img", "form", "main"})  # fmt: skip
SAVED_PAGE = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
HEADER_LINE = re.compile(rb"^[\w-]{2,40}:[ \t]")
MAY_BE_MAIL = re.compile(rb"From |[!-9;-~]{2,76}:")  # a quick look: most files are none
BLANK = b" \t\r\n"
NOT_TEXT = "is not text: expected a CSV file in UTF-8, UTF-16 or Windows text. Export it as CSV."
NUL_SIGNS = "is not text: it has NUL signs in it, so it is damaged or no CSV file. Export it again as CSV."


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises UnreadableExport where it cannot be opened or is empty."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise UnreadableExport(f"cannot be read: {reason}. Check the file and who may open it.", path.name) from None
    if not raw.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise UnreadableExport("is empty: nothing was exported. Export it again.", path.name)
    return raw


def tables_of(raw: bytes, file: str) -> tuple[Table, ...]:
    """Every table in these bytes, at least one. Raises UnreadableExport where there is none that can be read."""
    known = next((said for start, said in KNOWN_STARTS.items() if raw.startswith(start)), None)
    if known:
        raise UnreadableExport(known, file)
    if raw.startswith(ZIPPED):
        from firstday_cli.intake.files.containers import spans_of_workbook
        from firstday_cli.intake.files.workbooks import workbook_tables

        return workbook_tables(raw, file, spans_of_workbook(raw, file))
    if raw.startswith(OLD_OFFICE):
        from firstday_cli.intake.files.old_office import refuse_no_old_workbook
        from firstday_cli.intake.files.workbooks import workbook_tables

        refuse_no_old_workbook(raw, file)
        return workbook_tables(raw, file)
    return _tables_of_text(raw, file)


def _tables_of_text(raw: bytes, file: str) -> tuple[Table, ...]:
    start = _start_of(raw)
    if start.startswith("<"):
        kind = _kind_of_marked(start, raw)
        if kind == "page":
            from firstday_cli.intake.files.web_tables import web_tables

            return web_tables(raw, file)
        if kind == "xml":
            from firstday_cli.intake.files.xml_files import xml_tables

            return xml_tables(raw, file)
    if start.startswith(("{", "[")):
        from firstday_cli.intake.files.json_files import is_json, json_tables
        from firstday_cli.intake.files.letters import decoded

        if is_json(decoded(raw, file).text):
            return json_tables(raw, file)
    if MAY_BE_MAIL.match(raw[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(BLANK)):
        from firstday_cli.intake.files.mail_files import is_mail, mail_tables

        if is_mail(raw):
            return mail_tables(raw, file)
    if HEADER_LINE.match(raw.lstrip(BLANK)[:100]) and SAVED_PAGE.search(_headers_of(raw)):
        from firstday_cli.intake.files.web_tables import saved_page_tables

        return saved_page_tables(raw, file)
    return (text_table(raw, file),)


def _start_of(raw: bytes) -> str:
    """The first letters, without byte-order mark and blanks; as well as can be told from them alone."""
    head = raw[: HEAD * 2]
    encoding = likely_encodings(raw)[0]
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n\x00")[:HEAD]


def _kind_of_marked(start: str, raw: bytes) -> str:
    """What a text is that begins with `<`: a web page, XML, or neither, for a heading of a CSV file may be so too."""
    if re.match(r"<!doctype\s+html", start, re.IGNORECASE):
        return "page"
    prologue = PROLOGUE.match(start)
    root = ELEMENT.match(start, prologue.end() if prologue else 0)
    name = root["name"].casefold() if root else ""
    after = root["next"].strip() if root else ""
    is_cell = after[:1] in tuple(',;\t|"') and after != ""
    if not is_cell and (name in OF_PAGES or (name in IN_PAGES and WITH_A_TABLE.search(raw))):
        return "page"
    if re.match(r"<(?:\?xml|!doctype|!entity)\b", start, re.IGNORECASE):
        return "xml"
    is_document = after in ("", "<") or start.rstrip().casefold().endswith(f"{name}>")
    return "xml" if root and not is_cell and is_document else ""


def _headers_of(raw: bytes) -> bytes:
    head = raw.lstrip(BLANK)[:HEAD].replace(b"\r\n", b"\n")
    return head.partition(b"\n\n")[0]


def text_table(raw: bytes, file: str) -> TextTable:
    """The bytes as text: by byte-order mark, else UTF-8, else Windows text. Raises UnreadableExport for the rest."""
    has_nul = False
    for encoding in likely_encodings(raw):
        try:
            has_nul = any("\x00" in piece for piece in _pieces(raw, encoding))
        except UnicodeDecodeError:
            continue
        if not has_nul:
            return TextTable(file=file, raw=raw, encoding=encoding)
    raise UnreadableExport(NUL_SIGNS if has_nul else NOT_TEXT, file)


def _pieces(raw: bytes, encoding: str) -> Iterator[str]:
    """The text, piece by piece: a long file is not held as text all at once."""
    decoder, seen = getincrementaldecoder(encoding)(), memoryview(raw)
    for start in range(0, len(raw), PIECE):
        yield decoder.decode(seen[start : start + PIECE])
    yield decoder.decode(b"", final=True)
