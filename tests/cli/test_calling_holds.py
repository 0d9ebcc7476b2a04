"""What must not take a child off the calling, bar somebody by half, or put on an office sheet what is not its own."""

from pathlib import Path
from typing import Any

import pytest

from builders import DAY, a_register, a_roll, a_school, drop, lines, reconcile, run

BY = ("--by", "A. Officer")
TUESDAY = "2026-11-24"
HEAD = "pupil_id,contact_id,order,name,relationship,phone,do_not_contact"
FOUR = [f"P001,C{n},{n},Person {n},Friend,07700 {900100 + n},no" for n in range(1, 5)]
OTHERS = ["P002,D1,1,Sky Moss,Mother,07700 900201,no", "P003,F1,1,Ray Hill,Father,07700 900301,no"]


def contacts(*rows: str) -> str:
    return lines(HEAD, *(rows or (*FOUR, *OTHERS)))


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    """P001 has four contacts, P002 and P003 one each; taken in at 09:20 with P001 marked N."""
    files = {"roll.csv": a_roll(), "register.csv": a_register(), "contacts.csv": contacts()}
    school = a_school(tmp_path, files)
    reconcile(school)
    return school


def sheet(school: Path, at: str) -> Any:
    return run(school, "report", "call-sheet", "--format", "json", now=at).json


def children(found: Any) -> dict[str, Any]:
    return {child["pupil_id"]: child for card in found["cards"] for child in card["children"]}


def call(school: Path, contact: int, outcome: str, at: str, pupil: str = "P001") -> Any:
    return run(school, "call", pupil, "--contact", str(contact), "--outcome", outcome, *BY, now=f"{DAY}T{at}")


def test_a_child_left_out_of_a_newer_roll_stays_on_the_sheet(morning: Path) -> None:
    sheet(morning, f"{DAY}T09:21")
    drop(morning, {"roll2.csv": a_roll("P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C")})
    run(morning, "reconcile", now=f"{DAY}T09:30")
    assert "P001" in children(sheet(morning, f"{DAY}T09:31"))
    assert call(morning, 1, "thought-in-school", "09:32").code == 11
    assert "thought-in-school" in [a["alert"] for a in reconcile(morning, now=f"{DAY}T09:33")["alerts"]]


def test_a_child_looked_for_in_vain_without_a_register_is_on_the_next_days_sheet(tmp_path: Path) -> None:
    files = {"roll.csv": a_roll(), "register.csv": a_register("P001,/", "P002,/", "P003,/")}
    school = a_school(tmp_path, files)
    reconcile(school)
    run(school, "check", "P001", "--not-found", *BY, now=f"{DAY}T13:40")
    assert "P001" in children(sheet(school, f"{TUESDAY}T08:40"))


@pytest.mark.parametrize("mark", ["X", "B", "", "#"])
def test_a_newer_mark_that_says_nothing_ends_no_case_overnight(morning: Path, mark: str) -> None:
    drop(morning, {"later.csv": a_register(f"P001,{mark}", "P002,/", "P003,/")})
    run(morning, "reconcile", now=f"{DAY}T10:30")
    assert "P001" in children(sheet(morning, f"{DAY}T10:31"))
    assert "P001" in children(sheet(morning, f"{TUESDAY}T08:40"))


def test_noon_throws_away_neither_the_rounds_nor_the_alert(tmp_path: Path) -> None:
    files = {
        "roll.csv": a_roll(), "register.csv": a_register("P001,/", "P002,/", "P003,/"), "contacts.csv": contacts(),
    }  # fmt: skip
    school = a_school(tmp_path, files)
    reconcile(school)
    run(school, "check", "P001", "--not-found", *BY, now=f"{DAY}T11:00")
    for contact in range(1, 5):
        call(school, contact, "no-answer", f"11:0{contact}")
    before, after = (children(sheet(school, f"{DAY}T{at}"))["P001"] for at in ("12:20", "12:31"))
    assert (before["round"], before["complete_rounds"]) == (after["round"], after["complete_rounds"]) == (2, 1)
    found = run(school, "reconcile", "--format", "json", now=f"{DAY}T12:31")
    assert (found.code, [a["alert"] for a in found.json["alerts"]]) == (11, ["vanished"])


