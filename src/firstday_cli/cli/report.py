"""report · reports: pages that can be asked for at any time."""

from datetime import date
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened, show


def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which report; `firstday reports` lists them.")],
    first: Annotated[date | None, typer.Option("--from", parser=o.a_day, metavar="DAY", help="The first day.")] = None,
    last: Annotated[date | None, typer.Option("--to", parser=o.a_day, metavar="DAY", help="The last day.")] = None,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
) -> None:
    """Show any report, of a day or of a stretch of days.

    Example: firstday report analysis --from 2026-11-02 --to 2026-11-23
    """
    from firstday_cli.morning.reporting import reported

    desk = opened(school=school, day=day, half=session, now=now)
    show(reported(desk, name, first, last), format_name=format_name, output=output)


def reports(format_name: o.Format = "", output: o.Output = None) -> None:
    """List the reports, with whom each is for.

    Example: firstday reports
    """
    from firstday_cli.reports.catalogue import catalogue

    show(catalogue(), format_name=format_name, output=output)
