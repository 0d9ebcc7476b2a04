"""The messages that wait, each with what is shown beside it; read anew for every decision."""

from collections.abc import Collection, Mapping

from firstday_cli.desk import Desk
from firstday_cli.domain.messages.beside import Beside, beside, in_turn
from firstday_cli.domain.messages.matching import Proposal
from firstday_cli.domain.people import PupilId
from firstday_cli.domain.record import record
from firstday_cli.domain.school_days import Session
from firstday_cli.domain.standing.day_evidence import DayEvidence
from firstday_cli.domain.standing.reconcile import standing
from firstday_cli.domain.standing.session_facts import SessionFacts
from firstday_cli.domain.standing.told import with_own_ids


@record
class Walk:
    """Where a walk through the messages stands: what waits, in turn, and the next one with everything beside it."""

    session: Session
    waiting: tuple[Proposal, ...]
    following: Beside | None
    stands: Mapping[PupilId, str]


def where_it_stands(desk: Desk, skipped: Collection[str]) -> Walk:
    """The next message of those that wait, but for those skipped on this walk."""
    facts = _facts(desk)
    waiting = tuple(in_turn(facts.heard.waiting))
    following = next((m for m in waiting if m.message_id not in skipped), None)
    shown = besides(facts.evidence, [following])[0] if following else None
    stands = {p.pupil.pupil_id: stands_at(facts, p.pupil.pupil_id) for p in shown.people} if shown else {}
    return Walk(session=desk.session, waiting=waiting, following=shown, stands=stands)


def still_waiting(desk: Desk) -> tuple[Proposal, ...]:
    """What waits now."""
    return tuple(in_turn(_facts(desk).heard.waiting))


def besides(evidence: DayEvidence, proposals: Collection[Proposal]) -> list[Beside]:
    """What is shown beside each of these messages."""
    messages = with_own_ids(evidence.messages) if proposals else {}
    return [beside(found, messages[found.message_id].what, evidence.roll, evidence.contacts) for found in proposals]


def stands_at(facts: SessionFacts, pupil_id: PupilId) -> str:
    """Where a pupil stands in this session, in words."""
    return standing(facts.facts(pupil_id), facts.evidence.policy.codes).kind.value.replace("_", " ")


def stands_now(desk: Desk, pupil_id: PupilId) -> str:
    """The same, of one pupil who was typed."""
    return stands_at(_facts(desk), pupil_id)


def _facts(desk: Desk) -> SessionFacts:
    evidence = desk.evidence()
    return SessionFacts(evidence, evidence.session.half)
