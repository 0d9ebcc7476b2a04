"""Rows of a register that are like one read before, but for the pupil: taken in without looking at each cell again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from firstday_cli.domain.people import PupilId
from firstday_cli.intake.cells.words import tidy
from firstday_cli.intake.files.asides import is_aside
from firstday_cli.intake.layouts.layout import Layout
from firstday_cli.intake.rows.kept_marks import Block, Kept, Target, keep_at

Named = defaultdict[tuple[str, str], list[int]]  # the rows of each id and name
Rows = Iterator[tuple[int, Sequence[str]]]
EVERY = 20_000  # rows between two signs of progress
MANY = 100_000  # kinds of row; comments that are never the same twice are not worth remembering
WHEN = ("date", "session", "taken_at", "week")


class RowsAlike:
    """Remembers what was kept of a row, by all its cells but those that say whose it is.

    A school's year has four hundred thousand marks and a few thousand kinds of row: its sessions, and what is said in
    them. Only rows that were read whole, with nothing to remark, are remembered; one that differs in any cell is read
    in full.
    """

    def __init__(self, layout: Layout, named: Named, tick: Callable[[int], None]) -> None:
        own = layout.places.get("pupil_id", ())
        names = list(layout.names)
        when = {place for meaning in WHEN for place in layout.places.get(meaning, ())}
        said = {place for places in layout.places.values() for place in places}
        said = (said | {column.place for column in layout.mark_columns}) - {*own, *names}
        self.is_possible = layout.kind == "register" and len(own) == 1 and bool(said)
        self.is_long = bool(when) and bool(said - when) and not layout.mark_columns
        self.width, self.header, self.whose = len(layout.header.cells), layout.header, own[0] if own else 0
        self.kind_of, self.when_of, self.said_of = (_cells_at(sorted(places)) for places in (said, when, said - when))
        self.across = tuple(column.place for column in layout.mark_columns)
        self.context_of = _cells_at(sorted(said - set(self.across)))
        self.columns: dict[object, list[dict[str, Target]]] = {}
        self.kept: dict[object, Kept | Block] = {}
        self.by_when: dict[object, Kept] = {}
        self.by_said: dict[object, Kept] = {}
        self.named, self.names, self.who_of = named, names, _cells_at([*own, *names])
        self.ids: dict[object, tuple[PupilId, list[int] | None]] = {}
        self.firsts: set[str] = set()
        self.taken = self.last = 0
        self.tick = tick

    def unlike(self, rows: Rows) -> Rows:
        """The rows that must be read in full; the others, like one before, are taken in on the way."""
        kept_as, kind_of, ids, who_of = self.kept.get, self.kind_of, self.ids.get, self.who_of
        firsts, width, is_long = self.firsts, self.width, not self.across
        for number, cells in rows:
            if is_long and len(cells) == width:  # the shortest way, for a year's marks of pupils plainly present
                block, who = kept_as(kind_of(cells)), ids(who_of(cells))
                if who is not None and block.__class__ is dict and cells[0] in firsts:
                    block[who[0]] = self.last = number
                    if who[1] is not None:
                        who[1].append(number)
                    self.taken += 1
                    if not self.taken % EVERY:
                        self.tick(self.taken)
                    continue
            if self._takes(number, cells):
                self.taken, self.last = self.taken + 1, number
            else:
                yield number, cells

    def _takes(self, number: int, cells: Sequence[str]) -> bool:
        """Take the row in, if it is like one before."""
        if len(cells) != self.width:
            return False
        kept = None if self.across else self.kept.get(self.kind_of(cells))
        targets = self._targets(cells) if self.across else None
        if kept is None and targets is None and not self.is_long:
            return False
        who = self.ids.get(self.who_of(cells))
        if who is None or cells[0] not in self.firsts:
            who = self._looked_at(cells)
        if who is None:
            return False
        pupil_id, rows = who
        if isinstance(kept, dict):
            kept[pupil_id] = number
        elif kept is not None:
            kept.again(pupil_id, number)
        elif targets is not None:
            keep_at(targets, pupil_id, number)
        elif not self._put_together(pupil_id, number, cells):
            return False
        if rows is not None:
            rows.append(number)
        return True

    def _targets(self, cells: Sequence[str]) -> list[Target] | None:
        """Where each mark of a row across goes; None where one of them is new."""
        columns = self.columns.get(self.context_of(cells))
        if columns is None:
            return None
        try:
            return [known[cells[place]] for place, known in zip(self.across, columns, strict=True)]
        except KeyError:
            return None

    def _put_together(self, pupil_id: PupilId, number: int, cells: Sequence[str]) -> bool:
        """Take a row in whose session is known from one row, and what it says from another."""
        when, said = self.by_when.get(self.when_of(cells)), self.by_said.get(self.said_of(cells))
        if when is None or said is None:
            return False
        if (block := said.block_at(when)) is not None:
            block[pupil_id] = number
            self._remember(cells, block)
        else:
            self._remember(cells, said.at(when, pupil_id, number))
        return True

    def _remember(self, cells: Sequence[str], kept: "Kept | Block") -> None:
        if len(self.kept) < MANY:
            self.kept[self.kind_of(cells)] = kept

    def _looked_at(self, cells: Sequence[str]) -> "tuple[PupilId, list[int] | None] | None":
        """Whose a row is, where its pupil or its first cell is new; None where it is no row of a pupil."""
        pupil_id = PupilId(tidy(cells[self.whose]))
        if not pupil_id or is_aside(cells, self.header.cells):
            return None
        name = " ".join(filter(None, (tidy(cells[place]) for place in self.names)))
        who = self.ids[self.who_of(cells)] = pupil_id, self.named[pupil_id, name] if name else None
        self.firsts.add(cells[0])
        return who

    def learn(self, cells: Sequence[str], kept: Kept) -> None:
        """Remember what was kept of this row."""
        if not self.is_possible or len(cells) != self.width:
            return
        if self.across:
            columns = self.columns.setdefault(self.context_of(cells), [{} for _ in self.across])
            for place, known, target in zip(self.across, columns, kept.targets, strict=True):
                known[cells[place]] = target
            return
        self._remember(cells, kept if kept.only is None else kept.only)
        if self.is_long:
            self.by_when.setdefault(self.when_of(cells), kept)
            self.by_said.setdefault(self.said_of(cells), kept)


def _cells_at(places: Iterable[int]) -> Callable[[Sequence[str]], object]:
    """What gives these cells of a row at once."""
    wanted = list(places)
    return itemgetter(*wanted) if wanted else lambda _cells: ()
