"""Whole invented mornings with one thing broken: doubt keeps every child on the list, and the true morning is true."""

from datetime import datetime

import pytest

from builders import dump, run
from firstday_cli.desk import Asked, Desk
from firstday_cli.domain.broken.looks import look
from firstday_cli.domain.escalation.next_steps import escalation
from firstday_cli.domain.school_days import in_london
from firstday_cli.morning.what_if import lived_session, looks_of, moments_of
from firstday_cli.store.day_again import DayAgain, day_again
from mornings.stories import MONDAY, Story

NEVER_MISSES = ("register", "messages", "contacts", "flags", "4B", "5C")
AFTER = "2026-12-14T08:00"


@pytest.fixture(scope="module", params=[0, 1])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    told = Story(tmp_path_factory.mktemp("story"), request.param, asks_a_step=0)
    told.live(6)
    told.weeks_later()
    return told


@pytest.mark.parametrize("dropped", NEVER_MISSES)
def test_what_never_comes_takes_no_child_off_the_list(story: Story, dropped: str) -> None:
    before, day = dump(story.school), ("--day", str(MONDAY), "--session", "AM", "--format", "json")
    found = run(story.school, "what-if", "--drop", dropped, *day, now=AFTER).json
    missed = {child["pupil_id"] for child in found["missed"]}
    true = run(story.school, "reconcile", *day, now=f"{MONDAY}T15:30").json
    on_no_roll = {d["pupil_id"] for d in true["discrepancies"] if d["kind"] in ("left-out", "not-on-roll")}
    assert missed - on_no_roll == set(), "but for whom no roll names, and a mark alone"
    assert dump(story.school) == before


def test_the_day_lived_again_is_the_day_as_it_was(story: Story) -> None:
    asked = {"school": str(story.school), "day": MONDAY, "half": "AM"}
    lived = lived_session(Desk(Asked(**asked, now=in_london(datetime.fromisoformat(AFTER)))))
    again = day_again(lived.desk.store, lived.begins, lived.ends)
    moments = moments_of(lived, again.waiting)
    assert len(moments) > 10
    for at, seen in zip(moments, looks_of(lived, DayAgain(again.db, again.waiting), moments), strict=True):
        replayed = escalation(Desk(Asked(**asked, now=at, looks=True)).evidence())
        assert seen == look(replayed, lived.registers_due), at
