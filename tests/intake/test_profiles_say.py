"""What a school's own profile can say of an export; each key of the table in docs/exports.md."""

from pathlib import Path
from typing import Any

import pytest

from builders import NOW, a_roll, a_school, drop, ids, lines, reconcile, run, standing_of

REGISTER = '[[exports]]\nholds = ["register"]\n'
COLUMNS = '[exports.columns]\npupil_id = ["Ref"]\n'


def with_profile(tmp_path: Path, profile: str, files: dict[str, str], now: str = NOW) -> Path:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    (school / "profiles").mkdir()
    (school / "profiles" / "ours.toml").write_text(f'title = "Ours"\n\n{profile}', encoding="utf-8")
    run(school, "ingest", now=now)
    drop(school, files)
    return school


def file_of(school: Path) -> Any:
    said = run(school, "ingest", "--format", "json")
    return said.json["files"][0] if said.code != 20 else said.err


def test_words_for_sessions_and_lessons(tmp_path: Path) -> None:
    profile = f"""{REGISTER}needs = ["date", "session", "mark"]
{COLUMNS}date = ["Day"]
session = ["Slot"]
mark = ["Code"]
[exports.sessions]
"Reg 1" = "AM"
"Maths" = ""
"""
    rows = lines("Ref,Day,Slot,Code", "P001,23/11/2026,Reg 1,N", "P001,23/11/2026,Maths,/", "P002,23/11/2026,Art,/")
    school = with_profile(tmp_path, profile, {"marks.csv": rows})
    file = file_of(school)
    assert (file["rows_read"], file["rows_refused"], file["warnings"]) == (2, 1, ["1 rows left out: lessons (row 3)"])
    assert ids(reconcile(school)) == ["P001"]


def test_a_column_of_marks_named_with_its_session(tmp_path: Path) -> None:
    profile = f'{REGISTER}{COLUMNS}[exports.marks_under]\n"Morning code" = "AM"\n"Later" = "PM"\n'
    school = with_profile(tmp_path, profile, {"marks.csv": lines("Ref,Morning code,Later", "P001,N,", "P002,/,")})
    assert ids(reconcile(school)) == ["P001"]


def test_own_words_for_marks_whatever_their_case(tmp_path: Path) -> None:
    profile = f'{REGISTER}marks_across = true\n{COLUMNS}[exports.marks]\n"HERE" = "/"\n"gone" = "N"\n'
    rows = lines("Ref,AM", "P001,gone", "P002,here", "P003,elsewhere")
    found = reconcile(with_profile(tmp_path, profile, {"marks.csv": rows}))
    assert (ids(found), standing_of(found, "P002"), ids(found, "unknown")) == (["P001"], "in_school", ["P003"])


LATES = '[[exports]]\nholds = ["lates"]\nneeds = ["date", "time_in"]\n'


def test_a_layout_that_knows_all_headings_fits_no_other(tmp_path: Path) -> None:
    profile = f"""{LATES}knows_all = true
may_have = ["Signed"]
{COLUMNS}date = ["On"]
time_in = ["When"]
"""
    school = with_profile(tmp_path, profile, {"a.csv": lines("Ref,On,When,Signed", "P001,23/11/2026,9.05,x")})
    assert file_of(school)["rows_understood"] == 1
    drop(school, {"a.csv": lines("Ref,On,When,Way", "P002,23/11/2026,9.05,out")})
    assert "fits no layout" in file_of(school)


def test_the_headings_it_is_found_by_come_before_another_layout(tmp_path: Path) -> None:
    profile = f'{LATES}found_by = ["pupil_id", "When"]\n[exports.columns]\npupil_id = ["pupil_id"]\ndate = ["date"]\n'
    school = with_profile(
        tmp_path, f'{profile}time_out = ["time_in"]\ntime_in = ["When"]\n',
        {"lates.csv": lines("pupil_id,date,time_in,When", "P001,23/11/2026,10.00,9.05")},
    )  # fmt: skip
    assert file_of(school)["profile"] == "ours"


ORDERED = f"""{REGISTER}needs = ["date", "session", "mark"]
in_this_order = ["Ref [1]", "Code [1]", "Ref [2]"]
[exports.columns]
pupil_id = ["Ref [1]"]
date = ["Day"]
session = ["Half"]
mark = ["Code [1]"]
"""


@pytest.mark.parametrize(("headings", "fits"), [("Ref,Code,Day,Half,Ref,Code", True), ("Code,Ref,Day,Half,Ref", False)])
def test_repeated_headings_are_told_apart_by_where_they_stand(tmp_path: Path, headings: str, fits: bool) -> None:
    row = "P001,N,23/11/2026,AM,T9,X" if fits else "N,P001,23/11/2026,AM,T9"
    school = with_profile(tmp_path, ORDERED, {"marks.csv": lines(headings, row)})
    assert ids(reconcile(school)) == (["P001"] if fits else [])


