"""What is held of the roll, the contact lists and the flags, as known at a moment."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

from firstday_cli.domain.contacts import Contact, ContactList, by_pupil
from firstday_cli.domain.people import Flag, Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import PLACE, Roll, RollRow
from firstday_cli.domain.standing.day_evidence import FlagsHeld
from firstday_cli.domain.standing.days_before import FOLLOWED_FOR
from firstday_cli.store import evidence
from firstday_cli.store.codec import as_record, as_records, in_field_order
from firstday_cli.store.evidence import Taking
from firstday_cli.store.log import pupils_spoken_of
from firstday_cli.store.running import flags_ever_said


@record
class AsKnown:
    """The store as of a moment, for one day; a roll is fresh for so many days."""

    db: sqlite3.Connection
    until: datetime
    day: date
    days_fresh: int

    def takings(self, kind: str) -> list[Taking]:
        """Every occasion on which this kind came in, oldest first."""
        return evidence.takings_of(self.db, kind, self.until)

    def newest(self, kind: str, what: type[Any]) -> list[Any]:
        """The rows of the newest of this kind."""
        newest = evidence.newest(self.takings(kind))
        return [row for t in newest for row in as_records(what, evidence.part(self.db, t.reading, kind))]


def roll(known: AsKnown) -> Roll:
    """The newest roll; beside it whom an earlier one had."""
    takings = known.takings("roll")
    newest = evidence.newest(takings)
    kept = [value for t in newest if (value := evidence.part(known.db, t.reading, "roll"))]
    rows = [row for value in kept for row in in_field_order(Pupil, value)]
    ids = {str(row[PLACE["pupil_id"]]) for row in rows}
    refused = [r.pupil_id for t in newest for r in evidence.refused_in(known.db, t.reading) if r.pupil_id]
    names, here = list(PLACE), ids | set(refused)
    left_out = _left_out(known, newest, here)
    return Roll(
        rows,
        build=lambda row: as_record(Pupil, names, row),
        only_in_refused_rows=refused,
        left_out=dict.fromkeys(left_out, newest[-1].brought.file) if newest else {},
        before={**_followed_before(known, here), **left_out},
        has_flags=any(value.get("has_flags") for value in kept),
    )


def _left_out(known: AsKnown, newest: Sequence[Taking], now: Iterable[str]) -> dict[PupilId, RollRow]:
    """Pupils of the roll before, not known to have left, whom the newest leaves out, as it had them."""
    here, today = set(now), known.day.isoformat()
    found = {}
    for taking in evidence.replaced_by(newest, known.takings("roll"), known.days_fresh):
        for row in _rows_of(known, taking.reading):
            pupil_id, leave = str(row[PLACE["pupil_id"]]), row[PLACE["leave_date"]]
            if pupil_id not in here and not row[PLACE["left"]] and not (leave and str(leave) < today):
                found[PupilId(pupil_id)] = row
    return found


def _rows_of(known: AsKnown, reading: str) -> list[RollRow]:
    return list(in_field_order(Pupil, evidence.part(known.db, reading, "roll")))


def _followed_before(known: AsKnown, now: Iterable[str]) -> dict[PupilId, RollRow]:
    """Pupils on no roll of late whom the log speaks of, as the last roll that had them has them."""
    wanted = set(pupils_spoken_of(known.db, known.day - FOLLOWED_FOR, known.until)) - set(now)
    found: dict[PupilId, RollRow] = {}
    for reading in {t.reading: t for t in reversed(known.takings("roll"))} if wanted else ():
        rows = ((PupilId(str(row[PLACE["pupil_id"]])), row) for row in _rows_of(known, reading))
        found = {**{pupil_id: row for pupil_id, row in rows if pupil_id in wanted}, **found}
        if wanted <= found.keys():
            break
    return found


def followed(known: AsKnown) -> frozenset[PupilId]:
    """The pupils whom a visit, a decision or a referral was about, of late."""
    return pupils_spoken_of(known.db, known.day - FOLLOWED_FOR, known.until, escalated_only=True)


def contact_list(known: AsKnown) -> ContactList:
    """Every pupil's contacts as the newest list has them."""
    return ContactList(lambda: by_pupil(known.newest("contacts", Contact)))


EarlierContacts = tuple[tuple[datetime, datetime, ContactList], ...]


def earlier_contacts(known: AsKnown) -> Iterable[tuple[datetime, datetime, ContactList]]:
    """The contact lists that newer ones took the place of: each from when and until when it was the newest."""
    for taking, later in pairwise(known.takings("contacts")):
        if taking.reading != later.reading:
            yield taking.brought.at, later.brought.at, ContactList(partial(_contacts_in, known.db, taking.reading))


def _contacts_in(db: sqlite3.Connection, reading: str) -> Mapping[PupilId, Sequence[Contact]]:
    return by_pupil(as_records(Contact, evidence.part(db, reading, "contacts")))


def flags(known: AsKnown) -> FlagsHeld:
    """The newest flags, and those of earlier exports."""
    newest: defaultdict[PupilId, tuple[Flag, ...]] = defaultdict(tuple)
    for flag in known.newest("flags", Flag):
        newest[flag.pupil_id] += (flag,)
    ever = flags_ever_said(known.db, known.until)
    return FlagsHeld(newest=newest, earlier=ever, were_taken_in=bool(known.takings("flags")))
