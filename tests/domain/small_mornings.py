"""Small invented mornings as lists of facts, and a way to live through one at the program's door."""

from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from rules.school import DAY, Json, School

IDS = ("P1", "P2", "P3", "P4", "P5")
FORENAMES, SURNAMES = ("Ivy", "Kai", "Ivy", "Jo", "Kai"), ("Brennan", "Moss", "Hill", "Fell", "Moss")
MARKS = (
    "/",
    "/",
    "/",
    "\\",
    "L",
    "U",
    "N",
    "N",
    "N",
    "I",
    "I",
    "I",
    "C",
    "O",
    "G",
    "Y1",
    "V",
    "B",
    "X",
    "",
    "-",
    "Q9",
    "#",
)
COMMENTS = ("", "", "mother rang")
CHECKS = ("--found", "--not-found", "--not-found", "--arrived", "--not-arrived")
LATER = 2  # the number of the register that is taken in later
ROLL = "pupil_id,forename,surname,group,dob"
REGISTER = "pupil_id,date,session,mark,comment"
LATES = "pupil_id,date,time_in,time_out"
MESSAGES = "message_id,received_at,pupil_id,pupil_name,text,from_date,to_date"
PLANS = "pupil_id,from_date,to_date,session,code,due_back"
TEXTS = ("she has a cold", "away today", "she will be late", "back in today")


@dataclass(frozen=True)
class Marked:
    """One row of a register: 0 and 1 are taken in together, 2 later."""

    register: int
    pupil: str
    mark: str
    comment: str


@dataclass(frozen=True)
class Signed:
    """One row of the lates, some minutes after the session's hour."""

    pupil: str
    minute: int
    is_out: bool


@dataclass(frozen=True)
class Message:
    """One message, with an id from a system or with a name alone."""

    number: int
    pupil: str
    name: str
    text: str
    day: str


@dataclass(frozen=True)
class Plan:
    """One planned absence."""

    pupil: str
    session: str
    code: str
    due_minute: int


@dataclass(frozen=True)
class Entry:
    """Something that a person records, some minutes after the session's hour."""

    words: tuple[str, ...]
    minute: int
    is_withdrawn: bool = False


Fact = Marked | Signed | Message | Plan | Entry


@dataclass(frozen=True)
class SmallMorning:
    """A morning, or an afternoon, of five pupils in two groups."""

    session: str
    facts: tuple[Fact, ...]

    def but(self, *facts: Fact) -> "SmallMorning":
        """The same with other facts."""
        return replace(self, facts=facts)

    @property
    def hour(self) -> int:
        """The hour at which registers are taken."""
        return 9 if self.session == "AM" else 13

    def clock(self, minute: int) -> str:
        """A time some minutes after the hour; minutes below nought are before it."""
        total = self.hour * 60 + minute
        return f"{total // 60:02d}:{total % 60:02d}"

    def files(self) -> dict[str, list[str]]:
        """Every file by name: its heading and rows."""
        files = {"roll.csv": [ROLL, *_roll()]}
        for number in (0, 1, LATER):
            rows = [self._marked(f) for f in self.facts if isinstance(f, Marked) and f.register == number]
            if rows or number == 0:
                files[f"register-{number}.csv"] = [REGISTER, *rows]
        files["lates.csv"] = [LATES, *(self._signed(f) for f in self.facts if isinstance(f, Signed))]
        files["messages.csv"] = [MESSAGES, *(self._message(f) for f in self.facts if isinstance(f, Message))]
        files["plans.csv"] = [PLANS, *(self._planned(f) for f in self.facts if isinstance(f, Plan))]
        return files

    def _marked(self, row: Marked) -> str:
        return f"{row.pupil},{DAY},{self.session},{row.mark},{row.comment}"

    def _signed(self, row: Signed) -> str:
        at = self.clock(row.minute)
        return f"{row.pupil},{DAY},{'' if row.is_out else at},{at if row.is_out else ''}"

    def _message(self, row: Message) -> str:
        return f"M{row.number},{DAY} 08:{row.number % 60:02d},{row.pupil},{row.name},{row.text},{row.day},{row.day}"

    def _planned(self, row: Plan) -> str:
        return (
            f"{row.pupil},{DAY},{DAY},{row.session},{row.code},{self.clock(row.due_minute) if row.due_minute else ''}"
        )


def _roll() -> list[str]:
    people = zip(IDS, FORENAMES, SURNAMES, ("4B", "4B", "4B", "5A", "5A"), strict=True)
    return [f"{pupil},{forename},{surname},{group},2016-05-0{pupil[1]}" for pupil, forename, surname, group in people]


