"""The day so far: its halves that have begun, and how a session stood at an earlier moment of the day.

It stood as the registers taken in by then said, and as everything that had happened by then, whenever it was written
down. Where they said nothing of a child, what came in later counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache, cached_property

from firstday_cli.domain.calling.cases import Case, case_of
from firstday_cli.domain.days.history import Histories, PupilHistory
from firstday_cli.domain.evidence import Sheet
from firstday_cli.domain.log.entries import Logged, sighting_in
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.school_days import Half, Session, half_of, moment
from firstday_cli.domain.standing.absent_child import absent_child
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.days_before import DaysBefore
from firstday_cli.domain.standing.duties import Absent
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.pupil_ratings import PupilRatings
from firstday_cli.domain.standing.reconcile import Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts


def halves_begun(evidence: DayEvidence) -> tuple[Half, ...]:
    """The halves of the day asked for that have begun; its morning in any case."""
    day, now = evidence.session.day, evidence.now
    half = half_of(now.time(), evidence.policy.afternoon.starts)
    return tuple(h for h in Half if h is Half.AM or (day, h) <= (now.date(), half))


def not_read_that_day(evidence: DayEvidence) -> tuple[Half, ...]:
    """The halves of a day past of which no register came in on the day itself: who was missing then, nobody knew."""
    day = evidence.session.day
    if evidence.now.date() <= day:
        return ()
    read = {h for h, sheets in evidence.sheets.items() for s in sheets for t in s.takings if t.at.date() <= day}
    return tuple(half for half in Half if half not in read)


class DaySoFar:
    """The day up to now: its latest half, and how it stood at any earlier moment; each moment gathered once."""

    def __init__(self, evidence: DayEvidence) -> None:
        self.halves = halves_begun(evidence)
        last = Session(day=evidence.session.day, half=self.halves[-1])
        self.evidence = replace(evidence, session=last, of_day=cache(evidence.of_day))
        self.latest = PupilDays(SessionFacts(self.evidence, self.halves[-1]))
        self._before = DaysBefore(replace(self.evidence, histories=_before_today(evidence)))
        self._ratings = {half: PupilRatings(self._before.evidence, Session(day=last.day, half=half)) for half in Half}
        self._moments: dict[datetime, EarlierToday] = {}

    @property
    def sessions(self) -> tuple[SessionFacts, ...]:
        """The sessions that have begun, the morning first."""
        return tuple(dict.fromkeys((self.latest.session.morning, self.latest.session)))

    def half_of(self, case: Case) -> Half:
        """The half of today in which a case has to be rung; one of an earlier day, in the morning."""
        return Half.PM if case.began == Session(day=self.evidence.session.day, half=Half.PM) else Half.AM

    def about(self, half: Half, entries: Iterable[Logged], *, is_apart: bool) -> tuple[Logged, ...]:
        """The entries about an absence that began in this half.

        What was done in the morning is nothing to an absence that began after it; what was done in the afternoon is
        late for the morning's absence, unless it was about another one, apart from it.
        """
        starts = moment(self.evidence.session.day, self.evidence.policy.afternoon.starts)
        if half is Half.PM:
            return tuple(e for e in entries if e.at >= starts)
        return tuple(e for e in entries if not is_apart or e.at < starts)

    def at(self, at: datetime) -> "EarlierToday":
        """The day as it stood at a moment, at the latest now."""
        at = min(at, self.evidence.now)
        if at not in self._moments:
            self._moments[at] = EarlierToday(self._before, at, self._ratings[self._half_at(at)])
        return self._moments[at]

    def _half_at(self, at: datetime) -> Half:
        """The half that a moment looks at; once the day is over, the last."""
        half = half_of(at.time(), self.evidence.policy.afternoon.starts)
        is_today = at.date() == self.evidence.session.day
        return half if is_today and half in self.halves else self.halves[-1]


class EarlierToday:
    """One session as it stood at a moment of the day; each child worked out once.

    Ratings rest on nothing that is said in the course of a session, so every moment of it has the same.
    """

    def __init__(self, before: DaysBefore, at: datetime, ratings: PupilRatings) -> None:
        self.at, self._before, self._ratings = at, before, ratings
        held, self._half = before.evidence, ratings.session.half
        self._happened = replace(held, now=at, log=tuple(e for e in held.log if e.at <= at))
        self._stands: dict[PupilId, tuple[PupilDays, Standing]] = {}
        self._absent: dict[PupilId, Absent | None] = {}
        self._cases: dict[PupilId, Case | None] = {}

    @cached_property
    def _as_known(self) -> PupilDays:
        sheets = {half: tuple(_in_by(self.at, sheets)) for half, sheets in self._happened.sheets.items()}
        return PupilDays(SessionFacts(replace(self._happened, sheets=sheets), self._half, self._before, self._ratings))

    @cached_property
    def _as_found_out(self) -> PupilDays:
        return PupilDays(SessionFacts(self._happened, self._half, self._before, self._ratings))

    @cached_property
    def looked_at(self) -> tuple[PupilId, ...]:
        """The pupils who were not simply in school; nobody, where the registers were first read on a later day."""
        if self._half in not_read_that_day(self._before.evidence):
            return ()
        found = tuple(sorted(self._happened.roll.ids - self._as_known.session.counted_in))
        self._happened.histories.fetch(found)
        return found

    def _stood(self, pupil_id: PupilId) -> tuple[PupilDays, Standing]:
        """Where the child stood; by what came in later, where nobody could say at the time."""
        if pupil_id not in self._stands:
            self._stands[pupil_id] = self._standing(pupil_id)
        return self._stands[pupil_id]

    def _standing(self, pupil_id: PupilId) -> tuple[PupilDays, Standing]:
        codes = self._happened.policy.codes
        stood = standing(self._as_known.session.facts(pupil_id), codes)
        if stood.kind is not StandingKind.UNKNOWN:
            return self._as_known, stood
        return self._as_found_out, standing(self._as_found_out.session.facts(pupil_id), codes)

    def absent(self, pupil_id: PupilId) -> Absent | None:
        """The child as absent then, its days not counted; None where it was not absent."""
        if pupil_id not in self._absent:
            days, stood = self._stood(pupil_id)
            rating = days.session.ratings.of(pupil_id)
            self._absent[pupil_id] = absent_child(days, pupil_id, stood, days.session.facts(pupil_id), rating)
        return self._absent[pupil_id]

    def counted(self, pupil_id: PupilId) -> Absent | None:
        """The child as absent then, with its days, as if no face to face had been made that day."""
        child, (days, stood) = self.absent(pupil_id), self._stood(pupil_id)
        return replace(child, days=days.counts(pupil_id, stood, days.session.ratings.of(pupil_id))) if child else None

    def is_red(self, pupil_id: PupilId) -> bool:
        """Whether the child was rated RED then."""
        return self._as_known.session.ratings.of(pupil_id).rating is RagRating.RED

    def case(self, pupil_id: PupilId) -> Case | None:
        """The child's case that was open then; None where there was none, or no school."""
        if pupil_id not in self._cases:
            days, stood = self._stood(pupil_id)
            self._cases[pupil_id] = None if days.session.why_shut else case_of(days, pupil_id, stood)
        return self._cases[pupil_id]


def _in_by(at: datetime, sheets: Iterable[Sheet]) -> Iterable[Sheet]:
    """The registers that had come in by a moment, each by its last coming before it."""
    for sheet in sheets:
        takings = tuple(taking for taking in sheet.takings if taking.at <= at)
        if takings:
            yield replace(sheet, brought_by=takings[-1], takings=takings)


def _before_today(evidence: DayEvidence) -> Histories:
    """The histories without today's sightings: what is owed today does not lapse by being done."""

    def without(history: PupilHistory) -> PupilHistory:
        day = evidence.session.day
        seen = ((e.entry_id, sighting_in(e.what)) for e in history.log)
        todays = {entry_id for entry_id, sighting in seen if sighting is not None and sighting.day == day}
        return replace(history, log=tuple(e for e in history.log if e.entry_id not in todays))

    def read(pupils: Iterable[PupilId]) -> Mapping[PupilId, PupilHistory]:
        ids = tuple(pupils)
        evidence.histories.fetch(ids)
        return {pupil_id: without(evidence.histories.of(pupil_id)) for pupil_id in ids}

    return Histories(read, evidence.histories.first_taken_in)
