"""What a home visit can come to, and what follows from it. Guidance, step 9; what failed in real cases."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from firstday_cli.domain.record import record


class VisitOutcome(StrEnum):
    """What staff found at the door."""

    CHILD_SEEN = "child-seen"
    ADULT_ONLY = "adult-only"
    NO_ANSWER = "no-answer"
    NO_ACCESS = "no-access"
    REFUSED = "refused"
    WRONG_ADDRESS = "wrong-address"
    CONCERN = "concern"


class VisitKind(StrEnum):
    """Why staff went: first-day calling reached nobody, or to keep in touch. Millbrook, footnote KIT."""

    FIRST_DAY = "first-day"
    KIT = "kit"


@record
class VisitFollows:
    """What follows: the child was seen, or a person must decide; a worry of harm is a sign of danger."""

    is_seen: bool = False
    is_danger: bool = False
    words: str
    then: str


DECIDE = "the child was not seen: the safeguarding lead decides now"
V = VisitOutcome
AT_THE_DOOR: Mapping[VisitOutcome, VisitFollows] = MappingProxyType(
    {
        V.CHILD_SEEN: VisitFollows(
            is_seen=True, words="saw the child at home", then="a sighting; face to face only with a parent there"
        ),
        V.ADULT_ONLY: VisitFollows(words="spoke to an adult at home, and did not see the child", then=DECIDE),
        V.NO_ANSWER: VisitFollows(words="went to the home, and nobody answered the door", then=DECIDE),
        V.NO_ACCESS: VisitFollows(
            words="could not reach the door", then=f"no visit at all: a locked entry is not a door; {DECIDE}"
        ),
        V.REFUSED: VisitFollows(words="went to the home, and was turned away", then=DECIDE),
        V.WRONG_ADDRESS: VisitFollows(
            words="went to the address held, and the family does not live there",
            then=f"ask for the right address, and correct the roll; {DECIDE}",
        ),
        V.CONCERN: VisitFollows(
            is_danger=True, words="went to the home, and is worried for the child",
            then="safeguarding lead now, past every step; 999 where anybody is in danger",
        ),
    }
)  # fmt: skip
