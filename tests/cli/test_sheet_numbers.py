"""Sheets are numbered: the same content has the same number; what is new is marked, what has gone is crossed off."""

import os
from pathlib import Path

import pytest

from builders import DAY, STORE, asked, drop, lines, process, run, started
from calling import ANSWER, BY, CONTACTS, SHEET, Child, called, card, facts, marks_of, mobile, rung, sheet, to_type

IVY = Child("P1", "Ivy", contacts=(("Jo Fell", mobile(1)), ("Al Fell", mobile(2))))
TOM = Child("P2", "Tom", contacts=(("Di Moss", mobile(3)),))
ZOE = Child("P3", "Zoë", contacts=(("Cy Ward", mobile(4)),), mark="/")
NOW, NEXT, LATER = (f"{DAY}T09:{minute}" for minute in (20, 25, 30))


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    """Two children to ring and one in school; the first sheet was made at 09:20."""
    school = rung(tmp_path, [IVY, TOM, ZOE])
    assert "Sheet 1." in sheet(school, now=NOW)
    return school


def _numbers(school: Path, *, now: str) -> tuple[int | None, int | None]:
    found = facts(school, now=now)
    return found["sheet"], found["replaces"]


def _body(words: str) -> str:
    """The sheet below its title and number."""
    return words[words.index("\n1. ") :]


def _take_in(school: Path, name: str, rows: str, *, now: str) -> None:
    drop(school, {name: rows})
    assert run(school, "ingest", now=now).code in (0, 12)


def test_the_same_content_twice_is_the_same_number_in_every_format(morning: Path) -> None:
    for form in ("text", "csv", "table"):
        assert "Sheet 1." in sheet(morning, now=NEXT, form=form)
    assert _numbers(morning, now=LATER) == (1, None)
    assert asked(morning, "select count(*) from entry where kind = 'sheet-made'") == [(1,)]


def test_the_sheet_says_when_it_was_made_and_what_it_replaces(morning: Path) -> None:
    called(morning, "P1", 1, "no-answer", now=NEXT)
    for form in ("text", "csv", "table"):
        words = sheet(morning, now=LATER, form=form)
        assert "09:30" in words.splitlines()[0] and "Mon 23 Nov 2026 AM" in words.splitlines()[0]
        assert "Sheet 2, replaces sheet 1 of 09:20" in words
    assert _numbers(morning, now=LATER) == (2, 1)


def _found(school: Path) -> None:
    run(school, "check", "P2", "--found", *BY, now=NEXT)


def _explained(school: Path) -> None:
    called(school, "P2", 1, *ANSWER[1:], now=NEXT)


def _rung(school: Path) -> None:
    called(school, "P2", 1, "no-answer", now=NEXT)


def _one_more(school: Path) -> None:
    _take_in(school, "again.csv", marks_of([IVY, TOM, Child("P3")]), now=NEXT)


def _another_mark(school: Path) -> None:
    _take_in(school, "again.csv", marks_of([IVY, Child("P2", mark="O"), ZOE]), now=NEXT)


def _another_number(school: Path) -> None:
    other = Child("P2", contacts=(("Di Moss", mobile(5)),))
    rows = (row for child in (IVY, other, ZOE) for row in child.contact_rows)
    _take_in(school, "contacts-2.csv", lines(CONTACTS, *rows), now=NEXT)


def _a_message_waits(school: Path) -> None:
    rows = lines("message_id,received_at,pupil_name,text", f"M1,{DAY}T08:10,Tom Brennan,off today")
    _take_in(school, "messages.csv", rows, now=NEXT)


def _words_beside_the_mark(school: Path) -> None:
    _take_in(school, "again.csv", marks_of([IVY, Child("P2", comment="has a cold"), ZOE]), now=NEXT)


def _an_explained_child(school: Path) -> None:
    _take_in(school, "again.csv", marks_of([IVY, TOM, Child("P3", mark="C")]), now=NEXT)


def _another_name(school: Path) -> None:
    rows = ("P1,Ivy,Brennan,4B", "P2,Thomas,Brennan,4B", "P3,Zoë,Brennan,4B")
    _take_in(school, "roll-2.csv", lines("pupil_id,forename,surname,group", *rows), now=NEXT)


def _one_household(school: Path) -> None:
    rows = ("P1,Ivy,Brennan,4B,H1", "P2,Tom,Brennan,4B,H1", "P3,Zoë,Brennan,4B,")
    _take_in(school, "roll-2.csv", lines("pupil_id,forename,surname,group,household_id", *rows), now=NEXT)


