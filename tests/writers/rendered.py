"""Files of other programs as text that a person can read and compare: what a PDF and a workbook hold."""

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import groupby
from zipfile import ZipFile

import pikepdf
import pypdfium2
from python_calamine import CalamineWorkbook


def pdf_as_text(content: bytes) -> str:
    """Title, language, tags and the words of each page."""
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as kept:
        about = [
            f"PDF/UA: {kept.get('pdfuaid:part', 'no')}",
            f"title: {pdf.docinfo['/Title']}", f"keywords: {pdf.docinfo['/Keywords']}", f"language: {pdf.Root.Lang}",
            f"marked: {bool(pdf.Root.MarkInfo.Marked)}", f"tags: {' '.join(_runs(_tags(pdf.Root.StructTreeRoot)))}",
        ]  # fmt: skip
    pages = [_words(page) for page in pypdfium2.PdfDocument(content)]
    return "\n".join([*about, *(f"\n--- page {n}\n{text}" for n, text in enumerate(pages, start=1)), ""])


def workbook_as_text(content: bytes) -> str:
    """Each sheet's cells as text, and what is frozen, filtered and repeated; formulas would show."""
    found = [f"formulas: {_formulas(content)}"]
    for sheet in CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names:
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()
        found += [f"\n--- {sheet}", *(" | ".join(_cell(cell) for cell in row).rstrip(" |") for row in rows)]
    with ZipFile(BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            if name.startswith("xl/worksheets/sheet"):
                xml = parts.read(name).decode()
                kept = re.findall(r"<(?:pane|autoFilter|pageSetup)[^>]*>", xml)
                found.append(f"{name}: {' '.join(kept)}")
    return "\n".join([*found, ""])


def formulas_in(content: bytes) -> list[str]:
    """Every live formula and link of a workbook."""
    with ZipFile(BytesIO(content)) as parts:
        texts = (parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
        return [found for text in texts for found in re.findall(r"<f>.*?</f>|<hyperlink [^>]*>", text)]


def _formulas(content: bytes) -> str:
    return "; ".join(formulas_in(content)) or "none"


def _cell(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell).replace("\n", " / ")


def _words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_bounded().replace("\r\n", "\n")
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _tags(node: pikepdf.Object) -> Iterable[str]:
    if isinstance(node, pikepdf.Array):
        for kid in node:
            yield from _tags(kid)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and "/P" in node:
            yield str(node.S).lstrip("/")
        if "/K" in node:
            yield from _tags(node.K)


def _runs(tags: Iterable[str]) -> list[str]:
    return [f"{tag}×{many}" if (many := len(list(run))) > 1 else tag for tag, run in groupby(tags)]
