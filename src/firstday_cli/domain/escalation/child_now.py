"""What the ladder sees of one child at one moment."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time

from firstday_cli.domain.calling.cases import Case
from firstday_cli.domain.escalation.school_times import SchoolTimes
from firstday_cli.domain.log.entries import Logged
from firstday_cli.domain.log.escalated import OfACase
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.policy import Afternoon, Morning, Policy
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, Session, moment
from firstday_cli.domain.standing.danger import Danger
from firstday_cli.domain.standing.duties import Duty
from firstday_cli.domain.standing.reconcile import Standing

CANNOT_SUMMON_HELP = "cannot-summon-help"


@record
class Exhausted:
    """The contact list was exhausted on one day of the case: when, and why nobody is left."""

    at: datetime
    because: str


@record
class NextStep:
    """One thing that must be done next for one child: from when, by when, why, by whose page.

    `is_act_now` says that nothing else comes before it.
    """

    pupil_id: PupilId
    step: str
    due: datetime
    because: str
    source: str
    owner: str
    round: int | None = None
    start: datetime | None = None
    is_act_now: bool = False

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time is past."""
        return now > self.due

    @property
    def line(self) -> tuple[PupilId, str, int | None]:
        """What tells this step from every other of the day."""
        return self.pupil_id, self.step, self.round

    def key(self, now: datetime) -> tuple[PupilId, str, int | None, str, bool]:
        """The same as it is news: again once it is overdue, and with each reason that cannot wait."""
        return *self.line, self.because if self.is_act_now else "", self.is_overdue(now)


@record
class ChildNow:
    """One child at one moment: where it stands, its open case, what the log says of the case, what is owed.

    `log` holds the entries of the open case, without one what was decided and referred apart from any; `troubles` those
    signs that nothing has settled: a danger heard, a child that answered, a visit without the child seen. `ever` holds
    visits, decisions, referrals and answers of whichever case. `text_by` is when its family is to be texted, if it
    still is.
    """

    pupil: Pupil
    rating: RagRating
    flags: frozenset[str]
    session: Session
    now: datetime
    standing: Standing
    policy: Policy
    times: SchoolTimes
    looked_for_by: datetime
    is_awaited: bool = False
    case: Case | None = None
    exhausted: tuple[Exhausted, ...] = ()
    dangers: tuple[Danger, ...] = ()
    troubles: tuple[Logged, ...] = ()
    log: tuple[Logged, ...] = ()
    ever: tuple[Logged, ...] = ()
    text_by: datetime | None = None
    duties: tuple[Duty, ...] = ()

    @property
    def pupil_id(self) -> PupilId:
        """The child's id."""
        return self.pupil.pupil_id

    @property
    def never_waits(self) -> bool:
        """Whether the further wait is never offered: RED, or a child that cannot summon help."""
        return self.rating is RagRating.RED or CANNOT_SUMMON_HELP in self.flags

    @property
    def has_school(self) -> bool:
        """Whether there is school in this session."""
        return self.times.is_open(self.session)

    def first_day(self, by: Callable[[Morning | Afternoon], time]) -> datetime:
        """A time of the policy on the day on which the case began: the morning's, or the afternoon's.

        Raises ValueError where no case is open.
        """
        if self.case is None:
            raise ValueError(f"{self.pupil_id} has no open case")
        began = self.case.began
        return moment(began.day, by(self.policy.morning if began.half is Half.AM else self.policy.afternoon))

    def entries(self, kind: type) -> Iterator[Logged]:
        """The entries of one kind, in the order in which things happened."""
        return _of(self.log, kind)

    def ever_of(self, kind: type) -> Iterator[Logged]:
        """The same of whichever case."""
        return _of(self.ever, kind)

    def apart(self, kind: type) -> Iterator[Logged]:
        """Those of the open case, and those that were never of any."""
        mine = {e.number for e in self.log}
        return (e for e in self.ever_of(kind) if e.number in mine or is_of_no_case(e))

    def latest(self, kind: type) -> Logged | None:
        """The latest entry of one kind; None where there is none."""
        return max(self.entries(kind), key=lambda e: (e.at, e.number), default=None)


def is_of_no_case(entry: Logged) -> bool:
    """Whether something was decided, referred or answered while no case was open."""
    return isinstance(entry.what, OfACase) and entry.what.case_began is None


def _of(log: Sequence[Logged], kind: type) -> Iterator[Logged]:
    found = [e for e in log if isinstance(e.what, kind)]
    return iter(sorted(found, key=lambda e: (e.at, e.number)) if len(found) > 1 else found)
