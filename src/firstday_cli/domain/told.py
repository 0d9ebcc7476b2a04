"""Who told the school of an absence: the messages, plans and explanations that cover a session."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from firstday_cli.domain.contacts import ContactList
from firstday_cli.domain.entries import ExplanationGiven, Logged, MessageHeard, MessageMatched
from firstday_cli.domain.evidence import AbsenceMessage, Filed, PlannedAbsence
from firstday_cli.domain.marks import OFF_SITE
from firstday_cli.domain.matching import OTHER_NAME, Proposal, candidates_for, days_covered, only_proposes
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Messages
from firstday_cli.domain.record import record
from firstday_cli.domain.roll import Roll
from firstday_cli.domain.school_days import Calendar, Session, in_london, in_words, moment

Told = dict[PupilId, list[str]]


@record
class Heard:
    """The messages of a session: whom they explain, and which wait for a person."""

    told: Told
    waiting: tuple[Proposal, ...]
    not_on_roll: tuple[tuple[PupilId, str], ...]


@record
class Post:
    """What is needed to read messages: the day's calendar, the policy, the roll and the contact lists."""

    calendar: Calendar
    afternoon: time
    words: Messages
    roll: Roll
    contacts: ContactList


def fingerprint(message: AbsenceMessage) -> str:
    """What tells this message from every other, whatever its id and wherever its row stands."""
    parts = (
        message.message_id, message.received_at.isoformat(), message.sender_name, message.sender_phone,
        message.sender_email, message.pupil_id, message.pupil_name, message.text,
        str(message.from_date), str(message.to_date),
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def with_own_ids(messages: Iterable[Filed[AbsenceMessage]]) -> dict[str, Filed[AbsenceMessage]]:
    """Each different message under an id that names it alone: its own, or its own and four letters more."""
    different = {fingerprint(m.what): m for m in messages}
    used = Counter(m.what.message_id for m in different.values())
    found: dict[str, Filed[AbsenceMessage]] = {}
    for key, m in sorted(different.items()):
        own = m.what.message_id
        longer = (f"{own}~{key[:letters]}" for letters in range(4, len(key) + 1))
        found[own if own and used[own] == 1 else next(name for name in longer if name not in found)] = m
    return found


def heard(messages: Iterable[Filed[AbsenceMessage]], log: Sequence[Logged], session: Session, post: Post) -> Heard:
    """What the messages say of this session: decided by a person, accepted by id, or waiting."""
    decisions = {e.what.fingerprint: e.what for e in log if isinstance(e.what, MessageMatched)}
    told: Told = defaultdict(list)
    waiting: list[Proposal] = []
    strangers: list[tuple[PupilId, str]] = []
    for message_id, filed in sorted(with_own_ids(messages).items()):
        where = f"message {message_id} ({filed.brought_by.file}, row {filed.what.row})"
        decision = decisions.get(fingerprint(filed.what))
        if decision is not None:
            if decision.first_day <= session.day <= decision.last_day:
                for pupil_id in decision.pupil_ids:
                    told[pupil_id].append(f"{where}, matched by a person")
            continue
        proposal = _proposal(message_id, filed.what, session.day, post)
        if proposal is None:
            continue
        if filed.what.pupil_id and filed.what.pupil_id not in post.roll:
            strangers.append((filed.what.pupil_id, where))
        for pupil_id in proposal.accepted:
            told[pupil_id].append(where)
        if not proposal.accepted:
            waiting.append(proposal)
    return Heard(told=told, waiting=tuple(waiting), not_on_roll=tuple(strangers))


def _proposal(message_id: str, message: AbsenceMessage, day: date, post: Post) -> Proposal | None:
    covered = days_covered(message, post.calendar, post.afternoon)
    if covered is None:
        return None
    first, last, waits = covered
    shown_from = min(first, in_london(message.received_at).date()) if waits else first
    if not shown_from <= day <= last:
        return None
    candidates, because = candidates_for(
        message, lambda: post.roll.names, post.contacts.pupils_with, post.roll.__contains__
    )
    word = only_proposes(message.text, post.words.only_propose)
    says_nothing = not message.text and message.from_date is None
    accepted = (
        ()
        if waits or word or says_nothing or because.startswith(OTHER_NAME)
        else _decided_alone(message, candidates, post)
    )
    if word:
        because = f"{because}; it says “{word}”"
    elif says_nothing:
        because = f"{because}; it says neither words nor days"
    elif waits:
        because = f"{because}; it would cover {in_words(first)}"
    return Proposal(
        message_id=message_id, candidates=candidates, because=because, first_day=first, last_day=last,
        text=message.text, accepted=accepted,
    )  # fmt: skip


def _decided_alone(message: AbsenceMessage, candidates: tuple[PupilId, ...], post: Post) -> tuple[PupilId, ...]:
    """The one pupil whom the message explains without a person: by a system's id, or by policy a known sender."""
    if len(candidates) != 1:
        return ()
    by_id = message.pupil_id == candidates[0]
    named = candidates[0] in post.roll.names.fitting(message.pupil_name, message.group)
    asks = post.words.known_sender_explains and named and bool(message.sender_phone)
    people = post.contacts.of(candidates[0]) if asks else ()
    known = any(person.is_usable and person.phone_key == message.sender_phone for person in people)
    return candidates if by_id or known else ()


def explained(log: Sequence[Logged], session: Session, now: datetime) -> Told:
    """Explanations and messages that a person wrote down, by pupil."""
    told: Told = defaultdict(list)
    for entry in log:
        match entry.what:
            case MessageHeard(pupil_id=pupil_id, first_day=first, last_day=last) if first <= session.day <= last:
                told[pupil_id].append(f"message heard by {entry.by} ({entry.entry_id})")
            case ExplanationGiven() as given if given.first_day <= session.day <= given.last_day:
                if given.back is None or now <= moment(session.day, given.back):
                    told[given.pupil_id].append(f"told by {given.told_by} to {entry.by} ({entry.entry_id})")
            case _:
                pass
    return told


def recovering(log: Sequence[Logged], session: Session, starts: datetime, hours: int) -> Told:
    """Pupils still recovering after sickness, by pupil; the caller leaves out RED. Millbrook, note on 48 hours.

    It runs from the last episode and covers a session whose registers are due before it ends.
    """
    told: Told = defaultdict(list)
    for entry in log:
        given = entry.what
        if not isinstance(given, ExplanationGiven) or given.last_episode is None or session.day <= given.last_day:
            continue
        ends = in_london(in_london(given.last_episode).astimezone(UTC) + timedelta(hours=hours))
        if starts < ends:
            until = f"{ends:%H:%M} on {in_words(ends.date())}"
            told[given.pupil_id].append(f"recovery after sickness until {until} ({entry.entry_id})")
    return told


def planned(plans: Iterable[Filed[PlannedAbsence]], session: Session, now: datetime) -> Told:
    """Absences known beforehand that cover this session and are not overdue, by pupil.

    A planned place off site is no absence told and no proof of arrival: it explains nothing.
    """
    told: Told = defaultdict(list)
    for plan in sorted(plans, key=lambda p: (p.brought_by.file, p.what.row)):
        what = plan.what
        overdue = what.due_back is not None and now > moment(session.day, what.due_back)
        if what.covers(session.day, session.half) and what.code not in OFF_SITE and not overdue:
            told[what.pupil_id].append(f"planned absence {what.code} ({plan.brought_by.file}, row {what.row})")
    return told
