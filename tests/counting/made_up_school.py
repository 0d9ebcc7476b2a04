"""A made-up school with a year of marks, sign-ins and corrections, the same for the same seed; nobody in it is real."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .made_up_year import EVERY_DAY, HALVES, LAST_DAY, halves_open

GROUPS = ("RA", "3B", "6C")
FORENAMES = ("Ada", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lou", "Max", "Noor", "Ola")
SURNAMES = ("Ashby", "Birch", "Corr", "Dunne", "Elder", "Frost", "Grange", "Holt", "Ives", "Jarrow", "Kerr")
HERE = {"AM": "/", "PM": "\\"}
EPISODES = ("I", "I", "I", "N", "N", "O", "G", "C", "M", "Y1", "J1", "S", "R", "T", "E", "Q", "Y6", "C2")
ONE_DAY = frozenset({"M", "J1", "S", "R", "Y1"})
AWAY = ("B", "D", "K", "V")
STRAY = ("", "-", "Q9", "!", "H", "L", "L", "L", "L", "L", "U", "U", "/", "P", "W")
AMENDED = ("L", "U", "I", "O", "I", "U", "M")
MAY_BE_VISITED = frozenset({"I", "N", "O", "G", "E", "Q", "Y6", "T", "C"})
WEEKS_OF_COLDS = (date(2026, 8, 31), date(2026, 10, 26), date(2027, 1, 11), date(2027, 3, 29), date(2027, 6, 14))
Slot = tuple[str, date, str]


@dataclass(frozen=True, kw_only=True)
class Pupil:
    """Somebody made up, and how this somebody comes to school."""

    pupil_id: str
    name: tuple[str, str]
    group: str
    born: date
    starts: date | None = None
    leaves: date | None = None
    absent: float = 0.01  # how likely an absence is to begin in a session
    long: int = 4  # how many sessions it lasts, about
    here_on: frozenset[int] = frozenset(range(1, 6))  # days of the week with an afternoon; of the young
    reduced: tuple[date, date] | None = None  # a timetable without afternoons, agreed for these days
    away_on: dict[tuple[int, str], str] = field(default_factory=dict)  # taught elsewhere


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """Somebody came late, whatever the register says."""

    slot: Slot
    at: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Somebody of the school saw an absent pupil at home, at the end of a day."""

    pupil_id: str
    day: date
    with_parent: bool


@dataclass(kw_only=True)
class MadeUpSchool:
    """The pupils, and what the school's own system comes to hold, with the day from which each mark stood there."""

    dice: Random
    pupils: tuple[Pupil, ...]
    marks: dict[Slot, list[tuple[date, str]]] = field(default_factory=dict)
    signed_in: list[SignIn] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    never_came: set[tuple[str, date, str]] = field(default_factory=set)

    def mark_on(self, slot: Slot, day: date) -> str | None:
        """The mark as the school's system showed it that day; None where it has no row."""
        known = [mark for since, mark in self.marks.get(slot, ()) if since <= day]
        return known[-1] if known else None


def made_up_school(seed: int, size: int = 30) -> MadeUpSchool:
    """A school of this seed, with the marks of a whole year."""
    dice = Random(seed)  # noqa: S311
    school = MadeUpSchool(dice=dice, pupils=tuple(_pupil(dice, number) for number in range(size)))
    group_days = _group_days(dice)
    for group in GROUPS:
        for day in EVERY_DAY:
            school.never_came |= {(group, day, half) for half in halves_open(day) if dice.random() < 0.004}
    for pupil in school.pupils:
        _live_a_year(school, pupil, group_days)
    whole_days = [(p, day) for p, day, half in school.marks if half == "PM" and day > date(2026, 9, 7)]
    absent = [(p, day) for p, day in whole_days if {_first(school, p, day, half) for half in HALVES} < MAY_BE_VISITED]
    for pupil_id, day in sorted(dice.sample(absent, min(8, len(absent))), key=lambda found: found[1]):
        school.visits.append(Visit(pupil_id=pupil_id, day=day, with_parent=dice.random() < 0.75))
    return school


def _first(school: MadeUpSchool, pupil_id: str, day: date, half: str) -> str:
    """The first mark of a session."""
    return (school.marks.get((pupil_id, day, half)) or [(day, "")])[0][1]


