"""What makes a roll impossible: one id with two names, no pupils at all, or the roll of another school."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Pupil
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.reading import Reading

FEW = 3  # pupils who may be missing from a newer roll without a question, and
ONE_IN = 10  # of them


def most_are_there(readings: Sequence[Reading], held: Mapping[str, Pupil], *, is_said: bool = False) -> None:
    """Raise UnreadableExport where the rolls of one occasion leave out too many of the roll held.

    More than half never; more than a few, and more than one in ten, only where somebody says that it is the roll.
    """
    there = {pupil.pupil_id for reading in readings for pupil in reading.pupils}
    missing = sum(1 for pupil_id, pupil in held.items() if pupil_id not in there and not pupil.left)
    is_most = held and missing * 2 > len(held)
    if is_most or (missing > FEW and missing * ONE_IN > len(held) and not is_said):
        mend = (
            "Export the whole roll."
            if is_most
            else "Export the whole roll; if so many left, take it in with --as roll."
        )
        message = f"leaves out {missing} of the {len(held)} pupils on the roll held: a roll cut short would hide them."
        raise UnreadableExport(f"{message} {mend}", ", ".join(reading.file for reading in readings))


def check_roll(reading: Reading, held: Mapping[str, Pupil]) -> None:
    """Raise UnreadableExport for a roll that cannot be this school's."""
    if not reading.pupils:
        raise UnreadableExport(
            "has headings and no pupils: an empty roll would empty every list. Export it again.", reading.file
        )
    if sum(1 for pupil in reading.pupils if pupil.left) * 2 > len(reading.pupils):
        message = (
            "says of most of its pupils that they have left: they would leave every list. Export the pupils on roll, "
            "or mend left_when in its profile."
        )
        raise UnreadableExport(message, reading.file)
    one_name_each([reading])
    if held:
        _same_school(reading, held)


def one_name_each(readings: Iterable[Reading]) -> None:
    """Raise UnreadableExport where one pupil id stands for two names, in one roll or in rolls taken in together."""
    names: defaultdict[str, dict[tuple[str, str], tuple[str, int]]] = defaultdict(dict)
    for reading in readings:
        for pupil in reading.pupils:
            name = (folded(pupil.forename), folded(pupil.surname))
            names[pupil.pupil_id].setdefault(name, (reading.file, pupil.row))
    for pupil_id, different in names.items():
        if len(different) > 1:
            places = " and ".join(f"{file}, row {row}" for file, row in sorted(different.values()))
            message = f"pupil id {pupil_id} stands for two different names ({places}): one child would hide another."
            raise UnreadableExport(f"{message} Mend the roll.", sorted(different.values())[0][0])


def _same_school(reading: Reading, held: Mapping[str, Pupil]) -> None:
    """A roll shares most of its pupils with the one before it, by id and by name."""
    both = [pupil for pupil in reading.pupils if pupil.pupil_id in held]
    alike = [
        p
        for p in both
        if _surnames(p) & _surnames(held[p.pupil_id]) or folded(p.forename) == folded(held[p.pupil_id].forename)
    ]
    if not both or len(alike) * 2 < len(both):
        message = (
            f"looks like the roll of another school: of its {len(reading.pupils)} pupils {len(both)} have ids that are "
            f"on the roll held, and {len(alike)} of those the same name. "
            "Take it into that school's own folder (--school DIR)."
        )
        raise UnreadableExport(message, reading.file)


def _surnames(pupil: Pupil) -> set[str]:
    return {folded(pupil.surname), folded(pupil.preferred_surname)} - {""}
