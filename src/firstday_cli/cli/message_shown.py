"""One message on a terminal: when it came and from whom, its words, the pupils by number, and what is proposed."""

from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.keys import DIGITS
from firstday_cli.domain.messages.beside import NAMED, NEAR, Beside, Person
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.writers.letters import shown as plainly

if TYPE_CHECKING:
    from firstday_cli.domain.people import Pupil, PupilId
    from firstday_cli.morning.messages_shown import Walk

HOW = {NAMED: "  (named besides)", NEAR: "  (a name near it)"}


def numbered(shown: Beside) -> "list[PupilId]":
    """The pupils who have a number on the terminal, in their order."""
    return [person.pupil.pupil_id for person in shown.people[: len(DIGITS)]]


def tell_message(stands: "Walk", *, number: int, of: int) -> None:
    """Show the next message."""
    shown = stands.following
    if shown is None:
        return
    message = shown.proposal
    at = in_london(message.received_at) if message.received_at else None
    when = f"{in_words(at.date())} {at:%H:%M}" if at else "no time"
    _line("")
    _line(f"Message {number} of {of}: {message.message_id}, {when}, {message.channel or 'no channel'}")
    for sender in _senders(shown):
        _line(f"  {sender}")
    if message.danger:
        _line(f"  !!! DANGER: it says “{message.danger}”. Nobody may know where a child is: ring back now. !!!")
    for words in (shown.words or "(no words)").splitlines():
        _line(f"  | {words}")
    if shown.about:
        _line(f"  its columns name: {shown.about}")
    _tell_people(shown, stands)
    _line(proposed(shown))


def _tell_people(shown: Beside, stands: "Walk") -> None:
    for place, person in enumerate(shown.people):
        key = DIGITS[place] if place < len(DIGITS) else "-"
        _line(f"  {key}  {_person(person, stands.stands.get(person.pupil.pupil_id, ''))}")
    if not shown.people:
        _line("  Nobody of the roll fits. Press t to type a name.")


def _person(person: Person, where: str) -> str:
    siblings = ", ".join(f"{sibling.name} {sibling.group}".strip() for sibling in person.siblings)
    with_them = f"; brothers and sisters: {siblings}" if siblings else ""
    return f"{_pupil(person.pupil)}: {where}{with_them}{HOW.get(person.how, '')}"


def _pupil(pupil: "Pupil") -> str:
    return f"{pupil.name} ({pupil.pupil_id}, {pupil.group or 'no group'})"


def _senders(shown: Beside) -> list[str]:
    """From whom it came, and who that is by the contact lists."""
    unknown = [] if shown.known or not shown.sender else ["  on no contact list"]
    return [
        f"from {shown.sender or 'nobody named'}",
        *(f"  that is {known.who} of {', '.join(_pupil(pupil) for pupil in known.pupils)}" for known in shown.known),
        *unknown,
    ]


def proposed(shown: Beside) -> str:
    """What is proposed, by the numbers of the list, for which days and why."""
    message = shown.proposal
    days = f" for {message.for_days}" if message.for_days else ""
    if not message.proposed:
        which = "several fit: choose" if len(message.candidates) > 1 else "nobody for sure"
        return f"Nothing is proposed{days} ({which}): {message.because}."
    places = " ".join(str(n) for n, p in enumerate(shown.people, start=1) if p.pupil.pupil_id in message.proposed)
    return f"Proposed: {places}{days}: {message.because}."


def _line(words: str) -> None:
    typer.echo(plainly(words))
