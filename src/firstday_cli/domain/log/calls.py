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
    """What follows from an outcome.

    It may explain, be a sign of danger, or have reached nobody at all; it is a try of that number or none, and the
    number may be of no use any more.
    """

    explains: bool = False
    is_danger: bool = False
    is_unanswered: bool = False
    is_try: bool = True
    is_gone: bool = False
    then: str


NEXT_CONTACT = "a try of that contact; the next one"
POLICE_NOW = "safeguarding lead and police now, past every step; the other contacts are rung meanwhile"
GONE = "tried once and not rung again; a gap in the contact list"


O = Outcome  # noqa: E741 - the table reads better with one letter
FOLLOWS: Mapping[Outcome, Follows] = MappingProxyType(
    {
        O.ANSWERED: Follows(explains=True, then="first-day calling stops; code and authorisation are the office's"),
        O.THOUGHT_IN_SCHOOL: Follows(is_danger=True, then=POLICE_NOW),
        O.DOES_NOT_KNOW_WHERE: Follows(is_danger=True, then=POLICE_NOW),
        O.OTHER_ADULT_KNOWS: Follows(then="kept; next a parent"),
        O.OTHER_ADULT_KNOWS_NOTHING: Follows(then=NEXT_CONTACT),
        O.REFUSED: Follows(then=f"{NEXT_CONTACT}; tell the safeguarding lead"),
        O.LANGUAGE_BARRIER: Follows(then=f"{NEXT_CONTACT}; find an interpreter"),
        O.NO_ANSWER: Follows(is_unanswered=True, then=NEXT_CONTACT),
        O.ENGAGED: Follows(is_unanswered=True, then=NEXT_CONTACT),
        O.VOICEMAIL_LEFT: Follows(is_unanswered=True, then=NEXT_CONTACT),
        O.VOICEMAIL_FULL: Follows(is_unanswered=True, then=NEXT_CONTACT),
        O.CHILD_ANSWERED: Follows(then="a try; is the child alone? Tell the safeguarding lead"),
        O.OVERSEAS_TONE: Follows(is_unanswered=True, then="a try; is the family abroad?"),
        O.WRONG_NUMBER: Follows(is_unanswered=True, is_gone=True, then=GONE),
        O.DEAD_NUMBER: Follows(is_unanswered=True, is_gone=True, then=GONE),
        O.TEXT_SENT: Follows(is_unanswered=True, is_try=False, then="no try: ring as well"),
        O.TEXT_REPLIED: Follows(is_try=False, then="no try: the reply is a message to match"),
    }
)

HOW_IT_ENDED: Mapping[Outcome, str] = MappingProxyType(
    {
        O.ANSWERED: "answered",
        O.THOUGHT_IN_SCHOOL: "thought that the child was in school",
        O.DOES_NOT_KNOW_WHERE: "does not know where the child is",
        O.OTHER_ADULT_KNOWS: "spoke to another adult, who knows where the child is",
        O.OTHER_ADULT_KNOWS_NOTHING: "spoke to another adult, who does not know where the child is",
        O.REFUSED: "would not speak to the school",
        O.LANGUAGE_BARRIER: "answered, but no language in common",
        O.NO_ANSWER: "no answer",
        O.ENGAGED: "engaged",
        O.VOICEMAIL_LEFT: "no answer, a voicemail was left",
        O.VOICEMAIL_FULL: "no answer, and the voicemail was full",
        O.CHILD_ANSWERED: "the child answered, and no adult was spoken to",
        O.OVERSEAS_TONE: "no answer, an overseas ringing tone",
        O.WRONG_NUMBER: "a wrong number",
        O.DEAD_NUMBER: "the number is not in use",
        O.TEXT_SENT: "a text was sent",
        O.TEXT_REPLIED: "a text was answered",
    }
)
