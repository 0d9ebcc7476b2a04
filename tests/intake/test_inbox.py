"""What is read of the inbox and of the folders beside it, what is left, and what is said of it."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from builders import NOW, POLICY, a_register, a_roll, a_school, ids, lines, reconcile, run

BESIDE = f'{POLICY}[inbox]\nalso = ["downloads"]\n'
TODAY, LATER, YESTERDAY = "2026-11-23T09:00", "2026-11-23T09:10", "2026-11-22T23:59"
CHANGED_MARKS = a_register("P001,/", "P002,N", "P003,/")


def _save(folder: Path, files: Mapping[str, str], changed: str = TODAY) -> None:
    """Save files that were last changed at a moment."""
    folder.mkdir(exist_ok=True)
    seconds = datetime.fromisoformat(changed).replace(tzinfo=UTC).timestamp()
    for name, content in files.items():
        (folder / name).write_bytes(content.encode())
        os.utime(folder / name, (seconds, seconds))


def _school(tmp_path: Path, inbox: Mapping[str, str] | None = None, policy: str = BESIDE) -> Path:
    made = a_school(tmp_path, {}, policy=policy)
    (made / "downloads").mkdir()
    _save(made / "inbox", {"roll.csv": a_roll(), "register.csv": a_register()} if inbox is None else inbox)
    return made


def _ingest(school: Path, *words: str, now: str = NOW) -> Any:
    ended = run(school, "ingest", "--format", "json", *words, now=now)
    assert ended.code == 0, ended.err
    return ended.json


def _read(found: Any) -> list[str]:
    return [file["file"] for file in found["files"]]


def _left(found: Any) -> dict[str, str]:
    return {file["file"]: file["because"] for file in found["left"]}


def test_a_recognised_file_of_today_is_read_beside_the_inbox(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll()})
    _save(school / "downloads", {"register (3).csv": a_register()})
    found = _ingest(school)
    assert (_read(found), found["left"]) == (["register (3).csv", "roll.csv"], [])
    assert ids(reconcile(school)) == ["P001"]
    assert _read(_ingest(school)) == []
    assert (school / "downloads" / "register (3).csv").exists()


def test_what_fits_no_layout_is_left_alone_and_counted(tmp_path: Path) -> None:
    school = _school(tmp_path)
    _save(
        school / "downloads", {"menu.csv": lines("day,lunch", "Monday,pasta"), "a.pdf": "%PDF-1.7 words", "b.mp4": "0"}
    )
    found = _ingest(school)
    assert _read(found) == ["register.csv", "roll.csv"]
    assert _left(found) == {"downloads": "3 files fit no layout: left alone."}


@pytest.mark.parametrize("kind", ["roll", "register", "contacts"])
def test_an_older_export_beside_the_inbox_never_takes_the_place_of_todays(tmp_path: Path, kind: str) -> None:
    old = {
        "roll": a_roll("P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C"), "register": CHANGED_MARKS,
        "contacts": lines("pupil_id,order,name,phone", "P001,1,Jan Brennan,07700 900123"),
    }[kind]  # fmt: skip
    school = _school(tmp_path)
    _save(school / "downloads", {"old.csv": old}, YESTERDAY)
    found = _ingest(school)
    assert _read(found) == ["register.csv", "roll.csv"]
    because = _left(found)["old.csv"]
    path = school / "downloads" / "old.csv"
    assert because.startswith("last changed on Sun 22 Nov 2026")
    assert because.endswith(f'firstday ingest "{path}"')
    assert ids(reconcile(school)) == ["P001"]
    assert _read(_ingest(school, str(path))) == ["old.csv"]
    assert "old.csv" not in _left(_ingest(school))


def test_the_day_turns_at_midnight_in_london(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll()}, policy=BESIDE)
    _save(school / "downloads", {"register.csv": a_register(day="2026-09-02")}, "2026-09-01T23:30")
    assert _read(_ingest(school, now="2026-09-02T09:20")) == ["register.csv", "roll.csv"]
    _save(school / "downloads", {"more.csv": a_register("P001,N", day="2026-09-02")}, "2026-09-01T22:30")
    assert list(_left(_ingest(school, now="2026-09-02T09:20"))) == ["more.csv"]


def test_the_same_content_twice_is_read_once(tmp_path: Path) -> None:
    school = _school(tmp_path)
    _save(school / "inbox", {"register (1).csv": a_register()}, YESTERDAY)
    _save(school / "downloads", {"register (2).csv": a_register()}, YESTERDAY)
    found = _ingest(school)
    assert _read(found) == ["register.csv", "roll.csv"]
    because = "the same as register.csv, read once."
    assert _left(found) == {"register (1).csv": because, "register (2).csv": because}
    again = _ingest(school)
    assert _read(again) == []
    assert {why[:46] for why in _left(again).values()} == {"the same as register.csv, taken in before. To "}


def test_what_comes_again_after_another_export_is_the_newest_again(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll()})
    for name, text in (("a.csv", a_register()), ("b.csv", CHANGED_MARKS), ("c.csv", a_register())):
        _save(school / "inbox", {name: text}, LATER)
        _ingest(school)
    assert ids(reconcile(school)) == ["P001"]


def test_of_two_alike_the_later_counts_so_that_nothing_between_them_is_the_newest(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll(), "a.csv": a_register()})
    _save(school / "inbox", {"b.csv": CHANGED_MARKS}, "2026-11-23T09:05")
    _save(school / "inbox", {"c.csv": a_register()}, LATER)
    found = _ingest(school)
    assert (_read(found), list(_left(found))) == (["b.csv", "c.csv", "roll.csv"], ["a.csv"])
    assert ids(reconcile(school)) == ["P001"]
    assert ids(reconcile(school)) == ["P001"]


@pytest.mark.parametrize("folder", ["inbox", "downloads"])
def test_the_same_content_exported_again_is_the_newest_again(tmp_path: Path, folder: str) -> None:
    school = _school(tmp_path)
    assert ids(reconcile(school)) == ["P001"]
    _save(school / "inbox", {"second.csv": CHANGED_MARKS}, "2026-11-23T09:22")
    assert ids(reconcile(school, now="2026-11-23T09:23")) == ["P002"]
    _save(school / folder, {"third.csv": a_register()}, "2026-11-23T09:25")
    assert ids(reconcile(school, now="2026-11-23T09:26")) == ["P001"]


def test_a_copy_of_an_old_file_beside_never_keeps_the_inbox_from_being_read(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll()})
    _save(school / "inbox", {"register.csv": a_register()}, "2026-11-20T09:00")
    _save(school / "downloads", {"register.csv": a_register()}, YESTERDAY)
    assert _read(_ingest(school)) == ["register.csv", "roll.csv"]
    assert ids(reconcile(school)) == ["P001"]


BEING_WRITTEN = (
    "~$register.csv", ".~lock.register.csv#", "register.csv.crdownload", "register.csv.part", "Register.CSV.PART",
    "register.partial", "register.csv.download", "register.tmp", "register.csv.sb-1f2e3d4c-Xy12", ".sb-register.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", BEING_WRITTEN)
def test_what_is_still_being_written_is_left_and_named(tmp_path: Path, name: str) -> None:
    school = _school(tmp_path)
    _save(school / "inbox", {name: CHANGED_MARKS, ".DS_Store": "x", "Thumbs.db": "x"})
    found = _ingest(school)
    assert _read(found) == ["register.csv", "roll.csv"]
    assert _left(found) == {name: "still being written, or open in another program: left for the next run."}
    ended = run(school, "reconcile", "--format", "json")
    assert f"{name}: still being written" in ended.err
    assert (ended.json["provisional"], ids(ended.json)) == (False, ["P001"])


def test_a_folder_that_a_browser_writes_into_is_named(tmp_path: Path) -> None:
    school = _school(tmp_path)
    (school / "inbox" / "register.csv.download").mkdir()
    assert list(_left(_ingest(school))) == ["register.csv.download"]


def test_what_is_left_is_on_the_page_and_on_standard_error(tmp_path: Path) -> None:
    school = _school(tmp_path)
    _save(school / "downloads", {"old.csv": CHANGED_MARKS}, YESTERDAY)
    _save(school / "inbox", {"half.csv.part": "pupil_id"})
    page = run(school, "ingest")
    assert [name in page.out and name in page.err for name in ("old.csv", "half.csv.part")] == [True, True]
    told = run(school, "reconcile").err.splitlines()
    assert [line.split(":")[0] for line in told if "left for the next run" in line or "not read." in line] == [
        "half.csv.part", "old.csv",
    ]  # fmt: skip


def test_nothing_is_kept_of_a_dry_run(tmp_path: Path) -> None:
    school = _school(tmp_path, {"roll.csv": a_roll()})
    _save(school / "downloads", {"register.csv": a_register()})
    assert _read(_ingest(school, "--dry-run")) == ["register.csv", "roll.csv"]
    assert _read(_ingest(school)) == ["register.csv", "roll.csv"]


def test_files_named_on_the_line_are_read_alone(tmp_path: Path) -> None:
    school = _school(tmp_path)
    _save(school / "downloads", {"old.csv": CHANGED_MARKS}, YESTERDAY)
    found = _ingest(school, str(school / "inbox" / "roll.csv"))
    assert (_read(found), found["left"]) == (["roll.csv"], [])


def test_a_kind_that_is_forced_recognises_only_its_own(tmp_path: Path) -> None:
    school = _school(tmp_path, {"register.csv": a_register()})
    _save(school / "downloads", {"roll.csv": a_roll()})
    found = _ingest(school, "--as", "register")
    assert (_read(found), list(_left(found))) == (["register.csv"], ["downloads"])


MEND = " is not there: mend [inbox] also in policy.toml, or make the folder"
PLACES = {  # [inbox] also, as written → whether the file in downloads/ is read, the verdict of doctor, what it says
    '["downloads"]': (True, "ok", "2 files; 1 file in downloads"),
    '["./downloads", "downloads"]': (True, "ok", "2 files; 1 file in ./downloads"),
    '["downloads", "inbox"]': (True, "ok", "2 files; 1 file in downloads"),
    '["~/fernhill/downloads"]': (True, "ok", "2 files; 1 file in ~/fernhill/downloads"),
    '["nowhere"]': (False, "warn", "2 files; nowhere"),
    '["downloads", "~nobody-here/x"]': (True, "warn", "2 files; 1 file in downloads; ~nobody-here/x"),
    "[]": (False, "ok", "2 files"),
}


@pytest.mark.parametrize("also", PLACES)
def test_which_folders_are_read(tmp_path: Path, also: str) -> None:
    is_read, verdict, found = PLACES[also]
    school = _school(tmp_path, policy=f"{POLICY}[inbox]\nalso = {also}\n")
    _save(school / "downloads", {"lates.csv": lines("pupil_id,date,time_in", "P001,2026-11-23,09:02")})
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    checks = run(school, "doctor", "--format", "json", env=home).json["checks"]
    (inbox,) = [check for check in checks if check["check"] == "inbox"]
    assert inbox["verdict"] == verdict
    assert inbox["found"] == found + ("" if verdict == "ok" else MEND)
    read = run(school, "ingest", "--format", "json", env=home).json
    assert ("lates.csv" in _read(read)) is is_read


def test_a_folder_in_the_inbox_is_named(tmp_path: Path) -> None:
    school = _school(tmp_path)
    _save(school / "inbox" / "Monday", {"register2.csv": CHANGED_MARKS})
    _save(school / "inbox" / ".hidden", {})
    _save(school / "inbox" / "export.download", {})
    left = _left(_ingest(school))
    assert sorted(left) == ["Monday", "export.download"]
    assert ("Move them into the inbox" in left["Monday"], "still being written" in left["export.download"]) == (
        True,
        True,
    )
