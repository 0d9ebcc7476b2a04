"""The page of `doctor`: one line a check."""

from collections.abc import Sequence
from enum import StrEnum

from firstday_cli.domain.record import record
from firstday_cli.reports.page import Page, Table


class Verdict(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@record
class Check:
    """One check: what was looked at, how it ended, what was found with the mend; `mend` says that alone."""

    name: str
    verdict: Verdict
    found: str
    mend: str = ""


def fine(name: str, found: str) -> Check:
    """A check that ended well."""
    return Check(name=name, verdict=Verdict.OK, found=found)


def warned(name: str, found: str, mend: str) -> Check:
    """A check that found something to see to."""
    return Check(name=name, verdict=Verdict.WARN, found=f"{found}: {mend}", mend=mend)


def failed(name: str, found: str, mend: str) -> Check:
    """A check that found something on which no morning can rest."""
    return Check(name=name, verdict=Verdict.FAIL, found=f"{found}: {mend}", mend=mend)


def said_by(name: str, message: str, otherwise: str) -> Check:
    """A check that ended in an error's own words: the mend is what they say after the first sentence."""
    mend = message.partition(". ")[2].removesuffix(".") or otherwise
    found = message if mend in message else f"{message.removesuffix('.')}: {mend}"
    return Check(name=name, verdict=Verdict.FAIL, found=found, mend=mend)


def health(checks: Sequence[Check]) -> Page:
    """All checks as a page."""
    return Page(
        title="What the morning rests on",
        facts={
            "schema": "firstday/doctor/1",
            "checks": [{"check": c.name, "verdict": c.verdict.value, "found": c.found, "mend": c.mend} for c in checks],
        },
        tables=(
            Table(
                title="Checks",
                columns=("Check", "Verdict", "Found"),
                rows=tuple((c.name, c.verdict.value, c.found) for c in checks),
            ),
        ),
    )


def worst(checks: Sequence[Check]) -> int:
    """The exit code: 12 where a check failed, 10 where one warns, else 0."""
    found = {c.verdict for c in checks}
    return 12 if Verdict.FAIL in found else 10 if Verdict.WARN in found else 0
