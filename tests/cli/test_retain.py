"""retain: old working copies go, and nothing else; what an open case needs stays."""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from builders import DAY, STORE, a_register, a_school, drop, dump, lines, reconcile, run
from firstday_cli.domain.retention import Copy, retention
from firstday_cli.morning.retaining import PAGES

SRC = Path(__file__).resolve().parents[2] / "src" / "firstday_cli" / "reports"
OLD, LATER = "2026-10-20", "2026-11-23T09:20"
OURS = (
    "call-sheet-AM.pdf", "reconcile-AM.html", "history-1.pdf", "referral-PM-12.xlsx", "day-summary.md", "texts-AM.csv",
    "mis-notes-AM.text", ".call-sheet-AM.pdf.4711.part", ".texts-AM.csv.one.part",
)  # fmt: skip
NOT_OURS = (
    "notes.txt",
    "call-sheet-AM.docx",
    "Call-Sheet-AM.pdf",
    "my call-sheet-AM.pdf",
    "call-sheet-AM.pdf.bak",
    "call-sheet",
)
POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes are of POSIX systems")


def sheets_of(school: Path, day: str, *names: str) -> Path:
    folder = school / "sheets" / day
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("a page", encoding="utf-8")
    return folder


def nobody_is_silent(school: Path, day: str = DAY) -> None:
    """Everybody is in: no case is open."""
    drop(school, {"register.csv": a_register("P001,/", "P002,/", "P003,/", day=day)})
    assert run(school, "reconcile", now=f"{day}T09:20").code in (0, 12)


def there(school: Path) -> set[str]:
    return {p.relative_to(school / "sheets").as_posix() for p in (school / "sheets").rglob("*") if not p.is_dir()}


def test_what_firstday_wrote_goes_when_it_is_old_and_nothing_else_does(school: Path) -> None:
    nobody_is_silent(school)
    sheets_of(school, OLD, *OURS, *NOT_OURS)
    sheets_of(school, "2026-10-24", "call-sheet-AM.pdf")
    sheets_of(school, "old", "call-sheet-AM.pdf")
    sheets_of(school, "2026-13-45", "call-sheet-AM.pdf")
    sheets_of(school, ".", "call-sheet-AM.pdf", "rejected.csv")
    kept = there(school) - {f"{OLD}/{name}" for name in OURS}
    exports = sorted((school / "inbox").iterdir())
    before = dump(school)
    ended = run(school, "retain", "--format", "json", now=LATER)
    assert (ended.code, ended.json["schema"], ended.json["keep_days"]) == (0, "firstday/retain/1", 30)
    assert set(ended.json["removed"]) == {f"{OLD}/{name}" for name in OURS}
    assert (there(school), ended.json["left"]) == (kept, len(NOT_OURS) + 4)
    assert (dump(school), sorted((school / "inbox").iterdir())) == (before, exports)
    again = run(school, "retain", "--format", "json", now=LATER).json
    assert (again["removed"], there(school)) == ([], kept)


@pytest.mark.parametrize(("day", "goes"), [("2026-10-24", False), ("2026-10-23", True), ("2026-11-24", False)])
def test_age_is_by_the_day_in_the_folders_name(school: Path, day: str, goes: bool) -> None:
    nobody_is_silent(school)
    folder = sheets_of(school, day, "call-sheet-AM.pdf")
    os.utime(folder / "call-sheet-AM.pdf", (0, 0) if not goes else None)
    run(school, "retain", now=LATER)
    assert folder.exists() is not goes  # an empty day goes with its last sheet


def test_the_days_are_the_policys(tmp_path: Path) -> None:
    school = a_school(tmp_path, policy='[school]\nname = "Fernhill"\n[sheets]\nkeep_days = 2\n')
    nobody_is_silent(school)
    for day in ("2026-11-20", "2026-11-21"):
        sheets_of(school, day, "call-sheet-AM.pdf")
    assert run(school, "retain", "--format", "json", now=LATER).json["removed"] == ["2026-11-20/call-sheet-AM.pdf"]


def test_a_dry_run_says_the_same_and_removes_nothing(school: Path) -> None:
    nobody_is_silent(school)
    sheets_of(school, OLD, "call-sheet-AM.pdf")
    before = there(school)
    dry = run(school, "retain", "--dry-run", "--format", "json", now=LATER).json
    assert (dry["dry_run"], there(school)) == (True, before)
    page = run(school, "retain", "--dry-run", now=LATER).out
    assert "Would be removed: older than 30 days (1)" in page and "Tue 20 Oct 2026" in page
    wet = run(school, "retain", "--format", "json", now=LATER).json
    assert {**wet, "dry_run": True} == dry


