"""The page of `schedule`: the runs of a school day, those that come next, and how each scheduler is had."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from firstday_cli.domain.record import record
from firstday_cli.domain.runs import DailyRun, RunAt
from firstday_cli.domain.school_days import in_words
from firstday_cli.reports.page import Json, Page, Table


@record
class Scheduled:
    """What the page says: the runs of an ordinary day, and each next one with its moment on this machine's clock."""

    school: str
    as_of: datetime
    runs: tuple[DailyRun, ...]
    coming: tuple[tuple[RunAt, datetime], ...]
    schedulers: Mapping[str, tuple[str, str]]


def schedule(found: Scheduled) -> Page:
    """When the scheduled step runs, and how this machine is made to run it; nothing is installed by looking."""
    return Page(
        title=f"{found.school}: the scheduled runs",
        facts=_facts(found),
        tables=(_ordinary_day(found.runs), _coming(found.coming), _schedulers(found.schedulers)),
        notes=(
            "Times are London's, from policy.toml and calendar.toml: a run of a session that is shut is left out.",
            "Nothing here is installed. Each scheduler calls `firstday morning --if-due`: nothing where no run is due.",
            "`firstday doctor` says when the last run was made, and fails where a list was missed.",
        ),
    )  # fmt: skip


def _ordinary_day(runs: Sequence[DailyRun]) -> Table:
    rows = tuple((f"{run.at:%H:%M}", run.why) for run in runs)
    return Table(title="An ordinary day", columns=("Time", "What for"), rows=rows, unbroken=("Time",))


def _coming(coming: Sequence[tuple[RunAt, datetime]]) -> Table:
    rows = tuple((in_words(run.at.date()), f"{run.at:%H:%M}", _there(run.at, there), run.why) for run, there in coming)
    columns: tuple[str, ...] = ("Day", "Time", "On this machine", "What for")
    if not any(there for _, _, there, _ in rows):
        columns, rows = (*columns[:2], columns[3]), tuple((day, at, why) for day, at, _, why in rows)  # type: ignore[misc]
    empty = "None: the calendar ends before one. Add the next term to calendar.toml."
    return Table(title="Next", columns=columns, rows=rows, empty=empty, unbroken=("Day", "Time", "On this machine"))


def _there(at: datetime, there: datetime) -> str:
    """The moment on the machine's clock, with its day where that is another; blank where both show the same."""
    if there.replace(tzinfo=None) == at.replace(tzinfo=None):
        return ""
    return f"{there:%H:%M}" if there.date() == at.date() else f"{in_words(there.date())} {there:%H:%M}"


def _schedulers(schedulers: Mapping[str, tuple[str, str]]) -> Table:
    rows = tuple((about, f"firstday schedule {name}", pasted) for name, (about, pasted) in schedulers.items())
    return Table(title="How to have them run", columns=("With", "Type", "Then"), rows=rows, unbroken=("Type",))


def _facts(found: Scheduled) -> Mapping[str, Json]:
    return {
        "schema": "firstday/schedule/1", "school": found.school, "as_of": found.as_of.isoformat(),
        "runs": [
            {"time": f"{run.at:%H:%M}", "lists": run.lists.value if run.lists else None, "why": run.why}
            for run in found.runs
        ],
        "next_runs": [
            {"at": run.at.isoformat(), "lists": run.lists.value if run.lists else None, "why": run.why}
            for run, _ in found.coming
        ],
    }  # fmt: skip