CHANGES = {
    "a call": _rung, "an answer": _explained, "a child found": _found, "one more child": _one_more,
    "another mark": _another_mark, "another number": _another_number, "a message that waits": _a_message_waits,
    "words beside the mark": _words_beside_the_mark, "a family to ring that has explained": _an_explained_child,
    "another name": _another_name, "two children of one household after all": _one_household,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_what_is_printed_gives_the_next_number(morning: Path, change: str) -> None:
    before = _body(sheet(morning, now=NOW))
    CHANGES[change](morning)
    assert _body(sheet(morning, now=NEXT)) != before
    assert _numbers(morning, now=NEXT) == (2, 1)


def _rows_moved(school: Path) -> None:
    rows = (row for child in (ZOE, TOM, IVY) for row in child.contact_rows)
    _take_in(school, "contacts-2.csv", lines(CONTACTS, *rows), now=NEXT)


def _a_note_on_a_contact(school: Path) -> None:
    noted = Child("P2", contacts=(("Di Moss", mobile(3), "notes: prefers mornings"),))
    rows = (row for child in (IVY, noted, ZOE) for row in child.contact_rows)
    _take_in(school, "contacts-2.csv", lines(CONTACTS, *rows), now=NEXT)


def _the_register_again(school: Path) -> None:
    _take_in(school, "again.csv", marks_of([ZOE, TOM, IVY]), now=NEXT)


def _somebody_else_in_school(school: Path) -> None:
    run(school, "note", "P3", "--text", "came by bus", *BY, now=NEXT)
    run(school, "check", "P3", "--found", *BY, now=NEXT)


STAYS = {
    "the list's rows moved": _rows_moved, "a note that is not printed": _a_note_on_a_contact,
    "the same marks in another order": _the_register_again, "a child who is in school": _somebody_else_in_school,
}  # fmt: skip


@pytest.mark.parametrize("change", STAYS)
def test_what_is_not_printed_gives_no_other_number(morning: Path, change: str) -> None:
    before = _body(sheet(morning, now=NOW))
    STAYS[change](morning)
    assert _body(sheet(morning, now=NEXT)) == before
    assert _numbers(morning, now=NEXT) == (1, None)


def test_a_child_found_is_named_to_be_crossed_off(morning: Path) -> None:
    _found(morning)
    words = sheet(morning, now=NEXT)
    off = next(block for block in words.split("\n\n") if block.startswith("Cross off"))
    assert "P2" in off and "in school" in off and "P1" not in off
    assert off in sheet(morning, now=LATER)


def test_a_child_whose_family_explained_is_crossed_off_as_explained(morning: Path) -> None:
    _explained(morning)
    off = next(block for block in sheet(morning, now=NEXT).split("\n\n") if block.startswith("Cross off"))
    assert "P2" in off and "explained" in off


def test_whoever_was_not_on_the_sheet_before_is_marked_new_until_the_next_sheet(morning: Path) -> None:
    assert "NEW" not in sheet(morning, now=NOW)
    _one_more(morning)
    for now in (NEXT, LATER):
        words = sheet(morning, now=now)
        assert [", NEW" in card(words, pupil).split("\n")[0] for pupil in ("P1", "P2", "P3")] == [False, False, True]
    new = [(row["pupil_id"], row["new"]) for row in to_type(morning, now=LATER)]
    assert new == [("P1", ""), ("P1", ""), ("P2", ""), ("P3", "NEW")]
    called(morning, "P1", 1, "no-answer", now=f"{DAY}T09:31")
    assert "NEW" not in sheet(morning, now=f"{DAY}T09:32")


def test_a_child_that_comes_back_is_new_again(morning: Path) -> None:
    _found(morning)
    sheet(morning, now=NEXT)
    assert run(morning, "withdraw", "last", "--why", "another child", *BY, now=LATER).code == 0
    words = sheet(morning, now=LATER)
    assert "Sheet 3, replaces sheet 2 of 09:25" in words and ", NEW" in card(words, "P2").split("\n")[0]


def test_morning_and_afternoon_are_numbered_apart_and_so_is_each_day(morning: Path) -> None:
    called(morning, "P1", 1, "no-answer", now=NEXT)
    assert _numbers(morning, now=LATER) == (2, 1)
    _take_in(morning, "pm.csv", marks_of([IVY, TOM, ZOE], session="PM"), now=f"{DAY}T13:20")
    assert _numbers(morning, now=f"{DAY}T13:30") == (1, None)
    assert "Sheet 1." in sheet(morning, now=f"{DAY}T13:31")
    _take_in(morning, "tomorrow.csv", marks_of([IVY, TOM, ZOE], day="2026-11-24"), now="2026-11-24T09:10")
    assert _numbers(morning, now="2026-11-24T09:20") == (1, None)


def test_making_a_sheet_writes_nothing_about_anybody_and_the_log_stays_whole(morning: Path) -> None:
    found = asked(morning, "select said_by, pupil_id from entry where kind = 'sheet-made'")
    assert found == [("firstday", "")]
    assert run(morning, "verify").code == 0


def _no_room() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.skipif(os.name != "posix", reason="a limit on what a process may write is of POSIX systems")
def test_a_store_that_cannot_be_written_still_gives_a_sheet_without_a_number(tmp_path: Path) -> None:
    school = rung(tmp_path / "OneDrive", [IVY, TOM, ZOE])  # with a journal that reading does not write
    ended = process(school, *SHEET, preexec_fn=_no_room)
    assert ended.code == 0, ended.err
    assert mobile(1) in ended.out and "Not numbered" in ended.out and "Traceback" not in ended.err
    assert process(school, *SHEET, "--format", "json", preexec_fn=_no_room).json["sheet"] is None
    assert "Sheet 1." in sheet(school)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_store_that_may_only_be_read_still_gives_a_sheet(morning: Path) -> None:
    (morning / STORE).chmod(0o400)
    assert mobile(1) in sheet(morning, now=NEXT)


def test_a_changed_sheet_printed_at_four_desks_at_once_has_one_number(morning: Path) -> None:
    called(morning, "P1", 1, "no-answer", now=NOW)
    running = [started(morning, *SHEET) for _ in range(4)]
    said = [one.communicate(timeout=60)[0].decode() for one in running]
    assert all("Sheet 2, replaces sheet 1 of 09:20" in words for words in said)
    assert asked(morning, "select count(*) from entry where kind = 'sheet-made'") == [(2,)]
