"""What a command says beside its page, asks, and ends with, in whatever letters the console can write."""

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
    from datetime import date

    from firstday_cli.desk import Desk
    from firstday_cli.reports.taken_in import FileReport


def opened(**said: Any) -> "Desk":
    """The school's desk, opened for what was said on the command line."""
    from firstday_cli.desk import Asked, Desk

    return Desk(Asked(**said))


def looked_at(**said: Any) -> "Desk":
    """The same for a command that only looks; of a moment past, that is said on standard error."""
    from firstday_cli.morning.replaying import refuse_what_is_to_come, said_of_replay

    desk = opened(**said, looks=True)
    if desk.asked.as_of is not None:
        refuse_what_is_to_come(desk)
    beside = said_of_replay(desk)
    if beside:
        tell(beside)
    return desk


def opened_as_of(moment: str, **said: Any) -> "Desk":
    """The desk of a moment past that was asked for, if one was; a bare time is of the day said, else of today."""
    from firstday_cli.desk import moment_now
    from firstday_cli.morning.typed_moments import said_moment

    if not moment:
        return looked_at(**said)
    if said.pop("now") is not None:
        raise Mistyped(
            "say the moment once: --as-of shows what was known then, --now is the moment to work as of.", "--as-of"
        )
    try:
        as_of = said_moment(moment, said["day"] or moment_now().date())
    except ValueError as error:
        raise Mistyped(f"found {moment!r}, expected a time such as 09:41, or {error}.", "--as-of") from None
    return looked_at(**said, as_of=as_of)


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


def tell_troubles(warnings: Sequence[str]) -> None:
    """Say what troubled a scheduled run where its page goes elsewhere: a scheduler mails or keeps what is said here."""
    for warning in () if sys.stdout.isatty() else warnings:
        tell(f"! {warning}")


def tell_progress(file: str, rows: int) -> None:
    """Say on a terminal how far a long file has been read."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rreading {file}: {rows:,} rows ")
        sys.stderr.flush()


def tell_days(day: "date", number: int, days: int) -> None:
    """Say on a terminal how far a long stretch of days has been looked at; nothing is left of it at the end."""
    if sys.stderr.isatty():
        words = f"looking at {day.isoformat()}: day {number} of {days} "
        sys.stderr.write(f"\r{words}" if number < days else f"\r{' ' * len(words)}\r")
        sys.stderr.flush()


def tell_moments(number: int, moments: int) -> None:
    """Say on a terminal how many moments of a morning have been looked at; nothing is left of it at the end."""
    if sys.stderr.isatty():
        words = f"looking at moment {number} of {moments} "
        sys.stderr.write(f"\r{words}" if number < moments else f"\r{' ' * len(words)}\r")
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
    from firstday_cli.morning.keeping import trouble_with_the_store

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
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # a program without a window has none
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - as long as it runs
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="firstday.plainly")
