"""A morning worked out a second time, line by line, by code that shares nothing with the program."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta

from .cells import cell, day_of
from .codes import HARMLESS_OFF_ROLL, IN_FORCE, NOT_EXPECTED, OFF_SITE, PRESENT, WHOLE_GROUP, is_of_compulsory_age
from .days import is_open
from .explanations import planned_away, planned_before, planned_today, recorded_away
from .messages import Messages, read_messages
from .morning import LONDON, Answer, Morning, Row, newest_rows, replaced_rows
from .ratings import in_calling_order, stands
from .registers import Marking, SessionRows, left_out, marking, rows_of_session, unread_rows
from .sightings import SEEN, Event, events, late_rows, latest, missed_since

STANDINGS = ("in_school", "off_site", "not_expected", "explained", "unexplained", "unknown")
NOTHING = Marking()
STEPS_FALL_DUE = time(9, 45)


@dataclass(frozen=True)
class Evidence:
    """All that bears on the session, put in order."""

    morning: Morning
    roll: dict[str, Row]
    rows: SessionRows
    markings: dict[str, Marking]
    am_markings: dict[str, Marking]
    happened: dict[str, list[Event]]
    happened_am: dict[str, list[Event]]
    messages: Messages
    told: set[str]
    expected: set[str]
    groups: dict[str, list[str]]


@dataclass
class Verdict:
    """Where one pupil stands, and what does not agree about it."""

    standing: str
    discrepancies: set[str] = field(default_factory=set)
    alerts: set[str] = field(default_factory=set)
    confirmed: bool = False


def worked_out(morning: Morning) -> Answer:
    """What can be known of the session."""
    seen = _evidence(morning)
    verdicts = {pupil: _verdict(pupil, seen) for pupil in seen.roll}
    by_standing = {name: {p for p, verdict in verdicts.items() if verdict.standing == name} for name in STANDINGS}
    confirmed = {pupil for pupil, verdict in verdicts.items() if verdict.confirmed}
    discrepancies = {(pupil, kind) for pupil, verdict in verdicts.items() for kind in verdict.discrepancies}
    discrepancies |= _of_school(seen, by_standing)
    alerts = {(pupil, alert) for pupil, verdict in verdicts.items() for alert in verdict.alerts}
    missing = _missing_registers(seen)
    strange = any(kind == "not-on-roll" for _, kind in discrepancies)
    provisional = bool(missing) or strange or _is_unread(seen) or _is_stale(morning)
    to_do = by_standing["unexplained"] | by_standing["unknown"] | (by_standing["off_site"] - confirmed)
    exit_code = _exit_code(bool(alerts), provisional, bool(to_do or seen.messages.waiting or discrepancies))
    return Answer(
        day=morning.day.isoformat(),
        session=morning.session,
        provisional=provisional,
        counts={"roll": len(seen.roll)} | {name: len(pupils) for name, pupils in by_standing.items()},
        missing_registers=missing,
        unexplained=in_calling_order(morning, seen.roll, by_standing["unexplained"]),
        unknown=sorted(by_standing["unknown"]),
        explained=sorted(by_standing["explained"]),
        off_site=sorted(by_standing["off_site"]),
        confirmed=sorted(confirmed),
        not_expected=sorted(by_standing["not_expected"]),
        discrepancies=sorted(discrepancies),
        alerts=sorted(alerts),
        messages_to_match=seen.messages.waiting,
        exit_code=exit_code,
        steps_may_give=_exit_codes_of_steps(morning, exit_code)
        if len(by_standing["in_school"]) < len(seen.roll)
        else [],
    )


def _evidence(morning: Morning) -> Evidence:
    roll = {cell(row, "pupil_id"): row for row in newest_rows(morning, "roll")}
    rows, am_rows = rows_of_session(morning, morning.session), rows_of_session(morning, "AM")
    messages = read_messages(morning, roll)
    expected = {pupil for pupil, row in roll.items() if _is_expected(morning, row)}
    groups: dict[str, list[str]] = {}
    for pupil in sorted(expected):
        groups.setdefault(cell(roll[pupil], "group"), []).append(pupil)
    return Evidence(
        morning=morning,
        roll=roll,
        rows=rows,
        markings={pupil: marking(rows, pupil) for pupil in roll},
        am_markings={pupil: marking(am_rows, pupil) for pupil in roll},
        happened=events(morning, morning.session),
        happened_am=events(morning, "AM"),
        messages=messages,
        told=messages.told | planned_away(morning) | recorded_away(morning),
        expected=expected,
        groups=groups,
    )


def _is_on_roll(morning: Morning, row: Row) -> bool:
    start, leave = day_of(cell(row, "start_date")), day_of(cell(row, "leave_date"))
    return (start is None or start <= morning.day) and (leave is None or morning.day <= leave)


def _is_expected(morning: Morning, row: Row) -> bool:
    return _is_on_roll(morning, row) and is_open(morning, morning.day, morning.session)


def _verdict(pupil: str, seen: Evidence) -> Verdict:
    """The first line that fits decides."""
    if pupil not in seen.expected:
        return Verdict("not_expected", _mark_off_roll(pupil, seen))
    return _by_sighting(pupil, seen) or _by_doubt(pupil, seen) or _by_looking(pupil, seen) or _by_mark(pupil, seen)


def _by_sighting(pupil: str, seen: Evidence) -> Verdict | None:
    """Lines 2 and 3."""
    last = latest(seen.happened.get(pupil, []))
    is_off_site = seen.markings[pupil].code in OFF_SITE
    if last in ("found", "in") or (last == "arrived" and not is_off_site):
        return Verdict("in_school")
    if last != "out":
        return None
    if pupil in seen.told:
        return Verdict("explained")
    return Verdict("unexplained", alerts={"signed-out"})


def _by_doubt(pupil: str, seen: Evidence) -> Verdict | None:
    """Line 4."""
    marked = seen.markings[pupil]
    if not marked.in_doubt:
        return None
    return Verdict("explained" if pupil in seen.told else "unknown", {"two-marks"} if marked.two_marks else set())


def _by_looking(pupil: str, seen: Evidence) -> Verdict | None:
    """Lines 5, 6 and 7."""
    marked, happened = seen.markings[pupil], seen.happened.get(pupil, [])
    is_told = pupil in seen.told
    if marked.code in PRESENT and marked.moment and not missed_since(happened, marked.moment):
        return Verdict("in_school", {"message-but-present"} if is_told else set())
    if is_told:
        return Verdict("explained", {"off-site-but-told"} if marked.code in OFF_SITE else set())
    if latest(happened) in ("not-found", "not-arrived"):
        return Verdict("unexplained", alerts=_vanished(pupil, seen))
    return None


def _by_mark(pupil: str, seen: Evidence) -> Verdict:
    """Lines 8 to 12."""
    marked = seen.markings[pupil]
    if marked.code in NOT_EXPECTED:
        return Verdict("not_expected", {"code-out-of-place"} if _is_out_of_place(pupil, seen) else set())
    if marked.code in WHOLE_GROUP:
        return Verdict("not_expected") if _has_whole_group(pupil, seen) else Verdict("unknown", {"code-out-of-place"})
    if marked.code in OFF_SITE:
        return Verdict("off_site", confirmed=latest(seen.happened.get(pupil, [])) == "arrived")
    if marked.code in seen.morning.policy.explain_alone or _is_commented(pupil, seen):
        return Verdict("explained")
    if marked.code in IN_FORCE:
        return Verdict("unexplained", alerts=_vanished(pupil, seen))
    return Verdict("unknown")


def _mark_off_roll(pupil: str, seen: Evidence) -> set[str]:
    marked = seen.markings[pupil]
    has_mark = marked.two_marks or (marked.mark or "") not in HARMLESS_OFF_ROLL
    return {"not-on-roll"} if has_mark and not _is_on_roll(seen.morning, seen.roll[pupil]) else set()


def _is_out_of_place(pupil: str, seen: Evidence) -> bool:
    row = seen.roll[pupil]
    if seen.markings[pupil].code == "Z":
        return day_of(cell(row, "start_date")) is not None
    born = day_of(cell(row, "dob"))
    return born is not None and is_of_compulsory_age(born, seen.morning.day)


def _has_whole_group(pupil: str, seen: Evidence) -> bool:
    group = cell(seen.roll[pupil], "group")
    return bool(group) and {seen.markings[other].code for other in seen.groups[group]} == {seen.markings[pupil].code}


def _is_commented(pupil: str, seen: Evidence) -> bool:
    """Whether the code needs a comment, and has one in this or an earlier session."""
    now, before = seen.markings[pupil], seen.am_markings[pupil]
    commented = bool(now.comment) or (before.code == now.code and bool(before.comment))
    return now.code in seen.morning.policy.explain_with_comment and commented


def _vanished(pupil: str, seen: Evidence) -> set[str]:
    """The alert for an unexplained pupil who was in and is gone."""
    happened = seen.happened.get(pupil, [])
    code = seen.markings[pupil].code
    sightings = SEEN if code in OFF_SITE else SEEN | {"arrived"}
    was_there = code in PRESENT or any(event.what in sightings for event in happened)
    looked_for = was_there and latest(happened) in ("not-found", "not-arrived")
    was_in = seen.morning.session == "PM" and _was_in_before(pupil, seen)
    return {"vanished"} if looked_for or was_in else set()


def _was_in_before(pupil: str, seen: Evidence) -> bool:
    marked, happened = seen.am_markings[pupil], seen.happened_am.get(pupil, [])
    return marked.code in PRESENT or any(event.what in SEEN | {"out"} for event in happened)


def _missing_registers(seen: Evidence) -> list[str]:
    usable = {pupil for pupil in seen.expected if seen.markings[pupil].code in IN_FORCE}
    return sorted(group for group, pupils in seen.groups.items() if group and not usable.intersection(pupils))


def _of_school(seen: Evidence, by_standing: dict[str, set[str]]) -> set[tuple[str, str]]:
    """The discrepancies that do not come from a pupil's own standing."""
    morning = seen.morning
    group_of = {pupil: cell(row, "group") for pupil, row in seen.roll.items()}
    before = {cell(row, "pupil_id") for row in replaced_rows(morning, "roll") if not _has_left(morning, row)}
    named = {
        "left-out": left_out(morning, seen.rows, group_of) | (before - set(seen.roll)),
        "planned-gone": (planned_before(morning) & set(seen.roll)) - by_standing["in_school"],
        "not-on-roll": _strangers(seen),
    }
    return {(pupil, kind) for kind, pupils in named.items() for pupil in pupils}


