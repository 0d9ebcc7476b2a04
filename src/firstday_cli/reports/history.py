"""One pupil's history on one page: marks, spells of absence, ratings, everything that was done and by whom."""

from collections.abc import Iterable

from firstday_cli.domain.calling.rounds import Rounds
from firstday_cli.domain.days.attendance import Attendance
from firstday_cli.domain.days.weeks import NO_SCHOOL
from firstday_cli.domain.days.year_of_marks import NO_USABLE_MARK
from firstday_cli.domain.log.entries import KeptIn, PupilSeen, RatingChanged, RiskAssessed, sighting_in
from firstday_cli.domain.log.sentences import said
from firstday_cli.domain.packs.looking_back import Line, LookingBack, Met
from firstday_cli.domain.packs.told_of_spells import SpellTold
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.domain.sheets.note_words import Discretion, note_words
from firstday_cli.domain.standing.told import WHERE
from firstday_cli.reports.counted import shown_days, shown_due, shown_since
from firstday_cli.reports.history_shape import history_shape
from firstday_cli.reports.page import Audience, Page, Table
from firstday_cli.reports.sheet_head import provisional
from firstday_cli.reports.unexplained import WORDS

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HALVES_OF_A_SCHOOL_WEEK = 10
LEFT_OUT = "LEFT OUT OF THE NEWEST ROLL: who the child is, as an earlier roll had it."


def history(found: LookingBack, school: str) -> Page:
    """The page of `report history`; the title carries the id and no name."""
    at, pupil_id = found.picture.as_of, found.p.pupil.pupil_id
    tables = (
        _child(found), _now(found), _steps(found), _attendance(found), _weeks(found), _spells(found), _rating(found),
        _judged(found), _met(found), _messages(found), _done(found),
    )  # fmt: skip
    return Page(
        title=f"{school}: history of {pupil_id}, {in_words(found.first)} to {in_words(found.last)}, "
        f"as of {in_words(at.date())} {at:%H:%M}",
        facts=history_shape(found, school, {line.entry.entry_id: words_of(line) for line in found.lines}),
        audience=Audience.SAFEGUARDING,
        warnings=tuple(_warnings(found)),
        tables=tuple(table for table in tables if table.is_shown),
        notes=tuple(_notes(found)),
    )


def _warnings(found: LookingBack) -> Iterable[str]:
    yield from provisional(found.picture)
    yield from (f"{alert.alert.upper()}: {alert.sentence}" for alert in found.alerts)
    if found.is_left_out:
        yield LEFT_OUT


def _notes(found: LookingBack) -> Iterable[str]:
    yield "Sessions: two make a school day. A session without a usable mark is neither possible nor missed."
    yield "Entries are as they were written; one that was taken back stands here with the reason, and counts nowhere."
    if found.first < found.marks_from:
        yield f"Marks and spells reach back to {in_words(found.marks_from)}; of the time before, only the log is here."


def _child(found: LookingBack) -> Table:
    pupil = found.p.pupil
    rows = (
        ("Name", pupil.name),
        ("Name on the roll", f"{pupil.forename} {pupil.surname}".strip()),
        ("Pupil id", str(pupil.pupil_id)),
        ("Date of birth", in_words(pupil.dob) if pupil.dob else ""),
        ("Year", pupil.year),
        ("Group", pupil.group),
        ("On roll from", in_words(pupil.start_date) if pupil.start_date else ""),
        ("Last day on roll", in_words(pupil.leave_date) if pupil.leave_date else ""),
    )
    return Table(title="The child", columns=("What", "Known"), rows=tuple(row for row in rows if row[1]))


def _rung(rounds: Rounds) -> str:
    many = f"{rounds.complete} {'round' if rounds.complete == 1 else 'rounds'} rung today"
    return f"{many}, {rounds.exhausted}" if rounds.exhausted else many


def _now(found: LookingBack) -> Table:
    p, case = found.p, found.p.case
    rung = f"; {_rung(case.rounds)}" if case and case.rounds else ""
    rows = (
        (f"Stands, {found.picture.session}", f"{WORDS[p.standing.kind]}: {p.standing.because}"),
        ("Out of character", p.out_of_character),
        ("Open case", f"since {case.began}{rung}" if case else "none"),
        ("Last seen", found.seen.in_words if found.seen else "not known"),
        ("Not seen for", shown_since(p.days)),
        ("Days of absence", shown_days(p.days)),
    )
    return Table(title="As it stands", columns=("What", "Now"), rows=tuple(row for row in rows if row[1]))


def _steps(found: LookingBack) -> Table:
    now = found.picture.as_of
    rows = tuple((shown_due(s.due, now), s.step, s.owner, s.because) for s in found.steps)
    return Table(title="Next steps", columns=("By", "Step", "Who", "Because"), rows=rows, empty="None is listed now.")


def _attendance(found: LookingBack) -> Table:
    figures = [("this school year", found.this_year), ("last school year", found.last_year)]
    figures += [("the days of this page", found.between)] if found.between != found.this_year else []
    rows = tuple((name, *_figures(f)) for name, f in figures if f.possible or f is found.this_year)
    columns = ("In", "Possible", "Attended", "Authorised", "Unauthorised", "Attended of possible", "Missed of possible")
    return Table(title="Attendance, in sessions", columns=columns, rows=rows)


def _figures(f: Attendance) -> tuple[str, ...]:
    counted = (f.possible, f.attended, f.authorised, f.unauthorised)
    return *map(str, counted), share(f.attended, f.possible), share(f.absent, f.possible)


