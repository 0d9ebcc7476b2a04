"""Showing a page: in the window, in a pipe, in a file, or opened with whatever the machine opens such files with."""

import os
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.console import tell
from firstday_cli.errors import Mistyped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from firstday_cli.desk import Desk
    from firstday_cli.domain.log.written import Written
    from firstday_cli.reports.page import Page

OPENED_AS = "html"
NEVER_EXPORTS = (".pdf", ".md")
READ, SHEETS = ("inbox", "profiles"), "sheets"
FILES = ("html", "pdf", "xlsx")  # what no window shows
AS_BYTES = ("json", "csv", *FILES)  # what a pipe gets in its own letters, whatever the console's are
PROTECTED = ("pdf", "xlsx")
SHORTEST = 8  # letters of a password
PASSWORD = "FIRSTDAY_PASSWORD"  # noqa: S105 - the name of a variable


def must_be_writable(format_name: str, output: Path | None) -> None:
    """Raise Mistyped for a format or a place that a page cannot go to, before anything is done."""
    _chosen(format_name, output)
    if output is not None:
        _refuse_to_replace(output)


def show(
    page: "Page", *, format_name: str, output: Path | None, desk: "Desk | None" = None, opens: bool = False,
    password: str = "",
) -> None:  # fmt: skip
    """Show the page in the format asked for: by default a table in a window, text elsewhere.

    What no window shows is written among the school's sheets, and so is what is opened.
    """
    chosen = _chosen(format_name or (OPENED_AS if opens and output is None else ""), output)
    if output is not None:
        _refuse_to_replace(output, desk)
    page = _for_its_readers(page, chosen, desk)
    target = output or _among_the_sheets(page, chosen, desk, opens=opens)
    if target is not None:
        _to_file(page, chosen, target, password)
    elif password or (chosen in FILES and sys.stdout.isatty()):
        raise Mistyped(f"{chosen} is a file: name it with -o FILE.{chosen}.", "--format")
    else:
        _to_screen(page, chosen)
    if opens and target is not None:
        _launch(target)


def show_text(text: str) -> None:
    """Write text that is no page to standard output: exactly as it is, with nothing beside it."""
    _write_as_it_is(text)


def save_text(contents: "Mapping[Path, str | bytes]", desk: "Desk") -> None:
    """Write each file whole, and say so. Raises Mistyped, before any is written, for one that firstday reads."""
    from firstday_cli.writers.files import write_whole

    for target in contents:
        _refuse_to_replace(target, desk)
    for target, content in contents.items():
        write_whole(target, content)
        tell(f"written to {target}")


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


def protected_as(format_name: str, output: Path | None) -> tuple[str, str]:
    """The format, PDF if none was said, and the password: of FIRSTDAY_PASSWORD, else typed twice.

    Raises Mistyped where the password is short, or of no use to the format.
    """
    chosen = _chosen(format_name or ("pdf" if output is None else ""), output)
    if chosen not in PROTECTED:
        raise Mistyped(f"{chosen} cannot have a password: choose {' or '.join(PROTECTED)}.", "--protect")
    said = os.environ.get(PASSWORD, "")
    if not said and sys.stdin.isatty():
        said = str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    if len(said.strip()) < SHORTEST:
        raise Mistyped(f"found no password of {SHORTEST} letters or more: type one, or set {PASSWORD}.", "--protect")
    return chosen, said


def _to_file(page: "Page", chosen: str, target: Path, password: str) -> None:
    from firstday_cli.morning.written_pages import content_of, told_beside, write_page

    is_new_folder = not target.parent.is_dir()
    content = content_of(page, chosen)
    if password and isinstance(content, bytes):
        from firstday_cli.writers.protected import protected

        content = protected(content, chosen, password)
    write_page(target, page, content, chosen)
    is_a_sheet = SHEETS in target.parts[-3:-1]
    place = "/".join(target.parts[-3:]) if is_a_sheet else str(target) if is_new_folder else target.name
    tell(f"written to {place}{', opens with the password alone' if password else ''}")
    if chosen in PROTECTED and not password and os.environ.get(PASSWORD):
        tell(f"It has no password: {PASSWORD} counts only with `report … --protect`.")
    for warning in told_beside(page, chosen):
        tell(f"! {warning}")


