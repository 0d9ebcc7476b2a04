"""rag · rate · assess · review: how much risk an absence carries, who says so, and what the daily review decides."""

from datetime import date
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, looked_at, named, opened
from firstday_cli.cli.showing import must_be_writable, show, tell_written
from firstday_cli.cli.words import word_argument


def rag(
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    audience: o.For = "office",
) -> None:
    """List every pupil's rating; the reasons for safeguarding alone.

    Example: firstday rag --for safeguarding
    """
    from firstday_cli.morning.reporting import ratings_now
    from firstday_cli.reports.page import Audience
    from firstday_cli.reports.ratings import ratings

    desk = looked_at(school=school, day=day, now=now)
    page = ratings(ratings_now(desk), Audience(audience))
    show(page, format_name=format_name, output=output, desk=desk)


def rate(
    pupil: o.PupilArgument,
    rating: Annotated[str, word_argument(o.RATINGS, "RATING", "RED, AMBER or GREEN.")],
    because: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why.")] = "",
    authorised_by: Annotated[
        str, typer.Option("--authorised-by", metavar="NAME", help="The headteacher, for anything that leaves RED.")
    ] = "",
    review: Annotated[
        date | None,
        typer.Option("--review", parser=o.a_day, metavar="DAY", help="Until when it holds; then the rules."),
    ] = None,
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Raise or lower a pupil's rating.

    It holds until a new fact, or its review date.

    Example: firstday rate P001 AMBER --why "grandmother is in hospital" --by "A. Officer"
    """
    from firstday_cli.morning.rating import rated
    from firstday_cli.morning.recording import write

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    entry = rated(desk, pupil, rating, ask("Why", because), authorised_by, review)
    tell_written(write(desk, [entry], dry_run=dry_run), format_name)


def assess(
    pupil: o.PupilArgument,
    on: Annotated[date | None, typer.Option("--on", parser=o.a_day, metavar="DAY", help="When it was made.")] = None,
    review: Annotated[
        date | None, typer.Option("--review", parser=o.a_day, metavar="DAY", help="When it is to be reviewed.")
    ] = None,
    reference: Annotated[str, typer.Option("--ref", metavar="TEXT", help="Where it is kept; nothing of it.")] = "",
    school: o.School = "",
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that a risk assessment is on file.

    Its dates and where it is, never what it says.

    Example: firstday assess P003 --on 2026-11-02 --review 2027-01-11 --ref "safe, RA 12" --by "D. Lead"
    """
    from firstday_cli.morning.rating import assessed
    from firstday_cli.morning.recording import write

    desk = opened(school=school, now=now, by=named(by), at=at)
    tell_written(write(desk, [assessed(desk, pupil, on, review, reference)], dry_run=dry_run), format_name)


def review(
    pupil: Annotated[str | None, typer.Argument(metavar="PUPIL", help="Whom a decision is about.")] = None,
    decision: Annotated[str, typer.Option("--decision", metavar="TEXT", help="What was decided.")] = "",
    present: Annotated[
        list[str] | None, typer.Option("--present", metavar="NAME", help="Who was there; may be repeated.")
    ] = None,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    output: o.Output = None,
    opens: o.Open = False,
    dry_run: o.DryRun = False,
) -> None:
    """Show the page of the daily review, and write down what was decided.

    Who was there is written down too.

    Example: firstday review P003 --decision "visit again at 14:00" --present "H. Head" --by "D. Lead"
    """
    from firstday_cli.morning.rating import reviewed
    from firstday_cli.morning.recording import write
    from firstday_cli.morning.replaying import not_taken_in
    from firstday_cli.morning.reporting import Wanted, reported
    from firstday_cli.reports.sheet_head import with_unread

    must_be_writable(format_name, output)
    writes = bool(pupil or decision or present)
    open_desk = opened if writes else looked_at
    desk = open_desk(school=school, day=day, half=session, now=now, by=named(by) if writes else by, at=at)
    if writes:
        tell_written(write(desk, reviewed(desk, pupil, decision, present or []), dry_run=dry_run))
    page = with_unread(reported(desk, "rag-review", Wanted()), not_taken_in(desk))
    show(page, format_name=format_name, output=output, desk=desk, opens=opens)
