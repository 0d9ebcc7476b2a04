"""What every command has around it: `--verbose`, and its line in the journal with how it ended."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from firstday_cli.cli.console import store_errors, tell
from firstday_cli.cli.faults import kind_and_place
from firstday_cli.errors import FirstdayError, StoreUnavailable
from firstday_cli.journal import begin

Verbose = Annotated[bool, typer.Option("--verbose", help="Tell on standard error what is done, and how long it takes.")]
BUG = 1


def journaled(command: Callable[..., None]) -> Callable[..., None]:
    """The command with `--verbose` added; it ends with a line in the journal, whatever ends it."""

    @wraps(command)
    def ran(*, verbose: bool, **given: Any) -> None:
        lines, code = begin(command.__name__.replace("_", "-"), tell if verbose else None), 0
        try:
            command(**given)
        except BaseException as end:
            code = _code_of(end)
            if code == BUG and isinstance(end, Exception):
                kind, place = kind_and_place(end)
                lines.note("fault", error=kind, at=place)
            raise
        finally:
            lines.note("ended", code=code, as_of=lines.as_of or None)

    typed = inspect.signature(command)
    more = inspect.Parameter("verbose", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Verbose)
    ran.__signature__ = typed.replace(parameters=[*typed.parameters.values(), more])  # type: ignore[attr-defined]
    ran.__annotations__ = {**command.__annotations__, "verbose": Verbose}
    return ran


def _code_of(end: BaseException) -> int:
    if isinstance(end, typer.Exit | FirstdayError):
        return end.exit_code
    if isinstance(end, store_errors()):
        return StoreUnavailable.exit_code
    return int(getattr(end, "exit_code", BUG))  # of a word that was mistyped
