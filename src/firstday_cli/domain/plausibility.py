"""The brake: whether a list is too long to be true, and what has likely gone wrong. It takes nobody off any list."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from firstday_cli.domain.days.year_of_marks import MarksKept
from firstday_cli.domain.marks import code_on
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session, moment
from firstday_cli.domain.standing.reconcile import StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

IMPLAUSIBLE = "implausible-list"
ON_THE_LIST = (StandingKind.UNEXPLAINED, StandingKind.UNKNOWN)
DAYS_LOOKED_AT, DAYS_WANTED, DAYS_LEAST = 30, 10, 3
LOOK_FIRST = "Nobody was taken off the list: look at this first, then ring"


@record
class LongList:
    """A list that is too long to be true: the session, who is on it, who is expected."""

    session: SessionFacts
    listed: tuple[PupilId, ...]
    expected: int

    def is_most(self, number: int) -> bool:
        """Whether so many are at least half of the list."""
        return number * 2 >= len(self.listed)


@record
class Cause:
    """One row of the table: what has likely happened, and the words for it where this list shows it, else nothing."""

    when: str
    found: Callable[[LongList], str]


def why_implausible(session: SessionFacts, listed: Iterable[PupilId]) -> str:
    """Why this list is too long to be true, and the likely cause; empty where it is not. Policy: [brake]."""
    brake, on_it, roll = session.evidence.policy.brake, tuple(sorted(listed)), len(session.evidence.roll)
    if len(on_it) < brake.pupils:
        return ""
    over = f"over {brake.share_of_roll:g} of it" if len(on_it) > brake.share_of_roll * roll else ""
    usual = None if over else usual_length(session)
    if usual is not None and len(on_it) > brake.times_usual * usual:
        over = f"over {brake.times_usual:g} times the usual {usual:g}"
    if not over:
        return ""
    expected = roll - len(session.not_expected)
    cause = likely_cause(LongList(session=session, listed=on_it, expected=expected))
    return f"{len(on_it)} pupils of a roll of {roll} are unexplained or unknown, {over}. {cause}. {LOOK_FIRST}"


def usual_length(session: SessionFacts) -> float | None:
    """The median length of this session's list on the last school days that have one, at this time of the day.

    None where fewer than three such days are known.
    """
    lengths = _lengths_before(session)
    if len(lengths) < DAYS_LEAST:
        return None
    middle = len(lengths) // 2
    ordered = sorted(lengths)
    return ordered[middle] if len(lengths) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _lengths_before(session: SessionFacts) -> Sequence[int]:
    calendar, day, found = session.evidence.calendar, session.session.day, list[int]()
    for _ in range(DAYS_LOOKED_AT):
        before = calendar.school_day_before(day)
        if before is None or len(found) == DAYS_WANTED:
            break
        day = before
        length = _length_on(session, day)
        found += [] if length is None else [length]
    return found


def _length_on(session: SessionFacts, day: date) -> int | None:
    """How long an earlier day's list was when it was as late as now, by the marks held; None where there is none."""
    then, held = Session(day=day, half=session.session.half), session.evidence.of_day(day)
    if held is None or held.is_shut(then) or not held.sheets.get(then.half):
        return None
    now = moment(day, session.evidence.now.time())
    log = tuple(entry for entry in held.log if entry.at <= now)
    facts = SessionFacts(replace(held, session=then, now=now, log=log), then.half)
    looked_at = held.roll.ids - facts.counted_in
    kinds = (standing(facts.facts(pupil_id), held.policy.codes).kind for pupil_id in looked_at)
    return sum(1 for kind in kinds if kind in ON_THE_LIST)


def likely_cause(found: LongList) -> str:
    """What has likely gone wrong: the first row of the table that the list shows."""
    return next((words for cause in CAUSES if (words := cause.found(found))), "No one cause stands out")


