"""Write the generated pages of `docs/` from the code and the rule tables; `--check` only compares."""

import argparse
import importlib
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from typer.main import get_command
from typer.testing import CliRunner

from cost_of_counting import PUPILS, Cost, costs
from firstday_cli.cli.app import app
from firstday_cli.domain.calling.contact_gaps import GAPS
from firstday_cli.domain.days.statutory import TRIGGERS
from firstday_cli.domain.escalation.ladder import RUNGS, Rung
from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.visits import AT_THE_DOOR, VisitOutcome
from firstday_cli.domain.marks import CODES
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import Rule
from firstday_cli.domain.standing.duties import DUTIES, DutyRow
from firstday_cli.domain.standing.reconcile import LINES, Facts, Line
from firstday_cli.errors import FirstdayError
from firstday_cli.reports.catalogue import REPORTS

COMMAND: Any = get_command(app)
ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
NOTE = "<!-- Written by tools/write_docs.py. Change the code, then run `make docs`; never this page. -->"
AS_OF = ("--now", "2026-11-23T09:20")
ABOUT = {"referral": ("6551", "--to", "social-care"), "history": ("5488",)}  # what a report of one pupil is asked about
SHARED_BY = 4  # an option with the same words in so many commands is told once
TOLD = {
    0: "Done, and nothing is outstanding.",
    1: "A fault in firstday itself.",
    10: "Done. Somebody must act: the list is not empty, or something waits for a person.",
    11: "Done. Act now: there is an alert, a step is overdue, or a person must decide.",
    12: "Done, but the list may be wrong: a register is not in, an export is old, or rows were refused.",
}


def cell(value: object) -> str:
    """One value as it stands in a table of Markdown."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return cell(value.value)
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case tuple() | list():
            return ", ".join(cell(item) for item in value)
        case _:
            return " ".join(str(value).split()).replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """The text as code in a table; blank stays blank, and a backtick or a bar inside does no harm."""
    plain = text.replace("|", "\\|")
    return f"`` {plain} ``" if "`" in plain else f"`{plain}`" if plain else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as a table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("|" + "|".join(f" {value} " if value else " " for value in line) + "|" for line in lines)


def page(title: str, *blocks: str) -> str:
    """Blocks as a page."""
    return "\n\n".join((NOTE, f"# {title}", *(block for block in blocks if block))) + "\n"


def policy_page() -> str:
    """Every key of policy.toml: its shipped value and its reason."""
    blocks = []
    for part in fields(Policy):
        shape: Any = part.type
        rows = [
            (code(key.name), _shipped(key.default), cell(key.metadata.get("says", "")))
            for key in fields(shape)
            if not _are_rules(key.default)
        ]
        blocks += [
            f"## [{part.name}]",
            inspect.cleandoc(shape.__doc__),
            table(("key", "shipped", "what it does"), rows),
        ]
        rules: list[Any] = [key for key in fields(shape) if _are_rules(key.default)]
        blocks += [_rules_of(key.default, key.metadata["says"]) for key in rules]
    return page(
        "policy.toml",
        "The school's own times, counts and rules. `firstday init` writes the file whole, with every shipped value in "
        "it. A key that is left out keeps its shipped value; a key that is not in this list is an error (exit code 21)."
        " Times are in quotes and mean London's clock. A key that nothing uses yet may be set today; it changes "
        "nothing until it is used.",
        *blocks,
        "## What each way of counting costs",
        f"Faces to face due in a made-up school of {PUPILS} pupils over a year, RED left out (they are seen on every "
        "day of absence in any case), each made on the day it is due.",
        table(
            ("count", "since", "in the year", "on an average day", "on the fullest day"), [_cost(c) for c in costs()]
        ),
    )


def _cost(cost: Cost) -> Sequence[str]:
    return code(f'"{cost.count}"'), code(f'"{cost.since}"'), str(cost.in_all), f"{cost.a_day:.1f}", str(cost.fullest)


def _are_rules(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Rule)


def _shipped(value: object) -> str:
    match value:
        case _ if value is MISSING:
            return "none: required"
        case bool():
            return code(str(value).lower())
        case time():
            return code(f'"{value:%H:%M}"')
        case tuple():
            return code("[" + ", ".join(f'"{item}"' for item in value) + "]")
        case str():
            return code(f'"{value}"')
        case _:
            return code(str(value))


def _rules_of(rules: Sequence[Rule], says: str) -> str:
    rows = [
        (
            _condition(rule),
            cell(rule.rating),
            cell(rule.because),
        )
        for rule in rules
    ]
    return f"`rules` as shipped. {says}\n\n" + table(("flag", "rating", "because"), rows)


def _condition(rule: Rule) -> str:
    if rule.flag:
        return code(rule.flag)
    if rule.absent_at_least:
        return f"absent at least {rule.absent_at_least}"
    return f"{rule.unexplained_at_least} sessions unexplained"


def _parameters(command: Any) -> list[tuple[bool, str, str]]:
    """A command's arguments and options: whether an argument, how it is written, its help."""
    found = []
    for parameter in command.params:
        if "--help" in parameter.opts:
            continue
        is_argument = parameter.param_type_name == "argument"
        given = parameter.metavar or ("" if getattr(parameter, "is_flag", False) else _choices(parameter))
        written = given if is_argument else " ".join((", ".join(parameter.opts), *([given] if given else [])))
        optional = is_argument and not parameter.required
        found.append((is_argument, f"[{written}]" if optional else written, parameter.help or ""))
    return found


