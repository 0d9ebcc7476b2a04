"""A session lived again beside the same session with one thing broken; the store is only read."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, time, timedelta

from firstday_cli.desk import STORE, Asked, Desk
from firstday_cli.domain.broken.comparison import WhatIf, differences, everybody
from firstday_cli.domain.broken.looks import Look, look
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Afternoon, Morning
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, in_london, in_words, moment
from firstday_cli.domain.standing.absent_child import TO_LOOK_IN_SCHOOL
from firstday_cli.errors import Mistyped
from firstday_cli.morning.keeping import must_be_there
from firstday_cli.store.breaking import Arrival, all_later, group_broken, kind_broken
from firstday_cli.store.day_again import DayAgain, day_again
from firstday_cli.store.evidence import EXPORTED, takings_of

MOST_MOMENTS = 12  # of those at which somebody wrote something down: files and due times are never left out
MOST_MINUTES = 12 * 60
FOR_A_PAGE = ("red_report_at", "rag_review_at")  # a page is read then; nothing is due
JUST_AFTER = timedelta(seconds=1)  # who was not looked for by then is rung from the next moment on
WORDS = {
    "roll": "the roll", "contacts": "the contact list", "flags": "the flags", "register": "the registers",
    "lates": "the late book", "messages": "the messages", "planned": "the planned absences",
}  # fmt: skip
Progress = Callable[[int, int], None]


@record
class Lived:
    """One session to be lived again, and until which moment."""

    desk: Desk
    session: Session
    ends: datetime

    @property
    def begins(self) -> datetime:
        """The first moment of its day."""
        return moment(self.session.day, time.min)

    @property
    def registers_due(self) -> datetime:
        """By when the session's registers are in."""
        return moment(self.session.day, self.times.registers_in_by)

    @property
    def times(self) -> Morning | Afternoon:
        """The policy's times of the session."""
        policy = self.desk.policy
        return policy.morning if self.session.half is Half.AM else policy.afternoon

    def at(self, now: datetime, copy: sqlite3.Connection) -> Desk:
        """The desk of one moment, at a copy of the store."""
        day, half = self.session.day, self.session.half.value
        return Desk(Asked(school=str(self.desk.folder), day=day, half=half, now=now, looks=True), copy)


def what_if(desk: Desk, drop: str, late: int | None, progress: Progress) -> WhatIf:
    """Who would have been missed, found later or looked for in vain, had this not come, or come late.

    Raises Mistyped for what there is not, and for a day that has not begun.
    """
    from firstday_cli.store.sqlite import reading, said_plainly

    _must_be_said(drop, late)
    must_be_there(desk)
    lived = lived_session(desk)
    with said_plainly(STORE), reading(desk.store):
        day = day_again(desk.store, lived.begins, lived.ends)
    said, broken = _broken(lived, day, drop, late)
    moments = moments_of(lived, (*day.waiting, *broken.waiting))
    differs = _differs_from(lived, day, broken)
    shared = [at for at in moments if at < differs]
    looks = 2 * len(moments) - len(shared)
    true = looks_of(lived, DayAgain(day.db, day.waiting), moments, lambda number: progress(number, looks))
    other = looks_of(lived, broken, moments[len(shared) :], lambda number: progress(len(moments) + number, looks))
    other = [*true[: len(shared)], *other]
    return WhatIf(
        school=desk.policy.school.name, session=lived.session, ends=lived.ends, said=said, moments=len(moments),
        kind=drop if drop in EXPORTED else "", children=everybody(true, other), found=differences(true, other),
    )  # fmt: skip


def _differs_from(lived: Lived, day: DayAgain, broken: DayAgain) -> datetime:
    """From when the two mornings may differ: before that they need to be looked at only once."""
    if not day.begins_as(broken):
        return lived.begins
    other = {(arrival.at, arrival.file.reading) for arrival in broken.waiting}
    changed = [a.at for a in day.waiting if (a.at, a.file.reading) not in other]
    return min(changed, default=lived.begins)


def _must_be_said(drop: str, late: int | None) -> None:
    if not drop and late is None:
        raise Mistyped("say what never came (--drop KIND or GROUP), or how late it came (--late MINUTES).", "--drop")
    if late is not None and not 1 <= late <= MOST_MINUTES:
        raise Mistyped(f"found {late}, expected minutes from 1 to {MOST_MINUTES}.", "--late")


