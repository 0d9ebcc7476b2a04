"""Spells of absence: runs of missed sessions, as far as anything kept tells of them."""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.days.absence_days import Was
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session

WhereInSession = tuple[date, Half, Was]


@record
class AbsenceSpell:
    """One run of missed sessions; not certain where one between them is not known, open where nothing ended it."""

    missed: tuple[Session, ...]
    is_certain: bool = True
    is_open: bool = False

    @property
    def first(self) -> Session:
        """The session in which it began."""
        return self.missed[0]

    @property
    def last(self) -> Session:
        """The last session missed in it."""
        return self.missed[-1]

    def touches(self, first: date, last: date) -> bool:
        """Whether any day of it is among these."""
        return self.first.day <= last and first <= self.last.day


def absence_spells(sessions: Iterable[WhereInSession]) -> list[AbsenceSpell]:
    """The spells in these sessions, which are a pupil's own, in order.

    A session in school ends one. A session not known neither ends nor lengthens it, as with days of absence.
    """
    found: list[AbsenceSpell] = []
    missed: list[Session] = []
    unknown, is_certain = False, True
    for day, half, was in sessions:
        if was is Was.MISSED:
            is_certain = is_certain and not (missed and unknown)
            missed.append(Session(day=day, half=half))
            unknown = False
        elif was is Was.NOT_KNOWN:
            unknown = True
        elif was is Was.IN:
            found += [AbsenceSpell(missed=tuple(missed), is_certain=is_certain and not unknown)] if missed else []
            missed, unknown, is_certain = [], False, True
    last = AbsenceSpell(missed=tuple(missed), is_certain=is_certain and not unknown, is_open=True)
    return [*found, last] if missed else found
