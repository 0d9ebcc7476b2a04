"""Whom a message is about: a system's id explains, a name or a number only proposes, people decide."""

from pathlib import Path

import pytest

from rules.school import DAY, Json, School, ids, register, roll
from rules.table import RuleTable

HEADING = "message_id,received_at,pupil_id,pupil_name,group,sender_phone,text,from_date,to_date"
PUPILS = (
    "P1,Ava,Stone,4B,2016-01-01,,",
    "P2,Ava,Finch,5A,2016-01-01,,",
    "P3,Zoë,O'Neil-Hart,4B,2016-01-01,,",
    "P4,Kai,Moss,4B,2016-01-01,,",
    "P5,Kai,Moss,5A,2016-01-01,,",
    "P6,Ben,Moss,5A,2016-01-01,,",
)
CONTACTS = (
    "pupil_id,order,name,phone,do_not_contact",
    "P1,1,Sam Stone,07700 900101,",
    "P4,1,Jo Moss,07700 900104,",
    "P6,1,Jo Moss,07700 900104,",
    "P2,1,Al Finch,07700 900102,yes",
)
FRIDAY, MONDAY, TODAY, TOMORROW = "2026-11-20", "2026-11-23", DAY, "2026-11-25"

RULES = RuleTable(
    title="Whom a message explains, and for whom it only waits",
    source="Guidance, steps 2 and 3; Millbrook, parents call every day",
    columns=("pupil id", "name", "group", "number", "words", "received", "for the days", "today"),
    rows=(
        # a system's id explains
        ("P1", "", "", "", "she has a cold", f"{TODAY} 08:10", "", "explains P1"),
        ("P1", "Ava Stone", "4B", "", "she has a cold", f"{TODAY} 08:10", "", "explains P1"),
        ("P1", "Ava", "", "", "she has a cold", f"{TODAY} 08:10", "", "explains P1"),
        ("P1", "", "", "07700900104", "she has a cold", f"{TODAY} 08:10", "", "explains P1"),
        # an id and a name that do not agree wait
        ("P1", "Nobody Known", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "Ben Moss", "", "", "he has a cold", f"{TODAY} 08:10", "", "waits: P1 P6"),
        ("P1", "Kai Moss", "4B", "", "he has a cold", f"{TODAY} 08:10", "", "waits: P1 P4"),
        # a name or a number proposes, and never explains
        ("", "Ava Stone", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1"),
        ("", "Ava Stone", "4B", "07700900101", "she has a cold", f"{TODAY} 08:10", "", "waits: P1"),
        ("", "stone, AVA", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1"),
        ("", "zoe oneil hart", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P3"),
        ("", "Ava", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1 P2"),
        ("", "Ava", "5A", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P2"),
        ("", "Ava", "6C", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1 P2"),
        ("", "Kai Moss", "", "", "he has a cold", f"{TODAY} 08:10", "", "waits: P4 P5"),
        ("", "Kai Moss", "", "07700900104", "he has a cold", f"{TODAY} 08:10", "", "waits: P4"),
        ("", "", "", "07700900101", "off today", f"{TODAY} 08:10", "", "waits: P1"),
        ("", "", "", "+44 7700 900101", "off today", f"{TODAY} 08:10", "", "waits: P1"),
        ("", "", "", "07700900104", "off today", f"{TODAY} 08:10", "", "waits: P4 P6"),
        ("", "", "", "07700900102", "off today", f"{TODAY} 08:10", "", "waits: P2"),
        ("", "Ava Stone", "", "07700900104", "off today", f"{TODAY} 08:10", "", "waits: P1 P4 P6"),
        ("", "Nobody Known", "", "07700900999", "off today", f"{TODAY} 08:10", "", "waits: nobody fits"),
        ("", "", "", "", "Ava Stone is off today", f"{TODAY} 08:10", "", "waits: P1"),
        # an id that is not on the roll explains nobody
        ("P99", "Ava Stone", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: P1"),
        ("P99", "", "", "", "she has a cold", f"{TODAY} 08:10", "", "waits: nobody fits"),
        # words that say something else than “away today” wait, even with an id
        ("P1", "", "", "", "she will be late", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "LATE today", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "dentist appointment at ten", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "she is better and back in today", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "she is not sick", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "she is not  ill", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "I don’t know where she is", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "off tomorrow", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "she had a plate of oysters", f"{TODAY} 08:10", "", "explains P1"),
        # one that says neither words nor days waits too
        ("P1", "", "", "", "", f"{TODAY} 08:10", "", "waits: P1"),
        ("P1", "", "", "", "", f"{TODAY} 08:10", f"{TODAY} to {TODAY}", "explains P1"),
        # its days
        ("P1", "", "", "", "a cold", f"{MONDAY} 08:10", f"{MONDAY} to {TODAY}", "explains P1"),
        ("P1", "", "", "", "a cold", f"{FRIDAY} 08:10", f"{TODAY} to {TODAY}", "explains P1"),
        ("P1", "", "", "", "a cold", f"{TODAY} 13:10", f"{TODAY} to ", "explains P1"),
        ("P1", "", "", "", "a cold", f"{MONDAY} 08:10", "", "nothing"),
        ("P1", "", "", "", "a cold", f"{MONDAY} 08:10", f"{MONDAY} to {MONDAY}", "nothing"),
        ("P1", "", "", "", "a cold", f"{TODAY} 08:10", f"{TOMORROW} to {TOMORROW}", "nothing"),
        ("P1", "", "", "", "a cold", f"{TODAY} 08:10", f" to {TOMORROW}", "waits: P1"),
        ("", "Ava Stone", "", "", "a cold", f"{MONDAY} 08:10", "", "nothing"),
        # without dates: before the afternoon it is of that day, later it waits for the next school day
        ("P1", "", "", "", "a cold", f"{TODAY} 12:29", "", "explains P1"),
        ("P1", "", "", "", "a cold", f"{TODAY} 12:30", "", "waits: P1"),
        ("P1", "", "", "", "a cold", f"{MONDAY} 12:29", "", "nothing"),
        ("P1", "", "", "", "a cold", f"{MONDAY} 12:30", "", "waits: P1"),
        ("P1", "", "", "", "a cold", f"{MONDAY} 23:55", "", "waits: P1"),
        ("P1", "", "", "", "a cold", f"{FRIDAY} 12:30", "", "nothing"),
    ),
)
ON_MONDAY: tuple[tuple[str, str], ...] = (
    (f"{FRIDAY} 12:29", "nothing"),
    (f"{FRIDAY} 12:30", "waits: P1"),
    ("2026-11-21 09:00", "waits: P1"),
    ("2026-11-22 23:00", "waits: P1"),
)


def _school(folder: Path, messages: list[str], *, day: str = DAY) -> School:
    school = School(folder, day=day)
    school.drop("roll.csv", roll(PUPILS))
    school.drop("contacts.csv", CONTACTS)
    school.drop("register.csv", register([(f"P{n}", "N") for n in range(1, 7)], day=day))
    school.drop("messages.csv", [HEADING, *messages])
    return school


def _heard(answer: Json) -> str:
    """What the messages came to today."""
    waiting = [" ".join(row["candidates"]) or "nobody fits" for row in answer["messages_to_match"]]
    told = [f"explains {pupil}" for pupil in ids(answer, "explained")]
    return ", ".join([*told, *(f"waits: {whom}" for whom in waiting)]) or "nothing"


@pytest.mark.parametrize(("pupil", "name", "group", "number", "words", "received", "days", "today"), RULES.rows)
def test_a_message_explains_waits_or_says_nothing_of_today(
    pupil: str, name: str, group: str, number: str, words: str, received: str, days: str, today: str, tmp_path: Path
) -> None:
    first, _, last = days.partition(" to ")
    row = f'M1,{received},{pupil},"{name}",{group},{number},"{words}",{first.strip()},{last.strip()}'
    school = _school(tmp_path / "school", [row])
    at = "14:00" if "13:" in received or f"{TODAY} 12:" in received else "09:40"
    assert _heard(school.reconcile("AM", at=at)) == today


@pytest.mark.parametrize(("received", "today"), ON_MONDAY)
def test_a_message_of_the_weekend_waits_for_monday(received: str, today: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school", [f"M1,{received},P1,,,,a cold,,"], day=MONDAY)
    assert _heard(school.reconcile()) == today


def test_two_messages_of_one_id_are_two_and_a_decision_about_one_is_not_about_the_other(tmp_path: Path) -> None:
    rows = [f"M1,{TODAY}T08:10,,Ava Stone,,,a cold,,", f"M1,{TODAY}T08:20,,Ben Moss,,,a sore throat,,"]
    school = _school(tmp_path / "school", rows)
    waiting = {tuple(row["candidates"]): row["message_id"] for row in school.reconcile()["messages_to_match"]}
    assert set(waiting) == {("P1",), ("P6",)} and len(set(waiting.values())) == 2
    school.say("match", waiting["P1",], "P1", at="09:45")
    answer = school.reconcile(at="09:50")
    assert ids(answer, "explained") == ["P1"]
    assert [row["candidates"] for row in answer["messages_to_match"]] == [["P6"]]


def test_the_same_id_with_other_words_later_is_asked_again(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", [f"M1,{TODAY}T08:10,,Ava Stone,,,a cold,,"])
    school.take_in(at="08:50")
    school.say("match", "M1", "P1", at="08:55")
    assert _heard(school.reconcile()) == "explains P1"
    school.drop("messages-2.csv", [HEADING, f"M1,{TODAY}T08:10,,Ben Moss,,,he is in hospital,,"])
    answer = school.reconcile(at="09:50")
    assert ids(answer, "explained") == ["P1"]
    assert [row["candidates"] for row in answer["messages_to_match"]] == [["P6"]]


def test_the_same_message_exported_again_is_one_message_and_stays_decided(tmp_path: Path) -> None:
    row = f"M1,{TODAY}T08:10,,Ava Stone,,,a cold,,"
    school = _school(tmp_path / "school", [row])
    school.take_in(at="08:50")
    school.say("match", "M1", "--none", at="08:55")
    school.drop("messages-2.csv", [HEADING, f"M2,{TODAY}T08:30,,Ben Moss,,,a cough,,", row])
    answer = school.reconcile()
    assert [row["message_id"] for row in answer["messages_to_match"]] == ["M2"]
    assert ids(answer, "explained") == []


def test_one_message_about_siblings_explains_each_whom_a_person_names(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", [f"M1,{TODAY}T08:10,,,,07700900104,both have a cold,,"])
    school.take_in(at="08:50")
    school.say("match", "M1", "P4", "P6", at="08:55")
    assert ids(school.reconcile(), "explained") == ["P4", "P6"]


def test_a_matched_message_of_the_afternoon_explains_the_day_it_proposed_or_the_day_given(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", [f"M1,{MONDAY}T15:10,P1,,,,a cold,,"])
    school.take_in(at="08:50")
    school.say("match", "M1", "P1", at="08:55")
    assert ids(school.reconcile(), "explained") == ["P1"]
    school.say("withdraw", "last", "--why", "she meant Monday", at="09:00")
    school.say("match", "M1", "P1", "--day", MONDAY, at="09:01")
    assert ids(school.reconcile(), "explained") == []
