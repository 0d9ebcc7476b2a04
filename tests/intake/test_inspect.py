"""`inspect`: how a file would be read and why, and teaching a layout once; nothing is ever taken in by a guess."""

import os
from pathlib import Path

import pytest

from at_a_terminal import Terminal
from builders import DAY, a_register, a_roll, a_school, drop, dump, ids, lines, reconcile, run

UNFAMILIAR: dict[str, tuple[str, str, tuple[str, ...]]] = {  # export → its kind, and meanings that must be found
    lines("Pupil Ref,First Name,Family Name,Known As,Tutor Group,Status",
          "P001,Ivy,Brennan,,4B,Current", "P002,Tom,Okafor,,4B,Current", "P003,Zoë,Ward,,5C,Leaver"):
        ("roll", ("pupil_id", "forename", "surname", "preferred_forename", "group", "state")),
    lines("Pupil Ref,Pupil,Contact,Relationship,Call Order,Mobile Phone,Home Telephone",
          "P001,Ivy Brennan,Ann Brennan,Mother,1,07700 900501,01632 960501",
          "P003,Zoë Ward,Lou Ward,Carer,1,07700 900503,"):
        ("contacts", ("pupil_id", "pupil_name", "name", "relationship", "order", "phone_mobile", "phone_home")),
    lines("Pupil Ref;Learner;Class;Register date;Part of day;Status",
          "P001;Ivy Brennan;4B;23 Nov 2026;Morning;Absent", "P002;Tom Okafor;4B;23 Nov 2026;Morning;Present"):
        ("register", ("pupil_id", "pupil_name", "group", "date", "session", "mark")),
    lines("St Example’s", "Attendance for week beginning 23/11/2026", "", "Form,Learner,Mon AM,Mon PM",
          '4B,"Brennan, Ivy",N,', '4B,"Okafor, Tom",/,'):
        ("register", ("pupil_name", "group", "marks of a session")),
    lines("Arrival Date,Arrived at,Learner,Class,Why", "23/11/2026,9:12,Ivy Brennan,4B,bus"):
        ("lates", ("date", "time_in", "name", "group", "reason")),
    lines("Submitted at,Your phone number,Your child's full name,Tutor group,Reason for absence",
          "23/11/2026 08:01,07700 900501,Ivy Brennan,4B,temperature"):
        ("messages", ("received_at", "sender_phone", "pupil_name", "group", "text")),
    lines("Pupil Ref,Absent from,Absent to,Absence code,Agreed by", "P001,23/11/2026,24/11/2026,M,A. Head"):
        ("planned", ("pupil_id", "from_date", "to_date", "code", "approved_by")),
}  # fmt: skip


def an_export(tmp_path: Path, text: str) -> str:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def files_of(school: Path) -> list[Path]:
    """All but those that the store keeps beside itself while it is open."""
    return sorted(path for path in school.rglob("*") if not path.name.startswith("firstday.db-"))


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register()})
    reconcile(folder)
    return folder


@pytest.mark.parametrize("text", UNFAMILIAR, ids=[f"{kind} {n}" for n, (kind, _) in enumerate(UNFAMILIAR.values())])
def test_an_unfamiliar_export_is_refused_then_taught_once_then_read(tmp_path: Path, school: Path, text: str) -> None:
    kind, meanings = UNFAMILIAR[text]
    export = an_export(tmp_path, text)
    refused = run(school, "ingest", export)
    assert (refused.code, "firstday inspect" in refused.err) == (20, True)
    shown = run(school, "inspect", export, "--format", "json").json["tables"][0]
    assert (shown["kind"], shown["profile"], shown["doubts"]) == (kind, None, [])
    assert {c["meaning"] for c in shown["columns"]} >= set(meanings)
    saved = run(school, "inspect", export, "--save", "ours", "--format", "json")
    assert (saved.code, saved.json["saved"], saved.json["tables"][0]["profile"]) == (0, "profiles/ours.toml", "ours")
    taken = run(school, "ingest", export, "--format", "json").json["files"][0]
    assert (taken["kind"], taken["profile"], taken["rows_refused"]) == (kind, "ours", 0)


def test_inspect_alone_keeps_nothing(tmp_path: Path, school: Path) -> None:
    reconcile(school)
    before = dump(school), files_of(school)
    run(school, "inspect", an_export(tmp_path, next(iter(UNFAMILIAR))))
    run(school, "inspect", an_export(tmp_path, next(iter(UNFAMILIAR))), "--save", "ours", "--dry-run")
    assert (dump(school), files_of(school)) == before