@pytest.mark.parametrize("now", [LATER, "2026-11-28T11:00"], ids=["on a school day", "on a Saturday"])
def test_a_child_still_silent_keeps_every_sheet_since(tmp_path: Path, now: str) -> None:
    school = a_school(tmp_path)
    drop(school, {"register.csv": a_register(day=OLD)})
    assert run(school, "reconcile", now=f"{OLD}T09:20").code == 10
    drop(school, {"register.csv": a_register()})
    reconcile(school)
    for day in ("2026-10-19", OLD, "2026-10-21"):
        sheets_of(school, day, "call-sheet-AM.pdf")
    found = run(school, "retain", "--format", "json", now=now).json
    assert (found["open_since"], found["removed"]) == (OLD, ["2026-10-19/call-sheet-AM.pdf"])
    assert found["kept"] == [f"{OLD}/call-sheet-AM.pdf", "2026-10-21/call-sheet-AM.pdf"]
    assert "Kept: a case is open since Tue 20 Oct 2026 (2)" in run(school, "retain", now=now).out


def test_a_store_that_cannot_be_read_keeps_everything(school: Path) -> None:
    sheets_of(school, OLD, "call-sheet-AM.pdf")
    gone = run(school, "retain", now=LATER)
    assert (gone.code, "nobody can tell whether a case is open" in gone.err) == (22, True)
    nobody_is_silent(school)
    for part in school.glob(f"{STORE}*"):
        part.unlink()
    (school / STORE).write_bytes(b"noise" * 4000)
    assert run(school, "retain", now=LATER).code == 22
    assert f"{OLD}/call-sheet-AM.pdf" in there(school)


def test_reject_files_go_by_when_their_rows_were_taken_in(school: Path) -> None:
    drop(school, {"lates.csv": lines("pupil_id,date,time_in", "P001,2026-10-20,25:99")})
    assert run(school, "ingest", now=f"{OLD}T09:20").code == 12
    (rejects,) = there(school)
    nobody_is_silent(school)
    (school / "sheets" / "refused-old-0123abcd.csv").write_text("x", encoding="utf-8")
    (school / "sheets" / "refused-mine.csv").write_text("x", encoding="utf-8")
    os.utime(school / "sheets" / "refused-old-0123abcd.csv", (1_790_000_000, 1_790_000_000))  # September 2026
    assert run(school, "retain", "--format", "json", now="2026-11-19T09:20").json["removed"] == [
        "refused-old-0123abcd.csv"
    ]
    assert run(school, "retain", "--format", "json", now="2026-11-20T09:20").json["removed"] == [rejects]
    assert there(school) == {"refused-mine.csv"}


@POSIX
def test_no_link_is_followed(school: Path, tmp_path: Path) -> None:
    nobody_is_silent(school)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "call-sheet-AM.pdf").write_text("another's", encoding="utf-8")
    sheets_of(school, "2026-10-21")
    (school / "sheets" / OLD).symlink_to(elsewhere)
    (school / "sheets" / "2026-10-21" / "call-sheet-AM.pdf").symlink_to(elsewhere / "call-sheet-AM.pdf")
    found = run(school, "retain", "--format", "json", now=LATER).json
    assert (found["removed"], found["left"]) == ([], 2)
    (school / "sheets").rename(tmp_path / "moved")
    (school / "sheets").symlink_to(tmp_path / "moved")
    sheets_of(school, "2026-10-22", "call-sheet-AM.pdf")
    assert run(school, "retain", "--format", "json", now=LATER).json["removed"] == []
    assert (elsewhere / "call-sheet-AM.pdf").exists() and (
        tmp_path / "moved" / "2026-10-22" / "call-sheet-AM.pdf"
    ).exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may remove everything")
def test_what_cannot_be_removed_is_told_and_stops_nothing(school: Path) -> None:
    nobody_is_silent(school)
    closed = sheets_of(school, OLD, "call-sheet-AM.pdf")
    sheets_of(school, "2026-10-21", "call-sheet-AM.pdf")
    closed.chmod(0o500)
    try:
        ended = run(school, "retain", now=LATER)
    finally:
        closed.chmod(0o700)
    assert (ended.code, "Could not be removed" in ended.out) == (22, True)
    assert not (school / "sheets" / "2026-10-21").exists()


def test_doctor_tells_of_old_sheets(school: Path) -> None:
    nobody_is_silent(school)
    sheets_of(school, OLD, "call-sheet-AM.pdf", "notes.txt")
    checks = {c["check"]: c for c in run(school, "doctor", "--format", "json", now=LATER).json["checks"]}
    assert checks["old sheets"]["found"].startswith("1 is older than 30 days: `firstday retain --dry-run`")
    run(school, "retain", now=LATER)
    checks = {c["check"]: c for c in run(school, "doctor", "--format", "json", now=LATER).json["checks"]}
    assert checks["old sheets"]["verdict"] == "ok"


def test_every_page_that_there_is_is_known() -> None:
    said = {
        name
        for file in SRC.glob("*.py")
        for name in re.findall(r"firstday/([a-z-]+)/1", file.read_text(encoding="utf-8"))
    }
    assert said <= PAGES


def test_an_open_case_holds_its_own_day_and_all_after() -> None:
    days = [Copy(path=str(n), day=date(2026, 10, n)) for n in (21, 19, 20)]
    found = retention(days, date(2026, 10, 20))
    assert ([c.path for c in found.due], [c.path for c in found.held]) == (["19"], ["20", "21"])
    assert retention(days, None).held == ()
