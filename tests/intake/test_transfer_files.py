"""Common transfer files → pupils, contacts with a row a number, and marks of which the day is certain."""

from itertools import chain

import pytest
from made_files import Shown, read

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.files.opened import tables_of

UPN = "V999999924001"
CONTACT = """<Contacts>
<Contact><Order>1</Order><Title>Ms</Title><Surname>Okoro</Surname><Forename>Janet</Forename><Relationship>PAM</Relationship>
<Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address><Phones>
<Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900142</PhoneNo></Phone>
<Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960142</PhoneNo></Phone></Phones>
<Email>janet@example.org</Email></Contact>
<Contact><Order>2</Order><Surname>Brennan</Surname><Relationship>PAF</Relationship></Contact></Contacts>"""
DETAILS = """<BasicDetails><PreferredForename>Ivy</PreferredForename><NCyearActual>4</NCyearActual>
<EnrolStatus>C</EnrolStatus><MedicalFlag>true</MedicalFlag></BasicDetails><LookedAfter><InCare>true</InCare></LookedAfter>
<Address><AddressLines><AddressLine1>1 Mill Lane</AddressLine1><AddressLine2>Fernhill</AddressLine2></AddressLines>
<PostCode>ZZ99 9ZZ</PostCode></Address><Assessments><StageAssessment>secret</StageAssessment></Assessments>"""


def marks(text: str, first: str = "2026-11-16") -> str:
    sessions = f"<AttendanceStartDate>{first}</AttendanceStartDate><AttendanceMarks>{text}</AttendanceMarks>"
    return f"<Attendance><YearData><Year>2026</Year><AttendSessions>{sessions}</AttendSessions></YearData></Attendance>"


def a_transfer(
    *pupils: str, version: str = "<CTFversion>25.0</CTFversion>", root: str = "CTfile", space: str = "", day: str = ""
) -> bytes:
    who = f"<UPN>{UPN}</UPN><Surname>Brennan</Surname><Forename>Ivy Anne</Forename><DOB>2017-11-03</DOB>"
    every = "".join(f"<Pupil>{who}{pupil}</Pupil>" for pupil in pupils or ("",))
    header = f"<Header>{version}<DateTime>{day or '2026-11-23'}T09:00:00</DateTime></Header>"
    return f"<{root}{space}>{header}<CTFpupilData>{every}</CTFpupilData></{root}>".encode()


ROOTS = {
    "as it is written": a_transfer(DETAILS + CONTACT),
    "with a namespace": a_transfer(DETAILS + CONTACT, space=' xmlns="urn:x" xmlns:xsi="y"'),
    "in capitals": a_transfer(DETAILS + CONTACT, root="CTFILE", version="<CTFVersion>23.0</CTFVersion>"),
}


@pytest.mark.parametrize("root", ROOTS)
def test_pupils_and_contacts_are_tables(root: str) -> None:
    assert read(ROOTS[root], "x.xml") == {
        "x.xml, pupils": [
            ("UPN", "Surname", "Forename", "DOB", "PreferredSurname", "PreferredForename", "NCyearActual",
             "EnrolStatus", "InCare", "Address"),
            (UPN, "Brennan", "Ivy Anne", "2017-11-03", "", "Ivy", "4", "C", "true", "1 Mill Lane, Fernhill, ZZ99 9ZZ"),
        ],
        "x.xml, contacts": [
            ("UPN", "Order", "Title", "Contact Surname", "Contact Forename", "Relationship", "Responsibility", "Email",
             "PhoneNo", "TelephoneType"),
            (UPN, "1", "Ms", "Okoro", "Janet", "PAM", "true", "janet@example.org", "07700 900142", "M"),
            (UPN, "1", "Ms", "Okoro", "Janet", "PAM", "true", "janet@example.org", "01632 960142", "H"),
            (UPN, "2", "", "Brennan", "", "PAF"),
        ],
    }  # fmt: skip


def test_nothing_else_is_read_out_of_it() -> None:
    words = " ".join(chain.from_iterable(chain.from_iterable(read(ROOTS["as it is written"]).values())))
    assert "secret" not in words
    assert "Medical" not in words


OLD, NEW, NONE = "<CTFversion>23.0</CTFversion>", "<CTFversion>24.0</CTFversion>", ""
FRIDAY = [
    ("UPN", "Date", "Session", "Mark"),
    (UPN, "2026-11-20", "AM", "/"), (UPN, "2026-11-20", "PM", "\\"), (UPN, "2026-11-23", "AM", "N"),
    (UPN, "2026-11-23", "PM"),
]  # fmt: skip
MARKS: dict[str, tuple[str, str, list[tuple[str, ...]]]] = {
    "a sign a session": (OLD, "/\\N ", FRIDAY),
    "a session without a mark first": (OLD, " \\N", [FRIDAY[0], (UPN, "2026-11-20", "AM"), *FRIDAY[2:4]]),
    "on a line of its own": (OLD, "\n   /\\N\n  ", FRIDAY[:-1]),
    "commas": (NEW, "/,\\,N,", FRIDAY[:-1]),
    "codes of two signs": (NEW, "X1,B", [FRIDAY[0], (UPN, "2026-11-20", "AM", "X1"), (UPN, "2026-11-20", "PM", "B")]),
    "no version, commas": (NONE, "/,\\,N", FRIDAY[:-1]),
    "no version, no commas": (NONE, "/\\N", FRIDAY[:-1]),
}


def attendance(found: Shown) -> list[tuple[str, ...]]:
    return found.get("x, attendance", [])


@pytest.mark.parametrize("case", MARKS)
def test_marks_are_split_by_the_version(case: str) -> None:
    version, text, rows = MARKS[case]
    assert attendance(read(a_transfer(marks(text, "2026-11-20"), version=version))) == rows


TWO_WEEKS = "/\\/\\/\\/\\/\\"
UNCERTAIN = {
    "commas in an old version": (OLD, marks("/,\\,N,N")),
    "no commas in a new version": (NEW, marks("/\\NN")),
    "as good as seven days a week": (OLD, marks(TWO_WEEKS + "####" + "/\\")),
    "a start on a Sunday": (OLD, marks("/\\/\\", "2026-11-15")),
    "days to come": (OLD, marks("/\\" * 7)),
}


@pytest.mark.parametrize("case", UNCERTAIN)
def test_marks_of_which_the_day_is_not_certain_are_left_out_and_told(case: str) -> None:
    version, pupil = UNCERTAIN[case]
    day = "2026-11-25" if case == "as good as seven days a week" else "2026-11-20"
    tables = tables_of(a_transfer(pupil, version=version, day=day), "x")
    assert [table.file for table in tables] == ["x, pupils"]
    assert [note.startswith("its attendance marks are left out") for note in tables[0].notes] == [True]


def test_a_mark_on_what_would_be_a_sunday_shows_that_the_week_has_five_days() -> None:
    found = attendance(read(a_transfer(marks(TWO_WEEKS + "/\\NN"), version=OLD, day="2026-11-24")))
    assert found[-1] == (UPN, "2026-11-24", "PM", "N")


def test_a_start_that_is_no_date_is_refused() -> None:
    with pytest.raises(UnreadableExport) as said:
        tables_of(a_transfer(marks("/\\", "16/11/26")), "x")
    assert "AttendanceStartDate" in said.value.message
