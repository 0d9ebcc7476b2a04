"""Everything held about a stretch of days, before it is summed."""

from collections.abc import Mapping
from datetime import date, datetime

from firstday_cli.domain.calling.contact_lists import ContactPicture
from firstday_cli.domain.log.entries import Logged
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.term.day_of_term import DayOfTerm


@record
class TermHeld:
    """The school days from one day to another, the log of these days, and the ratings that count.

    With `names_pupils`, lines of few pupils stand alone and rows are of pupils.
    """

    school: str
    first: date
    last: date
    as_of: datetime
    rated_on: date
    days: tuple[DayOfTerm, ...]
    log: tuple[Logged, ...]
    roll: Roll
    ratings: Mapping[PupilId, RagRating]
    lists: ContactPicture
    names_pupils: bool = False
