"""reconcile · why · messages · match · listen: what the morning shows, and what a person decides of messages."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import end, looked_at, named, opened, tell, tell_files, tell_progress
from firstday_cli.cli.showing import must_be_writable, show, tell_written
from firstday_cli.errors import ACT_NOW, SOMEBODY_MUST_ACT

if TYPE_CHECKING:
    from firstday_cli.desk import Desk


def reconcile(
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    format_name: o.Format = "",
    output: o.Output = None,
    audience: o.For = "office",
    opens: o.Open = False,
    exit_zero: o.ExitZero = False,
) -> None:
    """Take in what is new, then list who is absent with no explanation.

    Example: firstday reconcile --session AM
    """
    from firstday_cli.morning.reconciling import exit_code_of, pressing, reconciled
    from firstday_cli.reports.page import Audience
    from firstday_cli.reports.unexplained import sums, unexplained

    must_be_writable(format_name, output)
    desk = looked_at(school=school, day=day, half=session, now=now, by=by)
    found, files = reconciled(desk, tell_progress)
    tell_files(files, format_name=format_name)
    if format_name != "json":
        tell(pressing(found))
        tell(sums(found.picture))
    page = unexplained(found.picture, Audience(audience))
    show(page, format_name=format_name, output=output, desk=desk, opens=opens)
    end(exit_code_of(found, files), exit_zero=exit_zero)


def why(
    pupil: o.PupilArgument,
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    format_name: o.Format = "",
    output: o.Output = None,
    audience: o.For = "office",
) -> None:
    """Show the evidence for and against where one pupil stands, and what is next.

    Example: firstday why P001
    """
    from firstday_cli.domain.escalation.next_steps import escalation
    from firstday_cli.domain.picture.account import account_of
    from firstday_cli.reports.page import Audience
    from firstday_cli.reports.why import why as why_page

    desk = looked_at(school=school, day=day, half=session, now=now)
    pupil_id, evidence = desk.pupil_named(pupil), desk.evidence()
    page = why_page(account_of(evidence, pupil_id), escalation(evidence), Audience(audience))
    show(page, format_name=format_name, output=output, desk=desk)


def tell_unread(desk: "Desk") -> None:
    """Say on standard error how many files of the inbox have not been taken in: their messages are not shown."""
    from firstday_cli.morning.inbox import unread

    many = 0 if desk.is_replay else len(unread(desk))
    if many:
        files = "1 file" if many == 1 else f"{many} files"
        tell(f"{files} in the inbox not taken in yet: `firstday reconcile` reads what is new.")


def messages(
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    format_name: o.Format = "",
    output: o.Output = None,
    exit_zero: o.ExitZero = False,
) -> None:
    """List the messages that need a person to say whom they are about.

    At a terminal, decide them key by key.

    Example: firstday messages
    """
    from firstday_cli.domain.picture.day_picture import day_picture
    from firstday_cli.morning.messages_shown import besides
    from firstday_cli.reports.messages import messages as messages_page

    asked = {"school": school, "day": day, "half": session, "now": now}
    tell_unread(looked_at(**asked))
    if sys.stdin.isatty() and sys.stdout.isatty() and not format_name and output is None:
        from firstday_cli.cli.walk_messages import Walker

        asked["by"] = named(by)
        end(Walker(lambda: opened(**asked)).walk(), exit_zero=exit_zero)
    desk = opened(**asked, looks=True)
    evidence = desk.evidence()
    picture = day_picture(evidence)
    page = messages_page(picture, besides(evidence, picture.messages_to_match))
    show(page, format_name=format_name, output=output, desk=desk)
    end(SOMEBODY_MUST_ACT if picture.messages_to_match else 0, exit_zero=exit_zero)


def match(
    message: Annotated[
        str, typer.Argument(metavar="MESSAGE", help="The message's id, as `firstday messages` shows it.")
    ],
    pupils: Annotated[list[str] | None, typer.Argument(metavar="PUPIL…", help="Whom it is about.")] = None,
    nobody: Annotated[bool, typer.Option("--none", help="It is about no pupil, or explains nothing.")] = False,
    sickness: o.Sickness = None,
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Say whom a message is about; it then explains the days it covers.

    One whose words are of danger explains nothing.

    Example: firstday match M2 P006 --by "A. Officer"
    """
    from firstday_cli.morning.messages_said import Given, matched, write_matched

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    given = Given(pupils=tuple(pupils or ()), last_episode=sickness, day=day)
    entry = matched(desk, message, given, nobody=nobody)
    tell_written(write_matched(desk, entry, dry_run=dry_run), format_name)
    end(ACT_NOW if entry.danger else 0, exit_zero=False)


def listen(
    pupil: Annotated[
        list[str] | None, typer.Option("--pupil", metavar="PUPIL", help="Whom it is about; may be repeated.")
    ] = None,
    told_by: o.ToldBy = "",
    reason: o.Reason = "",
    channel: Annotated[str, typer.Option("--channel", metavar="TEXT", help="voicemail, call, letter …")] = "",
    sickness: o.Sickness = None,
    until: o.Until = None,
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Type in a message heard or read: which child, who told, why, which days.

    At a terminal a few letters pick the child; with nobody picked it can wait among the messages.

    Example: firstday listen --pupil P001 --told-by "mother" --reason "sore throat" --by "A. Officer"
    """
    from firstday_cli.cli.listening import asked_for
    from firstday_cli.morning.messages_said import Heard, heard, write_heard

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    pupils, words = asked_for(desk, pupil, Heard(told_by=told_by, reason=reason, last_episode=sickness))
    entries = heard(desk, pupils, words, channel=channel, until=until, may_wait=sys.stdin.isatty())
    tell_written(write_heard(desk, entries, dry_run=dry_run), format_name)
    end(ACT_NOW if entries[0].danger else 0, exit_zero=False)
