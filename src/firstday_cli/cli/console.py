"""Showing a page: in the window, in a pipe or in a file, in whatever letters the place can write."""

import codecs
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from firstday_cli.errors import Mistyped

if TYPE_CHECKING:
    from firstday_cli.desk import Desk
    from firstday_cli.reports.page import Page


def opened(**said: Any) -> "Desk":
    """The school's desk, opened for what was said on the command line."""
    from firstday_cli.desk import Asked, Desk

    return Desk(Asked(**said))


def show(page: "Page", *, format_name: str, output: Path | None) -> None:
    """Show the page in the format asked for: by default a table in a window, text elsewhere."""
    from firstday_cli.writers import WRITERS
    from firstday_cli.writers.files import write_whole

    chosen = _chosen(format_name, output)
    if output is not None:
        write_whole(output, WRITERS[chosen](page), encoding="utf-8-sig" if chosen == "csv" else "utf-8")
        tell(f"written to {output.name}")
    elif chosen == "json":
        sys.stdout.buffer.write(WRITERS[chosen](page).encode())
        sys.stdout.buffer.flush()
    elif chosen == "table" and sys.stdout.isatty():
        from firstday_cli.writers.terminal import show as show_in_window

        show_in_window(page)
    else:
        sys.stdout.write(WRITERS[chosen](page))


def _chosen(format_name: str, output: Path | None) -> str:
    from firstday_cli.writers import ENDINGS, WRITERS

    if format_name and format_name not in WRITERS:
        raise Mistyped(f'found "{format_name}", expected one of {", ".join(WRITERS)}.', "--format")
    if format_name:
        return format_name
    if output is None:
        return "table" if sys.stdout.isatty() else "text"
    if output.suffix not in ENDINGS:
        raise Mistyped(f'"{output.name}" ends in none of {", ".join(ENDINGS)}. Choose one, or say --format.', "-o")
    return ENDINGS[output.suffix]


def end(code: int, *, exit_zero: bool) -> None:
    """End the command with the day's code; --exit-zero turns 10 to 12 into 0."""
    raise typer.Exit(0 if exit_zero and code in (10, 11, 12) else code)


def tell(sentence: str) -> None:
    """Say something on standard error, beside the data."""
    sys.stderr.write(f"{sentence}\n")


def tell_progress(file: str, rows: int) -> None:
    """Say on a terminal how far a long file has been read."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rreading {file}: {rows:,} rows ")
        sys.stderr.flush()


def ask(question: str, given: str) -> str:
    """What was given; else the answer typed at a terminal. Raises Mistyped where nobody can be asked."""
    if given or not sys.stdin.isatty():
        return given
    return str(typer.prompt(question, err=True)).strip()


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Letters that the console cannot write, as the nearest it can."""
    from anyascii import anyascii

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return anyascii(error.object[error.start : error.end]) or "?", error.end


def speak_any_encoding() -> None:
    """Make both streams write every letter, on any console."""
    codecs.register_error("firstday.plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="firstday.plainly")
