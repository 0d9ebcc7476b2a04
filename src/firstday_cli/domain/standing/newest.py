"""Which mark counts, when several exports speak of one pupil and session: the newest, or doubt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from firstday_cli.domain.evidence import Problem, RefusedRow, RegisterMark, Sheet
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record


@record
class CurrentMark:
    """What the registers say of one pupil now; `since` is when this mark was first said without a break.

    `two_marks` holds the marks that disagree, and `refused` the place of a row nobody could read; either is doubt.
    """

    mark: str = ""
    comment: str = ""
    group: str = ""
    since: datetime | None = None
    said_in: tuple[tuple[str, int], ...] = ()
    two_marks: tuple[str, ...] = ()
    refused: str = ""

    @property
    def is_doubtful(self) -> bool:
        """Whether no single mark can be trusted."""
        return bool(self.two_marks or self.refused)


@record
class Said:
    """One row of one register, and the file that brought it."""

    sheet: Sheet
    row: RegisterMark

    def beats(self, other: "Said") -> bool:
        """Whether this row is newer: by when its register was taken, else by when its file came."""
        if self.sheet is other.sheet:
            return False
        return is_later(self.sheet, self.row.taken_at, other.sheet, other.row.taken_at)


@record
class Unread:
    """One refused row of one register."""

    sheet: Sheet
    row: RefusedRow

    def is_doubt_beside(self, newest: Sequence[Said]) -> bool:
        """Whether nothing else names the pupil, or this row is newer than what does and of this session's register."""
        certain = (self.row.day is not None and self.row.half is not None) or bool(self.sheet.names)
        newer = (
            is_later(self.sheet, self.row.taken_at, s.sheet, s.row.taken_at)
            for s in newest
            if s.sheet is not self.sheet
        )
        return not newest or (certain and any(newer))

    def is_put_right(self, said: Iterable[Said]) -> bool:
        """Whether a newer row about the same pupil was understood."""
        return any(
            is_later(s.sheet, s.row.taken_at, self.sheet, self.row.taken_at) for s in said if s.sheet is not self.sheet
        )


def is_later(sheet: Sheet, taken_at: datetime | None, other: Sheet, other_taken_at: datetime | None) -> bool:
    """Whether one register is newer: by when it was taken where both say so and differ, else by when its file came."""
    if taken_at and other_taken_at and taken_at != other_taken_at:
        return taken_at > other_taken_at
    return sheet.brought_by.is_newer(other.brought_by)


def present_throughout(sheets: Sequence[Sheet]) -> dict[PupilId, str]:
    """Pupils whom every register that names them marks present, with one mark and nothing else: id → group said."""
    seen: dict[str, tuple[str, str]] = {}
    unsure: set[str] = set()
    for sheet in sheets:
        unsure.update(row.pupil_id for row in sheet.rows)
        unsure.update(refused.pupil_id for refused in sheet.refused)
        for plain in sheet.plain:
            for pupil_id in plain.pupils:
                mark, group = seen.setdefault(pupil_id, (plain.mark, plain.group))
                if mark != plain.mark or (plain.group and group != plain.group):
                    unsure.add(pupil_id)
    return {PupilId(pupil_id): group for pupil_id, (_, group) in seen.items() if pupil_id not in unsure}


def settled_marks(sheets: Sequence[Sheet]) -> dict[PupilId, str | None]:
    """The mark that counts for everybody whom a register names; None where it is in doubt."""
    named = frozenset().union(*(sheet.names for sheet in sheets), *(_refused_names(sheet) for sheet in sheets))
    present = present_throughout(sheets).keys() & named
    found: dict[PupilId, str | None] = {
        PupilId(pupil_id): block.mark
        for sheet in sheets
        for block in sheet.plain
        for pupil_id in present & block.pupils.keys()
    }
    others = current_marks(sheets, named - present)
    return found | {pupil_id: None if mark.is_doubtful else mark.mark for pupil_id, mark in others.items()}


def _refused_names(sheet: Sheet) -> frozenset[PupilId]:
    return frozenset(row.pupil_id for row in sheet.refused if row.pupil_id)


def current_marks(sheets: Sequence[Sheet], wanted: Iterable[PupilId]) -> dict[PupilId, CurrentMark]:
    """The mark that counts for each wanted pupil whom any register names."""
    wanted = frozenset(wanted)
    said: dict[PupilId, list[Said]] = defaultdict(list)
    unread: dict[PupilId, list[Unread]] = defaultdict(list)
    for sheet in sheets:
        for row in _rows_of(sheet, wanted):
            said[row.pupil_id].append(Said(sheet=sheet, row=row))
        for refused in sheet.refused:
            if refused.pupil_id in wanted:
                unread[refused.pupil_id].append(Unread(sheet=sheet, row=refused))
    return {pupil_id: _settled(said[pupil_id], unread[pupil_id]) for pupil_id in {*said, *unread}}


def _rows_of(sheet: Sheet, wanted: frozenset[PupilId]) -> Iterable[RegisterMark]:
    yield from (row for row in sheet.rows if row.pupil_id in wanted)
    for plain in sheet.plain:
        for pupil_id in wanted & plain.pupils.keys():
            yield RegisterMark(
                pupil_id=PupilId(pupil_id), mark=plain.mark, comment=None, group=plain.group,
                taken_at=plain.taken_at, row=plain.pupils[pupil_id],
            )  # fmt: skip


def rows_about(sheets: Sequence[Sheet], pupil_id: PupilId) -> list[tuple[Sheet, RegisterMark]]:
    """Every register row about one pupil, with its register."""
    return [(sheet, row) for sheet in sheets for row in _rows_of(sheet, frozenset({pupil_id}))]


