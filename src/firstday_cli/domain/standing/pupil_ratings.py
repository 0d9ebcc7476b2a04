"""The rating of each pupil in one session, and what it rests on: flags, attendance, what people said."""

from datetime import date

from firstday_cli.domain.days.attendance import Attendance, attendance
from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.people import Flag, PupilId
from firstday_cli.domain.ratings.flags_held import flags_on, flags_over
from firstday_cli.domain.ratings.rag import Known, Rating, rate
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.day_evidence import DayEvidence


class PupilRatings:
    """Ratings by pupil, each worked out once."""

    def __init__(self, evidence: DayEvidence, session: Session) -> None:
        self.evidence = evidence
        self.session = session
        self._ratings: dict[PupilId, Rating] = {}

    def flags(self, pupil_id: PupilId) -> tuple[Flag, ...]:
        """The pupil's flags on this day, one for each word, from the flags taken in and from the roll."""
        held = self.evidence.flags
        given = flags_on(self.session.day, held.newest.get(pupil_id, ()), held.earlier.get(pupil_id, ()))
        words = {flag.flag for flag in given}
        on_roll = (w for w in self.evidence.roll.pupil(pupil_id).flags if w not in words)
        both = (*given, *(Flag(pupil_id=pupil_id, flag=word) for word in dict.fromkeys(on_roll)))
        return tuple(sorted(both, key=lambda flag: flag.flag))

    def over(self, pupil_id: PupilId) -> tuple[Flag, ...]:
        """The flags that were in force here and are over, one for each word."""
        earlier = self.evidence.flags.earlier.get(pupil_id, ())
        return flags_over(self.session.day, self.flags(pupil_id), earlier)

    def _begun(self, pupil_id: PupilId) -> dict[str, date]:
        """Since when each flag has been held here and in force without an end between."""
        earlier = self.evidence.flags.earlier.get(pupil_id, ())
        found: dict[str, date] = {}
        for held in earlier:
            if held.in_force_from:
                found[held.flag.flag] = max(found.get(held.flag.flag, held.in_force_from), held.in_force_from)
        return found

    def of(self, pupil_id: PupilId) -> Rating:
        """The pupil's rating by this school's rules, and by what people said of it."""
        if pupil_id not in self._ratings:
            self._ratings[pupil_id] = rate(self.known(pupil_id), self.evidence.policy.rag)
        return self._ratings[pupil_id]

    def attendance(self, pupil_id: PupilId) -> Attendance:
        """The pupil's attendance in this school year, up to and including this session."""
        return attendance(self.evidence.histories.of(pupil_id).marks, school_year(self.session.day), self.session)

    def known(self, pupil_id: PupilId) -> Known:
        """What the pupil's rating rests on."""
        flags, histories = self.flags(pupil_id), self.evidence.histories
        history, year = histories.of(pupil_id), school_year(self.session.day)
        return Known(
            flags=flags, begun=self._begun(pupil_id), over=self.over(pupil_id),
            were_taken_in=self.evidence.flags.were_taken_in or self.evidence.roll.has_flags,
            marks=history.marks, now=self.attendance(pupil_id),
            last_year=attendance(history.marks, year - 1, self.session), until=self.session,
            rated_since=histories.first_taken_in, log=history.log,
        )  # fmt: skip
