"""The first page of help: what to type on a first day, group by group, on one screen of 24 lines."""

from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Any

GROUPS = ("Each morning", "On the telephone", "Safeguarding", "Setting up")
FIRST_DAY = (
    "reconcile", "messages", "check", "report", "call", "explain", "escalate", "init", "inspect", "doctor",
)  # fmt: skip
WIDTH = 79  # a window of 80 columns wraps what fills it
ABOUT = "Which children are absent this morning with no explanation, and why."
MORE = "COMMAND --help tells all of a command. The Tab key: --show-completion SHELL."


def first_page(program: str, commands: Mapping[str, Any]) -> str:
    """The page: a line for each command that matters on a first day, the others by name."""
    lines = [f"Usage: {program} COMMAND [OPTIONS]", ABOUT]
    for group in GROUPS:
        named = {name: command for name, command in commands.items() if command.rich_help_panel == group}
        lines += [group, *_told(named)]
    return "\n".join([*lines, MORE]) + "\n"


def _told(named: Mapping[str, Any]) -> Iterator[str]:
    first = [name for name in FIRST_DAY if name in named]
    for name in first:
        yield f"  {name:<{max(map(len, FIRST_DAY))}}  {named[name].short_help}"
    others = ", ".join(name for name in named if name not in first)
    yield from wrap(f"also: {others}", WIDTH, initial_indent="  ", subsequent_indent="        ") if others else ()


def first_line(command: Callable[..., None]) -> str:
    """What a command does, in one line."""
    return (command.__doc__ or "").partition("\n")[0]
