"""Calls typed into a spreadsheet: which calls say the same, and until when a row that was refused is named."""

from dataclasses import replace
from datetime import date, datetime

from firstday_cli.domain.evidence import CallTyped, Import, RefusedRow
from firstday_cli.domain.log.entries import CallMade
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import in_london

CallKey = tuple[PupilId, int, datetime]


@record
class CallsFile:
    """What one file of typed calls said: whom it had rung about, which contact, when; and its refused rows."""

    brought_by: Import
    calls: frozenset[CallKey] = frozenset()
    refused: tuple[RefusedRow, ...] = ()


def says_the_same(call: CallTyped, entry: CallMade) -> bool:
    """Whether an entry has the words of a typed call, whatever the contact list said of the contact since."""
    words = CallMade(
        pupil_id=call.pupil_id, first_day=call.day, last_day=call.day, outcome=call.outcome, contact=call.contact,
        reason=call.reason, child_with=call.child_with, code=call.code, note=call.note,
    )  # fmt: skip
    return words == replace(entry, contact_id="", contact_name="", relationship="", phone="", phone_key="")


def is_named_on(row: RefusedRow, file: CallsFile, day: date) -> bool:
    """Whether a refused row concerns this day: from its own on, else from when its file came.

    It is no more over by the next day than the absence that it was about.
    """
    came = in_london(file.brought_by.at).date()
    return day >= min(row.day or came, came)


def puts_right(later: CallsFile, file: CallsFile, row: RefusedRow) -> bool:
    """Whether a newer file says better than this refused row.

    It does where it brings a call about the same child, to the same contact or at the same moment, or where it is the
    same sheet again, with every call that the older file had: what it says of the row now is what counts.
    """
    if not later.brought_by.is_newer(file.brought_by):
        return False
    return _is_same_sheet(later, file) or any(_is_instead_of(row, call) for call in later.calls - file.calls)


def _is_same_sheet(later: CallsFile, file: CallsFile) -> bool:
    """A sheet of which nothing was understood is known again by its name alone."""
    if not file.calls:
        return later.brought_by.file == file.brought_by.file
    return file.calls <= later.calls


def _is_instead_of(row: RefusedRow, call: CallKey) -> bool:
    pupil_id, contact, at = call
    return row.pupil_id == pupil_id and (row.contact == contact or row.taken_at == at)
