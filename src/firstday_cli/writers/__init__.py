"""How it leaves: a Page → text or file. WRITERS: format name and file ending → writer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from firstday_cli.reports.page import Page
from firstday_cli.writers.data_file import as_json
from firstday_cli.writers.markdown import as_markdown
from firstday_cli.writers.plain_text import as_text
from firstday_cli.writers.spreadsheet import as_csv


def as_table(page: Page) -> str:
    """The page as drawn tables, as wide as they need."""
    from firstday_cli.writers.terminal import drawn

    return drawn(page)


def as_web_page(page: Page) -> str:
    """The page as HTML that fetches nothing."""
    from firstday_cli.writers import web_page

    return web_page.as_web_page(page)


def as_pdf(page: Page) -> bytes:
    """The page as PDF."""
    from firstday_cli.writers import pdf

    return pdf.as_pdf(page)


def as_workbook(page: Page) -> bytes:
    """The page as .xlsx."""
    from firstday_cli.writers import workbook

    return workbook.as_workbook(page)


WRITERS: Mapping[str, Callable[[Page], str | bytes]] = MappingProxyType({
    "table": as_table, "text": as_text, "md": as_markdown, "csv": as_csv, "json": as_json, "html": as_web_page,
    "pdf": as_pdf, "xlsx": as_workbook,
})  # fmt: skip
ENDINGS: Mapping[str, str] = MappingProxyType({
    ".txt": "text", ".md": "md", ".csv": "csv", ".json": "json", ".html": "html", ".pdf": "pdf", ".xlsx": "xlsx",
})  # fmt: skip
