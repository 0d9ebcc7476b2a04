"""One word for one thing: what the glossary says not to call it names no class and no function."""

import ast
import re

from .tree import DOCS, functions, modules

ROW = re.compile(r"^\| \*\*(?P<word>[^|]+)\*\* \| (?P<means>[^|]+) \|(?P<instead>[^|]*)\|$", re.MULTILINE)
EMPTY_WORDS = frozenset(
    {"manager", "service", "helper", "helpers", "util", "utils", "info", "handler", "process", "handle"}
)
PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def _glossary() -> list[re.Match[str]]:
    return list(ROW.finditer((DOCS / "glossary.md").read_text(encoding="utf-8")))


def _banned() -> set[str]:
    words = (word.strip() for row in _glossary() for word in row["instead"].split(","))
    return {word for word in words if word} | EMPTY_WORDS


def test_the_glossary_is_read() -> None:
    assert len(_glossary()) > 30
    assert {"student", "guardian"} <= _banned()


def test_no_class_or_function_has_a_word_that_the_glossary_puts_aside() -> None:
    banned, wrong = _banned(), []
    for module in modules():
        classes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
        for node in (*classes, *functions(module)):
            used = {part.lower() for part in PARTS.findall(node.name)} & banned
            wrong += [f"{module.at(node)} {node.name}: {word}" for word in used]
    assert wrong == []


def test_no_file_is_a_drawer_for_leftovers() -> None:
    assert [m.name for m in modules() if m.path.stem in EMPTY_WORDS | {"common", "misc", "base", "core"}] == []
