"""Where the marks of a register's rows are kept: pupils plainly present as a count, every other mark as a row."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from firstday_cli.domain.evidence import RegisterMark
from firstday_cli.domain.marks import PRESENT
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half

Block = dict[str, int]  # pupils plainly present, and the row of each
Plain = tuple[str, str, datetime | None]  # mark, group, when it was taken


class SessionMarks:
    """One session's marks: pupils plainly present by mark, group and time taken, and every other row."""

    def __init__(self) -> None:
        self.plain: defaultdict[Plain, Block] = defaultdict(dict)
        self.rows: list[RegisterMark] = []


Target = Block | tuple[list[RegisterMark], RegisterMark] | None  # None: a day that no term covers, and nobody marked


@record
class Marked:
    """One mark of a row: its session, what it is, and the column it stands in; no session where no term covers it."""

    session: tuple[date, Half] | None
    mark: str | None
    comment: str | None
    place: int = -1


@record
class Rest:
    """What a row says besides its marks."""

    pupil_id: PupilId
    group: str
    minutes_late: str
    taken_at: str
    row: int


class Kept:
    """What was kept of one row, mark by mark, and where; so that the same can be kept of the next pupil."""

    def __init__(self, rest: Rest, marked: tuple[Marked, ...]) -> None:
        self.rest, self.marked = rest, marked
        self.when: tuple[SessionMarks, datetime | None] = SessionMarks(), None
        self.targets: list[Target] = []

    @property
    def only(self) -> Block | None:
        """The one block that the row went into; None where it went elsewhere too."""
        return self.targets[0] if len(self.targets) == 1 and isinstance(self.targets[0], dict) else None

    def keep(self, said: Marked) -> None:
        """Keep one mark: a pupil plainly present is counted, every other mark is a row of its own."""
        (session, taken_at), rest = self.when, self.rest
        if said.mark in PRESENT and not said.comment and not rest.minutes_late:
            block = session.plain[said.mark or "", rest.group, taken_at]
            block[rest.pupil_id] = rest.row
            self.targets.append(block)
            return
        found = RegisterMark(
            pupil_id=rest.pupil_id, mark=said.mark, comment=said.comment, minutes_late=rest.minutes_late,
            group=rest.group, taken_at=taken_at, row=rest.row,
        )  # fmt: skip
        session.rows.append(found)
        self.targets.append((session.rows, found))

    def block_at(self, when: "Kept") -> Block | None:
        """Where a pupil of whom the same is said goes in another row's session; None where it is no plain mark."""
        if self.only is None:
            return None
        session, taken_at = when.when
        return session.plain[self.marked[0].mark or "", self.rest.group, taken_at]

    def at(self, when: "Kept", pupil_id: PupilId, row: int) -> "Kept":
        """The same said of another pupil, in the session and at the time of another row."""
        kept = Kept(replace(self.rest, pupil_id=pupil_id, row=row), self.marked)
        kept.when = when.when
        for said in self.marked:
            kept.keep(said)
        return kept

    def again(self, pupil_id: PupilId, row: int) -> None:
        """Keep the same of another pupil's row."""
        keep_at(self.targets, pupil_id, row)


def keep_at(targets: list[Target], pupil_id: PupilId, row: int) -> None:
    """Keep a pupil's row at these places."""
    for target in targets:
        if isinstance(target, dict):
            target[pupil_id] = row
        elif target is not None:
            rows, like = target
            rows.append(
                RegisterMark(
                    pupil_id=pupil_id, mark=like.mark, comment=like.comment, minutes_late=like.minutes_late,
                    group=like.group, taken_at=like.taken_at, row=row,
                )
            )  # fmt: skip
