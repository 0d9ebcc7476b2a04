"""Rules and pages are pure, files are opened in a named encoding, and only the door prints."""

import ast
from collections import Counter
from collections.abc import Iterator

from .tree import ROOT, SRC, Module, functions, modules

PURE = ("domain", "reports")
NEVER_IN_PURE = frozenset(
    {
        "pandas", "pydantic", "typer", "rich", "sqlite3", "csv", "json", "tomllib", "pathlib", "os", "io", "sys",
        "logging", "random", "uuid", "time", "subprocess", "locale", "phonenumbers", "urllib", "socket", "shutil",
    }
)  # fmt: skip
ONE_DOOR = {
    "anyascii": "domain/names.py", "rapidfuzz": "domain/messages/name_book.py", "dateutil": "domain/school_days.py",
}  # fmt: skip
MAY_PRINT = ("writers", "cli")
CLOCK = frozenset({"now", "today", "utcnow"})


def _imported(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name.partition(".")[0]) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module.partition(".")[0]


def _calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_rules_and_pages_import_nothing_that_touches_the_world() -> None:
    wrong = []
    for module in (m for room in PURE for m in modules(SRC / room)):
        for node, name in _imported(module):
            door = ONE_DOOR.get(name)
            if name in NEVER_IN_PURE or (door and not module.name.endswith(door)):
                wrong.append(f"{module.at(node)} imports {name}")
    assert wrong == []


def test_rules_and_pages_open_nothing_and_read_no_clock() -> None:
    wrong = [
        f"{m.at(call)} {name}"
        for room in PURE for m in modules(SRC / room) for call, name in _calls(m) if name in {"open", *CLOCK}
    ]  # fmt: skip
    assert wrong == []


def test_only_writers_and_commands_print() -> None:
    wrong = []
    for module in modules():
        room = module.path.relative_to(SRC).parts[0]
        prints = [m for m, name in _calls(module) if name == "print" and isinstance(m.func, ast.Name)]
        writes = [n for n in ast.walk(module.tree) if isinstance(n, ast.Attribute) and n.attr in ("stdout", "stderr")]
        wrong += [module.at(node) for node in (*prints, *writes) if room not in MAY_PRINT]
    assert wrong == []


def test_text_is_read_and_written_in_a_named_encoding() -> None:
    wrong = []
    for module in (m for folder in ("src", "tools", "tests") for m in modules(ROOT / folder)):
        for call, name in _calls(module):
            if name in ("open", "fdopen", "read_text", "write_text") and not _names_encoding(call, name):
                wrong.append(f"{module.at(call)} {name}")
    assert wrong == []


def _names_encoding(call: ast.Call, name: str) -> bool:
    if any(keyword.arg == "encoding" for keyword in call.keywords):
        return True
    owner = getattr(getattr(call.func, "value", None), "id", "")
    if name == "open" and owner in ("os", "gzip", "tarfile", "zipfile", "pikepdf"):
        return True
    modes = [a.value for a in call.args if isinstance(a, ast.Constant)] + [
        k.value.value for k in call.keywords if k.arg == "mode" and isinstance(k.value, ast.Constant)
    ]
    return any(isinstance(mode, str) and "b" in mode and len(mode) <= 3 for mode in modes)


def test_every_kind_of_error_has_its_own_exit_code_and_one_home() -> None:
    kinds: dict[str, tuple[str, int]] = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef) and _exit_code(node) is not None:
                kinds[node.name] = (module.path.name, _exit_code(node) or 0)
    shared = [code for code, times in Counter(code for _, code in kinds.values()).items() if times > 1]
    assert {name: place for name, place in kinds.items() if place[1] in shared or place[0] != "errors.py"} == {}


def _exit_code(node: ast.ClassDef) -> int | None:
    for part in node.body:
        if isinstance(part, ast.Assign) and [getattr(t, "id", "") for t in part.targets] == ["exit_code"]:
            return int(getattr(part.value, "value", 0))
    return None


MAY_CATCH_ALL = (  # and what it does with it
    "cli/app.py",  # tells where a fault is, without its words
    "morning/sheets_due.py",  # writes the other sheets first, then raises it
)


def test_nothing_catches_every_exception() -> None:
    wrong = [
        m.at(node)
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or getattr(node.type, "id", "") == "Exception")
        if m.path.relative_to(SRC).as_posix() not in MAY_CATCH_ALL
    ]
    assert wrong == []


def test_no_function_takes_a_bare_yes_or_no() -> None:
    wrong = []
    for module in (m for m in modules() if m.path.relative_to(SRC).parts[0] != "cli"):
        for function in functions(module):
            positional = [*function.args.posonlyargs, *function.args.args]
            if any(getattr(a.annotation, "id", "") == "bool" for a in positional):
                wrong.append(f"{module.at(function)} {function.name}")
    assert wrong == []
