"""The blocks of a referral: every field that the body asks for, "not known" where nobody here knows. Guidance, 10.

Fields common to the forms of several authorities; a person copies them into the body's own form.
"""

from collections.abc import Iterable
from dataclasses import replace

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.entries import DecisionMade, EnquiryMade, KeptIn, NoteKind, NoteMade, VisitMade
from firstday_cli.domain.log.escalated import JUDGED, Body
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.packs.discreet import TELLING
from firstday_cli.domain.packs.referral_pack import STEP_OF, ReferralPack
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.note_words import Discretion, discretion_for
from firstday_cli.reports.counted import shown_days, shown_since
from firstday_cli.reports.unexplained import WORDS

NOT_KNOWN = "not known"
Fields = tuple[tuple[str, str], ...]
Block = tuple[str, Fields]
TO_WRITE = "not known here: whoever sends this writes it"
YES_NO = {True: "yes", False: "no", None: NOT_KNOWN}
NOT_HELD = (
    "Gender", "Ethnicity", "Religion", "Disability", "Communication", "Telephone of the child", "NHS number", "GP",
    "Other names",
)  # fmt: skip


def known(value: str) -> str:
    """The value; "not known" where there is none."""
    return value.strip() or NOT_KNOWN


def discretion_of(pack: ReferralPack) -> Discretion:
    """What this body is not told: the attendance team no agency and no flag, the others everything."""
    if pack.body is not Body.ATTENDANCE_TEAM:
        return Discretion()
    own = discretion_for(KeptIn.MIS, pack.p.flags, pack.agencies)
    return replace(own, flags=(*own.flags, *TELLING))


def referrer(pack: ReferralPack) -> Block:
    """Who refers: the school, its number, the moment."""
    day, at = pack.picture.session.day, pack.picture.as_of
    return "Who refers", (
        ("School", pack.school.name),
        ("Telephone", known(pack.school.phone)),
        ("Name and role", TO_WRITE),
        ("E-mail", TO_WRITE),
        ("Written", f"{at:%H:%M} on {in_words(at.date())}, about {in_words(day)}"),
        ("Spoke to whom, when", TO_WRITE),
    )


def child_block(pack: ReferralPack) -> Block:
    """Who the child is; for the attendance team what its form needs."""
    pupil, discretion = pack.p.pupil, discretion_of(pack)
    legal = f"{pupil.forename} {pupil.surname}".strip()
    fields = (
        ("Name", pupil.name), ("Name on the roll", known(legal)), ("Pupil id", str(pupil.pupil_id)),
        ("UPN", known(pupil.upn)), ("Date of birth", in_words(pupil.dob) if pupil.dob else NOT_KNOWN),
        ("Year", known(pupil.year)), ("Group", known(pupil.group)), ("Address on the roll", known(pupil.address)),
        ("Lives with", known("; ".join(_lives_with(pack, discretion)))), ("First language", known(_languages(pack))),
        ("Interpreter", known(_interpreter(pack))),
    )  # fmt: skip
    if pack.body is Body.ATTENDANCE_TEAM:
        return "The child", fields
    return "The child", (*fields, *((name, NOT_KNOWN) for name in NOT_HELD))


def _lives_with(pack: ReferralPack, discretion: Discretion) -> Iterable[str]:
    return (_person(c, discretion) for c in pack.p.contacts if c.lives_with)


def _person(contact: Contact, discretion: Discretion) -> str:
    relationship = f" ({discretion.who(contact.relationship)})" if contact.relationship else ""
    return f"{discretion.text(contact.name) or NOT_KNOWN}{relationship}"


def _languages(pack: ReferralPack) -> str:
    return ", ".join(dict.fromkeys(c.language.strip() for c in pack.p.contacts if c.language.strip()))


def _interpreter(pack: ReferralPack) -> str:
    if pack.body is Body.ATTENDANCE_TEAM:
        return ""
    return "needed" if any(flag.flag == "interpreter" for flag in pack.p.flags) else ""


def absence(pack: ReferralPack) -> Block:
    """The absence: since when, by which codes, when the child was last seen and by what."""
    p, case = pack.p, pack.p.case
    began = f"{in_words(case.began.day)} {case.began.half}" if case else "no case is open"
    because = p.standing.because if pack.body is not Body.ATTENDANCE_TEAM else ""
    return "The absence", (
        ("Stands now", f"{WORDS[p.standing.kind]}{f': {because}' if because else ''}"),
        ("No word since", began),
        ("Last seen", pack.seen.in_words if pack.seen else NOT_KNOWN),
        ("Days since seen", shown_since(p.days)),
        ("Last known whereabouts", TO_WRITE),
        ("Days of absence this year", shown_days(p.days)),
        ("Sessions missed this year", known("; ".join(f"{mark} {times}" for mark, times in pack.codes))),
        ("Sessions possible this year", f"{p.figures.in_words}; {p.unmarked} without a usable mark"),
        (
            "Marks",
            known(
                ", ".join(f"{in_words(day)} {half} {mark or 'no mark'}" for day, half, mark in pack.marks[-MOST_MARKS:])
            ),
        ),
    )


