"""Every absent child with its mark and the words beside it, and the visits to start now. Millbrook, report at 10:05."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.escalation.next_steps import Escalation
from firstday_cli.domain.packs.out_now import OutNow, out_now
from firstday_cli.domain.packs.visit_cards import VISITS
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.policy import Morning
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.ratings.rag import LOWEST_FIRST
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import moment
from firstday_cli.domain.sheets.calls_today import calls_today
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.timing import Timed
from firstday_cli.domain.standing.reconcile import StandingKind

K = StandingKind


@record
class Commented:
    """One absent child: who told what, and whether its family was rung in time; `called` where it had to be rung."""

    p: PupilPicture
    told: tuple[str, ...]
    called: Timed | None


@record
class RedVisit:
    """One visit or face to face that a RED child is owed now, and the staff who are out for it."""

    p: PupilPicture
    step: NextStep
    out: OutNow | None


@record
class CommentedDay:
    """The page of the moment at which visits to RED families start."""

    picture: DayPicture
    visits_start: datetime
    children: tuple[Commented, ...]
    visits: tuple[RedVisit, ...]


def commented(day: DaySoFar, found: Escalation) -> CommentedDay:
    """Every absent child, and the visits to RED families that are to start."""
    picture, policy = found.picture, day.evidence.policy
    called = {rung.pupil.pupil_id: rung.first_call for rung in calls_today(day)}
    absent = [p for p in (*picture.pupils, *picture.left_behind) if _is_absent(found, p)]
    return CommentedDay(
        picture=picture, visits_start=_visits_start(picture, policy.morning),
        children=tuple(
            Commented(p=p, told=p.facts.told, called=called.get(p.pupil.pupil_id))
            for p in sorted(absent, key=_highest_first)
        ),
        visits=tuple(_visits(found)),
    )  # fmt: skip


def _visits_start(picture: DayPicture, morning: Morning) -> datetime:
    return moment(picture.session.day, morning.red_report_at)


def _highest_first(p: PupilPicture) -> tuple[int, str, str]:
    return -LOWEST_FIRST.index(p.rating.rating), p.pupil.group, p.pupil.pupil_id


def _is_absent(found: Escalation, p: PupilPicture) -> bool:
    """Absent or not known to be in; a child whose register is only awaited is not, unless its case is open."""
    pupil_id = p.pupil.pupil_id
    if p.case is not None or p.standing.kind in (K.UNEXPLAINED, K.EXPLAINED):
        return True
    if p.standing.kind is K.UNKNOWN:
        return not _is_awaited(found, pupil_id)
    return any(duty.pupil_id == pupil_id for duty in found.picture.duties)


def _is_awaited(found: Escalation, pupil_id: PupilId) -> bool:
    return any(r.state == "awaited" and pupil_id in r.unmarked for r in found.picture.registers)


def _visits(found: Escalation) -> Iterable[RedVisit]:
    """What is owed to RED children at the door, in the order of the next steps."""
    out = {o.pupil_id: o for o in out_now(found.children)}
    people = {p.pupil.pupil_id: p for p in (*found.picture.pupils, *found.picture.left_behind)}
    for step in found.steps:
        p = people.get(step.pupil_id)
        if p is not None and step.step in VISITS and p.rating.rating is RagRating.RED:
            yield RedVisit(p=p, step=step, out=out.get(step.pupil_id))
