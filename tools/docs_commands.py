"""docs/commands.md: every command's help, from the commands themselves."""

import inspect
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from typer.main import get_command

from docs_markdown import cell, code, page, table
from firstday_cli.cli.app import app
from firstday_cli.errors import FirstdayError

COMMAND: Any = get_command(app)
SHARED_BY = 4  # an option with the same words in so many commands is told once
TOLD = {
    0: "Done, and nothing is outstanding.",
    1: "A fault in firstday itself.",
    10: "Done. Somebody must act: the list is not empty, or something waits for a person.",
    11: "Done. Act now: there is an alert, a step is overdue, or a person must decide.",
    12: "Done, but the list may be wrong: a register is not in, an export is old, or rows were refused.",
}


def _parameters(command: Any) -> list[tuple[bool, str, str]]:
    """A command's arguments and options: whether an argument, how it is written, its help."""
    found = []
    for parameter in command.params:
        if "--help" in parameter.opts:
            continue
        is_argument = parameter.param_type_name == "argument"
        given = parameter.metavar or ("" if getattr(parameter, "is_flag", False) else _choices(parameter))
        written = given if is_argument else " ".join((", ".join(parameter.opts), *([given] if given else [])))
        optional = is_argument and not parameter.required
        found.append((is_argument, f"[{written}]" if optional else written, parameter.help or ""))
    return found


def _choices(parameter: Any) -> str:
    default = parameter.default
    return "|".join(str(member.value) for member in type(default)) if isinstance(default, Enum) else "TEXT"


def commands_page() -> str:
    """Every command's help."""
    commands = {name: command for name, command in COMMAND.commands.items() if not command.hidden}
    used = Counter(p for command in commands.values() for p in _parameters(command) if not p[0])
    shared = [p for p, times in used.items() if times >= SHARED_BY]
    blocks: list[str] = []
    for name, command in commands.items():
        blocks += _command_blocks(name, command, shared)
    return page(
        "Commands",
        "`firstday COMMAND --help` shows the same on screen. Options that many commands share are told at the end.",
        *blocks,
        "## Shared options",
        table(("option", "what it does"), [(code(written), cell(says)) for _, written, says in shared]),
        "## Exit codes",
        table(("code", "means"), [(str(number), says) for number, says in sorted(_exit_codes().items())]),
    )


def _command_blocks(name: str, command: Any, shared: Sequence[tuple[bool, str, str]]) -> Iterator[str]:
    summary, _, rest = inspect.cleandoc(command.help or "").partition("\n")
    parameters = _parameters(command)
    arguments = [written for is_argument, written, _ in parameters if is_argument]
    own = [p for p in parameters if p not in shared]
    yield f"## {name}"
    yield summary
    yield f"    {' '.join(('firstday', name, *arguments, '[OPTIONS]'))}"
    yield from (" ".join(part.split()) for part in rest.split("\n\n") if part.strip() and "Example:" not in part)
    example = rest.partition("Example:")[2]
    if example:
        yield f"Example:\n\n    {' '.join(example.split())}"
    if own:
        yield table(("argument or option", "what it is"), [(code(written), cell(says)) for _, written, says in own])
    also = [
        code(_long_name(written)) for is_argument, written, says in parameters if (is_argument, written, says) in shared
    ]
    if also:
        yield f"Also: {', '.join(also)}."


def _long_name(written: str) -> str:
    return next(word.rstrip(",") for word in written.split() if word.startswith("--"))


def _exit_codes() -> dict[int, str]:
    kinds = {kind.exit_code: kind for kind in FirstdayError.__subclasses__() if kind.__module__.endswith(".errors")}
    return {**TOLD, **{number: inspect.cleandoc(kind.__doc__ or "") for number, kind in kinds.items()}}
