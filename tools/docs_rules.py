"""docs/rules.md: the tables of the code and of the tests."""

import importlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from docs_markdown import cell, code, page, table
from firstday_cli.domain.calling.contact_gaps import GAPS
from firstday_cli.domain.days.statutory import TRIGGERS
from firstday_cli.domain.escalation.ladder import RUNGS, Rung
from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.domain.log.visits import AT_THE_DOOR, VisitOutcome
from firstday_cli.domain.marks import CODES
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.troubles import TROUBLES
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.standing.duties import DUTIES, DutyRow
from firstday_cli.domain.standing.reconcile import LINES, Facts, Line
from firstday_cli.morning.sheets_due import ALWAYS, SHEETS_DUE, SheetDue

ROOT = Path(__file__).resolve().parent.parent


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
        "## The sheets that a scheduled run writes",
        "Into `sheets/DAY/`, from these times of the session on. On a day without school, only what comes next.",
        table(("report", "file", "morning", "afternoon", "why"), [_sheet(sheet) for sheet in SHEETS_DUE]),
        "## What makes a scheduled run loud",
        "Each in its own way: on standard error, at the top of the list, in `heartbeat.json`, and in the exit code.",
        table(("trouble", "when", "what to do"), [(code(t.kind.value), t.when, t.mend) for t in TROUBLES]),
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


def _sheet(sheet: SheetDue) -> Sequence[str]:
    return code(sheet.report), sheet.ending, _since(sheet, Half.AM), _since(sheet, Half.PM), sheet.why


def _since(sheet: SheetDue, half: Half) -> str:
    if half not in sheet.since:
        return "not"
    name, key, minutes = sheet.since[half]
    early = f", {-minutes} minutes before" if minutes < 0 else ""
    return "each run" if sheet.since is ALWAYS else f"{code(f'[{name}] {key}')}{early}"


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
