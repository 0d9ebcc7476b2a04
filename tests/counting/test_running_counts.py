"""Counts that are kept and carried on are those counted afresh, whatever the order, the batches and the corrections."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from .at_the_door import Json, a_folder, counts, days_listed, take_in, verified
from .made_up_exports import Asked, Export
from .with_pandas import Reckoning

CALENDAR = """
[[terms]]
name = "Autumn 2026"
first = "2026-11-19"
last = "2026-12-18"

[[closures]]
first = "2026-11-23"
last = "2026-11-23"
why = "boiler"
sessions = ["PM"]

[[closures]]
first = "2026-11-24"
last = "2026-11-24"
why = "INSET"
sessions = ["AM", "PM"]
"""
DAYS = tuple(date(2026, 11, day) for day in (19, 20, 23, 25, 26, 27))
PUPILS = ("P1", "P2", "P3", "P4")
TODAY: Asked = (DAYS[-1], "PM")
FIRST_TAKEN, BETWEEN = datetime.fromisoformat("2026-11-24T09:05"), timedelta(hours=7)
MARKS = ("/", "/", "N", "N", "I", "L", "U", "C2", "X", "", "Q9", "B", "S", "C", "D")
NAMES = count()
LAWS = settings(
    deadline=None, derandomize="CI" in os.environ, database=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate), max_examples=8,
)  # fmt: skip
Rows = tuple[str, ...]


def _roll(third_starts: str = "") -> Rows:
    rows = (f"{p},Ada,Birch,4B,{third_starts if p == 'P3' else ''}," for p in PUPILS)
    return ("pupil_id,forename,surname,group,start_date,leave_date", *rows)


def _register(marks: Sequence[tuple[str, int, str, str]]) -> Rows:
    given_marks = {(p, DAYS[day], half): mark for p, day, half, mark in marks}
    rows = (f"{p},{day},{half},{mark}" for (p, day, half), mark in given_marks.items())
    return ("pupil_id,date,session,mark", *rows)


def _lates(rows: Sequence[tuple[str, int, str]]) -> Rows:
    return ("pupil_id,date,time_in", *dict.fromkeys(f"{p},{DAYS[day]},{at}" for p, day, at in rows))


def _plans(rows: Sequence[tuple[str, int, str]]) -> Rows:
    planned = (f"{p},{DAYS[day]},{DAYS[-2]},{half},C2" for p, day, half in rows)
    return ("pupil_id,from_date,to_date,session,code", *dict.fromkeys(planned))


def _whole_days(marks: dict[str, Sequence[str]]) -> Rows:
    """A register of all days: one mark a session; a dot for no row."""
    sessions = [(day, half) for day in range(len(DAYS)) for half in ("AM", "PM")]
    return _register(
        [
            (p, *where, mark)
            for p, letters in marks.items()
            for where, mark in zip(sessions, letters, strict=True)
            if mark != "."
        ]
    )


days, pupils, halves = st.integers(0, len(DAYS) - 1), st.sampled_from(PUPILS), st.sampled_from(("AM", "PM"))
a_mark = st.tuples(pupils, days, halves, st.sampled_from(MARKS))
registers = st.lists(a_mark, min_size=3, max_size=16).map(_register)
earlier = st.integers(0, 2)  # nobody signs in tomorrow
lates = st.lists(st.tuples(pupils, earlier, st.sampled_from(("09:12", "13:05"))), min_size=1, max_size=4).map(_lates)
plans = st.lists(st.tuples(pupils, earlier, st.sampled_from(("", "AM", "PM"))), min_size=1, max_size=3).map(_plans)
rolls = st.sampled_from(("", "2026-11-20", "2026-11-25")).map(_roll)
others = st.lists(st.one_of(registers, lates, plans, rolls), min_size=1, max_size=3)
evidence = st.tuples(st.lists(registers, min_size=2, max_size=3), others).map(lambda found: [*found[0], *found[1]])
"""Which of these files comes next, and whether it comes together with the one before; a file may come again."""
comings = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=7)
PRESENT, A_RUN = _whole_days(dict.fromkeys(PUPILS, "/\\" * 6)), _whole_days({"P1": "/\\/NN.NN/NNN", "P2": "N" * 12})
CORRECTED = _register([("P1", 3, "AM", "L"), ("P2", 0, "AM", "U"), ("P2", 5, "PM", "I")])


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder in which each example makes its schools."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def _in_order(files: Sequence[Rows], order: Sequence[int]) -> list[Export]:
    """Files in the order of their coming, over three days; the roll comes first."""
    coming = [_roll(), *(files[which % len(files)] for which in order)]
    return [
        Export(name=f"export-{number}.csv", at=FIRST_TAKEN + number * BETWEEN, rows=rows)
        for number, rows in enumerate(coming)
    ]


def _last_comings(exports: Sequence[Export]) -> list[Export]:
    """Each content once, where it came last: an export that comes back is the newest again."""
    return sorted({export.rows: export for export in exports}.values(), key=lambda export: export.at)


def _fresh(place: Path) -> Path:
    return a_folder(place / f"{next(NAMES)}", CALENDAR)


def _answers(folder: Path) -> tuple[dict[str, Json], dict[str, Json]]:
    return counts(folder, TODAY), days_listed(folder, TODAY)


@LAWS
@example(files=[PRESENT, A_RUN, CORRECTED], coming=[(1, False), (2, False), (0, False), (1, True), (2, False)])
@example(
    files=[A_RUN, _lates([("P1", 2, "09:12"), ("P2", 1, "13:05")]), _roll("2026-11-25")],
    coming=[(2, False), (1, False), (0, True)],
)
@example(files=[A_RUN, _plans([("P2", 0, "")]), _whole_days({"P2": ["C2"] * 12})],
         coming=[(0, False), (2, False), (1, False), (0, False), (2, True), (2, False)])  # fmt: skip
@given(files=evidence, coming=comings)
def test_order_batches_corrections_and_repeats_end_in_what_is_counted_afresh(
    files: list[Rows], coming: list[tuple[int, bool]], place: Path
) -> None:
    exports = _in_order(files, [which for which, _ in coming])
    bit_by_bit, waiting = _fresh(place), [exports[0]]
    for export, (_, is_together) in zip(exports[1:], coming, strict=True):
        if not is_together:
            take_in(bit_by_bit, waiting, waiting[-1].at)
            assert verified(bit_by_bit) == 0
            waiting = []
        waiting.append(export)
    take_in(bit_by_bit, waiting, waiting[-1].at)
    assert verified(bit_by_bit) == 0
    newest = _last_comings(exports)
    at_once = _fresh(place)
    take_in(at_once, newest, newest[-1].at)
    assert verified(at_once) == 0
    assert _answers(bit_by_bit) == _answers(at_once)
    reckoned = Reckoning(newest, [], CALENDAR, TODAY)
    apart = reckoned.in_then_not_known() | reckoned.new_here()
    found = {p: row["days_absent"] for p, row in counts(at_once, TODAY).items() if p not in apart}
    assert found == reckoned.days_absent().loc[list(found)].to_dict("index")


HEADING = "pupil_id,date,session,mark"
MOMENTS = tuple(datetime.fromisoformat(f"2026-11-{day}T09:20") for day in (23, 25, 26, 27))
AS_KNOWN: tuple[tuple[Rows, float, tuple[int, ...]], ...] = (
    # what came in; then the days, and the sessions possible, attended, authorised, unauthorised
    ((HEADING, "P1,2026-11-20,AM,/", "P1,2026-11-20,PM,N", "P1,2026-11-23,AM,N"), 1.5, (3, 1, 0, 2)),
    ((HEADING, "P1,2026-11-25,AM,N"), 2.5, (4, 1, 0, 3)),
    ((HEADING, "P1,2026-11-20,PM,L", "P1,2026-11-23,AM,I", "P1,2026-11-26,AM,N"), 3, (5, 2, 1, 2)),
    ((HEADING, "P1,2026-11-20,PM,N", "P1,2026-11-25,AM,/", "P1,2026-11-27,AM,N"), 3.5, (6, 2, 1, 3)),
)
DAYS_OF_P3 = _whole_days({"P3": ["/", "\\", "/", "\\", "N", ".", "C2", "C2", "N", ".", ".", "."]})
LATE_BOOK = ("pupil_id,date,time_in", "P3,2026-11-23,09:12")
PLANNED = ("pupil_id,from_date,to_date,session,code", "P3,2026-11-25,2026-11-25,,C2")


def _as_of(folder: Path, moment: datetime, pupil: str) -> Json:
    return counts(folder, (moment.date(), "AM"))[pupil]


def test_a_moment_before_later_exports_came_in_shows_the_counts_as_they_were_known_then(place: Path) -> None:
    """Each morning's export brings a mark of its day, the last two also correct earlier days."""
    folder = _fresh(place)
    take_in(folder, [Export(name="roll.csv", at=MOMENTS[0], rows=_roll())], MOMENTS[0])
    for moment, (came, _, _) in zip(MOMENTS, AS_KNOWN, strict=True):
        take_in(folder, [Export(name=f"{moment:%d}.csv", at=moment, rows=came)], moment)
    for moment, (_, days_then, sessions_then) in reversed(list(zip(MOMENTS, AS_KNOWN, strict=True))):
        row = _as_of(folder, moment, "P1")
        assert row["days_absent"]["cumulative"] == days_then, moment
        found = [row["sessions"][key] for key in ("possible", "attended", "authorised", "unauthorised")]
        assert found == list(sessions_then), moment
    assert verified(folder) == 0


