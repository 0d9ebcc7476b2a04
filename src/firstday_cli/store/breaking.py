"""What may be broken of a file that came: a kind that never comes or comes late, a group without its marks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.store.evidence import FileTaken, Part

REFUSED = ("refused", "undated")  # rows that nobody could read: they go with what else the file holds
ROWS, PUPIL = "rows", "pupil_id"


@record
class Arrival:
    """One file as it came: when, and with which others."""

    at: datetime
    batch: int
    file: FileTaken

    def holds(self, kind: str) -> bool:
        """Whether rows of this kind are among what it brought."""
        return any(part.kind == kind for part in self.file.parts)


Breaks = Callable[[Arrival], Iterable[Arrival]]


def later(arrival: Arrival, minutes: int) -> Arrival:
    """The same file, so many minutes later."""
    return replace(arrival, at=arrival.at + timedelta(minutes=minutes))


def all_later(minutes: int) -> Breaks:
    """Everything comes so many minutes later."""
    return lambda arrival: (later(arrival, minutes),)


def kind_broken(kind: str, minutes: int | None) -> Breaks:
    """One kind comes so many minutes later, or never; what else is in its file comes as it came."""

    def breaks(arrival: Arrival) -> Iterator[Arrival]:
        if not arrival.holds(kind):
            yield arrival
            return
        yield from without_kind(arrival, kind)
        if minutes is not None:
            yield later(arrival, minutes)

    return breaks


def without_kind(arrival: Arrival, kind: str) -> Iterator[Arrival]:
    """The file without one kind's rows; nothing where it holds nothing else."""
    left = tuple(part for part in arrival.file.parts if part.kind != kind)
    if any(part.kind not in REFUSED for part in left):
        yield _with_parts(arrival, left, f"without {kind}")


def group_broken(pupils: frozenset[PupilId], day: date, minutes: int | None) -> Breaks:
    """The marks of one group's pupils on a day come so many minutes later, or never; all others as they came.

    Rows about them that could not be read go with their marks.
    """

    def breaks(arrival: Arrival) -> Iterator[Arrival]:
        parts = arrival.file.parts
        if not any(_is_register_of(part, day) for part in parts):
            yield arrival
            return
        concerned = [part for part in parts if _is_register_of(part, day) or part.kind in REFUSED]
        others = tuple(_of(part, lambda p: p not in pupils) if part in concerned else part for part in parts)
        yield _with_parts(arrival, others, "without a group")
        if minutes is not None:
            own = tuple(_of(part, lambda p: p in pupils) for part in concerned)
            yield later(_with_parts(arrival, own, "a group alone"), minutes)

    return breaks


def _is_register_of(part: Part, day: date) -> bool:
    return part.kind == "register" and part.first_day == day.isoformat()


def _of(part: Part, is_wanted: Callable[[PupilId], bool]) -> Part:
    """The register, or the refused rows, of some pupils alone."""
    if part.kind in REFUSED:
        return replace(part, value=_rows_of(part.value, is_wanted))
    kept: dict[str, Any] = part.value
    plain = [[*block[:-1], {p: n for p, n in block[-1].items() if is_wanted(p)}] for block in kept["plain"]]
    value = {**kept, "plain": [block for block in plain if block[-1]], ROWS: _rows_of(kept[ROWS], is_wanted)}
    return replace(part, value=value)


def _rows_of(kept: dict[str, Any], is_wanted: Callable[[PupilId], bool]) -> dict[str, Any]:
    place = kept["fields"].index(PUPIL) if kept["rows"] else 0
    return {**kept, "rows": [row for row in kept["rows"] if is_wanted(row[place])]}


def _with_parts(arrival: Arrival, parts: tuple[Part, ...], how: str) -> Arrival:
    """The same file as another reading of it, with these parts."""
    reading = f"{arrival.file.reading} {how}"
    return replace(arrival, file=replace(arrival.file, reading=reading, parts=parts))
