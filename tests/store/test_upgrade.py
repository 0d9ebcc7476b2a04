"""A kept store of layout 1, written by an earlier firstday, is brought up to date at its first use.

The story of `kept/layout-1.db`: an invented school whose autumn term runs from 2 September to 18 December 2026. On
Monday 23 November at 09:20 it took in, for the first time, a roll (P001 and P002 in 4B, P003 in 5C), a flags export
(P003 has a social worker since 2 September), the registers of Thursday 19, Friday 20 and of this Monday's morning, and
a late sign-in of P003 on Thursday at 09:40. By 09:31 A. Officer had looked for P001 in vain and had written down that
P003's aunt rang. The marks: P001 came on Thursday and has been marked N since; P002 was ill on Thursday afternoon; P003
was marked N on Thursday morning and signed in late, and is marked N on Monday.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from builders import STORE, a_school, asked, drop, dump, ids, lines, process, reconcile, run, started

KEPT = Path(__file__).parent / "kept" / "layout-1.db"
CALENDAR = '[[terms]]\nname = "Autumn 2026"\nfirst = "2026-09-02"\nlast = "2026-12-18"\n'
MOMENT = ("--day", "2026-11-23", "--session", "AM")
NOW = "2026-11-23T09:40"
LOG = "select * from entry order by number"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The school's folder with the kept store in it, an empty inbox, and nothing done yet."""
    school = a_school(tmp_path, {}, calendar=CALENDAR)
    copyfile(KEPT, school / STORE)
    return school


