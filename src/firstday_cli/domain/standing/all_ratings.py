"""Every pupil of the roll with a rating, and what is on file for those who are RED."""

from firstday_cli.domain.log.entries import RiskAssessed
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.policy import Rag
from firstday_cli.domain.ratings.rag import LOWEST_FIRST, Rating, last_assessment, needs_assessment
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.session_facts import SessionFacts


@record
class RatedPupil:
    """One pupil's rating, and the risk assessment on file."""

    pupil: Pupil
    rating: Rating
    assessment: RiskAssessed | None
    needs_assessment: str


@record
class AllRatings:
    """The ratings of a school on a day: the highest first, then by id."""

    school: str
    session: Session
    rag: Rag
    pupils: tuple[RatedPupil, ...]


def all_ratings(evidence: DayEvidence) -> AllRatings:
    """Every pupil on the roll or still to start; those who have left are not rated."""
    session = SessionFacts(evidence, evidence.session.half)
    left = {p for p, why in session.not_expected.items() if not why.startswith("starts")}
    wanted = sorted(evidence.roll.ids - left)
    evidence.histories.fetch(wanted)
    rated = [_rated(session, evidence.roll.pupil(pupil_id)) for pupil_id in wanted]
    return AllRatings(
        school=evidence.policy.school.name, session=evidence.session, rag=evidence.policy.rag,
        pupils=tuple(sorted(rated, key=lambda p: (-LOWEST_FIRST.index(p.rating.rating), p.pupil.pupil_id))),
    )  # fmt: skip


def _rated(session: SessionFacts, pupil: Pupil) -> RatedPupil:
    rating, log = session.ratings.of(pupil.pupil_id), session.evidence.histories.of(pupil.pupil_id).log
    return RatedPupil(
        pupil=pupil, rating=rating, assessment=last_assessment(log),
        needs_assessment=needs_assessment(rating, log, session.session.day),
    )  # fmt: skip
