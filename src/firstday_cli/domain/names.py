"""Names as they are compared: folded, in every way a pupil's whole name may be written."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from firstday_cli.domain.people import Pupil, PupilId


def folded(name: str) -> str:
    """A name as it is compared: no accents, case, punctuation or double blanks."""
    if not name.isascii():
        from anyascii import anyascii

        name = anyascii(unicodedata.normalize("NFC", name))
    return " ".join(re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-,./]", " ", name.casefold().replace("'", ""))).split())


def names_of(pupil: Pupil) -> set[str]:
    """Every way the pupil's whole name may be written, folded."""
    forenames = {pupil.forename, pupil.preferred_forename or pupil.forename}
    surnames = {pupil.surname, pupil.preferred_surname or pupil.surname}
    return {folded(name) for f in forenames for s in surnames for name in (f"{f} {s}", f"{s}, {f}")} - {""}


class NameIndex:
    """Finds pupils by exact name; made once for a roll."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self.whole: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.part: defaultdict[str, set[PupilId]] = defaultdict(set)
        self.group: dict[PupilId, str] = {}
        for pupil in pupils:
            self.group[pupil.pupil_id] = folded(pupil.group)
            for name in names_of(pupil):
                self.whole[name].add(pupil.pupil_id)
            for part in (pupil.forename, pupil.preferred_forename):
                if part:
                    self.part[folded(part)].add(pupil.pupil_id)

    def shares_a_word(self, pupil_id: PupilId, name: str) -> bool:
        """Whether a name, if any was given, has a word of this pupil's names."""
        words = {word for whole, ids in self.whole.items() if pupil_id in ids for word in whole.split()}
        return not folded(name) or bool(words & set(folded(name).split()))

    def exactly(self, name: str, group: str) -> frozenset[PupilId]:
        """Pupils of this group with this whole name."""
        return frozenset(p for p in self.whole.get(folded(name), ()) if group and self.group[p] == folded(group))

    def fitting(self, name: str, group: str = "") -> frozenset[PupilId]:
        """Pupils with this whole name, else with this forename; of this group where that leaves anybody."""
        key = folded(name)
        if not key:
            return frozenset()
        found = self.whole.get(key) or self.part.get(key) or set()
        in_group = {p for p in found if group and self.group[p] == folded(group)}
        return frozenset(in_group or found)
