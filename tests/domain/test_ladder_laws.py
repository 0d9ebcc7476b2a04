"""Laws of the next steps, whatever is done and in whatever order: nothing is forgotten, nothing is put off."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.test_laws import LAWS
from rules.ladder import Climber, Ladder
from rules.ladder_words import moment_of
from rules.school import Json

DAYS = {"Fri": "2026-11-20", "Sat": "2026-11-21", "Mon": "2026-11-23"}
SLOTS = ("09:10", "09:30", "10:00", "10:40", "11:20", "12:20", "14:00", "Sat 10:00", "Mon 09:10", "Mon 09:40")
KINDS = ("GREEN", "RED", "AMBER", "GREEN, cannot summon help")
IN_VAIN = ("rung", "voicemail-left", "engaged", "other-adult-knows-nothing")
JUDGED = ("no concern", "no concern", "harm", "crime")
DONE = (
    "asked", "visit no-answer", "visit no-access", "visit concern", "child-answered", "thought-in-school", "a note",
    "referred to attendance team", "referred to social care", "referred to police", "a text",
)  # fmt: skip
FILES = ("a newer list names the father", "left out of the roll")
ENDS = ("answered", "explained", "found", "child seen")
OF_THE_CASE = ("call", "visit", "enquire")
TO_KEEP = frozenset({"visit", "enquire", "decide", "refer-attendance-team", "refer-social-care", "tell-police"})
Story = tuple[str, tuple[str, ...]]  # what the child is, and what is done in each slot, nothing where empty
stories = st.tuples(
    st.sampled_from(KINDS),
    st.tuples(*[st.sampled_from(("", *IN_VAIN, *IN_VAIN, *JUDGED, *DONE, *FILES, *ENDS))] * len(SLOTS)),
)
some_stories = st.lists(stories, min_size=4, max_size=4)
SILENCE: Story = ("GREEN", ("rung", "rung", "asked", "visit no-answer", "no concern", *[""] * 5))
SATURDAY: Story = ("GREEN", ("rung", "rung", "", "", "", "", "", "explained", "", ""))
WORRIED: Story = ("AMBER", ("thought-in-school", "referred to police", "rung", "harm", *[""] * 6))
LEFT_OUT: Story = ("RED", ("rung", "left out of the roll", "rung", "", "", "", "", "", "", "rung"))


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its school."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _after(slot: str) -> str:
    """Five minutes after a slot."""
    return f"{slot[:-2]}{int(slot[-2:]) + 5:02d}"


def _lived(told: list[Story], place: Path) -> Ladder:
    children = [
        Climber(f"P{n:03d}", kind, "; ".join(f"{at} {what}" for at, what in zip(SLOTS, done, strict=True) if what), "")
        for n, (kind, done) in enumerate(told)
    ]
    folder = place / str(len(list(place.iterdir())))
    return Ladder(folder, children, days=DAYS, closed=("Sat",), asked=[_after(slot) for slot in SLOTS])


def _steps(school: Ladder, slot: str, pupil: str) -> dict[tuple[str, int | None], Json]:
    answer = school.answers[moment_of(_after(slot), DAYS)]
    return {(row["step"], row["round"]): row for row in answer["steps"] if row["pupil_id"] == pupil}


@settings(LAWS, max_examples=25)
@example(told=[SILENCE, SATURDAY, WORRIED, LEFT_OUT])
@given(told=some_stories)
def test_nothing_is_forgotten_and_nothing_is_put_off(told: list[Story], place: Path) -> None:
    school = _lived(told, place)
    for child, (_, done) in zip(school.children, told, strict=True):
        seen = [_steps(school, slot, child.pupil) for slot in SLOTS]
        _an_open_case_has_a_next_step(done, seen)
        _only_a_sighting_an_answer_or_an_explanation_ends_it(done, seen)
        _nothing_is_due_later(done, seen)
        _a_try_in_vain_takes_nothing_away(done, seen)


Seen = list[dict[tuple[str, int | None], Json]]


def _an_open_case_has_a_next_step(done: tuple[str, ...], seen: Seen) -> None:
    for number, steps in enumerate(seen):
        if not any(what in ENDS for what in done[: number + 1]):
            assert steps, f"nothing is to be done after {done[: number + 1]}"


def _only_a_sighting_an_answer_or_an_explanation_ends_it(done: tuple[str, ...], seen: Seen) -> None:
    for number, steps in enumerate(seen):
        if done[number] in ENDS:
            left = [step for step, _ in steps if step in OF_THE_CASE]
            assert left == [], f"still to be done after {done[: number + 1]}"


def _nothing_is_due_later(done: tuple[str, ...], seen: Seen) -> None:
    for number, (before, after) in enumerate(pairwise(seen), start=1):
        if done[number] in ("", *FILES):
            later = {key for key in before.keys() & after.keys() if after[key]["due"] > before[key]["due"]}
            assert later == set(), f"put off by {done[number] or 'time'} after {done[:number]}"


def _a_try_in_vain_takes_nothing_away(done: tuple[str, ...], seen: Seen) -> None:
    for number, (before, after) in enumerate(pairwise(seen), start=1):
        if done[number] in (*IN_VAIN, "", "a note", "a text", *FILES):
            lost = {step for step, _ in before.keys() - after.keys()} & TO_KEEP
            assert lost == set(), f"taken away by {done[number] or 'time'} after {done[:number]}"
