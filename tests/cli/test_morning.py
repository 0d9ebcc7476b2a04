"""The scheduled step: sheets, heartbeat, its own troubles; twice the same, two at once, and only when it is due."""

import json
from pathlib import Path
from typing import Any

import pytest

from builders import CALENDAR, DAY, STORE, a_register, a_roll, a_school, asked, drop, dump, process, run, started

PEOPLE = {"contacts.csv": "pupil_id,order,name,relationship,phone\nP001,1,Jo Brennan,Mother,07700 900101\n"}


def heartbeat(school: Path) -> Any:
    return json.loads((school / "heartbeat.json").read_text(encoding="utf-8"))


def sheets(school: Path) -> dict[str, bytes]:
    folder = school / "sheets"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_run_writes_the_sheets_of_its_moment_and_says_so(school: Path) -> None:
    ended = run(school, "morning", now=f"{DAY}T09:20")
    assert ended.code == 10
    assert sorted(sheets(school)) == [
        f"{DAY}/{name}"
        for name in ("call-sheet-AM.pdf", "double-check-AM.pdf", "escalate-AM.html", "registers-AM.html", "texts.csv",
                     "unexplained-AM.html")
    ]  # fmt: skip
    beat = heartbeat(school)
    assert (beat["schema"], beat["state"], beat["exit_code"]) == ("firstday/heartbeat/1", "done", 10)
    assert (beat["as_of"], beat["done_at"]) == (f"{DAY}T09:20:00+00:00",) * 2
    assert beat["counts"]["unexplained"] == 1
    assert beat["next_run"] == f"{DAY}T10:00:00+00:00"
    assert sorted(beat["sheets"]) == sorted(sheets(school))


def test_neither_the_screen_nor_the_heartbeat_names_a_child(school: Path) -> None:
    drop(school, {"brennan-mail.csv": "x,y\n1,2\n", **PEOPLE})
    for words in ((), ("--format", "json"), ("--verbose",)):
        ended = run(school, "morning", *words, now=f"{DAY}T12:00")
        said = ended.out + ended.err + (school / "heartbeat.json").read_text(encoding="utf-8")
        said += "".join(path.read_text(encoding="utf-8") for path in (school / "journal").iterdir())
        for word in ("Ivy", "Brennan", "brennan", "P001", "900101"):
            assert word not in said


AT = (("08:45", 3), ("09:20", 6), ("10:05", 8), ("10:25", 9), ("13:35", 8), ("15:30", 10))


@pytest.mark.parametrize(("at", "many"), AT)
def test_later_runs_write_more_sheets(school: Path, at: str, many: int) -> None:
    drop(school, {"afternoon.csv": a_register("P001,/", "P002,/", "P003,N", session="PM")})
    run(school, "morning", now=f"{DAY}T{at}")
    assert len(sheets(school)) == many, sorted(sheets(school))


def test_a_run_made_twice_changes_nothing(school: Path) -> None:
    drop(school, {"lates.csv": "pupil_id,date,time_in\nP009,2026-11-23,25:99\n", **PEOPLE})
    first = run(school, "morning", now=f"{DAY}T10:25")
    before = dump(school), sheets(school), heartbeat(school)
    again = run(school, "morning", now=f"{DAY}T10:25")
    after = dump(school), sheets(school), heartbeat(school)
    assert any("refused-lates" in name for name in before[1])
    assert before[:2] == after[:2]
    assert {**after[2], "files": ""} == {**before[2], "files": ""}
    assert first.code == again.code


def test_two_at_once_are_one_after_the_other(school: Path) -> None:
    running = [started(school, "morning") for _ in range(3)]
    ended = [one.communicate(timeout=120) for one in running]
    assert [one.returncode for one in running] == [10] * 3, ended
    assert asked(school, "select count(*) from taking") == [(2,)]
    numbers = asked(school, "select kind, count(*) from entry where kind = 'sheet-made' group by kind")
    assert numbers == [("sheet-made", 2)]
    assert heartbeat(school)["state"] == "done"
    assert run(school, "verify").code == 0


IF_DUE = (
    # last run, now, whether it runs
    ("", f"{DAY}T08:44", False),
    ("", f"{DAY}T08:45", True),
    (f"{DAY}T08:45", f"{DAY}T09:19", False),
    (f"{DAY}T08:45", f"{DAY}T09:20", True),
    (f"{DAY}T09:20", f"{DAY}T09:20", False),
    (f"{DAY}T09:21", f"{DAY}T09:59", False),
    (f"{DAY}T09:21", f"{DAY}T11:30", True),
    (f"{DAY}T16:00", f"{DAY}T23:59", False),
    ("2026-11-20T09:20", "2026-11-21T09:20", False),
    ("2026-11-26T16:00", "2026-11-27T09:20", False),
    ("2026-11-20T16:00", f"{DAY}T16:40", True),
    ("2026-12-01T16:00", f"{DAY}T09:20", True),
    ("", f"{DAY}T09:20+01:00", False),
    ("", f"{DAY}T08:45Z", True),
)


