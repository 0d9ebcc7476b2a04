"""Whose mark a row of a register is: by the system's id, else UPN, admission number, or whole name with the class."""

from pathlib import Path

import pytest

from builders import a_school, lines, reconcile, run, standing_of
from rules.table import RuleTable

ROLL = lines(
    "Person_id,Adno,UPN,Legal Forename,Legal Surname,Preferred Forename,Reg",
    "6420,003127,V999999924001,Oluwaseun,Okafor,Seun,4B",
    "6421,003128,J999999924002,Ivy,Brennan,,4B",
    "6422,003129,Y999999924003,Ivy,Brennan,,5C",
    "6423,003130,M999999924004,Sam,Reed,,4B",
    "6424,003131,B999999924005,Sam,Reed,,4B",
)
EVERYBODY = ("6420", "6421", "6422", "6423", "6424")

RULES = RuleTable(
    title="Whose mark a row is, where it is the mark of a child in school",
    source="Guidance, step 1: compare the registers; a name by itself is never enough",
    columns=("id", "UPN", "admission no", "forename", "surname", "class", "brings in"),
    rows=(
        ("6420", "", "", "", "", "", "6420"),
        ("6420", "", "", "Seun", "Okafor", "4B", "6420"),
        ("6420", "", "", "Oluwaseun", "", "", "6420"),
        # the id of one child and the name of another: nobody can say whose mark it is
        ("6420", "", "", "Ivy", "Brennan", "4B", "nobody, refused"),
        ("6420", "", "", "Nobody", "Known", "4B", "nobody, refused"),
        # without the system's id: what identifies one child on the roll
        ("", "V999999924001", "", "", "", "", "6420"),
        ("", "v999999924001", "", "", "", "", "6420"),
        ("", "V999999924001", "", "Ivy", "Brennan", "4B", "nobody, refused"),
        ("", "W999999924009", "", "Ivy", "Brennan", "4B", "nobody, refused"),
        ("", "", "003127", "", "", "", "6420"),
        ("", "", "3127", "", "", "", "6420"),
        ("", "", "9999", "", "", "", "nobody, refused"),
        ("", "", "", "Ivy", "Brennan", "4B", "6421"),
        ("", "", "", "IVY", "brennan", "5c", "6422"),
        ("", "", "", "Seun", "Okafor", "4B", "6420"),
        # two of one name in one class, another class, a name without a class
        ("", "", "", "Sam", "Reed", "4B", "nobody, refused"),
        ("", "", "", "Ivy", "Brennan", "6A", "nobody, refused"),
        ("", "", "", "Ivy", "Brennan", "", "nobody, refused"),
        ("", "", "", "Nobody", "Known", "4B", "nobody, refused"),
        ("", "", "", "", "", "4B", "nobody, refused"),
    ),
)


@pytest.mark.parametrize("row", RULES.rows, ids=" ".join)
def test_whose_row(tmp_path: Path, row: tuple[str, ...]) -> None:
    *who, expected = row
    marks = lines(
        "PersonID,UPN,Adno,Forename,Surname,Reg,AttendanceDate,SessionName,AttendanceMark",
        f"{','.join(who)},23/11/2026,AM,/",
    )
    school = a_school(tmp_path, {"roll.csv": ROLL, "marks.csv": marks})
    file = next(f for f in run(school, "ingest", "--format", "json").json["files"] if f["file"] == "marks.csv")
    found = reconcile(school)
    here = {pupil_id for pupil_id in EVERYBODY if standing_of(found, pupil_id) == "in_school"}
    assert here == ({expected} & set(EVERYBODY))
    assert (file["rows_read"], file["rows_refused"]) == (1, 0 if here else 1)


def test_rows_without_an_id_wait_for_a_roll(tmp_path: Path) -> None:
    marks = lines("UPN,AttendanceDate,SessionName,AttendanceMark", "V999999924001,23/11/2026,AM,/")
    school = a_school(tmp_path, {"marks.csv": marks})
    ended = run(school, "ingest")
    assert (ended.code, "Take the roll in first" in ended.err) == (20, True)
    (school / "inbox" / "roll.csv").write_text(ROLL, encoding="utf-8")
    assert run(school, "ingest").code == 0
    assert standing_of(reconcile(school), "6420") == "in_school"


def test_a_roll_without_ids_of_its_own_goes_by_upn(tmp_path: Path) -> None:
    roll = lines("UPN,Forename,Surname,Reg", "V999999924001,Ivy,Brennan,4B", "J999999924002,Tom,Okafor,4B")
    marks = lines("Forename,Surname,Reg,AttendanceDate,SessionName,AttendanceMark", "Ivy,Brennan,4B,23/11/2026,AM,N")
    school = a_school(tmp_path, {"roll.csv": roll, "marks.csv": marks})
    assert run(school, "ingest").code == 0
    assert standing_of(reconcile(school), "V999999924001") == "unexplained"
