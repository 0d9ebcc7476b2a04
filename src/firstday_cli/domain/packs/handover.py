"""What is handed over at the end of the day: open cases, clocks that run on, staff still out, who decided what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.gathering import school_times
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.escalation.wait import wait_of, without_tries
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    CallMade,
    DecisionMade,
    Logged,
    RatingChanged,
    ReferralAnswered,
    ReferralMade,
    ReviewDecided,
    TextSent,
    VisitMade,
)
from firstday_cli.domain.log.escalated import Body
from firstday_cli.domain.packs.last_seen import LastSeen, last_seen
from firstday_cli.domain.packs.out_now import OutNow, out_now
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture, pupil_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.session_facts import SessionFacts

DECIDED = (DecisionMade, ReferralMade, ReferralAnswered, ReviewDecided, RatingChanged)


@record
class OpenCase:
    """One open case: what was done in it, what comes next."""

    p: PupilPicture
    child: ChildNow
    seen: LastSeen | None
    calls: int
    texts: int
    visits: tuple[Logged, ...]
    steps: tuple[NextStep, ...]


@record
class Clock:
    """One wait that is running or over: from when, until when, whether anybody is in school then, who tried."""

    pupil_id: PupilId
    starts: datetime
    ends: datetime
    is_in_school_time: bool
    is_over: bool
    without_tries: str


TO_BE_TOLD = ("tell-police", "refer-social-care")


@record
class Unanswered:
    """One referral that nobody has answered."""

    pupil_id: PupilId
    to: Body
    made: Logged


@record
class Handover:
    """The end of the day, as of one moment; `steps` are those of children without an open case."""

    picture: DayPicture
    found: Escalation
    cases: tuple[OpenCase, ...]
    clocks: tuple[Clock, ...]
    out: tuple[OutNow, ...]
    unanswered: tuple[Unanswered, ...]
    decided: tuple[Logged, ...]
    steps: tuple[NextStep, ...]
    next_day: date | None


def handover(evidence: DayEvidence, found: Escalation) -> Handover:
    """Everything that does not end with the school day."""
    picture, today = found.picture, found.picture.session.day
    days, times = PupilDays(SessionFacts(evidence, evidence.session.half)), school_times(evidence)
    cases = tuple(_cases(days, found))
    open_now = {case.child.pupil_id for case in cases}
    decided = (e for e in evidence.log if isinstance(e.what, DECIDED) and in_london(e.at).date() == today)
    return Handover(
        picture=picture, found=found, cases=cases, clocks=tuple(_clocks(found)), out=out_now(found.children),
        unanswered=tuple(u for pupil_id in sorted(evidence.followed) for u in _unanswered(evidence, pupil_id)),
        decided=tuple(sorted(decided, key=lambda e: (e.at, e.number))),
        steps=tuple(s for s in found.steps if s.pupil_id not in open_now), next_day=times.next_school_day(today),
    )  # fmt: skip


def _cases(days: PupilDays, found: Escalation) -> Iterable[OpenCase]:
    pictures = {p.pupil.pupil_id: p for p in (*found.picture.pupils, *found.picture.left_behind)}
    for child in sorted((c for c in found.children if c.case), key=lambda c: _most_pressing(c, found.steps)):
        p = pictures.get(child.pupil_id) or pupil_picture(days, child.pupil_id)
        tried = (e.what for e in child.entries(CallMade))
        yield OpenCase(
            p=p, child=child, seen=last_seen(days, child.pupil_id, p.standing),
            calls=sum(1 for what in tried if isinstance(what, CallMade) and FOLLOWS[what.outcome].is_try),
            texts=sum(1 for _ in child.entries(TextSent)), visits=tuple(child.entries(VisitMade)),
            steps=tuple(s for s in found.steps if s.pupil_id == child.pupil_id),
        )  # fmt: skip


def _most_pressing(child: ChildNow, steps: Sequence[NextStep]) -> tuple[bool, int, str]:
    """First those of whom an agency must be told now, then the order of the next steps."""
    own = [(place, step) for place, step in enumerate(steps) if step.pupil_id == child.pupil_id]
    waits = any(step.step in TO_BE_TOLD and step.due <= child.now for _, step in own)
    return not waits, min((place for place, _ in own), default=len(steps)), child.pupil_id


def _clocks(found: Escalation) -> Iterable[Clock]:
    for child in found.children:
        wait = wait_of(child)
        referred = any(_is_of(e, Body.SOCIAL_CARE) for e in child.entries(ReferralMade))
        if wait is not None and not referred:
            yield Clock(
                pupil_id=child.pupil_id, starts=wait.starts, ends=wait.ends,
                is_in_school_time=child.times.contains(wait.ends), is_over=wait.ends <= child.now,
                without_tries=without_tries(child),
            )  # fmt: skip


def _is_of(entry: Logged, body: Body) -> bool:
    return isinstance(entry.what, ReferralMade | ReferralAnswered) and entry.what.to is body


def _unanswered(evidence: DayEvidence, pupil_id: PupilId) -> Iterable[Unanswered]:
    """The first referral to each body that came after its last answer, whether or not the case is open still."""
    log = [e for e in evidence.histories.of(pupil_id).log if e.at <= evidence.now]
    for body in Body:
        of_body = sorted((e for e in log if _is_of(e, body)), key=lambda e: (e.at, e.number))
        answers = [n for n, e in enumerate(of_body) if isinstance(e.what, ReferralAnswered)]
        waiting = of_body[answers[-1] + 1 :] if answers else of_body
        if waiting:
            yield Unanswered(pupil_id=pupil_id, to=body, made=waiting[0])
