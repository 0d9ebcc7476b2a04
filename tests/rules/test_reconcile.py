"""Where a pupil stands: twelve lines, of which the first that fits decides; tried from outside."""

from itertools import count
from pathlib import Path

import pytest

from rules.evidence import HAPPENINGS
from rules.school import DAY, School, in_words, register, roll
from rules.table import RuleTable

MATES = ("P2", "P3")
ROLL_SAYS = {
    "left yesterday": ("", "2026-11-23"),
    "leaves today": ("", DAY),
    "starts tomorrow": ("2026-11-25", ""),
    "starts today": (DAY, ""),
}
BORN = {"aged four": "2022-05-01", "aged ten": "2016-05-01"}

RULES = RuleTable(
    title="Where a pupil stands in a session",
    source="Guidance, steps 3 and 4: registers, lates, messages and other information brought together",
    columns=("line", "session", "mark", "comment", "what else is known, in this order", "standing"),
    rows=(
        # 1: not expected
        ("1", "AM", "N", "", "left yesterday", "not expected, not-on-roll"),
        ("1", "AM", "blank", "", "starts tomorrow", "not expected"),
        ("1", "AM", "N", "", "the school is shut", "not expected"),
        ("1", "AM", "/", "", "the school is shut; found", "not expected"),
        ("11", "AM", "N", "", "leaves today", "unexplained"),
        ("11", "AM", "N", "", "starts today", "unexplained"),
        ("11", "AM", "N", "", "the school is shut; withdrawn", "unexplained"),
        ("11", "PM", "N", "", "the school is shut", "unexplained"),
        # 2: seen in this session, nothing since
        ("2", "AM", "N", "", "found", "in school"),
        ("2", "AM", "N", "", "signed in", "in school"),
        ("2", "AM", "N", "", "arrived", "in school"),
        ("2", "AM", "no register", "", "signed in", "in school"),
        ("2", "AM", "N", "", "not found; found", "in school"),
        ("2", "AM", "N", "", "signed out; signed in", "in school"),
        ("2", "AM", "V", "", "found", "in school"),
        ("2", "AM", "/ and N", "", "found", "in school"),
        ("2", "AM", "N", "", "message by id; signed in", "in school"),
        ("7", "AM", "N", "", "found; not found", "unexplained, alert vanished"),
        ("11", "AM", "N", "", "found; withdrawn", "unexplained"),
        ("11", "AM", "N", "", "found yesterday", "unexplained"),
        ("11", "AM", "N", "", "signed in yesterday", "unexplained"),
        ("11", "AM", "N", "", "signed in at 11:59", "unexplained"),
        ("11", "PM", "N", "", "found this morning", "unexplained, alert vanished"),
        # 3: signed out after being in
        ("3", "AM", "/", "", "signed out", "unexplained, alert signed-out"),
        ("3", "AM", "N", "", "signed in; signed out", "unexplained, alert signed-out"),
        ("3", "AM", "/", "", "signed out; explained", "explained"),
        ("3", "AM", "/", "", "message by id; signed out", "explained"),
        ("3", "AM", "/", "", "explained; withdrawn; signed out", "unexplained, alert signed-out"),
        ("3", "AM", "V", "", "signed out", "unexplained, alert signed-out"),
        ("3", "AM", "/ and N", "", "signed out", "unexplained, alert signed-out"),
        # 4: doubt
        ("4", "AM", "/ and N", "", "", "unknown, two-marks"),
        ("4", "AM", "/ and blank", "", "", "unknown, two-marks"),
        ("4", "AM", "/ and L", "", "", "unknown, two-marks"),
        ("4", "AM", "unreadable", "", "", "unknown"),
        ("4", "AM", "unreadable", "", "message by id", "explained"),
        ("4", "AM", "/ and N", "", "explained", "explained, two-marks"),
        ("4", "AM", "/ and N", "", "not found", "unknown, two-marks"),
        ("4", "AM", "C and V", "", "", "unknown, two-marks"),
        ("4", "AM", "/", "", "a newer row that cannot be read", "unknown"),
        ("11", "AM", "unreadable", "", "marked N", "unexplained"),
        # 5: marked present, and not looked for since in vain
        ("5", "AM", "/", "", "", "in school"),
        ("5", "AM", "\\", "", "", "in school"),
        ("5", "AM", "L", "", "", "in school"),
        ("5", "AM", "U", "", "", "in school"),
        ("5", "PM", "/", "", "", "in school"),
        ("5", "AM", "/", "said to be poorly", "", "in school"),
        ("5", "AM", "/", "", "message by id", "in school, message-but-present"),
        ("5", "AM", "/", "", "planned C", "in school, message-but-present"),
        ("5", "AM", "/", "", "not found before the register", "in school"),
        ("5", "AM", "/", "", "not found; withdrawn", "in school"),
        ("5", "AM", "/", "", "not found; marked L", "in school"),
        ("7", "AM", "/", "", "not found", "unexplained, alert vanished"),
        ("7", "AM", "/", "", "not found; marked / again", "unexplained, alert vanished"),
        ("6", "AM", "/", "", "not found; explained", "explained"),
        # 6: told
        ("6", "AM", "N", "", "message by id", "explained"),
        ("6", "AM", "N", "", "message by name, matched", "explained"),
        ("6", "AM", "N", "", "message heard", "explained"),
        ("6", "AM", "N", "", "planned C", "explained"),
        ("6", "AM", "N", "", "planned M, due back 11:00", "explained"),
        ("6", "AM", "N", "", "explained", "explained"),
        ("6", "AM", "N", "", "explained yesterday until today", "explained"),
        ("6", "AM", "N", "", "sick yesterday, last episode Monday 18:00", "explained"),
        ("6", "AM", "N", "", "sick yesterday, last episode Sunday 09:16", "explained"),
        ("6", "AM", "no register", "", "message by id", "explained"),
        ("6", "AM", "blank", "", "planned C", "explained"),
        ("6", "AM", "N", "", "not found; explained", "explained"),
        ("6", "AM", "N", "", "explained; not found", "explained"),
        ("6", "AM", "X", "", "message by id", "explained"),
        ("6", "AM", "V", "", "message by id", "explained, off-site-but-told"),
        ("6", "AM", "V", "", "message by id; arrived", "explained, off-site-but-told"),
        ("11", "AM", "N", "", "message by id, of yesterday", "unexplained"),
        ("11", "AM", "N", "", "message by id that says late", "unexplained"),
        ("11", "AM", "N", "", "message by name", "unexplained"),
        ("11", "AM", "N", "", "message by name, matched; withdrawn", "unexplained"),
        ("11", "AM", "N", "", "message heard; withdrawn", "unexplained"),
        ("11", "AM", "N", "", "planned C in the afternoon", "unexplained"),
        ("11", "AM", "N", "", "planned C, yesterday", "unexplained"),
        ("11", "AM", "N", "", "planned M, due back 09:20", "unexplained"),
        ("11", "AM", "N", "", "planned B", "unexplained"),
        ("11", "AM", "N", "", "explained yesterday", "unexplained"),
        ("11", "AM", "N", "", "explained until back at 09:20", "unexplained"),
        ("11", "AM", "N", "", "explained; withdrawn", "unexplained"),
        ("11", "AM", "N", "", "explained yesterday until today; withdrawn", "unexplained"),
        ("11", "AM", "N", "", "sick yesterday, last episode Sunday 09:15", "unexplained"),
        ("11", "AM", "N", "", "flag social-worker; sick yesterday, last episode Monday 18:00", "unexplained"),
        ("11", "AM", "N", "", "note", "unexplained"),
        # 7: looked for and not found, or off site and not arrived
        ("7", "AM", "N", "", "not found", "unexplained"),
        ("7", "AM", "C", "", "not found", "unexplained"),
        ("7", "AM", "I", "a cold", "not found", "unexplained"),
        ("7", "AM", "X", "", "not found", "unexplained"),
        ("7", "AM", "blank", "", "not found", "unexplained"),
        ("7", "AM", "no register", "", "not found", "unexplained"),
        ("7", "AM", "V", "", "not arrived", "unexplained"),
        ("7", "AM", "V", "", "arrived; not arrived", "unexplained"),
        # 8: not due
        ("8", "AM", "X", "", "aged four", "not expected"),
        ("8", "AM", "X", "", "aged ten", "not expected, code-out-of-place"),
        ("8", "AM", "Z", "", "", "not expected"),
        ("8", "AM", "Z", "", "starts today", "not expected, code-out-of-place"),
        ("8", "AM", "# of the whole group", "", "", "not expected"),
        ("8", "AM", "Y3 of the whole group", "", "", "not expected"),
        ("8", "AM", "Y4 of the whole group", "", "", "not expected"),
        # 9: off site
        ("9", "AM", "B", "", "", "off site, not confirmed"),
        ("9", "AM", "K", "", "", "off site, not confirmed"),
        ("9", "AM", "P", "", "", "off site, not confirmed"),
        ("9", "AM", "V", "", "", "off site, not confirmed"),
        ("9", "AM", "W", "", "", "off site, not confirmed"),
        ("9", "AM", "D", "", "", "off site, not confirmed"),
        ("9", "AM", "V", "", "arrived", "off site, confirmed"),
        ("9", "AM", "V", "", "not arrived; arrived", "off site, confirmed"),
        ("9", "AM", "V", "at the museum", "", "off site, not confirmed"),
        # 10: explained by the code, with words where the code needs them
        ("10", "AM", "C", "", "", "explained"),
        ("10", "AM", "C1", "", "", "explained"),
        ("10", "AM", "E", "", "", "explained"),
        ("10", "AM", "J1", "", "", "explained"),
        ("10", "AM", "R", "", "", "explained"),
        ("10", "AM", "S", "", "", "explained"),
        ("10", "AM", "T", "", "", "explained"),
        ("10", "AM", "I", "mother rang, a cold", "", "explained"),
        ("10", "AM", "M", "the dentist", "", "explained"),
        ("10", "PM", "I", "", "this morning I, mother rang", "explained"),
        ("11", "PM", "I", "", "this morning I", "unexplained"),
        ("11", "PM", "I", "", "this morning M, the dentist", "unexplained"),
        ("11", "PM", "N", "", "this morning I, mother rang", "unexplained"),
        # 11: any other absence code
        ("11", "AM", "N", "", "", "unexplained"),
        ("11", "AM", "O", "", "", "unexplained"),
        ("11", "AM", "G", "", "", "unexplained"),
        ("11", "AM", "I", "", "", "unexplained"),
        ("11", "AM", "M", "", "", "unexplained"),
        ("11", "AM", "C2", "", "", "unexplained"),
        ("11", "AM", "Q", "", "", "unexplained"),
        ("11", "AM", "Y1", "", "", "unexplained"),
        ("11", "AM", "Y2", "", "", "unexplained"),
        ("11", "AM", "Y5", "", "", "unexplained"),
        ("11", "AM", "Y6", "", "", "unexplained"),
        ("11", "AM", "Y7", "", "", "unexplained"),
        ("11", "AM", "N", "mother rang, a cold", "", "unexplained"),
        ("11", "AM", "G", "away until Friday", "", "unexplained"),
        ("11", "PM", "N", "", "this morning /", "unexplained, alert vanished"),
        ("11", "PM", "N", "", "this morning N", "unexplained"),
        # 12: no usable mark
        ("12", "AM", "blank", "", "", "unknown"),
        ("12", "AM", "blank", "mother rang", "", "unknown"),
        ("12", "AM", "-", "", "", "unknown"),
        ("12", "AM", "Q9", "", "", "unknown"),
        ("12", "AM", "0", "", "", "unknown"),
        ("12", "AM", "H", "", "", "unknown"),
        ("12", "AM", "J", "", "", "unknown"),
        ("12", "AM", "Y", "", "", "unknown"),
        ("12", "AM", "no register", "", "", "unknown"),
        ("12", "AM", "#", "", "", "unknown, code-out-of-place"),
        ("12", "AM", "Y3", "", "", "unknown, code-out-of-place"),
        ("12", "PM", "blank", "", "this morning /", "unknown"),
    ),
)  # fmt: skip


