"""The twelve questions that police ask a school about a missing child, with what is known. West Midlands Police."""

from collections.abc import Callable, Iterable

from firstday_cli.domain.log.calls import FOLLOWS, HOW_IT_ENDED, Outcome
from firstday_cli.domain.log.entries import (
    CallMade,
    DecisionMade,
    EnquiryMade,
    ExplanationGiven,
    InSchoolChecked,
    NoteKind,
    NoteMade,
    TextSent,
    VisitMade,
)
from firstday_cli.domain.log.escalated import JUDGED, Judgement
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.packs.referral_pack import ReferralPack
from firstday_cli.domain.people import Flag
from firstday_cli.domain.standing.duties import linked_agency

Known = Callable[[ReferralPack], Iterable[str]]


def _of_kind(pack: ReferralPack, kind: type) -> int:
    return sum(1 for e in pack.log.entries if isinstance(e.what, kind))


def _out_of_character(pack: ReferralPack) -> Iterable[str]:
    if pack.p.out_of_character:
        yield f"out of character: {pack.p.out_of_character}"
    yield from _flags("previously-missing")(pack)


def _contact(pack: ReferralPack) -> Iterable[str]:
    """Whom anybody spoke to, and what the family told."""
    for entry in pack.log.entries:
        match entry.what:
            case CallMade(outcome=outcome) if not FOLLOWS[outcome].is_unanswered:
                yield f"{entry.at:%d/%m %H:%M} a contact {HOW_IT_ENDED[outcome]}"
            case ExplanationGiven(told_by=who, reason=reason):
                yield f"{entry.at:%d/%m %H:%M} {who} said: {reason}"
            case _:
                pass


def _done(pack: ReferralPack) -> Iterable[str]:
    """What was done to find the child, in numbers; each attempt is in the chronology."""
    for kind, word in (
        (CallMade, "calls"), (TextSent, "texts"), (InSchoolChecked, "looks in school"), (VisitMade, "home visits"),
    ):  # fmt: skip
        yield f"{word}: {_of_kind(pack, kind)}"


def _with_whom(pack: ReferralPack) -> Iterable[str]:
    for entry in pack.log.entries:
        if isinstance(entry.what, CallMade | ExplanationGiven) and entry.what.child_with:
            yield f"said to {entry.by}: {entry.what.child_with}"


def _flags(*words: str) -> Known:
    return lambda pack: (_flag(flag) for flag in pack.p.flags if flag.flag in words)


def _flag(flag: Flag) -> str:
    return f"flag {flag.flag}"


def _harm(pack: ReferralPack) -> Iterable[str]:
    """What was decided, heard and seen at the door."""
    for entry in pack.log.entries:
        match entry.what:
            case DecisionMade(judgement=judgement, note=note) if judgement is not Judgement.NO_IMMEDIATE_CONCERN:
                yield f"decided by {entry.by}: {JUDGED[judgement]}{f' ({note})' if note else ''}"
            case CallMade(outcome=outcome) if FOLLOWS[outcome].is_danger:
                yield f"a contact {HOW_IT_ENDED[outcome]}, {entry.at:%H:%M on %d/%m/%Y}"
            case VisitMade(outcome=found, note=note) if AT_THE_DOOR[found].is_danger:
                yield f"{AT_THE_DOOR[found].words}{f': {note}' if note else ''}"
            case _:
                pass
    yield from _flags("abduction-risk", "forced-marriage-risk", "fgm-risk", "s47", "child-protection-plan")(pack)


def _agencies(pack: ReferralPack) -> Iterable[str]:
    yield from dict.fromkeys(linked_agency(f) for f in pack.p.flags if f.agency or f.professional_name)
    yield from _flags("social-worker", "looked-after", "police-investigation", "external-agency", "ewo")(pack)


def _before(pack: ReferralPack) -> Iterable[str]:
    """What was known in school, and noted."""
    if pack.enquiry and isinstance(pack.enquiry.what, EnquiryMade):
        yield f"in school: {pack.enquiry.what.intelligence}"
    for entry in pack.log.entries:
        if isinstance(entry.what, NoteMade) and entry.what.about is NoteKind.INTELLIGENCE:
            yield f"{entry.what.text} ({entry.by})"


def _other(pack: ReferralPack) -> Iterable[str]:
    yield from (f"{a.alert}: {a.because}" for a in pack.picture.alerts if a.pupil_id == pack.p.pupil.pupil_id)
    if pack.is_nobody_of_the_family_accounted_for:
        yield "no sibling on the roll is accounted for either"
    calls = (e.what for e in pack.log.entries if isinstance(e.what, CallMade))
    if any(call.outcome is Outcome.OVERSEAS_TONE for call in calls):
        yield "an overseas ringing tone was heard"


TWELVE: tuple[tuple[str, Known], ...] = (
    ("1. Is it out of character? Has it happened before?", _out_of_character),
    ("2. Any contact since? When is the child expected back?", _contact),
    ("3. Last known intentions? What was done to find the child?", _done),
    ("4. Who may the child be with?", _with_whom),
    ("5. A danger to themselves or to others?", _flags("suicide-risk", "self-harm-risk")),
    ("6. Medical needs, medicines, a care plan?", _flags("cannot-summon-help", "ehcp", "medical-needs")),
    ("7. A risk of self-harm or suicide?", _flags("suicide-risk", "self-harm-risk")),
    ("8. A risk of harm, or of a crime?", _harm),
    ("9. A victim of abuse, or at risk of exploitation?", _flags("cse", "cce", "child-protection-plan", "s47")),
    ("10. Known to any services?", _agencies),
    ("11. Unusual behaviour beforehand?", _before),
    ("12. Any other concern?", _other),
)


def answered(pack: ReferralPack) -> tuple[tuple[str, str], ...]:
    """Each question with what is known; empty where nothing is."""
    return tuple((question, "; ".join(known(pack))) for question, known in TWELVE)
