"""What happened to pupils in a session, in order: sign-ins and sign-outs, checks in school, sightings."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from firstday_cli.domain.evidence import LateArrival
from firstday_cli.domain.log.entries import Finding, InSchoolChecked, Logged, PupilSeen, SeenHow
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.school_days import Session, half_of, moment
from firstday_cli.domain.standing.reconcile import Event, LastEvent

Source = tuple[str, int]
Happening = tuple[PupilId, int, LastEvent]
LateRow = tuple[PupilId, LateArrival, Source]
EVENT_OF = {
    Finding.FOUND: Event.SEEN,
    Finding.NOT_FOUND: Event.NOT_FOUND,
    Finding.ARRIVED: Event.ARRIVED,
    Finding.NOT_ARRIVED: Event.NOT_FOUND,
}
WORDS = {
    Finding.FOUND: "found in school",
    Finding.NOT_FOUND: "looked for and not found",
    Finding.ARRIVED: "arrived",
    Finding.NOT_ARRIVED: "did not arrive",
}


def late_events(rows: Iterable[LateRow], session: Session, afternoon: time) -> Iterable[Happening]:
    """Sign-ins and sign-outs of this session; where two things happened at one moment, these come first."""
    for pupil_id, row, (file, number) in rows:
        for at, order, event, words in (
            (row.time_in, -2, Event.SEEN, "signed in"),
            (row.time_out, -1, Event.SIGNED_OUT, "signed out"),
        ):
            if pupil_id and at is not None and half_of(at, afternoon) is session.half:
                source = f"{words} at {at:%H:%M} ({file}, row {number})"
                happened = moment(row.day, at)
                yield (
                    pupil_id,
                    order,
                    LastEvent(event=event, at=happened, source=source, is_sign_in=event is Event.SEEN),
                )


def sightings(log: Sequence[Logged], session: Session) -> Iterable[Happening]:
    """Checks made and pupils seen in school in this session, as the log has them."""
    for entry in log:
        match entry.what:
            case InSchoolChecked() as check if (check.day, check.half) == (session.day, session.half):
                where = f", {check.where}" if check.where else ""
                source = f"{WORDS[check.finding]} by {entry.by} at {entry.at:%H:%M}{where} ({entry.entry_id})"
                yield check.pupil_id, entry.number, _event(EVENT_OF[check.finding], entry.at, source)
            case PupilSeen(how=SeenHow.SCHOOL) as seen if (seen.day, seen.half) == (session.day, session.half):
                yield seen.pupil_id, entry.number, _event(Event.SEEN, entry.at, f"seen in school by {entry.source}")
            case _:
                pass


def _event(event: Event, at: datetime, source: str) -> LastEvent:
    return LastEvent(event=event, at=at, source=source)
