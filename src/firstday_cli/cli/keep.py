"""backup · verify: keeping the store safe."""

from pathlib import Path
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import opened
from firstday_cli.cli.showing import tell_said


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
