"""What a head teacher reads first of weeks and terms: the few figures that matter, in sentences."""

from collections.abc import Iterable, Sequence

from firstday_cli.domain.term.national import NATIONAL, YEAR
from firstday_cli.domain.term.term_picture import AttendanceLine, TermPicture
from firstday_cli.reports.page import Table
from firstday_cli.reports.shares import absence, counted, share

ENOUGH = 3  # absences of one pupil that nobody explained


def what_this_says(picture: TermPicture) -> Table:
    """The figures that matter, above every table."""
    said = (*_absence(picture), *_calls(picture), *_contact(picture), *_deadlines(picture), *_silences(picture))
    return Table(title="What this says", columns=(), rows=(), lines=tuple(said))


def _absence(picture: TermPicture) -> Iterable[str]:
    overall, days = picture.attendance.overall, picture.attendance.by_weekday
    if not overall.possible:
        yield "No register of these days was taken in: nothing is known of attendance."
        return
    parts = f"authorised {share(overall.authorised, overall.possible)}"
    parts += f", unauthorised {share(overall.unauthorised, overall.possible)}"
    nation = f"in England, {YEAR}: {', '.join(f'{n.schools} {n.absence} %' for n in NATIONAL)}"
    yield f"Absence: {absence(overall)} of possible sessions ({parts}); {nation}."
    yield from _most(days, "on")


def _most(lines: Sequence[AttendanceLine], word: str) -> Iterable[str]:
    """The line with the highest absence, where several can be compared and one stands out."""
    known = sorted((line for line in lines if line.possible), key=lambda line: -line.missed / line.possible)
    if len(known) > 1 and absence(known[0]) != absence(known[1]):
        most, least = (f"{word} {line.label}: {absence(line)}" for line in (known[0], known[-1]))
        yield f"Most absence was {most}; least {least}."


def _calls(picture: TermPicture) -> Iterable[str]:
    calls = picture.calls.overall
    if calls.rings:
        yield f"Calls: {counted(calls.rings, 'ring')}, {share(calls.answered, calls.rings)} answered."
    else:
        yield "Calls: none was written down."


def _contact(picture: TermPicture) -> Iterable[str]:
    found = picture.contacts
    if found.settled:
        within = f"{found.within_an_hour:,} of {counted(found.settled, 'time')} on the list"
        middle = f"; the middle one after {found.median:g} minutes" if found.median is not None else ""
        rate = share(found.within_an_hour, found.settled)
        yield f"A call said within an hour where the child was: {within} ({rate}){middle}."


def _deadlines(picture: TermPicture) -> Iterable[str]:
    met = [f"{line.label} {share(line.in_time, line.due)}" for line in picture.deadlines if line.due]
    if met:
        yield f"Made and written down in time: {', '.join(met)}."


def _silences(picture: TermPicture) -> Iterable[str]:
    if picture.marked:
        often = sum(1 for s in picture.silent if s.absences >= ENOUGH)
        pupils = counted(len(picture.silent), "pupil")
        yield f"{pupils} had an absence that nobody has explained, {often:,} of them three or more."
