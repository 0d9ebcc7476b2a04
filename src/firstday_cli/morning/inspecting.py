"""Looking at a file before it is taken in: how it would be read, why, and teaching firstday what it cannot tell."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from firstday_cli.desk import Desk
from firstday_cli.domain.evidence import Problem
from firstday_cli.domain.record import record
from firstday_cli.errors import Mistyped, UnreadableExport
from firstday_cli.morning.files_read import held_pupils, reading_of
from firstday_cli.reports.inspected import InspectedColumn, InspectedTable

if TYPE_CHECKING:
    from firstday_cli.intake.files.table import Table
    from firstday_cli.intake.layouts.layout import Layout
    from firstday_cli.intake.layouts.profile import Profile
    from firstday_cli.intake.proposing.proposal import Doubt, LayoutProposal

NAME = re.compile(r"^[a-z0-9][a-z0-9_-]{0,40}$")
TOLD = 20  # problems shown
INBOX = "inbox"
OTHERWISE = "(Is it something else? A roll has pupil_id, forename, surname; a register pupil_id and mark:AM.)"
Ask = Callable[[str, Sequence[str]], str]


@record
class Taught:
    """What a person said of the columns: heading → meaning, and heading → the order in which its days are written."""

    meanings: dict[str, str]
    orders: dict[str, str]


def taught(pairs: Sequence[str]) -> Taught:
    """What `--map COLUMN=MEANING` says. Raises Mistyped for what is no such pair, or a meaning that there is not."""
    from firstday_cli.intake.layouts.meanings import MEANINGS
    from firstday_cli.intake.proposing.profile_text import ORDERS
    from firstday_cli.intake.proposing.proposal import KINDS, MARK, NOTHING, unknown_meaning

    meanings, orders = {}, {}
    for pair in pairs:
        heading, equals, said = (part.strip() for part in pair.rpartition("="))
        if not (heading and equals and said):
            raise Mistyped("expected COLUMN=MEANING, such as --map 'Adm No=pupil_id'.", "--map")
        meaning, _, order = said.partition(":")
        if order in ORDERS:
            said, orders[heading] = meaning, order
        elif order and not (said.startswith(MARK) and _is_session(order)):
            raise Mistyped("expected mark:AM, mark:2026-11-23:PM, or a date with :day-first or :month-first.", "--map")
        if all(unknown_meaning(kind, said) for kind in KINDS):
            known = ", ".join(sorted({NOTHING, *(m for kind in KINDS for m in MEANINGS[kind])}))
            raise Mistyped(f"that meaning is not known: expected one of {known}, or mark:AM.", "--map")
        meanings[heading] = said
    if len(set(orders.values())) > 1:
        raise Mistyped("says two orders of days for one file: expected the same for each of its columns.", "--map")
    return Taught(meanings=meanings, orders=orders)


def _is_session(said: str) -> bool:
    from firstday_cli.intake.layouts.profile import SESSION_MEANT

    return SESSION_MEANT.match(" ".join(said.split(":"))) is not None


class Inspection:
    """One file looked at, table by table."""

    def __init__(self, desk: Desk, path: Path, told: Taught) -> None:
        from firstday_cli.intake.files.opened import read_bytes, tables_of
        from firstday_cli.intake.layouts.profile import profiles_of

        self.desk, self.told, self.path = desk, told, path
        self.tables = tables_of(read_bytes(path), path.name)
        self.profiles = profiles_of(desk.folder)
        self.proposals: dict[str, LayoutProposal] = {}
        self.layouts: dict[str, Layout | None] = {t.file: self._known(t) for t in self.tables}
        self._look()

    def _look(self) -> None:
        from firstday_cli.intake.proposing.proposal import proposed_layout

        unknown = [table for table in self.tables if self.layouts[table.file] is None]
        self.proposals = {table.file: proposed_layout(table, self.told.meanings) for table in unknown}
        self._refuse_strange_columns()

    def _known(self, table: "Table") -> "Layout | None":
        """The layout that fits; None where none does or two do, or somebody is teaching another."""
        from firstday_cli.intake.layouts.identify import layout_of

        try:
            return None if self.told.meanings else layout_of(table, self.profiles)
        except UnreadableExport:
            return None

    def _refuse_strange_columns(self) -> None:
        from firstday_cli.intake.proposing.profile_text import is_same_heading

        headings = [m.column.heading for proposal in self.proposals.values() for m in proposal.columns]
        for heading in self.told.meanings if self.proposals else ():
            if not any(is_same_heading(heading, known) for known in headings):
                shown = ", ".join(headings)
                raise Mistyped(f"the file has no such column; expected one of {shown}.", "--map")

    def settle(self, ask: Ask) -> None:
        """Ask about whatever is in doubt, until nothing is or nobody answers."""
        while doubt := next((d for proposal in self.proposals.values() for d in proposal.doubts), None):
            choices = list(doubt.columns) if len(doubt.columns) > 1 else [*doubt.meanings, "nothing"]
            answer = ask(doubt.sentence, choices)
            if answer not in choices:
                return
            self.told.meanings.update(_as_told(doubt, answer))
            self._look()

    def save(self, name: str, *, dry_run: bool) -> str:
        """Write the guesses as a profile of the school; return where. Raises where anything is still in doubt."""
        from firstday_cli.intake.layouts.profile import described, shipped_profiles

        if not NAME.match(name) or name in {profile.name for profile in shipped_profiles()}:
            raise Mistyped(
                "expected a name of small letters, digits and hyphens that no shipped profile has.", "--save"
            )
        if not self.proposals:
            raise Mistyped(
                f"{self.path.name} is read already; nothing is to be taught. Use --map to say otherwise.", "--save"
            )
        for table, proposal in self.proposals.items():
            self._refuse_doubt(table, proposal)
        target = self.desk.folder / "profiles" / f"{name}.toml"
        for shown in self.shown():
            self._refuse_what_reads_nothing(shown)
        text = self._text(target, name)
        described(name, text)
        if not dry_run:
            from firstday_cli.writers.files import write_whole

            write_whole(target, text)
        self.profiles = (*(p for p in self.profiles if p.name != name), described(name, text))
        self.told = Taught(meanings={}, orders={})
        self.layouts = {t.file: self._known(t) for t in self.tables}
        self._look()
        return f"profiles/{target.name}"

    def _refuse_doubt(self, table: str, proposal: "LayoutProposal") -> None:
        if proposal.lacks:
            raise UnreadableExport(
                f"lacks {'; '.join(proposal.lacks)} to be {proposal.kind}. Say what its columns mean with "
                "--map COLUMN=MEANING, or add the column to the report.", table,
            )  # fmt: skip
        if proposal.doubts:
            said = " ".join(doubt.sentence for doubt in proposal.doubts)
            heading, meaning = proposal.doubts[0].columns[0], proposal.doubts[0].meanings[0]
            raise UnreadableExport(f"{said} Say it with --map, such as --map '{heading}={meaning}'.", table)

    def _refuse_what_reads_nothing(self, shown: InspectedTable) -> None:
        """Raise UnreadableExport where no row would be understood: such a layout is not worth keeping."""
        if shown.file in self.proposals and shown.rows_read == shown.rows_refused:
            why = shown.problems[0].expected if shown.problems else next(iter(shown.warnings), "it has no rows")
            message = f"none of its rows would be understood ({why}). Say otherwise with --map; nothing is saved."
            raise UnreadableExport(message, shown.file)

    def _text(self, target: Path, name: str) -> str:
        """The whole profile as it will stand: what is there already, and one export for each proposal."""
        from firstday_cli.intake.layouts.profile import described
        from firstday_cli.intake.proposing.profile_text import export_text, profile_head

        held = target.read_text(encoding="utf-8-sig") if target.exists() else ""
        found_by = {export.found_by for export in described(name, held).exports} if held else set()
        parts = [export_text(proposal, self.told.orders) for proposal in self.proposals.values()]
        new = described(name, "".join([profile_head(name, self.desk.session.day), *parts])).exports
        if held and any(export.found_by in found_by for export in new):
            message = f"profiles/{target.name} describes a file with these headings already: take it out there first."
            raise Mistyped(message, "--save")
        return "".join([held or profile_head(name, self.desk.session.day), *parts])

    def shown(self) -> tuple[InspectedTable, ...]:
        """Every table as it would be read now."""
        return tuple(self._shown(table) for table in self.tables)

    def _shown(self, table: "Table") -> InspectedTable:
        layout = self.layouts[table.file]
        if layout is not None:
            return self._previewed(_of_layout(table, layout), table, layout)
        proposal = self.proposals[table.file]
        found = _of_proposal(table, proposal)
        if proposal.lacks:
            return found
        profile = self._as_profile(proposal)
        from firstday_cli.intake.layouts.identify import layout_of

        try:
            return self._previewed(found, table, layout_of(table, (profile,)))
        except UnreadableExport:
            return found

    def _as_profile(self, proposal: "LayoutProposal") -> "Profile":
        from firstday_cli.intake.layouts.profile import described
        from firstday_cli.intake.proposing.profile_text import export_text, profile_head

        text = profile_head("proposal", self.desk.session.day) + export_text(proposal, self.told.orders)
        return described("proposal", text)

    def _previewed(self, found: InspectedTable, table: "Table", layout: "Layout") -> InspectedTable:
        """With the sum of its rows, and what would be refused or told of them."""
        from firstday_cli.intake.found import KnownPupils, with_pupils

        try:
            reading = reading_of(self.desk, table, layout, lambda _rows: None)
            if reading.layout.kind != "roll" and (held := held_pupils(self.desk)):
                reading = with_pupils(reading, KnownPupils(held))
        except UnreadableExport as error:
            return replace(found, warnings=(error.message,))
        problems = [p for row in reading.refused for p in row.problems] + list(reading.problems)
        return replace(
            found, rows_read=reading.rows_read, rows_refused=reading.rows_refused, warnings=reading.warnings,
            problems=tuple(_masked(problem) for problem in problems[:TOLD]),
        )  # fmt: skip


def _as_told(doubt: "Doubt", answer: str) -> Mapping[str, str]:
    """What an answer says of the columns in doubt."""
    from firstday_cli.intake.proposing.proposal import NOTHING

    if len(doubt.columns) == 1:
        return {doubt.columns[0]: answer}
    return {column: doubt.meanings[0] if column == answer else NOTHING for column in doubt.columns}


def _masked(problem: Problem) -> Problem:
    from firstday_cli.intake.proposing.shapes import masked

    return replace(problem, found=masked(problem.found))


def _of_layout(table: "Table", layout: "Layout") -> InspectedTable:
    from firstday_cli.intake.proposing.proposal import columns_of

    meanings = {place: meaning for meaning, places in layout.places.items() for place in places}
    meanings |= {column.place: "marks of a session" for column in layout.mark_columns}
    columns = tuple(
        InspectedColumn(
            heading=c.heading, meaning=meanings.get(c.place, ""), samples=c.samples,
            because=f"holds {c.shape}" if c.place in meanings else "the profile does not read it",
        )
        for c in columns_of(table, layout.separator, layout.header)
    )  # fmt: skip
    return InspectedTable(
        file=table.file, read_as=table.read_as, separator=_word(layout.separator), header_row=layout.header.number,
        kind=", ".join(layout.export.holds), profile=layout.profile, columns=columns,
        because="its headings are those of that profile",
    )  # fmt: skip


def _of_proposal(table: "Table", proposal: "LayoutProposal") -> InspectedTable:
    columns = tuple(
        InspectedColumn(
            heading=m.column.heading, meaning=m.meaning, because=m.because, others=m.others, samples=m.column.samples
        )
        for m in proposal.columns
    )
    return InspectedTable(
        file=table.file, read_as=table.read_as, separator=_word(proposal.separator), header_row=proposal.header.number,
        kind=proposal.kind, profile="", columns=columns, doubts=tuple(d.sentence for d in proposal.doubts),
        lacks=proposal.lacks, because="no profile fits, and its headings and cells look like it",
    )  # fmt: skip


def _word(separator: str) -> str:
    from firstday_cli.intake.files.separated_text import SEPARATORS

    return SEPARATORS.get(separator, "")


def mend_of(tables: Sequence[InspectedTable], path: Path, saved: str, school: str, told: Mapping[str, str]) -> str:
    """What to type next, as it can be typed, with the school and the meanings that were said."""
    at = f" --school {_typed(school)}" if school else ""
    if saved:
        is_in_the_inbox = path.resolve().parent.name == INBOX
        return f"Next: firstday {'reconcile' if is_in_the_inbox else f'ingest {_typed(str(path))}'}{at}"
    if all(table.profile for table in tables):
        return ""
    said = "".join(f" --map {_typed(f'{heading}={meaning}')}" for heading, meaning in told.items())
    maps = ' --map "COLUMN=MEANING"' if any(table.doubts or table.lacks for table in tables) else ""
    other = f" {OTHERWISE}" if any(table.lacks for table in tables) else ""
    return f"Next: firstday inspect {_typed(str(path))}{at} --save NAME{said}{maps}{other}"


def _typed(text: str) -> str:
    """A word as any command window takes it."""
    return f'"{text}"' if " " in text else text