@pytest.mark.parametrize(("last", "now", "runs"), IF_DUE)
def test_if_due_runs_only_when_a_run_of_the_day_is_due(school: Path, last: str, now: str, runs: bool) -> None:
    if last:
        run(school, "morning", now=last)
        (school / STORE).unlink()  # only the heartbeat counts
    ended = run(school, "morning", "--if-due", "--format", "json", now=now)
    assert ended.json["ran"] is runs
    assert (school / STORE).exists() is runs
    assert runs or ended.code == 0


def test_a_run_that_fails_says_so_in_the_heartbeat(school: Path) -> None:
    run(school, "morning", now=f"{DAY}T09:20")
    (school / "policy.toml").write_text("[school]\nnane = 'x'\n", encoding="utf-8")
    assert run(school, "morning", now=f"{DAY}T10:00").code == 21
    beat = heartbeat(school)
    assert (beat["state"], beat["exit_code"], beat["done_at"]) == ("failed", 21, f"{DAY}T09:20:00+00:00")
    assert "policy.toml" in beat["troubles"][0]["because"]


def test_a_day_outside_the_calendar_is_a_failure_even_if_due(school: Path) -> None:
    assert run(school, "morning", "--if-due", now="2027-02-01T09:20").code == 21
    assert heartbeat(school)["state"] == "failed"


def test_a_run_that_never_ended_is_left_as_begun(school: Path) -> None:
    one = started(school, "morning")
    while not (school / "heartbeat.json").exists() and one.poll() is None:
        pass
    one.kill()
    one.communicate()
    assert heartbeat(school)["state"] == "begun"
    assert run(school, "morning").code == 10
    assert heartbeat(school)["state"] == "done"


def test_a_heartbeat_that_says_nothing_readable_stops_no_run(school: Path) -> None:
    for rubbish in ("", "{}", "[1]", '{"as_of": 3}', "\x00"):
        (school / "heartbeat.json").write_text(rubbish, encoding="utf-8")
        assert run(school, "morning", "--if-due").code == 10
        assert heartbeat(school)["state"] == "done"


def test_a_sheet_that_cannot_be_written_stops_no_other(school: Path) -> None:
    (school / "sheets" / DAY / "call-sheet-AM.pdf").mkdir(parents=True)
    ended = run(school, "morning", "--format", "json", now=f"{DAY}T09:20")
    assert ended.code == 22
    assert [t["trouble"] for t in ended.json["troubles"]] == ["not-written"]
    assert f"{DAY}/call-sheet-AM.pdf" not in ended.json["sheets"]
    assert f"{DAY}/escalate-AM.html" in ended.json["sheets"]


def test_a_day_without_school_has_no_list_and_keeps_its_open_cases(school: Path) -> None:
    run(school, "morning", now=f"{DAY}T16:00")
    ended = run(school, "morning", "--format", "json", now="2026-11-27T11:00")
    assert ended.json["no_school"] is True
    assert ended.json["sheets"] == ["2026-11-27/escalate-AM.html"]
    assert ended.json["steps"] > 0


def test_a_dry_run_writes_nothing(school: Path) -> None:
    before = sorted(path.name for path in school.rglob("*") if "journal" not in path.parts)
    ended = run(school, "morning", "--dry-run", "--format", "json", now=f"{DAY}T09:20")
    assert ended.json["would_take_in"] == ["register.csv", "roll.csv"]
    assert "call-sheet" in ended.json["would_write"]
    after = sorted(path.name for path in school.rglob("*") if "journal" not in path.parts)
    assert set(after) - set(before) <= {STORE, f"{STORE}-wal", f"{STORE}-shm"}
    assert dump(school) == () or asked(school, "select count(*) from entry") == [(0,)]


def test_a_school_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    ended = process(tmp_path / "nowhere", "morning")
    assert (ended.code, "Traceback" in ended.err) == (21, False)
    assert not (tmp_path / "nowhere").exists()


def test_what_troubles_a_run_is_on_the_list_and_on_standard_error(school: Path) -> None:
    (school / "inbox" / "register.csv").unlink()
    ended = run(school, "morning")
    assert ended.err.startswith("! NO REGISTER: not one register of Mon 23 Nov 2026 AM is in.")
    assert "NO REGISTER" in (school / "sheets" / DAY / "unexplained-AM.html").read_text(encoding="utf-8")
    assert run(school, "morning", "--if-due").err == ""


