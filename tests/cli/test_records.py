"""check · explain · note · listen · match · withdraw · close: what people write, and what it does to the list."""

import re
from pathlib import Path

import pytest

from builders import (
    DAY,
    a_register,
    a_roll,
    a_school,
    asked,
    drop,
    dump,
    ids,
    lines,
    reconcile,
    run,
    standing_of,
)

BY = ("--by", "A. Officer")
TOLD = ("--told-by", "mother", "--reason", "a cold", "--child-with", "mother, at home")
MESSAGES = lines(
    "message_id,received_at,pupil_id,pupil_name,text,from_date,to_date",
    "M1,2026-11-23T08:05:00+00:00,,Ivy Brennan,has a cold,,",
    "M2,2026-11-23T08:06:00+00:00,P002,,has a cold,2026-11-23,2026-11-25",
    "M3,2026-11-22T18:30:00+00:00,,Zoë Ward,will not be in,,",
)


@pytest.fixture
def morning(tmp_path: Path) -> Path:
    """All three are marked N; three messages came; nothing taken in yet."""
    files = {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,N", "P003,N"), "messages.csv": MESSAGES}
    school = a_school(tmp_path, files)
    reconcile(school)
    return school


def write(school: Path, *words: str, now: str = "2026-11-23T09:20") -> str:
    ended = run(school, *words, *(() if "--by" in words else BY), now=now)
    assert (ended.code, ended.out) == (0, ""), ended.err
    return ended.err


def test_a_message_with_an_id_explains_and_a_name_only_proposes(morning: Path) -> None:
    found = reconcile(morning)
    assert (ids(found), ids(found, "explained")) == (["P001", "P003"], ["P002"])
    assert [(m["message_id"], m["candidates"]) for m in found["messages_to_match"]] == [
        ("M1", ["P001"]),
        ("M3", ["P003"]),
    ]


def test_the_list_of_messages_says_that_the_inbox_holds_more(morning: Path) -> None:
    assert "in the inbox" not in run(morning, "messages", now="2026-11-23T09:20").err
    drop(morning, {"later.csv": MESSAGES.replace("M1", "M4")})
    ended = run(morning, "messages", now="2026-11-23T09:20")
    assert ended.err.startswith("1 file in the inbox not taken in yet"), ended.err


SAID = {  # what a command says on standard error
    ("check", "P001", "--not-found"): "E4: P001 not-found, Mon 23 Nov 2026 AM\n",
    ("check", "P001", "P003", "--not-found"): (
        "E4: P001 not-found, Mon 23 Nov 2026 AM\nE5: P003 not-found, Mon 23 Nov 2026 AM\n"
    ),
    ("explain", "P001", *TOLD): "E4: P001 explained, Mon 23 Nov 2026\n",
    ("explain", "P001", *TOLD, "--until", "25/11/2026"): "E4: P001 explained, Mon 23 Nov 2026 to Wed 25 Nov 2026\n",
    ("note", "P001", "--text", "moving house", "--kind", "intelligence"): "E4: intelligence about P001\n",
    ("listen", "--pupil", "P001", *TOLD[:4]): "E4: message about P001, Mon 23 Nov 2026\n",
    ("match", "M1", "P001"): "E4: message M1 is about P001, Mon 23 Nov 2026\n  It explains Mon 23 Nov 2026.\n",
    ("match", "M1", "--none"): "E4: message M1 is about nobody, Mon 23 Nov 2026\n",
    ("close", "--why", "snow"): "E4: school shut, Mon 23 Nov 2026 all day\n",
}


@pytest.mark.parametrize("words", SAID, ids=lambda words: " ".join((*words[:3], words[-1])))
def test_what_was_written_is_said_in_a_sentence_without_names(morning: Path, words: tuple[str, ...]) -> None:
    assert write(morning, *words) == SAID[words]


@pytest.mark.parametrize("words", SAID, ids=lambda words: " ".join((*words[:3], words[-1])))
def test_a_dry_run_says_it_and_writes_nothing(morning: Path, words: tuple[str, ...]) -> None:
    before = dump(morning)
    said = write(morning, *words, "--dry-run")
    assert said == re.sub(r"^E\d+:", "would be written:", SAID[words], flags=re.MULTILINE)
    assert dump(morning) == before


@pytest.mark.parametrize("words", ["P001", "Ivy Brennan", "ivy brennan", "Brennan, Ivy", "Ivy", "BRENNAN"])
def test_a_pupil_is_named_by_id_or_by_a_name_that_fits_one(morning: Path, words: str) -> None:
    assert "P001" in write(morning, "check", words, "--found")


def test_a_name_that_fits_two_asks_for_the_id_and_shows_no_name(tmp_path: Path) -> None:
    roll = a_roll("P001,Ivy,Brennan,4B", "P002,Ivy,Brennan,5C", "P003,Zoë,Ward,5C")
    school = a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register()})
    reconcile(school)
    ended = run(school, "check", "Ivy Brennan", "--found", *BY)
    assert ended.code == 2
    assert "P001 (4B), P002 (5C)" in ended.err
    assert "Ivy" not in ended.err


