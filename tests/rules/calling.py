"""Contact lists and calls in words, as the tables write them; all children of a table are in one school."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.school import DAY, Json, School, register, roll

MONDAY = "2026-11-23"
CALENDAR = """
[[terms]]
name = "Autumn 2026, last weeks"
first = "2026-11-16"
last = "2026-12-18"
"""
CONTACTS = "pupil_id,contact_id,order,name,relationship,phone,do_not_contact"
PHONES = {person: f"07700 900{310 + n}" for n, person in enumerate(("mother", "father", "gran", "aunt"), start=1)}
BARRED, NO_NUMBER, LOST = "not to be contacted", "no number", "number lost"
PERSON = re.compile(r"(?P<who>\w+)(?: \((?P<remarks>[^)]*)\))?")
STEP = re.compile(r"(?P<day>Mon )?(?P<at>\d\d:\d\d) (?P<who>\w+) (?P<outcome>[a-z-]+)(?: \((?P<more>[^)]*)\))?")
LIST = re.compile(r"(?P<at>\d\d:\d\d) the list is now: (?P<list>.*)")
ENTRY = re.compile(r"^(E\d+): call about (\w+) ", re.MULTILINE)
WHERE = ("--child-with", "father, at home", "--no-reason")
MORE = {"answered": WHERE, "text-replied": ("--note", "at the dentist")}
ALONE = frozenset(
    {
        "answered", "thought-in-school", "does-not-know-where", "other-adult-knows", "other-adult-knows-nothing",
        "refused", "language-barrier", "child-answered", "text-replied",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Rung:
    """A child of a table: the contact list and the calls, in words."""

    pupil: str
    contacts: str
    calls: str


@dataclass(frozen=True)
class Call:
    """One call as it is typed: when it is written down, when it happened, whom it was to, how it ended."""

    typed: str
    happened: str
    contact: int
    outcome: str
    about: str
    number: str


def people(words: str) -> list[tuple[str, str, bool]]:
    """The person, the number and whether barred, of each on a list like `mother, father (mother's number)`."""
    found = []
    for part in re.split(r", (?![^(]*\))", words) if words else ():
        person = PERSON.fullmatch(part)
        assert person, f"cannot read {part!r}"
        phone, barred = PHONES[person["who"]], False
        for remark in (person["remarks"] or "").split(", "):
            barred = barred or remark == BARRED
            phone = _number(remark, phone)
        found.append((person["who"], phone, barred))
    return found


def _number(remark: str, own: str) -> str:
    if remark in ("", BARRED):
        return own
    if remark in (NO_NUMBER, LOST):
        return "" if remark == NO_NUMBER else "see the file"
    return PHONES[remark.removesuffix("'s number")] if remark.endswith("'s number") else remark


def contact_rows(lists: Mapping[str, str]) -> list[str]:
    """An export of these contact lists, by pupil."""
    rows = [
        f"{pupil},C{n},{n},{who.title()} Moss,{who},{phone},{'yes' if barred else 'no'}"
        for pupil, words in lists.items()
        for n, (who, phone, barred) in enumerate(people(words), start=1)
    ]
    return [CONTACTS, *rows]


class Called:
    """A school of children marked N on Monday and on Tuesday; everything said of them happens in its order."""

    def __init__(self, folder: Path, children: Iterable[Rung], *, policy: str = "", flags: Iterable[str] = ()) -> None:
        self.school = School(folder, policy=policy, calendar=CALENDAR)
        self.lists = {child.pupil: child.contacts for child in children}
        self.entries: dict[tuple[str, str, int], str] = {}
        for day in (MONDAY, DAY):
            self.school.drop(f"register-{day}.csv", register([(p, "N") for p in self.lists], day=day))
        self.school.drop("roll.csv", roll(f"{p},Kit,Row{p},4B,2016-01-01,," for p in self.lists))
        self.school.drop("flags.csv", ["pupil_id,flag", *flags])
        self._list(f"{MONDAY}T08:50")
        steps = [step for child in children for step in self._steps(child)]
        for moment in sorted({moment for moment, _, _ in steps}):
            self._live(moment, [(kind, what) for at, kind, what in steps if at == moment])

    def _steps(self, child: Rung) -> Iterable[tuple[str, str, tuple[str, Call | str]]]:
        """What is typed about a child: the moment, the kind of it, and the rest."""
        words = child.contacts
        for part in filter(None, child.calls.split("; ")):
            if newer := LIST.fullmatch(part):
                words = newer["list"]
                yield f"{DAY}T{newer['at']}", "a list", (child.pupil, words)
                continue
            said = STEP.fullmatch(part)
            assert said, f"cannot read {part!r}"
            call, more = _call(said, words), said["more"] or ""
            yield call.typed, "b call", (child.pupil, call)
            if more.startswith("taken back"):
                yield f"{DAY}T{more[-5:]}", "c taken back", (child.pupil, call)

    def _live(self, moment: str, steps: list[tuple[str, tuple[str, Call | str]]]) -> None:
        together: defaultdict[Call, list[str]] = defaultdict(list)
        for kind, (pupil, what) in sorted(steps, key=lambda step: step[0]):
            if isinstance(what, str):
                self.lists[pupil] = what
            elif kind == "b call":
                together[what].append(pupil)
        if any(kind == "a list" for kind, _ in steps):
            self._list(moment)
        for call, pupils in together.items():
            for some in [[p] for p in pupils] if call.outcome in ALONE else [pupils]:
                self._ring(call, some)
        for kind, (pupil, what) in steps:
            if kind == "c taken back" and isinstance(what, Call):
                entry = self.entries[pupil, what.happened, what.contact]
                self.school.say("withdraw", entry, "--why", "the wrong child", at=moment)

    def _list(self, moment: str) -> None:
        self.school.drop(f"contacts-{moment[-5:].replace(':', '')}.csv", contact_rows(self.lists))
        assert self.school.type("ingest", at=moment).exit_code == 0

    def _ring(self, call: Call, pupils: list[str]) -> None:
        more = (*MORE.get(call.outcome, ()), *(("--day", call.about) if call.about else ()))
        words = ("--contact", str(call.contact), "--outcome", call.outcome, "--at", call.happened, *more)
        said = self.school.type("call", *pupils, *words, "--by", "A. Officer", at=call.typed)
        assert said.exit_code in (0, 11), said.stderr
        written = {pupil: entry for entry, pupil in ENTRY.findall(said.stderr)}
        self.entries |= {(pupil, call.happened, call.contact): written[pupil] for pupil in pupils}

    def sheet(self, at: str) -> dict[str, Json]:
        """Every child on Tuesday's call sheet as of this time."""
        return children_of(self.school, at)


