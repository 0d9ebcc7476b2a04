"""The visits of a stretch of days, by what was found at the door."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.log.entries import Logged, VisitMade
from firstday_cli.domain.log.visits import AT_THE_DOOR, VisitOutcome
from firstday_cli.domain.term.term_picture import VisitLine

WORDS = {
    VisitOutcome.ADULT_ONLY: "an adult was in, the child was not seen",
    VisitOutcome.NO_ANSWER: "nobody in",
    VisitOutcome.NO_ACCESS: "the door could not be reached",
    VisitOutcome.REFUSED: "turned away",
    VisitOutcome.WRONG_ADDRESS: "the family does not live there",
    VisitOutcome.CONCERN: "worried for the child",
}
WITH_PARENT, WITHOUT_PARENT = "child seen, a parent there", "child seen, no parent there"
ORDER = (WITH_PARENT, WITHOUT_PARENT, *WORDS.values())


def visits_made(log: Iterable[Logged], first: date, last: date) -> tuple[VisitLine, ...]:
    """How often each was found, of the visits made from one day to another: one for each child visited."""
    visits = (e.what for e in log if isinstance(e.what, VisitMade) and first <= e.at.date() <= last)
    counts = Counter(_found(visit) for visit in visits)
    return tuple(VisitLine(label=label, visits=counts[label]) for label in ORDER if counts[label])


def _found(visit: VisitMade) -> str:
    if AT_THE_DOOR[visit.outcome].is_seen:
        return WITH_PARENT if visit.with_parent else WITHOUT_PARENT
    return WORDS[visit.outcome]
