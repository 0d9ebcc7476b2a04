"""Invented mornings: plausible, nasty, and the same each time for the same seed."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random

from .attendance import ROUNDS, give_marks
from .children import Child, contact_rows, flag_rows, invented_children, later_flags, newcomer, strangers
from .comings import invented_comings, odd_rows
from .errands import Errand, recorded
from .letters import Letter, Post, invented_letters
from .morning import Batch, Closure, Entry, Export, Morning, Policy, Row
from .plans import explanations, planned_rows, stranger_row
from .register_files import habits, morning_registers, round_of_registers
from .rounds import Group, invented_groups
from .scene import HALF_TERMS, TERMS, Scene, invented_scene, moment
from .school import write_school

__all__ = ["invented_morning", "write_school"]

POLICIES = (
    Policy(explain_alone=("C", "E", "S")),
    Policy(explain_alone=("C", "C1", "E", "J1", "R", "S", "T", "Y5"), explain_with_comment=("I", "M", "G")),
    Policy(explain_with_comment=("M",)),
    Policy(only_propose=("late", "wobbly")),
    Policy(fresh_days=3),
)


@dataclass
class School:
    """An invented school in the making: its people, its files, and what is to be recorded."""

    scene: Scene
    policy: Policy
    children: list[Child]
    roll_came: datetime
    stranger: str
    groups: list[Group] = field(default_factory=list)
    first: list[Export] = field(default_factory=list)
    rounds: list[list[Export]] = field(default_factory=lambda: [[], [], []])
    errands: list[Errand] = field(default_factory=list)


def invented_morning(seed: int, pupils: int) -> Morning:
    """The morning of this seed, in a school of this many pupils."""
    scene = invented_scene(Random(f"{seed} {pupils}"))  # noqa: S311
    policy = scene.one_of(POLICIES) if scene.chance(0.25) else Policy()
    children = invented_children(scene, pupils)
    school = School(scene, policy, children, _roll_came(scene, policy), scene.one_of(strangers(children)))
    if scene.chance(0.05):
        return _closed_morning(school)
    give_marks(scene, children)
    school.groups = invented_groups(scene, children)
    _bring_people(school)
    _bring_plans(school)
    _bring_registers(school)
    _bring_letters(school)
    _bring_comings(school)
    return _morning(school)


def _roll_came(scene: Scene, policy: Policy) -> datetime:
    """When the roll, contacts and flags were taken in: today, some days ago, or too long ago."""
    opened = moment(scene.day, time(7, 55, 17)) + timedelta(seconds=scene.dice.randint(1, 900))
    days = scene.one_of((0, scene.dice.randint(1, policy.fresh_days - 1)))
    if scene.mishap(0.1):
        days = policy.fresh_days + 3
    return moment((opened - timedelta(days=days)).date(), opened.time())


def _bring_people(school: School) -> None:
    """Bring the roll, contacts and flags, and for some schools newer ones."""
    scene, children = school.scene, school.children
    contacts, flags = contact_rows(scene, children), flag_rows(scene, children)
    if scene.mishap(0.15):
        flags.append({"pupil_id": school.stranger, "flag": "ehcp", "since": "", "until": ""})
    roll = [child.row for child in children]
    school.first += _files(scene, "roll", roll) + _files(scene, "contacts", contacts) + _files(scene, "flags", flags)
    if scene.chance(0.15):
        school.rounds[1] += [replace(export, name=f"again-{export.name}") for export in school.first]
    else:
        school.rounds[1] += _newer_people(school, contacts, flags)


def _newer_people(school: School, contacts: list[Row], flags: list[Row]) -> list[Export]:
    """Newer flags, contacts or a newer roll, where there are any."""
    scene = school.scene
    exports: list[Export] = []
    if scene.chance(0.25):
        exports += _files(scene, "flags", later_flags(scene, flags), "flags-new")
    if scene.chance(0.2):
        exports += _files(scene, "contacts", scene.some_of(contacts, 0.9), "contacts-new")
    if scene.mishap(0.25) and len(school.children) > 10:
        exports += _files(scene, "roll", _newer_roll(school), "roll-new")
    return exports


def _newer_roll(school: School) -> list[Row]:
    """A roll that leaves out one or two who should be on it, and has somebody new."""
    scene, children = school.scene, school.children
    plain = [child for child in children if not (child.quiet or child.unseen or child.refused)]
    plain = [child for child in plain if child.left_out_from not in ROUNDS]
    dropped = scene.dice.sample(plain, min(len(plain), scene.one_of((0, 1, 2))))
    for child in dropped:
        child.quiet = True
    kept = [child.row for child in children if child not in dropped]
    return [*kept, newcomer(scene, children).row] if scene.chance(0.6) else kept


def _bring_plans(school: School) -> None:
    """Bring the planned absences, and let the office write down explanations."""
    scene = school.scene
    before, after = planned_rows(scene, school.children)
    if scene.mishap(0.1):
        before.append(stranger_row(scene, school.stranger))
    place = scene.one_of((school.first, school.rounds[0]))
    place += _files(scene, "planned", before)
    school.rounds[1] += _files(scene, "planned", after, "planned-new")
    school.errands += explanations(scene, school.children, school.roll_came)


def _bring_registers(school: School) -> None:
    usual = habits(school.scene, school.stranger)
    for number in ROUNDS:
        school.rounds[number] += round_of_registers(school.scene, school.groups, usual, number)


def _bring_letters(school: School) -> None:
    """Bring the messages, each file with the new ones or with all so far."""
    scene = school.scene
    numbers: dict[str, list[str]] = {}
    for row in (row for export in school.first if export.kind == "contacts" for row in export.rows):
        numbers.setdefault(row["pupil_id"], []).append(row["phone"])
    usual_words = school.policy.only_propose == Policy().only_propose
    letters = invented_letters(Post(scene, school.children, numbers, school.stranger, usual_words))
    school.errands += [letter.errand for letter in letters if letter.errand]
    is_cumulative = scene.chance(0.5)
    for number in ROUNDS:
        rows = _letters_in(letters, number, is_cumulative)
        school.rounds[number] += [Export("messages", f"messages-{number}.csv", rows)] if rows else []


def _letters_in(letters: list[Letter], number: int, is_cumulative: bool) -> list[Row]:
    return [each.row for each in letters if each.round == number or (is_cumulative and each.round < number)]


def _bring_comings(school: School) -> None:
    scene = school.scene
    comings = invented_comings(scene, school.children)
    plain = [child for child in school.children if not child.quiet and not child.told]
    if plain and scene.mishap(0.25):
        comings.lates += odd_rows(scene, scene.one_of(plain), school.stranger)
    half = len(comings.lates) // 2 if scene.chance(0.5) else 0
    for number, rows in ((1, comings.lates[:half]), (2, comings.lates[half:])):
        school.rounds[number] += _files(scene, "lates", rows, f"lates-{number}")
    school.errands += comings.checks


def _files(scene: Scene, kind: str, rows: list[Row], name: str = "") -> list[Export]:
    """One file of these rows, or two that belong together; none where there are no rows."""
    name = name or kind
    if len(rows) > 3 and scene.chance(0.2):
        half = len(rows) // 2
        return [Export(kind, f"{name}-a.csv", rows[:half], 3), Export(kind, f"{name}-b.csv", rows[half:], 31)]
    return [Export(kind, f"{name}.csv", rows)] if rows else []


def _morning(school: School) -> Morning:
    scene = school.scene
    batches = [Batch(school.roll_came, school.first)]
    if scene.session == "PM":
        batches.append(Batch(moment(scene.day, time(9, 2, 11)), morning_registers(scene, school.children)))
    batches += [Batch(at, exports) for at, exports in zip(scene.rounds, school.rounds, strict=True)]
    batches = [batch for batch in batches if batch.exports]
    entries = recorded(scene, school.errands, [batch.at for batch in batches])
    closures = HALF_TERMS
    return Morning(scene.day, scene.session, scene.now, batches, entries, school.policy, TERMS, closures)


def _closed_morning(school: School) -> Morning:
    """A session that is shut, by the calendar or by somebody this morning who may think better of it."""
    scene = school.scene
    for child in school.children:
        child.quiet, child.marks, child.comments, child.am_mark = True, ["#"] * 3, [""] * 3, "/"
    _bring_people(school)
    school.groups = [Group(school.children)]
    if scene.chance(0.5):
        _bring_registers(school)
    if scene.chance(0.5):
        entry = Entry("close", scene.rounds[0], session=scene.session)
        school.errands.append(Errand(entry, scene.rounds[0], scene.now, is_taken_back=scene.chance(0.4)))
        return _morning(school)
    shut = Closure(scene.day, scene.day, (scene.session,) if scene.chance(0.5) else ("AM", "PM"))
    open_morning = _morning(school)
    return Morning(**{**vars(open_morning), "closures": (*HALF_TERMS, shut)})