def _call(said: re.Match[str], words: str) -> Call:
    """The call, by the contact list as it is in these words."""
    on_list, more = people(words), said["more"] or ""
    place = next(n for n, (who, _, _) in enumerate(on_list) if who == said["who"])
    happened = f"{MONDAY if said['day'] else DAY}T{said['at']}"
    typed = f"{DAY}T{more[-5:]}" if more.startswith("written down") else happened
    about = MONDAY if more == "of Monday" else ""
    return Call(typed, happened, place + 1, said["outcome"], about, on_list[place][1])


def children_of(school: School, at: str, *words: str) -> dict[str, Json]:
    """Every child on the call sheet as of a moment, in its order."""
    said = school.type("report", "call-sheet", "--format", "json", *words, at=at)
    assert said.exit_code == 0, said.stderr
    return {child["pupil_id"]: child for card in json.loads(said.stdout)["cards"] for child in card["children"]}


def time_of(moment: str | None) -> str:
    """The time of day of a moment, or nothing."""
    return (moment or "")[11:16]


def in_words(child: Json | None) -> tuple[str, str, str, str, str]:
    """The round, when it opens or opened, who is to be rung now, the complete rounds, why nobody is left."""
    if child is None:
        return "not on the sheet", "", "", "", ""
    now = ", ".join(contact["relationship"] for contact in child["contacts"] if contact["ring_now"])
    return (
        str(child["round"]), time_of(child["opens"]), now or "nobody", str(child["complete_rounds"]),
        child["exhausted"] or "",
    )  # fmt: skip
