"""Pages that become files: what may be printed for whom, what a file among the sheets is called, what stands in it."""

from pathlib import Path

from firstday_cli.domain.policy import Policy
from firstday_cli.journal import journal
from firstday_cli.reports.page import Page, without_ratings
from firstday_cli.writers import WRITERS
from firstday_cli.writers.files import write_whole

FILES = ("html", "pdf", "xlsx")  # what no window shows
PRINTED = (*FILES, "md", "csv")  # what goes on paper, sooner or later
BATCH = ("csv", "xlsx")  # where nothing can stand above the rows of a bare batch


def as_may_be_printed(page: Page, ending: str, policy: Policy) -> Page:
    """The page without ratings where it is for the office, goes on paper, and the policy does not show them."""
    shows_ratings = policy.sheets.show_rating or ending not in PRINTED
    return page if shows_ratings else without_ratings(page)


def name_among_sheets(page: Page) -> Path:
    """Where a page lies among the sheets, without its ending: by its day, its name and its session; never a child's."""
    day, half = page.facts.get("day", ""), page.facts.get("session", "")
    return Path(str(day)) / f"{page.name}{f'-{half}' if half else ''}"


def content_of(page: Page, ending: str) -> str | bytes:
    """What stands in the page's file."""
    return WRITERS[ending](page)


def write_page(target: Path, page: Page, content: str | bytes, ending: str, *, alone: bool = False) -> None:
    """Write a page's content whole or not at all; a CSV with the mark by which spreadsheets know UTF-8."""
    write_whole(target, content, encoding="utf-8-sig" if ending == "csv" else "utf-8", alone=alone)
    journal().note("wrote", report=page.name, ending=ending)


def told_beside(page: Page, ending: str) -> tuple[str, ...]:
    """What must be told beside a file that has no place for it."""
    return page.read_first if page.is_bare and ending in BATCH else ()
