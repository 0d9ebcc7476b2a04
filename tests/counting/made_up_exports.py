"""The exports in which a made-up school's year comes in: long, across, by week or since the term began, some late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .made_up_school import MadeUpSchool, Slot
from .made_up_year import CLOSURES, EVERY_DAY, FIRST_DAY, HALVES, TERMS, halves_open, weekdays

DAYS_OF_THE_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
FIRST_ROLL, SECOND_ROLL = date(2026, 6, 12), date(2027, 1, 8)
NOT_ON_THE_FIRST_ROLL = "0719"
PLANS = (
    (date(2026, 9, 11), "0707,2026-09-14,2026-11-20,PM,C2,agreed timetable"),
    (date(2027, 1, 4), "0708,04/01/2027,29/01/2027,,C2,agreed timetable"),
)
INSET = {day for shut in CLOSURES if shut.why == "INSET" for day in (shut.first, shut.last)}
Asked = tuple[date, str]


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file, and the moment from which it lay in the inbox."""

    name: str
    at: datetime
    rows: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands in the file."""
        return "\n".join([*self.rows, ""])


def moment_of(asked: Asked) -> datetime:
    """When somebody asks about a session: when its registers should have come."""
    return datetime.combine(asked[0], time(9, 30) if asked[1] == "AM" else time(14, 10))


def exports_of(school: MadeUpSchool, asked: Iterable[Asked]) -> list[Export]:
    """Everything that comes in up to the last of the sessions asked for, in the order in which it comes."""
    asked = sorted(asked)
    exports = [_roll(school, FIRST_ROLL), _roll(school, SECOND_ROLL), *_plans()]
    exports.append(Export(name="flags.csv", at=_at(FIRST_ROLL, 15), rows=("pupil_id,flag,since", "0701,ehcp,")))
    for monday in weekdays(FIRST_DAY, asked[-1][0]):
        if monday.isoweekday() == 1:
            exports += _of_a_week(school, monday, [a for a in asked if 0 <= (a[0] - monday).days < 5])
    until = moment_of(asked[-1])
    return sorted((e for e in exports if e.at <= until), key=lambda e: e.at)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def _roll(school: MadeUpSchool, day: date) -> Export:
    """The roll of a day: one pupil comes to it late, another's last day is known late."""
    rows = ["pupil_id,forename,surname,dob,group,start_date,leave_date"]
    for pupil in school.pupils:
        if day == SECOND_ROLL or pupil.pupil_id != NOT_ON_THE_FIRST_ROLL:
            leaves = pupil.leaves if day == SECOND_ROLL else None
            dates = f"{pupil.starts or ''},{leaves or ''}"
            rows.append(f"{pupil.pupil_id},{','.join(pupil.name)},{pupil.born},{pupil.group},{dates}")
    return Export(name=f"roll-{day}.csv", at=_at(day, 15, 5), rows=tuple(rows))


def _plans() -> list[Export]:
    """Each planned export holds the plans before it as well."""
    heading = "pupil_id,from_date,to_date,session,code,reason"
    return [
        Export(name=f"planned-{day}.csv", at=_at(day, 8), rows=(heading, *(row for _, row in PLANS[: number + 1])))
        for number, (day, _) in enumerate(PLANS)
    ]


def _of_a_week(school: MadeUpSchool, monday: date, asked: list[Asked]) -> list[Export]:
    """The exports of one week: on Friday, and each day up to a day that is asked about."""
    days = [day for day in weekdays(monday, monday + timedelta(days=4)) if halves_open(day)]
    found: list[Export] = []
    if not days:
        return found
    for day, half in asked:
        for made in [d for d in days if d <= day]:
            found += _of_a_moment(school, days, _at(made, 9, 20))
        if half == "PM":
            found += _of_a_moment(school, days, _at(day, 14))
    friday = _at(days[-1], 16)
    if school.dice.random() < 0.5 and (not asked or asked[-1][0] < days[-1]):
        late = timedelta(days=14) if school.dice.random() < 0.1 else timedelta()
        found += _of_a_moment(school, days, friday, late)
    began, ends = next((first, last) for first, last in TERMS.values() if first <= days[-1] <= last)
    if monday.isocalendar().week % 6 == 0 or days[-1] == ends:
        found.append(_since(school, began, friday + timedelta(minutes=30)))
    if asked and school.dice.random() < 0.5:
        found.append(_since(school, began, _at(asked[0][0], 9)))
    return found


