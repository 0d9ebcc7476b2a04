"""Every command says in one line what it does, and shows an example that its own options understand."""

import inspect
import shlex
from typing import Any

import pytest
import typer

from firstday_cli.cli.app import app

GROUP: Any = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands.items())


def _lines(command: Any) -> list[str]:
    return inspect.cleandoc(command.help or "").splitlines()


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_help_is_a_line_a_blank_and_an_example(name: str, command: Any) -> None:
    lines = _lines(command)
    assert len(lines) >= 3
    assert lines[0].endswith(".")
    assert lines[1] == ""
    examples = [line for line in lines if line.startswith("Example: ")]
    assert len(examples) == 1
    assert examples[0].startswith(f"Example: firstday {name}")


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_the_example_uses_options_that_there_are(name: str, command: Any) -> None:
    example = next(line for line in _lines(command) if line.startswith("Example: "))
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
    words = shlex.split(example.removeprefix("Example: "))
    assert {word for word in words if word.startswith("-")} <= options


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_every_argument_and_option_has_help(name: str, command: Any) -> None:
    assert [p.name for p in command.params if "--help" not in p.opts and not p.help] == []
