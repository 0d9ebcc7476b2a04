"""The page of the daily review: absent children by rating, what is owed, what was decided, whether it happened."""

from collections.abc import Sequence

from firstday_cli.domain.picture.review import Carried, ReviewPicture
from firstday_cli.domain.school_days import in_words
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.reports.counted import how_it_stands, shown_days, shown_since
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.shapes import duty_shape, pupil_shape
from firstday_cli.reports.sheet_head import nobody_absent


def review(found: ReviewPicture) -> Page:
    """The page of `review` and of `report rag-review`."""
    day = found.day
    return Page(
        title=f"{day.school}: daily review, {day.session}, as of {day.as_of:%H:%M}",
        facts=_facts(found),
        audience=Audience.SAFEGUARDING,
        warnings=(*_provisional(found), *_absent_roles(found)),
        tables=(
            _present(found),
            _children(found),
            _visits(found),
            _agencies(found),
            _green(found),
            _assessments(found),
            _proposals(found),
            _decisions("Decided at the last review, and what happened since", found.carried),
            _decisions("Decided today", found.decided_today),
        ),
        notes=("Write down a decision: firstday review PUPIL --decision TEXT --present NAME --by NAME.",),
    )


def _provisional(found: ReviewPicture) -> tuple[str, ...]:
    because = found.day.provisional_because
    return (f"PROVISIONAL: {'; '.join(because)}.",) if because else ()


def _absent_roles(found: ReviewPicture) -> tuple[str, ...]:
    missing = [a.role for a in found.attendees if not a.is_present]
    return (f"Not written down as present: {', '.join(missing)}.",) if missing else ()


def _present(found: ReviewPicture) -> Table:
    rows = [
        (a.role, ", ".join(a.names) or "nobody is named in [people]", "yes" if a.is_present else "no")
        for a in found.attendees
    ]
    rows += [("other", name, "yes") for name in found.others]
    return Table(title="The meeting", columns=("Role", "Name", "Present"), rows=tuple(rows))


def _children(found: ReviewPicture) -> Table:
    rows = tuple(
        (
            c.pupil.pupil.pupil_id, c.pupil.pupil.name, c.pupil.pupil.group,
            c.pupil.rating.rating.value + ("?" if c.pupil.rating.is_unsure else ""), "; ".join(c.pupil.rating.because),
            c.pupil.standing.kind.value.replace("_", " "), c.pupil.standing.because, shown_days(c.pupil.days),
            shown_since(c.pupil.days), _duties(c.duties, done=True), _duties(c.duties, done=False),
        )
        for c in found.children
    )  # fmt: skip
    columns = (
        "Pupil",
        "Name",
        "Group",
        "Rating",
        "Rated because",
        "Standing",
        "Because",
        "Days",
        "Not seen for",
        "Met",
        "Owed",
    )
    return Table(
        title=f"Absent, by rating ({len(rows)})", columns=columns, rows=rows, empty=nobody_absent(found.day),
        unbroken=("Pupil", "Name", "Group", "Rating"),
    )  # fmt: skip


def _duties(duties: Sequence[Duty], *, done: bool) -> str:
    return "\n".join(f"{d.duty} by {d.due:%H:%M}" for d in duties if bool(d.done) is done and not d.is_optional)


def _visits(found: ReviewPicture) -> Table:
    late = [
        (
            c.pupil.pupil.pupil_id,
            c.pupil.pupil.name,
            c.pupil.rating.rating.value,
            f"{duty.due:%H:%M}",
            how_it_stands(duty, found.day.as_of),
        )
        for c in found.children
        for duty in c.visits
    ]
    rows = tuple(sorted(late, key=lambda row: (row[3], row[0])))
    columns = ("Pupil", "Name", "Rating", "By", "State")
    return Table(title="Face to face still to be made today", columns=columns, rows=rows, empty="None.")


def _agencies(found: ReviewPicture) -> Table:
    rows = tuple(
        (
            c.pupil.pupil.pupil_id,
            c.pupil.pupil.name,
            duty.because,
            f"{duty.due:%H:%M}",
            how_it_stands(duty, found.day.as_of),
        )
        for c in found.children
        for duty in c.duties
        if duty.duty == "contact-agencies"
    )
    return Table(title="Linked agencies to tell", columns=("Pupil", "Name", "Whom", "By", "State"), rows=rows)


def _green(found: ReviewPicture) -> Table:
    rows = tuple(
        (c.pupil.pupil.pupil_id, c.pupil.pupil.name, c.strategies or "none noted", c.impact or "none noted")
        for c in found.children
        if c.pupil.rating.rating.value == "GREEN"
    )
    columns = ("Pupil", "Name", "Strategy", "Impact")
    return Table(title="GREEN: school strategies and their impact", columns=columns, rows=rows)


def _assessments(found: ReviewPicture) -> Table:
    rows = tuple((c.pupil.pupil.pupil_id, c.pupil.pupil.name, c.pupil.needs_assessment) for c in found.children)
    wanting = tuple(row for row in rows if row[2])
    return Table(title="RED without a risk assessment in date", columns=("Pupil", "Name", "Wanting"), rows=wanting)


def _proposals(found: ReviewPicture) -> Table:
    rows = tuple((c.pupil.pupil.pupil_id, c.pupil.pupil.name, c.pupil.rating.proposal) for c in found.children)
    made = tuple(row for row in rows if row[2])
    return Table(title="Proposals: a named person decides", columns=("Pupil", "Name", "Proposal"), rows=made)


def _decisions(title: str, decisions: Sequence[Carried]) -> Table:
    rows = tuple(
        (d.pupil_id, in_words(d.day), d.decision, d.source, "\n".join(d.since) or "nothing is logged since")
        for d in decisions
    )
    return Table(title=title, columns=("Pupil", "Day", "Decision", "By", "Since"), rows=rows, empty="None.")


def _facts(found: ReviewPicture) -> dict[str, Json]:
    return {
        "schema": "firstday/rag-review/1",
        "day": found.day.session.day.isoformat(),
        "session": found.day.session.half.value,
        "as_of": found.day.as_of.isoformat(),
        "provisional": bool(found.day.provisional_because),
        "present": [{"role": a.role, "names": list(a.names), "present": a.is_present} for a in found.attendees],
        "others_present": list(found.others),
        "pupils": [
            {
                **pupil_shape(c.pupil),
                "duties": [{**duty_shape(d), "done": d.done or None} for d in c.duties if not d.is_optional],
                "assessment_wanting": c.pupil.needs_assessment or None,
                "proposal": c.pupil.rating.proposal or None,
                "strategy": c.strategies or None,
                "impact": c.impact or None,
            }
            for c in found.children
        ],
        "decided_before": [_decision_shape(d) for d in found.carried],
        "decided_today": [_decision_shape(d) for d in found.decided_today],
    }


def _decision_shape(d: Carried) -> dict[str, Json]:
    return {
        "pupil_id": d.pupil_id,
        "day": d.day.isoformat(),
        "decision": d.decision,
        "by": d.source,
        "since": list(d.since),
    }
