"""A pupil's history as programs read it."""

from collections.abc import Mapping
from datetime import timedelta

from firstday_cli.domain.days.attendance import Attendance
from firstday_cli.domain.days.weeks import NO_SCHOOL, WeekOfMarks
from firstday_cli.domain.days.year_of_marks import HALVES
from firstday_cli.domain.log.entries import EntryId, sighting_in
from firstday_cli.domain.packs.looking_back import Line, LookingBack, MessageOf, Met
from firstday_cli.domain.packs.told_of_spells import SpellTold
from firstday_cli.reports.page import Json
from firstday_cli.reports.shapes import alert_shape, days_shape

Words = Mapping[EntryId, str]


def history_shape(found: LookingBack, school: str, words: Words) -> dict[str, Json]:
    """The promised shape of `report history`."""
    session, pupil = found.picture.session, found.p.pupil
    return {
        "schema": "firstday/history/1",
        "school": school,
        "day": session.day.isoformat(),
        "session": session.half.value,
        "as_of": found.picture.as_of.isoformat(),
        "provisional": bool(found.picture.provisional_because),
        "provisional_because": list(found.picture.provisional_because),
        "pupil_id": pupil.pupil_id,
        "name": pupil.name,
        "group": pupil.group,
        "left_out_of_roll": found.is_left_out,
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        **_as_it_stands(found),
        **_so_far(found),
        "log": [_line(line, words) for line in found.lines],
    }


def _as_it_stands(found: LookingBack) -> dict[str, Json]:
    p = found.p
    return {
        "standing": p.standing.kind.value,
        "because": p.standing.because,
        "last_seen": found.seen.in_words if found.seen else None,
        "days_absent": days_shape(p.days),
        "case": {"began": p.case.began.day.isoformat(), "session": p.case.began.half.value} if p.case else None,
        "steps": [
            {"step": s.step, "due": s.due.isoformat(), "owner": s.owner, "because": s.because} for s in found.steps
        ],
        "alerts": [alert_shape(alert) for alert in found.alerts],
        "rating": p.rating.rating.value,
        "rating_because": list(p.rating.because),
        "rating_unsure": p.rating.is_unsure,
        "authorised_by": p.rating.authorised_by or None,
        "flags": [flag.flag for flag in p.flags],
    }


def _so_far(found: LookingBack) -> dict[str, Json]:
    return {
        "sessions": {
            "this_year": _sessions(found.this_year), "last_year": _sessions(found.last_year),
            "these_days": _sessions(found.between),
        },
        "weeks": [_week(week) for week in found.weeks],
        "spells": [_spell(told) for told in found.spells],
        "judged": [line.entry.entry_id for line in found.judged],
        "sightings": [_sighting(met) for met in found.met],
        "messages": [_message(message) for message in found.messages],
    }  # fmt: skip


def _message(m: MessageOf) -> dict[str, Json]:
    return {
        "message_id": m.message_id, "at": m.received_at.isoformat(), "from": m.sender, "channel": m.channel,
        "text": m.text, "because": m.because,
    }  # fmt: skip


def _sessions(f: Attendance) -> dict[str, Json]:
    return {
        "possible": f.possible, "attended": f.attended, "authorised": f.authorised, "unauthorised": f.unauthorised,
    }  # fmt: skip


def _week(week: WeekOfMarks) -> dict[str, Json]:
    """The week's sessions that the school held or a register has a mark of."""
    keys = [(week.monday + timedelta(days=n), half) for n in range(len(week.cells) // len(HALVES)) for half in HALVES]
    marks: list[Json] = [
        {"day": day.isoformat(), "session": half.value, "mark": cell}
        for (day, half), cell in zip(keys, week.cells, strict=True)
        if cell not in ("", NO_SCHOOL)
    ]
    return {"week_of": week.monday.isoformat(), "marks": marks}


def _spell(told: SpellTold) -> dict[str, Json]:
    spell = told.spell
    return {
        "first": spell.first.day.isoformat(), "first_session": spell.first.half.value,
        "last": spell.last.day.isoformat(), "last_session": spell.last.half.value,
        "sessions": len(spell.missed), "at_least": not spell.is_certain, "open": spell.is_open,
        "marks": dict(told.marks), "told": [{"what": words, "sessions": times} for words, times in told.told],
    }  # fmt: skip


def _sighting(met: Met) -> dict[str, Json]:
    seen = sighting_in(met.entry.what)
    return {
        "day": seen.day.isoformat() if seen else None, "how": seen.how.value if seen else None,
        "with_parent": bool(seen and seen.with_parent), "face_to_face": met.is_face_to_face, "by": met.entry.by,
        "entry": met.entry.entry_id,
    }  # fmt: skip


def _line(line: Line, words: Words) -> dict[str, Json]:
    entry, back = line.entry, line.taken_back
    return {
        "entry": entry.entry_id, "kind": entry.what.kind, "at": entry.at.isoformat(),
        "recorded": entry.recorded.isoformat(), "by": entry.by, "what": words[entry.entry_id],
        "taken_back": {"entry": back.withdrawal.entry_id, "by": back.withdrawal.by, "why": back.because}
        if back else None,
    }  # fmt: skip
