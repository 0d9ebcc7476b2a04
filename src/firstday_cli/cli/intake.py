"""ingest · inspect · registers · close: what comes in, and whether school is open."""

from pathlib import Path
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, choose, end, looked_at, named, opened, tell_files, tell_progress
from firstday_cli.cli.showing import must_be_writable, show, tell_written
from firstday_cli.cli.words import offered
from firstday_cli.errors import PROVISIONAL

Kind = Annotated[
    str,
    typer.Option(
        "--as",
        autocompletion=offered(o.KINDS_OF_EXPORT),
        metavar="KIND",
        help=f"{', '.join(o.KINDS_OF_EXPORT)}.",
    ),
]


def ingest(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Exports; all that is new in inbox/ if left out.")
    ] = None,
    kind: Kind = "",
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help="The layout: a shipped one (sims), or the school's own.")
    ] = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    format_name: o.Format = "",
    output: o.Output = None,
    exit_zero: o.ExitZero = False,
    dry_run: o.DryRun = False,
) -> None:
    """Take exports in: each is read, summed up and kept.

    The files are never changed. Typed calls are written in the log; one that shows a danger ends with exit code 11.

    Example: firstday ingest register.csv lates.csv
    """
    from firstday_cli.morning.reconciling import exit_code_of_files
    from firstday_cli.morning.taking_in import take_in
    from firstday_cli.reports.taken_in import taken_in

    must_be_writable(format_name, output)
    desk = opened(school=school, day=day, half=session, now=now, by=by)
    reports = take_in(desk, files or (), kind=kind, profile=profile, dry_run=dry_run, progress=tell_progress)
    tell_files(reports, format_name=format_name)
    show(taken_in(reports, dry_run=dry_run), format_name=format_name, output=output)
    end(exit_code_of_files(reports), exit_zero=exit_zero)


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export; nothing of it is kept.")],
    save: Annotated[
        str, typer.Option("--save", metavar="NAME", help="Keep this reading as profiles/NAME.toml of the school.")
    ] = "",
    pairs: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=MEANING", help="What a column means, or `nothing`; mark:AM for one of marks."
        ),
    ] = None,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    dry_run: o.DryRun = False,
) -> None:
    """Show how a file would be read and why; save a layout that is new.

    With --save firstday knows such files from then on. Cells are shown masked. What is in doubt is asked at a
    terminal, or said with --map.

    Example: firstday inspect register.csv
    """
    from firstday_cli.morning.inspecting import Inspection, mend_of, taught
    from firstday_cli.reports.inspected import inspected

    must_be_writable(format_name, output)
    desk = opened(school=school, day=day, half=session, now=now)
    inspection = Inspection(desk, file, taught(pairs or ()))
    if save:
        inspection.settle(choose)
    saved = inspection.save(save, dry_run=dry_run) if save else ""
    shown = inspection.shown()
    page = inspected(
        shown, saved=saved, mend=mend_of(shown, file, saved, school, inspection.told.meanings), dry_run=dry_run
    )
    show(page, format_name=format_name, output=output)


def registers(
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    exit_zero: o.ExitZero = False,
) -> None:
    """Show which registers are missing, awaited or partly marked, to be chased.

    Example: firstday registers --session PM
    """
    from firstday_cli.domain.picture.day_picture import day_picture
    from firstday_cli.reports.registers import registers as registers_page

    desk = looked_at(school=school, day=day, half=session, now=now)
    picture = day_picture(desk.evidence())
    show(registers_page(picture), format_name=format_name, output=output, desk=desk)
    end(PROVISIONAL if picture.missing_registers or not picture.roll else 0, exit_zero=exit_zero)


def close(
    because: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why the school is shut.")] = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Say that the school is shut: nobody is expected that day, or session.

    Example: firstday close --day 2026-11-23 --why "burst pipe" --by "H. Head"
    """
    from firstday_cli.morning.recording import closed, write

    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    tell_written(write(desk, [closed(desk, ask("Why the school is shut", because))], dry_run=dry_run), format_name)
