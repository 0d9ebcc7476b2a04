"""The pack of one child, that a person copies into the body's own form; firstday itself sends nothing. Guidance, 10.

The attendance team is told what its form needs; from social care and the police nothing that is known is kept.
"""

from collections.abc import Iterable

from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.log.escalated import NAMED, Body
from firstday_cli.domain.packs.case_log import Happened, for_the_team, in_full
from firstday_cli.domain.packs.police_questions import answered
from firstday_cli.domain.packs.referral_pack import OWN_WORKER, ReferralPack
from firstday_cli.domain.people import Flag
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.note_words import Discretion
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.referral_blocks import (
    ASKED,
    TO_WRITE,
    YES_NO,
    Block,
    absence,
    child_block,
    concern,
    discretion_of,
    for_visitors,
    known,
    referrer,
    risk_flags,
    three_questions,
)
from firstday_cli.reports.sheet_head import provisional
from firstday_cli.reports.unexplained import WORDS

NOT_SET = "not set: see `firstday doctor`"
CONFIDENTIAL = "CONFIDENTIAL: by a secure route only."
NOT_TO_BE_CONTACTED = "not to be contacted"
URGENT = {
    Body.ATTENDANCE_TEAM: (
        "Who fears for the child does not wait for this team: 999 in an emergency, else the safeguarding lead.",
        "The safeguarding lead reads this before it is sent, and says whom to tell first.",
    ),
    Body.SOCIAL_CARE: (
        "Ring first where there may be immediate risk; 999 in an emergency. The written form follows the call.",
    ),
    Body.POLICE: (
        "999 where there is immediate danger, a crime in progress or a child believed taken; else 101.",
        "No child must be missing for any time before it is reported. Say what the risk is.",
        "Write down the incident number, or who refused and why.",
    ),
}
DESCRIBED = (
    "What the child looks like", "Clothing", "Photograph held by the school", "Telephones of the child", "Friends",
    "Route to school", "Places the child goes to",
)  # fmt: skip


def referral(pack: ReferralPack) -> Page:
    """The page of `report referral`."""
    blocks, happened, people, family = _blocks(pack), _happened(pack), _people(pack), _siblings(pack)
    at, pupil = pack.picture.as_of, pack.p.pupil
    return Page(
        title=f"{pack.school.name}: referral of {pupil.pupil_id} to {NAMED[pack.body]}, {in_words(at.date())}, "
        f"as of {at:%H:%M}",
        facts=_facts(pack, blocks, happened, people, family),
        audience=Audience.OFFICE if pack.body is Body.ATTENDANCE_TEAM else Audience.SAFEGUARDING,
        warnings=(*_own_worker(pack), *_for_whom(pack), *URGENT[pack.body], *_family(pack), *provisional(pack.picture)),
        tables=(*(_table(block) for block in blocks), people, family, _chronology(pack, happened)),
        notes=(
            (f"firstday sends nothing. Sent? firstday refer {pupil.pupil_id} --to {pack.body.value} --reference NUMBER "
            "--by NAME."),
        ),
    )  # fmt: skip


def _blocks(pack: ReferralPack) -> tuple[Block, ...]:
    """The blocks of the body's form, in its order."""
    asked: Block = ("What we ask for", (("Asked for", ASKED[pack.body]),))
    if pack.body is Body.ATTENDANCE_TEAM:
        return asked, referrer(pack), child_block(pack), absence(pack), for_visitors(pack)
    common = (referrer(pack), child_block(pack), absence(pack), concern(pack), risk_flags(pack), three_questions(pack))
    if pack.body is Body.SOCIAL_CARE:
        description: Block = ("Description", ((DESCRIBED[0], TO_WRITE),))
        return asked, *common, description
    questions: Block = ("The twelve questions", tuple((asks, known(said)) for asks, said in answered(pack)))
    return asked, questions, *common, ("To have ready", tuple((name, TO_WRITE) for name in DESCRIBED))


def _own_worker(pack: ReferralPack) -> Iterable[str]:
    """A child's own social worker is told before the front door; the attendance team does not learn of one."""
    if pack.body is Body.ATTENDANCE_TEAM:
        return
    for flag in pack.p.flags:
        if flag.flag in OWN_WORKER:
            yield f"FIRST: to the child's own social worker: {_worker(flag)}. Not reached at once: the duty team."


