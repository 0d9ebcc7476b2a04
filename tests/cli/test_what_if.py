"""A past morning with one thing broken: who would have been missed, found later, or looked for without need."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, STORE, a_register, a_school, drop, dump, lines, run

BY = ("--by", "A. Officer")
ROLL = lines(
    "pupil_id,forename,surname,group,start_date", "P001,Ivy,Brennan,4B,", "P002,Tom,Okafor,4B,", "P003,Zoë,Ward,5C,",
    "P004,Amir,Said,5C,", "P005,Bea,Moss,5C,",
)  # fmt: skip
AT_THE_END = f"{DAY}T16:00"
ALL = ("roll.csv", "contacts.csv", "flags.csv", "messages.csv", "planned.csv")


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """Roll, contacts, flags, messages and a plan came at 08:30; registers at 09:05; the late book at 09:10."""
    files = {
        "roll.csv": ROLL,
        "contacts.csv": lines("pupil_id,order,name,phone", "P001,1,Jo Brennan,07700 900101"),
        "flags.csv": lines("pupil_id,flag", "P001,social-worker"),
        "messages.csv": lines("message_id,received_at,pupil_id,text", f"M1,{DAY}T08:05,P002,Tom has a stomach bug"),
        "planned.csv": lines("pupil_id,from_date,to_date,code", f"P005,{DAY},{DAY},C"),
    }
    school = a_school(tmp_path, files)
    run(school, "reconcile", now=f"{DAY}T08:30")
    drop(school, {"register.csv": a_register("P001,N", "P002,N", "P003,/", "P004,/", "P005,N")})
    run(school, "reconcile", now=f"{DAY}T09:05")
    drop(school, {"lates.csv": lines("pupil_id,date,time_in,time_out", f"P003,{DAY},,09:08")})
    run(school, "reconcile", now=f"{DAY}T09:10")
    run(school, "call", "P001", "--contact", "1", "--outcome", "no-answer", *BY, now=f"{DAY}T09:25")
    run(school, "check", "P001", "--found", *BY, now=f"{DAY}T10:20")
    return school


def lived(school: Path, *words: str, now: str = AT_THE_END) -> Any:
    ended = run(school, "what-if", *words, "--session", "AM", "--format", "json", now=now)
    assert ended.code == 0, ended.err
    return ended.json


def shown(rows: Any, *keys: str) -> list[tuple[str, ...]]:
    """The rows' pupils with these times of day."""
    return [(row["pupil_id"], *((row[key] or "")[11:16] for key in keys)) for row in rows]


def test_without_the_registers_nobody_is_missed_and_many_are_looked_for(past: Path) -> None:
    found = lived(past, "--drop", "register")
    assert found["missed"] == []
    times = shown(found["found_later"], "was", "would_have_been", "looked_for_from")
    assert times == [("P001", "09:05", "09:45", "09:15")], "P003 is rung for her sign-out all the same"
    assert shown(found["without_need"], "from", "until") == [("P004", "09:15", "")]


def test_without_the_late_book_a_child_that_signed_out_is_missed_to_the_end(past: Path) -> None:
    found = lived(past, "--drop", "lates")
    assert shown(found["missed"], "from", "until") == [("P003", "09:10", "")]
    assert found["missed"][0]["minutes"] == 6 * 60 + 20
    assert "1 child missed, for up to 380 minutes" in found["summary"]
    steps = {(step["pupil_id"], step["step"]): step["would_have_been"] for step in found["steps"]}
    assert steps["P003", "visit"] is None


def test_the_late_book_half_an_hour_later_misses_the_child_for_half_an_hour(past: Path) -> None:
    assert shown(lived(past, "--drop", "lates", "--late", "30")["missed"], "from", "until") == [
        ("P003", "09:10", "09:40")
    ]


def test_without_flags_a_red_visit_comes_later_or_never(past: Path) -> None:
    found = lived(past, "--drop", "flags")
    assert (found["missed"], found["found_later"], found["without_need"]) == ([], [], [])
    visit = next(s for s in found["steps"] if (s["pupil_id"], s["step"]) == ("P001", "visit"))
    assert (visit["was"]["rating"], visit["was"]["due"][11:16]) == ("RED", "11:45")
    assert visit["would_have_been"] is None or visit["would_have_been"]["rating"] == "GREEN"


def test_without_messages_and_plans_their_children_are_looked_for_in_vain(past: Path) -> None:
    assert shown(lived(past, "--drop", "messages")["without_need"], "from", "until") == [("P002", "09:05", "")]
    assert shown(lived(past, "--drop", "planned")["without_need"], "from") == [("P005", "09:05")]
    assert lived(past, "--drop", "messages", "--late", "30")["without_need"] == []


