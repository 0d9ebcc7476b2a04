"""docs/systems.md: what can be read of which system, from the profiles that come with firstday."""

from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import takewhile

from docs_markdown import cell, code, page, table
from firstday_cli.intake.layouts.profile import Export, Profile, shipped_profiles

OWN = "firstday"


def systems_page() -> str:
    """Every layout of every shipped profile: what it holds, what marks it, which headings are read."""
    profiles = sorted(shipped_profiles(), key=lambda profile: (profile.name == OWN, profile.title.casefold()))
    return page(
        "Systems",
        "Every layout that comes with firstday, by the system that writes it. A file is one of these where it has the "
        "columns that mark it, in any order and with any others beside them; headings are compared without case, "
        "blanks, `_` or punctuation. How a new one is described, and what is done with each kind: "
        "[exports](exports.md).",
        table(("system", "profile", "kinds"), [(cell(p.title), code(p.name), _kinds(p)) for p in profiles]),
        *(block for profile in profiles for block in _blocks(profile)),
    )


def _kinds(profile: Profile) -> str:
    return ", ".join(dict.fromkeys(kind for export in profile.exports for kind in export.holds))


def _blocks(profile: Profile) -> Iterator[str]:
    yield f"## {profile.title}"
    about, layouts = _said_in_the_file(profile.name)
    yield f"{cell(about)} Where another layout fits too: `--profile {profile.name}`."
    yield table(
        ("what it is", "holds", "marked by", "headings that are read"),
        [
            (cell(words), ", ".join(export.holds), _marked(export), _read(export))
            for words, export in zip(layouts, profile.exports, strict=True)
        ],
    )


def _said_in_the_file(name: str) -> tuple[str, list[str]]:
    """What the profile's own comments say: of the system, and of each layout."""
    file = resources.files("firstday_cli.intake") / "profiles" / f"{name}.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    about = [line.removeprefix("#").strip() for line in takewhile(lambda line: line.startswith("#"), lines)]
    layouts = [line.partition("#")[2].strip() for line in lines if line.startswith("[[exports]]")]
    return " ".join(about), layouts


def _marked(export: Export) -> str:
    """What a file must have, and must not have, to be this layout."""
    needs = [_heading(export, meaning) for meaning in export.needs if not _is_marked_already(export, meaning)]
    choices = [" or ".join(_heading(export, meaning) for meaning in choice) for choice in export.needs_one_of]
    parts = [", ".join([*_codes(export.found_by), *needs, *choices])]
    if export.marks_across:
        parts.append("a column for each session")
    if export.without:
        parts.append(f"without {', '.join(_codes(export.without))}")
    if export.knows_all:
        parts.append("nothing else")
    return "; ".join(part for part in parts if part)


def _is_marked_already(export: Export, meaning: str) -> bool:
    return bool({*export.columns.get(meaning, ())} & {*export.found_by})


def _heading(export: Export, meaning: str) -> str:
    """One heading of a meaning, as it is mostly written; the meaning itself where no heading is named."""
    return code(export.columns.get(meaning, (meaning,))[0])


def _read(export: Export) -> str:
    """Every heading that is read, each once."""
    numbered = export.numbered_contacts.values()
    names: Iterable[str] = (name for names in export.columns.values() for name in names)
    every = (*names, *export.marks_under, *numbered, *export.flags_when_yes.values())
    return ", ".join(_codes(dict.fromkeys(every)))


def _codes(names: Iterable[str]) -> list[str]:
    return [code(name) for name in names]