def _choices(parameter: Any) -> str:
    default = parameter.default
    return "|".join(str(member.value) for member in type(default)) if isinstance(default, Enum) else "TEXT"


def commands_page() -> str:
    """Every command's help."""
    commands = {name: command for name, command in COMMAND.commands.items() if not command.hidden}
    used = Counter(p for command in commands.values() for p in _parameters(command) if not p[0])
    shared = [p for p, times in used.items() if times >= SHARED_BY]
    blocks: list[str] = []
    for name, command in commands.items():
        blocks += _command_blocks(name, command, shared)
    return page(
        "Commands",
        "`firstday COMMAND --help` shows the same on screen. Options that many commands share are told at the end.",
        *blocks,
        "## Shared options",
        table(("option", "what it does"), [(code(written), cell(says)) for _, written, says in shared]),
        "## Exit codes",
        table(("code", "means"), [(str(number), says) for number, says in sorted(_exit_codes().items())]),
    )


def _command_blocks(name: str, command: Any, shared: Sequence[tuple[bool, str, str]]) -> Iterator[str]:
    summary, _, rest = inspect.cleandoc(command.help or "").partition("\n")
    parameters = _parameters(command)
    arguments = [written for is_argument, written, _ in parameters if is_argument]
    own = [p for p in parameters if p not in shared]
    yield f"## {name}"
    yield summary
    yield f"    {' '.join(('firstday', name, *arguments, '[OPTIONS]'))}"
    yield from (" ".join(part.split()) for part in rest.split("\n\n") if part.strip() and "Example:" not in part)
    example = rest.partition("Example:")[2]
    if example:
        yield f"Example:\n\n    {' '.join(example.split())}"
    if own:
        yield table(("argument or option", "what it is"), [(code(written), cell(says)) for _, written, says in own])
    also = [
        code(_long_name(written)) for is_argument, written, says in parameters if (is_argument, written, says) in shared
    ]
    if also:
        yield f"Also: {', '.join(also)}."


def _long_name(written: str) -> str:
    return next(word.rstrip(",") for word in written.split() if word.startswith("--"))


def _exit_codes() -> dict[int, str]:
    kinds = {kind.exit_code: kind for kind in FirstdayError.__subclasses__() if kind.__module__.endswith(".errors")}
    return {**TOLD, **{number: inspect.cleandoc(kind.__doc__ or "") for number, kind in kinds.items()}}


def rules_page() -> str:
    """The table of standings, the tables of the tests, and the codes."""
    blocks = []
    for title, source, columns, rows in _rule_tables():
        blocks += [f"## {title}", f"Source: {source}" if source else "", table(columns, rows)]
    return page(
        "Rules",
        "What firstday concludes, as tables that can be checked by somebody who reads no code.",
        "## The twelve lines of a standing",
        "Every pupil on the roll has exactly one standing. The first line that fits decides.",
        table(("line", "if", "standing"), [(str(line.number), cell(line.when), _standings(line)) for line in LINES]),
        *blocks,
        "## What each absent child is owed",
        "Every child who is absent, explained or not. What is done is struck off; what is not is shown until it is.",
        table(("duty", "whom", "when", "discharged by", "source"), [_duty(row) for row in DUTIES]),
        "## The ladder",
        "What must be done next. A step is shown overdue first, then by when it is due; a named person decides each.",
        table(("step", "listed when", "who", "due", "discharged by", "source"), [_rung(rung) for rung in RUNGS]),
        "## What follows from a home visit",
        table(("outcome", "then"), [(code(o.value), AT_THE_DOOR[o].then) for o in VisitOutcome]),
        "## Statutory alerts",
        "For a person to look at; firstday acts on none of them.",
        table(("alert", "test", "who acts", "source"), [(code(t.alert), t.test, t.who, t.source) for t in TRIGGERS]),
        "## Gaps of a contact list",
        "The worst first. What to do is for the office; nobody is rung or written to by firstday.",
        table(("gap", "when", "what to do", "source"), [(code(g.gap), g.when, g.do, g.source) for g in GAPS]),
        "## What follows from a call",
        table(("outcome", "explains", "a try", "rung again", "then"), [_follows(o) for o in Outcome]),
        "## Attendance codes",
        table(("code", "meaning"), [(code(c.code), cell(c.meaning)) for c in CODES]),
    )


