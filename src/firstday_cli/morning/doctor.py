"""doctor: everything the morning rests on, one check after another; it never stops half way."""

from collections.abc import Sequence
from pathlib import Path

from firstday_cli.desk import Asked, Desk, school_folder
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.school_days import Calendar
from firstday_cli.errors import FirstdayError
from firstday_cli.morning.checks import calendar, inbox, old_sheets, places, runs, settings, store, taken_in
from firstday_cli.morning.checks.looking import Looks, Surroundings, looked_at
from firstday_cli.reports.health import Check, Verdict, said_by
from firstday_cli.settings import read_calendar, read_policy

CHECKS: tuple[tuple[str, Looks], ...] = (
    ("profiles", settings.profiles),
    ("today", calendar.today),
    ("bank holidays", calendar.holidays),
    ("calendar ends", calendar.ending),
    ("who writes", settings.who_writes),
    ("people", settings.people),
    ("outside", settings.outside),
    ("ratings", settings.ratings),
    ("ladder", settings.ladder),
    ("inbox", inbox.inbox),
    ("share", store.share),
    ("store", store.store),
    ("chain", store.chain),
    ("clock", store.clock),
    ("new files", inbox.new_files),
    ("files not understood", inbox.not_understood),
    ("permissions", places.permissions),
    ("may write", places.may_write),
    ("disk", places.disk),
    ("taken in", taken_in.kinds),
    ("today's registers", taken_in.registers),
    ("groups", taken_in.groups),
    ("numbers", taken_in.contacts),
    ("old sheets", old_sheets.old_sheets),
    ("last run", runs.scheduled),
)


def examined(asked: Asked) -> tuple[Check, ...]:
    """Every check and what it found."""
    try:
        folder = school_folder(asked.school)
    except FirstdayError as error:
        return (said_by("school folder", error.message, "name it with --school DIR"),)
    read = (
        settings.folder_named(asked, folder),
        settings.read("policy.toml", lambda: read_policy(folder), settings.POLICY_PAGE),
        settings.read("calendar.toml", lambda: read_calendar(folder), settings.CALENDAR_PAGE),
    )
    at = _surroundings(asked, folder)
    return _each_trouble_once((*read, *(check for name, look in CHECKS for check in looked_at(name, look, at))))


def _each_trouble_once(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks without those that failed in the very words of one before: one broken store is one line."""
    first = {check.found: check for check in reversed(checks) if check.verdict is Verdict.FAIL}
    return tuple(c for c in checks if c.verdict is not Verdict.FAIL or first[c.found] is c)


def _surroundings(asked: Asked, folder: Path) -> Surroundings:
    """What there is to look at; without settings that can be read there is no desk."""
    policy, days = _policy(folder), _calendar(folder)
    desk = Desk(asked) if policy and days else None
    return Surroundings(asked=asked, folder=folder, policy=policy, calendar=days, desk=desk)


def _policy(folder: Path) -> Policy | None:
    try:
        return read_policy(folder)
    except (FirstdayError, OSError):
        return None


def _calendar(folder: Path) -> Calendar | None:
    try:
        return read_calendar(folder)
    except (FirstdayError, OSError):
        return None
