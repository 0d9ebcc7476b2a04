"""One pupil's history, gathered from everything that is kept."""

from datetime import date

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.days.year_of_marks import first_day_of, school_year
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.packs.looking_back import Kept, looking_back
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.told import with_own_ids
from firstday_cli.errors import Mistyped
from firstday_cli.reports.history import history
from firstday_cli.reports.page import Page


def history_now(desk: Desk, pupil: str, first: date | None, last: date | None) -> Page:
    """One pupil's history, of this school year so far unless other days are said.

    Raises Mistyped where no pupil is named, or the days run backwards.
    """
    if not pupil:
        raise Mistyped("say whom it is about: firstday report history PUPIL.", "PUPIL")
    pupil_id, day = desk.pupil_named(pupil), desk.session.day
    start, end = first or first_day_of(school_year(last or day)), last or day
    if end < start:
        raise Mistyped(f"found {in_words(end)}, expected a day from {in_words(start)} on.", "--to")
    evidence = desk.evidence()
    kept = _kept(desk, pupil_id, start, end)
    return history(looking_back(evidence, escalation(evidence), pupil_id, kept), desk.policy.school.name)


def _kept(desk: Desk, pupil_id: PupilId, first: date, last: date) -> Kept:
    """The log of one pupil, and the messages of these days."""
    from firstday_cli.store import evidence, log
    from firstday_cli.store.sqlite import reading, said_plainly

    with said_plainly(STORE), reading(desk.store):
        messages = evidence.filed(desk.store, "messages", AbsenceMessage, first, last, desk.known_until)
        return Kept(
            first=first, last=last, log=log.all_about(desk.store, pupil_id, desk.known_until),
            messages=tuple(with_own_ids(messages).items()),
        )  # fmt: skip