def test_no_cell_that_names_anybody_is_shown(tmp_path: Path, school: Path) -> None:
    for text in UNFAMILIAR:
        for words in ((), ("--format", "json")):
            out = run(school, "inspect", an_export(tmp_path, text), *words).out
            assert not any(
                word in out for word in ("Ivy", "Brennan", "Okafor", "Ward", "900501", "P001", "temperature")
            )


IN_DOUBT = {  # export → the columns that somebody must decide, and what says it
    "two ids": (
        lines("Student ID,Person ID,Form,Date,Session,Code",
              "P001,9001,4B,23/11/2026,AM,N", "P002,9002,4B,23/11/2026,AM,/"),
        ("Student ID", "Person ID"), ("Student ID=pupil_id",),
    ),
    "a time that may be in or out": (
        lines("Date,Time,Learner,Class", "23/11/2026,9:12,Ivy Brennan,4B"), ("Time",), ("Time=time_in",),
    ),
    "two classes": (
        lines("Pupil Ref,Class,Form,AM", "P001,Maths 1,4B,N", "P002,Maths 1,4B,/"), ("Class", "Form"), ("Form=group",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", IN_DOUBT)
def test_where_two_fit_nothing_is_saved_until_somebody_says_which(tmp_path: Path, school: Path, case: str) -> None:
    text, columns, said = IN_DOUBT[case]
    export = an_export(tmp_path, text)
    refused = run(school, "inspect", export, "--save", "ours")
    assert (refused.code, list((school / "profiles").glob("*") if (school / "profiles").exists() else [])) == (20, [])
    assert all(column in refused.err for column in (*columns, "--map"))
    told = [word for pair in said for word in ("--map", pair)]
    assert run(school, "inspect", export, "--save", "ours", *told).code == 0
    assert run(school, "ingest", export).code in (0, 12)


def test_the_doubt_is_asked_at_a_terminal(tmp_path: Path, school: Path) -> None:
    if os.name != "posix":
        pytest.skip("a pseudo-terminal")
    export = an_export(tmp_path, IN_DOUBT["two ids"][0])
    with Terminal(school, "inspect", export, "--save", "ours") as office:
        office.waits_for("which one counts")
        office.answer("1")
        office.waits_for("profiles/ours.toml")
    assert run(school, "ingest", export, "--format", "json").json["files"][0]["rows_refused"] == 0


MISTYPED = {
    "no pair": ("--map", "Form"),
    "no such meaning": ("--map", "Form=colour"),
    "no such column": ("--map", "Colour=group"),
    "no such session": ("--map", "AM=mark:NOON"),
    "a name with a path": ("--save", "../ours"),
    "a shipped name": ("--save", "bromcom"),
}


@pytest.mark.parametrize("case", MISTYPED)
def test_what_is_mistyped_is_told_and_nothing_is_saved(tmp_path: Path, school: Path, case: str) -> None:
    export = an_export(tmp_path, lines("Pupil Ref,Form,Mon AM", "P001,4B,N"))
    ended = run(school, "inspect", export, *MISTYPED[case])
    assert (ended.code, (school / "profiles").exists()) == (2, False)


@pytest.mark.parametrize(("pairs", "meaning"), [
    (("Morning code=mark:AM",), "N"), (("Morning code=mark:2026-11-23:AM",), "N"), (("Morning code=mark:mon:AM",), ""),
])  # fmt: skip
def test_a_column_of_marks_can_be_given_its_session(
    tmp_path: Path, school: Path, pairs: tuple[str, ...], meaning: str
) -> None:
    export = an_export(tmp_path, lines("Pupil Ref,Morning code", "P001,N", "P002,/", "P003,/"))
    told = [word for pair in pairs for word in ("--map", pair)]
    saved = run(school, "inspect", export, "--save", "ours", *told)
    assert saved.code == (0 if meaning else 20), saved.err
    if meaning:
        assert run(school, "ingest", export).code in (0, 12)


def test_the_order_of_its_days_can_be_said(tmp_path: Path, school: Path) -> None:
    text = lines("Pupil Ref,Absent from,Absent to,Absence code", "P001,11/12/2026,11/12/2026,M")
    export = an_export(tmp_path, text)
    assert run(school, "inspect", export, "--save", "ours", "--map", "Absent from=from_date:month-first").code == 0
    run(school, "ingest", export)
    assert ids(reconcile(school, "--day", "2026-11-12", now="2026-11-12T09:20"), "explained") == []
    found = reconcile(school, "--day", "2026-11-12", now="2026-11-23T09:20")
    assert "P001" in ids(found, "explained")


def test_month_first_is_seen_where_a_day_says_so(tmp_path: Path, school: Path) -> None:
    text = lines("Pupil Ref,Absent from,Absent to,Absence code", "P001,11/23/2026,11/24/2026,M")
    export = an_export(tmp_path, text)
    assert run(school, "inspect", export, "--save", "ours").code == 0
    assert run(school, "ingest", export, "--format", "json").json["files"][0]["rows_understood"] == 1


def test_a_second_kind_is_added_to_a_profile_and_the_same_is_not_added_twice(tmp_path: Path, school: Path) -> None:
    texts = list(UNFAMILIAR)[1:3]
    for text in texts:
        assert run(school, "inspect", an_export(tmp_path, text), "--save", "ours").code == 0
    profile = school / "profiles" / "ours.toml"
    before = profile.read_bytes()
    again = run(school, "inspect", an_export(tmp_path, texts[1]), "--save", "ours")
    assert (again.code, profile.read_bytes()) == (2, before)
    assert before.count(b"[[exports]]") == 2


def test_a_known_export_says_its_profile_and_what_would_be_refused(tmp_path: Path, school: Path) -> None:
    text = a_register("P001,N", "P002,/").replace("P002,2026-11-23", "P002,2026-02-30")
    shown = run(school, "inspect", an_export(tmp_path, text), "--format", "json").json["tables"][0]
    assert (shown["profile"], shown["kind"], shown["rows_read"], shown["rows_refused"]) == (
        "firstday",
        "register",
        2,
        1,
    )
    assert [(p["row"], p["column"]) for p in shown["problems"]] == [(3, "date")]


def test_a_heading_with_quotes_breaks_no_profile(tmp_path: Path, school: Path) -> None:
    text = lines('"Pupil ""Ref""","The \\ Form",Mon AM', "P001,4B,N").replace("Mon AM", "AM")
    export = an_export(tmp_path, text)
    pairs = ("--map", 'Pupil "Ref"=pupil_id', "--map", "The \\ Form=group")
    assert run(school, "inspect", export, "--save", "ours", *pairs).code == 0
    drop(school, {"another.csv": text})
    assert run(school, "ingest").code in (0, 12)


def test_a_trial_of_saving_says_that_nothing_was_saved(tmp_path: Path, school: Path) -> None:
    export = an_export(tmp_path, next(iter(UNFAMILIAR)))
    tried = run(school, "inspect", export, "--save", "ours", "--dry-run")
    assert "Would be saved as profiles/ours.toml; nothing is." in tried.out
    facts = run(school, "inspect", export, "--save", "ours", "--dry-run", "--format", "json").json
    assert (facts["dry_run"], (school / "profiles" / "ours.toml").exists()) == (True, False)


def test_rows_that_no_pupil_of_the_roll_fits_are_shown(tmp_path: Path, school: Path) -> None:
    marks = lines("pupil_name,group,date,session,mark", f"Ivy Brennan,4B,{DAY},AM,/", f"Nobody Known,4B,{DAY},AM,/")
    shown = run(school, "inspect", an_export(tmp_path, marks), "--format", "json").json["tables"][0]
    assert (shown["rows_read"], shown["rows_refused"]) == (2, 1)


def test_what_to_type_next_is_whole_and_can_be_typed_in_any_window(tmp_path: Path) -> None:
    school = a_school(tmp_path / "our school", {"my pupils.csv": "No.,Child,Surname\n1,Ivy,Brennan\n"})
    file = str(school / "inbox" / "my pupils.csv")
    found = run(school, "inspect", file).out
    assert f'Next: firstday inspect "{file}" --school "{school}" --save NAME --map "COLUMN=MEANING"' in found
    told = ("--map", "No.=pupil_id", "--map", "Child=forename")
    assert f'Next: firstday reconcile --school "{school}"' in run(school, "inspect", file, *told, "--save", "p").out
    beside = tmp_path / "p.csv"
    beside.write_text("Nr,Child,Surname\n1,Ivy,Brennan\n", encoding="utf-8")
    told = ("--map", "Nr=pupil_id", "--map", "Child=forename")
    found = run(school, "inspect", str(beside), *told, "--save", "q").out
    assert f'Next: firstday ingest {beside} --school "{school}"' in found
