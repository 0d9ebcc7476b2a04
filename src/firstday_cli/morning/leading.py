"""Pages for those who lead safeguarding, each of the day as it stands now."""

from firstday_cli.desk import Desk
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.log.escalated import Body
from firstday_cli.domain.packs.before_break import not_seen
from firstday_cli.domain.packs.commented import commented
from firstday_cli.domain.packs.handover import handover
from firstday_cli.domain.packs.referral_pack import asked_for_now, referral_pack
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.errors import Mistyped
from firstday_cli.reports.before_break import not_seen_page
from firstday_cli.reports.commented import commented_page
from firstday_cli.reports.escalations import escalations
from firstday_cli.reports.handover import handover_page
from firstday_cli.reports.page import Audience, Page
from firstday_cli.reports.referral import referral

BODIES = ", ".join(body.value for body in Body)


def referral_now(desk: Desk, pupil: str, to: str) -> Page:
    """One pupil's pack for the body said, else for the one that the next steps ask for now.

    Raises Mistyped where no pupil is named, or no body is said and none is asked for.
    """
    if not pupil:
        raise Mistyped("say whom it is about: firstday report referral PUPIL --to BODY.", "PUPIL")
    pupil_id, evidence = desk.pupil_named(pupil), desk.evidence()
    found = escalation(evidence)
    body = Body(to) if to else asked_for_now(found, pupil_id)
    if body is None:
        raise Mistyped(f"nothing asks for a referral of {pupil_id} now. Say to whom: one of {BODIES}.", "--to")
    return referral(referral_pack(evidence, found, pupil_id, body))


def escalations_now(desk: Desk) -> Page:
    """What must be done next, for print."""
    return escalations(escalation(desk.evidence()), Audience.SAFEGUARDING)


def handover_now(desk: Desk) -> Page:
    """What is handed over at the end of the day."""
    evidence = desk.evidence()
    return handover_page(handover(evidence, escalation(evidence)), desk.policy.school)


def not_seen_now(desk: Desk) -> Page:
    """Who was not seen, before days without school."""
    evidence = desk.evidence()
    return not_seen_page(not_seen(evidence, escalation(evidence)))


def commented_now(desk: Desk) -> Page:
    """Every absent child with the words beside its mark, and the visits to start now."""
    evidence = desk.evidence()
    return commented_page(commented(DaySoFar(evidence), escalation(evidence)))