MESSAGES = '[[exports]]\nholds = ["messages"]\nneeds = ["received_at"]\n'


def test_times_of_another_clock_and_words_of_every_column(tmp_path: Path) -> None:
    profile = f"""{MESSAGES}zone = "UTC"
channel = "post"
rest_as_text = true
[exports.columns]
received_at = ["Came"]
pupil_id = ["Ref"]
text = ["Says"]
"""
    rows = lines("Came,Ref,Says,Any other words", "2026-09-07 11:40,P001,temperature,back tomorrow")
    early = "2026-09-07T08:00"
    school = with_profile(tmp_path, profile, {"m.csv": rows}, now=early)
    run(school, "ingest", now="2026-09-07T13:00")
    assert ids(reconcile(school, "--session", "AM", now="2026-09-07T13:00"), "explained") == []
    waiting = run(school, "messages", "--format", "json", now="2026-09-08T09:30").json["messages"]
    assert [message["text"] for message in waiting] == ["temperature; Any other words: back tomorrow"]


DATED = f"""{MESSAGES}dates = ["%d/%m/%Y", "%m/%d/%Y"]
[exports.columns]
received_at = ["Came"]
pupil_id = ["Ref"]
text = ["Says"]
"""
ORDERS = {  # moments as written → how many rows are understood; nought where the file is refused
    "a day over twelve first": (("23/11/2026 08:10", "03/11/2026 08:10"), 2),
    "a day over twelve second": (("11/23/2026 08:10", "11/03/2026 08:10"), 2),
    "only one order is past": (("11/12/2026 08:10", "11/10/2026 08:10"), 2),
    "nothing decides": (("03/10/2026 08:10", "04/11/2026 08:10"), 0),
    "one that neither reads": (("23/11/2026 08:10", "2026.23.11 08:10"), 1),
    "each row decides for itself": (("23/11/2026 08:10", "11/23/2026 08:10"), 2),
    "both orders, and a row that neither decides": (("23/11/2026 08:10", "11/23/2026 08:10", "04/11/2026 08:10"), 0),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDERS)
def test_the_order_of_days_is_settled_by_the_whole_column_or_not_at_all(tmp_path: Path, case: str) -> None:
    moments, understood = ORDERS[case]
    rows = lines("Came,Ref,Says", *(f"{moment},P001,cold" for moment in moments))
    school = with_profile(tmp_path, DATED, {"m.csv": rows})
    file = file_of(school)
    if understood:
        assert file["rows_understood"] == understood
    else:
        assert "day first or month first" in file


def test_a_picture_of_days_gone_by_says_nothing_of_today(tmp_path: Path) -> None:
    profile = f"""{REGISTER}is_past = true
needs = ["date", "session", "mark"]
{COLUMNS}date = ["Day"]
session = ["Half"]
mark = ["Code"]
"""
    rows = lines("Ref,Day,Half,Code", "P001,20/11/2026,AM,N", "P001,23/11/2026,AM,/", "P002,24/11/2026,AM,/")
    school = with_profile(tmp_path, profile, {"marks.csv": rows})
    assert file_of(school)["rows_read"] == 1
    assert standing_of(reconcile(school), "P001") == "unknown"


WRONG = {
    "an unknown key": f"{REGISTER}colour = 1\n{COLUMNS}",
    "an unknown meaning": f'{REGISTER}{COLUMNS}shoe = ["Size"]\n',
    "a way that names no year": f'{REGISTER}dates = ["%d/%m"]\n{COLUMNS}',
    "a session that there is not": f'{REGISTER}{COLUMNS}[exports.sessions]\n"P1" = "NOON"\n',
    "marks of no session": f'{REGISTER}{COLUMNS}[exports.marks_under]\n"A" = "noon"\n',
    "another clock": f'{REGISTER}zone = "CET"\n{COLUMNS}',
    "an unknown kind": f'[[exports]]\nholds = ["meals"]\n{COLUMNS}',
}


@pytest.mark.parametrize("case", WRONG)
def test_a_profile_that_cannot_be_is_named_with_its_key(tmp_path: Path, case: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll()})
    (school / "profiles").mkdir()
    (school / "profiles" / "ours.toml").write_text(f'title = "Ours"\n\n{WRONG[case]}', encoding="utf-8")
    ended = run(school, "ingest")
    assert (ended.code, "profiles/ours.toml" in ended.err) == (21, True)
