"""Calls typed into a spreadsheet: taken in once each, judged by the lists that count, and a danger told at once."""

import csv
import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from builders import DAY, STORE, a_register, a_roll, a_school, asked, drop, dump, ids, lines, process, reconcile, run

BY = ("--by", "A. Officer")
CONTACTS = lines(
    "pupil_id,contact_id,order,name,relationship,phone,do_not_contact",
    "P001,C1,1,Rowan Brennan,mother,07700 900101,",
    "P001,C2,2,Wren Brennan,uncle,07700 900102,",
    "P002,C3,1,Sky Okafor,mother,07700 900201,",
    "P003,C4,1,Lee Ward,father,07700 900301,",
)
HEAD = "pupil_id,name,contact,contact_name,phone,tried,outcome,at,day,by,child_with,reason,no_reason,code,note"
EXPORTS = {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,N", "P003,N"), "contacts.csv": CONTACTS}
MONDAY = "23/11/2026"
NO_ANSWER = f"P001,Ivy Brennan,1,Rowan Brennan,07700 900101,0,no answer,9.05,{MONDAY},,,,,,"
ANSWERED = (
    f'P001,Ivy Brennan,2,Wren Brennan,07700 900102,0,Answered,09:10,{MONDAY},B. Clerk,"uncle, at home",a cold,,i,'
)
LOST = f"P002,Tom Okafor,1,Sky Okafor,07700 900201,0,does not know where,9:12am,{MONDAY},,,,,,left at 08:20"
UNTOUCHED = f"P003,Zoë Ward,1,Lee Ward,07700 900301,0,,,{MONDAY},,,,,,"
WRONG = f"P003,Zoë Ward,1,Lee Ward,07700 900399,0,no answer,09:15,{MONDAY},,,,,,"
SHEET = lines(HEAD, NO_ANSWER, ANSWERED, LOST, UNTOUCHED)
QUIET = lines(HEAD, NO_ANSWER, ANSWERED, UNTOUCHED)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pupils marked N, with their contacts; taken in at 08:55, and nothing written in it by any test."""
    school = a_school(tmp_path_factory.mktemp("kept"), EXPORTS)
    run(school, "ingest", now="2026-11-23T08:55")
    return school


def ingested(
    school: Path, sheet: str | bytes, *words: str, name: str = "calls.csv", now: str = "2026-11-23T09:20"
) -> Any:
    """What `ingest` says of one sheet: its code, and its file as JSON."""
    drop(school, {name: sheet})
    ended = run(school, "ingest", str(school / "inbox" / name), "--format", "json", *words, now=now)
    return ended.code, ended.json["files"][0]


def calls_in(school: Path) -> list[dict[str, Any]]:
    """Every call in the log, with its moment and who rang."""
    query = (
        "select e.at, e.recorded, e.said_by, c.body from entry e join content c using (digest) "
        "where e.kind = 'call-made' order by e.number"
    )
    with closing(sqlite3.connect(school / STORE)) as db:
        rows = db.execute(query).fetchall()
    return [{"at": at, "recorded": then, "by": by, **json.loads(zlib.decompress(body))} for at, then, by, body in rows]


def said(school: Path) -> list[tuple[str, int, str, str, str]]:
    """Whom each call was about, to which contact, how it ended, when, and who rang."""
    return [(c["pupil_id"], c["contact"], c["outcome"], c["at"][11:16], c["by"]) for c in calls_in(school)]


BOTH = [("P001", 1, "no-answer", "09:05", "A. Officer"), ("P001", 2, "answered", "09:10", "B. Clerk")]
ALL = [*BOTH, ("P002", 1, "does-not-know-where", "09:12", "A. Officer")]


def test_each_row_filled_in_is_a_call_in_the_log_as_the_list_has_the_contact(morning: Path) -> None:
    code, file = ingested(morning, QUIET, *BY)
    assert code == 0
    assert (file["kind"], file["rows_read"], file["rows_understood"], file["new_calls"]) == ("calls", 3, 3, 2)
    assert said(morning) == BOTH
    assert calls_in(morning)[1] == {
        "kind": "call-made", "pupil_id": "P001", "first_day": DAY, "last_day": DAY, "outcome": "answered",
        "contact": 2, "contact_id": "C2", "contact_name": "Wren Brennan", "relationship": "uncle",
        "phone": "07700 900102", "phone_key": "07700900102", "reason": "a cold", "child_with": "uncle, at home",
        "code": "I", "note": "", "last_episode": None, "by": "B. Clerk", "at": "2026-11-23T09:10:00+00:00",
        "recorded": "2026-11-23T09:20:00+00:00",
    }  # fmt: skip
    assert ids(reconcile(morning)) == ["P002", "P003"]
    assert run(morning, "verify").code == 0


def test_a_row_is_the_same_entry_as_the_command_writes(morning: Path, kept: Path, tmp_path: Path) -> None:
    other = copytree(kept, tmp_path / "other")
    at = ("--at", "2026-11-23T09:10", "--by", "B. Clerk")
    told = ("--outcome", "answered", "--child-with", "uncle, at home", "--reason", "a cold", "--code", "I")
    run(other, "call", "P001", "--contact", "2", *told, *at)
    ingested(morning, lines(HEAD, ANSWERED))
    assert calls_in(morning) == calls_in(other)
    ingested(other, lines(HEAD, ANSWERED))
    assert len(calls_in(other)) == 1


def test_the_same_file_again_adds_nothing(morning: Path) -> None:
    ingested(morning, SHEET, *BY)
    before = asked(morning, "select * from part"), calls_in(morning)
    for words in (BY, ("--by", "B. Clerk"), ()):
        code, file = ingested(morning, SHEET, *words, now="2026-11-23T09:30")
        assert (code, file["taken_in_before"], file["new_calls"]) == (0, True, 0)
    assert (asked(morning, "select * from part"), calls_in(morning)) == before
    assert run(morning, "verify").code == 0


def test_a_second_look_at_the_inbox_takes_nothing_in(morning: Path) -> None:
    drop(morning, {"calls.csv": QUIET})
    run(morning, "ingest", *BY)
    before = dump(morning)
    assert run(morning, "ingest", "--format", "json").json["files"] == []
    assert dump(morning) == before


MORE = {  # what stands in the sheet when it comes again → the calls that are new
    "more rows": (lines(HEAD, NO_ANSWER, ANSWERED, LOST, UNTOUCHED), 1),
    "the rows in another order": (lines(HEAD, ANSWERED, NO_ANSWER), 0),
    "fewer rows": (lines(HEAD, ANSWERED), 0),
    "two rows alike": (lines(HEAD, NO_ANSWER, NO_ANSWER, ANSWERED, LOST, LOST), 1),
    "the time written otherwise": (lines(HEAD, NO_ANSWER.replace("9.05", "09:05"), ANSWERED), 0),
    "the outcome written otherwise": (lines(HEAD, NO_ANSWER.replace("no answer", "NO_ANSWER"), ANSWERED), 0),
    "the name of who rang written otherwise": (lines(HEAD, NO_ANSWER, ANSWERED.replace("B. Clerk", "b. clerk")), 0),
    "another minute": (lines(HEAD, NO_ANSWER.replace("9.05", "9.06"), ANSWERED), 1),
    "other words": (lines(HEAD, NO_ANSWER + "rang twice", ANSWERED), 1),
    "another person": (lines(HEAD, NO_ANSWER, ANSWERED.replace("B. Clerk", "C. Aide")), 1),
}


@pytest.mark.parametrize("case", MORE)
def test_a_sheet_that_comes_again_adds_only_what_is_new(morning: Path, case: str) -> None:
    ingested(morning, QUIET, *BY)
    sheet, new = MORE[case]
    _, file = ingested(morning, sheet, *BY, now="2026-11-23T09:30")
    assert file["new_calls"] == new
    assert len(calls_in(morning)) == 2 + new
    assert file["rows_refused"] == 0


def test_rows_alike_in_one_file_and_in_two_are_one_call(morning: Path) -> None:
    twice = lines(HEAD, NO_ANSWER, NO_ANSWER, ANSWERED)
    drop(morning, {"calls.csv": twice, "copy.csv": lines(HEAD, ANSWERED, LOST)})
    files = run(morning, "ingest", "--format", "json", *BY).json["files"]
    assert [(f["rows_understood"], f["new_calls"]) for f in files] == [(3, 2), (2, 1)]
    assert said(morning) == ALL


def test_a_call_taken_back_is_not_written_again(morning: Path) -> None:
    ingested(morning, QUIET, *BY)
    run(morning, "withdraw", "E6", "--why", "the wrong child", *BY)
    run(morning, "withdraw", "E5", "--why", "the wrong child", *BY)
    assert ids(reconcile(morning, now="2026-11-23T09:25")) == ["P001", "P002", "P003"]
    for now in ("2026-11-23T09:30", "2026-11-23T09:35"):
        _, file = ingested(morning, lines(HEAD, NO_ANSWER, ANSWERED, LOST), *BY, now=now)
        assert file["rows_refused"] == 0
    assert len(calls_in(morning)) == 3
    assert ids(reconcile(morning, now="2026-11-23T09:40")) == ["P001", "P002", "P003"]


NEWER_LISTS = {  # the contacts as they are exported after the first rows were taken in
    "another number": CONTACTS.replace("900101", "900111"),
    "another name": CONTACTS.replace("Rowan Brennan", "Rowan Lowe"),
    "another order": CONTACTS.replace("C1,1", "C1,9"),
    "not to be rung": CONTACTS.replace("07700 900101,", "07700 900101,yes"),
    "off the list": CONTACTS.replace("P001,C1,1,Rowan Brennan,mother,07700 900101,\n", ""),
}


@pytest.mark.parametrize("case", NEWER_LISTS)
def test_a_row_taken_in_before_the_list_changed_stays_one_call(morning: Path, case: str) -> None:
    ingested(morning, QUIET, *BY)
    before = calls_in(morning)
    drop(morning, {"contacts.csv": NEWER_LISTS[case]})
    run(morning, "ingest", now="2026-11-23T09:25")
    _, file = ingested(morning, SHEET, *BY, now="2026-11-23T09:30")
    assert (file["rows_refused"], file["new_calls"]) == (0, 1)
    assert calls_in(morning)[:2] == before


def test_a_row_that_names_nobody_who_rang_is_refused_until_somebody_is_named(morning: Path) -> None:
    drop(morning, {"calls.csv": QUIET})
    found = run(morning, "reconcile", "--format", "json")
    assert found.code == 12
    assert [(p["row"], p["column"]) for p in found.json["problems"]] == [(2, "by")]
    code, file = ingested(morning, QUIET, *BY, now="2026-11-23T09:25")
    assert (code, file["rows_refused"], file["new_calls"], file["taken_in_before"]) == (0, 0, 1, False)
    assert reconcile(morning, now="2026-11-23T09:30")["problems"] == []
    assert run(morning, "verify").code == 0


def test_the_name_may_come_from_the_surroundings(morning: Path) -> None:
    drop(morning, {"calls.csv": QUIET})
    run(morning, "ingest", env={"FIRSTDAY_BY": "A. Officer"})
    assert sorted(said(morning)) == BOTH


# A sign of danger


def test_a_danger_in_a_file_ends_with_eleven_and_is_told_by_id_and_row(morning: Path) -> None:
    drop(morning, {"calls.csv": SHEET})
    ended = run(morning, "ingest", *BY)
    assert ended.code == 11
    (line,) = [line for line in ended.err.splitlines() if "police" in line]
    assert line.startswith("calls.csv, row 4: P002, does-not-know-where. ")
    assert "safeguarding lead" in line
    assert not {"Okafor", "Tom", "900201", "08:20"} & set(ended.err.replace(",", " ").split())
    found = run(morning, "reconcile", "--format", "json")
    assert (found.code, [a["alert"] for a in found.json["alerts"]]) == (11, ["does-not-know-where"])


def test_it_is_told_once(morning: Path) -> None:
    ingested(morning, SHEET, *BY)
    drop(morning, {"calls.csv": lines(HEAD, NO_ANSWER, LOST)})
    ended = run(morning, "ingest", *BY, now="2026-11-23T09:30")
    assert (ended.code, "police" in ended.err) == (0, False)


def test_reconcile_shows_the_alert_of_a_file_in_the_inbox(morning: Path) -> None:
    drop(morning, {"calls.csv": SHEET})
    ended = run(morning, "reconcile", "--format", "json", *BY)
    assert ended.code == 11
    assert [(a["pupil_id"], a["alert"]) for a in ended.json["alerts"]] == [("P002", "does-not-know-where")]


def test_a_danger_in_a_row_that_is_refused_is_told_all_the_same_and_once(morning: Path) -> None:
    sheet = lines(HEAD, LOST.replace("900201", "900299"), LOST.replace("P002", "Ivy Brennan"))
    drop(morning, {"calls.csv": sheet})
    ended = run(morning, "ingest", *BY)
    told = [line for line in ended.err.splitlines() if "police" in line]
    assert ended.code == 11
    assert [line.partition(";")[0] for line in told] == [
        "calls.csv, row 2: P002, does-not-know-where",
        "calls.csv, row 3: does-not-know-where",
    ]
    assert calls_in(morning) == []
    again = run(morning, "ingest", str(morning / "inbox" / "calls.csv"), *BY, now="2026-11-23T09:30")
    assert (again.code, "police" in again.err) == (12, False)


def test_exit_zero_and_a_file_that_cannot_be_read_have_their_say(morning: Path) -> None:
    drop(morning, {"calls.csv": SHEET})
    assert run(morning, "ingest", "--dry-run", "--exit-zero", *BY).code == 0
    drop(morning, {"menu.csv": "Dish,Price\nSoup,2\n"})
    ended = run(morning, "ingest", "--format", "json", *BY)
    assert (ended.code, "P002, does-not-know-where" in ended.err, ended.error["code"]) == (20, True, 20)


def test_a_process_of_its_own_says_the_same(morning: Path) -> None:
    drop(morning, {"calls.csv": SHEET})
    ended = process(morning, "ingest", *BY)
    assert (ended.code, "calls.csv, row 4: P002" in ended.err) == (11, True)
    assert "calls.csv: calls (firstday); 4 rows read = 4 understood + 0 refused; 3 new" in ended.err


# Which lists count


def test_a_dry_run_says_it_and_writes_nothing(morning: Path) -> None:
    drop(morning, {"calls.csv": lines(HEAD, NO_ANSWER, LOST, WRONG)})
    before = dump(morning), sorted(path.name for path in morning.rglob("*.csv"))
    ended = run(morning, "ingest", "--dry-run", "--format", "json", *BY)
    file = ended.json["files"][0]
    assert (ended.code, file["rows_refused"], file["new_calls"]) == (11, 1, 2)
    assert (dump(morning), sorted(path.name for path in morning.rglob("*.csv"))) == before


@pytest.mark.parametrize("more", [("--dry-run",), ()])
def test_a_roll_and_contacts_that_come_with_the_calls_are_those_that_count(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    school = a_school(tmp_path, {**EXPORTS, "a-calls.csv": QUIET})
    files = run(school, "ingest", "--format", "json", *BY, *more).json["files"]
    (file,) = (f for f in files if f["kind"] == "calls")
    assert (file["rows_refused"], file["new_calls"]) == (0, 2)
    assert (school / STORE).exists() is not bool(more)


@pytest.mark.parametrize("more", [("--dry-run",), ()])
def test_the_newest_lists_count_not_those_held(morning: Path, more: tuple[str, ...]) -> None:
    roll = a_roll(*("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B"))
    drop(morning, {"calls.csv": lines(HEAD, NO_ANSWER, ANSWERED, WRONG), "roll.csv": roll})
    drop(morning, {"contacts.csv": CONTACTS.replace("900101", "900111")})
    said = run(morning, "ingest", "--format", "json", *BY, *more).json
    assert [(p["row"], p["column"]) for p in said["problems"]] == [(2, "phone"), (4, "pupil_id")]


def test_of_two_contact_lists_together_the_later_counts(morning: Path) -> None:
    import os

    drop(morning, {"calls.csv": lines(HEAD, NO_ANSWER), "old.csv": CONTACTS.replace("900101", "900100")})
    drop(morning, {"new.csv": CONTACTS + "P003,C5,2,Ash Ward,aunt,07700 900302,\n"})
    os.utime(morning / "inbox" / "old.csv", (1_700_000_000, 1_700_000_000))
    files = run(morning, "ingest", "--format", "json", *BY).json["files"]
    assert [(f["file"], f["rows_refused"]) for f in files] == [("calls.csv", 0), ("new.csv", 0), ("old.csv", 0)]


def test_calls_that_came_before_their_lists_are_refused_and_written_when_they_come_again(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"calls.csv": SHEET})
    first = run(school, "ingest", "--format", "json", *BY, now="2026-11-23T09:00")
    assert {p["column"] for p in first.json["problems"]} == {"at"}  # 09:05 and later have not been yet
    late = run(school, "ingest", str(school / "inbox" / "calls.csv"), "--format", "json", *BY, now="2026-11-23T09:20")
    assert {p["column"] for p in late.json["problems"]} == {"pupil_id"}
    drop(school, EXPORTS)
    run(school, "ingest", now="2026-11-23T09:25")
    assert reconcile(school, now="2026-11-23T09:26")["provisional"] is True
    code, file = ingested(school, SHEET, *BY, now="2026-11-23T09:30")
    assert (code, file["rows_refused"], file["new_calls"]) == (11, 0, 3)
    assert said(school) == ALL
    assert reconcile(school, now="2026-11-23T09:31")["problems"] == []
    assert run(school, "verify").code == 0


# How the file is written


WRITTEN = {
    "as Excel saves it in Windows": SHEET.replace("\n", "\r\n").encode("cp1252"),
    "with semicolons": SHEET.replace('"uncle, at home"', "uncle at home").replace(",", ";").encode("cp1252"),
    "as Unicode text, with tabs": SHEET.replace('"uncle, at home"', "at home").replace(",", "\t").encode("utf-16"),
    "with titles above": ("Call sheet 2 for Mon 23 Nov 2026,,\n! PROVISIONAL: 1 row was refused.\n\n" + SHEET).encode(),
    "headings as somebody likes them": SHEET.replace(HEAD, HEAD.replace("_", " ").title()).encode(),
    "with columns of a roll": SHEET.replace("name,contact,", "Forename,contact,").replace("tried", "surname").encode(),
}


@pytest.mark.parametrize("how", WRITTEN)
def test_the_sheet_is_read_as_a_spreadsheet_saves_it(morning: Path, how: str) -> None:
    code, file = ingested(morning, WRITTEN[how], *BY)
    assert (code, file["kind"], file["rows_read"], file["rows_refused"], file["new_calls"]) == (11, "calls", 4, 0, 3)
    assert said(morning) == ALL


def test_a_register_is_one_whatever_else_it_carries(morning: Path) -> None:
    wide = lines("pupil_id,date,session,mark,contact,outcome,at", f"P001,{DAY},AM,/,1,no-answer,09:05")
    assert ingested(morning, wide, *BY)[1]["kind"] == "register"
    assert calls_in(morning) == []


def test_ids_that_lost_their_zeros_are_put_back_before_the_calls_are_judged(tmp_path: Path) -> None:
    roll, register = a_roll("0012,Ivy,Brennan,4B", "0345,Tom,Okafor,4B"), a_register("0012,N", "0345,N")
    contacts = lines("pupil_id,order,name,phone", "0012,1,Sky Moss,07700 900101", "0345,1,Lee Moss,07700 900102")
    files = {"roll.csv": roll, "register.csv": register, "contacts.csv": contacts}
    school = a_school(tmp_path, files)
    run(school, "ingest")
    sheet = lines("pupil_id,contact,outcome,at", f"12,1,no-answer,{DAY}T09:05", f"345,1,engaged,{DAY}T09:06")
    _, file = ingested(school, sheet, *BY)
    assert (file["rows_refused"], len(file["warnings"])) == (0, 1)
    assert [c["pupil_id"] for c in calls_in(school)] == ["0012", "0345"]


def test_refused_rows_are_counted_named_and_written_to_a_file_as_they_were_typed(morning: Path) -> None:
    drop(morning, {"calls.csv": lines(HEAD, NO_ANSWER, WRONG, LOST.replace("9:12am", "soon"), UNTOUCHED)})
    ended = run(morning, "ingest", "--format", "json", *BY)
    file = ended.json["files"][0]
    assert (file["rows_read"], file["rows_understood"], file["rows_refused"], file["new_calls"]) == (4, 2, 2, 1)
    assert [(p["file"], p["row"], p["column"], p["found"]) for p in ended.json["problems"]] == [
        ("calls.csv", 3, "phone", ""),
        ("calls.csv", 4, "at", "soon"),
    ]
    with (morning / file["reject_file"]).open(encoding="utf-8-sig", newline="") as rejects:
        heading, *rows = csv.reader(rejects)
    assert heading == ["row", "column", "expected", *HEAD.split(",")]
    assert [row[0] for row in rows] == ["3", "4"]
    assert [row[3:] for row in rows] == [WRONG.split(","), LOST.replace("9:12am", "soon").split(",")]


def test_what_was_said_on_the_telephone_is_in_no_problem(morning: Path) -> None:
    secret = ANSWERED.replace("a cold", "").replace("uncle, at home", "at the refuge")
    drop(morning, {"calls.csv": lines(HEAD, secret, NO_ANSWER.replace(",,,,,", ",,at the refuge,,,"))})
    for command in (("ingest", "--dry-run"), ("ingest",), ("reconcile",), ("reconcile", "--format", "json")):
        ended = run(morning, *command, *BY)
        assert "refuge" not in ended.out + ended.err


def test_a_school_that_types_no_sheets_is_not_told_to(kept: Path) -> None:
    assert "calls" not in {check["check"] for check in run(kept, "doctor", "--format", "json").json["checks"]}


def test_the_call_sheet_itself_can_be_typed_into_and_sent_back(morning: Path, tmp_path: Path) -> None:
    run(morning, "report", "call-sheet", "-o", str(tmp_path / "sheet.csv"), now="2026-11-23T09:00")
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as sheet:
        rows = list(csv.reader(sheet))
    head = next(row for row in rows if "outcome" in row)
    called = next(row for row in rows if row[: head.index("contact") + 1][-1:] == ["1"] and "P001" in row)
    called[head.index("outcome")], called[head.index("at")] = "No answer", "9.05"
    with (tmp_path / "back.csv").open("w", encoding="cp1252", newline="") as back:
        csv.writer(back, delimiter=";").writerows(rows)
    ended = run(morning, "ingest", str(tmp_path / "back.csv"), "--format", "json", *BY)
    file = ended.json["files"][0]
    assert (ended.code, file["kind"], file["rows_understood"], file["new_calls"]) == (0, "calls", 4, 1)
    assert said(morning) == [("P001", 1, "no-answer", "09:05", "A. Officer")]
