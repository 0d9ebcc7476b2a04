"""Which facts make a pupil RED or AMBER; the highest wins."""

from pathlib import Path

import pytest

from rules.school import Json, School, pupil_in, register, roll
from rules.table import RuleTable

RULES = RuleTable(
    title="What rates a pupil, as shipped",
    source="Millbrook, table of student focus groups",
    columns=("flags", "rating", "unsure", "because"),
    rows=(
        ("looked-after", "RED", "no", "looked-after child"),
        ("cse", "RED", "no", "at risk of child sexual exploitation"),
        ("cce", "RED", "no", "at risk of child criminal exploitation"),
        ("social-worker", "RED", "no", "has a social worker"),
        ("child-protection-plan", "RED", "no", "has a child protection plan"),
        ("s47", "RED", "no", "section 47 enquiry"),
        ("suicide-risk", "RED", "no", "mental health linked to suicide risk"),
        ("forced-marriage-risk", "RED", "no", "at risk of forced marriage"),
        ("fgm-risk", "RED", "no", "at risk of female genital mutilation"),
        ("abduction-risk", "RED", "no", "at risk of abduction"),
        ("external-agency", "AMBER", "no", "working with an external agency"),
        ("family-concern", "AMBER", "no", "family concern"),
        ("ewo", "AMBER", "no", "education welfare officer involved"),
        ("attendance-support", "AMBER", "no", "attendance support team involved"),
        ("police-investigation", "AMBER", "no", "police investigation"),
        ("previously-looked-after", "AMBER", "no", "previously looked after"),
        ("privately-fostered", "AMBER", "no", "privately fostered"),
        ("young-carer", "AMBER", "no", "young carer"),
        ("previously-missing", "AMBER", "no", "has been missing before"),
        ("cannot-summon-help", "GREEN", "no", ""),
        ("walks-alone", "GREEN", "no", ""),
        ("ehcp", "GREEN", "no", ""),
        ("interpreter", "GREEN", "no", ""),
        ("", "GREEN", "no", ""),
        # the highest wins, in whatever order they come
        ("ewo; social-worker", "RED", "no", "has a social worker"),
        ("social-worker; ewo", "RED", "no", "has a social worker"),
        ("ehcp; young-carer", "AMBER", "no", "young carer"),
        ("cse; looked-after", "RED", "no", "at risk of child sexual exploitation; looked-after child"),
        # written otherwise, the same flag
        ("Looked After", "RED", "no", "looked-after child"),
        ("SOCIAL_WORKER", "RED", "no", "has a social worker"),
        # a word that no rule knows may hide anything
        ("looked-aftr", "GREEN", "yes", 'the flag "looked-aftr" is in no rule: ask what it means'),
        ("xyz; young-carer", "AMBER", "yes", 'young carer; the flag "xyz" is in no rule: ask what it means'),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """A morning on which nobody came, each pupil with the flags of one row."""
    school = School(tmp_path_factory.mktemp("rag") / "school")
    pupils = [f"R{n:02d}" for n in range(len(RULES.rows))]
    school.drop("roll.csv", roll(f"{pupil},Kit,Row{pupil},4B,2016-01-01,," for pupil in pupils))
    school.drop("register.csv", register([(pupil, "N") for pupil in pupils]))
    given = (f"{pupil},{flag}" for pupil, row in zip(pupils, RULES.rows, strict=True) for flag in row[0].split("; "))
    school.drop("flags.csv", ["pupil_id,flag", *(line for line in given if not line.endswith(","))])
    return school.reconcile()


@pytest.mark.parametrize("number", range(len(RULES.rows)), ids=[row[0] or "no flag" for row in RULES.rows])
def test_the_highest_rating_that_a_flag_gives_is_the_rating(number: int, answer: Json) -> None:
    _, rating, unsure, because = RULES.rows[number]
    found = pupil_in(answer, f"R{number:02d}")
    assert found["rating"] == rating
    assert found["rating_unsure"] is (unsure == "yes")
    assert sorted(found["rating_because"]) == sorted(because.split("; ") if because else [])


def test_unknown_flags_are_among_the_problems(answer: Json) -> None:
    assert sorted(row["found"] for row in answer["problems"] if row["column"] == "flag") == ["looked-aftr", "xyz"]


def test_red_is_called_first_and_green_is_called_too(answer: Json) -> None:
    ratings = [row["rating"] for row in answer["unexplained"]]
    assert len(ratings) == len(RULES.rows)
    assert ratings.index("AMBER") > max(n for n, rating in enumerate(ratings) if rating == "RED")


def test_flags_never_taken_in_leave_every_rating_unsure(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N")]))
    found = pupil_in(school.reconcile(), "P1")
    assert (found["rating"], found["rating_unsure"]) == ("GREEN", True)
    assert found["rating_because"] == ["flags were never taken in"]


def test_a_flag_of_the_roll_rates_as_one_of_the_flags(tmp_path: Path) -> None:
    school = School(tmp_path / "school")
    rows = ("P1,Ivy,Brennan,4B,ewo;looked-after", "P2,Jo,Fell,4B,")
    school.drop("roll.csv", ["pupil_id,forename,surname,group,flags", *rows])
    school.drop("register.csv", register([("P1", "N"), ("P2", "N")]))
    answer = school.reconcile()
    assert [(row["pupil_id"], row["rating"], row["rating_unsure"]) for row in answer["unexplained"]] == [
        ("P1", "RED", False),
        ("P2", "GREEN", False),
    ]


def test_a_school_may_rate_by_rules_of_its_own_and_the_highest_line_wins(tmp_path: Path) -> None:
    lines = (f'{{ flag = "ehcp", rating = "{rating}", because = "has a plan" }}' for rating in ("AMBER", "RED"))
    school = School(tmp_path / "school", policy=f"[rag]\nrules = [{', '.join(lines)}]\n")
    school.drop("roll.csv", roll(["P1,Ivy,Brennan,4B,2016-01-01,,"]))
    school.drop("register.csv", register([("P1", "N")]))
    school.drop("flags.csv", ["pupil_id,flag", "P1,ehcp"])
    assert pupil_in(school.reconcile(), "P1")["rating"] == "RED"
