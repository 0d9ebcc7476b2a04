"""The Typer app: the commands, and the one place that turns a FirstdayError into its sentence and exit code."""

import sys
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperGroup

from firstday_cli.cli import contact, escalation, intake, keep, morning, rating, record, report, start
from firstday_cli.cli.console import speak_any_encoding, store_errors, store_trouble, tell_error
from firstday_cli.errors import FirstdayError

UsageError: type[Any] = typer.BadParameter.__mro__[1]


class Commands(TyperGroup):
    """Runs a command; an error is one sentence on standard error, as JSON where JSON was asked for."""

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
EACH_MORNING, REACHING, SAFEGUARDING, SETTING_UP = (
    "Each morning",
    "On the telephone and at the door",
    "Safeguarding",
    "Setting up and keeping",
)
for panel, commands in (
    (EACH_MORNING, (morning.reconcile, morning.why, intake.registers, morning.messages, morning.match, morning.listen)),
    (EACH_MORNING, (record.check, record.explain, record.note, record.logged, record.withdraw, intake.close)),
    (EACH_MORNING, (report.report, report.reports)),
    (REACHING, (contact.call, contact.text, contact.seen, contact.inform, escalation.visit)),
    (SAFEGUARDING, (escalation.escalate, escalation.enquire, escalation.decide, escalation.refer)),
    (SAFEGUARDING, (escalation.acknowledge,)),
    (SAFEGUARDING, (rating.rag, rating.rate, rating.assess, rating.review)),
    (SETTING_UP, (start.init, intake.ingest, intake.inspect, start.doctor, keep.backup, keep.verify)),
):
    for command in commands:
        app.command(rich_help_panel=panel)(command)