def _duty(row: DutyRow) -> Sequence[str]:
    return code(row.duty), row.whom, row.when, row.discharged_by, row.source


def _rung(rung: Rung) -> Sequence[str]:
    return code(rung.step), rung.listed_when, rung.owner, rung.due, rung.discharged_by, rung.source


def _follows(outcome: Outcome) -> Sequence[str]:
    follows = FOLLOWS[outcome]
    again = not follows.is_gone and not follows.explains
    return code(outcome.value), cell(follows.explains), cell(follows.is_try), cell(again), follows.then


def _standings(line: Line) -> str:
    nobody, anybody = Facts(pupil_id=PupilId("P1")), Facts(pupil_id=PupilId("P1"), told=("told",))
    told, otherwise = line.kind(anybody).value, line.kind(nobody).value
    return code(told) if told == otherwise else f"{code(told)} if told of the absence (line 6), else {code(otherwise)}"


def _rule_tables() -> Iterator[tuple[str, str, Sequence[str], list[list[str]]]]:
    """Every RULES of tests/rules, by the module's name."""
    for module in _rule_modules():
        found = getattr(module, "RULES", ())
        for rules in found if isinstance(found, tuple | list) else (found,):
            rows = [[cell(getattr(value, "__name__", value)) for value in _values(row)] for row in rules.rows]
            yield rules.title, rules.source, tuple(rules.columns), rows


def _values(row: Any) -> Sequence[object]:
    return [getattr(row, f.name) for f in fields(row)] if is_dataclass(row) else tuple(row)


def _rule_modules() -> Iterator[Any]:
    sys.path.append(str(ROOT / "tests"))
    for path in sorted((ROOT / "tests" / "rules").glob("test_*.py")):
        yield importlib.import_module(f"rules.{path.stem}")


def reports_page() -> str:
    """Every report of the catalogue, each with its page for the sample school."""
    rows = [(code(name), cell(report.audience), cell(report.purpose)) for name, report in REPORTS.items()]
    with TemporaryDirectory() as folder:
        school = Path(folder) / "school"
        _run("init", str(school), "--sample")
        _run("ingest", "--school", str(school), *AS_OF)
        examples = [
            f"## {name}\n\n```text\n"
            f"{_run('report', name, *ABOUT.get(name, ()), '--school', str(school), '--format', 'text', *AS_OF)}```"
            for name in REPORTS
        ]
    return page(
        "Reports",
        "`firstday report NAME` writes any of these; `firstday reports` lists them. Each example is the page of the "
        "sample school, Mon 23 Nov 2026 at 09:20.",
        table(("report", "for", "what it shows"), rows),
        *examples,
    )


def _run(*words: str) -> str:
    """What a command writes on standard output."""
    with CliRunner().isolation(env={"FIRSTDAY_SCHOOL": None, "FIRSTDAY_BY": None}) as (out, _, _):
        with suppress(SystemExit):
            COMMAND.main(args=list(words), prog_name="firstday")
        sys.stdout.flush()
        text = out.getvalue().decode()
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "policy.md": policy_page,
    "commands.md": commands_page,
    "rules.md": rules_page,
    "reports.md": reports_page,
}


def stale_pages() -> list[str]:
    """The pages whose file is not what would be written now."""
    wanted = {name: write() for name, write in PAGES.items()}
    return [name for name, text in wanted.items() if text != _read(DOCS / name)]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main() -> int:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a page is stale")
    stale = stale_pages()
    if parser.parse_args().check:
        for name in stale:
            print(f"docs/{name} is stale: run `make docs`", file=sys.stderr)
        return 1 if stale else 0
    DOCS.mkdir(exist_ok=True)
    for name in stale:
        (DOCS / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
        print(f"written: docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
