"""What was made and logged in time, what late, what not at all: calls, and texts by family."""

import pytest

from rules.day_reports import CONTACTS, OTHERS, a_roll, mobiles, summary
from rules.ratings import ids_of, named
from rules.school import Json, School, register
from rules.steps import done
from rules.table import RuleTable

CALLS = RuleTable(
    title="Called and logged by 10:00: a child marked N this morning",
    source="Millbrook: all phone calls to be made and logged for analysis by 10am",
    columns=("what was done", "asked at", "stands"),
    rows=(
        ("", "09:59", "not due yet"),
        ("", "10:00", "not due yet"),
        ("", "10:01", "not made"),
        ("call 09:40", "09:50", "made and logged in time"),
        ("call 09:40", "10:30", "made and logged in time"),
        ("call 10:00", "10:30", "made and logged in time"),
        ("call 10:01", "10:30", "made late"),
        # what happened, and the writing down of it
        ("call 09:40, written down 10:00", "10:30", "made and logged in time"),
        ("call 09:40, written down 10:01", "10:30", "made in time, logged late"),
        ("call 09:40, written down 10:20", "10:10", "not made"),
        ("call 09:40, written down 10:20; call 09:50", "10:30", "made and logged in time"),
        ("call 10:05; call 09:40, written down 10:20", "10:30", "made in time, logged late"),
        ("call 10:05, written down 10:20", "10:30", "made late"),
        # a withdrawn call was never made
        ("call 09:40; call taken back 10:10", "10:30", "not made"),
        ("call 09:40; call taken back 10:10; call 10:20", "10:30", "made late"),
        ("call 09:40; call taken back 10:10", "10:05", "made and logged in time"),
        # what is a call, and what is none
        ("wrong number 09:40", "10:30", "made and logged in time"),
        ("answered call 09:40", "10:30", "made and logged in time"),
        ("text 09:40", "10:30", "not made"),
        ("text by the call sheet 09:40", "10:30", "not made"),
        ("pasted 09:40", "10:30", "not made"),
        # who had to be rung: whose case was open when calls were due, whatever came after
        ("found 09:50", "10:30", "need not be rung"),
        ("found 09:50, written down 10:20", "10:30", "need not be rung"),
        ("found 10:10", "10:30", "not made"),
        ("told 09:50", "10:30", "need not be rung"),
        ("told 10:10", "10:30", "not made"),
        ("told 09:50; told taken back 10:20", "10:30", "not made"),
        ("call 09:40; found 09:50", "10:30", "made and logged in time"),
        ("told 09:50; call 10:20", "10:30", "made late"),
    ),
)  # fmt: skip
AFTERNOON = RuleTable(
    title="Called and logged by 14:00, where the absence began in the afternoon",
    source="Policy, [afternoon] calls_made_by",
    columns=("this morning", "this afternoon", "what was done", "asked at", "stands"),
    rows=(
        ("/", "N", "", "14:00", "PM: not due yet"),
        ("/", "N", "", "14:01", "PM: not made"),
        ("/", "N", "call 13:40", "14:30", "PM: made and logged in time"),
        ("/", "N", "call 13:40, written down 14:10", "14:30", "PM: made in time, logged late"),
        ("/", "N", "call 14:10", "14:30", "PM: made late"),
        ("/", "N", "call 09:40", "14:30", "PM: not made"),
        ("N", "N", "call 13:40", "14:30", "AM: made late"),
        ("N", "N", "call 09:40", "14:30", "AM: made and logged in time"),
        ("N", "/", "", "14:30", "AM: not made"),
        ("N", "N", "found 11:00", "14:30", "AM: not made; PM: not made"),
        ("N", "N", "call 09:40; found 11:00; call 13:40", "14:30",
         "AM: made and logged in time; PM: made and logged in time"),
        ("N", "N", "found 11:00; call 13:40", "14:30", "AM: not made; PM: made and logged in time"),
    ),
)  # fmt: skip
TEXTS = RuleTable(
    title="Texted and logged by 10:00: one text a family",
    source="Millbrook: text messages to all absent student families by 10am",
    columns=("the children of the family", "what was done about the first", "stands at 10:30"),
    rows=(
        ("N", "", "not made"),
        ("N", "text 09:40", "made and logged in time"),
        ("N", "text by the call sheet 09:40", "made and logged in time"),
        ("N", "text 09:40, written down 10:10", "made in time, logged late"),
        ("N", "text 10:10", "made late"),
        ("N", "text 09:40; text taken back 09:50", "not made"),
        ("N", "call 09:40", "not made"),
        ("N", "told 09:40", "not made"),
        ("N", "found 09:40", "need not be texted"),
        ("N", "found 10:10", "not made"),
        ("S", "", "need not be texted"),
        ("/", "", "need not be texted"),
        ("N, N by the household", "text 09:40", "made and logged in time"),
        ("N, N by the household", "", "not made"),
        ("N, N by the first number", "text 09:40", "made and logged in time"),
        ("N, with a landline alone", "", "no mobile"),
    ),
)
RULES = (CALLS, AFTERNOON, TEXTS)
STATES = {
    "made_and_logged_in_time": "made and logged in time", "made_in_time_logged_late": "made in time, logged late",
    "made_late": "made late", "not_made": "not made", "not_due_yet": "not due yet",
}  # fmt: skip


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which each row of the calls is a child marked N at 08:50."""
    school, pupils = School(tmp_path_factory.mktemp("called") / "school"), ids_of(CALLS)
    school.drop("roll.csv", a_roll(pupils))
    school.drop("contacts.csv", mobiles(pupils))
    school.drop("am.csv", register([*((pupil, "N") for pupil in pupils), *OTHERS]))
    school.take_in(at="08:50")
    for pupil, row in zip(pupils, CALLS.rows, strict=True):
        done(school, pupil, row[0])
    return school


@pytest.mark.parametrize("pupil", ids_of(CALLS), ids=named(CALLS))
def test_calls_are_due_both_made_and_logged_by_ten(pupil: str, called: School) -> None:
    _, at, stands = CALLS.rows[ids_of(CALLS).index(pupil)]
    children = [child for child in summary(called, at)["calls"]["children"] if child["pupil_id"] == pupil]
    assert [STATES[child["state"]] for child in children] == [stands] * (stands != "need not be rung")


def test_the_numbers_add_up_and_each_miss_is_named_with_its_times(called: School) -> None:
    calls = summary(called, "10:30")["calls"]
    expected = [stands for _, _, stands in CALLS.rows]
    assert calls["to_ring"] == sum(calls[state] for state in STATES) == len(calls["children"])
    assert calls["to_ring"] == len(expected) - expected.count("need not be rung")
    late = next(child for child in calls["children"] if child["state"] == "made_in_time_logged_late")
    assert (late["due"][11:16], late["at"][11:16], late["recorded"][11:16]) == ("10:00", "09:40", "10:01")
    assert (calls["contact_made"], calls["first_contact"][11:16]) == (1, "09:40")
    page = called.type("report", "day-summary", at="10:30").stdout
    missed = page.partition("Calls that missed their time")[2].partition("\n\n")[0]
    assert f"{late['pupil_id']}    Kit Row{late['pupil_id']}  4B     10:00  made in time, logged late" in missed
    assert f"{ids_of(CALLS)[3]} " not in missed


@pytest.fixture(scope="module")
def afternoon(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which each row of the afternoon's calls is a child with these two marks."""
    school, pupils = School(tmp_path_factory.mktemp("afternoon") / "school"), ids_of(AFTERNOON)
    school.drop("roll.csv", a_roll(pupils))
    school.drop("contacts.csv", mobiles(pupils))
    rows = dict(zip(pupils, AFTERNOON.rows, strict=True))
    school.drop("am.csv", register([*((pupil, row[0]) for pupil, row in rows.items()), *OTHERS]))
    school.take_in(at="08:50")
    school.drop("pm.csv", register([*((p, row[1].replace("/", "\\")) for p, row in rows.items())], session="PM"))
    school.take_in(at="13:10")
    for pupil, row in rows.items():
        done(school, pupil, row[2])
    return school


