"""One invented child at any moment of invented days: what the ladder sees of it. Nothing is rung, nothing written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import groupby
from types import MappingProxyType

from firstday_cli.domain.calling.cases import Case, calls_due
from firstday_cli.domain.calling.rounds import Rounds, rounds
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.escalation.child_now import ChildNow, Exhausted
from firstday_cli.domain.escalation.deciding import is_trouble
from firstday_cli.domain.escalation.school_times import SchoolTimes
from firstday_cli.domain.escalation.wait import wait_to_keep
from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.log.entries import (
    CallMade,
    DecisionMade,
    EnquiryMade,
    Entry,
    EntryId,
    Logged,
    ReferralAnswered,
    ReferralMade,
    VisitMade,
    danger_in,
    is_danger,
)
from firstday_cli.domain.log.escalated import Body, Escalated, Judgement, Reply
from firstday_cli.domain.log.visits import VisitOutcome
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, half_of, in_london, moment
from firstday_cli.domain.standing.danger import Danger
from firstday_cli.domain.standing.reconcile import Standing, StandingKind

CHILD = PupilId("P001")
Log = tuple[Logged, ...]


@record
class Scene:
    """Where an invented case begins: in which session, how the child is rated, how many numbers can be rung for it."""

    policy: Policy
    times: SchoolTimes
    began: Session
    rating: RagRating = RagRating.GREEN
    flags: frozenset[str] = frozenset()
    numbers: int = 1

    @property
    def since(self) -> datetime:
        """From when what is logged belongs to the case."""
        starts = time.min if self.began.half is Half.AM else self.policy.afternoon.starts
        return moment(self.began.day, starts)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contact list."""
        numbers = range(1, self.numbers + 1)
        return tuple(Contact(pupil_id=CHILD, order=n, phone_key=str(n)) for n in numbers)


def child_at(scene: Scene, log: Log, now: datetime) -> ChildNow:
    """The child at this moment: absent with no explanation while there is school, seen by nobody."""
    today = in_london(now).date()
    session = Session(day=today, half=half_of(in_london(now).time(), scene.policy.afternoon.starts))
    kind = StandingKind.UNEXPLAINED if scene.times.is_open(session) else StandingKind.NOT_EXPECTED
    dangers = (e for e in log if is_danger(e))
    return ChildNow(
        pupil=Pupil(pupil_id=CHILD), rating=scene.rating, flags=scene.flags, session=session, now=now,
        standing=Standing(kind=kind, line=0, because="absent with no explanation"), policy=scene.policy,
        times=scene.times, looked_for_by=moment(today, scene.policy.morning.calls_made_by),
        case=_case(scene, log, today), exhausted=tuple(_exhausted(scene, log)), log=log,
        dangers=tuple(Danger(outcome=danger_in(e.what).value, entry=e) for e in dangers),
        troubles=tuple(e for e in log if is_trouble(e)), ever=tuple(e for e in log if isinstance(e.what, Escalated)),
    )  # fmt: skip


def _case(scene: Scene, log: Log, today: date) -> Case:
    calling = _rung(scene, tuple(e for e in log if isinstance(e.what, CallMade) and e.at.date() == today))
    return Case(
        began=scene.began, since=scene.since, because="absent with no explanation", rounds=calling,
        due=calls_due(scene.began, calling, scene.policy),
    )  # fmt: skip


def _rung(scene: Scene, calls: Log) -> Rounds:
    return rounds(scene.contacts, calls, scene.policy.calling)


def _exhausted(scene: Scene, log: Log) -> list[Exhausted]:
    """When the list was exhausted on each day on which it was rung."""
    calls = [e for e in log if isinstance(e.what, CallMade)]
    found = (_rung(scene, tuple(of_day)) for _, of_day in groupby(calls, key=lambda e: e.at.date()))
    return [Exhausted(at=f.exhausted_at, because=f.exhausted) for f in found if f.exhausted and f.exhausted_at]


