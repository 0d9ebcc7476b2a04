"""Data on standard output, everything else on standard error; every console, every zone, every ending."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from builders import NOW, POLICY, Result, a_register, a_roll, a_school, drop, ids, lines, process, reconcile, run

LETTERS = ("P001,Zoë,Łukasiewicz-Ōtomo,4B", "P002,王,芳,4B", "P003,Ahmed,الفاسي,5C")
LONG = "Wilhelmina-Alexandra Featherstonehaugh-Cholmondeley of the Long House by the River"
JSON_COMMANDS = ("ingest", "registers", "reconcile", "messages", "doctor")
COLOUR, CONTROL = re.compile(r"\x1b\[[0-9;]*3[0-9]"), "\x1b"


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A school whose children's names no Windows console can write."""
    marks = a_register("P001,N", "P002,N,seen [no answer] [/b] ☎", "P003,N")
    return a_school(tmp_path, {"roll.csv": a_roll(*LETTERS), "register.csv": marks})


@pytest.mark.parametrize("command", JSON_COMMANDS)
def test_json_is_one_document_on_standard_output_with_its_schema_first(school: Path, command: str) -> None:
    ended = run(school, command, "--format", "json")
    assert ended.out.startswith(f'{{\n  "schema": "firstday/{command}/1"')
    assert json.loads(ended.out)
    again = run(school, "why", "P001", "--format", "json")
    assert next(iter(again.json if command == "ingest" else ended.json)) == "schema"


def test_moments_carry_londons_offset(school: Path) -> None:
    assert reconcile(school)["as_of"] == "2026-11-23T09:20:00+00:00"
    assert reconcile(school, now="2026-07-01T08:20:00+00:00")["as_of"] == "2026-07-01T09:20:00+01:00"


@pytest.mark.parametrize("form", ["table", "text", "csv", "json"])
def test_every_format_names_the_child(school: Path, form: str) -> None:
    ended = run(school, "reconcile", "--format", form)
    assert ended.code == 10
    assert "Ivy Brennan" in ended.out
    assert CONTROL not in ended.out


@pytest.mark.parametrize("ending", ["txt", "csv", "json"])
def test_a_files_ending_chooses_the_format(school: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / "new" / f"list.{ending}"
    ended = run(school, "reconcile", "-o", str(target))
    assert (ended.code, ended.out) == (10, "")
    text = target.read_text(encoding="utf-8-sig")
    if ending == "json":
        assert ids(json.loads(text)) == ["P001"]
    elif ending == "csv":
        assert any("Ivy Brennan" in row for row in csv.reader(io.StringIO(text, newline="")))
    else:
        assert "Ivy Brennan" in text
    assert target.stat().st_mode & 0o077 == 0
    assert [p.name for p in target.parent.iterdir()] == [target.name]


def test_a_format_that_is_named_wins_over_the_ending(school: Path, tmp_path: Path) -> None:
    run(school, "reconcile", "--format", "json", "-o", str(tmp_path / "list.txt"))
    assert ids(json.loads((tmp_path / "list.txt").read_text(encoding="utf-8"))) == ["P001"]


def test_a_file_that_cannot_be_written_is_told(school: Path) -> None:
    (school / "a.txt").mkdir()
    ended = run(school, "reconcile", "-o", str(school / "a.txt"))
    assert (ended.code, "a.txt" in ended.err) == (22, True)


def test_away_from_a_terminal_there_is_no_colour_and_nothing_cut_off(tmp_path: Path) -> None:
    roll = a_roll(f"P001,{LONG},{LONG},4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C")
    contacts = lines("pupil_id,order,name,phone,relationship", f"P001,1,{LONG},07700 900101,{LONG}")
    school = a_school(tmp_path, {"roll.csv": roll, "register.csv": a_register(), "contacts.csv": contacts})
    narrow = {"COLUMNS": "30", "TERM": "xterm"}
    for ended in (
        process(school, "reconcile", env=narrow),
        run(school, "reconcile", "--format", "table", env=narrow),
        run(school, "reconcile", "--format", "text", env=narrow),
    ):
        assert f"{LONG} {LONG}" in ended.out
        assert "07700 900101" in ended.out.replace("\u00a0", " ")
        assert CONTROL not in ended.out
        assert "…" not in ended.out


@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {"NO_COLOR": "1"}], ids=str)
def test_a_pipe_never_gets_colour(school: Path, env: dict[str, str]) -> None:
    ended = run(school, "reconcile", "--format", "table", env=env)
    assert CONTROL not in ended.out + ended.err


