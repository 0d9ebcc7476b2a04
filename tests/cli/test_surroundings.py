"""What surrounds a command: its folder, its environment, its clock, its terminal, and what it imports."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from at_a_terminal import POSIX
from builders import (
    Result,
    a_register,
    a_roll,
    a_school,
    arguments,
    asked,
    environment,
    ids,
    lines,
    process,
    reconcile,
    run,
    standing_of,
)

SUMMER = "2026-07-01"
BY = ("--by", "A. Officer")


def test_the_nearest_folder_upwards_with_a_policy_is_the_school(school: Path) -> None:
    deep = school / "inbox" / "old" / "older"
    deep.mkdir(parents=True)
    assert ids(process(None, "reconcile", "--format", "json", cwd=deep).json) == ["P001"]
    with chdir(school):
        assert ids(run(None, "reconcile", "--format", "json").json) == ["P001"]


def test_the_environment_names_the_school_and_the_option_wins(school: Path, tmp_path: Path) -> None:
    other = a_school(tmp_path / "other", policy='[school]\nname = "Other School"\n')
    away = tmp_path / "away"
    away.mkdir()
    named = {"FIRSTDAY_SCHOOL": str(other)}
    words = ("reconcile", "--format", "json")
    assert process(None, *words, env=named, cwd=away).json["school"] == "Other School"
    assert run(school, *words, env=named).json["school"] == "Fernhill Primary School"
    with chdir(school):
        assert run(None, *words, env=named).json["school"] == "Other School"
        assert run(None, *words, env={"FIRSTDAY_SCHOOL": ""}).json["school"] == "Fernhill Primary School"


@pytest.mark.parametrize(
    ("option", "variable", "said"),
    [((), "C. Env", "C. Env"), (BY, "C. Env", "A. Officer"), (BY, "", "A. Officer")],
    ids=["environment", "both", "option"],
)
def test_the_name_is_the_options_else_the_environments(
    school: Path, option: tuple[str, ...], variable: str, said: str
) -> None:
    reconcile(school)
    assert run(school, "note", "P001", "--text", "x", *option, env={"FIRSTDAY_BY": variable}).code == 0
    assert asked(school, "select said_by from entry where kind = 'note-made'") == [(said,)]


def at_a_terminal(school: Path, *words: str, typed: str = "", env: dict[str, str] | None = None) -> str:
    """Everything a command shows at a terminal 100 letters wide."""
    import pty

    main, side = pty.openpty()
    command = [sys.executable, "-m", "firstday_cli", *arguments(school, words, "2026-11-23T09:20")]
    child = subprocess.Popen(
        command, stdin=side, stdout=side, stderr=side, close_fds=True,
        env=environment({"TERM": "xterm-256color", "COLUMNS": "100", **(env or {})}),
    )  # fmt: skip
    os.close(side)
    os.write(main, typed.encode())
    shown = b""
    try:
        while chunk := os.read(main, 65536):
            shown += chunk
    except OSError:
        pass  # the terminal is closed when the command ends
    child.wait(timeout=60)
    os.close(main)
    return shown.decode()


@POSIX
def test_a_terminal_gets_colour_and_no_color_takes_it_away(school: Path) -> None:
    import re

    colour = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m")
    (school / "inbox" / "flags.csv").write_text(lines("pupil_id,flag", "P001,looked-after"), encoding="utf-8")
    assert colour.search(at_a_terminal(school, "reconcile"))
    plain = at_a_terminal(school, "reconcile", env={"NO_COLOR": "1"})
    assert not colour.search(plain)
    assert "RED" in plain


@POSIX
def test_who_says_so_is_asked_at_a_terminal_only_where_nobody_is_named(school: Path) -> None:
    reconcile(school)
    words = ("note", "P001", "--text", "x")
    assert "Your name" in at_a_terminal(school, *words, typed="D. Typed\n")
    assert "Your name" not in at_a_terminal(school, *words, env={"FIRSTDAY_BY": "C. Env"})
    assert "Your name" not in at_a_terminal(school, *words, *BY)
    assert [row[0] for row in asked(school, "select said_by from entry where kind = 'note-made' order by number")] == [
        "D. Typed", "C. Env", "A. Officer",
    ]  # fmt: skip


@POSIX
@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_a_narrow_terminal_cuts_no_name_and_no_number_off(tmp_path: Path, width: str) -> None:
    files = {
        "roll.csv": a_roll(
            "P001,Wilhelmina,Featherstonehaugh-Cholmondeley,4B", "P002,Tom,Okafor,4B", "P003,Zoë,Ward,5C"
        ),
        "register.csv": a_register(),
        "contacts.csv": lines("pupil_id,order,name,phone", "P001,1,Ann Brennan,07700 900101"),
    }
    shown = at_a_terminal(a_school(tmp_path, files), "reconcile", env={"COLUMNS": width, "NO_COLOR": "1"})
    cells = [line.split("│") for line in shown.splitlines() if "│" in line]
    down_each_column = ["".join("".join(row[n].split()) for row in cells) for n in range(len(cells[0]))]
    assert "…" not in shown
    assert any("WilhelminaFeatherstonehaugh-Cholmondeley" in column for column in down_each_column)
    assert any("07700900101" in column for column in down_each_column)


ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati")
MORNINGS = {
    "winter": ("2026-11-23", "2026-11-23T09:20", "09:20:00+00:00"),
    "summer": (SUMMER, "2026-07-01T08:20:00Z", "09:20:00+01:00"),
}


def a_morning(tmp_path: Path, day: str) -> Path:
    files = {
        "roll.csv": a_roll(), "register.csv": a_register("P001,N", "P002,N", "P003,N", day=day),
        "lates.csv": lines("pupil_id,date,time_in", f"P001,{day},09:05", f"P003,{day},09:40"),
        "messages.csv": lines("message_id,received_at,pupil_id,text", f"M1,{day}T07:10:00+00:00,P002,has a cold"),
    }  # fmt: skip
    return a_school(tmp_path, files)


@pytest.fixture
def machines_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> Iterator[None]:
    """A machine of another zone, for as long as the test runs."""
    with monkeypatch.context() as surroundings:
        surroundings.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this machine's zone cannot be changed while it runs")
@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("season", MORNINGS)
@pytest.mark.usefixtures("machines_zone")
def test_the_machines_zone_changes_nothing(tmp_path: Path, season: str) -> None:
    day, now, _ = MORNINGS[season]
    is_londons_answer(run(a_morning(tmp_path, day), "reconcile", "--format", "json", now=now), season)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_nor_does_it_in_a_process_of_its_own(tmp_path: Path, zone: str) -> None:
    day, now, _ = MORNINGS["summer"]
    school = a_morning(tmp_path, day)
    is_londons_answer(process(school, "reconcile", "--format", "json", now=now, env={"TZ": zone}), "summer")


def is_londons_answer(ended: Result, season: str) -> None:
    day, _, as_of = MORNINGS[season]
    assert ended.json["as_of"] == f"{day}T{as_of}"
    assert (ids(ended.json), ids(ended.json, "explained")) == (["P003"], ["P002"])
    assert ended.json["counts"]["in_school"] == 1


RECEIVED = {  # when a message without dates was received → where its pupil stands on that day
    "2026-07-01T07:10:00+00:00": "explained",
    "2026-07-01T11:29:59+00:00": "explained",
    "2026-07-01T11:30:00+00:00": "unexplained",
    "2026-07-01T12:29:59+01:00": "explained",
    "2026-07-01T12:29": "explained",
    "01/07/2026 12:30": "unexplained",
    "2026-06-30T23:10:00+00:00": "explained",
    "2026-06-30T22:50:00+00:00": "unexplained",
    "2026-11-23T12:29:59+00:00": "explained",
    "2026-11-23T12:30:00+00:00": "unexplained",
    "2026-11-23T08:10:00+09:00": "unexplained",
    "2026-11-23T08:10:00-04:00": "explained",
}


@pytest.mark.parametrize("received", RECEIVED)
def test_a_message_belongs_to_londons_day_and_half(tmp_path: Path, received: str) -> None:
    day = "2026-11-23" if "-11-" in received else SUMMER
    text = lines("message_id,received_at,pupil_id,text", f"M1,{received},P002,has a cold")
    files = {
        "roll.csv": a_roll(),
        "register.csv": a_register("P001,/", "P002,N", "P003,/", day=day),
        "messages.csv": text,
    }
    found = reconcile(a_school(tmp_path, files), "--session", "AM", now=f"{day}T13:00")
    assert standing_of(found, "P002") == RECEIVED[received]


SESSIONS = {
    "2026-07-01T11:29:00Z": "AM",
    "2026-07-01T11:30:00Z": "PM",
    "2026-11-23T12:29:00Z": "AM",
    "2026-11-23T12:30:00Z": "PM",
}


@pytest.mark.parametrize("now", SESSIONS)
def test_the_session_is_the_afternoons_from_londons_half_past_twelve(school: Path, now: str) -> None:
    assert reconcile(school, now=now)["session"] == SESSIONS[now]


@pytest.mark.parametrize("now", ["2026-06-30T23:30:00Z", "2026-07-01T00:30", "2026-07-01T08:30:00+09:00"])
def test_the_day_is_londons_day_of_now(school: Path, now: str) -> None:
    assert reconcile(school, now=now)["day"] == SUMMER


SEEN_LATER = """
import sys
from firstday_cli.cli.app import app
try:
    app(sys.argv[1:])
