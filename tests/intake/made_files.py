"""Plain builders for exports that are no text: workbooks, web pages, XML. Every person in them is invented."""

import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from html import escape
from io import BytesIO
from typing import Any

import msoffcrypto.format.ooxml
import xlsxwriter
import xlwt

from firstday_cli.intake.files.opened import tables_of

Rows = Sequence[Sequence[Any]]
FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm", timedelta: "[h]:mm"}


def xlsx(*sheets: tuple[str, Rows], hidden: Iterable[str] = (), merged: Sequence[Any] = (), **options: Any) -> bytes:
    """An .xlsx with these sheets; `merged` are ranges of the first sheet with their text."""
    held = BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, **options})
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
    for name, rows in sheets or (("Sheet1", ()),):
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value, formats.get(type(value)))
        if name in hidden:
            sheet.hide()
    for *corners, text in merged:
        book.worksheets()[0].merge_range(*corners, text)
    book.close()
    return held.getvalue()


def xls(*sheets: tuple[str, Rows], hidden: Iterable[str] = (), merged: Sequence[Any] = (), date_1904: int = 0) -> bytes:
    """An .xls with these sheets."""
    book = xlwt.Workbook()
    book.dates_1904 = date_1904
    for name, rows in sheets:
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    shown = FORMATS.get(type(value), "General")
                    sheet.write(number, place, value, xlwt.easyxf(num_format_str=shown))
    for top, left, bottom, right, text in merged:
        book.get_sheet(0).write_merge(top, bottom, left, right, text)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in ("office", "table", "text"))


def ods_of(body: str, mimetype: str = ODS) -> bytes:
    """An .ods with this body."""
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    content = f"<office:document-content {SPACES}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
    return zipped(
        {
            "mimetype": mimetype,
            "META-INF/manifest.xml": f"<manifest:manifest {space}>{entry}</manifest:manifest>",
            "content.xml": f"{content}</office:body></office:document-content>",
        }
    )


def ods(*sheets: tuple[str, Rows]) -> bytes:
    """An .ods with these sheets; a cell that is a pair is a text and how many rows it spans."""
    body = ""
    for name, rows in sheets:
        lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        body += f'<table:table table:name="{name}">{lines}</table:table>'
    return ods_of(body)


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    text, spans = value if isinstance(value, tuple) else (value, 1)
    more = f' table:number-rows-spanned="{spans}"' if spans > 1 else ""
    if isinstance(text, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{text.isoformat()}"{more}/>'
    kind = "string" if isinstance(text, str) else "float"
    value_said = "" if kind == "string" else f' office:value="{text}"'
    shown = f"<text:p>{escape(str(text))}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{value_said}{more}>{shown}</table:table-cell>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def changed(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A zip file with each part changed."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return zipped({name: change(name, archive.read(name)) for name in archive.namelist()})


def protected(raw: bytes) -> bytes:
    """The workbook, protected by a password."""
    held = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(raw)).encrypt("a password", held)
    return held.getvalue()


def web_page(rows: Rows) -> bytes:
    """A web page with one table."""
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(v))}</td>' for v in row)}</tr>" for row in rows)
    return f"<html><head><meta charset=utf-8></head><body><table>{lines}</table></body></html>".encode()


def saved_page(rows: Rows) -> bytes:
    """A web page saved whole, as Excel and browsers do."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_next"\r\n\r\nMulti-part\r\n--=_next\r\n'
    kind = 'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    return head.encode() + kind.encode() + web_page(rows) + b"\r\n--=_next--\r\n"


def xml_workbook(rows: Rows) -> bytes:
    """A workbook saved as XML."""
    before, after = '<Cell><Data ss:Type="String">', "</Data></Cell>"
    lines = "".join(f"<Row>{''.join(before + escape(str(v)) + after for v in row)}</Row>" for row in rows)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
    return f'{head}<Worksheet ss:Name="Export"><Table>{lines}</Table></Worksheet></Workbook>'.encode()


def xml_records(rows: Rows) -> bytes:
    """Records of XML."""
    heading, *records = rows
    each = (zip(heading, record, strict=True) for record in records)
    body = "".join(f"<Record>{''.join(f'<{h}>{escape(str(v))}</{h}>' for h, v in one)}</Record>" for one in each)
    return f"<SuperStarReport>{body}</SuperStarReport>".encode()


Shown = dict[str, list[tuple[str, ...]]]


def read(raw: bytes, file: str = "x") -> Shown:
    """Every table of the file as its rows of text, blanks at the end left out."""
    return {table.file: [_row(row.cells) for row in table.head("")] for table in tables_of(raw, file)}


def _row(cells: Sequence[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return tuple(cells)
