"""What explains without a person: a system's id, and by policy a known sender; and the words that hold it back."""

import json
from pathlib import Path

import pytest

from rules.school import DAY, Json, School, ids, register, roll
from rules.table import RuleTable

HEADING = "message_id,received_at,sender_name,sender_phone,pupil_id,text,from_date"
RULES = RuleTable(
    title="Which words let a message explain without a person",
    source="Guidance, steps 2 and 10; Millbrook, parents call every day. Each message is about Ivy Brennan (4B), whose "
    "brother Tom is in 2A, on Tuesday 24 November 2026: once from a system with her id, once from her mother's own "
    "number with known_sender_explains = true",
    columns=("words", "with her id", "from her mother's number"),
    rows=(
        ("Ivy is not well today", "explains", "explains"),
        ("Ivy won't be in today", "explains", "explains"),
        ("Ivy Brennan 4B is off sick", "explains", "explains"),
        ("Good morning, Ivy will not be in school today as she has a bad cold. Thanks", "explains", "explains"),
        ("Ivy has come out in a rash and the doctor wants to see her, so no school", "explains", "waits"),
        ("Ivy was sick in the night, not coming in, sorry I forgot to ring", "explains", "waits"),
        # not away now
        ("Ivy is not off today", "waits", "waits"),
        ("Ivy is not staying at home today", "waits", "waits"),
        ("Ivy was off on Friday with a cold", "waits", "waits"),
        ("Ivy will be in at 9.30", "waits", "waits"),
        ("Ivy is well and will be coming to school today", "waits", "waits"),
        ("Ivy has a cold, in school today", "waits", "waits"),
        ("The taxi picked Ivy up at 8", "waits", "waits"),
        # said of health alone, by which a child may well be in school
        ("Ivy has asthma", "explains", "waits"),
        ("Ivy had a bad cough all last week", "explains", "waits"),
        # another child, another day
        ("Tom is not coming in today", "waits", "waits"),
        ("Ivy is fine, it's her brother Tom who is ill", "waits", "waits"),
        ("Ivy and Tom are both ill today", "explains", "waits"),
        ("Ivy will be off next week for a holiday", "waits", "waits"),
        ("Ivy is off on Friday", "waits", "waits"),
        ("Tom is off sick. Ivy will be in as normal", "waits", "waits"),
        ("Ivy is fine, it's her brother who is ill", "waits", "waits"),
        ("Tom is off today. Ivy is off on Friday", "waits", "waits"),
        ("Ivy is off sick. Tom will be in as normal", "explains", "waits"),
        ("Ivy is not well today. Ignore that, she is up and coming in", "waits", "waits"),
        # a sign of danger
        ("Ivy left home at 8.15 as usual, why the text?", "danger", "danger"),
        ("Ivy has not come back since last night", "danger", "danger"),
        ("Where's Ivy?", "danger", "danger"),
        ("Ivy is not at home", "danger", "danger"),
        # words below two dashes, and below quoted ones
        ("Ivy is off sick today\\n--\\nPS she did not come home last night", "danger", "danger"),
        ("Ivy is off sick today\\n--\\nPS that was for Friday", "explains", "waits"),
    ),
)
POLICY = "[messages]\nknown_sender_explains = true\n"
JO, BAR = "07700900101", "07700900102"
PUPILS = ("P1,Ivy,Brennan,4B,2016-05-01,,", "P2,Tom,Brennan,2A,2018-05-01,,", "P3,Mo,Khan,4B,2016-05-01,,")
CONTACTS = (
    "pupil_id,order,name,phone,do_not_contact",
    "P1,1,Jo Brennan,07700 900101,",
    "P1,2,Al Brennan,07700 900102,yes",
    "P2,1,Jo Brennan,07700 900101,",
)


def _school(folder: Path, row: str, *, pupils: tuple[str, ...] = PUPILS) -> School:
    school = School(folder, policy=POLICY)
    school.drop("roll.csv", roll(pupils))
    school.drop("contacts.csv", CONTACTS)
    school.drop("register.csv", register([(f"P{n}", "N") for n in range(1, len(pupils) + 1)]))
    school.drop("messages.csv", [HEADING, row])
    return school


