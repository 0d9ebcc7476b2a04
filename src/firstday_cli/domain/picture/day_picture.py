"""Everything known about one session of one day as of one moment."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from firstday_cli.domain.calling.cases import Case, case_of
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.days.absence_days import DaysAbsent
from firstday_cli.domain.days.attendance import Attendance
from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import Logged, danger_in, is_danger, pupils_of
from firstday_cli.domain.people import Flag, Pupil, PupilId
from firstday_cli.domain.plausibility import IMPLAUSIBLE, ON_THE_LIST, why_implausible
from firstday_cli.domain.ratings.rag import Rating, needs_assessment
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.absent_child import absent_child, looked_for_by
from firstday_cli.domain.standing.danger import dangers, overseas_risk
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.disagreement import Discrepancy, disagreements
from firstday_cli.domain.standing.duties import Duty, duties_of
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Facts, Standing, StandingKind, alert_for, standing
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.standing.trust import live_refusals, problems_of, why_provisional

if TYPE_CHECKING:
    from firstday_cli.domain.messages.matching import Proposal


@record
class PupilPicture:
    """One pupil who is not simply in school, with all that was concluded."""

    pupil: Pupil
    standing: Standing
    facts: Facts
    rating: Rating
    flags: tuple[Flag, ...]
    contacts: tuple[Contact, ...]
    days: DaysAbsent
    out_of_character: str = ""
    needs_assessment: str = ""
    figures: Attendance = Attendance()
    unmarked: int = 0
    case: Case | None = None
    logged: tuple[Logged, ...] = ()

    @property
    def proposed(self) -> str | None:
        """Words beside a mark that explain nothing until a person says so."""
        return self.facts.comment if self.facts.comment and self.standing.line != 10 else None


@record
class GroupRegister:
    """One group's register for the session: how many pupils, who has no usable mark, and its state."""

    group: str
    pupils: int
    unmarked: tuple[PupilId, ...]
    state: str


@record
class Alert:
    """Something that cannot wait; of no one pupil where `pupil_id` is empty."""

    pupil_id: PupilId
    alert: str
    because: str

    @property
    def sentence(self) -> str:
        """Whom it is about, and why."""
        return f"{self.pupil_id}, {self.because}" if self.pupil_id else f"{self.because}."


@record
class DayPicture:
    """Everything known about one session as of one moment."""

    school: str
    session: Session
    as_of: datetime
    why_shut: str
    provisional_because: tuple[str, ...]
    counts: dict[StandingKind, int]
    roll: int
    looked_for_by: datetime
    registers: tuple[GroupRegister, ...]
    pupils: tuple[PupilPicture, ...]
    discrepancies: tuple[Discrepancy, ...]
    messages_to_match: "tuple[Proposal, ...]"
    alerts: tuple[Alert, ...]
    problems: tuple[Problem, ...]
    duties: tuple[Duty, ...] = ()
    left_behind: tuple[PupilPicture, ...] = ()

    def those(self, kind: StandingKind) -> tuple[PupilPicture, ...]:
        """The pupils with this standing: the unexplained in calling order, the others by id."""
        found = [p for p in self.pupils if p.standing.kind is kind]
        key = _calling_order if kind is StandingKind.UNEXPLAINED else _by_id
        return tuple(sorted(found, key=key))

    @property
    def to_ring(self) -> tuple[PupilPicture, ...]:
        """The pupils with an open case, in calling order; nobody where there is no school. Guidance, step 5.

        Whom the newest roll leaves out is rung as well.
        """
        found = () if self.why_shut else (p for p in (*self.pupils, *self.left_behind) if p.case is not None)
        return tuple(sorted(found, key=_calling_order))

    @property
    def missing_registers(self) -> tuple[GroupRegister, ...]:
        """The registers that are not in, awaited ones too."""
        return tuple(r for r in self.registers if r.state in ("missing", "awaited"))

    @property
    def unconfirmed(self) -> tuple[PupilPicture, ...]:
        """Off site, and nobody has said that they arrived."""
        return tuple(p for p in self.those(StandingKind.OFF_SITE) if not p.standing.confirmed)

    @property
    def needs_somebody(self) -> bool:
        """Whether anybody must act."""
        waiting = any(self.counts[k] for k in (StandingKind.UNEXPLAINED, StandingKind.UNKNOWN))
        return bool(
            waiting or self.to_ring or self.unconfirmed or self.messages_to_match or self.discrepancies or self.owed
        )

    @property
    def owed(self) -> tuple[Duty, ...]:
        """The duties that nobody has discharged yet; those that are a matter of judgement are not among them."""
        return tuple(duty for duty in self.duties if not duty.done and not duty.is_optional)


