"""logged, and the pages of notes and of the day's summary: who may read what, and in which format."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from builders import DAY, a_register, a_roll, a_school, asked, drop, dump, lines, reconcile, run

BY = ("--by", "A. Officer")
PUPILS = (
    "P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C", "P004,Kit,Lowe,5C", "P005,Bea,Moss,5C",
    "P006,Sol,Reed,5C", "P007,Ada,Finn,5C", "P008,Una,Vane,5C",
)  # fmt: skip
MARKS = ("P001,N,a seizure", "P002,N", "P003,/", "P004,N", "P005,/", "P006,I,tummy ache", "P007,/", "P008,")
CONTACTS = lines(
    "pupil_id,order,name,relationship,phone",
    "P001,1,Rowan Brennan,mother,07700 900101",
    "P001,2,Jay Hart,social worker,07700 900102",
    "P002,1,Sky Okafor,mother,07700 900201",
)
FLAGS = lines(
    "pupil_id,flag,since,until,professional_name,agency,professional_phone",
    "P001,social-worker,,,Jay Hart,Harbour Lane Team,01632 960700",
    "P001,child-protection-plan,,,,,",
)
PLANS = lines("pupil_id,from_date,to_date,code,reason,approved_by", f"P004,{DAY},{DAY},C,a clinic,H. Head")
MESSAGES = lines(
    "message_id,received_at,channel,sender_name,pupil_id,text",
    f"M1,{DAY}T08:12,app,Rowan Brennan,P003,Zoë is with the Harbour lane team today",
)
EXPLAIN = ("explain", "P002", "--reason", "overslept", "--child-with", "mother, at home", "--told-by")
DONE = (  # when it was written down, and what
    ("08:55", ("note", "P001", "--text", "her aunt is worried", "--kind", "intelligence")),
    ("09:21", ("call", "P001", "--contact", "1", "--outcome", "no-answer", "--note", "a dog barked")),
    ("09:22", ("call", "P001", "--contact", "1", "--outcome", "engaged")),
    ("09:23", ("withdraw", "last", "--why", "Ivy was not rung then")),
    ("09:24", ("call", "P001", "--contact", "1", "--outcome", "thought-in-school")),
    ("09:25", ("call", "P001", "--contact", "2", "--outcome", "no-answer", "--at", f"{DAY}T09:20")),
    ("09:26", ("inform", "P001", "--agency", "Harbour Lane Team")),
    ("09:27", ("rate", "P002", "AMBER", "--why", "many absences")),
    ("09:28", (*EXPLAIN, "J. Hart")),
    ("09:29", ("check", "P005", "--found", "--where", "library")),
    ("09:30", ("check", "P001", "--not-found", "--where", "yard")),
    ("09:31", ("check", "P007", "--found")),
    ("09:32", ("withdraw", "last", "--why", "it was Ada Finn's sister, not ivy")),
    ("09:33", ("inform", "P001", "--agency", "the Lighthouse")),
    ("09:34", ("withdraw", "last", "--why", "the Lighthouse was not reached")),
    ("09:35", ("listen", "--pupil", "P003", "--told-by", "mother", "--reason", "a cough")),
)
LATER = f"{DAY}T10:30"
DANGER = "SIGN OF DANGER: thought that the child was in school"
PRIVATE = (
    "harbour", "lighthouse", "jay hart", "social", "protection", "red", "amber", "dog barked", "aunt", "many absences",
    "thought", "danger", "clinic", "seizure", "agencies", "960700",
)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A morning on which something of every kind was done; no test writes in it."""
    files = {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS, "flags.csv": FLAGS, "planned.csv": PLANS}
    school = a_school(tmp_path_factory.mktemp("kept"), {**files, "register.csv": a_register(*MARKS)})
    drop(school, {"messages.csv": MESSAGES})
    reconcile(school, now=f"{DAY}T08:50")
    for at, words in DONE:
        ended = run(school, *words, *BY, now=f"{DAY}T{at}")
        assert ended.code in (0, 11), ended.err
    return school


def page(school: Path, name: str, *words: str, now: str = LATER) -> str:
    """A report as text."""
    return run(school, "report", name, *words, now=now).out


def notes(school: Path, name: str, now: str = LATER) -> dict[str, Any]:
    """The notes of a report by pupil."""
    found = run(school, "report", name, "--format", "json", now=now).json
    assert list(found)[:4] == ["schema", "day", "as_of", "notes"]
    assert (found["schema"], found["day"]) == (f"firstday/{name}/1", DAY)
    return {note["pupil_id"]: note for note in found["notes"]}


def block(school: Path, name: str, pupil: str) -> list[str]:
    """The lines of one child's note."""
    return str(notes(school, name)[pupil]["note"]).split("\n")


