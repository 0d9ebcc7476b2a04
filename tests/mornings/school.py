"""A morning written down as a school's folder, and the commands that live through it."""

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from .morning import EXTRA, Batch, Entry, Export, Morning, Policy, Row

COLUMNS = {
    "roll": ("pupil_id", "upn", "forename", "surname", "preferred_forename", "preferred_surname", "year", "group",
             "dob", "start_date", "leave_date", "flags", "household_id", "address", "notes"),
    "contacts": ("pupil_id", "contact_id", "order", "name", "relationship", "phone", "phone_type", "email",
                 "parental_responsibility", "lives_with", "do_not_contact", "language", "notes"),
    "register": ("pupil_id", "date", "session", "mark", "comment", "minutes_late", "group", "taken_at"),
    "lates": ("pupil_id", "date", "time_in", "time_out", "reason"),
    "messages": ("message_id", "received_at", "channel", "sender_name", "sender_phone", "sender_email", "pupil_id",
                 "pupil_name", "group", "text", "from_date", "to_date"),
    "planned": ("pupil_id", "from_date", "to_date", "session", "code", "reason", "due_back", "approved_by"),
    "flags": ("pupil_id", "flag", "since", "until", "professional_name", "agency", "professional_phone"),
}  # fmt: skip
BY = ("--by", "A. Officer")


@dataclass(frozen=True)
class Look:
    """How files are laid out; with a seed, rows and columns are shuffled, headings vary and row ends are ragged."""

    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    seed: int | None = None


def write_school(morning: Morning, folder: Path, look: Look | None = None) -> Iterator[list[str]]:
    """Write the folder's files, each batch when its turn comes, and yield the commands to run in between.

    A command is to be run, on this school, before the next one is asked for.
    """
    (folder / "inbox").mkdir(parents=True)
    (folder / "policy.toml").write_text(_policy(morning.policy), encoding="utf-8")
    (folder / "calendar.toml").write_text(_calendar(morning), encoding="utf-8")
    yield from _commands(morning, folder / "inbox", look or Look())
    asked = ["--session", morning.session, "--day", morning.day.isoformat()]
    yield ["reconcile", "--format", "json", *asked, *_now(morning.now)]


def _commands(morning: Morning, inbox: Path, look: Look) -> Iterator[list[str]]:
    happenings: list[tuple[datetime, Batch | Entry]] = [(batch.at, batch) for batch in morning.batches]
    happenings += [(entry.recorded, entry) for entry in morning.entries]
    for at, happening in sorted(happenings, key=lambda pair: pair[0]):
        if isinstance(happening, Batch):
            _write_batch(happening, inbox, look)
            yield ["ingest", *_now(at)]
        else:
            yield [*_words(happening), *BY, *_now(at)]


def _words(entry: Entry) -> list[str]:
    at = ["--at", entry.at.isoformat()] if entry.at else []
    match entry.what:
        case "match":
            return ["match", entry.message, *entry.pupils]
        case "none":
            return ["match", entry.message, "--none"]
        case "explain":
            until = ["--until", entry.until.isoformat()] if entry.until else []
            told = ["--told-by", "mother", "--reason", "a high temperature", "--child-with", "mother at home"]
            return ["explain", *entry.pupils, *told, *until]
        case "close":
            day = entry.happened.date().isoformat()
            return ["close", "--day", day, "--session", entry.session, "--why", "the boiler has failed"]
        case "withdraw":
            return ["withdraw", "last", "--why", "written down for the wrong child"]
        case _:
            return ["check", *entry.pupils, f"--{entry.what}", *at]


def _now(at: datetime) -> list[str]:
    return ["--now", at.isoformat(timespec="seconds")]


def _write_batch(batch: Batch, inbox: Path, look: Look) -> None:
    """Write a batch's files, changed some minutes before it is taken in, and as far apart as it says."""
    for export in batch.exports:
        path = inbox / export.name
        path.write_bytes(_text(export, look).encode(look.encoding))
        changed = batch.at.timestamp() - 600 + export.changed
        os.utime(path, (changed, changed))


def _text(export: Export, look: Look) -> str:
    columns, rows = list(COLUMNS[export.kind]), list(export.rows)
    headings, ends = list(columns), [0] * len(rows)
    if look.seed is not None:
        dice = Random(f"{look.seed} {export.kind} {len(rows)}")  # noqa: S311
        dice.shuffle(columns)
        dice.shuffle(rows)
        headings = [dice.choice((str, str.upper, _as_title))(column) for column in columns]
        ends = dice.choices((0, 0, 0, -1, 2), k=len(rows))
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=look.separator, lineterminator=look.line_end)
    writer.writerow(headings)
    writer.writerows(_cells(row, columns, end) for row, end in zip(rows, ends, strict=True))
    return written.getvalue()


def _as_title(column: str) -> str:
    return column.replace("_", " ").capitalize()


def _cells(row: Row, columns: list[str], end: int) -> list[str]:
    """The cells of a row; its end may lack blank cells, or have more of them than there are headings."""
    cells = [row.get(column, "") for column in columns]
    if EXTRA in row:
        return [*cells, row[EXTRA]]
    while end < 0 and not cells[-1]:
        cells.pop()
    return cells + [""] * end


def _policy(policy: Policy) -> str:
    """The policy's file: a name, and what differs from what is shipped."""
    usual, lines = Policy(), ["[school]", 'name = "Invented School"']
    if policy.explain_alone != usual.explain_alone or policy.explain_with_comment != usual.explain_with_comment:
        lines += ["[codes]", f"explain_alone = {json.dumps(policy.explain_alone)}"]
        lines += [f"explain_with_comment = {json.dumps(policy.explain_with_comment)}"]
    if policy.only_propose != usual.only_propose:
        lines += ["[messages]", f"only_propose = {json.dumps(policy.only_propose)}"]
    if policy.fresh_days != usual.fresh_days:
        lines += ["[freshness]", *(f"{kind} = {policy.fresh_days}" for kind in ("roll", "contacts", "flags"))]
    return "\n".join([*lines, ""])


def _calendar(morning: Morning) -> str:
    lines: list[str] = []
    for number, (first, last) in enumerate(morning.terms, start=1):
        lines += ["[[terms]]", f'name = "Term {number}"', *_from_to(first, last)]
    for closure in morning.closures:
        sessions = f"sessions = {json.dumps(closure.sessions)}"
        lines += ["[[closures]]", 'why = "closed"', sessions, *_from_to(closure.first, closure.last)]
    return "\n".join([*lines, ""])


def _from_to(first: date, last: date) -> list[str]:
    return [f'first = "{first}"', f'last = "{last}"']
