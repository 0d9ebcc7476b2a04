"""The report of weeks and terms, asked for as the office or as those who lead safeguarding."""

from pathlib import Path
from typing import Any

from builders import run


def weeks(school: Path, first: str, last: str, *, now: str) -> Any:
    """The office's report from one day to another, as programs read it."""
    return _asked(school, first, last, "json", now=now).json


def for_leads(school: Path, first: str, last: str, format_name: str, *, now: str) -> str:
    """The page for those who lead safeguarding, in a format."""
    return _asked(school, first, last, format_name, "--for", "safeguarding", now=now).out


def facts_for_leads(school: Path, first: str, last: str, *, now: str) -> Any:
    """The same as programs read it."""
    return _asked(school, first, last, "json", "--for", "safeguarding", now=now).json


def _asked(school: Path, first: str, last: str, format_name: str, *words: str, now: str) -> Any:
    asked = ("report", "analysis", "--from", first, "--to", last, "--format", format_name, *words)
    ended = run(school, *asked, now=now)
    assert ended.code == 0, ended.err
    return ended
