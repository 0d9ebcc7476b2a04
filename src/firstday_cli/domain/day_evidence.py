"""All that is held about one day, before anything is concluded from it."""

from collections.abc import Mapping
from datetime import datetime

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.entries import Logged
from firstday_cli.domain.evidence import (
    AbsenceMessage,
    Filed,
    LateArrival,
    PlannedAbsence,
    RefusedRow,
    Sheet,
)
from firstday_cli.domain.people import Flag, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, Half, Session


@record
class FlagsHeld:
    """The newest flags by pupil, those of earlier exports, and whether any were ever taken in."""

    newest: Mapping[PupilId, tuple[Flag, ...]]
    earlier: Mapping[PupilId, tuple[Flag, ...]]
    were_taken_in: bool


@record
class DayEvidence:
    """Everything held about one day as of one moment, and the settings it is judged by."""

    policy: Policy
    calendar: Calendar
    session: Session
    now: datetime
    roll: Roll
    contacts: ContactList
    flags: FlagsHeld
    sheets: Mapping[Half, tuple[Sheet, ...]]
    lates: tuple[Filed[LateArrival], ...] = ()
    messages: tuple[Filed[AbsenceMessage], ...] = ()
    plans: tuple[Filed[PlannedAbsence], ...] = ()
    earlier_plans: tuple[Filed[PlannedAbsence], ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    last_taken_in: Mapping[str, datetime] | None = None
    log: tuple[Logged, ...] = ()
