"""Every command has help with one example, and every example works as it stands."""

import re
import shlex
from pathlib import Path
from shutil import copytree

import pytest

from builders import COMMAND, a_school, drop, lines, process, run

COMMANDS = sorted(COMMAND.commands)  # type: ignore[attr-defined]
ALWAYS = '[[terms]]\nname = "Always"\nfirst = "2020-01-01"\nlast = "2099-12-31"\n'
BEFORE = {
    "withdraw": ("note", "P001", "--text", "x", "--by", "A. Officer"),
    "acknowledge": ("refer", "P001", "--to", "attendance-team", "--by", "A. Officer"),
}
WROTE = {
    "acknowledge", "assess", "call", "check", "close", "decide", "enquire", "explain", "inform", "listen", "logged",
    "match", "note", "rate", "refer", "seen", "text", "visit", "withdraw",
}  # fmt: skip


def example_of(command: str) -> str:
    text = " ".join(run(None, command, "--help", now="").out.split())
    found = re.findall(r"Example: (firstday .*?)(?= (?:Arguments|Options):| ╭|$)", text)
    assert len(found) == 1, f"{command} has {len(found)} examples"
    example: str = found[0]
    return example


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose calendar covers every day, with the pupils, files and messages that examples speak of."""
    marks = [f"P00{n},2026-11-23,AM,N" for n in range(1, 7)]
    register = lines("pupil_id,date,session,mark", *marks)
    lates = lines("pupil_id,date,time_in", "P002,2026-11-23,09:02")
    files = {
        "contacts.csv": lines("pupil_id,order,name,relationship,phone", "P001,1,Jo Ward,Mother,07700 900101"),
        "roll.csv": lines("pupil_id,forename,surname,group", *(f"P00{n},Child{n},Ward,4B" for n in range(1, 7))),
        "messages.csv": lines(
            "message_id,received_at,pupil_name,text,from_date,to_date",
            "M1,2020-02-03T08:00:00+00:00,Child5 Ward,away,2020-02-03,2099-12-30",
            "M2,2020-02-03T08:00:00+00:00,Child6 Ward,away,2020-02-03,2099-12-30",
        ),
    }  # fmt: skip
    school = a_school(tmp_path_factory.mktemp("kept"), files, calendar=ALWAYS)
    for name, text in {"register.csv": register, "lates.csv": lates}.items():
        (school / name).write_text(text, encoding="utf-8")
    run(school, "ingest", now="2020-02-03T08:30")
    return school


@pytest.fixture
def here(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same school, for one test alone; it is the current folder."""
    school = copytree(kept, tmp_path / "fernhill")
    monkeypatch.chdir(school)
    return school


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_in_a_commands_help_works(here: Path, command: str) -> None:
    program, *words = shlex.split(example_of(command))
    assert program == "firstday"
    assert words[0] == command
    if command in BEFORE:
        assert run(None, *BEFORE[command], now="").code == 0
    ended = run(None, *words, now="")
    assert ended.code in ((0,) if command in WROTE else (0, 10, 11, 12)), ended.err
    assert bool(ended.out) is not (command in WROTE | {"backup", "verify", "init"})


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_the_command_is_for_and_explains_each_option(command: str) -> None:
    ended = run(None, command, "--help", now="")
    assert (ended.code, ended.err) == (0, "")
    options = COMMAND.commands[command].params  # type: ignore[attr-defined]
    assert all(option.help for option in options if option.name != "help")


def test_the_help_of_the_whole_names_every_command() -> None:
    out = run(None, "--help", now="").out
    assert [c for c in COMMANDS if not re.search(rf"(?<![\w-]){c}(?![\w-])", out)] == []


def test_the_first_page_of_help_is_one_screen_of_plain_text_with_ten_commands_told() -> None:
    page = run(None, "--help", now="", env={"COLUMNS": "50"}, console="cp1252").out.splitlines()
    assert len(page) <= 23  # and the line on which the next command is typed
    assert max(map(len, page)) <= 79
    assert all(line.isascii() and "..." not in line for line in page)
    heads = [line for line in page[2:-1] if not line.startswith(" ")]
    assert heads == ["Each morning", "On the telephone", "Safeguarding", "Setting up"]
    told = [found for line in page if (found := re.fullmatch(r"  (\S+) +([A-Z].*\.)", line))]
    assert len(told) == 10
    assert all(found[2] == COMMAND.commands[found[1]].short_help for found in told)  # type: ignore[attr-defined]


