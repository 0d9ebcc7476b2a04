"""The end of the day on one page, for those who are on call and for whoever opens the school next."""

from collections.abc import Sequence

from firstday_cli.domain.escalation.child_now import NextStep
from firstday_cli.domain.log.entries import KeptIn, Logged, VisitMade, pupils_of
from firstday_cli.domain.log.escalated import NAMED
from firstday_cli.domain.log.visits import AT_THE_DOOR
from firstday_cli.domain.packs.handover import Clock, Handover, OpenCase
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import School
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.sheets.note_words import Discretion, note_words
from firstday_cli.reports.counted import shown_due, shown_since, shown_time
from firstday_cli.reports.page import ROOM, Audience, Json, Page, Table
from firstday_cli.reports.shapes import alert_shape
from firstday_cli.reports.sheet_head import provisional

NOT_SET = "not set: see `firstday doctor`"
OUTSIDE = "OUTSIDE SCHOOL TIME: decide before the school closes, and say who is on call"


def handover_page(found: Handover, school: School) -> Page:
    """The page of `report handover`."""
    picture = found.picture
    return Page(
        title=f"{picture.school}: handover, {picture.session}, as of {shown_time(picture.as_of, picture.session.day)}",
        facts=_facts(found, school),
        audience=Audience.SAFEGUARDING,
        warnings=(
            *provisional(picture), *_out_late(found),
            *(f"{a.alert.upper()}: {a.sentence}" for a in found.found.alerts),
        ),
        tables=(
            _on_call(found, school), _cases(found), _clocks(found), _out(found), _unanswered(found), _decided(found),
            _others(found),
        ),
        notes=("A case stays open over the night: it is on the first list of the next school day.",),
    )  # fmt: skip


def _out_late(found: Handover) -> Sequence[str]:
    return [f"STAFF STILL OUT: {', '.join(o.staff)} ({o.pupil_id}), due back {o.back_by:%H:%M}." for o in found.out]


def _on_call(found: Handover, school: School) -> Table:
    next_day = in_words(found.next_day) if found.next_day else "not known: the calendar ends"
    return Table(
        title="Out of hours", columns=("What", "Who"),
        rows=(
            ("In an emergency", "999"),
            ("Whom to ring when the school is shut", school.out_of_hours or NOT_SET),
            ("Children's social care, in office hours", school.front_door or NOT_SET),
            ("On call until the school opens: name, number", ROOM),
            ("Who takes over then", ROOM),
            ("Next school day", next_day),
        ),
    )  # fmt: skip


def _who(found: Handover, pupil_id: PupilId) -> tuple[str, str, str]:
    pupils = {child.pupil_id: child.pupil for child in found.found.children}
    pupil = pupils.get(pupil_id)
    return pupil_id, pupil.name if pupil else "", pupil.group if pupil else ""


def _cases(found: Handover) -> Table:
    rows = tuple(_case(found, case) for case in found.cases)
    columns = (
        "Pupil", "Name", "Group", "Rating", "Open since", "Because", "Last seen", "Not seen for", "Done", "Next, by",
    )  # fmt: skip
    return Table(
        title=f"Open cases ({len(rows)})", columns=columns, rows=rows, empty="None is open.",
        unbroken=("Pupil", "Name", "Group", "Rating"),
    )  # fmt: skip


def _case(found: Handover, case: OpenCase) -> tuple[str, ...]:
    began = case.child.case.began if case.child.case else found.picture.session
    return (
        *_who(found, case.child.pupil_id), case.child.rating.value, f"{in_words(began.day)} {began.half}",
        case.p.standing.because, case.seen.in_words if case.seen else "not known", shown_since(case.p.days),
        "\n".join(done_in(case)), "\n".join(_next(step, found) for step in case.steps) or "nothing is listed",
    )  # fmt: skip


def done_in(case: OpenCase) -> list[str]:
    """What was done in a case, in short."""
    rounds = case.p.case.rounds if case.p.case else None
    calling = f"{rounds.complete} rounds today{f', {rounds.exhausted}' if rounds.exhausted else ''}" if rounds else ""
    visits = [
        f"visit {e.at:%d/%m %H:%M}: {AT_THE_DOOR[e.what.outcome].words}"
        for e in case.visits
        if isinstance(e.what, VisitMade)
    ]
    return [f"{case.calls} calls, {case.texts} texts", *([calling] if calling else []), *(visits or ["no home visit"])]


def _next(step: NextStep, found: Handover) -> str:
    return f"{step.step}, by {shown_due(step.due, found.picture.as_of)} ({step.owner})"


