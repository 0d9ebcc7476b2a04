"""When silence is out of character for a child or a family, and what that does to the calling order."""

from pathlib import Path

import pytest

from builders import POLICY, a_register, a_roll, a_school, run
from rules.children import FLAGS, MESSAGES, Files
from rules.days import Marks, Said, live_until, registers, weekdays
from rules.school import DAY, Json, School, ids, pupil_in, roll
from rules.table import RuleTable

SOURCE = "Guidance, step 8: no explanation from a supportive family is very worrying"

ATTENDS = RuleTable(
    title="Silence out of character by attendance, marked N today: over 97 in 100, and nothing unexplained this year",
    source=SOURCE,
    columns=("this school year", "last school year", "today", "out of character"),
    rows=(
        ("100 sessions", "", "N", "yes"),
        ("100 sessions, 2 I", "", "N", "yes"),
        ("100 sessions, 3 I", "", "N", "no"),
        ("101 sessions, 3 I", "", "N", "yes"),
        ("100 sessions, 4 I", "", "N", "no"),
        ("100 sessions, 1 G", "", "N", "yes"),
        # enough sessions to say so: forty, or last school year's
        ("40 sessions, 1 M", "", "N", "yes"),
        ("40 sessions, 2 M", "", "N", "no"),
        ("39 sessions", "", "N", "no"),
        ("39 sessions", "39 sessions", "N", "no"),
        ("39 sessions", "100 sessions, 2 I", "N", "yes"),
        ("39 sessions", "100 sessions, 3 I", "N", "no"),
        ("40 sessions, 2 I", "100 sessions", "N", "no"),
        # an absence this year that nobody explained
        ("100 sessions, 1 N", "", "N", "no"),
        ("100 sessions, 1 O", "", "N", "no"),
        ("39 sessions, 1 N", "100 sessions", "N", "no"),
        ("100 sessions", "100 sessions, 2 N", "N", "yes"),
        # only silence
        ("100 sessions", "", "I", "yes"),
        ("100 sessions", "", "I, a cold", "no"),
        ("100 sessions", "", "C", "no"),
    ),
)

REPORTS = RuleTable(
    title="Silence out of character by how the family reported earlier absences of this year",
    source=SOURCE,
    columns=("days of earlier absences", "reported by the family", "at", "out of character"),
    rows=(
        ("10 Nov; 17 Nov", "10 Nov 08:30; 17 Nov 08:30", "09:40", "yes"),
        ("10 Nov; 17 Nov", "10 Nov 08:30; 17 Nov 08:30", "08:30", "no"),
        ("10 Nov; 17 Nov", "10 Nov 08:30; 17 Nov 08:30", "08:31", "yes"),
        ("10 Nov; 17 Nov", "10 Nov 09:20; 17 Nov 08:30", "09:20", "no"),
        ("10 Nov; 17 Nov", "10 Nov 09:20; 17 Nov 08:30", "09:21", "yes"),
        # of at least two absences, three in four
        ("10 Nov", "10 Nov 08:30", "09:40", "no"),
        ("10 Nov; 17 Nov", "17 Nov 08:30", "09:40", "no"),
        ("5 Nov; 10 Nov; 17 Nov", "5 Nov 08:30; 10 Nov 08:30", "09:40", "no"),
        ("3 Nov; 5 Nov; 10 Nov; 17 Nov", "3 Nov 08:30; 5 Nov 08:30; 10 Nov 08:30", "09:40", "yes"),
        ("3 Nov; 5 Nov; 10 Nov; 17 Nov", "3 Nov 08:30; 5 Nov 08:30", "09:40", "no"),
        # an absence of two days is one, reported where its first day was
        ("9 Nov; 10 Nov; 17 Nov", "9 Nov 08:30; 17 Nov 08:30", "09:40", "yes"),
        ("9 Nov; 10 Nov; 17 Nov", "10 Nov 08:30; 17 Nov 08:30", "09:40", "no"),
        # however they reported it, as long as it was they
        ("10 Nov; 17 Nov", "10 Nov listen 08:30; 17 Nov listen 08:30", "09:40", "yes"),
        ("10 Nov; 17 Nov", "10 Nov explain 08:30; 17 Nov 08:30", "09:40", "yes"),
        ("10 Nov; 17 Nov", "10 Nov named 08:30; 17 Nov named 08:30", "09:40", "no"),
        ("10 Nov; 17 Nov", "10 Nov matched 08:30; 17 Nov matched 08:30", "09:40", "yes"),
        ("10 Nov; 17 Nov", "10 Nov call 08:30; 17 Nov call 08:30", "09:40", "no"),
        ("", "", "09:40", "no"),
    ),
)