MOST_MARKS = 20  # sessions: two weeks of school


def concern(pack: ReferralPack) -> Block:
    """What the worry is: what was decided, what the visit found, the risk, what the child said."""
    decided = [
        f"{JUDGED[e.what.judgement]}{f': {e.what.note}' if e.what.note else ''} ({e.source}, {in_words(e.at.date())})"
        for e in pack.log.entries
        if isinstance(e.what, DecisionMade)
    ]
    visits = [
        f"{AT_THE_DOOR[e.what.outcome].words}{f': {e.what.note}' if e.what.note else ''} ({e.source})"
        for e in pack.log.entries
        if isinstance(e.what, VisitMade)
    ]
    return "The worry", (
        ("What was decided", known("; ".join(decided))),
        ("What the home visits found", known("; ".join(visits))),
        ("Why now", known("; ".join(_why_now(pack)))),
        ("Rating", _rated(pack)),
        ("What the child said", NOT_KNOWN),
        ("What it does to the child", TO_WRITE),
        ("Strengths, protective factors", TO_WRITE),
        ("Level on the local threshold", TO_WRITE),
        ("Parents aware of this referral", TO_WRITE),
        ("Consent", "not known; not needed where significant harm is suspected, nor where asking would raise the risk"),
    )


def _rated(pack: ReferralPack) -> str:
    rating = pack.p.rating
    unsure = " (unsure)" if rating.is_unsure else ""
    return f"{rating.rating.value}{unsure}: {'; '.join(rating.because) or 'no rule says more'}"


def _why_now(pack: ReferralPack) -> list[str]:
    """Why this body is asked, by the next steps; where none asks for it yet, what is to be decided."""
    asked = [step.because for step in pack.steps if STEP_OF.get(step.step) is pack.body]
    return asked or [f"to be decided: {step.because}" for step in pack.steps if step.step == "decide"]


def risk_flags(pack: ReferralPack) -> Block:
    """Every flag that stands, with the professional to tell: for social care and the police."""
    fields = tuple(
        (
            flag.flag,
            (
                f"{f'since {in_words(flag.since)}; ' if flag.since else ''}{known(flag.professional_name)}, "
                f"{known(flag.agency)}, {known(flag.professional_phone)}"
            ),
        )
        for flag in pack.p.flags
    )
    return "Risks and agencies, by the school's flags", fields or (("Flags", "none is held"),)


def three_questions(pack: ReferralPack) -> Block:
    """The three questions that follow no reply at all, and after an overseas tone the fourth. Guidance, step 8."""
    what = pack.enquiry.what if pack.enquiry else None
    said = what if isinstance(what, EnquiryMade) else None
    noted = (
        f"{e.what.text} ({e.source})"
        for e in pack.log.entries
        if isinstance(e.what, NoteMade) and e.what.about is NoteKind.INTELLIGENCE
    )
    return "The three questions", (
        ("Agency support, such as a social worker", known(said.agency if said else "")),
        ("Known in school", known(said.intelligence if said else "")),
        ("Who in school knows the family", known(said.knows_family if said else "")),
        ("Is the family abroad", known(said.abroad if said else "")),
        ("Asked by", pack.enquiry.source if pack.enquiry else "not asked yet"),
        ("Noted in school", known("; ".join(noted))),
    )


def for_visitors(pack: ReferralPack) -> Block:
    """What the attendance team is told of the safety of lone workers, and of how far the school has come."""
    calls = pack.p.case.rounds if pack.p.case else None
    decided = [
        f"{JUDGED[e.what.judgement]} ({e.by}, {e.at:%H:%M on %d/%m/%Y})"
        for e in pack.log.entries
        if isinstance(e.what, DecisionMade) and e.what.judgement.value == "no-immediate-concern"
    ]
    return "How far the school has come", (
        ("Decided", known("; ".join(decided))),
        ("Calling today", f"{calls.complete} complete rounds; {calls.exhausted}" if calls else NOT_KNOWN),
        ("Safety of those who visit", "ask the school's safeguarding lead before anybody goes"),
    )


ASKED = {
    Body.ATTENDANCE_TEAM: "To go on trying to reach the family with us, to visit, and to tell us what was found.",
    Body.SOCIAL_CARE: (
        "To assess the risk of harm, to find out where the child is, and to tell us within one working day what was "
        "decided."
    ),
    Body.POLICE: "To find out where the child is and that the child is safe; to give us the incident number.",
}
