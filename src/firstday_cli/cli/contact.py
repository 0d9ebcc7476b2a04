"""call · text · seen · inform: whom people reached, texted, saw and told."""

import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, end, named, opened, tell
from firstday_cli.cli.showing import tell_written
from firstday_cli.cli.words import word_option
from firstday_cli.errors import ACT_NOW

if TYPE_CHECKING:
    from firstday_cli.desk import Desk


Rung = Annotated[
    list[str] | None, typer.Argument(metavar="PUPIL…", help="Whom it was about; left out, walks down the list.")
]


def call(
    pupils: Rung = None,
    contact: o.ContactNumber = None,
    outcome: o.HowItEnded = "",
    reason: o.Reason = "",
    no_reason: o.NoReason = False,
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
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down one call to one contact, and how it ended.

    At a terminal, without options, walk down the call sheet key by key. An answer says where the child is, and
    explains the day. Several pupils are siblings of one unanswered call.

    Example: firstday call P001 --contact 1 --outcome no-answer --by "A. Officer"
    """
    from firstday_cli.morning.after_a_call import logged
    from firstday_cli.morning.contacting import Answer, called

    if not pupils:
        _walk(any((contact, outcome, reason, child_with, note, at, dry_run)), school=school, day=day, now=now, by=by)
    _must_be_said(outcome)
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    answer = Answer(
        reason=reason, has_no_reason=no_reason, child_with=child_with, code=code, last_episode=sickness, until=until,
        note=note,
    )  # fmt: skip
    tell_written(logged(desk, called(desk, pupils, contact, outcome, answer), dry_run=dry_run), format_name)
    _end_in_danger(outcome)


def _walk(is_about_somebody: bool, **said: Any) -> NoReturn:  # noqa: FBT001 - said once, above
    """Walk down the call sheet, where there is somebody to ask and nothing else was said."""
    from firstday_cli.cli.walk import Walker

    if is_about_somebody:
        raise typer.BadParameter("name the pupil whom the call was about", param_hint="PUPIL")
    if not sys.stdin.isatty():
        raise typer.BadParameter("name the pupil; only at a terminal `call` walks down the list", param_hint="PUPIL")
    said["by"] = named(said["by"])
    had_danger = Walker(lambda: opened(**said)).walk()
    end(ACT_NOW if had_danger else 0, exit_zero=False)


def _must_be_said(outcome: str) -> None:
    if not outcome:
        raise typer.BadParameter(f"say how it ended: one of {', '.join(o.OUTCOMES)}", param_hint="--outcome")


def _end_in_danger(outcome: str) -> None:
    """Say what cannot wait, and end with 11, where the call shows a danger."""
    if outcome in o.DANGER:
        tell("Tell the safeguarding lead and the police now. Ring the other contacts meanwhile.")
        end(ACT_NOW, exit_zero=False)


def text(
    pupils: Annotated[
        list[str] | None,
        typer.Argument(metavar="PUPIL…", help="Whose families were texted; left out, asks for the whole batch."),
    ] = None,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that texts were sent to these families.

    A text is never contact, and closes nothing.

    Example: firstday text P001 P002 --by "A. Officer"
    """
    from firstday_cli.morning.contacting import texted

    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    tell_written(texted(desk, pupils or _whole_batch(desk), dry_run=dry_run), format_name)


def _whole_batch(desk: "Desk") -> list[str]:
    """Every pupil whose family is still to be texted, once somebody says that the batch went."""
    from firstday_cli.morning.contacting import to_text

    if not sys.stdin.isatty():
        raise typer.BadParameter("name the pupils whose families were texted", param_hint="PUPIL")
    batch = to_text(desk)
    if batch and not typer.confirm(f"Were the texts about all {len(batch)} pupils sent", err=True):
        tell("Nothing was written down.")
        end(0, exit_zero=False)
    return batch


def seen(
    pupils: o.PupilArguments,
    how: Annotated[str, word_option("--how", words=o.WAYS_OF_SEEING, says="Where or how.")] = "",
    with_parent: Annotated[bool, typer.Option("--with-parent", help="A parent or carer was there too.")] = False,
    without_parent: Annotated[bool, typer.Option("--without-parent", help="No parent or carer was there.")] = False,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that somebody of the school saw pupils.

    With a parent there it is a face to face.

    Example: firstday seen P001 P002 --how school --with-parent --by "A. Officer"
    """
    from firstday_cli.morning.contacting import seen as seen_by
    from firstday_cli.morning.recording import write

    if not how:
        raise typer.BadParameter("say where: one of home, video, school", param_hint="--how")
    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    entries = seen_by(desk, pupils, how, with_parent=with_parent, without_parent=without_parent)
    tell_written(write(desk, entries, dry_run=dry_run), format_name)


def inform(
    pupil: o.PupilArgument,
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help="The agency or the professional told.")] = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that you told a linked agency of the absence.

    firstday itself sends nothing.

    Example: firstday inform P003 --agency "Children's services" --by "A. Officer"
    """
    from firstday_cli.morning.contacting import informed
    from firstday_cli.morning.recording import write

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    tell_written(write(desk, [informed(desk, pupil, ask("Which agency", agency))], dry_run=dry_run), format_name)
