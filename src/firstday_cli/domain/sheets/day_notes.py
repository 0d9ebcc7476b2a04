"""The note of each child's day for the school's own record: what is in it, whether it was pasted, what is new since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime

from firstday_cli.domain.log.entries import Entry, KeptIn, Logged, NotePasted, days_of, pupils_of
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.picture.day_picture import PupilPicture, pupil_picture
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Half
from firstday_cli.domain.sheets.duties_today import DutyToday, duties_today
from firstday_cli.domain.sheets.earlier_today import DaySoFar
from firstday_cli.domain.sheets.note_lines import NoteLine, note_lines
from firstday_cli.domain.sheets.note_words import Discretion, agencies, discretion_for, note_words
from firstday_cli.domain.sheets.taken_back import TakenBack
from firstday_cli.domain.standing.absent_child import is_absent
from firstday_cli.domain.standing.reconcile import Facts, Standing, StandingKind, standing
from firstday_cli.domain.standing.session_facts import SessionFacts

BY_ITS_MARK = 10  # the line of the table of standings that says: explained, by a code


@record
class SessionStood:
    """Where the child stood in one session that has begun."""

    half: Half
    standing: Standing
    facts: Facts


@record
class DayNote:
    """One child's day as it goes into one record; `since` counts what was added or taken back after the last paste."""

    picture: PupilPicture
    sessions: tuple[SessionStood, ...]
    discretion: Discretion
    lines: tuple[NoteLine, ...]
    duties: tuple[DutyToday, ...] = ()
    pasted: Logged | None = None
    since: int = 0


@record
class _Shared:
    """What all the notes of one record share: the agencies that the school knows, what is owed, what was taken back."""

    into: KeptIn
    agencies: frozenset[str]
    duties: Mapping[PupilId, Sequence[DutyToday]]
    gone: tuple[TakenBack, ...]


@record
class CodeToEnter:
    """One child whose absence is explained: the marks that the register has, the codes proposed, and who said what."""

    note: DayNote
    sessions: tuple[SessionStood, ...]
    proposed: tuple[str, ...]
    said: tuple[NoteLine, ...]

    @property
    def is_by_mark(self) -> bool:
        """Whether the mark itself is what explains, with or without words beside it."""
        return all(stood.standing.line == BY_ITS_MARK for stood in self.sessions)


def day_notes(day: DaySoFar, into: KeptIn, gone: Sequence[TakenBack] = ()) -> tuple[DayNote, ...]:
    """A note for each child who is absent today, or of whom anything was logged that goes into this record.

    In the safeguarding record also for a child who came in, but to whom something had been owed.
    """
    duties: defaultdict[PupilId, list[DutyToday]] = defaultdict(list)
    for duty in duties_today(day) if into is KeptIn.CPOMS else ():
        duties[duty.pupil.pupil_id].append(duty)
    flags = (flag for held in day.evidence.flags.newest.values() for flag in held)
    shared = _Shared(
        into=into, agencies=agencies(flags, (e.what for e in day.evidence.log)), duties=duties,
        gone=tuple(g for g in gone if _is_of(g.entry, day) and _goes_into(g.entry.what, into)),
    )  # fmt: skip
    return tuple(_note(day, pupil_id, shared) for pupil_id in sorted(duties.keys() | _whom(day, into)))


def codes_to_enter(notes: Iterable[DayNote]) -> tuple[CodeToEnter, ...]:
    """The children whose absence is explained today; a person enters the code, and decides whether it is authorised."""
    found = []
    for note in notes:
        explained = tuple(stood for stood in note.sessions if stood.standing.kind is StandingKind.EXPLAINED)
        if explained:
            said = tuple(line for line in note.lines if line.explains)
            proposed = tuple(dict.fromkeys(line.code for line in said if line.code))
            found.append(CodeToEnter(note=note, sessions=explained, proposed=proposed, said=said))
    return tuple(found)


def _whom(day: DaySoFar, into: KeptIn) -> Set[PupilId]:
    """Who is absent, and of whom anything was logged."""
    found = {p for p in day.latest.logged_about if any(_goes_into(e.what, into) for e in day.latest.logged(p))}
    for session in day.sessions:
        looked_at = session.evidence.roll.ids - session.counted_in
        session.evidence.histories.fetch(looked_at)
        found |= {p for p in looked_at if _is_absent(session, p, into)}
    return found


def _goes_into(entry: Entry, into: KeptIn) -> bool:
    return bool(note_words(entry, into, Discretion(), date.max))


def _is_absent(session: SessionFacts, pupil_id: PupilId, into: KeptIn) -> bool:
    """Whether absent in this session.

    For the safeguarding record alone: a child of whom nothing is known, a RED child whom a mark says is not due.
    """
    stood = standing(session.facts(pupil_id), session.evidence.policy.codes)
    if into is KeptIn.MIS:
        return stood.kind in (StandingKind.UNEXPLAINED, StandingKind.EXPLAINED)
    return is_absent(session, stood, session.ratings.of(pupil_id))


def _is_of(entry: Logged, day: DaySoFar) -> bool:
    first, last = days_of(entry.what)
    return first is not None and last is not None and first <= day.evidence.session.day <= last


def _note(day: DaySoFar, pupil_id: PupilId, shared: _Shared) -> DayNote:
    picture = pupil_picture(day.latest, pupil_id)
    flags = (*picture.flags, *day.latest.session.ratings.over(pupil_id))
    discretion = discretion_for(shared.into, flags, shared.agencies)
    lines = note_lines(day, picture, shared.into, discretion)
    pasted = _last_paste(picture.logged, shared.into)
    back = [g for g in shared.gone if pupil_id in pupils_of(g.entry.what)]
    duties = tuple(shared.duties.get(pupil_id, ()))
    return DayNote(
        picture=picture, sessions=tuple(_stood(session, pupil_id) for session in day.sessions), discretion=discretion,
        lines=lines, duties=duties, pasted=pasted, since=since(pasted, lines, back) if pasted else 0,
    )  # fmt: skip


def _stood(session: SessionFacts, pupil_id: PupilId) -> SessionStood:
    facts = session.facts(pupil_id)
    return SessionStood(half=session.session.half, facts=facts, standing=standing(facts, session.evidence.policy.codes))


def _last_paste(log: Iterable[Logged], into: KeptIn) -> Logged | None:
    pastes = [e for e in log if isinstance(e.what, NotePasted) and e.what.into is into]
    return max(pastes, key=lambda e: (e.at, e.number), default=None)


def since(pasted: Logged, lines: Iterable[NoteLine], gone: Iterable[TakenBack]) -> int:
    """How many lines the paste does not have, and how many it has that were taken back since.

    A message or a sign-in counts from its own time, for its export may come in again and again.
    """
    known = ((line.written or line.at, line.number) for line in lines)
    new = sum(1 for at, number in known if at is not None and not _has(pasted, at, number))
    stale = (g for g in gone if _has(pasted, g.entry.recorded, g.entry.number))
    return new + sum(1 for g in stale if not _has(pasted, g.withdrawal.recorded, g.withdrawal.number))


def _has(pasted: Logged, written: datetime, number: int) -> bool:
    """Whether the paste can have what was written down at this moment; in doubt it has not."""
    if written != pasted.at:
        return written < pasted.at
    return pasted.recorded == pasted.at and number < pasted.number
