"""What each absent child is owed today, explained or not, and what discharges it. Millbrook, table."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from firstday_cli.domain.days.absence_days import DaysAbsent
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    AgencyInformed,
    CallMade,
    ExplanationGiven,
    Logged,
    MessageHeard,
    PupilSeen,
    SeenHow,
    days_of,
    sighting_in,
)
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import Flag, PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import moment

LIVE = frozenset({"call", "phone call", "in person"})
MILLBROOK = "Millbrook, table of student focus groups"
RECOVERY = "Millbrook, note on the 48 hours"
RED, AMBER, GREEN = RagRating.RED, RagRating.AMBER, RagRating.GREEN


@record
class Absent:
    """One child who is absent today, as duties see it."""

    pupil_id: PupilId
    day: date
    rating: RagRating
    days: DaysAbsent
    is_explained: bool
    began_in_the_afternoon: bool = False
    recovers_until: datetime | None = None
    counts_no_day: bool = False
    family_wrote_today: str = ""
    flags: tuple[Flag, ...] = ()
    log: tuple[Logged, ...] = ()

    @property
    def logged_that_day(self) -> tuple[Logged, ...]:
        """What the log says of this child and this day."""
        return tuple(entry for entry in self.log if _is_of(entry, self.day))


def _is_of(entry: Logged, day: date) -> bool:
    """Whether an entry is about this day and was said on it: one about another day discharges nothing today."""
    first, last = days_of(entry.what)
    return entry.at.date() == day and first is not None and last is not None and first <= day <= last


@record
class Duty:
    """One thing owed to one child today: by when, why, by which page; `done` says who discharged it, and how."""

    pupil_id: PupilId
    duty: str
    due: datetime
    because: str
    source: str
    done: str = ""
    is_optional: bool = False

    def is_overdue(self, now: datetime) -> bool:
        """Whether it is owed still, and its time is past."""
        return not self.done and not self.is_optional and now > self.due


@record
class DutyRow:
    """One row of the table: what is owed, to whom and when, by when, what discharges it, and who says so."""

    duty: str
    whom: str
    when: str
    discharged_by: str
    source: str
    owed: Callable[[Absent, Policy], str]
    due: Callable[[Absent, Policy], time]
    done: Callable[[Absent, Policy], str]
    is_optional: bool = False


def _calls_by(child: Absent, policy: Policy) -> time:
    return policy.afternoon.calls_made_by if child.began_in_the_afternoon else policy.morning.calls_made_by


def _red_by(child: Absent, policy: Policy) -> time:
    return policy.afternoon.red_visits_by if child.began_in_the_afternoon else policy.morning.red_visits_by


def _seen_by(_: Absent, policy: Policy) -> time:
    return policy.seen_every.by


def _red_seen_by(child: Absent, policy: Policy) -> time:
    """Never later than a child who is not RED, in the afternoon either."""
    return min(_red_by(child, policy), policy.seen_every.by)


def _red_face_to_face(child: Absent, policy: Policy) -> str:
    if child.rating is not RED or (policy.seen_every.red > 1 and _counted(child, policy) < policy.seen_every.red):
        return ""
    return "RED: face to face with parent and pupil on every day of absence"


def _counted(child: Absent, policy: Policy) -> float:
    return child.days.counted(policy.counting.count)


def _cadence(rating: RagRating, every: Callable[[Policy], int]) -> Callable[[Absent, Policy], str]:
    def owed(child: Absent, policy: Policy) -> str:
        if child.rating is not rating or child.counts_no_day or _counted(child, policy) < every(policy):
            return ""
        return f"{rating}: {said_days(child.days, policy)} since the last face to face, due every {every(policy)}"

    return owed


def said_days(days: DaysAbsent, policy: Policy) -> str:
    """The count that the face to face goes by, in words."""
    counted = days.counted(policy.counting.count)
    least = "at least " if days.at_least else ""
    return f"{least}{counted:g} day{'' if counted == 1 else 's'} of absence"


def _agencies(child: Absent, _: Policy) -> str:
    if child.rating is not RED:
        return ""
    known = [linked_agency(flag) for flag in child.flags if flag.agency or flag.professional_name]
    return (
        f"RED: tell {'; '.join(dict.fromkeys(known))}"
        if known
        else "RED: tell the linked agencies; none is named in the flags"
    )


def linked_agency(flag: Flag) -> str:
    """A linked agency by name: the professional, the agency, the telephone."""
    who = ", ".join(part for part in (flag.professional_name, flag.agency) if part)
    return f"{who} {flag.professional_phone}".strip()


def _verbal(child: Absent, _: Policy) -> str:
    if child.rating is RED or not child.is_explained or child.recovers_until or child.counts_no_day:
        return ""
    return f"{child.rating}: a parent or carer is spoken to on every day of absence"


def _promote_return(child: Absent, _: Policy) -> str:
    if child.rating is RED or not child.recovers_until:
        return ""
    return f"in recovery until {child.recovers_until:%H:%M on %d/%m/%Y}: a call may promote the return"


def _face_to_face_made(child: Absent, policy: Policy) -> str:
    begins = moment(child.day, policy.afternoon.starts if child.began_in_the_afternoon else time.min)
    met = ((e, sighting_in(e.what)) for e in child.logged_that_day if e.at >= begins)
    found = (e for e, seen in met if seen is not None and counts_for(seen, child.rating, policy))
    return next((f"seen by {e.source}" for e in found), "")


def counts_for(seen: PupilSeen, rating: RagRating, policy: Policy) -> bool:
    """Whether a sighting is a face to face: a parent was there, and video only where the policy lets it."""
    return seen.with_parent and (seen.how is not SeenHow.VIDEO or rating in policy.seen_every.video_counts_for)


def _all_informed(child: Absent, _: Policy) -> str:
    told = [(e, folded(e.what.agency)) for e in child.logged_that_day if isinstance(e.what, AgencyInformed)]
    linked = [{folded(flag.agency), folded(flag.professional_name)} - {""} for flag in child.flags]
    for names in filter(None, linked):
        if not any(word in names for _, word in told):
            return ""
    return "; ".join(f"informed by {entry.source}" for entry, _ in told)


def _spoken_to(child: Absent, _: Policy) -> str:
    """A live voice today, either way, or a parent met; for GREEN the family's own words of today as well."""
    for entry in child.logged_that_day:
        match sighting_in(entry.what) or entry.what:
            case CallMade(outcome=outcome) if FOLLOWS[outcome].explains:
                return f"answered call, {entry.source}"
            case ExplanationGiven():
                return f"told, {entry.source}"
            case PupilSeen(with_parent=True):
                return f"seen with a parent, {entry.source}"
            case MessageHeard(danger=danger) if danger:
                pass
            case MessageHeard(channel=channel) if child.rating is GREEN or folded(channel) in LIVE:
                return f"heard by {entry.source}"
            case _:
                pass
    return child.family_wrote_today if child.rating is GREEN else ""


