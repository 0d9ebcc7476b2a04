"""In time or not: what had to be done by a time, when it was done, and when it was written down. Millbrook, 10am."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from firstday_cli.domain.log.entries import Logged
from firstday_cli.domain.record import record


class Timing(StrEnum):
    """How something stands that had to be made and logged by a time."""

    IN_TIME = "made and logged in time"
    LOGGED_LATE = "made in time, logged late"
    LATE = "made late"
    NOT_MADE = "not made"
    NOT_DUE_YET = "not due yet"


@record
class Timed:
    """How it stands, by when it was due, and the entry that decides."""

    timing: Timing
    due: datetime
    entry: Logged | None = None

    @property
    def was_missed(self) -> bool:
        """Whether the time was missed, in the making or in the logging."""
        return self.timing not in (Timing.IN_TIME, Timing.NOT_DUE_YET)


def timed(entries: Iterable[Logged], due: datetime, now: datetime) -> Timed:
    """How these entries meet a time: both what was done and the writing down of it are due by then."""
    found = sorted(entries, key=lambda e: (e.at, e.recorded, e.number))
    made = [e for e in found if e.at <= due]
    logged = [e for e in made if e.recorded <= due]
    if logged:
        return Timed(timing=Timing.IN_TIME, due=due, entry=logged[0])
    if made:
        return Timed(timing=Timing.LOGGED_LATE, due=due, entry=min(made, key=lambda e: (e.recorded, e.at, e.number)))
    if found:
        return Timed(timing=Timing.LATE, due=due, entry=found[0])
    return Timed(timing=Timing.NOT_MADE if now > due else Timing.NOT_DUE_YET, due=due)
