"""Layout: how one table is laid out, column by column; and whether an export's layout fits a heading row."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.intake.cells.moments import day
from firstday_cli.intake.cells.ways import ORDINARY
from firstday_cli.intake.cells.words import heading_key, tidy
from firstday_cli.intake.files.table import Row
from firstday_cli.intake.layouts.profile import ORDINAL, SESSION_MEANT, Export, Profile

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
ACROSS = re.compile(
    r"^(?:mark)?[\s:_-]*(?P<when>(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri)(?:day)?|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})?"
    r"[\s:_-]*(?P<half>am|pm)(?:[\s:_-]*mark)?$",
    re.IGNORECASE,
)
PUPIL = ("pupil_name", "pupil_forename", "pupil_surname")
NAMES = {
    **dict.fromkeys(("register", "contacts", "planned", "flags"), PUPIL),
    "lates": ("name", "forename", "surname"),
}
HELD_AGAINST = ("register", "planned", "flags")  # in which a name can only be the pupil's
NAME_HEADINGS = frozenset(
    ("name", "pupil", "pupilname", "student", "studentname", "child", "childname", "fullname", "forename", "firstname",
     "legalforename", "legalfirstname", "surname", "lastname", "legalsurname", "legallastname", "familyname",
     "preferredforename", "preferredsurname", "pupilforename", "pupilsurname", "studentforename", "studentsurname")
)  # fmt: skip


@record
class MarkColumn:
    """A column of marks: its place, its half of the day, and its day or weekday where the heading says so."""

    place: int
    half: Half
    day: date | None = None
    weekday: int | None = None


@record
class Layout:
    """How one table is laid out: which export it is, where its heading stands, where each meaning is.

    `names` are the columns of the pupil's own name, to be held against the id; `ways` are how its days are written.
    """

    profile: str
    export: Export
    separator: str
    header: Row
    titles: tuple[Row, ...]
    places: dict[str, tuple[int, ...]]
    mark_columns: tuple[MarkColumn, ...]
    names: tuple[int, ...] = ()
    is_own: bool = False
    ways: tuple[str, ...] = ORDINARY

    @property
    def has_numbered_contacts(self) -> bool:
        """Whether contacts stand beside the pupils, under headings with a number."""
        keys = {heading_key(cell) for cell in self.header.cells}
        return any(heading_key(h.replace("{n}", "1")) in keys for h in self.export.numbered_contacts.values())

    @property
    def kind(self) -> str:
        """What the table holds first of all."""
        return self.export.holds[0]


class Headings:
    """A row looked at as a heading row: what stands where."""

    def __init__(self, rows: Sequence[Row], separator: str) -> None:
        self.row, self.titles, self.separator = rows[-1], tuple(rows[:-1]), separator
        self.keys = [heading_key(cell) for cell in self.row.cells]
        self.known = frozenset(self.keys)

    def place(self, heading: str) -> int | None:
        """Where this heading stands: the first such column, or the one that "Heading [2]" says."""
        whole = heading_key(heading)
        which = ORDINAL.match(heading) if whole not in self.known else None
        key, nth = (heading_key(which["heading"]), int(which["which"])) if which else (whole, 1)
        found = [place for place, known in enumerate(self.keys) if known == key] if key in self.known else []
        return found[nth - 1] if len(found) >= nth else None

    def has(self, heading: str) -> bool:
        """Whether this heading stands here."""
        return self.place(heading) is not None

    def places_of(self, export: Export) -> dict[str, tuple[int, ...]]:
        """Where each meaning stands: the columns of every heading that carries it, in the profile's order."""
        found = {}
        for meaning, headings in export.columns.items():
            places = tuple(dict.fromkeys(place for place in map(self.place, headings) if place is not None))
            if places:
                found[meaning] = places
        return found

    def is_titled(self, words: Sequence[str]) -> bool:
        """Whether one of these words stands above the headings."""
        above = " ".join(cell for row in self.titles for cell in row.cells).casefold()
        return any(re.search(rf"\b{re.escape(word)}\b", above) for word in words)

    def strange(self, export: Export, places: dict[str, tuple[int, ...]]) -> bool:
        """Whether there is a heading that this export does not know."""
        known = {place for found in places.values() for place in found}
        known |= {place for heading in export.may_have if (place := self.place(heading)) is not None}
        return any(key and place not in known for place, key in enumerate(self.keys))

    def mark_columns(self, export: Export) -> tuple[MarkColumn, ...]:
        """The columns of marks, in the order of the file."""
        named = [_as_said(place, said) for heading, said in export.marks_under.items()
                 if (place := self.place(heading)) is not None]  # fmt: skip
        across = list(across_in(self.row)) if export.marks_across else []
        taken = {column.place for column in named}
        return tuple(sorted((*named, *(c for c in across if c.place not in taken)), key=lambda c: c.place))


