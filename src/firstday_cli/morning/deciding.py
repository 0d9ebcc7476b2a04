"""Decisions, referrals and what came back → entries for the log, each by somebody who may."""

from datetime import date

from firstday_cli.desk import Desk
from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.escalation.gathering import child_alone
from firstday_cli.domain.escalation.wait import wait_to_keep
from firstday_cli.domain.log.entries import DecisionMade, Logged, ReferralAnswered, ReferralMade
from firstday_cli.domain.log.escalated import Body, Judgement, Reply
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.errors import Mistyped, NotAuthorised
from firstday_cli.morning.said import needed, same_name

LONGEST_REFERENCE = 120
WORDS_OF = {
    Body.SOCIAL_CARE: ("social care", "mash", "social worker", "front door"),
    Body.POLICE: ("police",),
    Body.ATTENDANCE_TEAM: ("attendance", "ewo", "ast"),
}


def decided(desk: Desk, pupil: str, judgement: Judgement, note: str) -> DecisionMade:
    """A safeguarding lead's decision. Policy: [people]; Guidance, step 10."""
    must_lead(desk)
    pupil_id = desk.pupil_named(pupil)
    child = child_alone(desk.evidence(), pupil_id)
    return DecisionMade(
        pupil_id=pupil_id, day=_day(desk), judgement=judgement, note=note.strip(), case_began=_case_of(child),
        wait_ends=wait_to_keep(child) if judgement is Judgement.NO_IMMEDIATE_CONCERN else None,
    )  # fmt: skip


def must_lead(desk: Desk) -> None:
    """Raise NotAuthorised unless whoever decides is a safeguarding lead, or the headteacher, where any is named."""
    people = desk.policy.people
    leads = [name for name in (*people.safeguarding_leads, people.headteacher) if name]
    if people.safeguarding_leads and not any(same_name(desk.by, name) for name in leads):
        raise NotAuthorised("is no safeguarding lead whom policy.toml names under [people].", "--by")


def _day(desk: Desk) -> date:
    day = desk.asked.day or desk.at.date()
    desk.calendar.must_cover(day)
    return day


def _case_of(child: ChildNow) -> date | None:
    return child.case.began.day if child.case is not None else None


def referred(desk: Desk, pupil: str, to: str, reference: str) -> ReferralMade:
    """A referral that a person made; nothing is sent from here."""
    pupil_id = desk.pupil_named(pupil)
    return ReferralMade(
        pupil_id=pupil_id, day=_day(desk), to=Body(to), reference=_short(reference),
        case_began=_case_of(child_alone(desk.evidence(), pupil_id)),
    )  # fmt: skip


def _short(reference: str) -> str:
    if len(reference) > LONGEST_REFERENCE:
        raise Mistyped(f"expected at most {LONGEST_REFERENCE} characters: where it stands, not what.", "--reference")
    return reference.strip()


def acknowledged(desk: Desk, pupil: str, heard_from: str, reply: str, reference: str) -> ReferralAnswered:
    """What came back from somebody that the child was referred to. Raises Mistyped where no such referral is known."""
    pupil_id, who = desk.pupil_named(pupil), needed(heard_from, "--from")
    child = child_alone(desk.evidence(), pupil_id)
    made = list(child.ever_of(ReferralMade))
    return ReferralAnswered(
        pupil_id=pupil_id, day=_day(desk), to=_whom(desk, pupil_id, who, made), heard_from=who, reply=Reply(reply),
        reference=_short(reference), case_began=_case_of(child),
    )  # fmt: skip


def _whom(desk: Desk, pupil_id: PupilId, who: str, made: list[Logged]) -> Body:
    """Who answered: one of those to whom this child was referred, by its name or by the school's own words for it."""
    bodies = list(dict.fromkeys(e.what.to for e in made if isinstance(e.what, ReferralMade)))
    if not bodies:
        raise Mistyped(
            f"no referral of {pupil_id} is in the log. Write it down first: firstday refer {pupil_id} --to WHOM.",
            "PUPIL",
        )
    named = [body for body in Body if _is_named(desk, body, f" {folded(who)} ")]
    found = [body for body in named or bodies if body in bodies]
    if len(found) == 1:
        return found[0]
    raise Mistyped("expected attendance-team, social-care or police: one to which the child was referred.", "--from")


def _is_named(desk: Desk, body: Body, words: str) -> bool:
    school = desk.policy.school
    own = {Body.SOCIAL_CARE: school.front_door, Body.ATTENDANCE_TEAM: school.attendance_team}.get(body, "")
    known = (*WORDS_OF[body], folded(body.value), folded(own))
    return any(f" {word} " in words for word in known if word)