def live(morning: SmallMorning, folder: Path, files: dict[str, list[str]] | None = None) -> tuple[School, Json]:
    """Live through the morning, with other files where they are given; return the school and its answer."""
    school = School(folder)
    files = morning.files() if files is None else files
    later = {name for name in files if name.endswith(f"register-{LATER}.csv")}
    for name in files.keys() - later:
        school.drop(name, files[name])
    school.take_in(at=morning.clock(0))
    entries = sorted((f for f in morning.facts if isinstance(f, Entry)), key=lambda entry: entry.minute)
    _record(school, morning, [entry for entry in entries if entry.minute < 10])
    for name in later:
        school.drop(name, files[name])
    if later:
        school.take_in(at=morning.clock(10))
    _record(school, morning, [entry for entry in entries if entry.minute >= 10])
    return school, answer_of(school, morning)


def answer_of(school: School, morning: SmallMorning) -> Json:
    """The answer for the morning's session, as of forty minutes past the hour."""
    return school.reconcile(morning.session, at=morning.clock(40))


def _record(school: School, morning: SmallMorning, entries: list[Entry]) -> None:
    for entry in entries:
        school.say(*entry.words, at=morning.clock(entry.minute))
        if entry.is_withdrawn:
            school.say("withdraw", "last", "--why", "the wrong child", at=morning.clock(entry.minute))


pupils = st.sampled_from(IDS)
minutes = st.integers(-20, 50)
told = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother")
checks = st.builds(lambda pupil, check: ("check", pupil, check), pupils, st.sampled_from(CHECKS))
explanations = st.builds(lambda pupil: ("explain", pupil, *told), pupils)
heard = st.builds(lambda pupil: ("listen", "--pupil", pupil, "--told-by", "mother", "--reason", "a cold"), pupils)
notes = st.builds(lambda pupil: ("note", pupil, "--text", "mother says she is ill"), pupils)
recorded = st.integers(1, 38)
tellings = st.builds(Entry, explanations | heard, recorded)
entries = st.builds(Entry, checks | explanations | heard | notes, recorded)
sightings = st.builds(Entry, checks, recorded)
marked = st.builds(
    Marked, st.sampled_from((0, 0, 0, 1, LATER, LATER)), pupils, st.sampled_from(MARKS), st.sampled_from(COMMENTS)
)
signed = st.builds(Signed, pupils, minutes, st.booleans())
days = st.sampled_from((DAY, DAY, DAY, "2026-11-23", ""))
messages = st.builds(Message, st.just(0), pupils, st.just(""), st.sampled_from(TEXTS), days)
names = st.sampled_from(("Ivy Brennan", "Kai Moss", "Ivy", "Jo Fell", "Nobody Known"))
nameless = st.builds(Message, st.just(0), st.just(""), names, st.sampled_from(TEXTS), days)
plans = st.builds(
    Plan, pupils, st.sampled_from(("", "AM", "PM")), st.sampled_from("CMTIVX"), st.sampled_from((0, 0, 20, 55))
)
kinds_of_fact: tuple[st.SearchStrategy[Fact], ...] = (
    marked,
    signed,
    messages,
    nameless,
    plans,
    entries,
    tellings,
    sightings,
)


def _first_register(marks: list[str], comments: list[str]) -> tuple[Fact, ...]:
    return tuple(Marked(0, *row) for row in zip(IDS, marks, comments, strict=True))


@st.composite
def small_mornings(draw: st.DrawFn, extra: st.SearchStrategy[Fact] | None = None) -> SmallMorning:
    """A register that names everybody or leaves some out, and a few facts more."""
    marks = draw(st.lists(st.sampled_from(MARKS), min_size=len(IDS), max_size=len(IDS)))
    comments = draw(st.lists(st.sampled_from(COMMENTS), min_size=len(IDS), max_size=len(IDS)))
    first = _first_register(marks, comments)[draw(st.sampled_from((0, 0, 0, 1, 3))) :]
    more = draw(st.lists(st.one_of(*kinds_of_fact) if extra is None else extra, min_size=3, max_size=9))
    numbered = [replace(f, number=n) if isinstance(f, Message) else f for n, f in enumerate(more)]
    return SmallMorning(draw(st.sampled_from(("AM", "AM", "PM"))), (*first, *numbered))


A_BIT_OF_EVERYTHING = SmallMorning(
    "AM",
    (
        Marked(0, "P1", "I", "mother rang"),
        Marked(0, "P2", "/", ""),
        Marked(1, "P2", "N", ""),
        Marked(0, "P3", "N", ""),
        Marked(0, "P4", "N", ""),
        Marked(0, "P5", "N", ""),
        Plan("P3", "", "C", 0),
        Message(6, "P4", "", "she has a cold", DAY),
        Message(7, "", "Kai Moss", "he has a cold", DAY),
        Signed("P2", -5, is_out=False),
        Entry(("check", "P2", "--not-found"), 5),
        Entry(("explain", "P5", *told), 6),
    ),
)
TWO_PLANS = SmallMorning("AM", (Marked(0, "P2", "-", ""), Plan("P2", "AM", "T", 0), Plan("P2", "", "I", 0)))
TWO_MARKS = SmallMorning("AM", (Marked(0, "P1", "N", ""), Marked(0, "P1", "V", "")))
