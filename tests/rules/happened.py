"""What happens to children over some days, in words with times, as the tables of cases write it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rules.calling import children_of
from rules.days import NO_ROW, PRESENT, as_mark
from rules.school import Json, School, roll

DATES = {
    "Thu": "2026-11-19", "Fri": "2026-11-20", "Mon": "2026-11-23", "Tue": "2026-11-24", "25 Nov": "2026-11-25",
    "26 Nov": "2026-11-26", "27 Nov": "2026-11-27", "30 Nov": "2026-11-30", "18 Dec": "2026-12-18",
    "4 Jan": "2027-01-04",
}  # fmt: skip
TAKEN = [DATES[day] for day in ("Fri", "Mon", "Tue", "26 Nov", "18 Dec")]  # days with a register of everybody else
CALENDAR = """
[[terms]]
name = "Autumn 2026, last weeks"
first = "2026-11-16"
last = "2026-12-18"

[[terms]]
name = "Spring 2027"
first = "2027-01-04"
last = "2027-03-25"

[[closures]]
first = "2026-11-25"
last = "2026-11-25"
why = "INSET"
"""
REGISTERS = {"AM": "09:05", "PM": "13:20"}
A_DAY = rf"(?P<day>{'|'.join(DATES)})"
WHOLE_DAY = re.compile(rf"{A_DAY} (?P<am>[^\s:]+) (?P<pm>\S+)(?: read (?P<on>{'|'.join(DATES)}) (?P<at>\d\d:\d\d))?")
MOMENT = re.compile(rf"(?:{A_DAY} )?(?P<at>\d\d:\d\d) (?P<what>.+)")
MARKED = re.compile(r"(?P<mark>/|\\|[A-Z#][A-Z0-9]?|blank)(?: \((?P<comment>[^)]*)\))?")
ENTRY = re.compile(r"^(E\d+): .*?\b(P\d+)\b", re.MULTILINE)
TOLD = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother, at home")
RUNG = ("--contact", "1", "--outcome")
SAID: dict[str, tuple[str, ...]] = {
    "found": ("check", "--found"),
    "not found": ("check", "--not-found"),
    "arrived": ("check", "--arrived"),
    "not arrived": ("check", "--not-arrived"),
    "seen at home": ("seen", "--how", "home", "--without-parent"),
    "seen in school": ("seen", "--how", "school", "--without-parent"),
    "explained": ("explain", *TOLD),
    "explained, of Monday": ("explain", *TOLD, "--day", DATES["Mon"]),
    "explained until Tuesday": ("explain", *TOLD, "--until", DATES["Tue"]),
    "explained, back at 09:20": ("explain", *TOLD, "--back", "09:20"),
    "answered": ("call", *RUNG, "answered", "--child-with", "mother", "--no-reason"),
    "another adult knows": ("call", *RUNG, "other-adult-knows"),
    "rung": ("call", *RUNG, "no-answer"),
    "voicemail left": ("call", *RUNG, "voicemail-left"),
    "text sent": ("text",),
    "note": ("note", "--text", "mother says she has a cold"),
    "rated RED": ("rate", "RED", "--why", "missing before"),
    "an agency told": ("inform", "--agency", "social care"),
}
MESSAGES = "message_id,received_at,pupil_id,pupil_name,text"
FILES = {  # words of a table → kind of file, its heading, a row of it
    "signed in": ("lates", "pupil_id,date,time_in,time_out", "{p},{day},{at},"),
    "signed out": ("lates", "pupil_id,date,time_in,time_out", "{p},{day},,{at}"),
    "a message with the id": ("messages", MESSAGES, "M{p},{day}T{at},{p},,a cold"),
    "a message with the name": ("messages", MESSAGES, "M{p},{day}T{at},,Kit Row{p},a cold"),
    "C planned": ("planned", "pupil_id,from_date,to_date,code", "{p},{day},{day},C"),
}  # fmt: skip
FOR_SEVERAL = ("check", "seen", "call", "text")
REGISTER = "pupil_id,date,session,mark,comment"


@dataclass(frozen=True)
class Lived:
    """A child of a table: what happened in words, and the moment asked for, such as `Tue 09:40`."""

    pupil: str
    words: str
    asked: str

    @property
    def today(self) -> str:
        """The day asked for."""
        return DATES[self.asked[:-6]]

    @property
    def moment(self) -> str:
        """The moment asked for."""
        return f"{self.today}T{self.asked[-5:]}"


Step = tuple[str, str, str]  # the moment, what happened, the pupil; or the row of a register


class Days:
    """A school of these children, lived through in order; what is asked of each is answered at its own moment.

    On earlier days of which the words say nothing a child was in school; on the day asked for nothing is known of it.
    """

    def __init__(self, folder: Path, children: Iterable[Lived]) -> None:
        self.school = School(folder, calendar=CALENDAR, day=DATES["Fri"])
        self.children = list(children)
        self.entries: defaultdict[str, list[str]] = defaultdict(list)
        self.answers: dict[str, Json | None] = {}
        self.school.drop("roll.csv", roll(self._pupil(child) for child in self.children))
        phones = (f"{child.pupil},C1,1,Sky Moss,07700 900301" for child in self.children)
        self.school.drop("contacts.csv", ["pupil_id,contact_id,order,name,phone", *phones])
        assert self.school.type("ingest", at=f"{DATES['Fri']}T08:00").exit_code == 0
        steps = [step for child in self.children for step in self._steps(child)]
        steps += [(f"{DATES['27 Nov']}T07:30", "the school shut", "")]
        for moment in sorted({moment for moment, _, _ in steps} | {child.moment for child in self.children}):
            self._live(moment, [(what, pupil) for at, what, pupil in steps if at == moment])
            self._ask(moment)

    def _pupil(self, child: Lived) -> str:
        """A row of the roll: every child is in a group of its own."""
        leaves = DATES["Mon"] if "left the roll on Monday" in child.words else ""
        return f"{child.pupil},Kit,Row{child.pupil},G{child.pupil},2016-01-01,,{leaves}"

    def _steps(self, child: Lived) -> Iterable[Step]:
        named = set()
        for part in filter(None, child.words.split("; ")):
            if whole := WHOLE_DAY.fullmatch(part):
                day = DATES[whole["day"]]
                named.add(day)
                for half, registered in REGISTERS.items():
                    at = f"{DATES[whole['on']]}T{whole['at']}" if whole["on"] else f"{day}T{registered}"
                    if whole[half.lower()] != NO_ROW:
                        yield at, f"{day},{half},{as_mark(whole[half.lower()], half)},", child.pupil
            elif said := MOMENT.fullmatch(part):
                day = DATES[said["day"]] if said["day"] else child.today
                named.add(day)
                yield f"{day}T{said['at']}", said["what"], child.pupil
            else:
                assert part == "left the roll on Monday", f"cannot read {part!r}"
        for day in TAKEN:
            if day < child.today and day not in named:
                yield from (
                    (f"{day}T{at}", f"{day},{half},{PRESENT[half]},", child.pupil) for half, at in REGISTERS.items()
                )

    def _live(self, moment: str, steps: list[tuple[str, str]]) -> None:
        day, at = moment.split("T")
        half = "AM" if at < "12:30" else "PM"
        files: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        said: defaultdict[str, list[str]] = defaultdict(list)
        for what, pupil in steps:
            if mark := MARKED.fullmatch(what):
                row = f"{pupil},{day},{half},{as_mark(mark['mark'], half)},{mark['comment'] or ''}"
                files["register", REGISTER].append(row)
            elif what in FILES:
                kind, heading, row = FILES[what]
                files[kind, heading].append(row.format(p=pupil, day=day, at=at))
            elif what in SAID or what in ("taken back", "the school shut"):
                said[what].append(pupil)
            else:
                files["register", REGISTER].append(f"{pupil},{what}")
        self._take_in(moment, files)
        for what, pupils in said.items():
            self._say(moment, what, pupils)

    def _take_in(self, moment: str, files: dict[tuple[str, str], list[str]]) -> None:
        for (kind, heading), rows in files.items():
            self.school.drop(f"{kind}-{moment.replace(':', '')}.csv", [heading, *rows])
        if files:
            ended = self.school.type("ingest", at=moment)
            assert ended.exit_code in (0, 12), ended.stderr

    def _say(self, moment: str, what: str, pupils: list[str]) -> None:
        if what == "the school shut":
            self.school.say("close", "--why", "the boiler has failed", at=moment)
            return
        if what == "taken back":
            for pupil in pupils:
                self.school.say("withdraw", self.entries[pupil].pop(), "--why", "the wrong child", at=moment)
            return
        command, *words = SAID[what]
        alone = command not in FOR_SEVERAL or what in ("answered", "another adult knows")
        for some in [[pupil] for pupil in pupils] if alone else [pupils]:
            ended = self.school.type(command, *some, *words, "--by", "A. Officer", at=moment)
            assert ended.exit_code == 0, ended.stderr
            for entry, pupil in ENTRY.findall(ended.stderr):
                self.entries[pupil].append(entry)

    def _ask(self, moment: str) -> None:
        asked = [child for child in self.children if child.moment == moment]
        found = children_of(self.school, moment) if asked else {}
        self.answers |= {child.pupil: found.get(child.pupil) for child in asked}


def by(child: Json) -> str:
    """By when a child's list is to be rung, such as `Mon 10:00`."""
    due = child["due"]
    return f"{next(name for name, date in DATES.items() if date == due[:10])} {due[11:16]}"


def names_its_beginning(child: Json) -> bool:
    """Whether the reason says since when a case of an earlier day is open, where that is the day it is due on."""
    due = datetime.fromisoformat(child["due"])
    return f"open since {due:%a} {due.day} {due:%b %Y} {'AM' if due.hour < 12 else 'PM'}" in child["because"]