def _since(school: MadeUpSchool, began: date, made: datetime) -> Export:
    """Every mark since the term began, as the school's system has them now."""
    days = [day for day in EVERY_DAY if began <= day <= made.date()]
    return Export(name=f"since-{began}-{made:%m%d-%H%M}.csv", at=made, rows=_long(school, days, made))


def _of_a_moment(school: MadeUpSchool, days: list[date], made: datetime, late: timedelta = timedelta()) -> list[Export]:
    """The week's register so far in one of its forms, and its late book so far."""
    form = school.dice.choice((_long, _dated, _by_week))
    name = f"{made:%Y-%m-%d-%H%M}.csv"
    lates = tuple(
        f"{s.slot[0]},{s.slot[1]},{s.at}" for s in school.signed_in if s.slot[1] in days and _is_past(s.slot, made)
    )
    exports = [Export(name=f"register-{name}", at=made + late, rows=form(school, days, made))]
    if lates:
        at = made + late + timedelta(minutes=5)
        exports.append(Export(name=f"lates-{name}", at=at, rows=("pupil_id,date,time_in", *lates)))
    return exports


def _is_past(slot: Slot, made: datetime) -> bool:
    return slot[1] < made.date() or (slot[1] == made.date() and (slot[2] == "AM" or made.hour >= 13))


def _cell(school: MadeUpSchool, slot: Slot, made: datetime) -> str | None:
    """What an export made at this moment says of a session; None where it has no row."""
    return school.mark_on(slot, made.date()) if _is_past(slot, made) else None


def _long(school: MadeUpSchool, days: list[date], made: datetime) -> tuple[str, ...]:
    """A row for each mark; a register that never came has none."""
    rows = ["pupil_id,date,session,mark,comment"]
    for day in days:
        written = day.isoformat() if made.day % 2 else f"{day:%d/%m/%Y}"
        for half in halves_open(day):
            for pupil in school.pupils:
                mark = _cell(school, (pupil.pupil_id, day, half), made)
                if mark is not None and (pupil.group, day, half) not in school.never_came:
                    said = "mother rang" if mark == "I" and made.day % 3 else ""
                    rows.append(f"{pupil.pupil_id},{written},{half},{mark},{said}")
    return tuple(rows)


def _across(school: MadeUpSchool, days: list[date], made: datetime, pupil_id: str) -> list[str]:
    """The cells of one pupil's week: blank for what is not yet, # for INSET, blank for any other day without school."""
    return [
        (_cell(school, (pupil_id, day, half), made) or "")
        if half in halves_open(day)
        else "#" if day in INSET and day <= made.date() else ""
        for day in days
        for half in HALVES
    ]  # fmt: skip


def _dated(school: MadeUpSchool, days: list[date], made: datetime) -> tuple[str, ...]:
    """A column for each session, headed by its day."""
    week = _whole_week(days)
    heading = ",".join(f"{day} {half}" for day in week for half in HALVES)
    rows = [f"{p.pupil_id},{p.group},{','.join(_across(school, week, made, p.pupil_id))}" for p in school.pupils]
    return (f"pupil_id,group,{heading}", *rows)


def _by_week(school: MadeUpSchool, days: list[date], made: datetime) -> tuple[str, ...]:
    """A column for each session of a week, and the week beside each pupil."""
    week = _whole_week(days)
    heading = ",".join(f"{name}{half}" for name in DAYS_OF_THE_WEEK for half in HALVES)
    rows = [f"{week[0]},{p.pupil_id},{','.join(_across(school, week, made, p.pupil_id))}" for p in school.pupils]
    return (f"week,pupil_id,{heading}", *rows)


def _whole_week(days: list[date]) -> list[date]:
    monday = days[0] - timedelta(days=days[0].weekday())
    return weekdays(monday, monday + timedelta(days=4))
