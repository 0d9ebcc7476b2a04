"""Absent with no explanation, in calling order, and everybody else who is not simply in school."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.standing.reconcile import StandingKind
from firstday_cli.reports.counted import how_it_stands, shown_days, shown_since
from firstday_cli.reports.page import PROBLEM_COLUMNS, Audience, Json, Page, Table, problem_rows
from firstday_cli.reports.shapes import alert_shape, duty_shape, problem_shapes, pupil_shape

K = StandingKind
ORDER = (K.IN_SCHOOL, K.OFF_SITE, K.NOT_EXPECTED, K.EXPLAINED, K.UNEXPLAINED, K.UNKNOWN)
WORDS = {
    K.IN_SCHOOL: "in school", K.OFF_SITE: "off site", K.NOT_EXPECTED: "not expected", K.EXPLAINED: "explained",
    K.UNEXPLAINED: "unexplained", K.UNKNOWN: "unknown",
}  # fmt: skip


RECONCILED, SO_FAR = "firstday/reconcile/1", "firstday/unexplained/1"


def unexplained(picture: DayPicture, audience: Audience, schema: str = RECONCILED) -> Page:
    """The page of `reconcile` and of `report unexplained`: rating words without reasons, but for safeguarding."""
    return Page(
        title=f"{picture.school}: absent with no explanation, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(picture, schema),
        audience=audience,
        warnings=_warnings(picture),
        tables=tuple(table for table in _tables(picture, audience) if table.is_shown),
        notes=(sums(picture),),
    )


def sums(picture: DayPicture) -> str:
    """The sum check: every pupil has one standing, and they add up to the roll."""
    parts = " + ".join(f"{picture.counts[kind]} {WORDS[kind]}" for kind in ORDER)
    return f"Roll {picture.roll} = {parts}"


def _warnings(picture: DayPicture) -> tuple[str, ...]:
    because = picture.provisional_because
    found = [f"PROVISIONAL: {'; '.join(because)}."] if because else []
    return (*found, *(f"{a.alert.upper()}: {a.sentence}" for a in picture.alerts))


def _empty_list(picture: DayPicture) -> str:
    if picture.why_shut:
        return f"No school: {picture.why_shut}. Nobody is expected; nobody was looked for."
    if picture.provisional_because:
        return "Nobody yet, but this list cannot be relied on: see PROVISIONAL above."
    if picture.counts[K.UNKNOWN]:
        return "Nobody is known to be; the pupils below are looked for first."
    return "Nobody: every pupil is accounted for."


LIST = "Absent with no explanation, in calling order"


def _tables(picture: DayPicture, audience: Audience) -> Sequence[Table]:
    reasons = _reasons if audience is Audience.SAFEGUARDING else ()
    return (
        _pupils(picture, K.UNEXPLAINED, LIST, (*_call, *reasons), _empty_list(picture)),
        _still_open(picture),
        _pupils(picture, K.UNKNOWN, "Unknown: look in school first, then ring", (*_away, *reasons)),
        _pupils(picture, K.OFF_SITE, "Off site: has each one arrived?", _look),
        _pupils(picture, K.EXPLAINED, "Explained", (*_away, *reasons)),
        _pupils(picture, K.NOT_EXPECTED, "Not expected", _look),
        _duties(picture),
        _registers(picture),
        _waiting(picture),
        Table(
            title="Discrepancies: look into these first", columns=("Pupil", "Kind", "Because"),
            rows=tuple((d.pupil_id, d.kind, d.because) for d in picture.discrepancies),
        ),
        Table(title="Problems in the files", columns=PROBLEM_COLUMNS, rows=_problems(picture, audience)),
    )  # fmt: skip


def _why(p: PupilPicture) -> str:
    return f"{p.standing.because}; OUT OF CHARACTER: {p.out_of_character}" if p.out_of_character else p.standing.because


def _problems(picture: DayPicture, audience: Audience) -> tuple[tuple[str, ...], ...]:
    """The problems; a flag's own word, which may say what only safeguarding may read, left out for the office."""
    shown = (
        replace(p, found="a word") if p.column == "flag" and audience is Audience.OFFICE else p
        for p in picture.problems
    )
    return problem_rows(tuple(shown))