ORDER = RuleTable(
    title="Who is rung first: out of character rises, and never sinks below where the child would stand",
    source=f"{SOURCE}; Millbrook, RED first",
    columns=("rating", "flag", "born", "out of character"),
    rows=(
        ("RED", "", "2010", "yes"),
        ("RED", "", "2009", "no"),
        ("RED", "cannot-summon-help", "2008", "yes"),
        ("GREEN", "cannot-summon-help", "2014", "no"),
        ("AMBER", "cannot-summon-help", "2013", "yes"),
        ("GREEN", "", "2015", "yes"),
        ("GREEN", "walks-alone", "2012", "yes"),
        ("AMBER", "", "2011", "yes"),
        ("AMBER", "walks-alone", "2017", "no"),
        ("GREEN", "walks-alone", "2016", "no"),
        ("AMBER", "", "2018", "no"),
        ("GREEN", "", "2020", "no"),
        ("GREEN", "", "2019", "no"),
    ),
)
RULES = (ATTENDS, REPORTS, ORDER)

CALENDAR = """
[[terms]]
name = "Spring 2026"
first = "2026-01-05"
last = "2026-03-27"

[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"
"""
BEGUN, TODAY, AT = "2026-11-02T08:00", f"{DAY}T08:15", ("08:30", "08:31", "09:20", "09:21", "09:40")
THIS_YEAR, LAST_YEAR = list(weekdays("2026-09-02", "2026-11-23")), list(weekdays("2026-01-05", "2026-03-27"))
RECENTLY = list(weekdays("2026-10-28", "2026-11-23"))  # fewer than forty sessions
NEVER = '[character]\nattended_more_than = "1/1"\nabsences = 99\n'
A_COLD = ("--told-by", "mother", "--reason", "a cold")
SAYING = {
    "listen": ("listen", "--pupil", "PUPIL", *A_COLD),
    "explain": ("explain", "PUPIL", *A_COLD, "--child-with", "mother"),
    "call": ("call", "PUPIL", "--contact", "1", "--outcome", "answered", "--reason", "a cold", "--child-with", "aunt"),
}
ATTENDING = {f"A{number:02d}": row for number, row in enumerate(ATTENDS.rows, start=1)}
REPORTING = {f"B{number:02d}": row for number, row in enumerate(REPORTS.rows, start=1)}
RUNG = {f"C{number:02d}": row for number, row in enumerate(ORDER.rows, start=1)}


def _sessions(words: str, days: list[str]) -> Marks:
    """The last sessions of these days in school, the first of them missed by these marks."""
    if not words:
        return {}
    sessions = [(day, half) for day in days for half in ("AM", "PM")][-int(words.split(maxsplit=1)[0]) :]
    _, _, missed = words.partition(", ")
    number, mark = missed.split() if missed else ("0", "")
    marks = [mark] * int(number) + ["/"] * (len(sessions) - int(number))
    return dict(zip(sessions, marks, strict=True))


def _day(words: str) -> str:
    return f"2026-11-{int(words.split(maxsplit=1)[0]):02d}"


def _away(words: str) -> Marks:
    away = {_day(day) for day in words.split("; ") if day}
    return {(day, half): "I" if day in away else "/" for day in RECENTLY for half in ("AM", "PM")}


def _reported(pupil: str, words: str) -> tuple[list[str], list[Said]]:
    """The rows of messages, and what the office typed in, of one family."""
    rows, said = [], list[Said]()
    for number, one in enumerate(filter(None, words.split("; "))):
        when, way = f"{_day(one)}T{one[-5:]}", one.split()[2]
        if way in SAYING:
            said.append((when, tuple(pupil if word == "PUPIL" else word for word in SAYING[way])))
            continue
        by_name = way in ("named", "matched")
        whom = f",Ivy {pupil}" if by_name else f"{pupil},"
        rows.append(f"M-{pupil}-{number},{when.replace('T', ' ')},{whom},she has a cold,,")
        if way == "matched":
            said.append((f"{_day(one)}T10:00", ("match", f"M-{pupil}-{number}", pupil, "--day", _day(one))))
    return rows, said


