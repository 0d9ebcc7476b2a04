"""A file that holds several tables: each is read as a file of its own, and none is passed over in silence."""

import json
from pathlib import Path
from typing import Any

from made_files import xlsx

from builders import DAY, a_school, drop, ids, reconcile, run

HEADING = ("pupil_id", "forename", "surname", "group")
FOURTH = [HEADING, ("P001", "Ivy", "Brennan", "4B"), ("P002", "Tom", "Okafor", "4B")]
FIFTH = [HEADING, ("P003", "Zoë", "Ward", "5C")]
MARKS = ("pupil_id", "date", "session", "mark")
OF_4B = [MARKS, ("P001", DAY, "AM", "N"), ("P002", DAY, "AM", "/")]
OF_5C = [MARKS, ("P003", DAY, "AM", "N")]
CONTACTS = [("pupil_id", "order", "name", "phone"), ("P001", "1", "Ann Brennan", "07700 900501")]
NOTES = [("To do",), ("ring the office",)]
MISSPELT = [("pupil_id", "forenaem", "surnaem", "group"), *FIFTH[1:], ("P004", "Sam", "Reed", "5C")]


def ingest(school: Path) -> Any:
    return run(school, "ingest", "--format", "json")


def test_a_sheet_for_each_class_is_one_roll_and_one_register(tmp_path: Path) -> None:
    roll, register = xlsx(("4B", FOURTH), ("5C", FIFTH)), xlsx(("4B", OF_4B), ("5C", OF_5C))
    school = a_school(tmp_path, {"roll.xlsx": roll, "register.xlsx": register})
    files = ingest(school).json["files"]
    assert [file["file"] for file in files] == [
        "register.xlsx, sheet 4B", "register.xlsx, sheet 5C", "roll.xlsx, sheet 4B", "roll.xlsx, sheet 5C",
    ]  # fmt: skip
    found = reconcile(school)
    assert (found["counts"]["roll"], ids(found), found["counts"]["in_school"]) == (3, ["P001", "P003"], 1)


def test_two_kinds_in_one_workbook_are_both_read(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"school.xlsx": xlsx(("Pupils", FOURTH), ("Contacts", CONTACTS), ("Marks", OF_4B))})
    assert [file["kind"] for file in ingest(school).json["files"]] == ["contacts", "register", "roll"]
    found = reconcile(school)
    assert [contact["phone"] for contact in found["unexplained"][0]["contacts"]] == ["07700 900501"]


def test_the_same_workbook_again_adds_nothing(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"school.xlsx": xlsx(("Pupils", FOURTH), ("Marks", OF_4B))})
    ingest(school)
    assert ingest(school).json["files"] == []
    again = run(school, "ingest", str(school / "inbox" / "school.xlsx"), "--format", "json").json["files"]
    assert [file["taken_in_before"] for file in again] == [True, True]


def test_a_roll_with_a_sheet_that_nobody_can_read_is_refused(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("4B", FOURTH), ("5C", MISSPELT))})
    ended = run(school, "ingest")
    assert (ended.code, "sheet 5C" in ended.err, "would hide its pupils" in ended.err) == (20, True, True)
    assert reconcile(school)["counts"]["roll"] == 0


def test_a_remark_beside_a_roll_hides_nobody(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("4B", FOURTH), ("Notes", NOTES))})
    assert ingest(school).code == 0
    assert reconcile(school)["counts"]["roll"] == 2


def test_a_sheet_left_out_beside_a_register_is_named(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("4B", FOURTH), ("5C", FIFTH))})
    ingest(school)
    drop(school, {"register.xlsx": xlsx(("4B", OF_4B), ("5C", MISSPELT))})
    file = ingest(school).json["files"][0]
    assert any("sheet 5C is left out" in warning for warning in file["warnings"])
    assert ids(reconcile(school), "unknown") == ["P003"]


def test_a_hidden_sheet_is_named(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("4B", FOURTH), ("5C", FIFTH), hidden=["5C"])})
    assert any("hidden sheet 5C" in warning for warning in ingest(school).json["files"][0]["warnings"])


def test_a_class_in_merged_cells_is_that_of_every_pupil_beside_it_and_a_mark_is_not(tmp_path: Path) -> None:
    rows = [
        ("Class", "pupil_id", "date", "session", "mark"),
        ("4B", "P001", DAY, "AM", "/"), ("", "P002", DAY, "AM", ""), ("", "P005", DAY, "AM", ""),
    ]  # fmt: skip
    roll = [*FOURTH, ("P005", "Sam", "Reed", "4B")]
    register = xlsx(("Marks", rows), merged=[("A2:A4", "4B"), ("E2:E4", "/")])
    school = a_school(tmp_path, {"roll.xlsx": xlsx(("Roll", roll)), "register.xlsx": register})
    ingest(school)
    assert ids(reconcile(school), "unknown") == ["P002", "P005"]


def test_pages_of_several_are_no_whole_roll(tmp_path: Path) -> None:
    pupil = {"id": "A1", "upi": "a1", "surname": "Brennan", "forename": "Ivy"}
    page = {"data": [pupil], "meta": {"pagination": {"more": True}}}
    school = a_school(tmp_path, {"students.json": json.dumps(page)})
    ended = run(school, "ingest")
    assert (ended.code, "one page of several" in ended.err) == (20, True)
