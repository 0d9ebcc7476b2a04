"""A school whose families are to be rung: its children, their contact lists, its call sheet read back. All invented."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders import DAY, NOW, POLICY, a_school, lines, reconcile, run

BY = ("--by", "A. Officer")
ROLL = "pupil_id,forename,surname,group,dob,household_id,address,notes"
CONTACTS = "pupil_id,order,name,relationship,phone,do_not_contact,language,notes"
SHEET = ("report", "call-sheet")
ANSWER = ("--outcome", "answered", "--child-with", "mother, at home", "--no-reason")
Contacts = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Child:
    """A child of a school: the mark, the flags, and contacts as name, number and what more the list says of them."""

    pupil: str
    forename: str = "Ivy"
    surname: str = "Brennan"
    mark: str = "N"
    contacts: Contacts = ()
    flags: tuple[str, ...] = ()
    group: str = "4B"
    dob: str = "2016-01-01"
    household: str = ""
    address: str = ""
    comment: str = ""
    notes: str = ""

    @property
    def roll_row(self) -> str:
        """Its row of the roll."""
        cells = (self.forename, self.surname, self.group, self.dob, self.household, self.address, self.notes)
        return ",".join((self.pupil, *(f'"{cell}"' for cell in cells)))

    @property
    def contact_rows(self) -> Iterable[str]:
        """Its rows of the contact list."""
        for order, (name, phone, *more) in enumerate(self.contacts, start=1):
            barred = "yes" if "barred" in more else ""
            words = dict(word.split(": ", 1) for word in more if ": " in word)
            kin, language, notes = (words.get(column, "") for column in ("is", "speaks", "notes"))
            yield f'{self.pupil},{order},"{name}",{kin},{phone},{barred},{language},"{notes}"'


def marks_of(children: Iterable[Child], *, session: str = "AM", day: str = DAY) -> str:
    """The register of these children; one whose mark is empty is left out."""
    rows = [f'{c.pupil},{day},{session},{c.mark},"{c.comment}"' for c in children if c.mark]
    return lines("pupil_id,date,session,mark,comment", *rows)


def rung(folder: Path, children: Sequence[Child], *, policy: str = "", files: Mapping[str, str] | None = None) -> Path:
    """A school of these children, with everything taken in."""
    folder.mkdir(parents=True, exist_ok=True)
    exports = {
        "roll.csv": lines(ROLL, *(child.roll_row for child in children)),
        "contacts.csv": lines(CONTACTS, *(row for child in children for row in child.contact_rows)),
        "flags.csv": lines("pupil_id,flag", *(f"{c.pupil},{flag}" for c in children for flag in c.flags)),
        "register.csv": marks_of(children),
        **(files or {}),
    }
    school = a_school(folder, exports, policy=f"{POLICY}{policy}")
    reconcile(school)
    return school


def sheet(school: Path, *words: str, now: str = NOW, form: str = "text") -> str:
    """The call sheet as it is written, blanks that hold words together as plain blanks."""
    ended = run(school, *SHEET, "--format", form, *words, now=now)
    assert ended.code == 0, ended.err
    return ended.out.replace("\u00a0", " ")


def facts(school: Path, *words: str, now: str = NOW) -> Any:
    """The call sheet as programs read it."""
    return run(school, *SHEET, "--format", "json", *words, now=now).json


def cards(school: Path, *, now: str = NOW) -> list[list[str]]:
    """The pupils of each card, in the order to ring them."""
    return [card["pupil_ids"] for card in facts(school, now=now)["cards"]]


def child_of(found: Any, pupil: str) -> Any:
    """What the sheet says of one child."""
    return next(child for card in found["cards"] for child in card["children"] if child["pupil_id"] == pupil)


def to_type(school: Path, *, now: str = NOW) -> list[dict[str, str]]:
    """The rows of the sheet as a spreadsheet has them, below its title and warnings."""
    rows = list(csv.reader(io.StringIO(sheet(school, now=now, form="csv"), newline="")))
    start = next(n for n, row in enumerate(rows) if row and row[0] == "priority")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row]


def called(school: Path, pupils: str | Sequence[str], contact: int, outcome: str, *more: str, now: str = NOW) -> str:
    """Write one call down, and return what was said about it."""
    whom = [pupils] if isinstance(pupils, str) else pupils
    ended = run(school, "call", *whom, "--contact", str(contact), "--outcome", outcome, *more, *BY, now=now)
    assert ended.code in (0, 11), ended.err
    return ended.err


def mobile(number: int) -> str:
    """A mobile number of nobody's."""
    return f"07700 900{number:03d}"


def card(words: str, pupil: str) -> str:
    """One child's card in the text of a sheet."""
    return next(block for block in words.split("\n\n") if f"({pupil}," in block.split("\n")[0])
