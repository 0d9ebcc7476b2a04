"""What an unfamiliar export probably is: its heading row, its kind, the meaning of each column; what is in doubt."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from firstday_cli.domain.record import record
from firstday_cli.intake.cells.words import heading_key, tidy
from firstday_cli.intake.files.table import Row, Table
from firstday_cli.intake.layouts.layout import across_in, knows_pupils
from firstday_cli.intake.layouts.meanings import PHONES
from firstday_cli.intake.proposing.candidates import aliases, candidates, key_of, known_meanings, numbered_contacts
from firstday_cli.intake.proposing.shapes import Column, Shape, column_of

SAMPLE_ROWS = 200
KINDS = ("register", "contacts", "lates", "planned", "messages", "flags", "roll")
ONLY_ONE = frozenset(
    ("pupil_id", "upn", "admission_no", "pupil_name", "pupil_forename", "pupil_surname", "group", "date", "session",
     "mark", "order", "contact_id", "name", "contact_forename", "contact_surname", "time_in", "time_out", "received_at",
     "received_date", "from_date", "to_date", "code", "flag", "state", "do_not_contact", "forename", "surname")
)  # fmt: skip
MARK = "mark:"  # what a column of marks for one session means: mark:AM, mark:2026-11-23:AM
NOTHING = "nothing"
SAID_SO = "you said so"
NUMBERED = re.compile(r"^(.*(?:contact|parent|carer|guardian)) ?[1-9]$", re.IGNORECASE)
NOT_OF_A_ROLL = {
    "register": ("date", "session", "mark", "minutes_late", "taken_at"),
    "lates": ("time_in", "time_out"),
    "messages": ("received_at", "text"),
    "planned": ("code",),
}
OF_A_ROLL_TOO = frozenset(
    map(heading_key, ("notes", "note", "comments", "comment", "start date", "created", "code", "day"))
)


@record
class Meant:
    """A column with what it means (blank: nothing), why, and what else it may mean."""

    column: Column
    meaning: str
    because: str
    others: tuple[str, ...] = ()


@record
class Doubt:
    """What a person must say: the columns that claim one meaning, or the meanings that fit one column."""

    columns: tuple[str, ...]
    meanings: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The doubt in words."""
        headings = " and ".join(f"“{heading}”" for heading in self.columns)
        if len(self.columns) > 1:
            return f"{headings} may all be {self.meanings[0]}: which one counts?"
        return f"{headings} may be {' or '.join(self.meanings)}: which?"


@record
class LayoutProposal:
    """What a table probably holds; `kind` is blank where it cannot be told, and `lacks` says what it would need."""

    kind: str
    separator: str
    header: Row
    columns: tuple[Meant, ...]
    doubts: tuple[Doubt, ...] = ()
    lacks: tuple[str, ...] = ()
    has_numbered_contacts: bool = False

    @property
    def meanings(self) -> frozenset[str]:
        """Every meaning that a column has."""
        return frozenset(meant.meaning for meant in self.columns if meant.meaning)


def proposed_layout(table: Table, told: Mapping[str, str]) -> LayoutProposal:
    """The likeliest reading of a table, with what a person said of some columns put first."""
    separator, header = _heading_row(table)
    columns = columns_of(table, separator, header)
    found = [_as_kind(kind, separator, header, columns, told) for kind in KINDS]
    whole = [one for one in found if not one.lacks]
    return whole[0] if whole else min(found, key=lambda one: (len(one.lacks), -len(one.meanings)))


def _heading_row(table: Table) -> tuple[str, Row]:
    """The separator and the row with most headings that are known; the first of several alike."""
    known = {key for section in aliases().values() for keys in section.values() for key in keys}
    best = (0, table.separators[0], Row(number=1, cells=()))
    for separator in table.separators:
        for row in table.head(separator):
            hits = len({heading_key(cell) for cell in row.cells} & known) + len(list(across_in(row)))
            best = (hits, separator, row) if hits > best[0] else best
    return best[1], best[2]


