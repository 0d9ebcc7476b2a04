"""A row never speaks for another child, a roll hides nobody, and what was not granted explains nothing."""

from pathlib import Path

import pytest
from made_files import changed, xlsx

from builders import a_register, a_roll, a_school, drop, ids, lines, reconcile, run, standing_of

SIX = ("P001,Ivy,Brennan,4B", "P002,Tom,Brennan,4B", "P003,Zoë,Ward,5C", "P004,Sam,Reed,5C", "P005,Ada,Moss,5C",
       "P006,Ola,Quin,5C")  # fmt: skip
HEADINGS = {
    "its own name": "pupil_id,Name,date,session,mark",
    "two columns": "pupil_id,Forename,Surname,date,session,mark",
    "another system's id": "Student ID,Name,Form,Date,Session,Mark",
    "across": "Pupil ID,Legal Forename,Legal Surname,Date,AM",
}


@pytest.mark.parametrize("case", HEADINGS)
def test_an_id_beside_another_childs_name_is_nobodys_mark(tmp_path: Path, case: str) -> None:
    headings = HEADINGS[case]
    cells = {"Forename": "Ivy", "Legal Forename": "Ivy", "Surname": "Brennan", "Legal Surname": "Brennan",
             "Name": "Ivy Brennan", "Form": "4B", "date": "23/11/2026",
             "session": "AM", "mark": "/", "AM": "/"}  # fmt: skip
    row = [cells.get(h, cells.get(h.lower(), "P003")) for h in headings.split(",")]
    school = a_school(tmp_path, {"roll.csv": a_roll(*SIX), "register.csv": lines(headings, ",".join(row))})
    assert run(school, "ingest").code in (12, 20)
    assert standing_of(reconcile(school), "P003") == "unknown"


def test_an_id_beside_a_brothers_name_is_nobodys_mark(tmp_path: Path) -> None:
    register = lines("pupil_id,Name,date,session,mark", "P001,Tom Brennan,23/11/2026,AM,/")
    school = a_school(tmp_path, {"roll.csv": a_roll(*SIX), "register.csv": register})
    assert run(school, "ingest").code == 12
    assert standing_of(reconcile(school), "P001") == "unknown"


def test_a_corrected_roll_gives_the_same_file_to_the_right_children(tmp_path: Path) -> None:
    def roll(first: str, second: str) -> str:
        return lines(
            "pupil_id,forename,surname,group,upn", f"P001,Ivy,Brennan,4B,{first}", f"P002,Tom,Okafor,4B,{second}"
        )

    upns = "V999999924001", "J999999924002"
    register = lines(
        "UPN,AttendanceDate,SessionName,AttendanceMark", f"{upns[0]},23/11/2026,AM,N", f"{upns[1]},23/11/2026,AM,/"
    )
    school = a_school(tmp_path, {"roll.csv": roll(upns[1], upns[0]), "register.csv": register})
    run(school, "ingest")
    drop(school, {"roll.csv": roll(*upns)})
    run(school, "ingest", str(school / "inbox" / "roll.csv"), now="2026-11-23T09:25")
    run(school, "ingest", str(school / "inbox" / "register.csv"), now="2026-11-23T09:26")
    assert ids(reconcile(school, now="2026-11-23T09:30")) == ["P001"]


def test_a_list_of_some_children_is_no_roll(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*SIX), "register.csv": a_register("P001,N", "P002,N", "P003,/")})
    run(school, "ingest")
    drop(school, {"dinners.csv": lines("Adno,Forename,Surname,Dinner", "P002,Tom,Brennan,x", "P003,Zoë,Ward,x")})
    assert run(school, "ingest").code == 20
    assert reconcile(school)["counts"]["roll"] == 6


def test_a_roll_that_leaves_out_one_in_ten_is_taken_only_when_somebody_says_so(tmp_path: Path) -> None:
    pupils = [f"P{n:03},Child{n},Ward,4B" for n in range(40)]
    school = a_school(tmp_path, {"roll.csv": a_roll(*pupils)})
    run(school, "ingest")
    drop(school, {"roll.csv": a_roll(*pupils[:35])})
    refused = run(school, "ingest")
    assert (refused.code, "--as roll" in refused.err) == (20, True)
    assert run(school, "ingest", str(school / "inbox" / "roll.csv"), "--as", "roll").code == 0
    assert reconcile(school)["counts"]["roll"] == 35


def test_a_roll_of_which_most_have_left_is_refused(tmp_path: Path) -> None:
    rows = [f"S{n},Child{n},Ward,4B,Leaver" for n in range(5)]
    roll = lines(
        "StudentId,FirstName,LastName,TutorGroupName,EnrolmentStateName", *rows, "S9,Ivy,Brennan,4B,Current pupil"
    )
    assert run(a_school(tmp_path, {"roll.csv": roll}), "ingest").code == 20


