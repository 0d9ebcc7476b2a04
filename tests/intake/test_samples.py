"""Every export under samples/ is read as the file beside it says, and every layout that is shipped has a sample."""

import csv
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from builders import a_school, drop, dump, reconcile, run

SAMPLES = Path(__file__).parent / "samples"
EXPECTED = sorted(SAMPLES.glob("*/*.toml"))
EXPORTS = sorted(path for path in SAMPLES.glob("*/*.*") if path.suffix != ".toml")
READ_AT = "2026-11-23T09:30"
PROFILES = sorted(
    (f for f in (resources.files("firstday_cli.intake") / "profiles").iterdir() if f.name.endswith(".toml")),
    key=lambda f: f.name,
)
ACROSS = re.compile(r"(mon|tue|wed|thu|fri)?(am|pm)$|\d(am|pm)$")


def expected_of(sample: Path) -> dict[str, Any]:
    return tomllib.loads(sample.read_text(encoding="utf-8"))


TAKEN = [sample for sample in EXPECTED if "ingest" in expected_of(sample)]
REFUSED = [sample for sample in EXPECTED if "refused" in expected_of(sample)]
WAITED = [sample for sample in EXPECTED if {"waiting", "proposed"} & expected_of(sample).keys()]


def name_of(sample: Path) -> str:
    return f"{sample.parent.name}/{sample.stem}"


def export_of(sample: Path) -> Path:
    return next(path for path in EXPORTS if path.with_suffix("") == sample.with_suffix(""))


def text_of(export: Path) -> str:
    raw = export.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


def a_school_with(sample: Path, tmp_path: Path) -> Path:
    """A school that took in what stands beside the sample first, and has the sample in its inbox."""
    beside = {Path(name).name: (sample.parent / name).read_bytes() for name in expected_of(sample)["beside"]}
    school = a_school(tmp_path, dict(beside))
    for name in beside:
        run(school, "ingest", str(school / "inbox" / name), now="2026-11-23T09:15")
    drop(school, {export_of(sample).name: export_of(sample).read_bytes()})
    return school


def tables_expected(sample: Path) -> list[tuple[str, dict[str, Any]]]:
    """Each table of the sample, as it is named, with what is expected of it; a plain export is one table."""
    said, name = expected_of(sample)["ingest"], export_of(sample).name
    return [(f"{name}, {table['table']}", table) for table in said] if isinstance(said, list) else [(name, said)]


@pytest.mark.parametrize("sample", TAKEN, ids=name_of)
def test_a_sample_is_taken_in_as_expected(sample: Path, tmp_path: Path) -> None:
    said = run(a_school_with(sample, tmp_path), "ingest", "--format", "json", now=READ_AT).json
    tables = tables_expected(sample)
    assert [file["file"] for file in said["files"]] == [name for name, _ in tables]
    for file, (name, expected) in zip(said["files"], tables, strict=True):
        assert file["error"] is None
        assert file["profile"] == sample.parent.name
        for key in ("kind", "rows_read", "rows_understood", "rows_refused"):
            assert file[key] == expected[key], (name, key)
        problems = [[p["row"], p["column"], p["found"]] for p in said["problems"] if p["file"] == name]
        assert problems == expected["problems"]
        assert len(file["warnings"]) == len(expected.get("warned", ()))
        told = zip(expected.get("warned", ()), file["warnings"], strict=True)
        assert all(words in warning for words, warning in told)


@pytest.mark.parametrize("sample", REFUSED, ids=name_of)
def test_a_sample_that_cannot_be_read_is_refused_in_a_sentence(sample: Path, tmp_path: Path) -> None:
    expected = expected_of(sample)["refused"]
    school = a_school_with(sample, tmp_path)
    before = dump(school)
    ended = run(school, "ingest", now=READ_AT)
    assert (ended.code, ended.err.count("\n")) == (expected["code"], 1)
    assert [words for words in expected["says"] if words.casefold() not in ended.err.casefold()] == []
    assert dump(school) == before


