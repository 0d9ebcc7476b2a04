"""Options that many commands share, and their help."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from firstday_cli.cli.words import formats_begun, one_of, word_option
from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.escalated import Body, Reply
from firstday_cli.domain.log.visits import VisitOutcome

T = TypeVar("T")


def _read(text: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text)
    except ValueError as error:
        raise typer.BadParameter(f"found {text!r}, expected {error}") from None


def a_day(text: str) -> date:
    """The day typed."""
    from firstday_cli.morning.typed_moments import said_day

    return _read(text, said_day)


def a_moment(text: str) -> datetime:
    """The moment typed; London's where no zone is said."""
    from firstday_cli.morning.typed_moments import said_moment

    return _read(text, said_moment)


def a_time(text: str) -> time:
    """The time of day typed."""
    from firstday_cli.morning.typed_moments import said_time

    return _read(text, said_time)


OUTCOMES = tuple(outcome.value for outcome in Outcome)
DANGER = tuple(outcome.value for outcome, follows in FOLLOWS.items() if follows.is_danger)
VISIT_OUTCOMES = tuple(found.value for found in VisitOutcome)
BODIES, REPLIES = tuple(body.value for body in Body), tuple(reply.value for reply in Reply)
RATINGS, KINDS_OF_VISIT, RECORDS = ("RED", "AMBER", "GREEN"), ("first-day", "kit"), ("mis", "cpoms")
KINDS_OF_NOTE, WAYS_OF_SEEING = ("note", "intelligence", "strategy", "impact"), ("home", "video", "school")
KINDS_OF_EXPORT = ("roll", "contacts", "register", "lates", "messages", "planned", "flags", "calls")
a_body = one_of(*BODIES)

School = Annotated[str, typer.Option("--school", metavar="DIR", help="The school's folder.")]
Day = Annotated[date | None, typer.Option("--day", parser=a_day, metavar="DAY", help="The day; today if left out.")]
HalfDay = Annotated[
    str | None, word_option("--session", words=("AM", "PM"), says="The session; by the clock if left out.")
]
Now = Annotated[
    datetime | None,
    typer.Option(
        "--now", parser=a_moment, metavar="TIMESTAMP", help="The moment to work as of; the clock if left out."
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who says so; else FIRSTDAY_BY.")]
At = Annotated[
    datetime | None,
    typer.Option("--at", parser=a_moment, metavar="TIMESTAMP", help="When it happened; now if left out."),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        autocompletion=formats_begun,
        metavar="table|text|md|csv|json|html|pdf|xlsx",
        help="How to write it: a table in a window, else text.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file; its ending chooses the format."),
]
Open = Annotated[bool, typer.Option("--open", help="Write it among the sheets as a web page, and open it.")]
Protect = Annotated[
    bool, typer.Option("--protect", help="Ask for a password that the PDF or xlsx opens with; else FIRSTDAY_PASSWORD.")
]
For = Annotated[
    str,
    word_option("--for", words=("office", "safeguarding"), says="Rating reasons are shown for safeguarding alone."),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="End with 0 where somebody must act (10 to 12).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
PupilArgument = Annotated[str, typer.Argument(metavar="PUPIL", help="An id, or a name that fits one pupil.")]
PupilArguments = Annotated[list[str], typer.Argument(metavar="PUPIL…", help="Ids, or names that each fit one pupil.")]
ToldBy = Annotated[str, typer.Option("--told-by", metavar="WHO", help="Who told the school.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the child is absent, as they said it.")]
ChildWith = Annotated[str, typer.Option("--child-with", metavar="TEXT", help="Whom the child is with, and where.")]
AbsenceCode = Annotated[str, typer.Option("--code", metavar="CODE", help="The code the office may enter.")]
Until = Annotated[date | None, typer.Option("--until", parser=a_day, metavar="DAY", help="The last day it covers.")]
Back = Annotated[time | None, typer.Option("--back", parser=a_time, metavar="TIME", help="When the child is due back.")]
Sickness = Annotated[
    datetime | None,
    typer.Option(
        "--sickness", parser=a_moment, metavar="LAST_EPISODE", help="Sickness or diarrhoea: the last episode."
    ),
]
ContactNumber = Annotated[
    int | None, typer.Option("--contact", metavar="N", help="Whom you rang: the contact's number on the list.")
]
HowItEnded = Annotated[str, word_option("--outcome", words=OUTCOMES, metavar="OUTCOME", says="How the call ended.")]
NoReason = Annotated[bool, typer.Option("--no-reason", help="They know where the child is and gave none.")]
