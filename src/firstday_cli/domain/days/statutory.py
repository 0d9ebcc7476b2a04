"""What the law and the guidance ask a school to look at, counted from marks: alerts for a person, never actions.

Regulations of 2024 (SI 2024/208), *Working together to improve school attendance*, and the penalty-notice guidance.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.marks import BY_CODE, PRESENT, Treatment
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, in_words, is_of_compulsory_age

UNAUTHORISED = frozenset({"G", "N", "O", "U"})
NEVER_CAME = frozenset({"G", "N", "O"})
NOT_YET_KNOWN, ILLNESS, LEAVE = "N", "I", "C"
N_DAYS, RETURN_DAYS, ILLNESS_DAYS, GROUND_I_DAYS, GROUND_H_DAYS = 5, 10, 15, 20, 10
NOTICE_SESSIONS, NOTICE_WEEKS = 10, 10
SESSIONS_A_DAY = 2
NOT_OPEN = (Treatment.CLOSED, Treatment.NOT_DUE)


@record
class MarkedDay:
    """One school day of one pupil: the marks of the sessions that were held, empty where none is known."""

    day: date
    marks: tuple[str, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The usable marks of the day, of sessions that were open to the pupil."""
        return tuple(m for m in self.marks if m in BY_CODE and BY_CODE[m].treatment not in NOT_OPEN)

    def is_all(self, codes: frozenset[str]) -> bool:
        """Whether every known mark is one of these; a day without one is not."""
        return bool(self.known) and all(mark in codes for mark in self.known)


@record
class StatutoryAlert:
    """Something a person must look at: what, the sessions or days counted, since when, who acts, by which page."""

    pupil_id: PupilId
    alert: str
    because: str
    counted: int
    since: date
    who: str
    source: str


Count = Callable[[Pupil, Sequence[MarkedDay]], tuple[int, date, str] | None]


@record
class Trigger:
    """One row of the table: the test in words, who acts, the source, and the count with its first day."""

    alert: str
    test: str
    who: str
    source: str
    counted: Count


def _run(days: Sequence[MarkedDay], codes: frozenset[str]) -> list[MarkedDay]:
    """The unbroken run of such days up to now; a day of which nothing is known neither breaks nor lengthens it."""
    run: list[MarkedDay] = []
    for day in reversed(days):
        if not day.known:
            continue
        if not day.is_all(codes):
            break
        run.append(day)
    return run[::-1]