def columns_of(table: Table, separator: str, header: Row) -> list[Column]:
    """Every column with a heading, told apart from others headed alike, with what its first cells look like."""
    rows = [row for row, _ in zip(table.below(separator, header.number), range(SAMPLE_ROWS), strict=False)]
    keys = Counter(heading_key(cell) for cell in header.cells)
    seen: Counter[str] = Counter()
    columns = []
    for place, cell in enumerate(header.cells):
        key, heading = heading_key(cell), " ".join(tidy(cell).split())
        seen[key] += 1
        named = f"{heading} [{seen[key]}]" if keys[key] > 1 and heading else heading
        cells = [tidy(row.cells[place]) for row in rows if place < len(row.cells)]
        columns += [column_of(place, named, cells)] if heading else []
    return columns


def _as_kind(
    kind: str, separator: str, header: Row, columns: Sequence[Column], told: Mapping[str, str]
) -> LayoutProposal:
    """The table looked at as an export of this kind."""
    said = {heading_key(heading): meaning for heading, meaning in told.items()}
    across = {column.place for column in across_in(header)} if kind == "register" else set()
    beside = numbered_contacts(columns) if kind == "roll" else {}
    meant, doubts = [], []
    for one in candidates(kind, columns):
        column = one.column
        if heading_key(column.heading) in said:
            meaning = said[heading_key(column.heading)].partition(":")[0]
            whole = said[heading_key(column.heading)] if meaning == "mark" else meaning
            meant.append(Meant(column=column, meaning="" if meaning == NOTHING else whole, because=SAID_SO))
        elif column.place in across:
            meant.append(Meant(column=column, meaning="marks of a session", because="its heading names the session"))
        elif len(one.meanings) > 1 and (left := _left_over(one.meanings, said)) and len(left) > 1:
            doubts.append(Doubt(columns=(column.heading,), meanings=left))
            meant.append(Meant(column=column, meaning="", because="several meanings fit", others=left))
        else:
            meaning = next(iter(_left_over(one.meanings, said)), "")
            meant.append(Meant(column=column, meaning=meaning, because=one.because))
    meant = _marks_by_shape(kind, meant)
    meant, more = _one_each(meant, said)
    lacks = _lacks(kind, meant)
    return LayoutProposal(
        kind=kind, separator=separator, header=header, columns=tuple(meant), doubts=(*doubts, *more),
        lacks=tuple(lacks), has_numbered_contacts=bool(beside),
    )  # fmt: skip


def _left_over(meanings: tuple[str, ...], said: Mapping[str, str]) -> tuple[str, ...]:
    """The meanings of a column that nobody has given to another one."""
    others = {meaning for meaning in said.values() if meaning in meanings}
    return tuple(meaning for meaning in meanings if meaning not in others) or meanings[:1]


def _marks_by_shape(kind: str, meant: list[Meant]) -> list[Meant]:
    """Where no heading says mark, the one column that holds nothing but attendance codes is the marks."""
    if kind != "register" or any(m.meaning.startswith("mark") for m in meant):
        return meant
    free = [m for m in meant if m.meaning in ("", "group") and m.because != SAID_SO]
    coded = [m for m in free if m.column.shape in (Shape.MARKS, Shape.MARK_WORDS)]
    if len(coded) != 1:
        return meant
    because = f"its heading is not known, but it holds nothing but {coded[0].column.shape}"
    return [Meant(column=m.column, meaning="mark", because=because) if m is coded[0] else m for m in meant]


def _one_each(meant: list[Meant], said: Mapping[str, str]) -> tuple[list[Meant], list[Doubt]]:
    """No meaning twice where only one can count: a person must choose, unless one was said."""
    doubts, settled = [], list(meant)
    for meaning in sorted({m.meaning for m in meant if m.meaning}):
        claiming = [m for m in settled if m.meaning == meaning]
        if len(claiming) < 2 or meaning == "marks of a session":
            continue
        told = [m for m in claiming if heading_key(m.column.heading) in said]
        plain = told or _plainest(claiming)
        if len(plain) == 1 or meaning not in ONLY_ONE | set(PHONES):
            settled = [_unless(m, claiming, plain[0]) for m in settled]
        elif meaning in PHONES:
            settled = _spread(settled, claiming)
        else:
            doubts.append(Doubt(columns=tuple(m.column.heading for m in claiming), meanings=(meaning,)))
    return settled, doubts


