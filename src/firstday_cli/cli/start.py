"""init · morning · doctor: setting a school up, the scheduled step, and seeing whether all is well."""

from pathlib import Path
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import end, tell_progress, tell_troubles
from firstday_cli.cli.showing import must_be_writable, show, tell_said


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the school's folder is made.")],
    sample: Annotated[bool, typer.Option("--sample", help="Fill it with an invented school's morning.")] = False,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Make a school folder with commented settings.

    Beside it stand starters to double-click.

    Example: firstday init fernhill --sample
    """
    from firstday_cli.morning.starting import made

    tell_said("init", made(folder, with_sample=sample, dry_run=dry_run), format_name)


def morning(
    if_due: Annotated[
        bool, typer.Option("--if-due", help="Do nothing, and end with 0, unless a run of today is due.")
    ] = False,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    format_name: o.Format = "",
    output: o.Output = None,
    dry_run: o.DryRun = False,
    exit_zero: o.ExitZero = False,
) -> None:
    """The scheduled step: take in, reconcile, write the sheets of the moment.

    It names no child on screen. heartbeat.json in the school's folder says when it ran, what it found, what comes next.

    Example: firstday morning --if-due
    """
    from firstday_cli.desk import Asked
    from firstday_cli.morning.scheduled import run_morning, would_run

    must_be_writable(format_name, output)
    asked = Asked(school=school, day=day, half=session, now=now, by=by)
    page, code = (would_run if dry_run else run_morning)(asked, tell_progress, if_due=if_due)
    tell_troubles(page.warnings)
    show(page, format_name=format_name, output=output)
    end(code, exit_zero=exit_zero)


def doctor(
    school: o.School = "",
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    exit_zero: o.ExitZero = False,
) -> None:
    """Check all that the morning rests on, each check with its mend.

    Example: firstday doctor
    """
    from firstday_cli.desk import Asked
    from firstday_cli.morning.doctor import examined
    from firstday_cli.reports.health import health, worst

    checks = examined(Asked(school=school, now=now))
    show(health(checks), format_name=format_name, output=output)
    end(worst(checks), exit_zero=exit_zero)
