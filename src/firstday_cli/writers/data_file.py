"""JSON: the promised shapes, one document, UTF-8."""

import json

from firstday_cli.reports.page import Page


def as_json(page: Page) -> str:
    """The page's facts."""
    return json.dumps(page.facts, ensure_ascii=False, indent=2) + "\n"