def _school(place: pytest.TempPathFactory, files: Files, said: list[Said], policy: str = "") -> School:
    """A school with these files, lived through until a quarter past eight."""
    school = School(place.mktemp("silent") / "school", calendar=CALENDAR, policy=policy)
    live_until(school, TODAY, said, files)
    return school


def _today(marks: dict[str, str]) -> list[str]:
    rows = (f"{p},{DAY},AM,{mark.replace(', ', ',')}{'' if ',' in mark else ','}" for p, mark in marks.items())
    return ["pupil_id,date,session,mark,comment", *rows]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """One school with the pupils of the first two tables, asked at different times."""
    pupils, said = [*ATTENDING, *REPORTING], list[Said]()
    marks = {p: _sessions(row[0], THIS_YEAR) | _sessions(row[1], LAST_YEAR) for p, row in ATTENDING.items()}
    messages: list[str] = []
    for pupil, row in REPORTING.items():
        marks[pupil] = _away(row[0])
        rows, typed = _reported(pupil, row[1])
        messages, said = [*messages, *rows], [*said, *typed]
    phones = (f"{p},1,Jan Brennan,07700 900{n:03d}" for n, p in enumerate(pupils))
    files = {
        "roll.csv": (BEGUN, roll(f"{p},Ivy,{p},4B,2016-01-01,," for p in pupils)),
        "contacts.csv": (BEGUN, ["pupil_id,order,name,phone", *phones]),
        "earlier.csv": (TODAY, registers(marks)),
        "today.csv": (TODAY, _today({p: ATTENDING[p][2] if p in ATTENDING else "N" for p in pupils})),
    }
    for day in {row.split(",")[1][:10] for row in messages}:
        files[f"{day}.csv"] = (f"{day}T09:30", [MESSAGES, *(row for row in messages if f",{day} " in row)])
    school = _school(tmp_path_factory, files, said)
    return {at: school.reconcile(at=at) for at in AT}


@pytest.mark.parametrize("pupil", ATTENDING)
def test_a_child_who_attends_well(pupil: str, answers: dict[str, Json]) -> None:
    assert pupil_in(answers["09:40"], pupil)["out_of_character"] is (ATTENDING[pupil][3] == "yes")


@pytest.mark.parametrize("pupil", REPORTING)
def test_a_family_that_reports(pupil: str, answers: dict[str, Json]) -> None:
    assert pupil_in(answers[REPORTING[pupil][2]], pupil)["out_of_character"] is (REPORTING[pupil][3] == "yes")


def _in_order(place: pytest.TempPathFactory, policy: str) -> Json:
    flags = {p: ["social-worker" if row[0] == "RED" else "ewo" if row[0] == "AMBER" else "", row[1]]
             for p, row in RUNG.items()}  # fmt: skip
    marks = {p: _sessions("100 sessions" if row[3] == "yes" else "39 sessions", THIS_YEAR) for p, row in RUNG.items()}
    files = {
        "roll.csv": (BEGUN, roll(f"{p},Ivy,{p},4B,{row[2]}-01-01,," for p, row in RUNG.items())),
        "flags.csv": (BEGUN, [FLAGS, *(f"{p},{flag},,,,," for p, words in flags.items() for flag in words if flag)]),
        "earlier.csv": (TODAY, registers(marks)),
        "today.csv": (TODAY, _today(dict.fromkeys(RUNG, "N"))),
    }
    return _school(place, files, [], policy).reconcile()


def test_the_calling_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    answer = _in_order(tmp_path_factory, "")
    assert ids(answer, "unexplained") == list(RUNG)
    found = {p: ("yes" if pupil_in(answer, p)["out_of_character"] else "no") for p in RUNG}
    assert found == {p: row[3] for p, row in RUNG.items()}


def test_nobody_who_is_out_of_character_is_rung_later_for_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    order = ids(_in_order(tmp_path_factory, ""), "unexplained")
    without = ids(_in_order(tmp_path_factory, NEVER), "unexplained")
    assert order != without
    assert [p for p, row in RUNG.items() if row[3] == "yes" and order.index(p) > without.index(p)] == []


def test_a_school_that_wants_no_absences_first_raises_nobody_without_one(tmp_path: Path) -> None:
    school = a_school(
        tmp_path,
        {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,/", "P003,/")},
        policy=f"{POLICY}[character]\nabsences = 0\n",
    )
    ended = run(school, "reconcile", "--format", "json")
    assert ended.code == 10
    assert [p["out_of_character"] for p in ended.json["unexplained"]] == [False]
