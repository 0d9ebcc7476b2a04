"""How each duty of the day was met: done, late, missed or owed, whether or not the child came in since."""

import pytest

from rules.day_reports import OTHERS, a_roll, mobiles, report, summary
from rules.days import registers, weekdays
from rules.ratings import flags, ids_of, named
from rules.school import School, register
from rules.steps import done
from rules.table import RuleTable

RULES = RuleTable(
    title="How a duty of today was met: it does not lapse when the child comes in",
    source="Millbrook, table of student focus groups; home visits to be completed by 11:45am",
    columns=("rating", "mark", "what was done", "asked at", "the duty"),
    rows=(
        ("RED", "N", "", "11:45", "owed"),
        ("RED", "N", "", "11:46", "missed"),
        ("RED", "N", "seen 11:30", "12:15", "done"),
        ("RED", "N", "seen 11:30, written down 12:10", "12:15", "done"),
        ("RED", "N", "seen 11:50", "12:15", "late"),
        ("RED", "N", "seen 11:30; seen taken back 12:00", "12:15", "missed"),
        # the child came in
        ("RED", "N", "found 11:30", "12:15", "nothing was owed"),
        ("RED", "N", "found 11:30, written down 12:10", "12:15", "nothing was owed"),
        ("RED", "N", "found 12:00", "12:15", "missed, absent no more"),
        ("RED", "N", "seen 11:30; found 12:00", "12:15", "done, absent no more"),
        ("RED", "N, then L in a register of 12:05", "", "12:15", "missed, absent no more"),
        ("RED", "N, then L in a register of 11:35", "", "12:15", "nothing was owed"),
        ("RED", "none, then / in a register of 12:05", "", "12:15", "nothing was owed"),
        ("RED", "none, then N in a register of 12:05", "", "12:15", "missed"),
        ("RED", "N, and in school this afternoon", "", "14:15", "missed, absent no more"),
        ("GREEN", "C", "", "10:00", "owed"),
        ("GREEN", "C", "", "10:30", "missed"),
        ("GREEN", "C", "answered call 09:50", "10:30", "done"),
        ("GREEN", "C", "answered call 10:20", "10:30", "late"),
        ("GREEN", "C", "found 10:20", "10:30", "missed, absent no more"),
        ("AMBER, the third day", "N", "", "15:00", "owed"),
        ("AMBER, the third day", "N", "seen 14:50", "15:20", "done"),
        ("AMBER, the third day", "N", "seen 15:10", "15:20", "late"),
        ("AMBER, the third day", "N", "", "15:20", "missed"),
    ),
)

FLAGS = {"RED": "social-worker", "AMBER, the third day": "ewo", "GREEN": ""}
DUTY = {"RED": "face-to-face", "AMBER, the third day": "face-to-face", "GREEN": "daily-contact"}
FIRST_MARK = {"none": ""}


@pytest.fixture(scope="module")
def owed(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which each row of the duties is a child; registers come in when the table says so."""
    school = School(tmp_path_factory.mktemp("owed") / "school")
    rows = dict(zip(ids_of(RULES), RULES.rows, strict=True))
    school.drop("roll.csv", a_roll(list(rows)))
    school.drop("contacts.csv", mobiles(list(rows)))
    school.drop("flags.csv", flags({pupil: FLAGS[row[0]] for pupil, row in rows.items()}))
    before = {
        pupil: {(day, half): "N" for day in weekdays("2026-11-20", "2026-11-23") for half in ("AM", "PM")}
        for pupil, row in rows.items() if "third" in row[0]
    }  # fmt: skip
    school.drop("before.csv", registers(before))
    school.drop(
        "am.csv", register([*((p, row[1].split(",")[0].replace("none", "")) for p, row in rows.items()), *OTHERS])
    )
    school.take_in(at="08:50")
    for at in ("11:35", "12:05"):
        later = [(p, row[1].split()[2]) for p, row in rows.items() if row[1].endswith(at)]
        school.drop(f"am-{at[:2]}.csv", register(later))
        school.take_in(at=at)
    came_in = {
        p for p, row in rows.items() if row[-1] in ("nothing was owed", "missed, absent no more") or "found" in row[2]
    }
    afternoon = [(p, "\\" if p in came_in else row[1].replace("none, then ", "")[0]) for p, row in rows.items()]
    school.drop("pm.csv", register([*afternoon, *((p, "\\") for p, _ in OTHERS)], session="PM"))
    school.take_in(at="13:10")
    for pupil, row in rows.items():
        done(school, pupil, row[2])
    return school


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_a_duty_is_done_late_missed_or_owed_whatever_came_after(pupil: str, owed: School) -> None:
    rating, *_, at, how = RULES.rows[ids_of(RULES).index(pupil)]
    notes = report(owed, "cpoms", at)["notes"]
    note = next((n["note"] for n in notes if n["pupil_id"] == pupil), "")
    line = next((line for line in note.split("\n") if line.startswith(DUTY[rating])), "")
    assert IN_A_NOTE[how] in line
    assert bool(line) is (how != "nothing was owed")
    missed = [d for d in summary(owed, at)["duties"]["missed_or_late"] if d["pupil_id"] == pupil]
    missed = [d for d in missed if d["duty"] == DUTY[rating]]
    shown = [d["state"] + ("" if d["absent_still"] else ", absent no more") for d in missed]
    assert shown == [how] * how.startswith(("missed", "late"))


IN_A_NOTE = {
    "owed": ": owed", "missed": "not done in time, owed still", "missed, absent no more": "missed: the child came in",
    "done": ": done, ", "late": ": done late, ", "done, absent no more": ": done, seen by", "nothing was owed": "",
}  # fmt: skip


def test_the_duties_add_up(owed: School) -> None:
    duties = summary(owed, "15:20")["duties"]
    assert len(duties["missed_or_late"]) == duties["missed"] + duties["late"]
    assert duties["owed"] == 0
