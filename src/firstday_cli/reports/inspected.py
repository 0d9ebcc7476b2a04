"""How a file would be read and why: the page of `inspect`. Cells are shown masked, but for marks, days and times."""

from collections.abc import Sequence

from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.record import record
from firstday_cli.reports.page import Json, Page, Table


@record
class InspectedColumn:
    """One column: what it means (blank: it is not read), why, what else it may mean, and what its cells look like."""

    heading: str
    meaning: str
    because: str
    others: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


@record
class InspectedTable:
    """One table of a file; `profile` is blank where no layout fits and its meanings are guessed."""

    file: str
    read_as: str
    separator: str
    header_row: int
    kind: str
    profile: str
    because: str
    columns: tuple[InspectedColumn, ...]
    doubts: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    rows_read: int = 0
    rows_refused: int = 0
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


def inspected(tables: Sequence[InspectedTable], *, saved: str, mend: str, dry_run: bool = False) -> Page:
    """The page: a table of columns for each table of the file, what would be refused, and what to type next."""
    return Page(
        title="How this file would be read",
        facts={
            "schema": "firstday/inspect/1",
            "tables": [_facts(table) for table in tables],
            "saved": saved or None,
            "dry_run": dry_run,
        },
        warnings=tuple(f"{table.file}: {doubt}" for table in tables for doubt in table.doubts),
        tables=tuple(part for table in tables for part in _parts(table)),
        notes=tuple(note for note in (_saved(saved, dry_run=dry_run), "" if saved and dry_run else mend) if note),
    )


def _saved(saved: str, *, dry_run: bool) -> str:
    if not saved:
        return ""
    return f"Would be saved as {saved}; nothing is." if dry_run else f"Saved as {saved}."


def _facts(table: InspectedTable) -> dict[str, Json]:
    return {
        "file": table.file, "read_as": table.read_as, "separator": table.separator or None,
        "header_row": table.header_row,
        "kind": table.kind or None, "profile": table.profile or None, "because": table.because,
        "columns": [
            {"column": c.heading, "meaning": c.meaning or None, "because": c.because, "others": list(c.others),
             "samples": list(c.samples)}
            for c in table.columns
        ],
        "doubts": list(table.doubts), "lacks": list(table.lacks), "rows_read": table.rows_read,
        "rows_understood": table.rows_read - table.rows_refused, "rows_refused": table.rows_refused,
        "problems": [{"row": p.row, "column": p.column, "found": p.found, "expected": p.expected}
                     for p in table.problems],
        "warnings": list(table.warnings),
    }  # fmt: skip


def _parts(table: InspectedTable) -> list[Table]:
    cells = f", {table.separator} between cells" if table.separator else ""
    read = f"{table.read_as}{cells}, headings in row {table.header_row}"
    what = f"{table.kind or 'unknown'}, by the profile {table.profile}" if table.profile else f"probably {table.kind}"
    lacks = (f"It lacks {'; '.join(table.lacks)}.",) if table.lacks else ()
    understood = table.rows_read - table.rows_refused
    counts = f"{table.rows_read} rows read = {understood} understood + {table.rows_refused} refused"
    columns = Table(
        title=f"{table.file}: {what}",
        lines=(read, f"Because {table.because}.", *lacks, *((counts,) if not table.lacks else ()), *table.warnings),
        columns=("Column", "Means", "Why", "Or", "Cells such as"),
        rows=tuple(
            (c.heading, c.meaning or "not read", c.because, ", ".join(c.others), ", ".join(c.samples))
            for c in table.columns
        ),
        unbroken=("Means",),
    )
    if not table.problems:
        return [columns]
    rows = tuple((str(p.row), p.column, p.found, p.expected) for p in table.problems)
    return [columns, Table(title="Would be told", columns=("Row", "Column", "Found", "Expected"), rows=rows)]
