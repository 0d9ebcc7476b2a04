"""Invented comings and goings: the lates, and the checks that people make in school."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from .attendance import is_ever_here, only_arrives
from .children import Child
from .codes import OFF_SITE
from .errands import Errand
from .morning import EXTRA, Entry, Row
from .scene import Scene, moment

MOST_CHECKS = 30
IN_SCHOOL = (
    ("in",), ("in",), ("found",), ("in", "found"), ("in", "out"), ("out",), ("in", "out", "in"), ("in", "left later"),
    ("in and out",), ("comes later",), ("arrived",),
)  # fmt: skip
LOOKED_FOR = (("not-found",), ("not-found", "found"), ("in", "not-found"), ("not-found", "in"), ("tie",))
ELSEWHERE = (("arrived",), ("not-arrived",), ("arrived", "not-arrived"), ("not-found",), ("found",))
CHECKS = ("found", "not-found", "arrived", "not-arrived")


@dataclass
class Comings:
    """The rows of the lates, and the checks to be recorded."""

    lates: list[Row] = field(default_factory=list)
    checks: list[Errand] = field(default_factory=list)


def invented_comings(scene: Scene, children: list[Child]) -> Comings:
    """Who signs in or out, and who is looked for, with what is found."""
    comings = Comings()
    for child in children:
        if child.quiet or child.unseen or (child.told and is_ever_here(child)):
            continue
        if scene.chance(0.05 if child.marks[-1] in ("/", "\\") else 0.4):
            _happen(scene, comings, child, scene.one_of(_stories(child)))
    if scene.session == "PM":
        _earlier_comings(scene, comings, children)
    return comings


def odd_rows(scene: Scene, child: Child, stranger: str) -> list[Row]:
    """Rows of the lates that cannot be read, or are of another day, or of nobody known."""
    good = _late(scene, child, scene.written_time(scene.minute(scene.opens, scene.now)))
    odd = (
        good | {"time_in": "quarter past"},
        good | {"date": "31/31/2026"},
        good | {"time_in": ""},
        good | {EXTRA: "extra"},
        good | {"date": scene.written_day(scene.day - timedelta(days=1))},
        good | {"pupil_id": stranger},
    )
    return [scene.one_of(odd)]


def _stories(child: Child) -> tuple[tuple[str, ...], ...]:
    off_site = [mark in OFF_SITE for mark in child.marks]
    if all(off_site):
        return ELSEWHERE
    if any(off_site):
        return ((),)
    return (*IN_SCHOOL, *LOOKED_FOR) if only_arrives(child) else IN_SCHOOL


def _happen(scene: Scene, comings: Comings, child: Child, story: tuple[str, ...]) -> None:
    """Let one thing after another happen, each at a minute of its own, though not always in this order."""
    minutes = _minutes(scene, len(story) + 1)
    for at, what in zip(minutes, story, strict=False):
        if what in CHECKS:
            _check(scene, comings, child, what, at if scene.chance(0.4) else None)
        elif what == "in and out":
            comings.lates.append(_late(scene, child, *map(scene.written_time, sorted((at, minutes[-1])))))
        else:
            comings.lates.append(_late(scene, child, *_times(scene, what, at)))
        if what == "tie":
            _check(scene, comings, child, "not-found", at)


def _times(scene: Scene, what: str, at: datetime) -> tuple[str, str]:
    """The times in and out that a row of the lates gives."""
    later = scene.written_time(scene.now + timedelta(minutes=scene.dice.randint(3, 20)))
    past = scene.written_time(at)
    return {"in": (past, ""), "tie": (past, ""), "out": ("", past), "left later": ("", later)}.get(what, (later, ""))


def _minutes(scene: Scene, count: int) -> list[datetime]:
    """Different minutes of the session so far."""
    found: list[datetime] = []
    while len(found) < count:
        at = scene.minute(scene.opens, scene.now - timedelta(minutes=2))
        found += [at] if at not in found else []
    return found


def _check(scene: Scene, comings: Comings, child: Child, what: str, at: datetime | None) -> None:
    """Let somebody make a check, and write down when it was made or leave that out."""
    if len(comings.checks) >= MOST_CHECKS:
        return
    earliest = max(at or scene.rounds[0], scene.rounds[0])
    entry = Entry(what, earliest, (child.pupil_id,), at=at)
    comings.checks.append(Errand(entry, earliest, scene.now, is_taken_back=scene.chance(0.15)))


def _earlier_comings(scene: Scene, comings: Comings, children: list[Child]) -> None:
    """Let some sign in during the morning, and one marked here be missed then."""
    nine, noon = moment(scene.day, time(9, 10)), moment(scene.day, time(11))
    absent = [child for child in children if child.am_mark == "N" and not child.quiet and not child.unseen]
    for child in scene.some_of(absent, 0.2):
        comings.lates.append(_late(scene, child, scene.written_time(scene.minute(nine, noon))))
    missed = [child for child in children if child.am_mark == "/" and child.marks == ["N"] * 3 and not child.unseen]
    if missed and scene.chance(0.3):
        entry = Entry("not-found", nine, (scene.one_of(missed).pupil_id,))
        comings.checks.append(Errand(entry, nine, noon))


def _late(scene: Scene, child: Child, time_in: str, time_out: str = "") -> Row:
    return {
        "pupil_id": child.pupil_id,
        "date": scene.written_day(scene.day),
        "time_in": time_in,
        "time_out": time_out,
        "reason": "bus" if time_in else "felt ill",
    }
