"""Calls typed into a spreadsheet → entries for the log, judged as the command `call` judges what is said to it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from firstday_cli.desk import Desk
from firstday_cli.domain.calling.typed_calls import says_the_same
from firstday_cli.domain.contacts import ContactList, by_pupil
from firstday_cli.domain.evidence import CallTyped, Import, Problem, RefusedRow
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.errors import Mistyped
from firstday_cli.intake.keeping import kinds_kept, name_as_understood
from firstday_cli.intake.reading import Reading, RejectedRow
from firstday_cli.intake.rows.calls import outcome_in
from firstday_cli.morning.contacting import called_by_row
from firstday_cli.morning.files_read import CALLS, FileRead, NewCall
from firstday_cli.morning.said import same_name
from firstday_cli.store import evidence, log

OPTION = re.compile(r"(?<!`)--([a-z][a-z-]*)(?: TEXT| NAME| N\b)?")
SHOWN = ("pupil_id", "contact", "outcome", "at", "code")  # the others hold people's words, names and numbers
TELL = "Tell the safeguarding lead and the police now. Ring the other contacts meanwhile."


@record
class JudgedCalls:
    """A file of calls: what stood up to the lists, what did not, the calls that are new, and what cannot wait."""

    reading: Reading
    new: tuple[NewCall, ...]
    dangers: tuple[str, ...]
    refused_dangers: tuple[str, ...]


class CallsJudge:
    """Judges files one after another by the roll and the contacts that count; rows alike are one call."""

    def __init__(self, desk: Desk, rolls: Sequence[Reading], lists: Sequence[Reading]) -> None:
        self.desk, self.new = desk, list[NewCall]()
        self.ids = _ids(rolls) if rolls else self._held()
        self.contacts = ContactList(lambda: by_pupil(c for r in lists for c in r.contacts))
        if not lists and desk.has_store:
            self.contacts = desk.contact_list()

    def _held(self) -> frozenset[PupilId]:
        return self.desk.roll.ids if self.desk.has_store else frozenset()

    def judged(self, reading: Reading) -> JudgedCalls:
        """The file with every row judged: an entry, an entry that there is already, or a refusal."""
        before, problems = len(self.new), dict[CallTyped, Problem]()
        for call in reading.calls:
            try:
                self._judge(call)
            except Mistyped as error:
                problems[call] = _problem(reading, call, error)
        found, new = _without(reading, problems), tuple(self.new[before:])
        return JudgedCalls(
            reading=found, new=new, dangers=tuple(_dangers(found, new)),
            refused_dangers=tuple(self._refused_dangers(found)),
        )  # fmt: skip

    def _judge(self, call: CallTyped) -> None:
        """Take the call among the new ones, unless it was ever written. Raises Mistyped where it cannot be."""
        by = call.by or self.desk.by
        if self._is_written(call):
            return
        if not by:
            raise Mistyped("who rang: type a name there, or take the file in again with `--by NAME`.", "--by")
        if call.at > self.desk.now:
            raise Mistyped(f"expected a moment up to now ({self.desk.now:%H:%M}).", "--at")
        if call.pupil_id not in self.ids:
            raise Mistyped("expected the id of a pupil on the roll.", "--pupil-id")
        entry = called_by_row(self.desk, call, self.contacts.of(call.pupil_id))
        self.new.append(NewCall(entry=entry, at=call.at, by=by, row=call.row))

    def _is_written(self, call: CallTyped) -> bool:
        """Whether the log ever had this call, taken back or not; a row that names nobody may be anybody's."""
        said = [(new.entry, new.by) for new in self.new if new.at == call.at]
        if self.desk.has_store:
            logged = log.calls_at(self.desk.store, call.pupil_id, call.at)
            said += [(e.what, e.by) for e in logged if isinstance(e.what, CallMade)]
        return any(says_the_same(call, entry) and (not call.by or same_name(call.by, by)) for entry, by in said)

    def _refused_dangers(self, reading: Reading) -> Iterable[str]:
        """A refused row is not in the log, but what it says of a child cannot wait until it is mended."""
        for refused in reading.refused:
            row = refused.problems[0].row
            outcome = outcome_in(reading.layout, reading.cells[row])
            if outcome and FOLLOWS[outcome].is_danger:
                whom = f"{refused.pupil_id}, " if refused.pupil_id in self.ids else ""
                yield f"{reading.file}, row {row}: {whom}{outcome.value}; refused, and not in the log. {TELL}"