@pytest.mark.parametrize("late", [LATE_BOOK, PLANNED, _roll("2026-11-25")], ids=["late book", "plan", "roll"])
def test_what_comes_in_late_shows_only_from_then_on(late: Rows, place: Path) -> None:
    """Three days by Thursday; on Friday a fourth, and news of an earlier day that takes one away again."""
    folder, (*_, thursday, friday) = _fresh(place), MOMENTS
    first = [Export(name="roll.csv", at=thursday, rows=_roll()), Export(name="r.csv", at=thursday, rows=DAYS_OF_P3)]
    take_in(folder, first, thursday)
    news = Export(name="news.csv", at=friday, rows=late)
    take_in(folder, [Export(name="friday.csv", at=friday, rows=(HEADING, "P3,2026-11-27,AM,N")), news], friday)
    cumulative = {at: _as_of(folder, at, "P3")["days_absent"]["cumulative"] for at in (thursday, friday)}
    assert cumulative == {thursday: 3, friday: 3}


@pytest.fixture(scope="module")
def kept(place: Path) -> Path:
    """A school with marks, sign-ins and messages, taken in on two days."""
    folder, said = _fresh(place), "M1,2026-11-25T08:10,P2,app,poorly"
    files: tuple[Rows, ...] = (
        _roll(),
        A_RUN,
        _lates([("P1", 4, "09:12"), ("P2", 5, "13:05")]),
        ("message_id,received_at,pupil_id,channel,text", said),
        CORRECTED,
    )
    exports = _in_order(files[1:], range(len(files) - 1))
    take_in(folder, exports[:3], FIRST_TAKEN)
    take_in(folder, exports[3:], MOMENTS[-1])
    assert verified(folder) == 0
    return folder


