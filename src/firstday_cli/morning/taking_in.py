"""Taking in: files → readings → what is kept of them, one batch at a time."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from firstday_cli.desk import STORE, Desk
from firstday_cli.domain.contacts import Contact
from firstday_cli.domain.evidence import AbsenceMessage, LateArrival, PlannedAbsence, RefusedRow, RegisterMark
from firstday_cli.domain.people import Flag, Pupil
from firstday_cli.errors import UnreadableExport
from firstday_cli.reports.taken_in import FileReport
from firstday_cli.store import evidence
from firstday_cli.store.codec import as_rows

NOT_EXPORTS = frozenset({"thumbs.db", "desktop.ini"})


Progress = Callable[[str, int], None]


class Batch:
    """Files taken in together: each read by itself, all kept at once."""

    def __init__(self, desk: Desk, kind: str, profile: str, progress: Progress) -> None:
        from firstday_cli.intake.profile import profiles_of

        self.desk, self.kind, self.profile, self.progress = desk, kind, profile, progress
        self.span = desk.calendar.first, desk.calendar.last
        self.profiles = profiles_of(desk.folder)
        self.read: list[tuple[Path, bytes, Any]] = []
        self.reports: list[FileReport] = []

    def add(self, path: Path) -> None:
        """Read one file; a file that cannot be read is told, and stops no other."""
        try:
            raw, reading = self._reading(path)
        except UnreadableExport as error:
            self.reports.append(FileReport(file=path.name, error=error.message, where=error.where))
        else:
            self.read.append((path, raw, reading))

    def _reading(self, path: Path) -> tuple[bytes, Any]:
        from firstday_cli.intake.identify import layout_of
        from firstday_cli.intake.reading import Reader
        from firstday_cli.intake.tables import read_bytes, text_of

        raw = read_bytes(path)
        text = text_of(raw, path.name)
        layout = layout_of(text, self.profiles, kind=self.kind, profile=self.profile)
        reader = Reader(text, layout, self.desk.session, self._covers, lambda rows: self.progress(path.name, rows))
        return raw, reader.read()

    def _covers(self, day: date) -> bool:
        return self.span[0] <= day <= self.span[1]

    def settle(self) -> None:
        """Look at the files together: rolls that cannot be, and ids that a spreadsheet has shortened."""
        from firstday_cli.intake.ids import with_zeros

        rolls = [r for _, _, r in self.read if r.pupils or r.layout.kind == "roll"]
        held = self._held_roll() if self.read else {}
        self._refuse_impossible(rolls, held)
        ids = frozenset(p.pupil_id for _, _, r in self.read for p in r.pupils) or frozenset(held)
        self.read = [
            (path, raw, reading if reading.pupils else with_zeros(reading, ids)) for path, raw, reading in self.read
        ]

    def _held_roll(self) -> dict[str, Pupil]:
        roll = self.desk.roll if (self.desk.folder / STORE).exists() else ()
        return {str(p): roll.pupil(p) for p in roll.ids} if roll else {}

    def _refuse_impossible(self, rolls: Sequence[Any], held: dict[str, Pupil]) -> None:
        from firstday_cli.intake.ids import with_zeros
        from firstday_cli.intake.rolls import check_roll, one_name_each

        refused: dict[str, str] = {}
        for reading in rolls:
            try:
                check_roll(with_zeros(reading, frozenset(held)), held)
            except UnreadableExport as error:
                refused[reading.file] = error.message
        try:
            one_name_each(r for r in rolls if r.file not in refused)
        except UnreadableExport as error:
            refused |= {r.file: error.message for r in rolls if r.file not in refused}
        self.reports += [FileReport(file=file, error=message) for file, message in sorted(refused.items())]
        self.read = [
            (path, raw, with_zeros(r, frozenset(held)) if r.pupils else r)
            for path, raw, r in self.read
            if path.name not in refused
        ]

    def keep(self, *, dry_run: bool) -> tuple[FileReport, ...]:
        """Write everything that was understood, whole or not at all; what was refused into reject files."""
        from firstday_cli.store.sqlite import writing

        files = [(reading, self._file(path, raw, reading)) for path, raw, reading in self.read]
        known = [_is_kept(self.desk, file) for _, file in files]
        if files and not dry_run:
            with writing(self.desk.store, STORE):
                by = self.desk.by or "firstday"
                evidence.take_in(self.desk.store, [file for _, file in files], at=self.desk.now, by=by)
            self.desk.forget_roll()
        for (reading, file), was_known in zip(files, known, strict=True):
            rejects = "" if dry_run or was_known else self._rejects(reading, file.reading)
            self.reports.append(_report(reading, rejects, is_known=was_known))
        return tuple(sorted(self.reports, key=lambda report: report.file))

    def _file(self, path: Path, raw: bytes, reading: Any) -> evidence.FileTaken:
        from firstday_cli.intake.keeping import kinds_kept, name_of_reading

        stat = path.stat()
        return evidence.FileTaken(
            file=path.name, size=stat.st_size, changed_ns=stat.st_mtime_ns,
            reading=name_of_reading(raw, reading.layout, self.desk.session),
            parts=tuple(_part(kept, reading) for kept in kinds_kept(reading)),
            summary={
                "kind": reading.layout.kind, "profile": reading.layout.profile,
                "read": reading.rows_read, "refused": reading.rows_refused,
            },
        )  # fmt: skip

    def _rejects(self, reading: Any, name: str) -> str:
        from firstday_cli.writers.spreadsheet import write_rejects

        if not reading.rejected:
            return ""
        target = self.desk.sheets / f"refused-{Path(reading.file).stem}-{name[:8]}.csv"
        rows = [
            (
                row.row,
                "; ".join(p.column or "row" for p in row.problems),
                "; ".join(p.expected for p in row.problems),
                *row.cells,
            )
            for row in reading.rejected
        ]
        write_rejects(target, ("row", "column", "expected", *reading.layout.header.cells), rows)
        return f"{target.parent.name}/{target.name}"


RECORDS: dict[str, type[Any]] = {
    "roll": Pupil,
    "contacts": Contact,
    "lates": LateArrival,
    "messages": AbsenceMessage,
    "planned": PlannedAbsence,
    "flags": Flag,
    "refused": RefusedRow,
    "undated": RefusedRow,
}


def _part(kept: Any, reading: Any) -> evidence.Part:
    value = _register(kept, reading) if kept.kind == "register" else as_rows(RECORDS[kept.kind], kept.rows)
    if kept.kind == "roll":
        value["has_flags"] = "flags" in reading.layout.places
    return evidence.Part(kind=kept.kind, value=value, first_day=kept.first_day, last_day=kept.last_day, half=kept.half)


def _register(kept: Any, reading: Any) -> dict[str, Any]:
    """One session's marks; a file whose every row carries a comment is no whole register."""
    marks = reading.registers.sessions.get(kept.session)
    plain = sorted(marks.plain.items(), key=lambda block: (block[0][0], block[0][1], str(block[0][2]))) if marks else []
    rows = marks.rows if marks else []
    all_commented = not plain and all(row.comment for row in rows)
    return {
        "plain": [
            [mark, group, taken.isoformat() if taken else None, pupils] for (mark, group, taken), pupils in plain
        ],
        "rows": as_rows(RegisterMark, rows),
        "comments_only": reading.layout.export.comments_only or all_commented,
    }


