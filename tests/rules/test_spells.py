"""Where one spell of absence ends and the next begins, as a pupil's history tells it."""

import json

import pytest

from rules.days import as_mark, marks_in, registers, weekdays
from rules.school import DAY, Json, School, roll, typed
from rules.table import RuleTable

MONDAY = "2026-11-23"
OPEN = list(weekdays("2026-11-09", MONDAY))

RULES = RuleTable(
    title="Spells of absence up to the morning of Tuesday 24 November 2026",
    source="Policy: a session in school ends a spell; one of which nothing is known neither ends nor lengthens it",
    columns=("earlier days", "today", "spells: first, last, sessions missed"),
    rows=(
        ("", "/", "none"),
        ("", "N", "24 Nov AM to 24 Nov AM, 1, goes on"),
        ("23 Nov N N", "/", "23 Nov AM to 23 Nov PM, 2"),
        ("23 Nov N N", "N", "23 Nov AM to 24 Nov AM, 3, goes on"),
        ("23 Nov / N", "N", "23 Nov PM to 24 Nov AM, 2, goes on"),
        ("23 Nov N /", "N", "23 Nov AM to 23 Nov AM, 1; 24 Nov AM to 24 Nov AM, 1, goes on"),
        ("20 Nov N N; 23 Nov N N", "/", "20 Nov AM to 23 Nov PM, 4"),
        ("16 Nov I I; 18 Nov I I", "/", "16 Nov AM to 16 Nov PM, 2; 18 Nov AM to 18 Nov PM, 2"),
        ("13 Nov I C; 16 Nov M N", "/", "13 Nov AM to 16 Nov PM, 4"),
        # a late child was there; off site is somewhere
        ("18 Nov N N; 19 Nov L /; 20 Nov N N", "/", "18 Nov AM to 18 Nov PM, 2; 20 Nov AM to 20 Nov PM, 2"),
        ("18 Nov N N; 19 Nov B B; 20 Nov N N", "/", "18 Nov AM to 18 Nov PM, 2; 20 Nov AM to 20 Nov PM, 2"),
        # sessions that were not open to the child do not part two spells
        ("19 Nov N N; 20 Nov X X; 23 Nov N N", "/", "19 Nov AM to 23 Nov PM, 4"),
        # sessions of which nothing is known
        ("19 Nov N N; 20 Nov blank blank; 23 Nov N N", "/", "19 Nov AM to 23 Nov PM, at least 4"),
        ("19 Nov N N; 20 Nov none none; 23 Nov N N", "/", "19 Nov AM to 23 Nov PM, at least 4"),
        ("19 Nov N N; 20 Nov blank /", "/", "19 Nov AM to 19 Nov PM, at least 2"),
        ("20 Nov blank blank; 23 Nov N N", "/", "23 Nov AM to 23 Nov PM, 2"),
        ("23 Nov N N", "blank", "23 Nov AM to 23 Nov PM, at least 2, goes on"),
        ("", "blank", "none"),
    ),
)  # fmt: skip
PUPILS = {f"P{number:02d}": row for number, row in enumerate(RULES.rows, start=1)}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A pupil for each row, with everything taken in."""
    made = School(tmp_path_factory.mktemp("spells") / "school")
    marks = {pupil: marks_in(row[0], OPEN) for pupil, row in PUPILS.items()}
    today = [f"{pupil},{DAY},AM,{as_mark(row[1], 'AM')}" for pupil, row in PUPILS.items()]
    made.drop("roll.csv", roll(f"{pupil},Child{pupil},Ward,4B,2016-01-01,," for pupil in PUPILS))
    made.drop("register.csv", [*registers(marks), *today])
    made.take_in(at="09:20")
    return made


@pytest.mark.parametrize("pupil", PUPILS, ids=lambda pupil: " ".join(PUPILS[pupil][:2]))
def test_spells(school: School, pupil: str) -> None:
    words = ("report", "history", pupil, "--from", "2026-11-09", "--format", "json", "--session", "AM")
    said = typed(*words, "--school", str(school.folder), "--now", f"{DAY}T09:30")
    assert said.exit_code == 0, said.stderr
    assert _in_words(said.stdout) == PUPILS[pupil][2]


def _in_words(answer: str) -> str:
    return "; ".join(_spell(spell) for spell in json.loads(answer)["spells"]) or "none"


def _spell(spell: Json) -> str:
    first, last = (f"{_day(spell[end])} {spell[f'{end}_session']}" for end in ("first", "last"))
    least, on = "at least " if spell["at_least"] else "", ", goes on" if spell["open"] else ""
    return f"{first} to {last}, {least}{spell['sessions']}{on}"


def _day(text: str) -> str:
    return f"{int(text[8:])} Nov"