def _to_screen(page: "Page", chosen: str) -> None:
    from firstday_cli.writers import WRITERS

    if chosen == "table" and sys.stdout.isatty():
        from firstday_cli.writers.terminal import show as show_in_window

        show_in_window(page)
        return
    content = WRITERS[chosen](page)
    if isinstance(content, bytes) or (chosen in AS_BYTES and not (chosen == "csv" and sys.stdout.isatty())):
        sys.stdout.flush()
        sys.stdout.buffer.write(content if isinstance(content, bytes) else content.encode())
        sys.stdout.buffer.flush()
    else:
        _write_as_it_is(content)


def _for_its_readers(page: "Page", chosen: str, desk: "Desk | None") -> "Page":
    """The page as they may have it: no rating on paper for the office; to parents nothing that the office must know."""
    from firstday_cli.morning.written_pages import as_may_be_printed
    from firstday_cli.reports.page import Audience

    if page.audience is Audience.PARENTS:
        for warning in page.warnings:
            tell(warning)
        return replace(page, warnings=())
    return as_may_be_printed(page, chosen, desk.policy) if desk else page


def _among_the_sheets(page: "Page", chosen: str, desk: "Desk | None", *, opens: bool) -> Path | None:
    """Where a page goes that nobody named a file for: named for the report and the session, never for a child.

    A newer page takes the place of an older one, but never one pupil's that of another's.
    """
    if desk is None or not (opens or (chosen in FILES and sys.stdout.isatty())):
        return None
    from firstday_cli.morning.written_pages import name_among_sheets

    place = desk.sheets / name_among_sheets(page)
    if desk.is_replay:
        place = place.with_name(f"{place.name}-as-of-{desk.now:%H%M}")  # it takes no place of today's
    if "pupil_id" not in page.facts:
        return place.with_name(f"{place.name}.{chosen}")
    places = (place.with_name(f"{place.name}-{number}.{chosen}") for number in count(1))
    return next(free for free in places if not free.exists())


def _launch(target: Path) -> None:
    """Open the file as a double click would; where nothing here can, say where it lies."""
    if typer.launch(str(target.resolve())):
        tell(f"nothing here opens it: it lies in {target.parent}")


def _write_as_it_is(text: str) -> None:
    """Write text to standard output without changing its line ends."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def _refuse_to_replace(output: Path, desk: "Desk | None" = None) -> None:
    """Raise Mistyped for a file that firstday reads (an export, a setting, the store), and for what is no file."""
    if not output.name or output.name == "-":
        raise Mistyped("found no name of a file. Without -o the page goes to standard output.", "-o")
    if output.exists() and not (output.is_file() or output.is_dir()):
        raise Mistyped("is there, and is no file that a page can replace. Name another.", output.name)
    place, ours = output.resolve(), (".toml", ".cmd", ".command")
    is_read = place.parent.name in READ or (desk is not None and _is_read_by(desk, place))
    if is_read or ".db" in output.name or output.suffix.lower() in ours:
        raise Mistyped("would replace a file that firstday reads. Name another.", "-o")


def _is_read_by(desk: "Desk", place: Path) -> bool:
    """Whether a page there stood among what is read, or took the place of an export in a folder beside the inbox."""
    own = [(desk.folder / name).resolve() for name in READ]
    beside = [(desk.folder / Path(name).expanduser()).resolve() for name in desk.policy.inbox.also]
    is_an_export = place.exists() and place.suffix.lower() not in NEVER_EXPORTS
    return any(map(place.is_relative_to, own)) or (is_an_export and any(map(place.is_relative_to, beside)))


def _chosen(format_name: str, output: Path | None) -> str:
    from firstday_cli.writers import ENDINGS, WRITERS

    if format_name and format_name not in WRITERS:
        raise Mistyped(f'found "{format_name}", expected one of {", ".join(WRITERS)}.', "--format")
    if format_name:
        return format_name
    if output is None:
        return "table" if sys.stdout.isatty() else "text"
    if output.suffix.lower() not in ENDINGS:
        raise Mistyped(f'"{output.name}" ends in none of {", ".join(ENDINGS)}. Choose one, or say --format.', "-o")
    return ENDINGS[output.suffix.lower()]
