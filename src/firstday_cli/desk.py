"""The one place that opens things: settings, store, clock. It has no rule of its own."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.days.history import Histories, PupilHistory
from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.log.entries import Entry, EntryId, Logged, standing_entries
from firstday_cli.domain.names import names_of
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, Half, Session, half_of, in_london, moment
from firstday_cli.domain.standing.day_evidence import DayEvidence, FlagsHeld
from firstday_cli.domain.standing.replies import replies
from firstday_cli.errors import InvalidSettings, Mistyped, StoreUnavailable
from firstday_cli.store import evidence, held, log, refusals

END_OF_TIME = datetime.max.replace(tzinfo=UTC)  # everything kept counts, whatever the clocks that wrote it
ITSELF = "firstday"
Unless = Callable[[tuple[Logged, ...]], bool]
LOOKED_BACK_ON = 16  # days kept at hand while one day after the other is looked at
STORE, INBOX, SHEETS = "firstday.db", "inbox", "sheets"


@record
class Asked:
    """What a command was asked for on its line; empty where it was not said."""

    school: str = ""
    day: date | None = None
    half: str | None = None
    now: datetime | None = None
    by: str = ""
    at: datetime | None = None


def school_folder(named: str) -> Path:
    """The school's folder: the one named, else FIRSTDAY_SCHOOL, else the nearest folder upwards with a policy.toml."""
    given = named or os.environ.get("FIRSTDAY_SCHOOL", "")
    if given:
        return Path(given)
    here = Path.cwd()
    found = next((folder for folder in (here, *here.parents) if (folder / "policy.toml").is_file()), None)
    if found is None:
        mend = "Make one with `firstday init DIR`, or name yours with --school DIR."
        raise InvalidSettings(
            f"no school folder here or above: a school folder holds a policy.toml. {mend}", "policy.toml"
        )
    return found


def moment_now() -> datetime:
    """The moment now, on London's clock, whatever this machine's zone."""
    return in_london(datetime.now().astimezone())


def trouble_with_the_store(error: Exception) -> StoreUnavailable:
    """The store's failure as a sentence with its exit code."""
    from firstday_cli.store.sqlite import sentence_for

    return StoreUnavailable(sentence_for(str(error).lower()), STORE)


def said_day(text: str) -> date:
    """A day as typed on a command line. Raises ValueError with what was expected."""
    from firstday_cli.intake.cells.moments import day

    return day(text.strip())


def said_moment(text: str, on: date | None = None) -> datetime:
    """A moment as typed; without a zone it is London's, a bare time of the day `on`. Raises ValueError: expected."""
    from firstday_cli.intake.cells.moments import moment

    return moment(text.strip(), on)


def said_time(text: str) -> time:
    """A time of day as typed on a command line. Raises ValueError with what was expected."""
    from firstday_cli.intake.cells.moments import clock

    return clock(text.strip())


