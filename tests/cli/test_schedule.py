"""The scheduled runs: the page, and the text with which cron, systemd and the Task Scheduler of Windows are told."""

import re
import shlex
import subprocess
import sys
import time as clock_of_machine
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from shutil import which
from xml.etree import ElementTree

import pytest

from builders import POLICY, a_school, run
from firstday_cli.domain.machine_times import Slot
from firstday_cli.domain.runs import DailyRun
from firstday_cli.morning.schedulers.cron import crontab
from firstday_cli.morning.schedulers.step import Step
from firstday_cli.morning.schedulers.systemd import run_unit, timer
from firstday_cli.morning.schedulers.windows import xml_file, xml_text
from firstday_cli.morning.this_machine import clocks, here

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="zones of the machine are set by TZ on POSIX systems")
ODD = "fern 100% 'hill' $HOME \"x\" back\\%slash"
TIMES = ["08:45", "09:20", "10:00", "10:05", "10:25", "11:45", "12:00", "13:35", "14:00", "15:30", "16:00"]
TASKS = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Sets this machine's zone, and puts it back."""

    def set_to(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        clock_of_machine.tzset()

    yield set_to
    monkeypatch.undo()
    clock_of_machine.tzset()


def a_step(folder: str = "/schools/fernhill", *, shift: int = 0, program: tuple[str, ...] = ("/bin/run it",)) -> Step:
    listed = DailyRun(at=time(9, 20), why="the morning's list")
    return Step(
        school="Fernhill & St Anne's -- 100%\\", folder=folder, program=program, since=date(2026, 11, 23),
        slots=(Slot(at=time(8, 20), shift=shift, runs=(listed,)), Slot(at=time(9, 20), shift=0, runs=(listed,))),
    )  # fmt: skip


def test_the_page_has_the_runs_of_a_day_the_next_ten_and_how_to_have_them(school: Path) -> None:
    ended = run(school, "schedule", "--format", "json", now="2026-11-26T15:45")
    found = ended.json
    assert (ended.code, next(iter(found)), found["schema"]) == (0, "schema", "firstday/schedule/1")
    assert [r["time"] for r in found["runs"]] == TIMES
    assert [r["lists"] for r in found["runs"] if r["lists"]] == ["AM", "PM"]
    coming = [r["at"] for r in found["next_runs"]]
    assert coming[:2] == ["2026-11-26T16:00:00+00:00", "2026-11-30T08:45:00+00:00"]  # the 27th is INSET
    assert len(coming) == 10
    page = run(school, "schedule", now="2026-10-15T15:45").out
    assert all(f"firstday schedule {name}" in page for name in ("cron", "systemd", "windows"))
    assert re.search(r"Thu 15 Oct 2026\s+16:00\s", page)


def test_the_times_are_this_schools(tmp_path: Path) -> None:
    policy = f'{POLICY}closes = "15:00"\n[morning]\nregisters_in_by = "09:00"\nrag_review_at = "10:05"\n'
    found = run(a_school(tmp_path, policy=policy), "schedule", "--format", "json").json
    assert [r["time"] for r in found["runs"]][:4] == ["08:30", "09:05", "10:00", "10:05"]
    assert [r["time"] for r in found["runs"]][-1] == "15:30"


@POSIX
def test_on_a_machine_elsewhere_its_own_time_stands_beside(school: Path, in_zone) -> None:  # type: ignore[no-untyped-def]
    in_zone("UTC")
    assert re.search(r"Mon 19 Oct 2026\s+09:20\s+08:20\s", run(school, "schedule", now="2026-10-19T08:00").out)
    in_zone("Pacific/Auckland")
    assert re.search(r"14:00\s+Tue 20 Oct 2026 02:00\s", run(school, "schedule", now="2026-10-19T10:30").out)
    in_zone("Europe/London")
    page = run(school, "schedule", now="2026-10-19T08:00").out
    assert "On this machine" not in page
    assert "None: the calendar ends before one." in run(school, "schedule", now="2026-12-18T17:00").out


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@POSIX
def test_lines_for_cron_name_the_folder_and_the_program_whole(tmp_path: Path, in_zone) -> None:  # type: ignore[no-untyped-def]
    in_zone("Europe/London")
    ended = run(a_school(tmp_path / "our schools"), "schedule", "cron")
    assert (ended.code, ended.err) == (0, "")
    for line in lines_of(ended.out):
        fields = line.split(" ", 5)
        assert fields[2:5] == ["*", "*", "1-5"]
        folder = str(tmp_path / "our schools" / "fernhill")
        typed = shlex.join([sys.executable, "-P", "-m", "firstday_cli", "morning", "--if-due", "--school", folder])
        assert typed in fields[5]
    assert ended.out.endswith("\n")


@POSIX
def test_where_the_zone_is_not_the_machines_lines_serve_both(school: Path, in_zone, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    in_zone("UTC")
    found = lines_of(run(school, "schedule", "cron").out)
    assert [line.split()[:2] for line in found if line.startswith("20 ")] == [["20", "8"], ["20", "9"]]
    assert len({tuple(line.split()[:5]) for line in found}) == len(found)
    in_zone("Europe/London")
    nowhere, wrong = tmp_path / "nowhere", tmp_path / "localtime"
    wrong.write_bytes(b"no zone")
    assert clocks(nowhere) == clocks(wrong) == (here,)
    own, machine = (
        clocks(Path("/usr/share/zoneinfo/Asia/Kolkata")) if Path("/usr/share/zoneinfo/Asia").exists() else (here, here)
    )
    at = datetime.fromisoformat("2026-07-01T09:20:00+01:00")
    assert (own(at).hour, machine(at).hour in (13, own(at).hour)) == (9, True)


def as_cron_runs_it(line: str) -> str:
    """The command of a line as cron gives it to the shell: up to a bare %, without the backslash before others."""
    command, escaped, given = line.split(" ", 5)[5], False, ""
    for letter in command:
        if letter == "%" and not escaped:
            break
        if letter == "%":
            given = given[:-1]
        given += letter
        escaped = letter == "\\" and not escaped
    return given


@pytest.mark.skipif(sys.platform == "win32", reason="cron is of POSIX systems")
@pytest.mark.parametrize("code", [0, 11, 20])
def test_a_line_of_cron_runs_as_it_is_meant_and_prints_only_what_went_wrong(tmp_path: Path, code: int) -> None:
    program, heard = tmp_path / "a 50% program", tmp_path / "heard"
    program.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > "{heard}"\necho a name\necho went wrong >&2\nexit {code}\n', encoding="utf-8"
    )
    program.chmod(0o700)
    first, *_ = lines_of(crontab(a_step(ODD, program=(str(program), "-P"))))
    done = subprocess.run(["/bin/sh", "-c", as_cron_runs_it(first)], capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "went wrong\n")
    assert heard.read_text(encoding="utf-8").splitlines() == ["-P", "morning", "--if-due", "--school", ODD]


def test_lines_of_another_weekday_say_so_and_what_each_is_for() -> None:
    text = crontab(a_step(shift=1))
    assert [line.split()[4] for line in lines_of(text)] == ["2,3,4,5,6", "1-5"]
    assert next(line.split()[4] for line in lines_of(crontab(a_step(shift=-1)))) == "0,1,2,3,4"
    assert "# 09:20 in London: the morning's list\n20 8 " in text
    assert "# the morning's list\n20 9 " in text
    assert "not London's all the year" in text


def test_units_have_each_time_on_londons_clock_once(school: Path) -> None:
    ended = run(school, "schedule", "systemd")
    assert (ended.code, ended.err) == (0, "")
    times = re.findall(r"^OnCalendar=Mon\.\.Fri \*-\*-\* (\d\d:\d\d):00 Europe/London$", ended.out, re.MULTILINE)
    assert times == TIMES
    for line in ("Persistent=true", "SuccessExitStatus=10 11 12", "WantedBy=timers.target", "Type=oneshot"):
        assert ended.out.count(f"\n{line}\n") == 1


def test_words_of_a_unit_are_quoted_as_systemd_reads_them() -> None:
    (line,) = [line for line in run_unit(a_step(ODD)).splitlines() if line.startswith("ExecStart=")]
    assert line.startswith('ExecStart="/bin/run it" "morning" "--if-due" "--school" ')
    assert line.endswith(r'"fern 100%% ' + "'hill'" + r' $$HOME \"x\" back\\%%slash"')
    assert timer(a_step()).count("OnCalendar=") == 1


@pytest.mark.skipif(which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units_and_the_times(tmp_path: Path) -> None:
    school = a_school(tmp_path / "a 50% $HOME 'place'")
    ended = run(school, "schedule", "systemd", "-o", str(tmp_path / "units" / "firstday.timer"))
    assert ended.code == 0, ended.err
    assert "systemctl --user enable --now firstday.timer" in ended.err
    units = sorted((tmp_path / "units").iterdir())
    assert [unit.name for unit in units] == ["firstday.service", "firstday.timer"]
    checked = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True, encoding="utf-8"
    )
    about_ours = [line for line in (checked.stdout + checked.stderr).splitlines() if "firstday" in line]
    assert (checked.returncode, about_ours) == (0, [])
    when = re.findall(r"^OnCalendar=(.*)$", units[1].read_text(encoding="utf-8"), re.MULTILINE)
    said = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=2", "--base-time=2026-10-24 12:00:00 UTC", *when[1:2]],
        capture_output=True, text=True, encoding="utf-8", env={"TZ": "UTC", "LANG": "C", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert "2026-10-26 09:20:00 UTC" in said.stdout and "2026-10-27 09:20:00 UTC" in said.stdout


def of(tree: ElementTree.Element, path: str) -> list[ElementTree.Element]:
    return tree.findall("/".join(f"{TASKS}{name}" for name in path.split("/")))


def names(element: ElementTree.Element) -> list[str]:
    return [child.tag.removeprefix(TASKS) for child in element]


def test_the_task_has_its_parts_in_the_order_that_windows_takes() -> None:
    tree = ElementTree.fromstring(xml_text(a_step(shift=-1)))  # noqa: S314 - our own text
    assert tree.tag == f"{TASKS}Task" and tree.attrib == {"version": "1.2"}
    assert names(tree) == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    first, second = of(tree, "Triggers/CalendarTrigger")
    assert names(first) == ["StartBoundary", "ScheduleByWeek"]
    assert [names(week) for week in of(first, "ScheduleByWeek")] == [["DaysOfWeek", "WeeksInterval"]]
    assert [names(d) for d in of(first, "ScheduleByWeek/DaysOfWeek")] == [
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Sunday"]
    ]
    assert [d.text for d in of(second, "StartBoundary")] == ["2026-11-23T09:20:00"]
    wanted = {
        "MultipleInstancesPolicy": "Queue", "StartWhenAvailable": "true", "RunOnlyIfNetworkAvailable": "false",
        "DisallowStartIfOnBatteries": "false", "StopIfGoingOnBatteries": "false", "ExecutionTimeLimit": "PT30M",
    }  # fmt: skip
    said = {child.tag.removeprefix(TASKS): child.text for child in of(tree, "Settings")[0]}
    assert said.items() >= wanted.items()
    assert [a.attrib["Context"] for a in of(tree, "Actions")] == [
        p.attrib["id"] for p in of(tree, "Principals/Principal")
    ]


def test_words_of_the_task_are_escaped_and_its_file_is_as_windows_writes_one() -> None:
    step = a_step('C:\\Schools\\St Anne\'s & "Zoë" <1>', program=("C:\\Program Files\\Python\\python.exe", "-P"))
    for text in (xml_text(step), xml_file(step)):
        tree = ElementTree.fromstring(text)  # noqa: S314 - our own text
        (run_it,) = of(tree, "Actions/Exec")
        assert names(run_it) == ["Command", "Arguments", "WorkingDirectory"]
        assert [part.text for part in run_it] == [
            step.program[0], '-P morning --if-due --school "C:\\Schools\\St Anne\'s & \\"Zoë\\" <1>"', step.folder,
        ]  # fmt: skip
    assert xml_text(step).isascii()
    raw = xml_file(step)
    assert raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    assert 'encoding="UTF-16"' in raw.decode("utf-16") and "\r\n" in raw.decode("utf-16")


def test_a_file_for_windows_says_how_it_is_put_in_place(school: Path, tmp_path: Path) -> None:
    target = tmp_path / "morning.xml"
    ended = run(school, "schedule", "windows", "-o", str(target))
    assert (ended.code, ended.out) == (0, "")
    assert f'schtasks /Create /TN "morning" /XML "{target}"' in ended.err
    assert len(of(ElementTree.fromstring(target.read_bytes()), "Triggers/CalendarTrigger")) <= 48  # noqa: S314
    assert "Print it on the machine that is to run it" in ended.err or sys.platform == "win32"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("schedule", "anacron"), 2, "expected one of cron, systemd, windows"),
        (("schedule", "cron", "--format", "json"), 2, "--format"),
        (("schedule", "systemd", "-o", "firstday.txt"), 2, "ends in none of .service, .timer"),
        (("schedule", "windows", "-o", "SCHOOL/policy.toml"), 2, "would replace a file that firstday reads"),
        (("schedule", "cron", "-o", "SCHOOL/inbox/lines.txt"), 2, "would replace a file that firstday reads"),
        (("schedule", "cron", "-o", "SCHOOL/firstday.db"), 2, "would replace a file that firstday reads"),
    ],
)
def test_what_cannot_be_had_is_refused(school: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ended = run(school, *(word.replace("SCHOOL", str(school)) for word in words))
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


def test_a_folder_that_no_line_can_name_is_refused(tmp_path: Path) -> None:
    school = a_school(tmp_path / "two\nlines") if sys.platform != "win32" else None
    if school:
        ended = run(school, "schedule", "cron")
        assert (ended.code, ended.out) == (21, "")


def all_but_the_journal(school: Path) -> list[Path]:
    return sorted(path for path in school.rglob("*") if "journal" not in path.parts)


def test_looking_writes_nothing(school: Path) -> None:
    before = all_but_the_journal(school)
    for words in ((), ("cron",), ("systemd",), ("windows",)):
        assert run(school, "schedule", *words).code == 0
    assert all_but_the_journal(school) == before