def lived_session(desk: Desk) -> Lived:
    """The session asked for: of a day past the morning unless another is said, until school closes or until now."""
    day, half = desk.session.day, desk.session.half
    desk.calendar.must_cover(day)
    if day > desk.now.date():
        raise Mistyped(f"{in_words(day)} has not begun.", "--day")
    if desk.half_said is None and day < desk.now.date():
        half = Half.AM
    ends = min(desk.now, moment(day, desk.policy.school.closes))
    return Lived(desk=desk, session=Session(day=day, half=half), ends=ends)


def _broken(lived: Lived, day: DayAgain, drop: str, late: int | None) -> tuple[str, DayAgain]:
    """What is broken, in words, and the day with it broken. Raises Mistyped for what there is not."""
    thing = WORDS.get(drop, drop)
    came = "never came" if late is None else f"came {late} minutes later"
    on = in_words(lived.session.day)
    if not drop:
        return f"everything that came on {on} {came}", day.broken(all_later(late or 0))
    if drop in EXPORTED:
        if any(arrival.holds(drop) for arrival in day.waiting):
            return f"{thing} of {on} {came}", day.broken(kind_broken(drop, late))
        return _newest_broken(lived, day, drop, late)
    group = frozenset(_groups(lived, day).get(drop, ()))
    if not group:
        groups = ", ".join(sorted(_groups(lived, day)))
        raise Mistyped(f'found "{drop}", expected a kind ({", ".join(EXPORTED)}) or a group ({groups}).', "--drop")
    return f"the register of {drop} of {on} {came}", day.broken(group_broken(group, lived.session.day, late))


def _newest_broken(lived: Lived, day: DayAgain, kind: str, late: int | None) -> tuple[str, DayAgain]:
    """The day as if the newest of a kind from before it had never come."""
    takings = takings_of(day.db, kind, lived.begins)
    on = in_words(lived.session.day)
    if not takings or late is not None:
        raise Mistyped(f"no {kind} came on {on}{'' if takings else ', and none before'}.", "--drop")
    newest = in_words(takings[-1].brought.at.date())
    return f"{WORDS[kind]} of {newest}, the newest on {on}, never came", day.without_newest(kind, lived.begins)


def _groups(lived: Lived, day: DayAgain) -> dict[str, set[PupilId]]:
    """The pupils of each group, by the roll as it was at the end."""
    ends = DayAgain(day.db, day.waiting)
    ends.live_until(lived.ends)
    roll = lived.at(lived.ends, ends.db).roll
    found: dict[str, set[PupilId]] = {}
    for pupil_id in roll.ids:
        if roll.group(pupil_id):
            found.setdefault(roll.group(pupil_id), set()).add(pupil_id)
    return found


def moments_of(lived: Lived, arrivals: Iterable[Arrival]) -> list[datetime]:
    """The moments to look at: whenever a file came, whenever a time of the policy was past, and what was recorded."""
    begins = lived.begins
    if lived.session.half is Half.PM:
        begins = moment(lived.session.day, lived.desk.policy.afternoon.starts)
    fixed = {arrival.at for arrival in arrivals} | set(_due_times(lived)) | {lived.ends}
    written = sorted(_recorded(lived) - fixed)
    every = -(-len(written) // MOST_MOMENTS) or 1
    found = fixed | set(written[every - 1 :: every])
    return sorted(at for at in found if begins <= at <= lived.ends)


def _due_times(lived: Lived) -> Iterable[datetime]:
    """Every time of day by which the session's policy wants something done."""
    day, table = lived.session.day, lived.times
    for key in (key for key in fields(table) if key.name not in FOR_A_PAGE):
        yield moment(day, getattr(table, key.name))
    yield moment(day, table.calls_made_by) - TO_LOOK_IN_SCHOOL + JUST_AFTER


def _recorded(lived: Lived) -> set[datetime]:
    rows = lived.desk.store.execute("select recorded from entry where kind <> 'taken-in'")
    found = {in_london(datetime.fromisoformat(recorded)) for (recorded,) in rows}
    return {at for at in found if lived.begins <= at <= lived.ends}


def looks_of(
    lived: Lived, day: DayAgain, moments: Sequence[datetime], tell: Callable[[int], None] = lambda _: None
) -> list[Look]:  # fmt: skip
    """The session at each of these moments."""
    found = []
    for number, at in enumerate(moments, start=1):
        day.live_until(at)
        found.append(look(escalation(lived.at(at, day.db).evidence()), lived.registers_due))
        tell(number)
    return found
