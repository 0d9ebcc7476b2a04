"""The register exports of invented groups, round by round, with what else such files carry."""

from dataclasses import dataclass
from datetime import date, datetime, time

from .attendance import HERE, WORDS
from .children import Child
from .morning import EXTRA, Export, Row
from .rounds import Group
from .scene import Scene, moment, previous_school_day

SLOTS = 20
A_MINUTE_AND_MORE = 130


@dataclass(frozen=True)
class Habits:
    """What the school's register files have in common."""

    names_recur: bool
    with_other_session: bool
    with_history: bool
    stranger: str


def habits(scene: Scene, stranger: str) -> Habits:
    """Habits for a morning; there is a stranger in some files."""
    return Habits(scene.chance(0.4), scene.chance(0.5), scene.chance(0.3), stranger if scene.mishap(0.2) else "")


def morning_registers(scene: Scene, children: list[Child]) -> list[Export]:
    """The registers of the morning, for a question asked in the afternoon."""
    rows = [_row(scene, child, "AM", child.am_mark, child.am_comment) for child in children if child.has_rows]
    return [Export("register", "register-am.csv", rows)] if rows else []


def round_of_registers(scene: Scene, groups: list[Group], usual: Habits, number: int) -> list[Export]:
    """The register files that come in one round."""
    due = [group for group in groups if number in group.rounds]
    ending = "" if usual.names_recur else f"-{number}"
    exports = [_own_file(scene, group, number, ending) for group in due if group.has_own_file]
    shared = [group for group in due if not group.has_own_file]
    halves = (shared[::2], shared[1::2]) if scene.chance(0.3) else (shared,)
    for half, name in zip(halves, ("register", "register-rest"), strict=False):
        rows = [row for group in half for row in _group_rows(scene, group, number)]
        rows += _besides(scene, usual, half) if rows else []
        rows += [rows[0] | {"pupil_id": " "}] if rows and number == 2 and scene.mishap(0.1) else []
        exports.append(Export("register", f"{name}{ending}.csv", rows, scene.dice.randrange(SLOTS)))
    exports += [_twin(scene, group, number) for group in due if group.twin_round == number]
    exports += _commented(scene, groups) if number == 2 and scene.chance(0.2) else []
    return [export for export in exports if export.rows]


def _own_file(scene: Scene, group: Group, number: int, ending: str) -> Export:
    name = group.children[0].group or "none"
    changed = scene.dice.randrange(SLOTS)
    if group.comes_back and number == 2:
        return Export("register", f"register-{name}-again.csv", group.first_rows, changed)
    rows = _group_rows(scene, group, number)
    if group.comes_back and number == 0:
        group.first_rows = rows
    return Export("register", f"register-{name}{ending}.csv", rows, changed)


def _twin(scene: Scene, group: Group, number: int) -> Export:
    """Another file of the same group, which differs for a few, taken in with the first."""
    rows = _group_rows(scene, group, number)
    for row in rows:
        if row["pupil_id"] in group.twin_marks:
            row["mark"], row["comment"] = group.twin_marks[row["pupil_id"]], ""
    later = A_MINUTE_AND_MORE if group.twin_is_newer else scene.dice.randrange(SLOTS)
    return Export("register", f"register-{group.children[0].group}-twin-{number}.csv", rows, SLOTS + later)


def _commented(scene: Scene, groups: list[Group]) -> list[Export]:
    """The report of those marks alone that carry a comment."""
    commented = [child for group in groups if group.rounds and group.in_order for child in group.children]
    rows = [
        _row(scene, child, scene.session, child.marks[2], child.comments[2])
        for child in commented
        if child.comments[2] and child.has_rows and not (child.refused or child.twice or child.unseen)
    ]
    return [Export("register", "commented.csv", rows, SLOTS)]


def _group_rows(scene: Scene, group: Group, number: int) -> list[Row]:
    return [row for child in group.children for row in _rows_of(scene, child, number, group.taken[number])]


def _rows_of(scene: Scene, child: Child, number: int, taken: datetime | None) -> list[Row]:
    if not child.has_rows or number >= child.left_out_from:
        return []
    row = _row(scene, child, scene.session, child.marks[number], child.comments[number], taken)
    if number in child.refused:
        return [_spoilt(scene, row, child.refused[number])]
    if number in child.twice:
        return [row, row | {"mark": child.twice[number], "comment": ""}]
    return [row]


def _row(scene: Scene, child: Child, session: str, mark: str, comment: str = "", taken: datetime | None = None) -> Row:
    return {
        "pupil_id": child.pupil_id,
        "date": scene.written_day(scene.day),
        "session": session,
        "mark": _as_typed(scene, mark),
        "comment": comment,
        "minutes_late": "12" if mark in ("L", "U") else "",
        "group": child.group,
        "taken_at": _written_moment(scene, taken) if taken else "",
    }


def _as_typed(scene: Scene, mark: str) -> str:
    return scene.one_of((mark.lower(), f" {mark} ", mark.lower(), mark, mark, mark, mark, mark))


def _written_moment(scene: Scene, at: datetime) -> str:
    return scene.one_of((at.isoformat(), at.replace(tzinfo=None).isoformat()))


def _spoilt(scene: Scene, row: Row, kind: str) -> Row:
    if kind == "date":
        return row | {"date": scene.one_of(("31/31/2026", "2026-02-30", "Monday", ""))}
    if kind == "session":
        return row | {"session": scene.one_of(("noon", "all day", ""))}
    return row | {EXTRA: "extra"}


def _besides(scene: Scene, usual: Habits, groups: list[Group]) -> list[Row]:
    """What else is in the file: the other session, the day before, somebody unknown."""
    children = [child for group in groups for child in group.children if child.has_rows]
    rows: list[Row] = []
    if usual.with_other_session:
        rows += [_other_session(scene, child) for child in children]
    if usual.with_history:
        before = previous_school_day(scene.day)
        rows += [_earlier(scene, child, before, session) for child in children for session in ("AM", "PM")]
    if usual.stranger:
        rows.append(_row(scene, children[0], scene.session, "/") | {"pupil_id": usual.stranger, "group": ""})
    return rows


def _other_session(scene: Scene, child: Child) -> Row:
    if scene.session == "PM":
        return _row(scene, child, "AM", child.am_mark, child.am_comment)
    return _row(scene, child, "PM", scene.one_of(("", "-")))


def _earlier(scene: Scene, child: Child, day: date, session: str) -> Row:
    mark = scene.one_of((HERE[session], HERE[session], "N", "I"))
    row = _row(scene, child, session, mark, scene.one_of(("", *WORDS)) if mark == "I" else "")
    taken = moment(day, time(9, 1, 30) if session == "AM" else time(13, 1, 30))
    return row | {"date": scene.written_day(day), "taken_at": _written_moment(scene, taken)}
