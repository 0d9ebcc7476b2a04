"""What ends no case and hides nothing new: closures, words about other days, files, codes alone, old referrals."""

from pathlib import Path

import pytest

from builders import a_roll, a_school, drop, lines, run

OFFICER, LEAD = ("--by", "A. Officer"), ("--by", "D. Lead")
CONTACTS = lines("pupil_id,order,name,phone", "P001,1,Sky Moss,07700 900301", "P002,1,Jo Fell,07700 900302")
PUPILS = "P001,Ivy,Brennan,4B", "P002,Tom,Okafor,4B"
TOLD = ("explain", "P001", "--told-by", "mother", "--reason", "ill", "--child-with", "mother", *OFFICER)
RUNG = ("call", "P001", "--contact", "1", "--outcome", "no-answer", *OFFICER)
FRIDAY, SATURDAY, MONDAY, TUESDAY = "2026-11-20", "2026-11-21", "2026-11-23", "2026-11-24"


def _marked(day: str, mark: str) -> str:
    return lines("pupil_id,date,session,mark", f"P001,{day},AM,{mark}", f"P002,{day},AM,/")


def _steps(school: Path, now: str) -> set[str]:
    found = run(school, "escalate", "--format", "json", now=now).json["steps"]
    return {step["step"] for step in found if step["pupil_id"] == "P001"}


def _said(school: Path, *words: str, now: str) -> None:
    assert run(school, *words, now=now).code in (0, 11)


@pytest.fixture
def friday(tmp_path: Path) -> Path:
    """A school on Fri 20 Nov 2026 at 09:20: Ivy is marked N."""
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS})
    drop(school, {"fri.csv": _marked(FRIDAY, "N")})
    assert run(school, "ingest", now=f"{FRIDAY}T09:20").code == 0
    return school


def test_a_closure_said_after_the_register(friday: Path) -> None:
    _said(friday, "decide", "P001", "--harm", *LEAD, now=f"{FRIDAY}T10:00")
    _said(friday, "close", "--day", FRIDAY, "--why", "burst pipe", *OFFICER, now=f"{FRIDAY}T10:30")
    assert "refer-social-care" in _steps(friday, f"{FRIDAY}T10:40")
    assert "refer-social-care" in _steps(friday, f"{SATURDAY}T10:00")
    assert "refer-social-care" in _steps(friday, f"{MONDAY}T08:30")


def test_a_closure_said_before_the_register_opens_no_case(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS})
    run(school, "ingest", now=f"{FRIDAY}T07:00")
    _said(school, "close", "--day", FRIDAY, "--why", "snow", *OFFICER, now=f"{FRIDAY}T07:30")
    drop(school, {"fri.csv": _marked(FRIDAY, "N")})
    assert _steps(school, f"{FRIDAY}T10:30") == set()
    assert _steps(school, f"{SATURDAY}T10:30") == set()


@pytest.mark.parametrize("day", ["2026-11-10", "2026-12-01"])
def test_an_explanation_of_another_day_said_on_a_saturday(friday: Path, day: str) -> None:
    _said(friday, *TOLD, "--day", day, now=f"{SATURDAY}T10:00")
    assert "refer-social-care" in _steps(friday, f"{SATURDAY}T10:10")


def test_an_explanation_said_on_a_saturday_ends_it(friday: Path) -> None:
    _said(friday, *TOLD, now=f"{SATURDAY}T10:00")
    assert _steps(friday, f"{SATURDAY}T10:10") == set()


def test_a_first_day_that_a_newer_roll_puts_off(friday: Path) -> None:
    later = lines("pupil_id,forename,surname,group,start_date", "P001,Ivy,Brennan,4B,2026-12-01", f"{PUPILS[1]},")
    drop(friday, {"roll-2.csv": later, "mon.csv": _marked(MONDAY, "Z")})
    assert "refer-social-care" in _steps(friday, f"{MONDAY}T09:30")


@pytest.mark.parametrize("code", ["C", "T", "S", "E"])
def test_a_code_alone_once_somebody_has_visited(friday: Path, code: str) -> None:
    _said(friday, "visit", "P001", "--outcome", "no-answer", *OFFICER, now=f"{FRIDAY}T10:30")
    drop(friday, {"mon.csv": _marked(MONDAY, code)})
    assert {"decide", "refer-social-care"} <= _steps(friday, f"{MONDAY}T09:30")
    _said(friday, *TOLD, now=f"{MONDAY}T09:40")
    assert "refer-social-care" not in _steps(friday, f"{MONDAY}T09:50")