def _worker(flag: Flag) -> str:
    return f"{known(flag.professional_name)}, {known(flag.agency)}, telephone {known(flag.professional_phone)}"


def _for_whom(pack: ReferralPack) -> Iterable[str]:
    where = {
        Body.ATTENDANCE_TEAM: pack.school.attendance_team or NOT_SET,
        Body.SOCIAL_CARE: f"{pack.school.front_door or NOT_SET}; when the school is shut: "
        f"{pack.school.out_of_hours or NOT_SET}",
        Body.POLICE: "101, or 999",
    }[pack.body]
    yield f"For {NAMED[pack.body]} ({where}). {CONFIDENTIAL}"


def _family(pack: ReferralPack) -> Iterable[str]:
    if pack.is_nobody_of_the_family_accounted_for:
        yield "NO SIBLING is accounted for either: all are absent with no word, or unknown."


def _table(block: Block) -> Table:
    title, fields = block
    return Table(title=title, columns=("Field", "What is known"), rows=fields)


def _people(pack: ReferralPack) -> Table:
    discretion = discretion_of(pack)
    rows = tuple(_person(n, c, discretion) for n, c in enumerate(pack.p.contacts, start=1))
    columns = ("Contact", "Name", "Relationship", "Number", "Parental responsibility", "Lives with child", "Language")
    return Table(title="Contacts", columns=columns, rows=rows, empty="None is known.", unbroken=("Contact", "Number"))


def _person(number: int, contact: Contact, discretion: Discretion) -> tuple[str, ...]:
    number_or_remark = contact.to_dial if contact.phone else contact.phone_remark
    phone = NOT_TO_BE_CONTACTED if contact.is_barred else number_or_remark
    return (
        str(number), known(discretion.text(contact.name)), known(discretion.who(contact.relationship)), known(phone),
        YES_NO[contact.parental_responsibility], YES_NO[contact.lives_with], known(contact.language),
    )  # fmt: skip


def _siblings(pack: ReferralPack) -> Table:
    rows = tuple((s.pupil.pupil_id, s.pupil.name, known(s.pupil.group), WORDS[s.standing]) for s in pack.siblings)
    return Table(
        title="Siblings on the roll", columns=("Pupil", "Name", "Group", "Stands today"), rows=rows,
        empty="None is known by household, or by first number and address. Younger ones: not known.",
    )  # fmt: skip


def _happened(pack: ReferralPack) -> tuple[Happened, ...]:
    if pack.body is Body.ATTENDANCE_TEAM:
        return for_the_team(pack.log, discretion_of(pack))
    return in_full(pack.log)


def _chronology(pack: ReferralPack, happened: Iterable[Happened]) -> Table:
    rows = tuple((f"{h.at:%d/%m/%Y %H:%M}", h.by, h.words, h.entry) for h in happened)
    return Table(
        title=f"Chronology, {pack.log.because} ({len(rows)})", columns=("When", "Who", "What", "Entry"), rows=rows,
        empty="Nothing is logged.", unbroken=("When", "Entry"),
    )  # fmt: skip


def _facts(
    pack: ReferralPack, blocks: Iterable[Block], happened: Iterable[Happened], people: Table, family: Table
) -> dict[str, Json]:
    picture = pack.picture
    return {
        "schema": "firstday/referral/1",
        "school": pack.school.name,
        "day": picture.session.day.isoformat(),
        "as_of": picture.as_of.isoformat(),
        "pupil_id": pack.p.pupil.pupil_id,
        "to": pack.body.value,
        "tell_first": list(_own_worker(pack)),
        "no_sibling_accounted_for": pack.is_nobody_of_the_family_accounted_for,
        "blocks": [
            {"block": title, "fields": [{"field": name, "known": value} for name, value in fields]}
            for title, fields in blocks
        ],
        "contacts": _rows(people),
        "siblings": _rows(family),
        "chronology": [
            {"at": h.at.isoformat(), "by": h.by, "what": h.words, "entry": h.entry or None} for h in happened
        ],
        "provisional": bool(picture.provisional_because),
    }


def _rows(table: Table) -> list[Json]:
    keys = [name.lower().replace(" ", "_") for name in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
