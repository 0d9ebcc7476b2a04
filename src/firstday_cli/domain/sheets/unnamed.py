"""Words that people typed, without anybody's name: for a page on which no child is meant to be known."""

import re
from collections.abc import Iterable

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.roll import Roll

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
A_NAME = "…"


def words_of_names(roll: Roll, contacts: ContactList, pupils: Iterable[PupilId]) -> frozenset[str]:
    """Every word of a name of a child on the roll, and of the people on the contact lists of these children."""
    names = [contact.name for pupil_id in pupils for contact in contacts.of(pupil_id)]
    for pupil_id in roll.ids:
        pupil = roll.pupil(pupil_id)
        names += [pupil.forename, pupil.surname, pupil.preferred_forename, pupil.preferred_surname]
    return frozenset(word for name in names for word in folded(name).split() if len(word) > 1)


def unnamed(text: str, names: frozenset[str]) -> str:
    """The text in one line with a sign in the place of each word that is in somebody's name."""
    line = " ".join(text.split())
    return WORD.sub(lambda found: A_NAME if names & _as_names(found[0]) else found[0], line)


def _as_names(word: str) -> frozenset[str]:
    """The word as a name may have it: whole, and without the s of a possessive."""
    return frozenset((*folded(word).split(), *folded(re.sub(r"['’]s$", "", word)).split()))
