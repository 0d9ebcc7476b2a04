"""Invented absence messages: plain, doubtful, misnamed, of another day, from nobody known."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from .children import Child, written_number
from .errands import Errand
from .morning import Entry, Row
from .scene import Scene, moment, previous_school_day

INNOCENT = (
    "has a temperature",
    "is poorly",
    "has a sore throat",
    "has a chesty cough",
    "burnt a hand on a plate of chocolate pudding",
)
DOUBTFUL = (
    "will be late",
    "LATE again: the car would not start",
    "has an appointment with the optician",
    "will be back in after lunch",
    "is feeling better",
    "is not sick, only tired",
    "has a wobbly tooth",
)
SHARE_DECIDED = 0.45
MOST_DECIDED = 15


@dataclass
class Letter:
    """A message, the round of exports it comes in, whether a person may decide about it, and what is decided."""

    row: Row
    round: int
    is_open: bool
    errand: Errand | None = None


@dataclass(frozen=True)
class Post:
    """What writing the messages needs to know."""

    scene: Scene
    children: list[Child]
    numbers: dict[str, list[str]]
    stranger: str
    has_usual_words: bool


Style = Callable[[Post, Child], Row]


def invented_letters(post: Post) -> list[Letter]:
    """Messages about some of the children, and the decisions about some of these."""
    scene = post.scene
    subjects = [child for child in post.children if not child.quiet]
    writing = [child for child in subjects if scene.chance(0.04 if child.marks[-1] in ("/", "\\") else 0.3)]
    letters: list[Letter] = []
    for number, child in enumerate(writing, start=1):
        letters.append(_letter(post, child, f"M{number}"))
        is_enough = len([letter for letter in letters if letter.errand]) >= MOST_DECIDED
        if letters[-1].is_open and not is_enough and scene.chance(SHARE_DECIDED):
            letters[-1].errand = _decision(scene, letters[-1], child, subjects)
    return letters


def _letter(post: Post, child: Child, number: str) -> Letter:
    scene = post.scene
    style = scene.dice.choices(tuple(STYLES), tuple(STYLES.values()))[0]
    style = _plain if style in MISHAPS and scene.is_tidy else style
    row = BLANK | {"message_id": number, "text": scene.one_of(INNOCENT)} | style(post, child)
    child.told = child.told or style in TELLING
    is_open = style in DECIDABLE and (post.has_usual_words or style != _doubtful)
    return Letter(row, scene.one_of((0, 0, 1, 2)), is_open)


def _decision(scene: Scene, letter: Letter, child: Child, subjects: list[Child]) -> Errand:
    about = [child] if scene.chance(0.8) else [child, scene.one_of(subjects)]
    ids = tuple(sorted({each.pupil_id for each in about}))
    came = scene.rounds[letter.round]
    if scene.chance(0.25):
        entry = Entry("none", came, message=letter.row["message_id"])
    else:
        entry = Entry("match", came, ids, message=letter.row["message_id"])
        for each in about:
            each.told = True
    return Errand(entry, came, scene.now, is_taken_back=scene.chance(0.15))


def _plain(post: Post, child: Child) -> Row:
    return _today(post) | {"pupil_id": child.pupil_id}


def _named(post: Post, child: Child) -> Row:
    return _plain(post, child) | {"pupil_name": _name(post.scene, child), "sender_phone": _phone(post, child)}


def _doubtful(post: Post, child: Child) -> Row:
    return _plain(post, child) | {"text": post.scene.one_of(DOUBTFUL)}


def _misnamed(post: Post, child: Child) -> Row:
    scene = post.scene
    others = [each for each in post.children if not _forenames(each) & _forenames(child)] or [child]
    named = {"pupil_name": _name(scene, scene.one_of(others)), "group": scene.one_of(("", child.group))}
    return _plain(post, child) | named | {"sender_phone": scene.one_of(("", _phone(post, child)))}


def _name_only(post: Post, child: Child) -> Row:
    group = post.scene.one_of(("", child.group, "9Z", post.scene.one_of(post.children).group))
    return _today(post) | {"pupil_name": _name(post.scene, child), "group": group}


def _phone_only(post: Post, child: Child) -> Row:
    return _today(post) | {"sender_phone": _phone(post, child)}


def _name_and_phone(post: Post, child: Child) -> Row:
    other = post.scene.one_of((child, child, post.scene.one_of(post.children)))
    return _name_only(post, child) | {"sender_phone": _phone(post, other)}


def _nobody(post: Post, _child: Child) -> Row:
    return _today(post) | {"pupil_name": post.scene.one_of(("the little one", "Twins", ""))}


def _other_day(post: Post, child: Child) -> Row:
    days = post.scene.one_of((-7, -1, 1, 7))
    other = post.scene.day + timedelta(days=days)
    return _received(post, time(7, 10)) | _dated(post, other, other) | {"pupil_id": child.pupil_id}


def _morning_before(post: Post, child: Child) -> Row:
    before = previous_school_day(post.scene.day)
    return _received(post, time(8, 20), before) | {"pupil_id": child.pupil_id}


def _afternoon_before(post: Post, child: Child) -> Row:
    before = previous_school_day(post.scene.day)
    late = _received(post, post.scene.one_of((time(12, 30), time(15, 5), time(21, 40))), before)
    out_of_school = _received(post, time(9, 15), post.scene.day - timedelta(days=1))
    is_gap = before < post.scene.day - timedelta(days=1)
    return (post.scene.one_of((late, out_of_school)) if is_gap else late) | {"pupil_id": child.pupil_id}


def _this_afternoon(post: Post, child: Child) -> Row:
    if post.scene.session == "AM":
        return _phone_only(post, child)
    return _received(post, post.scene.one_of((time(12, 30), time(12, 41)))) | {"pupil_id": child.pupil_id}


def _until_only(post: Post, child: Child) -> Row:
    end = post.scene.day + timedelta(days=post.scene.one_of((0, 2)))
    return _received(post, time(7, 30)) | {"to_date": post.scene.written_day(end), "pupil_id": child.pupil_id}


def _of_stranger(post: Post, _child: Child) -> Row:
    return _today(post) | {"pupil_id": post.stranger}


def _unreadable(post: Post, child: Child) -> Row:
    return {"received_at": "just now", "pupil_id": child.pupil_id}


def _today(post: Post) -> Row:
    """Received before school, and about today, whether or not it says so."""
    day = post.scene.day
    spans = ((day, day), (day, None), (day - timedelta(days=1), day + timedelta(days=2)), (None, None), (None, None))
    first, last = post.scene.one_of(spans)
    return _received(post, time(post.scene.one_of((6, 7)), post.scene.dice.randint(0, 59))) | _dated(post, first, last)


def _dated(post: Post, first: date | None, last: date | None) -> Row:
    written = post.scene.written_day
    return {"from_date": written(first) if first else "", "to_date": written(last) if last else ""}


def _received(post: Post, at: time, day: date | None = None) -> Row:
    received: datetime = moment(day or post.scene.day, at)
    ways = (received.isoformat(), received.replace(tzinfo=None).isoformat(), received.astimezone(UTC).isoformat())
    return {"received_at": post.scene.one_of(ways)}


def _phone(post: Post, child: Child) -> str:
    return post.scene.one_of([*post.numbers.get(child.pupil_id, []), written_number(post.scene, 0)])


def _forenames(child: Child) -> set[str]:
    return {child.row["forename"], child.row["preferred_forename"]} - {""}


def _name(scene: Scene, child: Child) -> str:
    """The child's name as somebody may write it."""
    legal = (child.row["forename"], child.row["surname"])
    preferred = (child.row["preferred_forename"] or legal[0], child.row["preferred_surname"] or legal[1])
    forename, surname = scene.one_of((legal, preferred))
    name = scene.one_of((f"{forename} {surname}", f"{surname}, {forename}", forename))
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if ord(letter) < 0x250)
    return scene.one_of((name, name, name.upper(), plain.lower(), plain.replace("'", "")))


BLANK = dict.fromkeys(
    ("message_id", "received_at", "channel", "sender_name", "sender_phone", "sender_email", "pupil_id", "pupil_name",
     "group", "text", "from_date", "to_date"), "",
)  # fmt: skip
STYLES: dict[Style, int] = {
    _plain: 20, _named: 10, _doubtful: 12, _misnamed: 8, _name_only: 12, _phone_only: 6, _name_and_phone: 8,
    _nobody: 2, _other_day: 6, _morning_before: 4, _afternoon_before: 8, _this_afternoon: 3, _until_only: 3,
    _of_stranger: 1, _unreadable: 1,
}  # fmt: skip
MISHAPS = {_of_stranger, _unreadable}
TELLING = {_plain, _named, _doubtful}
DECIDABLE = {
    _doubtful,
    _misnamed,
    _name_only,
    _phone_only,
    _name_and_phone,
    _nobody,
    _afternoon_before,
    _this_afternoon,
}
