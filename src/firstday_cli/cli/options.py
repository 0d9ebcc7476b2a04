"""Options that many commands share, and their help."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from firstday_cli.desk import said_day, said_moment, said_time
from firstday_cli.domain.school_days import Half

T = TypeVar("T")


def _read(parse: Callable[[str], T]) -> Callable[[str], T]:
    def parsed(text: str) -> T:
        try:
            return parse(text)
        except ValueError as error:
            raise typer.BadParameter(f"found {text!r}, expected {error}") from None

    return parsed


def _half(text: str) -> Half:
    if text.upper() not in tuple(Half):
        raise typer.BadParameter(f"found {text!r}, expected AM or PM")
    return Half(text.upper())


a_day, a_moment, a_time = _read(said_day), _read(said_moment), _read(said_time)

School = Annotated[str, typer.Option("--school", metavar="DIR", help="The school's folder.")]
Day = Annotated[date | None, typer.Option("--day", parser=a_day, metavar="DAY", help="The day; today if left out.")]
HalfDay = Annotated[
    Half | None, typer.Option("--session", parser=_half, metavar="AM|PM", help="The session; by the clock if left out.")
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
    typer.Option("--format", metavar="table|text|csv|json", help="How to write it: a table in a window, else text."),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write to this file; its ending chooses the format."),
]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="End with 0 where somebody must act (10 to 12).")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")]
PupilArgument = Annotated[str, typer.Argument(metavar="PUPIL", help="An id, or a name that fits one pupil.")]
PupilArguments = Annotated[list[str], typer.Argument(metavar="PUPIL…", help="Ids, or names that each fit one pupil.")]
