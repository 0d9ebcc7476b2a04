"""How a check looks: whatever is broken there ends that check alone, and the next one goes on."""

import sqlite3
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from firstday_cli.desk import Asked
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Calendar
from firstday_cli.errors import FirstdayError
from firstday_cli.morning.keeping import trouble_with_the_store
from firstday_cli.reports.health import Check, failed, said_by

if TYPE_CHECKING:
    from firstday_cli.desk import Desk

NOT_READABLE = (ValueError, LookupError, TypeError, ArithmeticError, RecursionError, zlib.error)
MEND_IT = "mend it, then run `firstday doctor` again"
FROM_A_COPY = "put back the newest copy made by `firstday backup`, and find out what happened"


@record
class Surroundings:
    """What a check may look at: the school's folder, and its settings and its desk where they can be had."""

    asked: Asked
    folder: Path
    policy: Policy | None = None
    calendar: Calendar | None = None
    desk: "Desk | None" = None


Looks = Callable[[Surroundings], Iterable[Check]]


def looked_at(name: str, look: Looks, at: Surroundings) -> tuple[Check, ...]:
    """What a check found; what could not be looked at is a failed check of that name."""
    try:
        return tuple(look(at))
    except FirstdayError as error:
        return (said_by(name, error.message, MEND_IT),)
    except sqlite3.Error as error:
        return (said_by(name, trouble_with_the_store(error).message, FROM_A_COPY),)
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        return (failed(name, f"could not be looked at: {reason}", "check who may read and write there"),)
    except NOT_READABLE as error:
        found = f"what is kept there cannot be understood ({type(error).__name__})"
        return (failed(name, found, f"run `firstday verify`; if it finds something, {FROM_A_COPY}"),)
