"""Invent the weeks of term before the sample morning: one week grid a week, and what some children's past shows."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from invented_names import Pupil

SEED = 20260902
WEEKDAYS, HALVES = ("Mon", "Tue", "Wed", "Thu", "Fri"), ("AM", "PM")
WEEK = tuple(f"{day}{half}" for day in WEEKDAYS for half in HALVES)
PRESENT = ("/", "\\")
SHUT, LATE, ATTENDED = "#", "L", ("/", "\\", "L")
LEAVER, LEFT_AFTER = "leaver", "10-23"
NEVER_CAME = ("3A", "10-09", "PM")
BLANKS = 6
SPELLS = {0: 19, 1: 30, 2: 25, 3: 15, 4: 7, 5: 4}  # of illness in a child's autumn so far
LENGTHS = {1: 43, 2: 30, 3: 17, 4: 6, 5: 4}  # in school days
SENT_HOME, APPOINTMENT, NO_GOOD_REASON = 0.12, 0.35, 0.05
LATECOMER, LATE_OFTEN, LATE_AT_ALL = 0.12, 0.15, 0.006
SMALL_LETTER, BLANK_AFTER = 0.04, 0.004

Session = tuple[date, str]
Marks = dict[Session, str]


@dataclass(frozen=True)
class Past:
    """When one child was away before the sample morning, and what must follow on it; the others' past is by chance."""

    key: str
    away: str
    why: str


PASTS = (
    Past("maeve_1", "I 09-29, I 11-09", "RED: third day of absence"),
    Past("namesake_1", "", "GREEN: never away before, so that silence is out of character"),
    Past("last_friday", "I 10-08, I 11-20", "AMBER: third day of absence, a face to face by 15:00"),
    Past("much_better", "I 10-13, M 11-18..11-20", "GREEN: fifth day of absence, a face to face by 15:00"),
    Past(
        "plain_app",
        "I 09-17..09-18, M 10-06 AM, I 10-14..10-15, I 11-04..11-05",
        "AMBER by marks alone, persistently absent; explained, and a face to face by 15:00 all the same",
    ),
    Past("reported", "I 11-16..11-20", "in school, and marked so; M10 says otherwise"),
    Past("rumour", "N 11-12..11-13", "N that stayed N: n-past-five-days; said to be on holiday"),
    Past("in_and_out", "N 10-02", "N that stayed N: n-past-five-days"),
    Past("late_5A", "N 09-22 AM", "in school; N that stayed N: n-past-five-days"),
    Past("visit_3", "G 10-19..10-23", "on the visit; a holiday not granted: penalty-notice-threshold"),
    Past("late_2A", "C 10-05..10-06", "in school; nothing follows on leave that is over"),
    Past("late_6A", "I 10-21..10-23", "in school; nothing follows on an illness that is over"),
    Past("namesake_2", "O 10-20", "AMBER: second day of absence; the first never explained, so not out of character"),
    Past("known_number", "I 09-23, I 11-05..11-06", "GREEN: fourth day of absence"),
    Past("will_be_late", "L 09-15 AM, I 10-07..10-08, L 11-10 AM, L 11-17 AM", "GREEN: third day of absence"),
    Past("sick_sibling", "I 09-25, M 11-10 PM", "explained; 2.5 days of absence"),
    Past("blank_one", "M 09-16 PM", "unknown; 1.5 days of absence if not found in school"),
    Past("dentist", "M 09-30 AM, M 11-02 AM", "explained; the dentist again: 2 days of absence"),
)


def school_days(calendar: Path, before: date) -> list[date]:
    """Every day of the first term before a day on which the whole school was open."""
    said = tomllib.loads(calendar.read_text(encoding="utf-8"))
    day = date.fromisoformat(said["terms"][0]["first"])
    shut = [(date.fromisoformat(one["first"]), date.fromisoformat(one["last"])) for one in said["closures"]]
    found = []
    while day < before:
        if day.weekday() < len(WEEKDAYS) and not any(first <= day <= last for first, last in shut):
            found.append(day)
        day += timedelta(days=1)
    return found


def grid(school: str, monday: date, rows: Iterable[Sequence[str]], columns: Sequence[str] = WEEK) -> list[list[str]]:
    """A week grid: title rows, header, a row for each pupil."""
    titles = [[f"{school} – Attendance By Week"], [f"Week beginning {monday:%d/%m/%Y}"], []]
    return [*titles, ["StudentId", *columns], *map(list, rows)]


