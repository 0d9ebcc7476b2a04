"""The brake: when a list is too long to be true, what has likely gone wrong, and that nobody leaves it for that."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.school import DAY, Json, School
from rules.table import RuleTable

SOURCE = "Policy: [brake] pupils = 10, share_of_roll = 0.25, times_usual = 3.0"
SHARE, USUAL, NONE = "over 0.25 of it", "over 3 times the usual {}", "no warning"

LENGTHS = RuleTable(
    title="A list that is too long to be true, at 09:40 on Tuesday 24 November 2026, is shown with a warning",
    source=SOURCE,
    columns=("on the roll", "marked this morning", "lists of the school days before, the last one last", "[brake]",
             "warning"),
    rows=(
        # a share of the roll
        ("100", "25 N", "", "as shipped", NONE),
        ("100", "26 N", "", "as shipped", SHARE),
        ("30", "9 N", "", "as shipped", NONE),
        ("30", "10 N", "", "as shipped", SHARE),
        ("100", "13 N, 13 blank", "", "as shipped", SHARE),
        ("100", "13 N, 13 in no register", "", "as shipped", SHARE),
        ("100", "13 N, 13 I and somebody's words", "", "as shipped", NONE),
        ("100", "25 N, 60 C", "", "as shipped", NONE),
        ("100", "40 X", "", "as shipped", NONE),
        ("100", "26 N", "60 60 60", "as shipped", SHARE),
        ("100", "26 N", "", "share_of_roll = 0.5", NONE),
        ("100", "51 N", "", "share_of_roll = 0.5", "over 0.5 of it"),
        ("100", "26 N", "", "pupils = 27", NONE),
        ("100", "6 N", "", "pupils = 6; share_of_roll = 0.05", "over 0.05 of it"),
        # so many times the usual list
        ("100", "12 N", "4 4 4", "as shipped", NONE),
        ("100", "13 N", "4 4 4", "as shipped", USUAL.format(4)),
        ("100", "9 N", "1 1 1", "as shipped", NONE),
        ("100", "10 N", "0 0 0", "as shipped", USUAL.format(0)),
        ("100", "13 N", "4 4", "as shipped", NONE),
        ("100", "13 N", "2 4 20", "as shipped", USUAL.format(4)),
        ("100", "12 N", "2 4 20", "as shipped", NONE),
        ("100", "13 N", "3 5 4 4", "as shipped", USUAL.format(4)),
        ("100", "14 N", "4 5 4 5", "as shipped", USUAL.format(4.5)),
        ("100", "13 N", "4 4 4", "times_usual = 3.5", NONE),
        ("100", "13 N", "4 none 4 none 4", "as shipped", USUAL.format(4)),
        ("100", "13 N", "none 4 none 4", "as shipped", NONE),
        ("100", "13 N", "9 9 9 9 9 4 4 4 4 4 4", "as shipped", USUAL.format(4)),
        ("100", "13 N", "1 1 1 1 1 1 5 5 5 5 5 5", "as shipped", NONE),
        ("100", "13 N", "4 explained 4 explained 4 explained", "as shipped", USUAL.format(0)),
        ("100", "13 N", "4 4 4 5pm 5pm 5pm 5pm", "as shipped", USUAL.format(4)),
    ),
)  # fmt: skip

CAUSES = RuleTable(
    title="What has likely gone wrong: the first that the list shows; 10 pupils a group, in school but for those named",
    source="the counts themselves; the warning names it, and a person looks",
    columns=("at", "the roll", "1A", "1B", "2A", "2B", "likely cause"),
    rows=(
        ("09:40", "", "3 N", "3 N", "3 N", "2 N", "No one cause stands out"),
        # registers not in
        ("09:40", "", "no register", "no register", "", "", "2 registers are missing, of 20 of them: 1A, 1B"),
        ("09:10", "", "no register", "no register", "", "", "2 registers are awaited, of 20 of them: 1A, 1B"),
        ("09:40", "", "no register", "", "4 N", "", "1 register is missing, of 10 of them: 1A"),
        ("09:40", "", "no register", "", "10 N", "", "1 register is missing, of 10 of them: 1A"),
        ("09:40", "", "no register", "1 N", "10 N", "", "No one cause stands out"),
        ("09:40", "", "no register", "no register", "no register", "no register",
         "4 registers are missing, of 40 of them: 1A, 1B, 2A, 2B"),
        # an export made before the registers were saved
        ("09:40", "", "10 blank", "10 blank", "10 blank", "10 blank",
         "40 of the 40 pupils in the registers have no mark: the export was made before the registers were saved"),
        ("09:40", "", "10 blank", "10 blank", "no register", "no register",
         "20 of the 20 pupils in the registers have no mark"),
        ("09:40", "", "10 blank", "10 blank", "10 blank", "", "30 of the 40 pupils in the registers have no mark"),
        ("09:40", "", "10 blank", "10 blank", "9 blank", "", "2 registers are missing, of 20 of them: 1A, 1B"),
        # nearly everyone has the same code
        ("09:40", "", "10 N", "10 N", "10 N", "10 N",
         "40 of the 40 pupils expected are marked N: it may have been filled in for all, or the school is shut"),
        ("09:40", "", "10 N", "10 N", "10 N", "", "30 of the 40 pupils expected are marked N"),
        ("09:40", "", "10 N", "10 N", "9 N", "", "No one cause stands out"),
        ("09:40", "", "10 N", "10 N", "8 N", "2 X", "No one cause stands out"),
        # one group, one year
        ("09:40", "", "10 N", "", "3 N", "", "10 of them are in group 1A: a trip, a visit or an exam of theirs"),
        ("09:40", "", "10 N", "", "4 N", "", "No one cause stands out"),
        ("09:40", "", "10 N", "2 N", "4 N", "", "12 of them are in year 1: a trip, a visit or an exam of theirs"),
        ("09:40", "", "10 N", "2 N", "5 N", "", "No one cause stands out"),
        # a roll with many who were in no register before
        ("09:40", "today, 1A and 1B new", "no register", "no register", "", "",
         "20 of them are in no earlier register: the roll taken in today may be of another year or another school"),
        ("09:40", "today, 1A and 1B new", "10 N", "10 N", "10 N", "10 N", "20 of them are in no earlier register"),
        ("09:40", "today, 1A new", "10 N", "8 N", "3 N", "", "18 of them are in year 1"),
        ("09:40", "today, all of them new", "no register", "no register", "", "", "2 registers are missing"),
        ("09:40", "yesterday, 1A and 1B new", "no register", "no register", "", "", "2 registers are missing"),
    ),
)  # fmt: skip
RULES = (LENGTHS, CAUSES)
GROUPS = ("1A", "1B", "2A", "2B")
MARK = {"N": "N,", "blank": ",", "C": "C,", "X": "X,", "I": "I,a cold"}


def _pupils(number: int) -> list[str]:
    return [f"P{place:03d}" for place in range(1, number + 1)]


def _roll(pupils: Iterable[str]) -> list[str]:
    """A roll of pupils, a quarter in each group."""
    ids = list(pupils)
    groups = [GROUPS[place * len(GROUPS) // len(ids)] for place in range(len(ids))]
    return [
        "pupil_id,forename,surname,year,group",
        *(f"{p},Ivy,{p},{g[0]},{g}" for p, g in zip(ids, groups, strict=True)),
    ]


def _register(marks: Mapping[str, str], day: str = DAY, session: str = "AM") -> list[str]:
    return [f"{p},{day},{session},{mark}" for p, mark in marks.items() if mark != "none"]


def _days_before(number: int) -> list[str]:
    """The last school days before today, the last one last."""
    days, day = list[str](), date.fromisoformat(DAY)
    while len(days) < number:
        day -= timedelta(days=1)
        days += [day.isoformat()] if day.weekday() < 5 else []
    return days[::-1]


def _today(pupils: list[str], words: str) -> dict[str, str]:
    marks, left = dict.fromkeys(pupils, "/,"), iter(pupils[::2] + pupils[1::2])
    for part in words.split(", "):
        number, what = part.split(maxsplit=1)
        for _ in range(int(number)):
            marks[next(left)] = "none" if what == "in no register" else MARK[what.split()[0]]
    return marks


def _history(pupils: list[str], words: str) -> list[str]:
    """The registers of the days before: so many pupils N, the others in school; of the afternoon where it says pm."""
    said = words.replace(" explained", "=").split()
    rows: list[str] = []
    for day, length in zip(_days_before(len(said)), said, strict=True):
        if length != "none":
            marks = dict.fromkeys(pupils, "/,")
            mark = MARK["I"] if length.endswith("=") else MARK["N"]
            marks |= dict.fromkeys(pupils[: int(length.rstrip("=pm"))], mark)
            rows += _register(marks, day, "PM" if length.endswith("pm") else "AM")
    return rows


HEADING = "pupil_id,date,session,mark,comment"


def _warning(answer: Json) -> str:
    found = [a for a in answer["alerts"] if a["alert"] == "implausible-list"]
    assert [a["pupil_id"] for a in found] == [None] * len(found)
    assert len(found) < 2
    return found[0]["because"] if found else NONE


@pytest.mark.parametrize("row", LENGTHS.rows, ids=[" | ".join(row[:4]) for row in LENGTHS.rows])
def test_when_a_list_is_too_long_to_be_true(row: tuple[str, ...], tmp_path: Path) -> None:
    number, today, before, brake, expected = row
    policy = "" if brake == "as shipped" else "[brake]\n" + brake.replace("; ", "\n")
    school, pupils = School(tmp_path / "school", policy=policy), _pupils(int(number))
    school.drop("roll.csv", _roll(pupils))
    school.drop("register.csv", [HEADING, *_history(pupils, before), *_register(_today(pupils, today))])
    warning = _warning(school.reconcile())
    assert (expected in warning) if expected != NONE else warning == NONE


def _in_groups(cells: tuple[str, ...]) -> dict[str, str]:
    """The marks of forty pupils, group by group."""
    marks = dict.fromkeys(_pupils(40), "/,")
    for place, cell in enumerate(cells):
        group = _pupils(40)[place * 10 : place * 10 + 10]
        number, _, what = ("10 none" if cell == "no register" else cell or "0 N").partition(" ")
        marks |= dict.fromkeys(group[: int(number)], MARK.get(what, what))
    return marks


def _morning(folder: Path, row: tuple[str, ...], policy: str = "") -> School:
    """The school of one row of the causes."""
    _, taken, *cells, _ = row
    school, pupils = School(folder / "school", policy=policy), _pupils(40)
    new = (
        pupils if "all" in taken else (pupils[:10] if "1A" in taken else []) + (pupils[10:20] if "1B" in taken else [])
    )
    school.drop("roll.csv", _roll(pupils))
    if taken.startswith("yesterday"):
        school.type("ingest", at="2026-11-23T08:00")
    older = {**dict.fromkeys(set(pupils) - set(new), "/,"), "P999": "/,"} if taken else {}
    school.drop("register.csv", [HEADING, *_register(older, "2026-11-20"), *_register(_in_groups(tuple(cells)))])
    return school


@pytest.mark.parametrize("row", CAUSES.rows, ids=[", ".join(row[:6]) for row in CAUSES.rows])
def test_what_has_likely_gone_wrong(row: tuple[str, ...], tmp_path: Path) -> None:
    because = _warning(_morning(tmp_path, row).reconcile(at=row[0]))
    assert because.split(". ", 1)[1].startswith(row[-1]), because
    assert because.endswith("Nobody was taken off the list: look at this first, then ring")


MORNINGS = [CAUSES.rows[place] for place in (0, 2, 7, 11, 19)]


@pytest.mark.parametrize("row", MORNINGS, ids=[", ".join(row[:6]) for row in MORNINGS])
def test_the_brake_changes_no_standing_no_list_and_no_step(row: tuple[str, ...], tmp_path: Path) -> None:
    answers: list[Json] = []
    for number, policy in enumerate(("", "[brake]\npupils = 10000\n")):
        school = _morning(tmp_path / str(number), row, policy)
        school.take_in(at="09:30")
        typed = [school.type(command, "--format", "json", at="09:40") for command in ("reconcile", "escalate")]
        assert [_warning(json.loads(said.stdout)) == NONE for said in typed] == [bool(policy)] * 2
        for said in typed:
            found = json.loads(said.stdout)
            found["alerts"] = [a for a in found["alerts"] if a["alert"] != "implausible-list"]
            answers.append({**found, "code": said.exit_code})
    assert answers[:2] == answers[2:]


def test_it_is_said_once_above_the_list_and_is_no_reason_to_act_now(tmp_path: Path) -> None:
    school = _morning(tmp_path, CAUSES.rows[0])
    said = school.type("reconcile", "--session", "AM", at="09:40")
    assert said.exit_code == 10
    text = said.stdout.splitlines()
    (warned,) = [place for place, line in enumerate(text) if "IMPLAUSIBLE-LIST" in line]
    listed = next(place for place, line in enumerate(text) if line.startswith("Absent with no explanation"))
    assert warned < listed
    assert "IMPLAUSIBLE-LIST: 11 pupils of a roll of 40 are unexplained or unknown" in text[warned]
    for name in ("call-sheet", "double-check", "commented-absence", "handover"):
        page = school.type("report", name, at="09:40").stdout
        assert page.count("IMPLAUSIBLE-LIST: 11 pupils of a roll of 40") == 1, name
    assert school.type("escalate", at="09:40").stdout.count("IMPLAUSIBLE-LIST: 11 pupils") == 1


def test_no_list_is_too_long_where_there_is_no_school(tmp_path: Path) -> None:
    school = _morning(tmp_path, CAUSES.rows[11])
    school.take_in(at="09:30")
    school.say("close", "--why", "burst pipe", at="09:35")
    assert _warning(school.reconcile()) == NONE