@pytest.mark.parametrize("words", [(), ("--format", "csv"), ("--format", "json")], ids=str)
@pytest.mark.parametrize("name", ["mis-notes", "day-summary"])
def test_a_page_for_the_office_names_no_agency_no_flag_and_no_rating(
    name: str, words: tuple[str, ...], kept: Path
) -> None:
    shown = page(kept, name, *words).casefold()
    shown = shown.replace('"contact-agencies"', "") if "json" in words else shown
    spaced = "".join(letter if letter.isalnum() else " " for letter in shown)
    assert [word for word in PRIVATE if f" {word}" in f" {spaced}"] == []


def test_the_note_for_the_information_system_holds_facts_alone(kept: Path) -> None:
    assert block(kept, "mis-notes", "P001") == [
        "Mon 23 Nov 2026 up to 10:30: Ivy Brennan (P001, 4B)",
        "AM: marked N, unexplained",
        "09:20 A. Officer rang [a professional] ([a professional]): no answer",
        "09:21 A. Officer rang Rowan Brennan (mother): no answer",
        "09:24 A. Officer rang Rowan Brennan (mother): passed to the safeguarding lead",
        "09:30 A. Officer looked for the child in school and did not find them (yard), AM",
    ]
    assert block(kept, "mis-notes", "P003")[1:] == [
        "AM: marked /, in school",
        "08:12 message M1 came by app from Rowan Brennan: “Zoë is with the [a professional] today”",
        "09:35 A. Officer heard a message from mother: a cough",
    ]


def test_the_note_for_the_safeguarding_record_holds_everything(kept: Path) -> None:
    shown = block(kept, "cpoms", "P001")
    entries = [line for line in shown if line.endswith(")") and line[:2].isdigit()]
    assert [line.rpartition(" (E")[0] for line in entries] == [
        "08:55 A. Officer noted (intelligence): her aunt is worried",
        "09:20 A. Officer rang Jay Hart (social worker) on 07700 900102: no answer",
        "09:21 A. Officer rang Rowan Brennan (mother) on 07700 900101: no answer; noted: a dog barked",
        f"09:24 A. Officer rang Rowan Brennan (mother) on 07700 900101: {DANGER}",
        "09:26 A. Officer informed Harbour Lane Team",
        "09:30 A. Officer looked for the child in school and did not find them (yard), AM",
    ]
    assert ", written down 09:25)" in entries[1]
    assert shown[1].startswith("ALERT: thought-in-school, said to A. Officer at 09:24")
    assert any(line.startswith("Rated RED: ") and "social worker" in line for line in shown)
    assert any(
        line.startswith("Days of absence: at least 1 in all, 1 now; nobody is known to have seen the child yet")
        for line in shown
    )
    assert any(line.startswith("face-to-face by 11:45: owed (RED: ") for line in shown)
    assert any(line.startswith("contact-agencies by 11:45: done, informed by A. Officer at 09:26") for line in shown)
    assert "09:27 A. Officer rated AMBER, before GREEN: many absences" in "\n".join(block(kept, "cpoms", "P002"))
    assert "FOR SAFEGUARDING" in page(kept, "cpoms").split("\n\n")[1]


@pytest.mark.parametrize("name", ["mis-notes", "cpoms"])
def test_what_was_taken_back_is_in_no_note(name: str, kept: Path) -> None:
    shown = page(kept, name)
    assert all(word not in shown for word in ("engaged", "P007", "Lighthouse"))


def test_there_is_a_note_for_each_child_absent_or_with_something_logged(kept: Path) -> None:
    assert list(notes(kept, "mis-notes")) == ["P001", "P002", "P003", "P004", "P005", "P006"]
    assert block(kept, "mis-notes", "P005")[1:] == [
        "AM: marked /, in school",
        "09:29 A. Officer looked for the child and found them in school (library), AM",
    ]
    nothing_known = ["P008"]
    assert list(notes(kept, "cpoms")) == ["P001", "P002", "P003", "P004", "P005", "P006", *nothing_known]


def test_the_codes_are_for_a_person_to_enter(kept: Path) -> None:
    found = run(kept, "report", "mis-notes", "--format", "json", now=LATER).json
    codes = {code["pupil_id"]: (code["marks"], code["proposed"]) for code in found["codes"]}
    assert codes == {"P002": ({"AM": "N"}, []), "P004": ({"AM": "N"}, ["C"]), "P006": ({"AM": "I"}, [])}
    table = page(kept, "mis-notes").partition("Codes for a person to enter")[2].partition("\n\n")[0]
    shown = {line[:4]: line for line in table.splitlines()}
    told = "09:28 A. Officer was told by J. Hart; reason: overslept; the child is with mother, at home"
    assert "the code is the office's to decide" in shown["P002"] and told in shown["P002"]
    assert "planned absence C" in shown["P004"]
    assert "explains by itself" in shown["P006"] and "“tummy ache”" in shown["P006"]
    assert "stays unauthorised until a person decides" in page(kept, "mis-notes")


