"""The Tab key: commands, options and fixed words are offered in each shell; never a child, and no school is opened."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import environment, run
from firstday_cli.cli import options
from firstday_cli.cli.completing import SHELLS
from firstday_cli.intake.layouts.meanings import MEANINGS
from firstday_cli.reports.catalogue import REPORTS
from firstday_cli.writers import WRITERS

BASH = shutil.which("bash")
HALVES, AUDIENCES = ("AM", "PM"), ("office", "safeguarding")
OFFERED: dict[str, tuple[str, ...]] = {  # what is typed, with | where the Tab key is pressed → what is offered
    "rec|": ("reconcile",),
    "w|": ("what-if", "why", "withdraw"),
    "report |": tuple(REPORTS),
    "schedule |": ("cron", "systemd", "windows"),
    "report un|": ("unexplained",),
    "report referral 6551 --to |": options.BODIES,
    "call P001 --outcome |": options.OUTCOMES,
    "call P001 --outcome no|": ("no-answer",),
    "call --con|": ("--contact",),
    "visit P001 --outcome |": options.VISIT_OUTCOMES,
    "visit P001 --kind |": options.KINDS_OF_VISIT,
    "refer P001 --to |": options.BODIES,
    "acknowledge P001 --decision |": options.REPLIES,
    "rate P001 |": options.RATINGS,
    "seen P001 --how |": options.WAYS_OF_SEEING,
    "logged P001 --in |": options.RECORDS,
    "note P001 --kind |": options.KINDS_OF_NOTE,
    "ingest --as |": tuple(MEANINGS),
    "reconcile --session |": HALVES,
    "reconcile --day 2026-11-23 --for |": AUDIENCES,
    "reconcile --format |": tuple(WRITERS),
    "--show-completion |": SHELLS,
    "why |": (),
    "why Bren|": (),
    "call |": (),
    "check P0|": (),
}


def offered(typed: str, shell: str = "bash", *, school: str | None = None) -> list[str]:
    before = f"firstday {typed.partition('|')[0]}"
    words = {"COMP_WORDS": before, "COMP_CWORD": str(len(before.split(" ")) - 1)}
    more = {"_TYPER_COMPLETE_ARGS": before, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    last = {"_TYPER_COMPLETE_WORD_TO_COMPLETE": before.rpartition(" ")[2]}
    asks = {"_FIRSTDAY_COMPLETE": f"complete_{shell}", "FIRSTDAY_SCHOOL": school}
    return run(None, "--help", now="", env={**words, **more, **last, **asks}).out.split("\n")[:-1]


@pytest.mark.parametrize("typed", OFFERED)
def test_the_tab_key_offers_what_may_come_next_and_nothing_of_a_child(
    school: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(school)
    before = {path: path.stat().st_mtime_ns for path in school.rglob("*")}
    assert sorted(word for word in offered(typed) if word) == sorted(OFFERED[typed])
    assert {path: path.stat().st_mtime_ns for path in school.rglob("*")} == before


@pytest.mark.parametrize(
    ("shell", "answer"),
    [("zsh", '"safeguarding"'), ("fish", "safeguarding"), ("powershell", "safeguarding::: ")],
)
def test_each_shell_is_answered_in_its_own_way(shell: str, answer: str) -> None:
    assert any(answer in line for line in offered("rag --for safe|", shell))


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_a_command_is_offered_with_what_it_does(shell: str) -> None:
    assert any("absent with no explanation." in line for line in offered("recon|", shell))


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_printed_and_nothing_is_written(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(None, "--show-completion", shell, now="", env={"HOME": str(tmp_path)})
    assert (ended.code, ended.err) == (0, "")
    assert "firstday" in ended.out
    assert "_FIRSTDAY_COMPLETE" in ended.out
    assert list(tmp_path.iterdir()) == []


def test_a_shell_that_is_not_known_is_refused() -> None:
    ended = run(None, "--show-completion", "tcsh", now="")
    assert ended.code == 2
    assert "bash, zsh, fish, powershell" in ended.err


@pytest.mark.skipif(BASH is None, reason="no bash here")
def test_a_real_bash_completes_with_the_script(tmp_path: Path) -> None:
    program = Path(sys.executable).parent
    script = (
        "source <(firstday --show-completion bash)\nCOMP_WORDS=(firstday report une); COMP_CWORD=2\n"
        '_firstday_completion firstday\nprintf "%s\\n" "${COMPREPLY[@]}"\ncomplete -p firstday\n'
    )
    env = environment({"PATH": f"{program}:/usr/bin:/bin", "HOME": str(tmp_path)})
    done = subprocess.run([str(BASH), "--norc", "-c", script], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.splitlines()[0] == "unexplained", done.stderr
    assert "-F _firstday_completion firstday" in done.stdout


def test_a_school_that_cannot_be_opened_does_not_matter(tmp_path: Path) -> None:
    assert offered("reconcile --day 2026-11-23 --se|", school=str(tmp_path / "nowhere")) == ["--session"]
