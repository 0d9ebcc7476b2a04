"""Invented days on which a case may begin, and the moments at which something may be done or may be past."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from firstday_cli.domain.escalation.child_now import CANNOT_SUMMON_HELP
from firstday_cli.domain.escalation.school_times import SchoolTimes
from firstday_cli.domain.escalation.wait import wait_over
from firstday_cli.domain.ladder_check.invented_child import Scene
from firstday_cli.domain.policy import Afternoon, Morning, Policy
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.school_days import Calendar, Closure, Half, Session, Term, in_london, in_words, moment

CALENDAR = Calendar(
    terms=(Term(name="Autumn", first=date(2026, 9, 1), last=date(2026, 12, 18)),),
    closures=(Closure(first=date(2026, 10, 26), last=date(2026, 10, 30), why="half term"),),
)
TUESDAY, FRIDAY, BEFORE_HALF_TERM = date(2026, 10, 6), date(2026, 10, 9), date(2026, 10, 23)
CLOCKS_GO_BACK = date(2026, 10, 25)
HAPPENS_TWICE = time(1, 30)
WHO = {
    "not RED": (RagRating.GREEN, frozenset[str]()),
    "RED": (RagRating.RED, frozenset[str]()),
    "unable to summon help": (RagRating.GREEN, frozenset({CANNOT_SUMMON_HELP})),
}
PASSED = timedelta(minutes=1)


class KnownTimes(SchoolTimes):
    """The invented school's hours, each session looked up once."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(policy, CALENDAR, lambda session: bool(CALENDAR.why_shut(session)))
        self._found: dict[tuple[date, Half], bool] = {}

    def is_open(self, session: Session) -> bool:
        """Whether there is school in this session."""
        key = (session.day, session.half)
        if key not in self._found:
            self._found[key] = super().is_open(session)
        return self._found[key]


def scenes(policy: Policy, days: Iterable[date]) -> dict[str, Scene]:
    """A case of each class of children in each half of these days, under the words that tell them apart."""
    times, found = KnownTimes(policy), {}
    for day in days:
        for half in Half:
            for who, (rating, flags) in WHO.items():
                began = Session(day=day, half=half)
                scene = Scene(policy=policy, times=times, began=began, rating=rating, flags=flags)
                found[f"a child that is {who}, absent from {in_words(day)} {half}"] = scene
    return found


def times_of(scene: Scene) -> Morning | Afternoon:
    """The times of the policy that hold for the half in which the case began."""
    return scene.policy.morning if scene.began.half is Half.AM else scene.policy.afternoon


def begins(scene: Scene) -> datetime:
    """When the absence is known: the registers of its half are in."""
    return moment(scene.began.day, times_of(scene).registers_in_by)


def school_closes(scene: Scene) -> datetime:
    """When the school closes on the first day of the case."""
    return moment(scene.began.day, scene.policy.school.closes)


def moments(scene: Scene) -> list[datetime]:
    """The moments at which something may be done: each just after a time of the policy is past."""
    first, day, times = begins(scene), scene.began.day, times_of(scene)
    pause = timedelta(minutes=scene.policy.calling.minutes_between_rounds)
    found = [
        first, first + pause, *(moment(day, by) + PASSED for by in (times.calls_made_by, times.visits_by)),
        moment(day, times.red_visits_by) + PASSED, school_closes(scene) + PASSED,
        wait_over(moment(day, times.visits_by), scene.policy.escalation.wait_hours) + PASSED,
        *_later(scene),
    ]  # fmt: skip
    return _in_order(found, first)


def few_moments(scene: Scene) -> list[datetime]:
    """Those of the moments that the search for every order goes through."""
    first, day, times = begins(scene), scene.began.day, times_of(scene)
    found = [first, *(moment(day, by) + PASSED for by in (times.calls_made_by, times.visits_by))]
    ends = wait_over(moment(day, times.visits_by), scene.policy.escalation.wait_hours)
    return _in_order([*found, school_closes(scene) + PASSED, ends + PASSED, *_later(scene)[-3:-1]], first)


def _later(scene: Scene) -> list[datetime]:
    """The night, the days without school, the hour that happens twice, and the next school day to its close."""
    day, policy = scene.began.day, scene.policy
    school_day = scene.times.next_school_day(day) or day
    between = (day + timedelta(days=n) for n in range(1, (school_day - day).days))
    off = [moment(d, time(12)) for d in between]
    if day < CLOCKS_GO_BACK < school_day:
        once = moment(CLOCKS_GO_BACK, HAPPENS_TWICE)
        off += [once, once.replace(fold=1)]
    by = (policy.morning.calls_made_by, policy.school.closes)
    opens = moment(school_day, policy.morning.registers_in_by)
    return [moment(day + timedelta(days=1), time(0, 1)), *off, opens, *(moment(school_day, at) + PASSED for at in by)]


def _in_order(found: Iterable[datetime], first: datetime) -> list[datetime]:
    placed = {at.astimezone(UTC) for at in found}
    return [in_london(at) for at in sorted(placed) if at >= first.astimezone(UTC)]


def clock(at: datetime) -> str:
    """A moment of the invented days in words: Fri 09:15, and with its date from the second week on."""
    return f"{at:%a %H:%M}"