finally:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""
HEAVY = {
    "pandas", "numpy", "rich", "phonenumbers", "dateutil", "jinja2", "typst", "xlsxwriter", "pikepdf", "msoffcrypto",
}  # fmt: skip
LIGHT: dict[tuple[str, ...], set[str]] = {  # a command → what it has no need of
    ("--help",): {*HEAVY, "pydantic"},
    ("ingest", "--format", "text"): HEAVY,
    ("reconcile", "--format", "text"): HEAVY,
    ("reconcile", "--format", "json"): HEAVY,
    ("reconcile", "--format", "table"): HEAVY - {"rich"},
    ("explain", "P001", "--told-by", "a", "--reason", "b", "--child-with", "c", *BY): HEAVY,
    ("check", "P001", "--found", *BY): HEAVY,
    ("why", "P001", "--format", "json"): HEAVY,
    ("report", "call-sheet", "--format", "md"): HEAVY,
    ("report", "call-sheet", "--format", "pdf"): HEAVY - {"typst"},
    ("report", "call-sheet", "--format", "html"): HEAVY - {"jinja2"},
    ("report", "call-sheet", "--format", "xlsx"): HEAVY - {"xlsxwriter"},
}


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_a_command_imports_nothing_heavy_that_it_does_not_need(school: Path, words: tuple[str, ...]) -> None:
    if words[0] not in ("ingest", "--help"):
        reconcile(school)
    typed = list(words) if words == ("--help",) else arguments(school, words, "2026-11-23T09:20")
    done = subprocess.run(
        [sys.executable, "-c", SEEN_LATER, *typed], capture_output=True, env=environment(), timeout=120
    )
    seen = set(done.stderr.decode().split("\n"))
    assert "firstday_cli.cli.app" in seen
    assert seen & LIGHT[words] == set()
