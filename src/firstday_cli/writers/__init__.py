"""How it leaves: a Page → text or file. WRITERS: format name and file ending → writer."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from firstday_cli.reports.page import Page
from firstday_cli.writers.data_file import as_json
from firstday_cli.writers.plain_text import as_text
from firstday_cli.writers.spreadsheet import as_csv


def as_table(page: Page) -> str:
    """The page as drawn tables, as wide as they need."""
    from firstday_cli.writers.terminal import drawn

    return drawn(page)


WRITERS: Mapping[str, Callable[[Page], str]] = MappingProxyType(
    {"table": as_table, "text": as_text, "csv": as_csv, "json": as_json}
)
ENDINGS: Mapping[str, str] = MappingProxyType({".txt": "text", ".csv": "csv", ".json": "json"})
