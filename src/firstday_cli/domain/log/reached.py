"""Entries of the log: whom the school reached, texted, saw and told."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from firstday_cli.domain.log.calls import Outcome
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half


class SeenHow(StrEnum):
    """Where somebody of the school saw the pupil."""

    HOME = "home"
    VIDEO = "video"
    SCHOOL = "school"


@record
class CallMade:
    """One attempt to reach one contact; the number as it was dialled. An answer says where the child is."""

    kind: Literal["call-made"] = "call-made"
    pupil_id: PupilId
    first_day: date
    last_day: date
    outcome: Outcome
    contact: int
    contact_id: str = ""
    contact_name: str = ""
    relationship: str = ""
    phone: str = ""
    phone_key: str = ""
    reason: str = ""
    child_with: str = ""
    code: str = ""
    note: str = ""
    last_episode: datetime | None = None


@record
class TextSent:
    """A text was sent to the pupil's family; it is never contact. Millbrook, texts by 10:00."""

    kind: Literal["text-sent"] = "text-sent"
    pupil_id: PupilId
    day: date
    phone: str = ""


@record
class PupilSeen:
    """Somebody of the school saw the pupil; a face to face only with a parent there too. Millbrook, table."""

    kind: Literal["pupil-seen"] = "pupil-seen"
    pupil_id: PupilId
    day: date
    half: Half
    how: SeenHow
    with_parent: bool


@record
class AgencyInformed:
    """A linked agency was told of the absence, by a person. Millbrook, table."""

    kind: Literal["agency-informed"] = "agency-informed"
    pupil_id: PupilId
    day: date
    agency: str
