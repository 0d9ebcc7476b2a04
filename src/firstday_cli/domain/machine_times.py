"""At what times on a machine's own clock the runs of a school day fall, whatever zone the machine is in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from firstday_cli.domain.record import record
from firstday_cli.domain.runs import DailyRun
from firstday_cli.domain.school_days import SATURDAY, moment

Clock = Callable[[datetime], datetime]  # the same moment, as a clock shows it
LOOKED_AHEAD = 400  # days: every offset that London and the machine have to each other in a year
WEEK = 7


@record
class Slot:
    """One time on the machine's clock, on the weekdays of school moved by `shift` days: what a line or trigger is.

    It stands for each of these runs in a part of the year at least.
    """

    at: time
    shift: int
    runs: tuple[DailyRun, ...]

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The machine's weekdays, Monday being 0, in the order of the school's."""
        return tuple((day + self.shift) % WEEK for day in range(SATURDAY))


def slots(runs: Sequence[DailyRun], since: date, clocks: Iterable[Clock]) -> tuple[Slot, ...]:
    """Every time at which one of these clocks ever stands when a run is due in the year to come, earliest first.

    With more than one clock, or one whose offset to London changes, a run has several. None of them does harm: a run
    that is not due is not made.
    """
    found: dict[tuple[int, time], dict[time, DailyRun]] = {}
    clocks = tuple(clocks)
    for day in (since + timedelta(days=n) for n in range(LOOKED_AHEAD)):
        for run in runs if day.weekday() < SATURDAY else ():
            for clock in clocks:
                there = clock(moment(day, run.at))
                place = ((there.date() - day).days, time(there.hour, there.minute))
                found.setdefault(place, {})[run.at] = run
    return tuple(
        Slot(at=at, shift=shift, runs=tuple(run for _, run in sorted(due.items())))
        for (shift, at), due in sorted(found.items())
    )


def is_london_time(found: Iterable[Slot]) -> bool:
    """Whether the machine's clock shows what London's does, all the year."""
    return all(slot.shift == 0 and [run.at for run in slot.runs] == [slot.at] for slot in found)