def test_a_proposed_code_is_shown_and_the_register_stays_as_it_is(morning: Path) -> None:
    answered = ("call", "P001", "--contact", "1", "--outcome", "answered", "--reason", "a cold", "--child-with", "her")
    assert run(morning, *answered, "--code", "I", *BY, now=f"{DAY}T09:40").code == 0
    found = run(morning, "report", "mis-notes", "--format", "json", now=LATER).json
    code = next(code for code in found["codes"] if code["pupil_id"] == "P001")
    assert (code["marks"], code["proposed"]) == ({"AM": "N"}, ["I"])
    assert [said.split(": ", 1)[1] for said in code["said"]] == [
        "answered; reason: a cold; the child is with her; code proposed: I"
    ]


def test_a_child_left_out_of_the_newest_roll_keeps_its_note(morning: Path) -> None:
    drop(morning, {"roll-2.csv": a_roll(*PUPILS[1:])})
    reconcile(morning, now=f"{DAY}T09:50")
    assert "thought that the child was in school" in "\n".join(block(morning, "cpoms", "P001"))


def test_csv_holds_each_note_in_one_field(kept: Path) -> None:
    for name in ("mis-notes", "cpoms"):
        rows = list(csv.DictReader(io.StringIO(page(kept, name, "--format", "csv").partition("pupil_id")[2])))
        assert len(rows) == len(notes(kept, name))
        assert [row["note"] for row in rows] == [note["note"] for note in notes(kept, name).values()]


def test_on_a_day_on_which_nothing_happened_there_is_no_note(school: Path) -> None:
    drop(school, {"register.csv": a_register("P001,/", "P002,/", "P003,/")})
    reconcile(school)
    for name in ("mis-notes", "cpoms"):
        assert notes(school, name) == {}
        assert "None: nobody is known to be absent" in page(school, name)


LOGGED = {
    ("logged", "P001", "--in", "mis"): "note about P001 pasted into mis, Mon 23 Nov 2026",
    ("logged", "Ivy Brennan", "--in", "CPOMS", "--reference", "C-12"): "note about P001 pasted into cpoms",
    ("logged", "P001", "P001", "--in", "mis", "--day", "2026-11-20"): "pasted into mis, Fri 20 Nov 2026",
}


@pytest.mark.parametrize("words", LOGGED, ids=" ".join)
def test_a_paste_is_written_down_and_explains_nothing(morning: Path, words: tuple[str, ...]) -> None:
    before = reconcile(morning, now=LATER)
    dry = run(morning, *words, *BY, "--dry-run", now=LATER)
    assert (dry.code, dry.err.startswith("would be written: ")) == (0, True)
    ended = run(morning, *words, *BY, now=LATER)
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (0, "", 1)
    assert LOGGED[words] in ended.err
    assert reconcile(morning, now=LATER) == before
    assert run(morning, *words, *BY, now=LATER).err == ended.err


def test_a_paste_shows_beside_the_note(morning: Path) -> None:
    words = ("logged", "P001", "P002", "--in", "cpoms", "--reference", "C-12")
    assert run(morning, *words, *BY, "--at", f"{DAY}T09:29", now=f"{DAY}T10:00").code == 0
    note = notes(morning, "cpoms")["P001"]
    assert note["pasted"] == {"at": f"{DAY}T09:29:00+00:00", "by": "A. Officer", "reference": "C-12"}
    assert note["since"] == 1
    assert "pasted 09:29 by A. Officer (C-12); 1 entry since" in page(morning, "cpoms")
    assert notes(morning, "mis-notes")["P001"]["pasted"] is None


