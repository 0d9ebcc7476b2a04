"""When the scheduled step runs, and the text with which a scheduler of this machine is told so."""

from collections.abc import Mapping
from pathlib import Path

from firstday_cli.desk import Desk
from firstday_cli.domain.machine_times import slots
from firstday_cli.domain.runs import daily_runs, next_runs
from firstday_cli.errors import InvalidSettings, Mistyped
from firstday_cli.morning.schedulers import SCHEDULERS, Scheduler
from firstday_cli.morning.schedulers.step import Step
from firstday_cli.morning.this_machine import clocks, here, is_windows, program
from firstday_cli.reports.page import Page
from firstday_cli.reports.schedule import Scheduled, schedule

NEXT = 10


def schedule_page(desk: Desk) -> Page:
    """The runs of this school's days, those that come next, and how each scheduler is had."""
    coming = next_runs(desk.now, desk.policy, desk.calendar, NEXT)
    return schedule(
        Scheduled(
            school=_one_line(desk.policy.school.name), as_of=desk.now, runs=daily_runs(desk.policy),
            coming=tuple((run, here(run.at)) for run in coming),
            schedulers={name: (found.about, found.pasted) for name, found in SCHEDULERS.items()},
        )
    )  # fmt: skip


def scheduler_named(name: str) -> Scheduler:
    """The scheduler of this name. Raises Mistyped where there is none."""
    found = SCHEDULERS.get(name.casefold())
    if found is None:
        raise Mistyped(f'found "{name}", expected one of {", ".join(SCHEDULERS)}.', "SCHEDULER")
    return found


def printed(desk: Desk, scheduler: Scheduler) -> str:
    """Exactly what is pasted or saved, as text."""
    return scheduler.printed(step_of(desk))


def files_for(desk: Desk, scheduler: Scheduler, target: Path) -> Mapping[Path, str | bytes]:
    """What is written into the file named, and into the one beside it. Raises Mistyped for an ending of neither."""
    endings, step = scheduler.files, step_of(desk)
    if "" in endings:
        return {target: endings[""](step)}
    if target.suffix not in endings:
        raise Mistyped(f'"{target.name}" ends in none of {", ".join(endings)}: both are written.', "-o")
    return {target.with_suffix(ending): content(step) for ending, content in endings.items()}


def how_to_place(scheduler: Scheduler, target: Path) -> str:
    """What somebody types so that the file written is used."""
    timer = target.with_suffix(".timer").name
    return scheduler.saved.format(file=target, timer=timer, name=target.stem)


def doubt_about_the_machine(scheduler: Scheduler) -> str:
    """Why the text may be of no use here; empty where this machine has such a scheduler."""
    if scheduler.on_windows == is_windows():
        return ""
    return "Print it on the machine that is to run it: it names the Python, the folder and the clock of this one."


def step_of(desk: Desk) -> Step:
    """The scheduled step of this school on this machine. Raises InvalidSettings for a folder no line can name."""
    folder, words = str(desk.folder.absolute()), program()
    if not all(word.isprintable() for word in (folder, *words)):
        raise InvalidSettings("has a letter in its path that no scheduler can be given. Rename it.", desk.folder.name)
    today = desk.now.date()
    return Step(
        school=_one_line(desk.policy.school.name), folder=folder, program=words,
        slots=slots(daily_runs(desk.policy), today, clocks()), since=today,
    )  # fmt: skip


def _one_line(words: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
