"""What a referral of one child needs: gathered once, told to each body as far as it needs it. Guidance, step 10."""

from collections.abc import Iterable, Mapping
from datetime import date

from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.ladder import RUNGS
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.log.entries import AgencyInformed, EnquiryMade, Logged
from firstday_cli.domain.log.escalated import Body
from firstday_cli.domain.marks import BY_CODE, Treatment
from firstday_cli.domain.packs.case_log import CaseLog, case_log
from firstday_cli.domain.packs.last_seen import LastSeen, last_seen
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture, pupil_picture
from firstday_cli.domain.policy import School
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.sheets.families import may_live_together
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

STEP_OF: Mapping[str, Body] = {
    "tell-police": Body.POLICE,
    "refer-social-care": Body.SOCIAL_CARE,
    "refer-attendance-team": Body.ATTENDANCE_TEAM,
}
OWN_WORKER = ("social-worker", "looked-after")
SILENT = (StandingKind.UNEXPLAINED, StandingKind.UNKNOWN)
PLACE = {rung.step: place for place, rung in reversed(list(enumerate(RUNGS)))}


@record
class Sibling:
    """A child of the roll who may live with this one, and where it stands today."""

    pupil: Pupil
    standing: StandingKind


@record
class ReferralPack:
    """All that is known of one child, for the body that it is referred to.

    `codes` are the marks of absence of this school year and how often each stands; `marks` those since the log begins.
    """

    body: Body
    school: School
    picture: DayPicture
    p: PupilPicture
    child: ChildNow | None
    steps: tuple[NextStep, ...]
    seen: LastSeen | None
    siblings: tuple[Sibling, ...]
    log: CaseLog
    enquiry: Logged | None
    codes: tuple[tuple[str, int], ...]
    marks: tuple[tuple[date, Half, str], ...]
    agencies: frozenset[str]

    @property
    def is_nobody_of_the_family_accounted_for(self) -> bool:
        """Whether this child and every sibling on the roll are absent with no word, or unknown."""
        own = self.p.case is not None or self.p.standing.kind in SILENT
        return own and bool(self.siblings) and all(s.standing in SILENT for s in self.siblings)


def asked_for_now(found: Escalation, pupil_id: PupilId) -> Body | None:
    """The body that the next steps ask for first: what cannot wait, then what is due first; None where none is."""
    asked = [s for s in found.steps if s.pupil_id == pupil_id and s.step in STEP_OF]
    first = min(asked, key=lambda s: (not s.is_act_now, s.due, PLACE[s.step]), default=None)
    return STEP_OF[first.step] if first else None


def referral_pack(evidence: DayEvidence, found: Escalation, pupil_id: PupilId, body: Body) -> ReferralPack:
    """The pack of one child, whether or not a case is open."""
    days = PupilDays(SessionFacts(evidence, evidence.session.half))
    p = pupil_picture(days, pupil_id)
    child = next((c for c in found.children if c.pupil_id == pupil_id), None)
    log, history = case_log(days, p, child), evidence.histories.of(pupil_id)
    asked = [e for e in log.entries if isinstance(e.what, EnquiryMade)]
    informed = {e.what.agency for e in history.log if isinstance(e.what, AgencyInformed)}
    flagged = {flag.agency for flags in evidence.flags.newest.values() for flag in flags}
    return ReferralPack(
        body=body, school=evidence.policy.school, picture=found.picture, p=p, child=child,
        steps=tuple(s for s in found.steps if s.pupil_id == pupil_id), seen=last_seen(days, pupil_id, p.standing),
        siblings=tuple(_siblings(days, p)), log=log, enquiry=asked[-1] if asked else None,
        codes=tuple(_codes(days, pupil_id)), marks=tuple(_marks(days, pupil_id, log)),
        agencies=frozenset((*informed, *flagged)) - {""},
    )  # fmt: skip


def _siblings(days: PupilDays, p: PupilPicture) -> Iterable[Sibling]:
    evidence, session = days.evidence, days.session
    for pupil_id in sorted(evidence.roll.ids - {p.pupil.pupil_id}):
        other = evidence.roll.pupil(pupil_id)
        if may_live_together(p.pupil, p.contacts, other, evidence.contacts.of(pupil_id)):
            kind = StandingKind.IN_SCHOOL
            if pupil_id not in session.counted_in:
                kind = standing(session.facts(pupil_id), evidence.policy.codes).kind
            yield Sibling(pupil=other, standing=kind)


def _codes(days: PupilDays, pupil_id: PupilId) -> Iterable[tuple[str, int]]:
    counted = days.evidence.histories.of(pupil_id).marks.counted(school_year(days.day), days.session.session)
    return ((mark, times) for mark, times in sorted(counted.items()) if _is_absence(mark))


def _is_absence(mark: str) -> bool:
    return mark not in BY_CODE or BY_CODE[mark].treatment is Treatment.ABSENT


def _marks(days: PupilDays, pupil_id: PupilId, log: CaseLog) -> Iterable[tuple[date, Half, str]]:
    """The marks since the log begins; today's as the newest register has it."""
    marks, session = days.evidence.histories.of(pupil_id).marks, days.session
    for day, half, mark in marks.sessions(school_year(days.day), session.session):
        if log.since.date() <= day < days.day:
            yield day, half, mark
    for of_today in dict.fromkeys((session.morning, session)):
        yield days.day, of_today.session.half, of_today.facts(pupil_id).mark
