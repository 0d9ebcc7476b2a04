"""What the registers of one session say of each pupil, and where they leave somebody out or cannot be read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from .cells import cell, day_of, moment_of, overflows
from .morning import Morning, Place, Row, is_newer_file, placed_rows


@dataclass(frozen=True)
class MarkRow:
    """One row of a register; what could not be read in it is nothing."""

    place: Place
    pupil: str
    day: date | None
    session: str | None
    mark: str
    comment: str
    taken_at: datetime | None
    refused: bool


@dataclass(frozen=True)
class Marking:
    """What the registers say of one pupil; the mark is nothing where no row has one that stands."""

    mark: str | None = None
    comment: str = ""
    moment: datetime | None = None
    two_marks: bool = False
    refused: bool = False

    @property
    def in_doubt(self) -> bool:
        """Whether it cannot be told which mark is meant."""
        return self.two_marks or self.refused

    @property
    def code(self) -> str:
        """The mark where there is no doubt of it, else blank."""
        return "" if self.in_doubt or self.mark is None else self.mark


@dataclass(frozen=True)
class SessionRows:
    """The rows that are, or may be, of one session: those understood and those refused, for each pupil."""

    understood: dict[str, list[MarkRow]]
    refused: dict[str, list[MarkRow]]


def rows_of_session(morning: Morning, session: str) -> SessionRows:
    """The rows of the day and session, and the refused rows that may have been meant for it."""
    rows = SessionRows(defaultdict(list), defaultdict(list))
    for place, text in placed_rows(morning, "register"):
        row = _read(place, text)
        if row.day in (None, morning.day) and row.session in (None, session):
            (rows.refused if row.refused else rows.understood)[row.pupil].append(row)
    return rows


def marking(rows: SessionRows, pupil: str) -> Marking:
    """What the newest rows of a pupil say."""
    understood, refused = rows.understood.get(pupil, []), rows.refused.get(pupil, [])
    if not understood:
        return Marking(refused=bool(refused))
    standing = _unbeaten(understood) or understood
    marks = {row.mark for row in standing}
    if len(marks) != 1:
        return Marking(two_marks=True)
    return Marking(
        mark=standing[0].mark,
        comment=next((row.comment for row in standing if row.comment), ""),
        moment=min(_moment(row, understood) for row in standing),
        refused=any(_is_of_session(bad, rows) and is_newer(bad, row) for bad in refused for row in standing),
    )


def _is_of_session(bad: MarkRow, rows: SessionRows) -> bool:
    """Whether a refused row names the session, or its file has other rows of it."""
    others = (row for understood in rows.understood.values() for row in understood)
    return _names_session(bad) or any(row.place.export == bad.place.export for row in others)


def is_newer(one: MarkRow, other: MarkRow) -> bool:
    """Whether one row is of a newer picture than the other; rows of one file never are."""
    if one.place.export == other.place.export:
        return False
    if one.taken_at and other.taken_at and one.taken_at != other.taken_at:
        return one.taken_at > other.taken_at
    return is_newer_file(one.place, other.place)


def unread_rows(rows: SessionRows) -> list[MarkRow]:
    """The refused rows that no newer row of the same pupil has made good."""
    return [
        bad
        for pupil, refused in rows.refused.items()
        for bad in refused
        if not pupil or not any(is_newer(good, bad) for good in rows.understood.get(pupil, []))
    ]


def left_out(morning: Morning, rows: SessionRows, group_of: dict[str, str]) -> set[str]:
    """The pupils whose mark stands although a newer file has their group without them."""
    newer_files = _files_of_group(rows, group_of, _fully_commented(morning))
    return {
        pupil
        for pupil, understood in rows.understood.items()
        for one_of_group in newer_files.get(group_of.get(pupil, ""), [])
        if pupil in group_of
        and _is_newer_than_all(one_of_group, _unbeaten(understood))
        and not _is_in(one_of_group.place.export, rows, pupil)
    }


def _is_in(export: int, rows: SessionRows, pupil: str) -> bool:
    return any(row.place.export == export for row in [*rows.understood.get(pupil, []), *rows.refused.get(pupil, [])])


def _is_newer_than_all(row: MarkRow, others: list[MarkRow]) -> bool:
    return bool(others) and all(is_newer(row, other) for other in others)


def _fully_commented(morning: Morning) -> set[int]:
    """The files, by number, in which every row has a comment."""
    placed = placed_rows(morning, "register")
    bare = {place.export for place, row in placed if not cell(row, "comment")}
    return {place.export for place, _ in placed} - bare


def _files_of_group(rows: SessionRows, group_of: dict[str, str], but_not: set[int]) -> dict[str, list[MarkRow]]:
    """For each group, one row of it from each file that has any."""
    found: dict[str, dict[int, MarkRow]] = defaultdict(dict)
    for pupil, understood in rows.understood.items():
        for row in understood:
            if pupil in group_of and row.place.export not in but_not:
                found[group_of[pupil]].setdefault(row.place.export, row)
    return {group: list(files.values()) for group, files in found.items()}


def _read(place: Place, row: Row) -> MarkRow:
    day, session = day_of(cell(row, "date")), cell(row, "session").upper()
    readable = session if session in ("AM", "PM") else None
    pupil = cell(row, "pupil_id")
    return MarkRow(
        place=place,
        pupil=pupil,
        day=day,
        session=readable,
        mark=cell(row, "mark").upper(),
        comment=cell(row, "comment"),
        taken_at=_possible(moment_of(cell(row, "taken_at")), place.at, day),
        refused=overflows(row) or not pupil or day is None or readable is None,
    )


def _possible(taken_at: datetime | None, read_at: datetime, day: date | None) -> datetime | None:
    """When a register was taken; a time still to come, or of another day, cannot be."""
    return None if taken_at is None or taken_at > read_at or taken_at.date() != day else taken_at


def _names_session(row: MarkRow) -> bool:
    return row.day is not None and row.session is not None


def _unbeaten(rows: list[MarkRow]) -> list[MarkRow]:
    return [row for row in rows if not any(is_newer(other, row) for other in rows)]


def _moment(row: MarkRow, rows: list[MarkRow]) -> datetime:
    """When the mark was made, or was first brought, where it has been brought again unchanged."""
    if row.taken_at:
        return row.taken_at
    moment = row.place.at
    earlier = {other.place.batch for other in rows if other.place.batch < row.place.batch}
    for batch in sorted(earlier, reverse=True):
        of_batch = [other for other in rows if other.place.batch == batch]
        if {other.mark for other in _unbeaten(of_batch)} != {row.mark}:
            break
        moment = of_batch[0].place.at
        if {other.mark for other in of_batch} != {row.mark}:
            break
    return moment
