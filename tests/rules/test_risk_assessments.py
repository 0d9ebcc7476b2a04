"""Risk assessments on file of pupils who are RED: whose is wanting, and who is told so."""

import pytest

from rules.ratings import by_pupil, flagged_school, ids_of, named, ratings, review, text_of
from rules.school import Json, School
from rules.table import RuleTable

RULES = RuleTable(
    title="Whose risk assessment is wanting, Tuesday 24 November 2026",
    source="Millbrook: every pupil who is RED has a full risk assessment",
    columns=("flags", "risk assessments on file", "wanting"),
    rows=(
        ("social-worker", "", "yes"),
        ("social-worker", "made 2026-11-02, review 2026-12-01", "no"),
        ("social-worker", "made 2026-11-02, review 2026-11-24", "no"),
        ("social-worker", "made 2026-11-02, review 2026-11-23", "yes"),
        ("social-worker", "made 2026-09-07, review 2026-11-02; made 2026-11-02, review 2026-12-01", "no"),
        ("social-worker", "made 2026-11-02, review 2026-12-01; made 2026-09-07, review 2026-11-02", "no"),
        ("social-worker", "made 2026-11-02, review 2026-12-01; taken back", "yes"),
        ("social-worker until 2026-11-23", "", "no"),
        ("ewo", "", "no"),
        ("ewo", "made 2026-09-07, review 2026-11-02", "no"),
        ("", "", "no"),
    ),
)


@pytest.fixture(scope="module")
def assessed(tmp_path_factory: pytest.TempPathFactory) -> School:
    """A school with the risk assessments of the table; everybody is marked N."""
    words = {pupil: row[0] for pupil, row in zip(ids_of(RULES), RULES.rows, strict=True)}
    school = flagged_school(tmp_path_factory.mktemp("assessed") / "school", words, dict.fromkeys(words, "N"))
    for pupil, row in zip(words, RULES.rows, strict=True):
        for said in filter(None, row[1].split("; ")):
            if said == "taken back":
                school.say("withdraw", "last", "--why", "the wrong child", at="09:00")
                continue
            on, review_on = (part.split()[-1] for part in said.split(", "))
            school.say("assess", pupil, "--on", on, "--review", review_on, "--ref", f"safe, {pupil}", at="09:00")
    return school


@pytest.fixture(scope="module")
def wanted(assessed: School) -> tuple[Json, Json]:
    """What `rag` and what the review say of each pupil."""
    return ratings(assessed), by_pupil(review(assessed))


@pytest.mark.parametrize("pupil", ids_of(RULES), ids=named(RULES))
def test_a_red_pupil_without_a_risk_assessment_in_date_is_named(
    pupil: str, assessed: School, wanted: tuple[Json, Json]
) -> None:
    wanting = RULES.rows[ids_of(RULES).index(pupil)][2] == "yes"
    said = [found[pupil]["assessment_wanting"] for found in wanted]
    assert [bool(words) for words in said] == [wanting, wanting]
    assert said[0] == said[1]
    leads = text_of(assessed, "why", pupil, "--for", "safeguarding")
    assert ("risk assessment" in leads) is wanting
    assert "risk assessment" not in text_of(assessed, "why", pupil)


def test_the_pages_for_safeguarding_name_them_and_the_office_page_does_not(assessed: School) -> None:
    expected = [p for p, row in zip(ids_of(RULES), RULES.rows, strict=True) if row[2] == "yes"]
    for command in (("rag", "--for", "safeguarding"), ("review",), ("reconcile", "--for", "safeguarding")):
        lines = [line for line in text_of(assessed, *command).splitlines() if "risk assessment " in line]
        assert sorted(line.split()[0] for line in lines if line.startswith("P")) == expected, command
    for command in (("rag",), ("reconcile",)):
        assert "assessment" not in text_of(assessed, *command)


def test_the_assessment_on_file_is_the_latest_with_its_dates_and_where_it_is(assessed: School) -> None:
    found = ratings(assessed)
    expected = {"on": "2026-11-02", "review": "2026-12-01"}
    for place in (1, 4, 5):
        pupil = ids_of(RULES)[place]
        assert found[pupil]["assessment"] == {**expected, "reference": f"safe, {pupil}"}
    assert found[ids_of(RULES)[0]]["assessment"] is None
    assert "safe, P01" not in text_of(assessed, "rag")
