"""The policies that the docs show are read, and rate as they say."""

from pathlib import Path

import pytest

from builders import CALENDAR, a_school, lines, run

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "docs" / "examples").glob("policy-*.toml"))
PUPILS = "pupil_id,forename,surname,group", "P1,Ivy,Ward,4B", "P2,Tom,Ward,4B", "P3,Zoë,Vale,4B"
FLAGS = "pupil_id,flag", "P1,social-worker", "P2,s47"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_a_policy_that_can_be_used(example: Path, tmp_path: Path) -> None:
    school = a_school(
        tmp_path, {"roll.csv": lines(*PUPILS), "flags.csv": lines(*FLAGS)},
        policy=example.read_text(encoding="utf-8"), calendar=CALENDAR,
    )  # fmt: skip
    run(school, "ingest")
    rated = {p["pupil_id"]: p["rating"] for p in run(school, "rag", "--format", "json").json["pupils"]}
    assert rated == {"P1": "AMBER", "P2": "RED", "P3": "GREEN"}


def test_there_is_an_example_beside_what_is_shipped() -> None:
    assert EXAMPLES
