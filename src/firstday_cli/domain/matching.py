"""Whom a message may be about: people decide, this only proposes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time

from firstday_cli.domain.evidence import AbsenceMessage
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Calendar, in_london


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


OTHER_NAME = "its id and its name are not of the same pupil"


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


@record
class Proposal:
    """The pupils a message may be about, why, and the days it would cover."""

    message_id: str
    candidates: tuple[PupilId, ...]
    because: str
    first_day: date | None
    last_day: date | None
    text: str = ""
    accepted: tuple[PupilId, ...] = ()


def days_covered(message: AbsenceMessage, calendar: Calendar, afternoon: time) -> tuple[date, date, bool] | None:
    """First day, last day, and whether a person must still say so; None where no school day can be proposed.

    Without dates a message covers the day it was received if before the afternoon of a school
    day; later it waits and proposes the next school day.
    """
    received = in_london(message.received_at)
    day = received.date()
    if message.from_date:
        return message.from_date, message.to_date or message.from_date, False
    if message.to_date:
        return min(day, message.to_date), message.to_date, True
    if not calendar.covers(day):
        return None
    if calendar.is_school_day(day) and received.time() < afternoon:
        return day, day, False
    following = calendar.next_school_day(day)
    return (following, following, True) if following else None


def candidates_for(
    message: AbsenceMessage,
    names: Callable[[], NameIndex],
    pupils_with: Callable[[str], frozenset[PupilId]],
    is_on_roll: Callable[[PupilId], bool],
) -> tuple[tuple[PupilId, ...], str]:
    """The pupils the message may be about, sorted, and why each is proposed."""
    named = names().fitting(message.pupil_name, message.group) if message.pupil_name else frozenset()
    has_id = bool(message.pupil_id) and is_on_roll(message.pupil_id)
    if has_id and not named and not names().shares_a_word(message.pupil_id, message.pupil_name):
        return (message.pupil_id,), f"{OTHER_NAME}, and nobody on the roll has that name"
    if has_id and (not named or message.pupil_id in named):
        return (message.pupil_id,), "the pupil's id came with it"
    numbered = pupils_with(message.sender_phone)
    found = (named & numbered) or (named | numbered)
    if has_id:
        return tuple(sorted(found | {message.pupil_id})), OTHER_NAME
    reasons = [why for why, those in (("name", named), ("sender's number", numbered)) if those & found]
    return tuple(sorted(found)), f"fits by {' and '.join(reasons)}" if reasons else "fits no pupil by name or number"


def only_proposes(text: str, words: Sequence[str]) -> str:
    """The first of the policy's words in the text, as whole words; empty where there is none."""
    plain = " ".join(text.replace("’", "'").casefold().split())
    return next((w for w in words if re.search(rf"(?<!\w){re.escape(w.casefold())}(?!\w)", plain)), "")