@pytest.mark.parametrize("sample", EXPECTED, ids=name_of)
def test_a_samples_pupils_stand_where_expected(sample: Path, tmp_path: Path) -> None:
    expected = expected_of(sample)
    school = a_school_with(sample, tmp_path)
    counts = reconcile(school, now=READ_AT)["counts"]
    assert {key: counts[key] for key in expected.get("counts", {})} == expected.get("counts", {})
    for pupil_id, facts in expected.get("pupils", {}).items():
        said = run(school, "why", pupil_id, "--for", "safeguarding", "--format", "json", now=READ_AT)
        assert said.code < 20, f"{pupil_id}: {said.err}"
        assert {key: without_blanks(said.json["pupil"][key]) for key in facts} == facts, pupil_id


@pytest.mark.parametrize("sample", WAITED, ids=name_of)
def test_a_samples_messages_wait_for_a_person(sample: Path, tmp_path: Path) -> None:
    expected = expected_of(sample)
    waiting = [
        sorted(m["candidates"]) for m in reconcile(a_school_with(sample, tmp_path), now=READ_AT)["messages_to_match"]
    ]
    assert len(waiting) == expected.get("waiting", len(waiting))
    assert [who for who in expected.get("proposed", ()) if who not in waiting] == []


def without_blanks(value: Any) -> Any:
    """Lists of contacts without the numbers that nobody may ring, as TOML has no null."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{key: said for key, said in one.items() if said is not None} for one in value]
    return value


def test_every_export_has_its_expectation_beside_it_and_every_expectation_its_export() -> None:
    assert sorted(p.with_suffix("") for p in EXPORTS) == sorted(p.with_suffix("") for p in EXPECTED)
    assert all(expected_of(sample)["says"] for sample in EXPECTED)
    assert sorted([*TAKEN, *REFUSED]) == EXPECTED


def key_of(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def headings_of(sample: Path) -> set[str]:
    """The headings of a table; of a document the names that its sample lists."""
    expected = expected_of(sample)
    if "headings" in expected:
        return {key_of(name) for name in expected["headings"]}
    if "heading_row" not in expected:
        return set()
    text = text_of(export_of(sample))
    separator = max(",;\t|", key=text.count)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    return {key_of(cell) for cell in rows[expected["heading_row"] - 1]}


def is_sample_of(export: dict[str, Any], headings: set[str]) -> bool:
    def stands(heading: str) -> bool:
        return key_of(re.sub(r" \[\d\]$", "", heading)) in headings

    def has(meaning: str) -> bool:
        return any(map(stands, export["columns"].get(meaning, ())))

    across = not export.get("marks_across") or any(ACROSS.search(heading) for heading in headings)
    absent = not any(map(stands, export.get("without", ())))
    found = all(map(stands, (*export.get("found_by", ()), *export.get("in_this_order", ()))))
    one_of = all(any(map(has, choice)) for choice in export.get("needs_one_of", ()))
    return across and absent and found and one_of and all(map(has, export.get("needs", ())))


LAYOUTS = [
    (profile.name.removesuffix(".toml"), number, export)
    for profile in PROFILES
    for number, export in enumerate(tomllib.loads(profile.read_text(encoding="utf-8"))["exports"], start=1)
]


@pytest.mark.parametrize(("profile", "number", "export"), LAYOUTS, ids=[f"{p} {n}" for p, n, _ in LAYOUTS])
def test_every_layout_that_is_shipped_has_a_sample(profile: str, number: int, export: dict[str, Any]) -> None:
    samples = [s for s in TAKEN if s.parent.name == profile]
    assert any(
        table["kind"] == ", ".join(export["holds"]) and (table is not said or is_sample_of(export, headings_of(s)))
        for s in samples
        for said in [expected_of(s)["ingest"]]
        for table in (said if isinstance(said, list) else [said])
    ), f"{profile}, export {number}: no sample"


NUMBER = re.compile(r"(?<![\w-])(?:\+?44|0044|0)? ?(?:\(0\))?(?:7\d{3} ?\d{6}|1\d{3} ?\d{6})(?!\d)")


def test_no_sample_names_anybody_real() -> None:
    for export in (path for path in SAMPLES.rglob("*.*") if path.suffix != ".toml"):
        text = text_of(export)
        digits = [re.sub(r"\D", "", found)[-10:] for found in NUMBER.findall(text)]
        assert [d for d in digits if not d.startswith(("7700900", "1632960"))] == [], export
        assert all(upn[1:4] == "999" for upn in re.findall(r"\b[A-Z]\d{12}\b", text)), export
