"""Sheets of paper: which number today's next one has, what it replaces, who is new on it and who has left it."""

import hashlib
from collections.abc import Iterable, Sequence

from firstday_cli.domain.log.entries import Logged, SheetMade
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session

NOT_NUMBERED = 0


@record
class SheetNumber:
    """A sheet's number of its session; what it replaces, who is new on it, and who stood on an earlier one.

    A sheet of a moment past that nobody made then is not numbered.
    """

    number: int
    replaces: Logged | None = None
    new: frozenset[PupilId] = frozenset()
    left: tuple[PupilId, ...] = ()

    @property
    def in_words(self) -> str:
        """The number, and what it replaces."""
        if self.replaces is None or not isinstance(self.replaces.what, SheetMade):
            return f"Sheet {self.number}"
        before = self.replaces
        return f"Sheet {self.number}, replaces sheet {self.number - 1} of {before.at:%H:%M}"


def content_of(parts: Iterable[str]) -> str:
    """What tells a sheet's content from every other's, whenever it is made."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def next_sheet(
    log: Sequence[Logged], sheet: str, session: Session, pupils: Sequence[PupilId], content: str
) -> tuple[SheetNumber, SheetMade | None]:
    """The sheet's number, and the entry to write; None where the last sheet says the very same."""
    made = [(e, e.what) for e in log if isinstance(e.what, SheetMade) and _is_of(e.what, sheet, session)]
    made.sort(key=lambda pair: pair[1].number)
    if made and made[-1][1].fingerprint == content:
        return _number(made[-1][1].number, made[:-1], pupils), None
    number = made[-1][1].number + 1 if made else 1
    entry = SheetMade(
        sheet=sheet, day=session.day, half=session.half, number=number, pupil_ids=tuple(pupils), fingerprint=content
    )
    return _number(number, made, pupils), entry


def _is_of(made: SheetMade, sheet: str, session: Session) -> bool:
    return (made.sheet, made.day, made.half) == (sheet, session.day, session.half)


def _number(number: int, before: Sequence[tuple[Logged, SheetMade]], pupils: Sequence[PupilId]) -> SheetNumber:
    if not before:
        return SheetNumber(number=number)
    last = before[-1]
    ever = dict.fromkeys(pupil_id for _, made in before for pupil_id in made.pupil_ids)
    return SheetNumber(
        number=number, replaces=last[0], new=frozenset(pupils) - frozenset(last[1].pupil_ids),
        left=tuple(pupil_id for pupil_id in ever if pupil_id not in pupils),
    )  # fmt: skip
