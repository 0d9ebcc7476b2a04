"""The contact lists of every pupil on the roll, looked at as of one moment: who has a gap, and who was rung lately."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from firstday_cli.domain.calling.contact_gaps import (
    ELSEWHERE,
    GAPS,
    WORST_FIRST,
    ContactGap,
    Failed,
    Listed,
    failed_numbers,
    gaps_of,
    term_began,
)
from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import CallMade, Logged
from firstday_cli.domain.people import Pupil, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar


@record
class ListsHeld:
    """Everything held that the contact lists are judged by, and the days of which the calls are shown."""

    policy: Policy
    calendar: Calendar
    roll: Roll
    contacts: ContactList
    log: tuple[Logged, ...]
    day: date
    now: datetime
    first: date
    last: date
    taken_in: datetime | None
    refused: int = 0


@record
class PupilGaps:
    """One pupil whose contact list has a gap: how many numbers can be rung, what is wanting, when it was rung lately.

    `failed` are the calls that found a number of the list wrong or dead, by the contact's number on it.
    """

    pupil: Pupil
    usable: int
    gaps: tuple[ContactGap, ...]
    rung: tuple[date, ...] = ()
    failed: tuple[tuple[int, Logged], ...] = ()

    @property
    def said(self) -> tuple[ContactGap, ...]:
        """The gaps without those that a worse one says already."""
        return tuple(gap for gap in self.gaps if not gap.is_said_by_a_worse)


@record
class ContactPicture:
    """Every gap of the school's contact lists; in `sums` a kind that cannot be told is None."""

    school: str
    day: date
    as_of: datetime
    first: date
    last: date
    looked_at: int
    wanted: int
    taken_in: datetime | None
    pupils: tuple[PupilGaps, ...]
    sums: Mapping[str, int | None]
    wanting: tuple[str, ...]

    @property
    def week(self) -> tuple[PupilGaps, ...]:
        """The pupils with a gap whose families were rung in these days, a number that failed first."""
        rung = (p for p in self.pupils if p.rung)
        return tuple(sorted(rung, key=lambda p: not p.failed))


NEVER = (
    "The contact list was never taken in, so no family can be judged: export it from the information system, save it "
    "in inbox/ and run `firstday ingest`."
)
NO_ROLL = "No roll was taken in: nobody can be looked at. Save it in inbox/ and run `firstday ingest`."
NOT_SAID = (
    "The export does not say of any contact whether it lives with the child (lives_with): who has nobody outside the "
    "home cannot be told of any pupil. Add that column to the export."
)


def contact_picture(held: ListsHeld) -> ContactPicture:
    """The gaps of every pupil on the roll this day, in school or not: the worst first, then by group."""
    here = sorted(held.roll.ids - held.roll.not_expected(held.day).keys())
    says_where = any(c.lives_with is not None for p in here for c in held.contacts.rows.get(p, ()))
    pupils = _with_gaps(held, here, says_where=says_where) if held.taken_in else ()
    return ContactPicture(
        school=held.policy.school.name, day=held.day, as_of=held.now, first=held.first, last=held.last,
        looked_at=len(here) if held.taken_in else 0, wanted=held.policy.calling.contacts_wanted,
        taken_in=held.taken_in, pupils=pupils, sums=_sums(held, pupils, says_where=says_where),
        wanting=tuple(_wanting(held, says_where=says_where)),
    )  # fmt: skip


def _with_gaps(held: ListsHeld, here: Sequence[PupilId], *, says_where: bool) -> tuple[PupilGaps, ...]:
    failed = failed_numbers(held.log, term_began(held.calendar, held.day))
    rung, found = _rung(held), []
    for pupil_id in here:
        listed = _listed(held, pupil_id, failed, says_where=says_where)
        gaps = gaps_of(listed)
        if gaps:
            found.append(
                PupilGaps(
                    pupil=held.roll.pupil(pupil_id),
                    usable=listed.usable,
                    gaps=gaps,
                    rung=tuple(sorted(rung.get(pupil_id, ()))),
                    failed=tuple((number, failed[contact.phone_key]) for number, contact in listed.gone),
                )
            )
    return tuple(sorted(found, key=_worst_first))


def _listed(held: ListsHeld, pupil_id: PupilId, failed: Failed, *, says_where: bool) -> Listed:
    return Listed(
        pupil_id=pupil_id, contacts=held.contacts.of(pupil_id), failed=failed,
        wanted=held.policy.calling.contacts_wanted, says_where=says_where,
    )  # fmt: skip


def _worst_first(p: PupilGaps) -> tuple[int, str, str, PupilId]:
    return WORST_FIRST[p.gaps[0].gap], p.pupil.group, p.pupil.surname, p.pupil.pupil_id


def _rung(held: ListsHeld) -> Mapping[PupilId, set[date]]:
    """The days of the span on which somebody rang each family; a text rings nobody."""
    found: defaultdict[PupilId, set[date]] = defaultdict(set)
    for entry in held.log:
        call, day = entry.what, entry.at.date()
        if isinstance(call, CallMade) and FOLLOWS[call.outcome].is_try and held.first <= day <= held.last:
            found[call.pupil_id].add(day)
    return found


def _sums(held: ListsHeld, pupils: Sequence[PupilGaps], *, says_where: bool) -> Mapping[str, int | None]:
    """How many pupils have each kind of gap; a pupil with several is in several."""
    known = {row.gap: bool(held.taken_in) and (says_where or row.gap != ELSEWHERE) for row in GAPS}
    return {
        gap: sum(1 for p in pupils for found in p.gaps if found.gap == gap) if is_known else None
        for gap, is_known in known.items()
    }


def _wanting(held: ListsHeld, *, says_where: bool) -> Iterable[str]:
    """What the page itself lacks, before anybody's list is blamed."""
    if not held.roll:
        yield NO_ROLL
    if held.taken_in is None:
        yield NEVER
        return
    age, stale_after = (held.day - held.taken_in.date()).days, held.policy.freshness.contacts
    if age > stale_after:
        yield f"The contact list is {age} days old: what was mended since is not here. Export it again."
    if held.refused:
        rows = "1 row" if held.refused == 1 else f"{held.refused} rows"
        yield f"{rows} of the contact list could not be read: a family below may have a number there."
    if held.roll and not says_where:
        yield NOT_SAID
    longest = max((len(people) for people in held.contacts.rows.values()), default=0)
    if longest < held.policy.calling.contacts_wanted:
        yield f"No list of the export is longer than {longest}: see first that it leaves nobody out."
