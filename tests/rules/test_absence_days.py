"""What counts as a day of absence, how long a spell is, and since when nobody has seen the child."""

import pytest

from rules.days import Marks, Said, as_mark, live_until, marks_in, registers, weekdays
from rules.school import DAY, Json, School, pupil_in, roll
from rules.table import RuleTable

SHUT_IN_THE_CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[closures]]
first = "2026-10-26"
last = "2026-10-30"
why = "half term"

[[closures]]
first = "2026-11-13"
last = "2026-11-13"
why = "INSET"

[[closures]]
first = "2026-11-18"
last = "2026-11-18"
why = "heating"
sessions = ["PM"]
"""
THURSDAY, MONDAY = "2026-11-19", "2026-11-23"
HALF_TERM = frozenset(weekdays("2026-10-26", "2026-10-30"))
OPEN = [day for day in weekdays("2026-09-02", MONDAY) if day not in HALF_TERM | {"2026-11-13"}]
TWO_WEEKS = "16 Nov to 23 Nov N N"

RULES = RuleTable(
    title="Days of absence on Tuesday 24 November 2026",
    source="Millbrook: absence days are recorded cumulatively; face to face with parent and pupil",
    columns=("earlier days", "what else is known", "today", "spell", "days", "not seen for", "at least"),
    rows=(
        ("", "", "N", "1", "1", "1", ""),
        ("23 Nov N N", "", "N", "2", "2", "2", ""),
        ("23 Nov N /", "", "N", "1", "1.5", "1", ""),
        ("23 Nov / N", "", "N", "1.5", "1.5", "1", ""),
        ("19 Nov N N; 23 Nov N N", "", "N", "2", "3", "2", ""),
        # every code by which a child is away counts, whoever authorised it; a late child was there
        ("20 Nov C E; 23 Nov I G", "", "I", "3", "3", "3", ""),
        ("20 Nov Q Y1; 23 Nov Y7 T", "", "O", "3", "3", "3", ""),
        ("20 Nov L L; 23 Nov U U", "", "N", "1", "1", "1", ""),
        ("23 Nov L N", "", "N", "1.5", "1.5", "1", ""),
        # days without school
        ("20 Nov N N; 21 Nov N N (a Saturday); 23 Nov N N", "", "N", "3", "3", "3", ""),
        ("12 Nov N N; 13 Nov N N (INSET); 16 Nov to 23 Nov N N", "", "N", "8", "8", "8", ""),
        ("22 Oct to 23 Nov N N (half term, INSET, 10 Nov shut)", "", "N", "17", "17", "17", ""),
        ("18 Nov N N (afternoon shut)", "", "N", "1", "2", "1", ""),
        ("18 Nov / N (afternoon shut)", "", "N", "1", "1", "1", ""),
        ("10 Nov N N (shut that day)", "", "N", "1", "1", "1", ""),
        ("11 Nov N N (sent home at noon)", "", "N", "1", "2", "1", ""),
        ("11 Nov / N (sent home at noon)", "", "N", "1", "1", "1", ""),
        # sessions that were not open to the child
        ("20 Nov X X; 23 Nov X X", "", "N", "1", "1", "3", ""),
        ("20 Nov S S; 23 Nov J1 J1", "", "N", "1", "1", "3", ""),
        ("20 Nov N N; 23 Nov X X", "", "N", "2", "2", "3", ""),
        ("23 Nov / X", "", "N", "1", "1", "1", ""),
        ("23 Nov N X", "", "N", "2", "2", "2", ""),
        ("23 Nov N S", "", "N", "2", "2", "2", ""),
        ("23 Nov J1 N", "", "N", "2", "2", "2", ""),
        ("23 Nov / C2", "C2 planned for afternoons", "N", "1", "1", "1", ""),
        ("23 Nov / C2", "", "N", "1.5", "1.5", "1", ""),
        ("23 Nov N C2", "C2 planned for afternoons", "N", "2", "2", "2", ""),
        ("23 Nov C2 C2", "C2 planned for afternoons", "N", "2", "2", "2", ""),
        ("23 Nov C2 /", "C2 planned for afternoons", "N", "1", "1.5", "1", ""),
        ("19 Nov N N; 20 Nov N N; 23 Nov N N", "starts on 23 Nov", "N", "2", "2", "2", ""),
        ("18 Nov to 19 Nov N N; 23 Nov N N", "starts on 20 Nov", "N", "2", "2", "2", ""),
        # off site
        ("23 Nov B B", "", "N", "1", "1", "2", ""),
        ("23 Nov B B", "arrived on Monday morning", "N", "1", "1", "1", ""),
        ("23 Nov B B", "not arrived on Monday morning", "N", "1", "1.5", "2", ""),
        ("23 Nov B B", "not arrived on Monday, morning and afternoon", "N", "2", "2", "2", ""),
        # signed in, found, or looked for in vain
        ("23 Nov N N", "signed in on Monday at 10:00", "N", "1.5", "1.5", "1", ""),
        ("23 Nov N N", "signed out on Monday at 11:00", "N", "1.5", "1.5", "1", ""),
        ("23 Nov N N", "found on Monday at 09:30", "N", "1.5", "1.5", "1", ""),
        ("23 Nov N N", "looked for in vain on Monday at 09:30, found at 10:00", "N", "1.5", "1.5", "1", ""),
        ("23 Nov N N", "found on Monday at 09:30, looked for in vain at 10:00", "N", "1.5", "1.5", "1", ""),
        ("", "looked for in vain on Monday at 08:50", "N", "1", "1", "1", ""),
        ("", "looked for in vain on Monday at 09:30", "N", "1", "1.5", "1", ""),
        ("", "looked for in vain on Monday, morning and afternoon", "N", "2", "2", "2", ""),
        # sessions of which nothing is known
        ("23 Nov none none", "group 5C, whose register never came", "N", "1", "1", "2", "yes"),
        ("23 Nov blank blank", "", "N", "1", "1", "2", "yes"),
        ("23 Nov Q9 H", "", "N", "1", "1", "2", "yes"),
        ("23 Nov # # (for this child alone)", "", "N", "1", "1", "2", ""),
        ("23 Nov / blank", "", "N", "1", "1", "1", "yes"),
        ("23 Nov blank /", "", "N", "1", "1", "1", "yes"),
        ("23 Nov N blank", "", "N", "2", "2", "2", ""),
        ("23 Nov blank N", "", "N", "2", "2", "2", ""),
        ("20 Nov N N; 23 Nov blank blank", "", "N", "2", "2", "3", "yes"),
        ("23 Nov blank blank", "looked for in vain on Monday at 09:30", "N", "2", "2", "2", ""),
        # seen by somebody of the school
        (TWO_WEEKS, "", "N", "7", "7", "7", ""),
        (TWO_WEEKS, "seen at home on Thursday with a parent", "N", "7", "3", "3", ""),
        (TWO_WEEKS, "seen at home on Thursday without a parent", "N", "7", "7", "3", ""),
        (TWO_WEEKS, "seen at home on Thursday with a parent, taken back", "N", "7", "7", "7", ""),
        (TWO_WEEKS, "seen in school on Thursday with a parent", "N", "3.5", "3", "3", ""),
        (TWO_WEEKS, "seen in school on Thursday without a parent", "N", "3.5", "6.5", "3", ""),
        (TWO_WEEKS, "seen by video on Thursday with a parent", "N", "7", "7", "3", ""),
        (TWO_WEEKS, "AMBER; seen by video on Thursday with a parent", "N", "7", "7", "3", ""),
        (TWO_WEEKS, "RED; seen by video on Thursday with a parent", "N", "7", "3", "3", ""),
        (TWO_WEEKS, "RED; seen by video on Thursday without a parent", "N", "7", "7", "3", ""),
        (TWO_WEEKS, "seen at home today with a parent", "N", "7", "0", "0", ""),
        (TWO_WEEKS, "seen at home today without a parent", "N", "7", "7", "0", ""),
        # today counts whole until the child is seen
        ("", "", "blank", "1", "1", "1", ""),
        ("", "told today", "I", "1", "1", "1", ""),
        ("23 Nov N N", "", "X", "1", "1", "2", ""),
        ("23 Nov N N", "", "S", "1", "1", "2", ""),
        ("", "", "J1", "0", "0", "1", ""),
        ("", "C2 planned for all day", "C2", "0", "0", "1", ""),
        ("", "", "C2", "1", "1", "1", ""),
        ("", "", "B", "0", "0", "1", ""),
        ("", "arrived today", "B", "0", "0", "0", ""),
        ("", "not arrived today", "B", "1", "1", "1", ""),
        ("", "", "N N", "1", "1", "1", ""),
        ("", "", "/ N", "0.5", "0.5", "0", ""),
        ("23 Nov N N", "", "/ N", "0.5", "1.5", "0", ""),
        ("", "", "N X", "1", "1", "1", ""),
        ("", "", "/ X", "0", "0", "0", ""),
        ("", "", "blank N", "1", "1", "1", ""),
        ("", "signed in today at 10:00", "N N", "0.5", "0.5", "0", ""),
        ("", "looked for in vain today at 09:30", "/ N", "1", "1", "1", ""),
        ("", "looked for in vain today at 13:30", "/ /", "0.5", "0.5", "0", ""),
    ),
)  # fmt: skip


def _check(finding: str, day: str, session: str, at: str) -> Said:
    return f"{day}T{at}", ("check", "PUPIL", finding, "--day", day, "--session", session)


def _seen(how: str, parent: str, day: str = THURSDAY) -> Said:
    return f"{day}T09:35", ("seen", "PUPIL", "--how", how, f"--{parent}-parent", "--day", day, "--session", "AM")


AFTER_IT = _check("--not-found", MONDAY, "AM", "09:30")
NOT_ARRIVED = _check("--not-arrived", MONDAY, "AM", "09:30")
SAID: dict[str, tuple[Said, ...]] = {
    "arrived on Monday morning": (_check("--arrived", MONDAY, "AM", "09:30"),),
    "not arrived on Monday morning": (NOT_ARRIVED,),
    "not arrived on Monday, morning and afternoon": (NOT_ARRIVED, _check("--not-arrived", MONDAY, "PM", "13:40")),
    "found on Monday at 09:30": (_check("--found", MONDAY, "AM", "09:30"),),
    "looked for in vain on Monday at 09:30, found at 10:00": (AFTER_IT, _check("--found", MONDAY, "AM", "10:00")),
    "found on Monday at 09:30, looked for in vain at 10:00": (
        _check("--found", MONDAY, "AM", "09:30"), _check("--not-found", MONDAY, "AM", "10:00"),
    ),
    "looked for in vain on Monday at 08:50": (_check("--not-found", MONDAY, "AM", "08:50"),),
    "looked for in vain on Monday at 09:30": (AFTER_IT,),
    "looked for in vain on Monday, morning and afternoon": (AFTER_IT, _check("--not-found", MONDAY, "PM", "13:40")),
    "seen at home on Thursday with a parent": (_seen("home", "with"),),
    "seen at home on Thursday without a parent": (_seen("home", "without"),),
    "seen at home on Thursday with a parent, taken back": (
        _seen("home", "with"), (f"{THURSDAY}T09:35", ("withdraw", "last", "--why", "the wrong child")),
    ),
    "seen in school on Thursday with a parent": (_seen("school", "with"),),
    "seen in school on Thursday without a parent": (_seen("school", "without"),),
    "seen by video on Thursday with a parent": (_seen("video", "with"),),
    "seen by video on Thursday without a parent": (_seen("video", "without"),),
    "seen at home today with a parent": (_seen("home", "with", DAY),),
    "seen at home today without a parent": (_seen("home", "without", DAY),),
    "told today": (
        (f"{DAY}T09:20", ("explain", "PUPIL", "--told-by", "mother", "--reason", "a cold", "--child-with", "mother")),
    ),
    "arrived today": (_check("--arrived", DAY, "AM", "09:30"),),
    "not arrived today": (_check("--not-arrived", DAY, "AM", "09:30"),),
    "looked for in vain today at 09:30": (_check("--not-found", DAY, "AM", "09:30"),),
    "looked for in vain today at 13:30": (_check("--not-found", DAY, "PM", "13:30"),),
}  # fmt: skip
SHUT_ON_THE_DAY: list[Said] = [
    ("2026-11-10T07:30", ("close", "--day", "2026-11-10", "--why", "the boiler has failed")),
    ("2026-11-11T11:30", ("close", "--day", "2026-11-11", "--session", "PM", "--why", "the boiler has failed")),
]
PUPILS = {f"P{number:02d}": row for number, row in enumerate(RULES.rows, start=1)}


def _else(pupil: str) -> list[str]:
    return [words for words in PUPILS[pupil][1].split("; ") if words]


def _people() -> list[str]:
    groups = {pupil: "5C" if "group 5C" in row[1] else "4B" for pupil, row in PUPILS.items()}
    starts = {p: f"2026-11-{row[1][-6:-4]}" if "starts on" in row[1] else "" for p, row in PUPILS.items()}
    return roll([f"{p},Ivy,Brennan,{groups[p]},2016-01-01,{starts[p]}," for p in PUPILS] + ["P00,Jo,Fell,4B,,,"])


def _plans() -> list[str]:
    sessions = {"C2 planned for afternoons": "PM", "C2 planned for all day": ""}
    planned = [(pupil, sessions[words]) for pupil in PUPILS for words in _else(pupil) if words in sessions]
    return ["pupil_id,from_date,to_date,session,code", *(f"{p},2026-11-02,2026-12-18,{s},C2" for p, s in planned)]


def _flags() -> list[str]:
    flags = {"RED": "social-worker", "AMBER": "ewo"}
    return ["pupil_id,flag", *(f"{p},{flags[words]}" for p in PUPILS for words in _else(p) if words in flags)]


def _lates() -> list[str]:
    rows = []
    for pupil, row in PUPILS.items():
        if row[1].startswith("signed "):
            day, at = (MONDAY if "Monday" in row[1] else DAY), row[1][-5:]
            rows.append(f"{pupil},{day},,{at}" if "signed out" in row[1] else f"{pupil},{day},{at},")
    return ["pupil_id,date,time_in,time_out", *rows]


def _marks() -> dict[str, Marks]:
    found = {"P00": marks_in("", [*OPEN, DAY])}
    for pupil, row in PUPILS.items():
        halves = zip(row[2].split(), ("AM", "PM"), strict=False)
        found[pupil] = marks_in(row[0], OPEN) | {(DAY, half): as_mark(word, half) for word, half in halves}
    return found


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """All of these pupils in one school, lived through until two o'clock: its morning's and its afternoon's answer."""
    school = School(tmp_path_factory.mktemp("days") / "school", calendar=SHUT_IN_THE_CALENDAR)
    marks = _marks()
    files = {
        "roll.csv": ("2026-11-02T08:00", _people()),
        "flags.csv": ("2026-11-02T08:00", _flags()),
        "plans.csv": ("2026-11-02T08:00", _plans()),
        "earlier.csv": ("2026-11-20T16:00", registers(marks, last="2026-11-20")),
        "saturday.csv": ("2026-11-21T16:00", registers(marks, first="2026-11-21", last="2026-11-21")),
        "monday-am.csv": (f"{MONDAY}T09:05", registers(marks, first=MONDAY, last=MONDAY, half="AM")),
        "monday-pm.csv": (f"{MONDAY}T13:20", registers(marks, first=MONDAY, last=MONDAY, half="PM")),
        "am.csv": (f"{DAY}T09:05", registers(marks, first=DAY, last=DAY, half="AM")),
        "pm.csv": (f"{DAY}T13:15", registers(marks, first=DAY, last=DAY, half="PM")),
        "lates.csv": (f"{DAY}T13:15", _lates()),
    }
    said = [(at, tuple(pupil if word == "PUPIL" else word for word in words))
            for pupil in PUPILS for other in _else(pupil) for at, words in SAID.get(other, ())]  # fmt: skip
    live_until(school, f"{DAY}T14:00", [*SHUT_ON_THE_DAY, *said], files)
    return {half: school.reconcile(half, at="14:00") for half in ("AM", "PM")}


@pytest.mark.parametrize("pupil", PUPILS)
def test_days_of_absence(pupil: str, answers: dict[str, Json]) -> None:
    _, _, today, *expected = PUPILS[pupil]
    days = pupil_in(answers["PM" if " " in today else "AM"], pupil)["days_absent"]
    found = [f"{days[name]:g}" for name in ("spell", "cumulative", "since_seen")]
    assert [*found, "yes" if days["at_least"] else ""] == expected
