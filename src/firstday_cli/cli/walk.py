"""`call` at a terminal: down the list, one key an outcome; each call is written down before anything else is asked."""

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

import typer

from firstday_cli.cli.console import tell
from firstday_cli.cli.keys import QUIT, STOPPED, YES, Stop, one_key
from firstday_cli.cli.showing import tell_written
from firstday_cli.domain.log.calls import FOLLOWS, Outcome
from firstday_cli.errors import Mistyped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from firstday_cli.desk import Desk
    from firstday_cli.domain.contacts import Contact
    from firstday_cli.domain.log.written import Written
    from firstday_cli.domain.people import PupilId
    from firstday_cli.morning.contacting import Answer
    from firstday_cli.morning.walking import NextRing, Walk

KEYS = {
    "a": Outcome.ANSWERED, "n": Outcome.NO_ANSWER, "v": Outcome.VOICEMAIL_LEFT, "f": Outcome.VOICEMAIL_FULL,
    "e": Outcome.ENGAGED, "d": Outcome.DEAD_NUMBER, "w": Outcome.WRONG_NUMBER, "o": Outcome.OVERSEAS_TONE,
    "r": Outcome.REFUSED, "l": Outcome.LANGUAGE_BARRIER, "k": Outcome.OTHER_ADULT_KNOWS,
    "x": Outcome.OTHER_ADULT_KNOWS_NOTHING, "c": Outcome.CHILD_ANSWERED, "t": Outcome.THOUGHT_IN_SCHOOL,
    "u": Outcome.DOES_NOT_KNOW_WHERE,
}  # fmt: skip
SKIP, NEXT_CHILD, TAKE_BACK, NOTE = "s", "j", "b", "m"
OTHERS = {
    NOTE: "a note about this child",
    SKIP: "skip this contact",
    NEXT_CHILD: "next child",
    TAKE_BACK: "take back the last",
    QUIT: "stop",
}
Opened = Callable[[], "Desk"]


class Walker:
    """Goes down the list with a caller, opening the desk anew for every call, so that it sees the other desks'."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.left_out: set[tuple[str, int]] = set()
        self.had_danger = False
        self.written: list[Written] = []

    def walk(self) -> bool:
        """Ring until nobody is left or the caller stops; whether a sign of danger was heard."""
        from firstday_cli.morning.walking import where_it_stands

        try:
            while True:
                stands = where_it_stands(self.opened(), self.left_out)  # type: ignore[arg-type]
                if stands.following is None:
                    _tell_end(stands)
                    break
                self._ring(stands.following)
        except (Stop, typer.Abort, EOFError, KeyboardInterrupt):
            tell(STOPPED)
        return self.had_danger

    def _ring(self, ring: "NextRing") -> None:
        _show(ring)
        key = one_key("Outcome (? for the keys): ")
        if key in KEYS:
            self._write(ring, KEYS[key])
        elif key == SKIP:
            self.left_out.add((ring.child.pupil_id, ring.place))
        elif key == NEXT_CHILD:
            places = range(1, len(ring.child.pupil.contacts) + 1)
            self.left_out |= {(ring.child.pupil_id, place) for place in places}
        elif key == NOTE:
            self._note(ring.child.pupil_id)
        elif key == TAKE_BACK:
            self._take_back()
        else:
            _tell_keys()

    def _write(self, ring: "NextRing", outcome: Outcome) -> None:
        """Write the call at once; what is asked afterwards cannot lose it. An answer is whole or not at all."""
        from firstday_cli.morning.after_a_call import logged
        from firstday_cli.morning.contacting import Answer, called_as_shown

        desk = self.opened()
        answer = _answer(desk) if FOLLOWS[outcome].explains else Answer()
        for shown in chain([(ring.child.pupil_id, ring.place, ring.contact)], self._siblings(ring, outcome)):
            desk = self.opened()
            self._tell(logged(desk, called_as_shown(desk, [shown], outcome, answer), dry_run=False))
        if FOLLOWS[outcome].is_danger:
            self.had_danger = True
            tell("Tell the safeguarding lead and the police now. Ring the other contacts meanwhile.")
        if not FOLLOWS[outcome].is_unanswered and not FOLLOWS[outcome].explains:
            self._note(ring.child.pupil_id)

    def _siblings(self, ring: "NextRing", outcome: Outcome) -> "Iterator[tuple[PupilId, int, Contact]]":
        """The siblings with the same number for whom the same unanswered call counts, one key each."""
        question = "The same call for {}, who has this number too? (y/n) "
        for shown in ring.siblings if FOLLOWS[outcome].is_unanswered else ():
            if one_key(question.format(shown[0])) == YES:
                yield shown

    def _note(self, pupil_id: str) -> None:
        """What was said, in one line, kept beside the call."""
        from firstday_cli.morning.recording import noted, write

        text = typer.prompt("What was said (Enter for nothing)", default="", show_default=False, err=True).strip()
        if text:
            desk = self.opened()
            self._tell(write(desk, [noted(desk, pupil_id, text, "note")], dry_run=False))

    def _tell(self, found: "Sequence[Written]") -> None:
        self.written += found
        tell_written(found)

    def _take_back(self) -> None:
        """Take back the last that this walk wrote, and say what it was; nothing older, and nothing of anybody else."""
        from firstday_cli.morning.recording import withdrawn, write

        if not self.written:
            tell("Nothing was written on this walk. `firstday withdraw ENTRY` takes back what is older.")
            return
        last, desk = self.written.pop(), self.opened()
        entry = withdrawn(desk, last.entry_id or "", "mistyped on the walk down the list")
        tell_written(write(desk, [entry], dry_run=False))
        tell(f"  it said: {last.sentence}")


def _answer(desk: "Desk") -> "Answer":
    """An answer's words: where the child is and with whom, why, and a code if one was agreed."""
    from firstday_cli.morning.contacting import Answer

    child_with = ""
    while not child_with:
        child_with = typer.prompt("Where is the child, and with whom", err=True).strip()
    reason = typer.prompt("Why absent (Enter: no reason given)", default="", show_default=False, err=True).strip()
    code = _code(desk)
    return Answer(child_with=child_with, reason=reason, has_no_reason=not reason, code=code)


def _code(desk: "Desk") -> str:
    """A code to suggest, asked again until it is one for an absence; empty for none."""
    from firstday_cli.morning.said import absence_code

    while True:
        code = typer.prompt("Code to suggest (Enter: none)", default="", show_default=False, err=True).strip()
        try:
            return absence_code(code, desk.at.date())
        except Mistyped as error:
            tell(error.message)


def _show(ring: "NextRing") -> None:
    pupil, rounds = ring.child.pupil.pupil, ring.child.case.rounds
    tried = ", ".join(f"{r.entry.at:%H:%M} {r.call.outcome.value}" for r in ring.rings)
    person = ", ".join(part for part in (ring.contact.who, ring.contact.language) if part)
    typer.echo("")
    typer.echo(
        f"{pupil.name} ({pupil.pupil_id}, {pupil.group or 'no group'}), by {ring.due}, "
        f"round {rounds.number}; {ring.left_to_ring} to ring"
    )
    typer.echo(f"  contact {ring.place}: {ring.contact.shown}  {person}{f'  (tried {tried})' if tried else ''}")


def _tell_keys() -> None:
    for key, outcome in KEYS.items():
        tell(f"  {key}  {outcome.value}")
    for key, what in OTHERS.items():
        tell(f"  {key}  {what}")


def _tell_end(stands: "Walk") -> None:
    tell(f"Nobody is left to ring now, {stands.session}.")
    for sentence in stands.waiting:
        tell(f"  {sentence}")
