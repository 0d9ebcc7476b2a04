"""`listen` at a terminal: the child by a few letters, who told by one key, then the words."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.console import ask
from firstday_cli.cli.keys import DIGITS, YES, child_by_letters, last_episode, one_key, one_line, tell_choices

if TYPE_CHECKING:
    from firstday_cli.desk import Desk
    from firstday_cli.domain.contacts import Contact
    from firstday_cli.domain.people import PupilId
    from firstday_cli.morning.messages_said import Heard

FIRST, NEXT = "Which child (a few letters, class or id)", "And which other child (Enter: go on)"
NOBODY = "Nobody picked: keep it among the messages that wait? (y/n) "
WHO, TYPED = "Who told (number, or t to type): ", "Who told"


def asked_for(desk: "Desk", pupils: Sequence[str] | None, said: "Heard") -> "tuple[list[str], Heard]":
    """Whom it is about and what was said, asked for what was left out where somebody sits at a terminal."""
    if not sys.stdin.isatty():
        return list(pupils or ()), said
    about: list[str] = list(pupils or _children(desk))
    told_by = said.told_by or _who_told(desk, about)
    reason = said.reason
    while not reason.strip():
        reason = ask("What they said", "")
    said = replace(said, told_by=told_by, reason=reason)
    return about, said if said.last_episode else _with_episode(desk, said)


def _with_episode(desk: "Desk", said: "Heard") -> "Heard":
    """The same with the last episode, where the words are of sickness or diarrhoea and of no danger."""
    from firstday_cli.domain.messages.matching import said_in

    what = said_in(said.reason, desk.at)
    if what.danger or not what.has_sickness:
        return said
    return replace(said, last_episode=last_episode(desk, desk.at.date()))


def _children(desk: "Desk") -> "list[PupilId]":
    """The children picked, one after another; nobody where that is meant."""
    found: list[PupilId] = []
    while True:
        words = one_line(NEXT if found else FIRST)
        if words:
            pupil_id = child_by_letters(desk, words, found)
            found += [pupil_id] if pupil_id is not None else []
        elif found or one_key(NOBODY, stops=False) == YES:
            return found


def _who_told(desk: "Desk", about: Sequence[str]) -> str:
    """A contact of the children by one key, with the relationship; else whoever is typed."""
    people = [contact.who for contact in _contacts(desk, about)][: len(DIGITS)]
    if people:
        tell_choices(people)
        key = one_key(WHO, stops=False)
        place = DIGITS.find(key) if len(key) == 1 else -1
        if 0 <= place < len(people):
            return people[place]
        if len(key) == 1 and key.isalpha() and key != "t":
            return f"{key}{typer.prompt('', default='', show_default=False, prompt_suffix=key, err=True)}".strip()
    return str(typer.prompt(TYPED, err=True)).strip() or _who_told(desk, about)


def _contacts(desk: "Desk", about: Sequence[str]) -> "list[Contact]":
    """Everybody on the children's lists, each person once."""
    lists = desk.contact_list()
    everybody = (contact for words in about for contact in lists.of(desk.pupil_named(words)))
    return list({contact.who: contact for contact in everybody if contact.who}.values())
