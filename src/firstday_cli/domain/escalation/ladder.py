"""The ladder: every step that may come next for a child, as one table. Guidance, steps 4 to 10; Millbrook, table.

The first rung that a deputy head would read is the first row; nothing here decides, a named person does.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.deciding import open_causes
from firstday_cli.domain.escalation.referring import (
    attendance_team_asked,
    chases,
    harm_asked,
    police_asked,
    waited_for,
)
from firstday_cli.domain.escalation.visiting import Asked, enquiries_asked, visits_asked
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, moment
from firstday_cli.domain.standing.reconcile import StandingKind

OFFICE, LEAD, STAFF = "attendance officer", "safeguarding lead", "two members of staff"
GUIDANCE, MILLBROOK = "Guidance, step", "Millbrook, table of student focus groups"


@record
class Rung:
    """One rung: when it is listed and for whom, who does it, by when, what discharges it, who says so."""

    step: str
    listed_when: str
    owner: str
    due: str
    discharged_by: str
    source: str
    asked: Callable[[ChildNow], Iterable[Asked]]
    is_act_now: bool = False


def _in_school(child: ChildNow) -> Iterable[Asked]:
    if child.standing.kind is StandingKind.UNKNOWN and not child.is_awaited and child.has_school:
        yield Asked(due=child.looked_for_by, because=child.standing.because)


def _arrival(child: ChildNow) -> Iterable[Asked]:
    if child.standing.kind is StandingKind.OFF_SITE and not child.standing.confirmed:
        yield Asked(due=child.looked_for_by, because=child.standing.because)


def _calls(child: ChildNow) -> Iterable[Asked]:
    """The round that is on; from when, where the pause before it is not over."""
    if child.case and child.has_school and not child.case.rounds.exhausted:
        opens = child.case.rounds.opens
        start = opens if opens is not None and opens > child.now else None
        yield Asked(due=child.case.due, start=start, because=child.case.because)


def _texts(child: ChildNow) -> Iterable[Asked]:
    if child.text_by is not None:
        yield Asked(due=child.text_by, because="absent, and the family was not texted yet")


def _owed(duty: str) -> Callable[[ChildNow], Iterable[Asked]]:
    return lambda child: (Asked(due=d.due, because=d.because) for d in child.duties if d.duty == duty)


def _decisions(child: ChildNow) -> Iterable[Asked]:
    return (Asked(due=cause.due, because=cause.because) for cause in open_causes(child))


RUNGS: tuple[Rung, ...] = (
    Rung(
        step="tell-police", listed_when="a crime is suspected, or a contact thought the child was in school or does "
        "not know where it is", owner=LEAD, due="at once", discharged_by="`refer --to police`",
        source=f"{GUIDANCE} 10", asked=police_asked, is_act_now=True,
    ),
    Rung(
        step="decide", listed_when="a sign of danger; the child answered alone; a visit without the child seen; no "
        "visit when visits are due; a referral refused; a wait that is over outside school time", owner=LEAD,
        due="at once; for the wait, when the school closes", discharged_by="`decide` after its cause",
        source=f"{GUIDANCE} 10", asked=_decisions, is_act_now=True,
    ),
    Rung(
        step="refer-social-care", listed_when="harm was decided; no concern of a child that is never to wait",
        owner=LEAD, due="at once", discharged_by="`refer --to social-care`, or the case ends",
        source=f"{GUIDANCE} 10", asked=harm_asked, is_act_now=True,
    ),
    Rung(
        step="refer-social-care", listed_when="the wait is running or over", owner=LEAD, due="when the wait is over",
        discharged_by="`refer --to social-care`, or the case ends", source=f"{GUIDANCE} 10", asked=waited_for,
    ),
    Rung(
        step="check-in-school", listed_when="unknown, its register not awaited", owner=OFFICE,
        due="a quarter of an hour before calls are made", discharged_by="`check`", source=f"{GUIDANCE} 4",
        asked=_in_school,
    ),
    Rung(
        step="confirm-arrival", listed_when="off site, arrival not confirmed", owner=OFFICE,
        due="a quarter of an hour before calls are made", discharged_by="`check`", source=f"{GUIDANCE} 4",
        asked=_arrival,
    ),
    Rung(
        step="call", listed_when="unexplained, unknown and not looked for in time, or an open case, on a school day",
        owner=OFFICE, due="round 1 when calls are made; the next the pause after it opens, if that is later",
        discharged_by="the round complete, or an answer", source=f"{GUIDANCE}s 5 and 6", asked=_calls,
    ),
    Rung(
        step="text", listed_when="absent, the family has a mobile number and was not texted today", owner=OFFICE,
        due="when texts are sent", discharged_by="`text`", source="Millbrook, texts by 10am", asked=_texts,
    ),
    Rung(
        step="visit", listed_when="the contact list is exhausted, whatever the rating; RED with an open case at once",
        owner=STAFF, due="RED with the RED visits; else with all visits, or an hour after the list was exhausted",
        discharged_by="`visit --outcome` that day", source=f"{GUIDANCE} 9; Millbrook, RED process", asked=visits_asked,
    ),
    Rung(
        step="enquire", listed_when="the contact list is exhausted", owner=LEAD, due="with the visit",
        discharged_by="`enquire`", source=f"{GUIDANCE} 8", asked=enquiries_asked,
    ),
    Rung(
        step="face-to-face", listed_when="RED absent; AMBER and GREEN on the third and fifth day since the last",
        owner=LEAD, due="RED with the RED visits; else by the time of the policy",
        discharged_by="`seen`, or a visit with the child seen, a parent there", source=MILLBROOK,
        asked=_owed("face-to-face"),
    ),
    Rung(
        step="contact-agencies", listed_when="RED absent", owner=LEAD, due="with the RED visits",
        discharged_by="`inform` of each agency known, at least one", source=MILLBROOK, asked=_owed("contact-agencies"),
    ),
    Rung(
        step="daily-contact", listed_when="explained, AMBER or GREEN, not in recovery", owner=OFFICE,
        due="when calls are made", discharged_by="a live voice today; for GREEN also today's message or comment",
        source=MILLBROOK, asked=_owed("daily-contact"),
    ),
    Rung(
        step="refer-attendance-team", listed_when="no immediate concern was decided", owner=LEAD,
        due="when the school closes", discharged_by="`refer --to attendance-team`", source=f"{GUIDANCE} 10",
        asked=attendance_team_asked,
    ),
    Rung(
        step="chase-acknowledgement", listed_when="a referral is not answered", owner=LEAD,
        due="one school day after it", discharged_by="`acknowledge`", source=f"{GUIDANCE} 10", asked=chases,
    ),
)  # fmt: skip
GOES_ON = "nobody has seen the child: the rounds begin again"
REACHES_THE_CHILD = (
    "tell-police", "decide", "refer-social-care", "call", "visit", "refer-attendance-team", "chase-acknowledgement",
)  # fmt: skip


def steps_of(child: ChildNow) -> tuple[NextStep, ...]:
    """What must be done next for this child, one line a step; an open case is never without one."""
    found: dict[str, NextStep] = {}
    for rung in RUNGS:
        asked = tuple(rung.asked(child))
        if asked:
            step = _step(child, rung, asked)
            found[rung.step] = _joined(found[rung.step], step) if rung.step in found else step
    if child.case and not found.keys() & set(REACHES_THE_CHILD):
        found["call"] = _tomorrow(child)
    return tuple(found.values())


def _step(child: ChildNow, rung: Rung, asked: tuple[Asked, ...]) -> NextStep:
    return NextStep(
        pupil_id=child.pupil_id, step=rung.step, due=min(a.due for a in asked), start=asked[0].start,
        because="; ".join(dict.fromkeys(a.because for a in asked)), source=rung.source, owner=rung.owner,
        round=child.case.rounds.number if child.case and rung.step == "call" else None, is_act_now=rung.is_act_now,
    )  # fmt: skip


def _joined(first: NextStep, second: NextStep) -> NextStep:
    """One line for a step that two rungs ask for: the earlier time, both reasons."""
    because = f"{first.because}; {second.because}"
    return replace(first, due=min(first.due, second.due), because=because, is_act_now=True)


def _tomorrow(child: ChildNow) -> NextStep:
    """Everything that can be done today is done, and the child is silent: it is rung again on the next school day.

    A round that nobody rang on the last school day stays as late as it was: a day without school excuses nothing.
    """
    rung = next(r for r in RUNGS if r.step == "call")
    day = child.times.next_school_day(child.session.day) or child.session.day
    due = moment(day, child.policy.morning.calls_made_by)
    if child.case and not _was_rung(child, child.case):
        due = min(due, child.case.due)
    starts = moment(day, child.policy.morning.registers_in_by)
    because = f"{GOES_ON}; {child.case.because}" if child.case else GOES_ON
    return NextStep(
        pupil_id=child.pupil_id, step="call", due=due, start=starts, because=because, source=rung.source,
        owner=rung.owner, round=1,
    )  # fmt: skip


def _was_rung(child: ChildNow, case: Case) -> bool:
    """Whether the list was exhausted on the last school day of the case, or nobody can be rung at all."""
    last = child.times.last_school_day(child.session.day, case.began.day)
    return bool(case.rounds.exhausted) or any(in_london(e.at).date() >= last for e in child.exhausted)
