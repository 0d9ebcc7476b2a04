"""The page of 10:05: every absent child, the mark, the words beside it, who told what, and the visits to start now."""

from firstday_cli.domain.packs.commented import Commented, CommentedDay, RedVisit
from firstday_cli.domain.picture.day_picture import PupilPicture
from firstday_cli.domain.sheets.timing import Timed
from firstday_cli.reports.counted import shown_due
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.sheet_head import nobody_absent, provisional
from firstday_cli.reports.unexplained import WORDS

WHO = ("Pupil", "Name", "Group")
EXPLAINS = 10  # the line of the table of standings by which a code explains with the words beside it


def commented_page(found: CommentedDay) -> Page:
    """The page of `report commented-absence`."""
    picture = found.picture
    return Page(
        title=f"{picture.school}: absences with their comments, {picture.session}, as of {picture.as_of:%H:%M}",
        facts=_facts(found),
        audience=Audience.SAFEGUARDING,
        warnings=(
            *provisional(picture),
            *(f"{a.alert.upper()}: {a.sentence}" for a in picture.alerts),
        ),
        tables=(_visits(found), _children(found)),
        notes=("Words beside a mark explain only where the standing says so. Addresses: firstday report visits.",),
    )  # fmt: skip


def _who(p: PupilPicture) -> tuple[str, str, str]:
    return p.pupil.pupil_id, p.pupil.name, p.pupil.group


def _visits(found: CommentedDay) -> Table:
    rows = tuple((*_who(v.p), v.step.step, shown_due(v.step.due, found.picture.as_of), _out(v)) for v in found.visits)
    start = f"from {found.visits_start:%H:%M}" if found.picture.as_of < found.visits_start else "NOW"
    return Table(
        title=f"RED: visits to start {start} ({len(rows)})", columns=(*WHO, "What", "By", "Staff"), rows=rows,
        empty="None is owed.", unbroken=WHO,
    )  # fmt: skip


def _out(visit: RedVisit) -> str:
    return f"out since {visit.out.left_at:%H:%M}: {', '.join(visit.out.staff)}" if visit.out else "nobody has left"


def _children(found: CommentedDay) -> Table:
    rows = tuple(_child(child) for child in found.children)
    columns = (*WHO, "Rating", "Mark", "Comment", "Told", "Stands", "Because", "Called")
    return Table(
        title=f"Absent ({len(rows)})", columns=columns, rows=rows, empty=_nobody(found), unbroken=(*WHO, "Rating"),
    )  # fmt: skip


def _nobody(found: CommentedDay) -> str:
    return nobody_absent(found.picture)


def _child(child: Commented) -> tuple[str, ...]:
    p = child.p
    return (
        *_who(p), p.rating.rating.value + ("?" if p.rating.is_unsure else ""), p.facts.mark or "no mark", _comment(p),
        "\n".join(child.told) or "nobody", WORDS[p.standing.kind], p.standing.because, _called(child.called),
    )  # fmt: skip


def _comment(p: PupilPicture) -> str:
    if not p.facts.comment:
        return ""
    return p.facts.comment if p.standing.line == EXPLAINS else f"{p.facts.comment} (not confirmed)"


def _called(called: Timed | None) -> str:
    """Whether the family was rung by the time; nothing asked for it where the absence was explained."""
    if called is None:
        return "not to be rung"
    at = f", {called.entry.at:%H:%M}" if called.entry else ""
    return f"by {called.due:%H:%M}: {called.timing.value}{at}"


def _facts(found: CommentedDay) -> dict[str, Json]:
    picture = found.picture
    return {
        "schema": "firstday/commented-absence/1",
        "school": picture.school,
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
        "provisional": bool(picture.provisional_because),
        "provisional_because": list(picture.provisional_because),
        "pupils": [_shape(child) for child in found.children],
        "red_visits": [
            {
                "pupil_id": v.p.pupil.pupil_id, "step": v.step.step, "due": v.step.due.isoformat(),
                "overdue": v.step.is_overdue(picture.as_of), "left_at": v.out.left_at.isoformat() if v.out else None,
            }
            for v in found.visits
        ],
    }  # fmt: skip


def _shape(child: Commented) -> dict[str, Json]:
    p, called = child.p, child.called
    return {
        "pupil_id": p.pupil.pupil_id,
        "rating": p.rating.rating.value,
        "mark": p.facts.mark,
        "comment": p.facts.comment,
        "told": list(child.told),
        "standing": p.standing.kind.value,
        "because": p.standing.because,
        "called": called.timing.value if called else None,
        "called_at": called.entry.at.isoformat() if called and called.entry else None,
    }
