"""Prints what reading an export costs beside a bare pass of csv.reader over the same bytes: a ratio, in one run.

python tools/cost_of_reading.py [PUPILS [DAYS]]
"""

import csv
import io
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from firstday_cli.domain.school_days import Half, Session
from firstday_cli.intake.files.opened import tables_of
from firstday_cli.intake.layouts.every_table import laid_out
from firstday_cli.intake.layouts.profile import shipped_profiles
from firstday_cli.intake.reading import Reader

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/London"))
MORNING = Session(day=date(2026, 11, 23), half=Half.AM)
FIRST, RUNS = date(2025, 9, 1), 5
ABSENT, CODES = 0.06, "NIMLOC"


def marks(pupils: int, days: int) -> list[str]:
    """A long list of marks, a row for each pupil and session."""
    chance, rows = random.Random(6), ["pupil_id,date,session,mark,comment,group"]
    for day in (FIRST + timedelta(days=n) for n in range(days)):
        for half, present in (("AM", "/"), ("PM", "\\")):
            for pupil in range(pupils):
                mark = chance.choice(CODES) if chance.random() < ABSENT else present
                comment = f"rang at {chance.randrange(8, 10)}.{chance.randrange(60):02}" if mark == "I" else ""
                rows.append(f"{pupil:06},{day.isoformat()},{half},{mark},{comment},{pupil % 33}C")
    return rows


def grid(pupils: int, weeks: int) -> list[str]:
    """A grid of two marks a day, as if every pupil had that many weeks."""
    chance = random.Random(7)
    days = [f"{day}{half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("AM", "PM")]
    rows = ["Week beginning 07/09/2026", f"pupil_id,group,{','.join(days)}"]
    for pupil in range(pupils * weeks):
        row = [chance.choice(CODES) if chance.random() < ABSENT else "/\\"[n % 2] for n in range(len(days))]
        rows.append(f"{pupil % pupils:06},{pupil % 33}C,{','.join(row)}")
    return rows


def bare(raw: bytes) -> None:
    """One pass that looks at nothing."""
    for _ in csv.reader(io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="")):
        pass


def ours(raw: bytes) -> None:
    """The same bytes as an export."""
    for table, layout in laid_out(tables_of(raw, "export.csv"), shipped_profiles())[0]:
        Reader(table, layout, MORNING, NOW, lambda _day: True, lambda _rows: None).read()


def seconds(work: Callable[[bytes], None], raw: bytes) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work(raw)
    return time.perf_counter() - begun


def main() -> None:
    """Print a line for each kind of export: rows, both times, and the median of their ratios."""
    pupils, days = [*map(int, sys.argv[1:]), *(1000, 190)[len(sys.argv) - 1 :]]
    for name, rows in (("long", marks(pupils, days)), ("grid", grid(pupils, 20))):
        raw = ("\n".join(rows) + "\n").encode()
        pairs = [(seconds(bare, raw), seconds(ours, raw)) for _ in range(RUNS)]
        plain, whole = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(own / other for other, own in pairs)
        print(f"{name}: {len(rows):,} rows; csv.reader {plain:.3f} s, as an export {whole:.3f} s; ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
