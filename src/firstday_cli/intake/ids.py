"""Pupil ids whose zeros a spreadsheet has stripped: put back when every one fits exactly one pupil, else refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from firstday_cli.domain.evidence import Problem, RefusedRow
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Session
from firstday_cli.intake.reading import Reading, RejectedRow

KINDS = ("pupils", "contacts", "lates", "messages", "planned", "flags", "calls")


def with_zeros(reading: Reading, roll: frozenset[str]) -> Reading:
    """The reading with its ids as the roll has them; rows whose id could be several pupils' are refused."""
    strange = reading.ids() - roll
    if not strange or not roll:
        return reading
    fitting = _fitting(strange, roll)
    if not any(fitting.values()):
        return reading
    if all(len(found) == 1 for found in fitting.values()) and _one_to_one(fitting, reading.ids() & roll):
        ids = {short: found[0] for short, found in fitting.items()}
        warning = f"{len(ids)} pupil ids had lost their zeros: put back as the roll has them"
        return replace(_renamed(reading, ids), warnings=(*reading.warnings, warning))
    return _without(reading, fitting)


def _fitting(strange: Iterable[str], roll: frozenset[str]) -> dict[str, list[str]]:
    by_digits: defaultdict[str, list[str]] = defaultdict(list)
    for pupil_id in roll:
        by_digits[pupil_id.lstrip("0")].append(pupil_id)
    return {short: sorted(by_digits.get(short.lstrip("0"), [])) for short in strange}


def _one_to_one(fitting: Mapping[str, list[str]], taken: frozenset[str]) -> bool:
    whole = [found[0] for found in fitting.values()]
    return len(set(whole)) == len(whole) and not taken & set(whole)


def _renamed(reading: Reading, ids: Mapping[str, str]) -> Reading:
    changed: dict[str, Any] = {
        kind: tuple(
            replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in getattr(reading, kind)
        )
        for kind in KINDS
    }
    refused = tuple(replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in reading.refused)
    for marks in reading.registers.sessions.values():
        for block in marks.plain.values():
            renamed = {ids.get(pupil_id, pupil_id): row for pupil_id, row in block.items()}
            block.clear()
            block.update(renamed)
        marks.rows = [replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in marks.rows]
    return replace(reading, refused=refused, **changed)


def _without(reading: Reading, fitting: Mapping[str, list[str]]) -> Reading:
    """The reading without the rows of these ids, each refused and counted under the one pupil it may fit."""
    doubtful = {short: found[0] if len(found) == 1 else "" for short, found in fitting.items() if found}
    places: dict[int, tuple[str, Session | None]] = {}
    for kind in KINDS:
        places |= {row.row: (row.pupil_id, None) for row in getattr(reading, kind) if row.pupil_id in doubtful}
    for (day, half), marks in reading.registers.sessions.items():
        session = Session(day=day, half=half)
        places |= {row.row: (row.pupil_id, session) for row in marks.rows if row.pupil_id in doubtful}
        marks.rows = [row for row in marks.rows if row.pupil_id not in doubtful]
        for block in marks.plain.values():
            places |= {block.pop(short): (short, session) for short in doubtful.keys() & block.keys()}
    refused = [_refused(reading.file, n, short, doubtful[short], at) for n, (short, at) in sorted(places.items())]
    changed: dict[str, Any] = {
        kind: tuple(row for row in getattr(reading, kind) if row.pupil_id not in doubtful) for kind in KINDS
    }
    rejected = [_rejected(reading, r) for r in refused]
    return replace(reading, refused=(*reading.refused, *refused), rejected=(*reading.rejected, *rejected), **changed)


def _rejected(reading: Reading, refused: RefusedRow) -> RejectedRow:
    first = refused.problems[0]
    cells = reading.cells.get(first.row, (first.found,))
    return RejectedRow(row=first.row, cells=cells, problems=refused.problems)


def _refused(file: str, row: int, found: str, pupil_id: str, session: Session | None) -> RefusedRow:
    expected = "an id as the roll has it: a spreadsheet may have stripped its zeros"
    problem = Problem(file=file, row=row, column="pupil_id", found=found, expected=expected)
    return RefusedRow(
        problems=(problem,),
        pupil_id=PupilId(pupil_id),
        day=session.day if session else None,
        half=session.half if session else None,
    )