def _new_on_the_roll(found: LongList) -> str:
    """Most of the list are in no earlier register, though others of the roll are."""
    evidence, day = found.session.evidence, found.session.session.day
    taken = (evidence.last_taken_in or {}).get("roll")
    if taken is None or taken.date() != day:
        return ""
    new = set(found.listed) - _with_earlier_marks(found.session, found.listed)
    others = evidence.roll.ids - set(found.listed)
    is_so = found.is_most(len(new)) and (len(new) < len(found.listed) or _with_earlier_marks(found.session, others))
    words = f"{len(new)} of them are in no earlier register"
    return f"{words}: the roll taken in today may be of another year or another school" if is_so else ""


def _with_earlier_marks(session: SessionFacts, pupils: Collection[PupilId]) -> set[PupilId]:
    """Those whom a register of an earlier day names."""
    histories, today = session.evidence.histories, session.session
    histories.fetch(pupils)
    return {pupil_id for pupil_id in pupils if _is_marked_before(histories.of(pupil_id).marks, today)}


def _is_marked_before(marks: MarksKept, today: Session) -> bool:
    return any(day < today.day for year in marks.lines for day, *_ in marks.sessions(year, today))


def _made_too_early(found: LongList) -> str:
    """The registers name most of the pupils, and say nothing of them."""
    named = {pupil_id for sheet in found.session.sheets for pupil_id in sheet.names}
    blank = named - found.session.usable
    is_so = found.is_most(len(blank & set(found.listed))) and len(blank) * 4 >= len(named) * 3
    words = f"{len(blank)} of the {len(named)} pupils in the registers have no mark"
    return f"{words}: the export was made before the registers were saved; export it again" if is_so else ""


def _not_in(found: LongList) -> str:
    """Most of the list are in groups whose register is not in."""
    session = found.session
    groups = sorted({session.evidence.roll.group(p) for p in found.listed} & session.missing)
    waiting = sum(1 for p in found.listed if session.evidence.roll.group(p) in session.missing)
    if not found.is_most(waiting):
        return ""
    state = "awaited" if session.evidence.now < session.registers_due else "missing"
    words = f"registers are {state}" if len(groups) > 1 else f"register is {state}"
    return f"{len(groups)} {words}, of {waiting} of them: {', '.join(groups)}"


def _nearly_everyone(found: LongList) -> str:
    """Nearly everyone who is expected has one and the same code of absence."""
    day, marks = found.session.session.day, found.session.marks
    codes = Counter(marks[p].mark for p in found.listed if p in marks and code_on(marks[p].mark, day))
    mark, times = codes.most_common(1)[0] if codes else ("", 0)
    is_so = times * 4 >= found.expected * 3
    words = f"{times} of the {found.expected} pupils expected are marked {mark}: it may have been filled in for all"
    return f"{words}, or the school is shut (firstday close)" if is_so else ""


def _in_one_place(found: LongList) -> str:
    """Three in four of the list are in one group, or in one year."""
    roll = found.session.evidence.roll
    for what, where in (("group", roll.group), ("year", lambda p: roll.pupil(p).year)):
        places = Counter(place for p in found.listed if (place := where(p)))
        place, times = places.most_common(1)[0] if places else ("", 0)
        if times * 4 >= len(found.listed) * 3 and _is_not_all(found, where):
            away = "a trip, a visit or an exam of theirs may not be in the register"
            return f"{times} of them are in {what} {place}: {away}"
    return ""


def _is_not_all(found: LongList, where: Callable[[PupilId], str]) -> bool:
    """Whether the school has more than one such place."""
    return len({where(p) for p in found.session.evidence.roll.ids}) > 1


CAUSES: tuple[Cause, ...] = (
    Cause(when="the roll was taken in today, and half of the list are in no earlier register", found=_new_on_the_roll),
    Cause(when="three in four of those whom the registers name have no mark", found=_made_too_early),
    Cause(when="half of the list are in groups whose register is awaited or missing", found=_not_in),
    Cause(when="three in four of those expected have the same code", found=_nearly_everyone),
    Cause(when="three in four of the list are in one group or year", found=_in_one_place),
)