def test_a_status_of_one_or_two_is_not_read_as_leaving(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    rows = [f"L{n},Child{n},Ward,4B,1" for n in range(5)]
    export.write_text(lines("Learner ID,Given name,Family name,Class,Status", *rows), encoding="utf-8")
    school = a_school(tmp_path, {})
    run(school, "inspect", str(export), "--save", "ours", "--map", "Learner ID=pupil_id")
    run(school, "ingest", str(export))
    assert reconcile(school)["counts"]["not_expected"] == 0


def test_a_taught_roll_takes_no_register(tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(
        lines("Pupil Ref,First Name,Family Name,Class", *(s.replace(",", ",") for s in SIX)), encoding="utf-8"
    )
    school = a_school(tmp_path, {})
    assert run(school, "inspect", str(export), "--save", "ours").code == 0
    run(school, "ingest", str(export))
    marks = lines(
        "pupil_id,Pupil Ref,First Name,Family Name,Class,Date,Session,Mark", "P001,P001,Ivy,Brennan,4B,23/11/2026,AM,N"
    )
    drop(school, {"marks.csv": marks})
    assert run(school, "ingest", "--format", "json").json["files"][0]["kind"] == "register"
    assert ids(reconcile(school)) == ["P001"]


PLANS = {  # what the plan says → standing in the morning of a child marked N, and in the afternoon
    "the whole day": ("2026-11-23", "2026-11-23", "explained", "explained"),
    "from one o'clock": ("2026-11-23 13:00:00", "2026-11-23 15:30:00", "unexplained", "explained"),
    "till ten": ("2026-11-23 09:00:00", "2026-11-23 10:00:00", "explained", "unexplained"),
    "between the registers": ("2026-11-23 10:30:00", "2026-11-23 11:30:00", "unexplained", "unexplained"),
    "from yesterday afternoon": ("2026-11-20 13:00:00", "2026-11-23 15:30:00", "explained", "explained"),
    "till tomorrow, from this afternoon": ("2026-11-23 13:00:00", "2026-11-24 15:30:00", "unexplained", "explained"),
    "till this morning": ("2026-11-20 09:00:00", "2026-11-23 11:00:00", "explained", "unexplained"),
}


@pytest.mark.parametrize("case", PLANS)
def test_a_plan_with_times_explains_what_it_covers(tmp_path: Path, case: str) -> None:
    first, last, morning, afternoon = PLANS[case]
    plan = lines("pupil_id,from_date,to_date,code,reason", f"P001,{first},{last},M,hospital")
    marks = {
        "am.csv": a_register("P001,N", "P002,/", "P003,/"),
        "pm.csv": a_register("P001,N", "P002,/", "P003,/", session="PM"),
    }
    school = a_school(tmp_path, {"roll.csv": a_roll(), "planned.csv": plan, **marks})
    assert standing_of(reconcile(school, now="2026-11-23T09:30"), "P001") == morning
    assert standing_of(reconcile(school, now="2026-11-23T13:50"), "P001") == afternoon


@pytest.mark.parametrize(("decided", "standing"), [
    ("Refused", "unexplained"), ("Pending", "unexplained"), ("", "unexplained"), ("Approved", "explained"),
])  # fmt: skip
def test_leave_that_was_not_granted_explains_nobody(tmp_path: Path, decided: str, standing: str) -> None:
    plan = lines("pupil_id,from_date,to_date,code,Decision", f"P001,23/11/2026,23/11/2026,C,{decided}")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(), "planned.csv": plan})
    assert standing_of(reconcile(school), "P001") == standing


LATES = {  # a row of the front door → whether it brings the child in
    "Date,Time,Name,Form,Event|23/11/2026,09:10,Ivy Brennan,4B,Signed in": True,
    "Date,Time,Name,Form,Event|23/11/2026,09:10,Ivy Brennan,4B,Not signed in": False,
    "Date,Time,Name,Form,Event|23/11/2026,09:10,Ivy Brennan,4B,Sign-in cancelled": False,
    "Pupils signed OUT,,,,|Date,Time,Name,Form,Reason|23/11/2026,09:10,Ivy Brennan,4B,dentist": False,
    "Late book,,,,|Date,Time,Name,Form,Reason|23/11/2026,09:10,Ivy Brennan,4B,bus": True,
    "pupil_id,date,time_in|P001,23/11/2026,1:15": False,
}


@pytest.mark.parametrize("rows", LATES)
def test_only_a_sign_in_is_a_sign_in(tmp_path: Path, rows: str) -> None:
    school = a_school(
        tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(), "lates.csv": lines(*rows.split("|"))}
    )
    assert standing_of(reconcile(school), "P001") == ("in_school" if LATES[rows] else "unexplained")


