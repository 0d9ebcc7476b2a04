"""A planned absence with times of day: which halves of its first and last day it covers, and which it does not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from firstday_cli.domain.evidence import PlannedAbsence
from firstday_cli.domain.school_days import Half
from firstday_cli.intake.rows.row_cells import RowCells

REGISTERED = time(10)  # whoever is expected to leave later than this is expected at the morning register
AFTER_DINNER = time(13, 30)  # whoever is back by then is expected at the afternoon register


def part_said(cells: RowCells) -> str:
    """The times of a message that covers only a part of its days, in words; blank where it covers whole days."""
    begins, ends = cells.clock_beside("from_date"), cells.clock_beside("to_date")
    if (begins or time()) < REGISTERED and (ends or time(23, 59)) >= AFTER_DINNER:
        return ""
    return f"{f'from {begins:%H:%M}' if begins else ''}{f' to {ends:%H:%M}' if ends else ''}".strip()


def parts_of(
    cells: RowCells, whole: PlannedAbsence, begins: time | None, ends: time | None
) -> tuple[PlannedAbsence, ...]:
    """The plan as whole days and half days; a time between the two registers of one day explains neither."""
    found = tuple(_parts(whole, begins or time(), ends or time(23, 59)))
    if not found:
        expected = "a time that covers the morning register or the afternoon's: this plan explains neither"
        cells.remark("from_date", cells.text("from_date"), expected)
    return found


def _parts(whole: PlannedAbsence, begins: time, ends: time) -> Iterator[PlannedAbsence]:
    has_first_am, has_last_pm = begins < REGISTERED, ends >= AFTER_DINNER
    if whole.from_date == whole.to_date:
        yield from _of_one_day(whole, has_am=has_first_am, has_pm=has_last_pm, ends=ends)
        return
    first, last = whole.from_date, whole.to_date
    if not has_first_am:
        yield replace(whole, to_date=first, half=Half.PM)
        first += timedelta(days=1)
    if not has_last_pm:
        last -= timedelta(days=1)
    if first <= last:
        yield replace(whole, from_date=first, to_date=last)
    if not has_last_pm:
        yield replace(whole, from_date=whole.to_date, half=Half.AM, due_back=whole.due_back or ends)


def _of_one_day(whole: PlannedAbsence, *, has_am: bool, has_pm: bool, ends: time) -> Iterator[PlannedAbsence]:
    if has_am and has_pm:
        yield whole
    elif has_am:
        yield replace(whole, half=Half.AM, due_back=whole.due_back or ends)
    elif has_pm:
        yield replace(whole, half=Half.PM)
