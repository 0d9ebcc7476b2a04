"""Any report of the catalogue, of one day or of a stretch of days."""

from collections.abc import Iterable
from datetime import date, timedelta

from firstday_cli.desk import Desk
from firstday_cli.domain.all_ratings import AllRatings, all_ratings
from firstday_cli.domain.day_picture import day_picture
from firstday_cli.domain.pupil_days import PupilDays
from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.domain.session_facts import SessionFacts
from firstday_cli.domain.term_picture import SessionTally, tallies
from firstday_cli.errors import Mistyped
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.reports.page import Page


def reported(desk: Desk, name: str, first: date | None, last: date | None) -> Page:
    """The report's page. Raises Mistyped for a report that there is not."""
    if name not in REPORTS:
        raise Mistyped(f'found "{name}", expected one of {", ".join(REPORTS)}.', "NAME")
    of_day = REPORTS[name].of_day
    if of_day is not None:
        return of_day(day_picture(desk.evidence()))
    match name:
        case "rag-review":
            return _review(desk)
        case "statutory-alerts":
            return _statutory(desk)
        case _:
            return _analysis(desk, first, last)


def ratings_now(desk: Desk) -> AllRatings:
    """Every pupil's rating on the day asked for."""
    return all_ratings(desk.evidence())


def _review(desk: Desk) -> Page:
    from firstday_cli.domain.review import review_picture
    from firstday_cli.reports.review import review

    evidence, day = desk.evidence(), desk.session.day
    before = evidence.school_day_before()
    log = desk.entries(before or day, day)
    return review(review_picture(day_picture(evidence), desk.policy.people, evidence.histories, log, before))


def _statutory(desk: Desk) -> Page:
    from firstday_cli.domain.statutory import statutory_alerts
    from firstday_cli.reports.statutory import statutory

    evidence = desk.evidence()
    days = PupilDays(SessionFacts(evidence, desk.session.half))
    here = sorted(evidence.roll.ids - days.session.not_expected.keys())
    evidence.histories.fetch(here)
    pupils = {pupil_id: evidence.roll.pupil(pupil_id) for pupil_id in here}
    alerts = [a for p in here for a in statutory_alerts(pupils[p], days.marked(p))]
    return statutory(desk.policy.school.name, desk.session, alerts, pupils)


def _analysis(desk: Desk, first: date | None, last: date | None) -> Page:
    from firstday_cli.analysis.trends import term_picture
    from firstday_cli.reports.analysis import analysis

    start, end = first or desk.calendar.first, last or desk.session.day
    if end < start:
        raise Mistyped(f"found {in_words(end)}, expected a day from {in_words(start)} on.", "--to")
    desk.calendar.must_cover(start)
    desk.calendar.must_cover(end)
    return analysis(term_picture(desk.policy.school.name, start, end, tuple(_tallies(desk, start, end))))


def _tallies(desk: Desk, first: date, last: date) -> Iterable[SessionTally]:
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if desk.calendar.is_school_day(day):
            evidence = desk.marks_of(day)
            begun = (half for half in Half if (day, half) <= (desk.now.date(), desk.half_of(desk.now)))
            for half in begun:
                yield from tallies(SessionFacts(evidence, half))
