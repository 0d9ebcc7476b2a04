"""The ladder with a school's own times: whether any silent child waits too long, whether anything is left out."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from firstday_cli.domain.escalation.ladder import steps_of
from firstday_cli.domain.ladder_check.contradictions import contradictions
from firstday_cli.domain.ladder_check.exploration import NOBODY_DECIDES, Hole, Steps, explored, length
from firstday_cli.domain.ladder_check.invented_child import Scene
from firstday_cli.domain.ladder_check.invented_days import (
    BEFORE_HALF_TERM,
    FRIDAY,
    TUESDAY,
    clock,
    scenes,
    school_closes,
)
from firstday_cli.domain.ladder_check.left_undone import HABITS, left, silence
from firstday_cli.domain.policy import Policy, School
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

MENDED_FIRST = "not looked at: a child may be missed with these times; mend what failed above first"


@record
class Finding:
    """One check of the ladder: what was looked at, what was found; `is_failure` where a child may be missed."""

    name: str
    found: str
    is_failure: bool = False
    is_warning: bool = False


def checked(policy: Policy, steps: Steps = steps_of) -> Iterator[Finding]:
    """Every check of the ladder with this policy, one finding after another."""
    wrong = contradictions(policy)
    for c in wrong:
        yield Finding(name="ladder times", found=c.found, is_failure=c.is_failure, is_warning=not c.is_failure)
    if not wrong:
        yield Finding(name="ladder times", found="the times and counts of the policy can all be kept")
    silent = _silence(scenes(policy, (TUESDAY, FRIDAY, BEFORE_HALF_TERM)), steps)
    told = frozenset({NOBODY_DECIDES} if silent.is_failure else ())
    yield silent
    yield _left_undone(scenes(policy, (FRIDAY,)), steps, told)
    yield _every_order(policy) if not told else Finding(name="ladder orders", found=MENDED_FIRST)


def _silence(cases: dict[str, Scene], steps: Steps) -> Finding:
    """Until when a child waits about whom nobody does anything."""
    found = {who: silence(scene, steps) for who, scene in cases.items()}
    for who, scene in cases.items():
        waits, close = found[who], school_closes(scene)
        if waits.asked is None or waits.asked > close:
            until = f"until {clock(waits.asked)}" if waits.asked else "at all"
            return _failed(
                "ladder silence",
                f"{clock(waits.begins)} {who}, with no explanation; nobody does anything; at {clock(close)} the school "
                f"closes, and nothing asks a person to decide {until}",
            )
    holes = [hole for waits in found.values() for hole in waits.holes]
    if holes:
        return _failed("ladder silence", holes[0].told)
    who, longest = max(found.items(), key=lambda item: item[1].waits)
    return Finding(
        name="ladder silence",
        found=f"no silent child waits more than {_hours(longest.waits)} before a person is asked to decide: the "
        f"longest is {who}, from {clock(longest.begins)} to {clock(longest.asked or longest.begins)}",
    )


def _left_undone(cases: dict[str, Scene], steps: Steps, told: frozenset[str]) -> Finding:
    """The longest time in which nothing is due for a case that was begun and left."""
    stretches = []
    for scene in cases.values():
        for habit, does in HABITS.items():
            way, holes = left(scene, does, steps)
            new = [hole for hole in holes if hole.law not in told]
            if new:
                return _failed("ladder left undone", f"{habit}: {new[0].told}")
            if way.was_quiet:
                stretches.append((habit, way.was_quiet))
    if not stretches:
        return Finding(name="ladder left undone", found="something is due for an open case at every moment")
    habit, stretch = max(stretches, key=lambda found: length(found[1]))
    return Finding(
        name="ladder left undone",
        found="whatever is begun and left, something is due on every school day; the longest time with nothing due is "
        f"{_hours(length(stretch))}, from {clock(stretch[0])} to {clock(stretch[1])}: {habit}",
    )


def _every_order(policy: Policy) -> Finding:
    """Every order of a few things done, for times that were not looked at before they were shipped."""
    if _counts(policy) == _counts(Policy(school=School(name=""))):
        found = "the shipped times: every order of things done and left was looked at before they were shipped"
        return Finding(name="ladder orders", found=found)
    states, holes = 0, list[Hole]()
    for scene in scenes(policy, (BEFORE_HALF_TERM,)).values():
        seen = explored(scene, _things(scene))
        states, holes = states + seen.states, [*holes, *seen.holes]
    if holes:
        return _failed("ladder orders", _first(holes).told)
    found = f"{states:,} states of a case: each has a next step, and no due time moves later by itself"
    return Finding(name="ladder orders", found=found)


def _things(scene: Scene) -> int:
    """How many things in any order are looked at: two in a morning, one where the rungs are the same."""
    return 2 if scene.began.half is Half.AM and not scene.flags else 1


def _first(holes: Iterable[Hole]) -> Hole:
    return min(holes, key=lambda hole: len(hole.way.did))


def _counts(policy: Policy) -> tuple[object, ...]:
    """What of a policy the ladder's times rest on."""
    return policy.morning, policy.afternoon, policy.calling, policy.escalation, policy.school.closes


def _failed(name: str, found: str) -> Finding:
    return Finding(name=name, found=found, is_failure=True)


def _hours(waits: timedelta) -> str:
    hours, minutes = divmod(int(waits.total_seconds()) // 60, 60)
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((hours, "hour"), (minutes, "minute")) if n]
    return " ".join(parts) or "0 minutes"