def _has_left(morning: Morning, row: Row) -> bool:
    leave = day_of(cell(row, "leave_date"))
    return leave is not None and leave < morning.day


def _strangers(seen: Evidence) -> set[str]:
    """The ids on no roll that some row of the day names."""
    morning = seen.morning
    named = set(seen.rows.understood) | seen.messages.strangers
    named |= {row.pupil for row in late_rows(morning) if not row.refused}
    named |= {row.pupil for row in planned_today(morning) if not row.refused}
    named |= {cell(row, "pupil_id") for row in newest_rows(morning, "flags") if stands(row, morning.day)}
    return named - set(seen.roll)


def _is_unread(seen: Evidence) -> bool:
    """Whether a row that may be of the session could not be read."""
    late = any(row.refused for row in late_rows(seen.morning))
    planned = any(row.refused for row in planned_today(seen.morning))
    return bool(unread_rows(seen.rows)) or seen.messages.unreadable or late or planned


def _is_stale(morning: Morning) -> bool:
    """Whether the roll, the contacts or the flags were last taken in too long ago."""
    last_taken: dict[str, date] = {}
    for batch in morning.batches:
        for export in batch.exports:
            last_taken[export.kind] = batch.at.astimezone(LONDON).date()
    oldest = morning.now.astimezone(LONDON).date() - timedelta(days=morning.policy.fresh_days)
    return any(taken < oldest for kind, taken in last_taken.items() if kind in ("roll", "contacts", "flags"))


def _exit_codes_of_steps(morning: Morning, exit_code: int) -> list[int]:
    """The exit codes that steps may give where somebody is absent: 10 for one due, 11 for one overdue."""
    is_late = morning.now.astimezone(LONDON).time() > STEPS_FALL_DUE or morning.now.date() != morning.day
    return sorted(({10} if exit_code == 0 else set()) | ({11} if is_late else set()))


def _exit_code(alert: bool, provisional: bool, to_do: bool) -> int:
    return 11 if alert else 12 if provisional else 10 if to_do else 0
