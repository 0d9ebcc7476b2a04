"""Registers that were not in on time: by when each was taken, where the export says so, else by when it first came.

Where no register of the session came by the policy's time, nobody can say which were late: those of the first coming
are given the benefit.
"""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.evidence import Sheet
from firstday_cli.domain.marks import Treatment, code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.session_facts import SessionFacts


@record
class LateRegister:
    """One group's register that was not in by the policy's time: when it came in; None where it is missing still."""

    group: str
    session: Session
    came_in: datetime | None


def late_registers(session: SessionFacts) -> tuple[LateRegister, ...]:
    """The registers of a session that were not in by the policy's time, up to now. Policy: registers_in_by."""
    if session.evidence.now < session.registers_due:
        return ()
    first_of_all = min((t.at for sheet in session.sheets for t in sheet.takings), default=session.registers_due)
    came: dict[PupilId, datetime] = {}
    for sheet in session.sheets:
        for pupil_id, taken, brought in _marked(sheet, session.session):
            at = taken or (session.registers_due if brought == first_of_all else brought)
            came[pupil_id] = min(came.get(pupil_id, at), at)
    found = []
    for group, pupils in sorted(session.expected_by_group.items()):
        first = min((came[pupil_id] for pupil_id in pupils if pupil_id in came), default=None)
        if first is None or first > session.registers_due:
            found.append(LateRegister(group=group, session=session.session, came_in=first))
    return tuple(found)


def _marked(sheet: Sheet, session: Session) -> Iterable[tuple[PupilId, datetime | None, datetime]]:
    """The pupils with a usable mark on a register: when it was taken, if said, and when it first came."""
    first = min(taking.at for taking in sheet.takings)
    for plain in sheet.plain:
        yield from ((PupilId(pupil_id), plain.taken_at, first) for pupil_id in plain.pupils)
    for row in sheet.rows:
        code = code_on(row.mark or "", session.day)
        if code is not None and code.treatment is not Treatment.NO_MARK:
            yield row.pupil_id, row.taken_at, first
