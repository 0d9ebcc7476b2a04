"""What makes a scheduled run loud, each in its own way, and what does not."""

from pathlib import Path

import pytest

from builders import a_register, a_roll, a_school, drop, run
from rules.table import RuleTable

POLICY = '[school]\nname = "Fernhill Primary School"\n'
CALENDAR = """\
[[terms]]
name = "Autumn 2026"
first = "2026-09-02"
last = "2026-12-18"

[[closures]]
first = "2026-11-20"
last = "2026-11-20"
why = "INSET"

[[closures]]
first = "2026-11-25"
last = "2026-11-25"
why = "boiler"
sessions = ["PM"]
"""
BEFORE = a_register("P001,B", "P002,", "P003,C")  # a visit and leave, as they are entered days ahead
FILES = {
    "entered before": BEFORE,
    "roll": a_roll(),
    "register": a_register(),
    "yesterdays register": a_register(day="2026-11-19"),
}

RULES = RuleTable(
    title="What is wrong with a scheduled run itself",
    source="Policy: [morning] and [afternoon] registers_in_by and calls_made_by, [freshness]; the calendar",
    columns=("runs before", "taken in", "in the inbox now", "this run", "it says"),
    rows=(
        # nothing came in
        ("none", "nothing", "roll, register", "23 Nov 09:20", "nothing"),
        ("none", "nothing", "nothing", "23 Nov 09:20", "empty-inbox, no-register"),
        ("none", "nothing", "nothing", "23 Nov 09:14", "nothing"),
        ("none", "nothing", "nothing", "21 Nov 09:20", "nothing"),
        ("none", "nothing", "nothing", "20 Nov 09:20", "nothing"),
        ("none", "roll of 19 Nov", "roll", "23 Nov 09:20", "nothing-new, no-register"),
        ("none", "roll of 19 Nov", "roll", "23 Nov 08:45", "nothing"),
        ("none", "roll of 19 Nov", "roll, register", "23 Nov 09:20", "nothing"),
        # no register
        ("none", "nothing", "roll", "23 Nov 09:20", "no-register"),
        ("none", "nothing", "roll", "23 Nov 09:14", "nothing"),
        ("none", "nothing", "roll, entered before", "23 Nov 09:20", "no-register"),
        ("none", "nothing", "roll, yesterdays register", "23 Nov 09:20", "no-register"),
        ("none", "nothing", "roll, register", "23 Nov 13:35", "no-register"),
        ("none", "nothing", "roll", "25 Nov 13:35", "no-register"),
        # too old
        ("none", "roll of 13 Nov", "roll, register", "23 Nov 09:20", "stale-export"),
        ("none", "roll of 16 Nov", "roll, register", "23 Nov 09:20", "nothing"),
        # cannot be read
        ("none", "nothing", "roll, register, rubbish", "23 Nov 09:20", "unreadable-file"),
        # no run made a list in time
        ("19 Nov 16:00", "nothing", "roll, register", "23 Nov 09:20", "nothing"),
        ("19 Nov 09:20", "nothing", "roll, register", "23 Nov 09:20", "missed-run"),
        ("19 Nov 14:00", "nothing", "roll, register", "23 Nov 09:20", "nothing"),
        ("19 Nov 16:00", "nothing", "roll, register", "23 Nov 10:00", "nothing"),
        ("19 Nov 16:00", "nothing", "roll, register", "23 Nov 10:01", "missed-run"),
        ("23 Nov 08:45", "nothing", "roll, register", "23 Nov 10:01", "missed-run"),
        ("23 Nov 09:20", "nothing", "roll, register", "23 Nov 10:01", "nothing"),
        ("23 Nov 09:50", "nothing", "roll, register", "23 Nov 10:01", "nothing"),
        ("19 Nov 16:00", "nothing", "roll, register", "21 Nov 11:00", "nothing"),
        ("24 Nov 16:00", "nothing", "roll, register", "25 Nov 15:30", "missed-run, no-register"),
        ("25 Nov 09:20", "nothing", "roll, register", "25 Nov 16:00", "no-register"),
    ),
)


def moment(words: str) -> str:
    day, month, time = words.split()
    return f"2026-{'11' if month == 'Nov' else '12'}-{int(day):02d}T{time}"


@pytest.mark.parametrize("row", RULES.rows, ids=" | ".join)
def test_a_run_says_what_is_wrong_with_it(tmp_path: Path, row: tuple[str, ...]) -> None:
    before, taken_in, lies_there, this, says = row
    school = a_school(tmp_path, {}, policy=POLICY, calendar=CALENDAR)
    if taken_in != "nothing":
        drop(school, {"roll.csv": FILES["roll"]})
        run(school, "ingest", now=moment(f"{taken_in.removeprefix('roll of ')} 09:00"))
    if before != "none":
        run(school, "morning", now=moment(before))
    exports = {name: FILES.get(name, "a,b\n1,2\n") for name in lies_there.split(", ") if name != "nothing"}
    if taken_in != "nothing":
        exports.pop("roll")  # it lies there as it was
    drop(school, {f"{name}.csv": text for name, text in exports.items()})
    ended = run(school, "morning", "--format", "json", now=moment(this))
    found = [trouble["trouble"] for trouble in ended.json["troubles"]]
    assert (", ".join(found) or "nothing") == says, ended.err
    assert ended.code != 0 or not found
