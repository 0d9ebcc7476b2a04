"""How the registers of each invented group come in: late, twice, out of order, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .attendance import ALONE, CALLED, HERE, ROUNDS, comes_and_goes
from .children import Child
from .morning import Row
from .scene import Scene

ORDINARY = ((0,), (0,), (0, 1), (0, 2), (1,), (0, 1, 2), (2,))
REFUSALS = ("date", "session", "extra")


@dataclass
class Group:
    """The rounds in which a group's register comes, when it says it was taken, and what is odd about it."""

    children: list[Child]
    rounds: tuple[int, ...] = (0,)
    taken: list[datetime | None] = field(default_factory=lambda: [None, None, None])
    has_own_file: bool = False
    comes_back: bool = False
    in_order: bool = True
    twin_round: int = 99
    twin_is_newer: bool = False
    twin_marks: dict[str, str] = field(default_factory=dict)
    first_rows: list[Row] = field(default_factory=list)


def invented_groups(scene: Scene, children: list[Child]) -> list[Group]:
    """The groups of a school, each with a story of its own; some of the marks change for it."""
    named: dict[str, list[Child]] = {}
    for child in children:
        named.setdefault(child.group, []).append(child)
    groups = [_group(scene, members, bool(name)) for name, members in sorted(named.items())]
    if scene.chance(0.04):
        _take_in_a_ring(scene, scene.one_of(groups))
    for group in groups:
        _spoil_rows(scene, group)
    return groups


def _group(scene: Scene, children: list[Child], is_named: bool) -> Group:
    group = Group(children, scene.one_of(ORDINARY), has_own_file=scene.chance(0.15))
    _date(scene, group)
    if is_named:
        for story, share in STORIES.items():
            if story in MISHAPS and scene.is_tidy:
                continue
            if scene.chance(share):
                story(scene, group)
                break
    return group


def _date(scene: Scene, group: Group) -> None:
    """Say, for some groups, when each register was taken; a few say so out of order."""
    times: list[datetime] = [at.replace(second=30) - timedelta(minutes=5) for at in scene.rounds]
    style = scene.dice.choices(("none", "all", "some", "same", "out of order"), (50, 15, 15, 5, 15))[0]
    if style == "out of order":
        scene.dice.shuffle(times)
        group.in_order = False
    if style == "same":
        times = [times[0]] * 3
    if style != "none":
        group.taken = [None if style == "some" and scene.chance(0.5) else at for at in times]


def _lose(_scene: Scene, group: Group) -> None:
    """Bring no register at all."""
    group.rounds = ()


def _leave_blank(scene: Scene, group: Group) -> None:
    """Bring a register that nobody filled in."""
    for child in group.children:
        child.marks, child.comments = [scene.one_of(("", "-"))] * 3, [""] * 3


def _close(scene: Scene, group: Group) -> None:
    """Send the whole group home, or all but one."""
    code = scene.one_of(("#", "Y3", "Y4"))
    for child in group.children:
        child.marks, child.comments, child.has_rows, child.quiet = [code] * 3, [""] * 3, True, True
    if scene.chance(0.4):
        scene.one_of(group.children).marks = [HERE[scene.session]] * 3


def _bring_back(_scene: Scene, group: Group) -> None:
    """Bring the first register again, after another had replaced it."""
    group.rounds, group.taken, group.in_order = (0, 1, 2), [None, None, None], False
    group.comes_back = group.has_own_file = True
    for child in group.children:
        child.marks[2], child.comments[2] = child.marks[0], child.comments[0]


def _bring_twin(scene: Scene, group: Group) -> None:
    """Bring two registers of the group together, which do not agree about everybody."""
    group.twin_round = scene.one_of(group.rounds)
    group.twin_is_newer = scene.chance(0.5)
    for child in scene.some_of([child for child in group.children if not child.quiet], 0.2):
        mark = scene.one_of((HERE[scene.session], *CALLED, *ALONE))
        if mark != child.marks[group.twin_round]:
            group.twin_marks[child.pupil_id] = mark
            child.unseen = True


def _take_in_a_ring(scene: Scene, group: Group) -> None:
    """Say when registers were taken so that each is newer than another."""
    first = scene.rounds[0].replace(second=30)
    group.rounds, group.has_own_file, group.comes_back = (0, 1, 2), False, False
    group.taken = [first - timedelta(minutes=5), None, first - timedelta(minutes=9)]
    for child in group.children:
        child.unseen = True


def _spoil_rows(scene: Scene, group: Group) -> None:
    """Spoil a few rows, double others, and leave somebody out of the last register."""
    for child in group.children:
        if comes_and_goes(child) and not group.in_order:
            child.unseen = True
        if child.quiet or not child.has_rows or group.comes_back:
            continue
        if scene.mishap(0.03):
            kind = scene.one_of(REFUSALS)
            child.refused = dict.fromkeys(scene.one_of(((0, 1, 2), (2,), (0,))), kind)
        elif scene.chance(0.03):
            _double(scene, child)
        elif scene.chance(0.04) and len(set(child.marks)) == 1 and child.marks[0] not in ("", "-"):
            child.left_out_from = scene.one_of((1, 2))


def _double(scene: Scene, child: Child) -> None:
    number = scene.one_of(ROUNDS)
    other = scene.one_of([mark for mark in (HERE[scene.session], "N", "I", "") if mark != child.marks[number]])
    child.twice, child.unseen = {number: other}, True


STORIES: dict[Callable[[Scene, Group], None], float] = {
    _lose: 0.06, _leave_blank: 0.03, _close: 0.04, _bring_back: 0.05, _bring_twin: 0.1,
}  # fmt: skip
MISHAPS = {_lose, _leave_blank}
