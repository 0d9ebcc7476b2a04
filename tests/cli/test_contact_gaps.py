"""report contact-gaps: whom to ask for better numbers, what it says of its own gaps, and what it never shows."""

import re
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from builders import DAY, POLICY, a_register, a_roll, a_school, drop, dump, lines, process, reconcile, run

BY = ("--by", "A. Officer")
REPORT = ("report", "contact-gaps")
ROLL = lines(
    "pupil_id,forename,surname,group,start_date,leave_date,flags,address",
    "P001,Ivy,Brennan,4B,,,social-worker,1 Harbour Lane",
    "P002,Tom,Okafor,4B,,,,",
    "P003,Zoë,Ward,5C,,,,",
    "P004,Kit,Lowe,5C,,,,",
    "P005,Bea,Moss,5C,,2026-11-20,,",
    "P006,Ada,Finch,5C,2026-11-24,,,",
    "P007,Max,Hollis,4B,2026-11-23,2026-11-23,,",
)
HEADINGS = "pupil_id,order,name,relationship,phone,lives_with,do_not_contact,notes"
CONTACTS = lines(
    HEADINGS,
    "P001,1,Rowan Brennan,mother,07700 900101,yes,,",
    "P001,2,Ash Brennan,aunt,07700 900102,no,,",
    "P002,1,Sky Okafor,father,07700 900201,yes,,asthma",
    "P003,1,Rae Ward,mother,07700 900301,yes,,",
    "P003,2,Lee Ward,father,07700 900302,yes,,",
    "P003,3,Jo Hill,friend,07700 900303,no,,",
    "P003,4,Al Hill,friend,01632 960304,no,,",
    "P004,1,Wren Lowe,father,07700 900401,no,yes,court order",
    "P004,2,Dee Lowe,mother,07700 900401,yes,,",
)
FLAGS = lines("pupil_id,flag,professional_name,agency", "P002,ewo,M. Penn,Millpond Team")
FILES = {
    "roll.csv": ROLL, "contacts.csv": CONTACTS, "flags.csv": FLAGS,
    "register.csv": a_register("P001,N", "P002,/", "P003,N", "P004,/", "P007,/"),
}  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Families rung today, last Wednesday and last Thursday, two numbers of which failed; read by every test."""
    school = a_school(tmp_path_factory.mktemp("kept"), FILES)
    run(school, "ingest", now="2026-11-18T08:00")
    _call(school, "P002", "dead-number", "2026-11-18T09:30")
    _call(school, "P003", "no-answer", "2026-11-19T09:30")
    _call(school, "P001", "wrong-number", "2026-11-23T09:05")
    _call(school, "P003", "no-answer", "2026-11-23T09:06")
    return school


@pytest.fixture
def office(kept: Path, tmp_path: Path) -> Path:
    """The same school, for one test alone."""
    return copytree(kept, tmp_path / "fernhill")


def _call(school: Path, pupil: str, outcome: str, at: str) -> None:
    assert run(school, "call", pupil, "--contact", "1", "--outcome", outcome, *BY, now=at).code == 0


def _found(school: Path, *words: str) -> Any:
    ended = run(school, *REPORT, "--format", "json", *words)
    assert ended.code == 0, ended.err
    return ended.json


def _ids(pupils: Any) -> list[str]:
    return [pupil["pupil_id"] for pupil in pupils]


SHARED = "somebody who must not be contacted has the same number, so nobody is rung on it"
ON_THE_PAGE = [  # cell by cell; under a pupil's row the further lines of its last cell
    ["Fernhill Primary School: contact gaps, Mon 23 Nov 2026, as of 09:20"],
    ["Mend these first: rung in these days, Mon 23 Nov 2026, and wanting (1)"],
    ["Pupil", "Name", "Group", "Rung", "Numbers", "Failed", "Also wanting"],
    ["P001", "Ivy Brennan", "4B", "Mon 23 Nov 2026", "1",
     "contact 1 (mother): wrong number, Mon 23 Nov 2026, A. Officer at 09:05 (E7)",
     "fewer than two: 1 number can be rung; 2 are the least"],
    ["Every contact list with a gap, the worst first (4)"],
    ["Pupil", "Name", "Group", "Numbers", "Wanting"],
    ["P007", "Max Hollis", "4B", "0", "no number: the contact list is empty"],
    ["P002", "Tom Okafor", "4B", "0", "no number: every number on the contact list is wrong or dead"],
    ["failed number: contact 1 (father): dead number, Wed 18 Nov 2026, A. Officer at 09:30 (E5)"],
    ["P004", "Kit Lowe", "5C", "0", "no number: nobody on the contact list may be rung"],
    [f"barred number: contact 2 (mother): {SHARED}"],
    ["P001", "Ivy Brennan", "4B", "1", "fewer than two: 1 number can be rung; 2 are the least"],
    ["failed number: contact 1 (mother): wrong number, Mon 23 Nov 2026, A. Officer at 09:05 (E7)"],
]  # fmt: skip
SUMS = {
    "no-number": 3, "fewer-than-two": 4, "nobody-outside-the-home": 3, "failed-number": 2, "barred-number": 1,
    "unreadable-number": 0, "fewer-than-wanted": 4, "number-twice": 0, "doubtful-number": 0, "overseas-number": 0,
}  # fmt: skip


def _cells(text: str) -> list[list[str]]:
    return [re.split("  +", line.strip()) for line in text.splitlines() if line.strip("=- ")]


def test_the_page_says_whom_to_ask_first_and_then_all_the_others(kept: Path) -> None:
    said = run(kept, *REPORT, "--format", "text")
    assert (said.code, said.err) == (0, "")
    page = _cells(said.out)
    assert page[: len(ON_THE_PAGE)] == ON_THE_PAGE
    assert {row[0]: row[1] for row in page[len(ON_THE_PAGE) + 2 :] if len(row) == 4} == {
        gap.replace("-", " "): str(count) for gap, count in SUMS.items()
    }
    assert ["Pupils on the roll 5 = 4 with a gap + 1 without."] in page


def test_programs_get_every_gap_with_its_reason(kept: Path) -> None:
    found = _found(kept)
    assert list(found)[:5] == ["schema", "school", "day", "as_of", "from"]
    assert (found["schema"], found["day"], found["from"], found["to"]) == ("firstday/contact-gaps/1", DAY, DAY, DAY)
    assert (found["as_of"], found["sums"], found["roll"]) == (f"{DAY}T09:20:00+00:00", SUMS, 5)
    assert (found["contacts_taken_in"], found["warnings"]) == ("2026-11-18T08:00:00+00:00", [])
    assert found["pupils"][-1] == {
        "pupil_id": "P001",
        "usable": 1,
        "gaps": [
            {"gap": "fewer-than-two", "because": "1 number can be rung; 2 are the least"},
            {"gap": "failed-number", "because": ON_THE_PAGE[3][5]},
            {"gap": "fewer-than-wanted", "because": "1 number can be rung; 4 are wanted"},
        ],
    }
    failed = [{"contact": 1, "outcome": "wrong-number", "at": f"{DAY}T09:05:00+00:00", "entry": "E7"}]
    assert found["week"] == [{**found["pupils"][-1], "rung": [DAY], "failed": failed}]


WEEKS = {  # the days asked for → the pupils with a gap who were rung in them, and the days shown
    (): ["P001"],
    ("--from", "2026-11-18"): ["P002", "P001"],
    ("--from", "2026-11-19"): ["P001"],
    ("--to", "2026-11-18"): ["P002"],
    ("--to", "2026-11-22"): ["P002"],
    ("--from", "2026-11-19", "--to", "2026-11-22"): [],
    ("--day", "2026-11-20"): ["P002"],
    ("--day", "2026-11-22"): ["P002"],
}


@pytest.mark.parametrize("days", WEEKS, ids=" ".join)
def test_the_week_begins_on_monday_unless_other_days_are_said(kept: Path, days: tuple[str, ...]) -> None:
    assert _ids(_found(kept, *days)["week"]) == WEEKS[days]


def test_in_the_week_a_number_that_failed_comes_before_a_worse_list(office: Path) -> None:
    _call(office, "P002", "no-answer", f"{DAY}T09:07")
    drop(office, {"contacts.csv": CONTACTS.replace("07700 900201", "see file")})
    assert run(office, "ingest").code == 0
    found = _found(office)
    assert (_ids(found["week"]), _ids(found["pupils"])) == (["P001", "P002"], ["P007", "P002", "P004", "P001"])


def test_a_text_rings_nobody(office: Path) -> None:
    assert run(office, "call", "P002", "--contact", "1", "--outcome", "text-sent", *BY).code == 0
    assert _ids(_found(office)["week"]) == ["P001"]


def test_of_several_calls_that_failed_the_last_is_told(office: Path) -> None:
    _call(office, "P002", "wrong-number", f"{DAY}T09:10")
    found = next(p for p in _found(office)["week"] if p["pupil_id"] == "P002")
    assert [(f["outcome"], f["at"]) for f in found["failed"]] == [("wrong-number", f"{DAY}T09:10:00+00:00")]


def test_a_call_of_last_term_was_made_and_a_number_that_failed_then_is_forgotten(office: Path) -> None:
    words = ("call", "P001", "--contact", "2", "--outcome", "dead-number", *BY)
    assert run(office, *words, "--day", "2026-07-20", "--at", "2026-07-20T09:10").code == 0
    last_term = _found(office, "--from", "2026-07-20", "--to", "2026-07-21")["week"]
    assert [(p["pupil_id"], p["usable"], p["rung"]) for p in last_term] == [("P001", 1, ["2026-07-20"])]


def test_a_number_found_dead_after_the_day_asked_for_is_dead_all_the_same(kept: Path) -> None:
    found = _found(kept, "--day", "2026-11-17")["pupils"]
    assert [p["usable"] for p in found if p["pupil_id"] == "P002"] == [0]


def test_a_newer_export_mends_the_gap_and_the_call_is_still_told_of(office: Path) -> None:
    drop(office, {"contacts.csv": CONTACTS.replace("900101", "900109")})
    assert run(office, "ingest").code == 0
    found = next(p for p in _found(office)["week"] if p["pupil_id"] == "P001")
    assert (found["usable"], [gap["gap"] for gap in found["gaps"]]) == (2, ["fewer-than-wanted"])
    assert (found["rung"], found["failed"]) == ([DAY], [])


@pytest.mark.parametrize("style", ["table", "text", "csv", "json"])
def test_no_number_is_on_it_and_nothing_that_the_office_does_not_need(kept: Path, style: str) -> None:
    said = run(kept, *REPORT, "--format", style, "--from", "2026-11-16").out
    assert "Tom Okafor" in said or style == "json"
    for word in ("07700", "01632", "900", "960", "Penn", "Millpond", "ewo", "social", "Harbour", "asthma", "court"):
        assert word not in said
    assert not [name for name in ("Rowan", "Ash", "Sky", "Wren", "Dee") if name in said]


def test_a_number_barred_since_it_failed_is_on_no_page(office: Path) -> None:
    drop(office, {"contacts.csv": CONTACTS.replace("900101,yes,", "900101,yes,yes")})
    assert run(office, "ingest").code == 0
    said = run(office, *REPORT, "--format", "json")
    assert "900101" not in said.out
    assert [p["failed"] for p in said.json["week"]] == [[]]


def test_a_list_that_was_never_taken_in_is_no_familys_fault(tmp_path: Path) -> None:
    school = a_school(tmp_path, {name: text for name, text in FILES.items() if name != "contacts.csv"})
    reconcile(school)
    found = _found(school)
    assert (found["pupils"], found["week"], found["contacts_taken_in"]) == ([], [], None)
    assert set(found["sums"].values()) == {None}
    page = run(school, *REPORT, "--format", "text").out
    assert "! The contact list was never taken in" in page
    assert "ingest" in page
    assert not {"Ivy", "No contact list has a gap", "Nobody"} & set(re.split(r"\s{2,}|\n", page))
    assert "numbers" not in {c["check"] for c in run(school, "doctor", "--format", "json").json["checks"]}


@pytest.mark.parametrize("files", [{}, {"contacts.csv": CONTACTS}], ids=["nothing", "contacts alone"])
def test_without_a_roll_nobody_is_said_to_be_without_a_gap(tmp_path: Path, files: dict[str, str]) -> None:
    school = a_school(tmp_path, files)
    run(school, "ingest")
    page = run(school, *REPORT, "--format", "text")
    assert page.code == 0
    assert "No roll was taken in" in page.out
    assert "No contact list has a gap" not in page.out


def test_where_nothing_is_wanting_the_page_says_so(tmp_path: Path) -> None:
    files = {"roll.csv": a_roll("P003,Zoë,Ward,5C"), "contacts.csv": CONTACTS}
    school = a_school(tmp_path, files)
    run(school, "ingest")
    assert ["No contact list has a gap."] in _cells(run(school, *REPORT, "--format", "text").out)
    assert "numbers" not in {c["check"] for c in run(school, "doctor", "--format", "json").json["checks"]}


def test_an_export_that_does_not_say_who_lives_where_is_no_familys_fault(office: Path) -> None:
    drop(office, {"contacts.csv": re.sub(r",(yes|no),(yes)?,", r",,\2,", CONTACTS)})
    assert run(office, "ingest").code == 0
    found = _found(office)
    assert found["sums"]["nobody-outside-the-home"] is None
    assert "lives_with" in found["warnings"][0]
    assert not [g for p in found["pupils"] for g in p["gaps"] if g["gap"] == "nobody-outside-the-home"]
    assert ["nobody outside the home", "not known"] in [
        row[:2] for row in _cells(run(office, *REPORT, "--format", "text").out)
    ]


def test_the_page_says_what_the_list_itself_may_lack(office: Path) -> None:
    assert "13 days old" in _found(office, "--day", "2026-12-01", "--now", "2026-12-01T09:20")["warnings"][0]
    short = lines(HEADINGS, "P001,1,Rowan Brennan,mother,07700 900101,no,,", "P002,1,Sky,aunt,07700 900201,no,,,extra")
    drop(office, {"contacts.csv": short})
    assert run(office, "ingest").code == 12
    refused, too_short = _found(office)["warnings"]
    assert refused.startswith("1 row of the contact list could not be read")
    assert too_short.startswith("No list of the export is longer than 1")


def test_the_policy_says_how_many_numbers_are_wanted(office: Path) -> None:
    (office / "policy.toml").write_text(f"{POLICY}\n[calling]\ncontacts_wanted = 5\n", encoding="utf-8")
    found = _found(office)
    assert found["pupils"][-1] == {
        "pupil_id": "P003",
        "usable": 4,
        "gaps": [{"gap": "fewer-than-wanted", "because": "4 numbers can be rung; 5 are wanted"}],
    }
    assert _ids(found["week"]) == ["P001", "P003"]


REFUSED = {  # the days asked for → exit code, and words of the sentence
    ("--from", "2026-11-20", "--to", "2026-11-19"): (2, "--to"),
    ("--from", "2026-11-24"): (2, "--to"),
    ("--to", "tomorrow"): (2, "YYYY-MM-DD"),
    ("--from", "2025-11-20"): (21, "calendar.toml"),
    ("--to", "2027-11-20"): (21, "calendar.toml"),
    ("--day", "2027-11-20"): (21, "calendar.toml"),
}


@pytest.mark.parametrize("days", REFUSED, ids=" ".join)
def test_days_that_cannot_be_are_refused(kept: Path, days: tuple[str, ...]) -> None:
    code, words = REFUSED[days]
    ended = run(kept, *REPORT, *days)
    assert (ended.code, ended.out) == (code, "")
    assert words in ended.err


def test_in_the_week_in_which_the_calendar_begins_its_monday_may_lie_before_it(office: Path) -> None:
    calendar = (office / "calendar.toml").read_text(encoding="utf-8").partition("[[closures]]")[0]
    later = calendar.replace("2026-04-13", "2026-07-16")  # a Thursday
    (office / "calendar.toml").write_text(later, encoding="utf-8")
    found = _found(office, "--day", "2026-07-17")
    assert (found["from"], found["to"]) == ("2026-07-13", "2026-07-17")


def test_looking_writes_nothing_and_a_process_of_its_own_says_the_same(kept: Path) -> None:
    before = dump(kept)
    ended = process(kept, *REPORT, "--format", "json")
    assert (ended.code, ended.json) == (0, _found(kept))
    assert dump(kept) == before


def test_the_catalogue_says_that_it_is_for_the_office() -> None:
    reports = {r["report"]: r for r in run(None, "reports", "--format", "json", now="").json["reports"]}
    assert reports["contact-gaps"]["audience"] == "office"


def test_doctor_says_how_many_pupils_have_nobody_to_ring(kept: Path) -> None:
    checks = {c["check"]: c for c in run(kept, "doctor", "--format", "json").json["checks"]}
    assert checks["numbers"]["verdict"] == "warn"
    assert checks["numbers"]["found"].startswith("3 pupils have no number")
    assert "contact-gaps" in checks["numbers"]["found"]
