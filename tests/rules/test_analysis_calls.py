"""Weeks and terms: what a call counts as, how long it took to the first contact, and what a visit counts as."""

from pathlib import Path

import pytest

from firstday_cli.domain.log.calls import Outcome
from rules.ratings import named
from rules.school import DAY, Json, School, register, roll
from rules.steps import done
from rules.table import RuleTable
from weeks import weeks

CONTACTS = ["pupil_id,order,name,phone", "P1,1,Sky Moss,07700 900101", "P1,2,Jo Fell,07700 900102"]
HEARD = ("--child-with", "mother, at home", "--no-reason")
FIRST = RuleTable(
    title="From the list to the first contact: minutes, and whether it was within an hour",
    source="Millbrook: all phone calls by 10am; the list first shows a child when a register of the day has it absent",
    columns=("registers of the morning", "what was done", "asked at", "on the list", "minutes", "within an hour"),
    rows=(
        ("N 08:50", "answered call 09:40", "12:00", "1", "50", "1 of 1"),
        ("N 08:50", "answered call 09:50", "12:00", "1", "60", "1 of 1"),
        ("N 08:50", "answered call 09:51", "12:00", "1", "61", "0 of 1"),
        ("N 08:50", "call 09:20; answered call 09:40", "12:00", "1", "50", "1 of 1"),
        ("N 08:50", "answered call 09:40; answered call 11:00", "12:00", "1", "50", "1 of 1"),
        # no answer: not known how long, and not within the hour once it is over
        ("N 08:50", "", "12:00", "1", "", "0 of 1"),
        ("N 08:50", "call 09:20", "12:00", "1", "", "0 of 1"),
        ("N 08:50", "call 09:20", "09:50", "1", "", "0 of 0"),
        ("N 08:50", "call 09:20", "09:51", "1", "", "0 of 1"),
        ("N 08:50", "text 09:20", "12:00", "1", "", "0 of 1"),
        ("N 08:50", "answered call 09:40; answered call taken back 11:00", "12:00", "1", "", "0 of 1"),
        # when the list first shows the child
        ("N 08:50, N 09:20", "answered call 09:40", "12:00", "1", "50", "1 of 1"),
        ("/ 08:50, N 09:20", "answered call 09:40", "12:00", "1", "20", "1 of 1"),
        ("I with words 08:50, N 09:20", "answered call 09:40", "12:00", "1", "20", "1 of 1"),
        ("I 08:50", "answered call 09:40", "12:00", "1", "50", "1 of 1"),
        ("- 08:50", "answered call 09:55", "12:00", "1", "65", "0 of 1"),
        ("N 08:50", "answered call 08:40, written down 08:55", "12:00", "1", "0", "1 of 1"),
        # not on the list, or off it before anybody had to ring
        ("/ 08:50", "answered call 09:40", "12:00", "0", "", "0 of 0"),
        ("N 08:50", "told 09:30", "12:00", "0", "", "0 of 0"),
        ("N 08:50", "found 09:30", "12:00", "0", "", "0 of 0"),
    ),
)
ANSWERS = RuleTable(
    title="What a call counts as in weeks and terms",
    source="Guidance, step 5: call until you get an answer. The outcomes of a call say what each of them is",
    columns=("outcome", "a call", "answered", "said where the child is"),
    rows=(
        ("answered", "1", "1", "1"),
        ("thought-in-school", "1", "1", "0"),
        ("does-not-know-where", "1", "1", "0"),
        ("other-adult-knows", "1", "1", "0"),
        ("other-adult-knows-nothing", "1", "1", "0"),
        ("refused", "1", "1", "0"),
        ("language-barrier", "1", "1", "0"),
        ("child-answered", "1", "1", "0"),
        ("no-answer", "1", "0", "0"),
        ("engaged", "1", "0", "0"),
        ("voicemail-left", "1", "0", "0"),
        ("voicemail-full", "1", "0", "0"),
        ("overseas-tone", "1", "0", "0"),
        ("wrong-number", "1", "0", "0"),
        ("dead-number", "1", "0", "0"),
        ("text-sent", "0", "0", "0"),
        ("text-replied", "0", "0", "0"),
    ),
)
RULES = (FIRST, ANSWERS)
BY = ("--by", "A. Officer")


def _school(folder: Path, registers: str = "N 08:50") -> School:
    """One child of these registers, and another in school."""
    school = School(folder / "school")
    school.drop("roll.csv", roll(["P1,Kit,Moss,4B,2016-01-01,,", "Q1,Jo,Fell,4B,2016-01-01,,"]))
    school.drop("contacts.csv", CONTACTS)
    for number, words in enumerate(registers.split(", ")):
        mark, _, at = words.rpartition(" ")
        said = ("P1", "I", "mother rang") if mark == "I with words" else ("P1", mark)
        school.drop(f"am-{number}.csv", register([said, ("Q1", "/")]), changed=f"{at}:00")
        school.take_in(at=at)
    return school


def _weeks(school: School, at: str) -> Json:
    found: Json = weeks(school.folder, DAY, DAY, now=f"{DAY}T{at}")
    return found


@pytest.mark.parametrize("row", FIRST.rows, ids=named(FIRST))
def test_how_long_it_took_to_the_first_contact(row: tuple[str, ...], tmp_path: Path) -> None:
    registers, steps, at, listed, minutes, within = row
    school = _school(tmp_path, registers)
    done(school, "P1", steps)
    found = _weeks(school, at)["first_contact"]
    assert found["listed"] == int(listed)
    assert found["median_minutes"] == (float(minutes) if minutes else None)
    assert f"{found['within_an_hour']} of {found['settled']}" == within


@pytest.fixture(scope="module")
def every_outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, School]:
    """A school for each outcome, with one call that ended so."""
    schools = {}
    for outcome in Outcome:
        schools[outcome.value] = school = _school(tmp_path_factory.mktemp("outcome"))
        heard = HEARD if outcome is Outcome.ANSWERED else ()
        ended = school.type("call", "P1", "--contact", "2", "--outcome", outcome.value, *heard, *BY, at="09:40")
        assert ended.exit_code in (0, 11), ended.stderr
    return schools


@pytest.mark.parametrize("row", ANSWERS.rows, ids=named(ANSWERS))
def test_what_a_call_counts_as(row: tuple[str, ...], every_outcome: dict[str, School]) -> None:
    outcome, *expected = row
    calls = _weeks(every_outcome[outcome], "12:00")["calls"]
    assert [str(calls[key]) for key in ("calls", "answered", "contact_made")] == expected
    rate = 100.0 * int(expected[1]) if expected[0] == "1" else None
    assert calls["answer_rate"] == rate
    assert [line["label"] for line in calls["by_hour"]] == ["09:00 to 09:59"] * int(expected[0])
    assert [line["label"] for line in calls["by_contact"]] == ["contact 2"] * int(expected[0])


def test_every_outcome_has_its_row() -> None:
    assert {row[0] for row in ANSWERS.rows} == {outcome.value for outcome in Outcome}
