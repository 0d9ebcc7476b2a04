"""Messages that need a person to say whom they are about."""

from collections.abc import Sequence

from firstday_cli.domain.messages.beside import CANDIDATE, NAMED, NEAR, Beside, Person, in_turn
from firstday_cli.domain.messages.matching import Proposal
from firstday_cli.domain.people import Pupil
from firstday_cli.domain.picture.day_picture import DayPicture
from firstday_cli.domain.school_days import in_london, in_words
from firstday_cli.reports.page import Json, Page, Table

COLUMNS = ("Message", "Received", "From", "Words", "Perhaps", "Outcome", "Because", "For the days")


def messages(picture: DayPicture, found: Sequence[Beside]) -> Page:
    """The page of `messages`: those of danger first."""
    by_id = {shown.proposal.message_id: shown for shown in found}
    waiting = [by_id[m.message_id] for m in in_turn(picture.messages_to_match)]
    return Page(
        title=f"{picture.school}: messages that wait for a person, {picture.session}",
        facts={
            "schema": "firstday/messages/1",
            "day": picture.session.day.isoformat(),
            "session": picture.session.half.value,
            "as_of": picture.as_of.isoformat(),
            "messages": [_shape(shown) for shown in waiting],
        },
        warnings=tuple(_danger(shown.proposal) for shown in waiting if shown.proposal.danger),
        tables=(
            Table(
                title="Messages", columns=COLUMNS, rows=tuple(_row(shown) for shown in waiting),
                empty="No message waits.", unbroken=("Message", "Received", "Perhaps"),
            ),
        ),
        notes=("Say whom one is about: firstday match MESSAGE PUPIL --by NAME, or --none.",) if waiting else (),
    )  # fmt: skip


def _danger(message: Proposal) -> str:
    return f"DANGER: message {message.message_id} says “{message.danger}”: ring back now, tell the safeguarding lead."


def _row(shown: Beside) -> tuple[str, ...]:
    message = shown.proposal
    return (
        message.message_id, received(message), _from(shown), shown.words, "\n".join(_perhaps(shown)),
        f"{'DANGER, ' if message.danger else ''}{message.outcome.value}", message.because, message.for_days,
    )  # fmt: skip


def received(message: Proposal) -> str:
    """When it came, with its day."""
    if message.received_at is None:
        return ""
    at = in_london(message.received_at)
    return f"{in_words(at.date())} {at:%H:%M}"


def _from(shown: Beside) -> str:
    known = ", ".join(f"{s.who}, of {', '.join(pupil.pupil_id for pupil in s.pupils)}" for s in shown.known)
    return f"{shown.sender} ({known})" if known and shown.sender else shown.sender or known


def _perhaps(shown: Beside) -> list[str]:
    """The pupils whom it may be about, and those it names besides; not those of a near name."""
    fit = [_pupil(person.pupil) for person in shown.people if person.how == CANDIDATE] or ["nobody fits"]
    return fit + [f"names {_pupil(person.pupil)}" for person in shown.people if person.how == NAMED]


def _pupil(pupil: Pupil) -> str:
    return f"{pupil.pupil_id} {pupil.name}, {pupil.group or 'no group'}"


def _shape(shown: Beside) -> dict[str, Json]:
    m = shown.proposal
    return {
        "message_id": m.message_id, "text": m.text, "candidates": list(m.candidates), "because": m.because,
        "from": m.first_day.isoformat() if m.first_day else None, "to": m.last_day.isoformat() if m.last_day else None,
        "outcome": m.outcome.value, "proposed": list(m.proposed), "named": list(m.named),
        "received_at": in_london(m.received_at).isoformat() if m.received_at else None, "channel": m.channel,
        "sender": m.sender, "danger": m.danger, "may_recover": m.may_recover,
        "people": [_person(person) for person in shown.people if person.how != NEAR],
    }  # fmt: skip


def _person(person: Person) -> dict[str, Json]:
    return {**_who(person.pupil), "siblings": [_who(sibling) for sibling in person.siblings]}


def _who(pupil: Pupil) -> dict[str, Json]:
    return {"pupil_id": pupil.pupil_id, "name": pupil.name, "group": pupil.group}
