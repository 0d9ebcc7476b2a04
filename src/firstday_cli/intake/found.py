"""Whom each row is about: ids as the roll has them, and rows whose pupil cannot be told, refused and counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from firstday_cli.domain.evidence import Problem, RefusedRow
from firstday_cli.domain.names import NameIndex, folded
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.words import without_class
from firstday_cli.intake.reading import Reading, RejectedRow
from firstday_cli.intake.rows.who import ADMISSION_NO, NAME, UPN, Reference, is_reference, reference

KINDS = ("pupils", "contacts", "lates", "messages", "planned", "flags", "calls")
ZEROS = "an id as the roll has it: a spreadsheet may have stripped its zeros"
EXPECTED = {
    UPN: "a UPN that exactly one pupil on the roll has",
    ADMISSION_NO: "an admission number that exactly one pupil on the roll has",
    NAME: "the whole name and class of exactly one pupil on the roll",
}
NOT_ON_ROLL = "something that the roll has too: it says no such thing of any pupil. Add it to the roll, or an id here"
OTHER_PUPIL = "an id and a name of the same pupil: on the roll this id has another name"


@record
class Doubt:
    """Why a row's pupil cannot be told: the cell, what was expected, and the one pupil it may be, if only one."""

    column: str
    found: str
    expected: str
    pupil_id: str = ""


class KnownPupils:
    """The pupils of a roll, by everything that an export may name them by."""

    def __init__(self, pupils: Mapping[str, Pupil]) -> None:
        self.pupils = pupils
        self.ids = frozenset(pupils)

    @cached_property
    def by_upn(self) -> Mapping[str, list[str]]:
        """Ids by UPN."""
        return _grouped((pupil.upn.casefold(), i) for i, pupil in self.pupils.items() if pupil.upn)

    @cached_property
    def by_admission_no(self) -> Mapping[str, list[str]]:
        """Ids by admission number, zeros in front left out."""
        return _grouped((p.admission_no.lstrip("0"), i) for i, p in self.pupils.items() if p.admission_no)

    @cached_property
    def by_digits(self) -> Mapping[str, list[str]]:
        """Ids by what a spreadsheet leaves of them."""
        return _grouped((i.lstrip("0"), i) for i in self.ids)

    @cached_property
    def names(self) -> NameIndex:
        """The names."""
        return NameIndex(self.pupils.values())

    def named(self, text: str) -> tuple[list[str], Doubt]:
        """The pupils that a reference may mean, and what to say where they are not exactly one."""
        said = reference(text)
        for column, value, held in self._keys_of(said):
            if held:
                meant = [pupil_id for pupil_id in held(value) if not self.is_other_pupil(pupil_id, said.name)]
                return meant, Doubt(column=column, found=value, expected=EXPECTED[column])
        first = next((c, v) for c, v in ((UPN, said.upn), (ADMISSION_NO, said.admission_no), (NAME, said.name)) if v)
        return [], Doubt(column=first[0], found=first[1], expected=NOT_ON_ROLL)

    def _keys_of(self, said: Reference) -> Iterator[tuple[str, str, Callable[[str], Iterable[str]] | None]]:
        """Each thing that the row says of its pupil, with what finds it; None where the roll has no such thing."""
        if said.upn:
            yield UPN, said.upn, (lambda v: self.by_upn.get(v.casefold(), [])) if self.by_upn else None
        if said.admission_no:
            found = (lambda v: self.by_admission_no.get(v.lstrip("0"), [])) if self.by_admission_no else None
            yield ADMISSION_NO, said.admission_no, found
        if said.name and said.group:
            yield NAME, said.name, lambda v: sorted(self.names.exactly(without_class(v), said.group))

    def is_other_pupil(self, pupil_id: str, name: str) -> bool:
        """Whether this id is on the roll under a name that has no word of this one, or this is another's whole name."""
        pupil = self.pupils.get(pupil_id)
        if pupil is None:
            return False
        parts = (pupil.forename, pupil.surname, pupil.preferred_forename, pupil.preferred_surname)
        words = {word for part in parts for word in folded(part).split()}
        whole = folded(without_class(name))
        if bool(words and whole) and not words & set(whole.split()):
            return True
        own = self.names.whole.get(whole, set())
        return bool(own) and pupil_id not in own  # the whole name of somebody else: a brother, a sister


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, pupil_id in pairs:
        found[key].append(pupil_id)
    return found


def with_pupils(reading: Reading, known: KnownPupils) -> Reading:
    """The reading with every pupil as the roll has it; rows whose pupil cannot be told are refused.

    Raises UnreadableExport where its rows carry no ids and there is no roll to find them on.
    """
    said = reading.ids()
    references = {text for text in said if is_reference(text)}
    if references and not known.ids:
        message = "names its pupils without an id of their own. Take the roll in first, or in the same run."
        raise UnreadableExport(message, reading.file)
    ids, doubts = _settled(references, known)
    whole, short = _with_zeros(said - references, known, frozenset(ids.values()))
    warnings = [f"{len(whole)} pupil ids had lost their zeros: put back as the roll has them"] if whole else []
    others = _other_pupils(reading, known)
    if not (ids or doubts or whole or short or others):
        return reading
    left = _without(reading, {**doubts, **short}, others)
    return replace(_renamed(left, {**ids, **whole}), warnings=(*reading.warnings, *warnings))