DUTIES: tuple[DutyRow, ...] = (
    DutyRow(
        duty="face-to-face", whom="RED", when="every day of absence, by any mark, explained or not",
        discharged_by="`seen` or a visit with a parent there, at home, in school or by video",
        source=MILLBROOK, owed=_red_face_to_face, due=_red_seen_by, done=_face_to_face_made,
    ),
    DutyRow(
        duty="face-to-face", whom="AMBER", when="from the third day of absence since the last one",
        discharged_by="`seen` or a visit with a parent there, at home or in school",
        source=MILLBROOK, owed=_cadence(AMBER, lambda p: p.seen_every.amber), due=_seen_by, done=_face_to_face_made,
    ),
    DutyRow(
        duty="face-to-face", whom="GREEN", when="from the fifth day of absence since the last one",
        discharged_by="`seen` or a visit with a parent there, at home or in school",
        source=MILLBROOK, owed=_cadence(GREEN, lambda p: p.seen_every.green), due=_seen_by, done=_face_to_face_made,
    ),
    DutyRow(
        duty="contact-agencies", whom="RED", when="every day of absence",
        discharged_by="`inform` of each agency or professional that the flags name, at least one",
        source=MILLBROOK, owed=_agencies, due=_red_by, done=_all_informed,
    ),
    DutyRow(
        duty="daily-contact", whom="AMBER, GREEN", when="every day of absence that is explained, outside a recovery",
        discharged_by="an answered call, an explanation, a parent met; for GREEN also today's message or comment",
        source=MILLBROOK, owed=_verbal, due=_calls_by, done=_spoken_to,
    ),
    DutyRow(
        duty="promote-return", whom="AMBER, GREEN", when="on a day inside a recovery, if it is felt appropriate",
        discharged_by="a call", source=RECOVERY, owed=_promote_return, due=_calls_by, done=_spoken_to, is_optional=True,
    ),
)  # fmt: skip


def duties_of(child: Absent, policy: Policy) -> Iterable[Duty]:
    """Everything owed to one absent child today, done or not."""
    for row in DUTIES:
        because = row.owed(child, policy)
        if because:
            yield Duty(
                pupil_id=child.pupil_id, duty=row.duty, due=moment(child.day, row.due(child, policy)), because=because,
                source=row.source, done=row.done(child, policy), is_optional=row.is_optional,
            )  # fmt: skip
