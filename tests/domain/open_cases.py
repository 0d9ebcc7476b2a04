"""Who must be on the call sheet, worked out again from what was done: three children over a day and a morning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

TUESDAY, WEDNESDAY = "2026-11-24", "2026-11-25"
SESSIONS = ((TUESDAY, "AM"), (TUESDAY, "PM"), (WEDNESDAY, "AM"))
BEGINS, ENDS = {"AM": time(9, 5), "PM": time(13, 5)}, {"AM": time(12, 29), "PM": time(15, 30)}
LOOKED_FOR = {"AM": time(9, 46), "PM": time(13, 46)}  # from here on a child of whom nothing is known is rung
NOON = time(12, 30)
FOUND, NOT_FOUND = "found", "not found"
HERE, TOLD, SILENT, TOO_LATE, NOTHING = "in school", "told", "silent", "unknown too long", "says nothing"
PRESENT, SAYS_NOTHING = ("/", "\\"), ("X", "B")
Row = tuple[str, str]  # a mark and the words beside it


@dataclass(frozen=True)
class Done:
    """One entry of the log: what it says of which children, and of which day it tells."""

    number: int
    at: datetime
    what: str
    pupils: tuple[str, ...] = ()
    tells_of: str = ""
    about: int = 0  # the entry that a withdrawal takes back, or the reply that was matched


@dataclass(frozen=True)
class Export:
    """One register as it was taken in: of which session, when it says it was taken, its rows by child."""

    session: int
    at: datetime
    taken_at: datetime
    rows: dict[str, Row]


@dataclass
class Told:
    """Everything that was done, in order."""

    log: list[Done] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)

    def is_gone(self, entry: Done) -> bool:
        """Whether the entry was taken back by one that stands."""
        return any(w.what == "withdrawn" and w.about == entry.number and not self.is_gone(w) for w in self.log)

    @property
    def standing(self) -> list[Done]:
        """The entries that nobody took back."""
        return [entry for entry in self.log if not self.is_gone(entry)]

    def must_be_listed(self, pupil: str, session: int, now: datetime) -> bool | None:
        """Whether the child must be on the sheet, or must not; None where the guidance leaves it to us."""
        found = list(_Story(self, pupil).told(session, now))
        says, is_open = found[-1]
        if says in (SILENT, TOO_LATE):
            return True
        return False if says in (HERE, TOLD) else is_open


class _Story:
    """One child's sessions, moment by moment, as if what was taken back had never been."""

    def __init__(self, told: Told, pupil: str) -> None:
        self.pupil = pupil
        self.log = [entry for entry in told.standing if pupil in entry.pupils or entry.what == "matched"]
        self.replies = {entry.number for entry in told.standing if entry.what == "reply"}
        self.exports = [export for export in told.exports if pupil in export.rows]

    def told(self, session: int, now: datetime) -> Iterator[tuple[str, bool | None]]:
        """What is known at each moment, and whether an absence is open that nobody has accounted for."""
        is_open: bool | None = False
        for number in range(session + 1):
            says = NOTHING
            for moment in self._moments(number, now):
                says = self._says(number, moment)
                is_open = self._goes_on(is_open, says, number, moment)
                yield says, is_open
            if says in (HERE, TOLD):
                is_open = False

    def _moments(self, session: int, now: datetime) -> list[datetime]:
        day, half = SESSIONS[session]
        first, last = (datetime.combine(_day(day), at) for at in (BEGINS[half], ENDS[half]))
        happened = {e.at for e in (*self.log, *self.exports)} | {first, datetime.combine(_day(day), LOOKED_FOR[half])}
        return sorted({at for at in happened if first <= at <= min(last, now)} | {min(last, now)})

    def _goes_on(self, is_open: bool | None, says: str, session: int, now: datetime) -> bool | None:
        if says == SILENT:
            return True
        if says == TOO_LATE:
            return is_open or None
        if says in (HERE, TOLD):
            by_a_mark = not self._is_found(session, now) and not self._is_told(SESSIONS[session][0], now)
            return None if by_a_mark and is_open is not False else False
        late_news = any(_is_silent(e.rows[self.pupil]) for e in self._of(session, now))
        return None if is_open is False and late_news else is_open

    def _of(self, session: int, now: datetime) -> list[Export]:
        return [export for export in self.exports if export.session == session and export.at <= now]

    def _row(self, session: int, now: datetime) -> tuple[Row, datetime | None]:
        """The newest row: by when the register was taken, then by when it came; and when it was taken."""
        came = self._of(session, now)
        if not came:
            return ("", ""), None
        newest = max(enumerate(came), key=lambda pair: (pair[1].taken_at, pair[0]))[1]
        return newest.rows[self.pupil], newest.taken_at

    def _words(self, session: int, row: Row, now: datetime) -> str:
        """The words beside the mark, in the afternoon also those beside the same mark of the morning."""
        if row[1] or SESSIONS[session][1] == "AM":
            return row[1]
        morning, _ = self._row(session - 1, now)
        return morning[1] if morning[0] == row[0] else ""

    def _looked(self, session: int, now: datetime) -> Done | None:
        day, half = SESSIONS[session]
        looked = [e for e in self.log if e.what in (FOUND, NOT_FOUND) and e.at <= now]
        here = [e for e in looked if e.at.date() == _day(day) and (e.at.time() < NOON) is (half == "AM")]
        return here[-1] if here else None

    def _is_found(self, session: int, now: datetime) -> bool:
        last = self._looked(session, now)
        return last is not None and last.what == FOUND

    def _is_told(self, day: str, now: datetime) -> bool:
        """Whether somebody explained this day: an answer, an explanation, a reply whose last match names the child."""
        last = {e.about: e for e in self.log if e.what == "matched" and e.about in self.replies}
        said = (*(e for e in self.log if e.what == "told"), *last.values())
        of_the_day = [e for e in said if e.tells_of == day and self.pupil in e.pupils]
        return any(e.at <= now or e.at.date() > _day(day) for e in of_the_day)  # said later of that day, it counts too

    def _says(self, session: int, now: datetime) -> str:
        day, half = SESSIONS[session]
        row, taken_at = self._row(session, now)
        looked = self._looked(session, now)
        in_vain = looked is not None and looked.what == NOT_FOUND
        gone_since = looked is not None and in_vain and taken_at is not None and looked.at >= taken_at
        if self._is_found(session, now) or (row[0] in PRESENT and not gone_since):
            return HERE
        if self._is_told(day, now):
            return TOLD
        if in_vain:
            return SILENT
        if row[0] == "C" or (row[0] == "I" and self._words(session, row, now)):
            return TOLD
        if row[0] in SAYS_NOTHING:
            return NOTHING
        if _is_silent(row) or row[0] == "I":
            return SILENT
        return TOO_LATE if now.time() >= LOOKED_FOR[half] else NOTHING


def _is_silent(row: Row) -> bool:
    return row[0] == "N" or (row[0] == "I" and not row[1])


def _day(day: str) -> date:
    return date.fromisoformat(day)