OUT_OF_CHARACTER = "out of character"
CALLED_FIRST: tuple[str, ...] = ("RED", "cannot-summon-help", OUT_OF_CHARACTER, "walks-alone", "AMBER")


def _by_id(p: PupilPicture) -> tuple[str, ...]:
    return (p.pupil.pupil_id,)


def _calling_order(p: PupilPicture) -> tuple[int, int, str]:
    """RED, cannot summon help, out of character, walks alone, AMBER, then the youngest. Policy: who is rung first."""
    has = {p.rating.rating, *(flag.flag for flag in p.flags), OUT_OF_CHARACTER if p.out_of_character else ""}
    place = next((n for n, fact in enumerate(CALLED_FIRST) if fact in has), len(CALLED_FIRST))
    youngest_first = -p.pupil.dob.toordinal() if p.pupil.dob else date.max.toordinal()
    return place, youngest_first, p.pupil.pupil_id


def day_picture(evidence: DayEvidence) -> DayPicture:
    """What the evidence says of every pupil on the roll; the counts add up to the roll."""
    return picture_of(PupilDays(SessionFacts(evidence, evidence.session.half)))


def picture_of(days: PupilDays) -> DayPicture:
    """The same, of evidence that is gathered already."""
    session, evidence = days.session, days.evidence
    looked_at = sorted(evidence.roll.ids - session.counted_in)
    evidence.histories.fetch([*looked_at, *evidence.roll.left_behind])
    pupils = tuple(pupil_picture(days, pupil_id) for pupil_id in looked_at)
    counts = Counter(p.standing.kind for p in pupils)
    counts[StandingKind.IN_SCHOOL] += len(session.counted_in)
    refusals = live_refusals(session)
    found = disagreements(session, ((p.pupil, p.facts, p.standing) for p in pupils))
    return DayPicture(
        school=evidence.policy.school.name,
        session=evidence.session,
        as_of=evidence.now,
        why_shut=session.why_shut,
        provisional_because=why_provisional(session, refusals, found),
        counts={kind: counts[kind] for kind in StandingKind},
        roll=len(evidence.roll),
        looked_for_by=looked_for_by(session),
        registers=tuple(_registers(session)),
        pupils=tuple(p for p in pupils if p.standing.kind is not StandingKind.IN_SCHOOL),
        discrepancies=found,
        messages_to_match=session.heard.waiting,
        alerts=(*_brake(session, pupils), *_alerts(days, pupils)),
        problems=problems_of(session, refusals),
        duties=tuple(duty for p in pupils for duty in duties_owed(days, p)),
        left_behind=tuple(_left_behind(days)),
    )


def _left_behind(days: PupilDays) -> Iterable[PupilPicture]:
    """Pupils with an open case whom the newest roll leaves out: that closes nothing."""
    found = (pupil_picture(days, pupil_id) for pupil_id in sorted(days.evidence.roll.left_behind))
    return (p for p in found if p.case is not None)


def pupil_picture(days: PupilDays, pupil_id: PupilId) -> PupilPicture:
    """One pupil's standing, with everything it rests on."""
    session = days.session
    facts = session.facts(pupil_id)
    stands, rating = standing(facts, session.evidence.policy.codes), session.ratings.of(pupil_id)
    history = session.evidence.histories.of(pupil_id)
    is_silent = stands.kind is StandingKind.UNEXPLAINED
    return PupilPicture(
        pupil=session.evidence.roll.pupil(pupil_id),
        standing=stands,
        facts=facts,
        rating=rating,
        flags=session.ratings.flags(pupil_id),
        contacts=session.evidence.contacts.of(pupil_id),
        days=days.counts(pupil_id, stands, rating),
        out_of_character=days.why_out_of_character(pupil_id) if is_silent else "",
        figures=session.ratings.attendance(pupil_id),
        unmarked=days.unmarked(pupil_id),
        case=case_of(days, pupil_id, stands),
        logged=days.logged(pupil_id),
        needs_assessment=needs_assessment(rating, history.log, session.session.day),
    )


