"""Any report of the catalogue, of one day or of a stretch of days."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.calling.contact_gaps import term_began
from firstday_cli.domain.calling.contact_lists import ContactPicture, ListsHeld, contact_picture
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.all_ratings import AllRatings, all_ratings
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.errors import Mistyped
from firstday_cli.morning.pasting import page_of_the_day
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.reports.page import Audience, Page


@record
class Wanted:
    """What a report is asked about, and for whom, if that was said: days, one pupil, the body it is referred to.

    `tell` is told of each day of a long stretch as it is looked at.
    """

    first: date | None = None
    last: date | None = None
    pupil: str = ""
    body: str = ""
    audience: Audience | None = None
    tell: Callable[[date, int, int], None] = lambda _day, _number, _days: None


OF_ONE_PUPIL = ("referral", "history")


def reported(desk: Desk, name: str, wanted: Wanted) -> Page:
    """The report's page. Raises Mistyped for a report that there is not, or that is not for whoever asks."""
    _must_be_asked_rightly(name, wanted)
    of_day = REPORTS[name].of_day
    if of_day is not None:
        return of_day(day_picture(desk.evidence()))
    match name:
        case "referral" | "history":
            return _of_one_pupil(desk, name, wanted)
        case "unexplained":
            return _unexplained(desk, wanted.audience or REPORTS[name].audience)
        case "contact-gaps":
            return _contact_gaps(desk, wanted.first, wanted.last)
        case "letter":
            return _letter(desk)
        case "analysis":
            return _analysis(desk, wanted)
        case "mis-notes" | "cpoms" | "day-summary":
            return page_of_the_day(desk, name)
        case _:
            return _of_now(desk, name)


def _must_be_asked_rightly(name: str, wanted: Wanted) -> None:
    if name not in REPORTS:
        raise Mistyped(f'found "{name}", expected one of {", ".join(REPORTS)}.', "NAME")
    if wanted.pupil and name not in OF_ONE_PUPIL:
        raise Mistyped(
            f"{name} is about the whole school: only {' and '.join(OF_ONE_PUPIL)} are about one pupil.", "PUPIL"
        )
    if wanted.audience is Audience.OFFICE and not REPORTS[name].is_for_the_office:
        whom = REPORTS[name].audience.value
        raise Mistyped(
            f"{name} is for {whom}: it carries what the office does not read. Leave --for out; keep it to them.",
            "--for",
        )


def _unexplained(desk: Desk, audience: Audience) -> Page:
    """The list from what was taken in so far; nothing new is taken in for it."""
    from firstday_cli.reports.unexplained import SO_FAR, unexplained

    return unexplained(day_picture(desk.evidence()), audience, SO_FAR)


def _letter(desk: Desk) -> Page:
    from firstday_cli.reports.letter import letter

    return letter(desk.policy, desk.session.day)


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


def _of_one_pupil(desk: Desk, name: str, wanted: Wanted) -> Page:
    if name == "referral":
        from firstday_cli.morning.leading import referral_now

        return referral_now(desk, wanted.pupil, wanted.body)
    from firstday_cli.morning.looking_back import history_now

    return history_now(desk, wanted.pupil, wanted.first, wanted.last)


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
    return statutory(desk.policy.school.name, (desk.session, desk.now), alerts, pupils)


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


def _analysis(desk: Desk, wanted: Wanted) -> Page:
    from firstday_cli.morning.analysing import analysed

    began = desk.calendar.first
    start, end = wanted.first or began, wanted.last or desk.session.day
    if start < began:
        raise Mistyped(f"found {in_words(start)}, but the calendar begins with {in_words(began)}.", f"--from {began}")
    _must_fit(desk, start, end, (start, end))
    return analysed(desk, (start, end), contacts_now(desk, start, end), wanted.audience or Audience.OFFICE, wanted.tell)
