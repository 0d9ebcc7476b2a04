"""How far the picture can be trusted: refused rows, stale exports, registers not in, rows about strangers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from firstday_cli.domain.evidence import Problem, RefusedRow
from firstday_cli.domain.marks import code_on, expected_instead
from firstday_cli.domain.policy import Freshness
from firstday_cli.domain.ratings.flags_held import unknown_flags
from firstday_cli.domain.standing.disagreement import Discrepancy
from firstday_cli.domain.standing.newest import is_put_right
from firstday_cli.domain.standing.session_facts import SessionFacts

STALE_KINDS = ("roll", "contacts", "flags")


def live_refusals(session: SessionFacts) -> tuple[RefusedRow, ...]:
    """Refused rows that no newer file has put right."""
    rows = list(session.evidence.refused)
    for sheet in session.sheets:
        rows += [row for row in sheet.refused if not is_put_right(row, sheet, session.sheets)]
    return tuple(sorted(set(rows), key=lambda row: (row.problems[0].file, row.problems[0].row)))


def why_provisional(
    session: SessionFacts, refusals: Sequence[RefusedRow], discrepancies: Sequence[Discrepancy]
) -> tuple[str, ...]:
    """Why this list may be wrong, one sentence each; empty when it can be relied on."""
    if not session.evidence.roll:
        return ("no roll was taken in: nobody can be told missing",)
    return tuple(
        sentence
        for sentence in (
            _registers_not_in(session),
            _undated(session),
            *_stale(session),
            _counted(len(refusals), "row was refused", "rows were refused"),
            _counted(
                len({d.pupil_id for d in discrepancies if d.kind == "not-on-roll"}),
                "pupil has rows and is not on the roll", "pupils have rows and are not on the roll",
            ),
        )
        if sentence
    )  # fmt: skip


def _registers_not_in(session: SessionFacts) -> str:
    state = "awaited" if session.evidence.now < session.registers_due else "missing"
    groups = ", ".join(sorted(session.missing))
    return _counted(len(session.missing), f"register {state}: {groups}", f"registers {state}: {groups}")


def _undated(session: SessionFacts) -> str:
    """A register that says no day cannot be shown to be today's, until one that does has come after it."""
    dated = [sheet for sheet in session.sheets if not sheet.names_no_day and not sheet.comments_only]
    undated = [
        sheet.brought_by.file
        for sheet in session.sheets
        if sheet.names_no_day
        and not any(d.brought_by.is_newer(sheet.brought_by) and sheet.names <= d.names for d in dated)
    ]
    return f"{', '.join(sorted(set(undated)))} says no day: read as today's" if undated else ""


def stale_kinds(fresh: Freshness, day: date, last_taken_in: Mapping[str, datetime]) -> Iterable[tuple[str, int]]:
    """The kinds that are too old on a day, each with its age in days. Policy: [freshness].

    A kind never taken in is another matter.
    """
    for kind in STALE_KINDS:
        taken = last_taken_in.get(kind)
        days = {"roll": fresh.roll, "contacts": fresh.contacts, "flags": fresh.flags}[kind]
        age = (day - taken.date()).days if taken else 0
        if age > days:
            yield kind, age


def _stale(session: SessionFacts) -> Iterable[str]:
    evidence = session.evidence
    for kind, age in stale_kinds(evidence.policy.freshness, session.session.day, evidence.last_taken_in or {}):
        are = "is" if kind == "roll" else "are"
        yield f"the {kind} {are} {age} days old: export again"


def _counted(n: int, one: str, many: str) -> str:
    return "" if not n else f"{n} {one if n == 1 else many}"


def problems_of(session: SessionFacts, refusals: Sequence[RefusedRow]) -> tuple[Problem, ...]:
    """Everything in the day's files that was not understood, by file and row."""
    found = [problem for row in refusals for problem in row.problems]
    found += [*session.problems(), *_unknown_marks(session), *_unknown_flags(session)]
    return tuple(sorted(set(found), key=lambda p: (p.file, p.row, p.column)))


def _unknown_marks(session: SessionFacts) -> Iterable[Problem]:
    day = session.session.day
    for mark in session.marks.values():
        for shown in mark.two_marks or (mark.mark,):
            if shown and code_on(shown, day) is None and mark.said_in:
                file, row = mark.said_in[0]
                yield Problem(file=file, row=row, column="mark", found=shown, expected=expected_instead(shown, day))


def _unknown_flags(session: SessionFacts) -> Iterable[Problem]:
    rules = session.evidence.policy.rag.rules
    for flags in session.evidence.flags.newest.values():
        for flag in flags:
            if unknown_flags([flag.flag], rules):
                expected = "a flag that a rule of policy.toml knows"
                yield Problem(file=flag.file, row=flag.row, column="flag", found=flag.flag, expected=expected)
