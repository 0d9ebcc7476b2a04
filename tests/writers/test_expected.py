"""One kept page for each kind of block in each format: read by a person before it is kept (`make expected`)."""

import os
from pathlib import Path

import pytest

from firstday_cli.writers import WRITERS
from writers.blocks import every_block
from writers.rendered import pdf_as_text, workbook_as_text

EXPECTED = Path(__file__).parent / "expected"
AS_TEXT = {"pdf": pdf_as_text, "xlsx": workbook_as_text}
NAMED = {"table": "table.txt", "text": "text.txt", "pdf": "pdf.txt", "xlsx": "xlsx.txt"}


def written(format_name: str) -> str:
    """The page of every block in this format, as text."""
    content = WRITERS[format_name](every_block())
    text = AS_TEXT[format_name](content) if isinstance(content, bytes) else content
    return text.replace("\r\n", "\n")


@pytest.mark.parametrize("format_name", WRITERS)
def test_every_block_is_written_as_expected(format_name: str) -> None:
    kept = EXPECTED / f"every-block.{NAMED.get(format_name, format_name)}"
    found = written(format_name)
    if os.environ.get("FIRSTDAY_WRITE_EXPECTED"):
        kept.write_bytes(found.encode())
    assert found == kept.read_text(encoding="utf-8"), f"{kept.name} differs: `make expected` writes it anew; read it"


@pytest.mark.parametrize("format_name", ["pdf", "xlsx"])
def test_the_same_page_has_the_same_bytes(format_name: str) -> None:
    assert WRITERS[format_name](every_block()) == WRITERS[format_name](every_block())
