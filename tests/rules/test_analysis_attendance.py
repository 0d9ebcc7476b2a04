"""Weeks and terms: what each mark does to the sums, and which lines stand together because they are of few pupils."""

import pytest

from firstday_cli.domain.term.small_numbers import joined
from firstday_cli.domain.term.term_picture import AttendanceLine
from rules.ratings import ids_of, named
from rules.school import DAY, School, register, roll
from rules.table import RuleTable
from weeks import facts_for_leads, weeks

SUMS = RuleTable(
    title="What a day's marks are in the sums of weeks and terms, in sessions",
    source="Working together to improve school attendance: the statistical meaning of each code",
    columns=("morning", "afternoon", "possible", "attended", "authorised", "unauthorised", "no mark"),
    rows=(
        ("/", "\\", "2", "2", "0", "0", "0"),
        ("L", "\\", "2", "2", "0", "0", "0"),
        ("U", "\\", "2", "1", "0", "1", "0"),  # in school, and for statistics absent
        ("B", "V", "2", "2", "0", "0", "0"),  # off site, and for statistics there
        ("D", "D", "0", "0", "0", "0", "0"),
        ("I", "I", "2", "0", "2", "0", "0"),
        ("N", "O", "2", "0", "0", "2", "0"),
        ("C2", "\\", "2", "1", "1", "0", "0"),
        ("X", "X", "0", "0", "0", "0", "0"),
        ("Y1", "\\", "1", "1", "0", "0", "0"),
        # what nobody knows is neither possible nor missed
        ("-", "\\", "1", "1", "0", "0", "1"),
        ("no row", "\\", "1", "1", "0", "0", "1"),
        ("H", "\\", "1", "1", "0", "0", "1"),  # a code that is no longer in force
        ("two marks", "\\", "1", "1", "0", "0", "1"),
        ("no row", "no row", "0", "0", "0", "0", "2"),
    ),
)
TOGETHER = RuleTable(
    title="Lines of weeks and terms that stand together, so that none is of fewer than five pupils",
    source="Decision 0056; not on a page for safeguarding",
    columns=("groups and their pupils", "lines"),
    rows=(
        ("4A 5; 4B 6", "4A 5; 4B 6"),
        ("4A 4; 4B 6; 4C 7", "4C 7; 4A, 4B 10"),  # the smallest other one is taken in
        ("4A 4; 4B 1; 4C 7", "4C 7; 4A, 4B 5"),
        ("4A 2; 4B 2; 4C 7; 4D 6", "4C 7; 4A, 4B, 4D 10"),
        ("4A 4; 4B 20", "4A, 4B 24"),
        ("4A 4", "4A 4"),  # the whole school: there is nothing to take it in
        ("4A 1; 4B 2", "4A, 4B 3"),
        ("", ""),
    ),
)
RULES = (SUMS, TOGETHER)
KEYS = ("possible", "attended", "authorised", "unauthorised", "unmarked")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which each row of the sums is a child in a group of its own."""
    school, pupils = School(tmp_path_factory.mktemp("sums") / "school"), ids_of(SUMS)
    school.drop("roll.csv", roll(f"{pupil},Kit,Row{pupil},G{pupil},2016-01-01,," for pupil in pupils))
    for session, column in (("AM", 0), ("PM", 1)):
        marks = [(pupil, row[column]) for pupil, row in zip(pupils, SUMS.rows, strict=True)]
        school.drop(f"{session}.csv", register(
            [(p, "N" if m == "two marks" else m) for p, m in marks if m != "no row"], session=session
        ))  # fmt: skip
        twice = [(p, "I") for p, m in marks if m == "two marks"]
        if twice:
            school.drop(f"{session}-too.csv", register(twice, session=session))
    school.take_in(at="13:10")
    return school


@pytest.mark.parametrize("pupil", ids_of(SUMS), ids=named(SUMS))
def test_each_mark_counts_once_in_its_class(pupil: str, marked: School) -> None:
    lines = facts_for_leads(marked.folder, DAY, DAY, now=f"{DAY}T15:00")["by_group"]
    (line,) = [line for line in lines if line["label"] == f"G{pupil}"]
    expected = SUMS.rows[ids_of(SUMS).index(pupil)][2:]
    assert tuple(str(line[key]) for key in KEYS) == expected
    missed = int(expected[2]) + int(expected[3])
    assert line["absence"] == (100 * missed / int(expected[0]) if int(expected[0]) else None)


def test_every_heading_adds_up_to_the_same_sums(marked: School) -> None:
    found = weeks(marked.folder, DAY, DAY, now=f"{DAY}T15:00")
    sums = [sum(int(row[column]) for row in SUMS.rows) for column in range(2, 7)]
    assert [found["overall"][key] for key in KEYS] == sums
    for heading in ("by_week", "by_group", "by_weekday", "by_rating"):
        assert [sum(line[key] for line in found[heading]) for key in KEYS] == sums, heading
        assert sum(line["pupils"] for line in found[heading]) == len(SUMS.rows), heading


def _line(words: str) -> AttendanceLine:
    label, _, pupils = words.rpartition(" ")
    counts = dict.fromkeys(("attended", "authorised", "unauthorised", "unmarked"), int(pupils))
    return AttendanceLine(label=label, pupils=int(pupils), **counts)


@pytest.mark.parametrize(("groups", "lines"), TOGETHER.rows, ids=[row[0] for row in TOGETHER.rows])
def test_lines_of_few_pupils_stand_together(groups: str, lines: str) -> None:
    given = [_line(words) for words in groups.split("; ") if words]
    found = joined(given)
    assert "; ".join(f"{line.label} {line.pupils}" for line in found) == lines
    assert sum(line.possible for line in found) == sum(line.possible for line in given)
    assert sum(line.unmarked for line in found) == sum(line.unmarked for line in given)
