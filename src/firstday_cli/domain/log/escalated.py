"""Entries of the log: questions asked, visits made, decisions taken, referrals made and answered. Guidance, 8 to 10."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from firstday_cli.domain.log.visits import VisitKind, VisitOutcome
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half


class Judgement(StrEnum):
    """What the safeguarding lead decided. Guidance, step 10."""

    NO_IMMEDIATE_CONCERN = "no-immediate-concern"
    HARM = "harm"
    CRIME = "crime"


class Body(StrEnum):
    """To whom a child is referred."""

    ATTENDANCE_TEAM = "attendance-team"
    SOCIAL_CARE = "social-care"
    POLICE = "police"


class Reply(StrEnum):
    """What a body that a child was referred to said."""

    ACCEPTED = "accepted"
    NO_FURTHER_ACTION = "no-further-action"
    WELFARE_CALL = "welfare-call"
    REFUSED = "refused"


@record
class EnquiryMade:
    """The three questions that follow no reply at all, and after an overseas tone the fourth. Guidance, steps 5, 8."""

    kind: Literal["enquiry-made"] = "enquiry-made"
    pupil_id: PupilId
    day: date
    agency: str
    intelligence: str
    knows_family: str
    abroad: str = ""


@record
class VisitStarted:
    """Staff left for a home visit: who, when they are due back, who authorised it."""

    kind: Literal["visit-started"] = "visit-started"
    pupil_id: PupilId
    day: date
    staff: tuple[str, ...]
    back_by: datetime
    authorised_by: str = ""


@record
class VisitMade:
    """What staff found at the door; a face to face only where the child was seen with a parent."""

    kind: Literal["visit-made"] = "visit-made"
    pupil_id: PupilId
    day: date
    half: Half
    outcome: VisitOutcome
    with_parent: bool = False
    purpose: VisitKind = VisitKind.FIRST_DAY
    note: str = ""


@record
class DecisionMade:
    """The safeguarding lead's decision: in which case, if one was open, and when the wait that it leaves is over."""

    kind: Literal["decision-made"] = "decision-made"
    pupil_id: PupilId
    day: date
    judgement: Judgement
    note: str = ""
    case_began: date | None = None
    wait_ends: datetime | None = None


@record
class ReferralMade:
    """A person referred the child, in which case if one was open; firstday itself sends nothing."""

    kind: Literal["referral-made"] = "referral-made"
    pupil_id: PupilId
    day: date
    to: Body
    reference: str = ""
    case_began: date | None = None


@record
class ReferralAnswered:
    """What came back from a body that the child was referred to, and who said so."""

    kind: Literal["referral-answered"] = "referral-answered"
    pupil_id: PupilId
    day: date
    to: Body
    heard_from: str
    reply: Reply
    reference: str = ""
    case_began: date | None = None


def escalated_words(entry: EnquiryMade | VisitStarted | DecisionMade | ReferralMade | ReferralAnswered) -> str:
    """What the entry says in full, for safeguarding, in words that follow the name of who says so."""
    match entry:
        case EnquiryMade():
            abroad = f"; abroad: {entry.abroad}" if entry.abroad else ""
            return (
                f"asked: agency support: {entry.agency}; known in school: {entry.intelligence}; "
                f"who knows the family: {entry.knows_family}{abroad}"
            )
        case VisitStarted():
            by = f"; authorised by {entry.authorised_by}" if entry.authorised_by else ""
            return f"sent {' and '.join(entry.staff)} on a home visit, back by {entry.back_by:%H:%M}{by}"
        case DecisionMade():
            note = f": {entry.note}" if entry.note else ""
            return f"decided: {JUDGED[entry.judgement]}{note}"
        case ReferralMade():
            return f"referred the child to {NAMED[entry.to]}{_reference(entry.reference)}"
        case ReferralAnswered():
            heard = f"heard from {entry.heard_from} ({NAMED[entry.to]})"
            return f"{heard}: {ANSWERED[entry.reply]}{_reference(entry.reference)}"


def _reference(reference: str) -> str:
    return f", reference {reference}" if reference else ""


JUDGED = {
    Judgement.NO_IMMEDIATE_CONCERN: "no immediate concern",
    Judgement.HARM: "immediate concern of significant harm",
    Judgement.CRIME: "reason to suspect a crime",
}
NAMED = {
    Body.ATTENDANCE_TEAM: "the attendance team",
    Body.SOCIAL_CARE: "children's social care",
    Body.POLICE: "the police",
}
ANSWERED = {
    Reply.ACCEPTED: "accepted",
    Reply.NO_FURTHER_ACTION: "no further action",
    Reply.WELFARE_CALL: "a welfare call will be made",
    Reply.REFUSED: "refused",
}
OfACase = DecisionMade | ReferralMade | ReferralAnswered
Escalated = EnquiryMade | VisitStarted | VisitMade | OfACase
