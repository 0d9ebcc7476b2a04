"""Every order of things done and left undone keeps the laws of the ladder; a ladder with a hole is found out."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from firstday_cli.domain.escalation.child_now import ChildNow, NextStep
from firstday_cli.domain.escalation.ladder import REACHES_THE_CHILD, steps_of
from firstday_cli.domain.ladder_check.checked import checked
from firstday_cli.domain.ladder_check.exploration import Way, after, broken, explored, passed, starts
from firstday_cli.domain.ladder_check.invented_child import Scene
from firstday_cli.domain.ladder_check.invented_days import BEFORE_HALF_TERM, FRIDAY, TUESDAY, begins, scenes
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.policy import School as SchoolSaid
from firstday_cli.domain.school_days import LONDON
from rules.school import School, register, roll

SHIPPED = Policy(school=SchoolSaid(name="Invented School"))
CASES = scenes(SHIPPED, (BEFORE_HALF_TERM,))
NOT_RED = "a child that is not RED, absent from Fri 9 Oct 2026 AM"
Steps = tuple[NextStep, ...]


@pytest.mark.parametrize("who", CASES)
def test_every_order_of_things_done_and_left_keeps_the_laws(who: str) -> None:
    seen = explored(CASES[who], 2)
    assert [hole.told for hole in seen.holes] == []
    assert seen.states > 1000


def test_two_numbers_to_ring_keep_them_too() -> None:
    scene = replace(scenes(SHIPPED, (TUESDAY,))["a child that is not RED, absent from Tue 6 Oct 2026 AM"], numbers=2)
    assert explored(scene, 1).holes == ()


def test_the_shipped_policy_has_nothing_to_mend() -> None:
    assert [f.found for f in checked(SHIPPED) if f.is_failure or f.is_warning] == []


def _never_decides(child: ChildNow) -> Steps:
    return tuple(s for s in steps_of(child) if s.step != "decide")


def _forgets_at_noon(child: ChildNow) -> Steps:
    return () if child.now.hour >= 12 else steps_of(child)


def _slides(child: ChildNow) -> Steps:
    return tuple(replace(s, due=max(s.due, child.now + timedelta(hours=1))) for s in steps_of(child))


def _a_try_puts_off(child: ChildNow) -> Steps:
    later = timedelta(minutes=len(child.log))
    return tuple(replace(s, due=s.due + later) if s.step == "decide" else s for s in steps_of(child))


def _rests_on_the_next_day(child: ChildNow) -> Steps:
    rest = child.now + timedelta(days=2)
    is_later = child.case is not None and child.session.day > child.case.began.day
    return tuple(replace(s, due=max(s.due, rest)) if is_later else s for s in steps_of(child))


PLANTED = {
    "nobody decides": _never_decides, "nothing next": _forgets_at_noon, "due later": _slides,
}  # fmt: skip


@pytest.mark.parametrize(("law", "ladder"), PLANTED.items(), ids=PLANTED)
def test_a_ladder_with_a_hole_is_found_out(law: str, ladder: Callable[[ChildNow], Steps]) -> None:
    holes = explored(scenes(SHIPPED, (FRIDAY,))[NOT_RED], 0, ladder).holes
    assert law in {hole.law for hole in holes}
    told = next(hole.told for hole in holes if hole.law == law)
    assert told.startswith("from Fri 9 Oct 2026 AM: nobody does anything; Fri ")


def test_a_try_that_puts_a_decision_off_is_found_out() -> None:
    holes = explored(scenes(SHIPPED, (FRIDAY,))[NOT_RED], 1, _a_try_puts_off).holes
    assert "Fri 12:01 a number is tried, no answer; Fri 12:01: `decide` was due 12:00" in holes[0].told


def test_a_school_day_on_which_nothing_is_asked_is_found_out() -> None:
    rested = [f for f in checked(SHIPPED, _rests_on_the_next_day) if f.name == "ladder left undone"]
    assert rested[0].is_failure
    assert "nothing was asked of anybody on Mon 12 Oct 2026" in rested[0].found


def _at(scene: Scene, way: Way, when: str, *done: str) -> Way:
    """The way gone on to a moment of this Friday, or of a day that is named, and what was done then."""
    day, _, clock = when.rpartition(" ")
    at = datetime.fromisoformat(f"{day or FRIDAY}T{clock}").replace(tzinfo=LONDON)
    way = passed(scene, way, at)
    for what in done:
        then = after(scene, way, what)
        assert then, what
        way = then
    return way


def _friday() -> tuple[Scene, Way]:
    scene = scenes(SHIPPED, (FRIDAY,))[NOT_RED]
    return scene, starts(scene, begins(scene))


def test_a_round_that_nobody_rang_is_not_put_off_by_a_day_without_school() -> None:
    scene, way = _friday()
    way = _at(scene, way, "12:01", "decided: harm", "social care is asked", "whoever was asked last accepts")
    was = {s.step: s.due for s in way.steps}
    later = _at(scene, way, "2026-10-10 12:00")
    assert {s.step: s.due for s in later.steps} == {"call": was["call"]}


def test_a_list_rung_to_its_end_is_rung_again_on_the_next_school_day() -> None:
    scene, way = _friday()
    way = _at(scene, way, "09:20", "every number is dead", "nobody opens the door", "the three questions are answered")
    way = _at(scene, way, "12:01", "decided: harm", "social care is asked", "whoever was asked last accepts")
    assert [(s.step, s.due.isoformat()) for s in way.steps] == [("call", "2026-10-12T10:00:00+01:00")]
    later = _at(scene, way, "2026-10-10 12:00")
    assert [(s.step, s.due.isoformat()) for s in later.steps] == [("call", "2026-10-12T10:00:00+01:00")]


def test_a_wait_that_ends_at_the_weekend_is_put_to_a_person_who_decided_before_it_began() -> None:
    scene, way = _friday()
    no_concern = "decided: no immediate concern"
    way = _at(scene, way, "09:16", "the child answers alone", no_concern)
    way = _at(scene, way, "09:30", "nobody opens the door", no_concern, "the attendance team is asked")
    way = _at(scene, way, "12:01")
    assert {s.step: f"{s.due:%a %H:%M}" for s in way.steps}["decide"] == "Fri 15:30"
    way = _at(scene, way, "12:02", no_concern)
    assert "decide" not in {s.step for s in way.steps}
    assert list(broken(scene, _at(scene, way, "15:31"))) == []


CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-09-01"
last = "2026-12-18"

[[closures]]
first = "2026-10-26"
last = "2026-10-30"
why = "half term"
"""
OF_THE_CASE = frozenset(REACHES_THE_CHILD) | {"enquire"}
TYPED = {
    "a number is tried, no answer": ("call", "P001", "--contact", "1", "--outcome", "no-answer"),
    "a contact does not know where the child is": (
        "call", "P001", "--contact", "1", "--outcome", "does-not-know-where",
    ),
    "nobody opens the door": ("visit", "P001", "--outcome", "no-answer"),
    "the three questions are answered": (
        "enquire", "P001", "--agency", "none", "--intelligence", "none", "--knows-family", "nobody",
    ),
    "decided: no immediate concern": ("decide", "P001", "--no-immediate-concern"),
    "the attendance team is asked": ("refer", "P001", "--to", "attendance-team"),
    "social care is asked": ("refer", "P001", "--to", "social-care"),
}  # fmt: skip
NO_ANSWER = "a number is tried, no answer"
MORNINGS = {
    "rung, visited, decided, referred": (
        ("09:15",), ("09:16", NO_ANSWER), ("09:41", NO_ANSWER), ("11:00", "nobody opens the door"), ("12:01",),
        ("12:02", "the three questions are answered"), ("12:03", "decided: no immediate concern"),
        ("12:04", "decided: no immediate concern"), ("12:05", "the attendance team is asked"), ("15:31",),
        ("2026-10-10 12:01",), ("2026-10-10 12:02", "social care is asked"),
    ),
    "a danger, and nobody visits": (
        ("09:20", "a contact does not know where the child is"), ("10:01",), ("12:01",),
        ("12:02", "decided: no immediate concern"), ("15:31",), ("2026-10-10 12:01",),
    ),
    "silence": (("09:15",), ("10:01",), ("12:00",), ("12:01",), ("15:31",), ("2026-10-10 12:01",)),
}  # fmt: skip


