"""What is said after a call was written down: what follows, whom to ring next, who rang the same number just now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from firstday_cli.desk import Desk
from firstday_cli.domain.calling.cases import Case, case_of
from firstday_cli.domain.calling.rounds import Rounds
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Entry, EntryId, Logged
from firstday_cli.domain.log.written import Written
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import standing
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.morning.recording import write

AT_ONCE = timedelta(seconds=60)


def logged(desk: Desk, entries: Sequence[Entry], *, dry_run: bool) -> list[Written]:
    """Write the calls, all or none; return what was written, each with what follows."""
    found = write(desk, entries, dry_run=dry_run)
    log = () if dry_run else desk.entries(desk.at.date(), desk.at.date())
    return [replace(w, follows=tuple(_follows(desk, w, log))) for w in found]


def _follows(desk: Desk, written: Written, log: Sequence[Logged]) -> Iterable[str]:
    if written.entry_id and isinstance(written.entry, CallMade):
        yield from _after(desk, written.entry_id, written.entry, log)


def _after(desk: Desk, entry_id: EntryId, call: CallMade, log: Sequence[Logged]) -> Iterable[str]:
    yield f"{call.pupil_id}: {_then(desk, call)}"
    yield from _rung_just_now(desk, entry_id, call, log)
    if not FOLLOWS[call.outcome].explains:
        now = _case(desk, call)
        yield f"{call.pupil_id}: {_next(desk, now.rounds) if now else 'no case is open today.'}"


def _then(desk: Desk, call: CallMade) -> str:
    """What follows; what is said of another day stops nothing today."""
    if FOLLOWS[call.outcome].explains and not call.first_day <= desk.now.date() <= call.last_day:
        return "it speaks of another day: today's calling goes on."
    then = FOLLOWS[call.outcome].then
    return then if then.endswith("?") else f"{then}."


def _case(desk: Desk, call: CallMade) -> Case | None:
    """The child's open case as it stands now, the call among its calls."""
    days = PupilDays(SessionFacts(desk.evidence(), desk.session.half))
    if call.pupil_id not in desk.roll:
        return None
    return case_of(days, call.pupil_id, standing(days.session.facts(call.pupil_id), desk.policy.codes))


def _rung_just_now(desk: Desk, entry_id: EntryId, call: CallMade, log: Sequence[Logged]) -> Iterable[str]:
    """Another call to the same number within a minute: two desks may be at it at once. A text rings nobody."""
    for entry in log:
        other = entry.what
        if entry.entry_id == entry_id or not isinstance(other, CallMade) or other.phone_key != call.phone_key:
            continue
        if not (FOLLOWS[call.outcome].is_try and FOLLOWS[other.outcome].is_try):
            continue
        apart = abs(entry.at - desk.at)
        if apart <= AT_ONCE and (entry.by != desk.by or other.pupil_id == call.pupil_id):
            seconds = round(apart.total_seconds())
            yield (
                f"{call.pupil_id}: {entry.by} rang the same number {seconds} second{'' if seconds == 1 else 's'} "
                f"apart from this call ({entry.entry_id}, contact {other.contact} of {other.pupil_id})."
            )


def _next(desk: Desk, now: Rounds) -> str:
    if now.exhausted:
        return f"{now.exhausted}: the three questions, a prompt home visit; tell the safeguarding lead."
    if now.opens is not None and now.opens > desk.now:
        return f"round {now.number - 1} is complete; round {now.number} opens at {now.opens:%H:%M}."
    return f"round {now.number}, next contact {now.to_ring[0]}." if now.to_ring else "nobody is left in this round."
