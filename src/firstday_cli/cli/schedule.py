"""schedule: when the scheduled step runs, and what makes a machine run it."""

from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened, tell
from firstday_cli.cli.showing import save_text, show, show_text
from firstday_cli.cli.words import offered
from firstday_cli.errors import Mistyped

SCHEDULERS = ("cron", "systemd", "windows")
SchedulerName = Annotated[
    str,
    typer.Argument(
        metavar="[cron|systemd|windows]", autocompletion=offered(SCHEDULERS),
        help="Print the text for this scheduler, and nothing else.",
    ),
]  # fmt: skip


def schedule(
    scheduler: SchedulerName = "",
    school: o.School = "",
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
) -> None:
    """Show when the scheduled step runs, and what cron, systemd or Windows need.

    It installs nothing.

    Example: firstday schedule
    """
    from firstday_cli.morning.scheduling import (
        doubt_about_the_machine,
        files_for,
        how_to_place,
        printed,
        schedule_page,
        scheduler_named,
    )

    desk = opened(school=school, now=now)
    if not scheduler:
        show(schedule_page(desk), format_name=format_name, output=output, desk=desk)
        return
    asked = scheduler_named(scheduler)
    if format_name:
        raise Mistyped(f"what is printed for {scheduler} has one format of its own: leave it away.", "--format")
    if output is None:
        show_text(printed(desk, asked))
    else:
        save_text(files_for(desk, asked, output), desk)
        tell(how_to_place(asked, output))
    if doubt := doubt_about_the_machine(asked):
        tell(f"! {doubt}")
