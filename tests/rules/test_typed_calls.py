"""What becomes of a row that the office typed into a call sheet, and until when a row that was refused is named."""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from builders import DAY, STORE, a_register, a_roll, a_school, drop, lines, reconcile, run
from rules.table import RuleTable

NOW, BY = "2026-11-23T14:00", ("--by", "A. Officer")
MONDAY, NOBODY = "23/11/2026", ""
COLUMNS = ("outcome", "contact", "at", "day")
WITH, COLD = "child_with=mother, at home", "reason=a cold"
NOTHING = "nothing: the row was not filled in"

ROWS = RuleTable(
    title="What becomes of a row typed into a call sheet, taken in by A. Officer on Mon 23 Nov 2026 at 14:00",
    source="Guidance, steps 5 to 8: contact 1 has a number, 2 has none, 3 is not to be rung, 4 has the number of 3",
    columns=("outcome", "contact", "at", "day", "other cells", "becomes"),
    rows=(
        # how the call ended
        ("no-answer", "1", "09:25", MONDAY, "", "no-answer at 09:25"),
        ("No Answer", "1", "09:25", MONDAY, "", "no-answer at 09:25"),
        ("VOICEMAIL_LEFT", "1", "09:25", MONDAY, "", "voicemail-left at 09:25"),
        ("  wrong  number ", "1", "09:25", MONDAY, "", "wrong-number at 09:25"),
        ("text-sent", "1", "09:25", MONDAY, "", "text-sent at 09:25"),
        ("text-replied", "1", "09:25", MONDAY, "note=he is poorly", "text-replied at 09:25"),
        ("text-replied", "1", "09:25", MONDAY, "", "text-replied at 09:25"),
        ("nobody in", "1", "09:25", MONDAY, "", "refused: outcome"),
        ("thought in school", "1", "09:25", MONDAY, "note=left at 08:20", "thought-in-school at 09:25"),
        # not filled in
        ("", "1", "", MONDAY, "", NOTHING),
        ("", "1", "", "", "by=A. Officer", NOTHING),
        ("", "", "", MONDAY, "phone=07700 900199", NOTHING),
        ("", "1", "", MONDAY, "no_reason=no", NOTHING),
        ("", "1", "09:25", MONDAY, "", "refused: outcome"),
        ("", "1", "", MONDAY, "note=does not know where he is", "refused: outcome"),
        ("", "1", "", MONDAY, "no_reason=yes", "refused: outcome"),
        # an answer says where the child is and why; nothing else explains
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}", "answered at 09:25"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; no_reason=yes", "answered at 09:25"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}; no_reason=no", "answered at 09:25"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}; code=i", "answered at 09:25"),
        ("answered", "1", "09:25", MONDAY, COLD, "refused: child_with"),
        ("answered", "1", "09:25", MONDAY, WITH, "refused: reason"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}; no_reason=yes", "refused: reason"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; no_reason=perhaps", "refused: no_reason"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}; code=/", "refused: code"),
        ("answered", "1", "09:25", MONDAY, f"{WITH}; {COLD}; code=Q9", "refused: code"),
        ("no-answer", "1", "09:25", MONDAY, WITH, "refused: outcome"),
        ("voicemail-left", "1", "09:25", MONDAY, "no_reason=yes", "refused: outcome"),
        ("other adult knows", "1", "09:25", MONDAY, "code=I", "refused: outcome"),
        ("does not know where", "1", "09:25", MONDAY, WITH, "refused: outcome"),
        # whom
        ("no-answer", "2", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "3", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "4", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "0", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "5", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "mother", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "", "09:25", MONDAY, "", "refused: contact"),
        ("no-answer", "1", "09:25", MONDAY, "phone=07700 900101", "no-answer at 09:25"),
        ("no-answer", "1", "09:25", MONDAY, "phone=7700900101", "no-answer at 09:25"),
        ("no-answer", "1", "09:25", MONDAY, "phone=07700 900199", "refused: phone"),
        ("no-answer", "1", "09:25", MONDAY, "phone=7.7009E+09", "refused: phone"),
        # when
        ("no-answer", "1", "9.25", MONDAY, "", "no-answer at 09:25"),
        ("no-answer", "1", "9:25am", MONDAY, "", "no-answer at 09:25"),
        ("no-answer", "1", "0925", MONDAY, "", "no-answer at 09:25"),
        ("no-answer", "1", "09:25:00", DAY, "", "no-answer at 09:25"),
        ("no-answer", "1", "1:25pm", MONDAY, "", "no-answer at 13:25"),
        ("no-answer", "1", "2026-11-23T09:25", "", "", "no-answer at 09:25"),
        ("no-answer", "1", "23/11/2026 9.25", "", "", "no-answer at 09:25"),
        ("no-answer", "1", "2026-11-23T09:25", "20/11/2026", "", "no-answer at 09:25, about Fri 20 Nov 2026"),
        ("no-answer", "1", "09:25", "20/11/2026", "", "no-answer at 09:25, about Fri 20 Nov 2026"),
        ("no-answer", "1", "09:25", "", "", "refused: at"),
        ("no-answer", "1", "", MONDAY, "", "refused: at"),
        ("no-answer", "1", "23/11/2026", "", "", "refused: at"),
        ("no-answer", "1", "1.25", MONDAY, "", "refused: at"),
        ("no-answer", "1", "0.39", MONDAY, "", "refused: at"),
        ("no-answer", "1", "9.3", MONDAY, "", "refused: at"),
        ("no-answer", "1", "25:10", MONDAY, "", "refused: at"),
        ("no-answer", "1", "14:01", MONDAY, "", "refused: at"),
        ("no-answer", "1", "09:25", "24/11/2026", "", "refused: at"),
        ("no-answer", "1", "2026-11-23T09:25", "24/11/2026", "", "refused: day"),
        ("no-answer", "1", "09:25", "31/11/2026", "", "refused: day"),
        ("no-answer", "1", "09:25", "02/03/2026", "", "refused: day"),
        ("no-answer", "1", "2026-03-02T09:25", "", "", "refused: at"),
        # who
        ("no-answer", "1", "09:25", MONDAY, "by=B. Clerk", "no-answer at 09:25, by B. Clerk"),
    ),
)  # fmt: skip

