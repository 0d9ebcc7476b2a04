"""Showing a page: in the window, in a pipe or in a file, in whatever letters the place can write."""

import codecs
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from firstday_cli.errors import (
    ACT_NOW,
    PROVISIONAL,
    SOMEBODY_MUST_ACT,
    FirstdayError,
    Mistyped,
    UnreadableExport,
)

if TYPE_CHECKING:
    from firstday_cli.desk import Desk
    from firstday_cli.domain.log.written import Written
    from firstday_cli.reports.page import Page
    from firstday_cli.reports.taken_in import FileReport


def opened(**said: Any) -> "Desk":
    """The school's desk, opened for what was said on the command line."""
    from firstday_cli.desk import Asked, Desk

    return Desk(Asked(**said))


def must_be_writable(format_name: str, output: Path | None) -> None:
    """Raise Mistyped for a format or a place that a page cannot go to, before anything is done."""
    _chosen(format_name, output)
    if output is not None:
        _refuse_to_replace(output)


def show(page: "Page", *, format_name: str, output: Path | None) -> None:
    """Show the page in the format asked for: by default a table in a window, text elsewhere."""
    from firstday_cli.writers import WRITERS
    from firstday_cli.writers.files import write_whole

    chosen = _chosen(format_name, output)
    if output is not None:
        write_whole(output, WRITERS[chosen](page), encoding="utf-8-sig" if chosen == "csv" else "utf-8")
        tell(f"written to {output.name}")
    elif chosen == "json" or (chosen == "csv" and not sys.stdout.isatty()):
        sys.stdout.flush()
        sys.stdout.buffer.write(WRITERS[chosen](page).encode())
        sys.stdout.buffer.flush()
    elif chosen == "table" and sys.stdout.isatty():
        from firstday_cli.writers.terminal import show as show_in_window

        show_in_window(page)
    else:
        _write_as_it_is(WRITERS[chosen](page))


def _write_as_it_is(text: str) -> None:
    """Write text to standard output without changing its line ends."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def _refuse_to_replace(output: Path) -> None:
    """Raise Mistyped for a file that firstday reads: an export, a setting, the store."""
    ours = output.name in ("policy.toml", "calendar.toml") or ".db" in output.name
    if ours or output.resolve().parent.name == "inbox":
        raise Mistyped("would replace a file that firstday reads. Name another.", "-o")


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


def tell_files(files: "Sequence[FileReport]", *, format_name: str) -> None:
    """Say what became of each file; where JSON was asked for, what could not be read is one JSON error."""
    for danger in (danger for file in files for danger in file.dangers):
        tell(danger)
    unread = [file for file in files if file.error]
    if unread and format_name == "json":
        where = ", ".join(file.where or file.file for file in unread)
        tell_error(" ".join(file.sentence for file in unread), where, UnreadableExport.exit_code, as_json=True)
        return
    for file in files:
        tell(file.sentence)
        for warning in file.warnings:
            tell(f"  {file.file}: {warning}")


def tell_error(message: str, where: str, code: int, *, as_json: bool) -> None:
    """Say on standard error why a command could not do what was asked."""
    if as_json:
        import json

        text = json.dumps({"error": {"code": code, "message": message, "where": where or None}})
    else:
        text = f"firstday: {where}: {message}" if where else f"firstday: {message}"
    tell(text)


def end(code: int, *, exit_zero: bool) -> NoReturn:
    """End the command with the day's code; --exit-zero turns 10 to 12 into 0."""
    raise typer.Exit(0 if exit_zero and code in (SOMEBODY_MUST_ACT, ACT_NOW, PROVISIONAL) else code)


def tell(sentence: str) -> None:
    """Say something on standard error, beside the data."""
    sys.stderr.write(f"{sentence}\n")


def tell_written(found: "Sequence[Written]", format_name: str = "") -> None:
    """Say what was written in the log, and what follows; as data on standard output where a format was asked for."""
    if format_name:
        from firstday_cli.reports.written import written_page

        show(written_page(found), format_name=format_name, output=None)
        return
    for written in found:
        tell(written.sentence)
        for sentence in written.follows:
            tell(f"  {sentence}")


def tell_said(command: str, sentences: "Sequence[str]", format_name: str) -> None:
    """Say what a command did; as data on standard output where a format was asked for."""
    if format_name:
        from firstday_cli.reports.written import said_page

        show(said_page(command, sentences), format_name=format_name, output=None)
        return
    for sentence in sentences:
        tell(sentence)


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


def choose(question: str, choices: Sequence[str]) -> str:
    """The choice typed at a terminal, by its number; blank where nobody can be asked."""
    if not sys.stdin.isatty():
        return ""
    for number, choice in enumerate(choices, start=1):
        tell(f"  {number}  {choice}")
    typed = ask(question, "")
    return choices[int(typed) - 1] if typed.isdecimal() and 1 <= int(typed) <= len(choices) else typed


def store_errors() -> type[Exception]:
    """What the store raises when it fails; looked up only when something was raised."""
    import sqlite3

    return sqlite3.Error


def store_trouble(error: Exception) -> FirstdayError:
    """What to say where the store failed in the middle of something."""
    from firstday_cli.desk import trouble_with_the_store

    return trouble_with_the_store(error)


def named(by: str) -> str:
    """Who says so: the name given, else FIRSTDAY_BY, else the one typed at a terminal."""
    return ask("Your name", by or os.environ.get("FIRSTDAY_BY", ""))


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
