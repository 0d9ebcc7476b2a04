"""What each column may mean in an export of a kind: by its heading, what its cells look like, and its neighbours."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from firstday_cli.domain.record import record
from firstday_cli.intake.cells.words import heading_key
from firstday_cli.intake.layouts.meanings import OWN, PHONES
from firstday_cli.intake.layouts.profile import ORDINAL
from firstday_cli.intake.proposing.shapes import Column, Shape

S = Shape
LOOKS: dict[str, tuple[Shape, ...]] = {
    "date": (S.DAYS, S.MOMENTS), "dob": (S.DAYS, S.MOMENTS), "start_date": (S.DAYS, S.MOMENTS),
    "leave_date": (S.DAYS, S.MOMENTS), "from_date": (S.DAYS, S.MOMENTS), "to_date": (S.DAYS, S.MOMENTS),
    "since": (S.DAYS, S.MOMENTS), "until": (S.DAYS, S.MOMENTS), "received_date": (S.DAYS,),
    "received_at": (S.MOMENTS, S.TIMES), "mark": (S.MARKS, S.MARK_WORDS), "code": (S.MARKS, S.WORDS, S.NUMBERS),
    "sub_code": (S.MARKS, S.WORDS, S.NUMBERS), "session": (S.SESSIONS, S.WORDS, S.NUMBERS),
    "time_in": (S.TIMES, S.MOMENTS), "time_out": (S.TIMES, S.MOMENTS), "due_back": (S.TIMES,),
    "order": (S.NUMBERS,), "upn": (S.UPNS, S.WORDS), "email": (S.EMAILS,),
    "sender_email": (S.EMAILS, S.WORDS),
    "phone": (S.PHONES, S.WORDS, S.NUMBERS), "phone_mobile": (S.PHONES, S.WORDS, S.NUMBERS),
    "phone_home": (S.PHONES, S.WORDS, S.NUMBERS), "phone_work": (S.PHONES, S.WORDS, S.NUMBERS),
    "sender_phone": (S.PHONES, S.NUMBERS), "name": (S.WORDS,), "pupil_name": (S.WORDS,), "forename": (S.WORDS,),
    "surname": (S.WORDS,), "minutes_late": (S.NUMBERS,), "week": (S.DAYS, S.MOMENTS), "taken_at": (S.MOMENTS, S.TIMES),
    "parental_responsibility": (S.YES_OR_NO, S.WORDS), "lives_with": (S.YES_OR_NO, S.WORDS),
    "do_not_contact": (S.YES_OR_NO,), "pupil_id": (S.NUMBERS, S.WORDS, S.UPNS),
    "group": (S.WORDS, S.NUMBERS, S.SESSIONS), "state": (S.ENROLMENT, S.YES_OR_NO, S.NUMBERS),
    "flag": (S.WORDS,),
}  # fmt: skip
LEAVING = ("isleaver", "leaver", "offroll")
BESIDE = re.compile(
    r"^(?P<before>.*?(?:contact|parent|guardian|carer|priority)\D*)(?P<n>[1-9])(?P<after>.*)$", re.IGNORECASE
)
BESIDE_MEANS = {"": "name"}
CONTACT_BEGINS = ("contact_id", "relationship", "order", "contact_title", "contact_forename", "contact_surname")


@record
class Candidates:
    """The meanings a column may have, the likeliest first, and why."""

    column: Column
    meanings: tuple[str, ...]
    because: str


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / "aliases.toml").read_text(encoding="utf-8"))


@cache
def aliases() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Section → meaning → the headings that usually carry it, as they are compared."""
    sections = {name: dict(section) for name, section in _table().items() if name != "words"}
    sections["lates"]["name"] += sections["who"]["pupil_name"]
    sections["lates"]["forename"] += sections["roll"]["forename"]
    sections["lates"]["surname"] += sections["roll"]["surname"]
    return {
        section: {meaning: tuple(map(heading_key, headings)) for meaning, headings in meanings.items()}
        for section, meanings in sections.items()
    }


def _by_words(kind: str, heading: str) -> list[str]:
    """The meanings of which every word stands in the heading; those told by more words first."""
    words = set(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).casefold().replace("'", "")))
    known = _table()["words"]
    told: dict[str, int] = {}
    for meaning, choices in (*known["who"].items(), *known[kind].items()):
        most = max((len(choice) for choice in choices if words >= set(choice)), default=0)
        named = "name" if kind == "lates" and meaning == "pupil_name" else meaning
        told |= {named: most} if most else {}
    best = max(told.values(), default=0)
    return [meaning for meaning, count in told.items() if count == best]