CHECKS: dict[str, tuple[tuple[tuple[str, str], ...], str]] = {  # findings with their times → where P001 stands
    "found": ((("--found", "09:10"),), "in_school"),
    "not found": ((("--not-found", "09:10"),), "unexplained"),
    "not found, then found": ((("--not-found", "09:05"), ("--found", "09:10")), "in_school"),
    "found, then not found": ((("--found", "09:05"), ("--not-found", "09:10")), "unexplained"),
    "written late: found earlier": ((("--not-found", "09:10"), ("--found", "09:05")), "unexplained"),
    "at one moment: the last written": ((("--not-found", "09:10"), ("--found", "09:10")), "in_school"),
    "arrived": ((("--arrived", "09:10"),), "in_school"),
    "not arrived": ((("--not-arrived", "09:10"),), "unexplained"),
}


@pytest.mark.parametrize("case", CHECKS)
def test_the_last_check_decides_by_when_it_happened(morning: Path, case: str) -> None:
    for finding, at in CHECKS[case][0]:
        write(morning, "check", "P001", finding, "--at", f"{DAY}T{at}")
    assert standing_of(reconcile(morning), "P001") == CHECKS[case][1]


def test_a_child_marked_present_and_looked_for_in_vain_is_an_alert(school: Path) -> None:
    reconcile(school)
    write(school, "check", "P002", "--not-found")
    ended = run(school, "reconcile", "--format", "json")
    assert (ended.code, ids(ended.json)) == (11, ["P001", "P002"])
    assert [(a["pupil_id"], a["alert"]) for a in ended.json["alerts"]] == [("P002", "vanished")]


@pytest.mark.parametrize(("finding", "confirmed"), [("--arrived", True), ("", False)])
def test_an_off_site_mark_is_no_proof_of_arrival(tmp_path: Path, finding: str, confirmed: bool) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(), "register.csv": a_register("P001,B", "P002,/", "P003,/")})
    reconcile(school)
    if finding:
        write(school, "check", "P001", finding)
    ended = run(school, "reconcile", "--format", "json")
    assert [(p["pupil_id"], p["confirmed"]) for p in ended.json["off_site"]] == [("P001", confirmed)]
    assert ended.code == (0 if confirmed else 10)


def test_a_check_of_the_morning_says_nothing_of_the_afternoon(morning: Path) -> None:
    write(morning, "check", "P001", "--found")
    assert standing_of(reconcile(morning, now="2026-11-23T13:40"), "P001") == "unknown"


def test_an_explanation_covers_its_day_and_no_other(morning: Path) -> None:
    write(morning, "explain", "P001", *TOLD)
    assert standing_of(reconcile(morning), "P001") == "explained"
    assert standing_of(reconcile(morning, "--session", "PM"), "P001") == "explained"
    assert standing_of(reconcile(morning, now="2026-11-24T09:20"), "P001") == "unknown"


def test_an_explanation_covers_more_days_only_by_until(morning: Path) -> None:
    write(morning, "explain", "P001", *TOLD, "--until", "2026-11-25")
    days = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26")
    standings = [standing_of(reconcile(morning, now=f"{day}T09:20"), "P001") for day in days]
    assert standings == ["explained", "explained", "explained", "unknown"]


@pytest.mark.parametrize(
    ("now", "standing"), [("09:20", "explained"), ("10:30", "explained"), ("10:31", "unexplained")]
)
def test_an_explanation_with_a_time_back_ends_at_that_time(morning: Path, now: str, standing: str) -> None:
    write(morning, "explain", "P001", *TOLD, "--back", "10.30")
    assert standing_of(reconcile(morning, now=f"{DAY}T{now}"), "P001") == standing


RECOVERY = {  # last episode on Sunday 22 November at 20:00 → 48 hours, until Tuesday 20:00
    ("2026-11-23", "AM"): "explained", ("2026-11-23", "PM"): "explained",
    ("2026-11-24", "AM"): "explained", ("2026-11-24", "PM"): "explained",
    ("2026-11-25", "AM"): "unexplained", ("2026-11-25", "PM"): "unexplained",
}  # fmt: skip