def _register_rows(mark: str, comment: str) -> list[tuple[str, ...]]:
    """The group's register: P1 as the row says, the others present."""
    if mark == "no register":
        return [("P4", "/")]
    others = [*((mate, "/") for mate in MATES), ("P4", "/")]
    if mark.endswith(" of the whole group"):
        code = mark.removesuffix(" of the whole group")
        return [("P1", code), *((mate, code) for mate in MATES), ("P4", "/")]
    marks = ["" if each == "blank" else each for each in mark.split(" and ")]
    return [*(("P1", each, comment) for each in marks if each != "unreadable"), *others]


def _school(folder: Path, session: str, mark: str, comment: str, happenings: list[str]) -> School:
    """A school of four, the roll and registers taken in before anything else happens."""
    school = School(folder)
    start, leave = next((ROLL_SAYS[what] for what in happenings if what in ROLL_SAYS), ("", ""))
    born = next((BORN[what] for what in happenings if what in BORN), "2016-01-01")
    rest = (f"{mate},Kit,Mate{mate},4B,2016-02-02,," for mate in MATES)
    pupils = [f"P1,Ivy,Brennan,4B,{born},{start},{leave}", *rest, "P4,Jo,Fell,5A,2015-02-02,,"]
    school.drop("roll.csv", roll(pupils))
    for what in happenings:
        if what.startswith("this morning "):
            earlier, _, words = what.removeprefix("this morning ").partition(", ")
            rows = [("P1", earlier, words), *((mate, "/") for mate in (*MATES, "P4"))]
            school.drop("morning.csv", register(rows))
    lines = register(_register_rows(mark, comment), session=session)
    if mark == "unreadable":
        lines.append(f"P1,{DAY},{session},/,,,left over")
    school.drop("register.csv", lines)
    school.take_in(at="08:50" if session == "AM" else "12:50")
    return school