def key_of(column: Column) -> str:
    """The column's heading as it is compared, without the number that tells it from others alike."""
    which = ORDINAL.match(column.heading)
    return heading_key(which["heading"] if which else column.heading)


def candidates(kind: str, columns: Sequence[Column]) -> list[Candidates]:
    """What each column may mean in an export of this kind."""
    found = [_candidates(kind, column) for column in columns]
    return _settled_by_neighbours(found) if kind == "contacts" else found


def _candidates(kind: str, column: Column) -> Candidates:
    key = key_of(column)
    own = {m: keys.index(key) for m, keys in aliases()[kind].items() if key in keys}
    who = {m: keys.index(key) for m, keys in aliases()["who"].items() if key in keys and not _is_own_word(kind, m, own)}
    named = sorted({**who, **own}, key=lambda meaning: ({**who, **own})[meaning]) or _by_words(kind, column.heading)
    fitting = tuple(m for m in named if _looks_like(column, m, key))
    if fitting:
        return Candidates(column=column, meanings=fitting, because=f"headed “{column.heading}”, holds {column.shape}")
    if named:
        because = f"headed “{column.heading}”, but holds {column.shape}"
        return Candidates(column=column, meanings=(), because=because)
    return Candidates(column=column, meanings=(), because="its heading is not known")


def _looks_like(column: Column, meaning: str, key: str) -> bool:
    """Whether the cells may mean this. Yes and no say who left only under a heading that speaks of leaving."""
    if meaning == "state" and column.shape is not Shape.ENROLMENT and key not in LEAVING:
        return False
    return column.shape in (*LOOKS.get(meaning, tuple(Shape)), Shape.BLANK)


def _is_own_word(kind: str, meaning: str, own: Mapping[str, int]) -> bool:
    """Whether this kind has words of its own for what is said of the pupil: its names are forename, surname, name."""
    if kind == "roll":
        return meaning in ("pupil_forename", "pupil_surname") or (meaning == "pupil_name" and bool(own))
    return kind == "lates" and meaning in ("pupil_name", "pupil_forename", "pupil_surname")


def _settled_by_neighbours(found: list[Candidates]) -> list[Candidates]:
    """In a contact list the columns of the pupil stand first; after an id of the contact they are the contact's."""
    seen, in_contact, settled = set[str](), False, []
    plain = {"id": ("pupil_id", "contact_id"), "forename": ("pupil_forename", "contact_forename"),
             "firstname": ("pupil_forename", "contact_forename"), "surname": ("pupil_surname", "contact_surname"),
             "lastname": ("pupil_surname", "contact_surname")}  # fmt: skip
    for one in found:
        key = key_of(one.column)
        in_contact = in_contact or any(m in CONTACT_BEGINS for m in one.meanings) or (key in plain and key in seen)
        if key in plain:
            meaning = plain[key][1 if in_contact else 0]
            because = f"{one.because}; {'after' if in_contact else 'before'} what is said of the contact"
            settled.append(Candidates(column=one.column, meanings=(meaning,), because=because))
        else:
            settled.append(one)
        seen.add(key)
    return settled


def numbered_contacts(columns: Sequence[Column]) -> dict[str, str]:
    """Meaning → heading with {n}, where contacts stand beside their pupil: Contact 1 Name, Parent 1 Mobile."""
    found: dict[str, str] = {}
    for column in columns:
        said = BESIDE.match(column.heading)
        if not said or said["n"] != "1":
            continue
        rest = heading_key(said["after"])
        known = aliases()["contacts"]
        meaning = BESIDE_MEANS.get(rest) or next((m for m, keys in known.items() if rest in keys), "")
        if meaning in ("name", "relationship", "email", "parental_responsibility", *PHONES):
            found.setdefault(meaning, f"{said['before']}{{n}}{said['after']}")
    return found if "name" in found and found.keys() & set(PHONES) else {}


def known_meanings(kind: str) -> frozenset[str]:
    """Every meaning that this kind may have."""
    return frozenset((*OWN[kind], *aliases()["who"]))
