"""Laws that hold on every morning, whatever came in."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from domain.small_mornings import (
    A_BIT_OF_EVERYTHING,
    IDS,
    LATER,
    TWO_MARKS,
    TWO_PLANS,
    Entry,
    Fact,
    Marked,
    Message,
    Plan,
    Signed,
    SmallMorning,
    answer_of,
    entries,
    kinds_of_fact,
    live,
    nameless,
    small_mornings,
    tellings,
)
from rules.school import DAY, LISTS, Json, ids, standing_of, typed

LAWS = settings(
    deadline=None, derandomize="CI" in os.environ, database=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # a morning is small enough to read as it is, and slow to make smaller
)  # fmt: skip
MANY, SOME = settings(LAWS, max_examples=30), settings(LAWS, max_examples=25)
PLACES = re.compile(r"(?:\b[ab]-)?([\w-]+\.csv)(?:, row \d+)?|\(E\d+\)")
ON_THE_LIST = frozenset({"unexplained", "unknown"})
A_SOURCE = re.compile(r"(?P<file>[\w.-]+\.csv), row (?P<row>\d+)|\((?P<entry>E\d+)\)")
UNREADABLE = {
    "register-0.csv": ("{p},{day},{s},/,,left over", "{p},2026-11-31,{s},/,", "{p},{day},noon,/,", ",{day},{s},/,"),
    f"register-{LATER}.csv": ("{p},{day},{s},/,,left over", "{p},2026-11-31,{s},/,", "{p},{day},noon,/,"),
    "lates.csv": ("{p},{day},soon,", "{p},{day},,", "{p},2026-11-31,{t},", "{p},{day},{t},,left over"),
    "messages.csv": (
        "M90,soon,{p},,away,,",
        "M90,{day} 08:00,{p},,away,2026-11-31,",
        "M90,{day} 08:00,{p},,away,,,left over",
    ),
    "plans.csv": ("{p},{day},{day},noon,C,", "{p},{day},{day},,N,", "{p},{day},{day},,Q9,", "{p},{day},,,C,"),
    "roll.csv": ("{p},Ivy,Brennan,4B,2016-05-01,left over", ",Ivy,Brennan,4B,", "{p},Ivy,Brennan,4B,2016-13-01"),
}
HALF, EVERYTHING_GOES = 0.5, -1
AGAINST = ("--not-found", "--not-arrived")


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its schools."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _fresh(place: Path) -> Path:
    return place / str(len(list(place.iterdir())))


def _answer(morning: SmallMorning, place: Path, files: dict[str, list[str]] | None = None) -> Json:
    return live(morning, _fresh(place), files)[1]


def _standings(answer: Json) -> dict[str, str]:
    return {pupil: standing_of(answer, pupil) for pupil in IDS}


def _listed(answer: Json) -> set[str]:
    return {pupil for pupil, standing in _standings(answer).items() if standing in ON_THE_LIST}


def _without_places(answer: Json) -> Json:
    """Everything of the answer but row numbers, the order of files named together, and the numbers of entries."""
    answer = {key: value for key, value in answer.items() if key != "problems"}
    for row in (row for value in answer.values() if isinstance(value, list) for row in value if isinstance(row, dict)):
        row["because"] = sorted(re.split(r"[; ()]+", PLACES.sub(r"\1", str(row.get("because")))))
    answer["discrepancies"] = sorted(answer["discrepancies"], key=repr)
    return answer


@MANY
@example(morning=A_BIT_OF_EVERYTHING)
@given(morning=small_mornings())
def test_every_pupil_has_one_standing_and_the_counts_add_up_to_the_roll(morning: SmallMorning, place: Path) -> None:
    answer = _answer(morning, place)
    listed = [pupil for name in LISTS for pupil in ids(answer, name)]
    assert len(listed) == len(set(listed)) and set(listed) <= set(IDS)
    counts = dict(answer["counts"])
    assert counts.pop("roll") == len(IDS) == sum(counts.values())
    assert counts.pop("in_school") == len(IDS) - len(listed)
    assert counts == {name: len(answer[name]) for name in LISTS}


@SOME
@example(morning=TWO_MARKS, seed=1)
@example(morning=TWO_MARKS, seed=2)
@example(morning=TWO_MARKS, seed=3)
@example(morning=A_BIT_OF_EVERYTHING, seed=1)
@example(morning=TWO_PLANS, seed=1)
@example(morning=TWO_PLANS, seed=2)
@example(morning=TWO_PLANS, seed=3)
@given(morning=small_mornings(), seed=st.integers(0, 9999))
def test_the_order_of_rows_and_of_files_taken_in_together_changes_nothing(
    morning: SmallMorning, seed: int, place: Path
) -> None:
    dice = Random(seed)  # noqa: S311
    files, shuffled = morning.files(), {}
    for name, (heading, *rows) in files.items():
        dice.shuffle(rows)
        shuffled[f"{dice.choice('ab')}-{name}"] = [heading, *rows]
    assert _without_places(_answer(morning, place)) == _without_places(_answer(morning, place, shuffled))


@SOME
@example(morning=A_BIT_OF_EVERYTHING, seed=1)
@given(morning=small_mornings(), seed=st.integers(0, 9999))
def test_rows_in_one_file_or_in_two_that_come_together_are_the_same(
    morning: SmallMorning, seed: int, place: Path
) -> None:
    dice, split = Random(seed), morning.files()  # noqa: S311
    for name in ("lates.csv", "messages.csv", "plans.csv", "roll.csv"):
        heading, *rows = split.pop(name)
        cut = dice.randint(1, max(1, len(rows) - 1))
        split |= {f"a-{name}": [heading, *rows[:cut]], f"b-{name}": [heading, *rows[cut:]]}
        if name == "roll.csv" and not rows[cut:]:
            del split[f"b-{name}"]
    assert _without_places(_answer(morning, place)) == _without_places(_answer(morning, place, split))


@MANY
@example(
    morning=A_BIT_OF_EVERYTHING.but(Marked(0, "P1", "N", "")), pupil="P1", name="register-2.csv", which=0, is_first=True
)
@given(
    morning=small_mornings(),
    pupil=st.sampled_from(IDS),
    name=st.sampled_from(sorted(UNREADABLE)),
    which=st.integers(0, 3),
    is_first=st.booleans(),
)
def test_a_row_that_cannot_be_read_takes_no_child_off_the_list(
    morning: SmallMorning, pupil: str, name: str, which: int, is_first: bool, place: Path
) -> None:
    before = _answer(morning, place)
    files = morning.files()
    row = UNREADABLE[name][which % len(UNREADABLE[name])]
    row = row.format(p=pupil, day=DAY, s=morning.session, t=morning.clock(5))
    heading, *rows = files.setdefault(name, files["register-0.csv"][:1])
    files[name] = [heading, row, *rows] if is_first else [heading, *rows, row]
    after = _answer(morning, place, files)
    assert _listed(before) <= _listed(after)
    told = {row["pupil_id"] for row in before["discrepancies"] if row["kind"] == "message-but-present"}
    assert set(ids(after, "explained")) <= {*ids(before, "explained"), *told}
    assert after["problems"], "a refused row is named"


@MANY
@example(morning=A_BIT_OF_EVERYTHING, seed=EVERYTHING_GOES)
@given(morning=small_mornings(), seed=st.integers(0, 9999))
def test_taking_away_evidence_for_a_child_never_takes_a_child_off_the_list(
    morning: SmallMorning, seed: int, place: Path
) -> None:
    """Evidence for: a message, plan, explanation, sign-in, sighting, arrival, comment; any of them, or several.

    Not a mark, a search in vain or a signing out: those speak against a child's being safe, and the child may well come
    off the list where they were never said.
    """
    dice, share = Random(seed), 1 if seed == EVERYTHING_GOES else HALF  # noqa: S311
    kept = [rest for fact in morning.facts for rest in (_without(fact) if dice.random() < share else [fact])]
    assert _listed(_answer(morning, place)) <= _listed(_answer(morning.but(*kept), place))


def _without(fact: Fact) -> list[Fact]:
    """What is left when a fact is taken away; all of it, where it speaks against a child."""
    if isinstance(fact, Marked):
        return [replace(fact, comment="")]
    return [] if _speaks_for(fact) else [fact]


def _speaks_for(fact: Fact) -> bool:
    match fact:
        case Signed(is_out=is_out):
            return not is_out
        case Entry(words=words):
            return not set(words) & set(AGAINST)
        case _:
            return isinstance(fact, Message | Plan)


@MANY
@example(morning=A_BIT_OF_EVERYTHING)
@given(morning=small_mornings())
def test_every_explanation_names_a_source_that_is_about_the_child(morning: SmallMorning, place: Path) -> None:
    folder = _fresh(place)
    school, answer = live(morning, folder)
    for row in answer["explained"]:
        source = A_SOURCE.search(row["because"])
        assert source is not None, row["because"]
        if source["file"]:
            lines = (folder / "inbox" / source["file"]).read_text(encoding="utf-8").splitlines()
            assert row["pupil_id"] in lines[int(source["row"]) - 1].split(",")
        else:
            assert row["pupil_id"] in school.log[source["entry"]]


@SOME
@example(morning=A_BIT_OF_EVERYTHING.but(Marked(0, "P4", "N", "")), heard=[Message(0, "", "Jo Fell", "a cold", DAY)])
@given(morning=small_mornings(), heard=st.lists(nameless, min_size=1, max_size=4))
def test_a_name_never_explains_by_itself(morning: SmallMorning, heard: list[Message], place: Path) -> None:
    named = [replace(message, number=50 + n) for n, message in enumerate(heard)]
    before, after = _answer(morning, place), _answer(morning.but(*morning.facts, *named), place)
    assert _standings(after) == _standings(before)
    waiting = {row["message_id"] for row in after["messages_to_match"]}
    assert {f"M{message.number}" for message in named if message.day in (DAY, "")} <= waiting


@MANY
@example(morning=A_BIT_OF_EVERYTHING.but(Marked(0, "P1", "N", "")), entry=Entry(("check", "P1", "--found"), 9))
@given(morning=small_mornings(), entry=entries)
def test_withdrawing_an_entry_equals_its_never_having_been_made(
    morning: SmallMorning, entry: Entry, place: Path
) -> None:
    assume(entry not in morning.facts)  # the same said twice at one moment is one entry
    taken_back = Entry(entry.words, entry.minute, is_withdrawn=True)
    with_it = _answer(morning.but(*morning.facts, taken_back), place)
    assert _without_places(with_it) == _without_places(_answer(morning, place))


@SOME
@example(morning=A_BIT_OF_EVERYTHING)
@given(morning=small_mornings())
def test_what_is_written_and_read_back_is_the_same_and_so_is_a_copy(morning: SmallMorning, place: Path) -> None:
    school, first = live(morning, _fresh(place))
    assert answer_of(school, morning) == first
    copy = _fresh(place)
    shutil.copytree(school.folder, copy, ignore=shutil.ignore_patterns("firstday.db*", "*.csv"))
    said = typed("backup", str(copy / "firstday.db"), "--school", str(school.folder))
    assert said.exit_code == 0, said.stderr
    school.folder = copy
    assert answer_of(school, morning) == first
    assert typed("verify", "--school", str(copy)).exit_code == 0


@MANY
@example(morning=A_BIT_OF_EVERYTHING, fact=Entry(("check", "P3", "--found"), 9))
@given(morning=small_mornings(), fact=st.one_of(tellings, tellings, *kinds_of_fact))
def test_evidence_about_one_child_moves_no_other(morning: SmallMorning, fact: Fact, place: Path) -> None:
    """On a morning on which nobody came. (# Y3 Y4 mean one thing for a whole group and another for one child.)"""
    facts = [f for f in morning.facts if not isinstance(f, Marked)]
    away = [Marked(0, pupil, "N", "") for pupil in IDS]
    before = _standings(_answer(morning.but(*away, *facts), place))
    after = _standings(_answer(morning.but(*away, *facts, _numbered(fact)), place))
    about = _whom(fact)
    assert {p: s for p, s in before.items() if p != about} == {p: s for p, s in after.items() if p != about}


def _numbered(fact: Fact) -> Fact:
    return replace(fact, number=50) if isinstance(fact, Message) else fact


def _whom(fact: Fact) -> str:
    """The child that a fact is about; nobody, where a message gives only a name."""
    if isinstance(fact, Entry):
        return next(word for word in fact.words if word in IDS)
    return fact.pupil