@pytest.mark.parametrize(("line", "session", "mark", "comment", "known", "standing"), RULES.rows)
def test_the_first_line_that_fits_decides(
    line: str, session: str, mark: str, comment: str, known: str, standing: str, tmp_path: Path
) -> None:
    happenings = [what for what in known.split("; ") if what]
    school = _school(tmp_path / "school", session, mark, comment, happenings)
    minutes = count(0, 5)
    for what in happenings:
        if what in HAPPENINGS:
            hour = "09" if session == "AM" else "13"
            HAPPENINGS[what](school, f"{hour}:{next(minutes):02d}")
    at = "09:40" if session == "AM" else "13:40"
    answer = school.reconcile(session, at=at)
    assert in_words(answer, "P1") == standing
    assert school.line_of("P1", session, at=at) == int(line)
    counts = dict(answer["counts"])
    assert counts.pop("roll") == 4 == sum(counts.values())


def test_every_line_has_two_rows_at_least() -> None:
    lines = [row[0] for row in RULES.rows]
    assert [line for line in map(str, range(1, 13)) if lines.count(line) < 2] == []


def test_every_happening_in_the_table_is_known() -> None:
    elsewhere = {*ROLL_SAYS, *BORN}
    named = {what for row in RULES.rows for what in row[4].split("; ") if what and not what.startswith("this morning")}
    assert named - set(HAPPENINGS) - elsewhere == set()
