"""Ratings given by people, risk assessments, review meetings → entries for the log, each by somebody who may."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from firstday_cli.desk import END_OF_TIME, Desk
from firstday_cli.domain.log.entries import (
    Entry,
    EntryId,
    EntryWithdrawn,
    Logged,
    RatingChanged,
    ReviewDecided,
    ReviewHeld,
    RiskAssessed,
    standing_entries,
)
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.ratings.rag import Rating, highest, is_lower, rate
from firstday_cli.domain.school_days import Half, Session, in_words
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.errors import Mistyped, NotAuthorised
from firstday_cli.morning.said import needed, same_name
from firstday_cli.store import log

LONGEST_REFERENCE = 120
HEAD = "--authorised-by"


def rated(desk: Desk, pupil: str, rating: str, because: str, authorised_by: str, review: date | None) -> Entry:
    """A person's rating. Anybody named may raise; leaving RED needs the headteacher. Millbrook, authorisation."""
    day = desk.now.date()
    if desk.session.day != day:
        raise Mistyped(f"a rating holds from the day it is written down, {in_words(day)}; --at says when.", "--day")
    desk.calendar.must_cover(day)
    pupil_id, new = desk.pupil_named(pupil), RagRating(rating)
    now = SessionFacts(desk.evidence(), desk.session.half).ratings.of(pupil_id)
    if review is not None and review < day:
        raise Mistyped(f"found {in_words(review)}, expected a day from {in_words(day)} on.", "--review")
    ever = _rating_by(desk, pupil_id)
    if is_lower(new, highest((now.rating, ever.rating))):
        must_be_authorised(desk, (now.rating, now.by_facts, ever.rating), authorised_by.strip())
    return RatingChanged(
        pupil_id=pupil_id, day=day, rating=new, before=now.rating, why=needed(because, "--why"),
        facts=tuple(sorted(fact.as_known for fact in now.facts)), authorised_by=authorised_by.strip(), review=review,
    )  # fmt: skip


def must_be_authorised(desk: Desk, leaving: Sequence[RagRating], authorised_by: str) -> None:
    """Raise NotAuthorised unless leaving these ratings has the authority it needs. Policy: [people]."""
    people = desk.policy.people
    if RagRating.RED in leaving:
        said = authorised_by or (desk.by if same_name(desk.by, people.headteacher) else "")
        if not said:
            raise NotAuthorised(f"leaving RED needs the headteacher: add {HEAD} NAME.", HEAD)
        if people.headteacher and not same_name(said, people.headteacher):
            raise NotAuthorised("is not the headteacher whom policy.toml names under [people].", HEAD)
        return
    leads = [name for name in (*people.safeguarding_leads, people.headteacher) if name]
    said = authorised_by or desk.by
    if people.safeguarding_leads and not any(same_name(said, name) for name in leads):
        raise NotAuthorised(f"lowering needs a safeguarding lead of policy.toml's [people]: add {HEAD} NAME.", HEAD)


def must_not_lower(desk: Desk, entry: Logged) -> None:
    """Raise NotAuthorised where taking an entry back would lower a rating without the authority it needs."""
    about = _rated_in(desk, entry)
    if about is None:
        return
    before, after = _ratings_without(desk, about, entry)
    if not is_lower(after.rating, before.rating):
        return
    try:
        must_be_authorised(desk, (before.rating,), "")
    except NotAuthorised:
        mend = f"Lower it instead: firstday rate {about} {after.rating.value} --why TEXT {HEAD} NAME."
        raise NotAuthorised(f"taking {entry.entry_id} back would lower a rating. {mend}", "ENTRY") from None


def _rated_in(desk: Desk, entry: Logged) -> PupilId | None:
    """Whose rating an entry changed, or a withdrawal gave back; nobody's where it is about something else."""
    seen: Logged | None = entry
    while seen is not None and isinstance(seen.what, EntryWithdrawn):
        seen = log.entry(desk.store, seen.what.entry)
    return seen.what.pupil_id if seen is not None and isinstance(seen.what, RatingChanged) else None


def _ratings_without(desk: Desk, pupil_id: PupilId, entry: Logged) -> tuple[Rating, Rating]:
    """The pupil's rating as it is, and as it would be with an entry taken back."""
    taken_back = Logged(
        entry_id=EntryId("E999999999999"), at=desk.at, recorded=desk.now, by=desk.by,
        what=EntryWithdrawn(entry=entry.entry_id, why="to see what it would do"),
    )  # fmt: skip
    return _rating_by(desk, pupil_id), _rating_by(desk, pupil_id, taken_back)


def _rating_by(desk: Desk, pupil_id: PupilId, *more: Logged) -> Rating:
    """The pupil's rating by everything ever written, later clocks too: who may lower is not asked of the past."""
    known = SessionFacts(desk.evidence(), desk.session.half).ratings.known(pupil_id)
    standing = standing_entries((*log.all_about(desk.store, pupil_id, END_OF_TIME), *more))
    days = (e.what.day for e in standing if isinstance(e.what, RatingChanged))
    until = Session(day=max([known.until.day, *days]), half=Half.PM)
    return rate(replace(known, log=standing, until=until), desk.policy.rag)


def assessed(desk: Desk, pupil: str, on: date | None, review: date | None, reference: str) -> Entry:
    """A risk assessment on file elsewhere: dates and a reference, never what it says. Millbrook, Appendix 3."""
    if on is None or review is None:
        raise Mistyped("say --on DAY and --review DAY.", "assess")
    if on > desk.now.date():
        raise Mistyped(f"found {in_words(on)}, expected a day up to today.", "--on")
    if review <= on:
        raise Mistyped(f"found {in_words(review)}, expected a day after {in_words(on)}.", "--review")
    reference = needed(reference, "--ref")
    if len(reference) > LONGEST_REFERENCE or "\n" in reference:
        raise Mistyped(
            f"expected where it is kept, in at most {LONGEST_REFERENCE} letters, and nothing of it.", "--ref"
        )
    return RiskAssessed(pupil_id=desk.pupil_named(pupil), on=on, review=review, reference=reference)


def reviewed(desk: Desk, pupil: str | None, decision: str, present: Sequence[str]) -> list[Entry]:
    """What the daily review recorded: who was there, and what was decided about one pupil. Millbrook, 10.30."""
    day = desk.session.day
    desk.calendar.must_cover(day)
    if day > desk.now.date():
        raise Mistyped(f"{in_words(day)} has not begun.", "--day")
    if bool(pupil) != bool(decision.strip()):
        raise Mistyped("a decision is about a pupil: firstday review PUPIL --decision TEXT.", "review")
    found: list[Entry] = []
    names = tuple(dict.fromkeys(name.strip() for name in present if name.strip()))
    if names:
        found.append(ReviewHeld(day=day, present=names))
    if pupil:
        found.append(ReviewDecided(pupil_id=desk.pupil_named(pupil), day=day, decision=decision.strip()))
    return found