def logged(log: Log, at: datetime, *entries: Entry) -> Log:
    """The log with more entries at its end."""
    more = (
        Logged(entry_id=EntryId(f"E{n}"), at=at, recorded=at, by="somebody", what=what)
        for n, what in enumerate(entries, start=len(log) + 1)
    )
    return (*log, *more)


def _call(child: ChildNow, outcome: Outcome, number: int) -> CallMade:
    day = child.session.day
    return CallMade(
        pupil_id=CHILD, first_day=day, last_day=day, outcome=outcome, contact=number, phone_key=str(number)
    )  # fmt: skip


def _rings(outcome: Outcome) -> Callable[[ChildNow], tuple[Entry, ...]]:
    """The next number of the round; nobody where none is left."""

    def act(child: ChildNow) -> tuple[Entry, ...]:
        left = child.case.rounds.to_ring if child.case else ()
        return (_call(child, outcome, left[0]),) if left else ()

    return act


def _finds_no_number(child: ChildNow) -> tuple[Entry, ...]:
    left = child.case.rounds.to_ring if child.case else ()
    return tuple(_call(child, Outcome.DEAD_NUMBER, number) for number in left)


def _visits(outcome: VisitOutcome) -> Callable[[ChildNow], tuple[Entry, ...]]:
    return lambda child: (
        VisitMade(pupil_id=CHILD, day=child.session.day, half=child.session.half, outcome=outcome),
    )  # fmt: skip


def _enquires(child: ChildNow) -> tuple[Entry, ...]:
    return (EnquiryMade(pupil_id=CHILD, day=child.session.day, agency="none", intelligence="none", knows_family="no"),)


def _decides(judgement: Judgement) -> Callable[[ChildNow], tuple[Entry, ...]]:
    def act(child: ChildNow) -> tuple[Entry, ...]:
        ends = wait_to_keep(child) if judgement is Judgement.NO_IMMEDIATE_CONCERN else None
        return (DecisionMade(pupil_id=CHILD, day=child.session.day, judgement=judgement, wait_ends=ends),)

    return act


def _refers(to: Body) -> Callable[[ChildNow], tuple[Entry, ...]]:
    return lambda child: (ReferralMade(pupil_id=CHILD, day=child.session.day, to=to),)


def _answers(reply: Reply) -> Callable[[ChildNow], tuple[Entry, ...]]:
    """The body that was asked last; nothing where nobody was."""

    def act(child: ChildNow) -> tuple[Entry, ...]:
        asked = child.latest(ReferralMade)
        if asked is None or not isinstance(asked.what, ReferralMade):
            return ()
        what = ReferralAnswered(
            pupil_id=CHILD, day=child.session.day, to=asked.what.to, heard_from="them", reply=reply
        )  # fmt: skip
        return (what,)

    return act


ACTS: Mapping[str, Callable[[ChildNow], tuple[Entry, ...]]] = MappingProxyType(
    {
        "a number is tried, no answer": _rings(Outcome.NO_ANSWER),
        "every number is dead": _finds_no_number,
        "a contact does not know where the child is": _rings(Outcome.DOES_NOT_KNOW_WHERE),
        "the child answers alone": _rings(Outcome.CHILD_ANSWERED),
        "nobody opens the door": _visits(VisitOutcome.NO_ANSWER),
        "the door cannot be reached": _visits(VisitOutcome.NO_ACCESS),
        "a visitor is worried": _visits(VisitOutcome.CONCERN),
        "the three questions are answered": _enquires,
        "decided: no immediate concern": _decides(Judgement.NO_IMMEDIATE_CONCERN),
        "decided: harm": _decides(Judgement.HARM),
        "decided: a crime": _decides(Judgement.CRIME),
        "the attendance team is asked": _refers(Body.ATTENDANCE_TEAM),
        "social care is asked": _refers(Body.SOCIAL_CARE),
        "the police are told": _refers(Body.POLICE),
        "whoever was asked last accepts": _answers(Reply.ACCEPTED),
        "whoever was asked last refuses": _answers(Reply.REFUSED),
    }
)
UNANSWERED = ("a number is tried, no answer", "every number is dead")
MINUTE = timedelta(minutes=1)
