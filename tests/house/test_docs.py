"""The docs are current, and what they point to is there."""

import re
import subprocess
import sys

import pytest

from .tree import DOCS, ROOT

PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#\s]+)")
PARTS = ("**What.**", "**Why.**", "**What else.**", "**When to look again.**")
TEN_LINES = 10


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "write_docs.py"), "--check"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page) -> None:  # type: ignore[no-untyped-def]
    text = page.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


def test_the_changelog_has_unreleased_on_top() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings, "no heading"
    assert headings[0] == "[Unreleased]"


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name[:4])
def test_a_decision_is_short_and_says_all_four_things(page) -> None:  # type: ignore[no-untyped-def]
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.strip()]
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line.split(".**")[0] + ".**" for line in lines if line.startswith("**")] == list(PARTS)
    assert len(lines) <= TEN_LINES


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]


def test_the_readme_tells_every_exit_code() -> None:
    from firstday_cli.errors import FirstdayError

    told = set(map(int, re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)))
    assert told == {0, 1, 10, 11, 12, *(kind.exit_code for kind in FirstdayError.__subclasses__())}