class Weeks:
    """Each pupil's marks in every session of the weeks before the sample morning."""

    def __init__(self, pupils: Sequence[Pupil], days: Sequence[date]) -> None:
        """Invent everybody's past; `pupils` are in the order of the grids."""
        self.pupils, self.days = pupils, days
        self.sessions = [(day, half) for day in days for half in HALVES]
        self.by_key = {pupil.child.seat.key: pupil for pupil in pupils if pupil.child.seat.key}
        written = {past.key: past.away for past in PASTS}
        self.marks = {pupil.student_id: self._present() for pupil in pupils}
        for pupil in pupils:
            key, marks = pupil.child.seat.key, self.marks[pupil.student_id]
            marks.update(self._written(written[key]) if key in written else self._by_chance(pupil.student_id))
        self._spoil()

    def _present(self) -> Marks:
        return {(day, half): mark for day in self.days for half, mark in zip(HALVES, PRESENT, strict=True)}

    def _day(self, month_and_day: str) -> date:
        return date.fromisoformat(f"{self.days[0].year}-{month_and_day}")

    def _written(self, away: str) -> Iterator[tuple[Session, str]]:
        """The sessions of a past such as `I 09-29, M 11-18..11-20, M 10-06 AM`, with their marks."""
        for spell in filter(None, away.split(", ")):
            code, when, *halves = spell.split()
            first, _, last = when.partition("..")
            for day, half in self.sessions:
                if self._day(first) <= day <= self._day(last or first) and half in (halves or HALVES):
                    yield (day, half), code

    def _by_chance(self, student_id: str) -> Marks:
        """A pupil's lateness, appointments and illness, the same each time; what comes later counts."""
        dice = Random(f"{SEED} {student_id}")
        late = LATE_OFTEN if dice.random() < LATECOMER else LATE_AT_ALL
        marks = {(day, "AM"): LATE for day in self.days if dice.random() < late}
        if dice.random() < APPOINTMENT:
            marks[dice.choice(self.sessions)] = "M"
        if dice.random() < NO_GOOD_REASON:
            marks.update(self._spell(dice, "O"))
        for _ in range(weighed(dice, SPELLS)):
            marks.update(self._spell(dice, "I"))
        return marks

    def _spell(self, dice: Random, code: str) -> Marks:
        start, length = dice.randrange(len(self.days)), weighed(dice, LENGTHS)
        halves = HALVES[1:] if length == 1 and dice.random() < SENT_HOME else HALVES
        return {(day, half): code for day in self.days[start : start + length] for half in halves}

    def _spoil(self) -> None:
        """Take away what no register said: one that never came, single marks, and all after a pupil left."""
        dice = Random(f"{SEED} blanks")
        others = [pupil.student_id for pupil in self.pupils if not pupil.child.seat.key]
        for _ in range(BLANKS):
            self.marks[dice.choice(others)][dice.choice(self.sessions)] = ""
        form, day, half = NEVER_CAME
        for pupil in self.pupils:
            if pupil.child.seat.form == form:
                self.marks[pupil.student_id][self._day(day), half] = ""
        left = self._day(LEFT_AFTER)
        gone = self.marks[self.by_key[LEAVER].student_id]
        self.marks[self.by_key[LEAVER].student_id] = {at: mark for at, mark in gone.items() if at[0] <= left}

    def grids(self, school: str) -> dict[str, list[list[str]]]:
        """Every week's grid by the name of its file; the days before the term are marked as no school."""
        mondays = sorted({day - timedelta(days=day.weekday()) for day in self.days})
        return {f"attendance-week-{monday}.csv": self._grid(school, monday) for monday in mondays}

    def _grid(self, school: str, monday: date) -> list[list[str]]:
        """One week, with a row for each pupil then on roll, typed by hand here and there."""
        dice = Random(f"{SEED} {monday}")
        week = [monday + timedelta(days=n) for n in range(len(WEEKDAYS))]
        sessions = [(day, half) for day in week for half in HALVES]
        rows = [
            [pupil.student_id, *(worn(dice, marks.get(session, SHUT)) for session in sessions)]
            for pupil in self.pupils
            if not (marks := self.marks[pupil.student_id]).keys().isdisjoint(sessions)
        ]
        return grid(school, monday, rows, WEEK)

    def told(self) -> str:
        """What the weeks must come to on the sample morning, from the plan of this script."""
        head = "| id | form | days away before | sessions missed | what must be concluded |\n|---|---|---|---|---|"
        lines = [self._line(self.by_key[past.key], past) for past in PASTS]
        often = [pupil.student_id for pupil in self.pupils if pupil.child.seat.key != LEAVER and self._often(pupil)]
        form, day, half = NEVER_CAME
        notes = (
            f"- AMBER by marks, or RED by a flag: a tenth or more is missed by {', '.join(sorted(often, key=int))}.",
            f"- {form} has no register of {self._day(day):%d/%m/%Y} {half}: days of absence there may be “at least”.",
            f"- {self.by_key[LEAVER].student_id} is in the grids up to {self._day(LEFT_AFTER):%d/%m/%Y}.",
        )
        return "\n".join(["## The weeks before\n", head, *lines, "", *notes, ""])

    def _line(self, pupil: Pupil, past: Past) -> str:
        missed, possible = self._missed(pupil)
        place = f"{pupil.student_id} | {pupil.child.seat.form}"
        return f"| {place} | {self._days_away(pupil):g} | {missed} of {possible} | {past.why} |"

    def _days_away(self, pupil: Pupil) -> float:
        """Days on which the pupil missed both sessions, and half the days with one missed."""
        marks = self.marks[pupil.student_id]
        return sum(is_missed(marks[session]) for session in self.sessions) / len(HALVES)

    def _missed(self, pupil: Pupil) -> tuple[int, int]:
        """Sessions missed, and sessions with a mark."""
        marks: Mapping[Session, str] = self.marks[pupil.student_id]
        count = Counter(is_missed(mark) for mark in marks.values() if mark)
        return count[True], count.total()

    def _often(self, pupil: Pupil) -> bool:
        missed, possible = self._missed(pupil)
        return missed * 10 >= possible


def weighed(dice: Random, weights: Mapping[int, int]) -> int:
    """One of these numbers, the heavier the likelier."""
    return dice.choices(list(weights), list(weights.values()))[0]


def is_missed(mark: str) -> bool:
    """Whether a session with this mark was missed; a blank says nothing."""
    return mark not in (*ATTENDED, "")


def worn(dice: Random, mark: str) -> str:
    """The mark as somebody typed it: now and then a small letter, or a blank after it."""
    letter = mark.lower() if dice.random() < SMALL_LETTER else mark
    return f"{letter} " if letter and dice.random() < BLANK_AFTER else letter
