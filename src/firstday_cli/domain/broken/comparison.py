"""The true morning beside the broken one, child by child: who is missed, found later, or looked for without need."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from firstday_cli.domain.broken.looks import ChildSeen, Line, Look, Place, StepSeen
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session

WORST_FIRST = (RagRating.RED, RagRating.AMBER, RagRating.GREEN)
Both = tuple[Look, Look]


@record
class Stretch:
    """A child that stood otherwise: from when, until when (None: to the end), for how many minutes in all."""

    pupil_id: PupilId
    since: datetime
    until: datetime | None
    minutes: int


@record
class FoundLater:
    """A child that would have been looked for or rung later: when it was, and when it would have been.

    `instead` is None where the true morning knew better before that; `minutes` are then at least so many.
    """

    pupil_id: PupilId
    is_rung: bool
    was: datetime
    instead: datetime | None
    minutes: int
    looked_for_from: datetime | None = None


@record
class StepChanged:
    """A step that would have come later, never, or with a lower rating: when it was listed, its time, the rating."""

    line: Line
    listed: datetime
    was: StepSeen
    listed_instead: datetime | None
    instead: StepSeen | None


@record
class Differences:
    """Everything in which the broken morning is worse than the true one; who was rung in vain is worst first too."""

    missed: tuple[Stretch, ...]
    later: tuple[FoundLater, ...]
    needless: tuple[Stretch, ...]
    steps: tuple[StepChanged, ...]


@record
class WhatIf:
    """One session lived twice: what was broken, until when, at how many moments it was looked at, what came of it.

    `kind` is what never came, or came late, where it was one kind.
    """

    school: str
    session: Session
    ends: datetime
    said: str
    kind: str
    moments: int
    children: Mapping[PupilId, ChildSeen]
    found: Differences


def everybody(true: Sequence[Look], broken: Sequence[Look]) -> dict[PupilId, ChildSeen]:
    """Every child that either morning saw, with the highest rating that the true one gave it, else the broken one."""
    found: dict[PupilId, ChildSeen] = {}
    for seen in (child for one in true for child in one.children.values()):
        before = found.get(seen.pupil.pupil_id, seen)
        found[seen.pupil.pupil_id] = min(before, seen, key=lambda child: WORST_FIRST.index(child.rating))
    return {**{pupil_id: child for one in broken for pupil_id, child in one.children.items()}, **found}


def differences(true: Sequence[Look], broken: Sequence[Look]) -> Differences:
    """Both mornings compared at each of their moments, which are the same; the last is their end."""
    both, children = tuple(zip(true, broken, strict=True)), everybody(true, broken)
    pupils = sorted(children)

    def worst_first(found: Stretch | FoundLater) -> tuple[int, int, str]:
        return WORST_FIRST.index(children[found.pupil_id].rating), -found.minutes, found.pupil_id

    missed = _stretches(both, pupils, lambda t, b: t >= Place.LOOKED_FOR and b is Place.NOWHERE)
    needless = _stretches(both, pupils, lambda t, b: t is Place.NOWHERE and b >= Place.LOOKED_FOR)
    gone = {stretch.pupil_id for stretch in missed}
    later = (found for p in pupils if p not in gone for found in _found_later(both, p))
    return Differences(
        missed=tuple(sorted(missed, key=worst_first)), later=tuple(sorted(later, key=worst_first)),
        needless=tuple(sorted(needless, key=worst_first)), steps=tuple(_steps_changed(true, broken)),
    )  # fmt: skip


def minutes_between(since: datetime, until: datetime) -> int:
    """Whole minutes from one moment to another."""
    return max(0, (until - since) // timedelta(minutes=1))


def _stretches(both: Sequence[Both], pupils: Iterable[PupilId], holds: Callable[[Place, Place], bool]) -> list[Stretch]:
    """Each child for whom this held, from the first moment to the last, with the minutes in which it did."""
    found = []
    for pupil_id in pupils:
        held = [holds(t.place(pupil_id), b.place(pupil_id)) for t, b in both]
        if not any(held):
            continue
        spans = [(one.at, other.at) for (one, _), (other, _) in pairwise(both)]
        parts = [span for span, is_so in zip(spans, held, strict=False) if is_so]
        minutes = sum((until - since for since, until in parts), timedelta()) // timedelta(minutes=1)
        first = next(seen.at for (seen, _), is_so in zip(both, held, strict=True) if is_so)
        until = None if held[-1] else parts[-1][1]
        found.append(Stretch(pupil_id=pupil_id, since=first, until=until, minutes=minutes))
    return found


def _found_later(both: Sequence[Both], pupil_id: PupilId) -> Iterator[FoundLater]:
    """The child, if whatever the true morning did last for it, ringing or looking, would have been done later."""
    for place in (Place.RUNG, Place.LOOKED_FOR):
        was = next((n for n, (t, _) in enumerate(both) if t.place(pupil_id) >= place), None)
        if was is None:
            continue
        ends = next((n for n in range(was, len(both)) if both[n][0].place(pupil_id) < place), len(both) - 1)
        seen = [(n, both[n][1]) for n in range(was, ends + 1)]
        first = next((b.at for _, b in seen if b.place(pupil_id) >= place), None)
        looked = next((b.at for _, b in seen if b.place(pupil_id) is Place.LOOKED_FOR), None)
        if first != both[was][0].at:
            yield FoundLater(
                pupil_id=pupil_id, is_rung=place is Place.RUNG, was=both[was][0].at, instead=first,
                minutes=minutes_between(both[was][0].at, first or both[ends][0].at),
                looked_for_from=looked if place is Place.RUNG else None,
            )  # fmt: skip
        return


def _steps_changed(true: Sequence[Look], broken: Sequence[Look]) -> Iterator[StepChanged]:
    """Every step that the broken morning lists later, with a later time or a lower rating, or never."""
    was, instead = _first_listed(true), _first_listed(broken)
    for line, (listed, seen) in sorted(was.items(), key=lambda item: (item[1][1].due, item[0][0], item[0][1])):
        other = instead.get(line)
        if other is None or _is_worse(listed, seen, *other):
            listed_instead, seen_instead = other or (None, None)
            yield StepChanged(
                line=line, listed=listed, was=seen, listed_instead=listed_instead, instead=seen_instead
            )  # fmt: skip


def _is_worse(listed: datetime, seen: StepSeen, listed_instead: datetime, instead: StepSeen) -> bool:
    is_lower = WORST_FIRST.index(instead.rating) > WORST_FIRST.index(seen.rating)
    return is_lower or listed_instead > listed or instead.due > seen.due


def _first_listed(looks: Sequence[Look]) -> dict[Line, tuple[datetime, StepSeen]]:
    found: dict[Line, tuple[datetime, StepSeen]] = {}
    for seen in looks:
        for line, step in seen.steps.items():
            found.setdefault(line, (seen.at, step))
    return found
