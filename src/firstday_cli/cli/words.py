"""Options whose value is one of fixed words: how it is read, and what the Tab key offers."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import typer


def one_of(*words: str) -> Callable[[str], str]:
    """What reads one of these words, in capitals or not; blank stays blank."""

    def chosen(text: str) -> str:
        if not text:
            return ""  # left out: the command says what it needs
        found = next((word for word in words if word.casefold() == text.casefold()), None)
        if found is None:
            raise typer.BadParameter(f"found {text!r}, expected one of {', '.join(words)}")
        return found

    return chosen


def word_option(*names: str, words: Sequence[str], says: str, metavar: str = "", **more: Any) -> Any:
    """An option that takes one of these words."""
    return typer.Option(
        *names, parser=one_of(*words), autocompletion=offered(words), metavar=metavar or "|".join(words), help=says,
        **more,
    )  # fmt: skip


def word_argument(words: Sequence[str], metavar: str, says: str) -> Any:
    """An argument that is one of these words."""
    return typer.Argument(parser=one_of(*words), autocompletion=offered(words), metavar=metavar, help=says)


def formats_begun(incomplete: str) -> list[str]:
    """The formats that begin so."""
    from firstday_cli.writers import WRITERS

    return _begun(WRITERS, incomplete)


def reports_begun(incomplete: str) -> list[str]:
    """The reports whose name begins so."""
    from firstday_cli.reports.catalogue import REPORTS

    return _begun(REPORTS, incomplete)


def offered(words: Sequence[str]) -> Callable[[str], list[str]]:
    """What offers those of the words that begin as typed."""

    def begun(incomplete: str) -> list[str]:
        return _begun(words, incomplete)

    return begun


def _begun(words: Iterable[str], incomplete: str) -> list[str]:
    return [word for word in words if word.startswith(incomplete)]
