"""A rule as a table: what it is called, who says so, and its rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RuleTable:
    """Rows of words under headings, as they are printed in docs/rules.md."""

    title: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
