"""The machine as a scheduler sees it: its clocks, and the program that runs there."""

import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from firstday_cli.domain.machine_times import Clock

LOCALTIME = Path("/etc/localtime")


def here(at: datetime) -> datetime:
    """The same moment as this program's own clock shows it."""
    return at.astimezone()


def clocks(localtime: Path = LOCALTIME) -> tuple[Clock, ...]:
    """The clocks that a scheduler here may go by: this program's, and the machine's where TZ may say another.

    A scheduler is started with the machine, and seldom hears of a TZ that one user has set.
    """
    if not os.environ.get("TZ"):
        return (here,)
    try:
        with localtime.open("rb") as file:
            zone = ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return (here,)
    return here, lambda at: at.astimezone(zone)


def program() -> tuple[str, ...]:
    """The words that run firstday from anywhere: this very Python and its module, else the name alone."""
    return (sys.executable, "-P", "-m", "firstday_cli") if sys.executable else ("firstday",)


def is_windows() -> bool:
    """Whether this is a machine with Windows."""
    return os.name == "nt"