def _settled(references: Iterable[str], known: KnownPupils) -> tuple[dict[str, str], dict[str, Doubt]]:
    """What each reference means, and the doubt where it may mean nobody or several."""
    ids, doubts = {}, {}
    for text in references:
        found, doubt = known.named(text)
        if len(found) == 1:
            ids[text] = found[0]
        else:
            doubts[text] = doubt
    return ids, doubts


def _with_zeros(
    said: frozenset[str] | set[str], known: KnownPupils, others: frozenset[str]
) -> tuple[dict[str, str], dict[str, Doubt]]:
    """Ids whose zeros are put back, when every one fits exactly one pupil; else a doubt for each that fits any."""
    strange = said - known.ids
    if not strange or not known.ids:
        return {}, {}
    fitting = {short: sorted(known.by_digits.get(short.lstrip("0"), [])) for short in strange}
    found = {short: one for short, one in fitting.items() if one}
    taken = (said & known.ids) | others
    whole = [one[0] for one in found.values()]
    is_certain = all(len(one) == 1 for one in fitting.values()) and len(set(whole)) == len(whole)
    if is_certain and not taken & set(whole):
        return {short: one[0] for short, one in found.items()}, {}
    return {}, {
        short: Doubt(column="pupil_id", found=short, expected=ZEROS, pupil_id=one[0] if len(one) == 1 else "")
        for short, one in found.items()
    }


def _other_pupils(reading: Reading, known: KnownPupils) -> dict[int, Doubt]:
    """The rows whose id and name are not of the same pupil: whose mark it is nobody can say."""
    if reading.layout.kind in ("roll", "messages", "calls"):
        return {}
    return {
        row: Doubt(column="pupil_id", found=pupil_id, expected=OTHER_PUPIL, pupil_id=pupil_id)
        for (pupil_id, name), rows in reading.named.items()
        if known.is_other_pupil(pupil_id, name)
        for row in rows
    }


def _renamed(reading: Reading, ids: Mapping[str, str]) -> Reading:
    if not ids:
        return reading
    changed: dict[str, Any] = {
        kind: tuple(
            replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in getattr(reading, kind)
        )
        for kind in KINDS
    }
    refused = tuple(replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in reading.refused)
    for marks in reading.registers.sessions.values():
        for block in marks.plain.values():
            renamed = {ids.get(pupil_id, pupil_id): row for pupil_id, row in block.items()}
            block.clear()
            block.update(renamed)
        marks.rows = [replace(row, pupil_id=PupilId(ids.get(row.pupil_id, row.pupil_id))) for row in marks.rows]
    return replace(reading, refused=refused, **changed)


def _without(reading: Reading, doubts: Mapping[str, Doubt], rows: Mapping[int, Doubt]) -> Reading:
    """The reading without the rows of these ids and these rows, each refused and counted under whom it may fit."""
    refused = tuple(replace(r, pupil_id=_plain(r.pupil_id, doubts)) for r in reading.refused)
    if not doubts and not rows:
        return replace(reading, refused=refused)
    places: dict[int, tuple[Doubt, Session | None]] = {}
    changed: dict[str, Any] = {}
    for kind in KINDS:
        found = {row: doubt for row in getattr(reading, kind) if (doubt := _doubt(row.pupil_id, row.row, doubts, rows))}
        places |= {row.row: (doubt, None) for row, doubt in found.items()}
        changed[kind] = tuple(row for row in getattr(reading, kind) if row not in found)
    for (day, half), marks in reading.registers.sessions.items():
        session = Session(day=day, half=half)
        kept = []
        for row in marks.rows:
            if doubt := _doubt(row.pupil_id, row.row, doubts, rows):
                places[row.row] = doubt, None if row.row in places else session
            else:
                kept.append(row)
        marks.rows = kept
        for block in marks.plain.values():
            for pupil_id, number in list(block.items()):
                if doubt := _doubt(pupil_id, number, doubts, rows):
                    places[number] = doubt, None if number in places else session
                    del block[pupil_id]
    new = [_refused(reading.file, number, doubt, at) for number, (doubt, at) in sorted(places.items())]
    rejected = (*reading.rejected, *(_rejected(reading, row) for row in new))
    return replace(reading, refused=(*refused, *new), rejected=rejected, **changed)


def _plain(pupil_id: str, doubts: Mapping[str, Doubt]) -> PupilId:
    """The id of a row refused before: a reference that no pupil answers to is nobody's."""
    return PupilId("" if is_reference(pupil_id) and pupil_id in doubts else pupil_id)


def _doubt(pupil_id: str, row: int, doubts: Mapping[str, Doubt], rows: Mapping[int, Doubt]) -> Doubt | None:
    return doubts.get(pupil_id) or rows.get(row)


def _rejected(reading: Reading, refused: RefusedRow) -> RejectedRow:
    first = refused.problems[0]
    place = reading.layout.places.get(first.column, (0,))[0]
    cells = reading.cells.get(first.row, (*("",) * place, first.found))
    return RejectedRow(row=first.row, cells=cells, problems=refused.problems)


def _refused(file: str, row: int, doubt: Doubt, session: Session | None) -> RefusedRow:
    problem = Problem(file=file, row=row, column=doubt.column, found=doubt.found, expected=doubt.expected)
    return RefusedRow(
        problems=(problem,), pupil_id=PupilId(doubt.pupil_id), day=session.day if session else None,
        half=session.half if session else None,
    )  # fmt: skip
