"""Each pupil's school days before today: what all pupils share is worked out once, and each pupil once."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from firstday_cli.domain.days.absence_days import SchoolDay, Was
from firstday_cli.domain.days.earlier_days import DayHalf, earlier_days
from firstday_cli.domain.days.history import PupilHistory
from firstday_cli.domain.days.year_of_marks import PlacedSession, first_day_of, placed, school_year
from firstday_cli.domain.log.escalated import Escalated
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.school_days import half_of
from firstday_cli.domain.standing.day_evidence import DayEvidence

T = TypeVar("T")
FOLLOWED_FOR = timedelta(days=120)  # how far back a case is looked for of which the log speaks


class DaysBefore:
    """The school days of a school before the day asked for, by pupil."""

    def __init__(self, evidence: DayEvidence) -> None:
        self.evidence = evidence
        self.day = evidence.session.day
        self._gathered_days: dict[object, Any] = {}
        self._earlier: dict[PupilId, list[SchoolDay]] = {}
        self._followed: dict[PupilId, bool] = {}

    @cached_property
    def this_year(self) -> tuple[PlacedSession, ...]:
        """The sessions that the school held this school year before today."""
        return tuple(self._held(first_day_of(school_year(self.day)), self.day))

    @cached_property
    def last_year(self) -> tuple[PlacedSession, ...]:
        """Those of last school year."""
        year = school_year(self.day)
        return tuple(self._held(first_day_of(year - 1), first_day_of(year)))

    def _held(self, first: date, before: date) -> Iterable[PlacedSession]:
        for s in self.evidence.calendar.sessions(first, before):
            if s.day < before and not self.evidence.was_closed(s):
                yield placed(s.day, s.half)

    def earlier(self, pupil_id: PupilId) -> list[SchoolDay]:
        """The pupil's school days of this year before today; of last year too, where the child was in none of these."""
        if pupil_id not in self._earlier:
            self._earlier[pupil_id] = self._gathered(pupil_id)
        return self._earlier[pupil_id]

    def of_both_years(self, pupil_id: PupilId) -> list[SchoolDay]:
        """The pupil's school days of this school year and the last, before today."""
        pupil, history = self._as_begun(pupil_id), self.evidence.histories.of(pupil_id)
        held = (*self.last_year, *self.this_year)
        return earlier_days(pupil, history, held, self._signed_in(pupil_id, history))

    def is_followed(self, pupil_id: PupilId) -> bool:
        """Whether anybody asked, visited, decided or referred since the child was seen: a code alone is no answer."""
        if pupil_id not in self._followed:
            self._followed[pupil_id] = self._was_followed(pupil_id)
        return self._followed[pupil_id]

    def _was_followed(self, pupil_id: PupilId) -> bool:
        escalated = [e for e in self.evidence.histories.of(pupil_id).log if isinstance(e.what, Escalated)]
        if not escalated:
            return False
        seen = max((day.day for day in self.earlier(pupil_id) if day.was_seen), default=date.min)
        return any(max(seen, self.day - FOLLOWED_FOR) <= e.at.date() for e in escalated)

    def gathered(self, day: date, gather: Callable[[DayEvidence], T]) -> T | None:
        """All that is held about an earlier day as this gathers it, gathered once; None where that is nothing."""
        if (day, gather) not in self._gathered_days:
            evidence = self.evidence.of_day(day)
            self._gathered_days[day, gather] = gather(evidence) if evidence else None
        found: T | None = self._gathered_days[day, gather]
        return found

    def _gathered(self, pupil_id: PupilId) -> list[SchoolDay]:
        pupil, history = self._as_begun(pupil_id), self.evidence.histories.of(pupil_id)
        signed_in = self._signed_in(pupil_id, history)
        found = earlier_days(pupil, history, self.this_year, signed_in)
        if any(Was.IN in day.open for day in found):
            return found
        return [*earlier_days(pupil, history, self.last_year, signed_in), *found]

    def _as_begun(self, pupil_id: PupilId) -> Pupil:
        """The pupil; a first day still to come takes away nothing that is held of days before it."""
        pupil = self.evidence.roll.pupil(pupil_id)
        is_to_come = pupil.start_date is not None and pupil.start_date > self.day
        return replace(pupil, start_date=None) if is_to_come else pupil

    def _signed_in(self, pupil_id: PupilId, history: PupilHistory) -> frozenset[DayHalf]:
        """The sessions of the sign-ins that are this pupil's: by id, unless the name beside it is another's."""
        starts = self.evidence.policy.afternoon.starts
        found = set()
        for signed in history.sign_ins:
            names = self.evidence.roll.names if signed.name else None
            fitting = names.whole.get(signed.name, set()) if names and signed.pupil_id else set()
            is_ours = not fitting or pupil_id in fitting
            if names and not signed.pupil_id:
                is_ours = names.exactly(signed.name, signed.group) == {pupil_id}
            if is_ours:
                found.add((signed.day, half_of(signed.at, starts)))
        return frozenset(found)

    def first_of_run(self, pupil_id: PupilId, day: date) -> date:
        """The first day of the unbroken absence that this day belongs to; a session not known does not break it."""
        first = day
        for earlier in reversed([d for d in self.earlier(pupil_id) if d.day < day]):
            if Was.MISSED in earlier.after_last_in:
                first = earlier.day
            if Was.IN in earlier.open:
                break
        return first

    def came_back(self, pupil_id: PupilId, told_on: date) -> bool:
        """Whether the pupil was in school again after an absence was told: later that day, or on a day since."""
        since = [d for d in self.earlier(pupil_id) if d.day >= told_on]
        return any(Was.IN in d.open if d.day > told_on else d.open[-1:] == (Was.IN,) for d in since)
