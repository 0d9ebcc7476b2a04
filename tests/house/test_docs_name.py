"""What the docs name is there: commands, options, reports, keys of the policy and files of the school's folder."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from builders import COMMAND
from firstday_cli.domain.policy import Policy
from firstday_cli.reports.catalogue import REPORTS

from .tree import DOCS, ROOT

COMMANDS: dict[str, list[str]] = {
    name: [option for p in command.params for option in p.opts if option.startswith("-")]
    for name, command in COMMAND.commands.items()  # type: ignore[attr-defined]
}
OF_THE_WHOLE = [option for p in COMMAND.params for option in p.opts]
OF_OTHERS = {
    "--help",
    "--version",
    "--no-deps",
    "--upgrade",
    "--force",
    "--user",
    "--no-index",
    "--find-links",
    "--norc",
    "--path",
    "--failed",
}
KEYS = {part.name: {key.name for key in fields(part.type)} for part in fields(Policy)}  # type: ignore[arg-type]
OTHER_TABLES = {"exports", "terms", "closures", "people"} | set(KEYS)
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
SPAN, BLOCK = re.compile(r"``? ?([^`\n]+?) ?``?"), re.compile(r"^(?:    |\$ )(.*)$", re.MULTILINE)
OPTION, TYPED = re.compile(r"(?<![\w-])(--[a-z][a-z-]+)"), re.compile(r"\bfirstday ([a-z][a-z-]*)(.*)")
TABLE, KEY = re.compile(r"^\[([a-z_]+)\](?: ([a-z_]+))?"), re.compile(r"`\[([a-z_]+)\] ([a-z_]+)")
FOLDER = {"inbox", "profiles", "sheets", "journal"}
SCHOOL_FILES = {"policy.toml", "calendar.toml", "firstday.db", "heartbeat.json", "morning.lock"}


def _said(page: Path) -> list[str]:
    """Whatever a page sets as something to type or to find: its spans and its lines of commands."""
    text = page.read_text(encoding="utf-8")
    return [*SPAN.findall(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)), *BLOCK.findall(text)]


def _wrong_commands(said: str) -> list[str]:
    found = TYPED.search(said)
    if not found or "firstday-" in said.partition(found[1])[0]:
        return []
    name, rest = found[1], found[2]
    if name not in COMMANDS:
        return [f"firstday {name}"]
    options = set(OPTION.findall(rest)) - {*COMMANDS[name], "--help"}
    report = re.match(r" ([a-z][a-z-]+)", rest)
    strange = [f"report {report[1]}"] if name == "report" and report and report[1] not in REPORTS else []
    return [*strange, *(f"firstday {name} {option}" for option in options)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_commands_and_options_that_there_are(page: Path) -> None:
    known = {*OF_THE_WHOLE, *OF_OTHERS, *(option for options in COMMANDS.values() for option in options)}
    said = _said(page)
    assert [wrong for words in said for wrong in _wrong_commands(words)] == []
    assert [option for words in said for option in OPTION.findall(words) if option not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_keys_of_the_policy_that_there_are(page: Path) -> None:
    wrong = []
    for words in _said(page):
        found = TABLE.match(words)
        if found and found[1] not in OTHER_TABLES:
            wrong.append(words)
        if found and found[2] and found[2] not in KEYS.get(found[1], set()):
            wrong.append(words)
    assert wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_files_of_the_schools_folder_that_there_are(page: Path) -> None:
    said = [words for words in _said(page) if re.fullmatch(r"[\w.-]+(?:/|\.toml|\.db)", words)]
    known = {*SCHOOL_FILES, *(f"{name}/" for name in FOLDER)}
    assert [w for w in said if w not in known] == []


def test_the_pages_do_say_such_things() -> None:
    said = [words for page in PAGES for words in _said(page)]
    assert sum(1 for words in said if TYPED.search(words)) > 100
    assert sum(1 for words in said if TABLE.match(words)) > 10


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("firstday reconcile --session AM", []),
        ("firstday reconsile", ["firstday reconsile"]),
        ("firstday reconcile --frobnicate", ["firstday reconcile --frobnicate"]),
        ("firstday report call-shoot", ["report call-shoot"]),
    ],
)
def test_what_there_is_not_is_found(words: str, wrong: list[str]) -> None:
    assert _wrong_commands(words) == wrong
