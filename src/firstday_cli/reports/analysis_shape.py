"""Weeks and terms as programs read them: the same numbers as on the page."""

from collections.abc import Sequence

from firstday_cli.domain.term.national import NATIONAL, SOURCE, YEAR
from firstday_cli.domain.term.term_picture import AttendanceLine, CallLine, TermPicture
from firstday_cli.reports.analysis_calling import silent_counts
from firstday_cli.reports.day_summary_shape import KEYS
from firstday_cli.reports.page import Audience, Json
from firstday_cli.reports.shares import exact


def analysis_shape(picture: TermPicture, audience: Audience) -> dict[str, Json]:
    """The promised shape of `report analysis`; what is not known is null, never nought."""
    found = picture.attendance
    return {
        "schema": "firstday/analysis/1",
        "school": picture.school,
        "as_of": picture.as_of.isoformat(),
        "from": picture.first.isoformat(),
        "to": picture.last.isoformat(),
        "days": {"school_days": picture.days, "with_a_register": picture.marked, "read_on_the_day": picture.read},
        "overall": _line(found.overall),
        "by_week": _lines(found.by_week),
        "by_group": _lines(found.by_group),
        "by_weekday": _lines(found.by_weekday),
        "by_rating": _lines(found.by_rating),
        "rated_on": picture.rated_on.isoformat(),
        "national": {
            "year": YEAR, "source": SOURCE,
            "rates": [{"schools": n.schools, "absence": n.absence, "authorised": n.authorised} for n in NATIONAL],
        },
        "calls": {
            **_call(picture.calls.overall),
            "by_hour": [_call(line) for line in picture.calls.by_hour],
            "by_contact": [_call(line) for line in picture.calls.by_contact],
        },
        **_timed(picture),
        "visits": [{"found": v.label, "visits": v.visits} for v in picture.visits],
        "contact_lists": {
            "looked_at": picture.lists.looked_at, "with_a_gap": len(picture.lists.pupils),
            "gaps": dict(picture.lists.sums),
        },
        "unexplained_absences": _silences(picture, audience),
    }  # fmt: skip


def _lines(lines: Sequence[AttendanceLine]) -> list[Json]:
    return [_line(line) for line in lines]


def _line(x: AttendanceLine) -> dict[str, Json]:
    return {
        "label": x.label, "pupils": x.pupils, "possible": x.possible, "attended": x.attended,
        "authorised": x.authorised, "unauthorised": x.unauthorised, "unmarked": x.unmarked,
        "absence": exact(x.missed, x.possible),
    }  # fmt: skip


def _call(x: CallLine) -> dict[str, Json]:
    return {
        "label": x.label, "calls": x.rings, "answered": x.answered, "contact_made": x.contact,
        "answer_rate": exact(x.answered, x.rings),
    }  # fmt: skip


def _timed(picture: TermPicture) -> dict[str, Json]:
    c = picture.contacts
    return {
        "first_contact": {
            "listed": c.listed, "made": c.made, "median_minutes": c.median, "settled": c.settled,
            "within_an_hour": c.within_an_hour, "share_within_an_hour": exact(c.within_an_hour, c.settled),
        },
        "deadlines": [
            {
                "what": d.label, "due": d.due, **{KEYS[t]: n for t, n in d.counts.items()},
                "share_in_time": exact(d.in_time, d.due),
            }
            for d in picture.deadlines
        ],
    }  # fmt: skip


def _silences(picture: TermPicture, audience: Audience) -> dict[str, Json]:
    counts: dict[str, Json] = dict(zip(("1", "2", "3_or_more"), silent_counts(picture).values(), strict=True))
    if audience is Audience.SAFEGUARDING:
        counts["pupils"] = [{"pupil_id": s.pupil.pupil_id, "absences": s.absences} for s in picture.silent]
    return counts
