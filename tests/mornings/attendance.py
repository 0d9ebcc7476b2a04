"""The marks that invented children are given, in each of three rounds of registers."""

from .children import Child
from .codes import PRESENT
from .scene import Scene

HERE = {"AM": "/", "PM": "\\"}
CALLED = ("N", "N", "N", "O", "G", "C2", "Q", "Y1", "Y2", "Y5", "Y6", "Y7", "I", "M")
ALONE = ("C", "C1", "E", "J1", "R", "S", "T")
COMMENTED = ("I", "I", "M")
AWAY = ("B", "K", "P", "V", "W", "D")
NOT_DUE = ("X", "X", "Z", "#", "Y3", "Y4")
UNCLEAR = ("", "", "-", "Q9", "!", "0", "AA", "I01", "H", "F", "J", "Y")
WORDS = ("mum rang 8.35 sore throat", "dad e-mailed", "gran rang; poorly", "dentist, rang at 8")
CHANGES = (("N", "N", "I"), ("N", "C", "N"), ("C", "N"), ("", "N"), ("N", ""), ("B", "N"), ("I", "I", "M"))
KINDS = {
    "called": 30,
    "alone": 12,
    "commented": 12,
    "away": 12,
    "not due": 5,
    "unclear": 12,
    "changing": 12,
    "no row": 5,
}
ROUNDS = range(3)


def give_marks(scene: Scene, children: list[Child]) -> None:
    """Give each child a mark for each round; most are here."""
    share_here = 0.45 if len(children) < 30 else 0.7
    for child in children:
        if child.quiet:
            marked = ("N", HERE[scene.session], "Q9") if scene.mishap(0.4) else ("", "-", "X", "Z", "#")
            _give(child, scene.one_of(marked))
            child.has_rows = scene.chance(0.6)
        elif scene.chance(share_here):
            _give_presence(scene, child)
        else:
            _give_absence(scene, child)
        _give_morning_mark(scene, child)


def comes_and_goes(child: Child) -> bool:
    """Whether some of the marks say here and some do not."""
    return len({mark in PRESENT for mark in child.marks}) > 1


def is_ever_here(child: Child) -> bool:
    """Whether any of the marks says here."""
    return any(mark in PRESENT for mark in [*child.marks, *child.twice.values()])


def only_arrives(child: Child) -> bool:
    """Whether the marks, once they say here, go on saying so."""
    here = [mark in PRESENT for mark in child.marks]
    return here == sorted(here)


def _give(child: Child, *marks: str, comment: str = "") -> None:
    """Set the marks of the rounds, the last one going on, and the comment on the last."""
    child.marks = [marks[min(number, len(marks) - 1)] for number in ROUNDS]
    child.comments = [comment if mark == marks[-1] else "" for mark in child.marks]


def _give_presence(scene: Scene, child: Child) -> None:
    here = HERE[scene.session] if scene.chance(0.8) else scene.one_of(("/", "\\", "L", "U"))
    changes = scene.one_of((("", here), ("N", "L"), ("-", "N", "U"), (here, here, "N"), ("I", here)))
    _give(child, *(changes if scene.chance(0.08) else (here,)))


def _give_absence(scene: Scene, child: Child) -> None:
    given = scene.dice.choices(tuple(KINDS), tuple(KINDS.values()))[0]
    if given == "commented":
        _give(child, scene.one_of(COMMENTED), comment=scene.one_of(WORDS))
    elif given == "changing":
        _give(child, *scene.one_of(CHANGES), comment=scene.one_of(("", *WORDS)))
    elif given == "no row":
        _give(child, "")
        child.has_rows = False
    elif given == "not due":
        _give_place_elsewhere(scene, child)
    else:
        mark = scene.one_of({"called": CALLED, "alone": ALONE, "away": AWAY, "unclear": UNCLEAR}[given])
        _give(child, mark, comment="said to be away" if mark not in COMMENTED and scene.chance(0.1) else "")


def _give_place_elsewhere(scene: Scene, child: Child) -> None:
    """Give a mark that says not expected; nothing else is said of such a child."""
    _give(child, scene.one_of(NOT_DUE if child.row["start_date"] else NOT_DUE[:2]))
    child.quiet = True


def _give_morning_mark(scene: Scene, child: Child) -> None:
    """Give the mark of the morning to a child asked about in the afternoon."""
    last = child.marks[-1]
    if last in PRESENT or scene.chance(0.1):
        child.am_mark = scene.one_of(("/", "/", "/", "L", "U", "N", ""))
    else:
        child.am_mark = last if scene.chance(0.7) else "N"
    if child.am_mark in COMMENTED and scene.chance(0.5):
        child.am_comment = scene.one_of(WORDS)
