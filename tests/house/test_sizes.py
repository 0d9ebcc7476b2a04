"""Files and functions are small enough to be read at once, and say what they are for."""

import ast

from .tree import functions, modules, public

LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def test_files_are_short() -> None:
    found = {m.name: len(m.text.splitlines()) for m in modules()}
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    found = {f"{m.at(f)} {f.name}": (f.end_lineno or f.lineno) - f.lineno + 1 for m in modules() for f in functions(m)}
    assert {name: lines for name, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [m.name for m in modules() if not ast.get_docstring(m.tree)] == []


def test_every_public_class_and_function_says_what_it_is() -> None:
    assert [f"{m.at(n)} {n.name}" for m in modules() for n in public(m) if not ast.get_docstring(n)] == []