TABLES = ("running_year", "running_sign_in", "running_message")
ALTERED = (
    "update running_year set marks = replace(marks, 'N', '/') where pupil_id = 'P2'",
    "update running_year set year = 2025 where pupil_id = 'P2'",
    "update running_year set pupil_id = 'P4' where pupil_id = 'P2'",
    "update running_sign_in set at = '09:13' where pupil_id = 'P1'",
    "update running_sign_in set day = '2026-11-27' where pupil_id = 'P1'",
    "update running_message set at = '2026-11-26T08:10:00+00:00'",
    "update running_message set pupil_id = 'P1'",
    "update running_message set channel = 'letter'",
    *(f"delete from {table}" for table in TABLES),
    "insert into running_year select 'P9', year, marks from running_year limit 1",
    "insert into running_sign_in select pupil_id, name, grp, day, '09:59', said_at from running_sign_in limit 1",
    "insert into running_message select pupil_id, at, 'letter', said_at from running_message limit 1",
)


@pytest.mark.parametrize("statement", ALTERED)
def test_a_count_altered_behind_the_programs_back_is_found(statement: str, kept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "school"))
    with closing(sqlite3.connect(folder / "firstday.db")) as db, db:
        assert db.execute(statement).rowcount > 0, "nothing was altered, so nothing could be found"
    assert verified(folder) == 22
    assert verified(kept) == 0


@pytest.mark.parametrize("marks", ["//N", "NN/", "N//N", "/NN/", "/N/", "//"])
def test_taking_in_again_where_nothing_is_new_changes_nothing(marks: str, place: Path) -> None:
    """Exports ten minutes apart, some the same as others, are all found at once; then the inbox is looked at again."""
    registers = [_register([("P1", 5, "PM", mark), *((p, 5, "PM", "/") for p in PUPILS[1:])]) for mark in marks]
    folder = _fresh(place)
    came = [datetime.fromisoformat(f"2026-11-27T13:{10 * number:02}") for number in range(len(marks) + 1)]
    exports = [Export(name=f"{at:%H%M}.csv", at=at, rows=r) for at, r in zip(came, [_roll(), *registers], strict=True)]
    take_in(folder, exports, came[-1])
    first = counts(folder, TODAY)
    assert ("P1" in first) == marks.endswith("N")
    for _ in range(2):
        take_in(folder, [], came[-1])
        assert counts(folder, TODAY) == first
        assert set(days_listed(folder, TODAY)) == set(first)
