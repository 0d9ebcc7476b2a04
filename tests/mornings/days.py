"""Which sessions the school is open for, counted on the fingers."""

from datetime import date, timedelta

from .morning import Morning, standing_entries


def is_open(morning: Morning, day: date, session: str) -> bool:
    """Whether there is school in this session."""
    in_term = any(first <= day <= last for first, last in morning.terms)
    shut = any(closure.first <= day <= closure.last and session in closure.sessions for closure in morning.closures)
    return in_term and day.weekday() < 5 and not shut and not _was_closed(morning, day, session)


def is_school_day(morning: Morning, day: date) -> bool:
    """Whether there is school in either session."""
    return is_open(morning, day, "AM") or is_open(morning, day, "PM")


def next_school_day(morning: Morning, day: date) -> date:
    """The first school day after this day."""
    later = day + timedelta(days=1)
    while not is_school_day(morning, later):
        later += timedelta(days=1)
    return later


def _was_closed(morning: Morning, day: date, session: str) -> bool:
    return any(
        entry.what == "close" and entry.happened.date() == day and entry.session in ("", session)
        for entry in standing_entries(morning)
    )
