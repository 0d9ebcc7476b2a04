"""Whether silence is out of character for a family. Guidance, step 8: from a supportive family it is very worrying."""

from collections.abc import Sequence
from datetime import date, datetime, time
from fractions import Fraction

from firstday_cli.domain.days.absence_days import SchoolDay, Was
from firstday_cli.domain.days.attendance import Attendance
from firstday_cli.domain.days.history import PupilHistory
from firstday_cli.domain.log.entries import ExplanationGiven, Logged, MessageHeard, MessageMatched
from firstday_cli.domain.policy import Character


def why_out_of_character(
    history: PupilHistory, days: Sequence[SchoolDay], figures: Sequence[Attendance], now: datetime, *,
    policy: Character, enough: int, afternoon: time,
) -> str:  # fmt: skip
    """Why silence today is out of character, with the evidence; empty where it is not.

    `figures` are this school year's attendance and last year's, `days` the earlier school days of this year.
    """
    return _attends_well(figures, policy, enough) or _normally_reports(history, days, now, policy, afternoon)


def _attends_well(figures: Sequence[Attendance], policy: Character, enough: int) -> str:
    this_year = figures[0]
    figure = next((f for f in figures if f.possible >= enough), None)
    if figure is None or this_year.unexplained:
        return ""
    wanted = Fraction(policy.attended_more_than)
    attended = figure.possible - figure.absent
    if attended * wanted.denominator <= figure.possible * wanted.numerator:
        return ""
    return f"attended {attended} of {figure.possible} sessions, none unexplained this year"


def _normally_reports(
    history: PupilHistory, days: Sequence[SchoolDay], now: datetime, policy: Character, afternoon: time
) -> str:
    absences, reports = _first_days(days), _reports(history)
    told = [report for day in absences if (report := _report_of(day, days, reports, afternoon)) is not None]
    if not told or len(absences) < policy.absences or len(told) < len(absences) * Fraction(policy.reported_at_least):
        return ""
    latest = max(hour for hour, _ in told)
    if now.time() <= latest:
        return ""
    ways = sorted({way for _, way in told if way})
    by = f" by {', '.join(ways)}" if ways else ""
    return f"the family reported {len(told)} of {len(absences)} absences{by}, at the latest at {latest:%H:%M}"


def _report_of(
    day: date, days: Sequence[SchoolDay], reports: Sequence[tuple[datetime, str]], afternoon: time
) -> tuple[time, str] | None:
    """How a day's absence was reported: at what time of it, at nought where that was the afternoon before or later."""
    before = max((d.day for d in days if d.day < day), default=date.min)
    of_day = [(at.time(), way) for at, way in reports if at.date() == day]
    earlier = [(time.min, way) for at, way in reports if before <= at.date() < day and at.time() >= afternoon]
    return min(of_day, default=None) or next(iter(earlier), None)


def _first_days(days: Sequence[SchoolDay]) -> list[date]:
    """The day on which each earlier absence began."""
    found, was_in = [], True
    for day in days:
        missed = Was.MISSED in day.open
        if missed and was_in:
            found.append(day.day)
        if day.open:
            was_in = not missed or day.open[-1] is Was.IN
    return found


def _reports(history: PupilHistory) -> list[tuple[datetime, str]]:
    """What the family said of itself, and how: messages under the pupil's id, and what people typed in or matched."""
    found = [(report.at, report.channel) for report in history.reported]
    return found + [said for entry in history.log if (said := _said(entry)) is not None]


def _said(entry: Logged) -> tuple[datetime, str] | None:
    match entry.what:
        case MessageHeard(channel=channel):
            return entry.at, channel
        case MessageMatched(received_at=at, channel=channel) if at is not None:
            return at, channel
        case ExplanationGiven():
            return entry.at, ""
        case _:
            return None