REFUSED = {
    "pasted nowhere": (("logged", "P001", *BY), "mis or cpoms"),
    "pasted elsewhere": (("logged", "P001", "--in", "paper", *BY), "cpoms"),
    "pasted by nobody": (("logged", "P001", "--in", "mis"), "--by"),
    "a stranger": (("logged", "P099", "--in", "mis", *BY), "PUPIL"),
    "a day to come": (("logged", "P001", "--in", "mis", "--day", "2026-11-24", *BY), "has not begun"),
    "a whole note": (("logged", "P001", "--in", "mis", "--reference", "x" * 121, *BY), "120"),
    "it has not happened yet": (("logged", "P001", "--in", "mis", "--at", f"{DAY}T11:00", *BY), "--at"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(kept: Path, case: str) -> None:
    words, hint = REFUSED[case]
    before = dump(kept)
    ended = run(kept, *words, now=LATER)
    assert (ended.code, ended.out) == (2, "")
    assert hint in " ".join(ended.err.split())
    assert dump(kept) == before


def test_the_summary_counts_what_the_day_brought(kept: Path) -> None:
    found = run(kept, "report", "day-summary", "--format", "json", now=LATER).json
    assert (next(iter(found)), found["schema"]) == ("schema", "firstday/day-summary/1")
    counts = found["sessions"][0]["counts"]
    assert counts["roll"] == sum(number for name, number in counts.items() if name != "roll") == 8
    assert [session["session"] for session in found["sessions"]] == ["AM"]
    assert [(c["pupil_id"], c["at"][11:16]) for c in found["found_by_checks"]] == [("P005", "09:29")]
    assert found["rounds"] == {"wanted": 2, "open_cases": 2, "complete": 0, "exhausted": 1}
    assert [f["pupil_ids"] for f in found["texts"]["by_family"]] == [["P001"], ["P002"]]
    afternoon = run(kept, "report", "day-summary", "--format", "json", now=f"{DAY}T13:50").json
    assert [session["session"] for session in afternoon["sessions"]] == ["AM", "PM"]
    assert afternoon["calls"]["to_ring"] > found["calls"]["to_ring"]


def test_what_was_taken_back_is_told_without_names_and_why(kept: Path) -> None:
    found = run(kept, "report", "day-summary", "--format", "json", now=LATER).json["withdrawn"]
    assert [(w["kind"], w["why"]) for w in found] == [
        ("call-made", "… was not rung then"),
        ("in-school-checked", "it was … … sister, not …"),
        ("for safeguarding alone", "for safeguarding alone"),
    ]
    table = page(kept, "day-summary").partition("Taken back today (3)")[2].partition("\n\n")[0]
    assert not {"Ivy", "ivy", "Ada", "Finn"} & set(table.replace("'", " ").split())


def test_sheets_and_late_registers_are_listed(morning: Path) -> None:
    assert run(morning, "report", "call-sheet", now=f"{DAY}T09:40").code == 0
    drop(
        morning, {"roll-2.csv": a_roll(*PUPILS, "P020,Gus,Hill,6D", "P021,May,Hill,6E"), "6d.csv": a_register("P020,/")}
    )
    reconcile(morning, now=f"{DAY}T09:50")
    found = run(morning, "report", "day-summary", "--format", "json", now=LATER).json
    assert [(s["sheet"], s["number"], s["at"][11:16]) for s in found["sheets"]] == [("call-sheet", 1, "09:40")]
    late = [(r["group"], (r["in"] or "missing")[11:16]) for r in found["late_registers"]]
    assert late == [("6D", "09:50"), ("6E", "")]


def test_the_same_note_is_pasted_once_in_the_log(morning: Path) -> None:
    for _ in range(2):
        assert run(morning, "logged", "P001", "--in", "mis", *BY, now=LATER).code == 0
    assert asked(morning, "select count(*) from entry where kind = 'note-pasted'") == [(1,)]


def test_of_a_day_whose_registers_came_later_nobody_says_who_had_to_be_rung(morning: Path) -> None:
    drop(morning, {"friday.csv": a_register(*MARKS, day="2026-11-20")})
    reconcile(morning, now=f"{DAY}T09:50")
    words = ("report", "day-summary", "--day", "2026-11-20")
    found = run(morning, *words, "--format", "json", now=LATER).json
    assert (found["read_later"], found["calls"]["to_ring"], found["texts"]["families"]) == (["AM", "PM"], 0, 0)
    assert "did not come in on the day" in run(morning, *words, now=LATER).out
    assert found["sessions"][0]["counts"]["unexplained"] == 3
    assert [late["group"] for late in found["late_registers"] if late["session"] == "AM"] == []
    later = run(morning, "report", "day-summary", "--day", DAY, "--format", "json", now="2026-11-24T09:00").json
    assert (later["read_later"], later["calls"]["to_ring"]) == (["PM"], 2)


def test_an_entry_of_another_day_is_taken_back_today(morning: Path) -> None:
    assert run(morning, *EXPLAIN, "father", "--day", "2026-11-20", *BY, now=f"{DAY}T09:40").code == 0
    assert run(morning, "withdraw", "last", "--why", "the wrong day", *BY, now=f"{DAY}T09:41").code == 0
    found = run(morning, "report", "day-summary", "--format", "json", now=LATER).json["withdrawn"]
    assert (found[-1]["kind"], found[-1]["why"]) == ("explanation-given", "the wrong day")
