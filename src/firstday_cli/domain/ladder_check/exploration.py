"""Every order of outcomes, and of silence, that one child's case may go through, run over the ladder itself.

Two mornings that ask for the same things by the same times are looked at once. What is searched for: a case with
nothing to do next, a due time that moves later by itself, a person not asked by the close, a school day left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.ladder import steps_of
from firstday_cli.domain.escalation.wait import wait_of
from firstday_cli.domain.ladder_check.invented_child import ACTS, UNANSWERED, Scene, child_at, logged
from firstday_cli.domain.ladder_check.invented_days import clock, few_moments, school_closes
from firstday_cli.domain.log.entries import DecisionMade
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london, in_words, moment

DECIDES = frozenset({"decide", "tell-police", "refer-social-care"})
NOBODY_DECIDES = "nobody decides"
Steps = Callable[[ChildNow], tuple[NextStep, ...]]


@record
class Way:
    """One way in which a case may have gone up to a moment: what was done, what comes next.

    `quiet_since` is since when nothing has been due, None where something is; `was_quiet` the longest such stretch
    that has ended.
    """

    child: ChildNow
    steps: tuple[NextStep, ...]
    did: tuple[tuple[datetime, str], ...] = ()
    quiet_since: datetime | None = None
    was_quiet: tuple[datetime, datetime] | None = None

    @property
    def at(self) -> datetime:
        """The moment it has come to."""
        return self.child.now

    @property
    def asks(self) -> object:
        """What must be done by when: ways that have this in common are looked at once."""
        return frozenset((s.step, s.round, max(_utc(s.due), _utc(self.at)), s.is_act_now) for s in self.steps)


@record
class Hole:
    """Something that must not be, and the way to it."""

    law: str
    way: Way
    found: str

    @property
    def told(self) -> str:
        """The morning step by step, and what is wrong at its end."""
        began = self.way.child.case.began if self.way.child.case else None
        done = "; ".join(f"{clock(at)} {what}" for at, what in self.way.did) or "nobody does anything"
        return f"from {began}: {done}; {clock(self.way.at)}: {self.found}"


@record
class Explored:
    """How many states of a case were looked at, and the holes, the shortest way to each kind first."""

    states: int
    holes: tuple[Hole, ...]


def starts(scene: Scene, at: datetime, steps: Steps = steps_of) -> Way:
    """The way of a case at its beginning: nothing is done yet."""
    return _quiet(Way(child=(child := child_at(scene, (), at)), steps=steps(child)), None)


def passed(scene: Scene, way: Way, at: datetime, steps: Steps = steps_of) -> Way:
    """The way after nobody has done anything until a moment."""
    child = child_at(scene, way.child.log, at)
    return _quiet(replace(way, child=child, steps=steps(child)), way)


def after(scene: Scene, way: Way, what: str, steps: Steps = steps_of) -> Way | None:
    """The way after something was done; None where it cannot be done now."""
    entries = ACTS[what](way.child)
    if not entries:
        return None
    child = child_at(scene, logged(way.child.log, way.at, *entries), way.at)
    return _quiet(replace(way, child=child, steps=steps(child), did=(*way.did, (way.at, what))), way)


def _quiet(now: Way, before: Way | None) -> Way:
    """The way with its stretch without a demand begun, gone on or ended."""
    due = min((s.due for s in now.steps), key=_utc, default=None)
    since = before.quiet_since if before else None
    if due is None or _utc(due) > _utc(now.at):
        return replace(now, quiet_since=since or now.at)
    if since is None or before is None:
        return replace(now, quiet_since=None)
    stretch = (since, due if _utc(due) > _utc(before.at) else now.at)
    longest = max((s for s in (now.was_quiet, stretch) if s), key=length)
    return replace(now, quiet_since=None, was_quiet=longest)


def length(stretch: tuple[datetime, datetime]) -> timedelta:
    """How long a stretch of time is, as it passes."""
    return _utc(stretch[1]) - _utc(stretch[0])


def explored(scene: Scene, things: int, steps: Steps = steps_of) -> Explored:
    """Every order of up to so many things done, and of doing nothing, at the moments that matter."""
    found: list[Hole] = []
    times, states = few_moments(scene), 0
    known: dict[object, Way] = {}
    for at in times:
        ways = [passed(scene, way, at, steps) for way in known.values()] if known else [starts(scene, at, steps)]
        for before, now in zip(known.values(), ways, strict=False):
            found += _later(before, now, by_name=True)
        known = {}
        for way in ways:
            known.setdefault(way.asks, way)
        states += len(ways) + _everything_done(scene, known, things, steps, found)
        found += (hole for way in known.values() for hole in broken(scene, way))
    return Explored(states=states, holes=tuple(_shortest(found)))


def _everything_done(scene: Scene, known: dict[object, Way], things: int, steps: Steps, found: list[Hole]) -> int:
    """Whatever can be done at one moment, in any order, added to the ways known at it; how many were looked at."""
    waiting, states = list(known.values()), 0
    for way in waiting:
        for what in ACTS if len(way.did) < things else ():
            then = after(scene, way, what, steps)
            if then is None:
                continue
            states += 1
            found += _later(way, then, by_name=False) if what in UNANSWERED else ()
            if then.asks not in known:
                known[then.asks] = then
                waiting.append(then)
    return states


def broken(scene: Scene, way: Way) -> Iterator[Hole]:
    """The laws that this way breaks where it has come to."""
    if not way.steps:
        yield Hole(law="nothing next", way=way, found="the case is open, and nothing is to be done next")
    close = school_closes(scene)
    is_decided = way.child.latest(DecisionMade) is not None
    if _utc(way.at) > _utc(close) and not is_decided and not _asked_by(way, close):
        yield Hole(law=NOBODY_DECIDES, way=way, found=_until(way, close))
    if _ends_unseen(way):
        yield Hole(
            law="the wait ends unseen", way=way, found="the wait ends while the school is shut: nobody was asked"
        )
    day = _day_left_out(scene, way)
    if day is not None:
        yield Hole(law="a day left out", way=way, found=f"nothing was asked of anybody on {in_words(day)}")


def _asked_by(way: Way, close: datetime) -> bool:
    return any(s.step in DECIDES and _utc(s.due) <= _utc(close) for s in way.steps)


def _until(way: Way, close: datetime) -> str:
    due = min((s.due for s in way.steps if s.step in DECIDES), key=_utc, default=None)
    until = f"until {clock(due)}" if due else "at all"
    return f"the school closed at {close:%H:%M}, and nobody was asked to decide {until}"


def _ends_unseen(way: Way) -> bool:
    """Whether a wait that ends outside school time went past the last close, and nobody decided since it began."""
    child, wait = way.child, wait_of(way.child)
    if wait is None or wait.worry or child.times.contains(wait.ends):
        return False
    if not any(s.step == "refer-social-care" for s in way.steps):
        return False
    close = child.times.close_before(wait.ends)
    is_seen = any(e.at >= wait.starts for e in child.entries(DecisionMade)) or any(
        s.step == "decide" for s in way.steps
    )
    return not is_seen and close is not None and _utc(way.at) > _utc(close)


def _day_left_out(scene: Scene, way: Way) -> date | None:
    """A school day that has passed from its registers to its close with nothing due on it, and nothing done."""
    today = in_london(way.at).date()
    closes = scene.times.closes(today)
    if way.quiet_since is None or closes is None or _utc(way.at) <= _utc(closes):
        return None
    if any(in_london(at).date() == today for at, _ in way.did):
        return None
    opens = moment(today, scene.policy.morning.registers_in_by)
    return today if _utc(way.quiet_since) < _utc(opens) else None


def _later(before: Way, now: Way, *, by_name: bool) -> Iterator[Hole]:
    """The steps that are due later than they were, though nothing has come of anything."""
    was = {(s.step if by_name else s.line): s.due for s in before.steps}
    for step in now.steps:
        due = was.get(step.step if by_name else step.line)
        if due is not None and _utc(step.due) > _utc(due):
            found = f"`{step.step}` was due {_on(due)} and is now due {_on(step.due)}"
            yield Hole(law="due later", way=now, found=found)


def _on(at: datetime) -> str:
    return f"{at:%H:%M} on {in_words(at.date())}"


def _shortest(found: Iterable[Hole]) -> list[Hole]:
    """One hole of each kind, by the fewest things done."""
    kinds: dict[tuple[str, str], Hole] = {}
    for hole in sorted(found, key=lambda h: (len(h.way.did), _utc(h.way.at))):
        kinds.setdefault((hole.law, hole.found.partition(" ")[0]), hole)
    return list(kinds.values())


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
