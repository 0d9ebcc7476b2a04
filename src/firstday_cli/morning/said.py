"""What was said on a command line, checked: pupils, days, sessions, codes, names."""

from collections.abc import Sequence
from datetime import date, datetime

from firstday_cli.desk import Desk
from firstday_cli.domain.marks import OFF_SITE, PRESENT, code_on, expected_instead, tidy
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Half, in_london, in_words
from firstday_cli.errors import Mistyped


def needed(value: str, option: str) -> str:
    """The words given. Raises Mistyped where there are none."""
    if not value.strip():
        raise Mistyped(f"say {option} TEXT.", option)
    return value.strip()


def session_said(desk: Desk) -> tuple[date, Half]:
    """The session in which something was seen or looked for: the one said, else that of the moment."""
    half = desk.half_said or desk.half_of(desk.at)
    day = desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    if (day, half) > (desk.now.date(), desk.half_of(desk.now)):
        raise Mistyped(f"{in_words(day)} {half} has not begun: nobody can have looked then.", "--session")
    if desk.asked.at and (day, half) != (desk.at.date(), desk.half_of(desk.at)):
        raise Mistyped(f"{in_words(desk.at.date())} {desk.at:%H:%M} is not in {in_words(day)} {half}.", "--at")
    return day, half


def all_named(desk: Desk, names: Sequence[str]) -> list[PupilId]:
    """The pupils named, each once."""
    return list(dict.fromkeys(desk.pupil_named(name) for name in names))


def last_episode_said(desk: Desk, said: datetime | None) -> datetime | None:
    """The last episode of sickness, which has happened already."""
    episode = in_london(said) if said else None
    if episode is not None and episode > desk.now:
        raise Mistyped("the last episode cannot lie after now.", "--sickness")
    return episode


def absence_code(text: str, day: date) -> str:
    """A code for an absence, as the office may enter it; empty where none was said."""
    code = tidy(text)
    if not code:
        return ""
    if code_on(code, day) is None or code == "-":
        raise Mistyped(f'found "{code}", expected {expected_instead(code, day)}.', "--code")
    if code in PRESENT | OFF_SITE:
        raise Mistyped(
            f'found "{code}", expected a code for an absence. For a sighting use `firstday check`.', "--code"
        )
    return code


def last_day_said(desk: Desk, first: date, until: date | None) -> date:
    """The last day that something covers: the first, unless another was said."""
    last = until or first
    if last < first:
        raise Mistyped(f"found {in_words(last)}, expected a day from {in_words(first)} on.", "--until")
    desk.calendar.must_cover(first)
    desk.calendar.must_cover(last)
    return last


def same_name(one: str, other: str) -> bool:
    """Whether two people's names are the same, however they are typed."""
    return bool(folded(one)) and folded(one) == folded(other)
