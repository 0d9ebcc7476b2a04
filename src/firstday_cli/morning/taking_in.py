"""Taking in: files → readings → what is kept of them, one batch at a time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.people import Pupil
from firstday_cli.errors import FirstdayError, Mistyped, UnreadableExport
from firstday_cli.journal import journal
from firstday_cli.morning.files_read import CALLS, FileRead, held_pupils, reading_of, seen
from firstday_cli.morning.inbox import Found, found_in_inbox
from firstday_cli.reports.taken_in import CHANGED, FileReport
from firstday_cli.store import earlier_days, evidence, then

if TYPE_CHECKING:
    from firstday_cli.intake.files.table import Table
    from firstday_cli.intake.layouts.layout import Layout
    from firstday_cli.intake.reading import Reading

Progress = Callable[[str, int], None]
Kept = tuple[FileRead, str, str]  # a file, where its refused rows are, and why they could not be written


class Batch:
    """Files taken in together: each read by itself, all kept at once."""

    def __init__(self, desk: Desk, kind: str, profile: str, progress: Progress) -> None:
        from firstday_cli.intake.layouts.profile import profiles_of

        self.desk, self.kind, self.profile, self.progress = desk, kind, profile, progress
        self.profiles = profiles_of(desk.folder)
        if profile and profile not in {known.name for known in self.profiles}:
            known = ", ".join(sorted(p.name for p in self.profiles))
            raise Mistyped(f'found "{profile}", expected one of {known}.', "--profile")
        if kind and kind not in evidence.KINDS:
            raise Mistyped(f'found "{kind}", expected one of {", ".join(evidence.KINDS)}.', "--as")
        self.read: list[FileRead] = []
        self.reports: list[FileReport] = []

    def add(self, path: Path) -> None:
        """Read one file; a file that cannot be read is told, and stops no other."""
        try:
            self.read += self._read(path)
        except UnreadableExport as error:
            self.reports.append(FileReport(file=path.name, error=error.message, where=error.where))

    def recognises(self, path: Path) -> bool:
        """Whether one layout fits the file."""
        from firstday_cli.intake.files.opened import read_bytes, tables_of
        from firstday_cli.intake.layouts.every_table import laid_out

        try:
            laid_out(tables_of(read_bytes(path), path.name), self.profiles, kind=self.kind, profile=self.profile)
        except UnreadableExport:
            return False
        return True

    def _read(self, path: Path) -> list[FileRead]:
        """Every table of the file that has a layout; the file is read whole or refused."""
        from firstday_cli.intake.files.opened import read_bytes, tables_of
        from firstday_cli.intake.layouts.every_table import laid_out

        before = seen(path)
        raw = read_bytes(path)
        if before is None or seen(path) != before:
            raise UnreadableExport(CHANGED, path.name)
        digest, found = sha256(raw).hexdigest(), []
        laid, left_out = laid_out(tables_of(raw, path.name), self.profiles, kind=self.kind, profile=self.profile)
        for table, layout in laid:
            name, reading = self._reading(raw, table, layout)
            if reading.registers.names_no_day:
                self._must_be_new(path, digest)
            reading, left_out = replace(reading, warnings=(*reading.warnings, *left_out)), ()
            found.append(FileRead(path=path, seen=before, digest=digest, name=name, reading=reading))
        return found

    def _reading(self, raw: bytes, table: "Table", layout: "Layout") -> "tuple[str, Reading]":
        from firstday_cli.intake.keeping import name_of_reading

        reading = reading_of(self.desk, table, layout, partial(self.progress, table.file))
        return name_of_reading(raw, table.file, reading.layout, self.desk.session), reading

    def _must_be_new(self, path: Path, digest: str) -> None:
        """Refuse a grid that names no day, and was another day's already; but for a day that somebody typed."""
        if self.desk.asked.day is not None or not self.desk.has_store:
            return
        others = evidence.days_of(self.desk.store, digest) - {self.desk.session.day.isoformat()}
        if others:
            shown = ", ".join(sorted(others))
            mend = "Export today's, or say its day with --day."
            raise UnreadableExport(f"names no day, and was taken in on {shown}. {mend}", path.name)

    def settle(self) -> None:
        """Look at the files together: ids that a spreadsheet has shortened, and rolls that cannot be."""
        held = held_pupils(self.desk) if self.read else {}
        rolls = self._found([f for f in self.read if f.kind == "roll"], held)
        others = [f for f in self.read if f.kind != "roll"]
        kept = self._possible(rolls, held)
        pupils = {str(p.pupil_id): p for f in kept for p in f.reading.pupils}
        self.read = [*kept, *self._found(others, pupils or held)]

    def _found(self, files: Sequence[FileRead], pupils: dict[str, Pupil]) -> list[FileRead]:
        """The files with every pupil as these are known; one that cannot say whom it is about is told."""
        from firstday_cli.intake.found import KnownPupils, with_pupils
        from firstday_cli.intake.keeping import name_as_understood

        known, found = KnownPupils(pupils), []
        for file in files:
            try:
                reading = with_pupils(file.reading, known)
            except UnreadableExport as error:
                self.reports.append(FileReport(file=file.reading.file, error=error.message, where=error.where))
                continue
            is_as_before = reading is file.reading
            name = file.name if is_as_before else name_as_understood(file.name, reading)
            found.append(replace(file, reading=reading, name=name))
        return found

    def _possible(self, rolls: Sequence[FileRead], held: dict[str, Pupil]) -> list[FileRead]:
        """The rolls that can be this school's; the others are told and left out."""
        from firstday_cli.intake.rolls import check_roll, most_are_there, one_name_each

        left = [f for f in rolls if self._stands([f], lambda fs: check_roll(fs[0].reading, held))]
        for check in (one_name_each, lambda readings: most_are_there(readings, held, is_said=self.kind == "roll")):
            if left and not self._stands(left, lambda fs, check=check: check([f.reading for f in fs])):  # type: ignore[misc]
                return []
        return left

    def _stands(self, files: Sequence[FileRead], check: Callable[[Sequence[FileRead]], None]) -> bool:
        try:
            check(files)
        except UnreadableExport as error:
            self.reports += [FileReport(file=f.reading.file, error=error.message) for f in files]
            return False
        return True

    def keep(self, *, dry_run: bool) -> tuple[FileReport, ...]:
        """Write everything that was understood, whole or not at all; what was refused into reject files."""
        for file, rejects, warning in self._judged() if dry_run else self._write():
            self.reports.append(_report(file, rejects, warning))
        for report in self.reports:
            _note(report)
        return tuple(sorted(self.reports, key=lambda report: report.file))

    def _judged(self) -> list[Kept]:
        from firstday_cli.morning.typed_calls import judged_files

        return [(file, "", "") for file in judged_files(self.desk, self.read)]

    def _write(self) -> list[Kept]:
        """Keep the files that are still as they were read; another process may have kept a newer one meanwhile.

        The refused rows are written first: a file that is kept is not read again, whatever happens after.
        """
        from firstday_cli.morning.filing import as_filed
        from firstday_cli.morning.typed_calls import judged_files, write_calls
        from firstday_cli.store.sqlite import writing

        if not self.read:
            return []
        filed = {f.name: as_filed(f.reading, f.name, f.digest, *f.seen) for f in self.read if f.kind != CALLS}
        with writing(self.desk.store, STORE):
            whole = judged_files(self.desk, [f for f in self.read if f.is_as_read()])
            kept = [(f, *(("", "") if f.is_known else self._rejects(f))) for f in whole]
            taken = [filed.get(f.name) or as_filed(f.reading, f.name, f.digest, *f.seen) for f in whole]
            settings = "" if self.desk.is_replay else then.kept_text(self.desk.store, self.desk.settings_now)
            by = self.desk.by or "firstday"
            evidence.take_in(self.desk.store, taken, at=self.desk.now, by=by, settings=settings)
            earlier_days.fold(self.desk.store, taken, self.desk.now)
            write_calls(self.desk, (call for f in whole for call in f.calls))
        self.desk.forget_roll()
        changed = {f.path for f in self.read} - {f.path for f in whole}
        self.reports += [FileReport(file=path.name, error=CHANGED) for path in sorted(changed)]
        return kept

    def _rejects(self, file: FileRead) -> tuple[str, str]:
        """Where the refused rows were written; or a warning that they could not be."""
        from firstday_cli.writers.spreadsheet import write_rejects

        reading = file.reading
        if not reading.rejected:
            return "", ""
        target = self.desk.sheets / f"refused-{Path(reading.file).stem}-{file.name[:8]}.csv"
        rows = [
            (
                row.row,
                "; ".join(p.column or "row" for p in row.problems),
                "; ".join(p.expected for p in row.problems),
                *row.cells,
            )
            for row in reading.rejected
        ]
        try:
            write_rejects(target, ("row", "column", "expected", *reading.layout.header.cells), rows)
        except FirstdayError as error:
            return "", f"its refused rows could not be written to {target.parent.name}: {error.message}"
        return f"{target.parent.name}/{target.name}", ""


