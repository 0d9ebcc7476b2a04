"""Rings, deadlines and first contacts → lines of the picture."""

from collections.abc import Callable, Iterable
from datetime import datetime

import pandas as pd

from firstday_cli.domain.sheets.timing import Timing
from firstday_cli.domain.term.day_of_term import Deadline
from firstday_cli.domain.term.first_contact import FirstContact
from firstday_cli.domain.term.term_picture import CallLine, Calls, DeadlineLine, FirstContacts


def calls_of(rings: pd.DataFrame) -> Calls:
    """The rings all together, by the hour in which the telephone rang, and by which contact of the list it was."""
    return Calls(
        overall=_line("All calls", rings),
        by_hour=_lines(rings, "hour", lambda hour: f"{hour:02d}:00 to {hour:02d}:59"),
        by_contact=_lines(rings, "contact", lambda number: f"contact {number}"),
    )


def _lines(rings: pd.DataFrame, heading: str, named: Callable[[int], str]) -> tuple[CallLine, ...]:
    found = ((int(str(value)), those) for value, those in rings.groupby(heading))
    return tuple(_line(named(value), those) for value, those in sorted(found, key=lambda pair: pair[0]))


def _line(label: str, rings: pd.DataFrame) -> CallLine:
    answered, contact = (int(rings[column].sum()) for column in ("is_answered", "is_contact"))
    return CallLine(label=label, rings=len(rings), answered=answered, contact=contact)


def deadlines_of(deadlines: pd.DataFrame) -> tuple[DeadlineLine, ...]:
    """How each time of the policy was met; what never had to be made has a line without counts."""
    counts = deadlines.value_counts(["deadline", "timing"]).to_dict()
    return tuple(
        DeadlineLine(label=what.value, counts={how: int(counts.get((what.value, how.value), 0)) for how in Timing})
        for what in Deadline
    )


def first_contacts_of(contacts: Iterable[FirstContact], now: datetime) -> FirstContacts:
    """How soon contact was made: the median of the answers, and the share within an hour of all that are settled."""
    found = tuple(contacts)
    minutes = pd.Series([c.minutes for c in found if c.minutes is not None], dtype="float64")
    settled = [c for c in found if c.is_settled(now)]
    return FirstContacts(
        listed=len(found), made=len(minutes), settled=len(settled),
        within_an_hour=sum(1 for c in settled if c.is_within_an_hour),
        median=float(minutes.median()) if len(minutes) else None,
    )  # fmt: skip
