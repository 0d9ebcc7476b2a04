"""What is new in the inbox → taken in → reconciled, and what the day ends with."""

from collections.abc import Sequence
from dataclasses import replace

from firstday_cli.desk import Desk
from firstday_cli.domain.picture.day_picture import DayPicture, day_picture, outstanding
from firstday_cli.errors import UnreadableExport
from firstday_cli.morning.taking_in import Progress, take_in
from firstday_cli.reports.taken_in import FileReport

ACT_NOW, PROVISIONAL = 11, 12


def reconciled(desk: Desk, progress: Progress) -> tuple[DayPicture, tuple[FileReport, ...]]:
    """Take in what is new, then the picture of the session; a file that cannot be read makes it provisional."""
    reports = take_in(desk, progress=progress)
    picture = day_picture(desk.evidence())
    unread = tuple(f"{r.file} could not be read" for r in reports if r.error)
    return replace(picture, provisional_because=(*picture.provisional_because, *unread)), reports


def exit_code_of(picture: DayPicture, files: Sequence[FileReport]) -> int:
    """The day's code; a file that could not be read outranks it, for nobody knows what stood in it."""
    return UnreadableExport.exit_code if any(f.error for f in files) else outstanding(picture)


def exit_code_of_files(files: Sequence[FileReport]) -> int:
    """The code of `ingest`: 20 for a file that could not be read, 11 for a sign of danger, 12 for refused rows."""
    if any(f.error for f in files):
        return UnreadableExport.exit_code
    if any(f.dangers for f in files):
        return ACT_NOW
    return PROVISIONAL if any(f.rows_refused for f in files) else 0
