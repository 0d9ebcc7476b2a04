"""The end of the day: open cases, clocks that run on, staff still out, who decided what, whom to ring."""

from pathlib import Path

import pytest

from builders import a_register, drop, reconcile
from calling import Child, called, mobile, rung
from escalating import LEAD, OFFICER, VISITOR, at, facts, go, page, tried

CHILDREN = (
    Child("P1", contacts=(("Jo Fell", mobile(1)),)),
    Child("P2", "Tom", "Okafor", contacts=(("Di Okafor", mobile(2)),)),
    Child("P3", "Zoë", "Ward", contacts=(("Cy Ward", mobile(3)),), flags=("s47",)),
    Child("P4", "In", "School", mark="/"),
    Child("P5", "Told", "Reed", mark="I", comment="poorly"),
)
POLICY = f'out_of_hours = "Night Team, {mobile(53)}"\n'
THURSDAY = "2026-11-26"  # the day before an INSET day and a weekend


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One case waiting and referred, one rung in vain with staff out, one RED that nobody visited."""
    school = rung(tmp_path_factory.mktemp("evening"), CHILDREN, policy=POLICY)
    tried(school, "P1")
    go(school, "visit", "P1", "--outcome", "no-answer", *VISITOR, now="11:30")
    go(school, "decide", "P1", "--no-immediate-concern", "--note", "aunt rings at six", *LEAD, now="12:00")
    go(school, "refer", "P1", "--to", "attendance-team", "--reference", "AT-17", *LEAD, now="12:30")
    called(school, "P2", 1, "no-answer", now=at("09:40"))
    staff = ("--staff", "A. One", "--staff", "B. Two", "--back-by", "15:40")
    go(school, "visit", "P2", "--out", *staff, *OFFICER, now="15:00")
    return school


def test_every_open_case_is_handed_over_with_its_next_steps(evening: Path) -> None:
    found = facts(evening, "handover", "--session", "AM", now="15:20")
    assert found["schema"] == "firstday/handover/1"
    cases = {case["pupil_id"]: case for case in found["open_cases"]}
    assert list(cases) == ["P3", "P1", "P2"], "RED is due first of all"
    assert (cases["P1"]["calls"], cases["P1"]["visits"], cases["P1"]["began"]) == (2, 1, "2026-11-23")
    assert {"refer-social-care", "chase-acknowledgement"} <= {s["step"] for s in cases["P1"]["steps"]}
    assert next(s["step"] for s in cases["P3"]["steps"]) in ("visit", "decide", "call")
    assert all(case["steps"] for case in cases.values())
    words = page(evening, "handover", "--session", "AM", now="15:20")
    assert "FOR SAFEGUARDING" in words and "visit 23/11 11:30: went to the home" in words and "no home visit" in words


def test_whoever_an_agency_must_be_told_of_now_stands_before_everybody(tmp_path: Path) -> None:
    school = rung(tmp_path, CHILDREN, policy=POLICY)
    go(school, "decide", "P2", "--harm", "--note", "aunt is worried", *LEAD, now="12:00")
    found = facts(school, "handover", "--session", "AM", now="15:20")
    assert found["open_cases"][0]["pupil_id"] == "P2"
    go(school, "refer", "P2", "--to", "social-care", *LEAD, now="15:25")
    found = facts(school, "handover", "--session", "AM", now="15:30")
    assert found["open_cases"][0]["pupil_id"] == "P3"


def test_the_clock_that_runs_on_is_named_with_its_end(evening: Path) -> None:
    clocks = facts(evening, "handover", "--session", "AM", now="15:20")["clocks"]
    shown = {c["pupil_id"]: (c["starts"][11:16], c["ends"][:16], c["in_school_time"], c["over"]) for c in clocks}
    assert shown == {
        "P1": ("11:30", "2026-11-24T11:30", True, False),
        "P2": ("12:00", "2026-11-24T12:00", True, False),
    }, "RED has no wait"


def test_who_is_out_who_decided_what_and_who_has_not_answered(evening: Path) -> None:
    found = facts(evening, "handover", "--session", "AM", now="15:20")
    assert [(o["pupil_id"], o["staff"]) for o in found["staff_out"]] == [("P2", ["A. One", "B. Two"])]
    assert [(d["at"][11:16], d["by"], d["pupil_ids"]) for d in found["decided_today"]] == [
        ("12:00", "D. Lead", ["P1"]), ("12:30", "D. Lead", ["P1"]),
    ]  # fmt: skip
    assert "aunt rings at six" in found["decided_today"][0]["what"]
    assert [(u["pupil_id"], u["to"]) for u in found["unanswered"]] == [("P1", "attendance-team")]
    assert [s["pupil_id"] for s in found["other_steps"] if s["step"] == "daily-contact"] == []
    words = page(evening, "handover", "--session", "AM", now="15:50")
    assert "STAFF STILL OUT: A. One, B. Two (P2), due back 15:40." in words
    assert "VISITORS-OVERDUE: P2" in words


def test_whom_to_ring_when_the_school_is_shut(evening: Path, tmp_path: Path) -> None:
    words = page(evening, "handover", now="15:20")
    assert f"Night Team, {mobile(53)}" in words and "Next school day" in words and "Tue 24 Nov 2026" in words
    unset = page(rung(tmp_path, CHILDREN[3:4]), "handover", "--session", "AM", now="15:20")
    assert "not set: see `firstday doctor`" in unset and "None is open." in unset


def test_a_referral_stays_unanswered_though_the_case_has_ended(tmp_path: Path) -> None:
    school = rung(tmp_path, CHILDREN[:1])
    go(school, "refer", "P1", "--to", "social-care", *LEAD, now="12:00")
    go(school, "check", "P1", "--found", *OFFICER, now="12:10")
    found = facts(school, "handover", "--session", "AM", now="15:20")
    assert found["open_cases"] == [] and [u["to"] for u in found["unanswered"]] == ["social-care"]
    go(school, "acknowledge", "P1", "--from", "MASH", "--decision", "accepted", *LEAD, now="15:25")
    assert facts(school, "handover", "--session", "AM", now="15:30")["unanswered"] == []


def test_a_wait_that_ends_on_a_day_without_school_is_outside_school_time(tmp_path: Path) -> None:
    school = rung(tmp_path, [Child("P1", mark="/", contacts=(("Jo Fell", mobile(1)),))])
    drop(school, {"thursday.csv": a_register("P1,N", day=THURSDAY)})
    reconcile(school, now=at("09:20", THURSDAY))
    tried(school, "P1", day=THURSDAY)
    go(school, "visit", "P1", "--outcome", "no-answer", *VISITOR, now=at("11:30", THURSDAY))
    go(school, "decide", "P1", "--no-immediate-concern", *LEAD, now=at("12:00", THURSDAY))
    evening = ("handover", "--session", "AM")
    clock = facts(school, *evening, now=at("15:20", THURSDAY))["clocks"][0]
    assert clock["ends"][:16] == "2026-11-27T11:30" and clock["in_school_time"] is False
    words = page(school, *evening, now=at("15:20", THURSDAY))
    assert "OUTSIDE SCHOOL TIME: decide before the school closes" in words and "Mon 30 Nov 2026" in words
    over = facts(school, "handover", now=at("12:00", "2026-11-28"))
    assert over["clocks"][0]["over"] and over["clocks"][0]["without_tries"]
