"""Who is on the roll: zeros that a spreadsheet stripped, one id with two names, and the roll of another school."""

from pathlib import Path

import pytest

from builders import a_register, a_roll, a_school, drop, dump, ids, lines, reconcile, run, standing_of

ZEROS = ("0012,Ivy,Brennan,4B", "0345,Tom,Okafor,4B", "1200,Zoë,Ward,5C")


def taken(school: Path, file: str) -> dict[str, object]:
    files = run(school, "ingest", "--format", "json").json["files"]
    found: dict[str, object] = next(f for f in files if f["file"] == file)
    return found


def test_stripped_zeros_are_put_back_with_a_warning(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*ZEROS), "register.csv": a_register("12,N", "345,/", "1200,/")})
    register = taken(school, "register.csv")
    assert (register["rows_read"], register["rows_refused"]) == (3, 0)
    assert "zeros" in str(register["warnings"])
    found = reconcile(school)
    assert ids(found) == ["0012"]
    assert found["provisional"] is False


def test_stripped_zeros_are_put_back_in_lates_and_messages_too(tmp_path: Path) -> None:
    files = {
        "roll.csv": a_roll(*ZEROS),
        "register.csv": a_register("0012,N", "0345,N", "1200,/"),
        "lates.csv": lines("pupil_id,date,time_in", "12,2026-11-23,09:05"),
        "messages.csv": lines(
            "message_id,received_at,pupil_id,text", "M1,2026-11-23T08:05:00+00:00,345,she has a temperature"
        ),
    }
    found = reconcile(a_school(tmp_path, files))
    assert (ids(found), ids(found, "explained")) == ([], ["0345"])


def test_rows_whose_id_could_be_two_pupils_are_refused(tmp_path: Path) -> None:
    two = ("0012,Ivy,Brennan,4B", "012,Tom,Okafor,4B", "1200,Zoë,Ward,5C")
    school = a_school(tmp_path, {"roll.csv": a_roll(*two), "register.csv": a_register("12,/", "1200,/")})
    register = taken(school, "register.csv")
    assert (register["rows_read"], register["rows_understood"], register["rows_refused"]) == (2, 1, 1)
    found = reconcile(school)
    assert found["provisional"] is True
    assert sorted(ids(found, "unknown")) == ["0012", "012"]


def test_a_stripped_id_is_not_put_back_where_its_pupil_stands_in_the_file_already(tmp_path: Path) -> None:
    both = a_register("0012,N", "12,/", "0345,/", "1200,/")
    found = reconcile(a_school(tmp_path, {"roll.csv": a_roll(*ZEROS), "register.csv": both}))
    assert standing_of(found, "0012") in ("unexplained", "unknown")


def test_ids_are_not_put_back_unless_every_one_then_fits(tmp_path: Path) -> None:
    school = a_school(
        tmp_path, {"roll.csv": a_roll(*ZEROS), "register.csv": a_register("12,/", "777,/", "345,/", "1200,/")}
    )
    found = reconcile(school)
    assert standing_of(found, "0012") != "in_school"
    assert found["provisional"] is True


TWO_NAMES = {
    "in one roll": {"roll.csv": a_roll("P001,Ivy,Brennan,4B", "P001,Tom,Okafor,4B")},
    "one surname": {"roll.csv": a_roll("P001,Ivy,Brennan,4B", "P001,Tom,Brennan,4B")},
    "one forename": {"roll.csv": a_roll("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P001,Ivy,Okafor,4B")},
}


@pytest.mark.parametrize("case", TWO_NAMES)
def test_one_id_with_two_names_is_refused_and_the_store_is_as_it_was(school: Path, case: str) -> None:
    reconcile(school)
    before = dump(school)
    drop(school, TWO_NAMES[case])
    ended = run(school, "ingest")
    assert ended.code == 20
    assert "P001" in ended.err
    assert "two different names" in ended.err
    assert "Ivy" not in ended.err
    assert dump(school) == before


def test_one_id_with_two_names_in_two_rolls_that_came_together_refuses_both(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"a.csv": a_roll("P001,Ivy,Brennan,4B"), "b.csv": a_roll("P001,Tom,Okafor,4B")})
    ended = run(school, "ingest", "--format", "json")
    assert ended.code == 20
    assert all("two different names" in file["error"] for file in ended.json["files"])
    assert reconcile(school)["counts"]["roll"] == 0


def test_one_id_with_one_name_twice_is_one_child(tmp_path: Path) -> None:
    roll = a_roll("P001,Zoë,O'Neill,4B", "P001,ZOE,ONEILL,4B", "P002,Tom,Okafor,4B")
    found = reconcile(a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register("P001,N", "P002,/")}))
    assert (ids(found), found["counts"]["roll"]) == (["P001"], 2)


OTHER_SCHOOLS = {
    "other ids": a_roll("Q1,Ann,Moss,1A", "Q2,Ben,Reed,1A", "Q3,Cal,Fern,1A"),
    "the same ids for other children": a_roll("P001,Ann,Moss,1A", "P002,Ben,Reed,1A", "P003,Cal,Fern,1A"),
    "headings alone": a_roll("P001,Ivy,Brennan,4B").splitlines()[0] + "\n",
}


@pytest.mark.parametrize("case", OTHER_SCHOOLS)
def test_the_roll_of_another_school_is_refused(school: Path, case: str) -> None:
    reconcile(school)
    before = dump(school)
    other = school / "other.csv"
    other.write_text(OTHER_SCHOOLS[case], encoding="utf-8")
    ended = run(school, "ingest", str(other))
    assert ended.code == 20
    assert ended.err.startswith("other.csv")
    assert dump(school) == before
    assert ids(reconcile(school)) == ["P001"]


def test_a_new_child_and_a_leaver_make_no_other_school(school: Path) -> None:
    reconcile(school)
    drop(school, {"roll.csv": a_roll("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P004,Ann,Moss,4B")})
    found = reconcile(school, now="2026-11-23T09:25")
    assert found["counts"]["roll"] == 3
    assert standing_of(found, "P004") == "unknown"
    assert ("P003", "left-out") in [(d["pupil_id"], d["kind"]) for d in found["discrepancies"]]


def test_a_married_name_makes_no_other_school(school: Path) -> None:
    reconcile(school)
    drop(school, {"roll.csv": a_roll("P001,Ivy,Moss,4B", "P002,Thomas,Okafor,4B", "P003,Zoë,Ward,5C")})
    assert run(school, "ingest").code == 0


@pytest.mark.parametrize(
    ("dates", "standing"),
    [
        (",", "unexplained"),
        ("2026-11-24,", "not_expected"),
        ("2026-11-23,", "unexplained"),
        (",2026-11-20", "not_expected"),
        (",2026-11-23", "unexplained"),
    ],
    ids=["no dates", "starts tomorrow", "starts today", "left on Friday", "today is the last day"],
)
def test_the_days_on_roll_decide_who_is_expected(tmp_path: Path, dates: str, standing: str) -> None:
    roll = lines(
        "pupil_id,forename,surname,group,start_date,leave_date", f"P001,Ivy,Brennan,4B,{dates}", "P002,Tom,Okafor,4B,,"
    )
    school = a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register("P001,N", "P002,/")})
    assert standing_of(reconcile(school), "P001") == standing