def share(part: int, whole: int) -> str:
    """A part of possible sessions in hundredths, to one place; a dash where none was possible."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _weeks(found: LookingBack) -> Table:
    at_weekends = any(cell not in ("", NO_SCHOOL) for w in found.weeks for cell in w.cells[HALVES_OF_A_SCHOOL_WEEK:])
    many = len(WEEKDAYS) if at_weekends else HALVES_OF_A_SCHOOL_WEEK // 2
    columns = ("Week of", *(f"{day} {half}" for day in WEEKDAYS[:many] for half in ("AM", "PM")))
    rows = tuple((in_words(week.monday), *week.cells[: 2 * many]) for week in found.weeks)
    signs = f"{NO_USABLE_MARK} no usable mark; {NO_SCHOOL} no school, and weeks of it left out"
    legend = f"{signs}; blank: not on roll, not in the calendar, to come, or not asked for"
    return Table(
        title="Marks by week", columns=columns, rows=rows, lines=(legend,), unbroken=columns,
        empty="No register of these days was taken in.",
    )  # fmt: skip


def _spells(found: LookingBack) -> Table:
    rows = tuple(_spell(told) for told in found.spells)
    return Table(
        title=f"Spells of absence ({len(rows)})", columns=("From", "To", "Sessions missed", "Marks", "What was told"),
        rows=rows, empty="None in these days.", unbroken=("From", "To"),
    )  # fmt: skip


def _spell(told: SpellTold) -> tuple[str, ...]:
    spell = told.spell
    least = "" if spell.is_certain else "at least "
    last = f"{spell.last}, and on" if spell.is_open else str(spell.last)
    marks = ", ".join(f"{mark} {times}" for mark, times in told.marks)
    words = "\n".join(f"{times}: {words}" for words, times in told.told)
    return str(spell.first), last, f"{least}{len(spell.missed)}", marks, words


def _rating(found: LookingBack) -> Table:
    rating = found.p.rating
    flags = "; ".join(
        f"{flag.flag}{f' since {in_words(flag.since)}' if flag.since else ''}"
        f"{f' ({flag.agency})' if flag.agency else ''}"
        for flag in found.p.flags
    )
    rows = (
        ("Rating", f"{rating.rating.value}{' (unsure)' if rating.is_unsure else ''}"),
        ("Because", "; ".join(rating.because) or "no rule says more"),
        ("Flags", flags),
        ("Authorised by", rating.authorised_by),
        ("Provisional", rating.provisional),
        ("Proposal", rating.proposal),
        ("Risk assessment", found.p.needs_assessment),
    )
    return Table(title="Rating now", columns=("What", "Known"), rows=tuple(row for row in rows if row[1]))


def _judged(found: LookingBack) -> Table:
    rows = tuple(_judgement(line) for line in found.judged)
    return Table(
        title=f"Ratings and risk assessments that people gave, of all years ({len(rows)})",
        columns=("When", "Who", "What", "Authorised by", "Review", "Entry"), rows=rows,
        empty="None: the rating is by the rules alone.", unbroken=("When", "Entry"),
    )  # fmt: skip


def _judgement(line: Line) -> tuple[str, ...]:
    what = line.entry.what
    authorised = what.authorised_by if isinstance(what, RatingChanged) else ""
    review = what.review if isinstance(what, RatingChanged | RiskAssessed) else None
    return (_when(line), line.entry.by, words_of(line), authorised, in_words(review) if review else "", _entry(line))


def _met(found: LookingBack) -> Table:
    rows = tuple(_sighting(met, seen) for met in found.met if (seen := sighting_in(met.entry.what)))
    return Table(
        title=f"Seen by the school, at home, by video or in school ({len(rows)})",
        columns=("Day", "How", "With a parent", "Face to face", "Who", "Entry"), rows=rows,
        empty="Nobody wrote down that they saw the child.", unbroken=("Day", "Entry"),
    )  # fmt: skip


def _sighting(met: Met, seen: PupilSeen) -> tuple[str, ...]:
    parent, counts = ("yes" if is_so else "no" for is_so in (seen.with_parent, met.is_face_to_face))
    return f"{in_words(seen.day)} {seen.half}", WHERE[seen.how], parent, counts, met.entry.by, met.entry.entry_id


def _messages(found: LookingBack) -> Table:
    rows = tuple(
        (f"{m.received_at:%d/%m/%Y %H:%M}", m.sender, m.channel, m.text, f"{m.message_id}: {m.because}")
        for m in found.messages
    )
    return Table(
        title=f"Messages ({len(rows)})", columns=("When", "From", "How", "Words", "Message"), rows=rows,
        empty="None was taken in.", unbroken=("When",),
    )  # fmt: skip


def _done(found: LookingBack) -> Table:
    rows = tuple((_when(line), line.entry.by, words_of(line), _entry(line)) for line in found.lines)
    return Table(
        title=f"Everything that was written down, in order ({len(rows)})", columns=("When", "Who", "What", "Entry"),
        rows=rows, empty="Nothing is logged.", unbroken=("When", "Entry"),
    )  # fmt: skip


def _when(line: Line) -> str:
    return f"{in_london(line.entry.at):%d/%m/%Y %H:%M}"


def _entry(line: Line) -> str:
    return str(line.entry.entry_id)


def words_of(line: Line) -> str:
    """What an entry says in full; of one that was taken back first that, by whom, when and why."""
    entry, back = line.entry, line.taken_back
    words = note_words(entry.what, KeptIn.CPOMS, Discretion(), in_london(entry.at).date()) or said(entry.what)
    if back is None:
        return words
    at = in_london(back.withdrawal.at)
    who = f"{back.withdrawal.by}, {at:%d/%m/%Y %H:%M} ({back.withdrawal.entry_id})"
    return f"TAKEN BACK by {who}: {back.because}. It said: {words}"
