"""What a call can come to, and what follows from it. Guidance, steps 5 to 8."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from firstday_cli.domain.record import record


class Outcome(StrEnum):
    """How one attempt to reach one contact ended."""

    ANSWERED = "answered"
    THOUGHT_IN_SCHOOL = "thought-in-school"
    DOES_NOT_KNOW_WHERE = "does-not-know-where"
    OTHER_ADULT_KNOWS = "other-adult-knows"
    OTHER_ADULT_KNOWS_NOTHING = "other-adult-knows-nothing"
    REFUSED = "refused"
    LANGUAGE_BARRIER = "language-barrier"
    NO_ANSWER = "no-answer"
    ENGAGED = "engaged"
    VOICEMAIL_LEFT = "voicemail-left"
    VOICEMAIL_FULL = "voicemail-full"
    CHILD_ANSWERED = "child-answered"
    OVERSEAS_TONE = "overseas-tone"
    WRONG_NUMBER = "wrong-number"
    DEAD_NUMBER = "dead-number"
    TEXT_SENT = "text-sent"
    TEXT_REPLIED = "text-replied"


@record
class Follows:
    """What follows from an outcome: whether it explains, is a sign of danger, or reached nobody at all."""

    explains: bool = False
    is_danger: bool = False
    is_unanswered: bool = False
    then: str


O = Outcome  # noqa: E741 - the table reads better with one letter
FOLLOWS: Mapping[Outcome, Follows] = MappingProxyType(
    {
        O.ANSWERED: Follows(explains=True, then="first-day calling stops; the code is the office's"),
        O.THOUGHT_IN_SCHOOL: Follows(is_danger=True, then="safeguarding lead and police now"),
        O.DOES_NOT_KNOW_WHERE: Follows(is_danger=True, then="safeguarding lead and police now"),
        O.OTHER_ADULT_KNOWS: Follows(then="kept; next a parent"),
        O.OTHER_ADULT_KNOWS_NOTHING: Follows(then="a try of that contact; the next one"),
        O.REFUSED: Follows(then="a try of that contact; the next one"),
        O.LANGUAGE_BARRIER: Follows(then="a try of that contact; the next one"),
        O.NO_ANSWER: Follows(is_unanswered=True, then="a try of that contact; the next one"),
        O.ENGAGED: Follows(is_unanswered=True, then="a try of that contact; the next one"),
        O.VOICEMAIL_LEFT: Follows(is_unanswered=True, then="a try of that contact; the next one"),
        O.VOICEMAIL_FULL: Follows(is_unanswered=True, then="a try of that contact; the next one"),
        O.CHILD_ANSWERED: Follows(then="is the child alone? safeguarding lead"),
        O.OVERSEAS_TONE: Follows(is_unanswered=True, then="is the family abroad?"),
        O.WRONG_NUMBER: Follows(is_unanswered=True, then="not rung again; a gap in the contact list"),
        O.DEAD_NUMBER: Follows(is_unanswered=True, then="not rung again; a gap in the contact list"),
        O.TEXT_SENT: Follows(is_unanswered=True, then="no try: ring as well"),
        O.TEXT_REPLIED: Follows(then="a message to match"),
    }
)
