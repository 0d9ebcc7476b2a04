"""check · explain · note · logged · withdraw: what people write in the log."""

from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, named, opened
from firstday_cli.cli.showing import tell_written
from firstday_cli.cli.words import word_option


def check(
    pupils: o.PupilArguments,
    found: Annotated[bool, typer.Option("--found", help="Seen in school.")] = False,
    not_found: Annotated[bool, typer.Option("--not-found", help="Looked for, and not there.")] = False,
    arrived: Annotated[bool, typer.Option("--arrived", help="Arrived at the place off site.")] = False,
    not_arrived: Annotated[bool, typer.Option("--not-arrived", help="Did not arrive there.")] = False,
    where: Annotated[str, typer.Option("--where", metavar="TEXT", help="Where you looked.")] = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that pupils were looked for in school, or off site.

    Found or not found in school; arrived or not arrived where they are taught off site.

    It also says what the register may now need of these pupils; firstday itself changes no register.

    Example: firstday check P001 P002 --not-found --where "library" --by "A. Officer"
    """
    from firstday_cli.morning.recording import checked, looked

    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    said = {"found": found, "not-found": not_found, "arrived": arrived, "not-arrived": not_arrived}
    tell_written(looked(desk, checked(desk, pupils, said, where), dry_run=dry_run), format_name)


def explain(
    pupil: o.PupilArgument,
    told_by: o.ToldBy = "",
    reason: o.Reason = "",
    child_with: o.ChildWith = "",
    code: o.AbsenceCode = "",
    sickness: o.Sickness = None,
    until: o.Until = None,
    back: o.Back = None,
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down an explanation that came in any other way.

    It covers its day, and more only with --until.

    Example: firstday explain P001 --told-by "mother" --reason "temperature" --child-with "mother" --by "A. Officer"
    """
    from firstday_cli.morning.recording import explained, write

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    told = ask("Who told the school", told_by), ask("Why the child is absent", reason)
    entry = explained(
        desk,
        pupil,
        *told,
        ask("Whom the child is with", child_with),
        code=code,
        last_episode=sickness,
        until=until,
        back=back,
    )
    tell_written(write(desk, [entry], dry_run=dry_run), format_name)


def note(
    pupil: o.PupilArgument,
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What to remember.")] = "",
    kind: Annotated[
        str,
        word_option("--kind", words=o.KINDS_OF_NOTE, says="What it is about."),
    ] = "note",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down something to remember about a pupil; it explains no absence.

    Example: firstday note P001 --text "sister says they are moving house" --kind intelligence --by "A. Officer"
    """
    from firstday_cli.morning.recording import noted, write

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    tell_written(write(desk, [noted(desk, pupil, ask("What to remember", text), kind)], dry_run=dry_run), format_name)


def logged(
    pupils: o.PupilArguments,
    into: Annotated[str, word_option("--in", words=o.RECORDS, says="The record that it was pasted into.")] = "",
    reference: Annotated[
        str, typer.Option("--reference", metavar="TEXT", help="Where it stands there, such as a number.")
    ] = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that a pupil's note was pasted into the school's own record.

    It explains nothing.

    Example: firstday logged P001 P002 --in mis --by "A. Officer"
    """
    from firstday_cli.morning.pasting import pasted
    from firstday_cli.morning.recording import write

    if not into:
        raise typer.BadParameter("say where: mis or cpoms", param_hint="--in")
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    tell_written(write(desk, pasted(desk, pupils, into, reference), dry_run=dry_run), format_name)


def withdraw(
    entry: Annotated[
        str, typer.Argument(metavar="ENTRY|last", help="The entry's id, such as E12, or `last`: your own last one.")
    ],
    because: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why it is taken back.")] = "",
    school: o.School = "",
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Take an entry back; nothing is edited or deleted.

    A withdrawal can be withdrawn.

    Example: firstday withdraw last --why "wrong child" --by "A. Officer"
    """
    from firstday_cli.morning.recording import withdrawn, write

    desk = opened(school=school, now=now, by=named(by), at=at)
    tell_written(write(desk, [withdrawn(desk, entry, ask("Why", because))], dry_run=dry_run), format_name)
