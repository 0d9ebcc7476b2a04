"""The sample school on its morning, and what commands say there."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from docs_commands import COMMAND

AS_OF = ("--now", "2026-11-23T09:20")


@contextmanager
def sample_school() -> Iterator[Path]:
    """A folder of the sample school with everything taken in."""
    with TemporaryDirectory() as folder:
        school = Path(folder) / "school"
        said("init", str(school), "--sample")
        said("ingest", "--school", str(school), *AS_OF)
        yield school


def said(*words: str) -> str:
    """What a command writes on standard output."""
    with CliRunner().isolation(env={"FIRSTDAY_SCHOOL": None, "FIRSTDAY_BY": None}) as (out, _, _):
        with suppress(SystemExit):
            COMMAND.main(args=list(words), prog_name="firstday")
        sys.stdout.flush()
        text = out.getvalue().decode()
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
