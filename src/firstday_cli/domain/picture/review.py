"""The daily review at 10:30: every absent child by rating, what is owed, what was decided and whether it happened.

Millbrook: held with the headteacher, the deputy safeguarding lead and the attendance lead, to assess safeguarding risk.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from firstday_cli.domain.days.history import Histories
from firstday_cli.domain.log.entries import Logged, NoteKind, NoteMade, ReviewDecided, ReviewHeld
from firstday_cli.domain.log.sentences import said
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.policy import People
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.ratings.rag import LOWEST_FIRST
from firstday_cli.domain.record import record
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.domain.standing.reconcile import AWAY, StandingKind


@record
class Attendee:
    """One of the three roles of the meeting, who holds it, and whether that person was there."""

    role: str
    names: tuple[str, ...]
    is_present: bool


@record
class Carried:
    """A decision of a review meeting, and what the log says of that child since."""

    pupil_id: PupilId
    day: date
    decision: str
    source: str
    since: tuple[str, ...]


@record
class ReviewedChild:
    """One absent child as the meeting sees it; strategies and their impact where the child is GREEN."""

    pupil: PupilPicture
    duties: tuple[Duty, ...]
    strategies: str = ""
    impact: str = ""

    @property
    def visits(self) -> tuple[Duty, ...]:
        """The faces to face that are still to be made today."""
        return tuple(duty for duty in self.duties if duty.duty == "face-to-face" and not duty.done)


@record
class ReviewPicture:
    """Everything on the meeting's table."""

    day: DayPicture
    attendees: tuple[Attendee, ...]
    others: tuple[str, ...]
    children: tuple[ReviewedChild, ...]
    decided_today: tuple[Carried, ...]
    carried: tuple[Carried, ...]


def review_picture(
    picture: DayPicture, people: People, histories: Histories, log: Sequence[Logged], before: date | None
) -> ReviewPicture:
    """The review of a day: `log` holds the entries of the day and of the school day before."""
    today, present = picture.session.day, _present(log, picture.session.day)
    attendees = tuple(_attendees(people, present))
    known = {folded(name) for attendee in attendees for name in attendee.names}
    decisions = list(_decisions(log))
    return ReviewPicture(
        day=picture,
        attendees=attendees,
        others=tuple(name for name in present if folded(name) not in known),
        children=tuple(sorted(_children(picture, histories), key=_highest_first)),
        decided_today=tuple(d for d in decisions if d.day == today),
        carried=tuple(d for d in decisions if before is not None and before <= d.day < today),
    )


def _present(log: Sequence[Logged], day: date) -> tuple[str, ...]:
    held = (e.what for e in log if isinstance(e.what, ReviewHeld) and e.what.day == day)
    return tuple(dict.fromkeys(name for what in held for name in what.present))


def _attendees(people: People, present: Sequence[str]) -> Iterable[Attendee]:
    there = {folded(name) for name in present}
    for role, names in (
        ("headteacher", (people.headteacher,)),
        ("deputy safeguarding lead", people.safeguarding_leads),
        ("attendance lead", (people.attendance_lead,)),
    ):
        named = tuple(name for name in names if name)
        yield Attendee(role=role, names=named, is_present=any(folded(name) in there for name in named))


def _highest_first(child: ReviewedChild) -> tuple[int, str]:
    return -LOWEST_FIRST.index(child.pupil.rating.rating), child.pupil.pupil.pupil_id


def _children(picture: DayPicture, histories: Histories) -> Iterable[ReviewedChild]:
    owed: defaultdict[PupilId, list[Duty]] = defaultdict(list)
    for duty in picture.duties:
        owed[duty.pupil_id].append(duty)
    for p in picture.pupils:
        duties = tuple(owed.get(p.pupil.pupil_id, ()))
        in_time = p.standing.kind is StandingKind.UNKNOWN and picture.as_of <= picture.looked_for_by
        if (p.standing.kind in AWAY and not in_time) or duties:
            is_green = p.rating.rating is RagRating.GREEN
            log = histories.of(p.pupil.pupil_id).log if is_green else ()
            yield ReviewedChild(
                pupil=p, duties=duties, strategies=_last_note(log, NoteKind.STRATEGY),
                impact=_last_note(log, NoteKind.IMPACT),
            )  # fmt: skip


def _last_note(log: Sequence[Logged], about: NoteKind) -> str:
    notes = [e for e in log if isinstance(e.what, NoteMade) and e.what.about is about]
    last = max(notes, key=lambda e: e.number, default=None)
    return f"{last.what.text} ({last.source})" if last and isinstance(last.what, NoteMade) else ""


def _decisions(log: Sequence[Logged]) -> Iterable[Carried]:
    for entry in log:
        what = entry.what
        if isinstance(what, ReviewDecided):
            later = (e for e in log if e.number > entry.number and not isinstance(e.what, ReviewDecided))
            since = tuple(
                f"{said(e.what)} ({e.source})" for e in later if getattr(e.what, "pupil_id", "") == what.pupil_id
            )
            yield Carried(
                pupil_id=what.pupil_id, day=what.day, decision=what.decision, source=entry.source, since=since
            )
