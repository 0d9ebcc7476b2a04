"""init · doctor: setting a school up, and seeing whether all is well."""

from pathlib import Path
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import end
from firstday_cli.cli.showing import show, tell_said


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the school's folder is made.")],
    sample: Annotated[bool, typer.Option("--sample", help="Fill it with an invented school's morning.")] = False,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Make a school folder with commented settings, and beside it starters to double-click.

    Example: firstday init fernhill --sample
    """
    from firstday_cli.morning.starting import made

    tell_said("init", made(folder, with_sample=sample, dry_run=dry_run), format_name)


def doctor(
    school: o.School = "",
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    exit_zero: o.ExitZero = False,
) -> None:
    """Check everything the morning rests on, one line a check, each with its mend.

    Example: firstday doctor
    """
    from firstday_cli.desk import Asked
    from firstday_cli.morning.doctor import examined
    from firstday_cli.reports.health import health, worst

    checks = examined(Asked(school=school, now=now))
    show(health(checks), format_name=format_name, output=output)
    end(worst(checks), exit_zero=exit_zero)