def test_what_is_said_after_a_call_is_what_the_sheet_says(morning: Path) -> None:
    for contact in range(1, 5):
        call(morning, contact, "no-answer", f"09:2{contact}")
    run(morning, "check", "P001", "--found", *BY, now=f"{DAY}T09:30")
    run(morning, "check", "P001", "--not-found", *BY, now=f"{DAY}T10:00")
    assert "P001: round 1, next contact 2." in call(morning, 1, "no-answer", "10:02").err


@pytest.mark.parametrize(("day", "code"), [("2026-11-20", 0), ("2026-11-25", 2)])
def test_an_answer_about_another_day_stops_nothing_today(morning: Path, day: str, code: int) -> None:
    words = ("--contact", "1", "--outcome", "answered", "--child-with", "mother", "--no-reason", "--day", day)
    ended = run(morning, "call", "P001", *words, *BY)
    assert (ended.code, "calling stops" in ended.err) == (code, False)
    assert "P001" in children(sheet(morning, f"{DAY}T09:30"))


def test_a_deadline_of_another_day_is_shown_with_its_day_and_as_overdue(morning: Path) -> None:
    drop(morning, {"tuesday.csv": a_register("P001,N", "P002,N", "P003,/", day=TUESDAY)})
    run(morning, "reconcile", now=f"{TUESDAY}T09:20")
    page = run(morning, "report", "call-sheet", "--format", "text", now=f"{TUESDAY}T09:21").out
    assert "Ivy Brennan (P001, 4B), by 10:00 on Mon 23 Nov 2026, OVERDUE" in page
    assert "Tom Okafor (P002, 4B), by 10:00, NEW" not in page
    assert "Tom Okafor (P002, 4B), by 10:00\n" in page


