"""A stretch of days looked at one after the other, then summed: the report `analysis`."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from firstday_cli.desk import Desk
from firstday_cli.domain.calling.contact_lists import ContactPicture
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.sheets.earlier_today import halves_begun
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.term.day_of_term import DayOfTerm, day_of_term
from firstday_cli.domain.term.term_held import TermHeld
from firstday_cli.reports.page import Audience, Page

Progress = Callable[[date, int, int], None]


def analysed(desk: Desk, days: tuple[date, date], lists: ContactPicture, audience: Audience, tell: Progress) -> Page:
    """The page of what the school days from one to another show, for whoever it is for."""
    from firstday_cli.analysis.trends import term_picture
    from firstday_cli.reports.analysis import analysis

    first, last = days
    rated_on = min(last, desk.now.date())
    held = TermHeld(
        school=desk.policy.school.name, first=first, last=last, as_of=desk.now, rated_on=rated_on,
        days=tuple(_days(desk, first, rated_on, tell)), log=desk.entries(first, desk.calendar.last), roll=desk.roll,
        ratings=_ratings(desk, rated_on), lists=lists, names_pupils=audience is Audience.SAFEGUARDING,
    )  # fmt: skip
    return analysis(term_picture(held), audience)


def _days(desk: Desk, first: date, last: date, tell: Progress) -> Iterable[DayOfTerm]:
    """The school days up to today, each as known now."""
    days = [
        day for n in range((last - first).days + 1) if desk.calendar.is_school_day(day := first + timedelta(days=n))
    ]
    for number, evidence in enumerate(desk.evidence_of_days(days), start=1):
        tell(evidence.session.day, number, len(days))
        yield day_of_term(evidence)


def _ratings(desk: Desk, day: date) -> dict[PupilId, RagRating]:
    """The rating that each pupil has at the end of a day, or now; of nobody who had left."""
    (evidence,) = desk.evidence_of_days([day])
    session = SessionFacts(evidence, halves_begun(evidence)[-1])
    here = sorted(evidence.roll.ids - session.not_expected.keys())
    evidence.histories.fetch(here)
    return {pupil_id: session.ratings.of(pupil_id).rating for pupil_id in here}