def _report(file: FileRead, rejects: str, warning: str) -> FileReport:
    reading, is_known = file.reading, file.is_known
    return FileReport(
        file=reading.file, kind=", ".join(reading.layout.export.holds), profile=reading.layout.profile,
        rows_read=reading.rows_read, rows_understood=reading.rows_understood, rows_refused=reading.rows_refused,
        is_known=is_known, warnings=(*reading.warnings, warning) if warning else reading.warnings, reject_file=rejects,
        problems=(*(p for row in reading.refused for p in row.problems), *reading.problems),
        new_calls=len(file.calls), dangers=file.dangers,
    )  # fmt: skip


def _note(report: FileReport) -> None:
    if report.error:
        journal().note("not-read")
    elif not report.left:
        journal().note(
            "took-in", kind=report.kind, read=report.rows_read, refused=report.rows_refused, known=report.is_known
        )  # fmt: skip


def take_in(
    desk: Desk,
    files: Sequence[Path] = (),
    *,
    kind: str = "",
    profile: str = "",
    dry_run: bool = False,
    progress: Progress = lambda _file, _rows: None,
) -> tuple[FileReport, ...]:
    """Take these files in, or whatever is new in the inbox; one report a file."""
    batch = Batch(desk, kind, profile, progress)
    found = Found(files=tuple(files)) if files else found_in_inbox(desk, batch.recognises)
    for path in found.files:
        batch.add(path)
    batch.settle()
    return (*batch.keep(dry_run=dry_run), *found.left)
