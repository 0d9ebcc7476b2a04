"""rag · rate · assess · review: exit codes, what is said, what is refused, errors as JSON."""

import csv
import json
from pathlib import Path

import pytest

from builders import DAY, a_register, a_roll, a_school, asked, drop, dump, lines, process, reconcile, run

BY = ("--by", "A. Officer")
HEAD = ("--authorised-by", "H. Head")
PEOPLE = (
    '[school]\nname = "Fernhill Primary School"\n[people]\nheadteacher = "H. Head"\nsafeguarding_leads = ["D. Lead"]\n'
)
ASSESSED = ("assess", "P001", "--on", "2026-11-02", "--review", "2027-01-11")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """P001 is RED, P002 AMBER, P003 GREEN; the settings name the head and a lead; no test writes in it."""
    flags = lines("pupil_id,flag", "P001,social-worker", "P002,young-carer")
    files = {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,N", "P003,/"), "flags.csv": flags}
    school = a_school(tmp_path_factory.mktemp("kept"), files, policy=PEOPLE)
    reconcile(school)
    return school


SAID = {  # what a command says on standard error
    ("rate", "P003", "AMBER", "--why", "a worry"): ["E4: P003 rated AMBER, before GREEN"],
    ("rate", "P003", "red", "--why", "a worry"): ["E4: P003 rated RED, before GREEN"],
    ("rate", "Zoë Ward", "AMBER", "--why", "a worry", "--review", "23/11/2026"): ["E4: P003 rated AMBER, before GREEN"],
    ("rate", "P002", "GREEN", "--why", "well looked after", "--authorised-by", "D. Lead"): [
        "E4: P002 rated GREEN, before AMBER"
    ],
    ("rate", "P001", "AMBER", "--why", "plan ended", *HEAD): ["E4: P001 rated AMBER, before RED"],
    (*ASSESSED, "--ref", "safe, RA 12"): ["E4: risk assessment of P001 on file, review Mon 11 Jan 2027"],
    ("review", "P001", "--decision", "visit at 14:00"): ["E4: review of Mon 23 Nov 2026: a decision about P001"],
    ("review", "--present", "H. Head", "--present", "D. Lead", "--present", "H. Head"): [
        "E4: review of Mon 23 Nov 2026: 2 present"
    ],
    ("review", "P001", "--decision", "visit", "--present", "H. Head"): [
        "E4: review of Mon 23 Nov 2026: 1 present",
        "E5: review of Mon 23 Nov 2026: a decision about P001",
    ],
}


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_what_was_written_is_said_without_names_and_without_the_reason(morning: Path, words: tuple[str, ...]) -> None:
    ended = run(morning, *words, *BY)
    assert (ended.code, ended.err.splitlines()) == (0, SAID[words])
    assert bool(ended.out) is (words[0] == "review")


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_a_dry_run_says_it_and_writes_nothing(kept: Path, words: tuple[str, ...]) -> None:
    before = dump(kept)
    ended = run(kept, *words, *BY, "--dry-run")
    assert (ended.code, ended.err.splitlines()) == (
        0,
        [f"would be written: {line.partition(': ')[2]}" for line in SAID[words]],
    )
    assert dump(kept) == before


REFUSED = {  # what is wrong → the exit code, the command, and a word of the sentence that says so
    "nobody says who": (2, ("rate", "P003", "AMBER", "--why", "a worry"), "--by"),
    "no reason": (2, ("rate", "P003", "AMBER", *BY), "--why"),
    "a blank reason": (2, ("rate", "P003", "AMBER", "--why", "  ", *BY), "--why"),
    "no such rating": (2, ("rate", "P003", "ORANGE", "--why", "a worry", *BY), "RED, AMBER, GREEN"),
    "no rating": (2, ("rate", "P003", "--why", "a worry", *BY), "RATING"),
    "a stranger": (2, ("rate", "P009", "RED", "--why", "a worry", *BY), "PUPIL"),
    "a review before today": (
        2, ("rate", "P003", "RED", "--why", "a worry", "--review", "2026-11-22", *BY), "--review",
    ),
    "it has not happened yet": (
        2, ("rate", "P003", "RED", "--why", "a worry", "--at", f"{DAY}T10:00", *BY), "--at",
    ),
    "another day than today": (
        2, ("rate", "P003", "RED", "--why", "a worry", "--day", "2027-08-02", *BY), "--day",
    ),
    "leaving RED without the head": (23, ("rate", "P001", "GREEN", "--why", "a plan", *BY), "--authorised-by"),
    "leaving RED by another name": (
        23, ("rate", "P001", "AMBER", "--why", "a plan", "--authorised-by", "D. Lead", *BY), "--authorised-by",
    ),
    "lowering AMBER without a lead": (23, ("rate", "P002", "GREEN", "--why", "all well", *BY), "--authorised-by"),
    "no dates": (2, ("assess", "P001", "--ref", "safe", *BY), "--on"),
    "no review date": (2, ("assess", "P001", "--on", "2026-11-02", "--ref", "safe", *BY), "--review"),
    "made tomorrow": (
        2, ("assess", "P001", "--on", "2026-11-24", "--review", "2027-01-11", "--ref", "safe", *BY), "--on",
    ),
    "reviewed on the day it was made": (
        2, ("assess", "P001", "--on", "2026-11-02", "--review", "2026-11-02", "--ref", "safe", *BY), "--review",
    ),
    "no such day": (2, ("assess", "P001", "--on", "2026-11-31", "--review", "2027-01-11", "--ref", "x", *BY), "--on"),
    "no place": (2, (*ASSESSED, *BY), "--ref"),
    "a blank place": (2, (*ASSESSED, "--ref", " ", *BY), "--ref"),
    "what it says in it": (2, (*ASSESSED, "--ref", "she is afraid of the dark and of dogs. " * 4, *BY), "--ref"),
    "lines of what it says": (2, (*ASSESSED, "--ref", "safe\nmother is ill", *BY), "--ref"),
    "assessed by nobody": (2, (*ASSESSED, "--ref", "safe"), "--by"),
    "a decision about nobody": (2, ("review", "--decision", "visit at 14:00", *BY), "PUPIL"),
    "nothing decided": (2, ("review", "P001", *BY), "--decision"),
    "decided by nobody": (2, ("review", "P001", "--decision", "visit at 14:00"), "--by"),
    "present, said by nobody": (2, ("review", "--present", "H. Head"), "--by"),
    "no such audience": (2, ("rag", "--for", "parents"), "safeguarding"),
    "no such format": (2, ("rag", "--format", "docx"), "json"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_what_was_expected_and_nothing_is_written(kept: Path, case: str) -> None:
    code, words, hint = REFUSED[case]
    before = dump(kept)
    ended = run(kept, *words)
    assert (ended.code, ended.out) == (code, "")
    assert hint in " ".join(ended.err.split())
    assert not {"Ivy", "Brennan", "Okafor", "Head"} & set(ended.err.replace(".", " ").split())
    assert "afraid" not in ended.err
    assert dump(kept) == before


def test_the_ratings_and_the_review_end_with_nought(kept: Path) -> None:
    for words in (("rag",), ("rag", "--for", "safeguarding"), ("review",), ("report", "rag-review")):
        ended = run(kept, *words)
        assert (ended.code, ended.err) == (0, "")
        assert ended.out


def test_errors_are_json_where_json_was_asked_for(kept: Path) -> None:
    for words, code in (
        (("rag", "--format", "json", "--day", "31/02/2026"), 2),
        (("review", "P001", "--format", "json", *BY), 2),
        (("review", "P009", "--decision", "visit", "--format", "json", *BY), 2),
        (("review", "--format", "json", "--day", "2027-08-02"), 21),
    ):
        ended = run(kept, *words)
        assert (ended.code, ended.out, ended.error["code"]) == (code, "", code)
        assert ended.error["message"]


def test_looking_writes_nothing(kept: Path) -> None:
    before = dump(kept)
    for words in (("rag",), ("review",), ("rag", "--format", "json"), ("report", "rag-review")):
        run(kept, *words)
    assert dump(kept) == before


def test_a_school_without_a_roll_is_told_that_nobody_is_rated(tmp_path: Path) -> None:
    school = a_school(tmp_path, {})
    ended = run(school, "rag")
    assert (ended.code, "No roll" in ended.out) == (0, True)
    assert run(school, "rag", "--format", "json").json["pupils"] == []
    assert run(school, "review").code == 0


def test_json_is_sorted_by_pupil_and_csv_opens_in_a_spreadsheet(kept: Path, tmp_path: Path) -> None:
    found = run(kept, "rag", "--format", "json").json
    assert next(iter(found)) == "schema"
    assert [(p["pupil_id"], p["rating"]) for p in found["pupils"]] == [
        ("P001", "RED"), ("P002", "AMBER"), ("P003", "GREEN"),
    ]  # fmt: skip
    assert run(kept, "rag", "-o", str(tmp_path / "ratings.csv")).code == 0
    text = (tmp_path / "ratings.csv").read_text(encoding="utf-8-sig")
    assert "P003" in text
    assert "social worker" not in text
    assert list(csv.reader(text.splitlines()))


def test_a_pupil_who_has_left_is_not_rated_and_one_still_to_start_is(tmp_path: Path) -> None:
    roll = lines(
        "pupil_id,forename,surname,start_date,leave_date",
        "P001,Ivy,Brennan,,2026-11-20", "P002,Tom,Okafor,2026-11-30,", "P003,Zoë,Ward,,2026-11-23",
    )  # fmt: skip
    school = a_school(tmp_path, {"roll.csv": roll})
    reconcile(school)
    assert [p["pupil_id"] for p in run(school, "rag", "--format", "json").json["pupils"]] == ["P002", "P003"]


def test_what_a_rating_was_on_an_earlier_day_can_be_asked_for(morning: Path) -> None:
    later = "2026-11-24T09:00"
    assert run(morning, "rate", "P003", "RED", "--why", "a worry", *BY, now=later).code == 0
    today, yesterday = (
        run(morning, "rag", "--format", "json", "--day", day, now=later).json["pupils"][2]
        for day in ("2026-11-24", DAY)
    )
    assert (today["rating"], yesterday["rating"]) == ("RED", "GREEN")
    as_known_then = run(morning, "rag", "--format", "json", now=f"{DAY}T09:30").json["pupils"][2]
    assert as_known_then["rating"] == "GREEN"


def test_a_rating_decides_who_is_rung_first(morning: Path) -> None:
    drop(morning, {"register-2.csv": a_register("P003,N")})
    assert [p["pupil_id"] for p in reconcile(morning)["unexplained"]] == ["P001", "P002", "P003"]
    run(morning, "rate", "P003", "RED", "--why", "a worry", *BY)
    run(morning, "rate", "P001", "GREEN", "--why", "the plan has ended", *HEAD, *BY)
    found = [(p["pupil_id"], p["rating"]) for p in reconcile(morning)["unexplained"]]
    assert found == [("P003", "RED"), ("P002", "AMBER"), ("P001", "GREEN")]


def test_the_log_keeps_who_said_it_when_and_of_which_day(morning: Path) -> None:
    run(morning, "rate", "P003", "RED", "--why", "a worry", *BY, "--at", f"{DAY}T08:50")
    run(morning, *ASSESSED, "--ref", "safe", "--by", "D. Lead")
    rows = asked(morning, "select kind, pupil_id, said_by, at from entry where number > 3 order by number")
    assert [row[:3] for row in rows] == [
        ("rating-changed", "P003", "A. Officer"),
        ("risk-assessed", "P001", "D. Lead"),
    ]
    assert rows[0][3].startswith(f"{DAY}T08:50")
    assert run(morning, "verify").code == 0


def test_an_earlier_clock_lowers_nothing_that_was_raised_since(morning: Path) -> None:
    later, earlier = f"{DAY}T10:30", f"{DAY}T09:30"
    assert run(morning, "rate", "P002", "RED", "--why", "a worry", "--by", "D. Lead", now=later).code == 0
    lowered = run(morning, "rate", "P002", "GREEN", "--why", "x", "--by", "D. Lead", now=earlier)
    assert lowered.code == 23
    back = run(morning, "withdraw", "E4", "--why", "x", "--by", "D. Lead", now=earlier)
    assert back.code == 23
    rated = {p["pupil_id"]: p["rating"] for p in run(morning, "rag", "--format", "json", now=later).json["pupils"]}
    assert rated["P002"] == "RED"


def test_a_process_of_its_own_is_refused_with_twenty_three(kept: Path) -> None:
    ended = process(kept, "rate", "P001", "GREEN", "--why", "a plan", *BY)
    assert (ended.code, ended.out) == (23, "")
    assert ended.err.startswith("firstday: --authorised-by:")
    assert json.loads(process(kept, "rag", "--format", "json").out)["schema"] == "firstday/rag/1"
