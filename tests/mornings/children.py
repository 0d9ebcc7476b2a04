"""Invented children: a roll of them, their contacts and their flags."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from .morning import Row
from .ratings import AMBER, RED
from .scene import Scene

FORENAMES = (
    "Ivy", "Leo", "Zoë", "Tola", "Niamh", "Dylan", "Chloé", "Amir", "Freya", "Kofi", "Björn", "Maja", "Owen", "Priya",
    "Renée", "Samir", "Tess", "Umar", "Violet", "Wren", "Yusuf", "Ada", "Bodhi", "Ciarán", "Daisy", "Elif", "Finn",
    "Grace", "Hana", "Idris", "Jude", "Keira", "Lena", "Mabel", "Noor", "Otis", "Poppy", "Rafael", "Sofía", "Theo",
)  # fmt: skip
SURNAMES = (
    "Brennan", "Adeyemi", "Okafor", "Kelleher", "Marsh", "O'Neill", "O’Dowd", "Peña", "Müller", "Brown", "Smith-Jones",
    "De la Cruz", "McKay", "Garçon", "Hussain", "Li", "Vale", "Stone", "Field", "Price", "Dunn", "Hall", "Kaur",
    "Nowak", "Osei", "Patel", "Quinn", "Rahman", "Singh", "Tanaka", "Underhill", "Walsh", "Young", "Abbott", "Bright",
)  # fmt: skip
COMERS_AND_GOERS = ("Quillon", "Xanthe", "Zebedee", "Ptolemy", "Ulyana", "Oberon")
PREFERRED = ("Sam", "Bee", "Mo", "Zed", "Kit")
OTHER_FLAGS = ("cannot-summon-help", "walks-alone", "ehcp", "interpreter", "likes-trains")
SCHOOL_YEAR_STARTS = 2026


@dataclass
class Child:
    """A child of the invented school, with what the morning has in store for them."""

    row: Row
    marks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    am_mark: str = ""
    am_comment: str = ""
    refused: dict[int, str] = field(default_factory=dict)
    twice: dict[int, str] = field(default_factory=dict)
    left_out_from: int = 99
    has_rows: bool = True
    quiet: bool = False
    unseen: bool = False
    told: bool = False

    @property
    def pupil_id(self) -> str:
        """The id on the roll."""
        return self.row["pupil_id"]

    @property
    def group(self) -> str:
        """The group on the roll; may be blank."""
        return self.row["group"]


def invented_children(scene: Scene, pupils: int) -> list[Child]:
    """A roll of this many children, in groups of a few or of about thirty."""
    in_group = 3 if pupils < 30 else 28
    digits = scene.one_of(("P{:04d}", "{:05d}"))
    children = []
    for number in range(pupils):
        group = number // in_group
        year = (3 + group // 2) % 14 if pupils < 30 else (group // 5) % 14
        name = f"{year or 'R'}{'ABCDE'[group % (2 if pupils < 30 else 5)]}"
        children.append(Child(_roll_row(scene, digits.format(number + 1), year, name)))
    _let_some_come_and_go(scene, children)
    return children


def strangers(children: list[Child]) -> list[str]:
    """Ids, of the same cut, that nobody on the roll has."""
    first = children[0].pupil_id
    return ["P9901", "P9902", "P9903"] if first.startswith("P") else ["99901", "99902", "99903"]


def contact_rows(scene: Scene, children: list[Child]) -> list[Row]:
    """Up to four contacts for most children; families share numbers."""
    rows = []
    for child in scene.some_of(children, 0.9):
        for order in range(1, scene.dice.randint(2, 5)):
            number = scene.dice.randint(0, 999)
            rows.append(_contact_row(scene, child, order, number))
    return rows


def written_number(scene: Scene, number: int) -> str:
    """A number of the range kept for drama, written one of four ways."""
    ways = ("07700 900{:03d}", "07700900{:03d}", "+44 7700 900{:03d}", "+447700900{:03d}")
    return scene.one_of(ways).format(number)


def flag_rows(scene: Scene, children: list[Child]) -> list[Row]:
    """Flags on some children, not all of which have begun or still stand."""
    words = (*sorted(RED), *sorted(AMBER), *OTHER_FLAGS)
    rows = []
    for child in scene.some_of(children, 0.25):
        for flag in scene.dice.sample(words, scene.one_of((1, 1, 2))):
            since, until = _span(scene)
            rows.append({"pupil_id": child.pupil_id, "flag": flag, "since": since, "until": until})
    return rows


def later_flags(scene: Scene, rows: list[Row]) -> list[Row]:
    """A newer file of flags: some that rate are left out, and some have ended."""
    kept = [row for row in rows if row["flag"] in OTHER_FLAGS or scene.chance(0.7)]
    ended = scene.written_day(scene.day - timedelta(days=2))
    return [row | {"since": "", "until": ended} if scene.chance(0.1) else row for row in kept]


def newcomer(scene: Scene, children: list[Child]) -> Child:
    """A child whom only the newer roll has, and who starts today."""
    like = children[-1].row
    digits = like["pupil_id"].removeprefix("P")
    pupil = like["pupil_id"].replace(digits, str(int(digits) + 1).zfill(len(digits)))
    started = {"start_date": scene.written_day(scene.day), "leave_date": ""}
    return Child(like | {"pupil_id": pupil, "forename": "Ottoline", "preferred_forename": ""} | started, quiet=True)


def _roll_row(scene: Scene, pupil: str, year: int, group: str) -> Row:
    preferred = scene.one_of(PREFERRED) if scene.chance(0.15) else ""
    return {
        "pupil_id": pupil,
        "upn": "",
        "forename": scene.one_of(FORENAMES),
        "surname": scene.one_of(SURNAMES),
        "preferred_forename": preferred,
        "preferred_surname": scene.one_of(SURNAMES) if preferred and scene.chance(0.3) else "",
        "year": str(year or "R"),
        "group": "" if scene.chance(0.04) else group,
        "dob": "" if scene.chance(0.04) else scene.written_day(_born(scene, year)),
        "start_date": "" if scene.chance(0.1) else scene.written_day(date(2025, 9, 3)),
        "leave_date": "",
        "flags": scene.one_of(("walks-alone", "ehcp; young-carer", "looked-after")) if scene.chance(0.04) else "",
        "household_id": "",
        "address": "1 Example Row",
        "notes": "",
    }


def _born(scene: Scene, year: int) -> date:
    return date(SCHOOL_YEAR_STARTS - 5 - year, 9, 1) + timedelta(days=scene.dice.randint(0, 364))


def _let_some_come_and_go(scene: Scene, children: list[Child]) -> None:
    """Give a few children a first or a last day near this one."""
    for name in scene.some_of(COMERS_AND_GOERS, 0.5 if len(children) > 12 else 0.15):
        child, days = scene.one_of(children), scene.one_of((0, 1, 4))
        child.row.update(forename=name, preferred_forename="", preferred_surname="")
        child.quiet = child.quiet or days > 0
        if scene.chance(0.5):
            child.row["start_date"] = scene.written_day(scene.day + timedelta(days=days))
        else:
            child.row["leave_date"] = scene.written_day(scene.day - timedelta(days=days))


def _contact_row(scene: Scene, child: Child, order: int, number: int) -> Row:
    return {
        "pupil_id": child.pupil_id,
        "contact_id": f"C{number}-{order}-{child.pupil_id}",
        "order": str(order),
        "name": f"{scene.one_of(FORENAMES)} {child.row['surname']}",
        "relationship": scene.one_of(("Mother", "Father", "Aunt", "Neighbour")),
        "phone": "" if scene.chance(0.05) else written_number(scene, number),
        "phone_type": "mobile",
        "email": "",
        "parental_responsibility": "yes" if order < 3 else "no",
        "lives_with": "yes" if order < 3 else "no",
        "do_not_contact": "yes" if scene.chance(0.03) else "no",
        "language": "",
        "notes": "",
    }


def _span(scene: Scene) -> tuple[str, str]:
    """When a flag began and ended: mostly it stands."""
    day = scene.day
    spans: tuple[tuple[date | None, date | None], ...] = (
        (None, None),
        (day - timedelta(days=40), None),
        (day - timedelta(days=40), day),
        (day - timedelta(days=40), day - timedelta(days=1)),
        (day + timedelta(days=3), None),
        (day, day + timedelta(days=30)),
    )
    since, until = scene.one_of(spans)
    return scene.written_day(since) if since else "", scene.written_day(until) if until else ""
