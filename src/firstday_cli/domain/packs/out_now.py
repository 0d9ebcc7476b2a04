"""Who of the staff is out on a home visit now, and when they are due back. What failed in real cases: nobody knew."""

from collections.abc import Iterable
from datetime import datetime

from firstday_cli.domain.escalation.child_now import ChildNow
from firstday_cli.domain.log.entries import VisitMade, VisitStarted
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record


@record
class OutNow:
    """One visit that staff left for, and of which nobody has said yet what they found."""

    pupil_id: PupilId
    staff: tuple[str, ...]
    left_at: datetime
    back_by: datetime
    authorised_by: str

    def is_overdue(self, now: datetime) -> bool:
        """Whether they were due back before now."""
        return now > self.back_by


def out_now(children: Iterable[ChildNow]) -> tuple[OutNow, ...]:
    """Every visit that is under way, the earliest due back first."""
    found = (out for child in children for out in _out(child))
    return tuple(sorted(found, key=lambda out: (out.back_by, out.pupil_id)))


def _out(child: ChildNow) -> Iterable[OutNow]:
    back = max(((e.at, e.number) for e in child.ever_of(VisitMade)), default=None)
    for entry in child.ever_of(VisitStarted):
        what = entry.what
        if isinstance(what, VisitStarted) and (back is None or (entry.at, entry.number) > back):
            yield OutNow(
                pupil_id=child.pupil_id, staff=what.staff, left_at=entry.at, back_by=what.back_by,
                authorised_by=what.authorised_by,
            )  # fmt: skip