NEED_NOBODY = ("messages", "lates", "calls")  # a row of these that names nobody is for a person, or refused


def knows_pupils(places: Iterable[str], kind: str) -> bool:
    """Whether these meanings tell one pupil from another: an id, or a whole name with the class."""
    said = set(places)
    if said & {"pupil_id", "upn", "admission_no"}:
        return True
    whole = "pupil_name" in said or {"pupil_forename", "pupil_surname"} <= said
    return kind != "roll" and whole and "group" in said


class Sought:
    """One export of a profile, ready to be looked for in many rows: which headings would say what it needs."""

    def __init__(self, profile: Profile, export: Export) -> None:
        self.profile, self.export = profile, export
        self.keys = {meaning: _keys(headings) for meaning, headings in export.columns.items()}
        choices = (*((meaning,) for meaning in export.needs), *export.needs_one_of)
        self.choices = [(" or ".join(c), frozenset().union(*(self.keys.get(m, _keys(())) for m in c))) for c in choices]
        self.musts = [_keys((heading,)) for heading in (*export.found_by, *export.in_this_order)]

    def may_be(self, known: frozenset[str]) -> bool:
        """Whether a row with these headings has all that this export cannot be without."""
        return all(keys & known for keys in self.musts) and all(keys & known for _, keys in self.choices)

    def lacks(self, known: frozenset[str]) -> list[str]:
        """The meanings that this export needs and that none of these headings carries."""
        lacking = [words for words, keys in self.choices if not keys & known]
        kind = self.export.holds[0]
        if lacking or kind in NEED_NOBODY or knows_pupils((m for m, k in self.keys.items() if k & known), kind):
            return lacking
        return ["a pupil's id, or the whole name with the class"]

    def fit(self, headings: Headings) -> Layout | None:
        """The layout of a table with these headings, if it is this export."""
        export = self.export
        if not self.may_be(headings.known) or self.lacks(headings.known):
            return None
        if not all(map(headings.has, (*export.found_by, *export.in_this_order))) or not _in_order(headings, export):
            return None
        places, marks = headings.places_of(export), headings.mark_columns(export)
        if not all(meaning in places for meaning in export.needs):
            return None
        if headings.is_titled(export.not_titled) or any(map(headings.has, export.without)):
            return None
        if (export.marks_across or export.marks_under) and not marks:
            return None
        if export.knows_all and headings.strange(export, places):
            return None
        return Layout(
            profile=self.profile.name, export=export, separator=headings.separator, header=headings.row,
            titles=headings.titles, places=places, mark_columns=marks, names=_names(headings, export, places),
            is_own=self.profile.is_own, ways=export.dates or ORDINARY,
        )  # fmt: skip


def _names(headings: Headings, export: Export, places: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """The columns of the pupil's own name: those that carry it, else those headed so that the export does not read."""
    carried = [place for meaning in NAMES.get(export.holds[0], ()) for place in places.get(meaning, ())[:1]]
    if carried or export.holds[0] not in HELD_AGAINST:
        return tuple(carried)
    used = {place for found in places.values() for place in found}
    return tuple(place for place, key in enumerate(headings.keys) if key in NAME_HEADINGS and place not in used)


def _keys(headings: Iterable[str]) -> frozenset[str]:
    """The headings as they are compared, without the number that tells one of several alike."""
    return frozenset(heading_key(which["heading"] if (which := ORDINAL.match(h)) else h) for h in headings)


def _in_order(headings: Headings, export: Export) -> bool:
    places = [headings.place(heading) for heading in export.in_this_order]
    return all(a is not None and b is not None and a < b for a, b in pairwise(places))


def _as_said(place: int, said: str) -> MarkColumn:
    """A column of marks as a profile names it: AM, mon AM, 2026-11-23 AM."""
    found = SESSION_MEANT.match(said)
    when, half = (found["day"] or "", Half(found["half"])) if found else ("", Half.AM)
    if when in WEEKDAYS:
        return MarkColumn(place=place, half=half, weekday=WEEKDAYS.index(when))
    return MarkColumn(place=place, half=half, day=day(when) if when else None)


def across_in(header: Row) -> Iterable[MarkColumn]:
    """The columns whose heading names a session: AM, MonAM, 2026-11-23 AM, 23/11/2026 PM."""
    for place, heading in enumerate(header.cells):
        found = ACROSS.match(tidy(heading))
        if not found:
            continue
        half, when = Half(found["half"].upper()), (found["when"] or "").lower()
        if when[:3] in WEEKDAYS:
            yield MarkColumn(place=place, half=half, weekday=WEEKDAYS.index(when[:3]))
            continue
        try:
            yield MarkColumn(place=place, half=half, day=day(when) if when else None)
        except ValueError:
            continue
