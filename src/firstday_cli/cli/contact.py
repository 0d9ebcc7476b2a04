"""call · seen · inform: whom people reached, saw and told."""

from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, end, named, opened, tell

ACT_NOW = 11


def call(
    pupils: o.PupilArguments,
    contact: Annotated[
        int | None, typer.Option("--contact", metavar="N", help="Whom you rang: the contact's number on the list.")
    ] = None,
    outcome: Annotated[
        str, typer.Option("--outcome", parser=o.an_outcome, metavar="OUTCOME", help="How the call ended.")
    ] = "",
    reason: o.Reason = "",
    no_reason: Annotated[bool, typer.Option("--no-reason", help="They know where the child is and gave none.")] = False,
    child_with: o.ChildWith = "",
    code: o.AbsenceCode = "",
    sickness: o.Sickness = None,
    until: o.Until = None,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Anything else that was said.")] = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    dry_run: o.DryRun = False,
) -> None:
    """Write down one call to one contact; an answer says where the child is, and explains the day.

    Several pupils are siblings whom one unanswered call was about. A sign of danger ends with exit code 11.

    Example: firstday call P001 --contact 1 --outcome no-answer --by "A. Officer"
    """
    from firstday_cli.morning.contacting import Answer, called
    from firstday_cli.morning.recording import write

    _must_be_said(outcome)
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    answer = Answer(
        reason=reason, has_no_reason=no_reason, child_with=child_with, code=code, last_episode=sickness, until=until,
        note=note,
    )  # fmt: skip
    for sentence in write(desk, called(desk, pupils, contact, outcome, answer), dry_run=dry_run):
        tell(sentence)
    _end_in_danger(outcome)


def _must_be_said(outcome: str) -> None:
    if not outcome:
        raise typer.BadParameter(f"say how it ended: one of {', '.join(o.OUTCOMES)}", param_hint="--outcome")


def _end_in_danger(outcome: str) -> None:
    """Say what cannot wait, and end with 11, where the call shows a danger."""
    if outcome in o.DANGER:
        tell("Tell the safeguarding lead and the police now. Ring the other contacts meanwhile.")
        end(ACT_NOW, exit_zero=False)


def seen(
    pupils: o.PupilArguments,
    how: Annotated[
        str, typer.Option("--how", parser=o.a_way_of_seeing, metavar="home|video|school", help="Where or how.")
    ] = "",
    with_parent: Annotated[bool, typer.Option("--with-parent", help="A parent or carer was there too.")] = False,
    without_parent: Annotated[bool, typer.Option("--without-parent", help="No parent or carer was there.")] = False,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    dry_run: o.DryRun = False,
) -> None:
    """Write down that somebody of the school saw pupils; with a parent there it is a face to face.

    Example: firstday seen P001 P002 --how school --with-parent --by "A. Officer"
    """
    from firstday_cli.morning.contacting import seen as seen_by
    from firstday_cli.morning.recording import write

    if not how:
        raise typer.BadParameter("say where: one of home, video, school", param_hint="--how")
    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    entries = seen_by(desk, pupils, how, with_parent=with_parent, without_parent=without_parent)
    for sentence in write(desk, entries, dry_run=dry_run):
        tell(sentence)


def inform(
    pupil: o.PupilArgument,
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help="The agency or the professional told.")] = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    dry_run: o.DryRun = False,
) -> None:
    """Write down that you told a linked agency of the absence; firstday itself sends nothing.

    Example: firstday inform P003 --agency "Children's services" --by "A. Officer"
    """
    from firstday_cli.morning.contacting import informed
    from firstday_cli.morning.recording import write

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    for sentence in write(desk, [informed(desk, pupil, ask("Which agency", agency))], dry_run=dry_run):
        tell(sentence)
