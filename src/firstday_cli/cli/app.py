"""The Typer app: the commands, and the one place that turns a FirstdayError into its sentence and exit code."""

import sys
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from firstday_cli.cli import (
    contact,
    escalation,
    intake,
    keep,
    looking_back,
    morning,
    rating,
    record,
    report,
    schedule,
    start,
)
from firstday_cli.cli.completing import asked_of_the_whole, is_completing, learn_the_shells
from firstday_cli.cli.console import speak_any_encoding, store_errors, store_trouble, tell_error
from firstday_cli.cli.faults import sentence_of
from firstday_cli.cli.first_page import GROUPS, first_line, first_page
from firstday_cli.cli.journaled import journaled
from firstday_cli.errors import FirstdayError

UsageError: type[Any] = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """Runs a command; an error is one sentence on standard error, as JSON where JSON was asked for."""

    def main(self, *args: Any, **more: Any) -> Any:
        """Run what was typed, or offer how it may go on where a shell's Tab key asks."""
        if is_completing():
            speak_any_encoding()
            learn_the_shells()
        return super().main(*args, **more)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the first page of help."""
        formatter.write(first_page(ctx.command_path, self.commands))

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        typed = [*getattr(ctx, "_protected_args", ()), *ctx.args]
        speak_any_encoding()
        try:
            return super().invoke(ctx)
        except FirstdayError as error:
            tell_error(error.message, error.where, error.exit_code, as_json=_wants_json(typed))
            sys.exit(error.exit_code)
        except store_errors() as error:
            trouble = store_trouble(error)
            tell_error(trouble.message, trouble.where, trouble.exit_code, as_json=_wants_json(typed))
            sys.exit(trouble.exit_code)
        except UsageError as error:
            if not _wants_json(typed):
                raise
            tell_error(error.format_message(), "", error.exit_code, as_json=True)
            sys.exit(error.exit_code)


def main() -> None:
    """Run what was typed; a fault in firstday itself is one sentence too, without a word of any data."""
    try:
        app()
    except Exception as fault:  # noqa: BLE001 - the last place where it can be said plainly
        tell_error(sentence_of(fault), "", 1, as_json=_wants_json(sys.argv))
        sys.exit(1)


def _wants_json(typed: list[str]) -> bool:
    return "--format=json" in typed or any(pair == ("--format", "json") for pair in pairwise(typed))


app = typer.Typer(
    cls=Commands,
    name="firstday",
    help="Which children are absent this morning with no explanation, and why each name is on the list.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
app.callback()(asked_of_the_whole)
# A command stands in one of the groups; the first page of help tells those of FIRST_DAY in a line each.
EACH_MORNING, ON_THE_TELEPHONE, SAFEGUARDING, SETTING_UP = GROUPS
for group, commands in (
    (EACH_MORNING, (morning.reconcile, morning.messages, record.check, report.report)),
    (EACH_MORNING, (intake.registers, morning.why, morning.match, record.note, record.logged, record.withdraw)),
    (EACH_MORNING, (start.morning, intake.close, report.reports)),
    (ON_THE_TELEPHONE, (contact.call, record.explain, morning.listen, contact.text)),
    (SAFEGUARDING, (escalation.escalate, rating.review, rating.rag, rating.rate, rating.assess)),
    (SAFEGUARDING, (contact.seen, contact.inform, escalation.visit, escalation.enquire, escalation.decide)),
    (SAFEGUARDING, (escalation.refer, escalation.acknowledge, looking_back.what_if)),
    (SETTING_UP, (start.init, intake.inspect, start.doctor, schedule.schedule, intake.ingest)),
    (SETTING_UP, (keep.backup, keep.verify, keep.retain)),
):
    for command in commands:
        app.command(rich_help_panel=group, short_help=first_line(command))(journaled(command))
