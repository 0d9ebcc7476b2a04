"""What was taken in: a line a file, with the sum of its rows."""

from collections.abc import Sequence

from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.record import record
from firstday_cli.reports.page import PROBLEM_COLUMNS, Page, Table, problem_rows
from firstday_cli.reports.shapes import problem_shapes

CHANGED = "changed while it was being read: still being written. It is left for the next run."


@record
class FileReport:
    """What became of one file; `error` where it could not be read, and nothing of it was kept.

    `left` says why a file was not read at all, and lies where it is.

    `new_calls` of it were not in the log before, and `dangers` say what cannot wait.
    """

    file: str
    kind: str = ""
    profile: str = ""
    rows_read: int = 0
    rows_understood: int = 0
    rows_refused: int = 0
    is_known: bool = False
    warnings: tuple[str, ...] = ()
    reject_file: str = ""
    problems: tuple[Problem, ...] = ()
    error: str = ""
    where: str = ""
    new_calls: int = 0
    dangers: tuple[str, ...] = ()
    left: str = ""

    @property
    def sentence(self) -> str:
        """The sum check of one file, in a line."""
        if self.left:
            return f"{self.file}: {self.left}"
        if self.error:
            return f"{self.where or self.file}: {self.error}"
        again = "; taken in before, nothing added" if self.is_known else ""
        reject = f" (in {self.reject_file})" if self.reject_file else ""
        counts = f"{self.rows_read} rows read = {self.rows_understood} understood + {self.rows_refused} refused"
        calls = f"; {self.new_calls} new" if self.kind == "calls" and not self.is_known else ""
        return f"{self.file}: {self.kind} ({self.profile}); {counts}{reject}{calls}{again}"


def taken_in(reports: Sequence[FileReport], *, dry_run: bool = False) -> Page:
    """The page of `ingest`."""
    understood = [r for r in reports if not r.error and not r.left]
    left = [(r.file, r.left or r.error) for r in reports if r.left or r.error == CHANGED]
    problems = tuple(p for r in understood for p in r.problems)
    rows = tuple(
        (r.file, r.kind, r.profile, str(r.rows_read), str(r.rows_understood), str(r.rows_refused), r.reject_file)
        for r in understood
    )
    columns = ("File", "Kind", "Profile", "Read", "Understood", "Refused", "Refused rows are in")
    return Page(
        title="Would be taken in" if dry_run else "Taken in",
        facts={
            "schema": "firstday/ingest/1",
            "dry_run": dry_run,
            "files": [
                {
                    "file": r.file, "kind": r.kind or None, "profile": r.profile or None, "rows_read": r.rows_read,
                    "rows_understood": r.rows_understood, "rows_refused": r.rows_refused, "taken_in_before": r.is_known,
                    "new_calls": r.new_calls, "warnings": list(r.warnings), "reject_file": r.reject_file or None,
                    "error": r.error or None,
                }
                for r in reports
                if not r.left
            ],
            "left": [{"file": file, "because": because} for file, because in left],
            "problems": problem_shapes(problems),
        },
        warnings=tuple(f"{r.file}: {w}" for r in understood for w in r.warnings),
        tables=(
            Table(title="Files", columns=columns, rows=rows, empty="Nothing new in the inbox."),
            *((Table(title="Left where they are", columns=("File", "Because"), rows=tuple(left)),) if left else ()),
            *((Table(title="Problems", columns=PROBLEM_COLUMNS, rows=problem_rows(problems)),) if problems else ()),
        ),
    )  # fmt: skip