def is_put_right(refused: RefusedRow, sheet: Sheet, sheets: Sequence[Sheet]) -> bool:
    """Whether a newer register says what this refused row could not: of its pupil, or of all whom its file names."""
    if refused.pupil_id:
        said = [Said(sheet=other, row=row) for other, row in rows_about(sheets, refused.pupil_id)]
        return Unread(sheet=sheet, row=refused).is_put_right(said)
    return any(sheet.names <= other.names for other in sheets if other.brought_by.is_newer(sheet.brought_by))


def _settled(said: Sequence[Said], unread: Sequence[Unread]) -> CurrentMark:
    marked = [s for s in said if s.row.mark is not None]
    newest = _unbeaten(marked) or marked
    marks = sorted({s.row.mark or "" for s in newest})
    refused = next((_place(u.row.problems[0]) for u in unread if u.is_doubt_beside(newest)), "")
    if len(marks) != 1:
        return CurrentMark(two_marks=tuple(marks), refused=refused, said_in=_places(newest), group=_group(newest))
    since = _since(marks[0], marked, newest)
    return CurrentMark(
        mark=marks[0], comment=_comment(marks[0], since, said, newest), group=_group(newest), refused=refused,
        since=since, said_in=_places(newest),
    )  # fmt: skip


def _place(problem: Problem) -> str:
    return f"{problem.file}, row {problem.row}"


def _places(said: Sequence[Said]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((s.sheet.brought_by.file, s.row.row) for s in said))


def _group(said: Sequence[Said]) -> str:
    return min((s.row.group for s in said if s.row.group), default="")


def _comment(mark: str, since: datetime, said: Sequence[Said], newest: Sequence[Said]) -> str:
    """The newest words on this mark; an export without a comment column takes no comment away.

    A file of comments alone counts for marks made before it came, and the newest such file decides.
    """
    now: set[str | None] = {s.row.comment for s in newest if s.row.comment is not None}
    if not now:
        before = [s for s in said if s.row.mark == mark and s.row.comment is not None]
        now = {s.row.comment for s in _unbeaten(before)}
    alone = [s for s in said if s.row.mark is None and s.sheet.brought_by.at >= since]
    now.update(s.row.comment for s in _unbeaten(alone))
    return "; ".join(sorted(c for c in now if c and any(letter.isalnum() for letter in c)))


def _unbeaten(said: Sequence[Said]) -> list[Said]:
    return [s for s in said if not any(other.beats(s) for other in said)]


def _since(mark: str, marked: Sequence[Said], newest: Sequence[Said]) -> datetime:
    """When this mark was first said, without another between: an unchanged mark exported again is no news."""
    taken = [s.row.taken_at for s in newest if s.row.taken_at]
    if taken:
        return max(taken)
    told = sorted(
        ((imported.batch, imported.changed, imported.at, s.row.mark) for s in marked for imported in s.sheet.takings),
        key=lambda t: t[:3],
    )
    first = told[-1][2]
    for _, _, at, said in reversed(told):
        if said != mark:
            break
        first = at
    return first


@record
class GroupRead:
    """What one register says of one group: whom it names, and when the group's register was taken."""

    sheet: Sheet
    names: frozenset[PupilId]
    taken_at: datetime | None

    def is_newer(self, other: "GroupRead") -> bool:
        """Whether this is the later register of the group."""
        return is_later(self.sheet, self.taken_at, other.sheet, other.taken_at)


def left_out(sheets: Sequence[Sheet], group_of: Mapping[PupilId, str]) -> dict[PupilId, str]:
    """Pupils whose group is in a newer register that does not name them: id → that register's file.

    A file of commented marks alone leaves nobody out.
    """
    found: dict[PupilId, str] = {}
    for reads in _by_group(sheets, group_of).values():
        for newer in reads:
            named = newer.names.union(row.pupil_id for row in newer.sheet.refused)
            before = frozenset().union(*(read.names for read in reads if newer.is_newer(read)))
            if not newer.sheet.comments_only:
                gone = (p for p in before - named if _is_newer_than_last(newer, p, reads))
                found |= dict.fromkeys(gone, newer.sheet.brought_by.file)
    return found


def _is_newer_than_last(newer: GroupRead, pupil_id: PupilId, reads: Sequence[GroupRead]) -> bool:
    naming = [read for read in reads if pupil_id in read.names]
    last = [read for read in naming if not any(other.is_newer(read) for other in naming)]
    return bool(last) and all(newer.is_newer(read) for read in last)


def _by_group(sheets: Sequence[Sheet], group_of: Mapping[PupilId, str]) -> dict[str, list[GroupRead]]:
    reads: defaultdict[str, list[GroupRead]] = defaultdict(list)
    for sheet in sheets:
        groups: defaultdict[str, set[PupilId]] = defaultdict(set)
        taken: defaultdict[str, set[datetime | None]] = defaultdict(set)
        for pupil_id, at in _named_in(sheet):
            if pupil_id not in group_of:
                continue
            group = group_of[pupil_id]
            groups[group].add(pupil_id)
            taken[group].add(at)
        for group, names in groups.items():
            times = [at for at in taken[group] if at]
            latest = max(times) if times and None not in taken[group] else None
            reads[group].append(GroupRead(sheet=sheet, names=frozenset(names), taken_at=latest))
    return reads


def _named_in(sheet: Sheet) -> Iterable[tuple[PupilId, datetime | None]]:
    for block in sheet.plain:
        yield from ((PupilId(pupil_id), block.taken_at) for pupil_id in block.pupils)
    yield from ((row.pupil_id, row.taken_at) for row in sheet.rows)
