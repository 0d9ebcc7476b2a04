"""enquire · visit · decide · refer · acknowledge · escalate: when silence goes further, decided by named people."""

from datetime import datetime, time
from typing import Annotated

import typer

from firstday_cli.cli import options as o
from firstday_cli.cli.console import ask, end, looked_at, named, opened, tell, tell_files, tell_progress
from firstday_cli.cli.showing import must_be_writable, show, tell_written
from firstday_cli.cli.words import word_option
from firstday_cli.errors import ACT_NOW

Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="What was seen or said, as facts.")]
Reference = Annotated[str, typer.Option("--reference", metavar="TEXT", help="Where it stands there, such as a number.")]

Staff = Annotated[
    list[str] | None, typer.Option("--staff", metavar="NAME", help="Who goes; once for each, at least two.")
]
BackBy = Annotated[
    time | None, typer.Option("--back-by", parser=o.a_time, metavar="TIME", help="When they are due back.")
]
AuthorisedBy = Annotated[str, typer.Option("--authorised-by", metavar="NAME", help="Who authorised the visit.")]
Found = Annotated[
    str,
    word_option("--outcome", words=o.VISIT_OUTCOMES, metavar="OUTCOME", says="All but child-seen asks for a decision."),
]
Others = Annotated[list[str] | None, typer.Argument(metavar="NAME…", help="Who else goes, behind --staff NAME.")]
Purpose = Annotated[str, word_option("--kind", words=o.KINDS_OF_VISIT, says="Why they went.")]


