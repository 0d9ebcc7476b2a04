"""Commands in the docs do what the docs say: they are run in order, in an empty folder."""

from pathlib import Path

import pytest

from .consoles import File, Shell, Step, excerpt_in, files_in, is_shown_in, steps_in
from .tree import DOCS, ROOT

PAGES = (ROOT / "README.md", *sorted(DOCS.rglob("*.md")))
IN_PROCESSES = "exports.md"  # the shortest: a process for every command of the others takes most of a minute
WITH_COMMANDS = [page for page in PAGES if steps_in(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shell, files, wrong = Shell(tmp_path, in_processes=page.name == IN_PROCESSES), files_in(text), []
    for step in steps_in(text):
        files = _left_after_writing(files, tmp_path, step)
        seen = shell.run(step)
        wrong += [f"$ {step.typed}: not seen: {line}" for line in step.shown if not is_shown_in(line, seen)]
        if seen.code != step.code:
            wrong.append(f"$ {step.typed}: ended with {seen.code}, not {step.code}; {' / '.join(seen.lines[-2:])}")
        files = _left_after_writing(files, tmp_path, step)
    assert not wrong, "\n".join(wrong)
    assert not files, f"no command made a folder for {', '.join(file.name for file in files)}"


def _left_after_writing(files: list[File], folder: Path, step: Step) -> list[File]:
    """Write the files that the reader has come to, each as soon as its folder is there; the others are left."""
    now = [file for file in files if file.place < step.place and (folder / file.name).parent.is_dir()]
    for file in now:
        (folder / file.name).write_text(file.text, encoding="utf-8")
    return [file for file in files if file not in now]


def test_the_tutorial_and_the_readme_show_commands() -> None:
    assert {page.name for page in WITH_COMMANDS} >= {"README.md", "a-morning.md", "exports.md", "first-list.md"}


def test_the_excerpt_in_the_readme_is_true(tmp_path: Path) -> None:
    shell = Shell(tmp_path, in_processes=True)
    shell.run(Step(typed="firstday init school --sample", shown=(), code=0))
    seen = shell.run(Step(typed="firstday reconcile --school school --now 2026-11-23T09:20", shown=(), code=11))
    excerpt = excerpt_in((ROOT / "README.md").read_text(encoding="utf-8"))
    assert excerpt
    assert [line for line in excerpt if not is_shown_in(line, seen)] == []
