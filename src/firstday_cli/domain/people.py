"""The people a morning is about: pupils and what is known of them."""

from datetime import date
from typing import NewType

from firstday_cli.domain.record import record

PupilId = NewType("PupilId", str)


@record
class Pupil:
    """A child on the roll; `left` where the information system itself says so without a date."""

    pupil_id: PupilId
    forename: str = ""
    surname: str = ""
    preferred_forename: str = ""
    preferred_surname: str = ""
    upn: str = ""
    admission_no: str = ""
    dob: date | None = None
    year: str = ""
    group: str = ""
    start_date: date | None = None
    leave_date: date | None = None
    left: bool = False
    flags: tuple[str, ...] = ()
    household_id: str = ""
    address: str = ""
    notes: str = ""
    row: int = 0

    @property
    def name(self) -> str:
        """The name the child is called by."""
        forename = self.preferred_forename or self.forename
        surname = self.preferred_surname or self.surname
        return f"{forename} {surname}".strip() or str(self.pupil_id)


@record
class Flag:
    """A fact about a pupil that a policy may rate on, with the professional to tell where there is one."""

    pupil_id: PupilId
    flag: str
    since: date | None = None
    until: date | None = None
    professional_name: str = ""
    agency: str = ""
    professional_phone: str = ""
    file: str = ""
    row: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether the flag stands on this day: both its dates are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@record
class HeldFlag:
    """The last words on a flag, the day they were said, and the first day it was held here and in force."""

    flag: Flag
    said_on: date
    in_force_from: date | None = None
