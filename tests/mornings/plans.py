"""Invented planned absences and explanations recorded by the office."""

from datetime import datetime, timedelta

from .children import Child
from .errands import Errand
from .morning import Entry, Row
from .scene import Scene

GRANTED = ("C", "C1", "M", "S", "R", "T", "E", "I", "G", "J1", "Y1", "C2")
ELSEWHERE = ("B", "P", "V", "W")
REFUSED = ("H", "/", "N", "", "ZZ", "-")


def planned_rows(scene: Scene, children: list[Child]) -> tuple[list[Row], list[Row]]:
    """The planned absences known at first, and those of a newer file, which is empty where there is none."""
    rows = [_row(scene, child) for child in children if not child.quiet and scene.chance(_share(child))]
    told = {row["pupil_id"] for row in rows}
    for child in children:
        child.told = child.told or child.pupil_id in told
    if not rows or scene.chance(0.6):
        return rows, []
    return rows, [row for row in rows if _is_complicated(row) or scene.chance(0.6)]


def explanations(scene: Scene, children: list[Child], roll_came: datetime) -> list[Errand]:
    """Explanations for a few children, some of another day, some withdrawn."""
    absent = [child for child in children if not child.quiet and child.marks[-1] not in ("/", "\\")]
    chosen = scene.dice.sample(absent, min(len(absent), scene.dice.randint(0, 5)))
    for child in chosen:
        child.told = True
    return [_explanation(scene, child, roll_came) for child in chosen]


def stranger_row(scene: Scene, stranger: str) -> Row:
    """A planned absence of somebody on no roll."""
    day = scene.written_day(scene.day)
    return {"pupil_id": stranger, "from_date": day, "to_date": day, "session": "", "code": "C", "due_back": ""}


def _share(child: Child) -> float:
    return 0.02 if child.marks[-1] in ("/", "\\") else 0.15


def _row(scene: Scene, child: Child) -> Row:
    first, last = _dates(scene)
    row = {
        "pupil_id": child.pupil_id,
        "from_date": first,
        "to_date": last,
        "session": scene.one_of(("", "", "AM", "PM")),
        "code": scene.one_of(GRANTED),
        "reason": "family event",
        "due_back": "",
        "approved_by": "",
    }
    bad = 0 if scene.is_tidy else 4
    odd = scene.dice.choices(("", "back", "elsewhere", "refused", "bad day"), (50, 20, 10, bad, bad))[0]
    today = scene.written_day(scene.day)
    if odd == "back":
        return row | {"due_back": _time_back(scene)}
    if odd == "elsewhere":
        return row | {"code": scene.one_of(ELSEWHERE)}
    if odd == "refused":
        return row | {"code": scene.one_of(REFUSED), "session": "", "from_date": today, "to_date": today}
    return row | {"to_date": "2026-13-01", "session": ""} if odd == "bad day" else row


def _is_complicated(row: Row) -> bool:
    """Whether it could be argued what leaving this row out would mean."""
    return bool(row["due_back"]) or row["code"] in (*ELSEWHERE, *REFUSED) or row["to_date"] == "2026-13-01"


def _dates(scene: Scene) -> tuple[str, str]:
    spans = ((0, 0), (0, 0), (-2, 3), (-7, 0), (0, 9), (-9, -1), (1, 4))
    first, last = scene.one_of(spans)
    written = [scene.written_day(scene.day + timedelta(days=days)) for days in (first, last)]
    return written[0], written[1]


def _time_back(scene: Scene) -> str:
    past = scene.minute(scene.opens, scene.now - timedelta(minutes=3))
    future = scene.now + timedelta(minutes=25)
    return scene.written_time(scene.one_of((past, future)))


def _explanation(scene: Scene, child: Child, roll_came: datetime) -> Errand:
    pupils = (child.pupil_id,)
    if roll_came.date() < scene.day and scene.chance(0.4):
        days = scene.one_of((None, -1, 0, 2))
        until = None if days is None else max(scene.day + timedelta(days=days), roll_came.date())
        entry = Entry("explain", roll_came, pupils, until=until)
        return Errand(entry, roll_came, roll_came + timedelta(hours=1), is_taken_back=scene.chance(0.2))
    until = scene.one_of((None, None, scene.day, scene.day + timedelta(days=3)))
    entry = Entry("explain", scene.rounds[0], pupils, until=until)
    return Errand(entry, scene.rounds[0], scene.now, is_taken_back=scene.chance(0.25))
