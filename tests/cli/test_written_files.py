"""Pages as files: every format by name and by ending, among the sheets, opened, and behind a password."""

import io
import os
import re
import time
from pathlib import Path

import msoffcrypto
import pikepdf
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from at_a_terminal import PATIENCE, POSIX, Terminal
from builders import DAY, a_school, asked, drop, run
from calling import BY, Child, mobile, rung
from firstday_cli.reports.catalogue import REPORTS
from writers.blocks import NAMES
from writers.rendered import pdf_as_text, workbook_as_text

CHILDREN = (
    Child("P1", "Ivy", "Brennan", contacts=(("Ann Brennan", mobile(1)), ("Ben Brennan", mobile(2)))),
    Child("P2", "Tom", "Ward", contacts=(("Joy Ward", mobile(3)),)),
)
BEGINS = {
    "md": b"# ", "html": b"<!doctype html>", "pdf": b"%PDF-", "xlsx": b"PK", "json": b"{", "text": b"Fernhill",
    "csv": b'"Fernhill', "table": b"Fernhill",
}  # fmt: skip
PASSWORD = "marigold-42"  # noqa: S105 - an invented one


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two children are absent with no word."""
    return rung(tmp_path_factory.mktemp("kept"), CHILDREN)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Children whose names no old console can write."""
    children = tuple(
        Child(f"P{n}", name, "Łukasiewicz", contacts=((f"Zoë {name}", mobile(n)),))
        for n, name in enumerate(NAMES, start=1)
    )
    return rung(tmp_path_factory.mktemp("odd"), children)


@pytest.mark.parametrize("format_name", BEGINS)
def test_every_format_goes_through_a_pipe_whole(morning: Path, format_name: str) -> None:
    ended = run(morning, "report", "call-sheet", "--format", format_name)
    assert ended.code == 0
    assert ended.raw.startswith(BEGINS[format_name])


