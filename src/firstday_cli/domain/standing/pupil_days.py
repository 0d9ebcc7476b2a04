"""Each pupil's school days up to now, today among them, and what they come to."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cached_property

from firstday_cli.domain.days.absence_days import DaysAbsent, SchoolDay, Was, days_absent
from firstday_cli.domain.days.attendance import attendance
from firstday_cli.domain.days.character import why_out_of_character
from firstday_cli.domain.days.statutory import MarkedDay, marked_days
from firstday_cli.domain.days.year_of_marks import NO_USABLE_MARK, PlacedSession, first_day_of, placed, school_year
from firstday_cli.domain.log.entries import Logged, days_of, pupils_of, sighting_in
from firstday_cli.domain.marks import COUNT_NO_DAY, TIMETABLE
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.ratings.rag import Rating
from firstday_cli.domain.school_days import Half, Session
from firstday_cli.domain.standing.duties import counts_for
from firstday_cli.domain.standing.reconcile import Event, Facts, Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

K = StandingKind


class PupilDays:
    """School days by pupil for one session's morning or afternoon; what all pupils share is worked out once."""

    def __init__(self, session: SessionFacts) -> None:
        self.session = session
        self.evidence = session.evidence
        self.day = session.session.day
        self.before = session.before

    @cached_property
    def _logged(self) -> Mapping[PupilId, list[Logged]]:
        found: defaultdict[PupilId, list[Logged]] = defaultdict(list)
        for entry in self.evidence.log:
            first, last = days_of(entry.what)
            if first is not None and last is not None and first <= self.day <= last:
                for pupil_id in pupils_of(entry.what):
                    found[pupil_id].append(entry)
        return found

    def logged(self, pupil_id: PupilId) -> tuple[Logged, ...]:
        """What the log says of the pupil and of today, in the order it happened."""
        return tuple(sorted(self._logged.get(pupil_id, ()), key=lambda e: (e.at, e.number)))

    @property
    def logged_about(self) -> frozenset[PupilId]:
        """The pupils of whom the log says anything of today."""
        return frozenset(self._logged)

    def unmarked(self, pupil_id: PupilId) -> int:
        """How many sessions the school held this year, since the pupil's first day, without a usable mark."""
        marks, start = self.evidence.histories.of(pupil_id).marks, self.evidence.roll.pupil(pupil_id).start_date
        held = (*self.before.this_year, *self._held_today)
        return sum(1 for s in held if (not start or s.day >= start) and marks.mark(s) in ("", NO_USABLE_MARK))

    @property
    def _held_today(self) -> list[PlacedSession]:
        sessions = dict.fromkeys((self.session.morning, self.session))
        return [placed(self.day, s.session.half) for s in sessions if not s.why_shut]

    def marked(self, pupil_id: PupilId) -> list[MarkedDay]:
        """The pupil's marks of this school year and the last, by school day, up to the session asked for.

        Days that the calendar does not cover count where the pupil has a mark there.
        """
        marks, now = self.evidence.histories.of(pupil_id).marks, self.session.session
        year = school_year(self.day)
        held = (*self.before.last_year, *self.before.this_year, *self._held_today)
        sessions = {(h.day, h.half): marks.mark(h) for h in held}
        calendar = self.evidence.calendar
        for day, half, mark in (found for y in (year - 1, year) for found in marks.sessions(y, now)):
            if not calendar.covers(day):
                sessions[day, half] = mark
        return marked_days((day, half, mark) for (day, half), mark in sorted(sessions.items()))

    def day_so_far(self, pupil_id: PupilId, now: Standing) -> SchoolDay:
        """Today as far as it has gone: it counts whole until the child is seen."""
        parts = []
        for session in dict.fromkeys((self.session.morning, self.session)):
            if session.why_shut:
                continue
            if pupil_id in session.counted_in:
                parts.append((Was.IN, True))
                continue
            facts = session.facts(pupil_id)
            stands = now if session is self.session else standing(facts, self.evidence.policy.codes)
            parts.append(
                (self._was(session, facts, stands), stands.kind is K.IN_SCHOOL or _was_about(session, pupil_id))
            )
        parts = [(Was.IN, True) if seen else (was, seen) for was, seen in parts]
        if any(was is Was.IN for was, _ in parts):
            unknown = now.kind is K.UNKNOWN
            parts[-1] = (Was.NOT_KNOWN, False) if unknown and parts[-1][0] is Was.MISSED else parts[-1]
        return SchoolDay(day=self.day, sessions=tuple(was for was, _ in parts), was_seen=any(seen for _, seen in parts))

    def _was(self, session: SessionFacts, facts: Facts, now: Standing) -> Was:
        if now.kind in (K.IN_SCHOOL, K.OFF_SITE):
            return Was.IN
        timetabled = facts.mark == TIMETABLE and _is_planned(session, facts.pupil_id)
        is_open = now.kind is not K.NOT_EXPECTED and facts.mark not in COUNT_NO_DAY and not timetabled
        return Was.MISSED if is_open else Was.NOT_OPEN

    def counts(self, pupil_id: PupilId, now: Standing, rating: Rating) -> DaysAbsent:
        """The pupil's days of absence up to now. Policy: [counting]."""
        found = (sighting_in(e.what) for e in self.evidence.histories.of(pupil_id).log)
        seen = [what for what in found if what is not None and what.day <= self.day]
        met = [what.day for what in seen if counts_for(what, rating.rating, self.evidence.policy)]
        today = self.day_so_far(pupil_id, now)
        days = [*self.before.earlier(pupil_id), *([today] if today.sessions else [])]
        return days_absent(
            days, since=self.counted_since, face_to_face=max(met, default=None),
            seen=max((what.day for what in seen), default=None),
        )  # fmt: skip

    @cached_property
    def counted_since(self) -> date:
        """Where cumulative days begin again by themselves. Policy: [counting] since."""
        year = first_day_of(school_year(self.day))
        term = self.evidence.calendar.term_of(self.day) if self.evidence.policy.counting.since == "term" else None
        return max(year, term.first) if term else year

    def why_out_of_character(self, pupil_id: PupilId) -> str:
        """Why this child's unexplained absence is out of character; empty where it is not. Guidance, step 8."""
        history, year, policy = self.evidence.histories.of(pupil_id), school_year(self.day), self.evidence.policy
        before = self.evidence.school_day_before()
        if before is None:
            return ""
        until = Session(day=before, half=Half.PM)
        figures = [attendance(history.marks, y, until) for y in (year, year - 1)]
        days = [day for day in self.before.earlier(pupil_id) if day.day >= first_day_of(year)]
        return why_out_of_character(
            history, days, figures, self.evidence.now, policy=policy.character, enough=policy.rag.minimum_sessions,
            afternoon=policy.afternoon.starts,
        )  # fmt: skip


def _is_planned(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether this session is one in which the part-time timetable leaves the pupil at home."""
    plans = (plan.what for plan in session.evidence.plans if plan.what.pupil_id == pupil_id)
    return any(p.code == TIMETABLE and p.covers(session.session.day, session.session.half) for p in plans)


def _was_about(session: SessionFacts, pupil_id: PupilId) -> bool:
    """Whether the pupil was seen in this session, though perhaps gone since."""
    seen = (Event.SEEN, Event.SIGNED_OUT, Event.ARRIVED)
    return any(event.event in seen for event in session.happenings.get(pupil_id, ()))