PEOPLE = ("1,Rowan Moss,mother,07700 900101,", "2,Ash Moss,father,,", "3,Wren Moss,uncle,07700 900103,yes")
BARRED = "4,Sky Moss,aunt,07700 900103,"
OTHERS = ("by", "phone", "child_with", "reason", "no_reason", "code", "note")


def pupil(number: int) -> str:
    return f"Q{number:02d}"


def typed(number: int, row: tuple[str, ...]) -> str:
    """One row of the table as a row of the file, about a pupil of its own."""
    other = dict(cell.split("=", 1) for cell in row[4].split("; ") if cell)
    cells = (pupil(number), *row[:4], *(other.get(name, "") for name in OTHERS))
    return ",".join(f'"{cell}"' for cell in cells)


def a_school_of(tmp_path: Path, ids: list[str], **files: str) -> Path:
    """A school in which each of these pupils is marked N and has the same four contacts."""
    contacts = [f"{p},{person}" for p in ids for person in (*PEOPLE, BARRED)]
    return a_school(
        tmp_path,
        {
            "roll.csv": a_roll(*(f"{p},Kit,Row{p},4B" for p in ids)),
            "register.csv": a_register(*(f"{p},N" for p in ids)),
            "contacts.csv": lines("pupil_id,order,name,relationship,phone,do_not_contact", *contacts),
            **{f"{name}.csv": text for name, text in files.items()},
        },
    )


def calls_in(school: Path) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Every call in the log: about whom, when, by whom, and its words."""
    query = (
        "select e.pupil_id, substr(e.at, 12, 5), e.said_by, c.body from entry e join content c using (digest) "
        "where e.kind = 'call-made' order by e.number"
    )
    with closing(sqlite3.connect(school / STORE)) as db:
        return [(p, at, by, json.loads(zlib.decompress(body))) for p, at, by, body in db.execute(query)]


@pytest.fixture(scope="module")
def became(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of every row of the table, all of them in one file."""
    rows = list(enumerate(ROWS.rows))
    calls = lines(",".join(("pupil_id", *COLUMNS, *OTHERS)), *(typed(n, row) for n, row in rows))
    school = a_school_of(tmp_path_factory.mktemp("rows"), [pupil(n) for n, _ in rows], calls=calls)
    said = run(school, "ingest", "--format", "json", *BY, now=NOW).json
    found = {pupil(p["row"] - 2): f"refused: {p['column']}" for p in said["problems"]}
    assert len(found) == len(said["problems"])
    for whom, at, by, words in calls_in(school):
        assert whom not in found
        day = ", about Fri 20 Nov 2026" if words["first_day"] == "2026-11-20" else ""
        who = f", by {by}" if by != "A. Officer" else ""
        found[whom] = f"{words['outcome']} at {at}{day}{who}"
    (file,) = (f for f in said["files"] if f["kind"] == "calls")
    assert file["rows_read"] == len(rows)
    assert file["rows_refused"] == len(said["problems"])
    return found