def test_the_kept_store_is_still_of_layout_1() -> None:
    with closing(sqlite3.connect(f"file:{KEPT}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("pragma user_version").fetchone() == (1,)


@pytest.mark.parametrize("command", [("verify",), ("reconcile", *MOMENT), ("rag",), ("why", "P001"), ("doctor",)])
def test_the_first_command_whichever_brings_it_up_to_date(old: Path, command: tuple[str, ...]) -> None:
    before = asked(old, LOG)
    assert run(old, *command, now=NOW).code in (0, 10)
    assert asked(old, "pragma user_version") > [(1,)]
    assert asked(old, LOG) == before
    assert len(before) == 7
    again = run(old, "verify")
    assert (again.code, again.out) == (0, "")


def test_a_second_command_changes_nothing_more(old: Path) -> None:
    run(old, "verify")
    before = dump(old)
    for command in (("verify",), ("reconcile", *MOMENT), ("rag",)):
        run(old, *command, now=NOW)
    assert dump(old) == before


def test_everything_taken_in_is_there_with_its_content(old: Path) -> None:
    tables = ("taking", "part", "content")
    before = [asked(old, f"select * from {table} order by 1, 2") for table in tables]
    run(old, "verify")
    assert [asked(old, f"select * from {table} order by 1, 2") for table in tables] == before


def test_the_earlier_days_count(old: Path) -> None:
    found = reconcile(old, *MOMENT, now=NOW)
    assert (ids(found), ids(found, "explained"), found["counts"]["in_school"]) == (["P001"], ["P003"], 1)
    days = {pupil["pupil_id"]: pupil["days_absent"] for pupil in (*found["unexplained"], *found["explained"])}
    assert days == {
        "P001": {"spell": 2, "cumulative": 2, "at_least": True, "since_seen": 2},
        "P003": {"spell": 1, "cumulative": 1, "at_least": True, "since_seen": 1},
    }
    ended = run(old, "reconcile", *MOMENT, now=NOW)
    assert ended.code == 10


def test_half_a_day_of_illness_counts_half(old: Path) -> None:
    words = ("report", "absence-days", "--day", "2026-11-19", "--session", "PM", "--format", "json")
    (found,) = run(old, *words, now=NOW).json["pupils"]
    assert (found["pupil_id"], found["days_absent"]["spell"], found["days_absent"]["cumulative"]) == ("P002", 0.5, 0.5)
    sessions = {"possible": 2, "attended": 1, "authorised": 1, "unauthorised": 0, "unmarked": 112}
    assert {name: found["sessions"][name] for name in sessions} == sessions


def test_the_log_still_speaks(old: Path) -> None:
    why = run(old, "why", "P001", *MOMENT[2:], now=NOW).out
    assert "A. Officer at 09:30 (E6)" in why
    assert "aunt" in run(old, "why", "P003", *MOMENT[2:], now=NOW).out
    ended = run(old, "withdraw", "E7", "--why", "the wrong child", "--by", "A. Officer", now=NOW)
    assert (ended.code, ended.err) == (0, "E8: E7 taken back\n")
    assert ids(reconcile(old, *MOMENT, now=NOW)) == ["P003", "P001"]


def test_a_flag_held_before_still_rates_when_it_ends(old: Path) -> None:
    drop(old, {"flags.csv": lines("pupil_id,flag,since,until", "P003,social-worker,2026-09-02,2026-11-23")})
    tomorrow = "2026-11-24T09:20"
    run(old, "ingest", now=tomorrow)
    found = {p["pupil_id"]: p for p in run(old, "rag", "--format", "json", now=tomorrow).json["pupils"]}
    assert (found["P003"]["rating"], bool(found["P003"]["proposal"])) == ("RED", True)
    assert run(old, "verify").code == 0


def test_a_newer_register_of_an_earlier_day_counts_in_it(old: Path) -> None:
    marks = lines("pupil_id,date,session,mark", "P001,2026-11-20,AM,/", "P001,2026-11-20,PM,\\")
    drop(old, {"corrected.csv": marks})
    found = reconcile(old, *MOMENT, now=NOW)
    (alone,) = (pupil for pupil in found["unexplained"] if pupil["pupil_id"] == "P001")
    assert alone["days_absent"] == {"spell": 1, "cumulative": 1, "at_least": True, "since_seen": 1}
    assert run(old, "verify").code == 0


def test_calls_typed_into_a_spreadsheet_are_taken_in_after(old: Path) -> None:
    contacts = lines("pupil_id,order,name,phone", "P001,1,Ann Brennan,07700 900101")
    calls = lines("pupil_id,contact,outcome,at,by", "P001,1,engaged,2026-11-23T09:35,A. Officer", "P001,2,engaged,,")
    drop(old, {"contacts.csv": contacts, "calls.csv": calls})
    assert run(old, "ingest", now=NOW).code == 12
    query = "select pupil_id, at, said_by from entry where kind = 'call-made'"
    assert asked(old, query) == [("P001", "2026-11-23T09:35:00+00:00", "A. Officer")]
    again = run(old, "verify")
    assert (again.code, again.out) == (0, "")


def test_what_was_altered_before_is_found_out_after(old: Path) -> None:
    with closing(sqlite3.connect(old / STORE)) as db:
        triggers = [row[0] for row in db.execute("select name from sqlite_master where type = 'trigger'")]
        for trigger in triggers:
            db.execute(f"drop trigger {trigger}")
        db.execute("update entry set said_by = 'B. Clerk' where number = 6")
        db.commit()
    ended = run(old, "verify")
    assert (ended.code, "E6" in ended.err) == (22, True)


def test_two_commands_at_once_bring_it_up_to_date_once(old: Path) -> None:
    both = [started(old, "rag") for _ in range(2)]
    ends = [command.communicate(timeout=120) and command.returncode for command in both]
    assert ends == [0, 0]
    assert process(old, "verify").code == 0


def test_a_file_with_a_refused_row_that_an_earlier_firstday_took_in_may_come_again(tmp_path: Path) -> None:
    rows = ("P001,2026-11-23,AM,N", "P002,2026-11-23,AM,/", "P003,31/11/2026,AM,/")
    school = a_school(tmp_path, {"register.csv": lines("pupil_id,date,session,mark", *rows)}, calendar=CALENDAR)
    copyfile(KEPT.with_name("refused-row.db"), school / STORE)
    before = asked(school, "select * from part order by 1, 2")
    found = run(school, "ingest", str(school / "inbox" / "register.csv"), "--format", "json", now=NOW)
    assert (found.code, found.json["files"][0]["taken_in_before"]) == (12, True)
    assert asked(school, "select * from part order by 1, 2") == before
    again = run(school, "verify")
    assert (again.code, again.out) == (0, "")
