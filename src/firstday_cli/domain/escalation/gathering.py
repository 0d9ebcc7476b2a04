"""The children that the ladder looks at, each with what it must know of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.calling.rounds import rounds
from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.escalation.child_now import ChildNow, Exhausted, is_of_no_case
from firstday_cli.domain.escalation.deciding import is_trouble, outlives_the_case
from firstday_cli.domain.escalation.school_times import SchoolTimes
from firstday_cli.domain.log.entries import CallMade, Logged, pupils_of
from firstday_cli.domain.log.escalated import Escalated
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture, duties_owed, pupil_picture
from firstday_cli.domain.policy import Calling
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, moment
from firstday_cli.domain.sheets.texts import texts
from firstday_cli.domain.standing.absent_child import looked_for_by
from firstday_cli.domain.standing.danger import dangers, is_settled
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import StandingKind
from firstday_cli.domain.standing.session_facts import SessionFacts


def children_now(days: PupilDays, picture: DayPicture) -> Iterator[ChildNow]:
    """Everybody who is not simply in school, and whoever a visit, a decision or a referral was about."""
    evidence, times = days.evidence, school_times(days.evidence)
    to_send = texts(picture, evidence.policy)
    text_by = {p.pupil.pupil_id: to_send.due for text in to_send.to_send for p in text.pupils}
    looked_at = {p.pupil.pupil_id: p for p in (*picture.pupils, *picture.left_behind)}
    feared_for = {p for e in evidence.log if is_trouble(e) for p in pupils_of(e.what)}
    known = evidence.roll.ids | evidence.roll.left_behind
    others = sorted(((evidence.followed | feared_for) & known) - looked_at.keys())
    evidence.histories.fetch(others)
    for p in (*looked_at.values(), *(pupil_picture(days, pupil_id) for pupil_id in others)):
        yield _child(days, p, times, text_by.get(p.pupil.pupil_id))


def child_alone(evidence: DayEvidence, pupil_id: PupilId) -> ChildNow:
    """One child; whether its family is to be texted is left open, for that takes the whole school."""
    days = PupilDays(SessionFacts(evidence, evidence.session.half))
    return _child(days, pupil_picture(days, pupil_id), school_times(evidence), None)


def school_times(evidence: DayEvidence) -> SchoolTimes:
    """The school's own hours, closures that were said among them."""
    return SchoolTimes(evidence.policy, evidence.calendar, evidence.is_shut)


def _child(days: PupilDays, p: PupilPicture, times: SchoolTimes, text_by: datetime | None) -> ChildNow:
    evidence, session, pupil_id = days.evidence, days.session, p.pupil.pupil_id
    whole_log = tuple(e for e in evidence.histories.of(pupil_id).log if e.at <= evidence.now)
    log = tuple(e for e in whole_log if _belongs(e, p.case))
    return ChildNow(
        pupil=p.pupil, rating=p.rating.rating, flags=frozenset(flag.flag for flag in p.flags),
        session=session.session, now=evidence.now, standing=p.standing, policy=evidence.policy,
        times=times, looked_for_by=looked_for_by(session),
        is_awaited=p.facts.in_missing_register and evidence.now < session.registers_due,
        case=p.case, exhausted=tuple(_exhausted(evidence, p, log)), log=log,
        dangers=tuple(dangers(days, pupil_id, p.standing)), troubles=tuple(_troubles(days, p, whole_log)),
        ever=tuple(e for e in whole_log if isinstance(e.what, Escalated)), text_by=text_by,
        duties=tuple(d for d in duties_owed(days, p) if not d.done and not d.is_optional),
    )  # fmt: skip


def _belongs(entry: Logged, case: Case | None) -> bool:
    """Whether an entry is of the open case; without one, whether it was of no case at all."""
    if case is not None:
        return entry.at >= case.since
    return is_of_no_case(entry)


def _troubles(days: PupilDays, p: PupilPicture, log: Sequence[Logged]) -> Iterable[Logged]:
    """The signs that ask for a decision and that nothing has settled since."""
    for entry in log:
        if not is_trouble(entry):
            continue
        is_now = p.case is not None and entry.at >= p.case.since
        is_in = p.standing.kind is StandingKind.IN_SCHOOL and not isinstance(entry.what, CallMade)
        is_over = is_in or is_settled(days, p.pupil.pupil_id, entry, log, p.standing)
        if is_now or outlives_the_case(entry) or not is_over:
            yield entry


def _exhausted(evidence: DayEvidence, p: PupilPicture, log: Sequence[Logged]) -> Iterable[Exhausted]:
    """When the list was exhausted on each day of the case, by the list that was the newest then."""
    if p.case is None:
        return
    calls = [e for e in log if isinstance(e.what, CallMade)]
    by_day = {day: tuple(them) for day, them in groupby(sorted(calls, key=_day), key=_day)}
    todays = () if evidence.is_shut(evidence.session) else (evidence.session.day,)
    for day in sorted({p.case.began.day, *todays, *by_day}):
        starts = moment(day, time.min if by_day.get(day) else evidence.policy.morning.registers_in_by)
        is_first = day == p.case.began.day
        rung = _Rung(
            pupil_id=p.pupil.pupil_id, calls=by_day.get(day, ()), starts=p.case.since if is_first else starts,
            policy=evidence.policy.calling,
        )  # fmt: skip
        found = [at for held in _lists(evidence) if (at := _on(held, rung))]
        if found:
            yield min(found, key=lambda e: e.at)


def _day(entry: Logged) -> date:
    return in_london(entry.at).date()


Held = tuple[datetime | None, datetime | None, ContactList]


@record
class _Rung:
    """One day's calls of one case, and since when they count."""

    pupil_id: PupilId
    calls: tuple[Logged, ...]
    starts: datetime
    policy: Calling


def _lists(evidence: DayEvidence) -> Iterable[Held]:
    """Every contact list with the moments from and until which it was the newest."""
    last = evidence.earlier_contacts[-1][1] if evidence.earlier_contacts else None
    return (*evidence.earlier_contacts, (last, None, evidence.contacts))


def _on(held: Held, rung: _Rung) -> Exhausted | None:
    """When a contact list was exhausted on that day, while it was the newest; None where it was not.

    A list that a newer one took the place of counts by the calls that exhausted it: what it lacked is mended.
    """
    since, until, contacts = held
    if until is not None and (until <= rung.starts or not rung.calls):
        return None
    in_its_time = [e for e in rung.calls if until is None or e.at < until]
    found = rounds(contacts.of(rung.pupil_id), in_its_time, rung.policy)
    if not found.exhausted or (until is not None and found.exhausted_at is None):
        return None
    at = max(found.exhausted_at or rung.starts, rung.starts)
    return Exhausted(at=at if found.exhausted_at is None else max(at, since or at), because=found.exhausted)
