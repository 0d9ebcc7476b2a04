"""Every kind of export that a shipped profile describes has an invented sample beside its expected reading."""

import tomllib
from pathlib import Path

import pytest

from .tree import ROOT, SRC

SAMPLES = ROOT / "tests" / "intake" / "samples"
PROFILES = sorted((SRC / "intake" / "profiles").glob("*.toml"))


def _kinds(profile: Path) -> list[str]:
    return [
        kind for export in tomllib.loads(profile.read_text(encoding="utf-8"))["exports"] for kind in export["holds"]
    ]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.stem)
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="tests/intake/samples is not there yet")
def test_a_profile_has_a_sample_for_each_export(profile: Path) -> None:
    samples = [p for p in (SAMPLES / profile.stem).rglob("*") if p.suffix in (".csv", ".txt", ".tsv")]
    exports = len(tomllib.loads(profile.read_text(encoding="utf-8"))["exports"])
    assert len(samples) >= exports, f"{profile.stem} describes {exports} exports ({_kinds(profile)})"
