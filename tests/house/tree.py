"""The project's files as the house tests see them: what is kept in the repository, and the source as syntax."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "firstday_cli"
DOCS = ROOT / "docs"
MADE = (".egg-info", ".pyc", ".db", ".cmd", ".command")
NOT_KEPT = frozenset({"build", "dist", "__pycache__", "demo-school", "node_modules"})
KEPT_THOUGH_HIDDEN = frozenset({".ci", ".github", ".gitattributes", ".gitignore"})
Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One source file and its syntax."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The file as it is named from the project's root."""
        return self.path.relative_to(ROOT).as_posix()

    def at(self, node: ast.AST) -> str:
        """A place in the file, for a person to go to."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def modules(folder: Path = SRC) -> list[Module]:
    """Every Python file below a folder."""
    return [_module(path) for path in sorted(folder.rglob("*.py"))]


@cache
def _module(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path=path, text=text, tree=ast.parse(text))


def functions(module: Module) -> Iterator[Function]:
    """Every function and method of a file."""
    return (node for node in ast.walk(module.tree) if isinstance(node, Function))


def public(module: Module) -> Iterator[Named]:
    """Every public class, function and method: those at the top, and those of public classes."""
    for node in module.tree.body:
        if isinstance(node, Named) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, Function) and not n.name.startswith("_"))


def kept_files() -> list[Path]:
    """Every file that belongs in the repository: hidden folders and what is built are left out."""
    return sorted(_below(ROOT))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        hidden = path.name.startswith(".") and path.name not in KEPT_THOUGH_HIDDEN
        if hidden or path.name in NOT_KEPT or path.name.endswith(MADE):
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def kept_texts() -> Iterator[tuple[str, str]]:
    """Every kept file as text: its name from the root, and what stands in it."""
    for path in kept_files():
        raw = path.read_bytes()
        encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
        yield path.relative_to(ROOT).as_posix(), raw.decode(encoding, errors="replace")