def _is_kept(desk: Desk, file: evidence.FileTaken) -> bool:
    return (desk.folder / STORE).exists() and evidence.is_kept(desk.store, file.reading)


def _report(reading: Any, rejects: str, *, is_known: bool) -> FileReport:
    return FileReport(
        file=reading.file, kind=", ".join(reading.layout.export.holds), profile=reading.layout.profile,
        rows_read=reading.rows_read, rows_understood=reading.rows_understood, rows_refused=reading.rows_refused,
        is_known=is_known, warnings=reading.warnings, reject_file=rejects,
        problems=(*(p for row in reading.refused for p in row.problems), *reading.problems),
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
    paths = tuple(files) or new_in_inbox(desk)
    batch = Batch(desk, kind, profile, progress)
    for path in paths:
        batch.add(path)
    batch.settle()
    return batch.keep(dry_run=dry_run)


def new_in_inbox(desk: Desk) -> tuple[Path, ...]:
    """The files of the inbox that have not been taken in as they are now."""
    if not desk.inbox.is_dir():
        return ()
    found = [path for path in desk.inbox.iterdir() if path.is_file() and _may_be_an_export(path.name)]
    seen = evidence.files_seen(desk.store) if (desk.folder / STORE).exists() else frozenset()
    return tuple(sorted(p for p in found if (p.name, (s := p.stat()).st_size, s.st_mtime_ns) not in seen))


def _may_be_an_export(name: str) -> bool:
    return not name.startswith((".", "~$")) and name.casefold() not in NOT_EXPORTS
