"""what-if: a past morning lived again with one thing broken."""

from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened, tell_moments
from firstday_cli.cli.showing import must_be_writable, show

Drop = Annotated[
    str,
    typer.Option(
        "--drop", metavar="KIND|GROUP", help="What never came: a kind, such as register, or one group's register."
    ),
]
Late = Annotated[
    int | None,
    typer.Option("--late", metavar="MINUTES", help="It came so much later instead; alone, everything of the day did."),
]


def what_if(
    drop: Drop = "",
    late: Late = None,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    opens: o.Open = False,
) -> None:
    """Live a past morning again with one thing broken: who would be missed.

    And for how long; who would be found later, who looked for in vain. For safeguarding. Nothing is written.

    Example: firstday what-if --drop contacts --day 2020-02-03
    """
    from firstday_cli.morning import what_if as lived
    from firstday_cli.reports.what_if import what_if_page

    must_be_writable(format_name, output)
    desk = opened(school=school, day=day, half=session, now=now)
    found = lived.what_if(desk, drop, late, tell_moments)
    show(what_if_page(found), format_name=format_name, output=output, desk=desk, opens=opens)