def test_a_day_that_somebody_closed_is_no_missed_run(school: Path) -> None:
    run(school, "morning", now="2026-11-19T16:00")
    drop(school, {"monday.csv": a_register("P001,N", "P002,/", "P003,/", "P003,/")})
    run(school, "close", "--day", "2026-11-20", "--why", "snow", "--by", "H. Head", now="2026-11-20T07:30")
    ended = run(school, "morning", "--format", "json")
    assert [trouble["trouble"] for trouble in ended.json["troubles"]] == []


def test_a_run_of_a_moment_past_replaces_no_newer_sheet(school: Path) -> None:
    run(school, "morning", now=f"{DAY}T09:20")
    run(school, "check", "P001", "--not-found", "--where", "hall", "--by", "A. Officer", now=f"{DAY}T09:40")
    before = sheets(school), heartbeat(school)
    ended = run(school, "morning", now=f"{DAY}T09:30")
    assert (ended.code, "--as-of" in ended.err) == (2, True)
    assert (sheets(school), heartbeat(school)) == before


def troubled(school: Path, at: str, *words: str) -> list[str]:
    ended = run(school, "morning", "--format", "json", *words, now=at)
    return [trouble["because"] for trouble in ended.json.get("troubles", [])]


@pytest.mark.parametrize("words", [("--day", "2026-11-20"), ("--session", "PM")])
def test_a_look_at_another_session_silences_no_run(school: Path, words: tuple[str, ...]) -> None:
    run(school, "morning", now=f"{DAY}T08:45")
    before = heartbeat(school)
    run(school, "morning", *words, now=f"{DAY}T09:19:45")
    assert heartbeat(school) == before
    assert run(school, "morning", "--if-due", "--format", "json", now=f"{DAY}T09:20").json["ran"] is True


@pytest.mark.parametrize(("at", "sheet"), [("10:04:59", "visits-AM.pdf"), ("10:24:59", "rag-review-AM.pdf")])
def test_a_run_that_begins_a_moment_early_writes_what_its_time_wants(school: Path, at: str, sheet: str) -> None:
    assert f"{DAY}/{sheet}" in run(school, "morning", "--format", "json", now=f"{DAY}T{at}").json["sheets"]


def test_a_missed_list_is_told_until_the_end_of_the_next_school_day(school: Path) -> None:
    run(school, "morning", now="2026-11-19T09:20")
    told = [
        any("19 Nov 2026 PM in time" in said for said in troubled(school, at))
        for at in (f"{DAY}T08:45", f"{DAY}T09:20", f"{DAY}T12:00", "2026-11-24T08:45", "2026-11-24T09:20")
    ]
    assert told == [True, True, True, False, False]


def test_a_list_made_before_its_time_or_twice_is_not_missed(school: Path) -> None:
    run(school, "morning", now="2026-11-20T16:00")
    run(school, "morning", now=f"{DAY}T09:16")
    assert not any("MISSED" in said for said in troubled(school, f"{DAY}T10:02"))


def test_a_run_that_could_not_write_a_sheet_is_due_again(school: Path) -> None:
    blocked = school / "sheets" / DAY / "call-sheet-AM.pdf"
    blocked.mkdir(parents=True)
    assert run(school, "morning", now=f"{DAY}T09:20").code == 22
    blocked.rmdir()
    assert run(school, "morning", "--if-due", "--format", "json", now=f"{DAY}T09:21").json["ran"] is True
    assert blocked.is_file()


@pytest.mark.parametrize("how", ["calendar", "close"])
def test_a_day_without_an_afternoon_ends_with_its_mornings_handover(tmp_path: Path, how: str) -> None:
    closure = f'\n[[closures]]\nfirst = "{DAY}"\nlast = "{DAY}"\nwhy = "Ivy\'s snow"\nsessions = ["PM"]\n'
    school = a_school(tmp_path, calendar=CALENDAR + (closure if how == "calendar" else ""))
    if how == "close":
        run(school, "close", "--day", DAY, "--session", "PM", "--why", "Ivy's snow", "--by", "H. Head")
    ended = run(school, "morning", "--if-due", "--format", "json", now=f"{DAY}T16:00")
    assert (ended.json["session"], ended.json["counts"]["unexplained"]) == ("AM", 1)
    assert f"{DAY}/handover-AM.pdf" in ended.json["sheets"]
    assert "Ivy" not in ended.out + (school / "heartbeat.json").read_text(encoding="utf-8")


