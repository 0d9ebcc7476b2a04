"""Whom to ask for better numbers, by pupil and for the week. No number is on the page, so no barred one either."""

from collections.abc import Sequence

from firstday_cli.domain.calling.contact_gaps import FAILED, GAPS, ContactGap
from firstday_cli.domain.calling.contact_lists import ContactPicture, PupilGaps
from firstday_cli.domain.log.entries import CallMade
from firstday_cli.domain.log.sentences import span
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.page import Json, Page, Table


def contact_gaps(found: ContactPicture) -> Page:
    """The families rung in these days first, then every pupil with a gap, then the sums by kind."""
    return Page(
        title=f"{found.school}: contact gaps, {in_words(found.day)}, as of {found.as_of:%H:%M}",
        facts=_facts(found),
        warnings=found.wanting,
        tables=(_week(found), _pupils(found), _sums(found)) if found.taken_in else (),
        notes=tuple(_notes(found)),
    )


def _name_of(gap: str) -> str:
    return gap.replace("-", " ")


def _lines(gaps: Sequence[ContactGap]) -> str:
    return "\n".join(f"{_name_of(gap.gap)}: {gap.because}" for gap in gaps)


def _who(p: PupilGaps) -> tuple[str, str, str]:
    return p.pupil.pupil_id, p.pupil.name, p.pupil.group


def _week(found: ContactPicture) -> Table:
    rows = tuple(
        (
            *_who(p), "\n".join(in_words(day) for day in p.rung), str(p.usable),
            "\n".join(gap.because for gap in p.gaps if gap.gap == FAILED),
            _lines([gap for gap in p.said if gap.gap != FAILED]),
        )
        for p in found.week
    )  # fmt: skip
    return Table(
        title=f"Mend these first: rung in these days, {span(found.first, found.last)}, and wanting ({len(rows)})",
        columns=("Pupil", "Name", "Group", "Rung", "Numbers", "Failed", "Also wanting"), rows=rows,
        empty="Nobody with a gap was rung in these days.", unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _pupils(found: ContactPicture) -> Table:
    rows = tuple((*_who(p), str(p.usable), _lines(p.said)) for p in found.pupils)
    empty = "No contact list has a gap." if found.looked_at else "Nobody was looked at."
    return Table(
        title=f"Every contact list with a gap, the worst first ({len(rows)})",
        columns=("Pupil", "Name", "Group", "Numbers", "Wanting"), rows=rows, empty=empty,
        unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _sums(found: ContactPicture) -> Table:
    counts = {gap: "not known" if count is None else str(count) for gap, count in found.sums.items()}
    rows = tuple((_name_of(row.gap), counts[row.gap], row.when, row.do) for row in GAPS)
    return Table(title="By kind of gap", columns=("Gap", "Pupils", "When", "What to do"), rows=rows, unbroken=("Gap",))


def _notes(found: ContactPicture) -> Sequence[str]:
    if found.taken_in is None:
        return ()
    gaps, taken_in = len(found.pupils), found.taken_in
    return (
        f"Pupils on the roll {found.looked_at} = {gaps} with a gap + {found.looked_at - gaps} without.",
        "A pupil with several gaps is in several sums; one with no number has fewer than two as well.",
        f"By the contact list taken in on {in_words(taken_in.date())} at {taken_in:%H:%M}.",
        f"{found.wanted} numbers are wanted. One that two contacts share counts once, one that failed not at all.",
        "A number that failed is listed until a newer export has another in its place.",
        "Written down by mistake? firstday withdraw ENTRY.",
    )


def _facts(found: ContactPicture) -> dict[str, Json]:
    return {
        "schema": "firstday/contact-gaps/1",
        "school": found.school,
        "day": found.day.isoformat(),
        "as_of": found.as_of.isoformat(),
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "contacts_taken_in": found.taken_in.isoformat() if found.taken_in else None,
        "warnings": list(found.wanting),
        "roll": found.looked_at,
        "pupils": [_shape(p) for p in found.pupils],
        "week": [{**_shape(p), "rung": [d.isoformat() for d in p.rung], "failed": _failed(p)} for p in found.week],
        "sums": dict(found.sums),
    }


def _shape(p: PupilGaps) -> dict[str, Json]:
    return {
        "pupil_id": p.pupil.pupil_id,
        "usable": p.usable,
        "gaps": [{"gap": gap.gap, "because": gap.because} for gap in p.gaps],
    }


def _failed(p: PupilGaps) -> list[Json]:
    """The calls that found a number of this list wrong or dead, by the contact's number on it."""
    return [
        {
            "contact": number,
            "outcome": entry.what.outcome.value,
            "at": entry.at.isoformat(),
            "entry": entry.entry_id,
        }
        for number, entry in p.failed
        if isinstance(entry.what, CallMade)
    ]