def duties_owed(days: PupilDays, p: PupilPicture) -> Iterable[Duty]:
    """Everything owed to one pupil today, done or not; nothing where the pupil is not absent."""
    child = absent_child(days, p.pupil.pupil_id, p.standing, p.facts, p.rating)
    return duties_of(replace(child, days=p.days), days.evidence.policy) if child else ()


def _registers(session: SessionFacts) -> Iterable[GroupRegister]:
    awaited = session.evidence.now < session.registers_due
    for group, pupils in sorted(session.expected_by_group.items()):
        unmarked = tuple(sorted(pupils - session.usable))
        state = (
            "in" if not unmarked else "part" if group not in session.missing else "awaited" if awaited else "missing"
        )
        yield GroupRegister(group=group, pupils=len(pupils), unmarked=unmarked, state=state)


def _brake(session: SessionFacts, pupils: Iterable[PupilPicture]) -> Iterable[Alert]:
    """The warning beside a list that is too long to be true; nobody leaves it."""
    because = why_implausible(session, (p.pupil.pupil_id for p in pupils if p.standing.kind in ON_THE_LIST))
    if because:
        yield Alert(pupil_id=PupilId(""), alert=IMPLAUSIBLE, because=because)


def _alerts(days: PupilDays, pupils: Iterable[PupilPicture]) -> Iterable[Alert]:
    for entry in days.evidence.log:
        for about in pupils_of(entry.what) if is_danger(entry) else ():
            if about not in days.evidence.roll:
                outcome = danger_in(entry.what).value
                yield Alert(pupil_id=about, alert=outcome, because=f"said to {entry.source}; not on the newest roll")
    yield from _in_messages(days)
    for p in pupils:
        pupil_id = p.pupil.pupil_id
        for danger in dangers(days, pupil_id, p.standing):
            yield Alert(pupil_id=pupil_id, alert=danger.outcome, because=danger.because)
        tone = overseas_risk(days, pupil_id, p.case.began.day) if p.case else None
        if tone:
            yield Alert(pupil_id=pupil_id, alert="overseas-risk", because=f"an overseas tone, heard by {tone.source}")
        alert = _gone(days, p)
        if alert:
            yield Alert(pupil_id=pupil_id, alert=alert[0], because=alert[1])


def _in_messages(days: PupilDays) -> Iterable[Alert]:
    """Messages that nobody has looked at, by whose words a child may be lost. Guidance, step 10: without delay."""
    for waiting in days.session.heard.waiting:
        if waiting.danger:
            about = waiting.pupils
            perhaps = (
                f"; it may be about {', '.join(about)}" if len(about) > 1 else "" if about else "; it names nobody"
            )
            said = f"message {waiting.message_id} says “{waiting.danger}”: ring back now{perhaps}"
            pupil_id = about[0] if len(about) == 1 else PupilId("")
            yield Alert(pupil_id=pupil_id, alert=Outcome.DOES_NOT_KNOW_WHERE.value, because=said)


def _gone(days: PupilDays, p: PupilPicture) -> tuple[str, str] | None:
    """The alert of a child who was in and is gone; of this morning's too, while nothing is known of the afternoon."""
    pupil_id, morning = p.pupil.pupil_id, days.session.morning
    if p.standing.kind is StandingKind.UNEXPLAINED:
        return alert_for(p.facts, p.standing, days.session.was_in_this_morning(pupil_id))
    if p.case is None or p.case.began != morning.session or morning is days.session:
        return None
    facts = morning.facts(pupil_id)
    return alert_for(facts, standing(facts, days.evidence.policy.codes), "")
