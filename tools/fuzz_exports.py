"""Feeds damaged exports to the readers until told to stop, guided by which lines they reach; needs atheris.

    python tools/fuzz_exports.py KIND SECONDS [FOLDER_OF_SEEDS]

KIND is text, workbook, page, xml, json or any. A file must be read or refused in a sentence: a crash, a hang or a row
that is neither understood, refused nor left out stops the run, and its bytes are kept in the current folder.
"""

import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import atheris

with atheris.instrument_imports(include=["firstday_cli.intake"]):
    from firstday_cli.domain.school_days import Half, Session
    from firstday_cli.errors import FirstdayError
    from firstday_cli.intake.files.opened import tables_of
    from firstday_cli.intake.layouts.day_order import with_one_order
    from firstday_cli.intake.layouts.every_table import laid_out
    from firstday_cli.intake.layouts.profile import shipped_profiles
    from firstday_cli.intake.reading import Reader

SAMPLES = Path(__file__).parents[1] / "tests" / "intake"
ENDINGS = {
    "text": (".csv", ".txt"),
    "workbook": (".xlsx", ".xls", ".ods"),
    "page": (".xls", ".html"),
    "xml": (".xml",),
    "json": (".json",),
}
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Europe/London"))
MORNING = Session(day=date(2026, 11, 23), half=Half.AM)
SLOW_SECONDS = 10


class RowsLost(Exception):
    """A row is in neither sum."""


def read(raw: bytes) -> None:
    """Read these bytes as an export; every filled row below a heading must be accounted for."""
    try:
        laid, _ = laid_out(tables_of(raw, "export"), shipped_profiles())
        for table, fitting in laid:
            layout = with_one_order(fitting, table, NOW)
            reading = Reader(table, layout, MORNING, NOW, lambda _day: True, lambda _rows: None).read()
            filled = sum(1 for _ in table.below(layout.separator, layout.header.number))
            if filled != reading.rows_read + reading.asides or len(reading.refused) != len(reading.rejected):
                raise RowsLost(f"{filled} filled, {reading.rows_read} read, {reading.asides} left out")
    except FirstdayError:
        pass  # a sentence, as it should be


def seeds(kind: str) -> list[str]:
    """The folders of samples that a run of this kind begins with."""
    folder = Path.cwd() / f"seeds-{kind}"
    folder.mkdir(exist_ok=True)
    wanted = ENDINGS.get(kind, tuple(ending for endings in ENDINGS.values() for ending in endings))
    for number, path in enumerate(sorted(p for p in SAMPLES.rglob("*.*") if p.suffix in wanted)):
        (folder / f"{number:03}{path.suffix}").write_bytes(path.read_bytes())
    return [str(folder)]


def main() -> None:
    """Run for as long as was asked."""
    kind, seconds, *folders = sys.argv[1:]
    options = [f"-max_total_time={seconds}", f"-timeout={SLOW_SECONDS}", "-rss_limit_mb=3000", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *options, *seeds(kind), *folders], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