Columns = tuple[tuple[str, Callable[[PupilPicture], str]], ...]
_who: Columns = (
    ("Pupil", lambda p: p.pupil.pupil_id),
    ("Name", lambda p: p.pupil.name),
    ("Group", lambda p: p.pupil.group),
)
_call: Columns = (
    *_who,
    ("Mark", lambda p: p.facts.mark),
    ("Rating", lambda p: p.rating.rating.value + ("?" if p.rating.is_unsure else "")),
    ("Days", lambda p: shown_days(p.days)),
    ("Not seen for", lambda p: shown_since(p.days)),
    ("Because", _why),
    ("Not confirmed", lambda p: p.proposed or ""),
    ("Ring", lambda p: "\n".join(_ring(p)) or "no number to ring"),
)
_reasons: Columns = (
    ("Rated because", lambda p: "; ".join(p.rating.because)),
    ("Risk assessment", lambda p: p.needs_assessment),
    ("Proposal", lambda p: p.rating.proposal),
)
_look: Columns = (*_who, ("Mark", lambda p: p.facts.mark), ("Because", lambda p: p.standing.because))
_away: Columns = (
    *_who,
    ("Mark", lambda p: p.facts.mark),
    ("Rating", lambda p: p.rating.rating.value + ("?" if p.rating.is_unsure else "")),
    ("Days", lambda p: shown_days(p.days)),
    ("Not seen for", lambda p: shown_since(p.days)),
    ("Because", lambda p: p.standing.because),
)


def _ring(p: PupilPicture) -> list[str]:
    return [
        f"{n}. {c.shown} {c.relationship}"
        if c.is_usable
        else f"{n}. {'do not ring' if c.do_not_contact else 'no number'}"
        for n, c in enumerate(p.contacts, start=1)
    ]


def _still_open(picture: DayPicture) -> Table:
    """Children with an open case whom the newest mark says are not due or off site, or the newest roll leaves out."""
    rows = tuple(
        (p.pupil.pupil_id, p.pupil.name, p.pupil.group, p.facts.mark, p.case.because)
        for p in picture.to_ring
        if p.case is not None and (p.standing.kind in (K.OFF_SITE, K.NOT_EXPECTED) or p in picture.left_behind)
    )
    return Table(
        title=f"Still to ring: nobody has seen or explained these children ({len(rows)})",
        columns=("Pupil", "Name", "Group", "Mark", "Because"), rows=rows, unbroken=("Pupil", "Name", "Group"),
    )  # fmt: skip


def _pupils(picture: DayPicture, kind: StandingKind, title: str, columns: Columns, empty: str = "") -> Table:
    rows = tuple(tuple(cell(p) for _, cell in columns) for p in picture.those(kind))
    names = tuple(name for name, _ in columns)
    return Table(
        title=f"{title} ({len(rows)})",
        columns=names,
        rows=rows,
        empty=empty,
        unbroken=("Pupil", "Name", "Group", "Ring"),
    )


def _duties(picture: DayPicture) -> Table:
    names = {p.pupil.pupil_id: p for p in picture.pupils}
    rows = tuple(
        (
            d.pupil_id,
            names[d.pupil_id].pupil.name,
            names[d.pupil_id].rating.rating.value,
            d.duty,
            f"{d.due:%H:%M}",
            how_it_stands(d, picture.as_of),
        )
        for d in sorted(picture.duties, key=lambda d: (bool(d.done), d.due, d.pupil_id, d.duty))
    )
    columns = ("Pupil", "Name", "Rating", "Duty", "By", "State")
    return Table(title="Owed today to every absent child", columns=columns, rows=rows, unbroken=("Pupil", "Name", "By"))


def _registers(picture: DayPicture) -> Table:
    rows = tuple((r.group, r.state, str(r.pupils)) for r in picture.missing_registers)
    return Table(title="Registers not in", columns=("Group", "State", "Pupils"), rows=rows)


def _waiting(picture: DayPicture) -> Table:
    rows = tuple(
        (m.message_id, ", ".join(m.candidates) or "nobody fits", m.text, m.because) for m in picture.messages_to_match
    )
    return Table(title="Messages that wait for a person", columns=("Message", "Perhaps", "Text", "Because"), rows=rows)


def _facts(picture: DayPicture, schema: str) -> dict[str, Json]:
    def those(kind: StandingKind) -> list[Json]:
        return [pupil_shape(p) for p in picture.those(kind)]

    return {
        "schema": schema,
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "provisional": bool(picture.provisional_because),
        "provisional_because": list(picture.provisional_because),
        "counts": {"roll": picture.roll, **{kind.value: picture.counts[kind] for kind in ORDER}},
        "missing_registers": [
            {"group": r.group, "pupils": r.pupils, "unmarked": len(r.unmarked)} for r in picture.missing_registers
        ],
        "unexplained": those(K.UNEXPLAINED),
        "unknown": those(K.UNKNOWN),
        "explained": those(K.EXPLAINED),
        "off_site": those(K.OFF_SITE),
        "not_expected": those(K.NOT_EXPECTED),
        "duties": [duty_shape(duty) for duty in picture.owed],
        "discrepancies": [
            {"pupil_id": d.pupil_id, "kind": d.kind, "because": d.because} for d in picture.discrepancies
        ],
        "messages_to_match": [
            {
                "message_id": m.message_id,
                "candidates": list(m.candidates),
                "because": m.because,
                "outcome": m.outcome.value,
            }
            for m in picture.messages_to_match
        ],
        "alerts": [alert_shape(a) for a in picture.alerts],
        "problems": problem_shapes(picture.problems),
    }
