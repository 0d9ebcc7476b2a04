"""Everything held about a stretch of days → the TermPicture that its report draws."""

from firstday_cli.analysis.attendance import COUNTED, OF_PUPILS, attendance_of, counted_rows, pupil_rows
from firstday_cli.analysis.calling import calls_of, deadlines_of, first_contacts_of
from firstday_cli.analysis.frames import deadlines_frame, marks_frame, rings_frame
from firstday_cli.domain.term.rings import rings
from firstday_cli.domain.term.silences import silences
from firstday_cli.domain.term.term_held import TermHeld
from firstday_cli.domain.term.term_picture import SilentPupil, TermPicture
from firstday_cli.domain.term.visits_made import visits_made


def term_picture(held: TermHeld) -> TermPicture:
    """What these days show; a picture without lines where no register was taken in."""
    marks = marks_frame(held.days, held.roll, held.ratings)
    attendance = attendance_of(marks, is_apart=held.names_pupils)
    return TermPicture(
        school=held.school, first=held.first, last=held.last, as_of=held.as_of, rated_on=held.rated_on,
        days=len(held.days), marked=sum(1 for day in held.days if day.marks),
        read=sum(1 for day in held.days if day.is_read),
        attendance=attendance,
        calls=calls_of(rings_frame(rings(held.log, held.first, held.last))),
        deadlines=deadlines_of(deadlines_frame(held.days)),
        contacts=first_contacts_of((c for day in held.days for c in day.contacts), held.as_of),
        visits=visits_made(held.log, held.first, held.last),
        silent=_silent(held), lists=held.lists,
        columns=OF_PUPILS if held.names_pupils else COUNTED,
        rows=pupil_rows(marks, held.roll) if held.names_pupils else counted_rows(marks, attendance.by_group),
    )  # fmt: skip


def _silent(held: TermHeld) -> tuple[SilentPupil, ...]:
    """The pupils with an absence that nobody has explained, those with most first."""
    counts = silences(session for day in held.days for session in day.marks)
    found = (SilentPupil(pupil=held.roll.pupil(p), absences=n) for p, n in counts.items())
    return tuple(sorted(found, key=lambda s: (-s.absences, s.pupil.group, s.pupil.pupil_id)))