@pytest.mark.parametrize("number", range(len(ROWS.rows)), ids=lambda n: " | ".join(ROWS.rows[n]))
def test_a_row_becomes_a_call_or_is_refused(number: int, became: dict[str, str]) -> None:
    assert became.get(pupil(number), NOTHING) == ROWS.rows[number][-1]


NAMED, NOT = "named", "not named"
STANDS = RuleTable(
    title="Until when a refused row of a call sheet is named, and the day provisional",
    source="A row that nobody could read may hold a sign of danger: it stands until a newer call sheet says better",
    columns=("on Mon 23 Nov 2026 a row about P002 is refused; then", "looked at", "the row is"),
    rows=(
        ("nothing", "the same day", NAMED),
        ("nothing", "the next day", NAMED),
        ("nothing", "ten days later", NAMED),
        ("nothing", "as of the Friday before", NOT),
        ("the row is of the Friday before", "as of the Friday before", NAMED),
        ("the same sheet, the row mended", "the same day", NOT),
        ("the same sheet, the row mended", "the next day", NOT),
        ("the same sheet under another name, the row mended", "the same day", NOT),
        ("the same sheet, the row cleared", "the same day", NOT),
        ("the same sheet, the row still wrong", "the same day", NAMED),
        ("the same sheet, and another row", "the same day", NAMED),
        ("the refused rows alone, mended", "the same day", NOT),
        ("the refused rows alone, the contact mended", "the same day", NOT),
        ("the refused rows alone, the time mended", "the same day", NOT),
        ("the refused rows alone, still wrong", "the same day", NAMED),
        ("part of the sheet again, without the row", "the same day", NAMED),
        ("another sheet: the same child, another contact, later", "the same day", NAMED),
        ("another sheet: another child", "the same day", NAMED),
        ("another sheet: nothing filled in", "the same day", NAMED),
        ("the contacts are exported again", "the same day", NAMED),
        ("the row was alone; a sheet of the same name, mended", "the same day", NOT),
        ("the row was alone; a sheet of another name: another child", "the same day", NAMED),
        ("the row had no id; the same sheet, mended", "the same day", NOT),
        ("the row had no id; another sheet: the same contact and time", "the same day", NAMED),
    ),
)