def _clocks(found: Handover) -> Table:
    rows = tuple((*_who(found, c.pupil_id), *_clock(found, c)) for c in found.clocks)
    columns = ("Pupil", "Name", "Group", "Began", "Over", "School time", "Tried")
    return Table(
        title=f"Waits that run on ({len(rows)})", columns=columns, rows=rows, empty="None.",
        unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _clock(found: Handover, clock: Clock) -> tuple[str, str, str, str]:
    today = found.picture.session.day
    over = f"{shown_time(clock.ends, today)}{', OVER: social care now' if clock.is_over else ''}"
    in_time = "yes" if clock.is_in_school_time else OUTSIDE
    return shown_time(clock.starts, today), over, in_time, clock.without_tries.upper() or "yes, or not due yet"


def _out(found: Handover) -> Table:
    now = found.picture.as_of
    rows = tuple(
        (o.pupil_id, ", ".join(o.staff), shown_time(o.left_at, now.date()), shown_due(o.back_by, now), o.authorised_by)
        for o in found.out
    )  # fmt: skip
    columns = ("Pupil", "Staff", "Left", "Due back", "Authorised by")
    return Table(title=f"Staff still out ({len(rows)})", columns=columns, rows=rows, empty="Nobody is out.")


def _unanswered(found: Handover) -> Table:
    today = found.picture.session.day
    rows = tuple(
        (*_who(found, u.pupil_id), NAMED[u.to], shown_time(u.made.at, today), u.made.by) for u in found.unanswered
    )
    columns = ("Pupil", "Name", "Group", "To", "Made", "By")
    return Table(
        title=f"Referrals that nobody has answered ({len(rows)})", columns=columns, rows=rows, empty="None.",
        unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _decided(found: Handover) -> Table:
    rows = tuple((f"{e.at:%H:%M}", e.by, ", ".join(pupils_of(e.what)), _words(e)) for e in found.decided)
    return Table(
        title=f"Decided, referred and answered today ({len(rows)})", columns=("At", "By", "Pupil", "What"), rows=rows,
        empty="Nothing is logged.",
    )  # fmt: skip


def _words(entry: Logged) -> str:
    return note_words(entry.what, KeptIn.CPOMS, Discretion(), entry.at.date())


def _others(found: Handover) -> Table:
    rows = tuple(
        (shown_due(s.due, found.picture.as_of), s.step, *_who(found, s.pupil_id), s.owner, s.because)
        for s in found.steps
    )
    columns = ("By", "Step", "Pupil", "Name", "Group", "Who", "Because")
    return Table(
        title=f"Also not done ({len(rows)})", columns=columns, rows=rows, empty="Nothing.",
        unbroken=("By", "Step", "Pupil"),
    )  # fmt: skip


def _facts(found: Handover, school: School) -> dict[str, Json]:
    picture = found.picture
    return {
        "schema": "firstday/handover/1",
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "provisional": bool(picture.provisional_because),
        "provisional_because": list(picture.provisional_because),
        "next_school_day": found.next_day.isoformat() if found.next_day else None,
        "out_of_hours": school.out_of_hours or None,
        "open_cases": [_case_shape(case) for case in found.cases],
        "clocks": [
            {
                "pupil_id": c.pupil_id, "starts": c.starts.isoformat(), "ends": c.ends.isoformat(), "over": c.is_over,
                "in_school_time": c.is_in_school_time, "without_tries": c.without_tries or None,
            }
            for c in found.clocks
        ],
        "staff_out": [
            {"pupil_id": o.pupil_id, "staff": list(o.staff), "back_by": o.back_by.isoformat()} for o in found.out
        ],
        "unanswered": [
            {"pupil_id": u.pupil_id, "to": u.to.value, "made": u.made.at.isoformat(), "by": u.made.by}
            for u in found.unanswered
        ],
        "decided_today": [
            {"at": e.at.isoformat(), "by": e.by, "pupil_ids": list(pupils_of(e.what)), "what": _words(e)}
            for e in found.decided
        ],
        "alerts": [alert_shape(a) for a in found.found.alerts],
        "other_steps": [{"pupil_id": s.pupil_id, "step": s.step, "due": s.due.isoformat()} for s in found.steps],
    }  # fmt: skip


def _case_shape(case: OpenCase) -> dict[str, Json]:
    began = case.child.case.began if case.child.case else None
    return {
        "pupil_id": case.child.pupil_id,
        "rating": case.child.rating.value,
        "began": began.day.isoformat() if began else None,
        "last_seen": case.seen.day.isoformat() if case.seen else None,
        "since_seen": case.p.days.since_seen,
        "calls": case.calls,
        "texts": case.texts,
        "visits": len(case.visits),
        "steps": [{"step": s.step, "due": s.due.isoformat(), "owner": s.owner} for s in case.steps],
    }