def test_the_first_page_is_the_same_when_the_module_is_run(tmp_path: Path) -> None:
    as_module = process(None, "--help", now="", cwd=tmp_path)
    assert as_module.out.splitlines()[1:] == run(None, "--help", now="").out.splitlines()[1:]
    assert (as_module.code, as_module.err) == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_line_of_a_commands_help_is_whole(command: str) -> None:
    shown = run(None, command, "--help", now="", env={"COLUMNS": "80"}).out.splitlines()
    first = COMMAND.commands[command].short_help  # type: ignore[attr-defined]
    assert first.endswith(".")
    assert f"  {first}" in shown


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_answers_in_json_with_a_schema_of_its_kind(here: Path, command: str) -> None:
    _, *words = shlex.split(example_of(command))
    if command in BEFORE:
        assert run(None, *BEFORE[command], now="").code == 0
    plain = [
        word for word in words if not word.endswith((".csv", ".xlsx")) or command in ("ingest", "inspect", "backup")
    ]
    found = run(None, *[word for word in plain if word != "-o"], "--format", "json", now="").json
    assert next(iter(found)) == "schema"
    assert found["schema"] == "firstday/written/1" if command in WROTE else found["schema"].startswith("firstday/")


PROMISED = (
    "init", "ingest", "inspect", "registers", "reconcile", "why", "messages", "match", "listen", "check", "explain",
    "note", "withdraw", "close", "text", "enquire", "visit", "decide", "refer", "acknowledge", "escalate", "doctor",
    "backup", "verify", "call", "seen", "inform", "rag", "rate", "assess", "review", "logged",
)  # fmt: skip


@pytest.mark.parametrize("command", PROMISED)
def test_every_promised_command_is_there(command: str) -> None:
    assert command in COMMANDS


EVERYWHERE = {"--school": set(COMMANDS) - {"init"}, "--now": set(COMMANDS) - {"init", "backup", "verify"}}
RECORDING = {"--by": WROTE, "--at": WROTE, "--dry-run": WROTE | {"ingest", "init", "inspect"}}
SHOWING = {"--format": set(COMMANDS)}


@pytest.mark.parametrize("option", [*EVERYWHERE, *RECORDING, *SHOWING])
def test_shared_options_are_where_they_were_promised(option: str) -> None:
    promised = {**EVERYWHERE, **RECORDING, **SHOWING}[option] & set(PROMISED)
    assert [c for c in sorted(promised) if option not in run(None, c, "--help", now="").out] == []


SAMPLE_NEXT = re.compile(r"firstday (reconcile .*)$", re.MULTILINE)


def test_the_sample_school_is_a_morning_with_a_list(tmp_path: Path) -> None:
    made = process(None, "init", str(tmp_path / "fern hill"), "--sample")
    assert made.code == 0
    found = SAMPLE_NEXT.search(made.err + made.out)
    assert found
    ended = process(None, *shlex.split(found[1]), "--format", "json", now="")
    assert ended.code in (10, 11, 12, 20)
    assert ended.json["counts"]["roll"] > 200
    assert ended.json["unexplained"]


def test_init_leaves_a_school_that_is_there_as_it_is(school: Path) -> None:
    before = {path: path.read_bytes() for path in school.rglob("*") if path.is_file()}
    for words in ((), ("--sample",), ("--dry-run",)):
        ended = run(None, "init", str(school), *words)
        assert ended.code == 21
    assert {path: path.read_bytes() for path in school.rglob("*") if path.is_file()} == before


def test_init_makes_the_whole_folder_and_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    assert run(None, "init", str(tmp_path / "new"), "--dry-run").code == 0
    assert not (tmp_path / "new").exists()
    assert run(None, "init", str(tmp_path / "new")).code == 0
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == [
        "calendar.toml", "inbox", "policy.toml", "profiles", "sheets",
    ]  # fmt: skip
    assert (tmp_path / "new" / "sheets").stat().st_mode & 0o777 == 0o700
    drop(tmp_path / "new", {})