def _came_to(answer: Json) -> str:
    """What the message came to for Ivy."""
    alerts = [row["alert"] for row in answer["alerts"]]
    explains = "P1" in ids(answer, "explained")
    assert explains or ids(answer, "explained") or answer["messages_to_match"]
    return "danger" if "does-not-know-where" in alerts else "explains" if explains else "waits"


@pytest.mark.parametrize(("words", "with_id", "known"), RULES.rows)
def test_words_hold_back_what_would_explain_alone(words: str, with_id: str, known: str, tmp_path: Path) -> None:
    text = words.replace("\\n", "\n")
    for folder, phone, pupil, came in (("id", "", "P1", with_id), ("known", JO, "", known)):
        answer = _school(tmp_path / folder, f'M1,{DAY}T08:10,,{phone},{pupil},"{text}",').reconcile()
        assert (folder, _came_to(answer)) == (folder, came)


@pytest.mark.parametrize(
    ("name", "phone"), [("Al Brennan", BAR), ("Al Brennan", JO)], ids=["barred number", "barred name"]
)
def test_nobody_who_is_barred_explains(name: str, phone: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,{name},{phone},,Ivy is not well today,")
    assert ids(school.reconcile(), "explained") == []


def test_of_two_of_one_name_a_known_sender_explains_neither(tmp_path: Path) -> None:
    twice = (*PUPILS, "P4,Ivy,Brennan,5A,2015-05-01,,")
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,{JO},,Ivy Brennan is not well today,", pupils=twice)
    assert ids(school.reconcile(), "explained") == []


def test_a_child_due_at_midday_is_explained_for_the_morning_alone(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,,,Ivy Brennan is ill and will be in after lunch,")
    school.drop("pm.csv", register([("P1", "N")], session="PM"))
    school.take_in(at="08:50")
    said = school.type("match", "m1", "P1", "--by", "A. Officer", at="09:00")
    assert (said.exit_code, "the morning alone" in said.stderr) == (0, True)
    assert ids(school.reconcile("AM"), "explained") == ["P1"]
    assert "P1" in ids(school.reconcile("PM", at="13:45"), "unexplained")


def test_a_day_without_school_is_no_day_to_match_for(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,,,Ivy Brennan is ill,")
    school.take_in(at="08:50")
    said = school.type("match", "M1", "P1", "--day", "2026-11-28", "--by", "A. Officer", at="09:00")
    assert (said.exit_code, "a day on which there is school" in said.stderr) == (2, True)
    shown = json.loads(school.type("messages", "--format", "json", at="09:00").stdout)
    assert [row["message_id"] for row in shown["messages"]] == ["M1"]


@pytest.mark.parametrize(
    ("more", "explained"),
    [(" thank you" * 200, ["P1"]), (" thank you" * 1000, []), (" Ivy." * 70, [])],
    ids=["long", "more words than are read", "more names than are read"],
)
def test_what_is_not_read_to_its_end_explains_nobody_alone(more: str, explained: list[str], tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,,P1,Ivy is not well today.{more},")
    answer = school.reconcile()
    assert ids(answer, "explained") == explained
    assert bool(answer["messages_to_match"]) is not bool(explained)


def test_who_is_explained_by_a_known_sender_is_so_by_policy(tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,{JO},,Ivy is not well today,")
    assert ids(school.reconcile(), "explained") == ["P1"]
    assert "from a known sender, by policy" in school.type("why", "P1", at="09:40").stdout


@pytest.mark.parametrize("words", ["Ivy is off on Friday", "Ivy was off on Friday", "holiday next week"])
def test_words_of_another_day_wait_even_with_todays_date_beside_them(words: str, tmp_path: Path) -> None:
    school = _school(tmp_path / "school", f"M1,{DAY}T08:10,,,P1,{words},{DAY}")
    assert ids(school.reconcile(), "explained") == []