def test_the_list_that_is_due_is_made_though_the_afternoon_has_begun(tmp_path: Path) -> None:
    school = a_school(tmp_path, policy='[school]\nname = "F"\n[afternoon]\nstarts = "09:18"\n')
    ended = run(school, "morning", "--if-due", "--format", "json", now=f"{DAY}T09:20")
    assert ended.json["session"] == "AM"


ODD = (
    '{"state": "done", "as_of": "0001-01-01T00:00:00+00:00", "done_at": null, "exit_code": 0, "troubles": []}',
    "[" * 100_000,
)


@pytest.mark.parametrize("text", ODD, ids=["before all time", "without end"])
def test_an_odd_heartbeat_stops_no_run(school: Path, text: str) -> None:
    (school / "heartbeat.json").write_text(text, encoding="utf-8")
    assert run(school, "morning", "--if-due").code == 10


def test_a_damaged_lock_is_to_be_deleted_and_never_the_store(school: Path) -> None:
    (school / "morning.lock").write_text("rubbish " * 100, encoding="utf-8")
    ended = run(school, "morning")
    assert (ended.code, "delete it" in ended.err, "backup" in ended.err) == (22, True, False)


def test_wrong_settings_put_no_name_into_the_heartbeat(school: Path) -> None:
    text = (school / "policy.toml").read_text(encoding="utf-8")
    (school / "policy.toml").write_text(f'{text}[people]\nheadteacher = ["Anna Patel"]\n', encoding="utf-8")
    assert run(school, "morning").code == 21
    assert "Anna" not in (school / "heartbeat.json").read_text(encoding="utf-8")
    assert heartbeat(school)["troubles"][0]["because"].startswith("policy.toml: ")


def test_a_folder_that_is_no_school_gets_nothing_written(tmp_path: Path) -> None:
    for command in ("morning", "reconcile"):
        assert run(tmp_path, command).code == 21
    assert list(tmp_path.iterdir()) == []


def test_a_missed_run_is_somebodys_to_see_to_though_every_child_is_in(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,/", "P002,/", "P003,/")})
    assert run(school, "morning", now=f"{DAY}T09:20").code == 0
    again = tmp_path / "again"
    again.mkdir()
    school = a_school(again, {"roll.csv": a_roll(), "register.csv": a_register("P001,/", "P002,/", "P003,/")})
    run(school, "morning", now="2026-11-20T09:20")
    assert run(school, "morning", now=f"{DAY}T09:20").code == 10


def test_the_heartbeat_counts_alerts_and_says_of_whom_none_is(school: Path) -> None:
    drop(school, {"lates.csv": f"pupil_id,date,time_in,time_out\nP002,{DAY},09:01,09:10\n"})
    assert run(school, "morning").code == 11
    assert heartbeat(school)["alerts"] == {"signed-out": 1}


def test_what_a_killed_run_left_half_written_is_the_next_ones(school: Path) -> None:
    folder = school / "sheets" / DAY
    folder.mkdir(parents=True)
    for place in (folder / ".texts.csv.one.part", school / ".heartbeat.json.one.part"):
        place.write_text("half", encoding="utf-8")
    run(school, "morning")
    assert list(school.rglob(".*.part")) == []


def test_without_any_register_no_batch_of_texts_is_written(school: Path) -> None:
    (school / "inbox" / "register.csv").unlink()
    drop(school, PEOPLE)
    assert not any("texts" in name for name in run(school, "morning", "--format", "json").json["sheets"])


def test_texts_that_may_be_untrue_are_told_of_beside_the_batch(tmp_path: Path) -> None:
    people = PEOPLE["contacts.csv"] + "P003,1,Jo Ward,Mother,07700 900102\n"
    files = {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,/"), "contacts.csv": people}
    ended = run(a_school(tmp_path, files), "morning", now=f"{DAY}T10:00")
    assert "! texts: LOOK FIRST" in ended.err
    assert "Ivy" not in ended.err and "Zo" not in ended.err


def test_a_list_of_which_a_sheet_is_not_there_is_missed(school: Path) -> None:
    run(school, "morning", now=f"{DAY}T08:45")
    (school / "sheets" / DAY / "call-sheet-AM.pdf").mkdir()
    run(school, "morning", now=f"{DAY}T09:20")
    assert any(said.startswith("MISSED RUN") for said in troubled(school, f"{DAY}T10:05"))


def test_a_look_at_another_day_that_fails_is_no_failed_run(school: Path) -> None:
    run(school, "morning", now=f"{DAY}T09:20")
    before = heartbeat(school)
    assert run(school, "morning", "--day", "2027-03-01", now=f"{DAY}T09:40").code == 21
    assert heartbeat(school) == before
