"""Which layout fits this file: exactly one, or an error that says what each near one lacks."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells import day, heading_key, tidy
from firstday_cli.intake.profile import Export, Profile
from firstday_cli.intake.tables import SEPARATORS, Row, Text, first_rows

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
ACROSS = re.compile(
    r"^(?:mark)?[\s:_-]*(?P<when>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri)(?:day)?|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})?"
    r"[\s:_-]*(?P<half>am|pm)(?:[\s:_-]*mark)?$",
    re.IGNORECASE,
)


@record
class MarkColumn:
    """A column of marks: its place, its half of the day, and its day or weekday where the heading says so."""

    place: int
    half: Half
    day: date | None = None
    weekday: int | None = None


@record
class Layout:
    """How one file is laid out: which export it is, where its heading stands, where each meaning is."""

    profile: str
    export: Export
    separator: str
    header: Row
    titles: tuple[Row, ...]
    places: dict[str, tuple[int, ...]]
    mark_columns: tuple[MarkColumn, ...]

    @property
    def has_numbered_contacts(self) -> bool:
        """Whether contacts stand beside the pupils, under headings with a number."""
        keys = {heading_key(cell) for cell in self.header.cells}
        return any(heading_key(h.replace("{n}", "1")) in keys for h in self.export.numbered_contacts.values())

    @property
    def kind(self) -> str:
        """What the file holds first of all."""
        return self.export.holds[0]


def layout_of(text: Text, profiles: Iterable[Profile], *, kind: str = "", profile: str = "") -> Layout:
    """The one layout that fits. Raises UnreadableExport where none does, or two do."""
    wanted = [
        (p.name, export)
        for p in profiles
        if profile in ("", p.name)
        for export in p.exports
        if kind in ("", *export.holds)
    ]
    if not wanted:
        raise UnreadableExport(
            f'no profile "{profile}" holds "{kind}". `firstday ingest --help` lists the kinds.', text.file
        )
    for separator in SEPARATORS:
        rows = first_rows(text, separator)
        for index, row in enumerate(rows):
            fitting = [fit for name, export in wanted if (fit := _fit(name, export, separator, rows[: index + 1]))]
            if fitting:
                chosen = _the_one([fit for fit in fitting if fit.export.wins] or fitting, row, text.file)
                _refuse_repeated(chosen, text.file)
                _refuse_impossible_days(chosen, text.file)
                return chosen
    raise UnreadableExport(_what_is_near(text, wanted), text.file)


def _the_one(fitting: Sequence[Layout], header: Row, file: str) -> Layout:
    if len(fitting) == 1:
        return fitting[0]
    both = " and ".join(sorted({f"{fit.profile} {fit.kind}" for fit in fitting}))
    headings = ", ".join(tidy(cell) for cell in header.cells if tidy(cell))
    mend = "Say which with --as KIND or --profile NAME."
    raise UnreadableExport(
        f"fits two layouts, {both}. Its headings: {headings}. {mend}", f"{file}, row {header.number}"
    )


def _refuse_repeated(layout: Layout, file: str) -> None:
    """Raise UnreadableExport where a heading that is needed stands twice: nobody can say which is meant."""
    keys = [heading_key(cell) for cell in layout.header.cells]
    used = [keys[place] for places in layout.places.values() for place in places]
    used += [keys[column.place] for column in layout.mark_columns]
    twice = sorted({key for key in used if keys.count(key) > 1})
    if twice:
        heading = layout.header.cells[keys.index(twice[0])]
        message = (
            f"has the heading {tidy(heading)} more than once: which one counts? Leave one out and export it again."
        )
        raise UnreadableExport(message, f"{file}, row {layout.header.number}")


def _refuse_impossible_days(layout: Layout, file: str) -> None:
    """Raise UnreadableExport where a column of marks is headed by a day that is none."""
    read = {column.place for column in layout.mark_columns}
    for place, heading in enumerate(layout.header.cells if layout.export.marks_across else ()):
        if place not in read and ACROSS.match(tidy(heading)):
            message = (
                f"has a column of marks headed {tidy(heading)}, which is no day. Mend the heading and export it again."
            )
            raise UnreadableExport(message, f"{file}, row {layout.header.number}")


def _fit(profile: str, export: Export, separator: str, rows: Sequence[Row]) -> Layout | None:
    header = rows[-1]
    keys = [heading_key(cell) for cell in header.cells]
    if any(heading_key(heading) in keys for heading in export.without):
        return None
    places = places_of(export, keys)
    if not all(meaning in places for meaning in export.needs):
        return None
    if not all(any(meaning in places for meaning in choice) for choice in export.needs_one_of):
        return None
    across = tuple(mark_columns(header)) if export.marks_across else ()
    if export.marks_across and not across:
        return None
    return Layout(
        profile=profile, export=export, separator=separator, header=header, titles=tuple(rows[:-1]),
        places=places, mark_columns=across,
    )  # fmt: skip


def places_of(export: Export, keys: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Where each meaning stands: the columns of every heading that carries it, in the profile's order."""
    found = {}
    for meaning, headings in export.columns.items():
        places = tuple(keys.index(key) for key in map(heading_key, headings) if key in keys)
        if places:
            found[meaning] = places
    return found


def mark_columns(header: Row) -> Iterable[MarkColumn]:
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


def _what_is_near(text: Text, wanted: Sequence[tuple[str, Export]]) -> str:
    """What the file has, and what each layout that comes near would still need."""
    best: dict[int, tuple[float, str]] = {}
    header = Row(number=1, cells=())
    for separator in SEPARATORS:
        for row in first_rows(text, separator):
            keys = [heading_key(cell) for cell in row.cells]
            for name, export in wanted:
                lacks = [meaning for meaning in export.needs if meaning not in places_of(export, keys)]
                lacks += [
                    " or ".join(c) for c in export.needs_one_of if not any(m in places_of(export, keys) for m in c)
                ]
                share = 1 - len(lacks) / (len(export.needs) + len(export.needs_one_of))
                label = f"{name} {export.holds[0]}"
                if share > best.get(id(export), (0.0, ""))[0]:
                    columns = (
                        ", ".join("/".join(export.columns.get(m, (m,))) for m in lacks) or "columns of marks (MonAM …)"
                    )
                    best[id(export)] = (share, f"{label} lacks {columns}")
                    header = max(header, row, key=lambda r: len([c for c in r.cells if c.strip()]))
    near = [words for _, words in sorted(best.values(), reverse=True)][:4]
    headings = ", ".join(tidy(cell) for cell in header.cells if tidy(cell)) or "none that is known"
    return f"fits no layout. Headings found: {headings}. {'; '.join(near) or 'Nothing comes near'}."
