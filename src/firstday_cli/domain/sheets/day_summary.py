"""The whole day so far in numbers: who had to be rung, texted, seen and informed, and what of it was done in time."""

from collections.abc import Sequence
from dataclasses import replace

from firstday_cli.domain.log.entries import (
    CallMade,
    EntryWithdrawn,
    ExplanationGiven,
    Finding,
    InSchoolChecked,
    Logged,
    MessageHeard,
    MessageMatched,
    NotePasted,
    PupilSeen,
    ReviewHeld,
    SchoolClosed,
    SheetMade,
    TextSent,
    VisitMade,
    VisitStarted,
    pupils_of,
)
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.picture.day_picture import DayPicture, day_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session
from firstday_cli.domain.sheets.calls_today import RungChild, calls_today
from firstday_cli.domain.sheets.duties_today import DutyToday, duties_today
from firstday_cli.domain.sheets.earlier_today import DaySoFar, not_read_that_day
from firstday_cli.domain.sheets.registers_in import LateRegister, late_registers
from firstday_cli.domain.sheets.taken_back import TakenBack
from firstday_cli.domain.sheets.texts_today import TextedFamily, texts_today
from firstday_cli.domain.sheets.timing import Timed
from firstday_cli.domain.sheets.unnamed import unnamed, words_of_names
from firstday_cli.domain.sheets.visits_today import VisitedChild, review_today, visits_today
from firstday_cli.domain.standing.day_evidence import DayEvidence

SEEN = (Finding.FOUND, Finding.ARRIVED)
FOR_ALL = (
    InSchoolChecked, MessageMatched, MessageHeard, ExplanationGiven, CallMade, TextSent, NotePasted, SheetMade,
    PupilSeen, VisitStarted, VisitMade, ReviewHeld, SchoolClosed, EntryWithdrawn,
)  # fmt: skip
FOR_LEADS = "for safeguarding alone"


@record
class FoundChild:
    """A child whom somebody looked for and found, or who was said to have arrived."""

    pupil: Pupil
    check: Logged


@record
class Gone:
    """An entry that was taken back today: what it was and why, without names; neither where only the leads may read."""

    entry: Logged
    withdrawal: Logged
    kind: str
    because: str


@record
class DaySummary:
    """A day in numbers, as of one moment; `rounds` is how many rounds the policy asks for.

    Of the halves in `read_later` nobody can say who had to be rung, texted or seen.
    """

    pictures: tuple[DayPicture, ...]
    read_later: tuple[Half, ...]
    rounds: int
    calls: tuple[RungChild, ...]
    texts: tuple[TextedFamily, ...]
    duties: tuple[DutyToday, ...]
    visits: tuple[VisitedChild, ...]
    review: Timed
    late_registers: tuple[LateRegister, ...]
    found: tuple[FoundChild, ...]
    gone: tuple[Gone, ...]
    sheets: tuple[Logged, ...]


def day_summary(day: DaySoFar, gone: Sequence[TakenBack] = ()) -> DaySummary:
    """The summary of the day asked for: its morning, and its afternoon once it has begun."""
    evidence, today = day.evidence, day.evidence.session.day
    halves = (replace(evidence, session=Session(day=today, half=half)) for half in day.halves)
    pictures, read_later = tuple(day_picture(half) for half in halves), not_read_that_day(evidence)
    return DaySummary(
        pictures=pictures,
        read_later=tuple(p.session.half for p in pictures if not p.why_shut and p.session.half in read_later),
        rounds=evidence.policy.calling.rounds,
        calls=calls_today(day),
        texts=texts_today(day),
        duties=duties_today(day),
        visits=visits_today(day),
        review=review_today(day),
        late_registers=tuple(late for session in day.sessions for late in late_registers(session)),
        found=tuple(_found(evidence)),
        gone=tuple(_gone(g, evidence) for g in gone if g.withdrawal.at.date() == today),
        sheets=tuple(e for e in evidence.log if isinstance(e.what, SheetMade) and e.what.day == today),
    )


def _gone(gone: TakenBack, evidence: DayEvidence) -> Gone:
    if not isinstance(gone.entry.what, FOR_ALL):
        return Gone(entry=gone.entry, withdrawal=gone.withdrawal, kind=FOR_LEADS, because=FOR_LEADS)
    names = words_of_names(evidence.roll, evidence.contacts, pupils_of(gone.entry.what))
    because = unnamed(gone.because, names)
    return Gone(entry=gone.entry, withdrawal=gone.withdrawal, kind=gone.entry.what.kind, because=because)


def _found(evidence: DayEvidence) -> list[FoundChild]:
    checks = (e for e in evidence.log if isinstance(e.what, InSchoolChecked) and e.what.day == evidence.session.day)
    return [
        FoundChild(pupil=evidence.roll.pupil(e.what.pupil_id), check=e)
        for e in sorted(checks, key=lambda e: (e.at, e.number))
        if isinstance(e.what, InSchoolChecked) and e.what.finding in SEEN
    ]