@pytest.mark.parametrize(("day", "session"), RECOVERY)
@pytest.mark.parametrize("flag", ["", "looked-after"])
def test_the_recovery_after_sickness_lasts_48_hours_and_never_for_red(
    tmp_path: Path, day: str, session: str, flag: str
) -> None:
    marks = a_register("P001,N", "P002,/", "P003,/", day=day, session=session)
    files = {"roll.csv": a_roll(), "register.csv": marks, "flags.csv": lines("pupil_id,flag", f"P001,{flag or 'ehcp'}")}
    school = a_school(tmp_path, files)
    now = f"{day}T{'09:20' if session == 'AM' else '13:40'}"
    run(school, "ingest", now="2026-11-23T08:00")
    write(school, "explain", "P001", *TOLD, "--sickness", "2026-11-22T20:00", now="2026-11-23T08:55")
    expected = RECOVERY[day, session] if day == DAY or not flag else "unexplained"
    assert standing_of(reconcile(school, now=now), "P001") == expected


def test_a_note_never_explains(morning: Path) -> None:
    for kind in ("note", "intelligence", "strategy", "impact"):
        write(morning, "note", "P001", "--text", "mother rang: at home with a cold", "--kind", kind)
    assert standing_of(reconcile(morning), "P001") == "unexplained"
    weights = [e["weight"] for e in run(morning, "why", "P001", "--format", "json").json["evidence"]]
    assert weights.count("never explains") == 4


def test_a_message_typed_in_explains_the_children_it_is_about(morning: Path) -> None:
    write(morning, "listen", "--pupil", "P001", "--pupil", "Zoë Ward", *TOLD[:4], "--channel", "voicemail")
    assert ids(reconcile(morning)) == []


def test_a_message_matched_explains_whom_a_person_says_and_waits_no_more(morning: Path) -> None:
    write(morning, "match", "M1", "P003")
    found = reconcile(morning)
    assert (ids(found), ids(found, "explained")) == (["P001"], ["P002", "P003"])
    assert [m["message_id"] for m in found["messages_to_match"]] == ["M3"]


def test_a_message_about_nobody_waits_no_more_and_explains_nobody(morning: Path) -> None:
    write(morning, "match", "M1", "--none")
    found = reconcile(morning)
    assert ids(found) == ["P001", "P003"]
    assert [m["message_id"] for m in found["messages_to_match"]] == ["M3"]


def test_an_accepted_message_decided_to_be_about_nobody_explains_no_more(morning: Path) -> None:
    write(morning, "match", "M2", "--none")
    assert ids(reconcile(morning)) == ["P001", "P002", "P003"]


def test_a_message_of_sunday_covers_the_day_it_proposes_or_the_one_given(morning: Path) -> None:
    write(morning, "match", "M3", "P003")
    assert standing_of(reconcile(morning), "P003") == "explained"
    write(morning, "match", "M3", "P003", "--day", "2026-11-24")
    assert standing_of(reconcile(morning), "P003") == "unexplained"


def test_the_last_match_of_a_message_counts(morning: Path) -> None:
    write(morning, "match", "M1", "P003")
    write(morning, "match", "M1", "P001")
    assert ids(reconcile(morning)) == ["P003"]


def test_withdrawing_makes_it_as_if_never_said(morning: Path) -> None:
    before = reconcile(morning)
    write(morning, "explain", "P001", *TOLD)
    assert write(morning, "withdraw", "last", "--why", "wrong child") == "E5: E4 taken back\n"
    assert reconcile(morning) == before


def test_a_withdrawal_that_is_withdrawn_takes_nothing_back(morning: Path) -> None:
    write(morning, "explain", "P001", *TOLD)
    write(morning, "withdraw", "e4", "--why", "wrong child")
    write(morning, "withdraw", "E5", "--why", "it was right")
    assert standing_of(reconcile(morning), "P001") == "explained"
    write(morning, "withdraw", "E6", "--why", "no, wrong after all")
    assert standing_of(reconcile(morning), "P001") == "unexplained"


def test_last_is_this_persons_own_last_that_still_stands(morning: Path) -> None:
    write(morning, "explain", "P001", *TOLD)
    write(morning, "explain", "P003", *TOLD, "--by", "B. Other")
    write(morning, "withdraw", "last", "--why", "wrong child")
    assert ids(reconcile(morning)) == ["P001"]
    assert run(morning, "withdraw", "last", "--why", "x", *BY).code == 2
    assert asked(morning, "select count(*) from entry where kind = 'explanation-given'") == [(2,)]


def test_the_school_shut_expects_nobody_and_asks_for_no_register(morning: Path) -> None:
    write(morning, "close", "--day", DAY, "--why", "burst pipe")
    ended = run(morning, "reconcile", "--format", "json")
    assert (ended.json["counts"]["not_expected"], ended.json["missing_registers"]) == (3, [])


def test_one_session_shut_leaves_the_other_as_it_is(morning: Path) -> None:
    write(morning, "close", "--day", DAY, "--session", "PM", "--why", "burst pipe")
    assert standing_of(reconcile(morning), "P001") == "unexplained"
    assert reconcile(morning, "--session", "PM")["counts"]["not_expected"] == 3
