"""Any report of the catalogue, of one day or of a stretch of days."""

from collections.abc import Iterable
from datetime import date, timedelta

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.calling.contact_gaps import term_began
from firstday_cli.domain.calling.contact_lists import ContactPicture, ListsHeld, contact_picture
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.domain.standing.all_ratings import AllRatings, all_ratings
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.standing.term_picture import SessionTally, tallies
from firstday_cli.errors import Mistyped
from firstday_cli.morning.pasting import page_of_the_day
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.reports.page import Page


@record
class Wanted:
    """What a report is asked about: a stretch of days, or one pupil and the body it is referred to."""

    first: date | None = None
    last: date | None = None
    pupil: str = ""
    body: str = ""


def reported(desk: Desk, name: str, wanted: Wanted) -> Page:
    """The report's page. Raises Mistyped for a report that there is not."""
    if name not in REPORTS:
        raise Mistyped(f'found "{name}", expected one of {", ".join(REPORTS)}.', "NAME")
    if wanted.pupil and name != "referral":
        raise Mistyped(f"{name} is about the whole school: only referral is about one pupil.", "PUPIL")
    of_day = REPORTS[name].of_day
    if of_day is not None:
        return of_day(day_picture(desk.evidence()))
    match name:
        case "referral":
            return _referral(desk, wanted)
        case "contact-gaps":
            return _contact_gaps(desk, wanted.first, wanted.last)
        case "analysis":
            return _analysis(desk, wanted.first, wanted.last)
        case "mis-notes" | "cpoms" | "day-summary":
            return page_of_the_day(desk, name)
        case _:
            return _of_now(desk, name)


def _of_now(desk: Desk, name: str) -> Page:
    """A page of the day as it stands now."""
    from firstday_cli.morning import leading, sheets

    return {
        "double-check": sheets.double_check_now,
        "call-sheet": sheets.call_sheet_now,
        "texts": sheets.texts_now,
        "visits": sheets.visits_now,
        "escalations": leading.escalations_now,
        "handover": leading.handover_now,
        "not-seen-before-break": leading.not_seen_now,
        "commented-absence": leading.commented_now,
        "rag-review": _review,
        "statutory-alerts": _statutory,
    }[name](desk)


def _referral(desk: Desk, wanted: Wanted) -> Page:
    from firstday_cli.morning.leading import referral_now

    return referral_now(desk, wanted.pupil, wanted.body)


def ratings_now(desk: Desk) -> AllRatings:
    """Every pupil's rating on the day asked for."""
    return all_ratings(desk.evidence())


def _review(desk: Desk) -> Page:
    from firstday_cli.domain.picture.review import review_picture
    from firstday_cli.reports.review import review

    evidence, day = desk.evidence(), desk.session.day
    before = evidence.school_day_before()
    log = desk.entries(before or day, day)
    return review(review_picture(day_picture(evidence), desk.policy.people, evidence.histories, log, before))


def _statutory(desk: Desk) -> Page:
    from firstday_cli.domain.days.statutory import statutory_alerts
    from firstday_cli.reports.statutory import statutory

    evidence = desk.evidence()
    days = PupilDays(SessionFacts(evidence, desk.session.half))
    here = sorted(evidence.roll.ids - days.session.not_expected.keys())
    evidence.histories.fetch(here)
    pupils = {pupil_id: evidence.roll.pupil(pupil_id) for pupil_id in here}
    alerts = [a for p in here for a in statutory_alerts(pupils[p], days.marked(p))]
    return statutory(desk.policy.school.name, desk.session, alerts, pupils)


def _contact_gaps(desk: Desk, first: date | None, last: date | None) -> Page:
    from firstday_cli.reports.contact_gaps import contact_gaps

    day, end = desk.session.day, last or desk.session.day
    start = first or end - timedelta(days=end.weekday())
    _must_fit(desk, start, end, [d for d in (day, first, last) if d])
    return contact_gaps(contacts_now(desk, start, end))


def contacts_now(desk: Desk, first: date, last: date) -> ContactPicture:
    """The gaps of the contact lists on the day asked for, and the families rung from one day to another."""
    from firstday_cli.store import evidence
    from firstday_cli.store.sqlite import reading, said_plainly

    day = desk.session.day
    with said_plainly(STORE), reading(desk.store):
        takings = evidence.takings_of(desk.store, "contacts", desk.known_until)
        refused = sum(len(tuple(evidence.refused_in(desk.store, t.reading))) for t in evidence.newest(takings))
        log = desk.entries(min(first, term_began(desk.calendar, day)), desk.calendar.last)
        return contact_picture(
            ListsHeld(
                policy=desk.policy, calendar=desk.calendar, roll=desk.roll, contacts=desk.contact_list(), log=log,
                day=day, now=desk.now, first=first, last=last,
                taken_in=takings[-1].brought.at if takings else None, refused=refused,
            )
        )  # fmt: skip


def _must_fit(desk: Desk, start: date, end: date, said: Iterable[date]) -> None:
    """The span runs forward, and the calendar knows every day that somebody named."""
    if end < start:
        raise Mistyped(f"found {in_words(end)}, expected a day from {in_words(start)} on.", "--to")
    for day in said:
        desk.calendar.must_cover(day)


def _analysis(desk: Desk, first: date | None, last: date | None) -> Page:
    from firstday_cli.analysis.trends import term_picture
    from firstday_cli.reports.analysis import analysis

    start, end = first or desk.calendar.first, last or desk.session.day
    _must_fit(desk, start, end, (start, end))
    return analysis(term_picture(desk.policy.school.name, start, end, tuple(_tallies(desk, start, end))))


def _tallies(desk: Desk, first: date, last: date) -> Iterable[SessionTally]:
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if desk.calendar.is_school_day(day):
            evidence = desk.marks_of(day)
            begun = (half for half in Half if (day, half) <= (desk.now.date(), desk.half_of(desk.now)))
            for half in begun:
                yield from tallies(SessionFacts(evidence, half))
