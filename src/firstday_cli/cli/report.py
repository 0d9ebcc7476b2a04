"""report · reports: pages that can be asked for at any time."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened, show

T = TypeVar("T")
REFERRAL = "referral"


def report(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which report; `firstday reports` lists them.")],
    pupil: Annotated[
        str, typer.Argument(metavar="PUPIL", help="Of a referral, whom it is about: an id, or a name that fits one.")
    ] = "",
    first: Annotated[date | None, typer.Option("--from", parser=o.a_day, metavar="DAY", help="The first day.")] = None,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="DAY|BODY",
            help="The last day; of a referral, to whom: attendance-team, social-care or police.",
        ),
    ] = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
) -> None:
    """Show any report, of a day, of a stretch of days, or a referral of one pupil.

    Example: firstday report analysis --from 2026-11-02 --to 2026-11-23
    """
    from firstday_cli.morning.reporting import Wanted, reported

    if name == REFERRAL:
        if first:
            raise typer.BadParameter("a referral is of now: say no first day", param_hint="--from")
        wanted = Wanted(pupil=pupil, body=_to(to, o.a_body))
    else:
        wanted = Wanted(first=first, last=_to(to, o.a_day) if to else None, pupil=pupil)
    desk = opened(school=school, day=day, half=session, now=now)
    show(reported(desk, name, wanted), format_name=format_name, output=output)


def _to(text: str, parse: Callable[[str], T]) -> T:
    """What --to says: a day, or of a referral a body."""
    try:
        return parse(text)
    except typer.BadParameter as error:
        raise typer.BadParameter(error.message, param_hint="--to") from None


def reports(format_name: o.Format = "", output: o.Output = None) -> None:
    """List the reports, with whom each is for.

    Example: firstday reports
    """
    from firstday_cli.reports.catalogue import catalogue

    show(catalogue(), format_name=format_name, output=output)
