"""The roll: every pupil the school knows of, each built only when somebody asks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from firstday_cli.domain.names import NameIndex, folded
from firstday_cli.domain.people import Pupil, PupilId

PLACE = {field.name: place for place, field in enumerate(fields(Pupil))}
T = TypeVar("T")
RollRow = Sequence[str | int | bool | Sequence[str] | None]


def one_row_each(rows: Iterable[RollRow]) -> dict[PupilId, RollRow]:
    """One row for each id: of several, the one that keeps the pupil on the roll longest, whatever their order."""
    found: dict[PupilId, list[RollRow]] = defaultdict(list)
    for row in rows:
        found[PupilId(str(row[PLACE["pupil_id"]]))].append(row)
    return {pupil_id: same[0] if len(same) == 1 else min(same, key=_leaving_last) for pupil_id, same in found.items()}


def _leaving_last(row: RollRow) -> tuple[bool, tuple[int, ...], str, str]:
    leave = str(row[PLACE["leave_date"]] or "9999-12-31")
    latest_first = tuple(-ord(letter) for letter in leave)
    return bool(row[PLACE["left"]]), latest_first, str(row[PLACE["start_date"]] or ""), repr(row)


class Roll:
    """The newest roll, as rows in the order of `Pupil`'s fields; dates as text, year first."""

    def __init__(
        self,
        rows: Iterable[RollRow] = (),
        *,
        build: Callable[[RollRow], Pupil],
        only_in_refused_rows: Iterable[PupilId] = (),
        left_out: Mapping[PupilId, str] | None = None,
        before: Mapping[PupilId, RollRow] | None = None,
        has_flags: bool = False,
    ) -> None:
        self._rows = one_row_each(rows)
        self._build = build
        self._doubtful = frozenset(only_in_refused_rows) - self._rows.keys()
        self.left_out = left_out or {}
        self._before = before or {}
        self.has_flags = has_flags
        self._names: NameIndex | None = None
        self._arranged: dict[object, Any] = {}
        self._built: dict[PupilId, Pupil] = {}

    def __len__(self) -> int:
        return len(self._rows) + len(self._doubtful)

    def __contains__(self, pupil_id: object) -> bool:
        return pupil_id in self._rows or pupil_id in self._doubtful

    @property
    def ids(self) -> frozenset[PupilId]:
        """Everybody on the roll, those too whom only a refused row names."""
        return frozenset(self._rows) | self._doubtful

    @property
    def left_behind(self) -> frozenset[PupilId]:
        """Pupils whom an earlier roll had and this one leaves out; nothing said of them is closed by that."""
        return frozenset(self._before)

    def group(self, pupil_id: PupilId) -> str:
        """The pupil's group; empty where the roll has none."""
        row = self._rows.get(pupil_id)
        return str(row[PLACE["group"]] or "") if row else ""

    def by_group(self) -> dict[PupilId, str]:
        """Everybody's group."""
        place = PLACE["group"]
        return {pupil_id: str(row[place] or "") for pupil_id, row in self._rows.items()}

    def pupil(self, pupil_id: PupilId) -> Pupil:
        """The pupil as a record; one left out of the newest roll as an earlier one has it."""
        if pupil_id not in self._built:
            row = self._rows.get(pupil_id) or self._before.get(pupil_id)
            self._built[pupil_id] = self._build(row) if row else Pupil(pupil_id=pupil_id)
        return self._built[pupil_id]

    def not_expected(self, day: date) -> dict[PupilId, str]:
        """The pupils not yet or no longer on roll on this day, and why."""
        start, leave, left = PLACE["start_date"], PLACE["leave_date"], PLACE["left"]
        today = day.isoformat()
        found: dict[PupilId, str] = {}
        for pupil_id, row in self._rows.items():
            if row[start] and str(row[start]) > today:
                found[pupil_id] = f"starts on {row[start]}"
            elif row[leave] and str(row[leave]) < today:
                found[pupil_id] = f"left on {row[leave]}"
            elif row[left]:
                found[pupil_id] = "no longer on roll, by the information system"
        return found

    @property
    def names(self) -> NameIndex:
        """Pupils by name, indexed once."""
        if self._names is None:
            self._names = NameIndex(self.pupil(pupil_id) for pupil_id in self.ids)
        return self._names

    def arranged(self, arrange: Callable[[Iterable[Pupil]], T]) -> T:
        """Everybody on the roll as this arranges them, arranged once however often it is asked."""
        if arrange not in self._arranged:
            self._arranged[arrange] = arrange(self.pupil(pupil_id) for pupil_id in self.ids)
        found: T = self._arranged[arrange]
        return found

    def named(self, words: str) -> tuple[PupilId, ...]:
        """The pupils whom these words name: an id, a whole name, or a forename or surname; sorted."""
        if PupilId(words) in self:
            return (PupilId(words),)
        key = folded(words)
        whole = self.names.whole.get(key, set())
        return tuple(sorted(whole or self.names.part.get(key, set()) | self._by_surname().get(key, set())))

    def _by_surname(self) -> Mapping[str, set[PupilId]]:
        found: defaultdict[str, set[PupilId]] = defaultdict(set)
        for pupil_id in self.ids:
            pupil = self.pupil(pupil_id)
            for surname in (pupil.surname, pupil.preferred_surname):
                if surname:
                    found[folded(surname)].add(pupil_id)
        return found
