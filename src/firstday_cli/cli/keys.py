"""Single keys at a terminal, and what the walks by keys ask in lines: a child by a few letters, a last episode."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.console import tell
from firstday_cli.errors import Mistyped

if TYPE_CHECKING:
    from firstday_cli.desk import Desk
    from firstday_cli.domain.people import PupilId

QUIT, YES, ENTER = "q", "y", ("\r", "\n")
STOPPED = "Stopped. Everything entered is kept."
DIGITS = "123456789"
EPISODE = "Sickness or diarrhoea: when was the last episode (Enter: the 48 hours are not applied)"


class Stop(Exception):
    """Somebody stops: the key, the end of input, or the lid."""


def one_key(question: str, *, stops: bool = True) -> str:
    """One key, without the need of Enter; q stops where nothing else is meant by it."""
    typer.echo(question, err=True, nl=False)
    key = typer.getchar().casefold()
    typer.echo(key.strip() if key.isprintable() else "", err=True)
    if key in ("\x03", "\x04", "") or (stops and key == QUIT):
        raise Stop
    return key


def one_line(question: str) -> str:
    """A line, which may be blank."""
    return str(typer.prompt(question, default="", show_default=False, err=True)).strip()


def last_episode(desk: "Desk", on: date) -> datetime | None:
    """When the last episode was, asked until it is a moment that is past; a bare time is of the day told."""
    from firstday_cli.morning.said import last_episode_said
    from firstday_cli.morning.typed_moments import said_moment

    while text := one_line(EPISODE):
        try:
            return last_episode_said(desk, said_moment(text, on))
        except ValueError as error:
            tell(f"Found {text!r}, expected a time such as 06:00, or {error}.")
        except Mistyped as error:
            tell(error.message)
    return None


def child_by_letters(desk: "Desk", words: str, taken: Collection["PupilId"] = ()) -> "PupilId | None":
    """The child whom a few letters fit: shown, or picked by one key of several; None where nobody was picked."""
    from firstday_cli.domain.messages.beside import by_letters

    found = [pupil_id for pupil_id in by_letters(desk.roll, words) if pupil_id not in taken]
    if len(found) == 1:
        tell(f"  {called(desk, found[0])}")
        return found[0]
    if not found:
        tell("Nobody fits. Type a few letters of the names, the class, or the id.")
        return None
    return _picked(desk, found)


def _picked(desk: "Desk", found: "list[PupilId]") -> "PupilId | None":
    tell_choices(called(desk, pupil_id) for pupil_id in found[: len(DIGITS)])
    if len(found) > len(DIGITS):
        tell(f"  {len(found) - len(DIGITS)} more fit: type more letters to see them.")
    key = one_key("Which (another key: type again): ", stops=False)
    place = DIGITS.find(key) if len(key) == 1 else -1
    if not 0 <= place < len(found):
        return None
    tell(f"  {called(desk, found[place])}")
    return found[place]


def tell_choices(choices: Iterable[str]) -> None:
    """Choices under their numbers."""
    for number, choice in enumerate(choices, start=1):
        tell(f"  {number}  {choice}")


def called(desk: "Desk", pupil_id: "PupilId") -> str:
    """A child as lists of choices show it: name, id, class."""
    pupil = desk.roll.pupil(pupil_id)
    return f"{pupil.name} ({pupil_id}, {pupil.group or 'no group'})"
