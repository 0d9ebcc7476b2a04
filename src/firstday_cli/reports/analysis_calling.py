"""Calls, visits, deadlines and contact lists of weeks and terms as tables; no pupil is named."""

from collections import Counter
from collections.abc import Iterable, Sequence

from firstday_cli.domain.calling.contact_gaps import GAPS
from firstday_cli.domain.sheets.timing import Timing
from firstday_cli.domain.term.term_picture import CallLine, TermPicture
from firstday_cli.reports.analysis_first import ENOUGH
from firstday_cli.reports.page import Chart, Table
from firstday_cli.reports.shares import DASH, share

OF_CALLS = ("Calls", "Answered", "Said where the child is", "Answer rate")
LATER = (Timing.IN_TIME, Timing.LOGGED_LATE, Timing.LATE, Timing.NOT_MADE)


def calling_tables(picture: TermPicture) -> tuple[Table, ...]:
    """Calls by hour and by contact, the way to the first contact, deadlines, visits, contact lists, silences."""
    return (
        _calls(picture, "hour", "Hour", picture.calls.by_hour),
        _calls(picture, "contact of the list", "Contact", picture.calls.by_contact),
        _first_contact(picture), _deadlines(picture), _visits(picture), _lists(picture), _silences(picture),
    )  # fmt: skip


def _calls(picture: TermPicture, by: str, heading: str, lines: Sequence[CallLine]) -> Table:
    shown = (*lines, picture.calls.overall) if lines else ()
    rows = tuple((c.label, str(c.rings), str(c.answered), str(c.contact), share(c.answered, c.rings)) for c in shown)
    described = f"The share of calls that somebody answered, by {by}."
    return Table(
        title=f"Calls by {by}", rows=rows, empty="No call of these days was written down.",
        columns=(heading, *OF_CALLS), numbers=OF_CALLS,
        chart=Chart(described=described, names=heading, measures="Answer rate") if rows else None,
    )  # fmt: skip


def _first_contact(picture: TermPicture) -> Table:
    c = picture.contacts
    middle = DASH if c.median is None else f"{c.median:g}"
    row = (str(c.listed), str(c.made), middle, f"{c.within_an_hour} of {c.settled}", share(c.within_an_hour, c.settled))
    return Table(
        title="From the list to the first contact",
        lines=("From the register that put a child on the day's list to the call that said where the child is.",),
        columns=("Times on the list", "Contact made", "Median, minutes", "Within an hour", "Share within an hour"),
        rows=(row,) if c.listed else (), empty="Nobody is known to have been on the list.",
        numbers=("Times on the list", "Contact made", "Median, minutes", "Share within an hour"),
    )  # fmt: skip


def _deadlines(picture: TermPicture) -> Table:
    rows = tuple(
        (d.label, str(d.due), *(str(d.counts.get(t, 0)) for t in LATER), share(d.in_time, d.due))
        for d in picture.deadlines
    )
    timed = ("Due", *(t.value.capitalize() for t in LATER), "In time, of those due")
    return Table(
        title="What was made in time", rows=rows if picture.read else (),
        columns=("What", *timed), numbers=timed,
        empty="Of no day is it known what was due.",
    )  # fmt: skip


def _visits(picture: TermPicture) -> Table:
    rows = tuple((v.label, str(v.visits)) for v in picture.visits)
    total = sum(v.visits for v in picture.visits)
    return Table(
        title=f"Visits made ({total})", columns=("Found at the door", "Visits, one for each child"), rows=rows,
        numbers=("Visits, one for each child",),
        empty="No visit of these days was written down.",
    )  # fmt: skip


def _lists(picture: TermPicture) -> Table:
    held = picture.lists
    rows = tuple((row.gap.replace("-", " "), *_of_lists(held.sums[row.gap], held.looked_at)) for row in GAPS)
    return Table(
        title=f"Contact lists now: {held.looked_at} looked at, {len(held.pupils)} with a gap",
        columns=("Gap", "Pupils", "Share"), numbers=("Pupils", "Share"), rows=rows if held.taken_in else (),
        empty="No contact list was taken in.",
    )  # fmt: skip


def _of_lists(count: int | None, looked_at: int) -> tuple[str, str]:
    return (DASH, DASH) if count is None else (str(count), share(count, looked_at))


def _silences(picture: TermPicture) -> Table:
    counts = silent_counts(picture)
    return Table(
        title="Absences that nobody has explained", columns=("Absences of one pupil", "Pupils"), numbers=("Pupils",),
        lines=("An absence is a run of sessions that are marked N or O still and that nobody accounted for.",),
        rows=tuple((words, str(n)) for words, n in counts.items()) if picture.marked else (),
        empty="No register of these days was taken in.",
    )  # fmt: skip


def silent_counts(picture: TermPicture) -> dict[str, int]:
    """How many pupils had one such absence, two, three or more."""
    counts: Counter[int] = Counter(min(s.absences, ENOUGH) for s in picture.silent)
    return {words: counts[n] for n, words in _words()}


def _words() -> Iterable[tuple[int, str]]:
    return enumerate(("1", "2", "3 or more"), start=1)
