"""report · reports: pages that can be asked for at any time."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened_as_of, tell_days
from firstday_cli.cli.showing import must_be_writable, protected_as, show
from firstday_cli.cli.words import offered, reports_begun

T = TypeVar("T")
REFERRAL = "referral"


Name = Annotated[
    str,
    typer.Argument(metavar="NAME", autocompletion=reports_begun, help="Which report; `firstday reports` lists them."),
]
Whom = Annotated[
    str,
    typer.Argument(
        metavar="PUPIL", help="Of a referral or a history, whom it is about: an id, or a name that fits one."
    ),
]
First = Annotated[date | None, typer.Option("--from", parser=o.a_day, metavar="DAY", help="The first day.")]
To = Annotated[
    str,
    typer.Option(
        "--to",
        autocompletion=offered(o.BODIES),
        metavar="DAY|BODY",
        help="The last day; of a referral, to whom: attendance-team, social-care or police.",
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="MOMENT", help="What was known at this moment past; a bare time is of today, or of --day."
    ),
]


def report(
    name: Name,
    pupil: Whom = "",
    first: First = None,
    to: To = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    audience: o.For = "",
    opens: o.Open = False,
    protect: o.Protect = False,
    as_of: AsOf = "",
) -> None:
    """Show any report: of a day, of a stretch of days, or of one pupil.

    Left out, --for is whom the report is for.

    With --as-of it is the report of a moment past, as the office knew it then; nothing is written.

    Example: firstday report analysis --from 2026-11-02 --to 2026-11-23
    """
    from firstday_cli.morning.replaying import not_taken_in
    from firstday_cli.morning.reporting import Wanted, reported
    from firstday_cli.reports.page import Audience
    from firstday_cli.reports.sheet_head import known_then, with_unread

    must_be_writable(format_name, output)
    if name == REFERRAL and first:
        raise typer.BadParameter("a referral is of now: say no first day", param_hint="--from")
    spans = {"body": _to(to, o.a_body)} if name == REFERRAL else {"last": _to(to, o.a_day) if to else None}
    readers = Audience(audience) if audience else None
    wanted = Wanted(first=first, pupil=pupil, audience=readers, tell=tell_days, **spans)
    format_name, password = protected_as(format_name, output) if protect else (format_name, "")
    desk = opened_as_of(as_of, school=school, day=day, half=session, now=now)
    page = known_then(with_unread(reported(desk, name, wanted), not_taken_in(desk)), desk.asked.as_of)
    show(page, format_name=format_name, output=output, desk=desk, opens=opens, password=password)


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
