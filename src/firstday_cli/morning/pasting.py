"""Notes pasted into the school's own record → entries for the log; the notes and the summary of a day → pages."""

from collections.abc import Sequence

from firstday_cli.desk import Desk
from firstday_cli.domain.log.entries import Entry, EntryWithdrawn, KeptIn, NotePasted
from firstday_cli.domain.picture.day_picture import day_picture
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.day_notes import day_notes
from firstday_cli.domain.sheets.day_summary import day_summary
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.taken_back import TakenBack, taken_back
from firstday_cli.errors import Mistyped
from firstday_cli.morning.said import all_named
from firstday_cli.reports.page import Page
from firstday_cli.store import log

LONGEST_REFERENCE = 120


def pasted(desk: Desk, pupils: Sequence[str], into: str, reference: str) -> list[Entry]:
    """The day's note of each of these pupils, pasted by a person; it explains nothing."""
    day, plain = desk.asked.day or desk.at.date(), reference.strip()
    desk.calendar.must_cover(day)
    if day > desk.now.date():
        raise Mistyped(f"{in_words(day)} has not begun: there is no note of it.", "--day")
    if len(plain) > LONGEST_REFERENCE or "\n" in plain:
        raise Mistyped(
            f"expected where it is kept, in at most {LONGEST_REFERENCE} letters, and nothing of it.", "--reference"
        )
    record = KeptIn(into)
    return [NotePasted(pupil_id=p, day=day, into=record, reference=plain) for p in all_named(desk, pupils)]


def page_of_the_day(desk: Desk, name: str) -> Page:
    """The page of a whole day: the notes for one of the school's records, or its summary."""
    day = DaySoFar(desk.evidence())
    if name == "day-summary":
        from firstday_cli.reports.day_summary import day_summary_page

        return day_summary_page(day_summary(day, _gone(desk)))
    return _notes(desk, day, KeptIn.CPOMS if name == "cpoms" else KeptIn.MIS)


def _notes(desk: Desk, day: DaySoFar, into: KeptIn) -> Page:
    from firstday_cli.reports.notes import cpoms, mis_notes

    picture, notes = day_picture(day.evidence), day_notes(day, into, _gone(desk))
    return cpoms(picture, notes) if into is KeptIn.CPOMS else mis_notes(picture, notes)


def _gone(desk: Desk) -> tuple[TakenBack, ...]:
    """What was taken back of the entries about the day, and on the day of entries about any other."""
    day = desk.session.day
    entries = {e.entry_id: e for e in log.entries_about(desk.store, day, day, desk.known_until)}
    for entry in tuple(entries.values()):
        what = entry.what
        if isinstance(what, EntryWithdrawn) and entry.at.date() == day and what.entry not in entries:
            about = log.entry(desk.store, what.entry)
            entries |= {about.entry_id: about} if about else {}
    return taken_back(tuple(entries.values()))
