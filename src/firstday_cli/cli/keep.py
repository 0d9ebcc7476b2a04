"""backup · verify · retain: keeping the store safe, and what is written beside it no longer than needed."""

from pathlib import Path
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened
from firstday_cli.cli.showing import SHEETS, must_be_writable, show, tell_said
from firstday_cli.errors import StoreUnavailable


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The copy to make; it must not be there yet.")],
    school: o.School = "",
    format_name: o.Format = "",
) -> None:
    """Make a safe copy of the store while it is in use.

    Example: firstday backup monday.db
    """
    from firstday_cli.morning.keeping import backed_up

    tell_said("backup", [backed_up(opened(school=school), file)], format_name)


def verify(school: o.School = "", format_name: o.Format = "") -> None:
    """Check that the log is whole and unaltered.

    Example: firstday verify
    """
    from firstday_cli.morning.keeping import verified

    tell_said("verify", [verified(opened(school=school))], format_name)


def retain(
    school: o.School = "",
    now: o.Now = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be removed, and remove nothing.")] = False,
    format_name: o.Format = "",
    output: o.Output = None,
) -> None:
    """Remove sheets and rows refused that are older than [sheets] keep_days.

    Never one that an open case needs.

    Example: firstday retain --dry-run
    """
    from firstday_cli.morning.retaining import retain as retain_sheets
    from firstday_cli.reports.retained import retained

    must_be_writable(format_name, output)
    done = retain_sheets(opened(school=school, now=now), dry_run=dry_run)
    show(retained(done), format_name=format_name, output=output)
    if done.stuck:
        raise StoreUnavailable("could not all be removed. Check who may write there, and run it again.", SHEETS)