@pytest.mark.parametrize("pupil", ids_of(AFTERNOON), ids=named(AFTERNOON))
def test_an_absence_that_began_in_the_afternoon_has_its_own_time(pupil: str, afternoon: School) -> None:
    *_, at, stands = AFTERNOON.rows[ids_of(AFTERNOON).index(pupil)]
    children = [child for child in summary(afternoon, at)["calls"]["children"] if child["pupil_id"] == pupil]
    assert "; ".join(f"{child['session']}: {STATES[child['state']]}" for child in children) == stands


def _family(pupil: str, words: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """The children of one family: rows of the roll, of the contacts, and marks."""
    marks, _, how = words.partition(" by the ")
    landline = marks.endswith("with a landline alone")
    marks = marks.removesuffix(", with a landline alone")
    children = [f"{pupil}{letter}" for letter in "AB"[: len(marks.split(", "))]]
    number = f"01632 9601{pupil[1:]}" if landline else f"07700 9001{pupil[1:]}"
    household = f"H{pupil}" if how == "household" else ""
    on_roll = [f"{child},Kit,Row{child},4B,{household}" for child in children]
    numbers = [f"07700 9002{pupil[1:]}" if how == "household" and n else number for n in range(len(children))]
    contacts = [f"{child},1,Sky Moss,{phone}" for child, phone in zip(children, numbers, strict=True)]
    return on_roll, contacts, list(zip(children, marks.split(", "), strict=True))


@pytest.fixture(scope="module")
def texted(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The summary at 10:30 of a school in which each row of the texts is a family."""
    school = School(tmp_path_factory.mktemp("texted") / "school")
    rows = dict(zip(ids_of(TEXTS), TEXTS.rows, strict=True))
    families = {pupil: _family(pupil, row[0]) for pupil, row in rows.items()}
    lists = [[line for family in families.values() for line in family[n]] for n in (0, 1)]
    marks = [mark for *_, found in families.values() for mark in found]
    school.drop("roll.csv", ["pupil_id,forename,surname,group,household_id", *lists[0], "Q1,Jo,Fell,4B,"])
    school.drop("contacts.csv", [CONTACTS, *lists[1]])
    school.drop("am.csv", register([*marks, ("Q1", "/")]))
    school.take_in(at="08:50")
    for pupil, row in rows.items():
        done(school, f"{pupil}A", row[1])
    return summary(school, "10:30")


@pytest.mark.parametrize("pupil", ids_of(TEXTS), ids=named(TEXTS))
def test_texts_are_due_by_family(pupil: str, texted: Json) -> None:
    children, _, stands = TEXTS.rows[ids_of(TEXTS).index(pupil)]
    found = [f for f in texted["texts"]["by_family"] if f"{pupil}A" in f["pupil_ids"]]
    assert [STATES[f["state"]] for f in found] == [stands] * (stands not in ("need not be texted", "no mobile"))
    assert all(len(f["pupil_ids"]) == 1 + ("N, N" in children) for f in found)


def test_families_without_a_mobile_are_counted_apart(texted: Json) -> None:
    texts, expected = texted["texts"], [row[2] for row in TEXTS.rows]
    assert texts["without_mobile"] == expected.count("no mobile")
    assert texts["families"] == sum(texts[state] for state in STATES) == len(texts["by_family"])
