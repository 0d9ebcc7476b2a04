"""The national attendance codes, and what each means for calling on the date of the session.

Codes and dates: School Attendance (Pupil Registration) (England) Regulations 2024, in force 19 August 2024, and the
statutory guidance *Working together to improve school attendance*; older codes are kept because histories carry them.
"""

from datetime import date
from enum import StrEnum

from firstday_cli.domain.record import record

REFORM = date(2024, 8, 19)
EVE_OF_REFORM = date(2024, 8, 18)
PANDEMIC = (date(2020, 1, 1), date(2022, 12, 31))


class Treatment(StrEnum):
    """What a mark says about where the child is, this morning."""

    IN_SCHOOL = "in-school"
    OFF_SITE = "off-site"
    ABSENT = "absent"
    NOT_DUE = "not-due"
    CLOSED = "closed"
    NO_MARK = "no-mark"


class CountsAs(StrEnum):
    """The statistical class of a mark: what it does to possible and attended sessions, never whom to ring."""

    PRESENT = "present"
    APPROVED = "approved educational activity"
    AUTHORISED = "authorised absence"
    UNAUTHORISED = "unauthorised absence"
    NOT_POSSIBLE = "not a possible attendance"
    NOT_COLLECTED = "not collected"


@record
class Code:
    """One attendance code, in force from `since` to `until`, both included."""

    code: str
    meaning: str
    treatment: Treatment
    counts_as: CountsAs
    since: date | None = None
    until: date | None = None

    def is_in_force(self, day: date) -> bool:
        """Whether the code may be used for a session on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _codes(treatment: Treatment, counts_as: CountsAs, *rows: tuple[str, str, date | None, date | None]) -> list[Code]:
    return [
        Code(code=code, meaning=meaning, treatment=treatment, counts_as=counts_as, since=since, until=until)
        for code, meaning, since, until in rows
    ]


T, C = Treatment, CountsAs

CODES: tuple[Code, ...] = (
    *_codes(
        T.IN_SCHOOL,
        C.PRESENT,
        ("/", "present, morning", None, None),
        ("\\", "present, afternoon", None, None),
        ("L", "late, before the register closed", None, None),
    ),
    *_codes(T.IN_SCHOOL, C.UNAUTHORISED, ("U", "arrived after the register closed", None, None)),
    *_codes(
        T.OFF_SITE,
        C.APPROVED,
        ("K", "education arranged by the local authority", REFORM, None),
        ("V", "educational visit or trip", None, None),
        ("P", "supervised sporting activity", None, None),
        ("W", "work experience", None, None),
        ("B", "other approved off-site educational activity", None, None),
        ("J", "interview", None, EVE_OF_REFORM),
    ),
    *_codes(T.OFF_SITE, C.NOT_POSSIBLE, ("D", "at another school where also registered", None, None)),
    *_codes(
        T.ABSENT,
        C.AUTHORISED,
        ("C", "leave of absence, exceptional circumstance", None, None),
        ("C1", "leave for a regulated performance or employment abroad", REFORM, None),
        ("C2", "leave: temporary part-time timetable", REFORM, None),
        ("M", "medical or dental appointment", None, None),
        ("J1", "interview for employment or another institution", REFORM, None),
        ("S", "study leave for public examinations", None, None),
        ("T", "mobile child, parent travelling for occupation", None, None),
        ("R", "day set apart for religious observance", None, None),
        ("I", "illness, not an appointment", None, None),
        ("E", "suspended or permanently excluded, no provision made", None, None),
        ("H", "holiday authorised by the school", None, EVE_OF_REFORM),
        ("F", "extended authorised family holiday", None, date(2013, 8, 31)),
        ("I01", "illness, confirmed case (pandemic)", *PANDEMIC),
        ("I02", "illness (pandemic)", *PANDEMIC),
    ),
    *_codes(
        T.ABSENT,
        C.UNAUTHORISED,
        ("G", "holiday not granted", None, None),
        ("N", "circumstances not yet established", None, None),
        ("O", "no other code applies", None, None),
    ),
    *_codes(
        T.ABSENT,
        C.NOT_POSSIBLE,
        ("Q", "local authority has not made travel arrangements", REFORM, None),
        ("Y1", "transport normally provided not available", REFORM, None),
        ("Y2", "widespread travel disruption", REFORM, None),
        ("Y5", "in criminal-justice detention", REFORM, None),
        ("Y6", "kept away under public-health guidance or law", REFORM, None),
        ("Y7", "any other unavoidable cause", REFORM, None),
        ("Y", "unable to attend, exceptional circumstances", None, EVE_OF_REFORM),
    ),
    *_codes(
        T.CLOSED,
        C.NOT_POSSIBLE,
        ("Y3", "part of the premises out of use", REFORM, None),
        ("Y4", "whole site unexpectedly closed", REFORM, None),
    ),
    *_codes(T.CLOSED, C.NOT_COLLECTED, ("#", "planned whole-school closure", None, None)),
    *_codes(
        T.NOT_DUE,
        C.NOT_POSSIBLE,
        ("X", "not of compulsory age, not timetabled for this session", None, None),
        *((f"X0{n}", "not attending (pandemic)", *PANDEMIC) for n in range(1, 8)),
    ),
    *_codes(T.NOT_DUE, C.NOT_COLLECTED, ("Z", "not yet on the admission register", None, None)),
    *_codes(T.NO_MARK, C.NOT_COLLECTED, ("-", "no mark: all should attend", None, None)),
)
# The pandemic's digits 7, 8, 9 and 0 meant different things in different schools: unknown then and now.

BY_CODE = {code.code: code for code in CODES}
PRESENT = frozenset(code.code for code in CODES if code.treatment is Treatment.IN_SCHOOL)
OFF_SITE = frozenset(code.code for code in CODES if code.treatment is Treatment.OFF_SITE)
ABSENT = frozenset(code.code for code in CODES if code.treatment is Treatment.ABSENT)
COUNT_NO_DAY = frozenset({"S", "J1"})  # study leave and interviews: nobody waits for these pupils
TIMETABLE = "C2"
OF_A_TAKEN_REGISTER = PRESENT | {"N"}  # what nobody enters beforehand, as leave and visits are
NEVER_EXPLAIN_ALONE = frozenset({"N", "O", "-"}) | OFF_SITE | PRESENT


def tidy(mark: str) -> str:
    """A mark as it is compared: trimmed, in capitals; a letter that only looks like one of ours stays what it is."""
    return mark.strip().upper() if mark.isascii() else mark.strip()


def code_on(mark: str, day: date) -> Code | None:
    """The code that this mark is on this day; None for a blank, unknown or retired one."""
    code = BY_CODE.get(mark)
    return code if code is not None and code.is_in_force(day) else None


def expected_instead(mark: str, day: date) -> str:
    """What to tell a person about a mark that is no code on this day."""
    code = BY_CODE.get(mark)
    if code is None:
        return "an attendance code in force; two-letter codes may need the export's sub-code column"
    if code.until is not None and day > code.until:
        return f"a code in force: {mark} was retired after {code.until.isoformat()}"
    return f"a code in force: {mark} begins on {code.since.isoformat()}" if code.since else "a code in force"
