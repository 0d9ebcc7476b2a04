"""What becomes of a case when people do some of what is asked and leave the rest: until when nobody is asked again."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from firstday_cli.domain.escalation.ladder import steps_of
from firstday_cli.domain.ladder_check.exploration import (
    DECIDES,
    Hole,
    Steps,
    Way,
    after,
    broken,
    length,
    passed,
    starts,
)
from firstday_cli.domain.ladder_check.invented_child import Scene
from firstday_cli.domain.ladder_check.invented_days import begins, moments
from firstday_cli.domain.record import record

CALLS = {"call": "a number is tried, no answer"}
VISITS = {**CALLS, "visit": "nobody opens the door", "enquire": "the three questions are answered"}
DECISION = {**VISITS, "decide": "decided: no immediate concern"}
ASKS = {**DECISION, "refer-attendance-team": "the attendance team is asked"}
ASKS["refer-social-care"] = "social care is asked"
HABITS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "somebody rings, and nobody visits": CALLS,
        "somebody visits, and nobody decides": VISITS,
        "somebody decides, and nobody refers": DECISION,
        "somebody refers, and nobody asks what came of it": ASKS,
        "everything is done, and the child is silent": {
            **ASKS, "chase-acknowledgement": "whoever was asked last accepts",
        },
        "everything is done, and everybody asked refuses": {
            **ASKS, "chase-acknowledgement": "whoever was asked last refuses",
        },
    }
)  # fmt: skip
AT_ONE_MOMENT = 6


@record
class Silence:
    """A child about whom nobody does anything: since when, and by when a person is asked to decide; None: never."""

    begins: datetime
    asked: datetime | None
    holes: tuple[Hole, ...] = ()

    @property
    def waits(self) -> timedelta:
        """How long it waits; longer than anything where nobody is ever asked."""
        return length((self.begins, self.asked)) if self.asked else timedelta.max


def silence(scene: Scene, steps: Steps = steps_of) -> Silence:
    """How long a child about whom nobody does anything waits before a person is asked to decide."""
    found, holes = [], []
    for way in ways(scene, {}, steps):
        holes += list(broken(scene, way))
        found += [s.due for s in way.steps if s.step in DECIDES]
    asked = max(min(found), begins(scene)) if found else None
    return Silence(begins=begins(scene), asked=asked, holes=tuple(holes[:1]))


def ways(scene: Scene, habit: Mapping[str, str], steps: Steps = steps_of) -> Iterator[Way]:
    """The way of a case from moment to moment, each thing of the habit done just before it is overdue."""
    times = moments(scene)
    way = starts(scene, times[0], steps)
    for at, later in zip(times, [*times[1:], times[-1]], strict=True):
        way = passed(scene, way, at, steps) if at.timestamp() > way.at.timestamp() else way
        for _ in range(AT_ONE_MOMENT):
            listed = (s for s in way.steps if s.step in habit and _is_time(s.start, s.due, at, later))
            what = next((habit[s.step] for s in listed), "")
            then = after(scene, way, what, steps) if what else None
            if then is None:
                break
            way = then
        yield way


def _is_time(start: datetime | None, due: datetime, at: datetime, later: datetime) -> bool:
    return (start is None or start <= at) and due < later


def left(scene: Scene, habit: Mapping[str, str], steps: Steps = steps_of) -> tuple[Way, tuple[Hole, ...]]:
    """How a case stands at the end of such a habit, and what broke on the way."""
    found, way = [], None
    for way in ways(scene, habit, steps):
        found += list(broken(scene, way))
    if way is None:
        raise ValueError("there is no moment at which the case can begin")
    return way, tuple(found[:1])
