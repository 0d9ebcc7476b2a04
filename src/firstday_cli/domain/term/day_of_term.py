"""One day of a stretch of days: its marks, and how each time that the policy sets was met."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.calls_today import RungChild, calls_today
from firstday_cli.domain.sheets.earlier_today import DaySoFar, not_read_that_day
from firstday_cli.domain.sheets.texts_today import texts_today
from firstday_cli.domain.sheets.timing import Timing
from firstday_cli.domain.sheets.visits_today import review_today, visits_today
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.term.first_contact import FirstContact, first_contact
from firstday_cli.domain.term.session_marks import SessionMarks, session_marks


class Deadline(StrEnum):
    """What has to be made, and written down, by a time of the policy. Millbrook, 10:00, 10:30 and 11:45."""

    CALLS = "calls"
    TEXTS = "texts"
    RED_VISITS = "visits at once"
    OTHER_VISITS = "visits after the calls"
    REVIEW = "daily review"


@record
class DayOfTerm:
    """One school day: its sessions with a register, and what was met or missed, each as the day's summary has it.

    Nobody can say what was missed on a day whose registers came in later: then `is_read` is false, and nothing was.
    """

    day: date
    is_read: bool
    marks: tuple[SessionMarks, ...]
    deadlines: tuple[tuple[Deadline, Timing], ...] = ()
    contacts: tuple[FirstContact, ...] = ()


def day_of_term(evidence: DayEvidence) -> DayOfTerm:
    """What one day shows, as known now."""
    day = DaySoFar(evidence)
    marks = tuple(found for session in day.sessions if (found := session_marks(session)))
    unread = not_read_that_day(evidence)
    is_read = any(found.half not in unread for found in marks)
    if not is_read:
        return DayOfTerm(day=evidence.session.day, is_read=False, marks=marks)
    calls = calls_today(day)
    return DayOfTerm(
        day=evidence.session.day, is_read=True, marks=marks, deadlines=tuple(_deadlines(day, calls)),
        contacts=tuple(_contacts(day, calls)),
    )  # fmt: skip


def _deadlines(day: DaySoFar, calls: Iterable[RungChild]) -> Iterable[tuple[Deadline, Timing]]:
    yield from ((Deadline.CALLS, child.first_call.timing) for child in calls)
    yield from ((Deadline.TEXTS, f.first_text.timing) for f in texts_today(day) if f.may_be_texted)
    for visit in visits_today(day):
        yield (Deadline.RED_VISITS if visit.is_red else Deadline.OTHER_VISITS), visit.visit.timing
    yield Deadline.REVIEW, review_today(day).timing


def _contacts(day: DaySoFar, calls: Iterable[RungChild]) -> Iterable[FirstContact]:
    sessions = {session.session.half: session for session in day.sessions}
    for child in calls:
        found = first_contact(sessions[child.half], child)
        if found is not None:
            yield found