@pytest.mark.parametrize("ending", ["txt", "md", "csv", "json", "html", "pdf", "xlsx", "PDF"])
def test_the_ending_chooses_the_format(morning: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"sheet.{ending}"
    ended = run(morning, "report", "call-sheet", "-o", str(target))
    assert (ended.code, ended.out, ended.err) == (0, "", f"written to {target.name}\n")
    content = target.read_bytes().removeprefix("\ufeff".encode())
    assert content.startswith(BEGINS[{"txt": "text"}.get(ending.lower(), ending.lower())])
    assert os.name != "posix" or target.stat().st_mode & 0o077 == 0


def test_an_ending_that_no_format_has_is_refused_with_those_that_one_has(morning: Path, tmp_path: Path) -> None:
    ended = run(morning, "report", "call-sheet", "-o", str(tmp_path / "sheet.docx"))
    assert ended.code == 2
    assert ".pdf" in ended.err and ".xlsx" in ended.err
    assert list(tmp_path.glob("sheet*")) == []


@pytest.mark.parametrize("where", [
    "policy.toml", "firstday.db", "inbox/sheet.csv", "profiles/mine.toml", "profiles/mine.csv", "1 Morning list.cmd",
    "../exports/roll.csv",
])  # fmt: skip
def test_no_page_takes_the_place_of_what_firstday_reads(morning: Path, where: str) -> None:
    for folder in ("profiles", "../exports"):
        (morning / folder).mkdir(exist_ok=True)
    (morning / "../exports/roll.csv").write_text("pupil_id\n", encoding="utf-8")
    policy = (morning / "policy.toml").read_text(encoding="utf-8")
    (morning / "policy.toml").write_text(f'{policy}\n[inbox]\nalso = ["../exports"]\n', encoding="utf-8")
    ended = run(morning, "report", "call-sheet", "--format", "csv", "-o", str(morning / where))
    assert (ended.code, "firstday reads" in ended.err) == (2, True)
    assert (morning / "../exports/roll.csv").read_text(encoding="utf-8") == "pupil_id\n"
    assert run(morning, "report", "call-sheet", "-o", str(morning / "../exports/sheet.pdf")).code == 0


def test_what_is_no_file_to_write_is_refused_before_anything_is_done(morning: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for where, code in (("", 2), ("-", 2), (os.devnull, 2), (str(tmp_path / "folder.csv"), 22)):
        ended = run(morning, "report", "call-sheet", "--format", "csv", "-o", where)
        assert ended.code == code, (where, ended.err)


def test_a_folder_that_is_made_for_a_page_is_named(morning: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "sheet.csv"
    assert str(target) in run(morning, "report", "call-sheet", "-o", str(target)).err


@pytest.mark.parametrize("ending", ["html", "pdf", "xlsx", "csv", "md"])
def test_no_rating_is_printed_for_the_office_unless_the_policy_says_so(
    morning: Path, tmp_path: Path, ending: str
) -> None:
    def has_rating(*words: str) -> bool:
        target = tmp_path / f"list.{ending}"
        assert run(morning, "report", "unexplained", *words, "-o", str(target)).code == 0
        content = target.read_bytes()
        as_text = {"pdf": pdf_as_text, "xlsx": workbook_as_text}.get(ending, lambda raw: raw.decode())(content)
        return "GREEN" in as_text.replace("--green", "")

    assert not has_rating()
    assert has_rating("--for", "safeguarding")
    policy = (morning / "policy.toml").read_text(encoding="utf-8")
    (morning / "policy.toml").write_text(f"{policy}\n[sheets]\nshow_rating = true\n", encoding="utf-8")
    assert has_rating()


def test_no_reason_printed_for_the_office_begins_with_a_rating_and_no_name_is_taken_for_one(tmp_path: Path) -> None:
    contacts = (("Ann Ward", mobile(1)),)
    red = Child("P1", "Ivy", "GREEN", contacts=contacts, flags=("looked-after",))
    school = rung(tmp_path, (red, Child("P2", "Amber", "RED", contacts=contacts)))
    printed = run(school, "escalate", "--format", "md", now=f"{DAY}T10:20").out
    assert "RED; " in run(school, "escalate", "--format", "text", now=f"{DAY}T10:20").out
    assert not re.search(r"\b(RED|AMBER|GREEN)[:;?]|\| (RED|AMBER|GREEN) \|", printed)
    assert "Ivy GREEN" in printed and "Amber RED" in printed


@POSIX
def test_one_pupils_page_never_takes_the_place_of_anothers(morning: Path, tmp_path: Path) -> None:
    env = opener(tmp_path / "bin")
    for pupil in ("P1", "P2"):
        assert run(morning, "report", "history", pupil, "--open", env=env).code == 0
    first, second = sorted((morning / "sheets").rglob("history-*.html"))
    assert "P1" in first.read_text(encoding="utf-8") and "P2" in second.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["call-sheet", "texts", "visits", "rag-review", "handover", "unexplained", "day-summary"]
)
def test_every_report_says_which_file_of_the_inbox_it_does_not_know(morning: Path, name: str) -> None:
    assert "NOT TAKEN IN" not in run(morning, "report", name).out
    drop(morning, {"attendance.csv": "pupil_id,date,session,mark\nP1,"})
    ended = run(morning, "report", name, "--format", "text")
    which = "1 file" if name == "visits" else "attendance.csv"  # staff at a door read no names of files
    assert f"! NOT TAKEN IN: {which} in the inbox" in ended.out
    assert run(morning, "report", name, "--format", "json").json["not_taken_in"] == ["attendance.csv"]
    assert "NOT TAKEN IN" not in run(morning, "report", "letter").out


@pytest.mark.parametrize("name", ["rag-review", "absence-days", "commented-absence"])
def test_where_no_roll_was_read_no_page_says_that_nobody_is_absent(tmp_path: Path, name: str) -> None:
    school = a_school(tmp_path, {"roll.csv": "pupil_id,foren"})
    run(school, "ingest")
    words = run(school, "report", name).out
    assert "Nobody is absent" not in words and "cannot be relied on" in words


def test_a_bare_batch_says_beside_it_what_cannot_stand_above_its_rows(morning: Path, tmp_path: Path) -> None:
    target = tmp_path / "texts.csv"
    ended = run(morning, "report", "texts", "-o", str(target))
    assert "! [school] phone is empty" in ended.err
    assert target.read_text(encoding="utf-8-sig").startswith("phone number,message")


def test_the_letter_carries_no_word_for_the_office(morning: Path, tmp_path: Path) -> None:
    ended = run(morning, "report", "letter", "-o", str(tmp_path / "letter.html"))
    assert "FOR THE OFFICE" in ended.err
    assert "FOR THE OFFICE" not in (tmp_path / "letter.html").read_text(encoding="utf-8")


def test_a_call_sheet_typed_in_a_workbook_is_taken_back(morning: Path, tmp_path: Path) -> None:
    target = tmp_path / "calls.xlsx"
    run(morning, "report", "call-sheet", "-o", str(target))
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    heading = next(n for n, row in enumerate(rows) if row[0] == "priority")
    columns = rows[heading]
    typed = {"outcome": "no-answer", "at": "09:25", "by": "A. Officer"}
    with xlsxwriter.Workbook(tmp_path / "typed.xlsx") as book:
        sheet = book.add_worksheet("Calls")
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                is_first = down == heading + 1
                sheet.write_string(down, across, typed.get(str(columns[across]), str(cell)) if is_first else str(cell))
    drop(morning, {"typed.xlsx": (tmp_path / "typed.xlsx").read_bytes()})
    ended = run(morning, "ingest", now=f"{DAY}T09:40")
    assert ended.code == 0, ended.err
    assert asked(morning, "select count(*) from entry where kind = 'call-made'") == [(1,)]


@pytest.mark.parametrize("name", REPORTS)
def test_no_console_is_too_old_for_a_report(odd: Path, name: str) -> None:
    of_a_pupil = {"referral": ("P1", "--to", "police"), "history": ("P1",)}.get(name, ())
    for format_name, console in (("table", "cp1252"), ("text", "ascii"), ("md", "cp437")):
        ended = run(odd, "report", name, *of_a_pupil, "--format", format_name, console=console)
        assert ended.code == 0, ended.err
        assert ended.raw.decode(console)


@POSIX
@pytest.mark.parametrize("format_name", ["html", "pdf", "xlsx"])
def test_at_a_terminal_what_no_window_shows_goes_among_the_sheets(morning: Path, format_name: str) -> None:
    with Terminal(morning, "report", "call-sheet", "--format", format_name) as at:
        code, said = at.ends()
    found = morning / "sheets" / DAY / f"call-sheet-AM.{format_name}"
    assert (code, found.is_file()) == (0, True), said
    assert found.name in said and "Brennan" not in said


def opener(folder: Path) -> dict[str, str]:
    """A PATH on which opening a file writes its name down."""
    folder.mkdir()
    for name in ("xdg-open", "open"):
        (folder / name).write_text(f'#!/bin/sh\necho "$@" > "{folder / "opened"}"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def said_to(opened: Path) -> str:
    """What the program that opens files was told, once it was: nobody waits for it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if opened.exists() and (found := opened.read_text(encoding="utf-8").strip()):
            return found
        time.sleep(0.01)
    return "nothing"


@POSIX
@pytest.mark.parametrize(("words", "name"), [
    (("reconcile", "--exit-zero"), "reconcile-AM.html"), (("escalate", "--exit-zero"), "escalate-AM.html"),
    (("review",), "rag-review-AM.html"), (("report", "call-sheet"), "call-sheet-AM.html"),
    (("report", "call-sheet", "--format", "pdf"), "call-sheet-AM.pdf"),
    (("report", "contact-gaps"), "contact-gaps.html"),
    (("report", "referral", "P1", "--to", "police"), "referral-1.html"),
])  # fmt: skip
def test_open_writes_the_page_and_opens_it(morning: Path, tmp_path: Path, words: tuple[str, ...], name: str) -> None:
    ended = run(morning, *words, "--open", env=opener(tmp_path / "bin"))
    assert ended.code == 0, ended.err
    (found,) = (morning / "sheets").rglob(name)
    assert said_to(tmp_path / "bin" / "opened") == str(found.resolve())


@POSIX
def test_a_machine_that_opens_nothing_says_where_the_page_lies(morning: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended = run(morning, "report", "call-sheet", "--open", env={"PATH": str(tmp_path / "empty")})
    assert ended.code == 0
    assert "sheets" in ended.err and (morning / "sheets" / DAY / "call-sheet-AM.html").is_file()


def test_a_pdf_behind_a_password_opens_with_it_alone(morning: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    words = ("report", "referral", "P1", "--to", "police", "-o", str(target), "--protect")
    assert run(morning, *words, env={"FIRSTDAY_PASSWORD": PASSWORD}).code == 0
    for wrong in ("", "another-password"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(target, password=wrong)
    with pikepdf.open(target, password=PASSWORD) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        assert bool(pdf.Root.MarkInfo.Marked)


def test_a_workbook_behind_a_password_opens_with_it_alone(morning: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.xlsx"
    words = ("report", "call-sheet", "-o", str(target), "--protect")
    assert run(morning, *words, env={"FIRSTDAY_PASSWORD": PASSWORD}).code == 0
    assert b"Brennan" not in target.read_bytes()
    with target.open("rb") as file:
        book = msoffcrypto.OfficeFile(file)
        assert book.is_encrypted()
        book.load_key(password=PASSWORD)
        plain = io.BytesIO()
        book.decrypt(plain)
    plain.seek(0)
    assert CalamineWorkbook.from_filelike(plain).sheet_names == ["Calls"]


@POSIX
def test_what_is_protected_and_opened_is_a_pdf_with_the_password(morning: Path, tmp_path: Path) -> None:
    env = {"FIRSTDAY_PASSWORD": PASSWORD, **opener(tmp_path / "bin")}
    assert run(morning, "report", "call-sheet", "--protect", "--open", env=env).code == 0
    assert [found.name for found in (morning / "sheets").rglob("call-sheet*")] == ["call-sheet-AM.pdf"]
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(morning / "sheets" / DAY / "call-sheet-AM.pdf")


def test_a_password_that_is_set_and_not_used_is_said(morning: Path, tmp_path: Path) -> None:
    words = ("report", "call-sheet", "-o", str(tmp_path / "sheet.pdf"))
    assert "It has no password" in run(morning, *words, env={"FIRSTDAY_PASSWORD": PASSWORD}).err
    assert "opens with the password alone" in run(morning, *words, "--protect", env={"FIRSTDAY_PASSWORD": PASSWORD}).err


@pytest.mark.parametrize(("words", "password", "said"), [
    (("-o", "sheet.pdf"), " " * 9, "8 letters"),
    (("-o", "sheet.html"), PASSWORD, "cannot have a password"), (("-o", "sheet.pdf"), "short", "8 letters"),
    (("-o", "sheet.pdf"), "", "8 letters"), (("--format", "pdf"), PASSWORD, "-o"),
])  # fmt: skip
def test_a_password_that_cannot_be_used_is_refused_and_nothing_is_written(
    morning: Path, tmp_path: Path, words: tuple[str, ...], password: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(morning, "report", "call-sheet", *words, "--protect", env={"FIRSTDAY_PASSWORD": password})
    assert (ended.code, said in ended.err) == (2, True), ended.err
    assert list(tmp_path.glob("sheet*")) == []
    assert PASSWORD not in ended.err


def test_a_review_with_a_wrong_format_writes_nothing_down(morning: Path) -> None:
    ended = run(morning, "review", "P1", "--decision", "visit again", *BY, "--format", "docx")
    assert ended.code == 2
    assert asked(morning, "select count(*) from entry where kind = 'review-decided'") == [(0,)]


@pytest.mark.parametrize("report", ["commented-absence", "rag-review", "escalations", "handover", "cpoms"])
def test_a_safeguarding_page_says_so_at_its_top_and_in_its_properties(
    morning: Path, tmp_path: Path, report: str
) -> None:
    for ending in ("pdf", "html", "xlsx", "md"):
        assert run(morning, "report", report, "-o", str(tmp_path / f"page.{ending}")).code == 0
    with pikepdf.open(tmp_path / "page.pdf") as pdf:
        assert "safeguarding" in str(pdf.docinfo["/Keywords"])
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '<meta name="audience" content="safeguarding">' in html and "FOR SAFEGUARDING" in html
    assert (tmp_path / "page.md").read_text(encoding="utf-8").split("\n")[2].startswith("> **FOR SAFEGUARDING")
    book = CalamineWorkbook.from_path(tmp_path / "page.xlsx")
    assert "FOR SAFEGUARDING" in str(book.get_sheet_by_index(0).to_python()[1][0])
