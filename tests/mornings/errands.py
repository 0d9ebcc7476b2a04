"""What people record in the course of an invented morning, each thing at a second of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .morning import Entry
from .scene import Scene

A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Errand:
    """Something to record between two moments, and perhaps to withdraw at once."""

    entry: Entry
    earliest: datetime
    latest: datetime
    is_taken_back: bool = False


def recorded(scene: Scene, errands: Iterable[Errand], taken: Iterable[datetime]) -> list[Entry]:
    """The entries, in the order recorded; no two share a moment, nor do they with a round of exports."""
    used = {at.replace(microsecond=0) for at in taken}
    entries: list[Entry] = []
    for errand in errands:
        at = _free_moment(scene, errand, used)
        used |= {at, at + A_SECOND}
        entries.append(replace(errand.entry, recorded=at))
        if errand.is_taken_back:
            entries.append(Entry("withdraw", at + A_SECOND))
    return sorted(entries, key=lambda entry: entry.recorded)


def _free_moment(scene: Scene, errand: Errand, used: set[datetime]) -> datetime:
    """A second in the errand's span that is free, and the next one with it."""
    span = int((errand.latest - errand.earliest).total_seconds()) - 5
    while True:
        at = (errand.earliest + scene.dice.randint(2, span) * A_SECOND).replace(microsecond=0)
        if not used & {at, at + A_SECOND}:
            return at
