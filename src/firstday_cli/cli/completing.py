"""The Tab key: the script that a shell needs, and the words it then offers; no school is opened for either."""

import os
from importlib import import_module
from typing import Annotated, Any

import typer

from firstday_cli.cli.words import word_option

SHELLS = ("bash", "zsh", "fish", "powershell")
PROGRAM, ASKS = (
    "firstday",
    "_COMPLETE",
)  # ASKS: how the name of the variable ends in which a shell says that the Tab key was pressed


def is_completing() -> bool:
    """Whether a shell asks how a command line may go on."""
    return any(name.endswith(ASKS) and name.startswith("_") for name in os.environ)


def learn_the_shells() -> None:
    """Make the ways known in which each shell asks and is answered."""
    _made_by_typer().completion_init()


def show_completion(shell: str) -> str:
    """Print what this shell reads at its start; firstday itself writes it nowhere."""
    if shell:
        script = _made_by_typer().get_completion_script(prog_name=PROGRAM, complete_var=f"_FIRSTDAY{ASKS}", shell=shell)
        typer.echo(script)
        raise typer.Exit
    return shell


def asked_of_the_whole(
    shell: Annotated[
        str,
        word_option(
            "--show-completion", words=SHELLS, says="Print what makes the Tab key work in this shell.",
            callback=show_completion, is_eager=True, expose_value=False,
        ),
    ] = "",
) -> None:  # fmt: skip
    """Which children are absent this morning with no explanation, and why each name is on the list."""


def _made_by_typer() -> Any:
    """Typer's own part for the Tab key, loaded for it alone."""
    return import_module("typer.completion")
