"""When the child was last seen, in which session and by what: the most protective fact on any page. Guidance, step 8.

A mark counts as seen where nothing said otherwise since; whom a visit or a video showed was seen there.
"""

from collections.abc import Iterable
from datetime import date

from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.log.entries import Finding, InSchoolChecked, Logged, sighting_in
from firstday_cli.domain.marks import PRESENT
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half, half_of, in_words
from firstday_cli.domain.standing.pupil_days import PupilDays
from firstday_cli.domain.standing.reconcile import Standing
from firstday_cli.domain.standing.told import WHERE

LOOKED = {Finding.FOUND: "found in school", Finding.ARRIVED: "said to have arrived"}


@record
class LastSeen:
    """The last time that anybody saw the child: the day, its half where that is known, and by what."""

    day: date
    half: Half | None
    by_what: str

    @property
    def in_words(self) -> str:
        """The day, the session, by what."""
        half = f" {self.half}" if self.half else ""
        return f"{in_words(self.day)}{half}: {self.by_what}"


def last_seen(days: PupilDays, pupil_id: PupilId, now: Standing) -> LastSeen | None:
    """The last sighting up to now; None where nothing kept tells of one."""
    school_days = (*days.before.earlier(pupil_id), days.day_so_far(pupil_id, now))
    seen_on = max((d.day for d in school_days if d.was_seen), default=None)
    found = list(_sightings(days, pupil_id))
    if seen_on is not None:
        found += [*_marked(days, pupil_id, seen_on), LastSeen(day=seen_on, half=None, by_what="in school")]
    return max(found, key=lambda s: (s.day, _place(s.half)), default=None)


def _place(half: Half | None) -> int:
    return tuple(Half).index(half) if half else -1


def _sightings(days: PupilDays, pupil_id: PupilId) -> Iterable[LastSeen]:
    """What people of the school wrote down of having seen the child."""
    for entry in days.evidence.histories.of(pupil_id).log:
        sighting = sighting_in(entry.what)
        if sighting is not None and sighting.day <= days.day:
            parent = "with a parent" if sighting.with_parent else "no parent there"
            said = f"seen {WHERE[sighting.how]} by {entry.by}, {parent}"
            yield LastSeen(day=sighting.day, half=sighting.half, by_what=said)
        yield from _checked(entry, days.day)


def _checked(entry: Logged, today: date) -> Iterable[LastSeen]:
    what = entry.what
    if isinstance(what, InSchoolChecked) and what.finding in LOOKED and what.day <= today:
        yield LastSeen(day=what.day, half=what.half, by_what=f"{LOOKED[what.finding]}, {entry.by}")


def _marked(days: PupilDays, pupil_id: PupilId, day: date) -> Iterable[LastSeen]:
    """The marks and sign-ins of a day on which the child was in school."""
    history, starts = days.evidence.histories.of(pupil_id), days.evidence.policy.afternoon.starts
    for marked_on, half, mark in history.marks.sessions(school_year(day), days.session.session):
        if marked_on == day and mark in PRESENT:
            yield LastSeen(day=day, half=half, by_what=f"marked {mark} in the register")
    for signed in history.sign_ins:
        if signed.day == day and signed.pupil_id == pupil_id:
            by_what = f"at the late desk at {signed.at:%H:%M}"
            yield LastSeen(day=day, half=half_of(signed.at, starts), by_what=by_what)
