"""What ends a recovery before its hours are over, and what never began one."""

from pathlib import Path

import pytest

from builders import a_school, lines, run
from rules.table import RuleTable

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
RULES = RuleTable(
    title="A child told to be sick on one day, absent and silent on another: is the recovery still a reason?",
    source="Millbrook, note on the 48 hours; guidance, step 8",
    columns=("Monday", "sickness is told", "the day asked for", "the child then is"),
    rows=(
        ("N N", "Monday 09:30", "Tuesday N", "explained"),
        ("N \\", "Monday 09:30", "Tuesday N", "unexplained"),
        ("N N", "Monday 09:30", "Tuesday N, signed in and out", "unexplained"),
        ("N N", "Monday 09:30", "Tuesday /, looked for in vain", "unexplained"),
        ("N N", "Tuesday 09:30", "Wednesday N", "unexplained"),
        ("N", "Tuesday 09:30", "Wednesday N", "unexplained"),
        ("I with a comment", "Tuesday 09:30", "Wednesday N", "explained"),
        ("N N, a message of its own", "Tuesday 09:30", "Wednesday N", "explained"),
        ("N N, a message that a person refused", "Tuesday 09:30", "Wednesday N", "unexplained"),
        ("N N, a message about two", "Tuesday 09:30", "Wednesday N", "explained"),
    ),
)
HEADING = "pupil_id,date,session,mark,comment"
PUPILS = "pupil_id,forename,surname,group", "P1,Ivy,Ward,4B", "P2,Tom,Ward,4B", "P3,Zoë,Vale,4B"
MESSAGES = "message_id,received_at,pupil_id,pupil_name,text"
BY = ("--by", "A. Officer")


def _register(day: str, marks: str) -> str:
    halves = marks.partition(",")[0].split(" with ")
    comment = "mum rang: sick" if len(halves) > 1 else ""
    of_day = zip(("AM", "PM"), halves[0].split(), strict=False)
    rows = [f"{p},{day},{half},{mark},{comment}" for half, mark in of_day for p in ("P1", "P2")]
    present = [
        f"P3,{day},{half},{'/' if half == 'AM' else chr(92)}," for half in ("AM", "PM")[: len(halves[0].split())]
    ]
    return lines(HEADING, *rows, *present)


def _message(monday: str) -> str:
    own = "P1," if "of its own" in monday or "refused" in monday else ",Ivy Ward"
    return lines(MESSAGES, f"M1,{MONDAY}T08:10,{own},has been sick")


@pytest.mark.parametrize(
    ("monday", "told", "asked", "standing"), RULES.rows, ids=[" | ".join(r[:3]) for r in RULES.rows]
)
def test_a_recovery_holds_only_so_long(monday: str, told: str, asked: str, standing: str, tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": lines(*PUPILS), "monday.csv": _register(MONDAY, monday)})
    if "message" in monday:
        (school / "inbox" / "messages.csv").write_text(_message(monday), encoding="utf-8")
    run(school, "reconcile", now=f"{MONDAY}T15:00")
    if "refused" in monday:
        assert run(school, "match", "M1", "--none", *BY, now=f"{MONDAY}T15:05").code == 0
    if "about two" in monday:
        assert run(school, "match", "M1", "P1", "P2", *BY, now=f"{MONDAY}T15:05").code == 0
    day = MONDAY if told.startswith("Monday") else TUESDAY
    if day == TUESDAY:
        (school / "inbox" / "tuesday.csv").write_text(_register(TUESDAY, "N N"), encoding="utf-8")
    words = ("--told-by", "mother", "--reason", "vomiting", "--child-with", "mother", "--sickness", f"{day}T08:00")
    assert run(school, "explain", "P1", *words, *BY, "--at", f"{day}T09:30", now=f"{day}T15:10").code == 0
    assert _standing(school, asked) == standing


def _standing(school: Path, asked: str) -> str:
    day = TUESDAY if asked.startswith("Tuesday") else WEDNESDAY
    (school / "inbox" / "asked.csv").write_text(_register(day, asked.split()[1].strip(",")), encoding="utf-8")
    if "signed in" in asked:
        text = lines("pupil_id,date,time_in,time_out", f"P1,{day},09:05,09:30")
        (school / "inbox" / "lates.csv").write_text(text, encoding="utf-8")
    if "in vain" in asked:
        run(school, "ingest", now=f"{day}T09:20")
        assert run(school, "check", "P1", "--not-found", *BY, now=f"{day}T09:30").code == 0
    answer = run(school, "reconcile", "--format", "json", now=f"{day}T09:40").json
    lists = ("unexplained", "explained", "unknown")
    return next(name for name in lists if any(p["pupil_id"] == "P1" for p in answer[name]))