RULES = (ROWS, STANDS)
HEAD = "pupil_id,contact,outcome,at,day"
GOOD, BAD = f"P001,1,no-answer,09:05,{MONDAY}", f"P002,1,dont know,09:12,{MONDAY}"
MENDED = BAD.replace("dont know", "does not know where")
ENGAGED = f"P002,1,engaged,09:02,{MONDAY}"
NEXT: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {  # the next file's name, the rows before, the rows now
    "nothing": ("", (GOOD, BAD), ()),
    "the row is of the Friday before": ("", (GOOD, BAD.replace("23/11", "20/11")), ()),
    "the same sheet, the row mended": ("calls", (GOOD, BAD), (GOOD, MENDED)),
    "the same sheet under another name, the row mended": ("mended", (GOOD, BAD), (GOOD, MENDED)),
    "the same sheet, the row cleared": ("calls", (GOOD, BAD), (GOOD, "P002,1,,,")),
    "the same sheet, the row still wrong": ("calls", (GOOD, BAD), (GOOD, BAD.replace("dont", "does not"))),
    "the same sheet, and another row": ("calls", (GOOD, BAD), (GOOD, BAD, f"P003,1,engaged,09:20,{MONDAY}")),
    "the refused rows alone, mended": ("refused", (GOOD, BAD), (MENDED,)),
    "the refused rows alone, the contact mended": (
        "refused", (GOOD, MENDED.replace("P002,1", "P002,7")), (MENDED,),
    ),
    "the refused rows alone, the time mended": ("refused", (GOOD, MENDED.replace("09:12", "soon")), (MENDED,)),
    "part of the sheet again, without the row": (
        "part", (GOOD, ENGAGED, MENDED.replace("09:12", "soon")), (ENGAGED,),
    ),
    "the refused rows alone, still wrong": ("refused", (GOOD, BAD), (BAD,)),
    "another sheet: the same child, another contact, later": (
        "other", (GOOD, BAD.replace("P002,1", "P002,3")), (f"P002,1,no-answer,09:20,{MONDAY}",),
    ),
    "another sheet: another child": ("other", (GOOD, BAD), (f"P003,1,no-answer,09:12,{MONDAY}",)),
    "another sheet: nothing filled in": ("other", (GOOD, BAD), ("P002,1,,,",)),
    "the contacts are exported again": ("contacts", (GOOD, BAD), ()),
    "the row was alone; a sheet of the same name, mended": ("calls", (BAD,), (MENDED,)),
    "the row was alone; a sheet of another name: another child": ("other", (BAD,), (GOOD,)),
    "the row had no id; the same sheet, mended": ("calls", (GOOD, MENDED[4:]), (GOOD, MENDED)),
    "the row had no id; another sheet: the same contact and time": ("other", (GOOD, MENDED[4:]), (MENDED,)),
}  # fmt: skip
LOOKS = {
    "the same day": (("--session", "AM"), "2026-11-23T10:00"),
    "the next day": (("--session", "AM"), "2026-11-24T10:00"),
    "ten days later": (("--session", "AM"), "2026-12-03T10:00"),
    "as of the Friday before": (("--day", "2026-11-20", "--session", "AM"), "2026-11-23T10:00"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pupils marked N, and their contacts; taken in."""
    school = a_school_of(tmp_path_factory.mktemp("kept"), ["P001", "P002", "P003"])
    run(school, "ingest", now="2026-11-23T09:00")
    return school


@pytest.mark.parametrize("row", STANDS.rows, ids=lambda row: "; ".join(row[:2]))
def test_a_refused_row_is_named_until_a_newer_sheet_says_better(
    row: tuple[str, ...], kept: Path, tmp_path: Path
) -> None:
    name, before, now = NEXT[row[0]]
    school = copytree(kept, tmp_path / "fernhill")
    drop(school, {"calls.csv": lines(HEAD, *before)})
    first = run(school, "ingest", "--format", "json", *BY, now="2026-11-23T09:30").json
    assert [file["rows_refused"] for file in first["files"]] == [1]
    contacts = (school / "inbox" / "contacts.csv").read_text(encoding="utf-8")
    if name:
        drop(school, {f"{name}.csv": lines(HEAD, *now) if name != "contacts" else contacts + "P001,5,Lee Moss,,,\n"})
    run(school, "ingest", *BY, now="2026-11-23T09:40")
    words, at = LOOKS[row[1]]
    found = reconcile(school, *words, now=at)
    rows = [p for p in found["problems"] if p["file"] not in ("register.csv", "contacts.csv")]
    assert bool(rows) is (row[2] == NAMED), rows
    assert any("row" in why and "refused" in why for why in found["provisional_because"]) is (row[2] == NAMED)


def test_the_file_of_refused_rows_can_be_mended_and_taken_in(kept: Path, tmp_path: Path) -> None:
    school = copytree(kept, tmp_path / "fernhill")
    drop(school, {"calls.csv": lines(HEAD, GOOD, BAD)})
    run(school, "ingest", *BY, now="2026-11-23T09:30")
    (rejects,) = (school / "sheets").iterdir()
    mended = rejects.read_text(encoding="utf-8-sig").replace("dont know", "no answer")
    drop(school, {"mended.csv": mended})
    ended = run(school, "ingest", *BY, now="2026-11-23T09:40")
    assert ended.code == 0
    assert reconcile(school, "--session", "AM", now="2026-11-23T10:00")["problems"] == []
    assert [(p, words["outcome"]) for p, _, _, words in calls_in(school)] == [
        ("P001", "no-answer"),
        ("P002", "no-answer"),
    ]
