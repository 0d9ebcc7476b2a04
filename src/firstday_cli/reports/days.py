"""Days of absence of every absent child, and the faces to face that are due."""

from firstday_cli.domain.picture.day_picture import DayPicture, PupilPicture
from firstday_cli.domain.standing.reconcile import AWAY
from firstday_cli.reports.counted import how_it_stands, shown_days, shown_since
from firstday_cli.reports.page import Audience, Json, Page, Table
from firstday_cli.reports.shapes import days_shape, duty_shape, figures_shape
from firstday_cli.reports.sheet_head import nobody_absent


def absence_days(picture: DayPicture) -> Page:
    """The page of `report absence-days`: authorised and unauthorised sessions of the school year kept apart."""
    owed = {duty.pupil_id for duty in picture.duties}  # RED is absent also where a mark says not due
    absent = [p for p in picture.pupils if p.standing.kind in AWAY or p.pupil.pupil_id in owed]
    rows = tuple(
        (
            p.pupil.pupil_id, p.pupil.name, p.pupil.group, shown_days(p.days), shown_since(p.days),
            str(p.figures.authorised), str(p.figures.unauthorised), str(p.figures.possible), _share(p),
        )
        for p in absent
    )  # fmt: skip
    columns = ("Pupil", "Name", "Group", "Days", "Not seen for", "Authorised", "Unauthorised", "Possible", "Missed")
    return Page(
        title=f"{picture.school}: days of absence, {picture.session}, as of {picture.as_of:%H:%M}",
        facts={"schema": "firstday/absence-days/1", **_moment(picture), "pupils": [_shape(p) for p in absent]},
        tables=(
            Table(
                title=f"Absent ({len(rows)})", columns=columns, rows=rows, empty=nobody_absent(picture),
                unbroken=("Pupil", "Name", "Group"),
            ),
        ),
        notes=("Days count whatever the code. Authorised, unauthorised and possible are sessions of the year.",),
    )  # fmt: skip


def face_to_face_due(picture: DayPicture) -> Page:
    """The page of `report face-to-face-due`: who is owed one today, by when, and whether it was made."""
    people = {p.pupil.pupil_id: p for p in picture.pupils}
    due = sorted(
        (d for d in picture.duties if d.duty == "face-to-face"), key=lambda d: (bool(d.done), d.due, d.pupil_id)
    )
    rows = tuple(
        (
            d.pupil_id, people[d.pupil_id].pupil.name, people[d.pupil_id].pupil.group,
            people[d.pupil_id].rating.rating.value, d.because, f"{d.due:%H:%M}",
            how_it_stands(d, picture.as_of),
        )
        for d in due
    )  # fmt: skip
    return Page(
        title=f"{picture.school}: face to face due, {picture.session}, as of {picture.as_of:%H:%M}",
        facts={
            "schema": "firstday/face-to-face-due/1", **_moment(picture),
            "duties": [{**duty_shape(d), "done": d.done or None} for d in due],
        },
        audience=Audience.SAFEGUARDING,
        tables=(
            Table(
                title=f"Face to face ({len(rows)})",
                columns=("Pupil", "Name", "Group", "Rating", "Because", "By", "State"), rows=rows,
                empty="Nobody is owed one.", unbroken=("Pupil", "Name", "Group"),
            ),
        ),
    )  # fmt: skip


def _share(p: PupilPicture) -> str:
    figures = p.figures
    return f"{100 * figures.absent / figures.possible:.1f} %" if figures.possible else "–"


def _moment(picture: DayPicture) -> dict[str, Json]:
    return {
        "day": picture.session.day.isoformat(),
        "session": picture.session.half.value,
        "as_of": picture.as_of.isoformat(),
    }


def _shape(p: PupilPicture) -> dict[str, Json]:
    return {
        "pupil_id": p.pupil.pupil_id,
        "days_absent": days_shape(p.days),
        "sessions": figures_shape(p),
    }
