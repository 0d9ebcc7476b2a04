"""The day in numbers as programs read it: the same numbers as on the page."""

from collections import Counter
from collections.abc import Iterable

from firstday_cli.domain.log.entries import InSchoolChecked, Logged, SheetMade
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.sheets.day_summary import DaySummary
from firstday_cli.domain.sheets.duties_today import Met
from firstday_cli.domain.sheets.timing import Timed, Timing
from firstday_cli.reports.page import Json
from firstday_cli.reports.unexplained import ORDER

KEYS = {
    Timing.IN_TIME: "made_and_logged_in_time",
    Timing.LOGGED_LATE: "made_in_time_logged_late",
    Timing.LATE: "made_late",
    Timing.NOT_MADE: "not_made",
    Timing.NOT_DUE_YET: "not_due_yet",
}


def day_summary_shape(found: DaySummary) -> dict[str, Json]:
    """The promised shape of `report day-summary`."""
    last = found.pictures[-1]
    return {
        "schema": "firstday/day-summary/1",
        "school": last.school,
        "day": last.session.day.isoformat(),
        "as_of": last.as_of.isoformat(),
        "sessions": [
            {
                "session": p.session.half.value, "provisional": bool(p.provisional_because),
                "counts": {"roll": p.roll, **{kind.value: p.counts[kind] for kind in ORDER}},
            }
            for p in found.pictures
        ],
        "read_later": [half.value for half in found.read_later],
        "calls": _calls(found),
        "rounds": _rounds(found),
        "texts": _texts(found),
        "duties": _duties(found),
        "visits": {"at_once": _visits(found, is_red=True), "after_calls": _visits(found, is_red=False)},
        "review": _timed(found.review),
        "late_registers": [
            {"group": r.group, "session": r.session.half.value, "in": r.came_in.isoformat() if r.came_in else None}
            for r in found.late_registers
        ],
        "found_by_checks": [{**_who(c.pupil), **_check(c.check)} for c in found.found],
        "withdrawn": [
            {"entry": g.entry.entry_id, "kind": g.kind, "at": g.withdrawal.at.isoformat(), "why": g.because}
            for g in found.gone
        ],
        "sheets": [_sheet(entry) for entry in found.sheets],
    }  # fmt: skip


def _who(pupil: Pupil) -> dict[str, Json]:
    return {"pupil_id": pupil.pupil_id, "name": pupil.name, "group": pupil.group}


def _counts(found: Iterable[Timed]) -> dict[str, Json]:
    counts = Counter(timed.timing for timed in found)
    return {key: counts[timing] for timing, key in KEYS.items()}


def _timed(timed: Timed) -> dict[str, Json]:
    entry = timed.entry
    return {
        "due": timed.due.isoformat(), "state": KEYS[timed.timing], "at": entry.at.isoformat() if entry else None,
        "recorded": entry.recorded.isoformat() if entry else None,
    }  # fmt: skip


def _calls(found: DaySummary) -> Json:
    reached = [child.contact_at for child in found.calls if child.contact_at]
    children = [
        {
            **_who(c.pupil), "session": c.half.value, **_timed(c.first_call),
            "contact_made": c.contact_at.isoformat() if c.contact_at else None,
        }
        for c in found.calls
    ]  # fmt: skip
    return {
        "to_ring": len(found.calls),
        **_counts(child.first_call for child in found.calls),
        "contact_made": len(reached),
        "first_contact": min(reached).isoformat() if reached else None,
        "children": children,
    }


def _rounds(found: DaySummary) -> Json:
    cases = [child.case.rounds for child in found.calls if child.case is not None]
    return {
        "wanted": found.rounds,
        "open_cases": len(cases),
        "complete": sum(1 for rounds in cases if rounds.complete >= found.rounds),
        "exhausted": sum(1 for rounds in cases if rounds.exhausted),
    }


def _texts(found: DaySummary) -> Json:
    texted = [family for family in found.texts if family.may_be_texted]
    return {
        "families": len(texted),
        **_counts(family.first_text for family in texted),
        "without_mobile": len(found.texts) - len(texted),
        "by_family": [
            {"pupil_ids": [p.pupil_id for p in f.pupils], "session": f.half.value, **_timed(f.first_text)}
            for f in texted
        ],
    }


def _duties(found: DaySummary) -> Json:
    counts = Counter(duty.met for duty in found.duties)
    return {
        **{met.value: counts[met] for met in Met},
        "missed_or_late": [
            {
                **_who(d.pupil), "duty": d.duty.duty, "due": d.duty.due.isoformat(), "state": d.met.value,
                "absent_still": d.is_absent,
            }
            for d in found.duties
            if d.met in (Met.MISSED, Met.LATE)
        ],
    }  # fmt: skip


def _visits(found: DaySummary, *, is_red: bool) -> Json:
    """Visits of RED children, or of all others: those that reached the door count as made."""
    those = [v for v in found.visits if v.is_red is is_red]
    return {
        "to_visit": len(those),
        **_counts(v.visit for v in those),
        "left": sum(1 for v in those if v.left_at),
        "door_not_reached": sum(1 for v in those if v.in_vain),
        "children": [
            {
                **_who(v.pupil), **_timed(v.visit), "left_at": v.left_at.isoformat() if v.left_at else None,
                "door_not_reached": [e.at.isoformat() for e in v.in_vain],
            }
            for v in those
        ],
    }  # fmt: skip


def _check(check: Logged) -> dict[str, Json]:
    half = check.what.half.value if isinstance(check.what, InSchoolChecked) else None
    return {"session": half, "at": check.at.isoformat(), "by": check.by}


def _sheet(entry: Logged) -> Json:
    sheet = entry.what
    if not isinstance(sheet, SheetMade):
        return None
    return {
        "sheet": sheet.sheet, "number": sheet.number, "session": sheet.half.value, "at": entry.at.isoformat(),
        "by": entry.by, "pupils": len(sheet.pupil_ids),
    }  # fmt: skip