def _listed(school: School, at: str) -> set[tuple[str, object, str]]:
    """What `escalate` asks for, of what belongs to a case; the afternoon's register is in nobody's hands here."""
    said = school.type("escalate", "--format", "json", at=at)
    steps = json.loads(said.stdout)["steps"]
    return {(s["step"], s.get("round"), s["due"]) for s in steps if s["step"] in OF_THE_CASE}


@pytest.mark.parametrize("name", MORNINGS)
def test_the_invented_child_is_asked_for_what_a_child_at_the_door_is(name: str, tmp_path: Path) -> None:
    school = School(tmp_path / "school", calendar=CALENDAR, day=str(FRIDAY))
    school.drop("roll.csv", roll(["P001,Ivy,Brennan,4B,2016-03-01,,"]))
    contacts = "pupil_id,contact_id,order,name,relationship,phone"
    school.drop("contacts.csv", [contacts, "P001,K1,1,Ann Brennan,mother,07700 900101"])
    school.drop("register.csv", register([("P001", "N")], day=str(FRIDAY)))
    school.take_in(at="09:15")
    scene, way = _friday()
    for when, *done in MORNINGS[name]:
        way = _at(scene, way, when, *done)
        for what in done:
            code = school.type(*TYPED[what], "--by", "A. Lead", at=when.replace(" ", "T")).exit_code
            assert code in (0, 11), what
        asked = {(s.step, s.round, s.due.isoformat()) for s in way.steps}
        assert _listed(school, when.replace(" ", "T")) == asked, when