def enquire(
    pupil: o.PupilArgument,
    agency: Annotated[
        str, typer.Option("--agency", metavar="TEXT", help="Has the child agency support, such as a social worker?")
    ] = "",
    intelligence: Annotated[
        str, typer.Option("--intelligence", metavar="TEXT", help="Is anything known in school?")
    ] = "",
    knows_family: Annotated[
        str, typer.Option("--knows-family", metavar="TEXT", help="Does anyone in school know the family?")
    ] = "",
    abroad: Annotated[
        str, typer.Option("--abroad", metavar="TEXT", help="After an overseas tone: is the family abroad?")
    ] = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down the answers to the three questions that follow no reply.

    They explain nothing.

    Example: firstday enquire P001 --agency "none known" --intelligence "none" --knows-family "Mr Reed" --by "A. Lead"
    """
    from firstday_cli.morning.escalating import with_next
    from firstday_cli.morning.recording import write
    from firstday_cli.morning.visiting import enquired

    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    answers = (
        ask("Agency support, such as a social worker", agency),
        ask("Anything known in school", intelligence),
        ask("Who in school knows the family", knows_family),
    )
    found = write(desk, [enquired(desk, pupil, answers, abroad)], dry_run=dry_run)
    tell_written(with_next(desk, found, dry_run=dry_run), format_name)


def visit(
    pupil: o.PupilArgument,
    others: Others = None,
    out: Annotated[bool, typer.Option("--out", help="Staff leave now.")] = False,
    staff: Staff = None,
    back_by: BackBy = None,
    authorised_by: AuthorisedBy = "",
    outcome: Found = "",
    with_parent: Annotated[bool, typer.Option("--with-parent", help="The child was seen, a parent there.")] = False,
    purpose: Purpose = "",
    note: Note = "",
    school: o.School = "",
    day: o.Day = None,
    session: o.HalfDay = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that staff left for a home visit, or what they found.

    Example: firstday visit P001 --outcome no-answer --note "curtains drawn" --by "B. Visitor"
    """
    from firstday_cli.morning.escalating import with_next
    from firstday_cli.morning.recording import write
    from firstday_cli.morning.visiting import ALONE, TWO, left_for, visited

    if out == bool(outcome) or ((staff or others) and not out):
        raise typer.BadParameter("say either --out with --staff, or --outcome with what they found", param_hint="--out")
    desk = opened(school=school, day=day, half=session, now=now, by=named(by), at=at)
    if out:
        entry = left_for(desk, pupil, [*(staff or []), *(others or [])], back_by, authorised_by)
        tell_written(write(desk, [entry], dry_run=dry_run), format_name)
        if len(entry.staff) < TWO:
            tell(ALONE)
        return
    seen = visited(desk, pupil, outcome, purpose, note, with_parent=with_parent)
    tell_written(with_next(desk, write(desk, [seen], dry_run=dry_run), dry_run=dry_run), format_name)
    _end_in_danger(is_danger=outcome == "concern")


def _end_in_danger(*, is_danger: bool) -> None:
    if is_danger:
        tell("Tell the safeguarding lead now; ring 999 where anybody is in danger.")
        end(ACT_NOW, exit_zero=False)


def decide(
    pupil: o.PupilArgument,
    no_immediate_concern: Annotated[
        bool, typer.Option("--no-immediate-concern", help="The attendance team, then the further wait.")
    ] = False,
    harm: Annotated[bool, typer.Option("--harm", help="A risk of significant harm: social care now.")] = False,
    crime: Annotated[bool, typer.Option("--crime", help="Reason to suspect a crime: the police now.")] = False,
    note: Note = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down what the safeguarding lead decided about a child.

    It ends no case, and the ringing goes on.

    Example: firstday decide P001 --no-immediate-concern --note "aunt on call, ring at six" --by "D. Safeguarding"
    """
    from firstday_cli.domain.log.escalated import Judgement
    from firstday_cli.morning.deciding import decided
    from firstday_cli.morning.escalating import with_next
    from firstday_cli.morning.recording import write

    said = {Judgement.NO_IMMEDIATE_CONCERN: no_immediate_concern, Judgement.HARM: harm, Judgement.CRIME: crime}
    chosen = [judgement for judgement, given in said.items() if given]
    if len(chosen) != 1:
        raise typer.BadParameter("say one of --no-immediate-concern, --harm and --crime", param_hint="decide")
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    found = write(desk, [decided(desk, pupil, chosen[0], note)], dry_run=dry_run)
    tell_written(with_next(desk, found, dry_run=dry_run), format_name)
    end(0 if no_immediate_concern else ACT_NOW, exit_zero=False)


def refer(
    pupil: o.PupilArgument,
    to: Annotated[
        str,
        word_option(
            "--to",
            words=o.BODIES,
            says="To whom you referred the child.",
        ),
    ] = "",
    reference: Reference = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down that you referred a child; firstday itself sends nothing.

    Example: firstday refer P001 --to attendance-team --reference "AT-17" --by "A. Officer"
    """
    from firstday_cli.morning.deciding import referred
    from firstday_cli.morning.escalating import with_next
    from firstday_cli.morning.recording import write

    if not to:
        raise typer.BadParameter("say one of attendance-team, social-care and police", param_hint="--to")
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    found = write(desk, [referred(desk, pupil, to, reference)], dry_run=dry_run)
    tell_written(with_next(desk, found, dry_run=dry_run), format_name)


def acknowledge(
    pupil: o.PupilArgument,
    heard_from: Annotated[
        str, typer.Option("--from", metavar="WHO", help="Who answered: the attendance team, social care, the police.")
    ] = "",
    decision: Annotated[
        str,
        word_option(
            "--decision",
            words=o.REPLIES,
            says="What they will do; refused asks for a new decision.",
        ),
    ] = "",
    reference: Reference = "",
    school: o.School = "",
    day: o.Day = None,
    now: o.Now = None,
    by: o.By = "",
    at: o.At = None,
    format_name: o.Format = "",
    dry_run: o.DryRun = False,
) -> None:
    """Write down what came back from somebody to whom a child was referred.

    Example: firstday acknowledge P001 --from "the attendance team" --decision accepted --by "A. Officer"
    """  # fmt: skip
    from firstday_cli.morning.deciding import acknowledged
    from firstday_cli.morning.escalating import with_next
    from firstday_cli.morning.recording import write

    if not decision:
        words = "accepted, no-further-action, welfare-call and refused"
        raise typer.BadParameter(f"say one of {words}", param_hint="--decision")
    desk = opened(school=school, day=day, now=now, by=named(by), at=at)
    found = write(desk, [acknowledged(desk, pupil, heard_from, decision, reference)], dry_run=dry_run)
    tell_written(with_next(desk, found, dry_run=dry_run), format_name)


def escalate(
    since: Annotated[
        datetime | None,
        typer.Option("--since", parser=o.a_moment, metavar="TIMESTAMP", help="Show only what is new since then."),
    ] = None,
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
    """Take in what is new, then list what must be done next, by when.

    For whom, by whom, by when and why; overdue first.

    Example: firstday escalate --for safeguarding
    """
    from firstday_cli.morning.escalating import stood_before
    from firstday_cli.morning.reconciling import exit_code_of, reconciled
    from firstday_cli.reports.escalations import escalations
    from firstday_cli.reports.page import Audience

    must_be_writable(format_name, output)
    desk = looked_at(school=school, day=day, half=session, now=now, by=by)
    found, files = reconciled(desk, tell_progress)
    tell_files(files, format_name=format_name)
    page = escalations(found, Audience(audience), stood_before(desk, since))
    show(page, format_name=format_name, output=output, desk=desk, opens=opens)
    end(exit_code_of(found, files), exit_zero=exit_zero)
