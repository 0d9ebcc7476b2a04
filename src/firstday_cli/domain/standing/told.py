"""Who told the school of an absence: the messages, plans and explanations that cover a session."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from firstday_cli.domain.evidence import AbsenceMessage, Filed, PlannedAbsence
from firstday_cli.domain.log.calls import FOLLOWS
from firstday_cli.domain.log.entries import (
    CallMade,
    ExplanationGiven,
    Logged,
    MessageHeard,
    MessageMatched,
    SeenHow,
    pupils_of,
    sighting_in,
)
from firstday_cli.domain.marks import OFF_SITE
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.policy import Policy
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Calendar, Half, Session, in_london, in_words, moment

if TYPE_CHECKING:
    from firstday_cli.domain.messages.matching import Proposal
    from firstday_cli.domain.messages.post import Post

Told = dict[PupilId, list[str]]
LONGEST_BREAK = timedelta(days=60)
WHERE = {SeenHow.HOME: "at home", SeenHow.VIDEO: "by video", SeenHow.SCHOOL: "in school"}


@record
class Heard:
    """The messages of a session: whom they explain, which wait for a person, and those accepted, by pupil and id."""

    told: Told
    waiting: "tuple[Proposal, ...]"
    not_on_roll: tuple[tuple[PupilId, str], ...]
    received: dict[PupilId, datetime]
    accepted: dict[PupilId, dict[str, Filed[AbsenceMessage]]]


@record
class Recovery:
    """The recovery after sickness of one pupil: when it ends, which entry opened it, when the pupil is due back."""

    ends: datetime
    told_on: date
    entry: str
    back: Session | None

    @property
    def because(self) -> str:
        """The recovery as the reason of a standing."""
        back = f", expected back {self.back}" if self.back else ""
        return f"recovery after sickness until {self.ends:%H:%M} on {in_words(self.ends.date())}{back} ({self.entry})"


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


def nothing_heard() -> Heard:
    """What no messages say."""
    return Heard(told={}, waiting=(), not_on_roll=(), received={}, accepted={})


def heard(messages: Iterable[Filed[AbsenceMessage]], log: Sequence[Logged], session: Session, post: "Post") -> Heard:
    """What the messages say of this session: decided by a person, accepted by id, or waiting."""
    from firstday_cli.domain.messages.matching import proposal

    decisions = {e.what.fingerprint: e.what for e in log if isinstance(e.what, MessageMatched)}
    told: Told = defaultdict(list)
    waiting: list[Proposal] = []
    strangers: list[tuple[PupilId, str]] = []
    received: dict[PupilId, datetime] = {}
    accepted: defaultdict[PupilId, dict[str, Filed[AbsenceMessage]]] = defaultdict(dict)
    for message_id, filed in sorted(with_own_ids(messages).items()):
        where = f"message {message_id} ({filed.brought_by.file}, row {filed.what.row})"
        decision = decisions.get(fingerprint(filed.what))
        if decision is not None:
            is_of_it = decision.first_day <= session.day <= decision.last_day and decision.half in (None, session.half)
            if is_of_it and not decision.danger:
                for pupil_id in decision.pupil_ids:
                    told[pupil_id].append(f"{where}, matched by a person")
                    accepted[pupil_id][message_id] = filed
                    _keep_latest(received, pupil_id, filed.what.received_at)
            continue
        found = proposal(message_id, filed.what, session.day, post)
        if found is None:
            continue
        if filed.what.pupil_id and filed.what.pupil_id not in post.roll:
            strangers.append((filed.what.pupil_id, where))
        for pupil_id in found.accepted if found.half in (None, session.half) else ():
            by = "" if pupil_id == filed.what.pupil_id else ", from a known sender, by policy"
            told[pupil_id].append(f"{where}{by}")
            accepted[pupil_id][message_id] = filed
            _keep_latest(received, pupil_id, filed.what.received_at)
        if not found.accepted:
            waiting.append(found)
    return Heard(
        told=told, waiting=tuple(waiting), not_on_roll=tuple(strangers), received=received, accepted=accepted
    )  # fmt: skip


def _keep_latest(received: dict[PupilId, datetime], pupil_id: PupilId, at: datetime) -> None:
    received[pupil_id] = max(received.get(pupil_id, in_london(at)), in_london(at))


def explained(log: Sequence[Logged], session: Session, now: datetime) -> Told:
    """Explanations and messages that a person wrote down, by pupil."""
    told: Told = defaultdict(list)
    for entry in log:
        match entry.what:
            case MessageHeard(danger=danger) as message if danger or message.is_open:
                pass
            case MessageHeard(pupil_id=pupil_id, first_day=first, last_day=last) if first <= session.day <= last:
                told[pupil_id].append(f"message heard by {entry.by} ({entry.entry_id})")
            case CallMade() as call if (
                FOLLOWS[call.outcome].explains and call.first_day <= session.day <= call.last_day
            ):
                told[call.pupil_id].append(f"answered by contact {call.contact} to {entry.by} ({entry.entry_id})")
            case ExplanationGiven() as given if given.first_day <= session.day <= given.last_day:
                if given.back is None or now <= moment(session.day, given.back):
                    told[given.pupil_id].append(f"told by {given.told_by} to {entry.by} ({entry.entry_id})")
            case _:
                pass
    return told


def seen_elsewhere(log: Sequence[Logged], session: Session) -> Told:
    """Pupils whom somebody of the school saw today at home or by video, by pupil."""
    told: Told = defaultdict(list)
    for entry in log:
        what = sighting_in(entry.what)
        if what is not None and what.day == session.day and what.how is not SeenHow.SCHOOL:
            told[what.pupil_id].append(f"seen {WHERE[what.how]} by {entry.source}")
    return told


def recovering(
    log: Sequence[Logged], session: Session, starts: datetime, policy: Policy, calendar: Calendar
) -> dict[PupilId, Recovery]:
    """Pupils still recovering after sickness; the caller leaves out RED. Millbrook, note on 48 hours.

    It runs from the last episode and covers a session whose registers are due before it ends.
    """
    found: dict[PupilId, Recovery] = {}
    decisions = {e.what.fingerprint: e.entry_id for e in log if isinstance(e.what, MessageMatched)}
    for entry in log:
        given = entry.what
        if isinstance(given, MessageMatched) and decisions[given.fingerprint] != entry.entry_id:
            continue  # a later decision about the same message counts in its place
        if not isinstance(given, ExplanationGiven | CallMade | MessageHeard | MessageMatched):
            continue
        if given.last_episode is None or (isinstance(given, MessageHeard | MessageMatched) and given.danger):
            continue
        ends = in_london(
            in_london(given.last_episode).astimezone(UTC) + timedelta(hours=policy.sickness.recovery_hours)
        )
        if session.day > given.last_day and starts < ends:
            back = _first_session_after(ends, session, policy, calendar)
            recovery = Recovery(ends=ends, told_on=given.first_day, entry=entry.entry_id, back=back)
            found.update(dict.fromkeys(pupils_of(given), recovery))
    return found


def _first_session_after(ends: datetime, session: Session, policy: Policy, calendar: Calendar) -> Session | None:
    """The first session whose registers are due when the recovery is over."""
    due = {Half.AM: policy.morning.registers_in_by, Half.PM: policy.afternoon.registers_in_by}
    later = calendar.sessions(session.day, session.day + LONGEST_BREAK)
    return next((s for s in later if moment(s.day, due[s.half]) >= ends), None)


def planned(plans: Iterable[Filed[PlannedAbsence]], session: Session, now: datetime) -> Told:
    """Absences known beforehand that cover this session and are not overdue, by pupil.

    A planned place off site is no absence told and no proof of arrival: it explains nothing.
    """
    told: Told = defaultdict(list)
    for plan in sorted(plans, key=lambda p: (p.what.code, p.brought_by.file, p.what.row)):
        what = plan.what
        overdue = what.due_back is not None and now > moment(session.day, what.due_back)
        if what.covers(session.day, session.half) and what.code not in OFF_SITE and not overdue:
            told[what.pupil_id].append(f"planned absence {what.code} ({plan.brought_by.file}, row {what.row})")
    return told