def _run_of(codes: frozenset[str], least: int, words: str) -> Count:
    def counted(_: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
        run = _run(days, codes)
        if len(run) < least:
            return None
        return len(run), run[0].day, f"{len(run)} school days in a row {words}, since {in_words(run[0].day)}"

    return counted


def _return(pupil: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
    """Of compulsory school age alone; a pupil whose date of birth is not known is not left out."""
    if pupil.dob and days and not is_of_compulsory_age(pupil.dob, days[-1].day):
        return None
    return _run_of(UNAUTHORISED, RETURN_DAYS, "marked G, N, O or U")(pupil, days)


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"


def _n_expired(_: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
    old = [d for place, d in enumerate(days) if len(days) - 1 - place > N_DAYS and NOT_YET_KNOWN in d.marks]
    sessions = sum(day.marks.count(NOT_YET_KNOWN) for day in old)
    if not old:
        return None
    return (
        sessions,
        old[0].day,
        f"{_sessions(sessions)} marked N more than {N_DAYS} school days ago, the first on {in_words(old[0].day)}",
    )


def _illness(_: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
    this_year = [d for d in days if ILLNESS in d.marks and school_year(d.day) == school_year(days[-1].day)]
    sessions = sum(day.marks.count(ILLNESS) for day in this_year)
    if sessions < ILLNESS_DAYS * SESSIONS_A_DAY:
        return None
    return (
        sessions,
        this_year[0].day,
        f"{sessions} sessions marked I this school year, {sessions / SESSIONS_A_DAY:g} days",
    )


def _notice(_: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
    weeks = [list(week) for _, week in groupby(days, key=lambda d: d.day - timedelta(days=d.day.weekday()))]
    lately = [day for week in weeks[-NOTICE_WEEKS:] for day in week]
    sessions = sum(1 for day in lately for mark in day.marks if mark in UNAUTHORISED)
    if sessions < NOTICE_SESSIONS:
        return None
    first = next(day.day for day in lately if any(mark in UNAUTHORISED for mark in day.marks))
    return (
        sessions,
        first,
        f"{sessions} sessions marked G, N, O or U in {NOTICE_WEEKS} school weeks, since {in_words(first)}",
    )


def _ground_h(_: Pupil, days: Sequence[MarkedDay]) -> tuple[int, date, str] | None:
    """Not back within ten school days after the last day of a granted leave."""
    leave = max((place for place, day in enumerate(days) if LEAVE in day.marks), default=None)
    if leave is None:
        return None
    after = [day for day in days[leave + 1 :] if day.known]
    if len(after) < GROUND_H_DAYS or any(mark in PRESENT for day in after for mark in day.marks):
        return None
    return (
        len(after),
        days[leave].day,
        f"not back {len(after)} school days after leave that ended on {in_words(days[leave].day)}",
    )


SCHOOL, LOCAL, HEAD = (
    "school: amend to O or the true code",
    "school: return to the local authority",
    "headteacher, after joint enquiries with the local authority; never the tool",
)
REGULATIONS = "Regulations of 2024"
TRIGGERS: tuple[Trigger, ...] = (
    Trigger(
        alert="n-past-five-days", test="a session still marked N more than 5 school days after it",
        who=SCHOOL, source=f"{REGULATIONS}, 10(7) to (9)", counted=_n_expired,
    ),
    Trigger(
        alert="attendance-return",
        test="10 school days in a row, every session G, N, O or U, of compulsory age; one return an episode",
        who=LOCAL, source=f"{REGULATIONS}, attendance return", counted=_return,
    ),
    Trigger(
        alert="sickness-return", test="15 days of illness (30 sessions marked I) in a school year, in a row or not",
        who=LOCAL, source=f"{REGULATIONS}, sickness return", counted=_illness,
    ),
    Trigger(
        alert="penalty-notice-threshold",
        test="10 sessions marked G, N, O or U in 10 school weeks in a row, across terms and years",
        who="school: consider; the local authority issues, at most 2 a parent for a child in 3 years",
        source="National framework for penalty notices, 2024", counted=_notice,
    ),
    Trigger(
        alert="missing-ten-days", test="10 school days in a row, every session N or O",
        who="school: refer to the local authority as its procedure says",
        source="Working together to improve school attendance, 2026",
        counted=_run_of(frozenset({"N", "O"}), RETURN_DAYS, "marked N or O"),
    ),
    Trigger(
        alert="ground-i", test="20 school days in a row, every session G, N or O",
        who=HEAD, source=f"{REGULATIONS}, deletion, ground I",
        counted=_run_of(NEVER_CAME, GROUND_I_DAYS, "marked G, N or O"),
    ),
    Trigger(
        alert="ground-h", test="10 school days after a granted leave (C) and not back",
        who=HEAD, source=f"{REGULATIONS}, deletion, ground H", counted=_ground_h,
    ),
)  # fmt: skip


def statutory_alerts(pupil: Pupil, days: Sequence[MarkedDay]) -> Iterable[StatutoryAlert]:
    """Every trigger that this pupil's marks have reached, in the order of the table."""
    for trigger in TRIGGERS:
        found = trigger.counted(pupil, days)
        if found:
            counted, since, because = found
            yield StatutoryAlert(
                pupil_id=pupil.pupil_id, alert=trigger.alert, because=because, counted=counted, since=since,
                who=trigger.who, source=trigger.source,
            )  # fmt: skip


def marked_days(marks: Iterable[tuple[date, Half, str]]) -> list[MarkedDay]:
    """Sessions in order as days."""
    return [
        MarkedDay(day=day, marks=tuple(mark for _, _, mark in sessions))
        for day, sessions in groupby(marks, key=lambda session: session[0])
    ]
