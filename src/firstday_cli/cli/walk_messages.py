"""`messages` at a terminal: one message after another, one key each; every decision is written down at once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.console import tell
from firstday_cli.cli.keys import (
    DIGITS,
    ENTER,
    STOPPED,
    YES,
    Stop,
    called,
    child_by_letters,
    last_episode,
    one_key,
    one_line,
)
from firstday_cli.cli.showing import tell_written
from firstday_cli.domain.school_days import in_london
from firstday_cli.errors import ACT_NOW, SOMEBODY_MUST_ACT, Mistyped

if TYPE_CHECKING:
    from firstday_cli.desk import Desk
    from firstday_cli.domain.log.written import Written
    from firstday_cli.domain.people import PupilId
    from firstday_cli.morning.messages_shown import Walk

NOBODY, TYPE, DAY, SKIP, TAKE_BACK = "n", "t", "d", "s", "b"
KEYS = {
    YES: "accept what is proposed, or the pupils chosen by number",
    "1-9": "choose a pupil of the list, or leave it out again; then y or Enter",
    NOBODY: "about nobody, or it explains nothing",
    TYPE: "type a name, a few letters of it, or an id",
    DAY: "another day than the one proposed",
    SKIP: "skip it for now",
    TAKE_BACK: "take back the last decision of this walk",
    "q": "stop",
}


class Chooser:
    """One message before a person: the pupils chosen so far and the day, until a key decides."""

    def __init__(self, stands: "Walk") -> None:
        from firstday_cli.cli.message_shown import numbered

        self.shown = stands.following
        assert self.shown is not None  # noqa: S101 - the walk ends where nothing follows
        self.message = self.shown.proposal
        self.listed = numbered(self.shown)
        self.chosen: list[PupilId] = []
        self.day: date | None = None

    @property
    def pupils(self) -> "tuple[PupilId, ...]":
        """The pupils who would be accepted: those chosen, else those proposed."""
        return tuple(self.chosen) or self.message.proposed

    def toggle(self, desk: "Desk", pupil_id: "PupilId") -> None:
        """Choose a pupil, or leave out one chosen before."""
        if pupil_id in self.chosen:
            self.chosen.remove(pupil_id)
        else:
            self.chosen.append(pupil_id)
        names = ", ".join(called(desk, chosen) for chosen in self.chosen) or "nobody"
        tell(f"Chosen: {names}. {'y or Enter accepts.' if self.chosen else ''}".rstrip())

    def by_number(self, key: str) -> "PupilId | None":
        """The pupil of the list who has this number."""
        place = DIGITS.find(key) if len(key) == 1 else -1
        return self.listed[place] if 0 <= place < len(self.listed) else None


class Walker:
    """Goes through the messages with a person, opening the desk anew for every decision to see the other desks'."""

    def __init__(self, opened: "Callable[[], Desk]") -> None:
        self.opened = opened
        self.skipped: set[str] = set()
        self.decided: list[Written] = []
        self.dangers: set[str] = set()

    def walk(self) -> int:
        """Decide until no message is left or the person stops; the exit code of what then still waits."""
        from firstday_cli.cli.message_shown import tell_message
        from firstday_cli.morning.messages_shown import where_it_stands

        try:
            while True:
                stands = where_it_stands(self.opened(), self.skipped)
                if stands.following is None:
                    break
                done = len(self.decided) + len(self.skipped)
                tell_message(stands, number=done + 1, of=len(self.decided) + len(stands.waiting))
                self._decide(Chooser(stands))
        except (Stop, typer.Abort, EOFError, KeyboardInterrupt):
            tell(STOPPED)
        return self._end()

    def _decide(self, choice: Chooser) -> None:
        """Ask for keys until the message is decided or left."""
        while not self._is_done(choice, one_key("About whom (? for the keys): ")):
            pass

    def _is_done(self, choice: Chooser, key: str) -> bool:
        """Do what the key says; whether the message is decided or left with it."""
        pupil_id = choice.by_number(key)
        if pupil_id is not None:
            choice.toggle(self.opened(), pupil_id)
        elif key in (TYPE, DAY):
            self._type(choice) if key == TYPE else self._ask_day(choice)
        elif key == NOBODY:
            return self._is_nobody(choice) and self._write(choice, ())
        elif key == YES or (key in ENTER and choice.chosen):
            return self._accept(choice)
        elif key == TAKE_BACK:
            return self._take_back()
        elif key == SKIP:
            self.skipped.add(choice.message.message_id)
            return True
        else:
            tell_keys()
        return False

    def _accept(self, choice: Chooser) -> bool:
        """Write the decision about the pupils chosen or proposed; whether the message is decided."""
        if not choice.pupils:
            tell("Nobody is proposed: choose by number, or press t to type a name.")
            return False
        return self._write(choice, choice.pupils)

    def _write(self, choice: Chooser, pupils: "tuple[PupilId, ...]") -> bool:
        """Write the decision at once, unless somebody else decided meanwhile; whether it is decided now."""
        from firstday_cli.morning.messages_said import Given, matched, write_if_undecided

        message_id = choice.message.message_id
        try:
            episode = self._episode(choice) if pupils and still_waits(self.opened(), message_id) else None
            desk = self.opened()
            if not still_waits(desk, message_id):
                return self._tell_meanwhile(message_id)
            given = Given(pupils=pupils, last_episode=episode, day=choice.day)
            entry = matched(desk, message_id, given, nobody=not pupils)
            found = write_if_undecided(desk, entry)
        except Mistyped as error:
            tell(error.message)
            return False
        if not found:
            return self._tell_meanwhile(message_id)
        self.decided += found
        self.dangers |= {message_id} if entry.danger else set()
        tell_written(found)
        return True

    def _episode(self, choice: Chooser) -> datetime | None:
        """The last episode of sickness, where the words tell of it and the message explains."""
        if not choice.message.may_recover or choice.message.danger:
            return None
        desk, at = self.opened(), choice.message.received_at
        return last_episode(desk, in_london(at).date() if at else desk.session.day)

    def _is_nobody(self, choice: Chooser) -> bool:
        """Whether it is meant that nobody is; asked again where the words are of danger."""
        if not choice.message.danger:
            return True
        question = f"It says “{choice.message.danger}”. Has the child been found, and is this about nobody? (y/n) "
        return one_key(question, stops=False) == YES

    def _tell_meanwhile(self, message_id: str) -> bool:
        """Say who decided about the message while it was looked at here; it is left."""
        from firstday_cli.domain.log.sentences import said
        from firstday_cli.morning.messages_said import decision_about

        before = decision_about(self.opened().evidence().log, message_id)
        by = f"decided meanwhile by {before.source}: {said(before.what)}." if before else "it waits no more."
        tell(f"{message_id}: {by} Nothing was written.")
        return True

    def _type(self, choice: Chooser) -> None:
        """A child by a few letters, added to those chosen."""
        words = one_line("Which child (letters of the names, class, or id)")
        desk = self.opened()
        pupil_id = child_by_letters(desk, words, choice.chosen) if words else None
        if pupil_id is not None:
            choice.toggle(desk, pupil_id)

    def _ask_day(self, choice: Chooser) -> None:
        """Another day than the one proposed."""
        from firstday_cli.domain.school_days import in_words
        from firstday_cli.morning.typed_moments import said_day

        text = one_line("Which day (Enter: as proposed)")
        try:
            choice.day = said_day(text) if text else None
        except ValueError as error:
            tell(f"Found {text!r}, expected {error}.")
            return
        tell(f"For {in_words(choice.day)}." if choice.day else "For the days proposed.")

    def _take_back(self) -> bool:
        """Take back the last decision of this walk, and nothing older; whether there was one."""
        from firstday_cli.morning.recording import withdrawn, write

        if not self.decided:
            tell("Nothing was decided on this walk. `firstday withdraw ENTRY` takes back what is older.")
            return False
        last, desk = self.decided.pop(), self.opened()
        message_id = getattr(last.entry, "message_id", "")
        self.dangers.discard(message_id)
        self.skipped.discard(message_id)
        entry = withdrawn(desk, last.entry_id or "", "mistyped on the walk through the messages")
        tell_written(write(desk, [entry], dry_run=False))
        tell(f"  it said: {last.sentence}")
        return True

    def _end(self) -> int:
        """Say what still waits; the exit code."""
        from firstday_cli.morning.messages_shown import still_waiting

        waiting = still_waiting(self.opened())
        tell(tell_count(tuple(m.message_id for m in waiting)))
        if self.dangers or any(m.danger for m in waiting):
            tell("A message says that nobody may know where a child is: ring back now, and tell the safeguarding lead.")
            return ACT_NOW
        return SOMEBODY_MUST_ACT if waiting else 0


def still_waits(desk: "Desk", message_id: str) -> bool:
    """Whether the message still waits by what the desk holds now."""
    from firstday_cli.morning.messages_shown import still_waiting

    return any(m.message_id == message_id for m in still_waiting(desk))


def tell_count(waiting: tuple[str, ...]) -> str:
    """How many messages wait, with their ids."""
    if not waiting:
        return "No message waits."
    are = "1 message still waits" if len(waiting) == 1 else f"{len(waiting)} messages still wait"
    return f"{are}: {', '.join(waiting)}."


def tell_keys() -> None:
    """Say what each key does."""
    for key, what in KEYS.items():
        tell(f"  {key:<4} {what}")
