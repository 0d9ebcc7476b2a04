"""Evidence that does not agree: look into these in school before anyone is rung."""

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.reports.page import Page, Table


def discrepancies(picture: DayPicture) -> Page:
    """The page of `report discrepancies`."""
    rows = tuple((d.pupil_id, d.kind, d.because) for d in picture.discrepancies)
    return Page(
        title=f"{picture.school}: discrepancies, {picture.session}, as of {picture.as_of:%H:%M}",
        facts={
            "schema": "firstday/discrepancies/1",
            "day": picture.session.day.isoformat(),
            "session": picture.session.half.value,
            "as_of": picture.as_of.isoformat(),
            "discrepancies": [
                {"pupil_id": d.pupil_id, "kind": d.kind, "because": d.because} for d in picture.discrepancies
            ],
        },
        tables=(Table(title="Discrepancies", columns=("Pupil", "Kind", "Because"), rows=rows, empty="None."),),
    )
