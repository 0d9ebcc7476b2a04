"""Spells and cumulative days of absence, on the school's own calendar. Millbrook: recorded cumulatively."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache

from firstday_cli.domain.record import record

HALVES_IN_A_DAY = 2


class Was(StrEnum):
    """Where a pupil was in one session, as days of absence are counted."""

    IN = "in"
    MISSED = "missed"
    NOT_OPEN = "not-open"
    NOT_KNOWN = "not-known"


@record
class SchoolDay:
    """One school day of one pupil: each session that the school held, in order, and whether anybody saw the pupil."""

    day: date
    sessions: tuple[Was, ...]
    was_seen: bool = False

    @property
    def open(self) -> tuple[Was, ...]:
        """The sessions that were open to the pupil."""
        return _open(self.sessions)

    @property
    def after_last_in(self) -> tuple[Was, ...]:
        """The open sessions after the last one in school; all of them where there was none."""
        backwards = self.open[::-1]
        return self.open[len(self.open) - backwards.index(Was.IN) :] if Was.IN in self.open else self.open

    @property
    def halves(self) -> int:
        """Half days of absence: two where none was attended and one is known to be missed, one where one was missed."""
        if Was.MISSED not in self.open:
            return 0
        return 1 if Was.IN in self.open else HALVES_IN_A_DAY

    @property
    def may_be_more(self) -> bool:
        """Whether a session that is not known could add to the count."""
        return Was.NOT_KNOWN in self.open and self.halves < HALVES_IN_A_DAY


@cache
def _open(sessions: tuple[Was, ...]) -> tuple[Was, ...]:
    """The sessions that were open; asked of every pupil and day, and there are few ways for a day to have gone."""
    return tuple(was for was in sessions if was is not Was.NOT_OPEN)


@record
class DaysAbsent:
    """Days of absence, in days and half days; `at_least` where a day in them is not known.

    `spell` runs up to now, `cumulative` from the last face to face with parent and pupil, else from the policy's start;
    `since_seen` is in school days since anybody saw the child; where nothing says so, since the first day kept.
    """

    spell: float
    cumulative: float
    at_least: bool
    since_seen: int
    was_ever_seen: bool = True

    def counted(self, how: str) -> float:
        """The count that the face to face goes by. Policy: [counting] count."""
        return self.cumulative if how == "cumulative" else min(self.spell, self.cumulative)


def days_absent(days: Sequence[SchoolDay], *, since: date, face_to_face: date | None, seen: date | None) -> DaysAbsent:
    """The counts at the end of `days`, which are the pupil's school days in order, today last.

    Days before `since` and up to the last face to face do not count; `seen` is the last day on which anybody saw the
    child outside a session.
    """
    counted = [d for d in days if d.day >= since and (face_to_face is None or d.day > face_to_face)]
    spell, spell_is_certain = _spell(days)
    last_seen = max((d for d in (seen, *(d.day for d in days if d.was_seen)) if d), default=None)
    return DaysAbsent(
        spell=spell / HALVES_IN_A_DAY,
        cumulative=sum(d.halves for d in counted) / HALVES_IN_A_DAY,
        at_least=any(d.may_be_more for d in counted) or not spell_is_certain,
        was_ever_seen=last_seen is not None,
        since_seen=sum(1 for d in days if last_seen is None or d.day > last_seen),
    )


def _spell(days: Sequence[SchoolDay]) -> tuple[int, bool]:
    """The run of missed sessions up to now in half days, and whether every day of it is known.

    A session in school ends it. A session not known neither ends nor lengthens it.
    """
    halves, is_certain = 0, True
    for day in reversed(days):
        after = day.after_last_in
        if Was.IN in day.open:
            return halves + after.count(Was.MISSED), is_certain and Was.NOT_KNOWN not in after
        halves += day.halves
        is_certain = is_certain and not day.may_be_more
    return halves, is_certain