def _pupil(dice: Random, number: int) -> Pupil:
    """One pupil; the numbers make sure that every kind is there, the dice do the rest."""
    group = GROUPS[number % len(GROUPS)]
    kinds = {
        3: {"here_on": frozenset({1, 2, 3})}, 6: {"here_on": frozenset()}, 4: {"absent": 0.09}, 5: {"absent": 0.05},
        7: {"reduced": (date(2026, 9, 14), date(2026, 11, 20))}, 8: {"reduced": (date(2027, 1, 4), date(2027, 2, 12))},
        10: {"away_on": {(5, "PM"): "B"}}, 11: {"away_on": {(1, "AM"): "D", (1, "PM"): "D"}},
        13: {"away_on": {(3, "AM"): "K"}}, 14: {"absent": 0.03, "long": 30}, 16: {"absent": 0.02, "long": 60},
        17: {"starts": date(2026, 7, 6)}, 19: {"starts": date(2027, 1, 11)}, 20: {"starts": date(2026, 11, 9)},
        22: {"starts": date(2027, 3, 24), "absent": 0.3, "long": 9}, 23: {"leaves": date(2027, 2, 26)},
        25: {"starts": date(2026, 7, 13), "absent": 0.2}, 26: {"absent": 0.06, "long": 2},
    }  # fmt: skip
    habits: dict[str, object] = {"absent": dice.choice((0.003, 0.006, 0.01, 0.02)), "long": dice.choice((1, 2, 4, 6))}
    if group == "RA" and number % 2 == 0:
        habits["starts"] = date(2026, 9, 3)
    habits |= kinds.get(number, {})
    born = date({"RA": 2022, "3B": 2019, "6C": 2016}[group], 5, 1) + timedelta(days=3 * number)
    name = (FORENAMES[number % len(FORENAMES)], SURNAMES[number % len(SURNAMES)])
    return Pupil(pupil_id=f"{700 + number:04}", name=name, group=group, born=born, **habits)  # type: ignore[arg-type]


def _group_days(dice: Random) -> dict[tuple[str, date], str]:
    """Days on which a whole group is on a visit, or its part of the building is shut."""
    days = {(group, dice.choice(EVERY_DAY)): "V" for group in GROUPS for _ in range(4)}
    days |= {(group, dice.choice(EVERY_DAY)): dice.choice(("#", "Y3")) for group in GROUPS for _ in range(2)}
    return days


def _live_a_year(school: MadeUpSchool, pupil: Pupil, group_days: dict[tuple[str, date], str]) -> None:
    """Give one pupil a mark for each session, later corrections, and sign-ins."""
    left, code = 0, ""
    for day in EVERY_DAY:
        for half in halves_open(day):
            if left == 0:
                code, left = _absence(school.dice, pupil, is_likely=_monday(day) in WEEKS_OF_COLDS)
            left -= 1
            slot = (pupil.pupil_id, day, half)
            if (pupil.leaves or LAST_DAY) < day:
                continue
            if pupil.starts and day < pupil.starts:
                school.marks[slot] = [(day, "Z")] if school.dice.random() < 0.5 else []
                continue
            if (pupil.group, day, half) in school.never_came:
                school.marks[slot] = [(day, "")]
                _may_sign_in(school, slot, 0.04)
                continue
            _give(school, slot, group_days.get((pupil.group, day)) or _due(pupil, day, half) or code)


def _due(pupil: Pupil, day: date, half: str) -> str:
    """The mark of a pupil who is not due here in this session; empty for all others."""
    if half == "PM" and day.isoweekday() not in pupil.here_on:
        return "X"
    if half == "PM" and pupil.reduced and pupil.reduced[0] <= day <= pupil.reduced[1]:
        return "C2"
    return pupil.away_on.get((day.isoweekday(), half), "")


def _absence(dice: Random, pupil: Pupil, *, is_likely: bool) -> tuple[str, int]:
    """The code of an absence that begins, and its sessions; or one session without absence."""
    if dice.random() >= min(0.5, pupil.absent * (12 if is_likely else 1)):
        return "", 1
    code = dice.choice(EPISODES)
    return code, dice.randint(1, 2) if code in ONE_DAY else dice.randint(1, 2 * pupil.long)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _give(school: MadeUpSchool, slot: Slot, code: str) -> None:
    """Write the mark, and what became of it."""
    dice, (_, day, half) = school.dice, slot
    mark = code or (dice.choice(STRAY) if dice.random() < 0.02 else HERE[half])
    school.marks[slot] = [(day, mark)]
    if mark == "N":
        came = _may_sign_in(school, slot, 0.15)
        if dice.random() < 0.35:
            amended = dice.choice(("L", "U")) if came else dice.choice(AMENDED)
            school.marks[slot].append((day + timedelta(days=dice.randint(1, 12)), amended))
    elif mark == "":
        _may_sign_in(school, slot, 0.2)
        if dice.random() < 0.5:
            school.marks[slot].append((day + timedelta(days=dice.randint(1, 5)), HERE[half]))
    elif mark == HERE[half] and dice.random() < 0.004:
        school.marks[slot].append((day + timedelta(days=dice.randint(1, 9)), dice.choice(("N", "I", ""))))


def _may_sign_in(school: MadeUpSchool, slot: Slot, likely: float) -> bool:
    """Whether the pupil signed in late in this session."""
    came = school.dice.random() < likely
    if came:
        minute = school.dice.randint(0, 9)
        school.signed_in.append(SignIn(slot=slot, at=f"{'09' if slot[2] == 'AM' else '13'}:1{minute}"))
    return came
