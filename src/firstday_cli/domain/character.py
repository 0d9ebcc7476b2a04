"""Whether silence is out of character for a family. Guidance, step 8: from a supportive family it is very worrying."""

from collections.abc import Sequence
from datetime import date, datetime, time
from fractions import Fraction

from firstday_cli.domain.absence_days import SchoolDay, Was
from firstday_cli.domain.attendance import Attendance
from firstday_cli.domain.entries import ExplanationGiven, Logged, MessageHeard, MessageMatched
from firstday_cli.domain.history import PupilHistory
from firstday_cli.domain.policy import Character
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words


@record
class FamilyReports:
    """How a family reported earlier absences: on which days, by what way, and at the latest what time of day."""

    days: frozenset[date]
    ways: tuple[str, ...]
    latest: time


def why_out_of_character(
    history: PupilHistory, days: Sequence[SchoolDay], figures: Sequence[Attendance], now: datetime, *,
    policy: Character, enough: int,
) -> str:  # fmt: skip
    """Why silence today is out of character, with the evidence; empty where it is not.

    `figures` are this school year's attendance and last year's, `days` the earlier school days of this year.
    """
    return _attends_well(figures, policy, enough) or _normally_reports(history, days, now, policy)


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


def _normally_reports(history: PupilHistory, days: Sequence[SchoolDay], now: datetime, policy: Character) -> str:
    absences = _first_days(days)
    reports = _reports(history)
    told = [day for day in absences if reports and day in reports.days]
    if reports is None or len(absences) < policy.absences or now.time() <= reports.latest:
        return ""
    if len(told) < len(absences) * Fraction(policy.reported_at_least):
        return ""
    ways = f" by {', '.join(reports.ways)}" if reports.ways else ""
    last = in_words(max(told))
    return (
        f"the family reported {len(told)} of {len(absences)} absences{ways}, by {reports.latest:%H:%M}, last on {last}"
    )


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


def _reports(history: PupilHistory) -> FamilyReports | None:
    """What the family said of itself: messages under the pupil's id, and what people typed in or matched."""
    found = [(report.at, report.channel) for report in history.reported]
    found += [said for entry in history.log if (said := _said(entry)) is not None]
    if not found:
        return None
    return FamilyReports(
        days=frozenset(at.date() for at, _ in found),
        ways=tuple(sorted({way for _, way in found if way})),
        latest=max(at.time() for at, _ in found),
    )


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
