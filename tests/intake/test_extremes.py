"""A strange cell refuses its row, or is told: it never ends the morning, and hides no child behind another cell."""

from pathlib import Path

import pytest

from builders import DAY, a_register, a_roll, a_school, ids, lines, reconcile, run, standing_of

FAR = ("0001-01-01", "9999-12-31")
MOMENTS = (
    "0001-01-01T00:00:00",
    "0001-01-01T00:00:00+00:00",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59",
    "9999-12-31T23:59:59-14:00",
    "2026-11-23T08:10:00+23:59",
    "2026-11-23T08:10:00.123456789Z",
)
DIGITS = ("²", "٣", "９", "99999999999999999999999", "-1", "1.5")
CELLS: dict[str, tuple[str, str, tuple[str, ...]]] = {  # kind → heading, row with a place for the cell, the cells
    "when a message came": ("message_id,received_at,pupil_id,text", "M1,{},P001,off today", MOMENTS),
    "a message's dates": (
        "received_at,pupil_id,text,from_date,to_date",
        "2026-11-23T08:10,P001,off,{0},{0}",
        (*FAR, "²/11/2026", "٢٣/١١/٢٠٢٦"),
    ),
    "when a register was taken": ("pupil_id,date,session,mark,taken_at", f"P001,{DAY},AM,N,{{}}", MOMENTS),
    "a register's date": (
        "pupil_id,date,session,mark",
        "P001,{},AM,N",
        (*FAR, "٢٣/١١/٢٠٢٦", "²³/11/2026", "99999-01-01"),
    ),
    "a time in": ("pupil_id,date,time_in", f"P001,{DAY},{{}}", ("²³:05", "٠٩:٠٥", "99999999999", "24:00", "00:00")),
    "a contact's place": ("pupil_id,order,name,phone", "P001,{},Ann Brennan,07700 900101", DIGITS),
    "a contact's number": (
        "pupil_id,order,name,phone",
        "P001,1,Ann Brennan,{}",
        (*DIGITS, "٠٧٧٠٠٩٠٠١٠١", "+44 (0)7700 900101", "0" * 400),
    ),
    "a flag's dates": ("pupil_id,flag,since,until", "P001,ehcp,{0},{0}", FAR),
    "a plan's dates": ("pupil_id,from_date,to_date,code", "P001,{0},{0},C", FAR),
    "a time to be back": (
        "pupil_id,from_date,to_date,code,due_back",
        f"P001,{DAY},{DAY},M,{{}}",
        ("²³:05", "24:00", "00:00"),
    ),
}
CASES = [(kind, cell) for kind, (_, _, cells) in CELLS.items() for cell in cells]


@pytest.mark.parametrize(("kind", "cell"), CASES)
def test_a_strange_cell_ends_no_morning_and_explains_nobody_else(tmp_path: Path, kind: str, cell: str) -> None:
    heading, row, _ = CELLS[kind]
    files = {"roll.csv": a_roll(), "a.csv": a_register("P002,N", "P003,/"), "b.csv": lines(heading, row.format(cell))}
    school = a_school(tmp_path, files)
    said = run(school, "ingest", "--format", "json")
    assert said.code in (0, 12)
    assert all(f["rows_read"] == f["rows_understood"] + f["rows_refused"] for f in said.json["files"])
    for pupil_id in ("P001", "P002"):
        assert run(school, "why", pupil_id).code == 0
    for command in ("registers", "messages", "doctor"):
        assert run(school, command).code in (0, 10, 11, 12)
    assert "P002" in ids(reconcile(school))


@pytest.mark.parametrize("mark", ["N", "X", "Z", "I"])
@pytest.mark.parametrize("cell", FAR)
@pytest.mark.parametrize("column", ["dob", "start_date", "leave_date"])
def test_a_pupil_with_a_strange_date_is_still_a_pupil(tmp_path: Path, column: str, cell: str, mark: str) -> None:
    roll = lines(f"pupil_id,forename,surname,group,{column}", f"P001,Ivy,Brennan,4B,{cell}", "P002,Tom,Okafor,4B,")
    school = a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register(f"P001,{mark}", "P002,N")})
    found = reconcile(school)
    assert sum(found["counts"].values()) == 2 * found["counts"]["roll"] == 4
    assert "P002" in ids(found)


@pytest.mark.parametrize("table", ["sickness", "escalation", "calling", "freshness"])
def test_a_number_of_the_policy_that_is_beyond_all_sense_is_refused_and_no_crash(tmp_path: Path, table: str) -> None:
    key = {"sickness": "recovery_hours", "escalation": "wait_hours", "calling": "rounds", "freshness": "roll"}[table]
    policy = f'[school]\nname = "Fernhill"\n[{table}]\n{key} = 99999999999\n'
    ended = run(a_school(tmp_path, policy=policy), "reconcile")
    assert ended.code in (10, 21)


TWICE = {  # a register with one heading twice: the marks of P001 do not agree
    "a mark twice": lines(
        "pupil_id,date,session,mark,Mark", f"P001,{DAY},AM,/,N", f"P002,{DAY},AM,/,/", f"P003,{DAY},AM,N,N"
    ),
    "a mark twice, the other way": lines(
        "pupil_id,date,session,mark,Mark", f"P001,{DAY},AM,N,/", f"P002,{DAY},AM,/,/", f"P003,{DAY},AM,N,N"
    ),
    "a morning twice": lines("pupil_id,date,AM,AM", f"P001,{DAY},/,N", f"P002,{DAY},/,/", f"P003,{DAY},N,N"),
    "a mark and an export mark of one letter": lines(
        "StudentId,CalendarStartDate,PeriodDisplayName,Mark,ExportMark",
        f"P001,{DAY},AM,/,N",
        f"P002,{DAY},AM,/,/",
        f"P003,{DAY},AM,N,N",
    ),
    "an id twice": lines("pupil_id,Pupil ID,date,session,mark", f"P002,P001,{DAY},AM,/", f"P003,P003,{DAY},AM,N"),
    "a date twice": lines(
        "pupil_id,date,Date,session,mark",
        f"P001,{DAY},2026-11-20,AM,/",
        f"P002,{DAY},{DAY},AM,/",
        f"P003,{DAY},{DAY},AM,N",
    ),
    "a session twice": lines("pupil_id,date,session,Session,mark", f"P001,{DAY},AM,PM,/", f"P002,{DAY},AM,AM,/"),
}


@pytest.mark.parametrize("case", TWICE)
def test_columns_that_carry_one_meaning_and_do_not_agree_never_put_a_child_in_school(tmp_path: Path, case: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": TWICE[case]})
    assert standing_of(reconcile(school), "P001") in ("unexplained", "unknown")