def test_nor_does_a_pipe_between_processes(school: Path) -> None:
    ended = process(school, "reconcile", "--format", "table", env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"})
    assert CONTROL not in ended.out + ended.err


ENCODINGS = ("cp1252", "ascii", "cp437", "utf-8", "utf-16")


def every_child_is_shown(ended: Result, encoding: str, form: str) -> None:
    assert ended.code == 10, ended.err
    out = ended.raw.decode("utf-8" if form in ("json", "csv") else encoding)
    assert all(pupil in out for pupil in ("P001", "P002", "P003"))
    if form == "json":
        assert [p["name"] for p in json.loads(out)["unexplained"]][1] == "王 芳"


@pytest.mark.parametrize("form", ["text", "table", "csv", "json"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_consoles_encoding_works(odd: Path, encoding: str, form: str) -> None:
    every_child_is_shown(run(odd, "reconcile", "--format", form, console=encoding), encoding, form)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_consoles_encoding_works_in_a_process_of_its_own(odd: Path, encoding: str) -> None:
    form = "json" if encoding == "ascii" else "text"
    ended = process(odd, "reconcile", "--format", form, env={"PYTHONIOENCODING": encoding})
    every_child_is_shown(ended, encoding, form)


SAYINGS = (("--help",), ("check", "--help"), ("nonsense",), ("why", "王"))


@pytest.mark.parametrize("words", SAYINGS, ids=" ".join)
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_help_and_errors_can_be_written_on_every_console(odd: Path, encoding: str, words: tuple[str, ...]) -> None:
    school = odd if words[0] == "why" else None
    ended = run(school, *words, now=NOW if school else "", console=encoding)
    assert ended.code == (0 if "--help" in words else 2)


@pytest.mark.parametrize("words", [SAYINGS[0], SAYINGS[3]], ids=" ".join)
def test_so_they_can_by_a_process_of_its_own(odd: Path, words: tuple[str, ...]) -> None:
    school = odd if words[0] == "why" else None
    ended = process(school, *words, now=NOW if school else "", env={"PYTHONIOENCODING": "ascii"})
    assert ended.code == (0 if "--help" in words else 2)
    assert "Traceback" not in ended.err


MARKUP = ["[/b]", "[no answer]", "[red]x[/red]", "[link=http://x]y[/link]", "\\[", ":smile:", "{child}", "%s", "<b>"]


@pytest.mark.parametrize("words", MARKUP)
@pytest.mark.parametrize("form", ["table", "text"])
def test_markup_in_the_data_is_harmless_and_shown_as_it_is(tmp_path: Path, form: str, words: str) -> None:
    roll = a_roll(f"P001,Ivy{words},Brennan,4B{words}", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C")
    school = a_school(
        tmp_path, {"roll.csv": roll, "register.csv": a_register(f"P001,N,rang {words} twice", "P002,/", "P003,/")}
    )
    ended = run(school, "reconcile", "--format", form)
    assert ended.code == 10
    assert f"Ivy{words} Brennan" in ended.out
    assert f"rang {words} twice" in ended.out


@pytest.mark.parametrize("trick", ["\x1b[2J", "\x1b]0;x\x07", "\x9b31m", "\u202e", "\u200b", "\x08\x08"])
@pytest.mark.parametrize("form", ["table", "text", "csv"])
def test_control_characters_in_the_data_reach_no_screen(tmp_path: Path, form: str, trick: str) -> None:
    files = {
        "roll.csv": a_roll(f"P001,Ivy{trick},Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C"),
        "register.csv": a_register(),
    }
    ended = run(a_school(tmp_path, files), "reconcile", "--format", form)
    assert trick not in ended.out
    assert "Brennan" in ended.out


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_a_written_csv_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    marks = a_register(f"P001,N,{start}cmd|x", "P002,/", "P003,/")
    school = a_school(
        tmp_path,
        {
            "roll.csv": a_roll(f"P001,{start}Ivy,Brennan,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C"),
            "register.csv": marks,
        },
    )
    out = run(school, "reconcile", "--format", "csv").out
    assert not any(cell.lstrip().startswith(start) for row in csv.reader(io.StringIO(out)) for cell in row)


ENDS = {  # what is in the inbox → the exit code of reconcile
    0: {"roll.csv": a_roll(), "register.csv": a_register("P001,/", "P002,/", "P003,/")},
    10: {"roll.csv": a_roll(), "register.csv": a_register()},
    11: {
        "roll.csv": a_roll(), "register.csv": a_register(),
        "lates.csv": lines("pupil_id,date,time_in,time_out", "P001,2026-11-23,09:00,09:10"),
    },
    12: {"roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,/")},
    20: {"roll.csv": a_roll(), "register.csv": a_register(), "menu.csv": "Dish,Price\n"},
}  # fmt: skip


@pytest.mark.parametrize("code", ENDS)
def test_the_days_exit_code_and_exit_zero(tmp_path: Path, code: int) -> None:
    school = a_school(tmp_path, ENDS[code])
    assert run(school, "reconcile").code == code
    assert run(school, "reconcile", "--exit-zero").code == (0 if code in (10, 11, 12) else code)


@pytest.mark.parametrize(("command", "code"), [("registers", 12), ("messages", 10), ("doctor", 10), ("ingest", 12)])
def test_the_exit_codes_of_the_other_commands(tmp_path: Path, command: str, code: int) -> None:
    files = {
        "roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,/"),
        "messages.csv": lines("message_id,received_at,text", "M1,2026-11-23T08:05:00+00:00,off today"),
    }  # fmt: skip
    school = a_school(tmp_path, files)
    reconcile(school)
    drop(school, {"lates.csv": lines("pupil_id,date,time_in", "P003,2026-11-23,teatime")})
    assert run(school, command).code == code
    drop(school, {"lates.csv": lines("pupil_id,date,time_in", "P003,2026-11-23,tea time")})
    assert run(school, command, "--exit-zero").code == 0
    assert POLICY
