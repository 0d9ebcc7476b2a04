"""Days, moments and times of day as somebody typed them to a command."""

from datetime import date, datetime, time


def said_day(text: str) -> date:
    """A day as typed on a command line. Raises ValueError with what was expected."""
    from firstday_cli.intake.cells.moments import day

    return day(text.strip())


def said_moment(text: str, on: date | None = None) -> datetime:
    """A moment as typed; without a zone it is London's, a bare time of the day `on`. Raises ValueError: expected."""
    from firstday_cli.intake.cells.moments import moment

    return moment(text.strip(), on)


def said_time(text: str) -> time:
    """A time of day as typed on a command line. Raises ValueError with what was expected."""
    from firstday_cli.intake.cells.moments import clock

    return clock(text.strip())
