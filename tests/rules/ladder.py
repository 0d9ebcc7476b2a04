"""Children whose absence goes further, in words with times, and the next steps that are listed for each."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rules.calling import ALONE
from rules.days import PRESENT
from rules.ladder_words import BY, ENTRY, TOGETHER, Event, command_of, events_of, moment_of
from rules.school import CALENDAR, Json, School, roll

DAYS = {"Tue": "2026-11-24", "Wed": "2026-11-25"}
STEPS = frozenset(
    {
        "check-in-school", "confirm-arrival", "call", "enquire", "visit", "decide", "refer-attendance-team",
        "refer-social-care", "tell-police", "chase-acknowledgement",
    }
)  # fmt: skip
FLAGS = {
    "RED": "social-worker", "AMBER": "ewo", "GREEN": "ehcp", "cannot summon help": "cannot-summon-help",
    }  # fmt: skip
MOTHER, FATHER = "C1,1,Sky Moss,mother,01632 960301,", "C2,2,Ash Moss,father,01632 960302,"
CONTACTS = {
    "two numbers": (MOTHER, FATHER), "nobody to ring": (), "only a number not to be rung": (f"{MOTHER}yes",),
    "number lost": ("C1,1,Sky Moss,mother,,",),
}  # fmt: skip
REGISTERS, ROLL_AT = {"AM": "09:05", "PM": "13:20"}, "07:30"
A_SCHOOL = 5  # rows
SOMEBODY = "P999"  # in school, so that the register has come
STARTERS = tuple(f"P9{n:02d},Kit,Row,5C,2016-01-01,2027-09-01," for n in range(60))  # no roll is cut short


@dataclass(frozen=True)
class Climber:
    """A child of a table: what it is, what happened in words, and the moment asked for, such as `Wed 09:20`."""

    pupil: str
    child: str
    words: str
    asked: str

    def is_said(self, word: str) -> bool:
        """Whether this word describes the child."""
        return word in self.child.split(", ")


class Ladder:
    """A school of these children, lived through in order; each is asked for at its own moment.

    All are marked N from the first day on, in each session of the days that have school.
    """

    def __init__(
        self, folder: Path, children: Iterable[Climber], *, days: Mapping[str, str] = DAYS, closed: Sequence[str] = (),
        policy: str = "", calendar: str = CALENDAR, asked: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.days, self.first = dict(days), next(iter(days.values()))
        self.school = School(folder, policy=policy, calendar=calendar, day=self.first)
        self.children = list(children)
        self.entries: defaultdict[str, list[str]] = defaultdict(list)
        self.answers: dict[str, Json] = {}
        self.codes: dict[str, list[int]] = defaultdict(list)
        self.gone: defaultdict[str, set[str]] = defaultdict(set)
        self.fathers: set[str] = set()
        self._export(f"{self.first}T{ROLL_AT}", "roll", "contacts", "flags")
        events = [e for child in self.children for e in events_of(child.words, child.pupil, days)]
        events += [
            (f"{day}T{at}", "", half, "") for name, day in days.items() if name not in closed
            for half, at in REGISTERS.items()
        ]  # fmt: skip
        asks = {moment_of(words, days) for words in asked or [child.asked for child in self.children]}
        for moment in sorted({event[0] for event in events if event[0] <= max(asks)} | asks):
            self._live(moment, [event for event in events if event[0] == moment])
            if moment in asks:
                self.answers[moment] = self.ask(moment)

    def _live(self, moment: str, events: list[Event]) -> None:
        for _, _, half, _ in (event for event in events if not event[3]):
            self._register(moment, half)
        said: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for _, happened, what, pupil in (event for event in events if event[3]):
            said[happened, what].append(pupil)
        exported = {kind for (_, what), them in said.items() if (kind := self._is_file(what, them))}
        if exported:
            self._export(moment, *exported)
        for (happened, what), pupils in said.items():
            if not self._is_file(what, []):
                self._say(moment, happened, what, pupils)

    def _is_file(self, what: str, pupils: Iterable[str]) -> str:
        if what == "a newer list names the father":
            self.fathers |= set(pupils)
            return "contacts"
        if what.startswith("left out of the "):
            kind = what.removeprefix("left out of the ")
            self.gone[kind] |= set(pupils)
            return kind
        return ""

    def _say(self, moment: str, happened: str, what: str, pupils: list[str]) -> None:
        words = command_of(what)
        is_together = words[0] in TOGETHER and not ALONE.intersection(words)
        for some in [pupils] if is_together else [[pupil] for pupil in pupils]:
            entry = [self.entries[some[0]].pop()] if what == "taken back" else some
            by = ("--by", BY.get(words[0], "A. Officer"))
            at = ("--at", happened) if happened != moment else ()
            ended = self.school.type(words[0], *entry, *words[1:], *by, *at, at=moment)
            assert ended.exit_code in (0, 11), f"{what}: {ended.stderr}"
            for entry_id, pupil in ENTRY.findall(ended.stderr):
                self.entries[pupil].append(entry_id)
            self.codes[what].append(ended.exit_code)

    def _export(self, moment: str, *kinds: str) -> None:
        for kind in kinds:
            rows = self._rows(kind)
            if rows:
                self.school.drop(f"{kind}-{moment.replace(':', '')}.csv", rows)
        self._take_in(moment)

    def _rows(self, kind: str) -> list[str]:
        here = [child for child in self.children if child.pupil not in self.gone[kind]]
        if kind == "roll":
            people = (f"{p},Kit,Row{p},4B,2016-01-01,," for p in (*(c.pupil for c in here), SOMEBODY))
            return roll([*people, *STARTERS])
        if kind == "contacts":
            rows = [f"{c.pupil},{row}" for c in here for row in self._contacts(c)]
            return ["pupil_id,contact_id,order,name,relationship,phone,do_not_contact", *rows]
        if kind == "flags":
            return [
                "pupil_id,flag",
                *(f"{c.pupil},{FLAGS[w]}" for c in here for w in c.child.split(", ") if w in FLAGS),
            ]
        return []

    def _contacts(self, child: Climber) -> Sequence[str]:
        if child.pupil in self.fathers:
            return MOTHER, FATHER
        return next((rows for words, rows in CONTACTS.items() if child.is_said(words)), (MOTHER,))

    def _register(self, moment: str, half: str) -> None:
        day = moment[:10]
        here = [child for child in self.children if child.pupil not in self.gone["register"]]
        marks = [(child.pupil, self._mark(child, day, half)) for child in here]
        rows = [f"{p},{day},{half},{mark}" for p, mark in (*marks, (SOMEBODY, PRESENT[half]))]
        self.school.drop(f"register-{day}-{half}.csv", ["pupil_id,date,session,mark", *rows])
        self._take_in(moment)

    def _mark(self, child: Climber, day: str, half: str) -> str:
        names = [name for name, date in self.days.items() if date == day]
        is_first = day == self.first
        if child.is_said("in school") or any(child.is_said(f"in school on {name}") for name in names):
            return PRESENT[half]
        if is_first and child.is_said("no mark"):
            return ""
        if child.is_said("off site"):
            return "B"
        return PRESENT[half] if is_first and half == "AM" and child.is_said("from the afternoon") else "N"

    def _take_in(self, moment: str) -> None:
        ended = self.school.type("ingest", at=moment)
        assert ended.exit_code in (0, 12), ended.stderr

    def ask(self, moment: str, *words: str) -> Json:
        """What `escalate` answers as of a moment."""
        ended = self.school.type("escalate", "--format", "json", *words, at=moment)
        assert ended.exit_code in (0, 10, 11, 12), ended.stderr
        answer: Json = json.loads(ended.stdout)
        return answer

    def of(self, child: Climber) -> Json:
        """What was answered at the moment that this child is asked for."""
        return self.answers[moment_of(child.asked, self.days)]

    def next_of(self, child: Climber, steps: Iterable[str] = STEPS) -> str:
        """The next steps of this child, in the words of the tables."""
        answer = self.of(child)
        rows = [row for row in answer["steps"] if row["pupil_id"] == child.pupil and row["step"] in set(steps)]
        rows.sort(key=lambda row: (not row["overdue"], row["due"], row["step"]))
        return "; ".join(self._step(row, answer["day"]) for row in rows) or "nothing"

    def _step(self, row: Json, today: str) -> str:
        late = "LATE " if row["overdue"] else ""
        number = f" {row['round']}" if row["round"] else ""
        start = f" from {self._time(row['start'], today)}" if row["start"] and row["step"] == "visit" else ""
        return f"{late}{row['step']}{number} {self._time(row['due'], today)}{start}"

    def _time(self, moment: str, today: str) -> str:
        names = {date: name for name, date in self.days.items()}
        day = "" if moment[:10] == today else f"{names.get(moment[:10], moment[:10])} "
        return f"{day}{moment[11:16]}"

    def alerts_of(self, child: Climber) -> str:
        """The alerts about this child."""
        found = {row["alert"] for row in self.of(child)["alerts"] if row["pupil_id"] == child.pupil}
        return ", ".join(sorted(found)) or "none"


class Ladders:
    """The children of a table in small schools, a few rows each: a command looks at its whole school.

    Rows that tell the beginning of another row's story, and ask before it goes on, are that row's child.
    """

    def __init__(self, folder: Path, children: Sequence[Climber], **more: Any) -> None:
        days: Mapping[str, str] = more.get("days", DAYS)
        self._told_by: dict[str, Climber] = {}
        hosts: list[Climber] = []
        for child in sorted(children, key=lambda child: -len(child.words)):
            host = next((host for host in hosts if _is_the_beginning(child, host, days)), child)
            hosts += [host] if host is child else []
            self._told_by[child.pupil] = replace(child, pupil=host.pupil)
        hosts.sort(key=lambda host: host.pupil)
        self.schools: list[Ladder] = []
        for n in range(0, len(hosts), A_SCHOOL):
            here = {host.pupil for host in hosts[n : n + A_SCHOOL]}
            asked = [child.asked for child in self._told_by.values() if child.pupil in here]
            self.schools.append(Ladder(folder / f"school-{n}", hosts[n : n + A_SCHOOL], asked=asked, **more))

    def _of(self, child: Climber) -> tuple[Ladder, Climber]:
        told = self._told_by[child.pupil]
        return next(s for s in self.schools if told.pupil in {host.pupil for host in s.children}), told

    def next_of(self, child: Climber, steps: Iterable[str] = STEPS) -> str:
        """The next steps of this child, in the words of the tables."""
        school, told = self._of(child)
        return school.next_of(told, steps)

    def alerts_of(self, child: Climber) -> str:
        """The alerts about this child."""
        school, told = self._of(child)
        return school.alerts_of(told)

    def steps_of(self, child: Climber) -> list[Json]:
        """The steps of this child as programs read them."""
        school, told = self._of(child)
        return [row for row in school.of(told)["steps"] if row["pupil_id"] == told.pupil]

    @property
    def answers(self) -> list[Json]:
        """Everything that was answered, at whatever moment."""
        return [answer for school in self.schools for answer in school.answers.values()]


def _is_the_beginning(child: Climber, host: Climber, days: Mapping[str, str]) -> bool:
    begins = f"{host.words}; ".startswith(f"{child.words}; ") or not child.words
    later = host.words[len(child.words) :].removeprefix("; ")
    asked = moment_of(child.asked, days)
    return child.child == host.child and begins and all(asked < event[0] for event in events_of(later, "", days))


def climbers(rows: Sequence[tuple[str, ...]]) -> list[Climber]:
    """The children of the rows of a table whose first columns are the child, what happened and when it is asked."""
    return [Climber(f"P{number:03d}", *row[:3]) for number, row in enumerate(rows)]


def shown(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows as a test is named."""
    return [" | ".join(cell or "nothing" for cell in row[:3]) for row in rows]
