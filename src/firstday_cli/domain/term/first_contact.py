"""How long it took from the moment the list first showed a child to the first contact made."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from firstday_cli.domain.calling.silence import is_left_open
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.sheets.calls_today import RungChild
from firstday_cli.domain.standing.newest import rows_about
from firstday_cli.domain.standing.session_facts import SessionFacts

AN_HOUR = timedelta(hours=1)


@record
class FirstContact:
    """One child on the list of one session: since when, and when the first answer said where the child is."""

    pupil_id: PupilId
    listed: datetime
    made: datetime | None = None

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the list to the answer; none at all for an answer before it, None without an answer."""
        return None if self.made is None else max(0, int((self.made - self.listed).total_seconds() // 60))

    @property
    def is_within_an_hour(self) -> bool:
        """Whether the answer came within an hour."""
        return self.made is not None and self.made - self.listed <= AN_HOUR

    def is_settled(self, now: datetime) -> bool:
        """Whether the hour is over, or the answer there: before that nothing was missed."""
        return self.made is not None or now - self.listed > AN_HOUR


def first_contact(session: SessionFacts, child: RungChild) -> FirstContact | None:
    """The child's first contact; None where no register of the day itself had the child absent with nothing said."""
    listed = min(_listed(session, child.pupil.pupil_id), default=None)
    if listed is None:
        return None
    return FirstContact(pupil_id=child.pupil.pupil_id, listed=listed, made=child.contact_at)


def _listed(session: SessionFacts, pupil_id: PupilId) -> Iterable[datetime]:
    """Every moment of the day at which a register came in that leaves open where the child is."""
    for sheet, row in rows_about(session.sheets, pupil_id):
        if is_left_open(session, row):
            yield from (taking.at for taking in sheet.takings if taking.at.date() == session.session.day)