BARRED = {  # two rows of one child's list → what may never be printed
    "the same number with an extension": (
        "P001,C1,1,Kim Brown,Aunt,07700 900601 x12,no", "P001,C2,2,Lee Brown,Father,07700 900601,yes", "900601",
    ),
    "an extension of the barred number": (
        "P001,C1,1,Kim Brown,Aunt,01632 960801,no", "P001,C2,2,Lee Brown,Father,01632 960801 ext 5,yes", "960801",
    ),
    "the second number of a barred cell": (
        "P001,C1,1,Gran Brown,Aunt,01632 960208,no",
        "P001,C2,2,Lee Brown,Father,07700 900208 / 01632 960208,yes", "960208",
    ),
    "the same id on another row": (
        "P001,C2,1,Lee B.,Father,01632 960302,no", "P001,C2,2,Lee Brown,Father,07700 900302,yes", "960302",
    ),
    "the same name on another row": (
        "P001,C1,1,Lee Brown,Father,01632 960302,no", "P001,C2,2,lee  brown,Father,07700 900302,yes", "960302",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BARRED)
def test_whoever_is_barred_is_barred_by_every_number_and_on_every_row(tmp_path: Path, case: str) -> None:
    one, two, number = BARRED[case]
    files = {"roll.csv": a_roll(), "register.csv": a_register(), "contacts.csv": contacts(one, two)}
    school = a_school(tmp_path, files)
    reconcile(school)
    for words in (("call-sheet", "text"), ("call-sheet", "csv"), ("call-sheet", "json"), ("texts", "csv")):
        assert number not in run(school, "report", words[0], "--format", words[1]).out
    refused = run(school, "call", "P001", "--contact", "1", "--outcome", "no-answer", *BY)
    assert (refused.code, "is not to be rung" in refused.err) == (2, True)


def test_an_alert_that_only_a_flag_can_raise_is_not_named_on_an_office_sheet(morning: Path) -> None:
    drop(morning, {"flags.csv": lines("pupil_id,flag", "P001,forced-marriage-risk")})
    run(morning, "ingest")
    call(morning, 1, "overseas-tone", "09:22")
    for report in ("call-sheet", "double-check"):
        page = run(morning, "report", report, "--format", "text", now=f"{DAY}T09:25").out
        assert "ACT NOW: P001" in page
        assert "OVERSEAS-RISK" not in page
    assert "is the family abroad?" in run(morning, "report", "call-sheet", now=f"{DAY}T09:25").out


def test_a_plans_own_words_are_no_place_on_the_double_check(morning: Path) -> None:
    plan = lines("pupil_id,from_date,to_date,code,reason", f"P002,{DAY},{DAY},B,hospital school after a breakdown")
    drop(morning, {"planned.csv": plan, "register2.csv": a_register("P001,N", "P002,B", "P003,/")})
    run(morning, "ingest", now=f"{DAY}T09:22")
    page = run(morning, "report", "double-check", "--format", "text", now=f"{DAY}T09:25").out
    assert "Off site: 4B, B" in page
    assert "hospital" not in page


def test_the_sheet_as_csv_is_taken_back_as_it_was_printed(morning: Path, tmp_path: Path) -> None:
    run(morning, "report", "call-sheet", "-o", str(tmp_path / "calls.csv"))
    text = (tmp_path / "calls.csv").read_text(encoding="utf-8-sig")
    typed = text.replace("07700 900101,,23/11/2026,,,,,,,,", "07700 900101,,23/11/2026,No answer,09:19,,,,,,", 1)
    assert typed != text
    (tmp_path / "calls.csv").write_text(typed, encoding="utf-8-sig")
    ended = run(morning, "ingest", str(tmp_path / "calls.csv"), *BY, now=f"{DAY}T09:25")
    assert (ended.code, "0 refused" in ended.err) == (0, True), ended.err
    tried = children(sheet(morning, f"{DAY}T09:26"))["P001"]["contacts"][0]["tried"]
    assert [t["outcome"] for t in tried] == ["no-answer"]


def test_options_without_a_pupil_never_start_the_walk(morning: Path) -> None:
    ended = run(morning, "call", "--outcome", "no-answer", "--dry-run", *BY)
    assert (ended.code, "name the pupil whom the call was about" in ended.err) == (2, True)


def test_a_text_about_one_family_is_not_anothers(tmp_path: Path) -> None:
    minder = "Pat Reed,Childminder,07700 900777,no"
    roll = lines("pupil_id,forename,surname,group,household_id", "P001,Ivy,Ash,4B,H1", "P002,Tom,Oak,4B,H2")
    files = {
        "roll.csv": roll, "register.csv": a_register("P001,N", "P002,/"),
        "contacts.csv": contacts(f"P001,C1,1,{minder}", f"P002,C2,1,{minder}"),
    }  # fmt: skip
    school = a_school(tmp_path, files)
    reconcile(school)
    run(school, "text", "P001", *BY, now=f"{DAY}T09:25")
    drop(school, {"later.csv": a_register("P001,N", "P002,N")})
    run(school, "reconcile", now=f"{DAY}T09:35")
    found = run(school, "report", "texts", "--format", "json", now=f"{DAY}T09:36").json
    assert [t["pupil_ids"] for t in found["texts"]] == [["P002"]]
    assert [t["pupil_ids"] for t in found["sent"]] == [["P001"]]


def test_a_text_about_a_child_who_is_not_absent_is_questioned(morning: Path) -> None:
    assert "Was it another?" in run(morning, "text", "P003", *BY).err
    assert "Was it another?" not in run(morning, "text", "P001", *BY).err


def test_a_sheet_has_a_new_number_when_a_name_on_it_has_changed_and_crosses_off_from_every_sheet(
    tmp_path: Path,
) -> None:
    files = {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,N", "P003,N"), "contacts.csv": contacts()}
    school = a_school(tmp_path, files)
    reconcile(school)
    assert sheet(school, f"{DAY}T09:21")["sheet"] == 1
    for number, pupil in ((2, "P001"), (3, "P002")):
        run(school, "check", pupil, "--found", *BY, now=f"{DAY}T09:2{number}")
        assert sheet(school, f"{DAY}T09:2{number}")["sheet"] == number
    page = run(school, "report", "call-sheet", "--format", "text", now=f"{DAY}T09:24").out
    crossed = page.partition("Cross off earlier sheets")[2]
    assert [f"{pupil}   in school" in crossed for pupil in ("P001", "P002", "P003")] == [True, True, False]
    drop(school, {"roll2.csv": a_roll("P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward-Lee,5C")})
    run(school, "ingest", now=f"{DAY}T09:25")
    assert sheet(school, f"{DAY}T09:26")["sheet"] == 4
