"""All that is held about one day, before anything is concluded from it."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.days.history import Histories, no_histories
from firstday_cli.domain.evidence import (
    AbsenceMessage,
    Filed,
    LateArrival,
    PlannedAbsence,
    RefusedRow,
    Sheet,
)
from firstday_cli.domain.log.entries import Logged, SchoolClosed
from firstday_cli.domain.people import Flag, HeldFlag, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, Half, Session

if TYPE_CHECKING:
    from firstday_cli.domain.messages.post import Post


@record
class FlagsHeld:
    """The newest flags by pupil, those of earlier exports, and whether any were ever taken in."""

    newest: Mapping[PupilId, tuple[Flag, ...]]
    earlier: Mapping[PupilId, tuple[HeldFlag, ...]]
    were_taken_in: bool


@record
class DayEvidence:
    """Everything held about one day as of one moment, and the settings it is judged by.

    `followed` are the pupils whom a visit, a decision or a referral was ever about, of late; `earlier_contacts` the
    contact lists that newer ones took the place of, each with the moments from and until which it was the newest.
    """

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
    closed: tuple[SchoolClosed, ...] = ()
    followed: frozenset[PupilId] = frozenset()
    earlier_contacts: tuple[tuple[datetime, datetime, ContactList], ...] = ()
    histories: Histories = field(default_factory=no_histories)
    of_day: "Callable[[date], DayEvidence | None]" = lambda _: None

    @property
    def post(self) -> "Post":
        """What messages are read with."""
        from firstday_cli.domain.messages.post import Post

        return Post(
            calendar=self.calendar, afternoon=self.policy.afternoon.starts, words=self.policy.messages, roll=self.roll,
            contacts=self.contacts, now=self.now, school=self.policy.school.name,
        )  # fmt: skip

    def is_shut(self, session: Session) -> bool:
        """Whether there was no school: by the calendar, or by a closure that was said."""
        return self.was_closed(session) or bool(self.calendar.why_shut(session))

    def was_closed(self, session: Session) -> bool:
        """Whether a closure was said, whatever the calendar has."""
        return any(c.day == session.day and c.half in (None, session.half) for c in self.closed)

    def school_day_before(self) -> date | None:
        """The last day before this one on which the school was open; None where the calendar begins later."""
        before = self.calendar.school_day_before(self.session.day)
        while before is not None and all(self.is_shut(Session(day=before, half=half)) for half in Half):
            before = self.calendar.school_day_before(before)
        return before
