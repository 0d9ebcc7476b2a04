"""The one place that opens things: settings, store, clock. It has no rule of its own."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.days.history import Histories, PupilHistory
from firstday_cli.domain.days.year_of_marks import school_year
from firstday_cli.domain.log.entries import Entry, EntryId, Logged, SettingsKept, standing_entries
from firstday_cli.domain.names import names_of
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, Half, Session, half_of, in_london, moment
from firstday_cli.domain.standing.day_evidence import DayEvidence, FlagsHeld
from firstday_cli.domain.standing.replies import replies
from firstday_cli.errors import InvalidSettings, Mistyped
from firstday_cli.journal import journal
from firstday_cli.store import evidence, held, log, refusals, then

END_OF_TIME = datetime.max.replace(tzinfo=UTC)  # everything kept counts, whatever the clocks that wrote it
Unless = Callable[[tuple[Logged, ...]], bool]
LOOKED_BACK_ON = 16  # days kept at hand while one day after the other is looked at
STORE, INBOX, SHEETS = "firstday.db", "inbox", "sheets"


@record
class Asked:
    """What a command was asked for on its line; empty where it was not said.

    One that `looks` records nothing of its own, and judges a moment past by the settings of then; one asked `as_of` a
    moment does nothing but look.
    """

    school: str = ""
    day: date | None = None
    half: str | None = None
    now: datetime | None = None
    by: str = ""
    at: datetime | None = None
    looks: bool = False
    as_of: datetime | None = None


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


class Desk:
    """The opened school: its settings, its store, and the one moment that every rule uses."""

    def __init__(self, asked: Asked, store: sqlite3.Connection | None = None) -> None:
        self.asked, self.folder = asked, school_folder(asked.school)
        if store is not None:
            self.store = store
        moment_said = asked.as_of or asked.now
        self.now = in_london(moment_said) if moment_said else moment_now()
        journal().opens(self.folder, self.now.isoformat())
        self.known_until = self.now if moment_said else END_OF_TIME
        self.policy, self.calendar = self._settings()
        journal().keeps(self.policy.sheets.keep_days)
        self.half_said = Half(asked.half) if asked.half else None
        self.session = Session(day=asked.day or self.now.date(), half=self.half_said or self.half_of(self.now))
        self.by = asked.by or os.environ.get("FIRSTDAY_BY", "")
        self.at = in_london(asked.at) if asked.at else self.now

    def _settings(self) -> tuple[Policy, Calendar]:
        """The settings; of a moment past, where a command looks, those of then."""
        from firstday_cli.settings import calendar_in, policy_in

        said = self.settings_then or self.settings_now
        return policy_in(said.policy), calendar_in(said.calendar)

    @cached_property
    def settings_now(self) -> SettingsKept:
        """The text of the settings as the files have it now."""
        from firstday_cli.settings import settings_of

        return settings_of(self.folder)

    @cached_property
    def settings_then(self) -> SettingsKept | None:
        """The text of the settings as they were at the moment that is shown again; None where they were not kept."""
        is_shown = self.asked.looks and self.is_replay and self.has_store
        return then.settings_at(self.store, self.now) if is_shown else None

    @cached_property
    def is_replay(self) -> bool:
        """Whether a moment past was typed: one after which something was recorded, or which was asked for `as_of`."""
        if self.asked.now is None or not self.has_store:
            return self.asked.as_of is not None
        return then.last_recorded(self.store, self.now) is not None

    def keep_settings(self) -> None:
        """Keep changed settings beside what is being written, unless that is written into the past."""
        if not self.is_replay:
            then.keep_settings(self.store, self.settings_now, self.now)

    def half_of(self, at: datetime) -> Half:
        """The half of the day that a moment falls in."""
        return half_of(in_london(at).time(), self.policy.afternoon.starts)

    @property
    def has_store(self) -> bool:
        """Whether anything was ever kept."""
        return "store" in self.__dict__ or (self.folder / STORE).exists()

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
        return DayEvidence(
            policy=self.policy, calendar=self.calendar, session=self.session, now=self.now,
            roll=self.roll, contacts=self.contact_list(), flags=self._flags, sheets={},
            last_taken_in=self.last_taken_in(),
            closed=log.closures(self.store, self.known_until), followed=held.followed(self._as_known),
            earlier_contacts=self._contacts[1], histories=self.histories(),
        )  # fmt: skip

    def last_taken_in(self) -> dict[str, datetime]:
        """When the roll, the contacts and the flags were last taken in; a kind that never was is left out."""
        last = {kind: evidence.takings_of(self.store, kind, self.known_until) for kind in ("roll", "contacts", "flags")}
        return {kind: takings[-1].brought.at for kind, takings in last.items() if takings}

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
        if not evidence.is_spoken_of(self.store, day - self._still_heard, day, self.known_until):
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

        return Histories(read, first_taken_in(self.store, self.known_until))

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
            self.keep_settings()
            found = [log.append_entry(self.store, e, at=self.at, recorded=self.now, by=self.by) for e in entries]
        journal().note("recorded", entries=len(found))
        return found

    def record_for_itself(self, look: Callable[[tuple[Logged, ...]], Sequence[Entry]]) -> None:
        """Write what firstday itself has to say of this day, decided on what the log says at that very moment."""
        from firstday_cli.store.sqlite import writing

        day = self.session.day
        with writing(self.store, STORE):
            self.keep_settings()
            for entry in look(self.entries(day, day)):
                log.append_entry(self.store, entry, at=self.now, recorded=self.now, by=then.ITSELF)

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