class Desk:
    """The opened school: its settings, its store, and the one moment that every rule uses."""

    def __init__(self, asked: Asked) -> None:
        from firstday_cli.settings import read_calendar, read_policy

        self.folder = school_folder(asked.school)
        self.policy: Policy = read_policy(self.folder)
        self.calendar: Calendar = read_calendar(self.folder)
        self.now = in_london(asked.now) if asked.now else moment_now()
        self.known_until = self.now if asked.now else END_OF_TIME
        self.half_said = Half(asked.half) if asked.half else None
        half = self.half_said or self.half_of(self.now)
        self.session = Session(day=asked.day or self.now.date(), half=half)
        self.by = asked.by or os.environ.get("FIRSTDAY_BY", "")
        self.at = in_london(asked.at) if asked.at else self.now
        self.asked = asked

    def half_of(self, at: datetime) -> Half:
        """The half of the day that a moment falls in."""
        return half_of(in_london(at).time(), self.policy.afternoon.starts)

    @property
    def has_store(self) -> bool:
        """Whether anything was ever kept."""
        return (self.folder / STORE).exists()

    @property
    def inbox(self) -> Path:
        """Where exports are dropped."""
        return self.folder / INBOX

    @property
    def sheets(self) -> Path:
        """Where written reports go."""
        return self.folder / SHEETS

    @cached_property
    def store(self) -> sqlite3.Connection:
        """The store, opened at first use."""
        from firstday_cli.store.sqlite import open_store

        if not self.folder.is_dir():
            raise InvalidSettings("is no folder. Name the school's folder with --school DIR.", self.folder.name)
        return open_store(self.folder / STORE)

    @cached_property
    def roll(self) -> Roll:
        """The newest roll up to now."""
        return held.roll(self._as_known)

    def forget_roll(self) -> None:
        """Read the roll, the contacts and the flags again at their next use: something was taken in."""
        for kept in ("roll", "_contacts", "_flags"):
            self.__dict__.pop(kept, None)

    def contact_list(self) -> ContactList:
        """Every pupil's contacts as the newest list has them."""
        return self._contacts[0]

    @cached_property
    def _contacts(self) -> tuple[ContactList, held.EarlierContacts]:
        return held.contact_list(self._as_known), tuple(held.earlier_contacts(self._as_known))

    @cached_property
    def _flags(self) -> FlagsHeld:
        return held.flags(self._as_known)

    @property
    def _as_known(self) -> held.AsKnown:
        """The store as of the moment that counts."""
        return held.AsKnown(
            db=self.store, until=self.known_until, day=self.session.day, days_fresh=self.policy.freshness.roll
        )

    def _messages_since(self, day: date) -> datetime:
        """Since when a message that could not be read may be about this day: the afternoon of the school day before."""
        before = day - timedelta(days=1)
        while self.calendar.covers(before) and not self.calendar.is_school_day(before):
            before -= timedelta(days=1)
        return moment(before, self.policy.afternoon.starts)

    @property
    def _still_heard(self) -> timedelta:
        """How long an entry speaks beyond its own days: a recovery, and the weekend it may run into."""
        return timedelta(days=3, hours=self.policy.sickness.recovery_hours)

    def entries(self, first: date, last: date) -> tuple[Logged, ...]:
        """The standing entries that speak of any of these days, as written up to now."""
        return standing_entries(log.entries_about(self.store, first, last, self.known_until))

    def evidence(self) -> DayEvidence:
        """Everything held about the day asked for, as known now."""
        from firstday_cli.store.sqlite import reading, said_plainly

        with said_plainly(STORE), reading(self.store):
            return self._of_day(self.session, self._whatever_day())

    def _whatever_day(self) -> DayEvidence:
        """What is held whatever the day: read once for all the days that a rule looks back on."""
        last = {kind: evidence.takings_of(self.store, kind, self.known_until) for kind in ("roll", "contacts", "flags")}
        return DayEvidence(
            policy=self.policy, calendar=self.calendar, session=self.session, now=self.now,
            roll=self.roll, contacts=self.contact_list(), flags=self._flags, sheets={},
            last_taken_in={kind: takings[-1].brought.at for kind, takings in last.items() if takings},
            closed=log.closures(self.store, self.known_until), followed=held.followed(self._as_known),
            earlier_contacts=self._contacts[1], histories=self.histories(),
        )  # fmt: skip

    def _of_day(self, session: Session, whatever_day: DayEvidence) -> DayEvidence:
        day, db = session.day, self.store
        plans, earlier = evidence.plans_about(db, day, self.known_until)
        log_of_day = self.entries(day - self._still_heard, day)
        return replace(
            whatever_day, session=session,
            sheets=evidence.sheets_of(db, day, self.known_until),
            lates=evidence.lates_on(db, day, self.known_until),
            messages=(*evidence.messages_about(db, day, self.known_until), *replies(log_of_day)),
            plans=plans, earlier_plans=earlier,
            refused=refusals.refused_beside(db, day, self._messages_since(day), self.known_until),
            log=log_of_day, of_day=lambda other: self._of_earlier_day(other, whatever_day),
        )  # fmt: skip

    def _of_earlier_day(self, day: date, whatever_day: DayEvidence) -> DayEvidence | None:
        """Everything held about another day; None where the store holds nothing that speaks of it."""
        if not evidence.is_spoken_of(self.store, day - self._still_heard, day):
            return None
        return self._of_day(Session(day=day, half=Half.AM), whatever_day)

    def evidence_of_days(self, days: Iterable[date]) -> Iterator[DayEvidence]:
        """Everything held about each of these days, as known now; what they share is read once a school year."""
        from firstday_cli.store.sqlite import reading, said_plainly

        with said_plainly(STORE), reading(self.store):
            for _, of_year in groupby(days, key=school_year):
                yield from self._of_school_year(tuple(of_year))

    def _of_school_year(self, days: Sequence[date]) -> Iterator[DayEvidence]:
        whole = replace(self._whatever_day(), histories=self.histories(days[-1]))
        held_on = lru_cache(LOOKED_BACK_ON)(lambda day: self._of_earlier_day(day, whole))
        for day in days:
            yield replace(held_on(day) or self._of_day(Session(day=day, half=Half.AM), whole), of_day=held_on)

    def histories(self, until: date | None = None) -> Histories:
        """Pupils' days up to the day asked for, or to another, each read when somebody asks for it."""
        from firstday_cli.store.histories import Wanted, first_taken_in, histories

        def read(pupils: Iterable[PupilId]) -> Mapping[PupilId, PupilHistory]:
            wanted = Wanted(
                pupils=tuple(pupils), day=until or self.session.day, until=self.known_until,
                names=lambda pupil_id: names_of(self.roll.pupil(pupil_id)),
            )  # fmt: skip
            return histories(self.store, wanted)

        return Histories(read, first_taken_in(self.store))

    def record(self, entries: Sequence[Entry], unless: Unless | None = None) -> list[EntryId]:
        """Write these entries in the log, all or none, under the name given; none where the log prevents it."""
        from firstday_cli.store.sqlite import writing

        if not self.by:
            raise Mistyped("say who: add --by NAME, or set FIRSTDAY_BY.", "--by")
        if self.at > self.now:
            raise Mistyped(f"it cannot have happened after now ({self.now:%H:%M}).", "--at")
        with writing(self.store, STORE):
            if unless is not None and unless(self.entries(self.session.day - self._still_heard, self.session.day)):
                return []
            return [log.append_entry(self.store, e, at=self.at, recorded=self.now, by=self.by) for e in entries]

    def record_for_itself(self, look: Callable[[tuple[Logged, ...]], Sequence[Entry]]) -> None:
        """Write what firstday itself has to say of this day, decided on what the log says at that very moment."""
        from firstday_cli.store.sqlite import writing

        day = self.session.day
        with writing(self.store, STORE):
            for entry in look(self.entries(day, day)):
                log.append_entry(self.store, entry, at=self.now, recorded=self.now, by=ITSELF)

    def pupil_named(self, words: str) -> PupilId:
        """The one pupil whom these words name. Raises Mistyped where they fit none, or several."""
        if PupilId(words) in self.roll.left_behind:
            return PupilId(words)  # an open case outlives a roll that leaves the child out
        fitting = self.roll.named(words)
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            raise Mistyped("no pupil of the roll has that id or that name. Give the id as the roll has it.", "PUPIL")
        shown = ", ".join(f"{p} ({self.roll.group(p) or 'no group'})" for p in fitting)
        raise Mistyped(f"{len(fitting)} pupils fit that name: {shown}. Give the id.", "PUPIL")
