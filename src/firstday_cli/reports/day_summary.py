"""The day in numbers: calls, texts and duties in time or not, each child that missed a time by name, and no reasons."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from firstday_cli.domain.log.entries import InSchoolChecked, Logged, SheetMade
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.school_days import Half, in_words
from firstday_cli.domain.sheets.calls_today import RungChild
from firstday_cli.domain.sheets.day_summary import DaySummary
from firstday_cli.domain.sheets.duties_today import DutyToday, Met
from firstday_cli.domain.sheets.texts_today import TextedFamily
from firstday_cli.domain.sheets.timing import Timed, Timing
from firstday_cli.domain.sheets.visits_today import VisitedChild
from firstday_cli.reports.counted import shown_time
from firstday_cli.reports.day_summary_shape import day_summary_shape
from firstday_cli.reports.page import Page, Table
from firstday_cli.reports.unexplained import ORDER, WORDS

WHO = ("Pupil", "Name", "Group")
FOR_LEADS = {"contact-agencies": "for the safeguarding lead"}
HOW_MET = {Met.DONE: "done", Met.LATE: "done late", Met.MISSED: "missed", Met.OWED: "owed"}


def day_summary_page(found: DaySummary) -> Page:
    """The page of `report day-summary`: numbers, ids and names, and no reasons."""
    last = found.pictures[-1]
    return Page(
        title=_title(last),
        facts=day_summary_shape(found),
        warnings=(*_provisional(found.pictures), *_read_later(found.read_later)),
        tables=(
            _standings(found.pictures), _calls(found.calls), _texts(found.texts), _visits(found.visits),
            _duties(found.duties), _review(found.review), _registers(found), *_by_name(found),
        ),
        notes=("In time: made, and written down, by the policy's time. A withdrawn entry counts for nothing.",),
    )  # fmt: skip


def _by_name(found: DaySummary) -> tuple[Table, ...]:
    """Below the numbers, whom they are about: visits first, then calls, cases, texts and duties."""
    return (
        _visits_missed(found.visits), _calls_missed(found.calls), _rounds(found), _texts_missed(found.texts),
        _duties_missed(found.duties), _found(found), _gone(found), _sheets(found),
    )  # fmt: skip


def _title(last: DayPicture) -> str:
    day = last.session.day
    return f"{last.school}: summary of {in_words(day)}, as of {shown_time(last.as_of, day)}"


def _provisional(pictures: Iterable[DayPicture]) -> Iterable[str]:
    for picture in pictures:
        if picture.provisional_because:
            yield f"PROVISIONAL, {picture.session.half}: {'; '.join(picture.provisional_because)}."


def _read_later(halves: Sequence[Half]) -> Iterable[str]:
    """What cannot be told of a day that was first read later."""
    if halves:
        yield f"The registers of {' and '.join(halves)} did not come in on the day: who had to be rung cannot be told."


def _standings(pictures: Iterable[DayPicture]) -> Table:
    rows = tuple((p.session.half.value, *(str(p.counts[kind]) for kind in ORDER), str(p.roll)) for p in pictures)
    columns = ("Session", *(WORDS[kind].capitalize() for kind in ORDER), "Roll")
    return Table(title="Where pupils stand", columns=columns, rows=rows)


def _counted(found: Iterable[Timed]) -> tuple[str, ...]:
    counts = Counter(timed.timing for timed in found)
    return tuple(str(counts[timing]) for timing in Timing)


def _by(found: Sequence[Timed]) -> str:
    return f"{found[0].due:%H:%M}"


def _halves(found: Iterable[Half]) -> Iterable[Half]:
    return sorted(set(found))


def _calls(calls: Sequence[RungChild]) -> Table:
    rows = []
    for half in _halves(child.half for child in calls):
        children = [child for child in calls if child.half is half]
        first = [child.first_call for child in children]
        reached = [child.contact_at for child in children if child.contact_at]
        contact = (str(len(reached)), f"{min(reached):%H:%M}" if reached else "")
        rows.append((half.value, _by(first), str(len(children)), *_counted(first), *contact))
    columns = ("Session", "By", "To ring", *(t.value.capitalize() for t in Timing), "Contact made", "First contact")
    return Table(title="Calls", columns=columns, rows=tuple(rows), empty="Nobody is known to have had to be rung.")


def _who(pupil: Pupil) -> tuple[str, str, str]:
    return pupil.pupil_id, pupil.name, pupil.group


def _made(timed: Timed) -> tuple[str, str, str, str]:
    """By when, how it stands, when it was made, when it was written down."""
    entry = timed.entry
    at, recorded = (entry.at, entry.recorded) if entry else (None, None)
    return f"{timed.due:%H:%M}", timed.timing.value, _time(at), _time(recorded)


def _time(at: datetime | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _calls_missed(calls: Iterable[RungChild]) -> Table:
    rows = tuple((*_who(c.pupil), *_made(c.first_call), _time(c.contact_at)) for c in calls if c.first_call.was_missed)
    columns = (*WHO, "By", "State", "Called", "Written down", "Contact made")
    return Table(title=f"Calls that missed their time ({len(rows)})", columns=columns, rows=rows, unbroken=WHO)


def _rounds(found: DaySummary) -> Table:
    rows = tuple(
        (*_who(c.pupil), f"{c.case.rounds.complete} of {found.rounds}", c.case.rounds.exhausted)
        for c in found.calls
        if c.case is not None
    )
    columns = (*WHO, "Rounds complete", "Nobody left to ring")
    return Table(title=f"Open cases ({len(rows)})", columns=columns, rows=rows, unbroken=WHO)


def _texts(texts: Sequence[TextedFamily]) -> Table:
    rows = []
    for half in _halves(family.half for family in texts):
        of_half = [family for family in texts if family.half is half]
        first = [family.first_text for family in of_half if family.may_be_texted]
        by = _by([family.first_text for family in of_half])
        rows.append((half.value, by, str(len(first)), *_counted(first), str(len(of_half) - len(first))))
    columns = ("Session", "By", "Families", *(_sent(t.value).capitalize() for t in Timing), "Without a mobile")
    return Table(
        title="Texts, by family",
        columns=columns,
        rows=tuple(rows),
        empty="No family is known to have had to be texted.",
    )


def _sent(words: str) -> str:
    """What is said of a call, said of a text."""
    return words.replace("made", "sent")


def _texts_missed(texts: Iterable[TextedFamily]) -> Table:
    rows = tuple(
        (", ".join(p.pupil_id for p in f.pupils), ", ".join(p.name for p in f.pupils), *map(_sent, _made(f.first_text)))
        for f in texts
        if f.may_be_texted and f.first_text.was_missed
    )
    columns = ("Pupils", "Names", "By", "State", "Sent", "Written down")
    return Table(title=f"Families whose text missed its time ({len(rows)})", columns=columns, rows=rows)


def _duties(duties: Sequence[DutyToday]) -> Table:
    names = sorted({duty.duty.duty for duty in duties})
    counts = Counter((duty.duty.duty, duty.met) for duty in duties)
    rows = tuple((_shown(name), *(str(counts[name, met]) for met in Met)) for name in names)
    columns = ("Duty", *(HOW_MET[met].capitalize() for met in Met))
    return Table(title="Duties of the day", columns=columns, rows=rows, empty="Nothing is known to have been owed.")


def _shown(duty: str) -> str:
    return FOR_LEADS.get(duty, duty)


def _duties_missed(duties: Iterable[DutyToday]) -> Table:
    rows = tuple(
        (*_who(d.pupil), _shown(d.duty.duty), f"{d.duty.due:%H:%M}", HOW_MET[d.met], "yes" if d.is_absent else "no")
        for d in duties
        if d.met in (Met.MISSED, Met.LATE)
    )
    columns = (*WHO, "Duty", "By", "State", "Absent still")
    return Table(title=f"Duties missed or done late ({len(rows)})", columns=columns, rows=rows, unbroken=WHO)


def _visits(visits: Sequence[VisitedChild]) -> Table:
    """Visits that start at once, and those after the calls: one that did not reach the door is not made."""
    rows = []
    for is_red, word in ((True, "at once"), (False, "after the calls")):
        those = [v for v in visits if v.is_red is is_red]
        if those:
            left, in_vain = sum(1 for v in those if v.left_at), sum(1 for v in those if v.in_vain)
            due = min(v.visit.due for v in those)
            counted = _counted(v.visit for v in those)
            rows.append((word, f"{due:%H:%M}", str(len(those)), str(left), *counted, str(in_vain)))
    columns = ("Visits", "By", "To visit", "Staff left", *(t.value.capitalize() for t in Timing), "Door not reached")
    return Table(title="Visits", columns=columns, rows=tuple(rows), empty="Nobody is known to have had to be visited.")


def _visits_missed(visits: Iterable[VisitedChild]) -> Table:
    """The visits that missed their time, or did not reach the door."""
    rows = tuple(
        (*_who(v.pupil), *_made(v.visit), _time(v.left_at), ", ".join(_time(e.at) for e in v.in_vain))
        for v in visits
        if v.visit.was_missed or v.in_vain
    )
    columns = (*WHO, "By", "State", "Visited", "Written down", "Staff left", "Door not reached at")
    return Table(
        title=f"Visits that missed their time or the door ({len(rows)})", columns=columns, rows=rows, unbroken=WHO
    )


def _review(held: Timed) -> Table:
    return Table(
        title="The daily review", columns=("By", "State", "Held", "Written down"), rows=(_made(held),),
    )  # fmt: skip


def _registers(found: DaySummary) -> Table:
    rows = tuple((r.group, r.session.half.value, _time(r.came_in) or "missing") for r in found.late_registers)
    return Table(
        title=f"Registers that were not in on time ({len(rows)})", columns=("Group", "Session", "In"), rows=rows
    )


def _found(found: DaySummary) -> Table:
    rows = tuple((*_who(c.pupil), _half(c.check), _time(c.check.at), c.check.by) for c in found.found)
    columns = (*WHO, "Session", "At", "By")
    return Table(title=f"Found by a check ({len(rows)})", columns=columns, rows=rows, unbroken=WHO)


def _half(entry: Logged) -> str:
    return entry.what.half.value if isinstance(entry.what, InSchoolChecked | SheetMade) else ""


def _gone(found: DaySummary) -> Table:
    rows = tuple((g.entry.entry_id, g.kind, _time(g.withdrawal.at), g.withdrawal.by, g.because) for g in found.gone)
    columns = ("Entry", "Kind", "At", "By", "Why")
    return Table(title=f"Taken back today ({len(rows)})", columns=columns, rows=rows)


def _sheets(found: DaySummary) -> Table:
    rows = tuple(
        (e.what.sheet, str(e.what.number), e.what.half.value, _time(e.at), e.by, str(len(e.what.pupil_ids)))
        for e in found.sheets
        if isinstance(e.what, SheetMade)
    )
    columns = ("Sheet", "Number", "Session", "At", "By", "Pupils")
    return Table(title=f"Sheets made today ({len(rows)})", columns=columns, rows=rows)
