"""Weeks and terms: what is one absence that nobody has explained, and what are two."""

import pytest

from rules.ratings import ids_of, named
from rules.school import School, register, roll
from rules.table import RuleTable
from weeks import facts_for_leads, weeks

DAYS = ("2026-11-20", "2026-11-23", "2026-11-24")  # a Friday, then Monday and Tuesday
RULES = RuleTable(
    title="Absences that nobody has explained, on a Friday, a Monday and a Tuesday",
    source="Guidance, step 8: no explanation is very worrying; as known on Tuesday afternoon",
    columns=("Friday", "Monday", "Tuesday", "absences"),
    rows=(
        ("/ \\", "/ \\", "/ \\", "0"),
        ("N N", "/ \\", "/ \\", "1"),
        ("/ N", "/ \\", "/ \\", "1"),
        ("N \\", "/ \\", "/ \\", "1"),
        # a weekend between is no end
        ("N N", "N N", "N N", "1"),
        ("/ N", "N \\", "/ \\", "1"),
        # being in school, off site or explained is one
        ("N N", "/ \\", "N N", "2"),
        ("N \\", "N \\", "N \\", "3"),
        ("N N", "told told", "N N", "2"),
        ("N N", "V V", "N N", "2"),
        ("N N", "I I", "N N", "2"),
        # a code that the office entered is an answer, looked back on; that nobody knows is none
        ("I I", "/ \\", "/ \\", "0"),
        ("O O", "/ \\", "/ \\", "1"),
        ("told told", "told told", "told told", "0"),
        ("C C", "/ \\", "/ \\", "0"),
        # what is not known or not due is neither an absence nor the end of one
        ("N N", ". .", "N N", "1"),
        ("N N", "- -", "N N", "1"),
        ("N X", "N X", "N X", "1"),
        (". .", "- -", ". .", "0"),
        ("N N", ". .", "/ N", "2"),
    ),
)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school in which each row is a child."""
    school, pupils = School(tmp_path_factory.mktemp("silent") / "school"), ids_of(RULES)
    others = [f"Q{n}" for n in range(3)]
    school.drop("roll.csv", roll(f"{pupil},Kit,Row{pupil},4B,2016-01-01,," for pupil in (*pupils, *others)))
    for column, day in enumerate(DAYS):
        school.day = day
        for half, (session, at) in enumerate((("AM", "09:00"), ("PM", "13:10"))):
            marks = [(pupil, row[column].split()[half]) for pupil, row in zip(pupils, RULES.rows, strict=True)]
            said = [(p, "I", "mother rang") if m == "told" else (p, m) for p, m in marks if m != "."]
            here = [(other, "/" if session == "AM" else "\\") for other in others]
            school.drop(f"{day}-{session}.csv", register([*said, *here], day=day, session=session), changed=f"{at}:00")
            school.take_in(at=at)
    return school


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_how_many_absences_nobody_explained(pupil: str, silent: School) -> None:
    found = facts_for_leads(silent.folder, DAYS[0], DAYS[-1], now=f"{DAYS[-1]}T15:00")["unexplained_absences"]
    counts = {row["pupil_id"]: row["absences"] for row in found["pupils"]}
    assert counts.get(pupil, 0) == int(RULES.rows[ids_of(RULES).index(pupil)][-1])


def test_the_office_is_told_how_many_pupils_and_not_which(silent: School) -> None:
    found = weeks(silent.folder, DAYS[0], DAYS[-1], now=f"{DAYS[-1]}T15:00")["unexplained_absences"]
    expected = [row[-1] for row in RULES.rows]
    assert found == {key: expected.count(key[0]) for key in ("1", "2", "3_or_more")}