def test_one_groups_register_touches_no_other_group(past: Path) -> None:
    found = lived(past, "--drop", "4B", "--late", "20")
    assert shown(found["found_later"], "was", "would_have_been") == [("P001", "09:05", "09:25")]
    rows = (*found["found_later"], *found["without_need"], *found["missed"])
    assert {row["group"] for row in rows} == {"4B"}
    assert found["what_if"] == "the register of 4B of Mon 23 Nov 2026 came 20 minutes later"


def test_everything_later(past: Path) -> None:
    found = lived(past, "--late", "30")
    assert shown(found["missed"], "from", "until") == [("P003", "09:35", "09:40")]  # marked in, not yet out
    assert shown(found["found_later"], "was", "would_have_been") == [("P001", "09:05", "09:35")]
    assert found["what_if"] == "everything that came on Mon 23 Nov 2026 came 30 minutes later"


def test_without_the_only_roll_everybody_on_the_list_is_missed_and_the_page_says_why(past: Path) -> None:
    ended = run(past, "what-if", "--drop", "roll", "--session", "AM", now=AT_THE_END)
    assert "2 children missed" in ended.out
    assert "without a roll, or with an older one, children are missed" in ended.out


def test_what_did_not_come_that_day_is_as_if_the_newest_before_never_came(past: Path) -> None:
    day = ("--day", "2026-11-24")
    drop(past, {"next.csv": a_register("P001,N", "P002,/", "P003,/", "P004,/", "P005,/", day="2026-11-24")})
    run(past, "reconcile", now="2026-11-24T09:05")
    found = lived(past, "--drop", "flags", *day, now="2026-11-24T12:00")
    assert found["what_if"] == "the flags of Mon 23 Nov 2026, the newest on Tue 24 Nov 2026, never came"
    assert any(s["was"]["rating"] == "RED" for s in found["steps"])


def test_it_writes_nothing_and_takes_nothing_in(past: Path) -> None:
    drop(past, {"more.csv": a_register("P001,/")})
    before = dump(past)
    for words in (("--drop", "register"), ("--drop", "roll"), ("--drop", "4B", "--late", "9"), ("--late", "30")):
        lived(past, *words)
    assert dump(past) == before
    assert run(past, "verify").code == 0


def test_today_so_far_ends_now(past: Path) -> None:
    found = lived(past, "--drop", "lates", now=f"{DAY}T09:30")
    assert (found["as_of"][11:16], found["missed"][0]["minutes"]) == ("09:30", 20)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say what never came"), (("--drop", "registrs"), "expected a kind (roll, contacts, flags, register"),
        (("--drop", "6Z"), "or a group (4B, 5C)"), (("--drop", "roll", "--late", "0"), "expected minutes from 1"),
        (("--drop", "roll", "--day", "2026-11-24", "--late", "5"), "no roll came on Tue 24 Nov 2026"),
        (("--drop", "roll", "--day", "2026-12-01"), "has not begun"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused(past: Path, words: tuple[str, ...], said: str) -> None:
    ended = run(past, "what-if", *words, now="2026-11-24T12:00" if "--day" in words else AT_THE_END)
    assert (ended.code, ended.out) == (2, "") and said in ended.err


def test_a_kind_that_was_never_taken_in_is_refused(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    run(school, "reconcile")
    assert "no flags came on Mon 23 Nov 2026, and none before" in run(school, "what-if", "--drop", "flags").err


def test_where_nothing_was_ever_kept_no_store_is_made(tmp_path: Path) -> None:
    school = a_school(tmp_path)
    for words in (("what-if", "--drop", "roll"), ("report", "unexplained", "--as-of", "2020-02-03T09:00")):
        ended = run(school, *words, now=AT_THE_END if words[0] == "what-if" else "")
        assert (ended.code, ended.out) == (21, "") and "there is no store yet" in ended.err
    assert not (school / STORE).exists()


def test_the_afternoon_is_a_session_of_its_own(past: Path) -> None:
    drop(past, {"pm.csv": a_register("P001,/", "P002,/", "P003,N", "P004,/", "P005,/", session="PM")})
    run(past, "reconcile", now=f"{DAY}T13:20")
    words = ("what-if", "--drop", "5C", "--late", "25", "--session", "PM", "--format", "json")
    found = run(past, *words, now=AT_THE_END).json
    assert (found["session"], found["missed"]) == ("PM", [])
    assert shown(found["without_need"], "from", "until") == [("P004", "13:30", "13:45")]  # P005 has leave