def test_a_barred_person_is_barred_whatever_the_layout_reads(tmp_path: Path) -> None:
    contacts = lines("pupil_id,order,name,relationship,phone,Court order", "P001,1,Ann,Mother,07700 900501,",
                     "P001,2,Karl,Father,07700 900502,Yes")  # fmt: skip
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(), "contacts.csv": contacts})
    people = reconcile(school)["unexplained"][0]["contacts"]
    assert [(c["name"], c["usable"]) for c in people] == [("Ann", True), ("Karl", False)]


def test_two_sheets_of_one_name_are_not_read_as_one(tmp_path: Path) -> None:
    heading = ("pupil_id", "forename", "surname", "group")
    two = xlsx(("A", [heading, ("P001", "Ivy", "Brennan", "4B")]), ("B", [heading, ("P002", "Tom", "Okafor", "4B")]))
    raw = changed(two, lambda _part, content: content.replace(b'name="B"', b'name="A"'))
    ended = run(a_school(tmp_path, {"roll.xlsx": raw}), "ingest")
    assert (ended.code, "two sheets of one name" in ended.err) == (20, True)


def test_no_row_of_a_child_is_printed_as_headings(tmp_path: Path) -> None:
    school = a_school(
        tmp_path, {"roll.csv": a_roll(), "leak.csv": lines("Ref,Learner,Family,Tel", "1023,Mark,Hill,07700 900123")}
    )
    assert "Hill" not in run(school, "ingest").err


ODD = {
    "an order of five thousand digits": lines("pupil_id,order,name,phone", f"P001,{'9' * 5000},Ann,07700 900501"),
    "a day of sixty thousand blanks": lines("pupil_id,date,session,mark", f"P001,2{' ' * 60000}x,AM,N"),
    "a name of sixty thousand blanks": lines("name,group,date,time_in", f"I{' ' * 60000}y,4B,23/11/2026,9.05"),
    "a number of sixty thousand signs": lines("pupil_id,order,name,phone", f"P001,1,Ann,{'0 ' * 30000}"),
    "another of its kind": lines("pupil_id,order,name,phone", f"P001,1,Ann,{'01 02-' * 10000}"),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_cell_is_told_at_once_and_stops_nothing(tmp_path: Path, case: str) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(), "odd.csv": ODD[case]})
    assert run(school, "ingest").code in (0, 12)
    assert ids(reconcile(school)) == ["P001"]


BARRED_BESIDE = ("Contact2 Court Order", "Contact 2 Do not contact", "Court Order 2")


@pytest.mark.parametrize("heading", BARRED_BESIDE)
def test_a_barred_person_beside_a_pupil_is_barred(tmp_path: Path, heading: str) -> None:
    profile = """title = "Beside"
[[exports]]
holds = ["roll", "contacts"]
needs = ["pupil_id", "forename", "surname"]
found_by = ["Ref"]
[exports.columns]
pupil_id = ["Ref"]
forename = ["Forename"]
surname = ["Surname"]
group = ["Form"]
[exports.numbered_contacts]
name = "Contact{n} Name"
phone = "Contact{n} Phone"
"""
    rows = lines(f"Ref,Forename,Surname,Form,Contact1 Name,Contact1 Phone,Contact2 Name,Contact2 Phone,{heading}",
                 "P001,Ivy,Brennan,4B,Ann,07700 900501,Karl,07700 900502,Yes")  # fmt: skip
    school = a_school(tmp_path, {"roll.csv": rows, "register.csv": a_register("P001,N")})
    (school / "profiles").mkdir()
    (school / "profiles" / "beside.toml").write_text(profile, encoding="utf-8")
    people = reconcile(school)["unexplained"][0]["contacts"]
    assert [(c["name"], c["usable"]) for c in people] == [("Ann", True), ("Karl", False)]


ASKED = {  # from and to of a request that waits to be granted → whether the morning is explained by itself
    "23/11/2026,23/11/2026": True,
    "23/11/2026 08:50,23/11/2026 15:20": True,
    "23/11/2026 13:00,23/11/2026 15:30": False,
    "23/11/2026 08:50,23/11/2026 09:30": False,
}


@pytest.mark.parametrize("days", ASKED)
def test_a_message_about_a_part_of_the_day_waits_for_a_person(tmp_path: Path, days: str) -> None:
    first, last = days.split(",")
    message = lines("received_at,text,pupil_id,from_date,to_date", f"23/11/2026 08:00,temperature,P001,{first},{last}")
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register(), "messages.csv": message})
    assert standing_of(reconcile(school), "P001") == ("explained" if ASKED[days] else "unexplained")
    assert len(run(school, "messages", "--format", "json").json["messages"]) == (0 if ASKED[days] else 1)
