"""Evidence → the Facts of each pupil in one session."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property

from firstday_cli.domain.evidence import LateArrival, Problem, Sheet
from firstday_cli.domain.log.entries import SchoolClosed, is_danger, pupils_of
from firstday_cli.domain.marks import OFF_SITE, Treatment, code_on
from firstday_cli.domain.names import folded
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.rating_rules import RagRating
from firstday_cli.domain.school_days import Half, Session, moment
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.days_before import DaysBefore
from firstday_cli.domain.standing.happenings import Happening, Source, late_events, sightings
from firstday_cli.domain.standing.newest import CurrentMark, current_marks, present_throughout
from firstday_cli.domain.standing.pupil_ratings import PupilRatings
from firstday_cli.domain.standing.reconcile import Event, Facts, LastEvent, StandingKind, standing
from firstday_cli.domain.standing.told import (
    Heard,
    Recovery,
    Told,
    explained,
    heard,
    nothing_heard,
    planned,
    recovering,
    seen_elsewhere,
)

WAS_IN = (Event.SEEN, Event.SIGNED_OUT)


class SessionFacts:
    """One session's evidence, gathered by pupil; each part worked out once, when it is first needed."""

    def __init__(
        self, evidence: DayEvidence, half: Half, before: DaysBefore | None = None, ratings: PupilRatings | None = None
    ) -> None:
        self.evidence = evidence
        self.session = Session(day=evidence.session.day, half=half)
        self.ratings = ratings or PupilRatings(evidence, self.session)
        self.before = before or DaysBefore(evidence)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The registers of this session."""
        return self.evidence.sheets.get(self.session.half, ())

    @cached_property
    def morning(self) -> "SessionFacts":
        """The same day's morning, as known now."""
        return self if self.session.half is Half.AM else SessionFacts(self.evidence, Half.AM, self.before)

    @property
    def registers_due(self) -> datetime:
        """The moment by which this session's registers are in. Policy: registers_in_by."""
        times = self.evidence.policy.morning if self.session.half is Half.AM else self.evidence.policy.afternoon
        return moment(self.session.day, times.registers_in_by)

    @cached_property
    def why_shut(self) -> str:
        """Why there is no school; empty where there is. A closure said today counts as one in the calendar."""
        closed = (e.what for e in self.evidence.log if isinstance(e.what, SchoolClosed))
        said = (c.why for c in closed if c.day == self.session.day and c.half in (None, self.session.half))
        return next(said, "") or self.evidence.calendar.why_shut(self.session)

    @cached_property
    def not_expected(self) -> dict[PupilId, str]:
        """Pupils not yet or no longer on roll, and why."""
        return self.evidence.roll.not_expected(self.session.day)

    @cached_property
    def present(self) -> dict[PupilId, str]:
        """Pupils marked present by every register that names them, with the group it says."""
        return present_throughout(self.sheets)

    @cached_property
    def counted_in(self) -> frozenset[PupilId]:
        """Pupils of the roll who are in school beyond question: counted, and not looked at one by one."""
        if self.why_shut:
            return frozenset()
        feared_for = {p for e in self.evidence.log if is_danger(e) for p in pupils_of(e.what)}
        touched = {*self.not_expected, *self.events, *self.told, *feared_for}
        return frozenset(self.present.keys() & self.evidence.roll.ids) - touched

    @cached_property
    def marks(self) -> dict[PupilId, CurrentMark]:
        """The mark that counts for every pupil who is not simply present."""
        return current_marks(self.sheets, self.evidence.roll.ids - self.counted_in)

    @cached_property
    def late_rows(self) -> tuple[tuple[PupilId, LateArrival, Source], ...]:
        """Sign-ins and sign-outs with the pupil each is of, and its place; nobody, where that is in doubt."""
        return tuple(
            (self._who_came(filed.what), filed.what, (filed.brought_by.file, filed.what.row))
            for filed in self.evidence.lates
        )

    def _who_came(self, late: LateArrival) -> PupilId:
        """By id, unless the name beside it is another pupil's; without an id, by whole name and group that fit one."""
        if not late.name:
            return late.pupil_id
        names = self.evidence.roll.names
        if not late.pupil_id:
            fitting = names.exactly(late.name, late.group)
            return next(iter(fitting)) if len(fitting) == 1 else PupilId("")
        others = names.whole.get(folded(late.name), set())
        return late.pupil_id if not others or late.pupil_id in others else PupilId("")

    @cached_property
    def happenings(self) -> dict[PupilId, list[LastEvent]]:
        """What happened to each pupil in this session, up to now, in order."""
        happened: defaultdict[PupilId, list[tuple[datetime, int, LastEvent]]] = defaultdict(list)
        for pupil_id, order, event in self._all_that_happened():
            if order >= 0 or event.at <= self.evidence.now:
                happened[pupil_id].append((event.at, order, event))
        return {p: [event for *_, event in sorted(events, key=lambda e: e[:2])] for p, events in happened.items()}

    def _all_that_happened(self) -> Iterable[Happening]:
        yield from late_events(self.late_rows, self.session, self.evidence.policy.afternoon.starts)
        yield from sightings(self.evidence.log, self.session)

    @cached_property
    def events(self) -> dict[PupilId, LastEvent]:
        """The latest thing that happened to each pupil in this session."""
        return {pupil_id: happened[-1] for pupil_id, happened in self.happenings.items()}

    def _seen_before(self, pupil_id: PupilId) -> str:
        """The sighting before somebody looked in vain; empty where there was none."""
        happened = self.happenings.get(pupil_id, [])
        mark = self.marks.get(pupil_id, CurrentMark()).mark
        sightings = (Event.SEEN,) if mark in OFF_SITE else (Event.SEEN, Event.ARRIVED)
        seen = [event.source for event in happened if event.event in sightings]
        return seen[-1] if seen and happened[-1].event is Event.NOT_FOUND else ""

    @cached_property
    def heard(self) -> Heard:
        """What messages say of this session."""
        if not self.evidence.messages:  # how words are read need not be loaded
            return nothing_heard()
        return heard(self.evidence.messages, self.evidence.log, self.session, self.evidence.post)

    @cached_property
    def recoveries(self) -> dict[PupilId, Recovery]:
        """Recoveries after sickness that cover this session; never of a RED pupil."""
        found = recovering(
            self.evidence.log, self.session, self.registers_due, self.evidence.policy, self.evidence.calendar
        )
        return {p: recovery for p, recovery in found.items() if self._may_recover(p, recovery)}

    def _may_recover(self, pupil_id: PupilId, recovery: Recovery) -> bool:
        """Never RED; only with an explanation on the first day of the absence; over once the child was in school."""
        is_red = self.ratings.of(pupil_id).rating is RagRating.RED
        if is_red or self._was_in(pupil_id) or self.before.came_back(pupil_id, recovery.told_on):
            return False
        first = self.before.first_of_run(pupil_id, recovery.told_on)
        return first == recovery.told_on or self._was_explained_on(pupil_id, first)

    def _was_in(self, pupil_id: PupilId) -> bool:
        """Whether the child was in school today, if only for a while."""
        seen = any(event.event in WAS_IN for event in self.happenings.get(pupil_id, ()))
        code = code_on(current_marks(self.sheets, [pupil_id]).get(pupil_id, CurrentMark()).mark, self.session.day)
        marked = code is not None and code.treatment is Treatment.IN_SCHOOL
        return seen or marked or bool(self.was_in_this_morning(pupil_id))

    def _was_explained_on(self, pupil_id: PupilId, day: date) -> bool:
        """Whether the absence of an earlier day stands explained, by everything held about that day."""
        found = (standing(s.facts(pupil_id), self.evidence.policy.codes) for s in self.of_day(day))
        return any(stands.kind is StandingKind.EXPLAINED for stands in found)

    def of_day(self, day: date) -> "tuple[SessionFacts, ...]":
        """The sessions of an earlier day, by all that is held about it; gathered once, none where that is nothing."""
        return self.before.gathered(day, _sessions_of) or ()

    @cached_property
    def told(self) -> Told:
        """Everything that tells of an absence covering this session, by pupil."""
        log, now = self.evidence.log, self.evidence.now
        return _joined(
            self.heard.told, explained(log, self.session, now), planned(self.evidence.plans, self.session, now),
            {pupil_id: [recovery.because] for pupil_id, recovery in self.recoveries.items()},
            seen_elsewhere(log, self.session),
        )  # fmt: skip

    @cached_property
    def usable(self) -> frozenset[PupilId]:
        """Pupils with a code in force as their one mark."""
        return self.counted_in | {p for p, mark in self.marks.items() if _is_usable(mark, self.session)}

    @cached_property
    def expected_by_group(self) -> dict[str, frozenset[PupilId]]:
        """The pupils a register must have a mark for, by group; pupils without a group are in none."""
        groups: defaultdict[str, set[PupilId]] = defaultdict(set)
        if not self.why_shut:
            for pupil_id, group in self.evidence.roll.by_group().items():
                if group and pupil_id not in self.not_expected:
                    groups[group].add(pupil_id)
        return {group: frozenset(pupils) for group, pupils in groups.items()}

    @cached_property
    def missing(self) -> frozenset[str]:
        """Groups none of whose expected pupils has a usable mark."""
        return frozenset(group for group, pupils in self.expected_by_group.items() if not pupils & self.usable)

    def is_whole_group(self, pupil_id: PupilId, mark: str) -> bool:
        """Whether every expected pupil of the group has this same mark."""
        group = self.expected_by_group.get(self.evidence.roll.group(pupil_id), frozenset())
        return bool(group) and all(
            p in self.marks and self.marks[p].mark == mark and not self.marks[p].is_doubtful for p in group
        )

    def was_in_this_morning(self, pupil_id: PupilId) -> str:
        """In the afternoon: where the pupil was this morning, if in school at all, whoever looked in vain since."""
        if self.session.half is Half.AM:
            return ""
        seen = [event.source for event in self.morning.happenings.get(pupil_id, []) if event.event in WAS_IN]
        if seen:
            return f"this morning {seen[-1]}"
        facts = self.morning.facts(pupil_id)
        marked = facts.treated_as(Treatment.IN_SCHOOL) and not facts.doubt
        return f"this morning marked {facts.mark} ({facts.mark_source})" if marked else ""

    def facts(self, pupil_id: PupilId) -> Facts:
        """All that is known of the pupil in this session."""
        current = self.marks.get(pupil_id) or current_marks(self.sheets, [pupil_id]).get(pupil_id, CurrentMark())
        code = code_on(current.mark, self.session.day)
        return Facts(
            pupil_id=pupil_id,
            not_expected=self._why_not_expected(pupil_id),
            last=self.events.get(pupil_id),
            seen_before=self._seen_before(pupil_id),
            doubt=_doubt(current),
            two_marks=current.two_marks,
            mark=current.mark,
            code=code,
            comment=self._comment(pupil_id, current),
            mark_since=current.since,
            mark_source="; ".join(f"{file}, row {row}" for file, row in current.said_in),
            told=tuple(self._told(pupil_id)),
            whole_group=bool(code and code.treatment is Treatment.CLOSED)
            and self.is_whole_group(pupil_id, current.mark),
            in_missing_register=self.evidence.roll.group(pupil_id) in self.missing,
        )

    def _told(self, pupil_id: PupilId) -> list[str]:
        """Who told, and beside it that the child was in school this morning all the same."""
        told = self.told.get(pupil_id, [])
        was_in = self.was_in_this_morning(pupil_id) if told else ""
        return [f"{told[0]}; but {was_in}", *told[1:]] if was_in else told

    def _why_not_expected(self, pupil_id: PupilId) -> str:
        return f"no school: {self.why_shut}" if self.why_shut else self.not_expected.get(pupil_id, "")

    def _comment(self, pupil_id: PupilId, current: CurrentMark) -> str:
        """Today's words on this code: those of this session, else of the morning's same code."""
        if current.comment or self.session.half is Half.AM or current.is_doubtful or not current.mark:
            return current.comment
        morning = self.morning.marks.get(pupil_id, CurrentMark())
        return morning.comment if morning.mark == current.mark and not morning.is_doubtful else ""

    def problems(self) -> Iterable[Problem]:
        """Sign-ins that name nobody, or that have not happened yet by this clock."""
        for pupil_id, row, (file, _) in self.late_rows:
            if not pupil_id:
                expected = "a pupil's id that fits the name, or a whole name and group that fit one pupil"
                yield Problem(file=file, row=row.row, column="name", found=row.name, expected=expected)
            for column, at in (("time_in", row.time_in), ("time_out", row.time_out)):
                if at is not None and moment(row.day, at) > self.evidence.now and row.day == self.session.day:
                    expected = f"a time up to now ({self.evidence.now:%H:%M}): it does not count until then"
                    yield Problem(file=file, row=row.row, column=column, found=f"{at:%H:%M}", expected=expected)


def _sessions_of(evidence: DayEvidence) -> tuple[SessionFacts, ...]:
    return tuple(SessionFacts(evidence, half) for half in Half)


def _joined(*sources: Told) -> Told:
    told: Told = defaultdict(list)
    for source in sources:
        for pupil_id, reasons in source.items():
            told[pupil_id] += reasons
    return told


def _is_usable(mark: CurrentMark, session: Session) -> bool:
    code = code_on(mark.mark, session.day)
    return code is not None and code.treatment is not Treatment.NO_MARK and not mark.is_doubtful


def _doubt(mark: CurrentMark) -> str:
    if mark.two_marks:
        shown = " and ".join(m or "blank" for m in mark.two_marks)
        places = "; ".join(f"{file}, row {row}" for file, row in mark.said_in)
        return f"two different marks, {shown} ({places})"
    return f"only in a row that could not be read ({mark.refused})" if mark.refused else ""