def test_a_referral_of_long_ago_discharges_nothing_now(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS})
    drop(school, {"sep.csv": _marked("2026-09-10", "/")})
    run(school, "ingest", now="2026-09-10T09:20")
    _said(school, "refer", "P001", "--to", "social-care", *OFFICER, now="2026-09-10T11:00")
    _said(school, "acknowledge", "P001", "--from", "MASH", "--decision", "accepted", *OFFICER, now="2026-09-10T15:00")
    drop(school, {"fri.csv": _marked(FRIDAY, "N")})
    assert "refer-social-care" in _steps(school, f"{FRIDAY}T12:30")


def test_a_new_reason_to_decide_is_new(friday: Path) -> None:
    _said(friday, "visit", "P001", "--outcome", "no-answer", *OFFICER, now=f"{FRIDAY}T10:30")
    _said(friday, "visit", "P001", "--outcome", "concern", *OFFICER, now=f"{FRIDAY}T11:30")
    words = ("escalate", "--since", f"{FRIDAY}T11:00", "--format", "json")
    found = run(friday, *words, now=f"{FRIDAY}T11:40").json["steps"]
    assert "decide" in {step["step"] for step in found}


def test_a_day_without_any_register_on_which_somebody_rang(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS})
    assert run(school, "ingest", now=f"{FRIDAY}T09:20").code == 0
    _said(school, *RUNG, now=f"{FRIDAY}T10:00")
    _said(school, "decide", "P001", "--harm", *LEAD, now=f"{FRIDAY}T10:10")
    assert {"call", "refer-social-care"} <= _steps(school, f"{MONDAY}T08:30")


def test_a_danger_heard_about_a_child_who_is_marked_present(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS), "contacts.csv": CONTACTS})
    drop(school, {"fri.csv": _marked(FRIDAY, "/")})
    run(school, "ingest", now=f"{FRIDAY}T09:20")
    _said(school, *RUNG[:-4], "--outcome", "thought-in-school", *OFFICER, now=f"{FRIDAY}T09:30")
    assert {"tell-police", "decide"} <= _steps(school, f"{FRIDAY}T09:35")
    _said(school, "check", "P001", "--found", *OFFICER, now=f"{FRIDAY}T09:40")
    assert _steps(school, f"{FRIDAY}T09:45") == set()


def test_a_visit_of_another_day_is_not_one_of_this(friday: Path) -> None:
    ended = run(
        friday, "visit", "P001", "--outcome", "no-answer", "--day", "2026-11-19", *OFFICER, now=f"{FRIDAY}T10:30"
    )
    assert ended.code == 2 and "--at" in ended.err


def test_without_a_number_to_ring_the_next_days_visit_has_its_own_time(tmp_path: Path) -> None:
    school = a_school(tmp_path, {"roll.csv": a_roll(*PUPILS)})
    drop(school, {"fri.csv": _marked(FRIDAY, "N")})
    run(school, "ingest", now=f"{FRIDAY}T09:20")
    _said(school, "visit", "P001", "--outcome", "no-answer", *OFFICER, now=f"{FRIDAY}T10:30")
    drop(school, {"mon.csv": _marked(MONDAY, "N")})
    found = run(school, "escalate", "--format", "json", now=f"{MONDAY}T09:30").json["steps"]
    assert [s["due"][:16] for s in found if s["step"] == "visit"] == [f"{MONDAY}T10:15"]


def test_the_office_is_not_told_what_the_lead_decided(friday: Path) -> None:
    _said(friday, "decide", "P001", "--crime", "--note", "seen with strangers", *LEAD, now=f"{FRIDAY}T10:00")
    shown = run(friday, "escalate", now=f"{FRIDAY}T10:10").out
    assert "tell-police" in shown and "crime" not in shown and "strangers" not in shown
    assert "crime" in run(friday, "escalate", "--for", "safeguarding", now=f"{FRIDAY}T10:10").out


def test_a_message_taken_down_settles_a_visit_but_no_danger(friday: Path) -> None:
    heard = ("listen", "--pupil", "P001", "--told-by", "mother", "--reason", "ill", *OFFICER)
    _said(friday, "visit", "P001", "--outcome", "no-answer", *OFFICER, now=f"{FRIDAY}T10:30")
    _said(friday, *heard, now=f"{FRIDAY}T10:40")
    assert "decide" not in _steps(friday, f"{FRIDAY}T10:45")
    _said(friday, *RUNG[:-4], "--outcome", "does-not-know-where", *OFFICER, now=f"{FRIDAY}T10:50")
    _said(friday, *heard, now=f"{FRIDAY}T10:55")
    assert {"decide", "tell-police"} <= _steps(friday, f"{FRIDAY}T11:00")