def judged_files(desk: Desk, files: Sequence[FileRead]) -> list[FileRead]:
    """The files, calls last and judged by the rolls and the contacts that come with them, each known again."""
    others, calls = [f for f in files if f.kind != CALLS], [f for f in files if f.kind == CALLS]
    judge = CallsJudge(desk, _newest(desk, others, "roll"), _newest(desk, others, "contacts")) if calls else None
    known = [replace(f, is_known=_is_kept(desk, f.name)) for f in others]
    return known + [_as_judged(judge, f) for f in calls if judge]


def _as_judged(judge: CallsJudge, file: FileRead) -> FileRead:
    """A file of calls, named for how it was judged: by another contact list the same bytes may say more."""
    judged = judge.judged(file.reading)
    name = name_as_understood(file.name, judged.reading)
    is_known = _is_kept(judge.desk, name)
    return replace(
        file, name=name, reading=judged.reading, is_known=is_known, calls=judged.new,
        dangers=judged.dangers if is_known else (*judged.dangers, *judged.refused_dangers),
    )  # fmt: skip


def _is_kept(desk: Desk, name: str) -> bool:
    return desk.has_store and evidence.is_kept(desk.store, name)


def _newest(desk: Desk, files: Sequence[FileRead], kind: str) -> list[Reading]:
    """The readings of a kind that will count once these files are taken in."""
    brings = {f.name: f for f in files if any(kept.kind == kind for kept in kinds_kept(f.reading))}
    takings = [evidence.Taking(reading=name, brought=_import(desk, f)) for name, f in brings.items()]
    return [brings[taking.reading].reading for taking in evidence.newest(takings)]


def _import(desk: Desk, file: FileRead) -> Import:
    return Import(file=file.path.name, batch=0, at=desk.now, changed=file.seen[1] / 1e9)


def _ids(rolls: Iterable[Reading]) -> frozenset[PupilId]:
    """Everybody on these rolls, those too whom only a refused row names."""
    understood = {pupil.pupil_id for roll in rolls for pupil in roll.pupils}
    refused = {row.pupil_id for roll in rolls for row in roll.refused if row.pupil_id}
    return frozenset(understood | refused)


def write_calls(desk: Desk, calls: Iterable[NewCall]) -> None:
    """Write these calls in the log, inside a transaction already begun, each by whoever rang."""
    for call in calls:
        log.append_entry(desk.store, call.entry, at=call.at, recorded=desk.now, by=call.by)


def _problem(reading: Reading, call: CallTyped, error: Mistyped) -> Problem:
    """What a command would say of it, as a problem of the row: an option is the column of the same name."""
    column = error.where.removeprefix("--").replace("-", "_")
    said = OPTION.sub(lambda option: option[1].replace("-", "_"), error.message)
    places = reading.layout.places.get(column, ()) if column in SHOWN else ()
    cells = reading.cells[call.row]
    found = next((cells[place].strip() for place in places if place < len(cells) and cells[place].strip()), "")
    expected = said.partition("expected ")[2] or said
    return Problem(file=reading.file, row=call.row, column=column, found=found, expected=expected.rstrip("."))


def _without(reading: Reading, problems: dict[CallTyped, Problem]) -> Reading:
    """The reading without the rows of these calls, each refused and counted."""
    refused = [
        RefusedRow(problems=(p,), pupil_id=c.pupil_id, day=c.day, taken_at=c.at, contact=c.contact)
        for c, p in problems.items()
    ]
    rejected = [RejectedRow(row=p.row, cells=reading.cells[p.row], problems=(p,)) for p in problems.values()]
    return replace(
        reading, calls=tuple(call for call in reading.calls if call not in problems),
        refused=tuple(sorted((*reading.refused, *refused), key=lambda r: r.problems[0].row)),
        rejected=tuple(sorted((*reading.rejected, *rejected), key=lambda r: r.row)),
    )  # fmt: skip


def _dangers(reading: Reading, new: Iterable[NewCall]) -> Iterable[str]:
    for call in new:
        outcome = call.entry.outcome
        if FOLLOWS[outcome].is_danger:
            yield f"{reading.file}, row {call.row}: {call.entry.pupil_id}, {outcome.value}. {TELL}"
