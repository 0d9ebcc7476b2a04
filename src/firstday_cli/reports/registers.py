"""Which registers are in, partly marked, awaited or missing, and whom to chase."""

from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.reports.page import Page, Table

NO_ROLL = "No roll was taken in: no register can be told missing."
CHASE = {
    "missing": "chase the register",
    "awaited": "not due yet",
    "part": "ask for the marks that are missing",
    "in": "",
}


def registers(picture: DayPicture) -> Page:
    """The page of `registers`: the missing first, then the partly marked."""
    found = sorted(picture.registers, key=lambda r: (list(CHASE).index(r.state), r.group))
    rows = tuple(
        (
            r.group,
            r.state,
            str(r.pupils),
            str(len(r.unmarked)),
            CHASE[r.state],
            ", ".join(r.unmarked) if r.state == "part" else "",
        )
        for r in found
    )
    columns = ("Group", "State", "Pupils", "Unmarked", "Do", "Pupils without a mark")
    return Page(
        title=f"{picture.school}: registers, {picture.session}, as of {picture.as_of:%H:%M}",
        facts={
            "schema": "firstday/registers/1",
            "day": picture.session.day.isoformat(),
            "session": picture.session.half.value,
            "as_of": picture.as_of.isoformat(),
            "registers": [
                {"group": r.group, "state": r.state, "pupils": r.pupils, "unmarked": list(r.unmarked)} for r in found
            ],
        },
        tables=(
            Table(
                title="Registers",
                columns=columns,
                rows=rows,
                empty=NO_ROLL if not picture.roll else "No register is expected in this session.",
            ),
        ),
    )