def _plainest(claiming: Sequence[Meant]) -> list[Meant]:
    """Those that are not headed by a mere ID, or blank throughout, where another one is there."""
    filled = [m for m in claiming if m.column.shape is not Shape.BLANK] or list(claiming)
    return [m for m in filled if heading_key(m.column.heading) not in ("id", "identifier")] or filled


def _unless(meant: Meant, claiming: Sequence[Meant], kept: Meant) -> Meant:
    if meant not in claiming or meant is kept:
        return meant
    because = f"not read: “{kept.column.heading}” says {kept.meaning} already"
    return Meant(column=meant.column, meaning="", because=because, others=(kept.meaning,))


def _spread(settled: list[Meant], claiming: Sequence[Meant]) -> list[Meant]:
    """Every column of telephone numbers is read: a further one takes the next way to hold a number."""
    free = [p for p in PHONES if p not in {m.meaning for m in settled}]
    others = {id(m): (free[n] if n < len(free) else "") for n, m in enumerate(claiming[1:])}
    return [
        Meant(column=m.column, meaning=others[id(m)], because=m.because, others=(claiming[0].meaning,))
        if id(m) in others
        else m
        for m in settled
    ]


def _lacks(kind: str, meant: Sequence[Meant]) -> list[str]:
    """What an export of this kind needs and these columns do not say."""
    said = {m.meaning for m in meant if m.meaning} | {other for m in meant for other in m.others}
    who = [] if knows_pupils(said, kind) else ["a pupil's id, or the whole name with the class"]
    if kind == "register":
        across = any(m.startswith("mark") and m != "mark" for m in said)
        return [*who, *([] if across or "mark" in said else ["mark"])]
    if kind == "lates":
        who = [] if {"pupil_id", "upn", "admission_no"} & said or {"name", "group"} <= said or (
            {"forename", "surname", "group"} <= said) else ["a pupil's id, or name and group"]  # fmt: skip
    needs = {
        "contacts": (("name", "contact_surname", "contact_forename"), PHONES, ("relationship", "order", "contact_id")),
        "lates": (("date",), ("time_in", "time_out")),
        "planned": (("from_date",), ("code",)),
        "messages": (("received_at", "received_date", "from_date"), ("text", "sender_phone", "sender_email")),
        "flags": (("flag",),),
        "roll": (("forename", "surname", "pupil_name"),),
    }[kind] if kind != "register" else ()  # fmt: skip
    if kind == "lates" and any(m.meaning in ("time_in", "time_out") and m.column.shape is Shape.MOMENTS for m in meant):
        said.add("date")  # a time with its day says both
    missing = [" or ".join(choice) for choice in needs if not said & set(choice)]
    if kind == "roll" and (others := _headings_of_another_kind(meant)):
        missing.append(f"to be without {', '.join(others)}, which a roll does not have")
    if kind == "contacts" and (beside := _side_by_side(meant)):
        missing.append(f"one row for each contact: {', '.join(beside)} stand side by side without the pupil's name")
    return [*([] if kind == "messages" else who), *missing]


def _headings_of_another_kind(meant: Sequence[Meant]) -> list[str]:
    """The headings that say that this is a register, a book of arrivals or a list of messages, and no roll."""
    known = {key for kind, meanings in NOT_OF_A_ROLL.items() for m in meanings for key in aliases()[kind][m]}
    return [m.column.heading for m in meant if not m.meaning and key_of(m.column) in known - OF_A_ROLL_TOO]


def _side_by_side(meant: Sequence[Meant]) -> list[str]:
    """Headings such as Contact 1 and Contact 2: several people in one row."""
    found = [m.column.heading for m in meant if NUMBERED.match(m.column.heading)]
    return found if len({NUMBERED.sub(r"\1", heading) for heading in found}) < len(found) else []


def unknown_meaning(kind: str, meaning: str) -> bool:
    """Whether nobody knows this meaning for such an export."""
    return meaning not in known_meanings(kind) and meaning != NOTHING and not meaning.startswith(MARK)
