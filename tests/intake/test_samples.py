"""Every export under samples/ is read as the file beside it says, and every layout that is shipped has a sample."""

import csv
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from builders import a_school, drop, reconcile, run

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = sorted(SAMPLES.glob("*/*.toml"))
PROFILES = sorted(
    (f for f in (resources.files("firstday_cli.intake") / "profiles").iterdir() if f.name.endswith(".toml")),
    key=lambda f: f.name,
)
ACROSS = re.compile(r"(mon|tue|wed|thu|fri)?(am|pm)$|\d(am|pm)$")


def expected_of(sample: Path) -> dict[str, Any]:
    return tomllib.loads(sample.read_text(encoding="utf-8"))


def name_of(sample: Path) -> str:
    return f"{sample.parent.name}/{sample.stem}"


def export_of(sample: Path) -> Path:
    return sample.with_suffix(".csv")


def a_school_with(sample: Path, tmp_path: Path) -> Path:
    """A school that took in what stands beside the sample first, and has the sample in its inbox."""
    beside = {name: (sample.parent / name).read_bytes() for name in expected_of(sample)["beside"]}
    school = a_school(tmp_path, dict(beside))
    run(school, "ingest", now="2026-11-23T09:15")
    drop(school, {export_of(sample).name: export_of(sample).read_bytes()})
    return school


@pytest.mark.parametrize("sample", EXPECTED, ids=name_of)
def test_a_sample_is_taken_in_as_expected(sample: Path, tmp_path: Path) -> None:
    expected = expected_of(sample)["ingest"]
    said = run(a_school_with(sample, tmp_path), "ingest", "--format", "json").json
    assert [file["file"] for file in said["files"]] == [export_of(sample).name]
    file = said["files"][0]
    assert file["profile"] == sample.parent.name
    for key in ("kind", "rows_read", "rows_understood", "rows_refused"):
        assert file[key] == expected[key], key
    assert [[p["row"], p["column"], p["found"]] for p in said["problems"]] == expected["problems"]
    assert len(file["warnings"]) == len(expected.get("warned", ()))
    assert all(words in warning for words, warning in zip(expected.get("warned", ()), file["warnings"], strict=True))
    assert file["error"] is None


@pytest.mark.parametrize("sample", EXPECTED, ids=name_of)
def test_a_samples_pupils_stand_where_expected(sample: Path, tmp_path: Path) -> None:
    expected = expected_of(sample)
    school = a_school_with(sample, tmp_path)
    counts = reconcile(school)["counts"]
    assert {key: counts[key] for key in expected.get("counts", {})} == expected.get("counts", {})
    for pupil_id, facts in expected["pupils"].items():
        pupil = run(school, "why", pupil_id, "--for", "safeguarding", "--format", "json").json["pupil"]
        assert {key: without_blanks(pupil[key]) for key in facts} == facts, pupil_id


def without_blanks(value: Any) -> Any:
    """Lists of contacts without the numbers that nobody may ring, as TOML has no null."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{key: said for key, said in one.items() if said is not None} for one in value]
    return value


def test_every_export_has_its_expectation_beside_it_and_every_expectation_its_export() -> None:
    assert {p.with_suffix("") for p in SAMPLES.glob("*/*.csv")} == {p.with_suffix("") for p in EXPECTED}
    assert all(expected_of(sample)["says"] for sample in EXPECTED)


def key_of(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def headings_of(sample: Path) -> set[str]:
    with export_of(sample).open(encoding="utf-8", newline="") as file:
        text = file.read()
    separator = max(",;\t|", key=text.count)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    return {key_of(cell) for cell in rows[expected_of(sample)["heading_row"] - 1]}


def is_sample_of(export: dict[str, Any], headings: set[str]) -> bool:
    def has(meaning: str) -> bool:
        return any(key_of(heading) in headings for heading in export["columns"].get(meaning, ()))

    across = not export.get("marks_across") or any(ACROSS.search(heading) for heading in headings)
    absent = not any(key_of(heading) in headings for heading in export.get("without", ()))
    one_of = all(any(map(has, choice)) for choice in export.get("needs_one_of", ()))
    return across and absent and one_of and all(map(has, export["needs"]))


LAYOUTS = [
    (profile.name.removesuffix(".toml"), number, export)
    for profile in PROFILES
    for number, export in enumerate(tomllib.loads(profile.read_text(encoding="utf-8"))["exports"], start=1)
]


@pytest.mark.parametrize(("profile", "number", "export"), LAYOUTS, ids=[f"{p} {n}" for p, n, _ in LAYOUTS])
def test_every_layout_that_is_shipped_has_a_sample(profile: str, number: int, export: dict[str, Any]) -> None:
    samples = [s for s in EXPECTED if s.parent.name == profile]
    assert any(
        is_sample_of(export, headings_of(s)) and expected_of(s)["ingest"]["kind"] == ", ".join(export["holds"])
        for s in samples
    ), f"{profile}, export {number}: no sample"


def test_no_sample_names_anybody_real() -> None:
    for sample in SAMPLES.glob("*/*.csv"):
        text = sample.read_text(encoding="utf-8")
        digits = re.findall(r"\b0?7\d{3} ?\d{6}\b|\b01\d{3} ?\d{6}\b", text)
        assert all(re.sub(r"\D", "", d).lstrip("0").startswith(("77009", "163296")) for d in digits), sample
        assert all(upn[1:4] == "999" for upn in re.findall(r"\b[A-Z]\d{12}\b", text)), sample
