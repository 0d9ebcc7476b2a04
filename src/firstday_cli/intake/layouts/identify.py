"""Which layout fits this table: exactly one, or an error that says what each near one lacks."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from firstday_cli.errors import UnreadableExport
from firstday_cli.intake.cells.words import heading_key, tidy
from firstday_cli.intake.files.table import Row, Table
from firstday_cli.intake.layouts.layout import ACROSS, Headings, Layout, Sought
from firstday_cli.intake.layouts.profile import ORDINAL, Profile

A_VALUE = re.compile(r"\d{3}|@|\d[/.:-]\d")
RECORD = re.compile(r"^(\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\+?\d{9,14})\b")
A_CALL = re.compile(r"^Call \d+$")
CANONICAL = "firstday"


class FitsNoLayout(UnreadableExport):
    """No layout describes the table."""


Wanted = Sequence[Sought]


def layout_of(table: Table, profiles: Iterable[Profile], *, kind: str = "", profile: str = "") -> Layout:
    """The one layout that fits. Raises UnreadableExport where none does, or two do."""
    wanted = [
        Sought(p, export)
        for p in profiles
        if profile in ("", p.name)
        for export in p.exports
        if kind in ("", *export.holds)
    ]
    if not wanted:
        raise UnreadableExport(
            f'no profile "{profile}" holds "{kind}". `firstday ingest --help` lists the kinds.', table.file
        )
    for separator in table.separators:
        rows = table.head(separator)
        for index in range(len(rows)):
            headings = Headings(rows[: index + 1], separator)
            fitting = [layout for sought in wanted if (layout := sought.fit(headings))]
            if fitting:
                chosen = _the_one(fitting, headings.row, table.file)
                _refuse_repeated(chosen, table.file)
                _refuse_impossible_days(chosen, table.file)
                around = tuple(Row(number=0, cells=(title,)) for title in table.titles)
                return replace(chosen, titles=(*chosen.titles, *around))
    raise FitsNoLayout(_what_is_near(table, wanted), table.file)


def _the_one(fitting: Sequence[Layout], header: Row, file: str) -> Layout:
    """The one that counts: marked as winning, found by its very headings, or one that says all that the others do."""
    fitting = [layout for layout in fitting if layout.export.wins] or fitting
    fitting = [layout for layout in fitting if layout.export.found_by and layout.is_own] or fitting
    fitting = [layout for layout in fitting if layout.export.found_by] or fitting
    fullest = max(fitting, key=lambda layout: (len(layout.places), layout.profile == CANONICAL))
    equals = {layout.profile for layout in fitting if layout.is_own and len(layout.places) == len(fullest.places)}
    if len(equals) < 2 and all(_says_no_other(layout, fullest) for layout in fitting):
        return fullest
    both = " and ".join(sorted({f"{fit.profile} {fit.kind}" for fit in fitting}))
    headings = ", ".join(tidy(cell)[:60] for cell in header.cells[:40] if tidy(cell))
    mend = "Say which with --as KIND or --profile NAME, or teach it once with `firstday inspect FILE --save NAME`."
    raise UnreadableExport(
        f"fits two layouts, {both}. Its headings: {headings}. {mend}", f"{file}, row {header.number}"
    )


def _says_no_other(layout: Layout, fullest: Layout) -> bool:
    """Whether whatever this layout reads, the fullest one reads in the very same way, and more."""
    has = layout.places.keys()
    is_more = layout.places.items() <= fullest.places.items() and set(layout.export.holds) <= set(fullest.export.holds)
    return is_more and _reads(layout, has) == _reads(fullest, has)


def _reads(layout: Layout, has: Collection[str]) -> tuple[object, ...]:
    """What decides how a layout reads these columns."""
    export = layout.export
    return (
        export.holds[0], export.marks, export.comments_only, export.zone, export.channel, export.rest_as_text,
        layout.mark_columns, layout.ways, export.sessions if "session" in has else (),
        export.left_when if "state" in has else (),
    )  # fmt: skip


def _refuse_repeated(layout: Layout, file: str) -> None:
    """Raise UnreadableExport where a heading that is needed stands twice: nobody can say which is meant."""
    keys = [heading_key(cell) for cell in layout.header.cells]
    told = {
        heading_key(which["heading"])
        for headings in layout.export.columns.values()
        for heading in headings
        if (which := ORDINAL.match(heading))
    }
    used = [keys[place] for places in layout.places.values() for place in places]
    used += [keys[column.place] for column in layout.mark_columns]
    twice = sorted({key for key in used if keys.count(key) > 1} - told)
    if twice:
        heading = layout.header.cells[keys.index(twice[0])]
        message = (
            f"has the heading {tidy(heading)} more than once: which one counts? Leave one out and export it again, "
            "or say which with `firstday inspect FILE --save NAME`."
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


def _what_is_near(table: Table, wanted: Wanted) -> str:
    """What the table has, and what each layout that comes near would still need."""
    best: dict[int, tuple[float, str]] = {}
    header = Row(number=1, cells=())
    for separator in table.separators:
        for row in table.head(separator):
            headings = Headings([row], separator)
            for sought in wanted:
                lacks = sought.lacks(headings.known)
                needed = len(sought.choices) + 1
                share = 1 - len(lacks) / needed if len(lacks) < needed - 1 else 0.0
                if share > best.get(id(sought), (0.0, ""))[0]:
                    best[id(sought)] = (share, _lacking(sought, lacks))
                    header = max(header, row, key=lambda r: len([c for c in r.cells if c.strip()]))
    if not best and (without := _without_headings(table)):
        return without
    near = [words for _, words in sorted(best.values(), reverse=True)][:4]
    headings_found = ", ".join(_as_shown(header, wanted)) or "none that is known"
    mend = "`firstday inspect FILE` shows what its columns may mean, and with `--save NAME` teaches them"
    return f"fits no layout. Headings found: {headings_found}. {'; '.join(near) or 'Nothing comes near'}. {mend}."


def _as_shown(header: Row, wanted: Wanted) -> list[str]:
    """The headings for a person to see; where the row may be a record, only those that a layout knows."""
    known = frozenset().union(*(keys for sought in wanted for keys in sought.keys.values()))
    cells = [tidy(cell) for cell in header.cells if tidy(cell)]
    may_be_a_record = any(A_VALUE.search(cell) for cell in cells)
    shown = [cell[:60] for cell in cells if heading_key(cell) in known or not may_be_a_record]
    return [*shown[:40], *(["…"] if len(shown) < len(cells) or len(shown) > 40 else [])]


def _without_headings(table: Table) -> str:
    """What to say of a table that begins with a record; blank where its first row may be one of headings."""
    first = next(
        (row for separator in table.separators for row in table.head(separator)[:1] if len(row.cells) > 1), None
    )
    if first is None or not any(RECORD.match(tidy(cell)) for cell in first.cells):
        return ""
    calls = "looks like 3CX call records and " if any(A_CALL.match(tidy(cell)) for cell in first.cells) else ""
    return (
        f"{calls}has no row of headings: what its columns mean cannot be told. Export it with headings, or write them "
        "above its first row in a copy."
    )


def _lacking(sought: Sought, lacks: Sequence[str]) -> str:
    columns = ", ".join("/".join(sought.export.columns.get(meaning, (meaning,))) for meaning in lacks)
    return f"{sought.profile.name} {sought.export.holds[0]} lacks {columns or 'columns of marks (MonAM …)'}"
